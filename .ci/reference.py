"""The reference pages of the documentation: every command from the program's own tables, every key from its JSON Schema."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import keypages
import samples

CATALOG = "Sources/bayplan/bayplan.docc/"
TITLES = {"manifest": "Top level", "service-fragment": "Service"}
COMMON = {"color", "quiet", "version", "help"}


def cell(text):
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def prose(text):
    """Help as Markdown: an option is code, in which two hyphens stay two hyphens."""
    parts = re.split(r"(`[^`]*`)", text.strip())
    return "".join(part if part.startswith("`") else re.sub(r"(?<!\w)--?[a-z][a-z-]*", r"`\g<0>`", part) for part in parts)


def table(head, rows):
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines) + "\n"


# Commands

ZIXLY, COMPOSE = "manifests/zixly", "Tests/Fixtures/guides/front-door"


def shown(command, prepared="true", of=ZIXLY, lines=None, status=1):
    """A command as an example, run in a copy of a workspace after what prepares it, and what it prints; `status` is the worst it may end with."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "work")
        shutil.copytree(samples.ROOT / of, copy)

        def run(line):
            return subprocess.run(
                ["bash", "-c", line], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=copy, timeout=600,
                env=samples.environment(HOME=folder))

        run(prepared).check_returncode()
        done = run(command)
        if done.returncode > status:
            raise SystemExit(f"reference: the example `{command}` ends with {done.returncode}: {done.stdout}")
    printed = [line if len(line) <= 160 else line[:157] + "..." for line in done.stdout.splitlines()]
    if lines and len(printed) > lines:
        printed[lines:] = ["..."]
    text = "".join(line + "\n" for line in printed)
    return f"```console\n$ {command}\n{text}```\n"


TYPO = "sed -i '0,/owner: trading/s//owner: tradng/' strategy.yaml"
# What shows a command better than a run of it without a word in the small workspace.
EXAMPLES = {
    "init": lambda: shown("bayplan init && head -n 12 strategy.yaml", "rm strategy.yaml"),
    "import": lambda: shown("bayplan import accounts shop --output strategy.yaml", of=COMPOSE),
    "validate": lambda: shown("bayplan validate", TYPO),
    "diff": lambda: shown("bayplan diff --quiet ../old.yaml",
                          CHANGED),
    "fingerprint": lambda: shown("bayplan fingerprint", "bayplan import -q accounts shop --output strategy.yaml", COMPOSE),
    "pin": lambda: shown(
        "echo redis redis:7-alpine sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 | bayplan pin --diff"),
    "map": lambda: shown("bayplan map --format svg | head -n 4"),
    "explain": lambda: shown("bayplan explain BP202", lines=16),
    "schema": lambda: shown("bayplan schema", lines=12),
    "lsp": lambda: shown("""printf 'Content-Length: 75\\r\\n\\r\\n{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}' | bayplan lsp"""),
}


# Each format of each command, of the workspace with a typo, with a changed port, or as it is.
CHANGED = ("cp strategy.yaml ../old.yaml && sed -i 's/8100:8000/8200:8000/' strategy.yaml")
FORMATS = {
    # What rules a report of SARIF may name stands in front of the findings.
    "validate": lambda value: shown(
        f"bayplan validate --format {value}" + (" | sed -n '/\"results\"/,$p'" if value == "sarif" else ""), TYPO, lines=60),
    "diff": lambda value: shown(f"bayplan diff --quiet --format {value} ../old.yaml", CHANGED, lines=60),
    "fingerprint": lambda value: shown(
        f"bayplan fingerprint --format {value}", "bayplan import -q accounts shop --output strategy.yaml", COMPOSE),
    "map": lambda value: shown(f"bayplan map --format {value} | head -n 5"),
    "explain": lambda value: shown(f"bayplan explain --format {value} BP202", lines=24),
}
# Commands that print findings have the formats of `validate`.
FINDINGS = ["validate", "compile", "import"]


def command_example(name):
    return EXAMPLES[name]() if name in EXAMPLES else shown(f"bayplan {name}")


def format_example(name, value):
    return FORMATS[name](value) if name in FORMATS else shown(f"bayplan {name} --format {value}", lines=40)


def formats_page(program):
    page = "# Formats\n\nWhat `--format` prints, for people and for programs: every format of every command, with an example.\n\n"
    page += ("## Overview\n\nFormats for programs keep to semantic versioning, as the command line does. A JSON text has `schema`, the number of its "
             "form;\nnew fields can come without a new number. `schemas/diagnostics.schema.json` describes the findings, "
             "`schemas/diff.schema.json` what\n`diff` tells, and `bayplan schema` prints the manifest's own.\n\n")
    for command in program["commands"]:
        values = next((entry["values"] for entry in command["table"] if entry["name"] == "format"), [])
        if not values or command["name"] in FINDINGS[1:]:
            continue
        names = FINDINGS if command["name"] == FINDINGS[0] else [command["name"]]
        page += "".join(f"### {', '.join(names)}: {value}\n\n{format_example(command['name'], value)}\n" for value in values)
    return page.rstrip("\n") + "\n"


