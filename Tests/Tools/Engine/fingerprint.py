#!/usr/bin/env python3
"""Fingerprints against the engine: whenever `bayplan fingerprint` says the same, the engine's build must give the same image.

usage: fingerprint.py [--edits N] [--seed S] [PATH OF bayplan]

Each edit of a small workspace (content, mode, name, link, special file, time, owner, ignore file, Dockerfile, argument,
variable, named context, base, or a former state again) is fingerprinted and then built by the engine with its cache, many states at once. Two states with one
fingerprint and two images are a failure; the seed repeats it. How often a fingerprint was met again is counted: a test
that never met one would say nothing. Needs an engine; without one it is skipped aloud, or fails if CI=true.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

REPOSITORY = Path(__file__).resolve().parents[3]
FOLDERS = ["base", "app", "more"]
NAMES = ["a", "c.md", ".hidden", "sp ace", "-dash", "é", "$x", "x^y", "[k]", "dir/x", "dir/c.md", "dir/sub/y", "dir/sub/z.md", "dir/other/x", "node/m",
         "node/keep", "back\\slash", "new\nline", "empty/"]
PATTERNS = ["*", "**", "a", "/a", "a/", "./a", "*.md", "**/*.md", "dir", "dir/", "dir/*", "dir/**", "**/x", "**/sub", "**/sub/**", "*/x", "*/*/y", "!a",
            "! dir/x", "!dir/sub/y", "!dir/sub/**", "!**/x", "!*.md", "# none", " # file", "", "  node  ", "!node/keep", "node", "[a-d]*", "[^a]*", "?", "??",
            "\\a", "sp ace", "sp?ace", "$x", "x^y", "^a", "[[]k]", "\\[k\\]", "dir/../a", "../a", ".", "/", "**/", "**é", "*ash*", "\\-dash", ".*", "!.hidden",
            ".dockerignore", "Dockerfile*", "!Dockerfile", "d*r/s**", "d**/y", "!/dir/sub", "back*", "new*", "\ufeffa", "!!a", "empty", "*/", "dir/sub/.."]
# With all times set to one, an image is what its files are, whatever the engine's cache holds.
OUTPUT = "type=oci,rewrite-timestamp=true,dest="
# How many states the engine builds at once.
BATCH = 24
MODES = [0o644, 0o600, 0o755, 0o664, 0o4755, 0o1644, 0o444, 0o000]


def run(*words, **options):
    return processes.run(words, **options)


class State:
    def __init__(self, folder, settings, found, errors):
        self.folder, self.settings, self.found, self.errors, self.edit = folder, settings, found, errors, ""


class Space:
    """A workspace under edit."""

    def __init__(self, seed, bayplan):
        self.random = random.Random(seed)
        self.bayplan, self.mark = bayplan, f"bpfinger{os.getpid()}"
        self.root = Path(tempfile.mkdtemp(prefix="bayplan fingerprint ")).resolve()
        self.argument, self.variable, self.target, self.label = "one", "one", "last", "one"
        self.environment = {**os.environ, "BUILDX_BUILDER": "default", "BUILDX_NO_DEFAULT_ATTESTATIONS": "1"}
        self.images, self.former = {}, []
        self.counts = dict(edits=0, again=0, cautious=0, refused=0, raced=0, bases=0)
        self.failures = []
        for folder in FOLDERS:
            (self.root / folder).mkdir()
            for name in self.random.sample(NAMES, 6):
                self.fill(self.root / folder / name)
        (self.root / "base/Dockerfile").write_text("FROM scratch\nCOPY . /base/\n")
        (self.root / "app/Dockerfile").write_text(
            f"ARG KIND=x\nFROM {self.mark}:base AS first\nARG KIND\nLABEL kind=$KIND\nCOPY . /app/\nFROM first AS last\nCOPY --from=more . /more/\n")

    def fill(self, path):
        if str(path.relative_to(self.root)).endswith("empty"):
            path.mkdir(parents=True, exist_ok=True)
            return
        for parent in reversed(path.parents):
            if parent.is_relative_to(self.root) and (parent.is_symlink() or (parent.exists() and not parent.is_dir())):
                parent.unlink()
            parent.mkdir(exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.write_text(self.random.choice(["one\n", "two\n", "", "x" * 70000]) if self.random.random() < 0.5 else str(self.random.random()))

    def manifest(self):
        (self.root / "strategy.yaml").write_text(f"""version: 1
