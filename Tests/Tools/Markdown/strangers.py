#!/usr/bin/env python3
"""Puts hostile texts into every place of a manifest that Markdown shows, and reads that as a forge or an editor does.

    strangers.py [--bayplan PATH]

`IMAGES.md`, what an editor shows of a name and what `diff` tells a pull request are parsed as GitHub's Markdown with links found in bare text. No value may
become HTML, a link, an image or a fence, change what the text around it is, or hold what cannot be seen.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from markdown_it import MarkdownIt

REPOSITORY = Path(__file__).resolve().parents[3]
PLAIN = "plain"
VALUES = [
    "![](https://evil.example/t.png)", "[a](https://evil.example)", "<img src=x onerror=alert(1)>", "<!-- x", "-->",
    "<https://evil.example>", "https://evil.example/x", "http://evil.example", "www.evil.example", "ftp://evil.example/",
    "evil.com", "see evil.com.", "a evil.com/x?y=z b", "mail@evil.com", "mailto:a@evil.com", "@octocat", "fix #12", "GH-12",
    "o/r#1", "0123456789abcdef0123456789abcdef01234567", "```", "``` all that follows", "~~~", "~~~ sh", "`", "``", "a`b",
    "`a", "a`", "``a`", "\\`", "\\", "a\\", "|", "a|b", "\\|", "a\\|b", "`|`", "`\\|`", "| a | b |", "***bold***", "_x_",
    "__x__", "~~x~~", "# heading", "- item", "* item", "+ item", "1. item", "1) item", "> quote", "=====", "-----", "---",
    "[x]: https://evil.example", "[^1]", "[^1]: note", "- [ ] task", "&lt;b&gt;", "&#60;b&#62;", "&amp;", ":octocat:",
    "$x$", "$$x$$", "${A:-b}", "<b", "</code>", "<script>alert(1)</script>", "<details>", "a <b> c", "a\u202eb", "a\u2066b",
    "a\u200bb", "a\u00adb", "a\u2028b", "a\u0085b", "\ufeffa", "a\U000e0041b", "a\u3164b", "a\u115fb", "a\u2800b", "\u202e",
    "line\nbreak", "a\n\nb", "a\n```\nb", "a\n# b", "a\tb", "\tcode", "    code", "  a  ", "a  \nb", "javascript:alert(1)",
    "//evil.com/x", "xmpp:a@evil.com", "tel:1", "\u0430pple.com", "a\u200d.com", "https\u200b://evil.example", "ht\\tps://evil.example",
    "<a href='x'>", "`<b>`", "`` `<b>` ``", "``` ` <b>", "a``<b>", "\\<b>", "\\[a](b)", "!\\[a](b)", "[a][b]", "[a]", "![a]",
    "a#b", "x@y", "--", "__proto__", "a:b:c", "a.b", "e.g. this, i.e. that", "1.2.3", "R&D; more", "100%", "\u4f8b\u3048.com",
]
# Where a value stands, and whether what it must be there leaves most values out.
PLACES = {
    "workspace": lambda m, v: m.update(name=v),
    "image description": lambda m, v: m["images"]["api"].update(description=v),
    "pulled image description": lambda m, v: m["images"]["redis"].update(description=v),
    "project description": lambda m, v: m["projects"]["shop"].update(description=v),
    "path": lambda m, v: m["projects"]["shop"].update(path=v),
    "context": lambda m, v: m["images"]["api"]["build"].update(context=v),
    "dockerfile": lambda m, v: m["images"]["api"]["build"].update(dockerfile=v),
    "target": lambda m, v: m["images"]["api"]["build"].update(target=v),
    "reference": lambda m, v: m["images"]["redis"].update(pull=v),
    "repository": lambda m, v: m["images"]["api"].update(repository=v),
    "tag": lambda m, v: m["images"]["api"].update(tag=v),
    "container": lambda m, v: m["projects"]["shop"]["services"]["api"].update(container_name=v),
    "profile": lambda m, v: m["projects"]["shop"]["services"]["redis"].update(profiles=[v]),
    "port": lambda m, v: m["projects"]["shop"]["services"]["api"].update(ports=[v + ":80"]),
    "host address": lambda m, v: m["projects"]["shop"]["services"]["api"].update(
        ports=[{"target": 80, "published": "80", "host_ip": v}]),
    "command": lambda m, v: m["projects"]["shop"]["services"]["api"].update(command=[v]),
    "label": lambda m, v: m["projects"]["shop"]["services"]["api"].update(labels={"x": v}),
    "scripts": lambda m, v: m.update(outputs={"scripts": v}),
    "a service's name": lambda m, v: m["projects"]["shop"]["services"].update({v: {"image": "redis"}}),
    "a project's name": lambda m, v: m["projects"].update({v: {"path": "other", "services": {"redis": {}}}}),
    "an image's name": lambda m, v: m["images"].update({v: {"pull": "x:1"}}),
}
# What `diff` shows beside.
CHANGES = {
    "variable": lambda m, v: m["projects"]["shop"]["services"]["api"].update(environment={v: "1"}),
    "label's name": lambda m, v: m["projects"]["shop"]["services"]["api"].update(labels={v: "1"}),
    "argument": lambda m, v: m["images"]["api"]["build"].update(args={v: "1"}),
    "mount": lambda m, v: m["projects"]["shop"]["services"]["api"].update(volumes=["./" + v + ":/x"]),
    "mounted at": lambda m, v: m["projects"]["shop"]["services"]["redis"].update(volumes=["./x:/" + v, "data:/data"]),
    "volume's name": lambda m, v: m["projects"]["shop"].update(volumes={"data": {"name": v}}),
}
FOLDS = re.compile(r"(<details><summary>[^<>&\n]*</summary>\n?|</details>\n?)+")
ADDS = {"a service's name", "a project's name", "an image's name"}
LIVE = {"link_open", "image", "html_inline", "html_block"}
# What forges make links of in text, whatever the parser says.
ACTED_ON = re.compile(r"://|www\.|(^|[^\w`])@\w|(^|\s)#\d|\bGH-\d|\w@\w+\.\w", re.IGNORECASE)


def manifest(place, value):
    made = {
        "version": 1, "name": "sample",
        "images": {"api": {"owner": "shop", "build": {"context": "api"}, "description": PLAIN},
                   "redis": {"pull": "redis:7", "description": PLAIN}},
        "projects": {"shop": {"path": "shop", "description": PLAIN,
                              "services": {"api": {"ports": ["80:80"]}, "redis": {}}}},
    }
    made["projects"]["shop"]["services"]["redis"]["volumes"] = ["data:/data"]
    made["projects"]["shop"]["volumes"] = {"data": {}}
    for name in [place] if isinstance(place, str) else place:
        (PLACES | CHANGES)[name](made, value)
    return made


def shape(tokens):
    """The blocks of a text without what stands in them."""
    return [(token.type, token.tag) for token in tokens if token.type != "html_block"]


def invisible(text):
    return [hex(ord(c)) for c in text
            if c != "\n" and (unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cn", "Co") or c in "\u3164\u115f\u1160\uffa0\u034f")]


def faults(parser, text, expected, html=re.compile(r"(<!-- [^>\n]* -->\n?)+")):
    tokens = parser.parse(text)
    found = []
    if expected is not None and shape(tokens) != expected:
        found.append("the text around it is another")
    comments = [token.content for token in tokens if token.type == "html_block"]
    if any(not html.fullmatch(comment) for comment in comments):
        found.append(f"HTML {comments}")
    for token in tokens:
        for child in token.children or []:
            if child.type in LIVE:
                found.append(f"{child.type} {child.content or child.attrs}")
            if child.type == "text" and ACTED_ON.search(child.content):
                found.append(f"forges act on {child.content!r}")
    if invisible(text):
        found.append(f"invisible {invisible(text)}")
    return found


def hovers(bayplan, folder, text):
    """What an editor shows at each name of the manifest, which stands on a line of its own."""
    messages = [{"id": 1, "method": "initialize", "params": {}}, {"method": "initialized", "params": {}},
                {"method": "textDocument/didOpen", "params": {"textDocument": {
                    "uri": (folder / "strategy.yaml").as_uri(), "languageId": "yaml", "version": 1, "text": text}}}]
    places = [(number, re.match(r"\s*", line).end() + 1) for number, line in enumerate(text.split("\n")) if '": {' in line]
    for index, (line, character) in enumerate(places):
        messages.append({"id": 10 + index, "method": "textDocument/hover", "params": {
            "textDocument": {"uri": (folder / "strategy.yaml").as_uri()},
            "position": {"line": line, "character": character}}})
    messages += [{"id": 2, "method": "shutdown"}, {"method": "exit"}]
    framed = b""
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        framed += b"Content-Length: %d\r\n\r\n" % len(body) + body
    said = subprocess.run([bayplan, "lsp"], input=framed, capture_output=True, cwd=folder, timeout=120).stdout
    shown = []
    while said:
        head, _, rest = said.partition(b"\r\n\r\n")
        length = int(re.search(rb"Content-Length: (\d+)", head).group(1))
        answer = json.loads(rest[:length])
        said = rest[length:]
        if answer.get("id", 0) >= 10 and answer.get("result"):
            shown.append(answer["result"]["contents"]["value"])
    return shown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bayplan", type=os.path.abspath, default=os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan")))
    options = parser.parse_args()
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    wrong, shown, hovered, compared = [], {}, 0, 0
    environment = {**os.environ, "BAYPLAN_ROOT": ""}
    with tempfile.TemporaryDirectory(prefix="bayplan-markdown-") as folder:
        folder = Path(folder)

        def document(text):
            (folder / "strategy.yaml").write_text(text)
            ran = subprocess.run(
                [options.bayplan, "compile", "--no-builds", "-q", "--output-directory", "out", "--force", "strategy.yaml"],
                cwd=folder, env=environment, capture_output=True, timeout=120)
            return (folder / "out/IMAGES.md").read_text() if ran.returncode == 0 else None

        def told(places, value):
            (folder / "before.yaml").write_text(json.dumps(manifest("label", PLAIN), indent=1))
            (folder / "strategy.yaml").write_text(json.dumps(manifest(places, value), indent=1))
            ran = subprocess.run([options.bayplan, "diff", "--format", "markdown", "before.yaml"], cwd=folder, env=environment,
                                 capture_output=True, timeout=120)
            return ran.stdout.decode() if ran.returncode == 0 else None

        for value in VALUES:
            # All at once, or where one of them may not hold it each alone.
            texts = {"everything": told(list(CHANGES), value)}
            if texts["everything"] is None:
                texts = {place: told([place], value) for place in CHANGES}
            for place, text in texts.items():
                compared += text is not None
                for fault in faults(markdown, text, None, FOLDS) if text else []:
                    wrong.append(f"diff, {place}, {value!r}: {fault}")
        for place in PLACES:
            plain = document(json.dumps(manifest(place, PLAIN), indent=1))
            expected = shape(markdown.parse(plain)) if plain else None
            if place in {"port", "host address", "reference", "path", "scripts"} and plain is None:
                text = document(json.dumps(manifest("image description", PLAIN), indent=1))
                expected = shape(markdown.parse(text))
            shown[place] = 0
            for value in VALUES:
                text = json.dumps(manifest(place, value), indent=1)
                made = document(text)
                if made is None:
                    continue
                shown[place] += 1
                # A reference with a variable has a section of its own in the document, whatever its text.
                harmless = document(json.dumps(manifest(place, "${NAME:-b}"), indent=1)) if value == "${A:-b}" else None
                shaped = shape(markdown.parse(harmless)) if harmless else expected
                for fault in faults(markdown, made, shaped):
                    wrong.append(f"{place}, {value!r}: {fault}")
                if place in {"image description", "project description", "container", "command", "a service's name"}:
                    for hover in hovers(options.bayplan, folder, text):
                        hovered += 1
                        for fault in faults(markdown, hover, None):
                            wrong.append(f"hover, {place}, {value!r}: {fault}")
    for text in wrong[:50]:
        print(f"markdown: {text}", file=sys.stderr)
    total = sum(shown.values())
    if not total or not hovered or compared < len(VALUES) or any(shown[place] < len(VALUES) - 5 for place in shown if "description" in place):
        print(f"markdown: too little was shown: {shown}, {hovered} hovers, {compared} changes", file=sys.stderr)
        return 1
    print(f"markdown: {total} documents with a hostile text, {hovered} hovers and {compared} changes, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
