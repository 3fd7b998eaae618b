#!/usr/bin/env python3
"""What Bayplan infers from a Dockerfile against what BuildKit takes: Tests/Fixtures/dockerfiles.

Each folder there holds a Dockerfile and `expected`, lines of which say what is built and what it stands on:

    target NAME         the stage to build
    arg NAME=VALUE      a build argument
    context NAME=PLACE  a further context
    base NAME           an image that the build needs
    unknown             what it stands on cannot be told: the build fails, whatever is there
    no-engine WHY       an engine cannot tell

For each folder the build must succeed where exactly the bases are there, and fail where any one of them is missing.
The unit tests hold Bayplan to the same files. Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static
busybox. Without an engine it is skipped aloud, or fails if CI=true. It refuses to run where an image of its names is
there already, and removes what it made.
"""

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

FIXTURES = Path(__file__).resolve().parents[2] / "Fixtures/dockerfiles"
BASES = ["base-a", "base-b", "base-c"]


def run(*words):
    environment = {**os.environ, "BUILDX_BUILDER": "default", "BUILDKIT_PROGRESS": "plain"}
    return processes.run(words, env=environment)


class Fixture:
    def __init__(self, folder):
        self.name = folder.name
        self.folder = folder
        self.options = []
        self.bases = set()
        self.is_unknown = False
        self.reason = None
        for line in (folder / "expected").read_text().splitlines():
            word, _, rest = line.partition(" ")
            if word == "target":
                self.options += ["--target", rest]
            elif word == "arg":
                self.options += ["--build-arg", rest]
            elif word == "context":
                name, _, place = rest.partition("=")
                self.options += ["--build-context", f"{name}={place if '://' in place else folder / place}"]
            elif word == "base":
                self.bases.add(rest)
            elif word == "unknown":
                self.is_unknown = True
            elif word == "no-engine":
                self.reason = rest
            else:
                raise SystemExit(f"bases.py: {self.name}/expected: {line}")

    def runs(self):
        """What is there, and whether the build succeeds then."""
        if self.is_unknown:
            return [(frozenset(BASES), False)]
        return [(frozenset(self.bases), True)] + [(frozenset(self.bases - {base}), False) for base in self.bases]

    def build(self, context):
        return run("docker", "buildx", "build", "--output", "type=cacheonly", "-f", self.folder / "Dockerfile",
                   *self.options, context)


def main():
    if run("docker", "version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX is not set")
        return 1 if os.environ.get("CI") == "true" else 0
    taken = [name for name in BASES if run("docker", "image", "inspect", name).returncode == 0]
    if taken:
        print(f"bases.py: these are here already, and are left alone: {' '.join(taken)}")
        return 1
    start = time.time()
    fixtures = [Fixture(folder) for folder in sorted(FIXTURES.iterdir())]
    asked = [fixture for fixture in fixtures if fixture.reason is None]
    failed = []
    root = Path(tempfile.mkdtemp(prefix="bayplan bases "))
    try:
        (root / "file").write_text("a file\n")
        (root / "image").mkdir()
        shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "image/busybox")
        for base in BASES:
            (root / "image/Dockerfile").write_text(f"FROM scratch\nCOPY busybox /bin/busybox\nCOPY <<E /file\n{base}\nE\n")
            made = run("docker", "buildx", "build", "-q", "--load", "-t", f"{base}-aside", root / "image")
            if made.returncode != 0:
                raise SystemExit(f"bases.py: cannot make {base}: {made.stderr}")
        shutil.rmtree(root / "image")
        runs = {}
        for fixture in asked:
            for present, succeeds in fixture.runs():
                runs.setdefault(present, []).append((fixture, succeeds))
        with ThreadPoolExecutor(4) as pool:
            for present in sorted(runs, key=sorted):
                for base in BASES:
                    run("docker", "tag", f"{base}-aside", base) if base in present else run("docker", "rmi", base)
                results = pool.map(lambda item: (item, item[0].build(root)), runs[present])
                for (fixture, succeeds), result in results:
                    if (result.returncode == 0) != succeeds:
                        failed.append(fixture.name)
                        print(f"FAILED  {fixture.name} with {sorted(present)}: it should have "
                              f"{'succeeded' if succeeds else 'failed'}\n{result.stderr}")
    finally:
        run("docker", "rmi", "-f", *BASES, *[f"{base}-aside" for base in BASES])
        shutil.rmtree(root)
    for fixture in fixtures:
        if fixture.reason:
            print(f"not asked: {fixture.name}: {fixture.reason}")
    count = sum(len(fixture.runs()) for fixture in asked)
    print(f"bases: {len(asked)} of {len(fixtures)} Dockerfiles in {count} builds, {len(set(failed))} failed, "
          f"{time.time() - start:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
