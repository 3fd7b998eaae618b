"""A section for every key of the manifest: what it does, its default, its errors, an example, and what that emits.

All of it comes from elsewhere. Meaning, default and example are the declaration's, by way of the JSON Schema. The example is put
into a small manifest, which is compiled with the key and without it: the difference is what the key emits. The errors are
the rules whose kept findings (Tests/Fixtures/rules) point at the key.
"""

import copy
import difflib
import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import packages  # noqa: F401
import yaml
from samples import CATALOG, ROOT, environment

# Of every key: BP002 twice, BP003 unknown, BP004 of another type, BP005 missing, BP007 too much, BP009 and BP011 by the way.
GENERAL = {f"BP0{number:02}" for number in range(1, 12)}
BASE = {
    "version": 1,
    "name": "shop",
    "images": {
        "base": {"owner": "shop", "build": "./base"},
        "api": {"owner": "shop", "build": "./api"},
        "redis": {"pull": "redis:7-alpine"},
    },
    "projects": {"shop": {"services": {"api": None, "redis": None}}},
}
PRODUCTION = {"registry": "ghcr.io/team/shop", "tag": "1.2.3"}
# Where the keys of each section stand in that manifest, and what else it takes for some keys.
PLACES = {
    "manifest": [], "image": ["images", "api"], "project": ["projects", "shop"], "naming": ["naming"],
    "defaults": ["defaults"], "environment": ["environments", "production"],
    "environment-image": ["environments", "production", "images", "api"],
    "attestations": ["environments", "production", "attest"],
    "environment-project": ["environments", "production", "projects", "shop"], "outputs": ["outputs"],
    "requires": ["requires"], "rule": ["rules", "moving-tag"],
}
SPECIAL = {
    ("manifest", "images"): {"more": {"projects": {"shop": {"services": {"redis": None}}}}},
    ("project", "after"): {"more": {
        "images.postgres": {"pull": "postgres:17-alpine"}, "projects.trading": {"services": {"postgres": None}},
        "projects.backplane": {"services": {"redis": None}}}},
    # An image that is built has an owner: the example stands beside another one.
    ("image", "owner"): {"more": {"projects.desk": {"services": {"redis": None}}}, "instead": "desk"},
    ("image", "pull"): {"place": ["images", "redis"]},
    ("environment-image", "digest"): {"place": ["environments", "production", "images", "redis"]},
    ("rule", "registries"): {"place": ["rules", "registry-not-allowed"]},
    ("rule", "paths"): {"place": ["rules", "host-path-mounted"]},
}
LIMIT = 60


def special(section, key):
    return SPECIAL.get((section, key), {})


def at(tree, path):
    for name in path:
        if tree.get(name) is None:
            tree[name] = {}
        tree = tree[name]
    return tree


def manifests(section, key, value):
    """The manifest without the key and with it, the latter None where the key is required."""
    extra = special(section, key)
    before = copy.deepcopy(BASE)
    for path, more in extra.get("more", {}).items():
        *above, last = path.split(".")
        at(before, above)[last] = copy.deepcopy(more)
    place = extra.get("place", PLACES[section])
    if place[:1] == ["environments"]:
        before["environments"] = {"production": dict(PRODUCTION)}
        for name in extra.get("lack", []) + ([key] if section == "environment" else []):
            before["environments"]["production"].pop(name, None)
    after = copy.deepcopy(before)
    if extra.get("place") == ["images", "redis"]:
        before["images"].pop("redis")
        before["projects"]["shop"]["services"].pop("redis")
    at(after, place)[key] = value
    if "instead" in extra:
        at(before, place)[key] = extra["instead"]
    if section == "rule" and key != "level":
        at(after, place)["level"] = "info"
    return before, after, place


def run(*words, cwd):
    return subprocess.run(
        ["bayplan", *words], capture_output=True, text=True, cwd=cwd, timeout=600, env=environment())


