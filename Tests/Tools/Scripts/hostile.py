#!/usr/bin/env python3
"""Hostile values through the scripts' tables and command lines, as many as are asked for, under each shell.

usage: hostile.py [--values N] [--seed S]

All go through a table and through the quoting of printed commands, which the shell reads back. Some hundred go through
whole scripts: as a project's folder, as a reference, as the reference of a base, and on command lines. A fake docker records what reaches it. Nothing may split, nothing may run, and what is on
a command line is refused. Values are made of what shells, terminals and options understand; the seed repeats a run.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import harness

PARTS = ["$(touch PWNED)", "`touch PWNED`", ";touch PWNED;", "&&touch PWNED", "|touch PWNED", ">PWNED", "${x:-$(touch PWNED)}", "$((1))", "$IFS", "'", '"', "\\",
         "''", "\\'", " ", "  ", "\t", "*", "?", "[a-z]", "{a,b}", "~", "#", "!", "!!", "-", "--", "-rf", "--help", "-e", "%s", "%n", "\\n", "\\0", "END",
         "END'", "<<END", "$1", "$@", "$HOME", "é", "船", "\u202e", "\u00a0", "\u2028", "\x1b[31m", "=", ":", "@", "..", ".", "a", "b", "0", "eval ", "exec ",
         "\udc80", ")", "(", "}", "{", "*)", "esac", "\\c", "&", "^", "\x01", "\x7f"]
# What one run of a script is given.
BATCH = 40
# How many values one run of the fragments is given.
BULK = 20000


def value(pick):
    while True:
        text = "".join(pick.choice(PARTS) if pick.random() < 0.8 else chr(pick.choice([pick.randrange(33, 127), pick.randrange(161, 0x2FFF)]))
                       for _ in range(pick.randrange(1, 9)))
        text = text.replace("/", "_").replace("\udc80", "")
        if text not in ("", ".", "..") and len(text.encode()) < 200:
            return text


def word(text):
    """The same without what no reference can hold: blanks and commas, which part columns and lists."""
    return re.sub(r"[\s,]", "_", text)


def batch(shell, parent, pick):
    folders, seen = [], set()
    while len(folders) < BATCH:
        text = value(pick)
        # No path of a manifest holds a control character. A folder's column takes the rest of its line, but no blank
        # before it: such a name comes after "./".
        text = re.sub(r"[\x00-\x1f\x7f]", "_", text)
        if text.startswith((" ", "-")):
            text = "./" + text
        if text not in seen and text not in ("./", "."):
            seen.add(text)
            folders.append(text)
    images, projects = [], []
    for n, text in enumerate(folders):
        images.append((str(n // 10 + 1), f"i{n}", f"{word(text)}:{n}", f"p{n}", "-" if n < 10 else f"i{n - 10}", "-"))
        projects.append((f"p{n}", text))
    services = [(f"p{n}", "app", f"i{n}", images[n][2], f"p{n}", "-") for n in range(BATCH)]
    stage = harness.Stage(shell, harness.Workspace(images, projects, services), parent)
    stage.put("present", *[i[2] for i in images])
    failures = []

    def expect(what, condition, detail=""):
        if not condition:
            failures.append(f"[{shell}] {what}: {detail}")

    # One run prints a command for every value; another shell reads those back and runs them.
    r = stage.run("build.sh", "--dry-run")
    expect("dry-run", r.returncode == 0 and not stage.builds(), r.stderr[-300:])
    direct = subprocess.run([*stage.shell], input=r.stdout.encode(errors="surrogateescape"), cwd="/", env=stage.environment({}), capture_output=True)
    found = [(folder, words) for folder, words in stage.builds()]
    wanted = [(os.path.normpath(stage.root / text), ["docker", "compose", "-f", "-", "build", "--", f"i{n}"]) for n, text in enumerate(folders)]
    expect("each folder arrives whole", [(os.path.normpath(f), w) for f, w in found] == wanted,
           next((f"{a!r} is not {b!r}" for a, b in zip(found, wanted) if (os.path.normpath(a[0]), a[1]) != b), direct.stderr[-300:]))
    r = stage.run("verify.sh", "--quiet")
    asked = {name for _, _, w in stage.calls() if w[1:3] == ["image", "inspect"] for name in w[w.index("--") + 1 :]}
    expect("each reference arrives whole", asked == {i[2] for i in images}, f"{r.stderr[-300:]} {list(asked ^ {i[2] for i in images})[:3]}")
    # Command lines: many values at once; each is refused, whatever stands beside it.
    words = [value(pick) for _ in range(20)]
    for script, before in (("build.sh", ["--"]), ("build.sh", ["--project"]), ("verify.sh", ["--project"]), ("up.sh", ["p0", "--"]),
                           ("refresh.sh", ["--"]), ("release.sh", ["--version", "1", "--registry"]), ("clean.sh", ["--registry"])):
        text = pick.choice(words)
        if script in ("release.sh", "clean.sh") and re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._:/-]*", text):
            continue
        r = stage.run(script, *before, text)
        expect(f"refused: {script} {before} {text!r}", r.returncode == 2 and not stage.calls(), r.stderr[-300:])
    expect("nothing ran", not list(stage.root.rglob("PWNED")) and not Path("/PWNED").exists())
    subprocess.run(["rm", "-rf", str(stage.root)])
    return failures


BULK_BODY = r"""
values | while IFS= read -r value; do
	quoted "$value" -x "$value"
	printf '\n'
