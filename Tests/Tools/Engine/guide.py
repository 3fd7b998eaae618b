#!/usr/bin/env python3
"""The guide's workflow on a real engine, from what Bayplan emits: build, verify, start, delete, rebuild, mend, release.

usage: guide.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names, ENGINE_REGISTRY, a registry, and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or fails if CI=true. It refuses to run where an image or container of its
names is there already, and removes what it made.
"""

import contextlib
import os
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import environments
import processes
import program
from checks import check, failures

REPOSITORY = Path(__file__).resolve().parents[3]
BAYPLAN = str(program.named())
IMAGES = ["trading-api:latest", "arq-worker:latest", "webhook-receiver:latest", "pipeline-worker:latest"]
LIBRARY = ["userland", "http-runtime", "worker-runtime", "front-door", "title-api", "search-api", "design-assets",
           "loan-api", "reminder-worker", "public-web", "search-indexer", "staff-web"]
ZIXLY = {
    "zixly-trading-api": "trading-api:latest",
    "zixly-arq-worker": "arq-worker:latest",
    "zixly-webhook-receiver": "webhook-receiver:latest",
    "zixly-pipeline-worker": "pipeline-worker:latest",
    "zixly-redis": "redis:7-alpine",
}
TRADING = {"trading-api": "trading-api:latest", "arq-worker": "arq-worker:latest"}


def run(*words, cwd=None, env=None):
    return processes.run(words, cwd=cwd, env={**os.environ, **(env or {})})


def docker(*words):
    return run("docker", *words)


def done(*words, cwd=None):
    result = run(*words, cwd=cwd)
    if result.returncode != 0:
        raise SystemExit(f"guide.py: {' '.join(map(str, words))} failed:\n{result.stdout}{result.stderr}")
    return result


def running(project):
    out = docker("ps", "--filter", f"label=com.docker.compose.project={project}", "--format", "{{.Names}} {{.Image}}")
    return dict(line.split(" ") for line in out.stdout.splitlines())


def image_id(name):
    return docker("image", "inspect", "--format", "{{.Id}}", name).stdout.strip()


def on_free_ports(manifest):
    """Puts free ports of this host in the place of the manifest's, which another program may have."""
    with contextlib.ExitStack() as held:
        def free(_):
            listener = held.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            return f"127.0.0.1:{listener.getsockname()[1]}:"

        manifest.write_text(re.sub(r"127\.0\.0\.1:\d+:", free, manifest.read_text()))


def guide(folder):
    done(BAYPLAN, "compile", cwd=folder)
    result = run(folder / "scripts/verify.sh", "--quiet")
    check("before the build verify.sh misses every image", result.returncode == 1 and all(i in result.stdout for i in IMAGES),
          result.stdout)
    result = done(folder / "scripts/build.sh")
    check("build.sh makes the guide's images, trading's before zixly's", result.stdout.split() == IMAGES, result.stdout)
    done(REPOSITORY / "Tests/Support/Fakes/build-redis.sh")
    result = run(folder / "scripts/verify.sh")
    check("verify.sh lists them", result.returncode == 0 and all(i in result.stdout for i in IMAGES), result.stdout + result.stderr)
    print(result.stdout)

    for project in ("trading", "zixly"):
        result = run(folder / "scripts/up.sh", "--all-profiles", project)
        check(f"up.sh {project}", result.returncode == 0, result.stdout + result.stderr)
    check("trading's containers as the guide names them", running("trading") == TRADING, str(running("trading")))
    check("zixly's containers as the guide names them, from generic images, side by side", running("zixly") == ZIXLY,
          str(running("zixly")))
    print(docker("ps", "--format", "table {{.Names}}\t{{.Image}}\t{{.Status}}").stdout)

    def state():
        return docker("inspect", "--format", "{{.State.Health.Status}}", "zixly-trading-api").stdout.strip()

    check("zixly-trading-api becomes healthy", processes.until(lambda: state() == "healthy"), state())

    result = run(folder / "scripts/verify.sh", "--quiet")
    check("nothing is missing or stale", (result.returncode, result.stdout) == (0, ""), result.stdout)
    pull_policy(folder)

    docker("rm", "-f", "zixly-pipeline-worker")
    docker("rmi", "pipeline-worker:latest")
    result = run(folder / "scripts/verify.sh", "--quiet", cwd="/")
    check("a deleted image: verify.sh names it, its owner and the command", result.returncode == 1
          and result.stdout.startswith("pipeline-worker:latest is missing. zixly builds it:\n"), result.stdout)
    print(result.stdout)
    command = result.stdout.splitlines()[1].strip()
    result = run(folder / "scripts/up.sh", "--all-profiles", "zixly")
    check("up.sh starts nothing then", result.returncode == 1 and "pipeline-worker" in result.stderr, result.stderr)
    result = run("sh", "-c", command, cwd="/")
    check("the command makes it", result.returncode == 0 and image_id("pipeline-worker:latest"), result.stderr)


