#!/usr/bin/env python3
"""The tutorial on a real engine: ten Compose files to a running workspace, with the commands that its page shows.

usage: tutorial.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox, which takes the place of Python and Node:
nothing is downloaded. The port 8080 of the host must be free. Without an engine it is skipped aloud, or fails if CI=true.
It refuses to run where an image or container of its names is there already, and removes what it made.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

REPOSITORY = Path(__file__).resolve().parents[3]
BAYPLAN = program.named()
INPUT = REPOSITORY / "Tests/Fixtures/imports/ten-projects/input"
PAGE = REPOSITORY / "Sources/bayplan/bayplan.docc/FromComposeFiles.md"
IMAGES = ["service-base", "accounts-api", "catalog-api", "mail-sender", "orders-api", "orders-worker", "payments-api",
          "staff-frontend", "reports-job", "shipping-api", "shop-frontend"]
SHOP = [f"storefront-{name}" for name in ("accounts-api", "catalog-api", "orders-api", "shop-frontend")]
SLEEP = 'CMD ["/busybox", "sleep", "600"]\n'
# Images that lost their names to newer ones.
replaced = []


def run(*words, cwd=None):
    environment = dict(os.environ, PATH=f"{BAYPLAN.parent}:{os.environ['PATH']}", BAYPLAN_ROOT="")
    done = processes.run(words, cwd=cwd, env=environment)
    return done.returncode, done.stdout + done.stderr


def docker(*words):
    return run("docker", *words)[1]


def shop():
    """The shop's running containers, each with the identity of its image."""
    names = docker("ps", "--filter", "label=com.docker.compose.project=storefront", "--format", "{{.Names}}").split()
    return {name: docker("inspect", "--format", "{{.Image}}", name).strip() for name in sorted(names)}


def image_id(name):
    return docker("image", "inspect", "--format", "{{.Id}}", name).strip()


def workspace(folder):
    """A copy whose Dockerfiles keep the bases they are built from, and run busybox."""
    shutil.copytree(INPUT, folder)
    shutil.copy(os.environ["ENGINE_BUSYBOX"], folder / "platform/busybox")
    for file in folder.rglob("Dockerfile"):
        text = re.sub(r"FROM (?!service-base).*", "FROM service-base:latest", file.read_text())
        kept = [line for line in text.splitlines() if line.startswith(("FROM", "ARG"))]
        file.write_text("\n".join(kept) + "\nCOPY Dockerfile /\n" + SLEEP)
    (folder / "platform/Dockerfile").write_text("FROM scratch\nCOPY busybox /\n" + SLEEP)


def tutorial(folder):
    page = PAGE.read_text()
    commands = [line[2:] for line in page.splitlines() if line.startswith("$ ")]
    for command in commands:
        if command.startswith(("bayplan", "sed -i")):
            status, text = run("bash", "-c", command, cwd=folder)
            expected = 1 if "validate --format" in command or "--diff" in command else 0
            check(command, status == expected, text)
    day = [line.split("#")[0].strip() for line in page.splitlines() if re.match(r"scripts/\w+\.sh .*#", line)]
    check("the page has a day of five scripts", len(day) == 5, str(day))
    status, text = run(folder / "scripts/build.sh")
    check("build.sh builds all, bases first", status == 0 and text.count(":latest") >= len(IMAGES), text)
    status, text = run(folder / "scripts/verify.sh", "--project", "storefront")
    check("verify.sh finds nothing missing for the shop", status == 0, text)
    status, text = run(folder / "scripts/up.sh", "storefront")
    check("up.sh starts the shop", status == 0 and list(shop()) == SHOP, text)
    before = shop()
    replaced.append(image_id("accounts-api:latest"))
    (folder / "accounts/Dockerfile").write_text("FROM service-base:latest\nENV CHANGED=1\n" + SLEEP)
    status, text = run(folder / "scripts/refresh.sh", "accounts-api")
    after = shop()
    check("refresh.sh recreates its container and no other", status == 0 and list(after) == SHOP
          and [name for name in SHOP if before[name] != after[name]] == ["storefront-accounts-api"]
          and after["storefront-accounts-api"] == image_id("accounts-api:latest"), text)
    status, text = run(folder / "scripts/status.sh")
    check("status.sh lists the containers, none of them stale", all(name in text for name in SHOP) and ", stale: 0; left over: 0\n" in text
          and not any(line.endswith(", stale") for line in text.splitlines()), text)
    print(text)


def main():
    status, text = run("docker", "version")
    if status or not os.environ.get("ENGINE_BUSYBOX"):
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX is not set", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    taken = [name for name in IMAGES if image_id(name + ":latest").startswith("sha256:")]
    taken += [name for name in SHOP if name in docker("ps", "-a", "--format", "{{.Names}}").split()]
    if taken:
        sys.exit(f"tutorial.py: these are there already: {', '.join(taken)}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        try:
            workspace(folder)
            tutorial(folder)
        finally:
            docker("rm", "-f", *SHOP)
            docker("network", "rm", "storefront_default")
            docker("rmi", "-f", *(name + ":latest" for name in IMAGES), *replaced)
    print(f"tutorial.py: {len(failures)} failures")
    return bool(failures)


sys.exit(main())
