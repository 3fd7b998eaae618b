#!/usr/bin/env python3
"""Several checkouts of one workspace on one engine at once, from what Bayplan emits: names, ports, networks, volumes and
bases of two worktrees are apart, each script sees its own, and without `instances` the second one is refused.

usage: instances.py [PATH OF bayplan]

Needs an engine that DOCKER_HOST names and ENGINE_BUSYBOX, a static busybox. Without an engine it is skipped aloud, or
fails if CI=true. It uses names of its own, and removes what it made.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes
import program
from checks import check, failures

BAYPLAN = program.named()
M = f"bpi{os.getpid()}"
PROJECTS = [f"{M}-{name}" for name in ("data", "shop", "front")]
VARIABLE = "BAYPLAN_INSTANCE"
# The ports that the manifest publishes: of this process's own, for other tests run beside it.
PORT = 14000 + os.getpid() % 900 * 6

def environment(**variables):
    kept = {k: v for k, v in os.environ.items() if k != VARIABLE and not k.startswith("PORT_")}
    return {**kept, "PATH": f"{BAYPLAN.parent}:{os.environ['PATH']}", **variables}


def docker(*words):
    return processes.run(["docker", *words])


def run(root, script, *words, **variables):
    # Each checkout has a shell of its own.
    known = list(shells().values()) or [["sh"]]
    shell = known[sum(root.name.encode()) % len(known)]
    return processes.run([*shell, root / "scripts" / script, *words], cwd=root, env=environment(**variables))


def manifest(instances, fixed=False):
    sleep = 'command: [/bin/busybox, sleep, "100000"], stop_grace_period: 0s'
    subnet = "ipam: {config: [{subnet: 10.213.77.0/29}]}" if fixed else ""
    return f"""version: 1
name: {M}
{f"instances: {VARIABLE}" if instances else ""}
naming: {{image: ".*", project: ".*"}}
images:
  {M}-base: {{owner: {M}-data, build: ./base}}
  {M}-box: {{owner: {M}-data, needs: [{M}-base], build: ./box, service: {{{sleep}}}}}
  {M}-api:
    owner: {M}-shop
    needs: [{M}-base]
    build: {{context: ./api, tags: ["{M}-api-again"]}}
    service: {{{sleep}}}
projects:
  {M}-data:
    path: data
    services:
      db:
        image: {M}-box
        volumes: ["data:/data", "own:/own"]
        networks: [{M}-net]
        ports: ["127.0.0.1:{PORT}:5432"]
        labels: [kind=store]
    volumes: {{data: {{name: {M}-volume}}, own: }}
    networks: {{{M}-net: {{name: {M}-net, {subnet}}}}}
  {M}-shop:
    path: shop
    after: [{M}-data]
    services:
      api:
        image: {M}-api
        networks: [{M}-net, default]
        ports: ["127.0.0.1:{PORT + 1}:80", "127.0.0.1:{PORT + 2}:80", {{target: 81, published: {PORT + 3}, host_ip: 127.0.0.1}}]
      side: {{image: {M}-box, network_mode: "container:{M}-shop-api", depends_on: [api]}}
    networks: {{{M}-net: {{external: true}}, default: }}
  {M}-front:
    path: front
    after: [{M}-shop]
    services:
      web: {{image: {M}-api, networks: [inner], ports: ["127.0.0.1:{PORT + 4}:80/udp"]}}
    networks: {{inner: {{external: true, name: {M}-shop_default}}}}
