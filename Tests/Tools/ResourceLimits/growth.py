#!/usr/bin/env python3
"""Searches for what costs more than its size: every kind of workspace of a megabyte, through every command.

    growth.py [--bayplan PATH] [--seconds S] [--megabytes M] [--few | --all] [WORD…]

Prints the processor time and the memory of each, and what breaks the bounds. How the cost grows is told by the instructions
that callgrind counts, which no other work on the machine changes: a quarter needs twice as many beyond an eighth as that needs
beyond a sixteenth where all is linear, and four times as many for a square. Where by this count a square would take two thirds of
a whole megabyte's, a promise is broken. Counted is what takes long and more than its part of time; with `--all` everything is. With
words, only the kinds that hold one of them. With `--few`, half a megabyte, and of the commands those that do what others do, too.

The default bounds are those that users are promised: a second and 200 MB. A quiet machine that is not a slow one holds them;
a test gives a minute, for how long it takes depends on the machine, and looks at the growth.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from hostile import REPOSITORY, measure  # noqa: E402
from kinds import KINDS, PRODUCTS, SESSIONS, opened, words  # noqa: E402


# A square's instructions over all others, for the whole. Tables that grow by leaps look like a half.
MOST_SQUARE = 2.0
# The shares whose instructions are counted: each is half of the next.
COUNTED = (1 / 16, 1 / 8, 1 / 4)
# Seconds above which the growth is looked at: what takes less over a megabyte is no square.
SLOW = 0.4
# Of the whole over a quarter, by the clock, above which instructions are counted: 4 is linear, 16 a square.
SUSPECT = 5.5

# What --few leaves out: compile validates, and the other commands order and draw as these do.
LEFT_OUT = {"validate", "check", "order", "map"}


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
    """By scene, what was measured."""
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
                best = found if best is None or found.seconds < best.seconds else best
                if best.seconds <= options.seconds * 0.9:
                    break
            results[name] = best
            if shows:
                print(f"growth: {name:48} {best.seconds:6.2f} s {best.megabytes:6.0f} MB, status {best.status}", flush=True)
    return results


def squares(options, is_wanted):
    """By scene: a square's part of the instructions of the whole, over all others."""
    counts = {}
    for share in COUNTED:
        with tempfile.TemporaryDirectory(prefix="bayplan-growth-") as folder:
            folder = Path(folder)
            for name, command, source in scenes(folder, share, is_wanted):
                with open(source or os.devnull, "rb") as given:
                    counted = subprocess.run(
                        ["timeout", "600", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", options.bayplan, *command],
                        cwd=folder / "w", stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                        # A hash seed of each process's own would let the counts tremble.
                        env={**os.environ, "BAYPLAN_ROOT": "", "SWIFT_DETERMINISTIC_HASHING": "1"})
                found = re.search(r"^==.*Collected : (\d+)", counted.stderr, re.MULTILINE)
                if found is None:
                    sys.exit(f"growth: {name}: callgrind counted nothing: {counted.stderr[-300:]}")
                counts.setdefault(name, []).append(int(found[1]))
    # Of a + bx + cx² for x = 1, 2, 4, where x = 16 is the whole.
    for name, (one, two, four) in counts.items():
        square = max(0, ((four - two) - 2 * (two - one)) / 6)
        yield name, square * 16 / max(1, two - one - 3 * square)


def growing(options, whole):
    """What grows by more than its size: a sentence for each."""
    whole = {name: found for name, found in whole.items() if PRODUCTS.isdisjoint((name, name.partition(",")[0]))}
    if options.all:
        suspected = set(whole)
    else:
        # The program's own time: what a folder of thousands of files costs the system is the file system's.
        suspected = {name for name, found in whole.items() if found.own > SLOW * options.share}
        # Other work makes one of two runs dearer than the other: what is suspected once is timed again.
        for is_again in (False, True):
            wholes = run(options, options.share, suspected.__contains__, shows=False) if is_again else whole
            quarters = run(options, options.share / 4, suspected.__contains__, shows=False)
            suspected = {name for name in suspected if wholes[name].own > SUSPECT * quarters[name].own}
    if not suspected:
        return
    if shutil.which("valgrind") is None:
        print("growth: SKIPPED the instructions, valgrind is not installed", file=sys.stderr)
        if os.environ.get("CI") == "true":
            yield "valgrind is not installed"
        return
    for name, square in squares(options, suspected.__contains__):
        print(f"growth: {name:48} {square:5.2f} of a square")
        if square > MOST_SQUARE:
            yield f"{name}: the square is {square:.1f} times the rest"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=str(REPOSITORY / ".build/release/bayplan"))
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--megabytes", type=float, default=200.0)
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--few", action="store_true")
    extent.add_argument("--all", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    # Of a megabyte.
    options.share = 0.5 if options.few else 1

    def is_wanted(name):
        is_left_out = options.few and name.rpartition(", ")[2] in LEFT_OUT
        return not is_left_out and (not options.words or any(word in name for word in options.words))

    whole = run(options, options.share, is_wanted)
    wrong = []
    for name, (status, said, seconds, _, megabytes) in whole.items():
        if status not in (0, 1, 2):
            wrong.append(f"{name}: status {status}, {said[-300:]!r}")
        if seconds > options.seconds:
            wrong.append(f"{name}: {seconds:.2f} s")
        if megabytes > options.megabytes:
            wrong.append(f"{name}: {megabytes:.0f} MB")
    wrong += growing(options, whole)
    for text in wrong:
        print(f"growth: {text}", file=sys.stderr)
    print(f"growth: {len(whole)} runs, at most {max(found.seconds for found in whole.values()):.2f} s "
          f"and {max(found.megabytes for found in whole.values()):.0f} MB, "
          f"{len(wrong)} promises broken")
    return 1 if wrong or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
