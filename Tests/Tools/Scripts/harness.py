#!/usr/bin/env python3
"""Tries the emitted scripts under each shell: with a recording fake docker, and on a real engine.

usage: harness.py [--static] [--shell SHELL] [--awk AWK] [--engine SHELL] [SCRIPTS FOLDER]...

Without a folder, assembles the scripts from Sources/Emission/Scripts and tables of its own, as the emitter does, and
tries everything, or the parts that are named: the static checks, a shell with the fake docker, names under an awk, a shell on
an engine. With folders that the emitter wrote, checks those statically: the linters, each shell's parser, --help, and that
the bodies are the sources byte for byte. The tests on an engine need DOCKER_HOST and ENGINE_BUSYBOX (a static busybox).
What is missing is skipped aloud, or fails if CI=true.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import environments
import leftovers
import numbers_in_names
import pins
import refusals
import processes
import runbook
import starting
import truth

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parents[2] / "Sources" / "Emission" / "Scripts"
BUILDING = ["names.sh", "need-image.sh", "plan.sh", "plan-references.sh", "pinned.sh", "compose-file.sh", "build-words.sh", "jobs.sh", "signals.sh", "runs.sh", "inspection.sh", "labels.sh", "unasked.sh", "fingerprints.sh"]
OBSERVING = ["environments.sh", "compose.sh", "projects.sh", "table.sh", "containers.sh", "needed-containers.sh", "owners.sh", "inspection.sh", "observation.sh", "size.sh", "listing.sh", "json.sh"]
FRAGMENTS = {
    "build.sh": ["common.sh", "environments.sh", "compose.sh", "projects.sh", "table.sh", *BUILDING, "build.sh", "build-main.sh"],
    "verify.sh": ["common.sh", *OBSERVING, "verify.sh", "verify-main.sh"],
    "up.sh": ["common.sh", "environments.sh", "compose.sh", "projects.sh", "services.sh", "containers.sh", "needed-containers.sh", "owners.sh", "guarding.sh", "leftovers.sh", "taking.sh", "inspection.sh", "waiting.sh", "starting.sh", "preflight.sh", "up.sh", "up-main.sh"],
    "down.sh": ["common.sh", "environments.sh", "compose.sh", "projects.sh", "services.sh", "signals.sh", "containers.sh", "owners.sh", "guarding.sh", "asking.sh", "down.sh", "down-main.sh"],
    "refresh.sh": ["common.sh", "environments.sh", "compose.sh", *BUILDING, "containers.sh", "owners.sh", "services.sh", "watching.sh", "refresh.sh", "refresh-main.sh"],
    "status.sh": ["common.sh", *OBSERVING, "services.sh", "planning.sh", "leftovers.sh", "left-images.sh", "left-listing.sh", "status.sh", "status-main.sh"],
    "release.sh": ["common.sh", "compose.sh", "names.sh", "need-image.sh", "signals.sh", "registry.sh", "registry-answers.sh", "git.sh", "inspection.sh", "labels.sh", "unasked.sh", "fingerprints.sh", "release.sh", "release-main.sh"],
    "pin.sh": ["common.sh", "environments.sh", "compose.sh", "signals.sh", "registry-answers.sh", "unasked.sh", "need-image.sh", "pin.sh", "pin-main.sh"],
    "clean.sh": ["common.sh", "compose.sh", "table.sh", "names.sh", "size.sh", "signals.sh", "registry.sh", "inspection.sh", "labels.sh", "asking.sh", "containers.sh", "owners.sh", "leftovers.sh",
                 "left-images.sh", "left-listing.sh", "left-removal.sh", "clean.sh", "clean-main.sh"],
}
TABLES = {
    "build.sh": ["images", "projects", "builds", "workspace_name", "manifest", "root", "pinned", "bake_file", "bake_groups", "environments"],
    "verify.sh": ["workspace_name", "projects", "files", "services", "environments"],
    "up.sh": ["files", "services", "after", "resources", "manifest", "root", "environments"],
    "down.sh": ["files", "services", "after", "environments"],
    "refresh.sh": ["images", "projects", "builds", "files", "services", "workspace_name", "manifest", "root", "pinned", "bake_file", "bake_groups", "environments"],
    "status.sh": ["workspace_name", "projects", "files", "services", "after", "images", "resources", "manifest", "root", "environments"],
    "release.sh": ["images", "projects", "repositories", "targets", "bake_file", "builds", "workspace_name", "manifest", "root", "own_builds"],
    "pin.sh": ["pins", "manifest", "root", "environments"],
    "clean.sh": ["workspace_name", "images", "repositories", "references", "files", "services", "resources", "manifest", "root", "environments"],
}
# The tables that each environment has, too, by the table that numbers the environments.
OF_ENVIRONMENTS = {"environments": ["images", "builds", "services", "files", "after", "pins"], "own_builds": ["images", "targets", "builds"]}
SHELLS = {
    "dash": ["dash"],
    "bash": ["bash"],
    "bash --posix": ["bash", "--posix"],
    "busybox sh": ["busybox", "sh"],
    "mksh": ["mksh"],
}
AWKS = {"mawk": "mawk", "gawk": "gawk", "busybox awk": "busybox", "original-awk": "original-awk"}
# The awk that goes with each shell where not all pairs are tried.
AWK_OF = {"dash": "mawk", "bash": "gawk", "bash --posix": "original-awk", "busybox sh": "busybox awk", "mksh": "mawk"}
IN_CI = os.environ.get("CI") == "true"


class Tally:
    passed = 0
    failed: list[str] = []
    skipped: list[str] = []


def check(what, condition, detail=""):
    if condition:
        Tally.passed += 1
    else:
        Tally.failed.append(what)
        print(f"FAILED: {what}\n{detail}", flush=True)


def equal(what, actual, expected):
    check(what, actual == expected, f"  expected {expected!r}\n  found    {actual!r}")


def skip(what, reason):
    print(f"SKIPPED: {what}: {reason}", flush=True)
    Tally.skipped.append(what)


# Assembling, as the emitter does.

def columns(rows):
    widths = [max(map(len, column)) for column in zip(*rows)] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row[:-1], widths)) + "  " + row[-1] for row in rows]


def table(name, lines):
    return f"{name}() {{\n\tcat <<'END'\n" + "".join(line + "\n" for line in lines) + "END\n}\n\n"


class Workspace:
    """Tables for a workspace. Images are (stage, name, reference, owner, needs, built with)."""

    def __init__(self, images, projects, services=(), files=None, builds=None, to_workspace="..", name="yard", registries=(), environments=(), after=(), volumes=(), pinned=()):
        """Registries are (environment, registry, tag), environments pairs of a name and the workspace as it is there,
        volumes rows of the table of resources, pinned those of its own."""
        self.environments = [(str(number), name, there) for number, (name, there) in enumerate(environments, 1)]
        self.images = [(*i, i[1].replace("/", "-") if i[5] == "-" else i[5].replace("/", "-")) for i in images]
        self.projects, self.services, self.name = projects, services, name
        self.repositories = [("-", i[1], i[1]) for i in images]
        self.repositories += [(e, i[1], f"{registry}/{i[1]}") for e, registry, _ in registries for i in images]
        self.references = [(i[1], f"{registry}/{i[1]}:{tag}") for i in images for _, registry, tag in registries]
        self.targets = [(i[1], "t_" + i[1].replace("/", "_")) for i in images if i[5] == "-"]
        self.pins = list(dict.fromkeys((image, "pulled", reference) for _, _, image, reference, owner, *_ in services if owner == "-"))
        self.pins += [(i[1], "built", i[2]) for i in images if "/" in i[2]]
        self.files = files or [(name, f"{folder}/docker-compose.yml") for name, folder in projects]
        self.to_workspace, self.after, self.pinned = to_workspace, after, pinned
        self.resources = [("network", p, "default", "own", p + "_default") for p, _ in projects] + list(volumes)
        self.builds = builds if builds is not None else self.fake_builds()

    def fake_builds(self):
        lines = []
        for owner, _ in self.projects:
            mine = [i for i in self.images if i[3] == owner]
            if mine:
                lines += [f"# {owner}", f"name: {owner}", "services:"]
                for i in mine:
                    lines += [f"  {i[1].replace('/', '-')}:", f"    image: {i[2]}", "    build: ."]
        return lines

    def lines(self):
        return {
            "images": columns(self.images),
            "projects": columns(self.projects),
            "files": columns(self.files),
            "services": columns(self.services),
            "after": columns(self.after),
            "resources": columns(self.resources),
            "builds": self.builds,
            "repositories": columns(self.repositories),
            "references": columns(self.references),
            "targets": columns(self.targets),
            "pinned": columns(self.pinned),
            "bake_file": ["bake.json"],
            "bake_groups": columns([("-", "default")]),
            "workspace_name": [self.name],
            "pins": columns(self.pins),
            "manifest": ["strategy.yaml"],
            "root": ["."],
            "environments": columns([pair[:2] for pair in self.environments]),
            "own_builds": columns([pair[:2] for pair in self.environments]),
        }

    def text(self, script):
        lines = self.lines()
        head = "#!/bin/sh\n# Code generated by bayplan from ../strategy.yaml; DO NOT EDIT.\n# Regenerate: bayplan compile\n\n"
        tables = "".join(table(name, lines[name]) for name in TABLES[script])
        for numbering, kinds in OF_ENVIRONMENTS.items():
            if numbering in TABLES[script]:
                tables += "".join(table(f"{kind}_{number}", there.lines()[kind]) for number, _, there in self.environments
                                  for kind in kinds if kind in TABLES[script])
        bodies = "\n".join((SOURCES / name).read_text() for name in FRAGMENTS[script])
        tables += table("to_workspace", [self.to_workspace])
        return head + tables + bodies

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for script in FRAGMENTS:
            path = folder / script
            path.write_text(self.text(script))
            path.chmod(0o755)


GUIDE = Workspace(
    images=[
        ("1", "trading-api", "trading-api:latest", "trading", "-", "-"),
        ("1", "arq-worker", "arq-worker:latest", "trading", "-", "trading-api"),
        ("2", "webhook-receiver", "webhook-receiver:latest", "zixly", "-", "-"),
        ("2", "pipeline-worker", "pipeline-worker:latest", "zixly", "-", "-"),
    ],
    projects=[("trading", "trading"), ("zixly", "zixly")],
    services=[
        ("trading", "trading-api", "trading-api", "trading-api:latest", "trading", "-"),
        ("trading", "arq-worker", "arq-worker", "arq-worker:latest", "trading", "-"),
        ("zixly", "trading-api", "trading-api", "trading-api:latest", "trading", "trading"),
        ("zixly", "arq-worker", "arq-worker", "arq-worker:latest", "trading", "trading"),
        ("zixly", "webhook-receiver", "webhook-receiver", "webhook-receiver:latest", "zixly", "zixly"),
        ("zixly", "pipeline-worker", "pipeline-worker", "pipeline-worker:latest", "zixly", "zixly"),
        ("zixly", "redis", "redis", "redis:7-alpine", "-", "trading,queue"),
    ],
)

# base <- middle (built with twin) <- top; base <- side; twin <- crown; lone
TOWER = Workspace(
    images=[
        ("1", "base", "base:latest", "p", "-", "-"),
        ("1", "lone", "lone:latest", "q", "-", "-"),
        ("2", "middle", "middle:latest", "p", "base", "-"),
        ("2", "twin", "twin:latest", "p", "base", "middle"),
        ("2", "side", "side:latest", "q", "base", "-"),
        ("3", "top", "top:latest", "q", "middle,lone", "-"),
        ("3", "crown", "crown:latest", "q", "twin", "-"),
    ],
    projects=[("p", "p"), ("q", "q"), ("idle", "idle")],
    services=[("p", "base", "base", "base:latest", "p", "-"), ("idle", "lone", "lone", "lone:latest", "q", "-")],
)

EMPTY = Workspace(images=[], projects=[("only", "only")],
                  services=[("only", "redis", "redis", "redis:7-alpine", "-", "-")])


# The fake docker.

class Stage:
    """A workspace on disk with a fake docker, run under one shell."""

    def __init__(self, shell, workspace, parent, scripts="scripts", awk=None):
        self.shell, self.workspace = SHELLS[shell], workspace
        self.root = Path(tempfile.mkdtemp(prefix="ws ", dir=parent)).resolve()
        self.fake = self.root / "fake"
        (self.fake / "calls").mkdir(parents=True)
        self.bin = self.root / "bin"
        self.bin.mkdir()
        for name in ("docker", "podman"):
            shutil.copy(HERE / "fake-docker", self.bin / name)
        # Started some ten thousand times: a link costs no shell between. busybox is what its name says.
        awk = shutil.which(AWKS[awk or AWK_OF[shell]])
        if awk:
            (self.bin / "awk").symlink_to(os.path.realpath(awk))
        for _, folder in workspace.projects:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        for there in [workspace, *(there for _, _, there in workspace.environments)]:
            for _, file in there.files:
                (self.root / file).parent.mkdir(parents=True, exist_ok=True)
                (self.root / file).touch()
        self.scripts = self.root / scripts
        workspace.write(self.scripts)
        self.put("services", *[f"{i[1]} {i[2]}" for i in workspace.images])
        self.put("containers")

    def put(self, name, *lines):
        (self.fake / name).write_text("".join(line + "\n" for line in lines))

    def environment(self, extra):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("DOCKER", "BUILDX", "COMPOSE"))}
        env.update(PATH=f"{self.bin}:{env['PATH']}", FAKE=str(self.fake), TMPDIR=str(self.root / "fake"), **extra)
        return env

    def run(self, script, *words, cwd=None, path=None, **extra):
        for file in (self.fake / "calls").iterdir():
            file.unlink()
        (self.fake / "order").unlink(missing_ok=True)
        return processes.run([*self.shell, path or self.scripts / script, *words], cwd=cwd or self.root,
                             env=self.environment(extra))

    def start(self, script, *words):
        """Starts a script that a signal is sent to, and what it runs notes its processes."""
        self.put("running")
        return processes.start([*self.shell, self.scripts / script, *words], cwd=self.root, env=self.environment({}),
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def noted(self):
        """The processes that slow fakes have noted: two each, once it does nothing but wait."""
        return [int(process) for process in (self.fake / "running").read_text().split()]

    def calls(self):
        """Each call: its folder, and its words from the command's own name on."""
        order = self.fake / "order"
        paths = order.read_text().splitlines() if order.exists() else []
        out = []
        for path in paths:
            parts = Path(path).read_bytes().decode().split("\0")[:-1]
            out.append((parts[0], parts[1], parts[2:]))
        return out

    def built(self):
        return [words[-1] for _, _, words in self.calls() if "build" in words and "-f" in words]

    def builds(self):
        return [(folder, words) for folder, _, words in self.calls() if "build" in words and "-f" in words]


