"""Tries what `after` makes of up.sh, down.sh and status.sh, with the recording fake docker; names look like numbers."""


def run(h, shell, parent):
    def named(text):
        return f"[{shell}] after: {text}"

    # nan <- 7/db, 7/cache; 07 <- nan; lone; all <- 07, and everything of 7
    services = [("7", "db", "postgres", "postgres:16", "-", "-"), ("7", "cache", "redis", "redis:7", "-", "p"), ("7", "job", "postgres", "postgres:16", "-", "q"),
                ("nan", "api", "api", "api:latest", "7", "-"), ("07", "web", "web", "web:latest", "7", "-"), ("lone", "web", "web", "web:latest", "7", "-"),
                ("all", "x", "web", "web:latest", "7", "-"), ("gated", "x", "web", "web:latest", "7", "p"), ("after-gated", "x", "web", "web:latest", "7", "-")]
    projects = [(name, name) for name in dict.fromkeys(s[0] for s in services)]
    after = [("nan", "7", "db"), ("nan", "7", "cache"), ("07", "nan", "*"), ("07", "7", "db"), ("all", "07", "*"), ("all", "7", "*"), ("after-gated", "gated", "*")]
    workspace = h.Workspace([("1", "api", "api:latest", "7", "-", "-"), ("1", "web", "web:latest", "7", "-", "-")], projects, services, after=after,
                            environments=[("live", h.Workspace([], projects, services, files=[(n, f"{n}/docker-compose.live.yml") for n, _ in projects]))])
    s = h.Stage(shell, workspace, parent)
    s.put("present", "api:latest", "web:latest")

    def composed(*verbs):
        return [(w[5], w[6:]) for _, _, w in s.calls() if w[2:3] == ["-f"] and any(v in w for v in verbs)]

    start = ["up", "-d", "--no-build"]
    up(s)
    r = s.run("up.sh", "07")
    h.equal(named("a chain is started in order"), (r.returncode, composed("up")),
            (0, [("7", ["--profile", "p", *start, "--", "db", "cache"]), ("nan", start), ("07", start)]))
    h.check(named("progress is told"), "starting 7 (1 of 3)\nup.sh: starting nan (2 of 3)\nup.sh: starting 07 (3 of 3)\n" in r.stderr, r.stderr)
    r = s.run("up.sh", "all")
    h.equal(named("all of a project and some of it are all of it"), (r.returncode, composed("up")),
            (0, [("7", start), ("nan", start), ("07", start), ("all", start)]))
    r = s.run("up.sh", "lone")
    h.equal(named("nothing more than is needed"), (r.returncode, composed("up"), r.stderr), (0, [("lone", start)], "up.sh: started lone\n"))
    r = s.run("up.sh", "--profile", "q", "--wait-timeout", "9", "7")
    h.equal(named("a profile is of the project that is named"), (r.returncode, composed("up")), (0, [("7", ["--profile", "q", *start])]))
    s.put("up-fails-of", "7")
    r = s.run("up.sh", "--wait-timeout=9", "07", "web")
    h.equal(named("one failure, and what it blocks"), (r.returncode, [p for p, _ in composed("up")], r.stderr.splitlines()[1:]), (1, ["7"], [
        "up.sh: 7 did not start, so these were not started, which need it: nan, 07", "up.sh: to repeat: scripts/up.sh --wait-timeout 9 07 web"]))
    s.put("up-fails-of")
    s.put("present", "web:latest")
    r = s.run("up.sh", "07")
    h.check(named("an image is missing of what must run before"), r.returncode == 1 and "api:latest is missing" in r.stderr and not composed("up"), r.stderr)
    s.put("present", "api:latest", "web:latest")

    # What cannot start is noticed before what must run first is started.
    up(s)
    file = s.root / "07/docker-compose.yml"
    file.unlink()
    r = s.run("up.sh", "07")
    h.check(named("a Compose file is not there"), r.returncode == 1 and not composed("up") and r.stderr ==
            f"up.sh: the Compose file of 07 is not there: {file}\nup.sh: nothing was started; to write it, in {s.root}: bayplan compile\n", r.stderr)
    file.parent.rename(s.root / "away")
    r = s.run("up.sh", "07")
    h.check(named("nor its folder"), r.returncode == 1 and not composed("up") and f"up.sh: the folder of 07 is not there: {file.parent}\n" in r.stderr, r.stderr)
    s.put("containers", "07 d1 - sha256:0 /07-web web")
    r = s.run("down.sh", "07")
    h.equal(named("down.sh needs no file"), (r.returncode, composed("down"), [(f, w[2:]) for f, _, w in s.calls() if "down" in w]),
            (0, [], [("/", ["-p", "07", "down", "--remove-orphans"])]))
    (s.root / "away").rename(file.parent)
    file.touch()
    up(s)
    s.put("unreadable", "env file nope.env not found")
    r = s.run("up.sh", "07")
    h.check(named("a file that Compose cannot read"), r.returncode == 1 and not composed("up") and r.stderr ==
            "up.sh: Compose cannot start 07: env file nope.env not found\nup.sh: nothing was started; to repeat: scripts/up.sh 07\n", r.stderr)
    (s.fake / "unreadable").unlink()
    r = s.run("up.sh", "07")
    asked = [w[2:] for _, _, w in s.calls() if w[1] == "compose" and "up" not in w]
    h.equal(named("that is asked in the place of Compose's version"), (r.returncode, asked), (0, [["-f", str(file), "-p", "07", "config"]]))
    s.put("present", "api:latest", "web:latest", "postgres:16", "redis:7")
    p = h.Stage(shell, h.Workspace([], [("7", "7"), ("nan", "nan")], [("7", "db", "db", "db:1", "-", "-"), ("nan", "api", "api", "r.example/api:1", "-", "-"),
                                                                       ("nan", "side", "side", "side:1", "-", "x"), ("nan", "there", "there", "there:1", "-", "-")],
                                   after=[("nan", "7", "*")]), parent)
    p.put("present", "there:1")

    def verbs():
        return [(w[5], w[6:]) for _, _, w in p.calls() if w[2:3] == ["-f"] and "config" not in w]

    r = p.run("up.sh", "nan")
    h.equal(named("what is missing of a registry's is pulled first"), (r.returncode, verbs()), (0, [("nan", ["pull", "--", "api"]), ("7", start), ("nan", start)]))
    h.check(named("and told"), "up.sh: pulling what nan lacks: r.example/api:1\n" in r.stderr, r.stderr)
    p.put("up-fails-of", "nan")
    r = p.run("up.sh", "nan")
    h.check(named("what cannot be pulled starts nothing"), r.returncode == 1 and [v[1][0] for v in verbs()] == ["pull"]
            and "up.sh: nothing was started, for nan lacks what cannot be pulled; to repeat: scripts/up.sh nan\n" in r.stderr, r.stderr)
    p.put("up-fails-of")
    p.put("present", "there:1", "r.example/api:1")
    p.run("up.sh", "nan")
    h.equal(named("what is there is not pulled"), [v[1][0] for v in verbs()], ["up", "up"])
    p.put("present")
    p.run("up.sh", "7")
    h.equal(named("nor what starts first"), [v[1][0] for v in verbs()], ["up"])
    preflight(h, shell, parent, named)

    # Why something did not start.
    s.put("up-fails-of", "lone")
    s.put("containers", "lone a1 - sha256:0 /lone-web web", "07 a2 - sha256:0 /07-web web")
    s.put("states", "a1 created 0 - no Created", "a2 created 0 - no Created")
    bound = "driver failed: Error starting userland proxy: listen tcp4 0.0.0.0:{}: bind: address already in use"
    for trouble, publishing, words in [
        (bound.format(8080), "other ", "lone-web needs port 8080, which other has; to stop it: docker stop other\n"),
        (bound.format(8080), "all-x 1 all", "lone-web needs port 8080, which all-x has; to stop its project: scripts/down.sh all\n"),
        (bound.format(8080), "x-y 1 elsewhere", "which x-y has; to stop it: docker stop x-y\n"),
        ("Bind for [::]:53 failed: port is already allocated", "", "lone-web needs port 53, which no container of this engine has, but another program; to see which: lsof -i :53\n"),
        ("failed to bind host port for 127.0.0.1:8081:172.18.0.2:80/tcp: address already in use", "", "needs port 8081,"),
        ("no such network", "x-y 1 elsewhere", None), ("address already in use", "x", None), ("", "x", None),
    ]:
        s.put("troubles", f"/lone-web {trouble}")
        s.put("publishing", *([publishing] if publishing else []))
        r = s.run("up.sh", "lone")
        h.check(named(f"a port that is taken: {trouble} {publishing}"), r.returncode == 1 and r.stderr.endswith("up.sh: lone did not start; to repeat: scripts/up.sh lone\n")
                and (words in r.stderr if words else "needs port" not in r.stderr), r.stderr)
        h.equal(named("the project's containers are asked for that"), [w[-1] for _, _, w in s.calls() if "{{.Name}} {{.State.Error}}" in w], ["a1"])
    (s.fake / "troubles").unlink()
    s.put("logs", "starting", "no \033[31mconfiguration")
    for state, told in [("a1 exited 3 - no Exited (3)", True), ("a1 running 0 unhealthy no Up", True), ("a1 restarting 1 - always Restarting", True), ("a1 running 0 - no Up", False)]:
        s.put("states", state)
        r = s.run("up.sh", "lone")
        h.check(named(f"what a container wrote: {state}"), r.returncode == 1 and ("up.sh: the last lines that lone-web wrote:\n    starting\n    no ?[31mconfiguration\n"
                "up.sh: to see all of them: docker logs lone-web\n" in r.stderr) == told, r.stderr)
    s.put("logs")
    s.put("up-fails-of")

    # How containers are decides what is started, and whether it has.
    job = "d1 exited 0 - no Exited (0) 2 minutes ago"
    for what, states, blocked, words in [
        ("what runs already is left as it is", ["d1 running 0 healthy always Up"], [], None),
        ("a job that is done counts as started", [job], [], None),
        ("so does one that may be tried again", ["d1 exited 0 - on-failure Exited (0)"], [], None),
        ("one that ended with an error has failed", ["d1 exited 3 - no Exited (3)"], ["7"], "7-db ended with exit status 3"),
        ("one that is unhealthy has failed", ["d1 running 0 unhealthy always Up"], ["7"], "7-db is unhealthy"),
        ("one that is not healthy in time has failed", ["d1 running 0 starting always Up"], ["7"], "7-db is not healthy yet, after 1 seconds"),
        ("one that always restarts has not done its work", ["d1 exited 0 - always Exited (0)"], ["7"], "7-db has ended with exit status 0, after 1"),
        ("a job that others wait for has not started before it is done", ["d1 running 0 - - Up", "d3 running 0 - no Up"], ["7"], "7-migrate has not done its work yet, after 1"),
        ("what it depends on counts, too", ["d1 running 0 - always Up", "d3 exited 2 - no Exited (2)"], ["7"], "7-migrate ended with exit status 2"),
    ]:
        s.put("containers", "7 d1 - sha256:0 /7-db db", "7 d2 - sha256:0 /7-cache cache", "7 d3 - sha256:0 /7-migrate migrate", "7 d4 True sha256:0 /once db",
              "07 d5 - sha256:0 /seven db")
        s.put("depends", "d1 migrate:service_completed_successfully:false,gone:service_started:true")
        s.put("states", *states, *([] if any(x.startswith("d3") for x in states) else ["d3 exited 0 - no Exited (0)"]), "d4 dead 9 - no Dead", "d5 dead 9 - no Dead")
        r = s.run("up.sh", "--wait-timeout", "1", "nan")
        h.equal(named(what), (r.returncode, [p for p, _ in composed("up")]), (1 if blocked else 0, blocked or ["nan"]))
        h.check(named(what + ": told"), words is None or f"up.sh: {words}" in r.stderr, r.stderr)
    s.put("states", job.replace("d1", "d9").replace(" 0 ", " 1 "), "d3 exited 0 - no Exited (0)", "d5 dead 9 - no Dead")
    s.put("containers", "nan d9 - sha256:0 /nan-api api")
    r = s.run("up.sh", "--wait", "nan")
    h.check(named("--wait waits for the project, too"), r.returncode == 1 and "nan-api ended with exit status 1" in r.stderr and composed("up")[-1][0] == "nan", r.stderr)
    r = s.run("up.sh", "after-gated")
    h.check(named("what must run before has profiles"), r.returncode == 2 and "COMPOSE_PROFILES=p scripts/up.sh after-gated\n" in r.stderr and not composed("up"), r.stderr)
    r = s.run("up.sh", "after-gated", COMPOSE_PROFILES="p")
    h.equal(named("COMPOSE_PROFILES choose there, too"), (r.returncode, composed("up")), (0, [("gated", start), ("after-gated", start)]))

    # Whose containers they are.
    for folder, file, code, words in [
        (s.root / "lone", s.root / "lone/docker-compose.yml", 0, ""),
        (s.root / "scripts/../lone", "docker-compose.yml", 0, ""),
        (s.root / "lone", f"{s.root}/lone/mine.yml", 0, ""),
        ("/some/\\u003cother\\nplace", "/some/other/place/docker-compose.yml", 1, "lone-web is of the project lone of another folder: /some/<other\\nplace"),
        (s.root / "lone", f"{s.root}/lone/docker-compose.live.yml", 1, "lone-web was started for live, not for development"),
    ]:
        s.put("containers", "lone a1 - sha256:0 /lone-web web")
        s.put("folders", f"a1 {str(folder).replace(' ', '%')} {str(file).replace(' ', '%')}")
        for script in ("up.sh", "down.sh"):
            r = s.run(script, "lone")
            h.check(named(f"{script}: containers from {file}"), r.returncode == code and bool(composed("up", "down")) == (code == 0) and words in r.stderr, r.stderr)
    h.check(named("the command that stops those of another environment"), "scripts/down.sh --environment live lone\n" in r.stderr, r.stderr)
    r = s.run("up.sh", "--environment", "live", "lone")
    h.equal(named("which may start them"), r.returncode, 0)
    s.put("folders")

    down(h, s, named, composed)
    s.put("containers")
    r = s.run("status.sh", "--project", "07")
    h.check(named("status.sh shows it"), r.stdout.endswith("\nPROJECT  STARTS AFTER\n07       nan\n07       7/db\n"), r.stdout)


