#!/usr/bin/env python3
"""What a renamed project, a deleted one and a moved service leave on a real engine, each with running containers and a volume
with data: what `compile`, `diff`, `status.sh`, `up.sh` and `clean.sh` say and do. No data may be lost, and nothing of the
workspace may be invisible; what is somebody else's must be neither listed nor touched.

usage: leftovers.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
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
M = f"bpl{os.getpid()}"
SHOP, STORE, OLD, A, B, FREE = (f"{M}-{name}" for name in ("shop", "store", "old", "a", "b", "free"))

def docker(*words):
    return processes.run(["docker", *words])


def service(name, volume="", image=f"{M}-box"):
    keep = f'volumes: ["{volume}:/data"], ' if volume else ""
    return f"{name}: {{image: {image}, {keep}command: [/bin/busybox, sleep, \"100000\"], stop_grace_period: 0s}}"


def manifest(projects, images=("box",)):
    text = f'version: 1\nname: {M}\nnaming: {{image: ".*", project: ".*"}}\nimages:\n'
    for image in images:
        text += f"  {M}-{image}: {{owner: {A}, build: {{context: ., args: {{NAME: {image}}}}}}}\n"
    text += "projects:\n"
    for name, path, services, volumes in projects:
        text += f"  {name}:\n    path: {path}\n    services:\n" + "".join(f"      {s}\n" for s in services)
        text += "    volumes: {" + ", ".join(f"{v}: {{}}" for v in volumes) + "}\n"
    return text


BEFORE = manifest([
    (SHOP, "shop", [service("db", "data"), service("web")], ["data"]),
    (OLD, "old", [service("box", "cache", f"{M}-oldbox")], ["cache"]),
    (A, "a", [service("api"), service("job", "jobs")], ["jobs"]),
    (B, "b", [service("other")], []),
], images=("box", "oldbox"))
AFTER = manifest([
    (STORE, "shop", [service("db", "data"), service("web")], ["data"]),
    (A, "a", [service("api")], []),
    (B, "b", [service("other"), service("job", "jobs")], ["jobs"]),
])


class Workspace:
    def __init__(self, parent):
        self.root = Path(tempfile.mkdtemp(prefix="work space ", dir=parent)).resolve()
        for folder in ("shop", "old", "a", "b"):
            (self.root / folder).mkdir()
        shutil.copy(os.environ["ENGINE_BUSYBOX"], self.root / "a/busybox")
        (self.root / "a/Dockerfile").write_text("FROM scratch\nARG NAME\nCOPY busybox /bin/busybox\nLABEL made=$NAME\n")

    def bayplan(self, *words):
        return processes.run([BAYPLAN, *words], cwd=self.root)

    def compile(self, text):
        (self.root / "strategy.yaml").write_text(text)
        return self.bayplan("compile")

    def run(self, script, *words):
        return processes.run(["sh", self.root / "scripts" / script, *words], cwd=self.root, stdin=-3)

    def left(self):
        found = json.loads(self.run("status.sh", "--json").stdout)["left_over"]
        return {(r["kind"], r["name"], r["why"], r["heir"]) for r in found}


def names(kind):
    return set(docker(kind, "ls", *(["--all"] if kind == "container" else []), "--filter", f"name={M}",
                      "--format", "{{.Name}}" if kind != "container" else "{{.Names}}").stdout.split())


def read(container):
    return docker("exec", container, "/bin/busybox", "cat", "/data/f").stdout


def mode_of(container):
    return docker("exec", container, "/bin/busybox", "stat", "-c", "%a %u %g %Y", "/data", "/data/f").stdout


LEFT = {
    ("volume", f"{SHOP}_data", "renamed", STORE), ("volume", f"{OLD}_cache", "gone", None), ("volume", f"{A}_jobs", "dropped", B),
    ("container", f"{SHOP}-db", "renamed", STORE), ("container", f"{SHOP}-web", "renamed", STORE),
    ("container", f"{OLD}-box", "gone", None), ("container", f"{A}-job", "dropped", B),
    ("network", f"{SHOP}_default", "renamed", STORE), ("network", f"{OLD}_default", "gone", None),
    ("image", f"{M}-oldbox:latest", "dropped", None),
}


def before(w):
    r = w.compile(BEFORE)
    assert r.returncode == 0, r.stderr
    for words in [("build.sh",), ("up.sh", SHOP), ("up.sh", OLD), ("up.sh", A), ("up.sh", B)]:
        r = w.run(*words)
        check(" ".join(words), r.returncode == 0 and "would start" not in r.stderr and "left over" not in r.stderr, r.stderr)
    for container in (f"{SHOP}-db", f"{OLD}-box", f"{A}-job"):
        docker("exec", container, "/bin/busybox", "sh", "-c",
               f"echo {container} >/data/f; chmod 640 /data/f; chown 7:8 /data/f; chmod 750 /data; chown 5:6 /data")
    check("nothing is left over at first", w.left() == set(), w.left())
    shutil.copy(w.root / "strategy.yaml", w.root / "before.yaml")


def change(w):
    (w.root / "strategy.yaml").write_text(AFTER)
    r = w.bayplan("diff", "before.yaml")
    check("diff tells the rename by its evidence", r.returncode == 0 and f"was {SHOP}" in r.stdout and OLD in r.stdout, r.stdout)
    r = w.bayplan("compile", "--dry-run")
    check("compile --dry-run tells the rename and the deletion", f"shop/docker-compose.yml is of the Compose project {SHOP}, and will be of {STORE}\n" in r.stderr
          and f"old/docker-compose.yml goes, and with it the Compose project {OLD}\n" in r.stderr, r.stderr)
    r = w.compile(AFTER)
    check("compile tells them, and where to look", r.returncode == 0 and f"will be of {STORE}\n" in r.stderr
          and f"the volumes of {STORE} are others, and start empty\n" in r.stderr
          and f"to list what is left of {OLD}, and what to do with it: scripts/status.sh\n" in r.stderr, r.stderr)
    lock = (w.root / "bayplan.lock").read_text()
    check("the lock remembers the names", f"# Former project {OLD}\n# Former project {SHOP}\n" in lock, lock)
    r = w.bayplan("compile")
    check("compile says it once, and the lock stays", "Compose project" not in r.stderr and (w.root / "bayplan.lock").read_text() == lock
          and w.bayplan("compile", "--check").returncode == 0, r.stderr)


def listed(w):
    check("status.sh lists all that is left over", w.left() == LEFT, w.left() ^ LEFT)
    r = w.run("status.sh")
    text = r.stdout
    check("status.sh says why, and the commands, data first", f"{SHOP} is {STORE} now" in text and f"there is no project {OLD}" in text
          and f"{A} has no service job; {B} has" in text and f"there is no image {M}-oldbox" in text
          and text.index(f"scripts/up.sh --take-data {STORE}\n") < text.index("scripts/clean.sh --left-over\n") < text.index("scripts/clean.sh --left-over --volumes\n"), text)
    r = w.run("status.sh", "--project", B)
    check("status.sh --project: only what concerns it", f"{A}-job" in r.stdout and OLD not in r.stdout and SHOP not in r.stdout, r.stdout)


def started(w):
    r = w.run("up.sh", STORE)
    check("up.sh starts nothing with empty volumes", r.returncode == 1 and f"{STORE}-db" not in names("container")
          and f"{STORE}_data" not in names("volume") and f"{SHOP}_data holds data: {SHOP} is {STORE} now\n" in r.stderr
          and f"scripts/up.sh --take-data {STORE}\n" in r.stderr and f"scripts/up.sh --new-volumes {STORE}\n" in r.stderr, r.stderr)
    modes = mode_of(f"{SHOP}-db")
    r = w.run("up.sh", "--take-data", STORE)
    check("up.sh --take-data starts it with a copy", r.returncode == 0 and f"copying {SHOP}_data to {STORE}_data (1 of 1)\n" in r.stderr
          and read(f"{STORE}-db") == f"{SHOP}-db\n", r.stderr)
    check("what it stopped does not count as running", "still running" not in r.stderr, r.stderr)
    check("owners, modes and times are those of before", modes != "" and mode_of(f"{STORE}-db") == modes, modes + mode_of(f"{STORE}-db"))
    check("the former volume stays, and Compose takes the new one for its own", f"{SHOP}_data" in names("volume") and "already exists" not in r.stderr, r.stderr)
    check("what was left over in its place is stopped", docker("inspect", "--format", "{{.State.Running}}", f"{SHOP}-db", f"{SHOP}-web").stdout == "false\nfalse\n")
    # An interrupted copy: the mark of one, and a volume that holds a part.
    r = w.run("up.sh", B)
    check("up.sh tells it of a moved service, too", r.returncode == 1 and f"{A}_jobs holds data: {A} declares no volume jobs; {B} has\n" in r.stderr, r.stderr)
    docker("container", "create", "--name", f"bayplan-source-{B}_jobs", f"{M}-box", "-")
    docker("volume", "create", "--label", f"com.docker.compose.project={B}", "--label", "com.docker.compose.volume=jobs", f"{B}_jobs")
    path = w.root / "b"
    docker("container", "create", "--name", f"bayplan-taking-{B}_jobs", "--label", f"com.docker.compose.project={B}", "--label", "com.docker.compose.service=jobs",
           "--label", "com.docker.compose.oneoff=True", "--label", f"com.docker.compose.project.working_dir={path}",
           "--label", f"com.docker.compose.project.config_files={path}/docker-compose.yml", f"{M}-box", "-")
    r = w.run("up.sh", B)
    check("up.sh starts nothing with half of the data", r.returncode == 1 and "an interrupted" not in r.stdout and "a run was interrupted" in r.stderr
          and f"{B}-job" not in names("container"), r.stderr)
    r = w.run("up.sh", "--take-data", B)
    check("up.sh --take-data does it again", r.returncode == 0 and read(f"{B}-job") == f"{A}-job\n" and not any("taking" in n for n in names("container")), r.stderr)
    r = w.run("up.sh", A)
    check("up.sh of the project that lost it starts", r.returncode == 0, r.stderr)
    r = w.run("up.sh", "--take-data", STORE)
    check("again there is nothing to take", r.returncode == 0 and "there is no volume left over" in r.stderr and read(f"{STORE}-db") == f"{SHOP}-db\n", r.stderr)


def strangers(parent):
    """A Compose project of somebody's own inside the workspace, and one outside, which look much like ours."""
    for place in (parent.root / "tools", Path(tempfile.mkdtemp(dir=parent.root.parent)).resolve()):
        place.mkdir(exist_ok=True)
        name = FREE + ("-in" if place.parent == parent.root else "-out")
        (place / "docker-compose.yml").write_text(f"name: {name}\nservices:\n  {service('db', 'data')}\nvolumes: {{data: {{}}}}\n")
        r = docker("compose", "-f", str(place / "docker-compose.yml"), "up", "--detach")
        assert r.returncode == 0, r.stderr
    return {FREE + "-in-db-1", FREE + "-out-db-1"}


