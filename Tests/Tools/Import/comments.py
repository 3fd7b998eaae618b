"""The comments of a YAML file."""

import collections
import re

import yaml

def comments(text):
    """How often each comment's words stand in a text; a `#` inside a scalar begins none."""
    found = collections.Counter()
    lines = text.splitlines()
    inside = scalars(text)
    for number, line in enumerate(lines):
        for match in re.finditer(r"(?:^|(?<=[ \t]))#", line):
            if any(start <= (number, match.start()) < end for start, end in inside.get(number, ())):
                continue
            words = line[match.start():].strip("# \t")
            if re.search(r"\w", words) and not words.startswith("yaml-language-server"):
                found[words] += 1
            break
    return found


def scalars(text):
    """For each line the scalars that stand on it, as places from and to."""
    found = collections.defaultdict(list)
    try:
        for token in yaml.scan(text, yaml.CLoader if hasattr(yaml, "CLoader") else yaml.Loader):
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark, token.end_mark
                for line in range(start.line, end.line + 1):
                    found[line].append(((start.line, start.column), (end.line, end.column)))
    except yaml.YAMLError:
        pass
    return found
