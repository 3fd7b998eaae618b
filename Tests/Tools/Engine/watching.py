#!/usr/bin/env python3
"""`refresh.sh --watch` on a real engine: an edit in a base four stages deep reaches ten containers of three projects.

usage: watching.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
MARK = f"bpw{os.getpid()}"

# Each stands on the one before; the last three are what ten services of three projects run.
CHAIN = ["one", "two", "three"]
TOPS = {"api": ("red", 4), "worker": ("green", 3), "web": ("blue", 3)}


def docker(*words):
    return processes.run(["docker", *words])


def lay(root):
    """A workspace: three bases on one another, three images on the last, ten services."""
    images, projects = "", ""
    for n, name in enumerate(CHAIN):
        needs = f", needs: [{MARK}-{CHAIN[n - 1]}]" if n else ""
        images += f"  {MARK}-{name}: {{owner: red, build: ./{name}{needs}}}\n"
    for top, (project, _) in TOPS.items():
        images += f"  {MARK}-{top}: {{owner: {project}, build: ./{top}, needs: [{MARK}-{CHAIN[-1]}]}}\n"
    images += f"  {MARK}-lone: {{owner: red, build: ./lone}}\n"
    for top, (project, count) in TOPS.items():
        services = "".join(f"      s{n}: {{image: {MARK}-{top}, network_mode: none, stop_grace_period: 0s}}\n" for n in range(count))
        projects += f"  {MARK}-{project}:\n    path: {project}\n    services:\n{services}"
    for project, _ in TOPS.values():
        images = images.replace(f"owner: {project},", f"owner: {MARK}-{project},")
    (root / "strategy.yaml").write_text(f"version: 1\nname: {MARK}\nimages:\n{images}projects:\n{projects}")
    places = [("red", name) for name in CHAIN + ["lone"]] + [(project, top) for top, (project, _) in TOPS.items()]
    for project, name in places:
        folder = root / project / name
        folder.mkdir(parents=True)
        if name in CHAIN[1:]:
            base = f"{MARK}-{CHAIN[CHAIN.index(name) - 1]}"
        else:
            base = "scratch" if name in (CHAIN[0], "lone") else f"{MARK}-{CHAIN[-1]}"
        command = 'CMD ["/busybox", "sleep", "1000000"]\n' if name in TOPS else ""
        (folder / "Dockerfile").write_text(f"FROM {base}\nCOPY . /{name}/\n{command}")
        (folder / "file").write_text("one\n")
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "red/one/busybox")
    first = root / "red/one/Dockerfile"
    first.write_text("FROM scratch\nCOPY busybox /busybox\nCOPY . /one/\n")


class Watch:
    """A script that watches, in a session of its own, and what it says."""

    def __init__(self, root, environment, *words):
        self.log = root.parent / f"log {time.monotonic()}"
        with open(self.log, "w") as log:
            self.process = processes.start([root / "scripts/refresh.sh", "--watch", *words], cwd=root, env=environment,
                                           stdout=log, stderr=subprocess.STDOUT)

    def text(self):
        return processes.read(self.log)

    def changes(self):
        return [line.split("changed: ", 1)[1].replace(f"{MARK}-", "") for line in self.text().splitlines()
                if line.startswith("refresh.sh: changed: ")]

    def rests(self, count):
        """Whether it has waited as many times for a change."""
        return self.text().count("refresh.sh: waiting for") >= count

    def end(self, number):
        os.killpg(self.process.pid, number)
        processes.outcome(self.process)
        found = self.process.returncode, processes.in_session(self.process.pid)
        processes.end(self.process)
        return found


def containers():
    """What runs: each container's name, identity and image."""
    words = "{{.Name}} {{.Id}} {{.Image}}"
    found = docker("ps", "-q", "--filter", f"name=^{MARK}").stdout.split()
    return {line.split()[0]: line.split()[1:] for line in docker("inspect", "--format", words, *found).stdout.splitlines()} if found else {}


def image(name):
    return docker("image", "inspect", "--format", "{{.Id}}", f"{MARK}-{name}:latest").stdout.strip()


def all_current():
    """Whether ten containers run the images that have the names now."""
    now = {image(top) for top in TOPS}
    found = containers()
    return len(found) == 10 and {identity for _, identity in found.values()} == now


