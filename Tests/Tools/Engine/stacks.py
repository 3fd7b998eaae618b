#!/usr/bin/env python3
"""Stacks of Swarm's: what Bayplan emits is accepted by `docker stack config`, and deployed, updated and rolled back by the
commands that its document prints.

usage: stacks.py [--count N] [--seed S] [PATH OF bayplan]

Emits N stacks of random services, then runs one on a swarm of one node: an engine of its own, in a network of its own.
Where none can be started it is skipped aloud, or fails if CI=true.
"""

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import engines
import processes
from checks import check, failures

REPOSITORY = Path(__file__).resolve().parents[3]
parser = argparse.ArgumentParser()
parser.add_argument("--count", type=int, default=1000)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("bayplan", nargs="?", default=os.environ.get("BAYPLAN", REPOSITORY / ".build/debug/bayplan"))
asked = parser.parse_args()
BAYPLAN = Path(asked.bayplan).resolve()
STACKS = 50

# What a service may state, each with its values: keys that Swarm knows, that it does not, and that have another place there.
CHOICES = {
    "restart": ["no", "always", "unless-stopped", "on-failure", "on-failure:3"], "scale": [1, 2, 3], "cpus": [0.5, "1.5"], "mem_limit": ["64m", "1g"],
    "mem_reservation": ["32m"], "pids_limit": [100], "container_name": ["named"], "profiles": [["a"], ["a", "b"]], "pull_policy": ["always", "never"],
    "platform": ["linux/amd64"], "init": [True, False], "read_only": [True], "stop_grace_period": ["10s"], "stop_signal": ["SIGINT"], "user": ["1000:1000"],
    "working_dir": ["/app"], "hostname": ["here"], "command": [["a", "b"], "a b"], "entrypoint": [["/x"]], "labels": [{"a": "b"}, ["a=b"], {"n": "y", "Y": "N"}],
    "environment": [{"A": "${B:-x}", "C": None}, {"y": "y", "N": "n"}, ["A=1", "B"], {"A": "${B:?say}"}], "env_file": ["./a.env", ["./a.env"], [{"path": "./a.env", "required": False}]],
    "depends_on": [["other"], {"other": {"condition": "service_started"}}, {"other": {"condition": "service_healthy", "restart": True}}],
    "ports": [["8080:80"], ["80"], [{"target": 80, "published": "8081", "protocol": "udp", "name": "x"}], ["8000-8002:9000-9002/tcp"], [{"target": 80, "mode": "host", "published": 90}]],
    "networks": [["inner"], {"inner": None}, {"inner": {"aliases": ["a"], "priority": 3}}, {"inner": {"ipv4_address": "10.9.0.4"}}],
    "volumes": [["data:/data"], ["./x:/x:ro"], [{"type": "bind", "source": "./x", "target": "/x", "bind": {"create_host_path": True, "propagation": "rshared"}}],
                [{"type": "volume", "source": "data", "target": "/d", "volume": {"nocopy": True, "subpath": "a"}}], [{"type": "tmpfs", "target": "/t", "tmpfs": {"size": 1000, "mode": 511}}]],
    "healthcheck": [{"test": ["CMD", "true"], "interval": "5s"}, {"test": "true", "disable": True}, {"disable": True}], "tmpfs": ["/run", ["/run", "/tmp"]],
    "cap_add": [["SYS_PTRACE"]], "cap_drop": [["ALL"]], "security_opt": [["no-new-privileges:true"]], "extra_hosts": [["a:10.0.0.1"]], "dns": ["10.0.0.1", ["10.0.0.1"]],
    "ulimits": [{"nofile": 10}, {"nofile": {"soft": 1, "hard": 2}}], "sysctls": [{"net.core.somaxconn": 10}], "logging": [{"driver": "json-file", "options": {"max-size": "1m"}}],
    "develop": [{"watch": [{"path": "./x", "action": "sync", "target": "/x"}]}], "attach": [False], "annotations": [{"a": "b"}], "privileged": [False], "oom_score_adj": [10],
    "shm_size": ["64m"], "expose": [["80"]], "group_add": [["10"]], "tty": [True], "stdin_open": [True], "domainname": ["x"], "ipc": ["private"], "cgroup_parent": ["m"],
    "configs": [["conf"], [{"source": "conf", "target": "/c", "mode": 288}]], "secrets": [["token"], [{"source": "token", "target": "t"}]],
    "deploy": [{"replicas": 2}, {"resources": {"limits": {"cpus": "2"}}}, {"resources": {"reservations": {"memory": "10m", "devices": [{"capabilities": ["gpu"]}]}}},
               {"restart_policy": {"condition": "none"}}, {"update_config": {"order": "start-first", "parallelism": 1}}, {"placement": {"constraints": ["node.role == manager"]}}],
    "x-note": [{"a": 1}],
}