def argument_tests(shell, parent):
    def named(text):
        return f"[{shell}] {text}"

    s = Stage(shell, GUIDE, parent)
    r = s.run("build.sh")
    equal(named("all images are built in order, a shared build once"), s.built(),
          ["trading-api", "webhook-receiver", "pipeline-worker"])
    equal(named("build.sh ends with 0"), (r.returncode, r.stdout.splitlines()),
          (0, ["trading-api:latest", "arq-worker:latest", "webhook-receiver:latest", "pipeline-worker:latest"]))
    equal(named("a build runs in its owner's folder with its owner's Compose file"),
          s.builds()[0], (str(s.root / "trading"), ["docker", "compose", "-f", "-", "build", "--", "trading-api"]))
    first = next(Path(p) for p in (s.fake / "order").read_text().splitlines() if Path(p + ".stdin").exists())
    equal(named("Compose reads the owner's document"), Path(f"{first}.stdin").read_text(),
          "name: trading\nservices:\n  trading-api:\n    image: trading-api:latest\n    build: .\n"
          "  arq-worker:\n    image: arq-worker:latest\n    build: .\n")
    check(named("the shared build is tagged with the other name"),
          ["docker", "tag", "--", "trading-api:latest", "arq-worker:latest"] in [w for _, _, w in s.calls()])
    check(named("BUILDX_BUILDER is default"), all(b == "default" for _, b, w in s.calls() if "build" in w))
    s.run("build.sh", "trading-api", BUILDX_BUILDER="mine")
    check(named("a BUILDX_BUILDER that is set stays"), all(b == "mine" for _, b, w in s.calls() if "build" in w))
    r = s.run("build.sh", "arq-worker")
    equal(named("asking for the second name builds the shared build"), (s.built(), r.stdout.split()),
          (["trading-api"], ["trading-api:latest", "arq-worker:latest"]))
    s.run("build.sh", "--project", "zixly")
    equal(named("--project builds what the project owns"), s.built(), ["webhook-receiver", "pipeline-worker"])
    s.run("build.sh", "--project=trading", "pipeline-worker")
    equal(named("--project=P and names add up"), s.built(), ["trading-api", "pipeline-worker"])
    s.run("build.sh", "pipeline-worker", "--no-cache", "--pull", "trading-api")
    equal(named("flags reach Compose"), s.builds()[0][1],
          ["docker", "compose", "-f", "-", "build", "--no-cache", "--pull", "--", "trading-api"])
    s.run("build.sh", "trading-api", DOCKER="podman")
    equal(named("DOCKER=podman is used"), {w[0] for _, _, w in s.calls()}, {"podman"})
    (s.fake / "no-plugin").touch()
    absent = s.bin / "docker-compose"  # hides one that this machine may have
    absent.write_text("#!/bin/sh\nexit 127\n")
    absent.chmod(0o755)
    r = s.run("build.sh", "trading-api")
    check(named("without Compose: a message"), r.returncode == 1 and "neither 'docker compose' nor docker-compose" in r.stderr, r.stderr)
    shutil.copy(HERE / "fake-docker", s.bin / "docker-compose")
    s.run("build.sh", "trading-api")
    equal(named("docker-compose serves where the plugin is absent"), s.builds()[-1][1],
          ["docker-compose", "-f", "-", "build", "--", "trading-api"])
    for version, accepted in (("1.29.2", False), ("1.25.0-rc1", False), ("v2.0.0", True), ("10.1.0", True), ("5.0.1", True)):
        s.put("compose-version", version)
        for script, words in (("build.sh", ["trading-api"]), ("up.sh", ["trading"]), ("down.sh", ["--all", "--only"]), ("refresh.sh", ["trading-api"])):
            r = s.run(script, *words)
            refusal = f"docker-compose {version} refuses the files' name: and is not supported"
            check(named(f"{script} with docker-compose {version}"), (refusal in r.stderr) != accepted and (accepted or r.returncode == 1 and not s.built()), r.stderr)
    (s.fake / "compose-version").unlink()
    (s.fake / "no-plugin").unlink()

    link = s.root / "bin" / "builder"
    hop = s.root / "hop"
    hop.symlink_to("scripts/build.sh")
    link.symlink_to("../hop")
    r = s.run("build.sh", "trading-api", path=link, cwd="/")
    equal(named("through two relative links, from /"), (r.returncode, s.builds()[0][0]), (0, str(s.root / "trading")))
    r = s.run("build.sh", "trading-api", path="build.sh", cwd=s.scripts, CDPATH=str(s.root))
    equal(named("by its bare name, with CDPATH set"), (r.returncode, s.builds()[0][0]), (0, str(s.root / "trading")))
    deep = Stage(shell, Workspace(GUIDE.images, GUIDE.projects, GUIDE.services, to_workspace="../.."), parent, "tools/dock er")
    r = deep.run("build.sh", "trading-api", cwd=deep.root / "zixly")
    equal(named("scripts may lie deeper"), (r.returncode, deep.builds()[0][0]), (0, str(deep.root / "trading")))
    deep.put("failing", "trading-api")
    r = deep.run("build.sh", "trading-api", cwd=deep.root / "zixly")
    check(named("the command to repeat is as seen from here"), "'../tools/dock er/build.sh' trading-api" in r.stderr, r.stderr)

    for words, part in [
        (["nope"], "builds no image 'nope'; it builds: trading-api, arq-worker"), (["--nope"], "no option '--nope'"),
        (["--project"], "needs a value"), (["--project", "x"], "no project 'x'; there are: trading, zixly"),
        (["--jobs", "0"], "--jobs"), (["--jobs", "two"], "--jobs"), (["--jobs="], "--jobs"), ([""], "no image ''"),
        (["trading-api\narq-worker"], "no image"), (["trading-api arq-worker"], "no image"), (["*"], "no image '*'"),
        (["--", "--help"], "no image '--help'"), (["--compose", "x"], "no project"),
    ]:
        r = s.run("build.sh", *words)
        check(named(f"wrong usage: build.sh {words}"), r.returncode == 2 and part in r.stderr and not s.calls(), r.stderr)
    (s.fake / "down").touch()
    r = s.run("build.sh")
    check(named("an engine that does not answer"), r.returncode == 1 and "does not answer: Cannot connect" in r.stderr, r.stderr)
    (s.fake / "down").unlink()
    shutil.rmtree(s.root / "zixly")
    r = s.run("build.sh", "pipeline-worker")
    check(named("an owner's folder that is not there"), r.returncode == 1 and "the folder of zixly is not there" in r.stderr, r.stderr)

    t = Stage(shell, TOWER, parent)
    t.run("build.sh", "top")
    equal(named("lacking bases come first"), t.built(), ["base", "lone", "middle", "top"])
    t.put("present", "middle:latest", "lone:latest")
    t.run("build.sh", "top")
    equal(named("a present base is not rebuilt, nor what is below it"), t.built(), ["top"])
    t.put("present", "lone:latest")
    t.run("build.sh", "top")
    equal(named("only what lacks"), t.built(), ["base", "middle", "top"])
    t.put("present", "middle:latest", "base:latest")
    t.run("build.sh", "crown")
    equal(named("a lacking second name of a shared build"), t.built(), ["middle", "crown"])
    t.put("present", *[i[2] for i in TOWER.images])
    t.run("build.sh", "base", "--with-dependents")
    equal(named("--with-dependents"), t.built(), ["base", "middle", "side", "top", "crown"])
    t.run("build.sh", "twin", "--with-dependents")
    equal(named("dependents of all names of a shared build"), t.built(), ["middle", "top", "crown"])
    t.put("present", "base:latest", "middle:latest", "twin:latest")
    t.run("build.sh", "middle", "--with-dependents")
    equal(named("lacking bases of dependents"), t.built(), ["lone", "middle", "top", "crown"])
    t.run("build.sh", "--pull")
    equal(named("--pull only where no base is ours"), [w[-1] for _, w in t.builds() if "--pull" in w], ["base", "lone"])
    r = t.run("build.sh", "--project", "idle")
    check(named("a project that builds nothing"), r.returncode == 0 and "nothing to build" in r.stderr and not t.built(), r.stderr)

    t.put("failing", "middle")
    r = t.run("build.sh")
    equal(named("stop at a failure"), (r.returncode, t.built()), (1, ["base", "lone", "middle"]))
    for part in ["build.sh: middle failed with exit status 17; to repeat: scripts/build.sh middle\n",
                 "not built, because they stand on middle: top, crown\n", "not tried after that: side\n",
                 "to go on after the repair: scripts/build.sh middle side top crown\n"]:
        check(named(f"report: {part.strip()}"), part in r.stderr, r.stderr)
    equal(named("what was built is printed"), r.stdout.split(), ["base:latest", "lone:latest"])
    r = t.run("build.sh", "--keep-going", "--no-cache")
    equal(named("--keep-going"), (r.returncode, t.built()), (1, ["base", "lone", "middle", "side"]))
    check(named("the options are repeated"), "to repeat: scripts/build.sh --no-cache middle\n" in r.stderr, r.stderr)
    check(named("nothing is untried"), "not tried" not in r.stderr, r.stderr)
    t.put("failing", "base")
    r = t.run("build.sh", "--keep-going", "--jobs", "3")
    equal(named("a failure blocks across stages"), (r.returncode, sorted(t.built())), (1, ["base", "lone"]))
    check(named("all that is blocked"), "stand on base: middle, side, top, crown\n" in r.stderr, r.stderr)
    t.put("failing")

    r = t.run("build.sh", "--jobs", "2")
    equal(named("--jobs builds all"), (r.returncode, sorted(t.built())), (0, sorted(["base", "lone", "middle", "side", "top", "crown"])))
    order = t.built()
    check(named("--jobs keeps the stages"), set(order[:2]) == {"base", "lone"} and set(order[2:4]) == {"middle", "side"}, order)
    for image in order:
        check(named(f"the output of {image} is whole"), f"output of {image}\nmore of {image}\n" in r.stderr, r.stderr)
    t.put("pair", "middle", "side")
    r = t.run("build.sh", "--jobs", "2", "middle", "side")
    check(named("two builds of a stage really overlap"), r.returncode == 0, r.stderr)
    for side in t.fake.glob("side.*"):
        side.unlink()
    t.put("pair")
    check(named("no scratch folder is left"), not list(t.fake.glob("build.*")), list(t.fake.iterdir()))

    for sign, jobs in [(signal.SIGINT, 1), (signal.SIGINT, 2), (signal.SIGTERM, 2)]:
        t.put("slow", "base", "lone")
        process = t.start("build.sh", "--jobs", str(jobs))
        processes.until(lambda: len(t.noted()) == 2 * jobs)
        children = t.noted()
        (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)  # a terminal signals the whole group
        _, err = processes.outcome(process)
        left = [p for p in children if processes.alive(p)]
        processes.end(process)
        equal(named(f"{sign.name} with {jobs} jobs: status, orphans"), (process.returncode, left, len(children)),
              (128 + sign, [], 2 * jobs))
        check(named(f"{sign.name}: says so"), "stopped" in err, err)
        equal(named(f"{sign.name}: no scratch folder"), list(t.fake.glob("build.*")), [])
    t.put("slow")

    t.put("present")
    r = t.run("build.sh", "--dry-run", "crown", "--no-cache")
    equal(named("--dry-run builds nothing"), (r.returncode, t.built(), [w for _, _, w in t.calls() if "tag" in w]), (0, [], []))
    equal(named("--dry-run prints a line a command"), len(r.stdout.splitlines()), 4)
    direct = subprocess.run([*t.shell, "-c", r.stdout], cwd="/", env=t.environment({}), capture_output=True, text=True)
    equal(named("what --dry-run prints runs as it is"), (direct.returncode, t.built()), (0, ["base", "middle", "crown"]))
    equal(named("… in the right folders"), [f for f, _ in t.builds()], [str(t.root / p) for p in "ppq"])
    r = t.run("build.sh", "--list")
    lines = r.stdout.splitlines()
    equal(named("--list"), (r.returncode, lines[0].split("  ")[0], len(lines), t.calls()), (0, "STAGE", 8, []))
    equal(named("--list aligns"), lines[4], "2      twin    twin:latest    p      base         middle")
    r = t.run("build.sh", "--list", "twin")
    equal(named("--list of one"), len(r.stdout.splitlines()), 3)

    e = Stage(shell, EMPTY, parent)
    r = e.run("build.sh")
    check(named("no images at all"), r.returncode == 0 and "nothing to build" in r.stderr, r.stderr)
    r = e.run("verify.sh")
    check(named("only pulled images"), r.returncode == 1 and "docker pull redis:7-alpine\n" in r.stdout, r.stdout + r.stderr)
    none = Stage(shell, Workspace([], [("only", "only")]), parent)
    r = none.run("verify.sh", "--json")
    equal(named("no services: valid JSON"), (r.returncode, json.loads(r.stdout)),
          (0, {"images": [], "containers": [], "missing": 0, "stale": 0}))
    r = none.run("verify.sh", "--quiet")
    equal(named("no services: quiet"), (r.returncode, r.stdout), (0, ""))

    verify_tests(shell, parent, named)
    up_tests(shell, parent, named)


