#!/usr/bin/env python3
"""How often each script calls the engine, and how long it takes, beside the bare commands that a person would type for the same.

usage: calls.py [PATH OF bayplan]

A workspace of eight images, three projects that start after each other and eight containers, one volume. Calls are counted by
a `docker` on the PATH that notes its words and becomes the real one. `build.sh --changed`, `verify.sh`, `up.sh` and
`status.sh` may call it half as often again as a person; the table of the page Engines.md says how often all do at most. Time is
printed, and decides nothing.

Starts an engine and a registry of its own in a network of its own. Where none can be started it is skipped aloud, or fails if
CI=true.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import engines
import processes
import program

REPOSITORY = Path(__file__).resolve().parents[3]
BAYPLAN = program.named()
PAGE = REPOSITORY / "Sources/bayplan/bayplan.docc/Engines.md"
M = "calls"
BASES = {"base": [], "tools": [], "store": ["base"], "queue": ["base"], "api": ["base"], "jobs": ["api"], "site": ["tools"], "edge": ["site"]}
PROJECTS = {"lib": ["base", "tools"], "data": ["store", "queue"], "shop": ["api", "jobs", "site", "edge"]}
# The scripts that the promise is about, and how often it lets them call the engine for one call of a person.
PROMISED = ("build.sh --changed", "verify.sh", "up.sh", "up.sh again", "status.sh")
MOST = 1.5
failures = []


def docker(*words):
    return processes.run(["docker", *words])


class Workspace:
    def __init__(self, parent):
        self.root = Path(tempfile.mkdtemp(prefix="calls ", dir=parent)).resolve()
        (self.root / "bin").mkdir()
        shutil.copy(BAYPLAN, self.root / "bin/bayplan")
        self.noted = self.root / "noted"
        (self.root / "bin/docker").write_text(f"#!/bin/sh\nprintf '%s\\n' \"$*\" >>'{self.noted}'\nexec {shutil.which('docker')} \"$@\"\n")
        (self.root / "bin/docker").chmod(0o755)
        for project, names in PROJECTS.items():
            for name in names:
                folder = self.root / project / name
                folder.mkdir(parents=True)
                bases = [f"{M}-{b}" for b in BASES[name]]
                (folder / "Dockerfile").write_text(f"FROM {bases[0]}\nCOPY Dockerfile /{name}\n" if bases
                                                   else "FROM scratch\nCOPY busybox /bin/busybox\n")
                if not bases:
                    shutil.copy(os.environ["ENGINE_BUSYBOX"], folder / "busybox")
        images = "".join(f"  {M}-{n}: {{owner: {M}-{p}, build: ./{n}, needs: [{', '.join(f'{M}-{b}' for b in BASES[n])}]}}\n"
                         for p, names in PROJECTS.items() for n in names)

        def services(project):
            volume = "{image: %s, volumes: ['kept:/kept']}"
            return ", ".join(f"{n}: " + (volume if n == "store" else "{image: %s}") % f"{M}-{n}" for n in PROJECTS[project])

        after = {"lib": "", "data": f"after: [{M}-lib], ", "shop": f"after: [{M}-data], "}
        volumes = {"data": "volumes: {kept: {}}, "}
        projects = "".join(f"  {M}-{p}: {{path: {p}, {after[p]}{volumes.get(p, '')}services: {{{services(p)}}}}}\n" for p in PROJECTS)
        (self.root / "strategy.yaml").write_text(f"""version: 1
name: {M}
naming: {{image: ".*", project: ".*"}}
defaults: {{service: {{command: [/bin/busybox, sleep, "100000"], stop_signal: SIGKILL, network_mode: none}}}}
images:
{images}projects:
{projects}environments:
  live: {{registry: "{os.environ['ENGINE_REGISTRY']}/{M}", tag: "1.0"}}
