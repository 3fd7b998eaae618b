"""What the scripts say where an engine, a registry, an option or a name is not there, in each shell with its own awk."""

import json

D = "sha256:" + "1" * 64
SCRIPTS = {"build.sh": [], "verify.sh": [], "up.sh": ["zixly"], "down.sh": ["--all"], "refresh.sh": ["trading-api"], "status.sh": [],
           "release.sh": ["--version", "1", "--registry", "r.example"], "clean.sh": []}


def run(h, shell, parent):
    def named(text):
        return f"[{shell}] {text}"

    engines(h, shell, parent, named)
    registries(h, shell, parent, named)
    words(h, shell, parent, named)
    pinned(h, shell, parent, named)
    running(h, shell, parent, named)


def engines(h, shell, parent, named):
    s = h.Stage(shell, h.GUIDE, parent)
    s.put("present", *[i[2] for i in h.GUIDE.images])
    s.put("down", "Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?")
    for script, words in [*SCRIPTS.items(), ("status.sh", ["--plan", "zixly"]), ("verify.sh", ["--check"]), ("build.sh", ["--changed"])]:
        r = s.run(script, *words, DOCKER_HOST="tcp://127.0.0.1:1")
        h.check(named(f"{script} {words}: which engine, once"), r.returncode == 1 and r.stderr.count("Cannot connect") == 1 and r.stderr.endswith(
            f"{script}: the engine does not answer: Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?\n"
            f"{script}: the variable DOCKER_HOST names that engine: tcp://127.0.0.1:1\n"
            f"{script}: start it there, or correct the variable; to ask the engine of this machine: unset DOCKER_HOST\n"), r.stderr)
    r = s.run("status.sh", "--json", DOCKER_HOST="tcp://127.0.0.1:1")
    h.check(named("status --json: the same, in JSON"), "unset DOCKER_HOST" in json.loads(r.stdout)["error"] and not r.stderr, r.stdout + r.stderr)
    for down, context, extra, parts in [
        ("Cannot connect to the Docker daemon at unix:///var/run/docker.sock.", "default", {}, ["start it: sudo systemctl start docker"]),
        ("permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get x: dial unix", "default", {}, ["sudo usermod -aG docker "]),
        ("Cannot connect to ssh://far", "far", {}, ["the context 'far' names that engine", "docker context use default"]),
        ("Cannot connect to ssh://far", "far", {"DOCKER_CONTEXT": "far"}, ["the context 'far' names that engine", "unset DOCKER_CONTEXT"]),
        ("Failed to initialize: unable to resolve docker endpoint: context \"gone\": context not found: open /x", "default", {}, ["docker context use default"]),
        ("Failed to initialize: context \"gone\": context not found", "default", {"DOCKER_CONTEXT": "gone"}, ["the context 'gone'", "unset DOCKER_CONTEXT"]),
    ]:
        s.put("down", down)
        s.put("context", context)
        r = s.run("verify.sh", **extra)
        h.check(named(f"engine: {down[:30]} {context} {extra}"), r.returncode == 1 and down in r.stderr and all(part in r.stderr for part in parts)
                and "Version" not in r.stderr, r.stderr)
    s.put("down", "Cannot connect to Podman.")
    r = s.run("up.sh", "zixly", DOCKER="podman")
    h.check(named("engine: Podman"), r.returncode == 1 and r.stderr.endswith("up.sh: to see what Podman lacks: podman info\n"), r.stderr)
    # A variable or context that is no engine's keeps the command from its plugins, too.
    (s.fake / "no-plugin").touch()
    (s.bin / "docker-compose").write_text("#!/bin/sh\nexit 127\n")
    (s.bin / "docker-compose").chmod(0o755)
    compose = h.Stage(shell, h.GUIDE, parent)
    compose.fake, compose.bin = s.fake, s.bin
    r = compose.run("build.sh", "trading-api", DOCKER_HOST="nowhere")
    h.check(named("engine: Compose is not what lacks"), r.returncode == 1 and "does not answer" in r.stderr and "neither" not in r.stderr, r.stderr)


