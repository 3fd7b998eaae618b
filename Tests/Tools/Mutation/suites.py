"""Runs tests of the copy: each alone, to learn what it reaches; then some of them at once with a mutant, until one fails."""

import collections
import json
import os
import re
import resource
import select
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from processes import end, run, waits

# What these tests say of the sources themselves, they say of mutants, too.
OF_SOURCES = ("ArchitectureTests.",)


@dataclass
class Test:
    name: str
    seconds: float
    reached: frozenset
    file: str
    # By file of the mutants, and of all of them under "".
    tried: collections.Counter = field(default_factory=collections.Counter)
    kills: collections.Counter = field(default_factory=collections.Counter)

    def note(self, file, is_killer):
        for key in file, "":
            self.tried[key] += 1
            self.kills[key] += is_killer

    def worth(self, file):
        """Mutants of a file that it may kill in a second: as often as it did, at first as often as those of other files,
        and before that more often the fewer it reaches."""
        of_all = (self.kills[""] + 100 / (100 + len(self.reached))) / (self.tried[""] + 1)
        return (self.kills[file] + of_all) / (self.tried[file] + 1) / (self.seconds + 0.02)


@dataclass
class Outcome:
    """What a process of tests said."""
    failed: str | None = None
    # Of the test that failed, or else of the last one.
    file: str = ""
    seconds: float = 0
    started: list = field(default_factory=list)


class Suites:
    def __init__(self, root, folder):
        self.root, self.folder = root, folder
        self.program = next((root / ".build").glob("*/debug/*PackageTests.xctest"))
        self.scratch = Path(tempfile.mkdtemp(prefix="mutants-"))
        # A test runs the program as another user, too.
        self.scratch.chmod(0o755)
        environment = dict(os.environ, PATH=f"{root}/.build/python/bin:{os.environ['PATH']}", PYTHONDONTWRITEBYTECODE="1")
        for name in "BAYPLAN_RECORD", "BAYPLAN", "MUTANT", "MUTANTS_REACHED":
            environment.pop(name, None)
        self.environment = environment

    @staticmethod
    def remove(folder):
        """A mutant may leave folders that are nested deeper than Python follows."""
        subprocess.run(["rm", "-rf", folder], check=False)

    def close(self):
        self.remove(self.scratch)

    def names(self):
        status, said = run(["swift", "test", "list", "--skip-build"], 600, cwd=self.root, env=self.environment)
        return sorted({line for line in said.splitlines() if re.match(r"\w+\.[^ ]+/", line) and not line.startswith(OF_SOURCES)})

    def run(self, names, patience, processor, **variables):
        """Runs tests one after the other, until one fails, nothing has moved for so many seconds, or a process took so much of
        a processor. How long it takes decides nothing: a process that others keep from the processors has not failed."""
        scratch = self.scratch / str(threading.get_ident())
        scratch.mkdir(exist_ok=True)
        chosen = "^(?:" + "|".join(re.escape(name) for name in names) + ")(?:/|$)"
        stream, given = os.pipe()
        began = time.monotonic()
        process = subprocess.Popen(
            [self.program, "--testing-library", "swift-testing", "--no-parallel", "--filter", chosen,
             "--event-stream-output-path", f"/dev/fd/{given}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            pass_fds=[given], cwd=self.root, env={**self.environment, "TMPDIR": str(scratch), **variables})
        os.close(given)
        outcome, running, rest, moved = Outcome(), None, b"", time.monotonic()
        try:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(processor) + 1, int(processor) + 2))
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (8 << 30, 8 << 30))
        except ProcessLookupError:
            pass
        while outcome.failed is None:
            ready, _, _ = select.select([stream], [], [], 1)
            data = os.read(stream, 1 << 16) if ready else None
            if data or not waits(process):
                moved = time.monotonic()
            elif time.monotonic() - moved > patience:
                outcome.failed = running or ""
                break
            if data == b"" or data is None and process.poll() is not None:
                break
            *lines, rest = (rest + (data or b"")).split(b"\n")
            for line in lines:
                event = json.loads(line).get("payload", {}) if line.startswith(b"{") else {}
                kind, place = event.get("kind"), event.get("testID", "")
                if kind == "testStarted" and ".swift:" in place:
                    running = place
                    outcome.file = place.rpartition("/")[2].split(":")[0]
                    outcome.started.append(place.rpartition("/")[0])
                elif kind == "issueRecorded" and not event["issue"].get("isKnown"):
                    outcome.failed = place or running or ""
                    break
        os.close(stream)
        if outcome.failed is None and process.wait() != 0:
            outcome.failed = running or ""
        end(process)
        self.remove(scratch)
        if outcome.failed:
            outcome.failed, _, place = outcome.failed.rpartition("/")
            outcome.file = place.split(":")[0]
        outcome.seconds = time.monotonic() - began
        return outcome

    def learn(self, prefixes, state, jobs):
        """The tests that pass without a mutant, how long each takes, and which mutants differ in it."""
        kept, learnt = self.folder / "learnt.jsonl", {}
        lines = kept.read_text().splitlines() if kept.exists() else []
        if lines and json.loads(lines[0]) == state:
            learnt = {entry[0]: entry for entry in map(json.loads, lines[1:])}
        else:
            kept.write_text(json.dumps(state) + "\n")
        lock = threading.Lock()

        def one(name):
            with tempfile.NamedTemporaryFile(dir=self.scratch) as reached:
                reached.truncate(1 << 16)
                outcome = self.run([name], 1800, 1800, MUTANTS_REACHED=reached.name)
                numbers = [number for number, byte in enumerate(Path(reached.name).read_bytes()) if byte]
            if outcome.failed is not None or not outcome.started:
                print(f"mutate: fails without a mutant, or is skipped, and is left out: {name}", flush=True)
                return
            with lock, kept.open("a") as file:
                learnt[name] = [name, outcome.seconds, numbers, outcome.file]
                file.write(json.dumps(learnt[name]) + "\n")

        names = [name for name in self.names() if name.startswith(tuple(prefixes))]
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(one, [name for name in names if name not in learnt]))
        tests = [learnt[name] for name in names if name in learnt]
        least = min(seconds for _, seconds, *_ in tests)
        return [Test(name, seconds - least, frozenset(reached), file) for name, seconds, reached, file in tests]
