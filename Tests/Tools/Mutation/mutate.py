#!/usr/bin/env python3
"""Makes the sources wrong in one place at a time, and tells which of these mutants no test notices.

usage: mutate.py [--modules NAME,...] [--suites PREFIX,...] [--sample N] [--seed N] [--least PERCENT] [--jobs N]
                 [--survivors FILE] [FOLDER]

Works in a copy of the repository in FOLDER, by default .build-mutation, that is built once with all mutants in it
(mutants.py says which there are). Each suite is run once to learn which mutants it reaches and how long it takes; then
each mutant by the suites that reach it, the quickest first, until one fails. A mutant that no suite reaches has
survived, too. With --suites, only suites that begin so are asked, and only mutants that one of them reaches. With --sample,
N are drawn by the seed. FILE gets a line for each survivor, with its place and what it is.

`survivors.tsv` lists those that need no test, with the reason. The status is 1 if others survive; with --least, if fewer
than so many of a hundred are killed.
"""

import argparse
import collections
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
sys.path.insert(0, str(HERE))

import mutants

MODULES = ["Rules", "ComposeSpec", "Planning", "Workspace"]
# What the suites of these targets say of the sources themselves, they say of mutants, too.
OF_SOURCES = ("ArchitectureTests.",)
HEADER = """#include <stdbool.h>
/// Whether the mutant with this number is the one that the variable MUTANT names; notes that it was asked.
bool mutant_on(int number);
static inline bool mutant_not(int number, bool value) { return mutant_on(number) ? !value : value; }
"""
SOURCE = """#include "CMutants.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static int active = -1;
static unsigned char reached[1 << 16];
static const char *folder;
static void tell(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%d", folder, (int)getpid());
    FILE *file = fopen(path, "w");
    if (!file) return;
    for (int number = 0; number < 1 << 16; number++)
        if (reached[number]) fprintf(file, "%d\\n", number);
    fclose(file);
}
__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("MUTANT");
    if (number) active = atoi(number);
    folder = getenv("MUTANTS_REACHED");
    if (folder) atexit(tell);
}
bool mutant_on(int number) {
    if (folder) reached[number] = 1;
    return number == active;
}
"""


