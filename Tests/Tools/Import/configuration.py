"""What Compose makes of a project, as lines in which equal projects are equal."""

import json
import re

from bounded import run

import compose

VARIABLE = re.compile(r"(?<!\$)\$(?:\{([A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_][A-Za-z0-9_]*))")


def variables(text):
    """A value for each variable that a text takes, but for those that Compose itself is led by."""
    names = {one or other for one, other in VARIABLE.findall(text)}
    return {name: "8080" for name in names if not name.startswith("COMPOSE_") and name not in ("PATH", "HOME")}


def kinds(text):
    """The ways in which a project is asked for: as it is, with every variable set, and as it is written."""
    found = {"plain": ({}, ())}
    if "$" in text:
        found |= {"set": (variables(text), ()), "text": ({}, ("--no-interpolate",))}
    return found


def configuration(folder, files, top, values, flags, seconds):
    """A project with every profile, and Compose's complaint where it refuses."""
    command = [*compose.words(), "--profile", "*"]
    for file in files:
        command += ["-f", file]
    done = run(command + ["config", "--format", "json", *flags], folder, values, seconds)
    if done.status != 0:
        return None, done.complaint
    try:
        # A path may lead out of the checkout.
        text = done.output.replace(str(top), "/top").replace(str(top.parent), "/above")
        return json.loads(text), None
    except ValueError:
        return None, "what it prints is no JSON"


def differences(before, after):
    """The lines that are not the same, but for what compiling adds by its own law."""
    before, after = json.loads(json.dumps(before)), json.loads(json.dumps(after))
    # Compose ignores what is called so, and nothing comes of a section without entries.
    for side, other in (before, after), (after, before):
        for key in [key for key in side if key.startswith("x-") or key not in other and not side[key]]:
            del side[key]
    services = after.get("services") or {}
    built = {name: (service.get("image"), service["build"]) for name, service in services.items() if "build" in service}
    for name, service in services.items():
        old = (before.get("services") or {}).get(name, {})
        # One of the services that share a build has it; `docker compose build` builds it without a profile, too.
        if "build" in old and "build" not in service:
            holders = [
                other for other, what in built.items()
                if what[0] == service.get("image") and set(flat(what[1])) == set(flat(old["build"]))
                and (not services[other].get("profiles") or old.get("profiles"))]
            if holders:
                del old["build"]
        if "pull_policy" not in old and service.get("pull_policy") == "never":
            del service["pull_policy"]
        if "image" not in old:
            service.pop("image", None)
        for side in (service, old):
            if "image" in side:
                side["image"] = written(side["image"])
    old, new = set(flat(before)), set(flat(after))
    return [f"- {line}" for line in sorted(old - new)] + [f"+ {line}" for line in sorted(new - old)]


def written(image):
    """A reference as Docker reads it."""
    for prefix in ("docker.io/", "library/"):
        image = image.removeprefix(prefix)
    name = image.rsplit("/", 1)[-1]
    return image if ":" in name or "@" in image or "$" in image else image + ":latest"


# What Compose prints as a mapping, or as a list of `name=value` where it was merged without being interpreted.
PAIRS = ("environment", "labels", "annotations", "args", "sysctls", "extra_hosts")


def flat(value, path=""):
    """The lines `path = value`."""
    if path.endswith(PAIRS) and isinstance(value, list) and all(isinstance(item, str) for item in value):
        pairs = [item.partition("=") for item in value]
        value = {name: text if sign else None for name, sign, text in pairs}
    if isinstance(value, dict) and value:
        for key, item in value.items():
            # A number is text where all are.
            is_text = path.endswith(PAIRS) and isinstance(item, (int, float))
            yield from flat(json.dumps(item) if is_text else item, f"{path}.{key}")
    elif path.endswith(PAIRS) and not value:
        yield f"{path} = null"
    elif isinstance(value, list) and value:
        for place, item in enumerate(value):
            if path.endswith(".ports"):
                item = port(item)
            yield f"{path}[{place}] = {json.dumps(item, sort_keys=True)}"
    else:
        yield f"{path} = {json.dumps(value)}"


def port(item):
    """A port in its long form, into which Compose brings the short ones of files that it merges without reading them."""
    match = re.fullmatch(r"(?:(\d+(?:\.\d+){3}):)?(?:([\d-]+):)?(\d+)(?:/(\w+))?", str(item))
    if not match:
        return item
    address, published, target, protocol = match.groups()
    long = {"mode": "ingress", "protocol": protocol or "tcp", "target": int(target)}
    return long | ({"host_ip": address} if address else {}) | ({"published": published} if published else {})
