#!/usr/bin/env python3
"""One cache for a team and its CI, and what a release attests, on two engines: what one wrote, the other builds from.

usage: caching.py [PATH OF bayplan]

A workspace of eight images, whose every build would give other bytes, is built with the bake file on the first engine, and
by the scripts on a second one that has nothing. What was built anew there has other layers. Starts engines and registries
of its own in a network of its own. Where none can be started it is skipped aloud, or fails if CI=true.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import engines
import program
from checks import check, failures

REPOSITORY = Path(__file__).resolve().parents[3]
BAYPLAN = program.named()
# Each with what it is built from. BuildKit 0.13, which is Docker 26's, misses layers of a third stage at random.
IMAGES = {"base": [], "tools": [], "runtime": ["base"], "worker": ["base"], "api": ["base"], "jobs": ["base", "tools"], "site": ["tools"],
          "edge": ["tools"]}


def dockerfile(name, bases):
    lines = [f"FROM {bases[0]}" if bases else "FROM scratch", "COPY busybox /bin/busybox" if not bases else "COPY text /text"]
    lines += [f"COPY --from={base} /id /{base}" for base in bases[1:]]
    # Whoever runs it gives the image another layer.
    lines.append('RUN --network=none ["/bin/busybox", "sh", "-c", "cat /proc/sys/kernel/random/uuid > /id"]'.replace("cat", "/bin/busybox cat"))
    return "\n".join(lines) + "\n"


def workspace(parent, registry, busybox):
    root = Path(tempfile.mkdtemp(prefix="caching ", dir=parent)).resolve()
    for name, bases in IMAGES.items():
        folder = root / ("shop" if name in ("api", "edge") else "lib") / name
        folder.mkdir(parents=True)
        (folder / "Dockerfile").write_text(dockerfile(name, bases))
        if bases:
            (folder / "text").write_text(name)
        else:
            shutil.copy(busybox, folder / "busybox")
    images = "".join(
        f"  {name}: {{owner: {'shop' if name in ('api', 'edge') else 'lib'}, build: ./{name}, needs: [{', '.join(bases)}]}}\n"
        for name, bases in IMAGES.items())
    services = {p: ", ".join(f"{n}: " for n in IMAGES if (n in ("api", "edge")) == (p == "shop")) for p in ("lib", "shop")}
    (root / "strategy.yaml").write_text(f"""version: 1
name: caching
images:
{images}projects:
  lib: {{path: lib, services: {{{services['lib']}}}}}
  shop: {{path: shop, services: {{{services['shop']}}}}}
environments:
  ci: {{tag: ci, cache: '{registry}/cache:${{BRANCH:-main}}'}}
  live: {{registry: {registry}/shop, tag: "1.0", attest: {{provenance: max, sbom: generator={registry}/scanner:1}}}}
""")
    return root


def layers(engine, tag="ci"):
    out = engine.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", *[f"{name}:{tag}" for name in IMAGES])
    return {name: json.loads(line) for name, line in zip(IMAGES, out.stdout.splitlines()) if line}, out.stderr


def different(one, other):
    return sorted(name for name in IMAGES if one.get(name) != other.get(name))


def script(engine, root, name, *words, **more):
    return engine.run("sh", root / "scripts" / name, *words, cwd=root, **more)


def cache(parent, ci, team):
    root = workspace(parent, ci.registry, ci.environment["ENGINE_BUSYBOX"])
    # A copy beside the program: fingerprints become labels, as where a person works.
    (root / "bin").mkdir()
    shutil.copy(BAYPLAN, root / "bin/bayplan")
    path = {"PATH": f"{root}/bin:{ci.environment['PATH']}"}
    r = ci.run("bayplan", "compile", "-q", cwd=root, **path)
    check("it compiles", r.returncode == 0, r.stderr)
    r = ci.docker("buildx", "bake", "-f", "bake.json", "ci", cwd=root)
    check("CI builds eight images and writes what they are made of", r.returncode == 0, r.stderr)
    written, trouble = layers(ci)
    check("which CI's engine has", len(written) == 8 and all(written.values()), trouble)
    check("the team's engine has nothing", team.docker("image", "ls", "--quiet").stdout == "")
    r = script(team, root, "build.sh", "--environment", "ci", **path)
    check("build.sh builds all there", r.returncode == 0 and len(r.stdout.split()) == 8, r.stdout + r.stderr)
    read, trouble = layers(team)
    rebuilt = different(written, read)
    print(f"        rebuilt of {len(IMAGES)}: {len(rebuilt)} {' '.join(rebuilt)}", flush=True)
    check("and rebuilds none", rebuilt == [], trouble + r.stderr)
    r = script(team, root, "build.sh", "--environment", "ci", "--changed", **path)
    check("which it knows by their labels", r.returncode == 0 and r.stdout == "", r.stdout + r.stderr)
    r = script(team, root, "verify.sh", "--environment", "ci", "--quiet", **path)
    check("verify.sh takes them for this workspace's", r.returncode == 0, r.stdout + r.stderr)

    (root / "lib/tools/Dockerfile").write_text(dockerfile("tools", []) + "LABEL another=one\nCOPY busybox /another\n")
    team.docker("image", "rm", "--force", *[f"{name}:ci" for name in IMAGES])
    team.docker("builder", "prune", "--all", "--force")
    r = script(team, root, "build.sh", "--environment", "ci", "--jobs", "3", **path)
    read, trouble = layers(team)
    check("an edit rebuilds the image and what stands on it", different(written, read) == ["edge", "site", "tools"], (different(written, read), r.stderr, trouble))

    team.docker("image", "rm", "--force", *[f"{name}:ci" for name in IMAGES])
    team.docker("builder", "prune", "--all", "--force")
    r = script(team, root, "build.sh", "--environment", "ci", **{**path, "BRANCH": "other"})
    read, trouble = layers(team)
    check("another branch has a cache of its own", r.returncode == 0 and different(written, read) == sorted(IMAGES), (different(written, read), r.stderr))
    r = script(team, root, "build.sh", "--environment", "ci", "--no-cache", "base", **path)
    check("--no-cache reads none", r.returncode == 0 and "base" in different(written, layers(team)[0]), r.stderr)

    team.docker("image", "rm", "--force", *[f"{name}:ci" for name in IMAGES])
    team.docker("builder", "prune", "--all", "--force")
    r = team.docker("compose", "-f", "docker-compose.ci.yml", "build", "base", cwd=root / "lib")
    check("Compose reads it by the emitted file", r.returncode == 0 and layers(team, "ci") is not None and json.loads(team.docker(
        "image", "inspect", "--format", "{{json .RootFS.Layers}}", "base:ci").stdout) == written["base"], r.stderr)
    line = script(team, root, "build.sh", "--environment", "ci", "--dry-run", "runtime", **path).stdout.splitlines()[-1]
    r = team.run("sh", "-c", line, cwd="/", **path)
    check("what --dry-run prints can be run", r.returncode == 0 and "runtime" not in different(written, layers_of(team, "runtime", written)), line + r.stderr)
    return root, path


def layers_of(engine, name, others):
    out = engine.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", f"{name}:ci").stdout
    return {**others, name: json.loads(out)}


# What a scanner of Buildx's protocol does: one document for each source that it is shown.
SCANNER = """for source in "$BUILDKIT_SCAN_SOURCE"; do
  printf '{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://spdx.dev/Document","predicate":{"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"what is in it"}}' \\
    > "$BUILDKIT_SCAN_DESTINATION/$(/bin/busybox basename "$source").spdx.json"
