#!/usr/bin/env python3
"""References with variables mean the same to the scripts, to Compose and to Buildx.

`values` asks for some hundred references: every form of default, nested ones, and a `.env` of every kind of quoting, under
three states of the environment. What `verify.sh` and `build.sh` make of each is what `docker compose config` makes of the
Compose file that is emitted, and so is what `bake.json` makes of it where the environment alone speaks.

`life` builds, verifies, starts, changes and releases a workspace of three projects, two with a `.env`, whose base, built
and third-party images are all versioned by variables, under each shell: on an engine with a registry, which ENGINE_REGISTRY
names, and with ENGINE_BUSYBOX. Without them it is skipped aloud, or fails if CI=true. It removes what it made.

usage: variables.py [values | life [SHELL]...]
"""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import compose
import processes

BAYPLAN = os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan"))
OWN = {"BUILDX_BUILDER": "default", "BUILDKIT_PROGRESS": "plain", "PATH": f"{Path(BAYPLAN).parent}:{os.environ['PATH']}"}
PLATFORM = {"x86_64": "linux/amd64", "aarch64": "linux/arm64"}.get(os.uname().machine, "linux/amd64")
SHELLS = ["dash", "bash", "busybox sh"]
checks = failures = 0


def check(name, holds, detail=""):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED  {name}\n{detail}", flush=True)


def run(*words, **options):
    return processes.run(words, env={**os.environ, **OWN, **options.pop("environment", {})}, **options)


def compiled(folder):
    result = run(BAYPLAN, "compile", "--force", "--quiet", cwd=folder)
    if result.returncode != 0:
        raise SystemExit(f"variables.py: {result.stdout}{result.stderr}")


# Values

TAGS = [
    "${V}", "$V", "${V:-d}", "${V-d}", "${V:?say V}", "${V?say V}", "v${V:+x}", "v${V+x}", "${V:-${W:-e}}", "${V-${W-e}}",
    "${V:-${W}}", "v${V:+${W:-e}}", "v${V+-$W}", "pre-${V:-d}-post", "${V:-1}.${W:-2}", "${W:-w}_${V:-d}", "x$V", "x${V}y${W}z",
    "${V:-d}${W:+-$W}", "${V:-$W}", "${E:-e}", "v${E-e}", "v${E:+e}", "v${E+e}", "${U:-u}", "v${U-}", "${U-u}", "v${U+u}",
    "${V:-${U:-${E:-deep}}}", "0${V:-1e3}",
]
WHOLES = [
    "${IMG:-img-d:1}", "${IMG}", "$IMG", "${IMG:?which}", "${REG:-localhost:5000}/{name}:1", "${REG}/{name}:$V",
    "${REG:+$REG/}{name}:1", "{name}${V:+:$V}", "{name}@${DIG:-sha256:" + 64 * "0" + "}", "ghcr.io/${ORG:-acme}/{name}:${V:-d}",
]
# What a .env may say, by its kind of quoting.
FILES = {
    "plain": "V=1.2\nW=w\nE=\nIMG=img-p:3\nREG=localhost:5000\nORG=team\n",
    "single": "V='1.3'\nW='w'\nE=''\nIMG='img-s:3'\nREG='r.example:5'\n",
    "double": 'V="1.4"\nW="w"\nE=""\nIMG="img-d:3"\nREG="localhost:5000"\nORG="a/b"\n',
    "comment": "# V=9\nV=1.5 # the version\nW=\"w\" # and so on\nE= # nothing\nIMG=img-c:3\nREG=localhost\n",
    "export": "export V=1.6\nexport W='w'\nexport E=\nIMG=img-x:3\nREG=ghcr.io\n",
    "reference": "BASE=1\nV=${BASE}.7\nW=\"$BASE\"\nE=${NOTHING:-}\nIMG=img-${BASE}:$BASE\nREG=${HOSTED:-ghcr.io}\n",
    "colon": "V: 1.8\nW: w\nE:\nIMG: img-y:3\nREG: ghcr.io\n",
    "lines": "V=1.9\r\nW=w\r\nE=\r\nIMG=img-l:3\r\nREG=ghcr.io\r\n",
    "spaces": "  V = 2.0\nW= w\nE =\nIMG= img-b:3\nREG =ghcr.io\n",
    "none": None,
}
STATES = {
    "nothing set": {"E": ""},
    "all set": {"V": "7", "W": "8", "E": "", "IMG": "img-env:9", "REG": "env.example", "ORG": "o"},
    "some empty": {"V": "7", "W": "", "E": "", "REG": ""},
}
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:@-]*[A-Za-z0-9_]")


