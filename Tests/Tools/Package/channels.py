#!/usr/bin/env python3
"""Makes a release of a program with the scripts of packaging/, twice, and installs it by each way that works offline.

usage: channels.py [--debian-11]

`BAYPLAN` names the static program; the release build is the default. With --debian-11 the wheel is also installed on a
Debian 11 that debootstrap makes, in a minute or two. What needs root, a tool or Linux is said where it is missing, and with
CI=true fails.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "Tests/Support"))
sys.path.insert(0, str(ROOT / "packaging"))
sys.dont_write_bytecode = True
import packing
import processes
import systems
import yaml

BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/release/bayplan")).resolve()
REPOSITORY = "owner/name"
TARGET = "linux-arm64" if platform.machine() in ("aarch64", "arm64") else "linux-x86_64"
passed, failures = 0, []


def expect(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"channels: FAILED: {what}", file=sys.stderr)


def missing(what):
    print(f"channels: no {what}: what needs it is not tested", file=sys.stderr)
    if os.environ.get("CI") == "true":
        failures.append(what)


def run(*words, **options):
    result = processes.run(words, **options)
    return result.returncode, result.stdout + result.stderr


def assembled(folder, tag):
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    shutil.copy(BAYPLAN, programs / f"bayplan-{TARGET}")
    words = (ROOT / "packaging/assemble", programs, folder / "release", "--repository", REPOSITORY, "--tag", tag)
    return run(*words, env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"})


def release(folder, version):
    """The same release twice is the same bytes, and each file has its checksum."""
    one, two = folder / "one", folder / "two"
    for place in one, two:
        place.mkdir()
        status, text = assembled(place, f"v{version}")
        expect(status == 0, f"assemble: {text}")
    names = sorted(file.name for file in (one / "release").iterdir())
    expect(names == sorted(file.name for file in (two / "release").iterdir()), "two releases have other files")
    for name in names:
        same = (one / "release" / name).read_bytes() == (two / "release" / name).read_bytes()
        expect(same, f"{name} differs from one release to the next")
    wanted = {f"bayplan-{version}-{TARGET}.tar.gz", f"bayplan-{version}-{TARGET}.cdx.json", "checksums.txt", "notes.md",
              "bayplan.rb", "registry.yaml", "strategy.schema.json", "schemastore.json", f"bayplan-{version}.vsix"}
    expect(wanted <= set(names) and any(name.endswith(".whl") for name in names), f"the release holds {names}")
    status, text = run("sha256sum", "--check", "--strict", "checksums.txt", cwd=one / "release")
    expect(status == 0, f"checksums.txt: {text}")
    status, _ = assembled(two, "v9.9.9")
    expect(status == 1, "a tag that names another version is released")
    return one / "release"


def archive(folder, release, version):
    top = f"bayplan-{version}-{TARGET}"
    with tarfile.open(release / f"{top}.tar.gz") as packed:
        packed.extractall(folder)
    status, text = run(folder / top / "bayplan", "--version")
    expect((status, text.strip()) == (0, version), f"the archive's program: {text}")
    for name in "bayplan.1", "LICENSE", "completions/bash/bayplan", "completions/zsh/_bayplan", "completions/fish/bayplan.fish":
        expect((folder / top / name).stat().st_size > 500, f"{name} is not in the archive")
    bill = json.loads((folder / top / "bayplan.cdx.json").read_text())
    hashed = hashlib.sha256((folder / top / "bayplan").read_bytes()).hexdigest()
    expect(bill["metadata"]["component"]["hashes"][0]["content"] == hashed, "the bill of materials is of another program")
    expect({"swift-runtime", "libyaml"} <= {entry["name"] for entry in bill["components"]}, "the bill lacks what is linked")


def wheel(folder, release, version):
    """pip installs the wheel without a network, and what it puts on the PATH is the program byte for byte."""
    file = next(release.glob("*.whl"))
    tags = file.name.removesuffix(".whl").split("-", 2)[2]
    expect(tags.startswith("py3-none-manylinux_2_17_"), f"the wheel's tags are {tags}")
    with zipfile.ZipFile(file) as packed:
        record = packed.read(f"bayplan-{version}.dist-info/RECORD").decode()
        expect(len(record.splitlines()) == len(packed.namelist()), "RECORD does not list every file")
    environment = folder / "environment"
    status, text = run(sys.executable, "-m", "venv", environment)
    expect(status == 0, f"venv: {text}")
    pip = (environment / "bin/python", "-m", "pip", "--disable-pip-version-check")
    begun = time.monotonic()
    status, text = run(*pip, "install", "--no-index", file)
    expect(status == 0, f"pip install: {text}")
    installed = environment / "bin/bayplan"
    expect(installed.read_bytes() == BAYPLAN.read_bytes() and installed.stat().st_mode & 0o111, "pip installs another program")
    put = time.monotonic()
    status, text = run(installed, "validate", ROOT / "manifests/zixly/strategy.yaml", "--no-builds")
    expect(status == 0, f"the installed program: {text}")
    print(f"channels: pip install {put - begun:.1f} s, the first validate {(time.monotonic() - put) * 1000:.0f} ms")
    expect(run(*pip, "check")[0] == 0, "pip check complains")


def hooks(runner, folder, release):
    """pre-commit and prek install the hooks with `language: python` from the wheel, and they find a fault."""
    if not shutil.which(runner):
        return missing(runner)
    folder = folder / runner
    repository = folder / "repository"
    repository.mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PRE_COMMIT_HOME": str(folder / "cache"), "PREK_HOME": str(folder / "cache"), "GIT_CONFIG_GLOBAL": "/dev/null",
        "PIP_FIND_LINKS": str(release), "UV_FIND_LINKS": str(release), "UV_CACHE_DIR": str(folder / "packages"),
        "PATH": os.pathsep.join(place for place in os.environ["PATH"].split(os.pathsep) if not (Path(place) / "bayplan").exists()),
    }

    def here(*words, place=repository):
        return run(*words, cwd=place, env=environment)

    def commit(place):
        here("git", "add", "--all", place=place)
        here("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "x", place=place)

    # What pre-commit reads of this repository, as it is in the working tree.
    source = folder / "source"
    for name in ".pre-commit-hooks.yaml", "setup.py", "Sources/Compiler/Version.swift":
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    for place in source, repository:
        here("git", "init", "--quiet", place=place)
    commit(source)
    revision = here("git", "rev-parse", "HEAD", place=source)[1].strip()
    names = "bayplan-validate", "bayplan-compile", "bayplan-generate"
    entries = "".join(f"      - id: {name}\n" for name in names)
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n{entries}")
    shutil.copy(ROOT / "manifests/zixly/strategy.yaml", repository)
    commit(repository)

    def hook(name):
        return here(runner, "run", "--all-files", name)

    seconds = []
    for _ in range(2):
        begun = time.monotonic()
        status, text = hook("bayplan-validate")
        expect(status == 0 and "Passed" in text, f"bayplan-validate by {runner} from the wheel: {text}")
        seconds.append(time.monotonic() - begun)
    print(f"channels: {runner} from the wheel: {seconds[0]:.1f} s cold, {seconds[1]:.2f} s warm")
    status, text = hook("bayplan-compile")
    expect(status == 1 and "zixly/docker-compose.yml is missing" in text, f"bayplan-compile by {runner} passes drift: {text}")
    hook("bayplan-generate")
    status, text = hook("bayplan-compile")
    expect(status == 0 and "Passed" in text, f"bayplan-generate by {runner} leaves drift: {text}")
    commit(repository)
    (repository / "IMAGES.md").unlink()
    status, text = hook("bayplan-generate")
    expect(status == 1 and (repository / "IMAGES.md").exists(), f"bayplan-generate by {runner} tells no change: {text}")


def alone(folder, version):
    """The program runs in a root that holds nothing, not even /proc."""
    if os.geteuid() != 0 or platform.system() != "Linux":
        return missing("root on Linux for a root of its own")
    root = folder / "root"
    root.mkdir()
    shutil.copy(BAYPLAN, root / "bayplan")
    shutil.copy(ROOT / "manifests/zixly/strategy.yaml", root / "strategy.yaml")
    status, text = run("chroot", root, "/bayplan", "--version")
    expect((status, text.strip()) == (0, version), f"alone in a root: {status} {text}")
    status, text = run("chroot", root, "/bayplan", "compile", "--no-builds", "-q")
    expect(status == 0 and (root / "zixly/docker-compose.yml").exists(), f"compile, alone in a root: {status} {text}")


def elsewhere(folder, release, version, with_debian):
    """The wheel serves on musl and busybox, and on Debian 11 by pip, with /proc and without."""
    if os.geteuid() != 0 or platform.system() != "Linux" or not shutil.which("dpkg-deb"):
        return missing("root on a Linux with dpkg-deb for systems of their own")
    wheel = next(release.glob("*.whl"))
    root = folder / "musl"
    root.mkdir()
    systems.musl_and_busybox(root, ROOT / ".build/systems")
    systems.use("musl and busybox", root, wheel, systems.UNZIP, version, expect)
    if with_debian:
        root = folder / "debian-11"
        print(f"channels: debootstrap took {systems.debian_11(root):.0f} s")
        systems.use("Debian 11", root, wheel, systems.PIP, version, expect)


def install(folder, release, version):
    """packaging/install takes an archive only by its checksum."""
    served = folder / "served" / f"v{version}"
    served.parent.mkdir()
    shutil.copytree(release, served)
    name = f"bayplan-{version}-{TARGET}.tar.gz"
    right = hashlib.sha256((served / name).read_bytes()).hexdigest()

    def attempt(place, **variables):
        plain = {"BAYPLAN_VERSION": version, "BAYPLAN_CHECKSUM": "", "BAYPLAN_RELEASES": f"file://{served.parent}"}
        return run("bash", ROOT / "packaging/install", folder / place, env=os.environ | plain | variables)

    for place, checksum in ("by-file", ""), ("by-input", right):
        status, text = attempt(place, BAYPLAN_CHECKSUM=checksum)
        program = Path(text.strip().splitlines()[-1])
        expect(status == 0 and program.read_bytes() == BAYPLAN.read_bytes(), f"install {place}: {text}")
    status, text = attempt("by-input", BAYPLAN_RELEASES="file:///nowhere")
    expect(status == 0, f"what is installed is downloaded again: {text}")
    # Where no version is asked for and no bayplan is on the PATH, it is that of the sources.
    bare = os.pathsep.join(place for place in os.environ["PATH"].split(os.pathsep) if not (Path(place) / "bayplan").exists())
    status, text = attempt("by-sources", BAYPLAN_VERSION="", PATH=bare)
    expect(status == 0 and text.strip().endswith(f"/{version}/bayplan"), f"install without a version: {text}")
    status, text = attempt("wrong", BAYPLAN_CHECKSUM="0" * 64)
    expect(status == 2 and "checksum" in text and not (folder / "wrong").exists(), f"a wrong checksum is taken: {text}")
    (served / name).write_bytes((served / name).read_bytes() + b"x")
    status, text = attempt("tampered")
    expect(status == 2 and not (folder / "tampered").exists(), f"a changed archive is taken: {text}")
    for word in "../../x", "1.2.3; touch pwned", "$(touch pwned)", "1.2.3/../x":
        status, text = attempt("hostile", BAYPLAN_VERSION=word)
        expect(status == 2 and not (folder / "hostile").exists(), f"the version {word!r} is taken: {text}")


def registries(release, version):
    checksums = dict(reversed(line.split("  ")) for line in (release / "checksums.txt").read_text().splitlines())
    formula = (release / "bayplan.rb").read_text()
    for address, checksum in re.findall(r'url "([^"]+)"\s+sha256 "([0-9a-f]{64})"', formula):
        name = address.rsplit("/", 1)[1]
        expect(checksums.get(name) == checksum, f"the formula states another checksum of {name}")
    expect("sha256" in formula and f'version "{version}"' in formula, "the formula names no archive")
    if shutil.which("ruby"):
        status, text = run("ruby", "-c", release / "bayplan.rb")
        expect(status == 0, f"the formula: {text}")
    # Editors take the schema from where SchemaStore's catalog says, and only for names that no other program uses.
    catalog = json.loads((release / "schemastore.json").read_text())
    schema = json.loads((release / "strategy.schema.json").read_text())
    expect(catalog["url"] == schema["$id"] and catalog["url"].endswith("/strategy.schema.json"), f"SchemaStore: {catalog}")
    expect(catalog["fileMatch"] == ["bayplan.yaml", "bayplan.yml"], f"SchemaStore would take {catalog['fileMatch']}")
    ours = json.loads((ROOT / "schemas/strategy.schema.json").read_text())
    expect({name: value for name, value in schema.items() if name != "$id"} == ours, "the released schema is another")
    if shutil.which("check-jsonschema"):
        for words in ["--check-metaschema", release / "strategy.schema.json"], [
            "--schemafile", release / "strategy.schema.json", ROOT / "manifests/zixly/strategy.yaml"
        ]:
            status, text = run("check-jsonschema", *words)
            expect(status == 0, f"the released schema: {text}")
    else:
        missing("check-jsonschema")
    entry = yaml.safe_load((release / "registry.yaml").read_text())["packages"][0]
    architecture = TARGET.removeprefix("linux-")
    asset = entry["asset"].replace("{{trimV .Version}}", version).replace("{{.OS}}", "linux")
    asset = asset.replace("{{.Arch}}", entry["replacements"].get({"x86_64": "amd64"}.get(architecture, architecture), architecture))
    expect(asset in checksums, f"aqua would look for {asset}")


def workflows():
    """The workflows do by themselves only what needs GitHub, and name the targets that there are."""
    text = (ROOT / ".github/workflows/release.yml").read_text()
    matrix = yaml.safe_load(text)["jobs"]["build"]["strategy"]["matrix"]["include"]
    stated = {entry["target"]: entry["runner"] for entry in matrix}
    expect(stated == {name: target["runner"] for name, target in packing.TARGETS.items()}, f"release.yml builds {stated}")
    for word in re.findall(r"packaging/(\w+)", text):
        expect(os.access(ROOT / "packaging" / word, os.X_OK), f"release.yml calls packaging/{word}")
    for tool, *words in [
        ("zizmor", "--offline", "--no-progress", ROOT / ".github", ROOT / "action.yml"),
        ("actionlint", *sorted((ROOT / ".github/workflows").iterdir())),
    ]:
        if shutil.which(tool):
            status, text = run(tool, *words, cwd=ROOT)
            expect(status == 0, f"{tool}: {text}")
        else:
            missing(tool)
    # actionlint reads no action by itself: its scripts are read as those of a workflow are.
    for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]:
        if "run" in step and shutil.which("shellcheck"):
            status, text = run("shellcheck", "--shell=bash", "-", input=step["run"])
            expect(status == 0, f"the step {step['name']} of the action: {text}")


def main():
    if sys.argv[1:] not in ([], ["--debian-11"]):
        sys.exit(__doc__)
    version = run(BAYPLAN, "--version")[1].strip()
    expect(version == packing.version(), f"the program is {version}, the sources are {packing.version()}")
    workflows()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        released = release(folder, version)
        if not failures:
            archive(folder, released, version)
            wheel(folder, released, version)
            for runner in "pre-commit", "prek":
                hooks(runner, folder, released)
            alone(folder, version)
            elsewhere(folder, released, version, bool(sys.argv[1:]))
            install(folder, released, version)
            registries(released, version)
    print(f"channels: {passed} passed, {len(failures)} failed")
    return bool(failures)


sys.exit(main())
