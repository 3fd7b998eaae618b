#!/usr/bin/env python3
"""Feeds Bayplan what is made to exhaust it; each must be refused in bounded time and memory, with a clear message.

    hostile.py [--bayplan PATH] [--seconds S] [--megabytes M]

Prints the time and the memory of each. The bounds are a second and 200 MB for a release build on a quiet machine that is not
a slow one; a test and a debug build are given more by their callers.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import typing
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
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


MILLION = 1_000_000
IMAGES = HEAD + "images:\n  api: { owner: p, build: ./api }\n"
PROJECT = "projects:\n  p:\n    services:\n      api:\n"
BUILD = HEAD + PROJECT + "images:\n  api:\n    owner: p\n    build: .\n"


def many(head, line, count=MILLION):
    """A manifest whose last lines are one, with their number for each `#`."""
    return head + "".join(line.replace("#", str(n)) for n in range(count))


def service(key, line):
    """A service with a million of something under one key."""
    return many(IMAGES + PROJECT + f"        {key}:\n", f"          {line}\n")


# Pairs of words after which FNV-1a of 32 bits stands where it stands after the other: each choice of one of each pair
# has the same hash, so that under such a hash all these keys would meet in one place.
COLLIDING = """
    kp8lxw0o,khkilgb1 hqyrvri,k84qg06 6s4bwvo,jsqgms0 s8qzwy9,eiyv6ua o30e89r,qbwmxah lmajue9,g2x5xxe
    621p0m5,ngf5h8e ql9spkv,i4c3t12 kj1ubvj,p5fnajy u2vnde2,zifl6vy lzzfoke,4d6ish3 fveoktx,mj0d1ar
    uc3dbbv,b803gyb b71c3js,dnoqho2 qyxnbbh,ie1emz3