def texts(prefix):
    """Thirty references with tags and the wholes, each with a name of its own."""
    named = [f"{prefix}-{n}:{tag}" for n, tag in enumerate(TAGS)]
    return named + [whole.replace("{name}", f"{prefix}-w{n}") for n, whole in enumerate(WHOLES)]


def ask(folder, kind, texts, state):
    """What Compose makes of each reference in a project's folder; None for what it refuses or is no reference."""
    required = [text for text in texts if "?" in text]
    found = {}
    for group in [[text for text in texts if text not in required], *([text] for text in required)]:
        # What stands before a reference keeps an empty one from being none.
        services = {f"s{n}": {"image": "i/" + text} for n, text in enumerate(group)}
        result = run(*compose.words(), "--project-directory", folder / kind, "-f", "-", "config", "--format", "json",
                     input=json.dumps({"name": kind, "services": services}), environment=state)
        answer = json.loads(result.stdout)["services"] if result.returncode == 0 else {}
        for n, text in enumerate(group):
            image = answer.get(f"s{n}", {}).get("image", "")[2:]
            found[text] = image if REFERENCE.fullmatch(image) and "//" not in image else None
    return {text: found[text] for text in texts}


def values(root):
    compared = refused = 0
    for kind, file in FILES.items():
        # The environment comes before every .env alike: two kinds show it.
        for state_name in STATES if kind in ("plain", "none") else ["nothing set"]:
            state = STATES[state_name]
            folder = root / f"{kind}-{state_name}".replace(" ", "-")
            (folder / kind).mkdir(parents=True)
            if file is not None:
                (folder / kind / ".env").write_bytes(file.encode())
            environment = state
            expected = ask(folder, kind, texts("p"), environment)
            good = {text: value for text, value in expected.items() if value is not None}
            bad = [text for text, value in expected.items() if value is None]
            write(folder, kind, list(good))
            emitted = run(*compose.words(), "-f", folder / kind / "docker-compose.yml", "config", "--format", "json",
                          environment=environment)
            services = json.loads(emitted.stdout)["services"] if emitted.returncode == 0 else {}
            for shell in SHELLS if (kind, state_name) == ("double", "nothing set") else SHELLS[:1]:
                seen = verify(folder, shell, environment)
                for n, (text, value) in enumerate(good.items()):
                    compared += 1
                    check(f"{kind}, {state_name}: {text} by {shell}", seen.get(value) == f"i{n}" or value in seen,
                          f"Compose: {value}; verify.sh: {sorted(seen)[:60]}")
                    image = services.get(f"i{n}", {}).get("image")
                    check(f"{kind}, {state_name}: {text} as emitted", image == value, f"{value} is {image}")
            # Each that Compose refuses, or that comes out as no reference, stops verify.sh by itself.
            for text in bad if kind == "none" else bad[:1]:
                refused += 1
                write(folder, kind, [text])
                result = run(*SHELLS[0].split(), folder / "scripts/verify.sh", environment=environment)
                check(f"{kind}, {state_name}: {text} is told", result.returncode == 1
                      and ("is missing a value" in result.stderr or "is no image reference" in result.stderr),
                      f"{result.returncode}: {result.stdout}{result.stderr}")
    print(f"{compared} references are the same, {refused} are told", flush=True)
    portable(root)
    bake(root)


HOSTILE = "$(touch pwned) `touch pwned` 'q' \"d\" \\\\ ; touch pwned # & | > pwned END"


