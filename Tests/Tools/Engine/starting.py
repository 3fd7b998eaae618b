#!/usr/bin/env python3
"""What starts after what, on a real engine, from what Bayplan emits: `up.sh`, `status.sh` and `down.sh` over three projects
with health checks, a job, a network and a volume; a dependency that fails; containers of an environment and of another folder.

usage: starting.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
"""

import json
import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
M = f"bps{os.getpid()}"

def docker(*words):
    return processes.run(["docker", *words])


def run(root, script, *words, **variables):
    begun = time.monotonic()
    r = processes.run(["sh", root / "scripts" / script, *words], cwd=root, env={**os.environ, **variables})
    print(f"        {script} {' '.join(words)}: {time.monotonic() - begun:.1f} s", flush=True)
    return r


def manifest(job="exit 0"):
    sleep = 'command: [/bin/busybox, sleep, "100000"], stop_grace_period: 0s'
    return f"""version: 1
name: {M}
naming: {{image: ".*", project: ".*"}}
images:
  {M}-box: {{owner: {M}-data, build: .}}
projects:
  {M}-top:
    path: top
    after: [{M}-mid]
    services:
      web: {{image: {M}-box, {sleep}, networks: [{M}-edge]}}
    networks: {{{M}-edge: {{external: true}}}}
  {M}-mid:
    path: mid
    after: [{M}-data/migrate]
    services:
      api: {{image: {M}-box, {sleep}, networks: [edge], healthcheck: {{test: [CMD, /bin/busybox, "true"], interval: 1s}}}}
      gated: {{image: {M}-box, {sleep}, profiles: [tools]}}
    networks: {{edge: {{name: {M}-edge}}}}
  {M}-data:
    path: data
    services:
      db:
        image: {M}-box
        command: [/bin/busybox, sh, -c, "sleep 2; touch /data/ready; exec sleep 100000"]
        stop_grace_period: 0s
        volumes: ["kept:/data"]
        network_mode: none
        healthcheck: {{test: [CMD, /bin/busybox, test, -e, /data/ready], interval: 1s, start_period: 30s}}
      migrate:
        image: {M}-box
        command: [/bin/busybox, sh, -c, "{job}"]
        network_mode: none
        depends_on: {{db: {{condition: service_healthy}}}}
      unrelated: {{image: {M}-box, {sleep}, network_mode: none}}
    volumes: {{kept: {{}}}}
environments:
  live: {{}}
"""


def states():
    out = docker("ps", "--all", "--filter", f"name={M}", "--format", "{{.Names}} {{.State}} {{.Status}}").stdout
    return {line.split()[0].removeprefix(M + "-"): line.split()[1] + (" healthy" if "(healthy)" in line else "") for line in out.splitlines()}


def workspace(parent, name, text):
    root = Path(tempfile.mkdtemp(prefix=f"{name} ", dir=parent)).resolve()
    (root / "strategy.yaml").write_text(text)
    for folder in ("top", "mid", "data"):
        (root / folder).mkdir()
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "data/busybox")
    (root / "data/Dockerfile").write_text("FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\nCOPY busybox /bin/sleep\nCOPY busybox /bin/touch\n")
    r = processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    assert r.returncode == 0, r.stderr
    return root


