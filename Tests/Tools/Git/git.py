#!/usr/bin/env python3
"""Holds `bayplan order --since`, `bayplan diff` and `release.sh --git-sha` to running nothing that a checkout brings, and to telling what
has changed, in every kind of checkout.

usage: git.py [NAME]...

Every way of `ways.py` is planted alone in a checkout, where plain git is shown to run it and Bayplan not to, and together
with all others in every kind of checkout. Then: what counts as changed, how revisions are named, what the user's own
configuration may say, and that nothing is left behind. `BAYPLAN` names the program; the debug build is the default.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import checkouts
import processes
import ways
from checkouts import Place

failures, passed = [], 0
API = "images\n  api      "


def expect(holds, what, detail=""):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"git: FAILED: {what}\n{detail}", file=sys.stderr, flush=True)


def both(place, what, **variables):
    """The commands work, tell the change of the second commit, run no canary, and leave nothing."""
    r = place.since(**variables)
    expect(r.returncode == 0 and r.stdout.startswith("images\n  api ") and "web" not in r.stdout, f"{what}: order --since", r.stdout + r.stderr)
    told_by_diff(place, f"{what}: diff", **variables)
    commit = place.git("rev-parse", "--short=12", "HEAD", cwd=place.checkout / "api")
    r = place.release(**variables)
    expect(r.returncode == 0 and f":{commit}\n" in r.stdout, f"{what}: release.sh", r.stdout + r.stderr)
    expect(place.ran() == [], f"{what}: nothing runs", place.ran())
    expect(place.leftovers() == [], f"{what}: nothing is left", place.leftovers())


def told_by_diff(place, what, revision="HEAD~1", part="  ~ api: it must be built anew", status=0, root=(), **variables):
    r = place.run("bayplan", "diff", "--since", revision, *root, **variables)
    expect(r.returncode == status and part in r.stdout + r.stderr and "~ web" not in r.stdout, what, r.stdout + r.stderr)


def state(folder):
    return {str(p): (p.lstat().st_mtime_ns, p.lstat().st_size) for p in folder.rglob("*")}


def each_way(parent):
    template = Place(parent)
    checkouts.plain(template)
    for way in ways.WAYS:
        place = Place(parent)
        shutil.copytree(template.checkout, place.checkout, symlinks=True)
        variables = ways.plant(way, place, place.checkout / ".git")
        checkouts.touch(place.checkout)
        for file in (place.folder / "ran").iterdir():
            file.unlink()
        both(place, f"{way.name} ({way.document})", **variables)
        if way.prove:
            done = place.run("git", *way.prove, stdin=way.stdin, **variables)
            expect(way.name in place.ran(), f"{way.name}: plain git runs it", done.stdout[-300:] + done.stderr[-500:])
        else:
            expect(bool(way.unproved), f"{way.name}: why there is no proof")
        place.remove()


def each_kind(parent):
    for kind, make in checkouts.KINDS.items():
        place = Place(parent)
        make(place)
        variables = {}
        for repository in checkouts.repositories(place):
            for way in ways.WAYS:
                # Another file of attributes than the one before would hide it.
                variables |= ways.plant(way, place, repository)
        checkouts.touch(place.checkout)
        for file in (place.folder / "ran").iterdir():
            file.unlink()
        before = [state(repository) for repository in checkouts.repositories(place)]
        commit = place.run("sh", "-c", "cd api && GIT_DIR=$(git rev-parse --absolute-git-dir) exec git rev-parse --short=12 HEAD").stdout.strip()
        r = place.since(**variables)
        expect(r.returncode == 0 and r.stdout.startswith(API) and "web" not in r.stdout, f"all ways in {kind}: order --since", r.stdout + r.stderr)
        told_by_diff(place, f"all ways in {kind}: diff", **variables)
        r = place.release(**variables)
        expect(r.returncode == 0 and f":{commit}\n" in r.stdout, f"all ways in {kind}: release.sh", commit + r.stdout + r.stderr)
        expect(place.ran() == [], f"all ways in {kind}: nothing runs", place.ran())
        expect(place.leftovers() == [], f"all ways in {kind}: nothing is left")
        expect(before == [state(repository) for repository in checkouts.repositories(place)], f"all ways in {kind}: the repository is as it was")
        place.remove()


def embedded(parent):
    """A folder that only looks like a repository is none: bare, or with its own working tree, for a manifest or an owner."""
    for bare in ("false", "true"):
        for where in ("api", "."):
            place = Place(parent)
            checkouts.plain(place)
            inner = place.folder / "inner"
            place.git("init", "-q", "-b", "main", inner, cwd=place.folder)
            shutil.copytree(place.checkout / where, inner, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
            (inner / ".gitattributes").write_text("* filter=x\n")
            place.commit("in", cwd=inner)
            canary = place.canary("embedded")
            shutil.rmtree(inner / ".git" / "hooks")
            place.write("config", f"[core]\n\trepositoryformatversion = 0\n\tbare = {bare}\n" + ("\tworktree = .\n" if bare == "false" else "")
                        + f"\tfsmonitor = {canary}\n[filter \"x\"]\n\tclean = {canary}\n", inner / ".git")
            for folder in ("refs/tags", "objects/info", "objects/pack"):
                place.write("keep", "", inner / ".git" / folder)
            shutil.copytree(inner / ".git", place.checkout / where, dirs_exist_ok=True)
            shutil.copy(inner / ".gitattributes", place.checkout / where)
            # What is ignored is no matter here.
            place.git("add", "-A", "-f")
            place.git("commit", "-qm", "request")
            shutil.rmtree(place.checkout / "tmp", ignore_errors=True)
            clone = place.folder / "clone"
            place.git("clone", "-q", place.checkout, clone, cwd=place.folder)
            place.checkout = clone
            checkouts.touch(clone)
            r = place.since()
            expect(r.returncode == 0 and (where == "." or r.stdout.startswith("images\n  api ")), f"embedded in {where}, bare = {bare}: order", r.stdout + r.stderr)
            commit = place.git("--git-dir=.git", "rev-parse", "--short=12", "HEAD")
            expect(place.ran() == [], f"embedded in {where}, bare = {bare}: order runs nothing", place.ran())
            r = place.release()
            expect(r.returncode == 0 and r.stdout.count(f":{commit}\n") == 4, f"embedded in {where}, bare = {bare}: release", r.stdout + r.stderr)
            expect(place.ran() == [], f"embedded in {where}, bare = {bare}: release runs nothing", place.ran())
            place.run("git", "status", cwd=clone / where)
            expect(place.ran() == ["embedded"] or where == "." or bare == "true", f"embedded in {where}, bare = {bare}: plain git runs it", place.ran())
            place.remove()


def submodules(parent):
    """Git asks a submodule for its state by running git there: its own configuration must have no say either."""
    place = Place(parent)
    checkouts.submodule(place)
    canary = place.canary("inner")
    place.git("config", "core.fsmonitor", canary, cwd=place.checkout / "api")
    both(place, "a submodule with a file watcher")
    place.run("git", "status")
    expect(place.ran() == ["inner"], "a submodule with a file watcher: plain git runs it")
    (place.folder / "ran" / "inner").unlink()
    # The commit that the past names is a submodule's own.
    r = place.since("HEAD")
    expect(r.stdout == "no image is affected\n", "a submodule: nothing since HEAD", r.stdout + r.stderr)
    place.write("api/new", "")
    r = place.since("HEAD")
    expect("api/new is sent" in r.stdout and "web" not in r.stdout, "a submodule: a new file", r.stdout + r.stderr)
    r = place.release()
    expect(r.returncode == 1 and "?? new" in r.stderr, "a submodule: release refuses a new file", r.stderr)
    (place.checkout / "api/new").unlink()
    # An owner around a submodule sees the changes in it.
    outer = Place(parent)
    shutil.copytree(place.checkout, outer.checkout, symlinks=True)
    outer.write("strategy.yaml", checkouts.MANIFEST.replace("api: {services", "api: {path: ., services"))
    outer.write("Dockerfile", "FROM scratch\nCOPY . /\n")
    outer.run("bayplan", "compile", "-q", "--force")
    outer.git("config", "--unset", "core.fsmonitor", cwd=outer.checkout / "api")
    outer.commit("around", cwd=outer.checkout / "api")
    outer.commit("around")
    r = outer.since("HEAD")
    expect(r.stdout == "no image is affected\n", "around a submodule: nothing", r.stdout + r.stderr)
    outer.write("api/code", "changed\n")
    r = outer.since("HEAD")
    expect("api/code is sent" in r.stdout, "around a submodule: a change in it", r.stdout + r.stderr)
    r = outer.release()
    expect(r.returncode == 1 and "api:  M code" in r.stderr, "around a submodule: release refuses a change in it", r.stderr)
    outer.git("commit", "-qam", "ahead", cwd=outer.checkout / "api")
    r = outer.since("HEAD")
    expect("api/code is sent" in r.stdout, "around a submodule: a commit in it", r.stdout + r.stderr)
    r = outer.release()
    expect(r.returncode == 1 and " M api" in r.stderr, "around a submodule: release refuses a commit in it", r.stderr)
    # A submodule whose place is a link that leads back is none.
    shutil.rmtree(outer.checkout / "api")
    (outer.checkout / "api").symlink_to(".")
    r = outer.since("HEAD")
    expect(r.returncode == 0, "a link in a submodule's place: order", r.stderr)
    r = outer.release()
    expect(r.returncode == 1 and "api" in r.stderr, "a link in a submodule's place: release", r.stderr)
    expect(outer.ran() == [] and place.ran() == [], "submodules: nothing runs")
    for p in (place, outer):
        p.remove()


def siblings(parent):
    """Checkouts side by side under a wider root: the revision is each one's own."""
    place = Place(parent)
    place.checkout.mkdir()
    place.checkout = place.checkout / "deploy"
    for name in ("deploy", "api", "web"):
        folder = place.checkout.parent / name
        folder.mkdir()
        place.git("init", "-q", "-b", "main", cwd=folder)
        place.git("config", "core.fsmonitor", place.canary(name), cwd=folder)
    checkouts.fill(place, place.checkout.parent)
    place.write("strategy.yaml", checkouts.MANIFEST.replace("api: {services", "api: {path: ../api, services").replace("web: {services", "web: {path: ../web, services"))
    r = place.run("bayplan", "compile", "-q", "--root", "..")
    expect(r.returncode == 0, "side by side: compile", r.stderr)
    for name in ("deploy", "api", "web"):
        place.commit("one", cwd=place.checkout.parent / name)
    place.write("code", "two\n", place.checkout.parent / "api")
    for name in ("deploy", "api", "web"):
        place.git("commit", "-qam", "two", "--allow-empty", cwd=place.checkout.parent / name)
    for file in (place.folder / "ran").iterdir():
        file.unlink()
    r = place.run("bayplan", "order", "--root", "..", "--since", "HEAD~1")
    expect(r.stdout.startswith("images\n  api ") and "web" not in r.stdout, "side by side: order", r.stdout + r.stderr)
    wider = ("--root", "..")
    told_by_diff(place, "side by side: diff", root=wider)
    place.git("tag", "mine")
    told_by_diff(place, "side by side: a revision that the others lack", "mine", "not compared: there is no revision `mine`", root=wider)
    r = place.run("bayplan", "order", "--root", "..", "--since", "mine")
    expect(r.returncode == 0 and "not compared: there is no revision `mine`" in r.stderr and "no image is affected" in r.stdout,
           "side by side: order, a revision that the others lack", r.stdout + r.stderr)
    r = place.release()
    expect(r.returncode == 0, "side by side: release", r.stderr)
    expect(place.ran() == [], "side by side: nothing runs", place.ran())
    place.write("new", "", place.checkout.parent / "web")
    r = place.release()
    expect(r.returncode == 1 and "the checkout of web has changes" in r.stderr and "?? new" in r.stderr, "side by side: a change", r.stderr)
    shutil.rmtree(place.checkout.parent / "web" / ".git")
    r = place.release()
    expect(r.returncode == 1 and "does not lie in a git checkout" in r.stderr, "side by side: no checkout", r.stderr)
    r = place.run("bayplan", "order", "--root", "..", "--since", "HEAD~1")
    expect(r.returncode == 2 and "does not lie in a git checkout" in r.stderr, "side by side: no checkout, order", r.stderr)
    told_by_diff(place, "side by side: no checkout, diff", part="not compared: ", root=wider)
    place.remove()