def identity(reference):
    out = subprocess.run(["sh", "-c", 'printf %s "$1" | cksum | tr " " 0', "sh", reference], capture_output=True, text=True)
    return out.stdout.strip()


def check_tests(v, named):
    """BuildKit's own checks, each project's findings under its name."""
    r = v.run("verify.sh", "--check")
    equal(named("verify --check: a Buildx without checks"), (r.returncode, r.stdout), (1, ""))
    check(named("verify --check: which Buildx has them"), "0.16 or later has them" in r.stderr, r.stderr)
    (v.fake / "checks").touch()
    r = v.run("verify.sh", "--check")
    equal(named("verify --check: nothing is found"), (r.returncode, r.stdout), (0, "trading\n    nothing is found\nzixly\n    nothing is found\n"))
    baked = [words for _, _, words in v.calls() if words[1:3] == ["buildx", "bake"] and "--check" in words]
    equal(named("verify --check: the call"), baked[-1][1:], ["buildx", "bake", "-f", "-", "--progress", "quiet", "--check"])
    (v.fake / "found.trading").write_text("WARNING: StageNameCasing\x1b[31m\nDockerfile:1\n")
    r = v.run("verify.sh", "--check", "--quiet")
    equal(named("verify --check: findings"), (r.returncode, r.stdout), (1, "trading\n    WARNING: StageNameCasing?[31m\n    Dockerfile:1\n"))
    check(named("verify --check: the sum"), "checks that could not run: trading" in r.stderr, r.stderr)
    r = v.run("verify.sh", "--check", "--project", "zixly")
    equal(named("verify --check --project"), (r.returncode, r.stdout), (0, "zixly\n    nothing is found\n"))
    r = v.run("verify.sh", "--check", "--json")
    check(named("verify --check --json"), r.returncode == 2 and "--json" in r.stderr, r.stderr)
    (v.fake / "found.trading").write_text("error: failed to resolve source metadata for docker.io/library/api:latest\n")
    r = v.run("verify.sh", "--check")
    check(named("verify --check: a base that is not built"), r.returncode == 1 and "what this workspace builds: scripts/build.sh" in r.stderr, r.stderr)
    (v.fake / "found.trading").unlink()
    (v.fake / "checks").unlink()


