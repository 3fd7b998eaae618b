#!/usr/bin/env python3
"""Every build stands on the base that its environment means: by Compose, by `build.sh` and by the bake file.

A workspace of a base and of images built from it, whose Dockerfiles name the base in every form: without a tag, with
`:latest`, with another tag, with Docker Hub's own name, in a registry. `live` has a base of its own, which says so; what
an image was built on stands in a file of it. Needs an engine that DOCKER_HOST names, and ENGINE_BUSYBOX. Without an
engine it is skipped aloud, or fails if CI=true. It removes what it made.
"""

import json
import os
import shutil
import sys
import tarfile
import tempfile
import io
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import processes

BAYPLAN = os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan"))
ENVIRONMENT = {**os.environ, "BUILDX_BUILDER": "default", "BUILDKIT_PROGRESS": "plain"}
# What the manifest says of the base, how a Dockerfile names it, and how development and `live` call it.
FORMS = {
    "plain": ("", "FROM {base}", "{base}:latest", "{base}:live"),
    "latest": ("", "FROM {base}:latest AS last", "{base}:latest", "{base}:live"),
    "hub": ("", "FROM docker.io/library/{base}", "{base}:latest", "{base}:live"),
    "copied": ("", "FROM scratch\nCOPY --from={base} /which /which", "{base}:latest", "{base}:live"),
    "argument": ("", "ARG FROM_TAG=latest\nFROM {base}:${{FROM_TAG}}", "{base}:latest", "{base}:live"),
    "tagged": ('tag: "2",', "FROM {base}:2", "{base}:2", "{base}:live"),
    "slash": ("repository: team/{base},", "FROM team/{base}", "team/{base}:latest", "team/{base}:live"),
}
checks = failures = 0


def check(name, holds, detail=""):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED  {name}\n{detail}")


def run(*words, **options):
    return processes.run(words, env={**ENVIRONMENT, **options.pop("environment", {})}, **options)


def done(*words, **options):
    result = run(*words, **options)
    if result.returncode != 0:
        raise SystemExit(f"contexts.py: {words}: {result.stdout}{result.stderr}")
    return result


def which(reference):
    """What an image's file says of the base that it was built on."""
    container = run("docker", "create", reference, "none").stdout.strip()
    try:
        copied = run("docker", "cp", f"{container}:/which", "-", text=False)
        with tarfile.open(fileobj=io.BytesIO(copied.stdout)) as archive:
            return archive.extractfile("which").read().decode().strip()
    except (tarfile.TarError, KeyError) as error:
        return f"nothing: {error}"
    finally:
        run("docker", "rm", container)


class Workspace:
    def __init__(self, root, form):
        says, self.dockerfile, development, live = FORMS[form]
        self.folder = root / form
        self.base, self.app = f"contexts-{form}-base", f"contexts-{form}-app"
        self.references = {None: development.format(base=self.base), "live": live.format(base=self.base)}
        (self.folder / "shop/base").mkdir(parents=True)
        (self.folder / "shop/app").mkdir()
        (self.folder / "shop/app/Dockerfile").write_text(self.dockerfile.format(base=self.base) + "\n")
        shutil.copy(os.environ["ENGINE_BUSYBOX"], self.folder / "shop/base/busybox")
        (self.folder / "strategy.yaml").write_text(f"""version: 1
images:
  {self.base}: {{ owner: shop, {says.format(base=self.base)} build: ./base }}
  {self.app}: {{ owner: shop, build: ./app, needs: [{self.base}] }}
projects:
  shop:
    services:
      {self.base}: {{ profiles: [build] }}
      {self.app}:
environments:
  live: {{ tag: live }}
""")
        self.write_base("first")
        done(BAYPLAN, "compile", cwd=self.folder)

    def write_base(self, word):
        (self.folder / "shop/base/Dockerfile").write_text(f"FROM scratch\nCOPY busybox /bin/\nCOPY <<E /which\n{word}\nE\n")

    def compose(self, environment, service):
        name = f"docker-compose.{environment}.yml" if environment else "docker-compose.yml"
        return run("docker", "compose", "-f", self.folder / "shop" / name, "--profile", "*", "build", service)

    def application(self, environment):
        return f"{self.app}:{environment or 'latest'}"


def by_compose(form, workspace):
    for environment in [None, "live"]:
        workspace.write_base(environment or "development")
        result = workspace.compose(environment, workspace.base)
        check(f"{form}: the base is built for {environment}", result.returncode == 0, result.stderr)
    for environment in [None, "live", None]:
        result = workspace.compose(environment, workspace.app)
        found = which(workspace.application(environment))
        check(f"{form}: {environment} stands on its own base", found == (environment or "development"), found + result.stderr)


def by_scripts(form, workspace):
    workspace.write_base("script")
    for environment in [{}, {"DOCKER_BUILDKIT": "0"}]:
        run("docker", "rmi", workspace.application(None))
        result = run(workspace.folder / "scripts/build.sh", environment=environment)
        found = which(workspace.application(None))
        # Without BuildKit there are no here-documents.
        if not environment:
            check(f"{form}: build.sh builds on the base that it built", found == "script", found + result.stderr)
        check(f"{form}: build.sh, {environment}: no context stands in the way", "additional contexts" not in result.stderr,
              result.stderr)


def by_bake(form, workspace):
    workspace.write_base("bake")
    result = run("docker", "buildx", "bake", "-f", "bake.json", "--load", workspace.app, cwd=workspace.folder)
    found = which(workspace.application(None))
    check(f"{form}: bake builds on the target that is the base", found == "bake", found + result.stderr)
    printed = json.loads(run("docker", "buildx", "bake", "-f", "bake.json", "--print", cwd=workspace.folder).stdout)
    contexts = printed["target"][workspace.app]["contexts"]
    check(f"{form}: one context", list(contexts.values()) == [f"target:{workspace.base}"], contexts)


def main():
    if run("docker", "version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX is not set")
        return 1 if os.environ.get("CI") == "true" else 0
    root = Path(tempfile.mkdtemp(prefix="bayplan contexts "))
    made = []
    try:
        for form in FORMS:
            workspace = Workspace(root, form)
            made += [*workspace.references.values(), workspace.application(None), workspace.application("live")]
            by_compose(form, workspace)
            by_scripts(form, workspace)
            by_bake(form, workspace)
    finally:
        run("docker", "rmi", "-f", *made)
        shutil.rmtree(root)
    print(f"contexts: {checks} checks, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