done >"$1/quoted"
while IFS= read -r line; do
	eval "set -- $line"
	printf '%s\n' "$#" "$@"
done <"$1/quoted" >"$1/words"
"""


def bulk(shell, parent, pick, count):
    """Values through a table and the quoting that every printed command goes through, read back by the shell itself."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    values = [re.sub(r"[\x0a\x0d\x00]", "_", value(pick)) for _ in range(count)]
    # As the emitter does: the mark itself, and what dash 0.5.12 takes for its beginning and loses a byte of.
    values = ["./" + text if text == "END" or re.match(r"(E|EN|END)[^\x00-\x7f]", text) else text for text in values]
    script = folder / "bulk.sh"
    body = (harness.SOURCES / "common.sh").read_text()
    script.write_text("#!/bin/sh\n" + harness.table("values", values) + body + BULK_BODY)
    r = harness.processes.run([*harness.SHELLS[shell], script, folder], cwd=folder, text=False)
    failures = []
    if r.returncode != 0:
        failures.append(f"[{shell}] bulk: {r.stderr[-300:]}")
    words = (folder / "words").read_bytes().split(b"\n")[:-1] if (folder / "words").exists() else []
    wanted = [line for text in values for line in (b"3", text.encode(), b"-x", text.encode())]
    if words != wanted:
        failures.append(f"[{shell}] bulk: " + next((f"{a!r} is not {b!r}" for a, b in zip(words, wanted) if a != b), "too few"))
    if sorted(p.name for p in folder.iterdir()) != ["bulk.sh", "quoted", "words"] or Path("/PWNED").exists():
        failures.append(f"[{shell}] bulk: something ran")
    subprocess.run(["rm", "-rf", str(folder)])
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--values", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures, done, rounds = [], 0, 0
    shells = list(harness.available_shells())
    with tempfile.TemporaryDirectory(prefix="hostile-") as parent:
        for n, shell in enumerate(shells):
            failures += batch(shell, parent, random.Random(f"{options.seed} {n}"))
        while done < options.values and not failures:
            count = min(BULK, options.values - done)
            failures += bulk(shells[rounds % len(shells)], parent, random.Random(f"{options.seed} bulk {rounds}"), count)
            done += count
            rounds += 1
    print(f"hostile: {done} values through tables and quoting, {BATCH * len(shells)} through whole scripts, with seed {options.seed}, under "
          f"{', '.join(shells)}: {len(failures)} failed")
    for text in failures[:20]:
        print("  failed: " + text)
    return 1 if failures or (harness.IN_CI and harness.Tally.skipped) else 0


if __name__ == "__main__":
    sys.exit(main())
