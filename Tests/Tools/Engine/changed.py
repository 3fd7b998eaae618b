#!/usr/bin/env python3
"""`build.sh --changed`, and twenty images in four stages, on a real engine, from what Bayplan emits.

usage: changed.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
MARK = f"bpc{os.getpid()}"

class Workspace:
    def __init__(self, parent, name):
        self.root = Path(tempfile.mkdtemp(prefix=f"{name} ", dir=parent)).resolve()
        (self.root / "bin").mkdir()
        shutil.copy(BAYPLAN, self.root / "bin/bayplan")

    def environment(self, bayplan=True):
        path = os.environ["PATH"]
        return {**os.environ, "PATH": f"{self.root}/bin:{path}" if bayplan else path}

    def run(self, *words, bayplan=True, cwd=None):
        return processes.run(words, cwd=cwd or self.root, env=self.environment(bayplan))

    def compile(self):
        r = self.run("bayplan", "compile")
        assert r.returncode == 0, r.stdout + r.stderr

    def build(self, *words, **options):
        r = self.run(self.root / "scripts/build.sh", *words, **options)
        return r.returncode, [line.replace(f"{MARK}-", "").split(":")[0] for line in r.stdout.splitlines()], r.stderr


def docker(*words):
    return processes.run(["docker", *words])


def image_id(name):
    return docker("image", "inspect", "--format", "{{.Id}}", f"{MARK}-{name}:latest").stdout.strip()


def changed(parent):
    w = Workspace(parent, "changed")
    m = MARK

    def manifest(argument, name="strategy.yaml"):
        (w.root / name).write_text(f"""version: 1
name: {m}
images:
  {m}-base: {{owner: p, build: ./base}}
  {m}-app: {{owner: p, build: {{context: ./app, args: {{V: "{argument}"}}}}, needs: [{m}-base]}}
  {m}-twin: {{owner: p, build: {{context: ./app, args: {{V: "{argument}"}}}}, needs: [{m}-base]}}
  {m}-top: {{owner: q, build: ./top, needs: [{m}-app]}}
  {m}-lone: {{owner: q, build: ./lone}}
projects:
  p: {{services: {{a: {{image: {m}-app}}, b: {{image: {m}-base}}, t: {{image: {m}-twin}}}}}}
  q: {{services: {{a: {{image: {m}-top}}, b: {{image: {m}-lone}}}}}}
