#!/usr/bin/env python3
"""Makes the sources wrong in one place at a time, and tells which of these mutants no test notices.

usage: mutate.py [--modules NAME,...] [--tests PREFIX,...] [--sample N] [--seed N] [--minutes N] [--least PERCENT]
                 [--jobs N] [--again] [--survivors FILE] [FOLDER]

Works in a copy of the repository in FOLDER, by default .build-mutation, that is built once with all mutants in it
(mutants.py says which there are). Each test is run once to learn in which mutants it differs and how long it takes. Then
each mutant is tried by a fraction of a second of the tests that reach it, those first that killed most so far; what is left,
by more and more seconds, and at last by all. A mutant that no test reaches has survived, too. With --tests, only those that begin so are
asked, and only mutants that one of them reaches; with --sample, N are drawn by the seed.

FOLDER/outcomes.jsonl gets a line as soon as one is known. A later run takes it from there as long as all sources and tests
are what they were; that a test kills a mutant, as long as the files of both are; and one that survived is asked of those
tests alone whose files have changed, as long as its own is what it was. --again tries all. After --minutes the run ends, and
tells how many are open. FILE gets a line for each survivor, with its place and what it is.

`survivors.tsv` lists those that need no test, with the reason. The status is 1 if others survive; with --least, if fewer
than so many of a hundred are killed.
"""

import argparse
import collections
import hashlib
import json
import os
import random
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
sys.path.insert(0, str(HERE))

from suites import Suites
from tree import Tree

MODULES = ["Rules", "ComposeSpec", "Planning", "Inspection", "Workspace"]
# How many seconds of tests a mutant is tried by, before those that are left get more.
ROUNDS = [0.2, 1, 5, 20, float("inf")]


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def keyed(found, sources):
    """A name of each mutant that lasts while its text does, and other texts may move."""
    keys, seen = [], collections.Counter()
    for mutant in found:
        text = " ".join(sources[mutant.file][mutant.start : mutant.end].split())
        seen[mutant.file, mutant.kind, text] += 1
        keys.append(f"{mutant.file}\t{mutant.kind}\t{text}\t{seen[mutant.file, mutant.kind, text]}")
    return keys


class Outcomes:
    """What is known of mutants, in a file that grows by a line for each."""

    def __init__(self, path, tree, sources, again):
        self.path, self.state, self.lock = path, tree.digest, threading.Lock()
        self.sources = {name: digest(text) for name, text in sources.items()}
        self.tests = {file.name: digest(file.read_text()) for file in (tree.root / "Tests/Unit").rglob("*.swift")}
        self.known = {}
        if path.exists() and not again:
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.known[entry["key"]] = entry
        self.states = {}
        states = path.with_name("states.jsonl")
        if states.exists():
            self.states = dict(map(json.loads, states.read_text().splitlines()))
        if self.state not in self.states:
            self.states[self.state] = self.tests
            with states.open("a") as file:
                file.write(json.dumps([self.state, self.tests]) + "\n")

    def of(self, key, file):
        """The test that kills a mutant, "" where none does; None where that is not known."""
        entry = self.known.get(key)
        if entry is None:
            return None
        killed_still = entry["killer"] and entry["source"] == self.sources[file] and entry["test"] == self.tests.get(entry["file"])
        return entry["killer"] if entry["state"] == self.state or killed_still else None

    def add(self, key, file, killer, test_file):
        entry = {"key": key, "state": self.state, "killer": killer, "source": self.sources[file], "file": test_file,
                 "test": self.tests.get(test_file)}
        with self.lock:
            self.known[key] = entry
            with self.path.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    def asked_before(self, key, file):
        """The files of tests that a mutant survived when its source and they were what they are."""
        entry = self.known.get(key)
        if entry is None or entry["killer"] or entry["source"] != self.sources[file]:
            return frozenset()
        then = self.states.get(entry["state"], {})
        return {name for name, text in self.tests.items() if then.get(name) == text}

    def last_killer(self, key):
        return self.known.get(key, {}).get("killer")