# Rules of files: what they find is not in a manifest alone, so their examples are commands.

COMPILED = "bayplan compile -q"
STATES = {
    "BP012": lambda: shown("bayplan validate deploy/strategy.yaml", status=2),
    "BP601": lambda: shown("bayplan compile --check --quiet --project zixly", f"{COMPILED} && {CHANGED}"),
    "BP602": lambda: shown("bayplan compile", f"{COMPILED} && sed -i s/8081/8181/ zixly/docker-compose.yml"),
    "BP603": lambda: shown("bayplan compile", "echo '# Ours' > IMAGES.md"),
    "BP604": lambda: shown("bayplan compile", f"{COMPILED} && echo '# mine' >> zixly/docker-compose.production.yml "
                           "&& sed -i '/^environments/,$d' strategy.yaml"),
    "BP606": lambda: shown("bayplan compile --check --quiet | head -n 12", f"{COMPILED} && rm zixly/docker-compose.yml"),
    "BP608": lambda: shown("bayplan compile --quiet", "echo 'services: {}' > zixly/compose.yaml"),
    "BP701": lambda: shown("bayplan import -q a b --output strategy.yaml", of="Tests/Fixtures/imports/container-names/input"),
    "BP702": lambda: shown("bayplan import -q shop --output strategy.yaml", "sed -i '1i name: ${NAME:-shop}' shop/compose.yaml", COMPOSE),
    "BP703": lambda: shown("bayplan import -q shop", "echo 'include: [../billing/compose.yaml]' >> shop/compose.yaml", COMPOSE),
    "BP704": lambda: shown("bayplan import -q --verbose --output strategy.yaml shop", of=COMPOSE),
    "BP705": lambda: shown("bayplan import -q accounts shop", "sed -i '1i name: accounts' shop/compose.yaml", COMPOSE),
}


def rules(listed, explained):
    """The pages of all rules, by path: the list, and what `explained` gives of each code."""
    pages = {CATALOG + "Rules.md": listed}
    for code in re.findall(r"<doc:(BP[0-9]{3})>", listed):
        page = explained(code)
        if code in STATES:
            before, heading, after = page.partition("### Levels and exceptions")
            page = f"{before}### An example\n\n{STATES[code]()}\n{heading}{after}"
        pages[f"{CATALOG}Rules/{code}.md"] = page
    return pages


# Scripts

SCRIPTS = {
    "build": ["scripts/build.sh", "scripts/build.sh --changed", "scripts/build.sh --environment production arq-worker",
              "scripts/build.sh --list"],
    "verify": ["scripts/verify.sh", "scripts/verify.sh --environment production"],
    "up": ["scripts/up.sh --all-profiles zixly", "scripts/up.sh --profile trading --wait zixly", "scripts/up.sh zixly trading-api"],
    "down": ["scripts/down.sh zixly", "scripts/down.sh --all"],
    "refresh": ["scripts/refresh.sh arq-worker", "scripts/refresh.sh --dry-run arq-worker"],
    "status": ["scripts/status.sh", "scripts/status.sh --environment production"],
    "release": ["scripts/release.sh --version 1.2.3", "scripts/release.sh --version 1.2.3 --dry-run"],
    "pin": ["scripts/pin.sh", "scripts/pin.sh --write redis", "scripts/pin.sh --environment production --built --write"],
    "clean": ["scripts/clean.sh --dry-run", "scripts/clean.sh"],
}