def cleaned(w, kept):
    everything = names("container"), names("volume"), names("network")
    r = w.run("clean.sh", "--left-over", "--volumes", "--dry-run")
    check("clean.sh --left-over --dry-run removes nothing", r.returncode == 0 and everything == (names("container"), names("volume"), names("network")), r.stderr)
    check("and shows all, nothing of strangers", all(name in r.stdout for _, name, _, _ in LEFT) and FREE not in r.stdout, r.stdout)
    r = w.run("clean.sh", "--left-over")
    check("without a terminal it asks, and removes nothing", r.returncode == 1 and "there is no terminal to ask on" in r.stderr and everything[0] == names("container"), r.stderr)
    r = w.run("clean.sh", "--yes")
    check("clean.sh without --left-over leaves it alone", r.returncode == 0 and everything[0] == names("container"), r.stderr)
    r = w.run("clean.sh", "--left-over", "--yes")
    check("clean.sh --left-over removes containers, networks and images", r.returncode == 0
          and names("container") == {f"{STORE}-db", f"{STORE}-web", f"{A}-api", f"{B}-other", f"{B}-job"} | kept
          and not {f"{SHOP}_default", f"{OLD}_default"} & names("network") and "removed 7 of 7\n" in r.stderr
          and docker("image", "inspect", f"{M}-oldbox").returncode != 0, r.stderr + r.stdout)
    check("and no volume, which it names", everything[1] == names("volume") and f"docker volume rm {SHOP}_data {OLD}_cache {A}_jobs\n" in r.stderr
          or f"docker volume rm {A}_jobs {OLD}_cache {SHOP}_data\n" in r.stderr, r.stderr)
    check("volumes are still listed, by the lock", {v[1] for v in w.left()} == {f"{SHOP}_data", f"{OLD}_cache", f"{A}_jobs"}, w.left())
    r = w.run("clean.sh", "--left-over", "--volumes", "--yes")
    check("clean.sh --left-over --volumes removes them", r.returncode == 0 and names("volume") == everything[1] - {f"{SHOP}_data", f"{OLD}_cache", f"{A}_jobs"}, r.stderr)
    check("then nothing is left over", w.left() == set(), w.left())
    check("what strangers have runs on", all(docker("inspect", "--format", "{{.State.Running}}", c).stdout == "true\n" for c in kept))


