"""Tries the scripts on a real engine: DOCKER_HOST names it, ENGINE_BUSYBOX is a static busybox to build from."""

import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import lifecycle
import processes

BASE = """FROM scratch
COPY busybox /bin/busybox
COPY {file} /{file}
RUN ["/bin/busybox", "ln", "-s", "busybox", "/bin/sh"]
CMD ["/bin/busybox", "sleep", "3600"]
"""


RUNS = itertools.count(1)


class Engine:
    def __init__(self, harness, parent):
        self.harness = harness
        # Names of its own: the engine may hold other images and containers.
        self.mark = f"bptest{os.getpid()}{next(RUNS)}"
        self.root = Path(tempfile.mkdtemp(prefix="engine ", dir=parent)).resolve()
        m = self.mark
        self.own, self.consumer = own, owner = f"{m}-own", f"{m}-ours"
        self.images = [
            ("1", f"{m}-base", f"{m}-base:latest", own, "-", "-"),
            ("2", f"{m}-api", f"{m}-api:latest", own, f"{m}-base", "-"),
            ("2", f"{m}-worker", f"{m}-worker:latest", own, f"{m}-base", f"{m}-api"),
            ("3", f"{m}-hook", f"{m}-hook:latest", owner, f"{m}-api", "-"),
        ]
        self.projects = [(own, "own er"), (owner, "it's \"ours\" $(x)")]
        self.services = [
            (own, "api", f"{m}-api", f"{m}-api:latest", own, "-"),
            (owner, "api", f"{m}-api", f"{m}-api:latest", own, "trading"),
            (owner, "worker", f"{m}-worker", f"{m}-worker:latest", own, "trading"),
            (owner, "hook", f"{m}-hook", f"{m}-hook:latest", owner, "zixly"),
        ]
        builds = [
            f"# {own}", f"name: {own}", "services:",
            f"  {m}-base:", f"    image: {m}-base:latest", "    build:", "      context: .", "      dockerfile: Dockerfile.base", "      network: none",
            f"  {m}-api:", f"    image: {m}-api:latest", "    build:", "      context: .", "      dockerfile: Dockerfile.${NAMED}", "      network: none",
            f"# {owner}", f"name: {owner}", "services:",
            f"  {m}-hook:", f"    image: {m}-hook:latest", "    build:", "      context: ./services/hook", "      network: none",
        ]
        for n in range(len(builds) - 1, -1, -1):
            if builds[n].startswith("      network:"):
                name = next(line for line in reversed(builds[:n]) if line.startswith("    image:")).split()[1].split(":")[0]
                builds[n + 1:n + 1] = ["      labels:", f"        io.bayplan.workspace: {m}", f"        io.bayplan.image: {name}"]
        self.registry = os.environ.get("ENGINE_REGISTRY", "localhost:5055")
        self.workspace = harness.Workspace(self.images, self.projects, self.services, builds=builds, name=m,
                                           registries=[("production", f"{self.registry}/{m}", "9.0")])
        self.workspace.write(self.root / "scripts")
        folder, other = self.root / "own er", self.root / self.projects[1][1]
        folder.mkdir()
        (other / "services/hook").mkdir(parents=True)
        shutil.copy(os.environ["ENGINE_BUSYBOX"], folder / "busybox")
        (folder / ".env").write_text("NAMED=api\n")
        (folder / "base.txt").write_text("one\n")
        (folder / "api.txt").write_text("one\n")
        (folder / "Dockerfile.base").write_text(BASE.format(file="base.txt"))
        (folder / "Dockerfile.api").write_text(f"FROM {m}-base:latest\nCOPY api.txt /api.txt\n")
        (other / "services/hook/Dockerfile").write_text(f"FROM {m}-api:latest\nRUN [\"/bin/busybox\", \"cp\", \"/base.txt\", \"/hook.txt\"]\n")
        (folder / "docker-compose.yml").write_text(
            f"name: {own}\nservices:\n  api:\n    image: {m}-api:latest\n    container_name: {m}-own-api\n"
            "    pull_policy: never\n    network_mode: none\n    stop_grace_period: 0s\n")
        lines = [f"name: {owner}", "services:"]
        for name, profile in (("api", "trading"), ("worker", "trading"), ("hook", "zixly")):
            lines += [f"  {name}:", f"    image: {m}-{name}:latest", f"    container_name: {m}-other-{name}",
                      f"    profiles: [{profile}]", "    pull_policy: never", "    network_mode: none", "    stop_grace_period: 0s"]
        (other / "docker-compose.yml").write_text("\n".join(lines) + "\n")
        self.shell = ["dash"]

    def run(self, script, *words, cwd=None):
        return processes.run([*self.shell, self.root / "scripts" / script, *words], cwd=cwd or self.root)

    def docker(self, *words):
        return processes.run(["docker", *words])

    def id(self, name):
        return self.docker("image", "inspect", "--format", "{{.Id}}", f"{self.mark}-{name}:latest").stdout.strip()

    def containers(self):
        out = self.docker("ps", "--format", "{{.Names}} {{.Image}}", "--filter", f"name={self.mark}").stdout
        return sorted(line.replace(self.mark + "-", "") for line in out.splitlines())

    def clean(self):
        ids = self.docker("ps", "-aq", "--filter", f"name={self.mark}").stdout.split()
        if ids:
            self.docker("rm", "-f", *ids)
        self.docker("rmi", "-f", *[i[2] for i in self.images])
        left = self.docker("image", "ls", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}").stdout
        self.docker("rmi", "-f", *[line.split()[1] for line in left.splitlines() if self.mark in line])
        left = self.docker("image", "ls", "-aq", "--no-trunc", "--filter", f"label=io.bayplan.workspace={self.mark}").stdout
        self.docker("rmi", "-f", *left.split())


