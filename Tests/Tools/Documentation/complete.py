#!/usr/bin/env python3
"""Says which key, rule, command, script or format has no page or no example, and which page nobody is led to.

usage: complete.py

What there is comes from the program itself: `schema`, `explain --list`, `--dump-options` and the scripts that a compile
writes. The examples are made by `.ci/regenerate`, which `regenerate --check` holds to the program; here they have to be
there. The commands in blocks of `sh` are held to the program as well: subcommands, scripts and options have to exist.
`BAYPLAN` names the program; the debug build is the default.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CATALOG = ROOT / "Sources/bayplan/bayplan.docc"
BAYPLAN = os.environ.get("BAYPLAN", str(ROOT / ".build/debug/bayplan"))
failures = []
counts = {}


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"complete: FAILED: {what}", file=sys.stderr)


def run(*words):
    done = subprocess.run([BAYPLAN, *words], capture_output=True, text=True, cwd=ROOT, timeout=600)
    if done.returncode:
        sys.exit(f"complete: {' '.join(words)} ends with {done.returncode}: {done.stderr}")
    return done.stdout


def page(path, what):
    file = CATALOG / path
    expect(file.exists(), f"{what} has no page {path}")
    return file.read_text() if file.exists() else ""


def part(text, heading):
    """What stands below a heading, up to the next of its level."""
    match = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^###? |\Z)", text, re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def keys():
    definitions = json.loads(run("schema"))["definitions"]
    own = [name for name, body in definitions.items()
           if not name.endswith("-2") and "manifest" not in name.replace("manifest", "", 1)
           and body.get("properties") and all("examples" in shape for shape in body["properties"].values())]
    expect({"manifest", "image", "project", "environment"} <= set(own), f"the sections of the manifest are {own}")
    for section in own:
        text = page(f"Keys/keys-of-{section}.md", f"the section {section}")
        for key in definitions[section]["properties"]:
            counts["keys"] = counts.get("keys", 0) + 1
            told = part(text, key)
            for mark in "- Value: ", "- Default: ", "- Errors: ", "```yaml\n":
                expect(mark in told, f"the key {key} of {section} has no {mark.strip()}")
            expect("It emits" in told or "It changes" in told or "It writes" in told or "none, it is required" in told,
                   f"the key {key} of {section} does not say what it emits")
    index = page("Manifest.md", "the manifest")
    for section in own:
        expect(f"<doc:keys-of-{section}>" in index, f"Manifest.md does not lead to the keys of {section}")


def rules():
    codes = re.findall(r"<doc:(BP\d+)>", run("explain", "--list", "--format", "markdown"))
    expect(len(codes) > 100, f"there are {len(codes)} rules")
    counts["rules"] = len(codes)
    for code in codes:
        text = page(f"Rules/{code}.md", f"the rule {code}")
        expect("### Why it matters" in text, f"{code} does not say why it matters")
        expect("### Wrong" in text or "### An example" in text, f"{code} has no example")


def commands():
    program = json.loads(run("--dump-options"))
    formats = page("Formats.md", "the formats")
    for command in program["commands"]:
        counts["commands"] = counts.get("commands", 0) + 1
        name = command["name"]
        told = part(page(f"Commands/bayplan-{name}.md", f"the command {name}"), "Example")
        expect("```console\n$ " in told, f"the command {name} has no example")
        for entry in command["table"]:
            if entry["name"] != "format":
                continue
            for value in entry["values"]:
                counts["formats"] = counts.get("formats", 0) + 1
                headings = re.findall(rf"^### ((?:.*, )?{name}(?:, .*)?: {re.escape(value)})$", formats, re.MULTILINE)
                expect(headings and "```console\n$ " in part(formats, headings[0]), f"the format {value} of {name} has no example")
    for schema in sorted((ROOT / "schemas").iterdir()):
        expect(f"schemas/{schema.name}" in formats or schema.name == "strategy.schema.json", f"Formats.md does not name {schema.name}")
    return program


def scripts():
    with tempfile.TemporaryDirectory() as folder:
        run("compile", "--quiet", "--output-directory", folder, "manifests/zixly/strategy.yaml")
        helps = {}
        for file in sorted(Path(folder, "scripts").iterdir()):
            counts["scripts"] = counts.get("scripts", 0) + 1
            helps[file.name] = subprocess.run(
                ["sh", str(file), "--help"], capture_output=True, text=True, check=True, timeout=600).stdout
            text = page(f"Scripts/script-{file.stem}.md", f"the script {file.name}")
            expect(helps[file.name] in text, f"the page of {file.name} is not its --help")
            expect(f"scripts/{file.name}" in part(text, "Examples"), f"the script {file.name} has no example")
    # What they take more where checkouts run side by side.
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder, "strategy.yaml")
        manifest.write_text(Path("manifests/zixly/strategy.yaml").read_text() + "\ninstances: BAYPLAN_INSTANCE\n")
        run("compile", "--quiet", "--output-directory", f"{folder}/out", str(manifest))
        for name in helps:
            helps[name] += subprocess.run(
                ["sh", f"{folder}/out/scripts/{name}", "--help"], capture_output=True, text=True, check=True, timeout=600).stdout
    return helps


def shell_blocks(program, helps):
    """Commands of ours in blocks that are not run: each subcommand, script and option is one that there is."""
    options = {command["name"]: {word for entry in command["table"] for word in
                                 ("--" + entry["name"], "-" + (entry["short"] or "\0"))} for command in program["commands"]}
    common = {"--help", "--version", "--generate-completion-script", "--dump-options"}
    for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(CATALOG.rglob("*.md"))]:
        for block in re.findall(r"^ *```sh\n(.*?)^ *```", file.read_text(), re.MULTILINE | re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                line = re.sub(r"(^|\s)#.*", "", line)
                for words in re.findall(r"(?:^|[|;&(]|\bwork\S* )\s*(bayplan [^|;&()]*|scripts/[a-z]+\.sh[^|;&()]*)", line):
                    first, *rest = words.split()
                    counts["commands in blocks"] = counts.get("commands in blocks", 0) + 1
                    where = f"{file.relative_to(ROOT)}: `{words.strip()}`"
                    if first == "bayplan":
                        if not rest or rest[0] in common or rest[0].startswith("["):
                            continue
                        known = options.get(rest[0])
                        expect(known is not None, f"{where}: there is no such command")
                        for word in rest[1:] if known else ():
                            expect(not word.startswith("--") or word == "--" or word.partition("=")[0] in known,
                                   f"{where}: there is no {word}")
                    else:
                        told = helps.get(first.partition("/")[2])
                        expect(told is not None, f"{where}: there is no such script")
                        for word in rest if told else ():
                            expect(not word.startswith("--") or re.search(rf"^ +{word}\b", told, re.MULTILINE),
                                   f"{where}: there is no {word}")


def led_to():
    """Every page is reached from the first one by lists of topics or links."""
    files = {file.stem: file for file in CATALOG.rglob("*.md")}
    seen, open_pages = set(), ["bayplan"]
    while open_pages:
        name = open_pages.pop()
        if name in seen:
            continue
        seen.add(name)
        expect(name in files, f"there is no page {name}")
        if name in files:
            open_pages += re.findall(r"<doc:([\w-]+)", files[name].read_text())
    for name in sorted(files.keys() - seen):
        expect(False, f"no page leads to {name}")
    counts["pages"] = len(files)


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    keys()
    rules()
    program = commands()
    shell_blocks(program, scripts())
    led_to()
    print("complete: " + ", ".join(f"{count} {what}" for what, count in counts.items()) + f"; {len(failures)} failures")
    return bool(failures)


sys.exit(main())