name: {self.mark}
images:
  base: {{owner: p, repository: {self.mark}, tag: base, build: ./base}}
  app:
    owner: p
    repository: {self.mark}
    needs: [base]
    build:
      context: ./app
      target: {self.target}
      args: {{KIND: "{self.argument}-${{KIND}}"}}
      labels: {{state: "{self.label}"}}
      additional_contexts: {{more: ./more}}
projects:
  p:
    path: .
    services: {{app: , base: }}
""")

    def snapshot(self):
        """A copy of the workspace as it is now: what is fingerprinted is what is built."""
        self.manifest()
        copy = Path(tempfile.mkdtemp(dir=self.states))
        for name in FOLDERS + ["strategy.yaml"]:
            run("cp", "-a", name, copy / name, cwd=self.root)
        r = run(self.bayplan, "fingerprint", "base", "app", cwd=copy, env={**self.environment, "KIND": self.variable})
        if r.returncode == 2:
            self.failures.append(f"bayplan fingerprint cannot run: {r.stderr}")
        return State(copy, self.settings(), dict(line.split() for line in r.stdout.splitlines()), r.stderr)

    def build(self, states, *options):
        """The images of some states, which the engine builds together; None for those it refuses."""
        targets = {}
        for n, state in enumerate(states):
            argument, variable, target, label = state.settings
            targets[f"base{n}"] = {"context": str(state.folder / "base"), "output": [f"{OUTPUT}{self.states}/base{n}.tar"], "network": "none",
                                   "args": {"SOURCE_DATE_EPOCH": "0"}}
            targets[f"app{n}"] = {"context": str(state.folder / "app"), "output": [f"{OUTPUT}{self.states}/app{n}.tar"], "network": "none", "target": target,
                                  "args": {"KIND": f"{argument}-{variable}", "SOURCE_DATE_EPOCH": "0"}, "labels": {"state": label},
                                  "contexts": {"more": str(state.folder / "more"), f"{self.mark}:base": f"target:base{n}"}}
        file, answer = self.states / "bake.json", self.states / "answer.json"
        file.write_text(json.dumps({"group": {"default": {"targets": list(targets)}}, "target": targets}))
        r = run("docker", "buildx", "bake", "-f", file, "--metadata-file", answer, "--progress", "plain", *options, env={**self.environment, "BUILDX_BAKE_ENTITLEMENTS_FS": "0"})
        if r.returncode == 0:
            found = json.loads(answer.read_text())
            return [{name: found[f"{name}{n}"]["containerimage.digest"] for name in ("base", "app")} for n in range(len(states))]
        if len(states) == 1:
            self.refusal = r.stderr
            return [None]
        half = len(states) // 2
        return self.build(states[:half], *options) + self.build(states[half:], *options)

    def entries(self, folder):
        return sorted(p for p in folder.rglob("*") if p.name not in ("Dockerfile",))

    def edit(self):
        """One random edit; says what it was."""
        pick = self.random
        folder = self.root / pick.choice(FOLDERS + ["app", "app"])
        here = self.entries(folder)
        files = [p for p in here if p.is_file() and not p.is_symlink()]
        kind = pick.choice(["content", "content", "create", "create", "remove", "mode", "rename", "link", "relink", "special", "touch", "owner", "hard",
                            "ignore", "ignore", "ignore", "ignore line", "beside", "dockerfile", "argument", "variable", "target", "label", "capability",
                            "folder mode", "root mode", "former", "former", "former"])
        if kind == "content" and files:
            pick.choice(files).write_text(str(pick.random()))
        elif kind == "create":
            self.fill(folder / pick.choice(NAMES))
        elif kind == "remove" and here:
            victim = pick.choice(here)
            shutil.rmtree(victim) if victim.is_dir() and not victim.is_symlink() else victim.unlink()
        elif kind == "mode" and files:
            pick.choice(files).chmod(pick.choice(MODES))
        elif kind == "rename" and here:
            to = folder / pick.choice(["renamed", "a", "z"])
            if not to.exists() and not to.is_symlink():
                pick.choice(here).rename(to)
        elif kind in ("link", "relink"):
            place = folder / ("link" if kind == "link" else pick.choice(["dir", "link", "a"]))
            if place.is_symlink() or place.is_file():
                place.unlink()
            if not place.exists():
                place.symlink_to(pick.choice(["a", "dir", "../app/a", "/etc/passwd", "nowhere", "link", ".", ".."]))
        elif kind == "special":
            place = folder / "special"
            if place.exists():
                place.unlink()
            how = pick.choice(["none", "pipe", "device", "device"])
            if how == "pipe":
                os.mkfifo(place)
            elif how == "device" and os.geteuid() == 0:
                os.mknod(place, pick.choice([0o20644, 0o60644]), os.makedev(1, pick.choice([3, 5])))
        elif kind == "touch" and files:
            os.utime(pick.choice(files), (pick.randrange(2**31),) * 2)
        elif kind == "owner" and files and os.geteuid() == 0:
            os.chown(pick.choice(files), pick.choice([0, 1000]), pick.choice([0, 1000]))
        elif kind == "hard" and (others := [file for file in files if file != folder / "hard"]):
            to = folder / "hard"
            to.unlink(missing_ok=True)
            os.link(pick.choice(others), to) if pick.random() < 0.5 else shutil.copy2(pick.choice(others), to)
        elif kind == "ignore":
            lines = [pick.choice(PATTERNS) for _ in range(pick.randrange(6))]
            mark = "\ufeff" if pick.random() < 0.1 else ""
            (folder / ".dockerignore").write_text(mark + pick.choice(["\n", "\n", "\r\n"]).join(lines))
        elif kind == "ignore line" and (folder / ".dockerignore").is_file():
            with (folder / ".dockerignore").open("a") as file:
                file.write("\n" + pick.choice(PATTERNS))
        elif kind == "beside":
            place = folder / "Dockerfile.dockerignore"
            if place.exists():
                place.unlink()
            else:
                place.write_text("\n".join(pick.choice(PATTERNS) for _ in range(pick.randrange(4))))
        elif kind == "dockerfile":
            place = self.root / pick.choice(["base", "app"]) / "Dockerfile"
            text = place.read_text()
            place.write_text(text[:text.index("# ")] if "# " in text else text + f"# {pick.randrange(9)}\nLABEL n={pick.randrange(9)}\n")
        elif kind == "argument":
            self.argument = pick.choice(["one", "two", "a b", "$$x", "é"])
            self.argument = self.argument.replace("$$x", "x")
        elif kind == "variable":
            self.variable = pick.choice(["one", "two", ""])
        elif kind == "target":
            self.target = pick.choice(["first", "last"])
        elif kind == "label":
            self.label = pick.choice(["one", "two"])
        elif kind == "capability" and files and os.geteuid() == 0:
            file = pick.choice(files)
            try:
                os.setxattr(file, "security.capability", bytes.fromhex("0100000200040000000000000000000000000000"))
            except OSError:
                pass
            # BuildKit looks at a file again when its time has changed.
            os.utime(file)
        elif kind == "folder mode":
            folders = [p for p in here if p.is_dir() and not p.is_symlink()]
            if folders:
                pick.choice(folders).chmod(pick.choice([0o755, 0o700, 0o1777]))
        elif kind == "root mode":
            folder.chmod(pick.choice([0o755, 0o700]))
        elif kind == "former" and self.former:
            self.restore(pick.choice(self.former[-40:]))
        return f"{kind} in {folder.name}"

    def settings(self):
        return self.argument, self.variable, self.target, self.label

    def keep(self):
        copy = Path(tempfile.mkdtemp(dir=self.root, prefix=".former"))
        for folder in FOLDERS:
            run("cp", "-a", folder, copy / folder, cwd=self.root)
        self.former.append((copy, self.settings()))
        if len(self.former) > 40:
            shutil.rmtree(self.former.pop(0)[0])

    def restore(self, state):
        copy, (self.argument, self.variable, self.target, self.label) = state
        for folder in FOLDERS:
            shutil.rmtree(self.root / folder)
            # Without the times: the same files at another time must be the same.
            run("cp", "-a", copy / folder, folder, cwd=self.root)
            for path in self.entries(self.root / folder):
                if not path.is_symlink():
                    os.utime(path)

    def compare(self, states):
        """Builds some states, and compares each with what had its fingerprint before."""
        for state, images in zip(states, self.build(states)):
            if images is None:
                # Docker refuses it: no image, nothing to compare.
                self.counts["refused"] += 1
                continue
            for name, image in images.items():
                if name not in state.found:
                    self.failures.append(f"no fingerprint where Docker builds ({state.edit}): {state.errors}")
                    return
                known, other = self.images.setdefault((name, state.found[name]), (image, state))
                if known != image and self.differ(name, other, state):
                    self.failures.append(f"{name}: one fingerprint, two images: {other.folder} and {state.folder} ({state.edit})")
                    return
            if self.previous and self.previous[1]["app"] == images["app"] and self.previous[0]["app"] != state.found["app"]:
                self.counts["cautious"] += 1
            if self.previous and self.previous[1]["base"] != images["base"]:
                self.counts["bases"] += 1
            self.counts["again"] += state.found["app"] in self.met
            self.met.add(state.found["app"])
            self.previous = (state.found, images)

    def differ(self, name, one, other):
        """Whether two states give two images when each is built by itself and afresh.

        The BuildKit of Docker 26, on a busy machine, now and then keeps a layer under the key of a build beside it, and goes on taking it
        from its cache: that says nothing of the inputs.
        """
        self.counts["raced"] += 1
        first, second = self.build([one], "--no-cache")[0], self.build([other], "--no-cache")[0]
        return first is None or second is None or first[name] != second[name]

    def work(self, edits):
        self.previous, self.met = None, set()
        self.states = self.root / "states"
        self.states.mkdir()
        self.keep()
        while self.counts["edits"] < edits and not self.failures:
            batch = []
            for _ in range(min(BATCH, edits - self.counts["edits"])):
                done = self.edit() if self.counts["edits"] else "nothing"
                self.counts["edits"] += 1
                batch.append(self.snapshot())
                batch[-1].edit = done
                if self.random.random() < 0.4:
                    self.keep()
            self.compare(batch)
            if self.counts["edits"] % (5 * BATCH) == 0:
                print(f"fingerprint: {self.counts}", flush=True)
            kept = {state.folder for _, state in self.images.values()}
            for state in batch:
                if state.folder not in kept:
                    shutil.rmtree(state.folder)
        if not self.failures:
            shutil.rmtree(self.root)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=72)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("bayplan", nargs="?", default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    options = parser.parse_args()
    if run("docker", "version").returncode != 0:
        print("SKIPPED: no engine answers")
        return 1 if os.environ.get("CI") == "true" else 0
    started = time.time()
    space = Space(options.seed, str(Path(options.bayplan).resolve()))
    space.work(options.edits)
    counts, failures = space.counts, space.failures
    print(f"fingerprint: {counts['edits']} edits with seed {options.seed} in {time.time() - started:.0f} s: {counts['again']} times a fingerprint met again, "
          f"{counts['bases']} other base images, {counts['cautious']} times another fingerprint for the same image, "
          f"{counts['refused']} refused by Docker, {counts['raced']} raced, {len(failures)} failed")
    for text in failures:
        print(f"  failed: {text}")
    if not failures and counts["again"] * 10 < counts["edits"]:
        print("  failed: too few fingerprints were met again to say anything")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
