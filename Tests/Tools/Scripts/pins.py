"""`pin.sh` with a fake registry, in each shell with its own awk."""

D1, D2 = "sha256:" + "1" * 64, "sha256:" + "2" * 64


def run(h, shell, parent):
    def named(text):
        return f"{shell}: pin.sh: {text}"

    def there(tag):
        return h.Workspace([("1", "api", f"r.example/api:{tag}", "p", "-", "-")], [("p", "p")],
                           [("p", "redis", "redis", "redis:8", "-", "-")])

    workspace = h.Workspace(
        [("1", "api", "api:latest", "p", "-", "-")], [("p", "p")],
        [("p", "redis", "redis", "redis:7", "-", "-"), ("p", "copy", "copy", "redis:7", "-", "-"), ("p", "07", "07", "x/y:1", "-", "-")],
        environments=[("live", there("1")), ("07", there("7"))])
    workspace.pins += [("free", "variable", "z:${TAG:-1}"), ("held", "untagged", "z@" + D1)]
    s = h.Stage(shell, workspace, parent)
    s.put("registry", f"redis:7 {D1}", f"x/y:1 {D2}", f"redis:8 {D2}", f"r.example/api:1 {D1}")

    def asked():
        return [words[-1] for _, _, words in s.calls() if "inspect" in words]

    r = s.run("pin.sh")
    h.equal(named("a line for each"), (r.returncode, r.stdout.splitlines()),
            (0, [f"redis redis:7 {D1}", f"copy redis:7 {D1}", f"07 x/y:1 {D2}"]))
    h.equal(named("each reference is asked for once"), asked(), ["redis:7", "x/y:1"])
    h.check(named("what has no digest is told"), "free is not pinned, since its reference holds a variable: z:${TAG:-1}" in r.stderr
            and f"held is pinned without a tag, so that there is nothing to ask for: z@{D1}" in r.stderr, r.stderr)
    r = s.run("pin.sh", "07")
    h.equal(named("one alone"), (r.returncode, r.stdout, r.stderr), (0, f"07 x/y:1 {D2}\n", "pin.sh: digests: 1 of 1\n"))
    r = s.run("pin.sh", "7")
    h.check(named("7 is not 07"), r.returncode == 2 and "there is no image '7'" in r.stderr and "redis, copy, 07" in r.stderr, r.stderr)
    r = s.run("pin.sh", "--environment=live")
    h.equal(named("an environment's"), (r.returncode, r.stdout), (0, f"redis redis:8 {D2}\n"))
    r = s.run("pin.sh", "--built", "--environment", "live")
    h.equal(named("with those that are built"), (r.returncode, r.stdout.splitlines()), (0, [f"redis redis:8 {D2}", f"api r.example/api:1 {D1}"]))
    r = s.run("pin.sh", "--environment", "live", "api")
    h.equal(named("a built one by its name"), (r.returncode, r.stdout), (0, f"api r.example/api:1 {D1}\n"))
    for words, text in [(["--built"], "goes with --environment"), (["--environment", "7"], "there is no environment '7'"),
                        (["--environment"], "needs a value"), (["--force"], "there is no option"), (["api"], "there is no image 'api'")]:
        r = s.run("pin.sh", *words)
        h.check(named(f"{words} is refused"), r.returncode == 2 and text in r.stderr and r.stdout == "", r.stderr)
    # Writing.
    heard = s.root / "heard"
    (s.root / "strategy.yaml").write_text("version: 1\n")
    fake = s.bin / "bayplan"
    fake.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{heard}"\ncat >>"{heard}"\n')
    fake.chmod(0o755)
    r = s.run("pin.sh", "--write", "--environment", "07", "redis")
    h.equal(named("bayplan pin gets the lines"), (r.returncode, heard.read_text().splitlines() if heard.exists() else r.stderr),
            (0, ["pin", "--root", f"{s.root}/.", "--environment", "07", "--", f"{s.root}/strategy.yaml", f"redis redis:8 {D2}"]))
    heard.unlink(missing_ok=True)
    s.put("registry", f"redis:7 {D1}")
    r = s.run("pin.sh", "--write")
    h.check(named("one that is not there"), r.returncode == 1 and "the registry docker.io has no x/y:1:" in r.stderr
            and "nothing was written" in r.stderr and not heard.exists() and r.stdout.count(D1) == 2, r.stderr)
    for reference, host in [("redis:7", ""), ("x/y:1", ""), ("r.example/x:1", " r.example"), ("r:80/x:1", " r:80"), ("localhost/x", " localhost")]:
        d = h.Stage(shell, h.Workspace([], [("p", "p")], [("p", "i", "i", reference, "-", "-")]), parent)
        d.put("denied")
        r = d.run("pin.sh")
        h.check(named(f"a login for {reference}"), r.returncode == 1 and f"pin.sh: to log in: docker login{host}\n" in r.stderr, r.stderr)
    s.put("offline")
    r = s.run("pin.sh", "--write")
    h.check(named("without a network"), r.returncode == 1 and "connection refused" in r.stderr and r.stdout == "" and not heard.exists(), r.stderr)
    (s.fake / "offline").unlink()
    fake.write_text("#!/bin/sh\nexit 1\n")
    s.put("registry", f"redis:7 {D1}")
    r = s.run("pin.sh", "--write", "redis")
    h.equal(named("bayplan's status counts"), r.returncode, 1)
    e = h.Stage(shell, h.Workspace([], [("p", "p")], []), parent)
    r = e.run("pin.sh")
    h.equal(named("nothing to pin"), (r.returncode, r.stdout, r.stderr), (0, "", "pin.sh: there is nothing to pin\n"))
