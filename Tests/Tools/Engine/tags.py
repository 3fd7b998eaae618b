#!/usr/bin/env python3
"""Compares explicit tags with Docker Compose: what validates is accepted by Compose, which reads in the emitted file what it
reads in a Compose file that holds the same body.

    tags.py [--bayplan PATH] [--seed N] [COUNT]
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import compose

TAGS = ["!!bool", "!!null", "!!int", "!!float", "!!timestamp", "!!binary", "!!str", "!!set", "!!omap", "!!map", "!!seq", "!!merge",
        "!foo", "!", "!<tag:yaml.org,2002:int>", "!!python/none", "!Reset", "!override", "!reset", "!!pairs", "!!yaml"]
TEXTS = ["%", "x", "true", "False", "yes", "on", "null", "~", "", "1", "-5", "+3", "0x1F", "0o17", "0b11", "010", "1_000", "1.5",
         "1e3", ".inf", ".nan", "1.0", "2001-01-01", "2001-01-01T10:00:00Z", "2001-13-01", "aGVsbG8=", "<<", "80", "80:80", "10s",
         "5m", "512m", "always", "99999999999999999999", "9223372036854775808", "a b", "c: d", "é", "0", "no"]
NODES = ["[a]", "[]", "{a: b}", "{}", "[1, 2]", "{a: 1}", "{a: , b: }", "[a: 1]"]
PLACES = [
    "privileged: #", "environment: {A: #}", "environment: [#]", "environment: #", "labels: {A: #}", "labels: #", "restart: #",
    "ports: [#]", "ports: #", "ports: [{target: #}]", "ports: [{target: 80, published: #}]", "command: #", "command: [#, b]",
    "mem_limit: #", "cpus: #", "pids_limit: #", "stop_grace_period: #", "init: #", "tty: #", "user: #", "hostname: #",
    "healthcheck: {test: #}", "healthcheck: {retries: #, test: [CMD, x]}", "healthcheck: {interval: #, test: [CMD, x]}",
    "healthcheck: {disable: #}", "deploy: {replicas: #}", "deploy: {resources: {limits: {cpus: #}}}", "volumes: [#]",
    "volumes: [{type: volume, source: #, target: /x}]", "tmpfs: #", "dns: #", "cap_add: #", "sysctls: {net.core.somaxconn: #}",
    "ulimits: {nofile: #}", "logging: {options: {max-size: #}}", "extra_hosts: #", "x-mine: #", "x-mine: {a: [#]}", "profiles: #",
    "depends_on: #", "networks: #", "stdin_open: #", "shm_size: #", "annotations: {a: #}", "oom_score_adj: #", "read_only: #",
]


def scalar(pick):
    text = pick.choice(TEXTS)
    style = pick.randrange(4)
    if style == 0 and text and not any(sign in text for sign in ":{}[],%~<") or style == 1 and text in {"~", "", "null"}:
        return text
    return json.dumps(text, ensure_ascii=False) if style % 2 else "'" + text + "'"


def value(pick):
    node = pick.choice(NODES) if pick.random() < 0.25 else scalar(pick)
    return f"{pick.choice(TAGS)} {node}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("count", type=int, nargs="?", default=400)
    options = parser.parse_args()
    if subprocess.run([*compose.words(), "version"], capture_output=True).returncode != 0:
        print("SKIPPED: there is no Docker Compose", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    environment = {**os.environ, "BAYPLAN_ROOT": ""}

    def config(file, folder):
        ran = subprocess.run([*compose.words(), "-f", file, "-p", "p", "--profile", "*", "config", "--format", "json"],
                             cwd=folder, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        return json.loads(ran.stdout)["services"].get("a") if ran.returncode == 0 else None, ran.stderr

    pick, wrong, clean, refused, alike = random.Random(options.seed), [], 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="bayplan-tags-") as folder:
        folder = Path(folder)
        (folder / "p").mkdir()
        for _ in range(options.count):
            body = pick.choice(PLACES).replace("#", value(pick))
            (folder / "strategy.yaml").write_text(
                f"version: 1\nimages: {{a: {{pull: 'r:1'}}}}\nprojects: {{p: {{services: {{a: {{{body}}}}}}}}}\n")
            (folder / "p/other.yml").write_text(f"services: {{a: {{image: 'r:1', container_name: p-a, {body}}}}}\n")
            ran = subprocess.run([options.bayplan, "compile", "-q", "--force", "strategy.yaml"], cwd=folder, env=environment,
                                 capture_output=True, text=True, timeout=120)
            if ran.returncode not in (0, 1):
                wrong.append(f"{body}: status {ran.returncode}")
            if ran.returncode != 0:
                refused += 1
                continue
            clean += 1
            emitted, said = config("docker-compose.yml", folder / "p")
            if emitted is None:
                wrong.append(f"{body}: Compose refuses what is emitted: {said.strip()[:200]}")
                continue
            stated, said = config("other.yml", folder / "p")
            # A body that Compose refuses as its author wrote it may still be emitted as one that it takes.
            if stated is None or stated == emitted:
                alike += stated is not None
            else:
                wrong.append(f"{body}: Compose reads {stated} and, as emitted, {emitted}")
    for text in wrong[:40]:
        print(f"tags: {text}", file=sys.stderr)
    print(f"tags: {options.count} values: {refused} refused, {clean} emitted, {alike} of them read alike, {len(wrong)} wrong")
    return 1 if wrong or not clean or not refused else 0


if __name__ == "__main__":
    sys.exit(main())