def back(w):
    w.run("down.sh", "--all")
    r = w.compile(BEFORE)
    lock = (w.root / "bayplan.lock").read_text()
    check("a name that is back is no former one", r.returncode == 0 and f"# Former project {STORE}\n" in lock and f"# Former project {SHOP}\n" not in lock, lock)
    check("without containers, a volume is found by the lock", ("volume", f"{STORE}_data", "gone", SHOP) in w.left(), w.left())
    w.run("build.sh")
    r = w.run("up.sh", "--new-volumes", SHOP)
    check("up.sh --new-volumes", r.returncode == 0 and read(f"{SHOP}-db") == "", r.stderr)


def main():
    if docker("version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: there is no engine with a static busybox", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan-leftovers-") as parent:
        w = Workspace(parent)
        try:
            before(w)
            kept = strangers(w)
            change(w)
            listed(w)
            started(w)
            cleaned(w, kept)
            back(w)
        finally:
            for project in (SHOP, STORE, OLD, A, B, FREE + "-in", FREE + "-out"):
                docker("compose", "-p", project, "down", "--volumes", "--remove-orphans", "--timeout", "0")
            containers = names("container")
            if containers:
                docker("container", "rm", "--force", *containers)
            for volume in names("volume"):
                docker("volume", "rm", volume)
            for image in ("box", "oldbox"):
                docker("image", "rm", "--force", f"{M}-{image}:latest")
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
