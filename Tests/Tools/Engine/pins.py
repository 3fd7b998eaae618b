#!/usr/bin/env python3
"""Pins a workspace of six third-party and four released images, and runs it from digests after the tags have moved.

A digest of an image for several platforms is that of its index, and a private registry is asked with the user's login.

On an engine with a registry, which ENGINE_REGISTRY names, and with ENGINE_BUSYBOX. Without them it is skipped aloud, or
fails if CI=true. It removes what it made.

usage: pins.py
"""

import base64
import http.client
import http.server
import json
import os
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import processes

BAYPLAN = os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan"))
OWN = {"BUILDX_BUILDER": "default", "BUILDKIT_PROGRESS": "plain", "PATH": f"{Path(BAYPLAN).parent}:{os.environ['PATH']}"}
THIRD = [f"third{n}" for n in range(6)]
OURS = [f"ours{n}" for n in range(4)]
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
checks = failures = 0


def check(name, holds, detail=""):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED  {name}\n{detail}", flush=True)


def run(*words, **options):
    return processes.run(words, env={**os.environ, **OWN}, **options)


def text(registry, mark):
    """A manifest with comments in every place that an edit could lose."""
    lines = ["# Pins", "version: 1", f"name: {mark}", "images:"]
    for name in THIRD:
        lines += [f"  # {name} comes from elsewhere", f"  {name}-{mark}:",
                  f"    pull: {registry}/{name}-{mark}:1 # moves now and then",
                  "    service: { command: [/busybox, sleep, '3600'], stop_grace_period: 1s }"]
    for name in OURS:
        lines += [f"  {name}-{mark}: {{ owner: {mark}, build: ./{name} }} # ours",]
    services = [f"      {name}-{mark}: {{}}" for name in THIRD + OURS]
    return "\n".join(lines + [
        "projects:", f"  {mark}:", "    services:", *services,
        "environments:", "  # What runs", "  live:", f"    registry: {registry}/{mark}", "    tag: '1' # the release",
        "    images:", f"      ours0-{mark}: {{ tag: '1' }} # as the others", ""])