def service(chance):
    keys = chance.sample(sorted(CHOICES), chance.randint(0, 9))
    # Compose has one place for a number of containers, and names only one.
    if "scale" in keys or "deploy" in keys:
        keys = [key for key in keys if key not in ("container_name", "scale" if "deploy" in keys else "")]
    for key, other in (("cpus", "deploy"), ("mem_limit", "deploy"), ("mem_reservation", "deploy"), ("pids_limit", "deploy"), ("hostname", "domainname")):
        if key in keys and other in keys:
            keys.remove(key)
    return {key: chance.choice(CHOICES[key]) for key in keys}


def named(body, number):
    return {**body, "container_name": f"named{number}"} if "container_name" in body else body


def manifest(chance, stacks):
    projects = {}
    for number in range(stacks):
        projects[f"p{number}"] = {
            "services": {"web": {"image": "web", **named(service(chance), number)}, "other": {"image": "other", "healthcheck": {"test": ["CMD", "true"]}, "profiles": []}},
            "networks": {"inner": chance.choice([None, {"driver": "overlay", "attachable": True}, {"ipam": {"config": [{"subnet": "10.9.0.0/24"}]}}])},
            "volumes": {"data": chance.choice([None, {"driver": "local"}, {"external": True}])},
            "configs": {"conf": {"file": "./conf"}}, "secrets": {"token": chance.choice([{"file": "./token"}, {"external": True}])},
        }
        # `profiles: []` stands for a service that always runs.
        projects[f"p{number}"]["services"]["other"].pop("profiles")
    return {"version": 1, "name": "stacks", "images": {"web": {"pull": "example.com/web:1"}, "other": {"pull": "example.com/other:1"}}, "projects": projects,
            "naming": {"container": "{project}-{service}"}, "environments": {"live": {"engine": "swarm"}},
            "rules": {"unused-volume-or-network": "off"}}


def generated(parent):
    chance = random.Random(asked.seed)
    accepted = keys = 0
    for start in range(0, asked.count, STACKS):
        root = Path(tempfile.mkdtemp(dir=parent))
        stacks = min(STACKS, asked.count - start)
        text = manifest(chance, stacks)
        (root / "strategy.yaml").write_text(json.dumps(text))
        for number in range(stacks):
            folder = root / f"p{number}"
            (folder / "x").mkdir(parents=True)
            for name in ("a.env", "conf", "token"):
                (folder / name).write_text("A=1\n")
        r = processes.run([BAYPLAN, "compile", "-q"], cwd=root)
        if r.returncode != 0:
            check(f"manifest {start} compiles", False, "\n".join(line for line in r.stderr.splitlines() if line.startswith("error")))
            continue
        for number in range(stacks):
            file = root / f"p{number}/docker-compose.live.yml"
            r = processes.run(["docker", "stack", "config", "-c", file], env={**os.environ, "B": "b"})
            if r.returncode == 0 and '"y": "y"' in json.dumps(text["projects"][f"p{number}"]["services"]["web"].get("environment")):
                check(f"stack {start + number}: y and n stay texts", re.search(r"^ +[\"']?y[\"']?: [\"']?y[\"']?$", r.stdout, re.M) and re.search(r"^ +[\"']?N[\"']?: [\"']?n[\"']?$", r.stdout, re.M), r.stdout)
            keys += len(text["projects"][f"p{number}"]["services"]["web"])
            if r.returncode == 0 and "gnoring" not in r.stderr:
                accepted += 1
            else:
                check(f"stack {start + number} is accepted", False, r.stderr + json.dumps(text["projects"][f"p{number}"]["services"]["web"]) + "\n" + file.read_text())
        shutil.rmtree(root)
    check(f"docker stack config accepts {accepted} stacks of {asked.count}, with {keys} keys (seed {asked.seed})", accepted == asked.count)