done
"""


def attestations(parent, ci, root, path):
    scanner = Path(tempfile.mkdtemp(dir=parent))
    shutil.copy(ci.environment["ENGINE_BUSYBOX"], scanner / "busybox")
    (scanner / "scan.sh").write_text(SCANNER)
    (scanner / "Dockerfile").write_text('FROM scratch\nCOPY busybox /bin/busybox\nCOPY scan.sh /\nENTRYPOINT ["/bin/busybox", "sh", "/scan.sh"]\n')
    r = ci.docker("buildx", "build", "--push", "--tag", f"{ci.registry}/scanner:1", scanner)
    check("there is a scanner", r.returncode == 0, r.stderr)
    # What a busy machine's engine or registry breaks can be repeated, as the script says: then it pushes the rest.
    r = script(ci, root, "release.sh", "--environment", "live", "--version", "1.0", again=("Buildx failed; to repeat",), **path)
    # What Buildx prints while it builds hides the error.
    check("release.sh releases what is attested, without --platform", r.returncode == 0, r.stdout + r.stderr[-2000:])
    for name in ("base", "edge"):
        reference = f"{ci.registry}/shop/{name}:1.0"
        provenance, sbom = (ci.docker("buildx", "imagetools", "inspect", reference, "--format", f"{{{{json .{what}}}}}") for what in ("Provenance", "SBOM"))
        try:
            made = json.loads(provenance.stdout)["SLSA"]
            found = json.loads(sbom.stdout)["SPDX"]
        except (ValueError, KeyError):
            made, found = {}, {}
        print(f"        {name}: {made.get('buildType')}, {len(made.get('buildConfig', {}).get('llbDefinition', []))} steps; {found.get('spdxVersion')} {found.get('name')}")
        # With every step: that is what `max` asks for.
        check(f"the registry tells how {name} was built", "buildkit" in made.get("buildType", "") and made.get("buildConfig", {}).get("llbDefinition"), provenance)
        check(f"and what is in {name}", found.get("name") == "what is in it", sbom)
    r = script(ci, root, "release.sh", "--environment", "live", "--version", "1.0", **path)
    check("a repeat of it pushes nothing", r.returncode == 0 and "is in its registry already, and the same" in r.stderr, r.stderr)
    r = script(ci, root, "build.sh", "--environment", "ci", "base", **path)
    index = ci.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", "base:ci")
    check("what is built here is attested nowhere", r.returncode == 0 and index.returncode == 0, r.stderr)


def main():
    reason = engines.lacking()
    if reason:
        print(f"SKIPPED: {reason}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    engines.in_own_network()
    with tempfile.TemporaryDirectory(prefix="bayplan-caching-") as parent:
        # The scanner runs in a container, whose network is the engine's bridge. An engine without one removes it.
        with engines.Engine() as team, engines.Engine(bridge="") as ci:
            root, path = cache(parent, ci, team)
            attestations(parent, ci, root, path)
    print(f"{len(failures)} failed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
