#!/usr/bin/env python3
"""Compiles the workspace of every guide and asks the real tools for it; runs the one about bases on an engine.

usage: guides.py [PATH OF bayplan]

Docker Compose has to accept each Compose file, Buildx the bake file, and a shell the scripts. What the pages say of these
workspaces is held by `.ci/regenerate --check`. The engine is the one that DOCKER_HOST names, with ENGINE_BUSYBOX; without it, that
part is skipped aloud, or fails if CI=true. Names on the engine are of this test alone, and it removes what it made.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
GUIDES = ROOT / "Tests/Fixtures/guides"
failures = []


def run(*words, cwd=None, **more):
    environment = dict(os.environ, PATH=f"{BAYPLAN.parent}:{os.environ['PATH']}", BAYPLAN_ROOT="", RELEASE="1.2.3", **more)
    done = processes.run(words, cwd=cwd, env=environment)
    return done.returncode, done.stdout + done.stderr


def check(what, condition, detail=""):
    print(("ok      " if condition else "FAILED  ") + what, flush=True)
    if not condition:
        failures.append(what)
        print(detail, flush=True)


def compiled(name, folder):
    """The copy of a guide's workspace, compiled; the folder of its manifest."""
    shutil.copytree(GUIDES / name, folder)
    manifest = next(iter(sorted(folder.rglob("strategy.yaml"))), None)
    if manifest is None:
        projects = sorted(path.parent.name for path in folder.glob("*/compose.yaml"))
        status, said = run(str(BAYPLAN), "import", *projects, "--output", "strategy.yaml", cwd=folder)
        check(f"{name} is imported", status == 0, said)
        manifest = folder / "strategy.yaml"
    root = [] if manifest.parent == folder else ["--root", ".."]
    run(str(BAYPLAN), "validate", "--fix", *root, cwd=manifest.parent)
    status, said = run(str(BAYPLAN), "compile", "--force", *root, cwd=manifest.parent)
    check(f"{name} compiles", status == 0, said)
    return manifest.parent


def accepted(name, folder, place):
    files = sorted(folder.rglob("*compose*.y*ml"))
    check(f"{name} has Compose files", bool(files))
    for file in files:
        status, said = run("docker", "compose", "-f", str(file), "config", "-q")
        check(f"{name}: Docker Compose accepts {file.relative_to(folder)}", status == 0, said)
    status, said = run("docker", "buildx", "bake", "--print", "--file", "bake.json", cwd=place)
    check(f"{name}: Buildx accepts bake.json", status == 0, said)
    status, said = run("sh", "-c", 'for script; do sh -n "$script" || exit; done', "sh", *sorted((place / "scripts").glob("*.sh")))
    check(f"{name}: a shell accepts the scripts", status == 0, said)


def bases_run(folder):
    """What the guide about bases tells, with names of this test: build, leave out, start, refresh, stop."""
    copy = folder / "bases-run"
    shutil.copytree(GUIDES / "bases", copy)
    shutil.copy(os.environ["ENGINE_BUSYBOX"], copy / "platform/runtime/busybox")
    for file in [copy / "strategy.yaml", *copy.rglob("Dockerfile")]:
        text = re.sub(r"(?<![/\w-])(runtime|catalog-api|storefront)\b(?=[:,\]}\s]|$)", r"guide-\1", file.read_text())
        file.write_text(text.replace("name: bases", "name: guide-bases"))
    text = (copy / "strategy.yaml").read_text().replace("platform", "guide-base").replace(" shop", " guide-shop")
    text = re.sub(r"(?m)^(  guide-base|  guide-shop):$", lambda m: m[0] + f"\n    path: {'platform' if 'base' in m[1] else 'shop'}", text)
    (copy / "strategy.yaml").write_text(text)
    status, said = run(str(BAYPLAN), "validate", "--fix", cwd=copy)
    status, said = run(str(BAYPLAN), "compile", cwd=copy)
    check("bases: the copy with other names compiles", status == 0, said)
    if status:
        return
    names = ["guide-runtime", "guide-catalog-api", "guide-storefront"]
    there = [name for name in names if run("docker", "image", "inspect", name)[0] == 0]
    if there:
        check(f"bases: no image of this test's names is there: {there}", False)
        return
    try:
        status, said = run("scripts/build.sh", cwd=copy)
        order = [said.find(f"building {name} (") for name in names]
        check("bases: build.sh builds all, the base first", status == 0 and -1 not in order and order[0] < min(order[1:]), said)
        identity = run("docker", "image", "inspect", "--format", "{{.Id}}", *names)[1]
        status, said = run("scripts/build.sh", "--changed", cwd=copy)
        check("bases: --changed builds nothing again",
              status == 0 and run("docker", "image", "inspect", "--format", "{{.Id}}", *names)[1] == identity, said)
        status, said = run("scripts/up.sh", "guide-shop", cwd=copy)
        running = run("docker", "ps", "--filter", "label=com.docker.compose.project=guide-shop", "--format", "{{.Names}}")[1].split()
        check("bases: up.sh starts the shop", status == 0 and len(running) == 2, said)
        (copy / "platform/runtime/new").write_text("new\n")
        status, said = run("scripts/refresh.sh", "guide-runtime", cwd=copy)
        check("bases: refresh.sh of the base builds and recreates what stands on it",
              status == 0 and run("docker", "exec", "guide-shop-guide-catalog-api", "/busybox", "cat", "/new")[1] == "new\n", said)
        status, said = run("scripts/down.sh", "guide-shop", cwd=copy)
        check("bases: down.sh stops it", status == 0, said)
    finally:
        run("docker", "rm", "--force", "guide-shop-guide-catalog-api", "guide-shop-guide-storefront")
        run("docker", "network", "rm", "guide-shop_default")
        run("docker", "image", "rm", "--force", *reversed(names))
        kept = run("docker", "image", "ls", "--quiet", "--filter", "label=io.bayplan.workspace=guide-bases")[1].split()
        if kept:
            run("docker", "image", "rm", "--force", *kept)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        for guide in sorted(path.name for path in GUIDES.iterdir()):
            folder = Path(scratch, guide, "workspace")
            folder.parent.mkdir()
            place = compiled(guide, folder)
            accepted(guide, folder, place)
        if "ENGINE_BUSYBOX" in os.environ and "DOCKER_HOST" in os.environ:
            bases_run(Path(scratch))
        else:
            print("guides: SKIPPED the guide about bases on an engine: there is none", file=sys.stderr)
            if os.environ.get("CI") == "true":
                failures.append("no engine")
    print(f"guides: {len(failures)} failures")
    return bool(failures)


sys.exit(main())