def chain(root):
    data, mid, top = f"{M}-data", f"{M}-mid", f"{M}-top"
    r = run(root, "build.sh")
    check("all is built", r.returncode == 0, r.stderr)
    r = run(root, "up.sh", "--wait", top)
    check("a chain of three is started in order", r.returncode == 0
          and r.stderr.index(f"starting {data} (1 of 3)") < r.stderr.index(f"starting {mid} (2 of 3)") < r.stderr.index(f"starting {top} (3 of 3)"), r.stderr)
    check("what each needs was healthy or done, and nothing else runs", states() == {
        "data-db": "running healthy", "data-migrate": "exited", "mid-api": "running healthy", "top-web": "running"}, states())
    began = docker("inspect", "--format", "{{.State.StartedAt}}", f"{mid}-api").stdout
    done = docker("inspect", "--format", "{{.State.FinishedAt}}", f"{data}-migrate").stdout
    check("the job was done before what starts after it", done < began, done + began)
    before = docker("ps", "--all", "--quiet", "--no-trunc", "--filter", f"name={M}").stdout
    r = run(root, "up.sh", top)
    check("what runs already is left as it is", r.returncode == 0 and "of 3" not in r.stderr
          and docker("ps", "--all", "--quiet", "--no-trunc", "--filter", f"name={M}").stdout == before, r.stderr)
    r = run(root, "status.sh", "--project", top)
    check("status.sh shows the order", r.returncode == 0 and f"{top}  {mid}\n" in r.stdout, r.stdout)
    r = run(root, "down.sh", data)
    check("down.sh stops nothing that others need", r.returncode == 1 and f"these start, which run: {mid}, {top}\n" in r.stderr and len(states()) == 4, r.stderr)
    processes.run(["docker", "compose", "-f", root / "mid/docker-compose.yml", "run", "--detach", "gated"])
    r = run(root, "down.sh", "--all")
    stopped = [line.split(": ")[-1] for line in r.stderr.splitlines() if line.startswith("down.sh: stopped")]
    check("down.sh --all stops all, the last to start first, jobs of a single run too", r.returncode == 0 and states() == {}
          and stopped == [", ".join([top, mid, data])] and f"{M}-edge" not in docker("network", "ls").stdout, r.stderr)
    check("volumes stay", f"{data}_kept" in docker("volume", "ls", "--quiet").stdout.split())


def failing(root):
    data, mid, top = f"{M}-data", f"{M}-mid", f"{M}-top"
    (root / "strategy.yaml").write_text(manifest(job="exit 7"))
    processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    r = run(root, "up.sh", top)
    check("one failure is told, with what it blocked", r.returncode == 1 and f"up.sh: {data}-migrate ended with exit status 7\n" in r.stderr
          and f"up.sh: {data} did not start, so these were not started, which need it: {mid}, {top}\n" in r.stderr
          and f"up.sh: to repeat: scripts/up.sh {top}\n" in r.stderr and "mid-api" not in states(), r.stderr)
    (root / "strategy.yaml").write_text(manifest(job="sleep 100000"))
    processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    run(root, "down.sh", "--all")
    docker("volume", "rm", f"{data}_kept")
    (root / "strategy.yaml").write_text(manifest().replace("touch /data/ready", "true"))
    processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    (root / "strategy.yaml").write_text(manifest().replace("touch /data/ready", "true").replace(f"{M}-data/migrate", f"{M}-data/db"))
    processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    r = run(root, "up.sh", "--wait-timeout", "2", mid)
    check("what is not healthy in time is told", r.returncode == 1 and f"{data}-db is not healthy yet, after 2 seconds; to wait longer: --wait-timeout" in r.stderr, r.stderr)


