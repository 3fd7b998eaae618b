#!/usr/bin/env python3
"""Builds on a builder that is not this engine, with bases that only it has: a second engine, by Buildx's remote driver.

usage: builders.py [PATH OF bayplan]

The workspace is the one of the page about other machines, whose workflow is run step by step, each job on a builder that
has nothing but the third-party base. Starts engines and registries of its own in a network of its own. Where none can be
started it is skipped aloud, or fails if CI=true.
"""

import json
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import engines
import processes
import program
from checks import check, failures
import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
BAYPLAN = program.named()
STAGES = {"runtime": [], "framework": ["runtime"], "catalog-api": ["framework"], "storefront": ["framework"]}
PLATFORMS = ["linux/amd64", "linux/arm64"]

class Far:
    """An engine's own BuildKit behind a port of the loopback address, as a builder named far of another engine."""

    def __init__(self, engine):
        self.engine = engine
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "tcp://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client = self.listener.accept()[0]
            threading.Thread(target=self.connect, args=[client], daemon=True).start()

    def connect(self, client):
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.engine.home + "/docker.sock")
        server.sendall(b"POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\n") and (byte := server.recv(1)):
            answer += byte
        threading.Thread(target=self.pump, args=[client, server], daemon=True).start()
        self.pump(server, client)

    @staticmethod
    def pump(source, target):
        try:
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Workspace:
    def __init__(self, parent, here):
        self.here = here
        self.root = Path(tempfile.mkdtemp(prefix="other machines ", dir=parent)).resolve() / "w"
        shutil.copytree(REPOSITORY / "Tests/Fixtures/guides/runners", self.root)
        manifest = (self.root / "strategy.yaml").read_text().replace("ghcr.io/owner", f"{here.registry}/owner")
        manifest += f"  cached:\n    tag: cached\n    cache: {here.registry}/cache\n"
        (self.root / "strategy.yaml").write_text(manifest)
        (self.root / "bin").mkdir()
        shutil.copy(BAYPLAN, self.root / "bin/bayplan")
        self.settings = {"PATH": f"{self.root}/bin:{here.environment['PATH']}"}
        r = here.run("bayplan", "compile", "-q", cwd=self.root, **self.settings)
        check("it compiles", r.returncode == 0, r.stderr)

    def script(self, name, *words, **more):
        return self.here.run("sh", self.root / "scripts" / name, *words, cwd=self.root, **{**self.settings, **more})