def scripts():
    """The pages of the emitted scripts, by path: their own help, and commands whose options that help has."""
    pages, listed = {}, ""
    with tempfile.TemporaryDirectory() as folder:
        command = ["bayplan", "compile", "-q", "--output-directory", folder, "manifests/zixly/strategy.yaml"]
        subprocess.run(command, check=True, cwd=samples.ROOT, env=samples.environment(), timeout=600)
        names = sorted(path.stem for path in Path(folder, "scripts").glob("*.sh"))
        if lacking := set(names) ^ set(SCRIPTS):
            raise SystemExit(f"reference: SCRIPTS in .ci/reference.py needs or has no more: {', '.join(sorted(lacking))}")
        for name in SCRIPTS:
            run = subprocess.run(
                ["sh", f"{folder}/scripts/{name}.sh", "--help"], capture_output=True, text=True, check=True, timeout=600)
            for line in SCRIPTS[name]:
                for option in re.findall(r"--[a-z-]+", line):
                    if not re.search(rf"^ +{option}\b", run.stdout, re.MULTILINE):
                        raise SystemExit(f"reference: the help of {name}.sh has no {option}, which `{line}` takes")
            said = run.stdout.split("\n\n", 1)[1].split("\n\n")[0].replace("\n", " ")
            sentence = re.match(r".*?[.](?= [A-Z]|$)", said)[0]
            listed += f"- <doc:script-{name}>\n"
            pages[f"{CATALOG}Scripts/script-{name}.md"] = (
                f"# {name}.sh\n\n{sentence}\n\n## Overview\n\nThis is `scripts/{name}.sh --help`:\n\n```text\n{run.stdout}```\n\n"
                "### Examples\n\n```sh\n" + "\n".join(SCRIPTS[name]) + "\n```\n")
    pages[CATALOG + "Scripts.md"] = (
        "# Scripts\n\nThe shell scripts that `bayplan compile` writes, each with its help.\n\n## Overview\n\n"
        "They are plain `sh` and run on dash, bash, busybox and mksh. They find the workspace from their own place, so that they can be\n"
        "called from any folder. <doc:Engines> tells with which engines they work. `outputs.scripts` in the manifest names another folder\n"
        "for them, or none (<doc:keys-of-outputs#scripts>).\n\n"
        "Exit status: 0 done, 1 something is missing or failed, 2 wrong usage.\n\n## Topics\n\n### Scripts\n\n" + listed)
    return pages


def spelling(entry):
    """`-o <file>`, `--output <file>` as a reader types it."""
    words = (["-" + entry["short"]] if entry["short"] else []) + ["--" + entry["name"]]
    value = f" <{entry['value']}>" if entry["kind"] == "option" else ""
    return ", ".join(f"`{word}{value}`" for word in words)


def synopsis(command):
    words = ["bayplan", command["name"], "[option ...]"]
    for entry in command["table"]:
        if entry["kind"] == "operand":
            word = entry["name"] + (" ..." if entry["repeats"] else "")
            words.append(word if entry["required"] else f"[{word}]")
    return " ".join(words)


def option_rows(entries):
    for entry in entries:
        text = cell(prose(entry["help"]))
        values = [f"`{value}`" for value in entry["values"]]
        if values:
            text += f" The value is {', '.join(values[:-1])} or {values[-1]}."
        if entry["default"]:
            text += f" The default is `{entry['default']}`."
        yield [spelling(entry), text]


def command_page(command):
    shown = [entry for entry in command["table"] if not entry["hidden"]]
    page = f"# bayplan {command['name']}\n\n{command['abstract']}\n\n## Overview\n\n"
    page += f"```sh\n{synopsis(command)}\n```\n\n"
    if command["discussion"]:
        page += prose(command["discussion"]) + "\n\n"
    operands = [[f"`{e['name']}`", cell(prose(e["help"]))] for e in shown if e["kind"] == "operand"]
    if operands:
        page += "### Arguments\n\n" + table(["Argument", "Is"], operands) + "\n"
    options = list(option_rows(e for e in shown if e["kind"] != "operand" and e["name"] not in COMMON))
    if options:
        page += "### Options\n\n" + table(["Option", "Does"], options) + "\n"
    page += "### Example\n\n" + command_example(command["name"]) + "\n"
    return page + "The options of every command are in <doc:Commands>.\n"


def commands(text):
    """The pages of all commands, by path; `text` is what `bayplan --dump-options` prints."""
    program = json.loads(text)
    common = [entry for entry in program["commands"][0]["table"] if entry["name"] in COMMON]
    index = "# Commands\n\nEvery command with its options, as `--help` prints them.\n\n## Overview\n\n"
    index += prose(program["discussion"]) + "\n\n### Options of every command\n\n"
    index += table(["Option", "Does"], option_rows(common)) + "\n## Topics\n\n### Commands\n\n"
    index += "".join(f"- <doc:bayplan-{command['name']}>\n" for command in program["commands"])
    pages = {CATALOG + "Commands.md": index, CATALOG + "Formats.md": formats_page(program)}
    for command in program["commands"]:
        pages[f"{CATALOG}Commands/bayplan-{command['name']}.md"] = command_page(command)
    return pages


# Keys


def example(value):
    """A value as YAML in one line, which JSON is; a text that is plain stands without quotes."""
    is_plain = isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9 ./_-]*(:[A-Za-z0-9-]+)?", value)
    return value if is_plain else json.dumps(value)


