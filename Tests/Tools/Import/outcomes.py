#!/usr/bin/env python3
"""The survey itself, over a small checkout for each outcome.

Between the survey and bayplan stands a program that spoils what passes through it, by the name of the checkout: so each
outcome is there, whatever bayplan does. Needs `docker compose` and PyYAML; without them it is skipped aloud, or fails if
CI=true.
"""

import collections
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "Tests/Support"))

import processes

BAYPLAN = os.environ.get("BAYPLAN", str(REPOSITORY / ".build/debug/bayplan"))

SPOILER = """\
#!/usr/bin/env python3
import os, pathlib, re, signal, subprocess, sys, time
verb, name = sys.argv[1], pathlib.Path.cwd().name
if name == "endless" and verb == "import":
    subprocess.Popen(["sleep", "infinity"])
    time.sleep(1e6)
if name == "greedy" and verb == "import":
    bytearray(3 << 30)
if name == "loud" and verb == "import":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.dup2(2, 1)
    os.execvp("yes", ["yes"])
if name == "refused" and verb == "import" or name == "not-compiled" and verb == "compile":
    sys.exit("bayplan: no, thank you")
done = subprocess.run([os.environ["HOME"] + "/bayplan", *sys.argv[1:]])
manifest = pathlib.Path("strategy.yaml")
if verb == "import" and name in ("silent", "comments", "long"):
    text = manifest.read_text()
    if name == "silent": text = re.sub(r"(?m)^ *command:.*\\n", "", text)
    if name == "comments": text = re.sub(r"(?m) *# left.*$", "", text)
    if name == "long": text += "\\n" * 200
    manifest.write_text(text)
sys.exit(done.returncode)
"""

PLAIN = """\
services:
  clock:  # kept
    image: clock:1
    # left of it
    command: [tick, "# no comment"]
    environment: { TIME: "${TIME:-noon}" }
  bell:
    image: bell:1
    labels:
      text: |
        # no comment either
volumes: {}
"""

CHECKOUTS = {
    "equal": {"compose.yaml": PLAIN},
    "refused-by-compose": {"compose.yaml": "services:\n  clock:\n    image: [clock]\n"},
    "refused": {"compose.yaml": PLAIN},
    "not-compiled": {"compose.yaml": PLAIN},
    "silent": {"compose.yaml": PLAIN},
    "told": {
        "compose.yaml": "include: [clock/compose.yaml]\nservices:\n  desk:\n    image: desk:1\n",
        "clock/compose.yaml": 'services:\n  clock:\n    image: clock:1\n    environment: { TICK: "${TICK:-1}" }\n',
        "clock/.env": "TICK=5\n",
    },
    "comments": {"compose.yaml": PLAIN},
    "long": {"compose.yaml": PLAIN},
    "variants": {
        "compose.yaml": PLAIN,
        "compose.override.yaml": "services:\n  clock:\n    command: [tock]\n",
        "compose.alone.yaml": "services:\n  sundial:\n    image: sundial:1\n",
        "compose.part.yaml": "services:\n  clock:\n    restart: always\n",
        "notes.yaml": "services: {}\n",
        "node_modules/compose.yaml": PLAIN,
    },
    "environment": {
        "compose.yaml": PLAIN,
        "compose.live.yaml": "services:\n  clock:\n    image: clock:2\n    environment: { TIME: night }\n",
    },
    "linked": {"rooms.yaml": PLAIN, "compose.yaml": Path("rooms.yaml")},
    "named": {
        "compose.yaml": PLAIN,
        "more.yaml": "# More of it.\nservices:\n  gong:\n    image: gong:1\n",
        ".env": "COMPOSE_FILE=compose.yaml:more.yaml\n",
    },
    "setting-up": {
        "compose.yaml": "services:\n  clock:\n    image: clock:${TAG:?set it}\n    env_file: [.env, more.env]\n",
        ".env.example": "TAG=1\n",
    },
    "outside": {"compose.yaml": "services:\n  clock:\n    image: clock:1\n    env_file: [../../../../there.env]\n"},
    "endless": {"compose.yaml": PLAIN},
    "greedy": {"compose.yaml": PLAIN},
    "loud": {"compose.yaml": PLAIN},
}

VERDICTS = {
    "equal": "equal",
    "refused-by-compose": "refused by Compose",
    "refused": "refused",
    "not-compiled": "refused",
    "silent": "silent",
    "told": "told",
    "told/clock": "equal",
    "comments": "equal",
    "long": "equal",
    "variants": "equal",
    "variants/compose.alone.yaml": "equal",
    "variants/compose.part.yaml": "refused by Compose",
    "variants/compose.yaml+compose.alone.yaml": "equal",
    "variants/compose.yaml+compose.part.yaml": "equal",
    "environment": "equal",
    "environment/compose.live.yaml": "equal",
    "environment/compose.yaml+compose.live.yaml": "equal",
    "linked": "equal",
    "named": "equal",
    "setting-up": "equal",
    "outside": "refused by Compose",
}
BOUNDED = {
    "endless": "no end after 8 seconds",
    "greedy": "MemoryError",
    "loud": "ended by SIGXFSZ",
}

