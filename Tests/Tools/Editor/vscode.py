#!/usr/bin/env python3
"""Packs the extension for VS Code, looks at the package, and runs it over the real server in a stand-in for VS Code.

usage: vscode.py

Needs Node. `BAYPLAN` names the program; the debug build is the default.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = Path(os.environ.get("BAYPLAN", ROOT / ".build/debug/bayplan")).resolve()
sys.path.insert(0, str(ROOT / "Tests/Support"))
import processes

passed, failures = 0, []


def expect(holds, what):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"vscode: FAILED: {what}", file=sys.stderr)


def packed(folder):
    """The package in a folder, and its extension unpacked."""
    result = processes.run([ROOT / "packaging/vsix", folder])
    expect(result.returncode == 0, f"packaging/vsix: {result.stdout}{result.stderr}")
    [package] = folder.glob("*.vsix")
    data = package.read_bytes()
    processes.run([ROOT / "packaging/vsix", folder])
    expect(package.read_bytes() == data, "two packages of the same sources differ")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def looked_at(folder):
    """What VS Code reads before it runs anything."""
    manifest = ElementTree.parse(folder / "extension.vsixmanifest").getroot()
    names = {"x": "http://schemas.microsoft.com/developer/vsx-schema/2011"}
    identity = manifest.find("x:Metadata/x:Identity", names).attrib
    described = json.loads((folder / "extension/package.json").read_text())
    expect(identity["Version"] == described["version"] != "0.0.0", f"versions: {identity}, {described['version']}")
    expect(identity["Id"] == described["name"] and identity["Publisher"] == described["publisher"], f"{identity}")
    for asset in manifest.iterfind("x:Assets/x:Asset", names):
        expect((folder / asset.attrib["Path"]).is_file(), f"there is no {asset.attrib['Path']}")
    types = ElementTree.parse(folder / "[Content_Types].xml").getroot()
    known = {entry.attrib["Extension"] for entry in types}
    others = [path.name for path in folder.rglob("*") if path.is_file() and path.suffix not in known and path.name != "[Content_Types].xml"]
    expect(not others, f"no type of content for {others}")
    expect((folder / "extension" / described["main"]).is_file(), f"there is no {described['main']}")
    settings = described["contributes"]["configuration"]["properties"]
    # A checkout brings settings of its own: none may name a program.
    expect(settings["bayplan.path"]["scope"] == "machine", "a workspace can name the program that runs")
    restricted = described["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    expect(set(settings) - {"bayplan.path"} == set(restricted), f"settings that any checkout can make: {settings}")
    for source in (folder / "extension").glob("*.js"):
        wanted = set(re.findall(r"require\('([^']+)'\)", source.read_text()))
        expect(wanted <= {"vscode", "child_process", "./connection", "./translation"}, f"{source.name} needs {wanted}")


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        extension = packed(folder)
        if not failures:
            looked_at(extension)
        if shutil.which("node"):
            workspace = folder / "a workspace"
            workspace.mkdir()
            shutil.copy(ROOT / "manifests/zixly/strategy.yaml", workspace)
            (workspace / "other.yaml").write_text("a: 1\n")
            talks = workspace / "talks"
            talks.write_text("#!/bin/sh\necho 'usage: talks'\nprintf 'Content-Length: x\\r\\n\\r\\n'\nexec cat >/dev/null\n")
            talks.chmod(0o755)
            words = ["node", ROOT / "Tests/Tools/Editor/vscode-host.js", extension / "extension", BAYPLAN, workspace / "strategy.yaml"]
            result = processes.run(words)
            expect(result.returncode == 0 and "every feature" in result.stdout, f"in VS Code's stand-in: {result.stdout}{result.stderr}")
        else:
            print("vscode: SKIPPED the extension itself: there is no Node", file=sys.stderr)
            if os.environ.get("CI") == "true":
                failures.append("Node")
    print(f"vscode: {passed} passed, {len(failures)} failed")
    return bool(failures)


sys.exit(main())