"""


def colliding():
    keys = itertools.product(*[pair.split(",") for pair in COLLIDING.split()])
    return IMAGES + PROJECT + "        labels:\n" + "".join(f"          {''.join(key)}: 1\n" for key in keys)


def wired(count, needs):
    """Services that depend on others: `needs` gives the numbers for one."""
    return IMAGES + "projects:\n  p:\n    services:\n" + "".join(
        f"      s{n}: {{ image: api, depends_on: [{', '.join(f's{m}' for m in needs(n))}] }}\n" for n in range(count))


def images(count, name=""):
    """Images and a project that runs the first."""
    return (many(HEAD + "images:\n", f"  i{name}#: {{ owner: p, build: ./api }}\n", count)
            + f"projects:\n  p:\n    services:\n      i{name}0:\n")


# What is fed, what the answer must say, and the status.
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
    "a million services of a wrong type": (lambda: services("[]", MILLION), "BP007", 1),
    "a million empty services": (lambda: services("", MILLION), "BP007", 1),
    "190,000 services of a wrong type": (lambda: services("[]", 190_000), "BP221", 1),
    "190,000 services with unknown images": (lambda: services("", 190_000), "BP201", 1),
    "190,000 services of one unknown image": (lambda: services("{ image: no }", 190_000), "BP201", 1),
    "190,000 containers of one name": (
        lambda: services("{ image: api, container_name: one }", 190_000), "BP107", 1),
    "100,000 services on one port": (lambda: services("{ image: api, ports: ['80:80'] }", 100_000), "BP401", 1),
    "a cycle of 100,000 services": (lambda: wired(100_000, lambda n: [(n + 1) % 100_000]), "BP206", 1),
    "700 services that all need each other": (
        lambda: wired(700, lambda n: [m for m in range(700) if m != n]), "BP206", 1),
    "10,000 services by 10,000 environments": (
        lambda: many(services("{ image: api }", 10_000) + "environments:\n", "  e#:\n", 10_000), "BP007", 1),
    "90,000 services that an environment adds": (
        lambda: many(services("{ image: api }", 90_000)
                     + "environments:\n  e:\n    projects:\n      p:\n        services:\n",
                     "          t#: { image: api }\n", 90_000), "BP007", 1),
    "90,000 overrides of unknown images": (
        lambda: many(many(HEAD + PROJECT + "images:\n", "  i#: { pull: redis }\n", 90_000)
                     + "environments:\n  e:\n    images:\n", "      j#: { tag: x }\n", 90_000), "BP201", 1),
    "a million images of a wrong type": (lambda: many(HEAD + PROJECT + "images:\n", "  i#: []\n"), "BP007", 1),
    "a million projects of a wrong type": (lambda: many(IMAGES + "projects:\n", "  p#: []\n"), "BP007", 1),
    "a million environments of a wrong type": (
        lambda: many(IMAGES + PROJECT + "environments:\n", "  e#: []\n"), "BP007", 1),
    "a million unknown keys of an image": (lambda: many(BUILD, "    k#: 1\n"), "BP003", 1),
    "a million unknown keys of a build": (
        lambda: many(BUILD.replace("build: .", "build:\n      context: ."), "      k#: 1\n"), "BP220", 1),
    "a million unknown keys of a project": (
        lambda: many(IMAGES + "projects:\n  p:\n    services: { api: }\n", "    k#: 1\n"), "BP003", 1),
    "a million unknown keys of a service": (lambda: many(IMAGES + PROJECT, "        k#: 1\n"), "BP220", 1),
    "a million unknown keys of naming": (lambda: many(IMAGES + PROJECT + "naming:\n", "  k#: 1\n"), "BP003", 1),
    "a million unknown keys of outputs": (lambda: many(IMAGES + PROJECT + "outputs:\n", "  k#: 1\n"), "BP003", 1),
    "a million unknown keys of an environment": (
        lambda: many(IMAGES + PROJECT + "environments:\n  e:\n", "    k#: 1\n"), "BP003", 1),
    "a million unknown keys of defaults": (
        lambda: many(IMAGES + PROJECT + "defaults:\n  service:\n", "    k#: 1\n"), "BP220", 1),
    "a million unknown rules": (lambda: many(IMAGES + PROJECT + "rules:\n", "  k#: off\n"), "BP003", 1),
    "a million unknown bases": (lambda: many(BUILD + "    needs:\n", "    - k#\n"), "BP201", 1),
    "a million times the same base": (lambda: many(BUILD + "    needs:\n", "    - api\n"), "BP004", 1),
    "a million unknown platforms": (lambda: many(BUILD + "    platforms:\n", "    - k#\n"), "BP228", 1),
    "a million duplicate variables": (lambda: service("environment", "A: 1"), "BP002", 1),
    "a million variables of a wrong type": (lambda: service("environment", "A#: []"), "BP221", 1),
    "a million variables that Compose cannot read": (lambda: service("environment", "A#: ${"), "BP226", 1),
    "a million wrong labels": (lambda: service("labels", "A#: []"), "BP221", 1),
    "a million wrong ports": (lambda: service("ports", "- x#"), "BP222", 1),
    "a million ports beyond the last": (lambda: service("ports", "- '127.0.0.1:#:80'"), "BP222", 1),
    "500,000 times the same port": (
        lambda: many(IMAGES + PROJECT + "        ports:\n", "          - 80:80\n", 500_000), "BP401", 0),
    "a million unknown volumes": (lambda: service("volumes", "- v#:/x"), "BP208", 1),
    "a million unknown dependencies": (lambda: service("depends_on", "- d#"), "BP205", 1),
    "a million unknown networks": (lambda: service("networks", "- d#"), "BP207", 1),
    "a million unknown secrets": (lambda: service("secrets", "- d#"), "BP210", 1),
    "a million volumes of a wrong type": (lambda: many(IMAGES + PROJECT + "    volumes:\n", "      v#: 1\n"), "BP221", 1),
    "a million volumes that nobody uses": (lambda: many(IMAGES + PROJECT + "    volumes:\n", "      v#:\n"), "BP214", 0),
    "a million comments that silence nothing": (
        lambda: IMAGES + PROJECT + "# bayplan: allow(floating-tag) x\n" * MILLION, "BP011", 0),
    "a million unknown placeholders": (
        lambda: IMAGES + PROJECT + '    container_name: "' + "{x}" * MILLION + '"\n', "BP110", 1),
    "a million open braces": (lambda: IMAGES + PROJECT + '    container_name: "' + "{" * MILLION + '"\n', "BP110", 1),
    "a million profiles with unknown placeholders": (
        lambda: many(IMAGES + "projects:\n  p:\n    services: { api: }\n    profiles:\n", '      - "{x}"\n'), "BP110", 1),
    "1,000 long names, 10,000 nearly like them": (
        lambda: many(many(IMAGES + PROJECT + "    volumes:\n", f"      {'v' * 100}#:\n", 1000)
                     .replace("      api:\n", "      api:\n        volumes:\n"
                              + "".join(f"          - {'w' * 60}{'v' * 40}{n}:/x\n" for n in range(10_000))),
                     "", 0), "BP208", 1),
    "a million bytes that are no UTF-8": (lambda: (HEAD + "x: ").encode() + b"\xff" * 1_000_000, "BP008", 1),
    "a pattern that explodes": (lambda: images(1) + 'naming: { image: "((((a{255}){255}){255}){255})" }\n', "BP103", 1),
    "deep parentheses": (lambda: images(1) + f'naming: {{ image: "{"(" * 100_000}" }}\n', "BP103", 1),
    "a pattern of many states": (
        lambda: images(20_000, "a" * 200) + 'naming: { image: "i(a?){255}(a?){255}(a?){255}b" }\n', "BP103", 1),
    "10,000 names outside a pattern of a megabyte": (
        lambda: services("{ image: api }", 10_000) + f'naming: {{ service: "[{"s" * 1_000_000}]0?" }}\n', "BP103", 1),
    "10,000 names of services that an environment adds to a project with a name of 5 MB": (
        lambda: many(IMAGES + f"projects:\n  ? {'p' * 5_000_000}\n  : services: {{ api: }}\nenvironments:\n  e:\n"
                     + f"    projects:\n      ? {'p' * 5_000_000}\n      : services:\n",
                     "          t#: { image: api }\n", 10_000), "BP007", 1),
    "32,768 keys of one hash": (colliding, "", 0),
    "300,000 tag directives": (lambda: many("", "%TAG !a#! x\n", 300_000) + "---\n" + HEAD, "BP007", 1),
    "100,000 tags by 3,000 directives": (
        lambda: many("", "%TAG !a#! x\n", 3000) + "---\n" + HEAD + "x-a:\n" + "- !a2999!b c\n" * 100_000, "BP007", 1),
    "500,000 anchors, 30 nearly like them": (
        lambda: many(many(IMAGES + PROJECT + "x-a:\n", "- &some-long-name-of-anchor-# a\n", 500_000),
                     "- *some-long-name-of-anchr-#x\n", 30), "BP009", 1),
    "10,000 defaults under 10,000 services": (
        lambda: many(services("{ image: api, environment: { B: 1 } }", 10_000)
                     + "defaults:\n  service:\n    environment:\n", "      A#: 1\n", 10_000), "BP007", 1),
    "9 MB under 300 services, by an alias": (
        lambda: HEAD + f"x-a: &a {'x' * 9_000_000}\n" + services("{ image: api, environment: { A: *a } }", 300)[
            len(HEAD):], "BP007", 1),
    "20,000 placeholders for 30,000 services": (
        lambda: services("{ image: api }", 30_000).replace(
            "    services:", f'    container_name: "{"{service}" * 20_000}"\n    services:'), "BP007", 1),
    "300 environments of long names": (
        lambda: many(many(IMAGES + "projects:\n  p:\n    services:\n",
                          f"      ? {'s' * 100_000}#\n      : {{ image: api }}\n", 100) + "environments:\n",
                     "  e#: {}\n", 300), "BP007", 1),
    "a registry of a megabyte before 1,000 images": (
        lambda: images(1000) + f"environments:\n  e: {{ registry: {'a' * 1_000_000}.example }}\n", "BP007", 1),
    "60,000 projects with unknown dependencies": (
        lambda: many(IMAGES + PROJECT, "  p#: { services: { s#: { image: api, depends_on: [x#] } } }\n", 60_000),
        "BP205", 1),
    "40,000 private keys in one text": (
        lambda: services("{ image: api, command: '" + "-----BEGIN PRIVATE KEY----- " * 40_000 + "' }", 1), "BP504", 0),
    "160,000 places where a password may begin": (
        lambda: services("{ image: api, command: '" + "://a:b" * 160_000 + "@' }", 1), "BP504", 0),
    "40,000 folders of the host in one service": (
        lambda: many(IMAGES + PROJECT + "        volumes:\n", "          - /etc/../etc:/a#\n", 40_000), "BP512", 0),
    "deep interpolation": (lambda: services("{ environment: { A: '" + "${A:-" * 100_000 + "' } }", 1), "BP226", 1),
    "a million dollars": (lambda: services("{ environment: { A: '" + "$" * 1_000_000 + "{' } }", 1), "BP", 1),
    "a port range without end": (lambda: services('{ ports: ["0-99999999999999999999:1"] }', 1), "BP222", 1),
    "65,535 ports, twenty times": (lambda: services('{ ports: ["1-65535:1-65535"] }', 20), "BP401", 1),
}


def feed(folder):
    """The commands: name, words, what standard input is, what the answer says, status."""
    for name, (make, answer, status) in TEXTS.items():
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


class Measured(typing.NamedTuple):
    """How a command ended, what it said, and what it took: seconds of processor time, those without the system's, megabytes."""

    status: int
    said: str
    seconds: float
    own: float
    megabytes: float