"""


def checkout(root, text, which):
    for folder, base in (("data/base", "scratch"), ("data/box", f"{M}-base"), ("shop/api", f"{M}-base"), ("front", "")):
        (root / folder).mkdir(parents=True)
        if base:
            copied = "busybox /bin/busybox" if base == "scratch" else "text /text"
            # A base says which checkout it is of.
            (root / folder / "Dockerfile").write_text(f"FROM {base}\nCOPY {copied}\nLABEL of.{folder.split('/')[1]}={which}\n")
            (root / folder / "text").write_text(which)
    shutil.copy(os.environ["ENGINE_BUSYBOX"], root / "data/base/busybox")
    compile(root, text)
    return root


def compile(root, text):
    (root / "strategy.yaml").write_text(text)
    result = processes.run([BAYPLAN, "compile"], cwd=root, env=environment())
    check(f"{root.name}: it compiles", result.returncode == 0, result.stderr)


def containers(suffix):
    """What the engine says of the containers of the three projects of an instance, by name."""
    found = {}
    for project in PROJECTS:
        ids = docker("ps", "-aq", "--filter", f"label=com.docker.compose.project={project}{suffix}").stdout.split()
        for facts in json.loads(docker("inspect", *ids).stdout) if ids else []:
            found[facts["Name"].lstrip("/")] = facts
    return found


def running(suffix):
    return {name: facts["Id"] for name, facts in containers(suffix).items() if facts["State"]["Running"]}


def host_ports(facts):
    bindings = facts["HostConfig"]["PortBindings"] or {}
    return [binding["HostPort"] + port[-4:] for port, list in bindings.items() for binding in list]


def parts(suffix):
    """Everything that the containers of an instance are made of and that an engine holds once."""
    made = {"names": set(), "ports": [], "volumes": set(), "networks": set(), "images": set(), "identities": set()}
    for name, facts in containers(suffix).items():
        made["names"].add(name)
        made["ports"] += host_ports(facts)
        made["volumes"] |= {mount["Name"] for mount in facts["Mounts"] if mount["Type"] == "volume"}
        made["networks"] |= set(facts["NetworkSettings"]["Networks"])
        made["images"].add(facts["Config"]["Image"])
        made["identities"].add(facts["Image"])
    return made


def labels(reference):
    found = docker("image", "inspect", reference).stdout
    return (json.loads(found)[0]["Config"]["Labels"] or {}) if found.strip() not in ("", "[]") else {}


def remove():
    for kind, words in (("container", ["ps", "-aq", "--no-trunc"]), ("network", ["network", "ls", "-q"]),
                        ("volume", ["volume", "ls", "-q"])):
        for suffix in ("", "-one", "-two", "-side-tree"):
            for project in PROJECTS:
                ids = docker(*words, "--filter", f"label=com.docker.compose.project={project}{suffix}").stdout.split()
                if ids:
                    docker(kind, "rm", "-f", *ids)
    tags = [line for line in docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split()
            if line.startswith(f"{M}-")]
    if tags:
        docker("image", "rm", "-f", *tags)


def shells():
    """The shells that are there; a script in one is as good as in another."""
    return {name: words for name, words in (("dash", ["dash"]), ("bash", ["bash", "--posix"]), ("busybox", ["busybox", "sh"]), ("mksh", ["mksh"]))
            if shutil.which(words[0])}


def statically(root):
    """Linters and each shell's parser find nothing, and the help says what the scripts take more."""
    for path in sorted((root / "scripts").iterdir()):
        for words in (["shellcheck"], ["shfmt", "-d"]):
            if shutil.which(words[0]):
                result = processes.run([*words, path])
                check(f"{words[0]} {path.name}", result.returncode == 0, result.stdout + result.stderr)
        for name, words in shells().items():
            result = processes.run([*words, "-n", path])
            check(f"{name} -n {path.name}", result.returncode == 0 and not result.stderr, result.stderr)
            shown = processes.run([*words, path, "--instance", "one", "--help"], env=environment())
            lines = [line for line in shown.stdout.splitlines() if line.startswith("  --instance I ") and len(line) <= 80]
            check(f"{name}: {path.name} --help", shown.returncode == 0 and len(lines) == 1 and not shown.stderr, shown.stdout + shown.stderr)


def without(root):
    """Without `instances` the second checkout is refused, and told whose the containers are."""
    one, two = (checkout(root / name, manifest(False), name) for name in ("first", "second"))
    built, up = run(one, "build.sh"), run(one, "up.sh", PROJECTS[2])
    check("without instances: the first checkout starts", built.returncode == up.returncode == 0, built.stderr + up.stderr)
    before = running("")
    again = run(two, "up.sh", PROJECTS[2])
    check("without instances: the second is refused", again.returncode == 1, again.stderr)
    check("without instances: it says whose they are", f"another folder: {one / 'front'}" in again.stderr, again.stderr)
    check("without instances: it says how both can run", f"instances: {VARIABLE}" in again.stderr, again.stderr)
    check("without instances: nothing of the first was touched", running("") == before != {}, str(before))
    compile(one, manifest(True))
    status = run(one, "status.sh")
    check("instances are declared: what runs is seen as before", f"{M}-front-web" in status.stdout, status.stdout)
    down = run(one, "down.sh", "--all", "--volumes", "--yes")
    check("instances are declared: what ran before is stopped by the same names",
          down.returncode == 0 and not containers(""), down.stderr)