def run(command, limit, **options):
    """Runs a command in a process group that is ended with it: status, or None past the limit, and what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                               start_new_session=True, **options)
    try:
        said, _ = process.communicate(timeout=limit)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        return None, ""
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


class Tree:
    def __init__(self, folder, modules):
        self.folder, self.modules = folder, modules
        self.root = folder / "tree"

    def copy(self):
        """Brings the sources in; what was built stays, so that a second run builds little."""
        self.root.mkdir(parents=True, exist_ok=True)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout.decode()
        names = set(filter(None, listed.split("\0")))
        for folder in "Sources", "Tests":
            for path in (self.root / folder).rglob("*"):
                if not path.is_dir() and str(path.relative_to(self.root)) not in names:
                    path.unlink()
        for name in sorted(names):
            source, target = REPOSITORY / name, self.root / name
            if source.is_symlink() or not source.exists() or name.startswith("Sources/") and self.module(name) in self.modules and name.endswith(".swift"):
                continue
            self.put(target, source.read_bytes(), source.stat().st_mode)
        for name in "python", "yaml-test-suite":
            link = self.root / ".build" / name
            link.parent.mkdir(exist_ok=True)
            if not link.exists() and (REPOSITORY / ".build" / name).exists():
                link.symlink_to(REPOSITORY / ".build" / name)
        package = (REPOSITORY / "Package.swift").read_text()
        package = package.replace("        name: name, dependencies: dependencies,", "        name: name, dependencies: dependencies + [\"CMutants\"],")
        package = package.replace("    targets: [\n", "    targets: [\n        .target(name: \"CMutants\"),\n", 1)
        self.put(self.root / "Package.swift", package.encode())
        self.put(self.root / "Sources/CMutants/include/CMutants.h", HEADER.encode())
        self.put(self.root / "Sources/CMutants/CMutants.c", SOURCE.encode())

    @staticmethod
    def module(name):
        return name.split("/")[1]

    @staticmethod
    def put(path, data, mode=0o644):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            path.chmod(mode & 0o777)

    def find(self):
        found, sources = [], {}
        for module in self.modules:
            for path in sorted((REPOSITORY / "Sources" / module).rglob("*.swift")):
                name = str(path.relative_to(REPOSITORY))
                sources[name] = path.read_text()
                found += mutants.Finder(name, sources[name]).mutants()
        return found, sources

    def write(self, found, sources, left_out):
        by_file = collections.defaultdict(list)
        for number, mutant in enumerate(found):
            if number not in left_out:
                by_file[mutant.file].append((number, mutant))
        for name, source in sources.items():
            text = mutants.written(source, by_file[name])
            # The import stands on a line that is there, so that none moves.
            text = re.sub(r"^(import \w+)", r"\1; import CMutants", text, count=1, flags=re.MULTILINE) \
                if re.search(r"^import \w+", text, re.MULTILINE) else "import CMutants; " + text
            self.put(self.root / name, text.encode())

    def build(self, found, sources):
        """Builds with every mutant that compiles: those on a line that the compiler refuses are left out."""
        left_out = set()
        while True:
            self.write(found, sources, left_out)
            status, said = run(["swift", "build", "--build-tests"], 3600, cwd=self.root)
            if status == 0:
                return left_out
            lines = set(re.findall(re.escape(str(self.root)) + r"/(\S+?\.swift):(\d+):\d+: error:", said))
            refused = {n for n, m in enumerate(found) if n not in left_out
                       and any((m.file, str(m.line + more)) in lines for more in range(m_lines(m, sources)))}
            if not refused:
                sys.exit("mutate: the copy does not build:\n" + "\n".join(said.splitlines()[-40:]))
            left_out |= refused
            print(f"mutate: {len(refused)} mutants do not compile", flush=True)


def m_lines(mutant, sources):
    return sources[mutant.file].count("\n", mutant.start, mutant.end) + 1


class Suites:
    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.program = next((root / ".build").glob("*/debug/*PackageTests.xctest"))
        environment = dict(os.environ, PATH=f"{root}/.build/python/bin:{os.environ['PATH']}", PYTHONDONTWRITEBYTECODE="1")
        environment.pop("BAYPLAN_RECORD", None)
        self.environment = environment

    def run(self, suite, limit, **variables):
        return run([self.program, "--testing-library", "swift-testing", "--filter", "^" + re.escape(suite) + "/"], limit,
                   cwd=self.root, env={**self.environment, **variables})

    def learn(self, prefixes):
        """Of each suite: how long it takes, and the mutants that it reaches."""
        status, said = run(["swift", "test", "list", "--skip-build"], 600, cwd=self.root, env=self.environment)
        names = sorted({line.rsplit("/", 1)[0] for line in said.splitlines() if "/" in line and "." in line.split("/")[0] and " " not in line.split("/")[0]})
        learnt = {}
        for name in names:
            if name.startswith(OF_SOURCES) or not name.startswith(prefixes):
                continue
            reached = self.folder / "reached"
            shutil.rmtree(reached, ignore_errors=True)
            reached.mkdir()
            began = time.monotonic()
            status, said = self.run(name, 1800, MUTANTS_REACHED=str(reached))
            if status != 0:
                print(f"mutate: {name} fails without a mutant and is left out: {said.strip().splitlines()[-1:]}", flush=True)
                continue
            numbers = {int(line) for file in reached.iterdir() for line in file.read_text().split()}
            learnt[name] = (time.monotonic() - began, numbers)
        return learnt

    def outcome(self, number, learnt):
        """The suite that fails with a mutant; None where it survives."""
        for name, (seconds, numbers) in sorted(learnt.items(), key=lambda entry: entry[1][0]):
            if number in numbers:
                status, _ = self.run(name, 60 + 10 * seconds, MUTANT=str(number))
                if status != 0:
                    return name
        return None


def accepted():
    """What may survive, by file and the text of its line, with kind and reason."""
    rows = [line.split("\t") for line in (HERE / "survivors.tsv").read_text().splitlines() if line and not line.startswith("#")]
    return {(file, kind, text): reason for file, kind, text, reason in rows}


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("--modules", default=",".join(MODULES))
    parser.add_argument("--suites", default="")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--survivors", type=Path)
    parser.add_argument("folder", nargs="?", type=Path, default=REPOSITORY / ".build-mutation")
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    tree = Tree(folder, asked.modules.split(","))
    tree.copy()
    found, sources = tree.find()
    left_out = tree.build(found, sources)
    suites = Suites(tree.root, folder)
    learnt = suites.learn(tuple(asked.suites.split(",")))
    reached = set().union(*(entry[1] for entry in learnt.values()))
    print(f"mutate: {len(found)} mutants, {len(left_out)} do not compile, {len(learnt)} suites", flush=True)
    numbers = [number for number in range(len(found)) if number not in left_out and (number in reached or not asked.suites)]
    if asked.sample:
        numbers = sorted(random.Random(asked.seed).sample(numbers, min(asked.sample, len(numbers))))
    with ThreadPoolExecutor(asked.jobs) as pool:
        outcomes = dict(zip(numbers, pool.map(lambda number: suites.outcome(number, learnt), numbers)))
    known = accepted()
    tally, lines, bad = collections.defaultdict(collections.Counter), [], 0
    for number, killer in outcomes.items():
        mutant = found[number]
        module = Tree.module(mutant.file)
        tally[module]["tried"] += 1
        tally[module]["killed"] += killer is not None
        if killer is None:
            text = " ".join(sources[mutant.file][mutant.start : mutant.end].split())
            reason = known.get((mutant.file, mutant.kind, text))
            tally[module]["excused"] += reason is not None
            bad += reason is None
            how = reason or ("not reached" if number not in reached else "survived")
            lines.append(f"{mutant.file}:{mutant.line}\t{mutant.kind}\t{text}\t{how}")
    for line in lines:
        print(line)
    if asked.survivors:
        asked.survivors.write_text("".join(line + "\n" for line in lines))
    for module, counts in tally.items():
        print(f"mutate: {module}: {counts['tried']} tried, {counts['killed']} killed, {counts['excused']} with a reason")
    total = sum(tally.values(), collections.Counter())
    print(f"mutate: {total['tried']} tried, {total['killed']} killed, {bad} survived without a reason")
    (folder / "outcomes.json").write_text(json.dumps({str(n): k for n, k in outcomes.items()}))
    if asked.least is not None:
        return 100 * (total["tried"] - bad) < asked.least * total["tried"]
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
