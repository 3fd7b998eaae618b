"""The ways by which git runs what its configuration, attributes, hooks or environment name.

From git's own documentation: `git help config`, gitattributes(5), githooks(5), git(1) "Environment Variables". Each is
planted as the checkout's own; `prove` are words of git that make it run, so that a canary that never could is no proof.
Where a proof would need a network, a terminal or another version of git, the reason stands there instead.
"""

import os
from dataclasses import dataclass, field


@dataclass
class Way:
    name: str
    document: str
    settings: dict = field(default_factory=dict)
    variables: dict = field(default_factory=dict)
    # What else is planted: a function of the place, the repository's folder and the canary.
    plant: object = None
    prove: tuple = ()
    stdin: str = ""
    unproved: str = ""


def hook(name):
    def plant(place, repository, canary):
        path = repository / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{canary} </dev/null\nexit 0\n")
        path.chmod(0o755)
    return plant


def included(key):
    def plant(place, repository, canary):
        (repository / "more").write_text(f'[filter "x"]\n\tclean = {canary}\n')
        place.git("config", "--file", repository / "config", key, "more")
    return plant


def own_attributes(place, repository, canary):
    (repository / "info").mkdir(exist_ok=True)
    (repository / "info" / "attributes").write_text("* filter=y\n")


def attributes_file(place, repository, canary):
    (repository / "attributes").write_text("strategy.yaml filter=z\n")
    place.git("config", "--file", repository / "config", "core.attributesFile", repository / "attributes")


def worktree_config(place, repository, canary):
    place.git("config", "--file", repository / "config", "extensions.worktreeConfig", "true")
    for folder in [repository, *repository.glob("worktrees/*")]:
        (folder / "config.worktree").write_text(f"[core]\n\tfsmonitor = {canary}\n")


def lacking(url):
    """A promised object that lacks, and a remote that runs the canary."""
    def plant(place, repository, canary):
        for key, value in {"core.repositoryformatversion": "1", "extensions.partialClone": "lost", "remote.lost.promisor": "true",
                           "remote.lost.url": url(canary), "protocol.ext.allow": "always"}.items():
            place.git("config", "--file", repository / "config", key, value)
    return plant


ABSENT = "1" * 40
SIGNED = "tree {}\nauthor a <a@example.com> 0 +0000\ncommitter a <a@example.com> 0 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\nsigned\n"


def signed(place, repository, canary):
    if len(place.git("rev-parse", "HEAD")) == 40:
        name = place.run("git", "hash-object", "-t", "commit", "-w", "--stdin", stdin=SIGNED.format(place.git("rev-parse", "HEAD^{tree}"))).stdout.strip()
        place.git("update-ref", "refs/tags/signed", name)


def alternate(place, repository, canary):
    if not (place.folder / "alternate").exists():
        place.git("clone", "-q", "--bare", place.checkout, place.folder / "alternate")
    with open(repository / "objects" / "info" / "alternates", "a") as file:
        file.write(f"{place.folder}/alternate/objects\n")


