#!/usr/bin/env python3
"""Builds the Debian package, unpacks it into an empty root, and uses what is in it.

usage: deb.py [--debian FOLDER | --no-debian]

The program must run in a root that holds nothing else. On a clean Debian system that debootstrap makes, which needs root
and downloads 60 MB in a minute or two, dpkg installs the package, and the program, the whole manual page and the
completion in bash are used; --debian takes the system in a folder instead, and --no-debian leaves this out. `BAYPLAN`
names the static program; the release build is the default. What cannot be tested is said, and with CI=true fails.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import debian

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = os.environ.get("BAYPLAN", str(ROOT / ".build/release/bayplan"))
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"deb: FAILED: {what}", file=sys.stderr)


def has(tool, is_there=None):
    if shutil.which(tool) if is_there is None else is_there:
        return True
    print(f"deb: no {tool}, or no right to use it: what needs it is not tested", file=sys.stderr)
    if os.environ.get("CI") == "true":
        failures.append(tool)
    return False


def run(*words, **options):
    result = subprocess.run(words, capture_output=True, text=True, **options)
    return result.returncode, result.stdout + result.stderr


def build(folder):
    environment = os.environ | {"BAYPLAN": BAYPLAN}
    status, text = run("bash", str(ROOT / "packaging/deb"), folder, env=environment)
    expect(status == 0, f"packaging/deb: {text}")
    return text.strip()


COMPLETION = """
source "$1"
PATH=$2:$PATH
for line in "bayplan comp" "bayplan compile --ch" "bayplan map --format " "bayplan validate --color a"; do
""" + debian.PRESS_TAB


def contents(root):
    version = run(BAYPLAN, "--version")[1]
    words = [] if os.geteuid() == 0 else ["unshare", "--map-root-user"]
    status, text = run(*words, "chroot", str(root), "/usr/bin/bayplan", "--version")
    expect(status == 0 and text == version, f"alone in a root, without /proc: {text}")
    page = root / "usr/share/man/man1/bayplan.1.gz"
    status, text = run("gzip", "-dc", str(page))
    expect(status == 0 and ".Nm bayplan" in text, "the manual page is not in it")
    if has("mandoc"):
        status, text = run("mandoc", "-T", "lint", "-W", "style", input=text)
        expect(status == 0, f"the manual page: {text}")
    completion = root / "usr/share/bash-completion/completions/bayplan"
    status, text = run("bash", "-c", COMPLETION, "bash", str(completion), str(root / "usr/bin"))
    for line in "bayplan comp: compile", "bayplan compile --ch: --check", "bayplan map --format : html svg":
        expect(line in text, f"completion in bash: {text}")
    for shell, name in ("zsh", "zsh/vendor-completions/_bayplan"), ("fish", "fish/vendor_completions.d/bayplan.fish"):
        file = root / "usr/share" / name
        expect("---complete " + shell in file.read_text(), f"no completion for {shell}")
        if shutil.which(shell):
            status, text = run(shell, "-n", str(file))
            expect(status == 0, f"completion for {shell}: {text}")


def main():
    arguments = sys.argv[1:]
    if arguments not in ([], ["--no-debian"]) and (arguments[0] != "--debian" or len(arguments) != 2):
        sys.exit(__doc__)
    if not has("dpkg-deb"):
        return bool(failures)
    with tempfile.TemporaryDirectory() as folder:
        package = build(folder + "/one")
        if failures:
            return True
        again = build(folder + "/two")
        expect(Path(package).read_bytes() == Path(again).read_bytes(), "two builds differ")
        root = Path(folder) / "root"
        status, text = run("dpkg-deb", "-x", package, str(root))
        expect(status == 0, f"dpkg-deb -x: {text}")
        contents(root)
        if has("lintian"):
            status, text = run("lintian", "--allow-root", "--fail-on", "error,warning", package)
            expect(status == 0, f"lintian: {text}")
        if arguments[1:]:
            debian.use(package, Path(arguments[1]), BAYPLAN, expect)
        elif not arguments and has("debootstrap", is_there=shutil.which("debootstrap") and os.geteuid() == 0):
            system = Path(folder) / "debian"
            print(f"deb: debootstrap took {debian.debootstrap(system):.0f} s")
            debian.use(package, system, BAYPLAN, expect)
    print(f"deb: {len(failures)} failures")
    return bool(failures)


sys.exit(main())
