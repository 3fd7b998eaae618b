"""From a code change to running containers, a release and a clean engine: refresh, status, release and clean on a real engine."""

import json
import os
import pty
import subprocess

import processes

INLINE = "FROM scratch\nCOPY busybox /busybox\n"


def run(harness, e, shell):
    m, other = e.mark, e.consumer

    def check(what, condition, detail=""):
        harness.check(f"[engine, {shell}] {what}", condition, detail)

    def equal(what, actual, expected):
        harness.equal(f"[engine, {shell}] {what}", actual, expected)

    def short(text):
        return text.replace(m + "-", "")

    def reads(container, file):
        return e.docker("exec", f"{m}-{container}", "/bin/busybox", "cat", file).stdout

    # Refresh, and the restart that does not.
    e.run("build.sh")
    e.run("up.sh", "--all-profiles", other)
    equal("a container runs the code", reads("other-api", "/api.txt"), "one\n")
    (e.root / "own er/api.txt").write_text("two\n")
    e.run("build.sh", f"{m}-api")
    e.docker("compose", "-f", str(e.root / e.projects[1][1] / "docker-compose.yml"), "-p", other, "--profile", "trading", "restart", "api")
    equal("a restart keeps the old code", reads("other-api", "/api.txt"), "one\n")
    r = e.run("status.sh")
    lines = [line.split() for line in short(r.stdout).splitlines()]
    check("status marks stale containers", r.returncode == 0 and ["other-api", short(other), "api", "api:latest", "Up"] in [x[:5] for x in lines]
          and any(x[:1] == ["other-api"] and x[-1] == "stale" for x in lines), r.stdout + r.stderr)
    hook = e.docker("inspect", "--format", "{{.Id}}", f"{m}-other-hook").stdout
    r = e.run("refresh.sh", "--dry-run", "--no-build", f"{m}-api")
    check("a dry run changes nothing", r.returncode == 0 and "up -d --no-deps --no-build" in r.stdout and reads("other-api", "/api.txt") == "one\n",
          r.stdout + r.stderr)
    (e.root / "own er/api.txt").write_text("three\n")
    r = e.run("refresh.sh", f"{m}-api")
    equal("refresh: what it did", (r.returncode, sorted(short(r.stdout).splitlines())), (0, [
        "built api:latest", "built hook:latest", "built worker:latest", "recreated other-api", "recreated other-hook", "recreated other-worker"]))
    check("hook has been replaced", hook != e.docker("inspect", "--format", "{{.Id}}", f"{m}-other-hook").stdout, r.stderr)
    equal("refresh runs the new code", [reads(c, "/api.txt") for c in ("other-api", "other-worker", "other-hook")], ["three\n"] * 3)
    equal("what did not run is not started", len(e.containers()), 3)
    r = e.run("refresh.sh", f"{m}-api")
    equal("nothing has changed", sorted(x for x in short(r.stdout).splitlines() if "built" not in x),
          ["unchanged other-api", "unchanged other-hook", "unchanged other-worker"])
    (e.root / "own er/base.txt").write_text("two\n")
    r = e.run("refresh.sh", f"{m}-base")
    equal("a change in the base arrives at the top", reads("other-hook", "/hook.txt"), "two\n")
    good = (e.root / "own er/Dockerfile.api").read_text()
    (e.root / "own er/Dockerfile.api").write_text(good + "RUN [\"/bin/busybox\", \"false\"]\n")
    before = e.docker("inspect", "--format", "{{.Id}}", f"{m}-other-api").stdout
    r = e.run("refresh.sh", f"{m}-api")
    check("a build that fails touches no container", r.returncode == 1 and "no container was touched" in r.stderr
          and before == e.docker("inspect", "--format", "{{.Id}}", f"{m}-other-api").stdout, r.stderr)
    (e.root / "own er/Dockerfile.api").write_text(good)
    found = json.loads(e.run("status.sh", "--json").stdout)
    equal("status --json", [(short(c["container"]), c["status"].split()[0], c["stale"]) for c in found["containers"]],
          [("other-api", "Up", False), ("other-hook", "Up", False), ("other-worker", "Up", False)])

    release(e, check, equal, short)
    clean(e, check, equal, short)


