"""What `--environment` makes of the scripts: names that look like numbers, in each shell with its own awk."""


def run(h, shell, parent):
    def named(text):
        return f"{shell}: environments: {text}"

    def there(tag):
        return h.Workspace([("1", "base", f"base:{tag}", "p", "-", "-"), ("2", "api", f"r.example/api:{tag}", "p", "base", "-")],
                           [("p", "p")], [("p", "api", "api", f"r.example/api:{tag}", "p", "-"), ("p", tag, "base", f"base:{tag}", "p", "-")],
                           files=[("p", f"p/docker-compose.{tag}.yml")])

    names = ["07", "7", "nan", "e-1"]
    workspace = h.Workspace([("1", "base", "base:latest", "p", "-", "-"), ("2", "api", "api:latest", "p", "base", "-")], [("p", "p")],
                            [("p", "api", "api", "api:latest", "p", "-")], registries=[(name, "r.example", name) for name in names],
                            environments=[(name, there("t" + name)) for name in names])
    s = h.Stage(shell, workspace, parent)
    for script, words in [("build.sh", []), ("verify.sh", []), ("up.sh", ["p"]), ("refresh.sh", ["api"]), ("status.sh", [])]:
        for value in ["0", "7.0", "", "nan ", "$(touch PWNED)", "-1"]:
            r = s.run(script, "--environment", value, *words)
            h.check(named(f"{script}: there is no {value!r}"), r.returncode == 2 and "there are: 07, 7, nan, e-1" in r.stderr and not s.calls(), r.stderr)
        r = s.run(script, *words, "--environment")
        h.check(named(f"{script}: needs a value"), r.returncode == 2 and "needs a value" in r.stderr, r.stderr)
    for name in names:
        tag = "t" + name
        s.put("present", f"base:{tag}", f"r.example/api:{tag}")
        s.put("services", f"base base:{tag}", f"api r.example/api:{tag}")
        s.put("containers")
        r = s.run("build.sh", "--environment", name)
        h.equal(named(f"build.sh builds {name}"), (r.returncode, r.stdout.split()), (0, [f"base:{tag}", f"r.example/api:{tag}"]))
        r = s.run("build.sh", "--compose", "p", f"--environment={name}")
        h.check(named(f"--compose before --environment {name}"), f"image: base:{tag}" in r.stdout and ":latest" not in r.stdout, r.stdout)
        r = s.run("verify.sh", "--environment", name)
        h.check(named(f"verify.sh asks for {name}"), r.returncode == 0 and f"r.example/api:{tag}" in r.stdout and ":latest" not in r.stdout, r.stdout)
        r = s.run("up.sh", "p", tag, "--environment", name)
        ups = [words for _, _, words in s.calls() if "up" in words]
        h.equal(named(f"up.sh starts {name}"), (r.returncode, ups), (0, [
            ["docker", "compose", "-f", str(s.root / f"p/docker-compose.{tag}.yml"), "-p", "p", "up", "-d", "--no-build", "--", tag]]))
        s.put("present", f"r.example/api:{tag}")
        r = s.run("up.sh", "p", "--environment", name)
        h.check(named(f"up.sh names the command for {name}"), r.returncode == 1 and f"scripts/build.sh --environment {name} base\n" in r.stderr, r.stderr)
        r = s.run("release.sh", "--version", "v" + name, "--environment", name, "api")
        h.check(named(f"release.sh takes what is built for {name}"), ["docker", "tag", "--", f"r.example/api:{tag}", f"r.example/api:v{name}"]
                in [words for _, _, words in s.calls()], r.stderr)
        s.put("containers", f"p c1 - sha256:0 /it {tag}")
        s.put("runs", f"c1 base:{tag}")
        s.put("present", f"base:{tag}", f"r.example/api:{tag}")
        r = s.run("refresh.sh", "--environment", name, "--no-build", "--dry-run", "base")
        h.check(named(f"refresh.sh recreates {name}'s"), f"docker-compose.{tag}.yml' -p p up -d --no-deps --no-build -- {tag}" in r.stdout, r.stdout + r.stderr)
    none = h.Stage(shell, h.GUIDE, parent)
    r = none.run("up.sh", "--environment", "live", "zixly")
    h.check(named("none"), r.returncode == 2 and "this workspace has none" in r.stderr, r.stderr)
    r = none.run("build.sh", "--list", "--help")
    h.check(named("help tells of it"), "--environment E" in r.stdout, r.stdout)