def compared(parent):
    """What `diff` compares with, and what it says where there is nothing to compare with."""
    def tells(what, part, *words, status=0):
        r = place.run("bayplan", "diff", *words)
        expect(r.returncode == status and part in r.stdout + r.stderr, f"diff: {what}", r.stdout + r.stderr)

    place = Place(parent)
    checkouts.plain(place)
    tells("nothing is another", "nothing changes\n", "--exit-code")
    place.write("strategy.yaml", checkouts.MANIFEST.replace("web: {services: {web: }}", "web: {services: {web: {restart: always}}}"))
    tells("what is not committed", "~ web: is recreated: restart")
    tells("a status for it", "is recreated", "--exit-code", status=1)
    place.git("checkout", "-q", "-b", "branch")
    place.commit("branch")
    tells("what is committed", "nothing changes\n")
    place.write("strategy.yaml", "version: 1\nimages: []\n")
    tells("a manifest with errors holds up no commit", "strategy.yaml: not compared: it has errors", "--all", "--format", "summary")
    place.git("checkout", "-q", "strategy.yaml")
    place.write("web/.env", "PORT=8081\n")
    tells("values of variables", "not compared: what `web/.env`, which changed, makes of the variables of web\n")
    (place.checkout / "web" / ".env").unlink()
    r = place.run("bayplan", "diff", "--environment", "none")
    expect(r.returncode == 2 and r.stderr.count("`live`") == 1, "diff: an environment that is there twice is named once", r.stderr)
    place.write(".github/workflows/bayplan.yml", "on: push\njobs: {}\n")
    r = place.run("bayplan", "validate", "--skip-others", "--", "strategy.yaml", ".github/workflows/bayplan.yml")
    expect(r.returncode == 0, "validate: a workflow that is called after it is no manifest", r.stderr)
    (place.checkout / ".github/workflows/bayplan.yml").unlink()
    tells("what a branch changes", "~ web: is recreated: restart", "--since", "main")
    place.git("checkout", "-q", "main")
    place.write("strategy.yaml", checkouts.MANIFEST.replace("api: {services: {api: }}", "api: {services: {api: {tty: true}}}"))
    place.commit("main goes on")
    place.git("checkout", "-q", "branch")
    r = place.run("bayplan", "diff", "--since", "main")
    expect("~ web" in r.stdout and "~ api" not in r.stdout, "diff: main's own changes are none of the branch", r.stdout + r.stderr)
    place.git("mv", "strategy.yaml", "bayplan.yaml")
    tells("a manifest under another name", "nothing changes\n")
    shutil.copy(place.checkout / "bayplan.yaml", place.checkout / "other.yaml")
    tells("a manifest that is new", "holds no other.yaml, so that all of it is new", "--manifest", "other.yaml")
    tells("a manifest that is new: its containers", "+ web: is created", "--manifest", "other.yaml")
    tells("the sum alone", "nothing changes\n", "--format", "summary")
    place.write("deploy here/strategy.yaml", checkouts.MANIFEST)
    place.git("add", "-A")
    told = "bayplan.yaml: nothing changes\ndeploy here/strategy.yaml: "
    tells("the sum of each manifest", told, "--format", "summary", "--all")
    place.git("rm", "-rqf", "--cached", "deploy here")
    shutil.rmtree(place.checkout / "deploy here")
    tells("--all with another format", "it goes with --format summary", "--all", status=2)
    tells("no such revision", "there is no revision `nowhere` in the checkout", "--since", "nowhere", status=2)
    tells("no such revision: the branches", "; its branches: ", "--since", "nowhere", status=2)
    tells("an option in a revision's place", "is no revision of git", "--since=--help", status=2)
    place.write("bayplan.yaml", "version: 1\n")
    place.commit("broken")
    place.write("bayplan.yaml", checkouts.MANIFEST)
    tells("a past with errors", "nothing is compared: the manifest of `HEAD` has the errors above", status=2)
    tells("a past with errors holds up no hook", "bayplan.yaml: not compared: nothing is compared", "--format", "summary", "--all")
    tells("a past with errors, where they are", "HEAD:bayplan.yaml:1:1", status=2)
    shutil.rmtree(place.checkout / ".git")
    tells("no checkout", "does not lie in a git checkout; `bayplan diff FILE` compares with another manifest", status=2)
    place.git("init", "-q", "-b", "main")
    tells("no commit", "there is no revision `HEAD`", status=2)
    place.git("add", "-A")
    tells("no commit holds up no hook", "bayplan.yaml: not compared: there is no revision `HEAD`", "--format", "summary", "--all")
    expect(place.leftovers() == [], "diff: nothing is left", place.leftovers())
    place.remove()
    # A clone without the commits between has nothing to count from, and says so.
    place = Place(parent)
    checkouts.plain(place)
    source, place.checkout = place.checkout, place.folder / "shallow"
    place.git("clone", "-q", "--no-local", "--depth=1", "--no-single-branch", f"file://{source}", place.checkout, cwd=place.folder)
    tells("a shallow clone", "`git fetch --unshallow`", "--since", "origin/other", status=2)
    place.remove()