def release(e, check, equal, short):
    m, prefix = e.mark, f"{e.registry}/{e.mark}"

    def digest(reference):
        r = e.docker("buildx", "imagetools", "inspect", reference)
        return next(line.split()[1] for line in r.stdout.splitlines() if line.startswith("Digest:")) if r.returncode == 0 else None

    r = e.run("release.sh", "--version", "1.0", "--dry-run")
    equal("a dry run pushes nothing", (r.returncode, len(r.stdout.splitlines()), digest(f"{prefix}/{m}-base:1.0")), (0, 8, None))
    r = e.run("release.sh", "--version", "1.0", f"{m}-base")
    equal("one image", (r.returncode, digest(f"{prefix}/{m}-base:1.0")), (0, e.id("base")))
    r = e.run("release.sh", "--version", "1.0", "--latest")
    pushed = [(name, digest(f"{prefix}/{m}-{name}:1.0")) for name in ("base", "api", "worker", "hook")]
    check("the rest, after what looks like an interrupted push", r.returncode == 0 and f"base:1.0 is in its registry already, and the same" in r.stderr,
          r.stderr)
    equal("the digests, as the manifest takes them", short(r.stdout), "environments:\n  production:\n    images:\n"
          + "".join(f"      {name}:\n        digest: {value}\n" for name, value in pushed))
    equal("latest is there too", digest(f"{prefix}/{m}-hook:latest"), e.id("hook"))
    (e.root / "own er/api.txt").write_text("four\n")
    e.run("build.sh", "--with-dependents", f"{m}-api")
    r = e.run("release.sh", "--version", "1.0")
    check("another image of that version is refused", r.returncode == 1 and "nothing was pushed" in r.stderr
          and f"release.sh --version 1.0 --environment production {m}-base\n" in r.stderr, r.stderr)
    equal("nothing was", digest(f"{prefix}/{m}-api:1.0"), pushed[1][1])
    r = e.run("release.sh", "--version", "1.0", "--overwrite")
    equal("--overwrite", (r.returncode, digest(f"{prefix}/{m}-api:1.0")), (0, e.id("api")))
    r = e.run("release.sh", "--version", "1", "--registry", "localhost:1")
    check("a registry that does not answer", r.returncode == 1 and "the registry localhost:1 cannot be reached:" in r.stderr, r.stderr)

    own = e.root / "own er"
    git = ["git", "-C", str(own), "-c", "user.name=Test", "-c", "user.email=test@example.com"]
    r = e.run("release.sh", "--version", "2.0", "--git-sha", f"{m}-api")
    check("no checkout", r.returncode == 1 and f"no commit of {e.own}" in r.stderr and digest(f"{prefix}/{m}-api:2.0") is None, r.stderr)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], check=True)
    commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True).stdout.strip()
    (own / "new").write_text("new\n")
    r = e.run("release.sh", "--version", "2.0", "--git-sha", f"{m}-api")
    check("a dirty checkout is refused", r.returncode == 1 and "not committed" in r.stderr and "new" in r.stderr
          and digest(f"{prefix}/{m}-api:2.0") is None, r.stderr)
    (own / "new").unlink()
    r = e.run("release.sh", "--version", "2.0", "--git-sha", f"{m}-api")
    check("what cannot be compared with its inputs is not tagged by commit", r.returncode == 1 and "cannot be compared" in r.stderr
          and digest(f"{prefix}/{m}-api:2.0") is None, r.stderr)
    r = e.run("release.sh", "--version", "2.0", "--git-sha", "--allow-stale", f"{m}-api")
    equal("by commit", (r.returncode, digest(f"{prefix}/{m}-api:{commit}")), (0, e.id("api")))

    targets = {"t_" + f"{m}-base": {"context": "own er", "dockerfile-inline": INLINE},
               "t_" + f"{m}-api": {"context": "own er", "dockerfile-inline": f"FROM {m}-base:latest\nCOPY api.txt /\n",
                                  "contexts": {f"{m}-base": f"target:t_{m}-base"}}}
    (e.root / "bake.json").write_text(json.dumps({"target": targets}))
    words = ["release.sh", "--version", "3.0", "--latest", "--platform", "linux/amd64,linux/arm64", "--builder", "default", f"{m}-base", f"{m}-api",
             f"{m}-worker"]
    r = e.run(*words, cwd="/")
    raw = json.loads(e.docker("buildx", "imagetools", "inspect", "--raw", f"{prefix}/{m}-worker:3.0").stdout or "{}")
    equal("two platforms", (r.returncode, sorted(x["platform"]["architecture"] for x in raw.get("manifests", []) if x["platform"]["os"] == "linux")),
          (0, ["amd64", "arm64"]))
    check("their digests", f"      {m}-worker:\n        digest: {digest(prefix + '/' + m + '-api:3.0')}\n" in r.stdout, r.stdout + r.stderr)
    equal("and latest", digest(f"{prefix}/{m}-api:latest"), digest(f"{prefix}/{m}-api:3.0"))
    r = e.run(*words)
    check("a version that is there is not built over", r.returncode == 1 and "is in its registry already" in r.stderr, r.stderr)


