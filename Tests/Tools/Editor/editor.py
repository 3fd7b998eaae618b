#!/usr/bin/env python3
"""Drives `bayplan lsp` as editors do: a real client (pygls) through every feature, raw bytes for what
no client sends, and Neovim where it is installed.

usage: editor.py

Needs pygls from PyPI; Neovim is tried where there is one. `BAYPLAN` names the program; the debug build is the
default.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from processes import PATIENCE
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
failures = []
count = 0


def expect(holds, what):
    global count
    count += 1
    if not holds:
        failures.append(what)


MANIFEST = """\
version: 1
images:
  api:
    owner: shop
    build: .
  worker:
    owner: shop
    build: .
    needs: [api]
  redis:
    pull: redis:7-alpine
projects:
  shop:
    services:
      api:
        ports: ["127.0.0.1:8000:8000"]
        depends_on: [cache]
      worker:
      cache:
        image: redis
        volumes: ["data:/data"]
        healthcheck:
          test: [CMD, redis-cli, ping]
    volumes:
      data:
  office:
    services:
      api: { restart: always }
environments:
  production:
    registry: ghcr.io/example
    tag: "1.2.3"
    images:
      api: { tag: "1.2.4" }
"""


async def until(condition):
    """Waits until a condition holds, as long as patience lasts; returns whether it does."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return condition()