def watching(parent):
    root = Path(tempfile.mkdtemp(prefix="watching it's ", dir=parent)).resolve()
    (root / "bin").mkdir()
    shutil.copy(BAYPLAN, root / "bin/bayplan")
    environment = {**os.environ, "PATH": f"{root}/bin:{os.environ['PATH']}"}
    lay(root)

    def run(*words):
        return processes.run(words, cwd=root, env=environment)

    r = run("bayplan", "compile")
    assert r.returncode == 0, r.stdout + r.stderr
    r = run("scripts/build.sh")
    assert r.returncode == 0, r.stderr
    for project, _ in TOPS.values():
        r = run("scripts/up.sh", f"{MARK}-{project}")
        assert r.returncode == 0, r.stderr
    check("ten containers run", all_current(), str(containers()))

    # What changed while nobody watched is caught up with.
    (root / "green/worker/file").write_text("two\n")
    before = containers()
    watch = Watch(root, environment)
    check("it begins with what has changed since it was built", processes.until(lambda: watch.rests(1)) and
          f"changed since they were built: {MARK}-worker" in watch.text() and all_current(), watch.text())
    moved = [name for name, found in containers().items() if found != before[name]]
    check("three containers of it are new, seven are as they were", len(moved) == 3 and all("-green-" in name for name in moved), str(moved))

    before, old = containers(), image("api")
    begin = time.monotonic()
    (root / "red/one/file").write_text("two\n")
    check("an edit four stages deep reaches ten containers", processes.until(lambda: image("api") != old and all_current())
          and all(found[0] != before[name][0] for name, found in containers().items()), watch.text()[-3000:])
    print(f"        {time.monotonic() - begin:.1f} s after the edit", flush=True)
    check("it rests again", processes.until(lambda: watch.rests(2)), watch.text()[-3000:])
    check("the change was told from the base on", watch.changes() == ["one, two, three, api, worker, web"], str(watch.changes()))

    # How far apart saves are when the machine is busy is the machine's business: this burst is over when it is looked at.
    watcher = next(name for name in processes.running("fingerprint\0--watch") if processes.state(name)[3] == str(watch.process.pid))
    os.kill(int(watcher), signal.SIGSTOP)
    for n in range(100):
        (root / "blue/web/file").write_text(f"save {n}\n")
    os.kill(int(watcher), signal.SIGCONT)
    check("a burst of a hundred saves", processes.until(lambda: watch.rests(3)) and all_current(), watch.text()[-3000:])
    check("is one rebuild", watch.changes()[1:] == ["web"], str(watch.changes()))

    # Of what is saved while a build runs, the first change waits as a line, and all that follow it as another.
    held = root / "red/lone/Dockerfile"
    seconds = str(86400 + os.getpid())
    step = f"sleep\0{seconds}"
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "red/lone/busybox")
    held.write_text(f'FROM scratch\nCOPY busybox /busybox\nRUN --network=none ["/busybox", "sleep", "{seconds}"]\n')
    check("a build lasts", processes.until(lambda: processes.running(step)), watch.text()[-3000:])
    for n in range(3):
        (root / "blue/web/file").write_text(f"meanwhile {n}\n")
        (root / "green/worker/file").write_text(f"meanwhile {n}\n")
        time.sleep(1)
    held.write_text("FROM scratch\nCOPY . /lone/\n")
    for process in processes.running(step):
        os.kill(int(process), signal.SIGTERM)
        os.kill(int(process), signal.SIGKILL)
    check("what was saved meanwhile follows", processes.until(
        lambda: sum(line.endswith("lone") for line in watch.changes()) == 2 and watch.rests(len(watch.changes()) + 1)) and all_current(),
        watch.text()[-3000:])
    check("in two rebuilds at most", watch.changes()[2] == "lone" and len(watch.changes()) <= 5, str(watch.changes()))

    before = containers()
    rests = len(watch.changes()) + 1
    broken = root / "red/two/Dockerfile"
    good = broken.read_text()
    broken.write_text(good + "COPY nothing-like-this /\n")
    check("a build that fails is told", processes.until(lambda: watch.rests(rests + 1)) and "what runs was left as it is" in watch.text(), watch.text()[-3000:])
    check("and stops nothing that runs", containers() == before, str([name for name, found in containers().items() if found != before.get(name)]))
    broken.unlink()
    check("a Dockerfile that is gone is told", processes.until(lambda: f"{MARK}-two is not watched" in watch.text()), watch.text()[-3000:])
    broken.write_text(good + "LABEL repaired=yes\n")
    check("the repair reaches all", processes.until(lambda: watch.rests(rests + 2)) and all_current() and containers() != before, watch.text()[-3000:])

    count = len(watch.changes())
    held.write_text("FROM scratch\nCOPY . /lone/\nLABEL a=b\n")
    check("an image that nothing runs is built", processes.until(lambda: watch.rests(rests + 3)) and watch.changes()[count:] == ["lone"], watch.text()[-2000:])

    (root / "strategy.yaml").write_text((root / "strategy.yaml").read_text() + "not yaml: [\n")
    check("a manifest with errors is told, and the watch goes on", processes.until(lambda: "error[BP" in watch.text())
          and watch.process.poll() is None, watch.text()[-2000:])
    text = (root / "strategy.yaml").read_text().replace("not yaml: [\n", "")
    (root / "strategy.yaml").write_text(text)
    (root / "red/lone/file").write_text("once more\n")
    check("after the repair it sees changes", processes.until(lambda: watch.rests(rests + 4)), watch.text()[-2000:])
    found = watch.end(signal.SIGINT)
    check("Ctrl-C: 130, and no process of the session is left", found == (130, []), str(found))

    watch = Watch(root, environment, f"{MARK}-worker")
    check("a watch of one image", processes.until(lambda: watch.rests(1)), watch.text())
    (root / "blue/web/file").write_text("not watched\n")
    (root / "red/three/file").write_text("a base\n")
    check("sees its bases, whose other images follow", processes.until(lambda: watch.rests(2)) and watch.changes() == ["three, worker"]
          and all_current(), watch.text())
    (root / "strategy.yaml").write_text(text.replace("build: ./lone}", "build: {context: ./lone, args: {A: b}}}"))
    watch.process.wait(timeout=processes.PATIENCE)
    check("it ends where the manifest wants other builds than the script", watch.process.returncode == 1 and
          "run: bayplan compile" in watch.text() and "to watch again: scripts/refresh.sh --watch" in watch.text(), watch.text()[-2000:])
    processes.end(watch.process)


def main():
    if docker("version").returncode != 0 or "ENGINE_BUSYBOX" not in os.environ:
        print("SKIPPED: no engine answers, or ENGINE_BUSYBOX is not set")
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="bayplan watching ") as parent:
        try:
            watching(parent)
        finally:
            found = docker("ps", "-aq", "--filter", f"name=^{MARK}").stdout.split()
            if found:
                docker("rm", "-f", *found)
            images = docker("image", "ls", "-aq", "--no-trunc", "--filter", f"label=io.bayplan.workspace={MARK}").stdout.split()
            if images:
                docker("rmi", "-f", *set(images))
    print(f"watching: {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