@cache
def artifacts(text):
    """What a manifest emits, by path; an error of the manifest is an error of this page."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "strategy.yaml").write_text(text)
        done = run("compile", "--quiet", "--no-builds", "--output-directory", "out", cwd=folder)
        if done.returncode:
            return done.stdout + done.stderr
        out = Path(folder, "out")
        files = {str(path.relative_to(out)): path.read_text() for path in sorted(out.rglob("*")) if path.is_file()}
        return {name: text for name, text in files.items() if name != "bayplan.lock"}


def written(tree):
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data):
            return True

    Dumper.add_representer(type(None), lambda d, _: d.represent_scalar("tag:yaml.org,2002:null", ""))
    Dumper.add_representer(
        list, lambda d, items: d.represent_sequence(
            "tag:yaml.org,2002:seq", items, flow_style=not any(isinstance(item, dict) for item in items)))
    return yaml.dump(tree, Dumper=Dumper, sort_keys=False, width=100, allow_unicode=True)


def excerpt(place, key, value):
    """The key where it stands, and nothing beside it."""
    tree = {}
    at(tree, place)[key] = value
    return written(tree)


def listed(names):
    return ", ".join(f"`{name}`" for name in names) + ".\n\n"


def changed(before, after):
    """What two sets of artifacts differ in, as Markdown: Compose files and bake file line by line, others by name."""
    both = [name for name in sorted(before.keys() & after.keys()) if before[name] != after[name]]
    shown = [name for name in both if not name.endswith((".sh", ".md"))]
    shown += [name for name in sorted(after.keys() - before.keys()) if name.endswith(".yaml") or name.endswith(".yml")]
    if not shown:
        shown = [name for name in both if name.endswith(".md")]
    lines = []
    for name in sorted(shown, key=lambda name: name.endswith(".json")):
        diff = difflib.unified_diff(
            before.get(name, "").splitlines(), after[name].splitlines(), "", "", n=2, lineterm="")
        lines += ["# " + name] + [line for line in list(diff)[2:] if not line.startswith("@@")]
    if len(lines) > LIMIT:
        lines[LIMIT:] = ["# …"]
    # What is Markdown itself has fences of three.
    fence = "````" if any("```" in line for line in lines) else "```"
    text = f"It emits:\n\n{fence}diff\n" + "\n".join(lines) + f"\n{fence}\n\n" if lines else ""
    sentences = (
        ("It changes", [name for name in both if name not in shown]),
        ("It writes", [name for name in after if name not in before and name not in shown]),
        ("It no longer writes", [name for name in before if name not in after]))
    return text + "".join(f"{what} {listed(names)}" for what, names in sentences if names)


def key_path(node, line, column, path=()):
    """The keys that lead to a place of a YAML tree: the deepest mapping entry, or item's, that holds it."""
    def holds(first, last):
        begin, end = (first.start_mark.line, first.start_mark.column), (last.end_mark.line, last.end_mark.column)
        return begin <= (line, column) < end

    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if holds(name, value) or holds(name, name):
                return key_path(value, line, column, (*path, str(name.value)))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if holds(item, item):
                return key_path(item, line, column, path)
    return path


def section_of(path, sections):
    """The section and key that a path of a manifest ends in; the key is None at an entry, such as an image."""
    shapes = [
        (("environments", "*", "images", "*"), "environment-image"),
        (("environments", "*", "projects", "*"), "environment-project"), (("environments", "*"), "environment"),
        (("images", "*"), "image"), (("projects", "*"), "project"), (("rules", "*"), "rule"),
        (("naming",), "naming"), (("defaults",), "defaults"), (("outputs",), "outputs"), (("requires",), "requires"),
        ((), "manifest"),
    ]
    for shape, section in shapes:
        if len(path) >= len(shape) and all(part in ("*", name) for part, name in zip(shape, path)):
            key = path[len(shape)] if len(path) > len(shape) else None
            if key in sections[section] or key is None and section != "manifest":
                return section, key
    return None, None