class Trial:
    """The mutants that are open, each with the tests that were not asked yet."""

    def __init__(self, suites, tests, outcomes, found, keys, end):
        self.suites, self.tests, self.outcomes, self.found, self.keys, self.end = suites, tests, outcomes, found, keys, end
        self.reasons = accepted()
        self.asked = collections.defaultdict(set)
        self.spent = collections.Counter()
        self.lock = threading.Lock()
        by_name = {test.name: test for test in tests}
        for entry in outcomes.known.values():
            if entry["killer"] in by_name:
                by_name[entry["killer"]].note(entry["key"].split("\t")[0], True)

    def tests_for(self, number, budget):
        """The tests to be asked next, so many seconds of them, the worthiest first; and whether no others are left."""
        with self.lock:
            before = self.outcomes.last_killer(self.keys[number])
            file = self.found[number].file
            asked = self.outcomes.asked_before(self.keys[number], file)
            left = [
                test for test in self.tests
                if number in test.reached and test.name not in self.asked[number] and test.file not in asked
            ]
            left.sort(key=lambda test: (test.name != before, -test.worth(file)))
        chosen, seconds = [], 0
        for test in left:
            if seconds + test.seconds <= budget:
                chosen.append(test)
                seconds += test.seconds
        return chosen, seconds, len(chosen) == len(left)

    def may_survive(self, number):
        _, kind, text, _ = self.keys[number].split("\t")
        return (self.found[number].file, kind, text) in self.reasons

    def attempt(self, number, budget):
        if time.monotonic() > self.end:
            return
        chosen, seconds, all_of_them = self.tests_for(number, budget - self.spent[number])
        killer, file = "", ""
        if chosen:
            outcome = self.suites.run([test.name for test in chosen], 20 + 5 * seconds, 5 + 5 * seconds, MUTANT=str(number))
            started = set(outcome.started)
            with self.lock:
                self.asked[number].update(test.name for test in chosen)
                self.spent[number] += seconds
                for test in chosen:
                    if test.name in started:
                        test.note(self.found[number].file, test.name == outcome.failed)
            if outcome.failed is not None:
                killer, file = outcome.failed or "the start", outcome.file
        if killer or all_of_them:
            mutant = self.found[number]
            self.outcomes.add(self.keys[number], mutant.file, killer, file)

    def rounds(self, numbers, jobs):
        for budget in ROUNDS:
            left = [number for number in numbers if self.outcomes.of(self.keys[number], self.found[number].file) is None]
            if budget == ROUNDS[-1]:
                # Those that may survive come last: most do, after all tests.
                left.sort(key=lambda number: (self.may_survive(number), self.tests_for(number, budget)[1]))
            print(f"mutate: {len(left)} open, to be tried by {budget} seconds of tests, {time.strftime('%H:%M:%S')}", flush=True)
            with ThreadPoolExecutor(jobs) as pool:
                list(pool.map(lambda number: self.attempt(number, budget), left))


def accepted():
    """What may survive, by file and the text of its line, with kind and reason."""
    rows = [line.split("\t") for line in (HERE / "survivors.tsv").read_text().splitlines() if line and not line.startswith("#")]
    return {(file, kind, text): reason for file, kind, text, reason in rows}


def report(found, keys, numbers, reached, outcomes, spent):
    """The table by module, the lines of survivors, and how many were tried, killed and have no reason."""
    known, tally, lines = accepted(), collections.defaultdict(collections.Counter), []
    for number in numbers:
        mutant, counts = found[number], tally[Tree.module(found[number].file)]
        killer = outcomes.of(keys[number], mutant.file)
        counts["mutants"] += 1
        if killer is None:
            counts["open"] += 1
            if spent[number]:
                lines.append(f"{mutant.file}:{mutant.line}\t{mutant.kind}\t{keys[number].split(chr(9))[2]}\topen after {spent[number]:.1f} s")
            continue
        counts["tried"] += 1
        if killer:
            counts["killed"] += 1
            continue
        counts["survived"] += 1
        counts["not reached"] += number not in reached
        _, kind, text, _ = keys[number].split("\t")
        reason = known.get((mutant.file, kind, text))
        counts["with a reason"] += reason is not None
        how = reason or ("not reached" if number not in reached else "survived")
        lines.append(f"{mutant.file}:{mutant.line}\t{kind}\t{text}\t{how}")
    columns = ["mutants", "tried", "killed", "survived", "not reached", "with a reason", "open"]
    total = sum(tally.values(), collections.Counter())
    table = [f"{'module':12}" + "".join(f"{column:>15}" for column in columns)]
    for module, counts in [*sorted(tally.items()), ("all", total)]:
        table.append(f"{module:12}" + "".join(f"{counts[column]:15}" for column in columns))
    return table, lines, total


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--modules", default=",".join(MODULES))
    parser.add_argument("--tests", default="")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--least", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--survivors", type=Path)
    parser.add_argument("folder", nargs="?", type=Path, default=REPOSITORY / ".build-mutation")
    asked = parser.parse_args()
    # A shell that starts this in the background has it ignore SIGINT, and so would the tests' programs, which are sent one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    end = time.monotonic() + 60 * asked.minutes
    folder = asked.folder.resolve()
    tree = Tree(REPOSITORY, folder, asked.modules.split(","))
    tree.copy()
    found, sources = tree.find()
    keys = keyed(found, sources)
    left_out = tree.build(found, sources, keys)
    suites = Suites(tree.root, folder)
    try:
        tests = suites.learn(asked.tests.split(","), tree.digest + asked.modules, asked.jobs)
        reached = frozenset().union(*(test.reached for test in tests))
        print(f"mutate: {len(found)} mutants, {len(left_out)} do not compile, {len(tests)} tests", flush=True)
        numbers = [number for number in range(len(found)) if number not in left_out and (number in reached or not asked.tests)]
        random.Random(asked.seed).shuffle(numbers)
        numbers = numbers[: asked.sample]
        # The smallest modules first, so that of a run that is cut some are whole.
        sizes = collections.Counter(Tree.module(found[number].file) for number in numbers)
        numbers.sort(key=lambda number: sizes[Tree.module(found[number].file)])
        outcomes = Outcomes(folder / "outcomes.jsonl", tree, sources, asked.again)
        trial = Trial(suites, tests, outcomes, found, keys, end)
        trial.rounds(numbers, asked.jobs)
    finally:
        suites.close()
    table, lines, total = report(found, keys, sorted(numbers), reached, outcomes, trial.spent)
    print("\n".join([*lines, *table]))
    if asked.survivors:
        asked.survivors.write_text("".join(line + "\n" for line in lines))
    bad = total["survived"] - total["with a reason"]
    if asked.least is not None:
        return 100 * (total["tried"] - bad) < asked.least * total["tried"]
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