def commands(root, title):
    """The commands of the document's section, by their comments."""
    text = (root / "IMAGES.md").read_text()
    block = re.search(rf"### {title}\n\n```sh\n(.*?)```", text, re.S).group(1)
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in block.strip().split("\n\n")}


def deployed(parent):
    with engines.Engine(bridge="") as engine:
        root = Path(tempfile.mkdtemp(prefix="stacks ", dir=parent)).resolve()
        api = root / "shop/api"
        api.mkdir(parents=True)
        shutil.copy(engine.environment["ENGINE_BUSYBOX"], api / "busybox")
        (api / "Dockerfile").write_text('FROM scratch\nCOPY busybox /bin/busybox\nCOPY text /text\nENTRYPOINT ["/bin/busybox", "sleep", "100000"]\n')

        def write(tag):
            (root / "strategy.yaml").write_text(f"""version: 1
name: stacks
images: {{api: {{owner: shop, build: ./api}}}}
projects:
  shop:
    services: {{api: {{restart: always, environment: {{GREETING: "${{GREETING:-none}}", TAG: "{tag}"}}, stop_grace_period: 1s}}}}
environments: {{live: {{engine: swarm, registry: {engine.registry}/stacks, tag: "{tag}"}}}}
""")
            (api / "text").write_text(tag)
            done = [engine.run(BAYPLAN, "compile", "-q", cwd=root), engine.run("sh", root / "scripts/build.sh", cwd=root),
                    engine.run("sh", root / "scripts/release.sh", "--version", tag, "--allow-stale", cwd=root)]
            check(f"{tag} is compiled, built and released", all(r.returncode == 0 for r in done), [r.stdout + r.stderr for r in done])

        def tells(what):
            return engine.docker("service", "inspect", "--format", what, "shop_api").stdout.strip()

        def runs(tag):
            return processes.until(lambda: any(f"/api:{tag}" in line and line.endswith(" Running") for line in engine.docker(
                "stack", "ps", "--filter", "desired-state=running", "--format", "{{.Image}} {{.CurrentState}}", "shop").stdout.replace(" ago", "").splitlines()
                for line in [re.sub(r" Running.*", " Running", line)]))

        r = engine.docker("swarm", "init", "--advertise-addr", "127.0.0.1")
        check("there is a swarm of one node", r.returncode == 0, r.stderr)
        write("1.0")
        values, deploy, _, rollback, remove = commands(root, "Swarm").values()
        check("the document names what .env has", values == "export GREETING=VALUE", values)
        engine.environment["GREETING"] = "from the file"
        r = engine.run("sh", "-c", deploy, cwd=root)
        check("the document's command deploys", r.returncode == 0 and runs("1.0"), r.stdout + r.stderr)
        check("with the values of the environment", "GREETING=from the file" in tells("{{json .Spec.TaskTemplate.ContainerSpec.Env}}"))
        write("1.1")
        deploy = list(commands(root, "Swarm").values())[1]
        r = engine.run("sh", "-c", deploy, cwd=root)
        check("it updates", r.returncode == 0 and "/api:1.1" in tells("{{.Spec.TaskTemplate.ContainerSpec.Image}}") and runs("1.1"), r.stdout + r.stderr)
        r = engine.run("sh", "-c", rollback, cwd=root)
        check("it rolls back", r.returncode == 0 and "/api:1.0" in tells("{{.Spec.TaskTemplate.ContainerSpec.Image}}") and runs("1.0"), r.stdout + r.stderr)
        r = engine.run("sh", "-c", remove, cwd=root)
        check("and stops", r.returncode == 0 and tells("{{.ID}}") == "", r.stdout + r.stderr)
        engine.docker("swarm", "leave", "--force")


def main():
    reason = engines.lacking()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    engines.in_own_network()
    with tempfile.TemporaryDirectory(prefix="bayplan-stacks-") as parent:
        if shutil.which("docker") is None:
            with engines.Engine() as engine:
                os.environ["PATH"] = engine.environment["PATH"]
        generated(parent)
        deployed(parent)
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