def clean(e, check, equal, short):
    m = e.mark

    def listed():
        """The images of this test, by their labels: other tests come and go on the same engine."""
        out = [e.docker("image", "ls", "--all", "--no-trunc", "--filter", f"label={label}={m}", "--format",
                        "{{.Repository}}:{{.Tag}} {{.ID}}").stdout for label in ("io.bayplan.workspace", "test")]
        return sorted({line for lines in out for line in lines.splitlines()})

    # Strangers: an image built from ours without a name, another workspace's, a tag by hand, a container.
    strange = e.root / "strange"
    strange.mkdir()

    def build(text, *words):
        (strange / "Dockerfile").write_text(text)
        e.docker("build", "--network=none", "-q", "--label", f"test={m}", *words, str(strange))

    build(f"FROM {m}-base:latest\nRUN [\"/bin/busybox\", \"mkdir\", \"/x\"]\n")
    build(f"FROM scratch\nCOPY Dockerfile /\n", "--label", "io.bayplan.workspace=other", "--label", f"io.bayplan.image={m}-api")
    build(f"FROM scratch\nCOPY Dockerfile /a\n", "--label", f"io.bayplan.workspace={m}", "--label", "io.bayplan.image=no-longer")
    build(f"FROM scratch\nCOPY Dockerfile /b\n", "-t", f"{m}-foreign:latest")
    e.docker("tag", f"{m}-api:latest", f"{m}-api:kept-by-hand")
    e.docker("run", "-d", "--network=none", "--name", f"{m}-stranger", f"{m}-base:latest")
    strangers = set(listed())
    # The second name of a shared build moves: its former image has no name then, in every image store.
    for text in ("five\n", "six\n"):
        (e.root / "own er/api.txt").write_text(text)
        e.run("build.sh", f"{m}-api")
    e.docker("tag", f"{m}-worker:latest", f"{e.registry}/{m}/{m}-worker:9.0")
    e.docker("tag", f"{m}-worker:latest", f"{e.registry}/{m}/{m}-worker:10.0")
    r = e.run("clean.sh", "--dry-run")
    former = [line.split()[0] for line in r.stdout.splitlines() if "former image" in line]
    releases = [line.split()[0] for line in r.stdout.splitlines() if "earlier release" in line]
    check("there is something left behind", former and f"{e.registry}/{m}/{m}-api:1.0" in releases
          and f"{e.registry}/{m}/{m}-worker:9.0" not in releases
          and f"{e.registry}/{m}/{m}-worker:10.0" not in releases, r.stdout + r.stderr)
    before = listed()
    r = e.run("clean.sh")
    check("without a terminal: nothing, and says so", r.returncode == 1 and "there is no terminal" in r.stderr and listed() == before, r.stderr)
    for answer in ("n\n", "\n"):
        status, text = at_terminal(e, "clean.sh", answer)
        check(f"the answer {answer!r}", status == 0 and "nothing was removed" in text and listed() == before, text)
    status, text = at_terminal(e, "clean.sh", "y\n")
    check("the answer yes", status == 0 and listed() != before, text)
    gone = set(before) - set(listed())
    equal("what went is what was shown", {x.split()[0] for x in gone if not x.startswith("<none>")} | {x.split()[1] for x in gone if x.startswith("<none>")},
          set(former) | set(releases))
    kept = {line for line in strangers if not line.startswith(f"{e.registry}/") and f"{m}-worker:latest" not in line and f"{m}-api:latest" not in line}
    kept -= {line for line in kept if line.startswith("<none>") and line.split()[1] in former}
    equal("strangers stay", kept - set(listed()), set())
    check("containers stay", len(e.containers()) == 4, str(e.containers()))
    r = e.run("clean.sh", "--yes")
    check("a second time: nothing", r.returncode == 0 and "nothing to remove" in r.stderr, r.stdout + r.stderr)
    r = e.run("clean.sh", "--all", "--yes")
    check("--all leaves what containers use", r.returncode == 0 and f"{m}-base:latest stays: the container {m}-stranger uses it" in r.stderr
          and e.id("base") and not e.id("api"), r.stdout + r.stderr)
    check("--all leaves a tag by hand", f"{m}-api:kept-by-hand" in "\n".join(listed()))
    equal("strangers stay after --all", {line for line in kept if line.split()[0] in ("<none>:<none>", f"{m}-foreign:latest")} - set(listed()), set())
    check("containers run on", len(e.containers()) == 4, str(e.containers()))


def at_terminal(e, script, answer):
    """Runs a script with a terminal as its input."""
    leader, follower = pty.openpty()
    process = processes.start([*e.shell, e.root / "scripts" / script], cwd=e.root, stdin=follower, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    os.close(follower)
    os.write(leader, answer.encode())
    out, _ = processes.outcome(process)
    os.close(leader)
    return process.returncode, out