def verify_tests(shell, parent, named):
    v = Stage(shell, GUIDE, parent)
    v.put("present", "trading-api:latest", "arq-worker:latest", "webhook-receiver:latest", "redis:7-alpine")
    v.put("listing", "sha256:0ther|1GB|a year ago", *[f"{identity(reference)}|{facts}" for reference, facts in (
        ("trading-api:latest", "3.23GB|2 hours ago"), ("arq-worker:latest", "508MB|3 days ago"),
        ("webhook-receiver:latest", "517MB|5 minutes ago"), ("redis:7-alpine", "41.4MB|8 weeks ago"))])
    v.put("containers",
          f"zixly c1 - sha256:{identity('trading-api:latest')} /zixly-trading-api trading-api",
          "zixly c2 - sha256:0ld /zixly-arq-worker arq-worker",
          "zixly c3 - sha256:0ld /stranger some thing else",
          "zixly c4 True sha256:0ld /once arq-worker",
          f"trading c5 - {identity('trading-api:latest')} trading-api trading-api")
    r = v.run("verify.sh")
    lines = r.stdout.splitlines()
    equal(named("verify: missing is 1"), r.returncode, 1)
    equal(named("verify: heading and rows"), [re.split("  +", x) for x in lines[:6]], [
        ["IMAGE", "REFERENCE", "BUILT BY", "SIZE", "CREATED"],
        ["trading-api", "trading-api:latest", "trading", "3.23GB", "2 hours ago"],
        ["arq-worker", "arq-worker:latest", "trading", "508MB", "3 days ago"],
        ["webhook-receiver", "webhook-receiver:latest", "zixly", "517MB", "5 minutes ago"],
        ["pipeline-worker", "pipeline-worker:latest", "zixly", "-", "missing"],
        ["redis", "redis:7-alpine", "-", "41.4MB", "8 weeks ago"]])
    problems = ["pipeline-worker:latest is missing. zixly builds it:", "    scripts/build.sh pipeline-worker",
                "zixly-arq-worker runs an older image than arq-worker:latest. To replace it:", "    scripts/up.sh zixly arq-worker"]
    equal(named("verify: problems"), lines[6:], problems)
    r = v.run("verify.sh", "--quiet")
    equal(named("verify --quiet"), (r.returncode, r.stdout.splitlines()), (1, problems))
    check_tests(v, named)
    r = v.run("verify.sh", "--quiet", "--project", "trading", cwd=v.root / "zixly")
    equal(named("verify --project"), (r.returncode, r.stdout), (0, ""))
    v.put("present", "trading-api:latest")
    r = v.run("verify.sh", "--quiet", "--project=trading", cwd=v.root / "zixly")
    equal(named("verify from another folder"), r.stdout.splitlines()[1], "    ../scripts/build.sh arq-worker")
    told = v.run("verify.sh").stdout
    v.put("list-fails", "1", "2")
    equal(named("verify: a list of images that fails twice is asked for again"), v.run("verify.sh").stdout, told)
    v.put("list-fails", "1", "2", "3")
    r = v.run("verify.sh")
    equal(named("verify: a list of images that fails ends it"), (r.returncode, r.stdout), (1, ""))
    r = v.run("verify.sh", "--json")
    found = json.loads(r.stdout)
    equal(named("verify --json"), (r.returncode, found["missing"], found["stale"], len(found["images"])), (1, 4, 0, 5))
    equal(named("verify --json: missing"), found["images"][4],
          {"image": "redis", "reference": "redis:7-alpine", "owner": None, "present": False, "id": None, "size": None,
           "created": None, "workspace": None, "command": "docker pull redis:7-alpine"})
    no_registry_tests(shell, v.root.parent, named)
    equal(named("verify --json: present"), {k: found["images"][0][k] for k in ("present", "id", "size", "created", "command")},
          {"present": True, "id": "sha256:" + identity("trading-api:latest"), "size": "3.23GB",
           "created": "2025-01-29T10:00:00Z", "command": None})
    v.put("present", *[s[3] for s in GUIDE.services])
    r = v.run("verify.sh", "--json")
    found = json.loads(r.stdout)
    equal(named("a stale container alone is 0"), (r.returncode, found["missing"], found["stale"]), (0, 0, 1))
    equal(named("verify --json: stale"), [(c["container"], c["command"]) for c in found["containers"] if c["stale"]],
          [("zixly-arq-worker", "scripts/up.sh zixly arq-worker")])
    (v.fake / "down").touch()
    r = v.run("verify.sh", "--json")
    check(named("verify --json without an engine"), r.returncode == 1 and "Cannot connect \"to\"" in json.loads(r.stdout)["error"], r.stdout)
    r = v.run("verify.sh")
    check(named("verify without an engine"), r.returncode == 1 and "does not answer" in r.stderr and not r.stdout, r.stderr)
    r = v.run("verify.sh", DOCKER="no-such-command")
    check(named("no such command"), r.returncode == 1 and "no command no-such-command" in r.stderr, r.stderr)
    for words in [["x"], ["--project"], ["--project", "nope"], ["--project", "trading\nzixly"], ["--what"]]:
        r = v.run("verify.sh", *words)
        check(named(f"wrong usage: verify.sh {words}"), r.returncode == 2 and not r.stdout and r.stderr, r.stderr)


