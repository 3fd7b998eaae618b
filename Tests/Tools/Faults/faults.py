#!/usr/bin/env python3
"""Lets every system call of a compile over fifty artifacts fail, and kills the run there.

    faults.py [--every N] [--bayplan PATH]

For a first run, an update and deletions: `kill -9`, ENOSPC, EIO and EACCES at each call that can touch a file, or at
every Nth. After each:

- every artifact is old or new and whole, with its mode; nothing else of the folder has changed;
- a run that says it succeeded did; one that failed says why in one line;
- `--check` tells whether what is there is what the manifest leads to;
- the next run finishes the work, and leaves nothing behind.

Prints how many points were tried. Needs Linux, a C compiler and a Bayplan that is linked dynamically (a debug build).
"""

import argparse
import errno
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
KINDS = {"kill": "kill", "ENOSPC": str(errno.ENOSPC), "EIO": str(errno.EIO), "EACCES": str(errno.EACCES)}
PROJECTS = 22
# What compile says of a project whose file goes.
FORMER = r"bayplan: (\S+ goes, and with it the Compose project |what runs of |to list what is left of )"
FOREIGN = {
    "p00/api/Dockerfile": "FROM scratch\n",
    "README.md": "mine\n",
    "p00/notes.txt": "mine too\n",
    "p00/.docker-compose.yml.swp": "an editor's\n",
    "scripts/mine.sh": "#!/bin/sh\n",
}


def manifest(port, environments, projects=PROJECTS):
    lines = ["version: 1", "name: sample", "images:", "  api: { owner: p00, build: ./api }", "projects:"]
    for number in range(projects):
        ports = f'{{ ports: ["127.0.0.1:{port + number}:80"] }}'
        lines += [f"  p{number:02}:", "    services:", f"      api: {ports}"]
    if environments:
        lines += ["environments:", '  live: { registry: registry.example.com, tag: "1" }']
    return "\n".join(lines) + "\n"


def tree(folder):
    """Every file but the manifest with its mode and bytes."""
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = (stat.S_IMODE(os.stat(path).st_mode), file.read())
    found.pop("strategy.yaml", None)
    return found


