#!/usr/bin/env python3
"""What is released is what the commit says, on a real engine and registry, from what Bayplan emits: stale images, images of
another workspace, and releases that are repeated for one and for two platforms.

usage: releasing.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names, ENGINE_BUSYBOX and ENGINE_REGISTRY. Without them it is skipped aloud, or fails if
CI=true. It uses names of its own, and removes what it made.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
M = f"bpr{os.getpid()}"

def docker(*words):
    return processes.run(["docker", *words])


class Workspace:
    def __init__(self, parent, name):
        self.root = Path(tempfile.mkdtemp(prefix=f"{name} ", dir=parent)).resolve()
        (self.root / "bin").mkdir()
        shutil.copy(BAYPLAN, self.root / "bin/bayplan")
        (self.root / "strategy.yaml").write_text(f"""version: 1
name: {M}-{name}
naming: {{image: ".*", project: ".*"}}
images:
  {M}-base: {{owner: {M}-p, build: ./base}}
  {M}-app: {{owner: {M}-p, build: ./app, needs: [{M}-base]}}
projects:
  {M}-p: {{path: p, services: {{app: {{image: {M}-app}}, base: {{image: {M}-base}}}}}}
environments:
  live: {{registry: "{os.environ['ENGINE_REGISTRY']}/{M}", tag: "1.0"}}
""")
        for folder, text in (("base", "FROM scratch\nCOPY text /base\n"), ("app", f"FROM {M}-base\nCOPY text /app\n")):
            (self.root / "p" / folder).mkdir(parents=True)
            (self.root / "p" / folder / "Dockerfile").write_text(text)
            (self.root / "p" / folder / "text").write_text(f"{name} one\n")
        (self.root / ".gitignore").write_text("/bin\n")
        self.run("bayplan", "compile", "-q")
        self.git("init", "-q")
        self.commit()

    def run(self, *words):
        return processes.run(words, cwd=self.root, env={**os.environ, "PATH": f"{self.root}/bin:{os.environ['PATH']}"})

    def script(self, name, *words):
        return self.run("sh", self.root / "scripts" / name, *words)

    def git(self, *words):
        return subprocess.run(["git", "-C", self.root, "-c", "user.name=Test", "-c", "user.email=test@example.com", *words],
                              capture_output=True, text=True, check=True).stdout.strip()

    def commit(self):
        self.git("add", ".")
        self.git("commit", "-qm", "all")
        return self.git("rev-parse", "--short=12", "HEAD")


def remote(image, tag):
    reference = f"{os.environ['ENGINE_REGISTRY']}/{M}/{M}-{image}:{tag}"
    r = docker("buildx", "imagetools", "inspect", reference)
    return next((line.split()[1] for line in r.stdout.splitlines() if line.startswith("Digest:")), None)


def stale(w):
    w.script("build.sh")
    (w.root / "p/app/text").write_text("two\n")
    commit = w.commit()
    r = w.script("release.sh", "--version", "1.1", "--git-sha")
    check("an image from before the commit is refused", r.returncode == 1 and f"{M}-app:latest is not what its inputs make now" in r.stderr
          and f"scripts/build.sh {M}-app\n" in r.stderr and remote("base", "1.1") is None, r.stderr)
    r = w.script("build.sh", "--changed")
    check("the command builds it", r.stdout.split() == [f"{M}-app:latest"], r.stdout + r.stderr)
    r = w.script("release.sh", "--version", "1.1", "--git-sha")
    local = docker("image", "inspect", "--format", "{{.ID}}", f"{M}-app:latest").stdout.strip()
    check("what the commit says is released under it", r.returncode == 0 and remote("app", commit) == remote("app", "1.1") == local, r.stderr)
    check("the digests are the registry's", all(remote(i, "1.1") in r.stdout for i in ("base", "app")), r.stdout)
    r = w.script("release.sh", "--version", "1.1", "--git-sha")
    check("an identical repeat succeeds", r.returncode == 0 and "the same" in r.stderr, r.stderr)
    (w.root / "p/base/text").write_text("two\n")
    w.script("build.sh", f"{M}-base")
    r = w.script("release.sh", "--version", "1.2", f"{M}-app")
    check("an image on an older base is refused", r.returncode == 1 and f"{M}-app:latest is not what" in r.stderr, r.stderr)
    r = w.script("release.sh", "--version", "1.2", "--allow-stale", f"{M}-app")
    check("--allow-stale insists", r.returncode == 0 and remote("app", "1.2") == local, r.stderr)


def checkouts(parent):
    """An image whose base comes from another checkout, which has changes that are not committed."""
    top = Path(tempfile.mkdtemp(prefix="checkouts ", dir=parent)).resolve()
    (top / "bin").mkdir()
    shutil.copy(BAYPLAN, top / "bin/bayplan")
    for folder, text in (("data/low", "FROM scratch\nCOPY text /low\n"), ("shop/high", f"FROM {M}-low\nCOPY text /high\n")):
        (top / folder).mkdir(parents=True)
        (top / folder / "Dockerfile").write_text(text)
        (top / folder / "text").write_text("one\n")
    (top / "ops").mkdir()
    (top / "ops/strategy.yaml").write_text(f"""version: 1