def registries(h, shell, parent, named):
    s = h.Stage(shell, h.Workspace([], [("p", "p")], [("p", n, n, r, "-", "-") for n, r in
                                                      (("a", "r.example/a:1"), ("b", "r.example/b:401"), ("c", "denied:1"), ("d", "r.example/d:2"))]), parent)
    s.put("registry", f"denied:1 {D}")
    r = s.run("pin.sh", "--write")
    h.check(named("pin.sh: what is not there is not denied"), r.returncode == 1 and "the registry r.example has no r.example/b:401:" in r.stderr and "log in" not in r.stderr, r.stderr)
    s.put("offline")
    r = s.run("pin.sh", "--write")
    asked = [words[-1] for _, _, words in s.calls() if "inspect" in words]
    h.check(named("pin.sh: a registry that cannot be reached is asked once"), r.returncode == 1 and asked == ["r.example/a:1", "denied:1"]
            and r.stderr.count("the registry r.example cannot be reached:\n") == 1 and "not asked for: r.example/d:2\n" in r.stderr
            and "to repeat, once that is mended: scripts/pin.sh --write\n" in r.stderr, r.stderr)
    (s.fake / "offline").unlink()
    w = h.Stage(shell, h.GUIDE, parent)
    w.put("present", *[i[2] for i in h.GUIDE.images])
    w.put("registry")
    w.put("denied")
    r = w.run("release.sh", "--version", "1", "--registry", "r.example", "trading-api")
    h.check(named("release.sh: a registry that lets nobody in"), r.returncode == 1 and "docker login r.example\n" in r.stderr
            and "scripts/release.sh --version 1 --registry r.example trading-api --overwrite\n" in r.stderr, r.stderr)
    (w.fake / "denied").unlink()
    w.put("registry", "r.example/trading-api:1 " + D)
    r = w.run("release.sh", "--version", "1", "--registry", "r.example", "trading-api")
    h.check(named("release.sh: there, and another image"), r.returncode == 1 and "r.example/trading-api:1 is in its registry already, as another image\n" in r.stderr
            and "release under a version of its own, with --version\n" in r.stderr
            and "replace it: scripts/release.sh --version 1 --registry r.example --overwrite trading-api\n" in r.stderr, r.stderr)


