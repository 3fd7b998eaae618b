#!/usr/bin/env python3
"""Searches for what costs more than its size: every kind of workspace of a megabyte, through every command.

    growth.py [--bayplan PATH] [--seconds S] [--megabytes M] [--all] [WORD…]

Prints the processor time and the memory of each, and what breaks the bounds. What takes long is tried with a quarter of the
kind, too, in the same run: what is linear takes four times as long for the whole, a square sixteen times; more than nine
times is a promise broken, however fast the machine is. With `--all` this is done and printed for whatever can be measured:
the exponent by which the time grows is 1 for linear, 2 for a square. With words, only the kinds that hold one of them.

The default bounds are those that users are promised: a second and 200 MB. A quiet machine that is not a slow one holds them;
a test gives more seconds, for how long it takes depends on the machine, and looks at the growth.
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


# Of the whole over a quarter: between 4, which is linear, and 16, which is a square.
MOST_GROWTH = 9
# Seconds above which the growth is looked at: what takes less over a megabyte is no square.
SLOW = 0.4
# Seconds of the quarter below which start-up and the steps of the clock hide how it grows.
LEAST = 0.02


def scenes(folder, share, is_wanted):
    """The commands of every kind: name, words, file for standard input."""
    for name, (make, commands) in KINDS.items():
        if not any(is_wanted(f"{name}, {command}") for command in commands):
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
            if is_wanted(f"{name}, {command}"):
                yield f"{name}, {command}", words(command, folder / "w"), source
    for name, make in SESSIONS.items():
        if is_wanted(f"lsp: {name}"):
            (folder / "w").mkdir(exist_ok=True)
            (folder / "input").write_bytes(make(share))
            yield f"lsp: {name}", ["lsp"], folder / "input"


def run(options, share, is_wanted, shows=True):
    """By scene: status, text, seconds, megabytes, seconds of its own."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="bayplan-growth-") as folder:
        folder = Path(folder)
        for name, command, source in scenes(folder, share, is_wanted):
            best = None
            # Other work on the machine makes even processor time dearer: of what is over a bound, the least of three counts.
            for _ in range(3):
                # What grows with the square must not take the machine along.
                limited = ["bash", "-c", 'ulimit -v 3000000 -t 60; exec timeout 600 "$@"', "bash", options.bayplan, *command]
                found = measure(limited, folder / "w", source)
                best = found if best is None or found[2] < best[2] else best
                if best[2] <= options.seconds * 0.9:
                    break
            results[name] = best
            if share == 1 and shows:
                print(f"growth: {name:48} {best[2]:6.2f} s {best[3]:6.0f} MB, status {best[0]}", flush=True)
    return results


def growing(options, whole):
    """What grows by more than its size: a sentence for each."""
    # The program's own time: what a folder of thousands of files costs the system is the file system's.
    looked = {name: found[4] for name, found in whole.items() if options.all or found[4] > SLOW}
    quarters = {name: found[4] for name, found in run(options, 0.25, looked.__contains__).items()}

    def broken():
        return {name for name, own in looked.items() if own > SLOW and quarters[name] >= LEAST and own > MOST_GROWTH * quarters[name]}

    # Other work makes one of two runs dearer than the other: the least of three counts.
    for _ in range(2):
        for times, share in [(looked, 1), (quarters, 0.25)]:
            for name, again in run(options, share, broken().__contains__, shows=False).items():
                times[name] = min(times[name], again[4])
    for name, own in sorted(looked.items()):
        if options.all and quarters[name] >= LEAST:
            print(f"growth: {name:48} exponent {math.log(own / quarters[name], 4):5.2f}")
    for name in sorted(broken()):
        yield f"{name}: {looked[name]:.2f} s, and {quarters[name]:.2f} s for a quarter: {looked[name] / quarters[name]:.1f} times as long"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=str(REPOSITORY / ".build/release/bayplan"))
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--megabytes", type=float, default=200.0)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    whole = run(options, 1, lambda name: not options.words or any(word in name for word in options.words))
    wrong = []
    for name, (status, said, seconds, megabytes, _) in whole.items():
        if status not in (0, 1, 2):
            wrong.append(f"{name}: status {status}, {said[-300:]!r}")
        if seconds > options.seconds:
            wrong.append(f"{name}: {seconds:.2f} s")
        if megabytes > options.megabytes:
            wrong.append(f"{name}: {megabytes:.0f} MB")
    wrong += growing(options, whole)
    for text in wrong:
        print(f"growth: {text}", file=sys.stderr)
    most = max(whole.values(), key=lambda result: result[2])
    print(f"growth: {len(whole)} runs, at most {most[2]:.2f} s and {max(r[3] for r in whole.values()):.0f} MB, "
          f"{len(wrong)} promises broken")
    return 1 if wrong or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