""")

    manifest("one")
    for place, text in (("p/base", "FROM scratch\nCOPY . /base/\n"), ("p/app", f"FROM {m}-base\nARG V\nLABEL v=$V\nCOPY . /app/\n"),
                        ("q/top", f"FROM {m}-app\nCOPY . /top/\n"), ("q/lone", "FROM scratch\nCOPY . /lone/\n")):
        (w.root / place).mkdir(parents=True)
        (w.root / place / "Dockerfile").write_text(text)
        (w.root / place / "file").write_text("one\n")
        (w.root / place / ".dockerignore").write_text("*.log\n")
    w.compile()

    def equal(what, result, expected):
        check(f"--changed: {what}", result[:2] == (0, expected), f"expected {expected}\nfound {result}")

    every = ["base", "app", "twin", "top", "lone"]
    status, built, text = w.build()
    check("a first build", status == 0 and sorted(built) == sorted(every), text)
    before = {name: image_id(name) for name in every}
    equal("a build before that left what it was built from", w.build("--changed"), [])
    (w.root / "p/app/new.log").write_text("ignored\n")
    (w.root / "p/base/file").touch()
    equal("an ignored file, and a time", w.build("--changed"), [])
    w.build()
    check("the same build again gives the same images", before == {name: image_id(name) for name in every})
    (w.root / "q/lone/file").write_text("two\n")
    equal("a file", w.build("--changed"), ["lone"])
    equal("and then nothing", w.build("--changed"), [])
    (w.root / "p/app/file").chmod(0o755)
    equal("a mode, and what stands on it", w.build("--changed", "--jobs", "2"), ["app", "twin", "top"])
    (w.root / "p/base/file").write_text("two\n")
    equal("a project whose base has changed elsewhere", w.build("--changed", "--project", "q"), ["base", "app", "twin", "top"])
    (w.root / "p/base/file").write_text("three\n")
    r = w.build("--changed", "--dry-run")
    check("--changed --dry-run: commands for three builds, and nothing built", r[0] == 0 and image_id("base") != "" and len(r[1]) == 4, str(r))
    equal("with dependents", w.build("--changed", "--with-dependents", f"{m}-base"), ["base", "app", "twin", "top"])
    w.build("--no-cache", f"{m}-base")
    equal("a base that was built anew from the same", w.build("--changed"), ["app", "twin", "top"])
    (w.root / "p/base/file").write_text("four\n")
    w.build(f"{m}-app")
    equal("an image that was built on its old base", w.build("--changed"), ["base", "app", "twin", "top"])
    docker("rmi", f"{m}-twin:latest")
    equal("a name that is gone", w.build("--changed"), ["app", "twin", "top"])
    docker("tag", f"{m}-lone:latest", f"{m}-top:latest")
    equal("a name that is another image's", w.build("--changed"), ["top"])
    (w.root / "p/app/Dockerfile").write_text((w.root / "p/app/Dockerfile").read_text() + "LABEL x=y\n")
    equal("a Dockerfile", w.build("--changed", f"{m}-twin"), ["app", "twin"])
    equal("and what stands on it, later", w.build("--changed"), ["top"])
    manifest("two")
    r = w.build("--changed")
    check("scripts older than the manifest: everything, and why", r[:2] == (0, ["base", "app", "twin", "top", "lone"]) or
          (r[0] == 0 and sorted(r[1]) == sorted(every)) and "bayplan compile" in r[2] and "everything is built" in r[2], str(r))
    w.compile()
    w.build("--changed")
    equal("after that", w.build("--changed"), [])
    manifest("three")
    w.compile()
    equal("an argument", w.build("--changed"), ["app", "twin", "top"])
    r = w.build("--changed", bayplan=False)
    check("without bayplan: says so, and builds everything", r[0] == 0 and sorted(r[1]) == sorted(every) and "no command bayplan" in r[2], str(r))
    w.build("--changed")
    moved = w.root.parent / "moved it's"
    w.root.rename(moved)
    w.root = moved
    equal("in a workspace that has moved", w.build("--changed", cwd="/"), [])
    (w.root / "strategy.yaml").rename(w.root / "elsewhere.yaml")
    r = w.build("--changed")
    check("without its manifest: says so, and builds everything", sorted(r[1]) == sorted(every) and "the manifest is not at" in r[2], str(r))
    check("--changed and --no-cache contradict each other", w.build("--changed", "--no-cache")[0] == 2)
    images = docker("image", "ls", "-aq", "--no-trunc", "--filter", f"label=io.bayplan.workspace={m}").stdout.split()
    docker("rmi", "-f", *set(images))


def stages(parent):
    """Twenty images: five a stage, each on one of the stage before."""
    w = Workspace(parent, "stages")
    m, names = MARK, [f"s{stage}-{n}" for stage in range(1, 5) for n in range(5)]
    images = ""
    for name in names:
        stage, n = int(name[1]), int(name[3])
        base = f"{m}-s{stage - 1}-{n}" if stage > 1 else ""
        images += f"  {m}-{name}: {{owner: p, build: ./{name}{f', needs: [{base}]' if base else ''}}}\n"
        (w.root / "p" / name).mkdir(parents=True)
        step = f'RUN ["/busybox", "echo", "output of {name}"]\n'
        if stage == 1:
            shutil.copy(os.environ["ENGINE_BUSYBOX"], w.root / "p" / name / "busybox")
        (w.root / "p" / name / "Dockerfile").write_text((f"FROM {base}\n" if base else "FROM scratch\nCOPY busybox /busybox\n") + step)
    services = "".join(f"      {name}: {{image: {m}-{name}}}\n" for name in names)
    (w.root / "strategy.yaml").write_text(f"version: 1\nname: {m}s\nimages:\n{images}projects:\n  p:\n    services:\n{services}")
    w.compile()
    # The engine must not run steps with a network that it has not.
    script = w.root / "scripts/build.sh"
    script.write_text(script.read_text().replace(f"      context: ./", "      network: none\n      context: ./"))

    status, built, text = w.build("--jobs", "2")
    place = {name: n for n, name in enumerate(built)}
    check("twenty images in four stages", status == 0 and sorted(built) == sorted(names), text)
    check("each after its base", all(place[f"s{int(a[1]) - 1}-{a[3]}"] < place[a] for a in built if a[1] != "1"), str(built))
    blocks, current = {}, None
    for line in text.splitlines():
        if line.startswith("build.sh: built ") and f"{MARK}-" in line:
            current = line.rsplit(f"{MARK}-", 1)[1].split()[0]
        for name in names:
            if f"output of {name}" in line and current:
                blocks.setdefault(current, set()).add(name)
    check("the output of each build by itself", len(blocks) == 20 and all(found == {name} for name, found in blocks.items()), str(blocks))
    bad = w.root / "p/s2-3/Dockerfile"
    good = bad.read_text()
    bad.write_text(good + 'RUN ["/busybox", "false"]\n')
    status, built, text = w.build("--jobs", "2", "--keep-going")
    check("one fails: the others are built, what it blocked is named, the status is 1", status == 1 and len(built) == 17
          and f"{m}-s2-3 failed with exit status" in text and f"not built, because they stand on {m}-s2-3: {m}-s3-3, {m}-s4-3" in text, text[-2000:])
    status, built, text = w.build("--jobs", "2")
    check("without --keep-going it ends with that stage", status == 1 and not [name for name in built if name[1] > "2"]
          and "to go on after the repair: scripts/build.sh --jobs 2" in text, text[-2000:])
    # Longer than anybody waits, and a number of this run's own.
    seconds = str(86400 + os.getpid())
    step = f"sleep\0{seconds}"
    bad.write_text(good + f'RUN ["/busybox", "sleep", "{seconds}"]\n')
    process = processes.start([script, "--jobs", "2", "--no-cache", f"{m}-s2-3", f"{m}-s2-2"], cwd=w.root, env=w.environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    check("the step runs on the engine", processes.until(lambda: processes.running(step)))
    os.killpg(process.pid, signal.SIGINT)
    processes.outcome(process)
    processes.until(lambda: not processes.running(step))
    found = process.returncode, processes.in_session(process.pid), processes.running(step)
    check("Ctrl-C: 130, no process of the session and no step on the engine is left", found == (130, [], []), str(found))
    processes.end(process)
    images = docker("image", "ls", "-aq", "--no-trunc", "--filter", f"label=io.bayplan.workspace={m}s").stdout.split()
    docker("rmi", "-f", *set(images))


def main():
    if docker("version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX is not set")
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan changed ") as parent:
        changed(parent)
        stages(parent)
    print(f"changed: {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
