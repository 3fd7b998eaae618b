#!/usr/bin/env python3
"""Holds every way of running Bayplan over one workspace to the same: bytes, places that are named, commands that repair.

usage: roots.py

A person runs it in the manifest's folder, in one below, at the repository's top or elsewhere; hooks and CI at the top, with
a root that is stated or not. `BAYPLAN` names the program; the debug build is the default.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
passed, failures = 0, []

MANIFEST = """version: 1
name: here
outputs: {bake: bake.json}
images:
  api: {owner: web, build: {context: ., additional_contexts: {shared: ../../shared}}}
  redis: {pull: redis:7}
projects:
  shop: {path: ./my shop, services: {cache: {image: redis}}}
  web: {path: ../services/web, services: {api: {image: api}}}
"""


def expect(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"roots: FAILED: {what}", file=sys.stderr)


class Way:
    """One way to run: a folder, words behind the command, variables."""

    def __init__(self, name, folder, *words, **variables):
        self.name, self.folder, self.words, self.variables = name, folder, words, variables

    def run(self, command, *options):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("BAYPLAN", "GIT_"))}
        words = [BAYPLAN, command, *options, *self.words]
        return subprocess.run(words, cwd=self.folder, env=environment | self.variables, capture_output=True, text=True)

    def shell(self, line):
        """Runs a command that was printed, as one pastes it: without the variables of the run that printed it."""
        with tempfile.TemporaryDirectory() as programs:
            (Path(programs) / "bayplan").symlink_to(BAYPLAN)
            environment = {name: value for name, value in os.environ.items() if not name.startswith(("BAYPLAN", "GIT_"))}
            environment["PATH"] = f"{programs}:{os.environ['PATH']}"
            return subprocess.run(["sh", "-c", line], cwd=self.folder, env=environment, capture_output=True, text=True)


def named(format, text):
    """The files that findings name in a format."""
    if format == "text":
        return re.findall(r"^ *--> (.+?):\d+:\d+$", text, re.M)
    if format == "concise":
        return re.findall(r"^(.+?):\d+:\d+: (?:error|warning)", text, re.M)
    if format == "github":
        return [unquote(name) for name in re.findall(r"^::(?:error|warning) file=([^,]+),", text, re.M)]
    if format == "junit":
        root = ElementTree.fromstring(text)
        return [unquote(place) for case in root.iter("testcase") if list(case) and case.find("error") is None
                for place in [case.get("file") or case.get("classname")] if place]
    report = json.loads(text)
    if format == "gitlab":
        return [entry["location"]["path"] for entry in report]
    if format == "sarif":
        return [unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).removeprefix("file://") for result in report["runs"][0]["results"]]
    return [entry["primary"]["file"] for entry in report["diagnostics"]]


FORMATS = "text", "concise", "github", "junit", "gitlab", "sarif", "json"


def written(top):
    return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*"))
            if path.is_file() and ".git" not in path.parts}


def workspace(top):
    """A repository whose manifest lies in a folder of its own, with a project beside that."""
    for folder in "deploy/my shop", "services/web", "shared", ".git":
        (top / folder).mkdir(parents=True)
    (top / "deploy/strategy.yaml").write_text(MANIFEST)
    (top / "services/web/Dockerfile").write_text("FROM scratch\nCOPY . /\n")
    (top / "shared/file").write_text("x\n")


def ways(top):
    deploy = top / "deploy"
    return [
        Way("in its folder", deploy),
        Way("below it", deploy / "my shop"),
        Way("at the top", top, "deploy/strategy.yaml"),
        Way("at the top, its root stated", top, "--root", ".", "deploy/strategy.yaml"),
        Way("in its folder, a wider root stated", deploy, "--root", "../.."),
        Way("a variable for the root", deploy, BAYPLAN_ROOT="../.."),
        Way("elsewhere", Path("/"), str(deploy / "strategy.yaml")),
        Way("in a neighbour's folder", top / "services", "../deploy/strategy.yaml"),
        Way("no builds", deploy, "--no-builds"),
    ]


def one_workspace():
    contents, fingerprints = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        count = len(ways(Path(folder)))
    for index in range(count):
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder).resolve() / "a" / "repository"
            workspace(top)
            way = ways(top)[index]
            result = way.run("compile")
            expect(result.returncode == 0, f"{way.name}: compile: {result.stdout}{result.stderr}")
            contents[way.name] = written(top)
            if "--no-builds" not in way.words:
                words = way.words[:-1] + ("--manifest", way.words[-1]) if way.words and way.words[-1].endswith("yaml") else way.words
                fingerprints[way.name] = Way(way.name, way.folder, *words, **way.variables).run("fingerprint").stdout
            drift(top, way)
    first = contents["in its folder"]
    for name, files in contents.items():
        other = sorted(path for path in first | files if first.get(path) != files.get(path))
        expect(not other, f"{name}: other bytes in {other}")
    expect(len(set(fingerprints.values())) == 1 and "api" in next(iter(fingerprints.values())), f"fingerprints: {fingerprints}")


def drift(top, way):
    """A missing artifact, one that is out of date, one that was edited, a finding: each is named by a path that leads there."""
    manifest = top / "deploy/strategy.yaml"
    manifest.write_text(MANIFEST.replace("redis:7", "redis:latest").replace("{image: redis}", "{image: redis, ports: [80]}"))
    (top / "services/web/docker-compose.yml").unlink()
    for format in FORMATS:
        for command in ("compile", "--check"), ("validate",):
            result = way.run(command[0], *command[1:], "--format", format)
            places = named(format, result.stdout)
            expect(places, f"{way.name}: {' '.join(command)} --format {format} names nothing: {result.stdout}{result.stderr}")
            for place in places:
                path = way.folder / place
                is_there = path.is_file() or path.name == "docker-compose.yml" and path.parent.is_dir()
                expect(is_there, f"{way.name}: {' '.join(command)} --format {format} names {place}, which is not there")
    result = way.run("compile", "--check")
    found = re.search(r"to repair, run: (.*)", result.stderr)
    expect(found, f"{way.name}: no command repairs: {result.stderr}")
    if found:
        done = way.shell(found[1])
        expect(done.returncode == 0, f"{way.name}: `{found[1]}` does not repair: {done.stdout}{done.stderr}")
        result = way.run("compile", "--check")
        expect(result.returncode == 0, f"{way.name}: `{found[1]}` leaves: {result.stdout}{result.stderr}")
    # What the machine refuses is named as findings are.
    lock = top / "deploy/bayplan.lock"
    lock.unlink()
    lock.mkdir()
    result = way.run("compile")
    place = re.search(r"cannot use (\S*bayplan\.lock): it is", result.stderr)
    expect(place and (way.folder / place[1]).is_dir(), f"{way.name}: a lock in the way: {result.stderr}")


def elsewhere():
    """What is put below another folder lies there alike, whatever the root is."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve() / "repository"
        workspace(top)
        for way in ways(top):
            look = Path(folder) / "look" / way.name
            result = way.run("compile", "--output-directory", look)
            expect(result.returncode == 0, f"{way.name}: --output-directory: {result.stderr}")
            found[way.name] = written(look)
    names = set(map(tuple, found.values()))
    expect(len(names) == 1 and "deploy/IMAGES.md" in found["below it"], f"--output-directory: {names}")
    expect(all(files == found["below it"] for files in found.values()), "--output-directory: other bytes")