class Scenario:
    """A folder as it was, a manifest, and the folder as it must become."""

    def __init__(self, name, before, after, base, bayplan):
        self.name, self.bayplan, self.after = name, bayplan, after
        self.start, target = base / f"{name}-old", base / f"{name}-new"
        for path, text in FOREIGN.items():
            (self.start / path).parent.mkdir(parents=True, exist_ok=True)
            (self.start / path).write_text(text)
        if before:
            (self.start / "strategy.yaml").write_text(before)
            self.expect(self.run(self.start), 0)
            # A mode of the user's own must outlive every replacement.
            (self.start / "p01/docker-compose.yml").chmod(0o600)
        (self.start / "strategy.yaml").write_text(after)
        shutil.copytree(self.start, target)
        self.expect(self.run(target), 0)
        self.old, self.new = tree(self.start), tree(target)
        self.lock = self.new["bayplan.lock"]
        for state in (self.old, self.new):
            state.pop("bayplan.lock", None)
        self.artifacts = {path for path in self.old.keys() | self.new.keys() if path not in FOREIGN}
        log = base / "calls"
        log.unlink(missing_ok=True)
        shutil.rmtree(target)
        shutil.copytree(self.start, target)
        self.expect(self.run(target, FAULT_LOG=str(log)), 0)
        self.calls = log.read_text().splitlines()
        shutil.rmtree(target)

    def run(self, folder, *arguments, **environment):
        shim = {"LD_PRELOAD": str(self.shim)} if environment else {}
        return subprocess.run(
            [self.bayplan, "compile", *arguments], cwd=folder, env={**os.environ, "BAYPLAN_ROOT": "", **shim, **environment},
            capture_output=True, timeout=900)

    @staticmethod
    def expect(result, status):
        if result.returncode != status:
            sys.exit(f"faults: the compile itself failed: {result.stderr.decode()}")

    def try_point(self, number, kind, folder):
        """What is wrong after one fault, as a list of sentences."""
        wrong = []
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)
        result = self.run(folder, FAULT_AT=str(number), FAULT_KIND=KINDS[kind.split("+")[0]],
                          **({"FAULT_STICKY": "1"} if kind.endswith("+") else {}))
        errors = result.stderr.decode()
        found = tree(folder)
        found.pop("bayplan.lock", None)
        for path in sorted(self.artifacts):
            if found.get(path) not in (self.old.get(path), self.new.get(path)):
                wrong.append(f"{path} is neither old nor new")
        for path in FOREIGN:
            if found.get(path) != self.old[path]:
                wrong.append(f"{path} was touched")
        for path in found.keys() - self.artifacts - FOREIGN.keys():
            if not path.endswith(".bayplan-new"):
                wrong.append(f"{path} came into being")
            elif kind != "kill" and not self.calls[number - 1].startswith("unlink"):
                wrong.append(f"{path} was left behind by a run that could have taken it away")
        is_new = {path: found[path] for path in found if not path.endswith(".bayplan-new")} == self.new
        if kind == "kill":
            if result.returncode != -9:
                wrong.append(f"was not killed: {result.returncode}")
        elif result.returncode == 0:
            if not is_new:
                wrong.append("says that it succeeded, and did not")
        else:
            # What becomes of projects that go is told first; then one line says why the run stopped.
            told = [line for line in errors.splitlines() if not re.match(FORMER, line)]
            if result.returncode != 2 or len(told) != 1 or not told[0].startswith("bayplan: "):
                wrong.append(f"status {result.returncode}: {errors!r}")
        check = self.run(folder, "--check", "-q")
        if check.returncode != (0 if is_new else 1):
            wrong.append(f"--check says {check.returncode} where the artifacts are {'new' if is_new else 'not all new'}")
        again = self.run(folder)
        final = tree(folder)
        lock = final.pop("bayplan.lock", None)
        if again.returncode != 0:
            wrong.append(f"the next run fails: {again.stderr.decode()}")
        if final != self.new:
            differing = [path for path in final.keys() | self.new.keys() if final.get(path) != self.new.get(path)]
            wrong.append(f"the next run leaves {sorted(differing)}")
        if lock != self.lock:
            wrong.append("the next run leaves another lock")
        return [f"{self.name}, {kind} at call {number} ({self.calls[number - 1]}): {text}" for text in wrong]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--bayplan", default=str(REPOSITORY / ".build/debug/bayplan"))
    parser.add_argument("--scenario")
    options = parser.parse_args()
    if sys.platform != "linux":
        print("faults: skipped: the shim is for Linux", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    begun = time.monotonic()
    # In memory nothing waits for a disk, and what is asked here does not depend on one.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bayplan-faults-", dir=memory) as base:
        base = Path(base)
        Scenario.shim = base / "shim.so"
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", Scenario.shim, HERE / "shim.c", "-ldl"], check=True)
        old, new = manifest(8000, True), manifest(9000, True)
        given = {
            "first run": (None, new), "update": (old, new), "deletions": (old, manifest(9000, False, PROJECTS - 2)),
        }
        scenarios = [Scenario(name.replace(" ", "-"), *states, base, options.bayplan) for name, states in given.items()
                     if options.scenario in (None, name)]
        points, wrong = 0, []
        with ThreadPoolExecutor(2) as pool:
            for scenario in scenarios:
                if not 50 <= len(scenario.artifacts):
                    wrong.append(f"{scenario.name}: only {len(scenario.artifacts)} artifacts")
                # A disk that is full stays full, for the calls that need room on it.
                needs_room = ("openat (new)", "write", "mkdirat", "renameat", "fsync")
                tried = [
                    (number, kind) for number in range(1, len(scenario.calls) + 1) for kind in [*KINDS, "ENOSPC+"]
                    if kind in KINDS or scenario.calls[number - 1] in needs_room
                    # A different residue for each kind: a sample meets every kind and walks over all calls.
                    if (number + 7 * len(kind)) % options.every == 0
                ]
                def attempt(point):
                    return scenario.try_point(*point, base / f"work-{scenario.name}-{point[0]}-{point[1]}")
                def cleaned(point):
                    try:
                        return attempt(point)
                    finally:
                        shutil.rmtree(base / f"work-{scenario.name}-{point[0]}-{point[1]}", ignore_errors=True)
                for found in pool.map(cleaned, tried):
                    wrong += found
                points += len(tried)
                print(f"faults: {scenario.name}: {len(scenario.artifacts)} artifacts, {len(scenario.calls)} calls, "
                      f"{len(tried)} points", flush=True)
    for text in wrong[:40]:
        print(f"faults: {text}", file=sys.stderr)
    print(f"faults: {points} points tried, {len(wrong)} promises broken, {time.monotonic() - begun:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