def refusals(one):
    for value in ("Two", "-two", "a b", "two\nthree", "auto", "ü", "$(id)", "a" * 33, "two/three", "two_three"):
        by_option = run(one, "up.sh", "--instance", value, PROJECTS[0])
        by_variable = run(one, "status.sh", **{VARIABLE: value})
        bad = [by_variable] if value == "auto" else [by_variable, by_option]
        check(f"{value!r} is refused", all(r.returncode == 2 and "no instance's name" in r.stderr and not r.stdout for r in bad),
              by_option.stderr + by_variable.stderr)
    empty = run(one, "up.sh", "--instance=", PROJECTS[0])
    check("an empty name is refused", empty.returncode == 2, empty.stderr)
    other = run(one, "up.sh", "--instance", "auto", PROJECTS[0])
    check("auto outside of a worktree is refused", other.returncode == 1 and "git worktree" in other.stderr, other.stderr)
    taken = one.parent / "taken"
    checkout(taken, manifest(True) + f"  {M}-shop-taken: {{path: taken, services: {{}}}}\n", "taken")
    same = run(taken, "up.sh", "--instance", "taken", PROJECTS[1])
    check("a name that makes one project another is refused", same.returncode == 2 and f"{M}-shop-taken is a project" in same.stderr,
          same.stderr)
    check("nothing was made by what is refused", not containers("") and not containers("-two"))


def side_by_side(root):
    one, two = (checkout(root / name, manifest(True), name) for name in ("one", "two"))
    statically(one)
    refusals(one)
    for checked, name in ((one, "one"), (two, "two")):
        built = run(checked, "build.sh", "--instance", name)
        up = run(checked, "up.sh", "--instance", name, "--write-env", PROJECTS[2])
        check(f"{name}: it builds and starts", built.returncode == up.returncode == 0, built.stderr + up.stderr)
        check(f"{name}: every container is up", len(running(f"-{name}")) == 4, str(running(f"-{name}")))
    first, second = parts("-one"), parts("-two")
    for kind in first:
        check(f"no {kind} shared", first[kind] and not set(first[kind]) & set(second[kind]), f"{first[kind]} {second[kind]}")
    for made in (first, second):
        check("each port is one of its own", len(made["ports"]) == len(set(made["ports"])) == 5, str(made["ports"]))
    for name in ("one", "two"):
        for image in ("box", "api"):
            found = labels(f"{M}-{image}:latest-{name}")
            check(f"{name}: {image} stands on the base of its own checkout", found.get("of.base") == name, str(found))
        check(f"{name}: further tags carry it, too", labels(f"{M}-api-again:latest-{name}").get("of.api") == name)
    check("no image without an instance was made", not labels(f"{M}-base") and not labels(f"{M}-api-again"))
    status = {name: run(checked, "status.sh") for checked, name in ((one, "one"), (two, "two"))}
    for name, other in (("one", "two"), ("two", "one")):
        listed = status[name].stdout.split("INSTANCE")[0]
        check(f"{name}: status.sh tells its own by the .env", f"-web-{name}" in listed and f"-{other}" not in listed,
              status[name].stdout + status[name].stderr)
        table = status[name].stdout.split("INSTANCE")[-1]
        check(f"{name}: status.sh lists both instances, and its own",
              f"{name} (this)" in table and f"\n{other} " in table and str(root / other) in table, table)
    seen = json.loads(run(one, "status.sh", "--json").stdout)
    check("JSON has the instances", seen["instance"] == "one" and {i["instance"] for i in seen["instances"]} == {"one", "two"}
          and all(i["running"] == i["containers"] for i in seen["instances"]), json.dumps(seen["instances"]))
    verified = run(two, "verify.sh")
    check("two: verify.sh finds everything", verified.returncode == 0, verified.stdout + verified.stderr)
    changed = run(two, "build.sh", "--changed")
    check("two: nothing is built again that did not change", "#1" not in changed.stderr and changed.returncode == 0, changed.stderr)
    (two / "shop/.env").rename(two / "shop/kept")
    planned = run(two, "status.sh", "--instance", "two", "--plan", PROJECTS[1])
    (two / "shop/kept").rename(two / "shop/.env")
    check("two: status.sh --plan knows the ports", planned.returncode == 0 and "recreate" not in planned.stdout and "keep 2" in planned.stdout,
          planned.stdout + planned.stderr)
    plain = processes.run(["docker", "compose", "up", "-d"], cwd=two / "shop", env=environment())
    check("two: plain docker compose follows, and finds nothing to change",
          plain.returncode == 0 and "ecreate" not in plain.stderr and "warn" not in plain.stderr.lower(), plain.stderr)
    return one, two


def refreshed(one, two):
    before, other = running("-one"), running("-two")
    ports = parts("-one")["ports"]
    (one / "data/base/Dockerfile").write_text("FROM scratch\nCOPY busybox /bin/busybox\nLABEL of.base=changed\n")
    result = run(one, "refresh.sh", f"{M}-base")
    after = running("-one")
    check("refresh.sh recreates every container that stands on the base",
          result.returncode == 0 and after.keys() == before.keys() and not set(after.values()) & set(before.values()),
          result.stdout + result.stderr)
    check("refresh.sh leaves the other checkout's running", running("-two") == other)
    check("refresh.sh keeps the ports", sorted(parts("-one")["ports"]) == sorted(ports), str(parts("-one")["ports"]))
    check("the other checkout's base is as it was", labels(f"{M}-api:latest-two").get("of.base") == "two")
    shown = run(one, "refresh.sh", "--dry-run", "--no-build", f"{M}-base")
    check("a dry run shows the instance", f"{VARIABLE}=one " in shown.stdout and f"-p {M}-data-one" in shown.stdout, shown.stdout)


