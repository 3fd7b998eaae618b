#!/usr/bin/env python3
"""Copies what the page *In hooks and CI* offers into scratch repositories, as it stands, and runs it: a pull request with
nothing wrong, one whose artifacts are out of step, and one with a fault.

usage: copied.py

Needs git; with pre-commit, actionlint and zizmor on the PATH the hooks run and the workflows are linted, and with CI=true
one that is missing fails. `BAYPLAN` names the program; the debug build is the default.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import yaml

from runner import Job

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
PAGE = (ROOT / "Sources/bayplan/bayplan.docc/InHooksAndCI.md").read_text()
passed, failures = 0, []

MANIFEST = """version: 1
images:
  api: {owner: shop, build: .}
  cache: {pull: "redis:7.4-alpine"}
projects:
  shop:
    path: PLACE
    services:
      api: {ports: ["127.0.0.1:8080:80"], restart: always}
      cache: {restart: always}
"""


def expect(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"copied: FAILED: {what}", file=sys.stderr)


def has(tool):
    if shutil.which(tool):
        return True
    print(f"copied: SKIPPED what needs {tool}: it is not there", file=sys.stderr)
    if os.environ.get("CI") == "true":
        failures.append(tool)
    return False


def samples(heading):
    """The YAML that stands below a heading of the page."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)[1]
    return re.findall(r"^```yaml\n(.*?)^```", section, re.M | re.S)


class Scratch:
    """Checkouts in a folder, with a home of their own and a bayplan on the PATH where one is asked for."""

    def __init__(self, folder, has_program=True):
        self.folder = Path(folder).resolve()
        programs = self.folder / "bin"
        programs.mkdir()
        if has_program:
            (programs / "bayplan").symlink_to(BAYPLAN)
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("GIT_", "PRE_COMMIT", "BAYPLAN"))} | {
            "PATH": f"{programs}:{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": "/dev/null", "PRE_COMMIT_HOME": str(self.folder / "cache"),
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}

    def run(self, place, *words, **variables):
        return subprocess.run(words, cwd=place, env=self.environment | variables, capture_output=True, text=True)

    def repository(self, name):
        place = self.folder / name
        place.mkdir(parents=True)
        self.run(place, "git", "init", "-q", "-b", "main")
        return place

    def commit(self, place, message):
        self.run(place, "git", "add", "-A")
        return self.run(place, "git", "commit", "-q", "-m", message)


def workspace(scratch, place, manifest, project, root=None):
    """A compiled workspace whose manifest and project lie where a sample expects them."""
    manifest, project = place / manifest, place / project
    for folder in manifest.parent, project:
        folder.mkdir(parents=True, exist_ok=True)
    manifest.write_text(MANIFEST.replace("PLACE", os.path.relpath(project, manifest.parent)))
    (project / "Dockerfile").write_text("FROM scratch\nCOPY . /\n")
    (project / ".dockerignore").write_text(".git\n")
    result = scratch.run(manifest.parent, str(BAYPLAN), "compile", *(["--root", root] if root else []))
    assert result.returncode == 0, result.stdout + result.stderr
    return manifest


# What a pull request does to a manifest, and whether a check passes.
CHANGES = {
    "nothing wrong": (lambda text: text + "# A remark.\n", True),
    "artifacts that are out of step": (lambda text: text.replace("8080:80", "8081:80"), False),
    "a fault": (lambda text: text.replace("owner: shop", "owner: shp"), False),
}


# GitHub

def released(folder):
    """A release with one archive, as packaging/archive makes it, and its checksum."""
    place = folder / "releases/v0.2.0"
    place.mkdir(parents=True)
    archive = place / "bayplan-0.2.0-linux-x86_64.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        packed.add(BAYPLAN, "bayplan-0.2.0-linux-x86_64/bayplan")
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    (place / "checksums.txt").write_text(f"{checksum}  {archive.name}\n")
    return checksum


