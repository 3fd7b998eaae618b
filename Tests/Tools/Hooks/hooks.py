#!/usr/bin/env python3
"""Runs what others' tools run: the hooks with pre-commit itself, the steps of the action, the patterns of the Renovate
preset; and checks each file against its tool's own schema.

usage: hooks.py

Needs git, and from PyPI pre-commit and check-jsonschema; without one of them its part is not tested, which is said, and
with CI=true fails. `BAYPLAN` names the program; the debug build is the default.
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import yaml

import renovate as renovating

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"hooks: FAILED: {what}", file=sys.stderr)


def has(tool):
    if shutil.which(tool):
        return True
    print(f"hooks: SKIPPED what needs {tool}: it is not there", file=sys.stderr)
    if os.environ.get("CI") == "true":
        failures.append(tool)
    return False


class Checkout:
    """A scratch repository in which bayplan is on the PATH."""

    def __init__(self, folder):
        self.folder = Path(folder)
        programs = self.folder / "bin"
        programs.mkdir(parents=True)
        (programs / "bayplan").symlink_to(BAYPLAN)
        self.path = self.folder / "repository"
        self.path.mkdir()
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))
        } | {
            "PATH": f"{programs}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(self.folder / "cache"),
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
        }
        self.run("git", "init", "-q")

    def run(self, *words, **variables):
        return subprocess.run(
            words, cwd=self.path, env=self.environment | variables, capture_output=True, text=True
        )

    def commit(self, message):
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-m", message)


def stale_and_mended(checkout, what):
    """A commit with artifacts that are out of step fails and says how to mend it; mended, it passes."""
    manifest = checkout.path / "strategy.yaml"
    manifest.write_text(manifest.read_text().replace("127.0.0.1:6379", "127.0.0.1:6380"))
    result = checkout.commit("stale")
    told = result.stdout + result.stderr
    expect(result.returncode != 0, f"{what}: a stale artifact is committed")
    expect("to repair, run: bayplan compile" in told, f"{what}: the repair is not named: {told}")
    expect(checkout.run("bayplan", "compile").returncode == 0, f"{what}: the repair does not run")
    result = checkout.commit("mended")
    expect(result.returncode == 0, f"{what}: a mended artifact is refused: {result.stdout}{result.stderr}")


def begun(folder, what):
    """A workspace begun with `init --hook`, with its hook installed and a first commit."""
    checkout = Checkout(folder)
    for words in (["bayplan", "init", "--hook"], ["bayplan", "compile"], ["pre-commit", "install"]):
        result = checkout.run(*words)
        expect(result.returncode == 0, f"{what}: {' '.join(words)}: {result.stdout}{result.stderr}")
    return checkout


def local_hook():
    """The entry that `init --hook` writes."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = begun(folder, "local hook")
        result = checkout.commit("first")
        expect(result.returncode == 0, f"local hook: the first commit: {result.stdout}{result.stderr}")
        stale_and_mended(checkout, "local hook")
        start = time.monotonic()
        checkout.run("pre-commit", "run", "--all-files")
        print(f"hooks: a warm run of the hook takes {time.monotonic() - start:.2f} s, pre-commit itself included")