def changes(parent):
    """What counts as changed."""
    def tells(place, what, part, revision="HEAD"):
        r = place.since(revision)
        expect(r.returncode == 0 and part in r.stdout, f"changes: {what}", r.stdout + r.stderr)

    nothing = "no image is affected"
    place = Place(parent)
    checkouts.plain(place)
    checkouts.touch(place.checkout)
    tells(place, "times are none", nothing)
    place.write("api/code", "more\n")
    tells(place, "a file", "api/code is sent")
    expect(place.release().returncode == 1, "changes: release refuses a change")
    place.git("add", "-A")
    tells(place, "a staged file", "api/code is sent")
    place.git("reset", "-q", "--hard")
    place.write(".gitignore", "*.log\n")
    place.commit("ignore")
    place.write("api/x.log", "")
    tells(place, "an ignored file", nothing)
    place.write("api/local", "")
    (place.checkout / ".git/info/exclude").write_text("local\n")
    tells(place, "what info/exclude ignores", nothing)
    place.write("api/mine", "")
    tells(place, "a new file", "api/mine is sent")
    (place.folder / "home/.gitconfig").write_text("[core]\n\texcludesFile = ~/ignored\n")
    (place.folder / "home/ignored").write_text("mine\n")
    tells(place, "what the user's configuration ignores", nothing)
    expect(place.release().returncode == 0, "changes: release ignores the same")
    (place.folder / "home/.gitconfig").unlink()
    place.write(".config/git/ignore", "mine\n", place.folder / "home")
    # The system's configuration may name another file.
    is_seen = "mine" in place.git("status", "--porcelain")
    tells(place, "what the user's own file ignores", "api/mine is sent" if is_seen else nothing)
    expect((place.release().returncode == 0) != is_seen, "changes: release ignores the same by the file")
    (place.checkout / "api/mine").unlink()
    place.git("config", "core.fileMode", "false")
    (place.checkout / "api/code").chmod(0o755)
    tells(place, "a mode where modes are not kept", nothing)
    expect(place.release().returncode == 0, "changes: release, where modes are not kept")
    place.git("config", "core.fileMode", "true")
    tells(place, "a mode", "api/code is sent")
    place.remove()

    # Filters as Git LFS has them: what git has seen is as it was; what was written since counts as changed.
    place = Place(parent)
    checkouts.plain(place)
    canary = place.canary("lfs")
    place.git("config", "filter.x.clean", "sed s/whole/pointer/")
    place.git("config", "filter.x.smudge", "sed s/pointer/whole/")
    place.write("api/data", "whole\n")
    # What is as young as the index is looked into by every git.
    os.utime(place.checkout / "api/data", (1e9, 1e9))
    place.commit("data")
    expect(place.git("cat-file", "blob", "HEAD:api/data") == "pointer", "filters: the repository holds a pointer")
    place.git("config", "filter.x.clean", canary)
    place.git("config", "filter.x.smudge", canary)
    tells(place, "a filtered file that nobody wrote", nothing)
    expect(place.release().returncode == 0, "filters: release of what nobody wrote")
    os.utime(place.checkout / "api/data", (2e9, 2e9))
    tells(place, "a filtered file that was written", "api/data is sent")
    r = place.release()
    expect(r.returncode == 1 and " M api/data" in r.stderr, "filters: release refuses what only a filter would find equal", r.stderr)
    expect(place.ran() == [], "filters: nothing runs", place.ran())
    place.remove()

    # Repositories that keep their files in other ways.
    for what, prepare in {
        "a split index": [("update-index", "--split-index")], "packed references": [("pack-refs", "--all"), ("repack", "-adq")],
        "an untracked cache": [("update-index", "--untracked-cache"), ("status",)], "an index of version 4": [("update-index", "--index-version", "4")],
        "a sparse checkout": [("sparse-checkout", "set", "--no-cone", "/*", "!/IMAGES.md")],
        "a sparse index": [("sparse-checkout", "set", "--cone", "--sparse-index", "api", "scripts", "web")],
        "a replaced commit": [("replace", "HEAD", "HEAD~1")], "a detached HEAD": [("checkout", "-q", "--detach")],
    }.items():
        place = Place(parent)
        checkouts.plain(place)
        if what == "a sparse index":
            place.write("docs/text", "")
            place.commit("docs")
        for words in prepare:
            place.git(*words)
        tells(place, f"with {what}", nothing)
        revision = "HEAD~2" if what == "a sparse index" else "other"
        tells(place, f"with {what}: since another", "api/code is sent", revision)
        r = place.release()
        expect(r.returncode == 0, f"changes: release with {what}", r.stderr)
        place.remove()
    place = Place(parent)
    checkouts.plain(place)
    for name, options in {"shared": ["--shared"], "shallow": ["--no-local", "--depth=2"]}.items():
        source = place.checkout
        place.checkout = place.folder / name
        place.git("clone", "-q", *options, f"file://{source}" if name == "shallow" else source, place.checkout, cwd=place.folder)
        both(place, f"a {name} clone")
        place.checkout = source
    place.remove()
    # What a partial clone lacks is not fetched: a tree, which is needed, is told.
    place = Place(parent)
    checkouts.plain(place)
    place.git("config", "uploadpack.allowFilter", "true")
    place.git("clone", "-q", "--no-local", "--no-checkout", "--filter=tree:0", f"file://{place.checkout}", place.folder / "partial", cwd=place.folder)
    place.checkout = place.folder / "partial"
    place.git("checkout", "-q", "main")
    objects = len(list((place.checkout / ".git/objects").rglob("*")))
    r = place.since()
    expect(r.returncode == 2 and "partial clone" in r.stderr, "changes: a tree that lacks", r.stdout + r.stderr)
    expect(objects == len(list((place.checkout / ".git/objects").rglob("*"))), "changes: nothing is fetched")
    place.remove()


