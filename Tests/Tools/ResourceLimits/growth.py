#!/usr/bin/env python3
"""Searches for what costs more than its size: every kind of workspace of a megabyte, through every command.

    growth.py [--bayplan PATH] [--seconds S] [--megabytes M] [--growth] [WORD…]

Prints the processor time and the memory of each, and what breaks the bounds. With `--growth` each kind is made at an eighth,
a quarter and a half of its size, too, and the exponent by which its time grows from a quarter to the whole is printed: 1 is
linear, 2 a square. With words, only the kinds that hold one of them.
"""

import argparse
import math
import os

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from hostile import REPOSITORY, measure  # noqa: E402
from kinds import KINDS, SESSIONS, opened, words  # noqa: E402


def scenes(folder, share, wanted):
    """The commands of every kind: name, words, file for standard input."""
    for name, (make, commands) in KINDS.items():
        if wanted and not any(word in name for word in wanted):
            continue
        shutil.rmtree(folder / "w", ignore_errors=True)
        # None is larger than a megabyte; what is less costs most as it is.
        size = sum(len(text) for text in make(1).values())
        for path, text in make(share * min(1, 1e6 / size)).items():
            (folder / "w" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "w" / path).write_text(text)
        for command in commands:
            source = None
            if command == "lsp":
                source = folder / "input"
                source.write_bytes(opened((folder / "w/strategy.yaml").read_text()))
            yield f"{name}, {command}", words(command), source
    for name, make in SESSIONS.items():
        if not wanted or any(word in name for word in wanted):
            (folder / "w").mkdir(exist_ok=True)
            (folder / "input").write_bytes(make(share))
            yield f"lsp: {name}", ["lsp"], folder / "input"


def run(options, share):
    """By scene: status, text, seconds, megabytes."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="bayplan-growth-") as folder:
        folder = Path(folder)
        for name, command, source in scenes(folder, share, options.words):
            best = None
            # Other work on the machine makes even processor time dearer: a bound is broken if ten runs break it.
            for _ in range(10):
                # What grows with the square must not take the machine along.
                limited = ["bash", "-c", 'ulimit -v 3000000 -t 20; exec timeout 600 "$@"', "bash", options.bayplan, *command]
                found = measure(limited, folder / "w", source)
                best = found if best is None or found[2] < best[2] else best
                if best[2] <= options.seconds * 0.9 or best[2] > options.seconds * 5:
                    break
            results[name] = best
            if share == 1:
                print(f"growth: {name:48} {best[2]:6.2f} s {best[3]:6.0f} MB, status {best[0]}", flush=True)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=str(REPOSITORY / ".build/release/bayplan"))
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--megabytes", type=float, default=200.0)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    whole = run(options, 1)
    wrong = []
    for name, (status, said, seconds, megabytes) in whole.items():
        if status not in (0, 1, 2):
            wrong.append(f"{name}: status {status}, {said[-300:]!r}")
        if seconds > options.seconds:
            wrong.append(f"{name}: {seconds:.2f} s")
        if megabytes > options.megabytes:
            wrong.append(f"{name}: {megabytes:.0f} MB")
    if options.growth:
        quarter = run(options, 0.25)
        for name, (_, _, seconds, _) in whole.items():
            if quarter[name][2] > 0.02:
                print(f"growth: {name:48} exponent {math.log(seconds / quarter[name][2], 4):5.2f}")
    for text in wrong:
        print(f"growth: {text}", file=sys.stderr)
    most = max(whole.values(), key=lambda result: result[2])
    print(f"growth: {len(whole)} runs, at most {most[2]:.2f} s and {max(r[3] for r in whole.values()):.0f} MB, "
          f"{len(wrong)} promises broken")
    return 1 if wrong or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
