#!/usr/bin/env python3
"""Compares Bayplan with the floor in turn, for a machine whose speed changes within the minutes that `run` takes.

usage: pairs.py [--runs N] [--in FOLDER] BAYPLAN [COMMAND...]

Needs the workspace large that `run --in FOLDER large` leaves there. Each command runs between two floors, so many times
(by default 15); what is told is the median and the quartiles of its time over the mean of theirs, and the medians in
milliseconds. COMMAND stands in front of each, such as `taskset -c 0`.
"""

import argparse
import statistics
import subprocess
import time
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent / ".build/release"


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--in", dest="folder", type=Path, default=Path("/dev/shm"))
    parser.add_argument("bayplan")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    work = asked.folder / "bayplan-benchmarks"
    manifest, copy = work / "large/strategy.yaml", work / "large-floor"

    def seconds(*words):
        began = time.perf_counter()
        subprocess.run([*asked.command, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began

    def floor():
        for file in copy.rglob("*"):
            if file.is_file():
                file.unlink()
        floors.append(seconds(PROGRAMS / "floor", manifest, work / "large.list", copy))
        return floors[-1]

    commands = [["validate", "--no-builds"], ["validate"], ["compile"], ["compile", "--check"]]
    floors, times, ratios = [], [[] for _ in commands], [[] for _ in commands]
    # What is compiled is there from now on.
    seconds(asked.bayplan, "compile", manifest)
    for _ in range(asked.runs):
        for number, words in enumerate(commands):
            before = floor()
            times[number].append(seconds(asked.bayplan, *words, manifest))
            ratios[number].append(2 * times[number][-1] / (before + floor()))
    print(f"{'floor F':24}{1000 * statistics.median(floors):7.0f} ms, least {1000 * min(floors):.0f}")
    for number, words in enumerate(commands):
        low, middle, high = statistics.quantiles(ratios[number])
        print(f"{' '.join(words):24}{1000 * statistics.median(times[number]):7.0f} ms {middle:6.2f} F ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
