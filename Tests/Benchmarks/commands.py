#!/usr/bin/env python3
"""Measures commands beside what a person would take instead: `fingerprint`, `order --since` and `import`.

usage: commands.py [--runs N] [--in FOLDER] [--small]

    fingerprint     beside `find -type f -print0 | xargs -0 openssl sha256` over the same context, and beside what
                    `docker build` takes to send it: one file of 2 GB, 30,000 small files, 30,000 empty ones; with the
                    files in memory and, as root on Linux, read anew from the disk
    order --since   beside `git diff --name-only`, in a checkout of 30,000 files
    import          of 100 Compose files

The runs of a row alternate, and the medians of N (5 at least) are compared. --small takes a hundredth of everything, to
try this program. `BAYPLAN` names the program, by default the release build. Exit status: 0 whatever the figures are.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BAYPLAN = Path(os.environ.get("BAYPLAN", REPOSITORY / ".build/release/bayplan")).resolve()
GOALS = {"fingerprint": 1.3, "order --since": 2.0}
LIMIT = 600


def once(command, folder, cold):
    if cold:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, shell=isinstance(command, str), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE, timeout=LIMIT)
    return time.perf_counter() - began


def row(what, commands, folder, runs, cold=False):
    """A line: the median of each command in milliseconds, and the first over each other."""
    times = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            taken = once(command, folder, cold)
            if turn:  # the first warms up
                times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    first = next(iter(medians))
    cells = [f"{name} {1000 * taken:.1f} ms" for name, taken in medians.items()]
    ratios = [f"{medians[first] / taken:.2f} times {name}" for name, taken in medians.items() if name != first]
    goal = GOALS.get(first)
    print(f"{what}{', from the disk' if cold else ''}: {', '.join(cells)}" + (f"; {', '.join(ratios)}" if ratios else "")
          + (f" (goal {goal} times the first)" if goal else ""), flush=True)


def context(root, fill):
    folder = root / "app"
    folder.mkdir(parents=True)
    (folder / "Dockerfile").write_text("FROM scratch\nCOPY . /\n")
    fill(folder)
    (root / "strategy.yaml").write_text(
        "version: 1\nimages:\n  app: { owner: app, build: . }\nprojects:\n  app: { path: app, services: { app: } }\n")
    return root


def one_large(share):
    def fill(folder):
        block = os.urandom(1 << 20)
        with open(folder / "data", "wb") as file:
            for _ in range(2048 // share):
                file.write(block)
    return fill


def many(share, size):
    def fill(folder):
        for number in range(30000 // share):
            if number % 300 == 0:
                (folder / f"d{number // 300}").mkdir()
            (folder / f"d{number // 300}/f{number}").write_bytes(b"x" * size if size == 0 else os.urandom(size))
    return fill


def fingerprints(root, share, runs, engine):
    kinds = {"one file of 2 GB": one_large(share), "30,000 files of 2 KB": many(share, 2048), "30,000 empty files": many(share, 0)}
    for number, (what, fill) in enumerate(kinds.items()):
        folder = context(root / f"context{number}", fill)
        commands = {"fingerprint": [BAYPLAN, "fingerprint"],
                    "openssl sha256": "find app -type f -print0 | xargs -0 openssl sha256"}
        row(what, commands, folder, runs)
        if sys.platform == "linux" and os.geteuid() == 0:
            row(what, commands, folder, runs, cold=True)
        if engine:
            # A builder keeps what it was sent: each time something is changed, and all of the one file is sent again.
            build = "date +%N >app/d; docker build -q --no-cache -o type=cacheonly app" if number else \
                "date +%N | dd of=app/data conv=notrunc status=none; docker build -q --no-cache -o type=cacheonly app"
            row(what, {"fingerprint": [BAYPLAN, "fingerprint"], "docker build": build}, folder, max(2, runs // 2))
        shutil.rmtree(folder)


def since(root, share, runs):
    folder = context(root / "checkout", many(share, 200))
    # Nothing that git leaves running may write into what is removed at the end.
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main", "-c", "gc.auto=0",
           "-c", "maintenance.auto=false"]
    for words in ["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]:
        subprocess.run([*git, *words], cwd=folder, check=True)
    for number in range(0, 3000 // share, 30):
        (folder / f"app/d{number // 300}/f{number}").write_text("changed")
    row("a checkout of 30,000 files, 100 of them changed",
        {"order --since": [BAYPLAN, "order", "--since", "HEAD"], "git diff": ["git", "diff", "--name-only", "HEAD"]}, folder, runs)


def imports(root, runs):
    folder = root / "imported"
    for number in range(100):
        project = folder / f"p{number}"
        project.mkdir(parents=True)
        (project / "compose.yaml").write_text("services:\n" + "".join(
            f"  s{service}:\n    image: registry.example/team/s{service}:1.{number}\n    container_name: p{number}-s{service}\n"
            f"    ports: ['{10000 + 10 * number + service}:80']\n    environment: {{ A: '1', B: two }}\n    depends_on: [s0]\n"
            for service in range(1, 6)) + "  s0: { image: redis:7 }\n")
    row("100 Compose files of six services", {"import": [BAYPLAN, "import", *[f"p{n}" for n in range(100)]]}, folder, runs)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    share = 100 if asked.small else 1
    engine = subprocess.run(["docker", "version"], capture_output=True).returncode == 0 if shutil.which("docker") else False
    if not engine:
        print("commands: SKIPPED docker build: there is no engine", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        root = Path(scratch).resolve()
        fingerprints(root, share, asked.runs, engine)
        since(root, share, asked.runs)
        imports(root, asked.runs)


if __name__ == "__main__":
    main()