def run(harness, parent, shells):
    if subprocess.run(["docker", "version"], capture_output=True).returncode != 0:
        harness.check("the engine that DOCKER_HOST names answers", False)
        return
    for shell in shells:
        e = Engine(harness, parent)
        e.shell = harness.SHELLS[shell]
        try:
            scenario(harness, e, shell)
        finally:
            e.clean()
        e = Engine(harness, parent)
        e.shell = harness.SHELLS[shell]
        try:
            # A minute a shell: the two furthest apart; the recording docker tries the same bodies under all four.
            if shell in ("dash", "busybox sh"):
                lifecycle.run(harness, e, shell)
        finally:
            e.clean()
    print("engine: done", flush=True)


def scenario(harness, e, shell):
    m, other = e.mark, e.consumer

    def check(what, condition, detail=""):
        harness.check(f"[engine, {shell}] {what}", condition, detail)

    def equal(what, actual, expected):
        harness.equal(f"[engine, {shell}] {what}", actual, expected)

    def short(text):
        return text.replace(m + "-", "")

    r = e.run("verify.sh", "--quiet")
    equal("verify before a build names every image and command", (r.returncode, short(r.stdout).splitlines()), (1, [
        "api:latest is missing. own builds it:", "    scripts/build.sh api",
        "worker:latest is missing. own builds it:", "    scripts/build.sh worker",
        f"hook:latest is missing. {short(other)} builds it:", "    scripts/build.sh hook"]))
    r = e.run("up.sh", "--all-profiles", other)
    check("up refuses while images are missing", r.returncode == 1 and "nothing was started" in r.stderr and not e.containers(), r.stderr)
    r = e.run("build.sh")
    equal("build makes all, in order", (r.returncode, short(r.stdout).split()),
          (0, ["base:latest", "api:latest", "worker:latest", "hook:latest"]))
    equal("a shared build is one image", e.id("worker"), e.id("api"))
    before = {name: e.id(name) for name in ("base", "api", "hook")}
    r = e.run("build.sh")
    equal("a second build that changes nothing gives the same images", {n: e.id(n) for n in before}, before)
    r = e.run("verify.sh", cwd=e.root / "own er")
    size = e.docker("image", "ls", "--format", "{{.Size}}", f"{m}-api:latest").stdout.strip()
    check("verify lists the size that the engine lists", r.returncode == 0 and f"  {e.own}  " in r.stdout and size in r.stdout, r.stdout + r.stderr)
    found = json.loads(e.run("verify.sh", "--json").stdout)
    equal("verify --json", [(short(i["image"]), i["present"], i["id"], i["size"]) for i in found["images"]][:1],
          [("api", True, e.id("api"), size)])

    r = e.run("up.sh", "--all-profiles", other)
    equal("up starts the containers as the Compose file names them", (r.returncode, short("\n".join(e.containers())).split("\n")),
          (0, ["other-api api:latest", "other-hook hook:latest", "other-worker worker:latest"]))
    e.run("up.sh", e.own)
    equal("both projects side by side", len(e.containers()), 4)
    r = e.run("verify.sh", "--quiet")
    equal("nothing is stale", (r.returncode, r.stdout), (0, ""))

    (e.root / "own er/base.txt").write_text("two\n")
    r = e.run("build.sh", f"{m}-base")
    check("the base alone", r.returncode == 0 and e.id("base") != before["base"] and e.id("api") == before["api"], r.stderr)
    r = e.run("build.sh", f"{m}-base", "--with-dependents", "--jobs", "2")
    check("what is built from it", r.returncode == 0 and e.id("api") != before["api"] and e.id("hook") != before["hook"], r.stderr)
    equal("the change has arrived at the top", e.docker("run", "--rm", "--network=none", f"{m}-hook:latest", "/bin/busybox", "cat", "/hook.txt").stdout, "two\n")
    r = e.run("verify.sh")
    stale = [line for line in short(r.stdout).splitlines() if "older image" in line]
    equal("stale containers are warned of", (r.returncode, stale, f"    scripts/up.sh {other} worker" in r.stdout.splitlines()), (0, [
        "other-api runs an older image than api:latest. To replace it:",
        "other-hook runs an older image than hook:latest. To replace it:",
        "other-worker runs an older image than worker:latest. To replace it:",
        "own-api runs an older image than api:latest. To replace it:"], True))
    equal("JSON counts them", json.loads(e.run("verify.sh", "--json").stdout)["stale"], 4)
    r = e.run("up.sh", other, "api")
    equal("up replaces one", (r.returncode, json.loads(e.run("verify.sh", "--json", "--project", other).stdout)["stale"]), (0, 2))
    e.run("up.sh", "--all-profiles", other)
    e.run("up.sh", e.own)
    r = e.run("verify.sh", "--quiet")
    equal("up replaces all", (r.returncode, r.stdout), (0, ""))

    e.docker("rm", "-f", f"{m}-other-hook")
    e.docker("rmi", f"{m}-hook:latest")
    r = e.run("verify.sh", "--quiet")
    equal("a deleted image is named with its owner and command", (r.returncode, short(r.stdout)),
          (1, f"hook:latest is missing. {short(other)} builds it:\n    scripts/build.sh hook\n"))
    r = e.run("up.sh", "--all-profiles", other)
    check("up names it too", r.returncode == 1 and f"scripts/build.sh {m}-hook\n" in r.stderr, r.stderr)
    r = e.run("up.sh", "--profile", "trading", other)
    equal("up of another profile does not need it", r.returncode, 0)
    command = [line.strip() for line in e.run("verify.sh", "--quiet").stdout.splitlines()][1]
    r = subprocess.run([*e.shell, "-c", command], cwd=e.root, capture_output=True, text=True)
    equal("the command that verify gives builds it", (r.returncode, short(r.stdout)), (0, "hook:latest\n"))

    e.docker("rm", "-f", *[f"{m}-{c}" for c in ("own-api", "other-api", "other-worker")])
    e.docker("rmi", "-f", *[i[2] for i in e.images])
    r = e.run("build.sh", f"{m}-hook")
    equal("an image named brings the bases it lacks", (r.returncode, short(r.stdout).split()),
          (0, ["base:latest", "api:latest", "worker:latest", "hook:latest"]))
    r = e.run("build.sh", f"{m}-hook", "--no-cache", "--pull")
    equal("bases that are there are not rebuilt, and --pull does not look for them", (r.returncode, short(r.stdout)), (0, "hook:latest\n"))

    (e.root / "own er/Dockerfile.api").write_text(f"FROM {m}-base:latest\nRUN [\"/bin/busybox\", \"false\"]\n")
    r = e.run("build.sh", "--jobs", "2", "--keep-going")
    check("a failing build", r.returncode == 1 and "to repeat: scripts/build.sh --jobs 2 " + m + "-api" in r.stderr
          and f"not built, because they stand on {m}-api: {m}-hook" in r.stderr, r.stderr)

    # Longer than anybody waits, and a number of this run's own.
    seconds = str(86400 + os.getpid())
    step = f"sleep\0{seconds}"
    (e.root / "own er/Dockerfile.api").write_text(f"FROM {m}-base:latest\nRUN [\"/bin/busybox\", \"sleep\", \"{seconds}\"]\n")
    for sign, jobs in ((signal.SIGINT, "1"), (signal.SIGTERM, "2")):
        process = processes.start([*e.shell, e.root / "scripts/build.sh", "--jobs", jobs, f"{m}-api"], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        check(f"{sign.name}: the step runs on the engine", processes.until(lambda: processes.running(step)))
        (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)
        processes.outcome(process)
        left = processes.in_session(process.pid)
        processes.until(lambda: not processes.running(step))
        equal(f"{sign.name}: status, processes left, the step on the engine", (process.returncode, left, processes.running(step)),
              (128 + sign, [], []))
        processes.end(process)