def words(h, shell, parent, named):
    s = h.Stage(shell, h.GUIDE, parent)
    for script, given, part in [
        ("build.sh", ["--projct", "zixly"], "there is no option '--projct'; did you mean '--project'?\n"),
        ("build.sh", ["--projct=zixly"], "there is no option '--projct=zixly'; did you mean '--project'?\n"),
        ("build.sh", ["--changed=yes"], "--changed takes no value\n"), ("build.sh", ["-project", "zixly"], "did you mean '--project'?\n"),
        ("build.sh", ["--project", "zixli"], "there is no project 'zixli'; did you mean 'zixly'?\nbuild.sh: there are: trading, zixly\n"),
        ("build.sh", ["tradign-api"], "builds no image 'tradign-api'; did you mean 'trading-api'?\nbuild.sh: it builds: trading-api, arq-worker, "),
        ("build.sh", ["zixly"], "this workspace builds no image 'zixly'; to build what the project builds: --project zixly\n"),
        ("up.sh", ["zixli"], "there is no project 'zixli'; did you mean 'zixly'?\nup.sh: there are: trading, zixly\n"),
        ("up.sh", ["redis"], "there is no project 'redis'; to start the service 'redis' of a project: scripts/up.sh zixly redis\n"),
        ("up.sh", ["zixly", "redsi"], "zixly has no service 'redsi'; did you mean 'redis'?\n"),
        ("up.sh", ["--profile", "tradin", "zixly"], "zixly has no profile 'tradin'; did you mean 'trading'?\n"),
        ("up.sh", ["--wait-timout", "1"], "did you mean '--wait-timeout'?\n"), ("down.sh", ["--al"], "did you mean '--all'?\n"),
        ("down.sh", ["tradnig"], "did you mean 'trading'?\n"), ("status.sh", ["--jsno"], "did you mean '--json'?\n"),
        ("status.sh", ["--plan", "zixlyy"], "did you mean 'zixly'?\n"), ("verify.sh", ["--quite"], "did you mean '--quiet'?\n"),
        ("verify.sh", ["--project", "zxly"], "did you mean 'zixly'?\n"), ("refresh.sh", ["arq-wroker"], "did you mean 'arq-worker'?\n"),
        ("refresh.sh", ["--wach"], "did you mean '--watch'?\n"), ("clean.sh", ["--leftover"], "did you mean '--left-over'?\n"),
        ("release.sh", ["--version", "1", "--git-sah"], "did you mean '--git-sha'?\n"), ("pin.sh", ["reddis"], "there is no image 'reddis'; did you mean 'redis'?\n"),
        ("pin.sh", ["--environmen", "x"], "did you mean '--environment'?\n"), ("build.sh", ["--" + "x" * 200], "there is no option '--xxx"),
        ("build.sh", ["--completely-else"], "there is no option '--completely-else'\n"), ("up.sh", ["nope"], "there is no project 'nope'; there are: trading, zixly\n"),
    ]:
        r = s.run(script, *given)
        h.check(named(f"{script} {given}: what is meant"), r.returncode == 2 and part in r.stderr and r.stderr.endswith(f"{script}: see {script} --help\n") and not s.calls(), r.stderr)
    # Folders are of projects, and references of images.
    f = h.Stage(shell, h.Workspace([("1", "api", "r.example/team/api:1", "store", "-", "-"), ("1", "team/web", "web:latest", "7", "-", "-")], [("store", "shop"), ("7", "sub/nan")],
                                   [("store", "redis", "redis", "redis:7", "-", "-")]), parent)
    for script, given, meant in [
        ("up.sh", "shop", "store"), ("up.sh", "./shop", "store"), ("down.sh", "shop/", "store"), ("status.sh", str(f.root / "sub/nan"), "7"), ("verify.sh", "nan", "7"),
        ("build.sh", "sub/nan", "7"), ("status.sh", "../" + f.root.name + "/shop", "store"),
    ]:
        r = f.run(script, *(["--project"] if script in ("build.sh", "status.sh", "verify.sh") else []), given)
        h.check(named(f"{script} {given}: a folder"), r.returncode == 2 and f"there is no project '{given}'; that folder is of: {meant}\n" in r.stderr and not f.calls(), r.stderr)
    r = f.run("up.sh", ".", cwd=f.root / "shop")
    h.check(named("up.sh: the folder that one is in"), r.returncode == 2 and "that folder is of: store\n" in r.stderr, r.stderr)
    for given in ("sub", ".", "/", "..", ""):
        r = f.run("up.sh", given)
        h.check(named(f"up.sh {given!r}: no project's folder"), r.returncode == 2 and "there are: store, 7\n" in r.stderr and "folder" not in r.stderr, r.stderr)
    for given, meant in [("api:latest", "api"), ("r.example/team/api:1", "api"), ("other:5000/api", "api"), ("team/api@" + D, "api"), ("x/team/web:2", "team/web"), ("web:1", "team/web")]:
        for script, words in (("build.sh", []), ("refresh.sh", []), ("release.sh", ["--version", "1", "--registry", "r.example"])):
            r = f.run(script, *words, given)
            h.check(named(f"{script} {given}: a reference"), r.returncode == 2 and f"builds no image '{given}'; did you mean '{meant}'?\n" in r.stderr and not f.calls(), r.stderr)
    for given in ("myapi:1", "ap:1", ":1", "@", "/"):
        r = f.run("build.sh", given)
        h.check(named(f"build.sh {given}: no image's reference"), r.returncode == 2 and "it builds: api, team/web\n" in r.stderr, r.stderr)
    r = f.run("pin.sh", "redis:7")
    h.check(named("pin.sh: a reference"), r.returncode == 2 and "there is no image 'redis:7'; did you mean 'redis'?\n" in r.stderr, r.stderr)
    # Names that look like numbers are texts; the first of the nearest counts.
    n = h.Stage(shell, h.Workspace([("1", i, i + ":latest", "p", "-", "-") for i in ("07", "7e1", "70", "nan")], [("p", "p")]), parent)
    for given, meant in [("7", "07"), ("7e2", "7e1"), ("0x7", "07"), ("nna", "nan"), ("7.0", "70")]:
        r = n.run("build.sh", given)
        h.check(named(f"build.sh {given}: {meant} is meant"), r.returncode == 2 and f"no image '{given}'; did you mean '{meant}'?\n" in r.stderr, r.stderr)
    e = h.Stage(shell, h.EMPTY, parent)
    r = e.run("build.sh", "x")
    h.check(named("build.sh: no image at all"), r.returncode == 2 and "this workspace builds no image 'x': there are none\n" in r.stderr, r.stderr)