def portable(root):
    """Texts that mean something to a shell, to awk or to YAML, and a .env that does: told, and never run."""
    folder = root / "hostile"
    (folder / "p").mkdir(parents=True)
    good = ["i:${V:-1}", "j:${V:+2}${V:-3}", "k:${U:+1}4"]
    write(folder, "p", [*good, "${W:?" + HOSTILE.replace("$", "$$") + "}"])
    for tool, words in (("shellcheck", []), ("shfmt", ["-d"])):
        if shutil.which(tool):
            result = run(tool, *words, *sorted((folder / "scripts").glob("*.sh")))
            check(f"{tool}", result.returncode == 0, result.stdout)
    awk = folder / "bin/awk"
    awk.parent.mkdir()
    for shell in SHELLS + ["bash --posix", "mksh"]:
        for name in ("mawk", "gawk", "busybox awk", "original-awk"):
            if not (shutil.which(shell.split()[0]) and shutil.which(name.split()[0])):
                continue
            awk.write_text(f'#!/bin/sh\nexec {name} "$@"\n')
            awk.chmod(0o755)
            state = {"PATH": f"{awk.parent}:{OWN['PATH']}"}
            told = run(*shell.split(), folder / "scripts/verify.sh", environment=state, cwd=folder)
            check(f"a hostile text by {shell} and {name}", told.returncode == 1 and "is missing a value" in told.stderr,
                  told.stdout + told.stderr)
            (folder / "p/.env").write_text("V='$(touch pwned)'\nW='a\x1b[31m b'\n")
            told = run(*shell.split(), folder / "scripts/verify.sh", environment=state, cwd=folder)
            check(f"a hostile .env by {shell} and {name}",
                  told.returncode == 1 and "is no image reference" in told.stderr and "\x1b" not in told.stderr,
                  told.stdout + told.stderr)
            (folder / "p/.env").write_text("W=w:1\n")
            seen = sorted(verify(folder, shell, state))
            check(f"values by {shell} and {name}", seen == ["i:1", "j:3", "k:4", "w:1"], f"{seen}")
            (folder / "p/.env").unlink()
    check("nothing was run", not list(folder.rglob("pwned")))


def write(folder, kind, references):
    images = {f"i{n}": {"pull": text} for n, text in enumerate(references)}
    manifest = {"version": 1, "name": "values", "images": images, "projects": {kind: {"services": {n: {} for n in images}}},
                "rules": {"BP105": "off", "BP502": "off"}}
    (folder / "strategy.yaml").write_text(json.dumps(manifest))
    compiled(folder)


def verify(folder, shell, environment):
    result = run(*shell.split(), folder / "scripts/verify.sh", "--json", environment=environment)
    try:
        return {image["reference"]: image["image"] for image in json.loads(result.stdout)["images"]}
    except (ValueError, KeyError):
        return {f"{result.stdout}{result.stderr}": None}


def bake(root):
    """Bake knows the environment alone: built images whose tags are in each form, under each state."""
    same = told = 0
    for state_name, state in STATES.items():
        folder = root / f"bake-{state_name}".replace(" ", "-")
        (folder / "p").mkdir(parents=True)
        references = {f"b{n}": tag for n, tag in enumerate(TAGS)}
        answers = ask(folder, "p", [f"{name}:{tag}" for name, tag in references.items()], state)
        good = {name: answers[f"{name}:{tag}"] for name, tag in references.items() if answers[f"{name}:{tag}"]}
        tags, listed = baked(folder, {name: references[name] for name in good}, state)
        for name, expected in good.items():
            same += 1
            check(f"bake, {state_name}: {references[name]}", expected in tags, f"Compose: {expected}; Buildx: {tags}")
            check(f"build.sh, {state_name}: {references[name]}", f" {expected} " in listed.stdout, listed.stdout + listed.stderr)
        for name in sorted(references.keys() - good.keys()):
            told += 1
            tags, listed = baked(folder, {name: references[name]}, state)
            check(f"bake, {state_name}: {references[name]} is told",
                  listed.returncode == 1 and not any(REFERENCE.fullmatch(tag) for tag in tags), f"{tags} {listed.stdout}")
    print(f"bake.json: {same} references are the same, {told} are told", flush=True)


def baked(folder, tags, state):
    """The tags that Buildx makes of images, and what `build.sh --list` says."""
    images = {name: {"owner": "p", "build": ".", "tag": tag} for name, tag in tags.items()}
    manifest = {"version": 1, "name": "values", "images": images, "projects": {"p": {"services": {n: {} for n in images}}}}
    (folder / "strategy.yaml").write_text(json.dumps(manifest))
    compiled(folder)
    result = run("docker", "buildx", "bake", "-f", "bake.json", "--print", cwd=folder, environment=state)
    targets = json.loads(result.stdout)["target"].values() if result.returncode == 0 else []
    listed = run("dash", folder / "scripts/build.sh", "--list", environment=state)
    return [tag for target in targets for tag in target["tags"]], listed


# Life

