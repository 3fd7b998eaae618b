"""How Renovate finds and replaces versions, as far as the preset uses it, after lib/modules/manager/custom/regex/strategies.ts
and lib/workers/repository/update/branch/auto-replace.ts of Renovate 41: recursive matching, then the replacement of one
match at a time until reading the file again finds the new version at the same dependency."""

import json
import re
from pathlib import Path

GROUPS = ("depName", "currentValue", "currentDigest")


def load(path):
    return json.loads(Path(path).read_text())["customManagers"]


def pattern(text):
    """RE2's way to name a group, as Python writes it."""
    return re.compile(text.replace("(?<", "(?P<"))


def recursive(content, strings, groups):
    """The dependencies in a text: each string is matched in what the string before it matched."""
    found = []
    for match in pattern(strings[0]).finditer(content):
        named = groups | {name: value for name, value in match.groupdict().items() if value}
        if len(strings) == 1:
            found.append(named | {"replaceString": match.group(0)})
        else:
            found += recursive(match.group(0), strings[1:], named)
    return found


def extract(content, manager):
    return recursive(content, manager["matchStrings"], {})


def filled(template, values):
    """A Handlebars template of triple braces and one `{{#if}}`."""
    def conditional(match):
        return match.group(2) if values.get(match.group(1)) else ""
    text = re.sub(r"\{\{#if (\w+)\}\}(.*?)\{\{/if\}\}", conditional, template)
    return re.sub(r"\{\{\{(\w+)\}\}\}", lambda match: values.get(match.group(1)) or "", text)


def update(content, manager, index, version, digest=None):
    """The text with one dependency brought to a version; None where Renovate would give up."""
    dependency = extract(content, manager)[index]
    old = dependency["replaceString"]
    values = dependency | {"newValue": version, "newDigest": digest or (dependency.get("currentDigest") and digest)}
    new = filled(manager["autoReplaceStringTemplate"], values)
    place = content.find(old)
    while place >= 0:
        changed = content[:place] + new + content[place + len(old):]
        again = extract(changed, manager)
        if len(again) > index:
            seen = again[index]
            same = seen["depName"] == dependency["depName"] and seen["currentValue"] == version
            if same and (not digest or seen.get("currentDigest") == digest):
                others = [entry for number, entry in enumerate(extract(content, manager)) if number != index]
                if [entry for number, entry in enumerate(again) if number != index] == others:
                    return changed
        place = content.find(old, place + 1)
    return None