def errors(sections):
    """The codes of the rules that point at each key, by section and key."""
    found = {}
    for folder in sorted((ROOT / "Tests/Fixtures/rules").iterdir()):
        for manifest in sorted(folder.glob("bad-*.yaml")):
            try:
                tree = yaml.compose(manifest.read_text(), Loader=yaml.SafeLoader)
            except (yaml.YAMLError, UnicodeDecodeError):
                continue
            report = manifest.with_suffix(".diagnostics")
            if tree is None or not report.exists():
                continue
            for text in re.split(r"\n(?=\w+\[BP\d+\])", report.read_text()):
                match = re.match(r"\w+\[(BP\d+)\].*?\n *--> strategy\.yaml:(\d+):(\d+)\n", text, re.DOTALL)
                if not match or match[1] in GENERAL:
                    continue
                section, key = section_of(key_path(tree, int(match[2]) - 1, int(match[3]) - 1), sections)
                if not section:
                    continue
                # A finding at an entry names the keys that it is about.
                named = [key] if key else [word for word in re.findall(r"`([a-z_]+)`", text) if word in sections[section]]
                for name in named:
                    found.setdefault((section, name), set()).add(match[1])
    return found


def default(description):
    """A declaration's meaning apart from its default: `…; by default DEFAULT`."""
    meaning, mark, rest = description.partition("; by default ")
    if not mark:
        return description, None
    stated, dot, more = re.match(r"(.*?)(\.(?: |$)|; |$)(.*)", rest, re.DOTALL).groups()
    return meaning + "." + (" " + more[0].upper() + more[1:] if more else ""), stated


def section_page(known, name, found):
    place = [part if part in ("images", "projects", "environments") or index == 0 and len(PLACES[name]) == 1
             else {"api": "NAME", "shop": "NAME", "production": "NAME", "moving-tag": "NAME"}.get(part, part)
             for index, part in enumerate(PLACES[name])]
    where = f"below `{'.'.join(place)}`" if place else "at the top of the manifest"
    title = known.title(name)
    page = f"# Keys of the manifest: {title.lower()}\n\nEach key {where}, with its default, its errors, an example and what that emits.\n\n"
    page += ("## Overview\n\nEach example stands in a manifest of three images, `base`, `api` and `redis`, and one project, `shop`, that "
             "runs\n`api` and `redis`. What it emits is what differs from the same manifest without the key.\n\nAny key can be an error in these ways: "
             "<doc:BP002>, <doc:BP003>, <doc:BP004>, <doc:BP005>. The other errors that stand\nbelow are those of rules that point at the key. "
             f"All keys in one table: <doc:Manifest#{title.replace(' ', '-')}>.\n\n")
    body = known.definitions[name]
    for key, shape in body["properties"].items():
        meaning, stated = default(shape["description"])
        required = key in body.get("required", [])
        page += f"### {key}\n\n{meaning}\n\n"
        page += f"- Value: {known.value(shape)}\n"
        page += "- Default: " + ("none, it is required" if required else stated or "none") + "\n"
        codes = sorted(found.get((name, key), ()))
        page += "- Errors: " + (", ".join(f"<doc:{code}>" for code in codes) or "none of its own") + "\n\n"
        value = special(name, key).get("value", shape["examples"][0])
        before, after, where = manifests(name, key, value)
        page += f"```yaml\n{excerpt(where, key, value)}```\n\n"
        new = artifacts(written(after))
        if isinstance(new, str):
            sys.exit(f"keypages: the example of `{key}` ({name}) does not compile; give SPECIAL in .ci/keypages.py what it takes:\n"
                     f"{written(after)}\n{new}")
        if required:
            continue
        old = artifacts(written(before))
        if isinstance(old, str):
            sys.exit(f"keypages: without `{key}` ({name}) the manifest does not compile:\n{written(before)}\n{old}")
        text = changed(old, new)
        page += text or "It emits nothing: it decides what is checked, or what is done.\n\n"
    return page.rstrip("\n") + "\n"


def pages(known):
    sections = {name: set(known.definitions[name]["properties"]) for name in known.own}
    lacking = [name for name in known.own if name not in PLACES]
    if lacking:
        sys.exit(f"keypages: say in PLACES of .ci/keypages.py where the keys of {', '.join(lacking)} stand")
    found = errors(sections)
    return {f"{CATALOG}/Keys/keys-of-{name}.md": section_page(known, name, found) for name in known.own}