# As Compose prints a project that it has read; the text in it looks like more of it.
DEFINITION = """name: "07"
services:
  "8":
    command:
      - 'ports:'
      - |
        published: "1"
    image: web:1
    networks:
      edge: null
      own: null
    ports:
      - mode: ingress
        host_ip: 127.0.0.1
        target: 80
        published: "8080"
        protocol: tcp
      - name: x
        mode: ingress
        target: 53
        published: "53"
        protocol: udp
      - mode: ingress
        target: 81
        protocol: tcp
      - mode: ingress
        target: 82
        published: 9000-9010
        protocol: tcp
    volumes:
      - type: volume
        source: data
        target: /data
        volume: {}
      - type: bind
        source: /kept
        target: /kept
  side:
    image: web:1
    network_mode: host
    ports:
      - target: 70
        published: "70"
        protocol: tcp
  other:
    image: web:1
    networks:
      far: null
    ports:
      - target: 71
        published: "71"
        protocol: tcp
networks:
  edge:
    name: nan
    external: true
  far:
    name: far
    external: true
  own:
    name: 07_own
volumes:
  data:
    name: shared
    external: true
"""


def preflight(h, shell, parent, named):
    """A port that is taken, or what nobody has made, is found before what must run first is started."""
    services = [("7", "db", "db", "db:1", "-", "-"), ("07", "8", "web", "web:1", "-", "-"), ("07", "side", "web", "web:1", "-", "-"),
                ("07", "other", "web", "web:1", "-", "q"), ("far", "x", "web", "web:1", "-", "-")]
    volumes = [("network", "07", "edge", "external", "nan"), ("network", "far", "far", "other", "far"), ("network", "7", "nan", "other", "7_nan"),
               ("volume", "07", "data", "external", "shared")]
    s = h.Stage(shell, h.Workspace([], [("7", "7"), ("07", "07"), ("far", "far")], services, after=[("07", "7", "*")], volumes=volumes), parent)
    s.put("present", "db:1", "web:1")
    (s.fake / "definition.07").write_text(DEFINITION)

    def run(*words):
        # What listens on the machine of this test is nothing to it.
        r = s.run("up.sh", *words, DOCKER_CONTEXT="elsewhere")
        return r, [w[5] for _, _, w in s.calls() if "up" in w], [w for _, _, w in s.calls()]

    def refused(what, *lines, words=("07",)):
        r, started, calls = run(*words)
        h.equal(named(f"before anything starts: {what}"), (r.returncode, started, r.stderr.splitlines()),
                (1, [], [*(f"up.sh: {line}" for line in lines), f"up.sh: nothing was started; to repeat: scripts/up.sh {' '.join(words)}"]))

    s.put("network-names", "nan")
    s.put("volume-names", "shared")
    r, started, calls = run("07")
    h.equal(named("nothing is taken, and all is there"), (r.returncode, started), (0, ["7", "07"]))
    h.equal(named("asked for that: who has ports, which networks and volumes there are"), [w[1:3] for w in calls if w[-1] == "{{.Name}}" or "{{.Ports}}" in w[-1]],
            [["container", "ls"], ["network", "ls"], ["volume", "ls"]])
    for held, words in [
        ("x\t\t127.0.0.1:8080->80/tcp", "which x has; to stop it: docker stop x"),
        ("x\t\t0.0.0.0:1->1/tcp, [::]:8079-8081->8079-8081/tcp, 0.0.0.0:8079-8081->8079-8081/tcp", "which x has; to stop it: docker stop x"),
        ("far-x\tfar\t0.0.0.0:8080->9/tcp", "which far-x has; to stop its project: scripts/down.sh far"),
    ]:
        s.put("held", held)
        refused(held, f"8 of 07 needs port 8080, {words}")
    s.put("held", "dns\t\t127.0.0.1:53->53/udp")
    refused("a port of UDP", "8 of 07 needs port 53, which dns has; to stop it: docker stop dns")
    for held in ["x\t\t127.0.0.2:8080->80/tcp", "x\t\t[::1]:8080->80/tcp", "x\t\t0.0.0.0:8080->80/udp", "x\t\t53/udp, 8080/tcp", "x\t\t0.0.0.0:9005->1/tcp, 0.0.0.0:70-71->70-71/tcp",
                 "x\t\t192.0.2.1:53->53/udp", "07-8\t07\t127.0.0.1:8080->80/tcp", "7-db\t7\t0.0.0.0:8080->80/tcp"]:
        s.put("held", held)
        r, started, _ = run("07")
        h.equal(named(f"in nobody's way: {held}"), (r.returncode, started, r.stderr.count("needs")), (0, ["7", "07"], 0))
    s.put("held", "x\t\t0.0.0.0:71->71/tcp")
    r, started, _ = run("07", "8")
    h.equal(named("what is not named needs nothing"), (r.returncode, started), (0, ["7", "07"]))
    refused("what is named", "other of 07 needs port 71, which x has; to stop it: docker stop x",
            "other of 07 needs the network far, which far creates; to start that first: scripts/up.sh far", words=("07", "other"))
    s.put("held")
    s.put("network-names", "na", "07")
    s.put("volume-names")
    refused("a network and a volume that nobody has made", "8 of 07 needs the network nan, which is not there; to create it: docker network create nan",
            "8 of 07 needs the volume shared, which is not there; to create it: docker volume create shared")
    s.put("swarm", "active")
    refused("a network that a swarm may know", "8 of 07 needs the volume shared, which is not there; to create it: docker volume create shared")
    # What starts in between is asked for where its Compose file names a port, or what somebody else makes.
    (s.root / "7/docker-compose.yml").write_text("    ports:\n")
    (s.fake / "definition.7").write_text('name: "7"\nservices:\n  db:\n    ports:\n      - target: 1\n        published: "5432"\n')
    s.put("volume-names", "shared")
    s.put("held", "pg\t\t0.0.0.0:5432->5432/tcp")
    refused("of what must run first", "db of 7 needs port 5432, which pg has; to stop it: docker stop pg")