MANIFEST = """
version: 1
name: variables-life
images:
  vars-base: { owner: vars-core, build: ./base, tag: "${VARS_TAG:-0}" }
  vars-api:
    owner: vars-app
    build: { context: ., args: { BASE_TAG: "${VARS_TAG:-0}", NOTE: "${VARS_NOTE:?say a note}" } }
    needs: [vars-base]
    tag: ${VARS_TAG:-0}
    service: { command: [/busybox, sleep, "3600"], stop_grace_period: 1s }
  vars-third:
    pull: ${VARS_REGISTRY:?name the registry}/vars-third:${VARS_THIRD:-1}
    service: { command: [/busybox, sleep, "3600"], stop_grace_period: 1s }
projects:
  vars-core: { services: { vars-third: {} } }
  vars-app: { services: { vars-api: {}, vars-third: {} } }
  vars-web: { services: { vars-third: {} } }
environments:
  live: { registry: "${VARS_RELEASES:?name where releases go}", tag: "${VARS_VERSION:-1}" }
  strict: { tag: "${VARS_STRICT:?name a tag}" }
"""
# What must be set for which commands: without it each of them stops, and nothing is built, started or pushed.
STRICT = ["--environment", "strict"]
LIVE = ["--environment", "live"]
REQUIRED = {
    "VARS_REGISTRY": [["verify.sh"], ["status.sh"], *(["up.sh", name] for name in ("vars-core", "vars-app", "vars-web"))],
    "VARS_NOTE": [["build.sh"], ["build.sh", "vars-api"], ["build.sh", "--changed"], ["build.sh", *STRICT],
                  ["refresh.sh", "vars-base"], ["refresh.sh", *STRICT, "vars-api"]],
    "VARS_STRICT": [["build.sh", *STRICT], ["build.sh", *STRICT, "--list"], ["verify.sh", *STRICT],
                    ["up.sh", *STRICT, "vars-app"], ["refresh.sh", *STRICT, "vars-base"]],
    "VARS_RELEASES": [["build.sh", *LIVE], ["verify.sh", *LIVE], ["up.sh", *LIVE, "vars-app"], ["release.sh", "--version", "1"],
                      ["release.sh", "--version", "1", "--platform", PLATFORM]],
}


