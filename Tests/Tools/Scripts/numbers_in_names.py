"""Names that awk could take for numbers, under each awk: no two of them are one, and none is lost."""

import json

# Of each row all are one number to an awk that compares numbers, or no number at all to one that knows nan.
EQUAL = [["7", "07", "7.0", "0x7", "7e0"], ["nan", "nan1"], ["inf", "infinity"], ["0", "00", "0.0", "0e9"], ["1e400", "2e400"],
         ["12345678901234567890", "12345678901234567891"]]
NAMES = [name for row in EQUAL for name in row]
# Identities are hexadecimal: some are of digits alone, equal in all that a floating-point number holds of them.
IDENTITIES = {name: "1" * 60 + f"{n:04}" for n, name in enumerate(NAMES)}


def run(harness, awk, shell, parent):
    h = harness
    above = {name: row[n - 1] for row in EQUAL for n, name in enumerate(row) if n > 0}
    images = [(str(EQUAL[0].index(name) + 1 if name in EQUAL[0] else 2 if name in above else 1), name, name + ":latest", name, above.get(name, "-"), "-")
              for name in NAMES]
    services = [("7", name, name, name + ":latest", name, f"{name}" if name[0].isdigit() else "-") for name in NAMES]
    services += [("07", "-" + name, name, name + ":latest", name, "-") for name in NAMES]
    registries = [(name, f"r{n}.example", "1") for n, name in enumerate(NAMES)]
    s = h.Stage(shell, h.Workspace(sorted(images), [(name, "p" + name) for name in NAMES], services, registries=registries), parent, awk=awk)
    names = [i[1] for i in s.workspace.images]
    references = [name + ":latest" for name in names]

    def named(text):
        return f"[{awk}, {shell}] numbers: {text}"

    r = s.run("build.sh")
    h.equal(named("all are built, once"), (r.returncode, s.built(), r.stdout.split()), (0, names, references))
    documents = [p.read_text() for p in sorted((s.fake / "calls").glob("*.stdin"))]
    h.equal(named("each with its owner's document"), sorted(d.splitlines()[0] for d in documents), sorted(f"name: {name}" for name in names))
    r = s.run("build.sh", "--list", "nan", "07")
    h.equal(named("a list of some"), [line.split()[1] for line in r.stdout.splitlines()[1:]], [n for n in names if n in ("nan", "07")])
    for name in NAMES:
        s.put("present", *[x for x in references if x != name + ":latest"])
        s.run("build.sh", name)
        h.equal(named(f"{name} is built alone"), s.built(), [name])
        if name in above:
            s.put("present", *[x for x in references if x != above[name] + ":latest"])
            s.run("build.sh", name)
            h.equal(named(f"{name} after the base that lacks"), sorted(s.built()), sorted([name, above[name]]))
    s.put("present", *references)
    s.run("build.sh", "--with-dependents", "07")
    h.equal(named("dependents"), sorted(s.built()), sorted(["07", "7.0", "0x7", "7e0"]))

    # Fingerprints and bases of each.
    said = s.bin / "bayplan"
    said.write_text("#!/bin/sh\ncat >/dev/null\ncat <<'END'\n" + "".join(f"{name} print-of-{name}\n" for name in names) + "END\n")
    said.chmod(0o755)
    (s.root / "strategy.yaml").touch()
    lines = s.run("build.sh", "--dry-run").stdout.splitlines()
    h.equal(named("the fingerprint of each"), [line.split("BAYPLAN_FINGERPRINT=")[1].split()[0] for line in lines], [f"print-of-{name}" for name in names])
    identity = {name: f"sha256:{h.identity(name + ':latest')}" for name in names}
    h.equal(named("the bases of each"), [line.split("BAYPLAN_BASES=")[1].split()[0].strip("'") for line in lines],
            [identity.get(above.get(name), "") for name in names])
    said.unlink()

    for n, name in enumerate(NAMES):
        r = s.run("release.sh", "--version", "1", "--environment", name, "--dry-run", "07", "nan")
        pushed = [line.split()[-1] for line in r.stdout.splitlines() if " push " in line]
        h.equal(named(f"release to environment {name}"), (r.returncode, sorted(pushed)), (0, sorted([f"r{n}.example/07:1", f"r{n}.example/nan:1"])))
        h.check(named(f"release to environment {name} counts what it pushes"), "(1 of 2)\n" in r.stderr and "(2 of 2)\n" in r.stderr, r.stderr)
    r = s.run("release.sh", "--version", "1", "--registry", "r", "--platform", "p", "--dry-run")
    h.equal(named("release with the bake file"), [w.strip("'") for w in r.stdout.split() if ".tags=" in w], [f"t_{name}.tags=r/{name}:1" for name in names])
    r = s.run("release.sh", "--version", "1")
    h.check(named("release names all environments"), r.returncode == 2 and r.stderr.splitlines()[0].endswith("--environment: " + ", ".join(NAMES)), r.stderr)

    # Containers: a service runs what its own reference means, if its identity is that of digits to the last.
    def containers(image):
        lines = [f"7 c{IDENTITIES[n]} - sha256:{image(n)} /7-{n} {n}" for n in NAMES]
        return lines + [f"07 d{IDENTITIES[n]} - sha256:{image(n)} /07-{n} -{n}" for n in NAMES]

    s.put("identities", *[f"{name}:latest {IDENTITIES[name]}" for name in NAMES])
    s.put("containers", *containers(lambda n: IDENTITIES[n]))
    s.put("runs", *[f"d{IDENTITIES[n]} {n}:latest" for n in NAMES])
    s.put("listing", *[f"sha256:{IDENTITIES[name]}|{name}MB|{name} hours ago" for name in NAMES])
    r = s.run("status.sh", "--json")
    found = json.loads(r.stdout)
    h.equal(named("status: nothing is stale"), [c["service"] for c in found["containers"] if c["stale"]], [])
    h.equal(named("status: all are there"), sorted(c["container"] for c in found["containers"]), sorted([f"7-{n}" for n in NAMES] + [f"07-{n}" for n in NAMES]))
    h.equal(named("status: sizes"), {i["image"]: i["size"] for i in found["images"]}, {name: name + "MB" for name in NAMES})
    following = {name: IDENTITIES[NAMES[(n + 1) % len(NAMES)]] for n, name in enumerate(NAMES)}
    s.put("containers", *containers(following.get))
    r = s.run("verify.sh", "--json", "--project", "07")
    found = json.loads(r.stdout)
    h.equal(named("verify: all are stale"), sorted((c["service"], c["command"]) for c in found["containers"] if c["stale"]),
            sorted(("-" + name, f"scripts/up.sh -- 07 -{name}") for name in NAMES))

    # Commands that are printed to be repeated can be.
    r = s.run("verify.sh", "--quiet", "--project", "07")
    for command in [line.strip() for line in r.stdout.splitlines() if line.startswith("    ")]:
        r = s.run("up.sh", *command.split()[1:])
        h.check(named(f"{command} can be repeated"), r.returncode == 0 and s.calls()[-1][2][-1] == command.split()[-1], r.stderr)
    (s.fake / "up-fails").touch()
    r = s.run("up.sh", "--", "07", "-7", "-nan")
    repeated = r.stderr.split("to repeat: ")[-1].strip()
    h.equal(named("up's own command"), repeated, "scripts/up.sh -- 07 -7 -nan")
    (s.fake / "up-fails").unlink()
    h.equal(named("up's own command works"), s.run("up.sh", *repeated.split()[1:]).returncode, 0)
    s.run("up.sh", "--profile", "07", "7")
    h.equal(named("up of a profile"), s.calls()[-1][2][4:], ["-p", "7", "--profile", "07", "up", "-d", "--no-build"])
    s.put("present", *[x for x in references if x not in ("07:latest", "7.0:latest")])
    r = s.run("up.sh", "--all-profiles", "7")
    h.check(named("up names each image that is missing"), "scripts/build.sh 07 7.0\n" in r.stderr, r.stderr)
    s.put("present", *references)

    # Refresh recreates the containers of the images named, and keeps how many there are of each service.
    twice = [line.replace("7 c", "7 e").replace("/7-", "/7-second-") for line in containers(following.get) if line.split()[5] == "07"]
    s.put("containers", *containers(following.get), *twice)
    s.put("runs", *[f"{line.split()[1]} {line.split()[5].lstrip('-')}:latest" for line in containers(following.get) + twice])
    r = s.run("refresh.sh", "--no-build", "nan1")
    ups = [w[w.index("-p") + 1 :] for _, _, w in s.calls() if "up" in w]
    profiles = [word for name in NAMES if name[0].isdigit() for word in ("--profile", name)]
    # Projects are recreated side by side, in no order.
    h.equal(named("refresh of one"), sorted(ups), sorted([["7", *profiles, "up", "-d", "--no-deps", "--no-build", "--", "nan1"],
                                                          ["07", "up", "-d", "--no-deps", "--no-build", "--", "-nan1"]]))
    r = s.run("refresh.sh", "--no-build", "7.0")
    ups = [w for _, _, w in s.calls() if "up" in w]
    h.equal(named("refresh with dependents"), sorted(sorted(w[w.index("--") + 1 :]) for w in ups), sorted([sorted(["7.0", "0x7", "7e0"]), sorted(["-7.0", "-0x7", "-7e0"])]))
    r = s.run("refresh.sh", "--no-build", "07")
    h.check(named("refresh keeps the number"), any("--scale" in w and w[w.index("--scale") + 1] == "07=2" and w.count("--scale") == 1 for _, _, w in s.calls()),
            [w for _, _, w in s.calls() if "up" in w])
    s.put("containers")
    r = s.run("refresh.sh", "--no-build", "0e9")
    h.equal(named("refresh: what starts it"), [line.split("up.sh")[1].lstrip("' ") for line in r.stderr.splitlines() if "to start those of" in line],
            ["7 0e9", "07"])

    # Clean: former images, and releases of the repository of just this image.
    releases = {name: f"r{n}.example/{name}" for n, name in enumerate(NAMES)}
    s.put("labelled", *[f"sha256:{IDENTITIES[name]} <none> <none>" for name in NAMES], *[f"sha256:f{IDENTITIES[name]} {releases[name]} 0.9" for name in NAMES])
    s.put("facts", *[f'sha256:{IDENTITIES[name]} {name} ["{name}"]' for name in NAMES], *[f'sha256:f{IDENTITIES[name]} {name} ["f{name}"]' for name in NAMES])
    s.put("identities", *[f"{name}:latest {IDENTITIES[name][::-1]}" for name in NAMES])
    s.put("containers", f"7 c1 - sha256:{IDENTITIES['07']} /uses x")
    s.put("listing")
    r = s.run("clean.sh", "--dry-run")
    h.equal(named("clean"), sorted(line.split()[0] for line in r.stdout.splitlines()[1:]),
            sorted([f"{releases[name]}:0.9" for name in NAMES] + [f"sha256:{IDENTITIES[name]}" for name in NAMES if name != "07"]))
