#!/usr/bin/env python3
"""What `status.sh --plan` says that `up.sh` would do, and what it then does, on a real engine.

usage: planned.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
M = f"bpp{os.getpid()}"

def docker(*words):
    return processes.run(["docker", *words])


def manifest(services, project=M):
    text = f'version: 1\nname: {M}\nnaming: {{image: ".*", project: ".*", generic: false}}\nimages:\n'
    text += "".join(f"  {M}-{name}: {{owner: {project}, build: {{context: ., args: {{NAME: {name}}}}}}}\n" for name in ("one", "two"))
    text += f"projects:\n  {project}:\n    path: app\n    services:\n"
    for name, (image, more) in services.items():
        text += f"      {name}: {{image: {M}-{image}, command: [/bin/busybox, sleep, \"100000\"], stop_grace_period: 0s, network_mode: none{more}}}\n"
    return text


BEFORE = {"kept": ("one", ""), "edited": ("one", ""), "rebuilt": ("two", ""), "gone": ("one", ""), "ended": ("one", ""),
          "quoted": ("one", ', environment: {A: "${A:-1}"}'), "tied": ("one", ', pid: "service:kept"')}
AFTER = {"kept": ("one", ""), "edited": ("one", ", environment: {A: b}"), "rebuilt": ("two", ""), "ended": ("one", ""),
         "quoted": ("one", ', environment: {A: "${A:-1}"}'), "new": ("one", ""), "gated": ("one", ", profiles: [tools]"), "tied": ("one", ', pid: "service:kept"')}
PLAN = {"kept": "keep", "edited": "recreate", "rebuilt": "recreate", "gone": "leave", "ended": "start", "quoted": "keep", "new": "create", "gated": "create",
        "tied": "unknown"}


def compile(root, text):
    (root / "strategy.yaml").write_text(text)
    r = processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    assert r.returncode == 0, r.stderr


def run(root, script, *words, **more):
    return processes.run(["sh", root / "scripts" / script, *words], cwd=root, env={**os.environ, **more})


def plan(root, **more):
    r = run(root, "status.sh", "--plan", M, **more)
    lines = [line.split() for line in r.stdout.splitlines()[1:] if line and "would:" not in line]
    return r, {line[1]: line[2] for line in lines}


def identities():
    out = docker("container", "ls", "--all", "--no-trunc", "--filter", f"label=com.docker.compose.project={M}",
                 "--format", '{{.Label "com.docker.compose.service"}} {{.ID}} {{.State}}').stdout
    return {line.split()[0]: tuple(line.split()[1:]) for line in out.splitlines()}


def main():
    if docker("version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: there is no engine with a static busybox", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan planned ") as parent:
        root = Path(parent).resolve()
        (root / "app").mkdir()
        shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "app/busybox")
        (root / "app/Dockerfile").write_text("FROM scratch\nARG NAME\nCOPY busybox /bin/busybox\nLABEL made=$NAME\n")
        try:
            compile(root, manifest(BEFORE))
            check("all is built", run(root, "build.sh").returncode == 0)
            r, told = plan(root)
            check("before the first start all would be created", r.returncode == 0 and set(told.values()) == {"create"} and f"create {len(BEFORE)}\n" in r.stdout, r.stdout + r.stderr)
            r = run(root, "up.sh", M)
            check("it starts", r.returncode == 0, r.stderr)
            _, told = plan(root)
            check("then all is kept", {s: w for s, w in told.items() if s != "tied"} == {s: "keep" for s in BEFORE if s != "tied"}, told)
            _, told = plan(root, A="2")
            check("a variable of the environment counts", told["quoted"] == "recreate" and told["kept"] == "keep", told)
            docker("stop", f"{M}-ended")
            (root / "app/Dockerfile").write_text("FROM scratch\nARG NAME\nCOPY busybox /bin/busybox\nLABEL made=$NAME again=1\n")
            compile(root, manifest(AFTER))
            run(root, "build.sh", f"{M}-two")
            before = identities()
            r, told = plan(root)
            check("what up.sh would do", r.returncode == 0 and told == PLAN, r.stdout + r.stderr)
            check("and it is summed up", f"scripts/up.sh {M} would: create 2, recreate 2, start 1, keep 2, leave 1, unknown 1\n" in r.stdout, r.stdout)
            check("asking changes nothing", identities() == before)
            r = run(root, "up.sh", "--all-profiles", M)
            after = identities()
            done = {}
            for service in {*before, *after}:
                if service not in before:
                    done[service] = "create"
                elif before[service][0] != after[service][0]:
                    done[service] = "recreate"
                else:
                    done[service] = "leave" if service == "gone" else "keep" if before[service][1] == "running" else "start"
            check("up.sh does it", r.returncode == 0 and {s: w for s, w in done.items() if s != "tied"} == {s: w for s, w in PLAN.items() if s != "tied"}, (done, r.stderr))
            check("wrong usage", [run(root, "status.sh", *words).returncode for words in (["--plan", "x"], ["--plan", M, "--json"], ["--plan"])] == [2, 2, 2])
        finally:
            docker("compose", "-p", M, "down", "--volumes", "--remove-orphans", "--timeout", "0")
            for name in ("one", "two"):
                docker("image", "rm", "--force", f"{M}-{name}:latest")
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