def revisions(parent):
    place = Place(parent)
    checkouts.plain(place)
    source = place.checkout
    place.git("tag", "v1", "HEAD~1")
    place.git("tag", "-a", "-m", "t", "v1-annotated", "HEAD~1")
    place.checkout = place.folder / "clone"
    place.git("clone", "-q", source, place.checkout, cwd=place.folder)
    place.git("checkout", "-q", "-b", "topic", "--track", "origin/other")
    place.git("fetch", "-q", "origin", "other")
    place.git("symbolic-ref", "refs/heads/alias", "refs/remotes/origin/other")
    place.git("update-ref", "ORIG_HEAD", "origin/other")
    place.git("checkout", "-q", "main")
    short = place.git("rev-parse", "--short", "HEAD~1")
    for revision in ("v1", "v1-annotated", "HEAD~1", "HEAD^", "@~", short, "origin/other", "topic", "alias", "@{-1}", "topic@{upstream}", "FETCH_HEAD", "ORIG_HEAD",
                     ":/one", "HEAD^{/one}", "refs/tags/v1", "main@{0}~1"):
        r = place.since(revision)
        expect(r.returncode == 0 and "api/code is sent" in r.stdout, f"revisions: {revision}", r.stdout + r.stderr)
    for revision in ("none", "HEAD:api", "HEAD~9", "-1", "--all", "", "HEAD\n", "HEAD..main"):
        r = place.run("bayplan", "order", f"--since={revision}")
        expect(r.returncode == 2, f"revisions: {revision!r} is none", r.stdout + r.stderr)
    # A linked worktree has its own HEAD.
    place.git("worktree", "add", "-q", "--detach", place.folder / "linked", "origin/other")
    place.checkout = place.folder / "linked"
    r = place.since("HEAD")
    expect(r.stdout == "no image is affected\n", "revisions: HEAD of a linked worktree", r.stdout + r.stderr)
    commit = place.git("rev-parse", "--short=12", "origin/other")
    expect(f":{commit}\n" in place.release().stdout, "revisions: a linked worktree's commit is released")
    place.remove()