def linted(text):
    """What linters say of a workflow that uses this repository's action."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / ".github/workflows"
        place.mkdir(parents=True)
        (Path(folder) / ".git").mkdir()
        (Path(folder) / "action").mkdir()
        shutil.copy(ROOT / "action.yml", Path(folder) / "action")
        # By its path actionlint reads the action, and knows its inputs; zizmor wants the commit of one that is elsewhere.
        local = re.sub(r"owner/bayplan@[0-9a-f]{40}", "./action", text)
        for tool, words, text in ("actionlint", [], local), ("zizmor", ["--offline", "--no-progress", ".github"], text):
            if has(tool):
                (place / "bayplan.yml").write_text(text)
                result = subprocess.run([tool, *words], cwd=folder, capture_output=True, text=True)
                expect(result.returncode == 0, f"{tool} on the workflow of the page: {result.stdout}{result.stderr}")


def github():
    with tempfile.TemporaryDirectory() as folder:
        checksum = released(Path(folder))
        blocks = samples("GitHub")
        expect(len(blocks) == 2, f"the page has {len(blocks)} workflows")
        for block in blocks:
            text = block.replace("<owner>", "owner").replace("<commit>", "a" * 40)
            text = re.sub(r"<the line of [^>]*>", checksum, text)
            expect("<" not in text.replace("<<", ""), f"what else is to be filled in: {text}")
            linted(text)
            [job] = yaml.safe_load(text)["jobs"].values()
            for what, (change, passes) in CHANGES.items():
                with tempfile.TemporaryDirectory() as place:
                    on_github(Path(place), Path(folder) / "releases", job, what, change, passes)


def on_github(folder, releases, job, what, change, passes):
    """One run of a job: its checkouts are made, the head being a merge of the request, and its action is run."""
    scratch = Scratch(folder, has_program=False)
    top = scratch.repository("work") if not any("path" in step.get("with", {}) for step in job["steps"]) else folder / "work"
    checkouts = [step["with"].get("path", ".") for step in job["steps"] if step["uses"].startswith("actions/checkout@")]
    for checkout in checkouts:
        if checkout != ".":
            scratch.repository(f"work/{checkout}")
    [given] = [step["with"] for step in job["steps"] if "/bayplan@" in step["uses"]]
    name = given["manifest"]
    manifest = workspace(scratch, top, name, checkouts[1] if checkouts[1:] else "services/shop", root=given.get("root") and "..")
    for checkout in checkouts:
        scratch.commit(top / checkout, "one")
    manifest.write_text(change(manifest.read_text()))
    scratch.commit(manifest.parent if checkouts[1:] else top, "two")
    temporary = folder / "temporary"
    temporary.mkdir()
    # The release is downloaded from where GitHub has it, which is a folder here.
    action = folder / "action"
    (action / "packaging").mkdir(parents=True)
    shutil.copy(ROOT / "action.yml", action)
    shutil.copy(ROOT / "packaging/install", action / "packaging")
    run = Job(action, top, temporary, scratch.environment)
    (folder / "server/owner/name/releases").mkdir(parents=True)
    (folder / "server/owner/name/releases/download").symlink_to(releases)
    run.contexts["github.server_url"] = f"file://{folder}/server"
    succeeds = run.run(given)
    where = f"GitHub, {name}, {what}"
    expect(succeeds == passes, f"{where}: the job {'passes' if succeeds else 'fails'}: {run.log}")
    told = run.summary.partition("### What the manifest changes")[2]
    wanted = {"a fault": "errors"}.get(what, "port" if not passes else "nothing changes")
    expect(wanted in told.lower() and "fetch-depth" not in told, f"{where}: {run.summary}{run.log}")
    annotated = re.findall(r"^::error file=([^,]+),", run.log, re.M)
    expect(bool(annotated) != passes and all((top / path).is_file() for path in annotated), f"{where}: annotations of {annotated}: {run.log}")
    if given.get("sarif"):
        report = json.loads(Path(run.uses["github/codeql-action/upload-sarif"]["sarif_file"]).read_text())["runs"][0]
        expect(any(result["level"] == "error" for result in report["results"]) != passes, f"{where}: the SARIF report: {report['results']}")


# GitLab

def gitlab():
    described, _, jobs = (ROOT / "templates/bayplan.yml").read_text().partition("\n---\n")
    declared = yaml.safe_load(described)["spec"]["inputs"]
    blocks = samples("GitLab")
    expect(len(blocks) == 2, f"the page has {len(blocks)} includes")
    for block in blocks:
        written = yaml.safe_load(block.replace("<owner>", "owner"))
        given = written["include"][0]["inputs"]
        expect(set(given) <= set(declared), f"the component has no inputs {set(given) - set(declared)}")
        inputs = {name: entry["default"] for name, entry in declared.items()} | given
        text = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: str(inputs[match[1]]), jobs)
        # GitLab merges a job that is written beside an include into the included one.
        job = yaml.safe_load(text)["bayplan"] | written.get("bayplan", {})
        for what, (change, passes) in CHANGES.items():
            with tempfile.TemporaryDirectory() as place:
                on_gitlab(Path(place), job, what, change, passes)


def on_gitlab(folder, job, what, change, passes):
    scratch = Scratch(folder)
    top = scratch.repository("builds/ops")
    manifest = job["variables"]["BAYPLAN_MANIFEST"]
    others = re.findall(r"/owner/(\w+)\.git", str(job.get("before_script", "")))
    for other in others:
        place = scratch.repository(f"server/owner/{other}.git")
        (place / "README").write_text("x\n")
        scratch.commit(place, "one")
    # What is compiled lies in the other checkout, too, and is committed there.
    beside = scratch.folder / "builds" / others[0] if others else None
    if beside:
        scratch.run(folder, "git", "clone", "-q", str(scratch.folder / f"server/owner/{others[0]}.git"), str(beside))
    file = workspace(scratch, top, manifest, beside or "services/shop", root=job["variables"]["BAYPLAN_ROOT"] if beside else None)
    scratch.commit(top, "one")
    if beside:
        scratch.commit(beside, "two")
        scratch.run(beside, "git", "push", "-q", "origin", "HEAD:from-here")
        scratch.run(scratch.folder / f"server/owner/{others[0]}.git", "git", "reset", "-q", "--hard", "from-here")
        shutil.rmtree(beside)
    file.write_text(change(file.read_text()))
    url = "https://gitlab-ci-token:secret@gitlab.example.com/owner/"
    variables = job["variables"] | {
        "CI_SERVER_FQDN": "gitlab.example.com", "CI_JOB_TOKEN": "secret", "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{scratch.folder}/server/owner/.insteadOf", "GIT_CONFIG_VALUE_0": url}
    script = "\n".join(["set -e", *job.get("before_script", []), *job["script"]])
    result = scratch.run(top, "sh", "-c", script, **variables)
    where = f"GitLab, {manifest}{' beside others' if others else ''}, {what}"
    expect((result.returncode == 0) == passes, f"{where}: {result.returncode} {result.stdout}{result.stderr}")
    report = json.loads((top / job["artifacts"]["reports"]["codequality"]).read_text())
    paths = [entry["location"]["path"] for entry in report]
    expect(bool(paths) != passes and all((top / path).is_file() for path in paths), f"{where}: the report names {paths}")


# pre-commit

def hooks():
    if not has("pre-commit"):
        return
    whole, others = samples("pre-commit and prek")
    with tempfile.TemporaryDirectory() as folder:
        # The hooks of this checkout, as they are in its folder; those that run the program on the PATH install nothing.
        scratch = Scratch(folder)
        source = scratch.repository("bayplan")
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", source)
        scratch.commit(source, "hooks")
        revision = scratch.run(source, "git", "rev-parse", "HEAD").stdout.strip()

        def installed(text):
            text = text.replace("https://github.com/<owner>/bayplan", str(source)).replace("v0.2.0", revision)
            return re.sub(r"id: (bayplan-\w+)", r"id: \1-system", text)

        head = whole.partition("      - id:")[0]
        entries = re.findall(r"      - id: .*\n        args: .*\n", others)
        expect(len(entries) == 2, f"entries with arguments: {entries}")
        for name, text, place, manifest, project, root in [
            ("one repository", whole, "work", "strategy.yaml", ".", None),
            ("a folder of it", whole, "work-2", "deploy/strategy.yaml", "services/shop", None),
            ("one of several", head + entries[0], "work-3", "deploy/strategy.yaml", "services/shop", None),
            ("side by side", head + entries[1], "beside/ops", "strategy.yaml", "../shop", ".."),
        ]:
            top = scratch.repository(place)
            file = workspace(scratch, top, manifest, project, root=root)
            (top / ".pre-commit-config.yaml").write_text(installed(text))
            scratch.run(top, "pre-commit", "install")
            first = scratch.commit(top, "one")
            expect(first.returncode == 0, f"hooks, {name}: the first commit: {first.stdout}{first.stderr}")
            for what, (change, passes) in CHANGES.items():
                before = file.read_text()
                file.write_text(change(before))
                result = scratch.commit(top, what)
                expect((result.returncode == 0) == passes, f"hooks, {name}, {what}: {result.stdout}{result.stderr}")
                file.write_text(before)
                scratch.run(top, "git", "commit", "-q", "--no-verify", "-a", "-m", "back")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    github()
    gitlab()
    hooks()
    print(f"copied: {passed} passed, {len(failures)} failed")
    return bool(failures)


sys.exit(main())