def pull_policy(folder):
    """What Compose does with `build` beside `pull_policy: never`."""
    compose = ["docker", "compose", "-f", folder / "zixly/docker-compose.yml", "--profile", "*"]
    before = image_id("webhook-receiver:latest")
    result = run(*compose, "up", "-d", "webhook-receiver")
    check("an image that is there is not built", result.returncode == 0 and image_id("webhook-receiver:latest") == before)
    result = run(*compose, "pull", "--ignore-buildable", "trading-api", "webhook-receiver", "pipeline-worker")
    check("docker compose pull is quiet about built images", result.returncode == 0 and "denied" not in result.stderr
          and "rror" not in result.stderr, result.stderr)
    result = run(*compose, "pull", "trading-api", "arq-worker", "webhook-receiver", "pipeline-worker")
    check("without --ignore-buildable too", result.returncode == 0 and "denied" not in result.stderr, result.stderr)
    docker("rm", "-f", "zixly-webhook-receiver")
    docker("rmi", "-f", "webhook-receiver:latest")
    result = run(*compose, "up", "-d", "webhook-receiver")
    check("the owner's service builds what is absent, and looks for it nowhere else", result.returncode == 0
          and image_id("webhook-receiver:latest") != "", result.stderr)

    ids = {name: image_id(name) for name in IMAGES[:2]}
    docker("rm", "-f", "zixly-trading-api", "trading-api")
    docker("tag", "trading-api:latest", "trading-api:aside")
    docker("rmi", "trading-api:latest")
    result = run(*compose, "up", "-d", "trading-api")
    message = result.stderr.lower()
    check("a consumer's missing image is a clear local error", result.returncode != 0 and "trading-api:latest" in message
          and "denied" not in message and ("no such image" in message or "not found" in message or "not present" in message),
          result.stderr)
    print(result.stderr)
    docker("tag", "trading-api:aside", "trading-api:latest")
    docker("rmi", "trading-api:aside")
    check("and is there again", image_id("trading-api:latest") == ids["trading-api:latest"])
    done(folder / "scripts/up.sh", "--all-profiles", "zixly")
    done(folder / "scripts/up.sh", "trading")


def library(folder):
    done(BAYPLAN, "compile", cwd=folder)
    done(folder / "scripts/build.sh", "--jobs", "2")
    check("the monorepo's twelve images are built", all(image_id(f"{name}:latest") for name in LIBRARY))
    before = {name: image_id(f"{name}:latest") for name in LIBRARY}
    serve = folder / "platform/http-runtime/serve"
    serve.write_text(serve.read_text() + "# changed for a test\n")
    result = done(folder / "scripts/build.sh", "--with-dependents", "http-runtime")
    after = {name: image_id(f"{name}:latest") for name in LIBRARY}
    rebuilt = {name for name in LIBRARY if before[name] != after[name]}
    stands = {"http-runtime", "front-door", "title-api", "search-api", "loan-api", "public-web", "search-indexer", "staff-web"}
    # What search-indexer takes from title-api is not what changed: its build gives the same image again.
    changed = stands - {"search-indexer"}
    check("a changed base rebuilds what stands on it", rebuilt == changed, f"{rebuilt ^ changed}\n{result.stdout}")
    check("and nothing else is looked at", set(result.stdout.split()) == {f"{name}:latest" for name in stands}, result.stdout)
    result = docker("run", "--rm", "--network", "none", "--entrypoint", "/bin/busybox", "staff-web:latest",
                    "grep", "-r", "-l", "changed for a test", "/bin")
    check("the change is in an image two stages up", "serve" in result.stdout, result.stdout + result.stderr)


def main():
    if docker("version").returncode != 0 or not {"ENGINE_BUSYBOX", "ENGINE_REGISTRY"} <= os.environ.keys():
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX or ENGINE_REGISTRY is not set")
        return 1 if os.environ.get("CI") == "true" else 0
    images = IMAGES + [f"{name}:latest" for name in LIBRARY]
    taken = [name for name in images if image_id(name)]
    taken += [name for name in [*ZIXLY, *TRADING] if docker("container", "inspect", name).returncode == 0]
    if taken:
        print(f"guide.py: these are here already, and are left alone: {' '.join(taken)}")
        return 1
    had_redis = image_id("redis:7-alpine")
    root = Path(tempfile.mkdtemp(prefix="bayplan guide "))
    try:
        shutil.copytree(REPOSITORY / "manifests", root / "manifests")
        on_free_ports(root / "manifests/zixly/strategy.yaml")
        done(root / "manifests/prepare.sh")
        guide(root / "manifests/zixly")
        environments.troubleshooting(sys.modules[__name__], root / "manifests/zixly")
        environments.environment(sys.modules[__name__], root / "manifests/zixly", os.environ["ENGINE_REGISTRY"])
        library(root / "manifests/monorepo")
    finally:
        docker("rm", "-f", "-v", *ZIXLY, *TRADING)
        for project in ("trading", "zixly"):
            ids = docker("network", "ls", "-q", "--filter", f"label=com.docker.compose.project={project}").stdout.split()
            if ids:
                docker("network", "rm", *ids)
        docker("rmi", "-f", "trading-api:aside", *images, *([] if had_redis else ["redis:7-alpine"]))
        shutil.rmtree(root)
    print(f"guide: {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