def life(root, registry):
    mark = f"pins{os.getpid()}"
    folder = root / "w"
    (folder / mark).mkdir(parents=True)
    manifest = folder / "strategy.yaml"
    manifest.write_text(text(registry, mark))
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "busybox")
    names = [f"{registry}/{name}-{mark}:1" for name in THIRD]

    def publish(which):
        (root / "which").write_text(which)
        for name in names:
            built = run("docker", "build", "--quiet", "--tag", name, root, "--file", "-",
                        input=f"FROM scratch\nCOPY busybox which /\nLABEL name={name}\n")
            pushed = run("docker", "push", name)
            check(f"{name} is published as {which}", built.returncode == 0 and pushed.returncode == 0, built.stderr + pushed.stderr)

    def script(name, *words):
        return run("dash", folder / "scripts" / name, *words)

    def works(name, *words):
        result = script(name, *words)
        check(f"{name} {' '.join(words)}", result.returncode == 0, f"{result.returncode}: {result.stdout}{result.stderr}")
        return result.stdout

    def compiles():
        for words in (["compile", "-q", "--force"], ["compile", "--check", "-q"]):
            result = run(BAYPLAN, *words, cwd=folder)
            check(f"bayplan {' '.join(words)}", result.returncode == 0, result.stdout + result.stderr)

    for name in OURS:
        (folder / mark / name).mkdir()
        shutil.copy(root / "busybox", folder / mark / name / "busybox")
        (folder / mark / name / "Dockerfile").write_text(
            f"FROM scratch\nCOPY busybox /\nLABEL own={name}\nCMD [\"/busybox\", \"sleep\", \"3600\"]\n")
    try:
        publish("first")
        compiles()
        works("build.sh")
        works("release.sh", "--version", "1")
        # What it prints, and what it does not touch.
        before = manifest.read_text()
        printed = works("pin.sh")
        check("a line for each third-party image", [line.split()[:2] for line in printed.splitlines()]
              == [[f"{name}-{mark}", reference] for name, reference in zip(THIRD, names)], printed)
        check("nothing was written", manifest.read_text() == before)
        works("pin.sh", "--write")
        after = manifest.read_text()
        check("only digests came", re.sub("@" + DIGEST.pattern, "", after) == before, after)
        check("each of the six has one", len(re.findall("@" + DIGEST.pattern, after)) == 6, after)
        compiles()
        works("pin.sh", "--environment", "live", "--built", "--write")
        live = manifest.read_text()
        check("comments are kept", live.count("#") == before.count("#"), live)
        check("the four released images are pinned in the environment",
              len(re.findall("digest: " + DIGEST.pattern, live)) == 4, live)
        compiles()
        again = script("pin.sh", "--environment", "live", "--built", "--write")
        check("a second time changes nothing", again.returncode == 0 and manifest.read_text() == live, again.stderr)
        # The tags move, and what runs stays.
        publish("second")
        run("docker", "rmi", "-f", *names)
        up = run("docker", "compose", "-f", "docker-compose.live.yml", "up", "-d", cwd=folder / mark)
        check("it starts from digests", up.returncode == 0, up.stdout + up.stderr)
        for name in THIRD:
            which = run("docker", "exec", f"{mark}-{name}-{mark}", "/busybox", "cat", "/which").stdout
            check(f"{name} is the one that was pinned", which == "first", which)
        for name in OURS:
            image = run("docker", "container", "inspect", "--format", "{{.Config.Image}}", f"{mark}-{name}-{mark}").stdout
            check(f"{name} runs by its digest", bool(DIGEST.search(image)), image)
        # Asked again, the manifest follows.
        works("pin.sh", "--write")
        moved = manifest.read_text()
        check("the digests have moved", moved != live and len(set(re.findall("@" + DIGEST.pattern, moved))) == 6, moved)
        # What is not there is told, and nothing is written.
        manifest.write_text(moved.replace(f"third0-{mark}:1@", f"third0-{mark}:missing@"))
        compiles()
        before = manifest.read_text()
        missing = script("pin.sh", "--write")
        check("a missing reference is told", missing.returncode == 1 and "third0-" in missing.stderr
              and "nothing was written" in missing.stderr, missing.stderr)
        check("and nothing was written", manifest.read_text() == before)
    finally:
        run("docker", "compose", "-p", mark, "down", "--timeout", "1")
        left = run("docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split()
        left = [name for name in left if mark in name and not name.endswith("<none>")]
        by_digest = run("docker", "image", "ls", "--digests", "--format", "{{.Repository}} {{.ID}}").stdout.splitlines()
        left += sorted({line.split()[1] for line in by_digest if mark in line})
        if left:
            run("docker", "rmi", "-f", *left)


class Private(http.server.BaseHTTPRequestHandler):
    """A registry in front of the other, which answers nobody without the right word."""

    behind = ""
    word = "Basic " + base64.b64encode(b"someone:word").decode()
    protocol_version = "HTTP/1.1"

    def answer(self):
        if self.headers.get("Authorization") != self.word:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="private"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        asked = http.client.HTTPConnection(self.behind, timeout=60)
        asked.request(self.command, self.path, headers={"Accept": self.headers.get("Accept", "*/*")})
        answer = asked.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name in ("Content-Type", "Docker-Content-Digest", "Docker-Distribution-Api-Version"):
            if answer.getheader(name):
                self.send_header(name, answer.getheader(name))
        self.send_header("Content-Length", answer.getheader("Content-Length", str(len(body))))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = answer

    def log_message(self, *_):
        pass


def index_and_login(root, registry):
    """An image for two platforms, in a registry that wants a login."""
    mark = f"pinned{os.getpid()}"
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "busybox")
    single = []
    for platform in ("amd64", "arm64"):
        single.append(f"{registry}/{mark}:{platform}")
        run("docker", "build", "--quiet", "--platform", f"linux/{platform}", "--tag", single[-1], root, "--file", "-",
            input=f"FROM scratch\nCOPY busybox /\nLABEL platform={platform}\n")
        run("docker", "push", single[-1])
    made = run("docker", "buildx", "imagetools", "create", "--tag", f"{registry}/{mark}:1", *single)
    check("an index is made", made.returncode == 0, made.stderr)
    Private.behind = registry
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Private)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    private = f"localhost:{server.server_port}"
    try:
        folder = root / "private"
        (folder / mark).mkdir(parents=True)
        (folder / "strategy.yaml").write_text(
            f"version: 1\nimages: {{ cache: {{ pull: '{private}/{mark}:1' }} }}\n"
            f"projects: {{ {mark}: {{ services: {{ cache: }} }} }}\n")
        done = run(BAYPLAN, "compile", "-q", cwd=folder)
        check("it compiles", done.returncode == 0, done.stderr)
        configured = root / "config"
        shutil.copytree(os.environ.get("DOCKER_CONFIG", Path.home() / ".docker"), configured, symlinks=True,
                        ignore=shutil.ignore_patterns("buildx"))

        def pin():
            return processes.run(["dash", folder / "scripts/pin.sh"], env={**os.environ, **OWN, "DOCKER_CONFIG": str(configured)})

        refused = pin()
        check("without a login it is told how", refused.returncode == 1 and f"docker login {private}" in refused.stderr
              and refused.stdout == "", refused.stdout + refused.stderr)
        settings = configured / "config.json"
        content = json.loads(settings.read_text()) if settings.exists() else {}
        content["auths"] = {private: {"auth": Private.word.split()[1]}}
        settings.write_text(json.dumps(content))
        asked = http.client.HTTPConnection(registry, timeout=60)
        asked.request("HEAD", f"/v2/{mark}/manifests/1", headers={"Accept": "application/vnd.oci.image.index.v1+json"})
        digest = asked.getresponse().getheader("Docker-Content-Digest")
        pinned = pin()
        check("with it, the digest is that of the index", pinned.stdout == f"cache {private}/{mark}:1 {digest}\n",
              f"{digest}: {pinned.stdout}{pinned.stderr}")
    finally:
        server.shutdown()
        run("docker", "rmi", "-f", *single)


def main():
    if not (os.environ.get("ENGINE_REGISTRY") and os.environ.get("ENGINE_BUSYBOX")):
        print("pins.py: SKIPPED: there is no engine with a registry, and no static busybox")
        return 1 if os.environ.get("CI") == "true" else 0
    root = Path(tempfile.mkdtemp(prefix="pins-"))
    try:
        life(root, os.environ["ENGINE_REGISTRY"])
        index_and_login(root, os.environ["ENGINE_REGISTRY"])
    finally:
        shutil.rmtree(root)
    print(f"pins: {checks} checks, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
