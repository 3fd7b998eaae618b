#!/usr/bin/env python3
"""Expands a manifest into Compose files with PyYAML, as plainly as a script of one's own would do it.

    expand.py MANIFEST OUT_DIR

Merges defaults, the image's service and the service's body (maps are merged, everything else is replaced), adds
image, build, container_name, profiles and pull_policy, and writes OUT_DIR/<project path>/docker-compose.yml.
It validates nothing, knows none of Compose's merge rules, and ignores environments and every other artifact: what it
takes is the least that this library can take for the job. Uses libyaml through CSafeLoader and CSafeDumper; without
them it says so on standard error and uses the pure Python ones.
"""

import os
import sys

import yaml

if yaml.__with_libyaml__:
    from yaml import CSafeDumper as Dumper, CSafeLoader as Loader
else:
    from yaml import SafeDumper as Dumper, SafeLoader as Loader

    print("expand.py: PyYAML has no libyaml here: the pure Python loader and dumper are used", file=sys.stderr)


class PlainDumper(Dumper):
    """Writes shared values out in full: nobody wants anchors in a Compose file."""

    def ignore_aliases(self, data):
        return True


def merged(weak, strong):
    """The strong value over the weak one; maps key by key."""
    if not isinstance(weak, dict) or not isinstance(strong, dict):
        return strong
    result = dict(weak)
    for key, value in strong.items():
        result[key] = merged(weak[key], value) if key in weak else value
    return result


def expanded(manifest, name, project):
    """The Compose model of one project."""
    images = manifest["images"]
    naming = manifest.get("naming") or {}
    template = project.get("container_name", naming.get("container", "{project}-{service}"))
    default = (manifest.get("defaults") or {}).get("service") or {}
    services = {}
    built = set()
    for service, body in project["services"].items():
        body = dict(body or {})
        key = body.pop("image", service)
        image = images[key]
        owner = image.get("owner", name)
        words = {"project": name, "service": service, "image": key, "owner": owner}
        result = {"image": image.get("pull") or "%s:%s" % (key, naming.get("tag", "latest"))}
        if "build" in image:
            if owner == name and key not in built:
                built.add(key)
                result["build"] = image["build"]
            result["pull_policy"] = "never"
        result["container_name"] = template.format(**words)
        if "profiles" in project:
            result["profiles"] = [profile.format(**words) for profile in project["profiles"]]
        services[service] = merged(result, merged(merged(default, image.get("service") or {}), body))
    model = {"name": name, "services": services}
    model.update((key, project[key]) for key in ("networks", "volumes", "configs", "secrets") if key in project)
    return model


def main(path, out):
    with open(path, "rb") as file:
        manifest = yaml.load(file, Loader=Loader)
    for name, project in manifest["projects"].items():
        folder = os.path.join(out, project.get("path", name))
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "docker-compose.yml"), "w", encoding="utf-8") as file:
            yaml.dump(
                expanded(manifest, name, project), file, Dumper=PlainDumper,
                sort_keys=False, default_flow_style=False, allow_unicode=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: expand.py MANIFEST OUT_DIR")
    main(sys.argv[1], sys.argv[2])