def life(root, shell):
    registry = os.environ["ENGINE_REGISTRY"]
    folder = root / shell.replace(" ", "-")
    for name in ("vars-core/base", "vars-app", "vars-web"):
        (folder / name).mkdir(parents=True)
    (folder / "strategy.yaml").write_text(MANIFEST)
    shutil.copy(os.environ["ENGINE_BUSYBOX"], folder / "vars-core/base/busybox")
    (folder / "vars-core/base/Dockerfile").write_text("FROM scratch\nCOPY busybox which /\n")
    (folder / "vars-app/Dockerfile").write_text("ARG BASE_TAG\nFROM vars-base:${BASE_TAG}\nCOPY Dockerfile /\n")
    releases = f"{registry}/vars-{os.getpid()}-{shell.split()[0]}"
    environment = {"VARS_REGISTRY": registry, "VARS_RELEASES": releases, "VARS_NOTE": "note", "VARS_STRICT": "strict"}
    compiled(folder)

    def say(tag, text, *projects):
        (folder / "vars-core/base/which").write_text(text)
        for project in projects or ("vars-core", "vars-app"):
            (folder / project / ".env").write_text(f"VARS_TAG='{tag}' # the version\n")

    def script(name, *words, **state):
        given = {**environment, **state}
        given = {name: value for name, value in given.items() if value}
        return run(*shell.split(), folder / "scripts" / name, *words, environment=given)

    def stops(name, text, *words, **state):
        result = script(name, *words, **state)
        check(f"{shell}: {name} stops: {text}", result.returncode == 1 and text in result.stderr,
              f"{result.returncode}: {result.stdout}{result.stderr}")

    def works(name, *words, **state):
        result = script(name, *words, **state)
        check(f"{shell}: {name} {' '.join(words)}", result.returncode == 0,
              f"{result.returncode}: {result.stdout}{result.stderr}")
        return result.stdout

    def there(reference):
        return run("docker", "image", "inspect", reference).returncode == 0

    def tags(image):
        result = run("docker", "buildx", "imagetools", "inspect", f"{releases}/{image}")
        return result.returncode == 0

    try:
        # A third-party image that a registry has.
        run("docker", "build", "--tag", f"{registry}/vars-third:1", folder / "vars-core/base", "--file", "-",
            input="FROM scratch\nCOPY busybox /\n")
        run("docker", "push", f"{registry}/vars-third:1")
        say("1", "one")
        say("7", "one", "vars-app")
        stops("build.sh", "vars-app takes vars-base as vars-base:7, but vars-core builds vars-base:1")
        check(f"{shell}: nothing was built", not there("vars-base:1") and not there("vars-base:7"))
        say("1", "one")
        for variable, commands in REQUIRED.items():
            for name, *words in commands:
                stops(name, f"required variable {variable} is missing a value", *words, **{variable: ""})
        baked = run("docker", "buildx", "bake", "-f", "bake.json", "--print", cwd=folder,
                    environment={**environment, "VARS_NOTE": ""})
        check(f"{shell}: bake.json stops", baked.returncode != 0 and "VARS_NOTE is missing" in baked.stderr, baked.stderr)
        check(f"{shell}: nothing was built, started or pushed",
              not any(there(f"vars-{name}:{tag}") for name in ("base", "api") for tag in ("1", "strict"))
              and not tags("vars-api:1") and not run("docker", "ps", "-aq", "--filter", "name=^vars-(core|app|web)-").stdout)
        built = works("build.sh")
        check(f"{shell}: what was built", built.split() == ["vars-base:1", "vars-api:1"], built)
        for project in ("vars-core", "vars-app", "vars-web"):
            works("up.sh", project)
        works("verify.sh")

        def which():
            return run("docker", "exec", "vars-app-vars-api", "/busybox", "cat", "/which").stdout

        check(f"{shell}: it runs the base of its version", which() == "one", which())
        # One variable changes.
        say("2", "two")
        stops("up.sh", "vars-api:2 is missing; vars-app builds it", "vars-app")
        works("build.sh")
        works("up.sh", "vars-app")
        check(f"{shell}: it runs the base of the new version", which() == "two", which())
        shown = works("status.sh")
        check(f"{shell}: status.sh shows the reference", "vars-api:2" in shown and f"{registry}/vars-third:1" in shown, shown)
        # The environment comes before the .env.
        listed = works("build.sh", "--list", VARS_TAG="9")
        check(f"{shell}: the environment counts first", "vars-api:9" in listed, listed)
        # What is not there cannot be released, and without a registry nothing is pushed.
        stops("release.sh", "required variable VARS_RELEASES is missing a value", "--version", "1", VARS_RELEASES="")
        check(f"{shell}: nothing was pushed", not tags("vars-api:1"))
        works("release.sh", "--version", "1")
        say("3", "three")
        works("build.sh", "--changed")
        works("release.sh", "--version", "2")
        # Buildx knows no .env: the script exports what the owners' have.
        say("4", "four")
        works("release.sh", "--version", "4", "--platform", PLATFORM, "--builder", "default")
        check(f"{shell}: Buildx released on the base of its version", tags("vars-api:4") and tags("vars-base:4"))
        (folder / "vars-core/.env").write_text("VARS_TAG=4\n")
        (folder / "vars-app/.env").write_text("VARS_TAG=5\n")
        stops("release.sh", "the projects' .env files differ in VARS_TAG", "--version", "5", "--platform", PLATFORM)
        check(f"{shell}: that was not pushed", not tags("vars-api:5"))
        for image in ("vars-base:1", "vars-base:2", "vars-api:1", "vars-api:2"):
            check(f"{shell}: {image} is released", tags(image))
    finally:
        for project in ("vars-core", "vars-app", "vars-web"):
            run("docker", "compose", "-f", folder / project / "docker-compose.yml", "-p", project, "down", "--timeout", "1",
                environment=environment)
        made = [f"vars-{name}:{tag}" for name in ("base", "api") for tag in [*range(10), "strict"]]
        made += [f"{releases}/vars-{name}:{tag}" for name in ("base", "api") for tag in (1, 2, 4)]
        run("docker", "rmi", "-f", *made, f"{registry}/vars-third:1")


def main(words):
    lacking = "" if run("docker", "compose", "version").returncode == 0 else "Docker Compose"
    with_engine = words[:1] != ["values"]
    if with_engine and not (os.environ.get("ENGINE_REGISTRY") and os.environ.get("ENGINE_BUSYBOX")):
        lacking = "an engine with a registry, and a static busybox"
    if lacking:
        print(f"variables.py: SKIPPED: there is no {lacking}")
        return 1 if os.environ.get("CI") == "true" else 0
    root = Path(tempfile.mkdtemp(prefix="variables-"))
    try:
        if words[:1] != ["life"]:
            values(root)
        if with_engine:
            for shell in words[1:] or SHELLS:
                life(root, shell)
    finally:
        shutil.rmtree(root)
    print(f"variables: {checks} checks, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