faults = []


def check(holds, text):
    if not holds:
        faults.append(text)
        print(f"FAILED: {text}", file=sys.stderr)


def survey(scratch, names, *options):
    """What the survey says of some checkouts: its status, its text, and its rows by project."""
    result = scratch / "rows.json"
    done = processes.run(
        [sys.executable, REPOSITORY / "Tests/Tools/Import/survey.py", "--bayplan", scratch / "spoiler", "--json", result,
         *options, *(scratch / "checkouts" / name for name in names)],
        env={**os.environ, "HOME": str(scratch)})
    rows = json.loads(result.read_text()) if result.is_file() else []
    return done.returncode, done.stdout + done.stderr, {row["project"]: row for row in rows}


def content(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def outcomes(scratch):
    before = content(scratch / "checkouts")
    names = [name for name in CHECKOUTS if name not in BOUNDED]
    status, text, rows = survey(scratch, names, "--way-back", "--jobs", "2", "--manifests", scratch / "manifests")
    print(text)
    check(status == 1, f"the status is {status} although something is different in silence")
    found = {name: row["verdict"] for name, row in rows.items()}
    check(found == VERDICTS, f"the verdicts are {found}")
    total = next(line.split() for line in text.splitlines() if line.startswith("all "))
    count = collections.Counter(VERDICTS.values())
    accepted = len(VERDICTS) - count["refused by Compose"]
    expected = {
        "PROJECTS": len(VERDICTS), "SERVICES": 34, "ACCEPTED": accepted, "IMPORTED": accepted - 1,
        "COMPILED": accepted - 2, "EQUAL": count["equal"], "TOLD": 1, "SILENT": 1, "REFUSED": 2, "COMMENTS": "24/25"}
    found = dict(zip(text.split()[1:], total[1:]))
    check(found | {key: str(value) for key, value in expected.items()} == found, f"the totals are {found}")
    check("of TICK" in text.replace("`", "") or "TICK = " in text, "the told difference is not shown")
    check("the most " in text and rows["long"]["ratio"] > 10, "the longest manifest is not told")
    check(rows["comments"]["lost"] == ["left of it"], f"lost: {rows['comments'].get('lost')}")
    differing = {line.split(" = ")[0] for line in rows["silent"]["differences"]}
    expected = {f"{way}: - .services.clock.command[{place}]" for way in ("plain", "set", "text") for place in (0, 1)}
    expected |= {f"{way}: + .services.clock.command" for way in ("plain", "set")}
    check(differing == expected, f"the differences are {sorted(differing)}")
    for name in ("equal", "variants", "linked", "named", "environment"):
        check(rows[name]["back"] == [], f"the way back of {name}: {rows[name]['back']}")
    check("compile --check" not in text, "compile --check complains")
    check((scratch / "manifests/equal.yaml").is_file(), "no manifest is kept")
    check(content(scratch / "checkouts") == before, "a checkout was written to")
    check(not (scratch.parent / "there.env").exists(), "an env file was made outside")
    status, text, rows = survey(scratch, ["equal"])
    check(status == 0, f"the status is {status} although all is well: {text}")
    status, text, rows = survey(scratch, ["variants"], "--most", "2")
    check(len(rows) == 2, f"--most 2 takes {len(rows)}")


def bounds(scratch):
    status, text, rows = survey(scratch, BOUNDED, "--seconds", "8")
    for name, complaint in BOUNDED.items():
        check(complaint in rows.get(name, {}).get("imported", ""), f"{name}: {rows.get(name)}")
    check(not processes.running(str(scratch / "spoiler")), "a child outlived its time")


def main():
    compose = subprocess.run(["docker", "compose", "version"], capture_output=True)
    if compose.returncode != 0:
        print("outcomes: SKIPPED: docker compose is not here", file=sys.stderr)
        sys.exit(os.environ.get("CI") == "true")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "bayplan").symlink_to(BAYPLAN)
        (scratch / "spoiler").write_text(SPOILER)
        (scratch / "spoiler").chmod(0o755)
        for name, files in CHECKOUTS.items():
            for path, text in files.items():
                file = scratch / "checkouts" / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                if isinstance(text, Path):
                    file.symlink_to(text)
                else:
                    file.write_text(text)
        outcomes(scratch)
        bounds(scratch)
    print(f"outcomes: {len(VERDICTS) + len(BOUNDED)} projects, {len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
