"""Tries refresh, status, release and clean with the recording fake docker."""

import json
import os
import re
import signal
import subprocess


def run(harness, shell, parent):
    h = harness

    def named(text):
        return f"[{shell}] {text}"

    usage(h, shell, parent, named)
    refresh(h, h.Stage(shell, h.GUIDE, parent), named)
    release(h, shell, parent, named)
    clean(h, shell, parent, named)


def workspace(h, registries=(("production", "reg.example.com/books", "1.0"),), images=None):
    images = images or [("1", "base", "base:latest", "p", "-", "-"), ("2", "team/api", "team/api:latest", "q", "base", "-"),
                        ("2", "worker", "worker:latest", "q", "base", "team/api")]
    return h.Workspace(images, [("p", "p p"), ("q", "it's $(touch PWNED)")], [("q", "api", "team/api", "team/api:latest", "q", "a,b")], registries=registries)


def usage(h, shell, parent, named):
    s = h.Stage(shell, workspace(h, [("one", "a.example", "1"), ("two", "b.example", "1")]), parent)
    cases = [("refresh.sh", [], "name an image: base, team/api"), ("refresh.sh", ["nope"], "builds no image"), ("refresh.sh", ["--jobs", "0", "base"], "--jobs"),
             ("refresh.sh", ["--what"], "no option"), ("status.sh", ["x"], "nothing to do"), ("status.sh", ["--project", "x"], "no project 'x'"),
             ("clean.sh", ["base"], "nothing to do"), ("clean.sh", ["--what"], "no option"), ("clean.sh", ["--registry"], "needs a value"),
             ("release.sh", [], "name a version"), ("release.sh", ["--version", "1"], "choose one with --environment: one, two"),
             ("release.sh", ["--version", "1", "--environment", "x"], "no environment with a registry is called 'x'; those with one: one, two"), ("release.sh", ["--version", "1", "nope"], "builds no image"),
             ("release.sh", ["--version", "1", "--environment", "one", "--builder", "b"], "--builder goes with"),
             ("release.sh", ["--version", "1", "--environment", "one", "--registry", "r"], "choose one of")]
    cases += [("release.sh", ["--registry", "r", "--version", v], "is no tag") for v in h.HOSTILE + ["", ".1", "-1", "a/b", "a:b", "x" * 129, "1\n2"]
              if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", v)]
    for option in ("release.sh", "clean.sh"):
        cases += [(option, ["--registry", v], "is no registry") for v in h.HOSTILE + ["", "a/", "-a", "a//b", "a b", "a\nb"]]
    cases += [("release.sh", ["--registry", "r", "--version", "1", "--platform", v], "is no platform") for v in ("", "a b", "linux/amd64,,x", "$(x)", "-x") if v]
    for script, words, part in cases:
        r = s.run(script, *words)
        h.check(named(f"wrong usage: {script} {words}"), r.returncode == 2 and part in r.stderr and not s.calls(), r.stderr)
    none = h.Stage(shell, workspace(h, ()), parent)
    r = none.run("release.sh", "--version", "1")
    h.check(named("no environment has a registry"), r.returncode == 2 and "--registry R" in r.stderr, r.stderr)


def refresh(h, s, named):
    s.put("present", *[i[2] for i in s.workspace.images])
    s.put("containers", "zixly c1 - sha256:0 /zixly-trading-api trading-api", "zixly c2 - sha256:0 /zixly-trading-api-2 trading-api",
          "zixly c3 - sha256:0 /zixly-arq-worker arq-worker", "zixly c4 True sha256:0 /once arq-worker", "trading c5 - sha256:0 /other trading-api")
    s.put("runs", "c1 trading-api:latest", "c2 localhost/trading-api:latest", "c3 arq-worker:latest", "c5 reg.example.com/trading-api:latest")
    s.put("gone", "c1", "c2")
    r = s.run("refresh.sh", "trading-api")
    ups = [w for _, _, w in s.calls() if "up" in w]
    file = str(s.root / "zixly/docker-compose.yml")
    h.equal(named("refresh: one Compose call a project"), (r.returncode, ups), (0, [
        ["docker", "compose", "-f", file, "-p", "zixly", "--profile", "trading", "--profile", "zixly", "--profile", "queue", "up", "-d", "--no-deps",
         "--no-build", "--scale", "trading-api=2", "--", "trading-api", "arq-worker"]]))
    h.equal(named("refresh: what it did"), r.stdout.splitlines(), ["built trading-api:latest", "built arq-worker:latest", "recreated zixly-trading-api",
                                                                 "recreated zixly-trading-api-2", "unchanged zixly-arq-worker"])
    h.check(named("refresh: another reference"), "other is left as it is" in r.stderr, r.stderr)
    # Each Compose ends when both have begun: one after the other they would not.
    s.put("runs", "c1 trading-api:latest", "c2 localhost/trading-api:latest", "c3 arq-worker:latest", "c5 trading-api:latest")
    s.put("up-meets", "2")
    r = s.run("refresh.sh", "--no-build", "trading-api")
    h.check(named("refresh: the projects side by side"), r.returncode == 0 and "recreated in trading (1 of 2)\n" in r.stderr
            and sorted(w[5] for _, _, w in s.calls() if "up" in w) == ["trading", "zixly"], r.stderr)
    (s.fake / "up-meets").unlink()
    s.put("runs", "c1 trading-api:latest", "c2 localhost/trading-api:latest", "c3 arq-worker:latest", "c5 reg.example.com/trading-api:latest")
    r = s.run("refresh.sh", "--dry-run", "trading-api")
    h.equal(named("refresh --dry-run"), (r.returncode, s.builds(), [w for _, _, w in s.calls() if "up" in w], len(r.stdout.splitlines())), (0, [], [], 3))
    s.put("failing", "trading-api")
    r = s.run("refresh.sh", "trading-api")
    h.check(named("refresh: a build fails"), r.returncode == 1 and "no container was touched" in r.stderr and not [w for _, _, w in s.calls() if "up" in w]
            and "to repeat: scripts/refresh.sh trading-api\n" in r.stderr, r.stderr)
    (s.fake / "up-fails").touch()
    r = s.run("refresh.sh", "--no-build", "trading-api")
    h.check(named("refresh: Compose fails"), r.returncode == 1 and "to repeat: scripts/refresh.sh --no-build trading-api\n" in r.stderr, r.stderr)
    r = s.run("status.sh")
    rows = [re.split("  +", x) for x in r.stdout.splitlines()]
    h.check(named("status"), r.returncode == 0 and ["zixly-arq-worker", "zixly", "arq-worker", "arq-worker:latest", "Up 2 minutes, stale"] in rows, r.stdout)
    with open(s.fake / "containers", "a") as file:
        file.write("zixly e1 - sha256:0 /zixly-job redis\nzixly e2 - sha256:0 /zixly-once redis\ntrading e3 - sha256:0 /x trading-api\n")
    s.put("states", "e1 exited 3 - no Exited (3) 5 seconds ago", "e2 exited 0 - no Exited (0) 1 hour ago", "e3 dead 1 - no Dead")
    r = s.run("status.sh", "--project", "zixly")
    h.check(named("status: what ended"), r.returncode == 0 and r.stdout.endswith(
        "\n\nzixly-job does not run: Exited (3) 5 seconds ago. To see why:\n    docker logs zixly-job\n"), r.stdout)
    found = json.loads(s.run("status.sh", "--json", "--project", "zixly").stdout)
    h.equal(named("status --json"), [c["status"] for c in found["containers"]], ["Up 2 minutes"] * 3)


def release(h, shell, parent, named):
    s = h.Stage(shell, workspace(h), parent)
    s.put("registry")
    s.put("present", *[i[2] for i in s.workspace.images])
    r = s.run("release.sh", "--version", "1.2", "--latest")
    pushed = [w[-1].removeprefix("reg.example.com/books/") for _, _, w in s.calls() if w[1] == "push"]
    h.equal(named("release: order, latest last"), (r.returncode, pushed), (0, ["base:1.2", "team/api:1.2", "worker:1.2", "base:latest", "team/api:latest", "worker:latest"]))
    h.equal(named("release: digests"), r.stdout, "environments:\n  production:\n    images:\n" + "".join(
        f"      {n}:\n        digest: sha256:0pushed\n" for n in ("base", "team/api", "worker")))
    r = s.run("release.sh", "--version", "1.2")
    h.check(named("release: the version is there"), r.returncode == 1 and not [w for _, _, w in s.calls() if w[1] == "push"], r.stderr)
    r = s.run("release.sh", "--version", "1.3", "--registry", "r:5000/x", "worker")
    h.equal(named("release: --registry and an image"), (r.returncode, r.stdout), (0, "images:\n  worker:\n    digest: sha256:0pushed\n"))
    s.put("push-fails", "reg.example.com/books/team/api:2")
    r = s.run("release.sh", "--version", "2", "--latest")
    h.check(named("release: a push fails"), r.returncode == 1 and "scripts/release.sh --version 2 --environment production --latest\n" in r.stderr
            and not [w for _, _, w in s.calls() if w[-1].endswith(":latest") and w[1] == "push"], r.stderr)
    (s.fake / "offline").touch()
    r = s.run("release.sh", "--version", "3")
    h.check(named("release: the registry does not say"), r.returncode == 1 and "the registry reg.example.com cannot be reached:\n" in r.stderr and "--overwrite" not in r.stderr and not [w for _, _, w in s.calls() if w[1] == "push"], r.stderr)
    (s.fake / "offline").unlink()
    s.put("present")
    r = s.run("release.sh", "--version", "3", "worker")
    h.check(named("release: not built"), r.returncode == 1 and "to build: scripts/build.sh worker\n" in r.stderr, r.stderr)
    r = s.run("release.sh", "--version", "4", "--platform", "linux/amd64,linux/arm64", "--latest", "team/api", "worker", cwd="/")
    baked = next(f"{f} {w}" for f, _, w in s.calls() if w[1:3] == ["buildx", "bake"])
    h.equal(named("release: bake"), (r.returncode, baked), (0, f"{s.root} " + str([
        "docker", "buildx", "bake", "-f", "bake.json", "--set", "*.platform=linux/amd64", "--set", "*.platform=linux/arm64",
        "--set", "t_team_api.tags=reg.example.com/books/team/api:4", "--set", "t_team_api.tags=reg.example.com/books/worker:4", "--push", "t_team_api"])))
    r = s.run("release.sh", "--version", "5", "--dry-run")
    h.check(named("release --dry-run: not built"), r.returncode == 1 and "to build: scripts/build.sh base team/api worker\n" in r.stderr and not r.stdout, r.stderr)
    s.put("present", *[i[2] for i in s.workspace.images])
    r = s.run("release.sh", "--version", "5", "--dry-run")
    h.equal(named("release --dry-run"), (r.returncode, {w[1] for _, _, w in s.calls()}, len(r.stdout.splitlines())), (0, {"version", "image", "buildx"}, 6))
    direct = subprocess.run([*s.shell, "-c", r.stdout], cwd="/", env=s.environment({}), capture_output=True, text=True)
    h.equal(named("release: dry-run's lines run"), (direct.returncode, sum(w[1] == "push" for _, _, w in s.calls())), (0, 3))
    (s.fake / "down").touch()
    r = s.run("release.sh", "--version", "7", "--dry-run")
    h.check(named("release --dry-run without an engine"), r.returncode == 0 and len(r.stdout.splitlines()) == 6 and "was not looked at\n" in r.stderr, r.stderr)
    r = s.run("release.sh", "--version", "5", "--dry-run")
    h.check(named("release --dry-run without an engine: what a registry has may be the same"), r.returncode == 0
            and r.stderr.count("whether it is the same image was not looked at\n") == 3, r.stderr)
    (s.fake / "down").unlink()
    r = s.run("release.sh", "--version", "5", "--dry-run")
    h.equal(named("release --dry-run: the version is there"), (r.returncode, r.stdout, r.stderr.splitlines()[-2:]), (1, "", [
        "release.sh: nothing was pushed. What is there may run somewhere: release under a version of its own, with --version",
        "release.sh: or, if nobody uses it yet, replace it: scripts/release.sh --version 5 --environment production --overwrite --dry-run"]))
    r = s.run("release.sh", "--version", "5", "--dry-run", "--overwrite")
    h.equal(named("release --dry-run --overwrite asks no registry"), (r.returncode, len(r.stdout.splitlines()), [w for _, _, w in s.calls() if "imagetools" in w]), (0, 6, []))
    r = s.run("release.sh", "--version", "4", "--platform", "linux/amd64", "--dry-run")
    h.check(named("release --dry-run: the version is there of other platforms"), r.returncode == 1 and not r.stdout and "worker:4 is in its registry already" in r.stderr, r.stderr)
    (s.fake / "offline").touch()
    r = s.run("release.sh", "--version", "5", "--dry-run")
    asked = [w for _, _, w in s.calls() if "imagetools" in w]
    h.check(named("release --dry-run: a registry that cannot be reached is not asked again, and told"), r.returncode == 0 and len(r.stdout.splitlines()) == 6 and len(asked) == 1
            and "release.sh: whether reg.example.com has these images as 5 already was not asked\n" in r.stderr, r.stderr)
    (s.fake / "offline").unlink()
    (s.fake / "denied").touch()
    r = s.run("release.sh", "--version", "7", "--dry-run")
    h.check(named("release --dry-run: what the registry refuses is refused"), r.returncode == 1 and not r.stdout and "to log in: docker login reg.example.com\n" in r.stderr, r.stderr)
    (s.fake / "denied").unlink()
    r = s.run("release.sh", "--version", "7", "--dry-run", DOCKER="no-such-command")
    h.check(named("release --dry-run without Docker's command"), r.returncode == 0 and len(r.stdout.splitlines()) == 6
            and "release.sh: there is no command no-such-command, so whether a registry has these images as 7 already was not asked\n" in r.stderr, r.stderr)
    for sign in (signal.SIGTERM, signal.SIGINT):
        s.put("slow", "reg.example.com/books/base:6")
        process = s.start("release.sh", "--version", "6")
        h.processes.until(lambda: len(s.noted()) == 2)
        (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)
        h.processes.outcome(process)
        left = [p for p in s.noted() if h.processes.alive(p)]
        h.processes.end(process)
        h.equal(named(f"release: {sign.name} leaves nothing"), (process.returncode, left, list(s.fake.glob("bayplan.*"))), (128 + sign, [], []))
    h.check(named("release: nothing ran"), not list(s.root.rglob("PWNED")))


def clean(h, shell, parent, named):
    s = h.Stage(shell, workspace(h), parent)
    s.put("present", "base:latest", "old1", "old2", "reg.example.com/books/base:0.8", "sha256:old1", "sha256:old2")
    s.put("labelled", "sha256:old1 <none> <none>", "sha256:old2 reg.example.com/books/base 0.8", "sha256:old2 reg.example.com/books/base 1.0", "sha256:old2 reg.example.com/books/base 1.0.1",
          "sha256:old2 elsewhere/base 0.8", "sha256:old3 <none> <none>", "sha256:strange <none> <none>", "sha256:gone <none> <none>", "sha256:old4 x <none>")
    s.put("facts", 'sha256:old1 team/api ["a","b"]', 'sha256:old2 base ["a"]', 'sha256:old3 worker ["c"]', 'sha256:strange base ["a","z"]',
          'sha256:gone no-longer ["d"]', 'sha256:old4 base ["e"]')
    s.put("containers", "q c1 - sha256:old3 /it name")
    r = s.run("clean.sh")
    h.check(named("clean: no terminal"), r.returncode == 1 and "no terminal" in r.stderr and not [w for _, _, w in s.calls() if w[1:3] == ["image", "rm"]], r.stderr)
    h.check(named("clean: what containers use stays"), "sha256:old3 stays: the container it uses it" in r.stderr, r.stderr)
    r = s.run("clean.sh", "--yes")
    h.equal(named("clean --yes"), (r.returncode, r.stdout.splitlines()[-2:], [w[1:] for _, _, w in s.calls() if "rm" in w]), (0, [
        "removed reg.example.com/books/base:0.8", "removed sha256:old1"],
        [["image", "rm", "--", "reg.example.com/books/base:0.8"], ["image", "rm", "--", "sha256:old1"]]))
    r = s.run("clean.sh", "--all", "--dry-run")
    h.equal(named("clean --all --dry-run"), (r.returncode, [x.split()[0] for x in r.stdout.splitlines()][1:], [w for _, _, w in s.calls() if "rm" in w]),
            (0, ["base:latest", "reg.example.com/books/base:0.8", "sha256:old1"], []))
    s.put("labels", "base:latest elsewhere f b")
    r = s.run("clean.sh", "--all", "--dry-run")
    h.equal(named("clean --all leaves another workspace's image"), (r.returncode, [x.split()[0] for x in r.stdout.splitlines()][1:]), (0, ["reg.example.com/books/base:0.8", "sha256:old1"]))
    h.check(named("clean --all says so"), "base:latest is an image of the workspace elsewhere, and stays\n" in r.stderr
            and "if this workspace had that name, to build them under its own: scripts/build.sh --take-over\n" in r.stderr, r.stderr)
    s.put("labels")
    s.put("containers", "q c1 - sha256:old3 /it name", "q c2 - sha256:old1 /other name")
    s.put("mute", "c2")
    r = s.run("clean.sh", "--yes")
    h.check(named("clean: a container that cannot be asked"), r.returncode == 1 and "does not say what the container c2 uses" in r.stderr and not r.stdout, r.stderr)
    s.put("mute")
    s.put("vanishing", "c2")
    r = s.run("clean.sh", "--dry-run")
    h.check(named("clean: a container that goes meanwhile"), r.returncode == 0 and "sha256:old1" in r.stdout and "c2" not in r.stderr, r.stderr)
    s.put("labelled")
    r = s.run("clean.sh", "--yes")
    h.check(named("clean: nothing to remove"), r.returncode == 0 and "nothing to remove" in r.stderr and not r.stdout, r.stderr)