def pinned(h, shell, parent, named):
    images = [("1", "api", "api:latest", "p", "-", "-"), ("1", "web", "web:latest", "p", "-", "-")]
    there = h.Workspace([(*i[:2], f"r.example/{i[1]}:1.0", *i[3:]) for i in images], [("p", "p")], [("p", "api", "api", "r.example/api:1.0@" + D, "-", "-")])
    workspace = h.Workspace(images, [("p", "p")], environments=[("live", there), ("test", there), ("bare", there)], registries=[("live", "r.example", "1.0")],
                            pinned=[("live", "api", "-", "registry"), ("test", "web", "own", "registry"),
                                    ("bare", "api", "-", "-"), ("bare", "web", "own", "registry")])
    s = h.Stage(shell, workspace, parent)
    s.put("services", "api r.example/api:1.0", "web r.example/web:1.0")
    r = s.run("build.sh", "--environment", "live", "api")
    h.check(named("build.sh: a pinned image is not built"), r.returncode == 1 and not s.calls() and r.stderr.splitlines() == [
        "build.sh: live runs these by the digests that the manifest pins, whatever is built here: api",
        "build.sh: to have live run what their inputs make now, raise its tag in the manifest; then:", "    bayplan compile", "    scripts/build.sh api",
        "    scripts/release.sh --environment live --version V api", "    scripts/pin.sh --environment live --built --write api", "    bayplan compile",
        "build.sh: nothing was built"], r.stderr)
    r = s.run("build.sh", "--environment", "live")
    h.check(named("build.sh: the others are"), r.returncode == 0 and s.built() == ["web"] and "whatever is built here: api\n" in r.stderr, r.stderr)
    r = s.run("build.sh", "--environment", "test", "web")
    h.check(named("build.sh: what is built to be released is told"), r.returncode == 0 and s.built() == ["web"]
            and "test runs these by the digests that the manifest pins, not what was built: web\n" in r.stderr, r.stderr)
    r = s.run("build.sh", "--environment", "bare", "api")
    h.check(named("build.sh: what has no registry is not released"), r.returncode == 1 and not s.calls() and "release.sh" not in r.stderr and r.stderr.endswith(
        "build.sh: bare has no registry that these could be released to: api\n"
        "build.sh: give it one in the manifest, or take their digests out of it; then: bayplan compile\nbuild.sh: nothing was built\n"), r.stderr)
    r = s.run("build.sh", "--environment", "bare", "web")
    h.check(named("build.sh: what has one there is"), r.returncode == 0 and "no registry" not in r.stderr
            and "scripts/release.sh --environment bare --version V web\n" in r.stderr, r.stderr)
    r = s.run("build.sh", "api", "web")
    h.check(named("build.sh: development runs what is built"), r.returncode == 0 and s.built() == ["api", "web"] and "digests" not in r.stderr, r.stderr)
    r = s.run("refresh.sh", "--environment", "live", "api")
    h.check(named("refresh.sh: nor"), r.returncode == 1 and not s.built() and "nothing was built" in r.stderr, r.stderr)


def running(h, shell, parent, named):
    """Containers that run another reference than their Compose file names."""
    services = [("7", n, n, r, "-", "-") for n, r in (("07", "redis:7"), ("db", "docker.io/library/db"), ("nan", "x:1@" + D), ("v", "v:${V}"))]
    live = h.Workspace([], [("7", "p")], [("7", "07", "07", "redis:8", "-", "-")], files=[("7", "p/docker-compose.live.yml")])
    s = h.Stage(shell, h.Workspace([], [("7", "p")], services, environments=[("live", live)]), parent)
    s.put("present", "redis:6", "redis:8", "db:latest", "x@" + D, "v:1")
    s.put("listing", f"{h.identity('x@' + D)}|1MB|a day ago")
    s.put("containers", *[f"7 c{n} - sha256:{h.identity(runs)} /7-{name} {service}" for n, name, service, runs in
                          ((1, "07", "07", "redis:6"), (2, "db", "db", "db:latest"), (3, "nan", "nan", "x@" + D), (4, "v", "v", "v:1"), (5, "live", "07", "redis:8"))])
    s.put("runs", "c1 redis:6", "c2 db", "c3 x@" + D, "c4 v:1", "c5 redis:8")
    s.put("folders", f"c5 {str(s.root / 'p').replace(' ', '%')} {str(s.root / 'p/docker-compose.live.yml').replace(' ', '%')}")
    r = s.run("status.sh")
    lines = [line for line in r.stdout.splitlines() if " not " in line or "names" in line]
    h.check(named("status.sh marks what runs another reference"), r.returncode == 0 and len(lines) == 2 and lines[0].endswith("Up 2 minutes, not redis:7")
            and lines[1] == "7-07 runs redis:6, and its Compose file names redis:7. To replace it:" and "    scripts/up.sh 7 07\n" in r.stdout
            and "of another reference: 1" in r.stderr, r.stdout + r.stderr)
    found = {(c["container"], c["declared"], c["stale"], c["command"]) for c in json.loads(s.run("status.sh", "--json").stdout)["containers"]}
    h.equal(named("status.sh --json tells what is declared"), found, {
        ("7-07", "redis:7", False, "scripts/up.sh 7 07"), ("7-db", "docker.io/library/db", False, None), ("7-nan", "x:1@" + D, False, None),
        ("7-v", None, False, None), ("7-live", "redis:8", False, None)})
    sizes = [w for _, _, w in s.calls() if w[1:3] == ["image", "ls"]]
    h.check(named("sizes are asked for by digests"), "reference=x@" + D in sizes[0] and "reference=x" in sizes[0], str(sizes))
    # A plan where nothing would start.
    s.put("containers", f"7 c5 - sha256:{h.identity('redis:8')} /7-07 07")
    r = s.run("status.sh", "--plan", "7")
    h.check(named("status.sh --plan: nothing would start"), r.returncode == 0 and not r.stdout and r.stderr.endswith(
        "status.sh: up.sh would start nothing: another folder's project or another environment started 7-07\n"
        "status.sh: to stop that first, which keeps its volumes: scripts/down.sh --environment live 7\n"), r.stdout + r.stderr)