""")

    def run(self, *words):
        environment = {**os.environ, "PATH": f"{self.root}/bin:{os.environ['PATH']}", "BUILDX_BUILDER": "default"}
        return processes.run(words, cwd=self.root, env=environment)

    def measured(self, commands):
        """How many calls of the engine some commands make, how long they take, and what went wrong."""
        self.noted.write_text("")
        begun, trouble = time.monotonic(), ""
        for words in commands:
            r = self.run(*words)
            if r.returncode != 0:
                trouble += f"{words}: {r.returncode}\n{r.stdout}{r.stderr}"
        return len(self.noted.read_text().splitlines()), time.monotonic() - begun, trouble, self.noted.read_text()


# What is run between the person and the script, so that the script finds what the person found. Compose by itself writes no
# fingerprint.
UNDONE = {"build.sh --changed": ["build.sh"], "up.sh": ["down.sh", "--all"], "down.sh --all": ["up.sh", f"{M}-shop"]}


def compose(*words):
    return [["docker", "compose", "-f", f"{p}/docker-compose.yml", *words] for p in PROJECTS]


def rows(w):
    """What is measured: the script with its words, the bare commands for the same."""
    shop, references = f"{M}-shop", [f"{M}-{n}:latest" for n in BASES]
    registry = f"{os.environ['ENGINE_REGISTRY']}/{M}/{M}-"

    def ids():
        return docker("ps", "--quiet", "--filter", f"name={M}").stdout.split()

    tags = {n: f"{registry}{n}:1.0" for n in BASES}
    listings = [["docker", "image", "ls"], ["docker", "ps", "--all"]]
    build = [["docker", "build", "--tag", f"{M}-{n}", f"{p}/{n}"] for p, names in PROJECTS.items() for n in names]
    return [
        ("build.sh", ["build.sh"], lambda: build),
        ("build.sh --changed", ["build.sh", "--changed"], lambda: compose("build")),
        # Each project when the one before it runs, which takes a look.
        ("up.sh", ["up.sh", shop], lambda: [*listings, *(words for up, look in zip(compose("up", "-d"), compose("ps")) for words in (up, look))]),
        ("up.sh again", ["up.sh", shop], lambda: [*listings, *compose("up", "-d")]),
        ("verify.sh", ["verify.sh"], lambda: [*listings, ["docker", "inspect", *ids()]]),
        ("status.sh", ["status.sh"], lambda: [*listings, ["docker", "inspect", *ids()], ["docker", "volume", "ls"], ["docker", "network", "ls"]]),
        ("refresh.sh edge", ["refresh.sh", f"{M}-edge"],
         lambda: [build[-1], ["docker", "compose", "-f", "shop/docker-compose.yml", "up", "-d", "--no-deps", "edge"], ["docker", "ps"]]),
        ("release.sh", ["release.sh", "--version", "1.0"],
         lambda: [words for n in BASES for words in (["docker", "tag", f"{M}-{n}", tags[n]], ["docker", "push", tags[n]],
                                                     ["docker", "buildx", "imagetools", "inspect", tags[n]])]),
        ("clean.sh --dry-run", ["clean.sh", "--dry-run"],
         lambda: [["docker", "image", "ls", "--filter", "dangling=true"], ["docker", "image", "ls"], ["docker", "ps", "--all"],
                  ["docker", "image", "inspect", *references]]),
        ("down.sh --all", ["down.sh", "--all"], lambda: [["docker", "ps"], *reversed(compose("down"))]),
    ]


def main():
    reason = engines.lacking()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    engines.in_own_network()
    # Containers of others that go meanwhile would be asked for again.
    with tempfile.TemporaryDirectory(prefix="bayplan-calls-") as parent, engines.Engine() as engine:
        os.environ.update(engine.environment)
        w = Workspace(parent)
        r = w.run("bayplan", "compile", "-q")
        if r.returncode != 0:
            print(r.stderr)
            return 1
        page = PAGE.read_text()
        print("script                calls  bare  ratio   seconds    bare")
        for name, script, bare in rows(w):
            typed, typing, more, _ = w.measured(bare())
            if name in UNDONE:
                w.run("sh", w.root / "scripts" / UNDONE[name][0], *UNDONE[name][1:])
            calls, seconds, trouble, noted = w.measured([["sh", w.root / "scripts" / script[0], *script[1:]]])
            print(f"{name:20} {calls:6} {typed:5} {calls / typed:6.2f} {seconds:9.2f} {typing:7.2f}", flush=True)
            told = re.search(rf"^\| `{re.escape(name)}` +\| +(\d+) \| +(\d+) \|$", page, re.M)
            if trouble or more or (name in PROMISED and calls > MOST * typed):
                failures.append(name)
                print(f"FAILED  {name}\n{trouble}{more}{noted}")
            if not told or calls > int(told[1]) or typed != int(told[2]):
                failures.append(name)
                print(f"FAILED  {name}: {PAGE.name} says {told and told[0]}\n{noted}")
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