name: {M}-checkouts
naming: {{image: ".*", project: ".*"}}
images:
  {M}-low: {{owner: {M}-d, build: ./low}}
  {M}-high: {{owner: {M}-s, build: ./high, needs: [{M}-low]}}
projects:
  {M}-d: {{path: ../data, services: {{low: {{image: {M}-low}}}}}}
  {M}-s: {{path: ../shop, services: {{high: {{image: {M}-high}}}}}}
environments:
  live: {{registry: "{os.environ['ENGINE_REGISTRY']}/{M}", tag: "1.0"}}
""")
    environment = {**os.environ, "PATH": f"{top}/bin:{os.environ['PATH']}"}

    def run(*words):
        return processes.run(words, cwd=top / "ops", env=environment)

    r = run("bayplan", "compile", "-q", "--root", "..")
    check("checkouts side by side: it compiles", r.returncode == 0, r.stderr)
    for name in ("data", "shop", "ops"):
        for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
            subprocess.run(["git", "-C", top / name, "-c", "user.name=Test", "-c", "user.email=test@example.com", *words], check=True)
    run("sh", "scripts/build.sh")
    r = run("sh", "scripts/release.sh", "--version", "1.0", "--git-sha", f"{M}-high")
    check("checkouts side by side: what is committed is released", r.returncode == 0 and remote("high", "1.0"), r.stderr)
    (top / "data/low/text").write_text("not committed\n")
    run("sh", "scripts/build.sh")
    r = run("sh", "scripts/release.sh", "--version", "1.1", "--git-sha", f"{M}-high")
    check("checkouts side by side: the base's changes that are not committed are refused, too", r.returncode == 1
          and f"the checkout of {M}-d has changes that are not committed" in r.stderr and remote("high", "1.1") is None, r.stderr)
    r = run("sh", "scripts/release.sh", "--version", "1.1", f"{M}-high")
    check("checkouts side by side: without a commit's tag that is no matter", r.returncode == 0 and remote("high", "1.1"), r.stderr)


def platforms(w):
    words = ["release.sh", "--version", "2.0", "--platform", "linux/amd64,linux/arm64", "--builder", "default"]
    r = w.script(*words, f"{M}-base")
    check("one image for two platforms, as by an interrupted release", r.returncode == 0, r.stderr)
    base = remote("base", "2.0")
    r = w.script(*words)
    check("the rest", r.returncode == 0 and "base:2.0 is in its registry already, and the same" in r.stderr and remote("base", "2.0") == base
          and remote("app", "2.0") is not None, r.stderr)
    r = w.script(*words)
    check("an identical repeat for two platforms succeeds, and prints the digests", r.returncode == 0
          and remote("app", "2.0") in r.stdout and base in r.stdout, r.stdout + r.stderr)
    (w.root / "p/base/text").write_text("three\n")
    r = w.script(*words)
    check("another one is refused", r.returncode == 1 and "is in its registry already, as another image\n" in r.stderr and remote("base", "2.0") == base, r.stderr)


def strangers(w, other):
    before = docker("image", "inspect", "--format", "{{.ID}}", f"{M}-app:latest").stdout
    for script, words in (("build.sh", []), ("verify.sh", []), ("release.sh", ["--version", "3.0"]), ("refresh.sh", [f"{M}-app"])):
        r = other.script(script, *words)
        check(f"{script} refuses another workspace's image", r.returncode == 1 and f"is an image of the workspace {M}-first" in r.stderr + r.stdout, r.stdout + r.stderr)
    check("which is as it was", docker("image", "inspect", "--format", "{{.ID}}", f"{M}-app:latest").stdout == before and remote("app", "3.0") is None)
    found = json.loads(other.script("verify.sh", "--json").stdout)
    check("verify --json tells whose they are", {i["workspace"] for i in found["images"]} == {f"{M}-first"}, found)
    r = other.script("build.sh", "--take-over")
    check("build.sh --take-over", r.returncode == 0 and other.script("verify.sh", "--quiet").returncode == 0
          and w.script("verify.sh", "--quiet").returncode == 1, r.stderr)


def main():
    if docker("version").returncode != 0 or "ENGINE_REGISTRY" not in os.environ:
        print("SKIPPED: there is no engine with a registry", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan-releasing-") as parent:
        w, other = Workspace(parent, "first"), Workspace(parent, "second")
        try:
            stale(w)
            checkouts(parent)
            platforms(w)
            strangers(w, other)
        finally:
            out = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout
            docker("image", "rm", "--force", *[line for line in out.splitlines() if M in line and "<none>" not in line])
            for name in ("first", "second", "checkouts"):
                docker("image", "rm", "--force", *docker("image", "ls", "--quiet", "--filter", f"label=io.bayplan.workspace={M}-{name}").stdout.split())
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