def worktrees(root):
    """A git worktree gives its name, made one that an engine takes; what is in the way of two instances is told."""
    repository, tree = root / "repository", root / "Side_Tree"
    checkout(repository, manifest(True, fixed=True), "main")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-C", repository]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"], ["worktree", "add", "-q", tree, "-b", "side"]):
        made = processes.run([*git, *words])
        check(f"git {words[0]}", made.returncode == 0, made.stderr)
    main = run(repository, "status.sh", "--instance", "auto", "--json")
    check("auto in the main worktree is no instance", json.loads(main.stdout)["instance"] is None, main.stderr)
    built, up = run(tree, "build.sh", "--instance", "auto"), run(tree, "up.sh", "--instance", "auto", PROJECTS[0])
    check("auto in a worktree is its name", built.returncode == up.returncode == 0 and f"{M}-data-db-side-tree" in running("-side-tree"),
          built.stderr + up.stderr)
    run(repository, "build.sh")
    refused = run(repository, "up.sh", PROJECTS[0])
    check("a fixed subnet refuses the second instance, and says which has it",
          refused.returncode == 1 and "10.213.77.0/29" in refused.stderr and "side-tree" in refused.stderr, refused.stderr)
    kept = run(repository, "clean.sh", "--instance", "side-tree", "--yes")
    check("clean.sh leaves what runs in a folder that is there", f"{M}-data-db-side-tree" in running("-side-tree"),
          kept.stdout + kept.stderr)
    # The folder of a checkout goes: its instance can be cleaned from another one.
    shutil.rmtree(tree)
    left = run(repository, "clean.sh", "--instance", "side-tree", "--dry-run")
    check("clean.sh shows what a checkout left that is gone", f"container {M}-data-db-side-tree" in left.stdout
          and f"volume {M}-volume-side-tree" in left.stdout and f"{M}-data-db-side-tree" in running("-side-tree"), left.stdout + left.stderr)
    cleaned = run(repository, "clean.sh", "--instance", "side-tree", "--yes")
    tags = [tag for tag in docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stdout.split() if tag.startswith(M)]
    check("clean.sh --instance removes it whole", cleaned.returncode == 0 and not containers("-side-tree")
          and f"{M}-volume-side-tree" not in docker("volume", "ls", "-q").stdout
          and not [tag for tag in tags if tag.endswith("side-tree")], f"{cleaned.stdout}{cleaned.stderr}{tags}")
    check("clean.sh leaves the images of no instance", f"{M}-box:latest" in tags, str(tags))
    up = run(repository, "up.sh", PROJECTS[0])
    check("the checkout without an instance starts then", up.returncode == 0 and f"{M}-data-db" in running(""), up.stderr)
    remove()


def stopped(one, two):
    other = running("-two")
    down = run(one, "down.sh", "--all", "--volumes", "--yes")
    check("down.sh stops its own instance", down.returncode == 0 and not containers("-one") and running("-two") == other, down.stderr)
    volumes = docker("volume", "ls", "-q").stdout.split()
    check("down.sh --volumes removes its own", f"{M}-volume-one" not in volumes and f"{M}-volume-two" in volumes, str(volumes))
    ports = run(one, "up.sh", PROJECTS[0])
    check("an instance gets the ports of its .env again", ports.returncode == 0 and set(parts("-one")["ports"])
          <= set(line.split("=")[1] + "/tcp" for line in (one / "data/.env").read_text().splitlines() if line.startswith("PORT_")),
          ports.stderr)
    taken = run(two, "up.sh", "--instance", "one", PROJECTS[0])
    check("another folder does not take an instance over", taken.returncode == 1 and "another folder" in taken.stderr, taken.stderr)


def main():
    if not os.environ.get("DOCKER_HOST") or not os.environ.get("ENGINE_BUSYBOX"):
        print("instances: SKIPPED, there is no engine in DOCKER_HOST, or no static busybox in ENGINE_BUSYBOX", file=sys.stderr)
        sys.exit(1 if os.environ.get("CI") == "true" else 0)
    root = Path(tempfile.mkdtemp(prefix="bayplan-instances-")).resolve()
    try:
        without(root)
        worktrees(root)
        one, two = side_by_side(root)
        refreshed(one, two)
        stopped(one, two)
    finally:
        remove()
        shutil.rmtree(root, ignore_errors=True)
    print(f"instances: {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