def siblings():
    """Checkouts side by side: the root is stated, and the commands that are printed state it, too."""
    for name, words, variables in [
        ("an option", ("--root", ".."), {}), ("a variable", (), {"BAYPLAN_ROOT": ".."}),
    ]:
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder).resolve()
            for part in "ops/.git", "web/.git":
                (top / part).mkdir(parents=True)
            (top / "ops/strategy.yaml").write_text(
                "version: 1\nimages: {r: {pull: redis:7}}\nprojects: {web: {path: ../web, services: {s: {image: r}}}}\n")
            (top / "web/.keep").touch()
            narrow = Way(name, top / "ops").run("compile")
            expect(narrow.returncode == 1 and "--root" in narrow.stderr, f"a root is widened by a manifest: {narrow.stderr}")
            way = Way(name, top / "ops", *words, **variables)
            result = way.run("compile", "--check")
            found = re.search(r"to repair, run: (.*)", result.stderr)
            done = way.shell(found[1])
            expect(done.returncode == 0, f"siblings, {name}: `{found[1]}`: {done.stdout}{done.stderr}")
            expect(way.run("compile", "--check").returncode == 0, f"siblings, {name}: `{found[1]}` leaves drift")


def repeated():
    """What a run was told beside the manifest is part of the command that repairs."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve()
        manifest = "version: 1\nimages: {r: {pull: redis:7}, s: {pull: redis}}\nprojects: {p: {services: {a: {image: r}}}}\n"
        (top / "it's a manifest.yaml").write_text(manifest)
        for words in [
            ("--rule", "unused-image=off", "it's a manifest.yaml"), ("--limit-bytes", "2000000", "it's a manifest.yaml"),
            ("--project", "p", "it's a manifest.yaml"), ("--output-directory", "a look", "it's a manifest.yaml"),
            ("--strict", "--rule=BP203=off", "--rule", "floating-tag=off", "it's a manifest.yaml"),
        ]:
            way = Way(" ".join(words), top, *words)
            result = way.run("compile", "--check")
            found = re.search(r"to repair, run: (.*)", result.stderr)
            expect(found, f"{way.name}: {result.stdout}{result.stderr}")
            done = way.shell(found[1])
            expect(done.returncode == 0, f"{way.name}: `{found[1]}`: {done.stdout}{done.stderr}")
            result = way.run("compile", "--check")
            expect("to repair" not in result.stderr, f"{way.name}: `{found[1]}` leaves {result.stderr}")
            for path in sorted(top.rglob("*"), reverse=True):
                if path.name != "it's a manifest.yaml":
                    path.rmdir() if path.is_dir() else path.unlink()


def unreadable():
    """A run that cannot be carried out leaves every report whole, and says so in those that can."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder).resolve()
        words = [f"--format={format}={format}" for format in FORMATS if format not in ("text", "concise")]
        for command in ("validate",), ("compile", "--check"):
            for format in FORMATS:
                result = Way("", top, "nowhere.yaml").run(*command, "--format", format, *words)
                expect(result.returncode == 2 and "nowhere.yaml" in result.stderr, f"{command}: {result.stderr}")
                for text in result.stdout, (top / format).read_text() if (top / format).exists() else "":
                    if text or format in ("json", "sarif", "gitlab", "junit"):
                        expect(named(format, text) == [], f"{command}, {format}: {text}")
            report = json.loads((top / "sarif").read_text())["runs"][0]
            expect(report["invocations"][0]["executionSuccessful"] is False, f"{command}: {report}")
            expect('errors="1"' in (top / "junit").read_text(), f"{command}: {(top / 'junit').read_text()}")
            expect((top / "github").read_text().startswith("::error::"), f"{command}: {(top / 'github').read_text()}")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    unreadable()
    one_workspace()
    elsewhere()
    siblings()
    repeated()
    print(f"roots: {passed} passed, {len(failures)} failed")
    return bool(failures)


sys.exit(main())
