#!/usr/bin/env python3
"""Measures how long after an edit the findings come, and how long completion and hover take.

usage: latency.py MANIFEST [EDITS]

The manifest is one that `Tests/Benchmarks`' workload writes. Each edit changes one character somewhere in the file and
waits for the findings of that version. `BAYPLAN` names the program; the release build is the default.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = os.environ.get("BAYPLAN", ROOT / ".build/release/bayplan")


class Server:
    def __init__(self):
        self.process = subprocess.Popen([BAYPLAN, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def processor(self):
        """Milliseconds of processor time so far, which other work on the machine disturbs less than the clock."""
        ticks = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")

    def receive(self, wanted):
        while True:
            length = int(self.process.stdout.readline().split(b":")[1])
            self.process.stdout.readline()
            message = json.loads(self.process.stdout.read(length))
            if wanted(message):
                return message


def show(what, times):
    print(f"{what}: median {statistics.median(times):.1f} ms, least {min(times):.1f}, most {max(times):.1f}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    file = Path(sys.argv[1]).resolve()
    edits = int(sys.argv[2]) if len(sys.argv) == 3 else 20
    text = file.read_text()
    lines = text.split("\n")
    server = Server()
    server.send(id=0, method="initialize", params={"capabilities": {}})
    server.receive(lambda m: m.get("id") == 0)
    uri = {"uri": file.as_uri()}
    server.send(
        method="textDocument/didOpen",
        params={"textDocument": {**uri, "languageId": "yaml", "version": 0, "text": text}},
    )
    server.receive(lambda m: m.get("params", {}).get("version") == 0)
    found, completed, hovered, processor = [], [], [], []
    for version in range(1, edits + 1):
        line = len(lines) * version // (edits + 2)
        # A comment at a line's end: the smallest edit that any line takes.
        character = len(lines[line])
        at = {"line": line, "character": character}
        begun, used = time.perf_counter(), server.processor()
        server.send(
            method="textDocument/didChange",
            params={
                "textDocument": {**uri, "version": version},
                "contentChanges": [{"range": {"start": at, "end": at}, "text": " # x"}],
            },
        )
        server.receive(lambda m: m.get("params", {}).get("version") == version)
        found.append((time.perf_counter() - begun) * 1000)
        processor.append(server.processor() - used)
        for method, times in (("completion", completed), ("hover", hovered)):
            begun = time.perf_counter()
            server.send(id=version, method="textDocument/" + method, params={"textDocument": uri, "position": {"line": line, "character": 6}})
            server.receive(lambda m: m.get("id") == version)
            times.append((time.perf_counter() - begun) * 1000)
    server.process.kill()
    print(f"{len(lines)} lines, {len(text.encode())} bytes, {edits} edits")
    show("findings after an edit", found)
    show("processor time of that", processor)
    show("completion", completed)
    show("hover", hovered)


main()