def interrupted(parent):
    """A signal ends git, and the folder that it was lent goes."""
    for shell in ("program", "script"):
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            place = Place(parent)
            checkouts.plain(place)
            real = shutil.which("git")
            place.write("bin/git", f"#!/bin/sh\ncase \" $* \" in\n*' status '*) echo $$ >'{place.folder}/ran/git'; exec sleep 300 ;;\nesac\nexec '{real}' \"$@\"\n", place.folder)
            (place.folder / "bin" / "git").chmod(0o755)
            words = ["bayplan", "order", "--since", "HEAD~1"] if shell == "program" else ["sh", "scripts/release.sh", "--version", "1", "--git-sha", "--dry-run"]
            words[0] = shutil.which(words[0], path=place.environment["PATH"])
            process = processes.start(words, cwd=place.checkout, env=place.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            note = place.folder / "ran" / "git"
            processes.until(lambda: processes.read(note).endswith("\n") or process.poll() is not None)
            there = place.leftovers()
            # A shell waits for what it runs: the whole group is told, as by a terminal.
            os.kill(process.pid, sign) if shell == "program" else os.killpg(process.pid, sign)
            status = process.wait(timeout=processes.PATIENCE)
            expect(len(there) == 1 and place.leftovers() == [], f"interrupted: {sign.name} to the {shell} leaves nothing", (there, place.leftovers()))
            expect(status == -sign or shell == "script" and status in (128 + sign, 1), f"interrupted: {sign.name} ends the {shell}", status)
            child = processes.read(note).strip()
            expect(child and processes.until(lambda: not processes.alive(child)), f"interrupted: {sign.name} to the {shell} ends git")
            place.remove()


def counted(parent):
    """Git is asked once for what does not change while a command runs: each call costs as much as checking a manifest."""
    place = Place(parent)
    checkouts.plain(place)
    place.write("strategy.yaml", checkouts.MANIFEST.replace("web: {services: {web: }}", "web: {services: {web: {restart: always}}}"))
    note = place.folder / "ran" / "git"
    real = shutil.which("git")
    place.write("bin/git", f"#!/bin/sh\nprintf '%s\\n' \"$4\" >>'{note}'\nexec '{real}' \"$@\"\n", place.folder)
    (place.folder / "bin" / "git").chmod(0o755)
    # Its configuration twice (the repository's, the user's), the revision, submodules, the manifest twice, changes once since
    # HEAD and twice since another revision.
    once = ["config", "config", "rev-parse", "ls-files", "ls-tree", "cat-file", "status"]
    for words, asked in ((["diff"], once), (["order", "--since", "HEAD"], once), (["order", "--since", "main"], [*once, "diff-index"])):
        note.unlink(missing_ok=True)
        r = place.run("bayplan", *words)
        calls = note.read_text().split("\n")[:-1]
        expect(r.returncode == 0 and sorted(calls) == sorted(asked), f"counted: {words} asks git {len(asked)} times", (calls, r.stderr))
    place.remove()


def main(names):
    tests = {f.__name__: f for f in (each_way, each_kind, embedded, submodules, siblings, compared, changes, revisions, counted, interrupted)}
    with tempfile.TemporaryDirectory(prefix="git-") as parent:
        for name in names or tests:
            tests[name](parent)
            print(f"git: {name}: done", flush=True)
    print(f"git: {passed} passed, {len(failures)} failed, with {subprocess.run(['git', '--version'], capture_output=True, text=True).stdout.strip()}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