class Keys:
    """The definitions of the schema as sections of two pages; equal definitions are one section."""

    def __init__(self, schema):
        self.definitions = schema["definitions"]
        self.own = list(self.parts("manifest"))
        self.section = {}
        seen = {}
        for name, body in self.definitions.items():
            # An override and a service of the manifest have the keys of a fragment.
            key = json.dumps(body, sort_keys=True)
            first = "service-fragment" if name.startswith("manifest-service") else seen.setdefault(key, name)
            self.section[name] = re.sub(r"-2$", "", first)

    def parts(self, name):
        """The parts of a manifest that are Bayplan's own, each before what it holds: their keys have examples."""
        properties = self.definitions[name]["properties"]
        if not name.endswith("-2") and all("examples" in shape for shape in properties.values()):
            yield name
            for shape in properties.values():
                for inner in re.findall(r"#/definitions/([a-z0-9-]+)", json.dumps(shape)):
                    yield from self.parts(inner)

    def title(self, name):
        return TITLES.get(name, name.replace("-", " ").capitalize())

    def link(self, name):
        name = self.section[name]
        page = "Manifest" if name in self.own else "ComposeKeys"
        return f"<doc:{page}#{self.title(name).replace(' ', '-')}>"

    def value(self, shape):
        """What may stand there, in words."""
        if "$ref" in shape:
            return self.link(shape["$ref"].rpartition("/")[2])
        for key in ("anyOf", "allOf"):
            if key in shape:
                return self.either([self.value(part) for part in shape[key]])
        if "enum" in shape:
            return self.either([f"`{word}`" for word in shape["enum"]])
        if "pattern" in shape and "(" in shape["pattern"]:
            words = re.findall(r"(?<=[(|])[a-z_]+(?=[|)])", shape["pattern"])
            if len(words) > 1:
                return "text: " + ", ".join(f"`{word}`" for word in words) + " ..."
        kind = shape.get("type")
        if isinstance(kind, list) and {"string", "number", "boolean"} <= set(kind):
            return "plain value"
        if isinstance(kind, list):
            return self.either([self.value({**shape, "type": one}) for one in kind])
        if kind == "array":
            return "list of " + self.value(shape.get("items", {}))
        if kind == "object":
            patterns = [v for k, v in shape.get("patternProperties", {}).items() if k != "^x-"]
            inner = shape.get("additionalProperties") or (patterns[0] if patterns else {})
            return "map of " + self.value(inner)
        if kind == "integer" and "minimum" in shape:
            low, high = shape["minimum"], shape.get("maximum")
            return f"`{low}`" if low == high else f"whole number from {low}" + ("" if high is None else f" to {high}")
        names = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false",
                 "null": "nothing"}
        return names.get(kind, "anything")

    def either(self, parts):
        parts = list(dict.fromkeys(parts))
        return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]

    def keys(self, name):
        body = self.definitions[name]
        rows = []
        for key, shape in body["properties"].items():
            meaning = cell(shape.get("description", ""))
            if key in body.get("required", []):
                meaning = "Required. " + meaning
            rows.append([f"`{key}`", cell(self.value(shape)), meaning])
            if name in self.own:
                rows[-1].append(f"`{cell(example(shape['examples'][0]))}`")
        head = ["Key", "Value", "Meaning"] + (["Example"] if name in self.own else [])
        return f"### {self.title(name)}\n\n" + table(head, rows) + "\n"


def keys(text):
    """The pages of all keys, by path; `text` is what `bayplan schema` prints."""
    known = Keys(json.loads(text))
    own = "# The manifest\n\nEvery key of `strategy.yaml`, with what may stand there.\n\n## Overview\n\n"
    own += ("Keys that begin with `x-` are allowed at every level and ignored: a place for anchors. What is Compose's own "
            "syntax is in\n<doc:ComposeKeys>; it may hold variables, which are copied through untouched.\n\n"
            "A template of container names may hold `{project}`, `{service}`, `{image}` and `{owner}`.\n\n")
    for name in known.own:
        table_of_keys = known.keys(name)
        head, gap, rest = table_of_keys.partition("\n\n")
        own += f"{head}\n\nWith defaults, errors, examples and what they emit: <doc:keys-of-{name}>.\n\n{rest}"
    compose = "# Compose's keys\n\nEvery key of Compose that a manifest takes, with what may stand there.\n\n## Overview\n\n"
    compose += ("Bayplan checks these as `docker compose` does, and copies them through. A service differs from Compose's in "
                "four keys:\n`image` names an entry of `images`, `container_name: null` lets Compose choose, and there is "
                "neither `build` nor\n`extends`, whose place is the image. Where true, false or a number may stand, a text "
                "may hold a variable instead. A plain\nvalue is a text, a number, true, false or nothing. A version is that "
                "of the first Docker Compose that knows a key, or a form of its\nvalue; where none stands, 2.0.0 does. "
                "`requires.compose` is checked against them.\n\n")
    compose += "".join(
        known.keys(name) for name in known.definitions if known.section[name] == name and name not in known.own)
    return {**keypages.pages(known), CATALOG + "Manifest.md": own.rstrip("\n") + "\n", CATALOG + "ComposeKeys.md": compose.rstrip("\n") + "\n"}
