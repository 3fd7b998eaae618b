#!/usr/bin/env python3
"""Takes workspaces that an earlier version wrote to this one: nothing counts as an edit, and no container is recreated.

usage: upgrade.py

written-by-VERSION.tar.gz holds a folder for each workspace, as that version's `compile` left it: `guide`, whose manifest
lies above its projects, and `siblings`, whose manifest lies in `ops` beside them. Compose tells by its own hashes of what
is configured which containers it would recreate; without Docker Compose that is said, and with CI=true fails. `BAYPLAN`
names the program; the debug build is the default.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
# The manifest's folder in each workspace, and what a compile there is told.
WORKSPACES = {"guide": (".", []), "siblings": ("ops", ["--root", ".."])}
# The artifacts whose text may differ from what 0.1 wrote: another one belongs into the changelog's section Output, too.
MAY_DIFFER = {"scripts/build.sh", "scripts/verify.sh", "scripts/up.sh", "scripts/refresh.sh", "scripts/status.sh",
              "scripts/release.sh", "scripts/clean.sh",
              # Its commands of a day.
              "IMAGES.md",
              # It states the command that builds with it, where contexts lie beside it.
              "bake.json",
              # Bases that are tagged are named as contexts of their builds; headers name the command of their own folder.
              "../shop/docker-compose.yml", "../shop/docker-compose.production.yml",
              "../tools/docker-compose.yml", "../tools/docker-compose.production.yml"}
# The artifacts that 0.1 did not write.
IS_NEW = {"scripts/down.sh", "scripts/pin.sh"}
passed, failures = 0, []


def expect(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"upgrade: FAILED: {what}", file=sys.stderr)


def has_compose():
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0 if shutil.which("docker") else False:
        return True
    print("upgrade: SKIPPED which containers are recreated: there is no Docker Compose", file=sys.stderr)
    if os.environ.get("CI") == "true":
        failures.append("Docker Compose")
    return False


def run(folder, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BAYPLAN")}
    result = subprocess.run([BAYPLAN, *words], cwd=folder, env=environment, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def hashes(workspace):
    """Compose's hash of each service's configuration, by file: it recreates a container whose hash is another."""
    found = {}
    for file in sorted(workspace.rglob("docker-compose*.yml")):
        words = ["docker", "compose", "--file", file.name, "--profile", "*", "config", "--hash", "*"]
        result = subprocess.run(words, cwd=file.parent, capture_output=True, text=True)
        expect(result.returncode == 0 and result.stdout, f"{file}: {result.stderr}")
        found[str(file.relative_to(workspace))] = result.stdout
    return found


def upgraded(workspace, version, compares):
    place, options = WORKSPACES[workspace.name]
    home = workspace / place
    before = hashes(workspace) if compares else {}
    status, text = run(home, "compile", "--check", "--no-builds", *options)
    current = run(home, "--version")[1].strip()
    told = f"was written by bayplan {version}; this is {current}, which may write other text"
    expect(status == 1 and told in text, f"{workspace.name}: the other version is not told: {text}")
    found = set(re.findall(r"^error\[BP601\]: (\S+) is out of date$", text, re.M))
    expect(found and found <= MAY_DIFFER, f"{workspace.name}: out of date are {sorted(found)}")
    missing = set(re.findall(r"^error\[BP606\]: (\S+) is missing$", text, re.M))
    expect(missing <= IS_NEW, f"{workspace.name}: missing are {sorted(missing)}")
    others = set(re.findall(r"^error\[(BP\d+)\]", text, re.M)) - {"BP601", "BP606"}
    expect(not others, f"{workspace.name}: what {version} wrote is taken for something else, {others}: {text}")
    status, text = run(home, "compile", "--no-builds", "--quiet", *options)
    expect(status == 0, f"{workspace.name}: compile: {text}")
    status, text = run(home, "compile", "--check", "--no-builds", *options)
    expect(status == 0 and version not in text, f"{workspace.name}: after the compile: {text}")
    lock = (home / "bayplan.lock").read_text()
    expect(f"written by bayplan {current}:" in lock, f"{workspace.name}: the lock names another writer: {lock}")
    if compares:
        after = hashes(workspace)
        expect(before == after and before, f"{workspace.name}: containers are recreated: {before}, {after}")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    compares = has_compose()
    for archive in sorted(Path(__file__).parent.glob("written-by-*.tar.gz")):
        version = archive.name.removeprefix("written-by-").removesuffix(".tar.gz")
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(archive) as packed:
                packed.extractall(folder)
            for name in WORKSPACES:
                upgraded(Path(folder) / name, version, compares)
    print(f"upgrade: {passed} passed, {len(failures)} failed")
    return bool(failures)


sys.exit(main())
