#!/usr/bin/env python3
"""A production host and a development workspace on one engine: every script, in each, sees its own and leaves the other's alone.

usage: hosts.py [PATH OF bayplan]

The host has a checkout that runs the environment `live` from a registry; the workspace is another checkout, an instance of its
own. Needs an engine that DOCKER_HOST names, ENGINE_BUSYBOX and ENGINE_REGISTRY. Without them it is skipped aloud, or fails if
CI=true. It uses names of its own, and removes what it made.
"""

import json
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
M = f"bph{os.getpid()}"

def docker(*words):
    return processes.run(["docker", *words])


def containers():
    """All containers of this test: name, identity, image."""
    out = docker("ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.ID}}", "--filter", f"name={M}").stdout
    return dict(line.split() for line in out.splitlines())


class Checkout:
    def __init__(self, parent, name, text, words, **settings):
        self.root = Path(tempfile.mkdtemp(prefix=f"{name} ", dir=parent)).resolve()
        self.words, self.text = words, text
        (self.root / "bin").mkdir()
        shutil.copy(BAYPLAN, self.root / "bin/bayplan")
        self.settings = {**os.environ, "PATH": f"{self.root}/bin:{os.environ['PATH']}", **settings}
        for folder, base in (("data/base", "FROM scratch\nCOPY busybox /bin/busybox\n"), ("data/store", f"FROM {M}-base\n"), ("shop/api", f"FROM {M}-base\n")):
            (self.root / folder).mkdir(parents=True)
            (self.root / folder / "Dockerfile").write_text(base + "COPY text /text\n")
            (self.root / folder / "text").write_text(text)
        shutil.copy(os.environ["ENGINE_BUSYBOX"], self.root / "data/base/busybox")
        (self.root / "strategy.yaml").write_text(f"""version: 1
name: {M}
instances: HOSTS_INSTANCE
naming: {{image: ".*", project: ".*"}}
defaults: {{service: {{command: [/bin/busybox, sleep, "100000"], stop_signal: SIGKILL, network_mode: none}}}}
images:
  {M}-base: {{owner: {M}-data, build: ./base}}
  {M}-store: {{owner: {M}-data, build: ./store, needs: [{M}-base]}}
  {M}-api: {{owner: {M}-shop, build: ./api, needs: [{M}-base]}}
projects:
  {M}-data: {{path: data, volumes: {{kept: {{}}}}, services: {{base: {{image: {M}-base, profiles: [build]}}, store: {{image: {M}-store, volumes: ["kept:/kept"]}}}}}}
  {M}-shop: {{path: shop, after: [{M}-data], services: {{api: {{image: {M}-api}}}}}}
environments:
  live: {{registry: "{os.environ['ENGINE_REGISTRY']}/{M}", tag: "1.0"}}
""")
        r = self.run("bayplan", "compile", "-q")
        check(f"{name}: it compiles", r.returncode == 0, r.stderr)

    def run(self, *words):
        return processes.run(words, cwd=self.root, env=self.settings)

    def script(self, name, *words):
        environment = self.words if name in ("build.sh", "verify.sh", "up.sh", "down.sh", "status.sh", "refresh.sh", "pin.sh") else []
        return self.run("sh", self.root / "scripts" / name, *environment, *words)

    def seen(self):
        found = json.loads(self.script("status.sh", "--json").stdout)
        return found, {c["container"] for c in found["containers"]}


def release(host, version):
    r = host.run("sh", host.root / "scripts/build.sh")
    s = host.run("sh", host.root / "scripts/release.sh", "--version", version)
    check(f"the host's version {version} is in the registry", r.returncode == s.returncode == 0, r.stderr + s.stderr)


