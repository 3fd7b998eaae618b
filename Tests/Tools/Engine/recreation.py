#!/usr/bin/env python3
"""What `bayplan diff` tells, and what `up.sh` then really does on an engine: a project for each kind of change.

usage: recreation.py [--bayplan PATH] [--every N]

All projects are started, the manifest is changed, and each is started again: containers must be created, recreated, kept,
left or blocked as told, data and networks stay where told, and the commands that are told do what they are for. With
--every, each Nth project alone. Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an
engine it is skipped aloud, or fails if CI=true. It uses names of its own, and removes what it made.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

REPOSITORY = Path(__file__).resolve().parents[3]
MARK = f"bpd{os.getpid()}"
WAIT = "command: [sleep, '3600']"

# Each: what stands in the project before and after, as the bodies of its services and what stands beside them.
# `box` is an image that lies there; `%` is the project's own name.
CASES = {
    "nothing": ({"a": "{ environment: { A: 1 }, ports: ['127.0.0.1::80'] }"},
                {"a": "{ environment: [A=1], ports: [{ target: 80, host_ip: 127.0.0.1 }] }"}),
    "extension": ({"a": "{ x-team: a }"}, {"a": "{ x-team: b }"}),
    "variable": ({"a": "{ environment: { A: 1 } }", "b": "{}"}, {"a": "{ environment: { A: 2 } }", "b": "{}"}),
    "label": ({"a": "{ labels: { A: 1 } }"}, {"a": "{ labels: { A: 1, B: 2 } }"}),
    "command": ({"a": "{ command: sleep 3600 }"}, {"a": "{ command: [sleep, '3601'] }"}),
    "spelling": ({"a": "{ command: sleep 3600, stop_grace_period: 90s, mem_limit: 64m }"},
                 {"a": "{ command: [sleep, '3600'], stop_grace_period: 1m30s, mem_limit: 67108864 }"}),
    "restart": ({"a": "{ restart: always }"}, {"a": "{ restart: unless-stopped }"}),
    "pull-policy": ({"a": "{ pull_policy: never }"}, {"a": "{ pull_policy: missing }"}),
    "start-order": ({"a": "{ depends_on: [b] }", "b": "{}", "c": "{}"}, {"a": "{ depends_on: [b, c] }", "b": "{}", "c": "{}"}),
    "profile": ({"a": "{ profiles: [one] }"}, {"a": "{ profiles: [two] }"}),
    "replicas": ({"a": "{ deploy: { replicas: 2 } }"}, {"a": "{ deploy: { replicas: 3 } }"}),
    "fewer-replicas": ({"a": "{ deploy: { replicas: 3 } }"}, {"a": "{ deploy: { replicas: 2 } }"}),
    "replicas-from-one": ({"a": "{}"}, {"a": "{ deploy: { replicas: 2 } }"}),
    "port": ({"a": "{ ports: ['127.0.0.1::80'] }"}, {"a": "{ ports: ['127.0.0.1::80', '127.0.0.1::81'] }"}),
    "removed": ({"a": "{}", "b": "{}"}, {"a": "{}"}),
    "added": ({"a": "{}"}, {"a": "{}", "b": "{}"}),
    "renamed": ({"a": "{}", "b": "{ environment: { B: 1 } }"}, {"a": "{}", "c": "{ environment: { B: 1 } }"}),
    "renamed-name-kept": ({"a": "{ container_name: %-fixed }"}, {"b": "{ container_name: %-fixed }"}),
    "container-name": ({"a": "{ container_name: %-one }"}, {"a": "{ container_name: %-two }"}),
    "image": ({"a": "{ image: box }"}, {"a": "{ image: other }"}),
    "built": ({"a": "{ image: made }"}, {"a": "{ image: made }"}),
    "volume-mounted": ({"a": "{}"}, {"a": "{ volumes: ['fresh:/data'] }"}, "", "volumes: { fresh: }"),
    "volume-removed": ({"a": "{ volumes: ['data:/data'] }"}, {"a": "{}"}, "volumes: { data: }", ""),
    "volume-renamed": ({"a": "{ volumes: ['data:/data'] }"}, {"a": "{ volumes: ['more:/data'] }"}, "volumes: { data: }",
                       "volumes: { more: }"),
    "network-joined": ({"a": "{ networks: [one] }"}, {"a": "{ networks: [one, two] }"}, "networks: { one: , two: }",
                       "networks: { one: , two: }"),
    "network-left": ({"a": "{ networks: [one, two] }"}, {"a": "{ networks: [one] }"}, "networks: { one: , two: }",
                     "networks: { one: , two: }"),
    "config-content": ({"a": "{ configs: [{ source: c, target: /c }] }"}, {"a": "{ configs: [{ source: c, target: /c }] }"},
                       "configs: { c: { file: ./one } }", "configs: { c: { file: ./two } }"),
    "healthcheck": ({"a": "{ healthcheck: { test: [CMD, 'true'], interval: 60s } }"},
                    {"a": "{ healthcheck: { test: [CMD, 'true'], interval: 1m } }"}),
    "mount": ({"a": "{ volumes: ['./one:/x:ro'] }"}, {"a": "{ volumes: [{ type: bind, source: one, target: /x/, read_only: true, "
                                                       "bind: { create_host_path: true } }] }"}),
}


def name(case):
    return f"{MARK}-{case}"


def manifest(cases, side, argument):
    lines = ["version: 1", "images:", f"  box: {{ pull: '{MARK}-box:1' }}", f"  other: {{ pull: '{MARK}-box:2' }}",
             f"  made: {{ owner: {name('built') if 'built' in cases else name(next(iter(cases)))}, repository: {MARK}-made,",
             f"    build: {{ context: ./made, args: {{ A: '{argument}' }} }} }}",
             "defaults:", f"  service: {{ stop_signal: KILL, {WAIT} }}", "projects:"]
    for case in cases:
        parts = CASES[case]
        services, beside = parts[side], parts[2 + side] if len(parts) > 2 else ""
        lines += [f"  {name(case)}:", "    services:"]
        for service, body in services.items():
            body = body.replace("%", name(case))
            more = [] if "image:" in body else ["image: box"]
            # The addresses of an engine are few: a network has who needs one.
            more += [] if "ports:" in body or "networks:" in body else ["network_mode: none"]
            if more:
                body = "{ " + ", ".join(more) + (", " + body[1:].strip() if body != "{}" else " }")
            lines.append(f"      {service}: {body}")
        if beside:
            lines.append("    " + beside)
    return "\n".join(lines) + "\n"


class Run:
    def __init__(self, bayplan, root, cases):
        self.bayplan, self.root, self.cases = bayplan, root, cases
        self.environment = {**os.environ, "PATH": f"{root}/bin:{os.environ['PATH']}", "BAYPLAN_ROOT": ""}
        self.failures, self.checked = [], 0

    def check(self, case, what, condition, detail=""):
        self.checked += 1
        if not condition:
            self.failures.append(f"{case}: {what}")
            print(f"FAILED  {case}: {what} {detail}", flush=True)

    def run(self, *words):
        return processes.run([str(word) for word in words], cwd=self.root, env=self.environment)

    def compile(self, side, argument):
        (self.root / "strategy.yaml").write_text(manifest(self.cases, side, argument))
        result = self.run(self.bayplan, "compile")
        assert result.returncode == 0, result.stdout + result.stderr

    def containers(self, case):
        """The running containers of a project: by service the identities, and the names by identity."""
        result = self.run("docker", "ps", "--no-trunc", "--filter", f"label=com.docker.compose.project={name(case)}", "--format",
                          '{{.ID}} {{.Label "com.docker.compose.service"}} {{.Names}}')
        found = {}
        for line in result.stdout.splitlines():
            identity, service, container = line.split()
            found.setdefault(service, {})[identity] = container
        return found

    def up(self, case):
        return self.run(self.root / "scripts/up.sh", "--all-profiles", name(case))

    def start(self, case):
        result = self.up(case)
        self.check(case, "starts", result.returncode == 0, result.stderr)
        return case, self.containers(case)

    def again(self, case, before, project, images):
        told = {item["service"]: item for item in (project or {}).get("containers", [])}
        blocked = [item for item in told.values() if item["effect"] == "blocked"]
        result = self.up(case)
        if blocked:
            self.check(case, "cannot be started, as told", result.returncode != 0)
            for item in blocked:
                self.check(case, "the told command runs", self.run("sh", "-c", item["command"]).returncode == 0, item["command"])
            result = self.up(case)
        self.check(case, "starts again", result.returncode == 0, result.stderr)
        after = self.containers(case)
        self.check_effects(case, before, after, told)
        for item in told.values():
            if item["effect"] == "rebuilt":
                self.rebuild(case, item, after, images)
            if item["effect"] == "left" or item["kind"] == "renamed" and not blocked:
                self.check(case, "the told command removes it", self.run("sh", "-c", item["command"]).returncode == 0)
                service = item.get("formerService", item["service"])
                self.check(case, "it is gone then", service not in self.containers(case))
        for item in (project or {}).get("resources", []):
            self.resource(case, item)

    def check_effects(self, case, before, after, told):
        for service in CASES[case][1]:
            effect = told[service]["effect"] if service in told else "kept"
            old, new = set(before.get(service, {})), set(after.get(service, {}))
            if effect in ("created", "blocked"):
                self.check(case, f"{service} is created", not old and new)
            elif effect == "recreated":
                self.check(case, f"{service} is recreated", old and new and not old & new, f"{old} {new}")
            else:
                fewer = min(len(old), len(new))
                self.check(case, f"{service} goes on ({effect})", fewer > 0 and len(old & new) == fewer, f"{old} {new}")
            if service in told:
                self.check(case, f"{service} has the told name", told[service]["container"] in after[service].values(),
                           f"{told[service]['container']} {after[service]}")
        for service in set(CASES[case][0]) - set(CASES[case][1]):
            is_told = any(service in (item["service"], item.get("formerService")) for item in told.values())
            self.check(case, f"{service} is told to stay", is_told)
            is_there = before[service].keys() == after.get(service, {}).keys()
            was_removed = any(item["effect"] == "blocked" for item in told.values())
            self.check(case, f"{service} stays" if not was_removed else f"{service} made room", is_there != was_removed)

    def rebuild(self, case, item, before, images):
        command = next(image["command"] for image in images if image["rebuilt"])
        result = self.run("sh", "-c", command)
        self.check(case, "the told command builds", result.returncode == 0, result.stderr)
        after = self.containers(case)
        old, new = set(before[item["service"]]), set(after.get(item["service"], {}))
        self.check(case, "it is recreated once its image is built", new and not old & new)

    def resource(self, case, item):
        kind = item["topic"]
        if kind not in ("volume", "network"):
            return
        if "formerObject" in item:
            there = self.run("docker", kind, "inspect", item["formerObject"]).returncode == 0
            self.check(case, f"{kind} {item['formerObject']} stays", there)
            if item["kind"] == "removed":
                self.check(case, "the told command removes it", self.run("sh", "-c", item["command"]).returncode == 0, item["command"])
        if "object" in item and item["kind"] == "added":
            self.check(case, f"{kind} {item['object']} is there", self.run("docker", kind, "inspect", item["object"]).returncode == 0)

    def remove(self):
        for case in self.cases:
            self.run("docker", "compose", "-p", name(case), "down", "--volumes", "--remove-orphans", "--timeout", "0")
            for volume in ("data", "more"):
                self.run("docker", "volume", "rm", f"{name(case)}_{volume}")
            for network in ("one", "two"):
                self.run("docker", "network", "rm", f"{name(case)}_{network}")
        self.run("docker", "rmi", "-f", f"{MARK}-box:1", f"{MARK}-box:2", f"{MARK}-made:latest")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    if "ENGINE_BUSYBOX" not in os.environ or processes.run(["docker", "compose", "version"]).returncode != 0:
        print("SKIPPED: there is no engine", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    cases = list(CASES)[:: options.every]
    with tempfile.TemporaryDirectory(prefix="recreation ") as folder:
        root = Path(folder).resolve()
        (root / "bin").mkdir()
        shutil.copy(options.bayplan, root / "bin/bayplan")
        run = Run(options.bayplan, root, cases)
        owner = root / (name("built") if "built" in cases else name(cases[0]))
        (owner / "made").mkdir(parents=True)
        for place in (root, owner / "made"):
            shutil.copy(os.environ["ENGINE_BUSYBOX"], place / "busybox")
        recipe = "FROM scratch\nARG A\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sleep\nCOPY busybox /bin/true\nLABEL a=$A\n"
        (owner / "made/Dockerfile").write_text(recipe)
        (root / "Dockerfile").write_text(recipe)
        for case in cases:
            (root / name(case)).mkdir(exist_ok=True)
            for file in ("one", "two"):
                (root / name(case) / file).write_text(file)
        try:
            for number in "12":
                result = run.run("docker", "build", "-q", "--build-arg", f"A={number}", "-t", f"{MARK}-box:{number}", root)
                assert result.returncode == 0, result.stderr
            run.compile(0, "1")
            (root / "before.yaml").write_text((root / "strategy.yaml").read_text())
            result = run.run(root / "scripts/build.sh")
            assert result.returncode == 0, result.stderr
            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                before = dict(pool.map(run.start, cases))
                run.compile(1, "2")
                result = run.run(options.bayplan, "diff", "--format", "json", "before.yaml")
                assert result.returncode == 0, result.stderr
                told = json.loads(result.stdout)
                projects = {project["name"]: project for project in told["projects"]}
                list(pool.map(lambda case: run.again(case, before[case], projects.get(name(case)), told["images"]), cases))
        finally:
            run.remove()
    print(f"recreation: {len(cases)} projects, {run.checked} checks, {len(run.failures)} failed")
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
