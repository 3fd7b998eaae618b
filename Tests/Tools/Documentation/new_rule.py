#!/usr/bin/env python3
"""Begins rules with .ci/new-rule in a copy of what it changes: where their lines stand, and what it refuses.

usage: new_rule.py

That the rule builds, and passes once its fixtures are recorded, takes a build: `make new-rule CODE=BP518 NAME=terminal-kept`, then
what it prints.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
failures = []


def expect(holds, what, detail=""):
    if not holds:
        failures.append(what)
        print(f"new_rule: FAILED: {what}\n{detail}", file=sys.stderr)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for name in ".ci/new-rule", "Sources/Diagnostics/CodeIndex.swift", ".swift-format":
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        shutil.copytree(ROOT / "Sources/Rules", copy / "Sources/Rules")

        def begin(*words):
            done = subprocess.run([copy / ".ci/new-rule", *words], capture_output=True, text=True, timeout=600)
            return done.returncode, done.stdout + done.stderr

        before = files(copy)
        for words in (("BP107", "another-name"), ("BP518", "container-name-taken"), ("BP601", "some-name"), ("BP99", "some-name"),
                      ("BP518", "Some-Name"), ("BP518", "../name"), ("BP518", "-name"), ("BP518",)):
            status, said = begin(*words)
            expect(status == 1 and "Traceback" not in said, f"{words} is refused", said)
        expect(files(copy) == before, "a refusal changes nothing")
        for code, name, constant, folder in (
            ("BP518", "terminal-kept", "terminalKept", "Practice"), ("BP599", "last-one", "lastOne", "Practice"),
            ("BP199", "odd-name", "oddName", "Names"),
        ):
            status, said = begin(code, name)
            expect(status == 0, f"{code} {name} is begun", said)
            kind = constant[0].upper() + constant[1:]
            index = (copy / "Sources/Diagnostics/CodeIndex.swift").read_text()
            numbers = [int(number) for number in re.findall(r"= Code\((\d+),", index)]
            expect(numbers == sorted(numbers) and int(code[2:]) in numbers, f"the codes ascend with {code}")
            order = re.findall(r"static let (\w+) = Code", index)
            listed = re.findall(r"\.(\w+)", index.partition("static let all: [Code] = [")[2].partition("]")[0])
            expect(listed == order, f"the list of all codes is the codes, with {code}")
            registry = re.findall(r"^        (\w+)\.self,", (copy / "Sources/Rules/Registry.swift").read_text(), re.MULTILINE)
            expect(registry.count(kind) == 1, f"{kind} is in the registry")
            rule = copy / f"Sources/Rules/{folder}/{kind}.swift"
            expect(rule.exists() and f"static let code = Code.{constant}\n" in rule.read_text(), f"{kind} has its file")
            fixtures = copy / f"Tests/Fixtures/rules/{code}-{name}"
            expect(sorted(path.name for path in fixtures.iterdir())
                   == ["bad-example.yaml", "good-example.yaml", "suppressed-example.yaml"], f"{code} has its fixtures")
            if shutil.which("swift"):
                lint = subprocess.run(
                    ["swift", "format", "lint", "--strict", rule, copy / "Sources/Rules/Registry.swift"], capture_output=True, text=True,
                    timeout=600, cwd=copy)
                expect(lint.returncode == 0, f"swift format takes {kind}", lint.stderr)
        names = re.findall(r"^        (\w+)\.self,", (copy / "Sources/Rules/Registry.swift").read_text(), re.MULTILINE)
        expect(names.index("TerminalKept") < names.index("LastOne") and names.index("OddName") < names.index("UnknownImage"),
               "the registry has the order of the codes")
    print(f"new_rule: {len(failures)} failures")
    return bool(failures)


sys.exit(main())
