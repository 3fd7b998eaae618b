"""What is built, verified and released is this workspace's, and what its inputs make: with the recording fake docker."""


def run(h, shell, parent):
    def named(text):
        return f"[{shell}] {text}"

    # Names that look like numbers: 7 <- 07; nan is lone.
    images = [("1", "7", "7:latest", "p", "-", "-"), ("1", "nan", "nan:latest", "p", "-", "-"), ("2", "07", "07:latest", "p", "7", "-")]
    workspace = h.Workspace(images, [("p", "p")], [("p", "x", "07", "07:latest", "p", "-")], name="9", registries=(("live", "reg.example.com", "1.0"),))
    s = h.Stage(shell, workspace, parent)
    (s.root / "strategy.yaml").write_text("version: 1\n")
    bayplan = s.bin / "bayplan"
    bayplan.write_text('#!/bin/sh\ncat >/dev/null\ncat "$FAKE/fingerprints"\n')
    bayplan.chmod(0o755)
    s.put("registry")
    s.put("present", *[i[2] for i in images])
    s.put("fingerprints", "7 f7", "nan 0f", "07 f07")
    base = "sha256:" + h.identity("7:latest")
    fresh = ["7:latest 9 f7", "nan:latest 9 0f", f"07:latest 9 f07 {base}"]

    def pushed():
        return [w[-1] for _, _, w in s.calls() if w[1] == "push"]

    s.put("labels", *fresh)
    r = s.run("release.sh", "--version", "2")
    h.equal(named("release: what its inputs make"), (r.returncode, len(pushed())), (0, 3))
    for what, labels, stale in [
        ("another fingerprint", ["7:latest 9 f7", "nan:latest 9 f0", f"07:latest 9 f07 {base}"], ["nan"]),
        ("a number is a text", ["7:latest 9 f7", "nan:latest 9 0f0", f"07:latest 9 f7 {base}"], ["nan", "07"]),
        ("another base", ["7:latest 9 f7", "nan:latest 9 0f", "07:latest 9 f07 sha256:0ld"], ["07"]),
    ]:
        s.put("labels", *labels)
        r = s.run("release.sh", "--version", "3", "--latest")
        h.check(named(f"release refuses a stale image: {what}"), r.returncode == 1 and not pushed()
                and f"scripts/build.sh {' '.join(stale)}\n" in r.stderr and "scripts/release.sh --version 3 --environment live --latest --allow-stale\n" in r.stderr
                and all(f"{name}:latest is not what its inputs make now" in r.stderr for name in stale), r.stderr)
    r = s.run("release.sh", "--version", "3", "--allow-stale")
    h.equal(named("release --allow-stale"), (r.returncode, len(pushed())), (0, 3))
    s.put("present", "07:latest", "nan:latest")
    r = s.run("release.sh", "--version", "4", "nan")
    h.equal(named("release: what is stale beside it does not matter"), (r.returncode, pushed()), (0, ["reg.example.com/nan:4"]))
    s.put("labels", *fresh)
    r = s.run("release.sh", "--version", "5", "07")
    h.equal(named("release: a base that has gone"), (r.returncode, pushed()), (0, ["reg.example.com/07:5"]))
    s.put("labels", "07:latest 9")
    r = s.run("release.sh", "--version", "6", "07")
    h.check(named("release: nobody can tell"), r.returncode == 0 and "cannot be compared with their inputs: 07\n" in r.stderr, r.stderr)
    (s.root / "p/.git").mkdir()
    s.put("present", *[i[2] for i in images])

    # Another workspace's images.
    s.put("labels", "7:latest 09 f7", "nan:latest 9 0f", f"07:latest 9 f07 {base}")
    r = s.run("release.sh", "--version", "7")
    h.check(named("release refuses another workspace's image"), r.returncode == 1 and not pushed() and "7:latest is an image of the workspace 09" in r.stderr, r.stderr)
    r = s.run("release.sh", "--version", "7", "--allow-stale", "07")
    h.equal(named("release: another workspace's image beside it"), (r.returncode, pushed()), (0, ["reg.example.com/07:7"]))
    r = s.run("build.sh", "--jobs", "2", "07", "7")
    h.check(named("build refuses to take another workspace's name"), r.returncode == 1 and not s.built() and "7:latest is an image of the workspace 09" in r.stderr
            and "scripts/build.sh --jobs 2 --take-over 07 7\n" in r.stderr, r.stderr)
    r = s.run("build.sh", "07")
    h.equal(named("nor to build on it"), (r.returncode, s.built()), (1, []))
    r = s.run("build.sh", "nan")
    h.equal(named("what has its own name is built"), (r.returncode, s.built()), (0, ["nan"]))
    r = s.run("build.sh", "--take-over", "7")
    h.equal(named("build --take-over"), (r.returncode, s.built()), (0, ["7"]))
    s.put("labels", "nan:latest 09")
    r = s.run("refresh.sh", "nan")
    h.check(named("refresh refuses another workspace's image"), r.returncode == 1 and not s.built()
            and "scripts/build.sh --take-over --with-dependents nan\n" in r.stderr, r.stderr)
    s.put("labels", f"07:latest other f07 {base}")
    r = s.run("verify.sh", "--quiet")
    h.equal(named("verify tells another workspace's image"), (r.returncode, r.stdout),
            (1, "07:latest is an image of the workspace other. To build this one:\n    scripts/build.sh --take-over 07\n"))
    s.put("labels", *fresh)
    r = s.run("build.sh", "--changed")
    asked = [w for _, _, w in s.calls() if w[1] == "image"]
    h.equal(named("build --changed asks once"), (r.returncode, s.built(), len(asked)), (0, [], 1))

    s.put("labels", "7:latest 9 f7", "nan:latest 9 0f", "07:latest 9 f070 " + base)
    s.put("services", "07 07:latest")
    r = s.run("build.sh", "--changed", "--dry-run")
    h.check(named("build --changed: what it stands on is in its label"), r.stdout.count("docker compose") == 1 and f"BAYPLAN_BASES={base} " in r.stdout, r.stdout)
    s.put("labels", *fresh)

    # An interrupted release is repeated.
    (s.root / "bake.json").write_text("{}")
    s.put("registry", "reg.example.com/7:8 sha256:0", "reg.example.com/07:8 sha256:0")
    s.put("remote", *[f'reg.example.com/{name}:8 a b c d {{"linux/amd64": {{"config": {{"Labels": {{"io.bayplan.fingerprint": "{f}"}}}}}}, "linux/arm64": {{}}}}'
                      for name, f in (("7", "f7"), ("07", "f07"))])
    r = s.run("release.sh", "--version", "8", "--platform", "linux/amd64,linux/arm64")
    baked = next(w for _, _, w in s.calls() if w[1:3] == ["buildx", "bake"])
    h.equal(named("release --platform: what is there is not built again"), (r.returncode, baked[baked.index("--push") + 1:], baked[baked.index("--push") - 4:baked.index("--push")]),
            (0, ["t_nan"], ["--set", "t_nan.tags=reg.example.com/nan:8", "--set", "t_nan.labels.io.bayplan.fingerprint=0f"]))
    s.put("remote", *[f'reg.example.com/{name}:8 a b c d {{"linux/amd64": {{"Labels": {{"io.bayplan.fingerprint": "{f}"}}}}, "linux/arm64": {{}}}}'
                      for name, f in (("7", "f7"), ("07", "f07"), ("nan", "0f"))])
    r = s.run("release.sh", "--version", "8", "--platform", "linux/amd64", "--platform", "linux/arm64")
    h.equal(named("release --platform: an identical repeat"), (r.returncode, [w for _, _, w in s.calls() if w[1:3] == ["buildx", "bake"]]), (0, []))
    r = s.run("release.sh", "--version", "8", "--platform", "linux/amd64,linux/riscv64")
    h.check(named("release --platform: one that is not there"), r.returncode == 1 and "is in its registry already" in r.stderr, r.stderr)
    s.put("fingerprints", "7 f8", "nan 0f", "07 f07")
    r = s.run("release.sh", "--version", "8", "--platform", "linux/amd64,linux/arm64")
    h.check(named("release --platform: another image"), r.returncode == 1 and "reg.example.com/7:8 is in its registry already, as another image\n" in r.stderr, r.stderr)

    # What a release that failed has pushed is replaced by its repetition, where no fingerprint tells that it is the same.
    platform = ["release.sh", "--version", "8", "--platform", "linux/amd64"]
    (s.fake / "bake-fails").touch()
    s.put("registry")
    r = s.run(*platform)
    h.check(named("release --platform fails: its repetition"), r.returncode == 1 and r.stderr.endswith(" --platform linux/amd64\n"), r.stderr)
    bayplan.rename(s.root / "elsewhere")
    r = s.run(*platform, "nan")
    h.check(named("release --platform fails without fingerprints: its repetition"), r.returncode == 1
            and r.stderr.endswith(" --platform linux/amd64 --overwrite nan\n"), r.stderr)
    (s.fake / "bake-fails").unlink()
    s.put("registry", "reg.example.com/nan:8 sha256:0")
    r = s.run(*platform, "nan")
    h.check(named("release --platform without fingerprints: what is there"), r.returncode == 1 and "reg.example.com/nan:8 is in its registry already; "
            "whether it is the same image cannot be told without its fingerprint\n" in r.stderr, r.stderr)
    r = s.run(*platform, "--overwrite", "nan")
    h.equal(named("release --platform --overwrite without fingerprints"), (r.returncode, len([w for _, _, w in s.calls() if w[1:3] == ["buildx", "bake"]])), (0, 1))
    (s.root / "elsewhere").rename(bayplan)

    # What does not work with Podman says so before it does anything.
    for script, words in (("release.sh", ["--version", "1"]), ("clean.sh", ["--yes"]), ("refresh.sh", ["nan"]), ("down.sh", ["--all"])):
        r = s.run(script, *words, DOCKER="podman")
        h.check(named(f"{script} with Podman"), r.returncode == 1 and f"{script} does not work with Podman" in r.stderr
                and [w[1:] for _, _, w in s.calls()] == [["version"]], r.stderr)