def no_registry_tests(shell, parent, named):
    """What an environment runs by a digest: a registry has it, or nothing can make it."""
    digest = "sha256:" + "a" * 64
    here = [("p", "api", "api", "api:1", "p", "-"), ("p", "db", "db", f"db@{digest}", "-", "-")]
    for reference, command in [(f"api:1@{digest}", None), (f"acme/api@{digest}", None), (f"reg.example.com/api:1@{digest}", "pull"), (f"localhost:5000/api@{digest}", "pull")]:
        there = [("p", "api", "api", reference, "-", "-"), here[1]]
        v = Stage(shell, Workspace([("1", "api", "api:1", "p", "-", "-")], [("p", "p")], here, environments=[("live", Workspace([], [("p", "p")], there))]), parent)
        r = v.run("verify.sh", "--environment", "live")
        told = f"{reference} is missing. To pull it:\n    docker pull {reference}\n" if command else (
            f"{reference} is missing, and names no registry that could have it. To say in the manifest where it was released to:\n"
            "    environments.live.images.api.registry\n")
        check(named(f"verify: what can be done about {reference}"), r.returncode == 1 and told in r.stdout
              and f"docker pull db@{digest}\n" in r.stdout, r.stdout + r.stderr)
        found = json.loads(v.run("verify.sh", "--environment", "live", "--json").stdout)["images"]
        equal(named(f"verify --json: what can be done about {reference}"), [i["command"] for i in found],
              [command and f"docker pull {reference}", f"docker pull db@{digest}"])