WAYS = [
    Way("filter.clean", "gitattributes: filter", {"filter.x.clean": "{}"}, prove=("diff",)),
    Way("filter.process", "gitattributes: filter", {"filter.x.process": "{}", "filter.x.required": "true"}, prove=("diff",)),
    Way("filter.smudge", "gitattributes: filter", {"filter.x.smudge": "{}"}, prove=("checkout-index", "-f", "-a")),
    Way("included", "config: include.path", plant=included("include.path"), prove=("diff",)),
    Way("included-if", "config: includeIf", plant=included("includeIf.gitdir:/.path"), prove=("diff",)),
    Way("own-attributes", "gitattributes: $GIT_DIR/info/attributes", {"filter.y.clean": "{}"}, plant=own_attributes, prove=("diff",)),
    Way("attributes-file", "config: core.attributesFile", {"filter.z.clean": "{}"}, plant=attributes_file, prove=("diff",)),
    Way("worktree-config", "git-worktree: config.worktree", plant=worktree_config, prove=("status",)),
    Way("fsmonitor", "config: core.fsmonitor", {"core.fsmonitor": "{}"}, prove=("status",)),
    Way("external-diff", "config: diff.external", {"diff.external": "{}"}, prove=("diff", "HEAD~1")),
    Way("diff-command", "gitattributes: diff", {"diff.x.command": "{}"}, prove=("diff", "HEAD~1")),
    Way("textconv", "gitattributes: diff", {"diff.x.textconv": "{}"}, prove=("diff", "HEAD~1")),
    Way("merge-driver", "gitattributes: merge", {"merge.x.driver": "{}"},
        prove=("-c", "user.name=a", "-c", "user.email=a@a", "merge", "-q", "other", "-m", "m")),
    Way("pager", "config: core.pager", {"core.pager": "{}"}, unproved="only on a terminal"),
    Way("pager-of-command", "config: pager.<cmd>", {f"pager.{c}": "{}" for c in ("status", "diff", "config", "rev-parse", "ls-files", "diff-index")},
        unproved="only on a terminal"),
    Way("alias", "config: alias.*", {f"alias.{c}": "!{}" for c in ("status", "rev-parse", "config", "diff", "ls-files", "st")}, prove=("st",)),
    Way("editor", "config: core.editor", {"core.editor": "{}"}, prove=("config", "--edit")),
    Way("ssh", "config: core.sshCommand", {"core.sshCommand": "{}"}, prove=("ls-remote", "ssh://host.invalid/x")),
    Way("git-proxy", "config: core.gitProxy", {"core.gitProxy": "{}"}, prove=("ls-remote", "git://host.invalid/x")),
    Way("askpass", "config: core.askPass", {"core.askPass": "{}"}, prove=("credential", "fill"), stdin="protocol=https\nhost=host.invalid\n\n"),
    Way("credential", "config: credential.helper", {"credential.helper": "!{}"}, prove=("credential", "fill"), stdin="protocol=https\nhost=host.invalid\n\n"),
    Way("gpg", "config: gpg.program", {"gpg.program": "{}", "log.showSignature": "true"}, plant=signed, prove=("log", "-1", "signed")),
    Way("gpg-ssh", "config: gpg.ssh.program", {"gpg.format": "ssh", "gpg.ssh.program": "{}", "gpg.ssh.defaultKeyCommand": "{}", "commit.gpgSign": "true"},
        prove=("-c", "user.name=a", "-c", "user.email=a@a", "commit", "--allow-empty", "-m", "m")),
    Way("hooks-path", "config: core.hooksPath", plant=lambda place, repository, canary: (
        hook("post-index-change")(place, repository, canary), place.git("config", "--file", repository / "config", "core.hooksPath", repository / "hooks")),
        prove=("update-index", "--refresh", "-q")),
    Way("hook-index", "githooks: post-index-change", plant=hook("post-index-change"), prove=("status",)),
    Way("hook-reference", "githooks: reference-transaction", plant=hook("reference-transaction"), prove=("update-ref", "refs/heads/x", "HEAD")),
    Way("hook-checkout", "githooks: post-checkout", plant=hook("post-checkout"), prove=("checkout", "-q", "HEAD")),
    Way("hook-fsmonitor", "githooks: fsmonitor-watchman", {"core.fsmonitor": ".git/hooks/fsmonitor-watchman"}, plant=hook("fsmonitor-watchman"), prove=("status",)),
    Way("promisor-ext", "gitremote-helpers: ext", plant=lacking(lambda canary: f"ext::{canary}"), prove=("cat-file", "-p", ABSENT)),
    Way("promisor-upload", "config: remote.<name>.uploadpack", {"remote.lost.uploadpack": "{}"}, plant=lacking(lambda canary: "/"), prove=("cat-file", "-p", ABSENT)),
    Way("promisor-vcs", "config: remote.<name>.vcs", {"remote.lost.vcs": "canary"}, prove=(),
        plant=lambda place, repository, canary: (lacking(lambda c: "x")(place, repository, canary), os.symlink(canary, place.folder / "bin" / "git-remote-canary")
                                                  if not os.path.lexists(place.folder / "bin" / "git-remote-canary") else None),
        unproved="the helper is looked for on the PATH, which is the user's"),
    Way("alternate-refs", "config: core.alternateRefsCommand", {"core.alternateRefsCommand": "{}"}, plant=alternate, prove=("receive-pack", "."), stdin="0000"),
    Way("objects-hook", "config: uploadpack.packObjectsHook", {"uploadpack.packObjectsHook": "{}"}, unproved="git itself takes it from protected configuration only"),
    Way("recent-objects", "config: gc.recentObjectsHook", {"gc.recentObjectsHook": "{}"}, unproved="git 2.42 and later"),
    Way("trailer", "config: trailer.<name>.command", {"trailer.x.command": "{}", "trailer.x.key": "X"}, prove=("interpret-trailers",), stdin="text\n"),
    Way("archive", "config: tar.<format>.command", {"tar.x.command": "{}"}, prove=("archive", "--format=x", "HEAD")),
    Way("submodule-update", "config: submodule.<name>.update", {"submodule.x.update": "!{}"}, unproved="needs a submodule; those are a kind of their own"),
    Way("diff-filter", "config: interactive.diffFilter", {"interactive.diffFilter": "{}"}, unproved="only on a terminal"),
    Way("tools", "config: difftool, mergetool, browser, man, web", {"diff.tool": "x", "difftool.x.cmd": "{}", "difftool.prompt": "false", "mergetool.x.cmd": "{}",
                                                                   "browser.x.cmd": "{}", "man.x.cmd": "{}"}, prove=("difftool", "HEAD~1")),
    Way("configured-hook", "config: hook.<name>.command", {"hook.x.command": "{}", "hook.x.event": "post-index-change"}, unproved="a later git"),
    Way("insteadof", "config: url.<base>.insteadOf", {"url.ext::{}.insteadOf": "lost:", "protocol.ext.allow": "always"},
        plant=lacking(lambda canary: "lost:"), prove=("cat-file", "-p", ABSENT)),
    # The environment: what names a program, a file or another repository.
    Way("env-external-diff", "git: GIT_EXTERNAL_DIFF", variables={"GIT_EXTERNAL_DIFF": "{}"}, prove=("diff", "HEAD~1")),
    Way("env-pager", "git: GIT_PAGER", variables={"GIT_PAGER": "{}"}, unproved="only on a terminal"),
    Way("env-ssh", "git: GIT_SSH_COMMAND", variables={"GIT_SSH_COMMAND": "{}"}, prove=("ls-remote", "ssh://host.invalid/x")),
    Way("env-editor", "git: GIT_EDITOR", variables={"GIT_EDITOR": "{}"}, prove=("config", "--edit")),
    Way("env-parameters", "git: GIT_CONFIG_PARAMETERS", variables={"GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{}'"}, prove=("status",)),
    Way("env-count", "git: GIT_CONFIG_COUNT", variables={"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "{}"}, prove=("status",)),
    Way("env-global", "git: GIT_CONFIG_GLOBAL", variables={"GIT_CONFIG_GLOBAL": "{}.config"},
        plant=lambda place, repository, canary: open(canary + ".config", "w").write(f"[core]\n\tfsmonitor = {canary}\n"), prove=("status",)),
    Way("env-git-dir", "git: GIT_DIR, GIT_WORK_TREE", variables={"GIT_DIR": "{}.git", "GIT_WORK_TREE": "/"},
        plant=lambda place, repository, canary: (place.git("init", "-q", "--bare", canary + ".git"),
                                                  place.git("config", "--file", canary + ".git/config", "core.fsmonitor", canary)), prove=("status", "-uno")),
    Way("env-common-dir", "git: GIT_COMMON_DIR", variables={"GIT_COMMON_DIR": "{}.git"},
        plant=lambda place, repository, canary: (place.git("init", "-q", "--bare", canary + ".git"),
                                                  place.git("config", "--file", canary + ".git/config", "core.fsmonitor", canary)), unproved="goes with GIT_DIR"),
    Way("env-trace", "git: GIT_TRACE, GIT_TRACE2", variables={name: "{ran}" for name in ("GIT_TRACE", "GIT_TRACE_SETUP", "GIT_TRACE2", "GIT_TRACE2_EVENT")},
        prove=("status",)),
    Way("env-index", "git: GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY", variables={"GIT_INDEX_FILE": "{}.none", "GIT_OBJECT_DIRECTORY": "{}.none", "GIT_NAMESPACE": "x",
                                                                             "GIT_ATTR_SOURCE": "none", "GIT_ALTERNATE_OBJECT_DIRECTORIES": "{}.none"},
        unproved="names no program, but would change the answer"),
]


def plant(way, place, repository):
    """Plants a way in a repository's folder, and gives the variables that belong to it."""
    canary = place.canary(way.name)
    for key, value in way.settings.items():
        place.git("config", "--file", repository / "config", key.replace("{}", canary), value.replace("{}", canary))
    if way.plant:
        way.plant(place, repository, canary)
    return {k: v.replace("{}", canary).replace("{ran}", f"{place.folder}/ran/{way.name}") for k, v in way.variables.items()}