def up(s):
    s.put("containers")
    s.put("states")


def down(h, s, named, composed):
    def stopped():
        return [p for p, _ in composed("down")]

    s.put("states")
    s.put("containers", *[f"{name} {n}a - sha256:0 /{name}-x x" for n, name in enumerate(("7", "nan", "07", "all"), 1)], "7 5a True sha256:0 /once db")
    s.put("networks", "7", "lone")
    r = s.run("down.sh", "--all")
    h.equal(named("down --all: the last to start first"), (r.returncode, stopped()), (0, ["lone", "all", "07", "nan", "7"]))
    h.equal(named("down: every profile, orphans, no volumes"), composed("down")[-1][1], ["--profile", "p", "--profile", "q", "down", "--remove-orphans"])
    jobs = [w[2:] for _, _, w in s.calls() if w[1] == "container" and w[2] in ("stop", "rm")]
    h.equal(named("down: jobs of a single run"), jobs, [["stop", "--", "5a"], ["rm", "--force", "--", "5a"]])
    r = s.run("down.sh", "nan")
    h.check(named("down: what starts after it runs"), r.returncode == 1 and not stopped() and "these start, which run: 07, all\n" in r.stderr
            and "scripts/down.sh --with-dependents nan\n" in r.stderr and "scripts/down.sh --only nan\n" in r.stderr, r.stderr)
    r = s.run("down.sh", "--with-dependents", "nan")
    h.equal(named("down --with-dependents"), (r.returncode, stopped()), (0, ["all", "07", "nan"]))
    r = s.run("down.sh", "--only", "nan", "7")
    h.equal(named("down --only"), (r.returncode, stopped()), (0, ["nan", "7"]))
    # What others have started stays, and is named.
    live = str(s.root / "lone/docker-compose.live.yml").replace(" ", "%")
    s.put("folders", f"6a {live[:live.rindex('/')]} {live}", f"7a {live[:live.rindex('/')].replace('lone', 'gated')} {live.replace('/lone/', '/gated/')}", "8a /far /far/docker-compose.yml",
          f"9a {live[:live.rindex('/')]} docker-compose.yml", "10a /far docker-compose.yml")
    foreign = ["lone 6a - sha256:0 /lone-web web", "gated 7a - sha256:0 /gated-x x", "after-gated 8a - sha256:0 /far-x x"]
    former = ["was 9a - sha256:0 /was-db db", "strange 10a - sha256:0 /strange-db db"]
    s.put("networks", "7", "lone", "gated")
    s.put("containers", "7 1a - sha256:0 /7-db db", *foreign, *former)
    words = ["down.sh: another folder's project started these, which were left alone: far-x", "down.sh: started for live, not for development, and left alone: gated-x, lone-web",
             "down.sh: to stop that: scripts/down.sh --environment live --all"]
    r = s.run("down.sh", "--all")
    h.equal(named("down --all: what others started stays, and the rest does not"), (r.returncode, stopped(), r.stderr.splitlines()), (0, ["7"], ["down.sh: stopped: 7", *words,
            "down.sh: of projects that the manifest does not have, these still run: was-db; to see what they are, and to remove them: scripts/status.sh"]))
    s.put("containers", *foreign)
    s.put("networks")
    r = s.run("down.sh", "--all")
    h.equal(named("down --all: nothing else is there"), (r.returncode, stopped(), r.stderr.splitlines()), (1, [], [*words, "down.sh: nothing was stopped"]))
    r = s.run("down.sh", "--environment", "live", "--all")
    h.equal(named("which its environment stops"), (r.returncode, stopped(), r.stderr.splitlines()[-1]), (0, ["lone", "gated"], words[0]))
    s.put("containers")
    r = s.run("down.sh", "--all")
    h.equal(named("down --all: there is nothing"), (r.returncode, stopped(), r.stderr), (0, [], "down.sh: there is nothing to stop\n"))
    s.put("containers", "after-gated 1a - sha256:0 /after-gated-x x", "gated 7a - sha256:0 /gated-x x")
    s.put("folders", f"1a {live[:live.rindex('/')].replace('lone', 'after-gated')} {live.replace('/lone/', '/after-gated/')}")
    r = s.run("down.sh", "--all")
    h.equal(named("down --all: not what another environment's needs"), (r.returncode, stopped(), r.stderr.splitlines()), (1, [], [
        "down.sh: these run, and start after what would be stopped: after-gated", "down.sh: started for live, not for development, and left alone: after-gated-x",
        words[2], "down.sh: nothing was stopped; to stop the others all the same: scripts/down.sh --only --all"]))
    r = s.run("down.sh", "--only", "--all")
    h.equal(named("but for --only"), (r.returncode, stopped()), (0, ["gated"]))
    (s.root / "bayplan.lock").write_text("# bayplan.lock 2\n# Former project was\n# Former project 7\n")
    r = s.run("down.sh", "was")
    h.check(named("down: a former project"), r.returncode == 2 and "the manifest no longer has the project 'was'; to see what is left of it: scripts/status.sh\n" in r.stderr, r.stderr)
    (s.root / "bayplan.lock").unlink()
    s.put("folders")
    s.put("networks", "7", "lone")
    s.put("containers", "7 1a - sha256:0 /7-db db", "nan 2a - sha256:0 /nan-x x")
    s.put("states", "2a exited 0 - no Exited (0)")
    r = s.run("down.sh", "7")
    h.equal(named("down: what does not run needs nothing"), (r.returncode, stopped()), (0, ["7"]))
    s.put("volumes", "7", "gated")
    s.put("volume-names", "7_data", "-rf")
    r = s.run("down.sh", "--volumes", "7")
    h.check(named("down --volumes asks"), r.returncode == 1 and "no terminal" in r.stderr and not stopped() and "volume 7_data\nvolume -rf\n" in r.stdout, r.stdout + r.stderr)
    r = s.run("down.sh", "--volumes", "--yes", "7", "gated", "lone")
    h.equal(named("down --volumes --yes"), (r.returncode, composed("down")), (0, [
        ("lone", ["down", "--remove-orphans", "--volumes"]), ("gated", ["--profile", "p", "down", "--remove-orphans", "--volumes"]),
        ("7", ["--profile", "p", "--profile", "q", "down", "--remove-orphans", "--volumes"])]))
    s.put("up-fails-of", "7")
    r = s.run("down.sh", "7")
    h.check(named("down: Compose fails"), r.returncode == 1 and "7 was not stopped; to repeat: scripts/down.sh 7\n" in r.stderr, r.stderr)
    s.put("up-fails-of")
    s.put("networks")
    r = s.run("down.sh", "all")
    h.check(named("down: nothing to stop"), r.returncode == 0 and "nothing to stop" in r.stderr and not stopped(), r.stderr)
    for words, part in [([], "name a project, or --all"), (["x"], "no project 'x'"), (["--all", "7"], "choose one of"), (["--what"], "no option"),
                        (["--environment"], "needs a value"), (["--environment", "x", "7"], "there are: live"), (["--only", "--with-dependents", "7"], "choose one of"),
                        (["7\nnan"], "no project"), (["*"], "no project '*'")]:
        r = s.run("down.sh", *words)
        h.check(named(f"wrong usage: down.sh {words}"), r.returncode == 2 and part in r.stderr and not s.calls(), r.stderr)
    h.check(named("down: nothing ran"), not list(s.root.rglob("PWNED")))
