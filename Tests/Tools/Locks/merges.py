#!/usr/bin/env python3
"""Merges branches that both change a manifest and what is generated from it.

    merges.py [--count N] [--seed S] [--bayplan PATH]

Each pair of branches changes the manifest in places that git merges, and compiles. Half of the pairs live in one
repository, half in three side by side. With the lines of `bayplan init --git` nothing is resolved but what git resolves
itself: after the merge `bayplan compile` writes what the merged manifest leads to. Without them the commands that the
findings print do. An edit by hand on one side is refused every time. Prints how many pairs were tried.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
OWNERS = ["core", "shop", "mail"]
GIT = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]


class Broken(Exception):
    pass


class Pair:
    """Repositories with a manifest of three owners, each with its services, far enough apart for git to merge them."""

    def __init__(self, folder, rng, repositories, bayplan):
        self.folder, self.rng, self.bayplan = folder, rng, bayplan
        self.isOne = repositories == 1
        self.home = folder / "strategy"
        self.environment = {**os.environ, "BAYPLAN_ROOT": "", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_EDITOR": "true",
                            "PATH": f"{folder.parent}/bin:{os.environ['PATH']}"}
        self.values = {owner: {"services": [f"s{n}" for n in range(3)], "port": 8000 + 100 * index, "label": "a"}
                       for index, owner in enumerate(OWNERS)}
        for owner in OWNERS:
            (folder / owner / "api").mkdir(parents=True)
            (folder / owner / "api" / "Dockerfile").write_text("FROM scratch\n")
        self.home.mkdir()
        self.tops = [folder] if self.isOne else [self.home] + [folder / owner for owner in OWNERS]
        for top in self.tops:
            self.git(top, "init", "-q", "-b", "main")

    def text(self):
        lines = ["version: 1", "name: sample", "images:"]
        for number, owner in enumerate(OWNERS):
            lines += ["", f"  # What {owner} builds.", "", f"  api{number}:", f"    owner: {owner}", "    build: ./api", ""]
        lines += ["projects:"]
        for owner, value in self.values.items():
            lines += ["", f"  # What {owner} runs.", "", f"  {owner}:", f"    path: ../{owner}", "    services:"]
            for number, service in enumerate(value["services"]):
                lines += [f"      {service}:", f"        image: api{OWNERS.index(owner)}", f"        ports: [\"127.0.0.1:{value['port'] + number}:80\"]",
                          "        labels:", f"          own: {value['label']}", ""]
        return "\n".join(lines) + "\n"

    def git(self, top, *words, check=True):
        result = subprocess.run([*GIT, *words], cwd=top, env=self.environment, capture_output=True, text=True)
        if check and result.returncode:
            raise Broken(f"git {' '.join(words)}: {result.stdout}{result.stderr}")
        return result

    def run(self, *words):
        return subprocess.run([self.bayplan, *words, "--root", ".."], cwd=self.home, env=self.environment,
                              capture_output=True, text=True, timeout=300)

    def compile(self):
        result = self.run("compile", "--no-builds")
        if result.returncode:
            raise Broken(f"compile: {result.stdout}{result.stderr}")

    def commit(self, message):
        for top in self.tops:
            self.git(top, "add", "-A")
            self.git(top, "commit", "-q", "--allow-empty", "-m", message)

    def change(self, owner):
        value = self.values[owner]
        kind = self.rng.randrange(4)
        if kind == 0:
            value["services"].append(f"new{self.rng.randrange(1000)}")
        elif kind == 1:
            value["services"].pop(0)
        elif kind == 2:
            value["port"] += 10
        else:
            value["label"] = f"b{self.rng.randrange(1000)}"

    def branch(self, name, owners, hand):
        for top in self.tops:
            self.git(top, "checkout", "-q", "-b", name, "main")
        saved = {owner: {**value, "services": list(value["services"])} for owner, value in self.values.items()}
        for owner in owners:
            self.change(owner)
        (self.home / "strategy.yaml").write_text(self.text())
        self.compile()
        if hand:
            path = self.folder / self.rng.choice(owners) / "docker-compose.yml"
            path.write_text(path.read_text() + "# by hand\n")
            self.hand = path
        self.commit(name)
        self.values = saved

    def merge(self):
        """Merges in every repository; the manifest must merge by itself."""
        for top in self.tops:
            self.git(top, "merge", "-q", "--no-edit", "one", check=False)
        text = (self.home / "strategy.yaml").read_text()
        return "<<<<<<<" not in text

    def expected(self):
        """What the merged manifest leads to, from nothing."""
        fresh = self.folder.with_name(self.folder.name + "-fresh")
        shutil.copytree(self.folder, fresh, ignore=lambda path, names: [
            name for name in names if name in (".git", "bayplan.lock", "scripts", "IMAGES.md", "bake.json")
            or name.startswith("docker-compose")])
        subprocess.run([self.bayplan, "compile", "--no-builds", "--quiet", "--root", ".."], cwd=fresh / "strategy",
                       env=self.environment, check=True, capture_output=True, timeout=300)
        return {path.relative_to(fresh): path.read_bytes() for path in fresh.rglob("*") if path.is_file()}, fresh


def attempt(number, base, seed, bayplan):
    """The outcome of a pair in a word, or what is wrong."""
    rng = random.Random(seed * 1_000_003 + number)
    folder = base / f"pair-{number}"
    folder.mkdir()
    withLines, repositories, hand = rng.random() < 0.6, 1 if number % 2 else 3, rng.random() < 0.25
    try:
        pair = Pair(folder, rng, repositories, bayplan)
        (pair.home / "strategy.yaml").write_text(pair.text())
        pair.compile()
        if withLines:
            result = pair.run("init", "--git")
            if result.returncode:
                raise Broken(f"init --git: {result.stderr}")
        pair.commit("base")
        one = rng.sample(OWNERS, rng.choice([1, 1, 2]))
        rest = [owner for owner in OWNERS if owner not in one]
        pair.branch("one", one, False)
        pair.branch("two", rest if rng.random() < 0.8 else [rest[0]], hand)
        if not pair.merge():
            return "not merged by git"
        merged = pair.run("compile", "--no-builds")
        if hand:
            if merged.returncode != 1 or "BP602" not in merged.stderr or not pair.hand.read_text().endswith("# by hand\n"):
                raise Broken(f"an edit by hand was not refused: {merged.stdout}{merged.stderr}")
            return "an edit by hand"
        if not withLines:
            for _ in range(20):
                if merged.returncode == 0:
                    break
                commands = re.findall(r"run\s+`(git\s[^`]*)`", merged.stderr)
                if not commands:
                    raise Broken(f"without a command: {merged.stdout}{merged.stderr}")
                command = re.sub(r"\s+", " ", commands[0])
                merged = subprocess.run(["sh", "-c", command], cwd=pair.home, env=pair.environment, capture_output=True,
                                        text=True, timeout=300)
        if merged.returncode:
            raise Broken(f"{'with' if withLines else 'without'} lines: {merged.stdout}{merged.stderr}")
        expected, fresh = pair.expected()
        for path, text in expected.items():
            if path.name == ".gitattributes":
                continue
            if (folder / path).read_bytes() != text:
                raise Broken(f"{path} is not what the manifest leads to")
        shutil.rmtree(fresh)
        if pair.run("compile", "--check", "--no-builds").returncode:
            raise Broken("--check after the merge")
        for top in pair.tops:
            pair.git(top, "add", "-A")
        return ("with" if withLines else "without") + " lines"
    except Broken as broken:
        return f"!{broken}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(base / f"pair-{number}-fresh", ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bayplan", default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    options = parser.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bayplan-merges-", dir=memory) as base, ThreadPoolExecutor(2) as pool:
        # The commands that findings print call it by its name.
        (Path(base) / "bin").mkdir()
        (Path(base) / "bin/bayplan").symlink_to(Path(options.bayplan).resolve())
        outcomes = list(pool.map(
            lambda number: attempt(number, Path(base), options.seed, options.bayplan), range(options.count)))
    wrong = [f"pair {number}: {text[1:]}" for number, text in enumerate(outcomes) if text.startswith("!")]
    for text in wrong[:20]:
        print(f"merges: {text[:1000]}", file=sys.stderr)
    counts = {text: outcomes.count(text) for text in sorted(set(outcomes)) if not text.startswith("!")}
    print(f"merges: {len(outcomes)} pairs: {counts}; {len(wrong)} promises broken")
    return 1 if wrong or counts.get("with lines", 0) == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
