"""Scratch checkouts of every kind, each with a workspace in it, whose second commit changes what image `api` is built from."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
MANIFEST = """version: 1
images:
  api: {owner: api, build: .}
  web: {owner: web, build: .}
projects: {api: {services: {api: }}, web: {services: {web: }}}
environments: {live: {registry: r.example, tag: "1"}}
"""


class Place:
    """A folder with a home of its own, in which programs are run; canaries leave files in `ran`."""

    def __init__(self, parent):
        self.folder = Path(tempfile.mkdtemp(dir=parent)).resolve()
        for name in ("bin", "home", "ran", "tmp"):
            (self.folder / name).mkdir()
        (self.folder / "bin" / "bayplan").symlink_to(BAYPLAN)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "XDG_"))} | {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"),
            "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
            # What is not built is refused where an engine answers; these releases are about git.
            "DOCKER_HOST": "tcp://127.0.0.1:1"}
        self.checkout = self.folder / "repository"

    def run(self, *words, cwd=None, stdin="", **variables):
        return processes.run(words, cwd=cwd or self.checkout, env=self.environment | variables, input=stdin, errors="surrogateescape")

    def git(self, *words, cwd=None):
        done = self.run("git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "protocol.file.allow=always", *words, cwd=cwd)
        if done.returncode != 0:
            raise RuntimeError(f"git {' '.join(map(str, words))}: {done.stderr}")
        return done.stdout.strip()

    def commit(self, message="change", cwd=None):
        self.git("add", "-A", cwd=cwd)
        self.git("commit", "-qm", message, cwd=cwd)

    def write(self, name, text, folder=None):
        path = (folder or self.checkout) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def canary(self, name):
        """A program that leaves a file; as a filter it repeats its input, and anything else fails."""
        path = self.folder / "bin" / f"canary-{name}"
        is_filter = any(part in name for part in ("filter", "included", "attributes"))
        path.write_text(f"#!/bin/sh\ntouch '{self.folder}/ran/{name}'\n{'exec cat' if is_filter else 'exit 1'}\n")
        path.chmod(0o755)
        return str(path)

    def ran(self):
        return sorted(p.name for p in (self.folder / "ran").iterdir())

    def since(self, revision="HEAD~1", **variables):
        return self.run("bayplan", "order", "--since", revision, **variables)

    def release(self, **variables):
        return self.run("scripts/release.sh", "--version", "1", "--git-sha", "--dry-run", **variables)

    def leftovers(self):
        return sorted(p.name for p in (self.folder / "tmp").iterdir())

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def fill(place, folder, owners=("api", "web")):
    for owner in owners:
        place.write("Dockerfile", "FROM scratch\nCOPY . /\n", folder / owner)
        place.write("code", "one\n", folder / owner)
        place.write(".gitattributes", "* filter=x diff=x merge=x\n", folder / owner)


def workspace(place, folder):
    place.write("strategy.yaml", MANIFEST, folder)
    done = place.run("bayplan", "compile", "-q", cwd=folder)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)


def touch(folder):
    """Makes git look at contents: nothing is as old as the index says."""
    for path in [p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts]:
        os.utime(path, (1e9, 1e9))


def plain(place, *options):
    place.checkout.mkdir()
    place.git("init", "-q", "-b", "main", *options)
    fill(place, place.checkout)
    workspace(place, place.checkout)
    place.commit("one")
    place.write("api/code", "two\n")
    place.commit("two")
    place.git("checkout", "-q", "-b", "other", "HEAD~1")
    place.write("api/code", "three\n")
    place.commit("three")
    place.git("checkout", "-q", "main")


def sha256(place):
    plain(place, "--object-format=sha256")


def linked(place):
    plain(place)
    main = place.checkout
    place.git("worktree", "add", "-q", "-b", "side", place.folder / "linked")
    place.checkout = place.folder / "linked"
    return [main / ".git"]


def submodule(place):
    """The owner `api` is a submodule; both commits are in each repository."""
    module = place.folder / "module"
    module.mkdir()
    place.git("init", "-q", "-b", "main", cwd=module)
    fill(place, place.folder, ["module"])
    place.commit("one", cwd=module)
    place.checkout.mkdir()
    place.git("init", "-q", "-b", "main")
    fill(place, place.checkout, ["web"])
    place.git("submodule", "--quiet", "add", module, "api")
    workspace(place, place.checkout)
    place.commit("one")
    place.write("code", "two\n", place.checkout / "api")
    place.commit("two", cwd=place.checkout / "api")
    place.commit("two")


def partial(place):
    """A clone that lacks the file that the first commit has: git would fetch it."""
    plain(place)
    source = place.checkout
    place.git("config", "uploadpack.allowFilter", "true")
    place.checkout = place.folder / "partial"
    place.git("clone", "-q", "--no-local", "--filter=blob:none", f"file://{source}", place.checkout, cwd=place.folder)


KINDS = {"a checkout": plain, "a linked worktree": linked, "a submodule": submodule, "SHA-256": sha256, "a partial clone": partial}


def repositories(place):
    """The folders that hold the configurations of a checkout."""
    found = [place.git("rev-parse", "--path-format=absolute", "--git-common-dir")]
    if (place.checkout / "api" / ".git").exists():
        found.append(place.git("rev-parse", "--path-format=absolute", "--git-common-dir", cwd=place.checkout / "api"))
    return [Path(f) for f in found]