# Runs a command and writes what it took. A process of its own: a child's largest size begins with its parent's, and this
# one's holds the manifests.
LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
report = f"{os.waitstatus_to_exitcode(status)} {usage.ru_utime + usage.ru_stime} {usage.ru_utime} {usage.ru_maxrss / 1024}"
os.write(int(sys.argv[1]), report.encode())
"""


def measure(command, folder, source):
    """Runs a command in a folder; its input is a file, or comes from a function that is given the process."""
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as said, os.fdopen(reader) as report:
        stdin = subprocess.PIPE if callable(source) else open(source, "rb") if source else subprocess.DEVNULL
        process = subprocess.Popen([sys.executable, "-c", LAUNCHER, str(writer), *command], cwd=folder, stdin=stdin,
                                   stdout=said, stderr=said, pass_fds=[writer],
                                   env={**os.environ, "BAYPLAN_ROOT": ""})
        os.close(writer)
        if callable(source):
            source(process)
        process.wait()
        status, *amounts = report.read().split()
        said.seek(0)
        return Measured(int(status), said.read().decode(errors="replace"), *map(float, amounts))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=str(REPOSITORY / ".build/release/bayplan"))
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--megabytes", type=float, default=200.0)
    options = parser.parse_args()
    wrong, most, largest = [], 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="bayplan-limits-") as folder:
        folder = Path(folder)
        for name, words, source, answer, status in feed(folder):
            # Processor time: the machine may be busy with something else.
            found = measure([options.bayplan, *words], folder, source)
            for _ in range(2):
                # Other work on the machine makes even processor time dearer: of what is over a bound, the least of three counts.
                if found.seconds > options.seconds and not callable(source):
                    again = measure([options.bayplan, *words], folder, source)
                    found = min(again, found, key=lambda run: run.seconds)
            returned, said, seconds, _, megabytes = found
            most, largest = max(most, seconds), max(largest, megabytes)
            size = (folder / "strategy.yaml").stat().st_size
            print(f"limits: {name:44} {seconds:6.2f} s {megabytes:6.0f} MB {len(said):9} bytes said")
            if returned != status or answer not in said:
                wrong.append(f"{name}: status {returned}, {said[:300]!r}")
            if seconds > options.seconds:
                wrong.append(f"{name}: {seconds:.2f} s for {size} bytes")
            if megabytes > options.megabytes:
                wrong.append(f"{name}: {megabytes:.0f} MB for {size} bytes")
            if any(character < " " and character not in "\n" or character == "\x7f" for character in said):
                wrong.append(f"{name}: a control character on the terminal")
    for text in wrong:
        print(f"limits: {text}", file=sys.stderr)
    print(f"limits: at most {most:.2f} s and {largest:.0f} MB, {len(wrong)} promises broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