def up_tests(shell, parent, named):
    u = Stage(shell, GUIDE, parent)
    u.put("present", "trading-api:latest")
    r = u.run("up.sh", "zixly")
    check(named("up without a profile, where all have one"), r.returncode == 2 and not [w for _, _, w in u.calls() if "up" in w]
          and r.stderr == "up.sh: every service of zixly has a profile, and none is chosen. To choose:\n" + "".join(
              f"    scripts/up.sh {words} zixly\n" for words in ("--profile trading", "--profile zixly", "--profile queue", "--all-profiles")), r.stderr)
    r = u.run("up.sh", "--all-profiles", "zixly")
    equal(named("up with images missing starts nothing"), (r.returncode, [w for _, _, w in u.calls() if "up" in w]), (1, []))
    check(named("up names what is missing, and the command"),
          "arq-worker:latest is missing; trading builds it" in r.stderr
          and "scripts/build.sh arq-worker webhook-receiver pipeline-worker\n" in r.stderr and "redis" not in r.stderr, r.stderr)
    r = u.run("up.sh", "zixly", "trading-api")
    equal(named("up of a service wants its image only"), r.returncode, 0)
    words = u.calls()[-1][2]
    equal(named("up: the words"), words[:6] + words[-5:],
          ["docker", "compose", "-f", str(u.root / "zixly/docker-compose.yml"), "-p", "zixly", "up", "-d", "--no-build", "--", "trading-api"])
    equal(named("up: the profiles of the service"), words[6:-5], ["--profile", "trading"])
    u.put("present", *[s[3] for s in GUIDE.services])
    r = u.run("up.sh", "--all-profiles", "--remove-orphans", "zixly")
    equal(named("up --all-profiles"), (r.returncode, u.calls()[-1][2][6:]),
          (0, ["--profile", "trading", "--profile", "zixly", "--profile", "queue", "up", "-d", "--no-build", "--remove-orphans"]))
    u.put("present", "trading-api:latest", "arq-worker:latest")
    for profiles in ("trading", "none,trading", "trading,nobody"):
        r = u.run("up.sh", "zixly", COMPOSE_PROFILES=profiles)
        equal(named(f"up with COMPOSE_PROFILES={profiles}"), (r.returncode, u.calls()[-1][2][4:]), (0, ["-p", "zixly", "up", "-d", "--no-build"]))
    r = u.run("up.sh", "zixly", COMPOSE_PROFILES="*")
    check(named("up with all of COMPOSE_PROFILES"), r.returncode == 1 and "webhook-receiver:latest is missing" in r.stderr, r.stderr)
    r = u.run("up.sh", "zixly", COMPOSE_PROFILES="nobody")
    equal(named("up with COMPOSE_PROFILES that no service has"), r.returncode, 2)
    u.put("active", "trading-api", "redis")
    (u.root / "zixly/.env").write_text("A=1\n export COMPOSE_PROFILES=x${A}\n")
    r = u.run("up.sh", "zixly")
    equal(named("up with the .env's profiles"), (r.returncode, [w[6:] for _, _, w in u.calls() if w[2:3] == ["-f"]]),
          (0, [["config", "--services"], ["config"], ["config", "--services"], ["up", "-d", "--no-build"]]))
    (u.root / "zixly/.env").unlink()
    r = u.run("up.sh", "--profile", "trading", "zixly")
    words = u.calls()[-1][2]
    equal(named("up --profile wants that profile's images only"), (r.returncode, words[6:]),
          (0, ["--profile", "trading", "up", "-d", "--no-build"]))
    r = u.run("up.sh", "trading", COMPOSE_PROJECT_NAME="other")
    equal(named("up without profiles"), (r.returncode, u.calls()[-1][2][4:]), (0, ["-p", "trading", "up", "-d", "--no-build"]))
    (u.fake / "up-fails").touch()
    r = u.run("up.sh", "--profile=trading", "zixly", "redis")
    check(named("up fails"), r.returncode == 1 and "zixly did not start; to repeat: scripts/up.sh --profile trading zixly redis\n" in r.stderr, r.stderr)
    for words, part in [([], "name a project: trading, zixly"), (["nope"], "no project 'nope'; there are: trading, zixly"),
                        (["zixly", "nope"], "no service 'nope'; it has: trading-api, arq-worker"),
                        (["zixly", "--profile", "x"], "no profile 'x'; it has: trading, zixly, queue"),
                        (["trading", "--profile", "x"], "no profile 'x'"), (["zixly", "--profile"], "needs a value"),
                        (["--build", "zixly"], "no option"), (["zixly", "redis\ntrading-api"], "no service")]:
        r = u.run("up.sh", *words)
        check(named(f"wrong usage: up.sh {words}"), r.returncode == 2 and part in r.stderr and not u.calls(), r.stderr)