def base_of(engine, parent):
    """Gives an engine a debian:13-slim of two platforms that nobody else has, and that runs on this machine."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    shutil.copy(engine.environment["ENGINE_BUSYBOX"], folder / "busybox")
    (folder / "Dockerfile").write_text("FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/cat\nCOPY busybox /bin/sleep\n")
    r = engine.docker("buildx", "build", "--platform", ",".join(PLATFORMS), "--tag", "debian:13-slim", folder)
    check("only the other engine has the base", r.returncode == 0, r.stderr)


def layers(engine, name, tag, repository="owner/"):
    """The layers that an image has in the registry, by platform; nothing if it is not there."""
    reference = f"{engine.registry}/{repository}{name}:{tag}"
    r = engine.docker("buildx", "imagetools", "inspect", "--format", "{{json .Image}}", reference)
    if r.returncode != 0:
        return {}
    told = json.loads(r.stdout)
    return {platform: told[platform]["rootfs"]["diff_ids"] for platform in PLATFORMS if platform in told}


def stands_on(engine, tag):
    """Whether each image of the registry is there for both platforms and begins with the layers of its bases."""
    found = {name: layers(engine, name, tag) for name in STAGES}
    return all(sorted(its) == PLATFORMS for its in found.values()) and all(
        found[name][p][: len(found[base][p])] == found[base][p] and len(found[name][p]) > len(found[base][p])
        for name, bases in STAGES.items() for base in bases for p in PLATFORMS)


def releases(here, w):
    words = ["--version", "1.0", "--environment", "main", "--platform", ",".join(PLATFORMS), "--builder", "far"]
    r = w.script("release.sh", *words)
    check("release.sh builds three stages for two platforms on the other engine", r.returncode == 0 and stands_on(here, "1.0"), r.stderr)
    r = w.script("release.sh", *words)
    check("a repeat pushes nothing", r.returncode == 0 and r.stderr.count("is in its registry already, and the same") == 4, r.stderr)

    dockerfile = w.root / "shop/web/Dockerfile"
    whole = dockerfile.read_text()
    dockerfile.write_text(whole + "RUN --network=none sleep 100000\n")
    words[1] = "2.0"
    log = w.root.parent / "log"
    with log.open("w") as file:
        process = processes.start(["sh", w.root / "scripts/release.sh", *words], cwd=w.root, env={**here.environment, **w.settings},
                                  stdout=file, stderr=file)
        processes.until(lambda: re.search(r"RUN --network=none sleep", log.read_text()) or process.poll() is not None)
        os.killpg(process.pid, signal.SIGINT)
        processes.outcome(process)
    check("an interrupted release ends, and its last image is not there", process.returncode not in (0, None) and not layers(here, "storefront", "2.0"),
          log.read_text()[-3000:])
    dockerfile.write_text(whole)
    r = w.script("release.sh", *words)
    check("the same command again releases all", r.returncode == 0 and stands_on(here, "2.0"), r.stderr)


def builds(here, there, w):
    r = w.script("build.sh", BUILDX_BUILDER="far")
    print("".join("        " + line + "\n" for line in r.stderr.splitlines()), end="")
    check("build.sh says what it needs there, and builds nothing", r.returncode == 1 and here.docker("image", "ls", "--quiet").stdout == ""
          and "built from images of this workspace: framework, catalog-api, storefront\n" in r.stderr and "building" not in r.stderr, r.stderr)
    command = re.search(r"and load them: (.+)", r.stderr)
    r = here.run("sh", "-c", command[1] if command else "false", cwd="/")
    names = {line for line in here.docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split()}
    check("the command that it prints builds all there and loads them here", r.returncode == 0 and {f"{n}:latest" for n in STAGES} <= names, r.stderr)
    r = w.script("verify.sh", "--quiet")
    check("verify.sh takes them", r.returncode == 0, r.stdout + r.stderr)
    r = w.script("refresh.sh", "runtime", BUILDX_BUILDER="far")
    check("refresh.sh refuses likewise", r.returncode == 1 and "sees none of its images" in r.stderr and "nothing was built; BUILDX_BUILDER=default" in r.stderr, r.stderr)
    r = w.script("build.sh", "runtime", BUILDX_BUILDER="far")
    check("an image that stands on none of the workspace is built there", r.returncode == 0 and r.stdout == "runtime:latest\n", r.stderr)
    r = w.script("build.sh", "runtime", BUILDX_BUILDER="nowhere")
    check("a builder that is not there is told before anything is built", r.returncode == 1 and "nothing was built: the builder" in r.stderr
          and "nowhere" in r.stderr, r.stderr)
    r = w.script("build.sh", "runtime")
    check("this engine does not have the base", r.returncode == 1, r.stderr)
    there.docker("image", "tag", "debian:13-slim", "debian:kept")
    there.docker("image", "rm", "debian:13-slim")
    r = w.script("build.sh", "--no-cache", "runtime", BUILDX_BUILDER="far")
    check("where the builder lacks it, too, it is said where it must be", r.returncode == 1 and "the builder far sees no image of this engine: "
          "what a build is FROM must be there, or in a registry" in r.stderr, r.stderr)
    there.docker("image", "tag", "debian:kept", "debian:13-slim")


def cache(here, there, w):
    r = here.docker("buildx", "bake", "--builder", "far", "-f", "bake.json", "--load", "cached", cwd=w.root)
    check("the other builder writes the cache", r.returncode == 0, r.stderr)
    # BuildKit 0.13, which is Docker 26's, misses layers of a third stage at random.
    references = ["runtime:cached", "framework:cached"]
    inspect = ["image", "inspect", "--format", "{{json .RootFS.Layers}}", *references]
    written = here.docker(*inspect).stdout
    here.docker("image", "rm", "--force", *references)
    there.docker("builder", "prune", "--all", "--force")
    r = w.script("build.sh", "--environment", "cached", "framework", BUILDX_BUILDER="far")
    read = here.docker(*inspect).stdout
    check("emptied, it reads it: build.sh builds two stages there from the registry's cache", r.returncode == 0 and written.count("sha256") > 2
          and read == written, r.stderr + written + read)


class Workflow:
    """Runs a workflow of GitHub Actions as far as the page's two use them. A job begins with a checkout and nothing else."""

    def __init__(self, w, there):
        self.w, self.there, self.ran = w, there, []

    def value(self, text, context):
        """What an expression means: paths, literal steps into what fromJSON makes, and what the two workflows ask for."""
        text = text.strip()
        if "&&" in text:
            return all(self.value(part, context) for part in text.split("&&"))
        if text in ("!failure()", "!cancelled()"):
            return True
        made = re.fullmatch(r"fromJSON\(([\w.-]+)\)(.*)", text)
        found, rest = (json.loads(self.value(made[1], context)), made[2]) if made else (context, text)
        for name, index in re.findall(r"([\w-]+)|\[(\d+)\]", rest):
            if index:
                found = found[int(index)] if int(index) < len(found) else ""
            else:
                found = found.get(name, "")
        return found

    def filled(self, node, context):
        if isinstance(node, dict):
            return {key: self.filled(value, context) for key, value in node.items()}
        if not isinstance(node, str):
            return node
        if whole := re.fullmatch(r"\$\{\{(.*?)\}\}", node):
            return self.value(whole[1], context)
        return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(self.value(m[1], context)), node)

    def steps(self, job, context):
        checkout, steps = None, {}
        for step in job["steps"]:
            here = {**context, "steps": steps}
            if step.get("uses", "").startswith("actions/checkout@"):
                checkout = Path(tempfile.mkdtemp(dir=self.w.root.parent)) / "checkout"
                shutil.copytree(self.w.root, checkout)
            elif "/bayplan@" in step.get("uses", ""):
                steps[step["id"]] = {"outputs": {"program": str(self.w.root / "bin/bayplan")}}
            elif "run" in step:
                output = Path(tempfile.mkdtemp(dir=self.w.root.parent)) / "output"
                output.touch()
                settings = {k: str(v) for k, v in self.filled(step.get("env", {}), here).items()}
                r = self.w.here.run("bash", "-e", "-o", "pipefail", "-c", self.filled(step["run"], here), cwd=checkout,
                                    **{**settings, "GITHUB_OUTPUT": str(output), "BUILDX_BUILDER": "far"})
                check(f"workflow: {context['job']}: {step['run'].splitlines()[-1].strip()[:60]}", r.returncode == 0, r.stderr)
                steps[step.get("id")] = {"outputs": dict(line.split("=", 1) for line in output.read_text().splitlines())}
        return steps

    def run(self, file):
        workflow, needs = yaml.safe_load((self.w.root / ".github/workflows" / file).read_text()), {}
        for name, job in workflow["jobs"].items():
            its = job.get("needs", [])
            check(f"workflow: {name} comes after what it needs", all(n in needs for n in ([its] if isinstance(its, str) else its)))
            context = {"needs": needs, "job": name}
            condition = str(job.get("if", "true")).removeprefix("${{").removesuffix("}}")
            if condition != "true" and not self.value(condition, context):
                needs[name] = {"outputs": {}}
                continue
            if "uses" in job:
                called = yaml.safe_load((self.w.root / job["uses"]).read_text())["jobs"]["build"]
                for entry in self.filled(job["strategy"]["matrix"], context)["include"]:
                    # The next image is built on another machine.
                    self.there.docker("builder", "prune", "--all", "--force")
                    inputs = self.filled(job["with"], {**context, "matrix": entry})
                    self.steps(called, {"inputs": inputs, "job": f"{name}, {entry['images']}"})
                    self.ran.append((name, entry["images"]))
                needs[name] = {"outputs": {}}
            else:
                steps = self.steps(job, context)
                needs[name] = {"outputs": {k: self.filled(v, {"steps": steps}) for k, v in job.get("outputs", {}).items()}}


def main():
    reason = engines.lacking()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    engines.in_own_network()
    with tempfile.TemporaryDirectory(prefix="bayplan-builders-") as parent:
        with engines.Engine() as here, engines.Engine() as there:
            base_of(there, parent)
            w = Workspace(parent, here)
            far = Far(there)
            r = here.docker("buildx", "create", "--name", "far", "--driver", "remote", far.address)
            check("there is a builder that is not this engine", r.returncode == 0, r.stderr)
            builds(here, there, w)
            releases(here, w)
            cache(here, there, w)
            workflow = Workflow(w, there)
            workflow.run("images.yml")
            check("workflow: four images in three stages", workflow.ran == [("stage-1", "runtime"), ("stage-2", "framework"), ("stage-3", "catalog-api"),
                                                                           ("stage-3", "storefront")], workflow.ran)
            check("workflow: each stands on what the stage before it pushed, for both platforms", stands_on(here, "main"))
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
