"""The reference pages of the documentation: every command from the program's own tables, every key from its JSON Schema."""

import json
import re

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
    return page + "The options of every command are in <doc:Commands>.\n"


def commands(text):
    """The pages of all commands, by path; `text` is what `bayplan --dump-options` prints."""
    program = json.loads(text)
    common = [entry for entry in program["commands"][0]["table"] if entry["name"] in COMMON]
    index = "# Commands\n\nEvery command with its options, as `--help` prints them.\n\n## Overview\n\n"
    index += prose(program["discussion"]) + "\n\n### Options of every command\n\n"
    index += table(["Option", "Does"], option_rows(common)) + "\n## Topics\n\n### Commands\n\n"
    index += "".join(f"- <doc:bayplan-{command['name']}>\n" for command in program["commands"])
    pages = {CATALOG + "Commands.md": index}
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
    own += "".join(known.keys(name) for name in known.own)
    compose = "# Compose's keys\n\nEvery key of Compose that a manifest takes, with what may stand there.\n\n## Overview\n\n"
    compose += ("Bayplan checks these as `docker compose` does, and copies them through. A service differs from Compose's in "
                "four keys:\n`image` names an entry of `images`, `container_name: null` lets Compose choose, and there is "
                "neither `build` nor\n`extends`, whose place is the image. Where true, false or a number may stand, a text "
                "may hold a variable instead. A plain\nvalue is a text, a number, true, false or nothing. A version is that "
                "of the first Docker Compose that knows a key, or a form of its\nvalue; where none stands, 2.0.0 does. "
                "`requires.compose` is checked against them.\n\n")
    compose += "".join(
        known.keys(name) for name in known.definitions if known.section[name] == name and name not in known.own)
    return {CATALOG + "Manifest.md": own.rstrip("\n") + "\n", CATALOG + "ComposeKeys.md": compose.rstrip("\n") + "\n"}
