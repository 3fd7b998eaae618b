#!/usr/bin/env python3
"""Feeds Bayplan what is made to exhaust it; each must be refused in bounded time and memory, with a clear message.

    bombs.py [--bayplan PATH] [--seconds S] [--megabytes M]

Prints the time and the memory of each. The bounds are a second and 200 MB for a release build; a debug build is given
more by its caller.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
HEAD = "version: 1\nname: sample\n"


def aliases():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    return HEAD + "\n".join(lines) + "\n"


def merges():
    lines = ["a0: &a0 {k: {x: 1}}"]
    lines += [f"a{n}: &a{n} {{p: {{<<: *a{n - 1}}}, q: {{<<: *a{n - 1}}}}}" for n in range(1, 60)]
    return HEAD + "\n".join(lines) + "\n"


def wide_merges():
    keys = ", ".join(f"k{n}: 1" for n in range(2000))
    return HEAD + f"b: &b {{{keys}}}\n" + "".join(f"u{n}: {{<<: *b}}\n" for n in range(20000))


def services(line, count):
    head = HEAD + "images:\n  api: { owner: p, build: ./api }\nprojects:\n  p:\n    services:\n"
    return head + "".join(f"      s{n}: {line}\n" for n in range(count))


# What is fed, what the answer must say, the status, and seconds and megabytes where they are its own.
TEXTS = {
    "aliases of aliases": (aliases, "BP007", 1),
    "merge keys of merge keys": (merges, "BP007", 1),
    "wide merge keys": (wide_merges, "BP007", 1),
    "100,000 brackets": (lambda: HEAD + "x: " + "[" * 100_000, "BP007", 1),
    "100,000 braces": (lambda: HEAD + "x: " + "{a: " * 100_000, "BP007", 1),
    "100,000 dashes": (lambda: HEAD + "x:\n  " + "- " * 100_000, "BP007", 1),
    "100,000 deeper lines": (lambda: HEAD + "".join(" " * n + "a:\n" for n in range(1500)), "BP007", 1),
    "a scalar of 12 MB": (lambda: HEAD + "x-a: " + "x" * (12 << 20), "BP007", 1),
    "a quoted scalar of 12 MB": (lambda: HEAD + 'x-a: "' + "\\x41" * (3 << 20) + '"', "BP007", 1),
    "a folded scalar of 12 MB": (lambda: HEAD + "x-a: >\n" + "  x\n" * (3 << 20), "BP007", 1),
    "a key of 1 MB": (lambda: HEAD + "x" * (1 << 20) + ": 1\n", "BP00", 1),
    "a million duplicate keys": (lambda: HEAD + "name: sample\n" * 1_000_000, "BP002", 1),
    "a million unknown keys": (lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(1_000_000)), "BP003", 1),
    "a million undefined aliases": (lambda: HEAD + "x-a:\n" + "- *a\n" * 1_000_000, "BP009", 1),
    # 18 MB, and every service is resolved before it is found to be none: over the common bounds by what stands there.
    "a million wrong types": (lambda: services("[]", 1_000_000), "BP", 1, 4.0, 500),
    "a million bytes that are no UTF-8": (lambda: (HEAD + "x: ").encode() + b"\xff" * 1_000_000, "BP008", 1),
    "a pattern that explodes": (lambda: HEAD + 'naming: { images: "((((a{255}){255}){255}){255})" }\n', "BP", 1),
    "deep parentheses": (lambda: HEAD + f'naming: {{ images: "{"(" * 100_000}" }}\n', "BP", 1),
    "deep interpolation": (lambda: services("{ environment: { A: '" + "${A:-" * 100_000 + "' } }", 1), "BP226", 1),
    "a million dollars": (lambda: services("{ environment: { A: '" + "$" * 1_000_000 + "{' } }", 1), "BP", 1),
    "a port range without end": (lambda: services('{ ports: ["0-99999999999999999999:1"] }', 1), "BP222", 1),
    "65,535 ports, twenty times": (lambda: services('{ ports: ["1-65535:1-65535"] }', 20), "BP401", 1),
}


def feed(folder):
    """The commands: name, words, what standard input is, what the answer says, status."""
    for name, (make, answer, status, *_) in TEXTS.items():
        text = make()
        (folder / "strategy.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        yield name, ["validate", "strategy.yaml"], None, answer, status
        yield name + ", compile", ["compile", "--output-directory", "out", "strategy.yaml"], None, answer, status
    for command in ["validate", "compile"]:
        yield f"a gigabyte on standard input, {command}", [command, "-"], gigabyte, "holds more than", 2
        yield f"zeros without end, {command}", [command, "-"], "/dev/zero", "holds more than", 2
        os.makedirs(folder / "folder", exist_ok=True)
        if not (folder / "pipe").exists():
            os.mkfifo(folder / "pipe")
            os.symlink("loop", folder / "loop")
            (folder / "sparse").touch()
            os.truncate(folder / "sparse", 1 << 40)
        for what, path, answer in [
            ("a pipe", "pipe", "it is a pipe, not a file"), ("a device", "/dev/zero", "it is a device, not a file"),
            ("a terminal", "/dev/tty", "/dev/tty"), ("a folder", "folder", "it is a folder, not a file"),
            ("a link to itself", "loop", "cannot read loop"), ("a terabyte", "sparse", "holds more than"),
        ]:
            yield f"{what} as manifest, {command}", [command, path], None, answer, 2


def gigabyte(process):
    """Writes a gigabyte of YAML, as far as the process reads it."""
    line = b"- a line of a list that is very long\n" * 1000
    try:
        for _ in range((1 << 30) // len(line)):
            process.stdin.write(line)
        process.stdin.close()
    except BrokenPipeError:
        pass


def measure(command, folder, source):
    """Status, what it said, seconds and megabytes."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        stdin = subprocess.PIPE if callable(source) else open(source, "rb") if source else subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=folder, stdin=stdin, stdout=said, stderr=said,
                                   env={**os.environ, "BAYPLAN_ROOT": ""})
        if callable(source):
            source(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        said.seek(0)
        return process.returncode, said.read().decode(errors="replace"), seconds, usage.ru_maxrss / 1024, usage


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", default=str(REPOSITORY / ".build/release/bayplan"))
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--megabytes", type=float, default=200.0)
    options = parser.parse_args()
    wrong, most, largest = [], 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="bayplan-bombs-") as folder:
        folder = Path(folder)
        for name, words, source, answer, status in feed(folder):
            returned, said, _, megabytes, usage = measure([options.bayplan, *words], folder, source)
            # Processor time: the machine may be busy with something else.
            seconds = usage.ru_utime + usage.ru_stime
            most, largest = max(most, seconds), max(largest, megabytes)
            seconds_bound, megabytes_bound = TEXTS.get(name.removesuffix(", compile"), ())[3:] or (
                options.seconds, options.megabytes)
            size = (folder / "strategy.yaml").stat().st_size
            print(f"bombs: {name:44} {seconds:6.2f} s {megabytes:6.0f} MB {len(said):9} bytes said")
            if returned != status or answer not in said:
                wrong.append(f"{name}: status {returned}, {said[:300]!r}")
            if seconds > seconds_bound:
                wrong.append(f"{name}: {seconds:.2f} s for {size} bytes")
            if megabytes > megabytes_bound:
                wrong.append(f"{name}: {megabytes:.0f} MB for {size} bytes")
            if any(character < " " and character not in "\n" or character == "\x7f" for character in said):
                wrong.append(f"{name}: a control character on the terminal")
    for text in wrong:
        print(f"bombs: {text}", file=sys.stderr)
    print(f"bombs: at most {most:.2f} s and {largest:.0f} MB, {len(wrong)} promises broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
