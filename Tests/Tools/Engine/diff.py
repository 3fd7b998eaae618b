#!/usr/bin/env python3
"""Compares `bayplan diff` with Docker Compose, on random services and random edits of them.

For each service: it is told as another exactly when `docker compose config` shows another, and recreated exactly when the
hash changes by which Compose itself decides (`config --hash`). For each build, network, volume, secret and configuration:
it is told exactly when `config` shows another. Values come from the vocabulary of the generated manifests.

    diff.py [--bayplan PATH] [--seed N] [--services N] [COUNT]

COUNT manifests of so many services each. What holds a variable is compared as it is written, which Compose does not:
such pairs are left out.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import compose

VOCABULARY = REPOSITORY / "Tests/Fuzzing/Generated/Manifests/Vocabulary.swift"

# What the vocabulary lacks: other spellings of the same, and neighbours.
MORE = {
    "ports": ["['80:80']", "[{target: 80, published: 80}]", "['80:80/tcp']", "[{target: 80, published: '80', protocol: tcp, mode: ingress}]",
              "['80:80', '81:81']", "['80-81:80-81']", "['81:81', '80:80']", "['127.0.0.1:80:80']", "['80:80', '80:80']",
              "[{target: 80, published: 80, name: web}]"],
    "volumes": ["['data:/x']", "[{type: volume, source: data, target: /x, volume: {}}]", "['./a:/x']", "['./a/:/x/']",
                "[{type: bind, source: ./a, target: /x, bind: {create_host_path: true}}]", "['./a:/x:rw']", "['./a:/x:rshared']",
                "[{type: bind, source: ./a, target: /x, bind: {}}]", "['data:/x:nocopy']", "['./a:/x', './b:/x']", "['./b:/x']",
                "['/a:/a', '/b:/b']", "['/b:/b', '/a:/a']", "[{type: volume, source: data, target: /x, volume: {nocopy: true}}]",
                "[{type: tmpfs, target: /x, tmpfs: {size: 67108864}}]", "['./a:/x:cached']", "['/../a:/x']"],
    "environment": ["{A: 1}", "[A=1]", "{A: '1'}", "{A: 1.0}", "{A: true}", "[A=true]", "{A: }", "[A]", "{A: ''}", "[A=]", "{A: 0x10}", "[A=16]",
                    "{B: 2, A: 1}", "[A=1, B=2]", "[A=2, A=1]"],
    "env_file": ["e.env", "[e.env]", "[./e.env]", "[{path: e.env}]", "[{path: e.env, required: true}]", "[e.env, f.env]", "f.env"],
    "labels": ["{A: 1}", "[A=1]", "[A]", "{A: ''}", "{A: }", "[A=2, A=1]"],
    "command": ["a b", "[a, b]", "'a \"b c\"'", "[a, b c]", "[]", "''", "a 'b c'", "'a  b'"],
    "entrypoint": ["a b", "[a, b]", "[]", "''"],
    "stop_grace_period": ["90s", "1m30s", "1m29.999s", "5400ms", "5.4s", "0s"],
    "mem_limit": ["1g", "1073741824", "1024m", "1073741823", "0"],
    "shm_size": ["64m", "67108864", "65536k"],
    "cpus": ["0.5", "'0.50'", "0.25", "5e-1"],
    "networks": ["[net]", "{net: }", "{net: {}}", "[default]", "{default: }", "[net, default]", "[default, net]", "{net: {aliases: []}}",
                 "{net: {aliases: [a]}}", "{net: {priority: 0}}"],
    "depends_on": ["[one]", "{one: {condition: service_started}}", "{one: {condition: service_started, required: true}}", "[two, one]",
                   "[one, two]", "{one: {condition: service_healthy}}", "{one: {condition: service_started, restart: false}}"],
    "healthcheck": ["{test: x}", "{test: [CMD-SHELL, x]}", "{test: x, interval: 60s}", "{test: x, interval: 1m}", "{test: x, disable: false}",
                    "{test: x, retries: 0}", "{}"],
    "extra_hosts": ["['a=1.1.1.1', 'b=2.2.2.2']", "['b:2.2.2.2', 'a:1.1.1.1']", "{a: 1.1.1.1, b: 2.2.2.2}", "['a=1.1.1.1', 'a=2.2.2.2']",
                    "{a: [1.1.1.1, 2.2.2.2]}", "['a=[::1]']", "['a=::1']"],
    "deploy": ["{}", "{replicas: 1}", "{replicas: 2}", "{resources: {}}", "{resources: {limits: {}}}", "{labels: {}}", "{placement: {}}",
               "{update_config: {}}", "{resources: {limits: {memory: 1g}}}", "{resources: {limits: {memory: 1024m}}}", "{mode: replicated}",
               "{resources: {limits: {cpus: 0.5}}}", "{resources: {limits: {cpus: '0.50'}}}"],
    "secrets": ["[key]", "[{source: key}]", "[{source: key, target: /run/secrets/key}]", "[{source: key, target: key}]",
                "[{source: key, mode: 0}]", "[key, key]", "[{source: key, mode: 288}]", "[{source: key, mode: 0440}]"],
    "configs": ["[conf]", "[{source: conf}]", "[{source: conf, target: /conf}]"],
    "devices": ["[/dev/a]", "['/dev/a:/dev/a']", "['/dev/a:/dev/a:rwm']", "[{source: /dev/a, target: /dev/a, permissions: rwm}]",
                "['/dev/a:/dev/b', '/dev/c:/dev/b']", "['/dev/c:/dev/b']"],
    "ulimits": ["{nofile: 5}", "{nofile: '5'}", "{nofile: {soft: 5, hard: 5}}", "{nofile: {hard: 5, soft: 5}}"],
    "cap_add": ["[A]", "[A, A]", "[A, B]", "[B, A]", "[]"],
    "tmpfs": ["/x", "[/x]", "[/x, /x]", "[/y, /x]"],
    "expose": ["[80]", "['80']", "['80/tcp']", "[80, '80']"],
    "privileged": ["true", "false", "'no'"], "tty": ["false"], "init": ["false"], "attach": ["true", "false"], "read_only": ["false"],
    "pids_limit": ["0", "5", "'5'"], "cpu_shares": ["0", "5"], "oom_score_adj": ["0", "5", "'5'"],
    "dns": ["[1.1.1.1]", "1.1.1.1", "[1.1.1.1, 1.1.1.1]", "[1.1.1.1, 2.2.2.2]", "[2.2.2.2, 1.1.1.1]"],
    "logging": ["{}", "{driver: json-file, options: {a: 1}}", "{driver: json-file, options: {a: '1'}}", "{driver: json-file, options: {}}",
                "{driver: json-file}"],
    "working_dir": ["/a", "''"], "hostname": ["h", "''"], "user": ["u", "''"],
    "sysctls": ["{a: 1}", "[a=1]", "['a=2', 'a=1']"], "storage_opt": ["{size: 1}", "{size: '1'}"],
    "gpus": ["all", "[{count: -1}]", "[{count: all}]"],
    "post_start": ["[{command: a b}]", "[{command: [a, b]}]", "[{command: [a, b], privileged: false}]"],
    "develop": ["{watch: [{action: rebuild, path: ./a}]}", "{watch: [{action: rebuild, path: a, ignore: x}]}",
                "{watch: [{action: rebuild, path: a, ignore: [x]}]}"],
    "profiles": ["[a, b]", "[b, a]", "[a]", "[a, a]"],
    "pull_policy": ["always", "missing"], "scale": ["1", "2", "'2'"],
    "container_name": ["null"],
    "links": ["[one]", "['one:x']", "[one, two]"], "volumes_from": ["[one]", "['one:rw']", "['one:ro']"],
    "network_mode": ["host", "none"], "restart": ["always", "'no'"],
    "annotations": ["{a: b}", "[a=b]"], "security_opt": ["[a, b]", "[b, a]"], "group_add": ["[1]", "['1']", "[2]"],
    "blkio_config": ["{}", "{weight: 5, device_read_bps: [{path: /a, rate: 1048576}]}"],
    "credential_spec": ["{file: ./a}", "{}"], "x-mine": ["2"],
}
BUILDS = [".", "{context: .}", "{context: ./}", "{context: ., dockerfile: Dockerfile}", "sub", "./sub",
          "{context: sub, args: {A: 1}}", "{context: sub, args: [A=1]}", "{context: sub, args: {A: '1'}}", "{context: sub, args: {A: 2}}",
          "{context: sub, args: [A]}", "{context: sub, args: {A: }}", "{context: sub, target: dev}", "{context: sub, labels: [a=b]}",
          "{context: sub, labels: {a: b}}", "{context: sub, shm_size: 64m}", "{context: sub, shm_size: 67108864}",
          "{context: sub, no_cache: false}", "{context: sub, privileged: false}", "{context: sub, ssh: [default]}",
          "{context: sub, secrets: [key]}", "{context: sub, secrets: [{source: key}]}", "{context: sub, additional_contexts: {x: ./y}}",
          "{context: sub, additional_contexts: ['x=y']}", "{context: sub, ulimits: {nofile: 5}}",
          "{context: sub, extra_hosts: ['a=1.1.1.1']}", "{context: sub, extra_hosts: {a: 1.1.1.1}}", "{context: sub, network: host}",
          "{context: sub, cache_from: [a]}", "{context: sub, platforms: [linux/amd64]}", "{context: 'https://example.org/a.git'}",
          "{context: sub, dockerfile_inline: FROM a}"]
SECTIONS = {
    "networks": ("net", ["", "{}", "{driver: bridge}", "{external: true}", "{name: n}", "{name: n, internal: true}", "{internal: false}",
                         "{driver_opts: {a: 1}}", "{driver_opts: {a: '1'}}", "{attachable: 'yes'}", "{attachable: true}", "{labels: [a=b]}",
                         "{labels: {a: b}}", "{ipam: {config: [{subnet: 10.1.0.0/16}]}}", "{ipam: {}}", "{name: p_net}"]),
    "volumes": ("data", ["", "{}", "{driver: local}", "{external: true, name: v}", "{labels: [a=b]}", "{labels: {a: b}}", "{name: p_data}",
                         "{driver_opts: {a: 1}}", "{driver_opts: {a: '1'}}", "{external: true}"]),
    "secrets": ("key", ["{file: ./k}", "{file: k}", "{environment: K}", "{external: true}", "{file: ./k, labels: {a: b}}"]),
    "configs": ("conf", ["{file: ./c}", "{file: c}", "{content: a}", "{content: 'a'}", "{external: true}", "{environment: C}"]),
}
TOPICS = {"networks": "network", "volumes": "volume", "secrets": "secret", "configs": "config"}


def vocabulary():
    """The good values of each key in the vocabulary of the generated manifests."""
    text = VOCABULARY.read_text()
    string = re.compile(r'"((?:[^"\\]|\\.)*)"')

    def first_list(at):
        """The strings of the list that begins there."""
        depth, index, found = 0, text.index("[", at), []
        while True:
            match = string.match(text, index)
            if match:
                found.append(json.loads('"' + match[1] + '"'))
                index = match.end()
                continue
            depth += {"[": 1, "]": -1}.get(text[index], 0)
            index += 1
            if depth == 0:
                return found

    named = {match[1]: first_list(match.end()) for match in re.finditer(r"private static let (\w+) = Values\(\s*(?=\[)", text)}
    named |= {"fixedSizes": named["sizes"], "fixedNumbers": named["numbers"]}
    keys = {}
    for match in re.finditer(r'\(\s*"([a-z_-]+)",\s*(?:(\w+)\)|Values\()', text[text.index("let keys:"):]):
        start = text.index("let keys:") + match.end()
        values = named[match[2]] if match[2] and match[2] != "Values" else first_list(start)
        keys.setdefault(match[1], []).extend(values)
    for key, values in MORE.items():
        keys.setdefault(key, []).extend(values)
    keys["container_name"] = ["null"]
    del keys["ipc"], keys["pid"], keys["uts"], keys["userns_mode"]
    return {key: [value for value in values if "${" not in value and "$V" not in value] for key, values in keys.items()}


class Workspace:
    """A manifest with independent services, and one with edits of them."""

    def __init__(self, pick, keys, services, release):
        self.pick, self.keys, self.release = pick, keys, release
        self.services = {f"s{index}": self.entries() for index in range(services)}
        self.builds = {f"b{index}": pick.choice(BUILDS) for index in range(6)}
        self.sections = {name: pick.choice(values) for name, (_, values) in SECTIONS.items()}

    def entries(self):
        names = self.pick.sample(sorted(self.keys), self.pick.randrange(0, 5))
        return {name: self.pick.choice(self.keys[name]) for name in names}

    def edited(self):
        pick = self.pick
        other = Workspace(pick, self.keys, 0, self.release)
        other.services = {name: dict(entries) for name, entries in self.services.items()}
        other.builds, other.sections = dict(self.builds), dict(self.sections)
        for entries in other.services.values():
            kind = pick.randrange(10)
            if kind < 6 and entries:
                key = pick.choice(sorted(entries))
                entries[key] = pick.choice(self.keys[key])
            elif kind == 6 and entries:
                del entries[pick.choice(sorted(entries))]
            elif kind == 7:
                key = pick.choice(sorted(self.keys))
                entries[key] = pick.choice(self.keys[key])
            items = list(entries.items())
            pick.shuffle(items)
            entries.clear()
            entries.update(items)
        for name in other.builds:
            if pick.random() < 0.5:
                other.builds[name] = pick.choice(BUILDS)
        for name, (_, values) in SECTIONS.items():
            if pick.random() < 0.5:
                other.sections[name] = pick.choice(values)
        return other

    def text(self):
        lines = ["version: 1", f"requires: {{compose: {self.release}}}", "images:", "  one: {pull: 'busybox:1'}"]
        lines += [f"  {name}: {{owner: p, build: {build}}}" for name, build in self.builds.items()]
        lines += ["projects:", "  p:", "    path: p", "    services:"]
        for name in ["one", "two", "three", "four"]:
            lines.append(f"      {name}: {{image: one}}")
        # Everything is used.
        lines.append("      all: {image: one, networks: [net, default], volumes: ['data:/d'], secrets: [key], configs: [conf]}")
        lines += [f"      {name}: {{}}" for name in self.builds]
        for name, entries in self.services.items():
            lines += [f"      {name}:", "        image: one"] + [f"        {key}: {value}" for key, value in entries.items()]
        for name, value in self.sections.items():
            lines += [f"    {name}:", f"      {SECTIONS[name][0]}: {value}"]
        return "\n".join(lines) + "\n"

    def without(self, names):
        for name in names:
            self.services.pop(name, None)


class Check:
    def __init__(self, options, folder):
        self.bayplan, self.folder = options.bayplan, folder
        self.environment = {**os.environ, "BAYPLAN_ROOT": "", "COMPOSE_PROFILES": "", "K": "k", "C": "c", "A": "from outside"}
        self.counts = dict.fromkeys(["services", "other", "recreated", "builds", "resources", "manifests"], 0)
        self.wrong = []

    def run(self, *words, **more):
        return subprocess.run([str(word) for word in words], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              timeout=900, **more)

    def faulty(self, text):
        """The services that do not validate, by the places of the findings; a manifest is rarely without."""
        (self.folder / "m.yaml").write_text(text)
        result = self.run(self.bayplan, "validate", "--no-builds", "--format", "json", "m.yaml")
        lines = text.split("\n")
        names = set()
        for finding in json.loads(result.stdout)["diagnostics"]:
            if finding["severity"] != "error":
                continue
            line = finding["primary"]["start"]["line"]
            while line > 0 and not re.match(r"      \w+:", lines[line - 1]):
                line -= 1
            name = lines[line - 1].split(":")[0].strip() if line else ""
            names.add(name)
        return names

    def compiled(self, name, text):
        (self.folder / "strategy.yaml").write_text(text)
        result = self.run(self.bayplan, "compile", "--no-builds", "--force", "strategy.yaml")
        if result.returncode != 0:
            return result.stderr
        target = self.folder / "p" / f"{name}.yml"
        target.write_bytes((self.folder / "p/docker-compose.yml").read_bytes())
        words = [*compose.words(), "--project-directory", self.folder / "p", "-f", target, "--profile", "*", "config"]
        config, hashes = self.run(*words, "--format", "json"), self.run(*words, "--hash", "*")
        if config.returncode != 0:
            return config.stderr
        return json.loads(config.stdout), dict(line.split() for line in hashes.stdout.splitlines())

    def compare(self, one, other, seed):
        for _ in range(20):
            bad = self.faulty(one.text()) | self.faulty(other.text())
            if not bad:
                break
            if not bad & {*one.services, *other.services}:
                self.wrong.append(f"seed {seed}: {sorted(bad)} are no services of it")
                return
            one.without(bad)
            other.without(bad)
        before, after = self.compiled("before", one.text()), self.compiled("after", other.text())
        for text, result in ((one.text(), before), (other.text(), after)):
            if isinstance(result, str):
                self.refused(result, seed)
                return
        self.counts["manifests"] += 1
        (self.folder / "a.yaml").write_text(one.text())
        (self.folder / "b.yaml").write_text(other.text())
        result = self.run(self.bayplan, "diff", "--format", "json", "--manifest", "b.yaml", "a.yaml")
        if result.returncode != 0:
            self.wrong.append(f"seed {seed}: {result.stderr}")
            return
        told = json.loads(result.stdout)
        containers = {item["service"]: item for project in told["projects"] for item in project["containers"]}
        resources = {(item["topic"], item["name"]) for project in told["projects"] for item in project["resources"]}
        images = {item["name"]: item for item in told["images"]}
        for name in one.services:
            self.counts["services"] += 1
            old, new = before[0]["services"][name], after[0]["services"][name]
            extensions = {key for key in {**old, **new} if key.startswith("x-")}
            is_other = {k: v for k, v in old.items() if k not in extensions} != {k: v for k, v in new.items() if k not in extensions}
            hash_differs = before[1][name] != after[1][name]
            item = containers.get(name)
            self.counts["other"] += is_other
            self.counts["recreated"] += hash_differs
            if (item is not None) != (is_other or hash_differs) or (item is not None and item["effect"] == "recreated") != hash_differs:
                keys = {key: (one.services[name].get(key), other.services[name].get(key))
                        for key in {**one.services[name], **other.services[name]}
                        if one.services[name].get(key) != other.services[name].get(key)}
                self.wrong.append(f"seed {seed} {name}: told {item and (item['effect'], item['keys'])}, config "
                                  f"{'differs' if is_other else 'same'}, hash {'differs' if hash_differs else 'same'}: {keys}")
        for name in one.builds:
            self.counts["builds"] += 1
            is_other = before[0]["services"][name].get("build") != after[0]["services"][name].get("build")
            if (name in images and images[name]["rebuilt"]) != is_other:
                self.wrong.append(f"seed {seed} {name}: told {images.get(name)}, build {'differs' if is_other else 'same'}: "
                                  f"{one.builds[name]} -> {other.builds[name]}")
        for section, (name, _) in SECTIONS.items():
            self.counts["resources"] += 1
            is_other = before[0][section][name] != after[0][section][name]
            if ((TOPICS[section], name) in resources) != is_other:
                self.wrong.append(f"seed {seed} {section}: {before[0][section][name]} {after[0][section][name]}: "
                                  f"{one.sections[section]} -> {other.sections[section]}")

    def refused(self, message, seed):
        self.wrong.append(f"seed {seed}: refused: {message.strip()[-400:]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--services", type=int, default=40)
    parser.add_argument("count", type=int, nargs="?", default=30)
    options = parser.parse_args()
    if subprocess.run([*compose.words(), "version"], capture_output=True).returncode != 0:
        print("SKIPPED: there is no Docker Compose", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    # What is newer than the Compose at hand is refused by Bayplan, and which keys count is for that version to say.
    version = subprocess.run([*compose.words(), "version", "--short"], capture_output=True, text=True).stdout
    release = re.match(r"v?(\d+\.\d+\.\d+)", version)[1]
    keys = vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "p").mkdir()
        for name in ["e.env", "f.env"]:
            (folder / "p" / name).write_text(f"{name[0].upper()}=1\n")
        check = Check(options, folder)
        for seed in range(options.seed, options.seed + options.count):
            pick = random.Random(seed)
            workspace = Workspace(pick, keys, options.services, release)
            check.compare(workspace, workspace.edited(), seed)
    print("\n".join(check.wrong[:60]))
    counts = ", ".join(f"{count} {name}" for name, count in check.counts.items())
    print(f"diff: {counts}; {len(check.wrong)} told otherwise than Compose says")
    # A run in which nothing could be compared, or nothing was another, shows nothing.
    return 1 if check.wrong or not check.counts["recreated"] or check.counts["manifests"] * 2 < options.count else 0


if __name__ == "__main__":
    sys.exit(main())