def offered_hooks():
    """The hooks of this repository that run the installed program."""
    if not (ROOT / ".git").exists():
        print("hooks: this is no repository: its hooks are not tried from it", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        checkout = begun(folder, "offered hooks")
        (checkout.path / ".pre-commit-config.yaml").unlink()
        checkout.run("git", "add", "-A")
        manifest = checkout.path / "strategy.yaml"
        for when, told in ("no commit yet", "not compared: there is no revision `HEAD`"), ("one", "strategy.yaml: nothing changes"):
            result = checkout.run("pre-commit", "try-repo", str(ROOT), "bayplan-diff-system", "--all-files")
            expect(result.returncode == 0 and told in result.stdout, f"bayplan-diff, {when}: {result.stdout}{result.stderr}")
            checkout.run("git", "commit", "-qm", "one", PRE_COMMIT_ALLOW_NO_CONFIG="1")
        text = manifest.read_text()
        manifest.write_text(text.replace("127.0.0.1:6379", "127.0.0.1:6380"))
        result = checkout.run("pre-commit", "try-repo", str(ROOT), "bayplan-diff-system", "--all-files")
        expect(result.returncode == 0 and "strategy.yaml: 1 container is recreated" in result.stdout, f"bayplan-diff: {result.stdout}")
        manifest.write_text(text)
        for hook in "bayplan-validate-system", "bayplan-compile-system":
            words = ("pre-commit", "try-repo", str(ROOT), hook, "--all-files", "--verbose")
            result = checkout.run(*words)
            expect(result.returncode == 0 and "Passed" in result.stdout, f"{hook}: {result.stdout}{result.stderr}")
            manifest = checkout.path / "strategy.yaml"
            text = manifest.read_text()
            manifest.write_text(text.replace("redis:7-alpine", "redis:8-alpine").replace("ports:", "portz:"))
            result = checkout.run(*words)
            expect(result.returncode == 1 and "Failed" in result.stdout, f"{hook} passes a fault: {result.stdout}")
            manifest.write_text(text)


TEAM = """repos:
  - repo: local
    hooks:
      - id: team
        name: the team's own
        entry: 'true'
        language: system
        pass_filenames: false
"""


def subfolder():
    """A manifest in a folder of a repository that has hooks of its own: the entry goes where pre-commit looks for it."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Checkout(folder)
        deploy = checkout.path / "deploy it"
        deploy.mkdir()
        configuration = checkout.path / ".pre-commit-config.yaml"
        configuration.write_text(TEAM)
        checkout.run("pre-commit", "install")
        for words in ["bayplan", "init", "--hook"], ["bayplan", "compile"]:
            result = subprocess.run(words, cwd=deploy, env=checkout.environment, capture_output=True, text=True)
            expect(result.returncode == 0, f"{' '.join(words)} in a subfolder: {result.stdout}{result.stderr}")
        expect(configuration.read_text().startswith(TEAM), "the team's hooks are not as they were")
        expect(not (deploy / configuration.name).exists(), "a configuration lies where pre-commit finds none")
        result = checkout.commit("first")
        told = result.stdout + result.stderr
        expect(result.returncode == 0 and "the team's own" in told, f"a subfolder: the first commit: {told}")
        (deploy / "IMAGES.md").unlink()
        result = checkout.commit("drift")
        told = result.stdout + result.stderr
        repair = re.search("to repair, run: (.*)", told)
        expect(result.returncode != 0 and "deploy it/IMAGES.md is missing" in told and repair, f"a subfolder: drift: {told}")
        if repair:
            result = checkout.run("sh", "-c", repair[1])
            expect(result.returncode == 0 and (deploy / "IMAGES.md").exists(), f"{repair[1]}: {result.stderr}")
        # The hooks of this repository find it, too, and leave another program's file of that name alone.
        other = checkout.path / "config/strategy.yaml"
        other.parent.mkdir()
        other.write_text("symbol: X\nside: buy\n")
        checkout.commit("mended")
        for hook in "bayplan-validate-system", "bayplan-compile-system":
            result = checkout.run("pre-commit", "try-repo", str(ROOT), hook, "--all-files", "--verbose")
            expect(result.returncode == 0 and "Passed" in result.stdout, f"{hook}, a subfolder: {result.stdout}{result.stderr}")
        (deploy / "IMAGES.md").unlink()
        result = checkout.run("pre-commit", "try-repo", str(ROOT), "bayplan-compile-system", "--all-files")
        expect(result.returncode == 1 and "deploy it/IMAGES.md is missing" in result.stdout, f"drift: {result.stdout}")
        result = checkout.run("pre-commit", "try-repo", str(ROOT), "bayplan-generate-system", "--all-files")
        expect((deploy / "IMAGES.md").exists(), f"bayplan-generate in a subfolder: {result.stdout}{result.stderr}")


def action():
    """The steps of the action, with inputs that try to become code."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    for step in steps:
        expect("${{" not in step.get("run", ""), f"the step {step['name']} puts an expression into a script")
        expect("uses" not in step or re.search(r"@[0-9a-f]{40}$", step["uses"]), f"the step {step['name']} is not pinned")
    scripts = {step["name"]: step["run"] for step in steps if "run" in step}
    hostile = "$(touch pwned);`touch pwned` \"; touch pwned #"
    with tempfile.TemporaryDirectory() as folder:
        checkout = Checkout(folder)
        workspace = checkout.path / "deploy here"
        workspace.mkdir()
        for words in ["bayplan", "init"], ["bayplan", "compile"]:
            subprocess.run(words, cwd=workspace, env=checkout.environment, check=True, capture_output=True)
        output, summary = Path(folder) / "output", Path(folder) / "summary"
        runner = {"RUNNER_TEMP": folder, "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}

        def step(name, **inputs):
            """The step's result, with what it states for later steps under `outputs` and its summary under `summary`."""
            for file in output, summary, Path(folder) / "bayplan.sarif", Path(folder) / "bayplan.txt":
                file.unlink(missing_ok=True)
            result = checkout.run("bash", "-e", "-o", "pipefail", "-c", scripts[name], **(runner | inputs))
            lines = output.read_text().splitlines() if output.exists() else []
            result.outputs = dict(line.split("=", 1) for line in lines)
            result.summary = summary.read_text() if summary.exists() else ""
            return result

        source = {"SOURCE": str(ROOT), "SERVER": "https://github.com", "REPOSITORY": "owner/name", "BAYPLAN_CHECKSUM": ""}
        found = step("Find or install bayplan", BAYPLAN_VERSION="", **source)
        program = found.outputs.get("program", "")
        expect(found.returncode == 0 and Path(program).resolve() == BAYPLAN, f"no bayplan is found: {found.stderr}")
        refused = step("Find or install bayplan", BAYPLAN_VERSION=hostile, **source)
        expect(refused.returncode == 2 and not refused.outputs, f"a hostile version: {refused.stdout}{refused.stderr}")

        def check(**inputs):
            plain = {"PROGRAM": program, "MANIFEST": "deploy here/strategy.yaml", "ROOT": "", "CHECK": "true", "STRICT": "false"}
            return step("Check", **(plain | inputs))

        result = check()
        expect(result.returncode == 0, f"the action fails where nothing is wrong: {result.stdout}{result.stderr}")
        expect(result.outputs["status"] == "0" and "No errors" in result.summary, f"{result.outputs}")
        expect(check(ROOT=".", STRICT="true").returncode == 0, "the action's inputs fail")
        for inputs in {"MANIFEST": hostile, "ROOT": hostile}, {"MANIFEST": "--help"}, {"MANIFEST": "nowhere.yaml"}:
            result = check(**inputs)
            expect(result.returncode == 2 and result.outputs["status"] == "2", f"{inputs} is no wrong usage")
            expect("sarif" not in result.outputs, f"{inputs}: an empty report would be uploaded")
        def tell(**inputs):
            return step("Tell what changes", **({"PROGRAM": program, "MANIFEST": "deploy here/strategy.yaml", "ROOT": ""} | inputs))

        checkout.run("git", "init", "-q", "-b", "main")
        checkout.commit("one")
        text = (workspace / "strategy.yaml").read_text()
        (workspace / "strategy.yaml").write_text(text + "environments:\n  later: {registry: registry.example.com}\n")
        checkout.commit("two")
        told = tell()
        expect(told.returncode == 0 and "### What the manifest changes\n\n**1 environment is new**" in told.summary, f"{told.summary}{told.stderr}")
        expect("nothing" not in told.outputs, f"a change is none: {told.outputs}")
        commenting(checkout, scripts["Comment on what changes"], runner, told.outputs["file"])
        gitlab_report(checkout)
        for inputs in {"MANIFEST": hostile, "ROOT": hostile}, {"MANIFEST": "--help"}, {"MANIFEST": "nowhere.yaml"}:
            told = tell(**inputs)
            expect(told.returncode == 0 and "cannot be told" in told.summary, f"{inputs}: {told.summary}{told.stderr}")
        (workspace / "strategy.yaml").write_text(text + "environments:\n  later: {registry: registry.example.com}\nx-a: 1\n")
        checkout.commit("nothing")
        told = tell()
        expect(told.outputs.get("nothing") == "yes", f"no change is one: {told.summary}")
        (workspace / "strategy.yaml").write_text(text)
        checkout.commit("three")
        (workspace / "IMAGES.md").write_text("stale\n```\n<script>\n")
        result = check()
        named = re.search(r"::error file=([^,]+)", result.stdout)
        expect(result.returncode == 1 and named, f"drift is not told: {result.stdout}")
        expect(named and (checkout.path / named[1]).is_file(), f"the annotation names no file of the repository: {named}")
        expect(all(line.startswith("    ") for line in result.summary.split("\n\n", 2)[-1].splitlines() if line),
               f"the summary holds what GitHub would render: {result.summary}")
        report = json.loads(Path(result.outputs["sarif"]).read_text())
        places = re.findall(r'"uri": "([^"]+)"', json.dumps(report["runs"][0]["results"]))
        expect(places == ["deploy%20here/IMAGES.md"], f"the SARIF report lacks drift: {places}")
        expect(check(CHECK="false").returncode == 0, "without the check drift fails")
        expect(not list(checkout.path.rglob("*pwned*")), "an input of the action becomes code")


class Forge:
    """An interface of GitHub's that keeps the comments of one pull request, on a free port of this machine."""

    def __init__(self, login="github-actions[bot]", is_bot=True, allows=True):
        self.comments, self.asked = [], []
        forge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do(self):
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                forge.asked.append((self.command, self.path, self.headers.get("Authorization")))
                path, _, query = self.path.partition("?")
                number = int((re.search("page=([0-9]+)$", query) or [0, 1])[1])
                if path == "/user":
                    return self.answer(403, {}) if is_bot else self.answer(200, {"login": login})
                if self.command == "GET":
                    return self.answer(200, forge.comments[100 * (number - 1):100 * number])
                if not allows:
                    return self.answer(403, {"message": "::error::Resource not accessible by integration"})
                if self.command == "POST" and path == "/repos/owner/name/issues/7/comments":
                    forge.add(login, json.loads(sent)["body"])
                    return self.answer(201, forge.comments[-1])
                found = [c for c in forge.comments if path == f"/repos/owner/name/issues/comments/{c['id']}"]
                if self.command != "PATCH" or not found:
                    return self.answer(404, {})
                found[0]["body"] = json.loads(sent)["body"]
                return self.answer(200, found[0])

            do_GET = do_POST = do_PATCH = do

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def add(self, login, body):
        self.comments.append({"id": 1000 + len(self.comments), "user": {"login": login}, "body": body})

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def commenting(checkout, script, runner, file):
    """The one comment of a pull request, on a forge of this test's own."""
    if not has("jq") or not has("curl"):
        return

    def comment(forge, **inputs):
        plain = {"SOURCE": str(ROOT), "FILE": file, "TOKEN": "ghs_token", "API": forge.address, "REPOSITORY": "owner/name",
                 "NUMBER": "7", "SUBJECT": ":deploy here/strategy.yaml", "ONLY_KEEP": ""}
        return checkout.run("bash", "-e", "-o", "pipefail", "-c", script, **(runner | plain | inputs))

    def bodies(forge, login):
        return [c["body"] for c in forge.comments if c["user"]["login"] == login]

    for login, is_bot in ("github-actions[bot]", True), ("a-robot", False):
        forge = Forge(login, is_bot)
        for number in range(150):
            forge.add("somebody", f"comment {number}")
        quiet = comment(forge, ONLY_KEEP="yes")
        expect(quiet.returncode == 0 and len(forge.comments) == 150, f"a comment that nothing changes: {forge.comments[150:]}")
        first = comment(forge)
        expect(first.returncode == 0 and not first.stdout and not first.stderr, f"commenting: {first.stdout}{first.stderr}")
        body = (bodies(forge, login) or [""])[0]
        expect(body.startswith("<!-- bayplan") and "\n### What the manifest changes\n\n**1 environment is new**" in body, f"the comment: {body}")
        # The mark is no secret: who copies it gets no comment of his rewritten.
        forge.comments.insert(0, {"id": 5, "user": {"login": "somebody"}, "body": body})
        (Path(file).parent / "other.md").write_text("x" * 70000)
        comment(forge, FILE=str(Path(file).parent / "other.md"))
        expect(forge.comments[0]["body"] == body, "a stranger's comment with the mark is rewritten")
        own = bodies(forge, login)
        expect(len(own) == 1 and own[0].endswith("xxx") and 60000 < len(own[0]) < 65536, f"the comment is not kept up to date: {len(own)}")
        comment(forge, SUBJECT="another manifest")
        expect(len(bodies(forge, login)) == 2, "two manifests have one comment")
        expect(all(token == "Bearer ghs_token" for _, _, token in forge.asked), "the token is not sent")
        forge.close()
    forge = Forge(allows=False)
    for what, inputs in {
        "no permission": {}, "no answer": {"API": "http://127.0.0.1:9"}, "no token": {"TOKEN": ""}, "no number": {"NUMBER": ""},
        "a hostile token": {"TOKEN": "a\"\nurl = \"file:///etc/passwd"}, "a hostile name": {"REPOSITORY": "a/../../user"},
    }.items():
        result = comment(forge, **inputs)
        expect(result.returncode == 0 and re.fullmatch(r"::notice title=Bayplan::[^\n]* holds what this changes\n", result.stdout),
               f"commenting, {what}: {result.returncode} {result.stdout}{result.stderr}")
        expect(not forge.comments and "Resource" not in result.stdout + result.stderr, f"commenting, {what}: more than a notice")
    forge.close()


def gitlab_report(checkout):
    """What the GitLab job reports of a merge request, as its runner's shell would."""
    _, _, jobs = (ROOT / "templates/bayplan.yml").read_text().partition("\n---\n")
    script = "\n".join(yaml.safe_load(jobs)["bayplan"]["after_script"])
    report = checkout.path / "bayplan-changes.md"
    for what, part, variables in [
        ("the report", "**1 environment is new**", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1"}),
        ("no such commit", "It cannot be told", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "--help; touch pwned"}),
        ("no merge request", None, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": ""}),
    ]:
        variables = {"BAYPLAN_MANIFEST": "deploy here/strategy.yaml", "BAYPLAN_ROOT": "."} | variables
        result = checkout.run("sh", "-c", script, **variables)
        told = report.read_text() if report.exists() else None
        expect(result.returncode == 0 and (told is None) == (part is None) and (part or "") in (told or ""), f"GitLab, {what}: {told}{result.stderr}")
        report.unlink(missing_ok=True)


RENOVATE = {
    "    pull: redis:7-alpine": ("redis", "7-alpine", None),
    "pull: 'redis:7'": ("redis", "7", None),
    '  redis: { description: Queue, pull: "docker.io/library/redis:7.2.4" }': ("docker.io/library/redis", "7.2.4", None),
    "  a: {pull: registry.example.com:5000/team/a_b:1.0-rc.1}": ("registry.example.com:5000/team/a_b", "1.0-rc.1", None),
    f"  pull: redis:7@sha256:{'0' * 64}  # why": ("redis", "7", f"sha256:{'0' * 64}"),
    "  # pull: redis:7": None,
    "  pull: redis": None,
    "  pull: true": None,
    "  pull_policy: never": None,
    "  description: to pull: redis:7": ("redis", "7", None),
    "  pull: postgres:${PG_VERSION:-16}": ("postgres", "16", None),
    "  pull: postgres:${PG_VERSION}": None,
    "  pull: ${REGISTRY:-docker.io}/postgres:16": None,
}

# Manifests' lines with a version each, and what the line is after an update to 9.9: a version that also stands elsewhere
# in the line, names that hold it, ports, digests, variables, two on one line.
UPDATES = {
    "  tool: {pull: registry.example.com:5000/team/tool:5}": "  tool: {pull: registry.example.com:5000/team/tool:9.9}",
    "  redis: { description: cache of 7 days, pull: redis:7 }": "  redis: { description: cache of 7 days, pull: redis:9.9 }",
    "  p: {pull: python3:3}": "  p: {pull: python3:9.9}",
    "  mysql8: { pull: mysql:8 }": "  mysql8: { pull: mysql:9.9 }",
    "    pull: redis:7-alpine  # redis:7-alpine is small": "    pull: redis:9.9  # redis:7-alpine is small",
    '    pull: "nginx:1.27"': '    pull: "nginx:9.9"',
    "    pull: 'ghcr.io/team/app:v1'": "    pull: 'ghcr.io/team/app:9.9'",
    "    pull: postgres:${PG_VERSION:-16}": "    pull: postgres:${PG_VERSION:-9.9}",
    '    pull: "mysql:${MYSQL8-8.0}"': '    pull: "mysql:${MYSQL8-9.9}"',
    "  a1: {pull: a1:1}": "  a1: {pull: a1:9.9}",
}


def renovate():
    managers = renovating.load(ROOT / "renovate/bayplan.json")
    for manager in managers:
        # Renovate's engine, RE2, looks neither ahead nor behind.
        expect(not any(re.search(r"\(\?<?[=!]", text) for text in manager["matchStrings"]), "a pattern looks around")
        file = re.compile(manager["managerFilePatterns"][0].strip("/"))
        expect(all(map(file.search, ("strategy.yaml", "a/bayplan.yml"))), "the preset misses the manifest")
        expect(not file.search("mystrategy.yaml") and not file.search("docker-compose.yml"), "the preset takes too much")

    def dependencies(text):
        return [(entry, manager) for manager in managers for entry in renovating.extract(text, manager)]

    for line, wanted in RENOVATE.items():
        found = [tuple(entry.get(name) for name in renovating.GROUPS) for entry, _ in dependencies("images:\n" + line + "\n")]
        expect(found == ([wanted] if wanted else []), f"the preset makes {found} of {line!r}")
    text = "".join(path.read_text() for path in sorted((ROOT / "manifests").glob("*/strategy.yaml")))
    pulled = [name for name in re.findall(r"^[^#\n]*\bpull: *(\S+:[\w.-]+)", text, re.MULTILINE)]
    expect(pulled and len(dependencies(text)) == len(pulled), f"the preset misses some of {pulled}")
    # Each update alone in its manifest, and each among all the others; then pinned to a digest.
    digest = "sha256:" + "a" * 64
    together = "images:\n" + "\n".join(UPDATES) + "\n"
    for line, wanted in UPDATES.items():
        for content in ("images:\n" + line + "\n", together):
            manager = managers["${" in line]
            places = [number for number, entry in enumerate(renovating.extract(content, manager))
                      if renovating.extract("\n" + line, manager)[0] == entry]
            landed = [renovating.update(content, manager, number, "9.9") for number in places]
            expect(content.replace(line + "\n", wanted + "\n") in landed, f"no update lands in {line!r}: {landed}")
            if "${" not in line:
                pinned = [renovating.update(content, manager, number, "9.9", digest) for number in places]
                expected = content.replace(line + "\n", wanted.replace(":9.9", f":9.9@{digest}") + "\n")
                expect(expected in pinned, f"no digest lands in {line!r}: {pinned}")


def schemas():
    workflows = [("github-workflows", str(path.relative_to(ROOT))) for path in sorted((ROOT / ".github/workflows").iterdir())]
    for schema, name in [
        ("github-actions", "action.yml"), ("renovate", "renovate/bayplan.json"), ("dependabot", ".github/dependabot.yml"), *workflows,
    ]:
        words = ["check-jsonschema", "--builtin-schema", f"vendor.{schema}", str(ROOT / name)]
        result = subprocess.run(words, capture_output=True, text=True)
        expect(result.returncode == 0, f"{name}: {result.stdout}{result.stderr}")
    # The jobs are the second document; the first states the inputs.
    _, _, jobs = (ROOT / "templates/bayplan.yml").read_text().partition("\n---\n")
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "gitlab.yml"
        job.write_text(jobs)
        words = ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(job)]
        result = subprocess.run(words, capture_output=True, text=True)
        expect(result.returncode == 0, f"templates/bayplan.yml: {result.stdout}{result.stderr}")
    inputs = yaml.safe_load((ROOT / "templates/bayplan.yml").read_text().split("\n---\n")[0])["spec"]["inputs"]
    used = set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", jobs))
    expect(used == set(inputs), f"inputs {set(inputs)}, used {used}")
    script = str(yaml.safe_load(jobs)["bayplan"]["script"])
    expect("$[[" not in script, "the GitLab job puts an input into a script")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    if has("check-jsonschema"):
        schemas()
    renovate()
    if has("git"):
        action()
        if has("pre-commit"):
            result = subprocess.run(
                ["pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], capture_output=True, text=True
            )
            expect(result.returncode == 0, f".pre-commit-hooks.yaml: {result.stdout}{result.stderr}")
            local_hook()
            subfolder()
            offered_hooks()
    print(f"hooks: {len(failures)} failures")
    return bool(failures)


sys.exit(main())