class Editor:
    """One client with one server."""

    def __init__(self, folder, encodings=None):
        self.folder = folder
        self.encodings = encodings
        self.client = LanguageClient("editor", "1")
        self.version = {}
        self.text = {}

    async def __aenter__(self):
        await self.client.start_io(str(BAYPLAN), "lsp", "--stdio")
        general = lsp.GeneralClientCapabilities(position_encodings=self.encodings)
        self.answer = await self.client.initialize_async(
            lsp.InitializeParams(
                process_id=os.getpid(),
                root_uri=self.folder.as_uri(),
                capabilities=lsp.ClientCapabilities(general=general),
            )
        )
        self.client.initialized(lsp.InitializedParams())
        return self

    async def __aexit__(self, *_):
        await self.client.shutdown_async(None)
        self.client.exit(None)
        status = await asyncio.wait_for(self.client._server.wait(), PATIENCE)
        expect(status == 0, f"exit after shutdown is {status}")

    def open(self, text, name="strategy.yaml"):
        self.uri = (self.folder / name).as_uri()
        self.version[self.uri] = 1
        self.text[self.uri] = text
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(
                lsp.TextDocumentItem(uri=self.uri, language_id="yaml", version=1, text=text)
            )
        )

    def change(self, *changes):
        self.version[self.uri] += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version[self.uri]), list(changes)
            )
        )

    def replace(self, text):
        self.text[self.uri] = text
        self.change(lsp.TextDocumentContentChangeWholeDocument(text=text))

    def edit(self, line, start, end, text):
        where = lsp.Range(lsp.Position(line, start), lsp.Position(line, end))
        self.change(lsp.TextDocumentContentChangePartial(range=where, text=text))

    async def found(self, uri=None):
        """The findings of the present version."""
        uri = uri or self.uri
        if await until(lambda: self.told.get(uri, (0, None))[0] == self.version[uri]):
            return self.told[uri][1]
        raise TimeoutError(f"no findings for version {self.version[uri]}")

    @property
    def told(self):
        return self.__dict__.setdefault("_told", {})

    def listen(self):
        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def note(parameters):
            old = self.told.get(parameters.uri, (0, None))[0]
            expect((parameters.version or old) >= old, "stale findings came behind newer ones")
            self.told[parameters.uri] = (parameters.version, list(parameters.diagnostics))

    def at(self, needle, offset=0, nth=0):
        text = self.text[self.uri]
        index = -1
        for _ in range(nth + 1):
            index = text.index(needle, index + 1)
        index += offset
        line = text.count("\n", 0, index)
        return lsp.Position(line, index - (text.rfind("\n", 0, index) + 1))

    async def ask(self, method, position=None, **more):
        parameters = {"textDocument": {"uri": self.uri}, **more}
        if position:
            parameters["position"] = {"line": position.line, "character": position.character}
        typed = get_converter().structure(parameters, lsp.METHOD_TO_TYPES[method][2])
        return await asyncio.wait_for(self.client.protocol.send_request_async(method, typed), 20)

    async def complete(self, text):
        """The labels offered at the `¦` of a text."""
        index = text.index("¦")
        self.replace(text.replace("¦", ""))
        line = text.count("\n", 0, index)
        answer = await self.ask(
            "textDocument/completion", lsp.Position(line, index - (text.rfind("\n", 0, index) + 1))
        )
        self.items = {item.label: item for item in answer.items}
        return set(self.items)

    def applied(self, edit):
        """The text after a workspace edit."""
        text = self.text[self.uri]
        starts = [0]
        for line in text.splitlines(True):
            starts.append(starts[-1] + len(line))
        edits = [
            (starts[e.range.start.line] + e.range.start.character, starts[e.range.end.line] + e.range.end.character, e.new_text)
            for e in edit.changes[self.uri]
        ]
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def validated(text):
    """The codes that `validate` finds in a text on its own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "strategy.yaml").write_text(text)
        run = subprocess.run([BAYPLAN, "validate", "--format", "json"], cwd=folder, capture_output=True, text=True)
        return sorted(re.findall(r'"code": "(BP[0-9]{3})"', run.stdout)), run.returncode


async def features(folder):
    async with Editor(folder) as editor:
        editor.listen()
        expect(editor.answer.capabilities.position_encoding == "utf-16", "UTF-16 is the default")
        editor.open(MANIFEST)
        found = await editor.found()
        expect(not [d for d in found if d.severity == 1], f"a clean manifest has errors: {found}")

        # Findings: an unknown image, with its code, its places and its fix.
        bad = MANIFEST.replace("image: redis", "image: rediss")
        editor.replace(bad)
        found = await editor.found()
        unknown = [d for d in found if d.code == "BP201"]
        expect(len(unknown) == 1 and unknown[0].source == "bayplan" and unknown[0].severity == 1, f"BP201: {found}")
        expect("help:" in unknown[0].message, f"no help in {unknown[0].message!r}")
        range_ = {"start": {"line": unknown[0].range.start.line, "character": unknown[0].range.start.character}}
        range_["end"] = range_["start"]
        actions = await editor.ask("textDocument/codeAction", range=range_, context={"diagnostics": []})
        fixes = [a for a in actions if a.kind == "quickfix" and "redis" in editor.applied(a.edit)]
        expect(any(editor.applied(a.edit) == MANIFEST for a in fixes), f"no fix: {[a.title for a in actions]}")
        editor.replace(MANIFEST.replace("projects:", "  spare:\n    pull: spare:1\nprojects:", 1))
        unused = [d for d in await editor.found() if d.code == "BP203"]
        expect(len(unused) == 1 and list(unused[0].tags) == [1], f"an unused image is tagged unnecessary: {unused}")
        line = editor.at("spare").line
        actions = await editor.ask(
            "textDocument/codeAction",
            range={"start": {"line": line, "character": 2}, "end": {"line": line, "character": 2}},
            context={"diagnostics": []},
        )
        allow = [a for a in actions if a.title.startswith("Allow")]
        expect(len(allow) == 1, f"no action that allows: {actions}")
        if allow:
            editor.replace(editor.applied(allow[0].edit))
            found = await editor.found()
            expect(not any(d.code in ("BP203", "BP011") for d in found), f"the comment allows nothing: {found}")
        double = MANIFEST.replace("  office:", "  shop:")
        editor.replace(double)
        found = await editor.found()
        expect(
            any(d.code == "BP002" and d.related_information for d in found), f"a duplicate key names the first: {found}"
        )

        # Incremental changes arrive at the same text, with characters of two and four bytes before them.
        editor.replace(MANIFEST.replace("pull: redis:7-alpine", 'pull: redis:7-alpine # é𝄞 here'))
        line = editor.at("# é").line
        text = editor.text[editor.uri].split("\n")[line]
        start = len(text[: text.index("here")].encode("utf-16-le")) // 2
        editor.edit(line, start, start + 4, "there\n    tag: [")
        found = await editor.found()
        expect(any(d.code == "BP001" for d in found), f"half-typed text is no syntax error: {found}")
        editor.edit(line + 1, 9, 10, "x")
        found = await editor.found()
        expect(not any(d.code == "BP001" for d in found), f"incremental text differs: {found}")

        # Hover.
        editor.replace(MANIFEST)
        for needle, offset, wanted in [
            ("api:", 1, ["image `api`", "`api:latest`", "`ghcr.io/example/api:1.2.4`", "owner: `shop`", "office/api"]),
            ("shop:", 1, ["project `shop`", "services: 3"]),
            ("owner: shop", 8, ["project `shop`"]),
            ("cache:", 1, ["service `cache`", "shop-cache", "image: redis:7-alpine", "healthcheck:", "production"]),
            ("healthcheck:", 2, ["healthcheck", "a mapping"]),
            ("needs:", 2, ["needs", "a list", "built first"]),
            ("depends_on", 2, ["depends_on"]),
        ]:
            answer = await editor.ask("textDocument/hover", editor.at(needle, offset))
            text = answer.contents.value if answer else ""
            expect(all(word in text for word in wanted), f"hover of {needle}: {text!r}")

        # Definition, references, highlights.
        answer = await editor.ask("textDocument/definition", editor.at("needs: [api]", 9))
        expect([(a.range.start.line, a.range.start.character) for a in answer] == [(2, 2)], f"definition: {answer}")
        answer = await editor.ask("textDocument/definition", editor.at("[cache]", 2))
        expect([a.range.start.line for a in answer] == [editor.at("cache:").line], f"definition of a service: {answer}")
        answer = await editor.ask("textDocument/definition", editor.at("data:/data", 1))
        expect([a.range.start.line for a in answer] == [editor.at("      data:").line], f"of a volume: {answer}")
        answer = await editor.ask(
            "textDocument/references", editor.at("  api:", 3), context={"includeDeclaration": True}
        )
        expect(len(answer) == 5, f"references of api: {[a.range.start.line for a in answer]}")
        answer = await editor.ask("textDocument/documentHighlight", editor.at("owner: shop", 8))
        expect(len(answer) == 3, f"highlights of shop: {answer}")

        # Rename.
        async def renamed(position, name):
            return editor.applied(await editor.ask("textDocument/rename", position, newName=name))

        text = await renamed(editor.at("  api:", 3), "gateway")
        wanted = (
            MANIFEST.replace("  api:\n    owner", "  gateway:\n    owner")
            .replace("[api]", "[gateway]")
            .replace("      api:\n        ports", "      api:\n        image: gateway\n        ports")
            .replace("api: { restart", "api: { image: gateway, restart")
            .replace("api: { tag", "gateway: { tag")
        )
        expect(text == wanted, f"rename of an image:\n{text}")
        expect(validated(text) == validated(MANIFEST) and validated(text)[1] == 0, f"renamed: {validated(text)}")
        text = await renamed(editor.at("  worker:", 3), "runner")
        expect("  runner:\n    owner" in text and "      worker:\n        image: runner\n" in text, f"{text}")
        text = await renamed(editor.at("  shop:", 3), "store")
        expect(text.count("owner: store") == 2 and "  store:\n    path: shop\n" in text, f"rename of a project:\n{text}")
        text = await renamed(editor.at("[cache]", 1), "queue")
        expect("[queue]" in text and "      queue:\n        image: redis" in text, f"rename of a service:\n{text}")
        for position, name in [
            (editor.at("  api:", 3), "worker"),
            (editor.at("  api:", 3), "Not A Name"),
            (editor.at("  api:", 3), "123"),
            (editor.at("  shop:", 3), "office"),
            (editor.at("version"), "x"),
        ]:
            try:
                await renamed(position, name)
                expect(False, f"renamed to {name}")
            except Exception as error:
                expect(getattr(error, "code", None) == -32803, f"rename to {name}: {error!r}")
        answer = await editor.ask("textDocument/prepareRename", editor.at("needs: [api]", 9))
        expect(answer.placeholder == "api", f"prepareRename: {answer}")

        # Outline.
        answer = await editor.ask("textDocument/documentSymbol")
        names = {s.name: [c.name for c in s.children] for s in answer}
        expect(names["images"] == ["api", "worker", "redis"] and names["projects"] == ["shop", "office"], f"{names}")
        projects = next(s for s in answer if s.name == "projects")
        expect([c.name for c in projects.children[0].children] == ["api", "worker", "cache"], "services in the outline")

        # Completion, in files that are whole and in files that are half typed.
        head = MANIFEST[: MANIFEST.index("environments")]
        for text, wanted, unwanted in [
            (MANIFEST + "¦", {"naming", "outputs", "rules", "defaults"}, {"images", "version"}),
            (MANIFEST.replace("owner: shop\n    build: .\n  worker", "owner: ¦\n    build: .\n  worker"), {"shop", "office"}, {"api"}),
            (MANIFEST.replace("[api]", "[a¦]"), {"api", "redis"}, {"worker", "shop"}),
            (MANIFEST.replace("[api]", "[¦"), {"api", "redis"}, {"worker"}),
            (MANIFEST.replace("    needs: [api]\n", "    ¦\n"), {"needs", "platforms", "tag"}, {"owner", "build"}),
            (MANIFEST.replace("    needs: [api]\n", "    needs:\n      - ¦\n"), {"api"}, {"worker", "owner"}),
            (MANIFEST.replace("    needs: [api]\n", "    needs:\n      ¦\n"), {"- api"}, {"owner"}),
            (MANIFEST.replace("image: redis", "image: ¦"), {"redis", "api"}, {"cache"}),
            (MANIFEST.replace("image: redis", "image:¦"), {"redis", "api"}, {"cache"}),
            (MANIFEST.replace("[cache]", "[¦]"), {"worker", "cache"}, {"api"}),
            (MANIFEST.replace("depends_on: [cache]", "depends_on:\n          - ¦"), {"worker", "cache"}, {"image"}),
            (MANIFEST.replace("depends_on: [cache]", "depends_on:\n          ¦"), {"worker", "- cache"}, {"image"}),
            (MANIFEST.replace("depends_on: [cache]", "depends_on:\n          cache:\n            condition: ¦"), {"service_healthy"}, {"cache"}),
            (MANIFEST.replace("depends_on: [cache]", "network_mode: ¦"), {"service:cache"}, {"cache"}),
            (MANIFEST.replace('["data:/data"]', "[¦"), {"data:"}, {"cache"}),
            (MANIFEST.replace("        depends_on: [cache]\n", "        ¦\n"), {"restart", "environment", "depends_on"}, {"ports", "owner"}),
            (MANIFEST.replace("        depends_on: [cache]\n", "        rest¦\n"), {"restart"}, {"ports"}),
            (MANIFEST.replace("        depends_on: [cache]\n", "        restart: ¦\n"), {"always", "unless-stopped", '"no"'}, {"ports"}),
            (MANIFEST.replace("          test: [CMD, redis-cli, ping]\n", "          ¦\n"), {"interval", "retries", "test"}, {"image"}),
            (MANIFEST.replace("{ restart: always }", "{ ¦ }"), {"restart", "image"}, {"owner"}),
            (MANIFEST.replace("{ restart: always }", "{ restart: always, ¦"), {"image"}, {"restart"}),
            (head + "  third:\n    container_name: ¦", {'"{service}"', '"{project}"'}, {"api"}),
            (head + "  third:\n    services:\n      ¦", {"api", "redis"}, {"image"}),
            (head + "rules:\n  ¦", {"unused-image", "latest-released"}, {"images"}),
            (head + "rules:\n  unused-image: ¦", {"off", "info", "warning", "error"}, {"images"}),
            (MANIFEST + "  staging:\n    ¦", {"registry", "tag", "build"}, {"version"}),
            (MANIFEST + "  staging:\n    images:\n      ¦", {"api", "redis"}, {"registry"}),
            (MANIFEST.replace("test: [CMD", "# ¦\n          test: [CMD"), set(), {"interval", "test"}),
            (MANIFEST.replace("redis:7-alpine", "|\n      ¦"), set(), {"owner", "api"}),
        ]:
            labels = await editor.complete(text)
            around = text[max(0, text.index("¦") - 40) : text.index("¦") + 5]
            expect(wanted <= labels, f"at {around!r}: {sorted(wanted - labels)} not among {sorted(labels)[:12]}")
            expect(not unwanted & labels, f"at {around!r}: {sorted(unwanted & labels)}")
        await editor.complete(MANIFEST + "¦")
        expect(editor.items["rules"].documentation, "a key has its meaning")

        # Several documents; one that is closed has no findings left; one that is no manifest has none.
        editor.open(bad, "other.yaml")
        found = await editor.found()
        expect(any(d.code == "BP201" for d in found), "a second document has no findings")
        editor.client.text_document_did_close(
            lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri=editor.uri))
        )
        expect(await until(lambda: editor.told[editor.uri][1] == []), "a closed document keeps its findings")
        editor.open("services:\n  web:\n    image: nginx\n", "compose.yaml")
        compose = editor.uri
        expect(await editor.ask("textDocument/hover", editor.at("image")) is None, "a Compose file has a hover")
        # What is told behind it shows that the Compose file had its turn.
        editor.open(bad, "third.yaml")
        await editor.found()
        expect(compose not in editor.told, "a Compose file is checked as a manifest")


async def dockerfiles(folder):
    """Findings in a Dockerfile stand in the Dockerfile; saving looks again."""
    project = folder / "shop"
    project.mkdir()
    (project / "main.py").write_text("\n")
    file = project / "Dockerfile"
    file.write_text("FROM worker:latest\nFROM scratch AS\n")
    async with Editor(folder, encodings=["utf-8", "utf-16"]) as editor:
        editor.listen()
        expect(editor.answer.capabilities.position_encoding == "utf-8", "UTF-8 is taken where it is offered")
        editor.open(MANIFEST)
        await editor.found()

        def everything():
            return editor.told[editor.uri][1] + editor.told.get(file.as_uri(), (None, []))[1]

        def is_named():
            related = [r.location.uri for d in everything() for r in d.related_information or []]
            return file.as_uri() in editor.told or file.as_uri() in related

        expect(await until(is_named), f"nothing is said of the Dockerfile: {everything()}")
        before = [d.code for d in everything()]
        file.write_text("FROM scratch\n")
        editor.client.text_document_did_save(
            lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri=editor.uri))
        )
        expect(await until(lambda: [d.code for d in everything()] != before), f"saving does not look again: {before}")


def raw(sent, arguments=("lsp",)):
    run = subprocess.run([BAYPLAN, *arguments], input=sent, capture_output=True, timeout=PATIENCE)
    answers, rest = [], run.stdout
    while rest:
        header, rest = rest.split(b"\r\n\r\n", 1)
        length = int(header.split(b":")[1])
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    return run.returncode, answers


def framed(*messages):
    bodies = [m if isinstance(m, bytes) else json.dumps({"jsonrpc": "2.0", **m}).encode() for m in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n" % len(body) + body for body in bodies)


def hostile():
    """What no honest client sends."""
    first = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
    status, answers = raw(framed({"method": "exit"}))
    expect(status == 1, f"exit without shutdown is {status}")
    status, answers = raw(framed(first, {"id": 2, "method": "shutdown"}, {"method": "exit"}))
    expect(status == 0 and [a["id"] for a in answers] == [1, 2], f"a short life: {status} {answers}")
    for sent, code in [
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b'{"a":' * 100_000, -32700),
        (b"[]", -32600),
        (b'"\\ud800"', -32600),
        ({"id": 7, "method": "textDocument/hover"}, -32002),
        (b'{"jsonrpc":"2.0","id":3}', -32600),
    ]:
        status, answers = raw(framed(sent))
        codes = [a.get("error", {}).get("code") for a in answers]
        expect(codes == [code] and status == 1, f"{sent!r:.60}: {status} {answers}")
    status, answers = raw(framed(first, {"id": 2, "method": "no/such"}, {"method": "$/progress", "params": {}}))
    expect([a.get("error", {}).get("code") for a in answers] == [None, -32601], f"unknown methods: {answers}")
    for sent in [b"Content-Length: 99999999999999999999\r\n\r\n", b"Content-Length: -4\r\n\r\n", b"x" * 10_000, b"\r\n\r\n"]:
        status, answers = raw(sent)
        expect(status == 1 and not answers, f"{sent[:40]!r}: {status} {answers}")
    uri = {"uri": "file:///nowhere/strategy.yaml"}
    document = {**uri, "version": 1, "languageId": "yaml", "text": "images:\n"}
    far = {"line": 1 << 40, "character": 1 << 40}
    status, answers = raw(
        framed(
            first,
            {"method": "textDocument/didOpen", "params": {"textDocument": document}},
            {
                "method": "textDocument/didChange",
                "params": {
                    "textDocument": {**uri, "version": 2},
                    "contentChanges": [{"range": {"start": far, "end": {"line": 0, "character": -5}}, "text": "é"}],
                },
            },
            {"id": 2, "method": "textDocument/completion", "params": {"textDocument": uri, "position": far}},
            {"id": 3, "method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///other"}}},
            {"id": 4, "method": "shutdown"},
            {"method": "exit"},
        )
    )
    expect(status == 0 and [a["id"] for a in answers if "id" in a] == [1, 2, 3, 4], f"far places: {status} {answers}")


def samples(language):
    """What the page *In an editor* offers to copy in a language."""
    page = (ROOT / "Sources/bayplan/bayplan.docc/InAnEditor.md").read_text()
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)


def configurations():
    """The settings of editors that are not here are at least of their formats, and start the server by its command."""
    [helix] = map(tomllib.loads, samples("toml"))
    server = helix["language-server"]["bayplan"]
    expect([server["command"], *server["args"]] == ["bayplan", "lsp"], f"Helix would start {server}")
    expect("bayplan" in helix["language"][0]["language-servers"], f"Helix would start nothing: {helix}")
    [zed] = map(json.loads, samples("json"))
    expect("strategy.schema.json" in str(zed), f"Zed would check by no schema: {zed}")


def neovim(folder):
    """Neovim's own client, by what the page offers: it attaches and shows the findings."""
    if not shutil.which("nvim"):
        print("editor: SKIPPED Neovim: it is not installed", file=sys.stderr)
        expect(os.environ.get("CI") != "true", "Neovim is missing")
        return
    file = folder / "strategy.yaml"
    file.write_text(MANIFEST.replace("image: redis", "image: rediss"))
    version = re.match(r"NVIM v(\d+)\.(\d+)", subprocess.run(["nvim", "--version"], capture_output=True, text=True).stdout)
    newer, older = samples("lua")
    script = folder / "attach.lua"
    script.write_text(
        (newer if tuple(map(int, version.groups())) >= (0, 11) else older)
        + """
        vim.cmd('filetype on')
        vim.cmd('edit ' .. vim.env.FILE)
        vim.wait(900000, function() return #vim.diagnostic.get(0) > 0 end, 20)
        local codes = {}
        for _, found in ipairs(vim.diagnostic.get(0)) do table.insert(codes, found.code) end
        io.stdout:write(table.concat(codes, ' '))
        """
    )
    (folder / "bin").mkdir()
    (folder / "bin/bayplan").symlink_to(BAYPLAN)
    run = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}", "-c", "qall!"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "FILE": str(file), "PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder)},
    )
    expect("BP201" in run.stdout, f"Neovim shows {run.stdout!r} {run.stderr!r}")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    for part in (features, dockerfiles):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(asyncio.wait_for(part(Path(folder).resolve()), PATIENCE))
    hostile()
    configurations()
    with tempfile.TemporaryDirectory() as folder:
        neovim(Path(folder).resolve())
    for failure in failures:
        print(f"editor: {failure}", file=sys.stderr)
    print(f"editor: {count} expectations, {len(failures)} failed")
    return 1 if failures else 0


sys.exit(main())