HOSTILE = ["two words", " leading", "three   blanks", "it's", 'a"b', "$(touch PWNED)", "`touch PWNED`", "-rf", "--help", "a;touch PWNED", "ünï-çødé-船",
           "*", "?[a-z]", "\\n\\t\\", "$HOME", "~", "#x", "a&b|c>d<e", "END'", "%s%n", "trailing ", "tab\tin", "!history",
           "{a,b}"]


def hostile_tests(shell, parent):
    """Every hostile value as a folder and, where it has no blank, as a reference."""
    def inert(value):
        return re.sub(r"\s", "_", value)

    def folder(value):
        return "./" + value if value.startswith(" ") else value

    images, projects, services = [], [], []
    for n, value in enumerate(HOSTILE):
        images.append((str(n // 6 + 1), f"i{n}", inert(value) + f":{n}", f"p{n}", "-" if n < 6 else f"i{n - 6}", "-"))
        projects.append((f"p{n}", folder(value)))
        services.append((f"p{n}", "app", f"i{n}", inert(value) + f":{n}", f"p{n}", "-"))
        services.append((f"p{n}", "other", f"o{n}", inert(value), "-", inert(value).replace(",", "") if n % 2 else "-"))
    h = Stage(shell, Workspace(images, projects, services), parent)

    def named(text):
        return f"[{shell}] hostile: {text}"

    for extra in ([], ["--jobs", "3"]):
        r = h.run("build.sh", *extra)
        equal(named(f"build {extra}"), (r.returncode, sorted(h.builds())),
              (0, sorted((str(h.root / v), ["docker", "compose", "-f", "-", "build", "--", f"i{n}"]) for n, v in enumerate(HOSTILE))))
        equal(named("references arrive"), sorted(r.stdout.splitlines()), sorted(i[2] for i in images))
    h.put("present")
    r = h.run("build.sh", *[f"i{n}" for n in range(len(HOSTILE) - 6, len(HOSTILE))])
    asked = next(w[6:] for _, _, w in h.calls() if w[1:3] == ["image", "inspect"])
    equal(named("bases are asked for at once"), sorted(asked), sorted(i[2] for i in images[:-6]))
    r = h.run("build.sh", "--dry-run")
    equal(named("dry-run"), (r.returncode, h.builds()), (0, []))
    direct = subprocess.run([*h.shell, "-c", r.stdout], cwd="/", env=h.environment({}), capture_output=True, text=True)
    equal(named("dry-run's lines run"), (direct.returncode, [f for f, _ in h.builds()]), (0, [str(h.root / v) for v in HOSTILE]))
    h.put("present")
    r = h.run("verify.sh")
    asked = next(w for _, _, w in h.calls() if w[1:3] == ["image", "inspect"])
    equal(named("verify asks for all references at once"), asked,
          ["docker", "image", "inspect", "--format", '{{.ID}} {{json .Created}} {{json (index .Config.Labels "io.bayplan.workspace")}}', "--", *dict.fromkeys(s[3] for s in services)])
    commands = [line.strip() for line in r.stdout.splitlines() if line.startswith("    docker pull")]
    pulled = [shlex.split(c)[-1] for c in commands]
    equal(named("verify's pull commands read back"), pulled, list(dict.fromkeys(inert(v) for v in HOSTILE)))
    r = h.run("verify.sh", "--json")
    found = json.loads(r.stdout)
    equal(named("verify's JSON"), [i["reference"] for i in found["images"]], list(dict.fromkeys(s[3] for s in services)))
    h.put("present", *[i[2] for i in images])
    for n, value in enumerate(HOSTILE):
        r = h.run("up.sh", f"p{n}", cwd="/")
        words = h.calls()[-1][2]
        equal(named(f"up {value!r}"), (r.returncode, words),
              (0, ["docker", "compose", "-f", f"{h.root}/{folder(value)}/docker-compose.yml", "-p", f"p{n}", "up", "-d", "--no-build"]))
    check(named("nothing ran"), not list(h.root.rglob("PWNED")) and not Path("/PWNED").exists())
    for value in HOSTILE + ["", "a\nb", "i1 i2"]:
        for script, words in (("build.sh", ["--", value]), ("build.sh", ["--project", value]), ("verify.sh", ["--project", value]),
                              ("up.sh", ["--", value]), ("up.sh", ["p0", "--", value]), ("up.sh", ["p0", "--profile", value])):
            r = h.run(script, *words)
            check(named(f"refused: {script} {words}"), r.returncode == 2 and not h.calls() and not list(h.root.rglob("PWNED")), r.stderr)


# Static checks.

def cases_substituted(text):
    """The lines of `case` within `$(...)`: bash 3.2 takes the parenthesis behind a pattern for the substitution's end."""
    found = []

    def walk(node, is_substituted):
        if isinstance(node, list):
            for entry in node:
                walk(entry, is_substituted)
        elif isinstance(node, dict):
            kind = node.get("Type")
            if kind == "CaseClause" and is_substituted:
                found.append(node["Pos"]["Line"])
            for entry in node.values():
                walk(entry, is_substituted or kind == "CmdSubst")

    walk(json.loads(subprocess.run(["shfmt", "--to-json"], input=text, capture_output=True, text=True, check=True).stdout), False)
    return found


def static_tests(folder, origin):
    for script in FRAGMENTS:
        path = folder / script
        if not path.exists():
            check(f"{origin}: {script} is there", False)
            continue
        check(f"{origin}: {script} is executable", path.stat().st_mode & stat.S_IXUSR)
        text = path.read_text()
        fragments = FRAGMENTS[script]
        # What reads a cache, or attests, has another fragment, or one more.
        if "\ncaches() {\n" in text:
            fragments = ["cached.sh" if name == "build-words.sh" else name for name in fragments]
        if "\nattesting() {\n" in text:
            fragments = [*fragments[:-1], "attesting.sh", fragments[-1]]
        body = "\n".join((SOURCES / name).read_text() for name in fragments)
        check(f"{origin}: {script} ends with its body, byte for byte", text.endswith(body))
        for tool, words in (("shellcheck", ["shellcheck"]), ("shfmt", ["shfmt", "-d"])):
            if not shutil.which(tool):
                skip(f"{origin}: {tool} {script}", f"there is no {tool}")
                continue
            r = subprocess.run([*words, str(path)], capture_output=True, text=True)
            check(f"{origin}: {tool} {script}", r.returncode == 0, r.stdout + r.stderr)
        if shutil.which("shfmt"):
            equal(f"{origin}: {script} has no case in a command substitution, which bash 3.2 of macOS cannot read", cases_substituted(text), [])
        for shell in available_shells():
            words = SHELLS[shell]
            r = subprocess.run([*words, "-n", str(path)], capture_output=True, text=True)
            check(f"{origin}: {shell} -n {script}", r.returncode == 0 and not r.stderr, r.stderr)
            r = subprocess.run([*words, str(path), "--help"], capture_output=True, text=True, cwd="/")
            check(f"{origin}: {shell} {script} --help", r.returncode == 0 and r.stdout.startswith(f"usage: {script}") and not r.stderr, r.stderr)
            wide = [line for line in r.stdout.splitlines() if len(line) > 80]
            check(f"{origin}: {shell} {script} --help fits a terminal of 80 columns", not wide, "\n".join(wide))


def available_shells(names=SHELLS):
    for shell in names:
        if shutil.which(SHELLS[shell][0]):
            yield shell
        elif shell not in Tally.skipped:
            skip(shell, f"there is no {SHELLS[shell][0]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--static", action="store_true")
    parser.add_argument("--shell", choices=SHELLS, action="append", default=[])
    parser.add_argument("--engine", choices=SHELLS, action="append", default=[])
    parser.add_argument("--awk", choices=AWKS, action="append", default=[])
    parser.add_argument("folders", nargs="*", type=Path)
    asked = parser.parse_args()
    for folder in asked.folders:
        static_tests(folder, str(folder))
    everything = not (asked.folders or asked.static or asked.shell or asked.awk or asked.engine)
    with tempfile.TemporaryDirectory(prefix="scripts-") as parent:
        if everything or asked.static and not asked.folders:
            for name, workspace in (("guide", GUIDE), ("tower", TOWER), ("empty", EMPTY)):
                workspace.write(Path(parent) / name / "scripts")
                static_tests(Path(parent) / name / "scripts", name)
        for shell in available_shells(SHELLS if everything else asked.shell):
            argument_tests(shell, parent)
            hostile_tests(shell, parent)
            environments.run(sys.modules[__name__], shell, parent)
            starting.run(sys.modules[__name__], shell, parent)
            leftovers.run(sys.modules[__name__], shell, parent)
            truth.run(sys.modules[__name__], shell, parent)
            runbook.run(sys.modules[__name__], shell, parent)
            pins.run(sys.modules[__name__], shell, parent)
            refusals.run(sys.modules[__name__], shell, parent)
            print(f"{shell}: done", flush=True)
        for awk in AWKS if everything else asked.awk:
            if shutil.which(AWKS[awk]) and shutil.which("dash"):
                numbers_in_names.run(sys.modules[__name__], awk, "dash", parent)
                print(f"{awk}: done", flush=True)
            else:
                skip(awk, "it is not there, or dash is not")
        if on_engine := SHELLS if everything else asked.engine:
            if os.environ.get("DOCKER_HOST") and os.environ.get("ENGINE_BUSYBOX"):
                import engine
                engine.run(sys.modules[__name__], parent, list(available_shells(on_engine)))
            else:
                skip("the tests on a real engine", "DOCKER_HOST and ENGINE_BUSYBOX are not set")
    print(f"{Tally.passed} passed, {len(Tally.failed)} failed, {len(Tally.skipped)} skipped")
    for what in Tally.failed:
        print(f"  failed: {what}")
    return 1 if Tally.failed or (IN_CI and Tally.skipped) else 0


if __name__ == "__main__":
    sys.exit(main())
