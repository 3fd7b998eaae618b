"""The bill of materials of a program: CycloneDX 1.5, with what is linked into the one static file."""

import json
import re
import subprocess
import time
import uuid

import packing


def said(*words):
    """What a command prints, or nothing where it is not there."""
    try:
        result = subprocess.run(words, capture_output=True, text=True)
    except OSError:
        return ""
    return result.stdout if result.returncode == 0 else ""


def first_number(text):
    found = re.search(r"\d+\.\d+(\.\d+)?", text)
    return found.group(0) if found else None


def component(name, version, license, purl=None):
    entry = {"type": "library", "name": name, "licenses": [license]}
    if version:
        entry["version"] = version
    if purl:
        entry["purl"] = purl
    return entry


def expression(text):
    return {"expression": text}


def identifier(text):
    return {"license": {"id": text}}


def packages():
    """The Swift packages that Package.swift names, with their exact versions."""
    text = (packing.ROOT / "Package.swift").read_text()
    pinned = re.findall(r'\.package\(url: "https://(github\.com/([^/"]+)/([^"]+))", exact: "([^"]+)"\)', text)
    return [component(name, version, expression("Apache-2.0 WITH Swift-exception"), f"pkg:swift/{place}@{version}")
            for place, _, name, version in pinned]


def components(target):
    swift = first_number(said("swift", "--version"))
    found = [component("swift-runtime", swift, expression("Apache-2.0 WITH Swift-exception"))] + packages()
    found.append(component("libyaml", first_number(said("pkg-config", "--modversion", "yaml-0.1")), identifier("MIT")))
    if target.startswith("linux"):
        # `getconf` speaks of the C library that a link on this machine takes.
        version = first_number(said("getconf", "GNU_LIBC_VERSION"))
        found.append(component("glibc", version, identifier("LGPL-2.1-or-later")))
    return found


def document(target, program, version, date):
    """The document's bytes, a function of the program, the date and the versions of what was linked."""
    hashed = packing.digest(program)
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'bayplan:' + hashed)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(date)),
            "component": {
                "type": "application", "name": "bayplan", "version": version, "licenses": [identifier("Apache-2.0")],
                "hashes": [{"alg": "SHA-256", "content": hashed}],
            },
        },
        "components": components(target),
    }
    return (json.dumps(body, indent=2) + "\n").encode()