def side_by_side(host, dev):
    r = host.script("up.sh", f"{M}-shop")
    live = containers()
    mine = {f"{M}-data-store", f"{M}-shop-api"}
    check("the host runs the environment", r.returncode == 0 and set(live) == mine, r.stderr)
    r, s = dev.script("build.sh"), dev.script("up.sh", f"{M}-shop")
    own = {name + "-dev" for name in mine}
    check("the workspace builds and starts beside it", r.returncode == s.returncode == 0 and set(containers()) == mine | own, r.stderr + s.stderr)
    check("up.sh of the workspace touched none of the host's", live.items() <= containers().items(), containers())
    there = containers()

    for name, checkout, its, environment in (("host", host, mine, "live"), ("workspace", dev, own, None)):
        found, names = checkout.seen()
        check(f"{name}: status.sh sees its own containers and no others", names == its and {c["environment"] for c in found["containers"]} == {environment}
              and found["stale"] == 0 and found["left_over"] == [], found)
        prefix = os.environ["ENGINE_REGISTRY"] if environment else M
        check(f"{name}: its images are its references", all(i["reference"].startswith(prefix) and i["present"] for i in found["images"]), found["images"])
        r = checkout.script("verify.sh")
        check(f"{name}: verify.sh finds all, and nothing stale", r.returncode == 0 and "missing: 0; running containers: 2, stale: 0" in r.stderr, r.stderr)
        r = checkout.script("status.sh", "--plan", f"{M}-shop")
        check(f"{name}: status.sh --plan keeps what runs", r.returncode == 0 and "would: keep 1\n" in r.stdout, r.stdout + r.stderr)
        r = checkout.script("up.sh", f"{M}-shop")
        check(f"{name}: up.sh again changes nothing", r.returncode == 0 and containers() == there, r.stderr)
        r = checkout.run("sh", checkout.root / "scripts/clean.sh", "--dry-run", "--left-over")
        check(f"{name}: clean.sh finds nothing left over", r.returncode == 0 and M not in r.stdout, r.stdout)
        r = checkout.run("sh", checkout.root / "scripts/pin.sh", "--environment", "live", "--built")
        check(f"{name}: pin.sh tells the registry's digests", r.returncode == 0 and r.stdout.count("sha256:") == 3, r.stdout + r.stderr)

    r = host.run("sh", host.root / "scripts/up.sh", f"{M}-shop")
    check("host: development does not take the environment's containers", r.returncode == 1 and "was started for live, not for development" in r.stderr
          and containers() == there, r.stderr)

    (dev.root / "data/base/text").write_text("newer\n")
    r = dev.script("refresh.sh", f"{M}-base")
    now = containers()
    check("workspace: refresh.sh recreates its own", r.returncode == 0 and all(now[name] != there[name] for name in own), r.stderr)
    check("and leaves the host's", all(now[name] == there[name] for name in mine) and host.seen()[0]["stale"] == 0, now)

    (host.root / "shop/api/text").write_text("newer\n")
    there = now
    r = host.script("refresh.sh", f"{M}-api")
    now = containers()
    check("host: refresh.sh recreates the environment's", r.returncode == 0 and now[f"{M}-shop-api"] != there[f"{M}-shop-api"], r.stderr)
    check("and leaves the workspace's", all(now[name] == there[name] for name in own) and dev.seen()[0]["stale"] == 0, now)

    r = dev.run("sh", dev.root / "scripts/clean.sh", "--all", "--yes")
    check("workspace: clean.sh --all removes no image that the host runs, and no container", all(
        docker("image", "inspect", f"{os.environ['ENGINE_REGISTRY']}/{M}/{M}-{n}:1.0").returncode == 0 for n in ("store", "api"))
        and containers() == now, r.stdout + r.stderr)
    r = dev.script("down.sh", "--all")
    check("workspace: down.sh --all stops its own", r.returncode == 0 and set(containers()) == mine and f"{M}-data_kept" in docker("volume", "ls", "-q").stdout, r.stderr)
    r = host.run("sh", host.root / "scripts/down.sh", "--all")
    check("host: down.sh of development stops nothing of the environment", r.returncode == 1 and set(containers()) == mine, r.stderr)
    r = host.script("down.sh", "--all", "--volumes", "--yes")
    check("host: down.sh stops its own", r.returncode == 0 and not containers(), r.stderr)


def main():
    if docker("version").returncode != 0 or not {"ENGINE_BUSYBOX", "ENGINE_REGISTRY"} <= set(os.environ):
        print("SKIPPED: there is no engine with a registry", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan-hosts-") as parent:
        try:
            host = Checkout(parent, "host", "host\n", ["--environment", "live"], HOSTS_INSTANCE="")
            dev = Checkout(parent, "workspace", "workspace\n", [], HOSTS_INSTANCE="dev")
            release(host, "1.0")
            side_by_side(host, dev)
        finally:
            if containers():
                docker("rm", "--force", *containers())
            for volume in docker("volume", "ls", "--quiet", "--filter", f"name={M}").stdout.split():
                docker("volume", "rm", volume)
            out = docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout
            docker("image", "rm", "--force", *[line for line in out.splitlines() if M in line and "<none>" not in line])
            kept = docker("image", "ls", "--quiet", "--filter", f"label=io.bayplan.workspace={M}").stdout.split()
            if kept:
                docker("image", "rm", "--force", *kept)
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