def preflight(parent):
    """What another program or nobody has is found before what must run first is started."""
    lib, app = f"{M}-lib", f"{M}-app"
    sleep = 'command: [/bin/busybox, sleep, "100000"], stop_grace_period: 0s'
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        root = workspace(parent, "taken", f"""version: 1
name: {M}
naming: {{image: ".*", project: ".*"}}
images:
  {M}-box: {{owner: {lib}, build: .}}
projects:
  {lib}:
    path: data
    services: {{db: {{image: {M}-box, {sleep}, network_mode: none}}}}
  {app}:
    path: top
    after: [{lib}]
    services: {{web: {{image: {M}-box, {sleep}, ports: ["127.0.0.1:${{WEB_PORT:-{port}}}:80"], networks: [away], volumes: ["kept:/kept"]}}}}
    networks: {{away: {{external: true, name: {M}-away}}}}
    volumes: {{kept: {{external: true, name: {M}-kept}}}}
""")
        run(root, "build.sh")

        def started():
            return {name: state for name, state in states().items() if name.startswith(("lib-", "app-"))}

        r = run(root, "up.sh", app)
        check("what is taken and what is not there is told before anything starts", r.returncode == 1 and not started() and r.stderr.splitlines() == [
            f"up.sh: web of {app} needs port {port}, which no container of this engine has, but another program; to see which: lsof -i :{port}",
            f"up.sh: web of {app} needs the network {M}-away, which is not there; to create it: docker network create {M}-away",
            f"up.sh: web of {app} needs the volume {M}-kept, which is not there; to create it: docker volume create {M}-kept",
            f"up.sh: nothing was started; to repeat: scripts/up.sh {app}"], r.stderr)
        for kind, name in (("network", f"{M}-away"), ("volume", f"{M}-kept")):
            docker(kind, "create", name)
        r = run(root, "up.sh", app)
        check("what is there is not told", r.returncode == 1 and not started() and len(r.stderr.splitlines()) == 2, r.stderr)
    for times in ("", " again"):
        r = run(root, "up.sh", app)
        check(f"what a container of its own has is free to it{times}", r.returncode == 0 and started() == {"lib-db": "running", "app-web": "running"}, r.stderr)
    run(root, "down.sh", "--all")
    docker("network", "rm", f"{M}-away")
    docker("volume", "rm", f"{M}-kept")


def owners(parent, root):
    data, mid = f"{M}-data", f"{M}-mid"
    (root / "strategy.yaml").write_text(manifest())
    processes.run([BAYPLAN, "compile", "-q"], cwd=root)
    run(root, "down.sh", "--all")
    r = run(root, "up.sh", mid, COMPOSE_PROFILES="tools")
    check("COMPOSE_PROFILES chooses", r.returncode == 0 and "mid-gated" in states(), r.stderr)
    other = workspace(parent, "other", manifest())
    for script in ("up.sh", "down.sh"):
        before = sorted(states())
        r = run(other, script, *(["--only"] if script == "down.sh" else []), mid)
        check(f"{script} leaves another folder's containers alone, and names it", r.returncode == 1 and sorted(states()) == before
              and f"of another folder: {root}/" in r.stderr, r.stderr)
    found = json.loads(run(other, "status.sh", "--json").stdout)
    check("status.sh of another folder shows none of them", found["containers"] == [], found)
    run(root, "down.sh", "--all")
    r = run(root, "up.sh", "--environment", "live", data, "unrelated")
    check("an environment is started", r.returncode == 0, r.stderr)
    r = run(root, "up.sh", data)
    check("development does not take it over", r.returncode == 1 and f"{data}-unrelated was started for live, not for development" in r.stderr
          and f"scripts/down.sh --environment live {data}\n" in r.stderr, r.stderr)
    found = json.loads(run(root, "status.sh", "--json").stdout)
    check("status.sh says whose it is", [(c["container"], c["environment"]) for c in found["containers"]] == [(f"{data}-unrelated", "live")], found)
    r = run(root, "down.sh", "--environment", "live", "--volumes", "--yes", data)
    check("down.sh --volumes", r.returncode == 0 and states() == {} and f"{data}_kept" not in docker("volume", "ls", "--quiet").stdout.split(), r.stderr)


def main():
    if docker("version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: there is no engine with a static busybox", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan-starting-") as parent:
        root = workspace(parent, "first", manifest())
        try:
            chain(root)
            failing(root)
            preflight(parent)
            owners(parent, root)
        finally:
            for project in (f"{M}-top", f"{M}-mid", f"{M}-data"):
                docker("compose", "-p", project, "down", "--volumes", "--remove-orphans", "--timeout", "0")
            docker("image", "rm", "--force", f"{M}-box:latest")
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
