#!/usr/bin/env python3
"""Imports every Compose project below some folders and says what came in whole.

    Tests/Import/survey.py [--bayplan PATH] [--json FILE] CHECKOUT...

A CHECKOUT is the top of a repository, or any folder. Nothing in it is written: each project is copied, imported,
compiled, and what `docker compose config` says is compared before and after, three times: as it is, with every
variable set, and with `--no-interpolate`. A row for each project, then totals, the findings by rule, and every
difference that nothing told of. Needs `docker compose`; starts no container. Each child gets a minute and a gigabyte.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
OVERRIDES = [f"{stem}.override.{end}" for stem in ("compose", "docker-compose") for end in ("yml", "yaml")]
LARGEST = 256 * 1024
SECONDS = 60
MEMORY = 1 << 30
VARIABLE = re.compile(r"(?<!\$)\$(?:\{([A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_][A-Za-z0-9_]*))")


def run(command, folder, variables=None):
    """Runs a child within bounds: its status, output, errors and seconds."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_CONFIG") if name in os.environ}
    environment.update(variables or {})

    def bound():
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if command[0] != "docker":  # Go reserves more than it uses
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    start = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, preexec_fn=bound)
        status, output, errors = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, output, errors = -1, b"", b"no end after a minute"
    return status, output.decode(errors="replace"), errors.decode(errors="replace"), time.monotonic() - start


def projects(checkout):
    """The folders that hold a Compose file."""
    for folder, folders, files in os.walk(checkout):
        folders[:] = sorted(name for name in folders if name not in (".git", "node_modules"))
        if any(name in files for name in NAMES):
            yield pathlib.Path(folder).relative_to(checkout)


def copy(checkout, target):
    """What is small enough to be read by Compose: a context's data is not."""
    for folder, folders, files in os.walk(checkout):
        folders[:] = [name for name in folders if name not in (".git", "node_modules")]
        place = target / pathlib.Path(folder).relative_to(checkout)
        place.mkdir(parents=True, exist_ok=True)
        for name in files:
            file = pathlib.Path(folder) / name
            if file.is_symlink():
                os.symlink(os.readlink(file), place / name)
            elif file.is_file() and file.stat().st_size <= LARGEST:
                shutil.copyfile(file, place / name)


def configuration(folder, files, top, variables=None, flags=()):
    """What Compose makes of a project, with every profile; its complaint where it refuses."""
    command = ["docker", "compose", "--profile", "*"]
    for file in files:
        command += ["-f", file]
    status, output, errors, _ = run(command + ["config", "--format", "json", *flags], folder, variables)
    if status != 0:
        return None, errors.strip().splitlines()[-1] if errors.strip() else f"status {status}"
    return json.loads(output.replace(str(top), "/top")), None


def written(image):
    """A reference as Docker reads it."""
    for prefix in ("docker.io/", "library/"):
        image = image.removeprefix(prefix)
    name = image.rsplit("/", 1)[-1]
    return image if ":" in name or "@" in image or "$" in name else image + ":latest"


def settled(after, before):
    """Takes away what compiling adds by its own law, and what is said once where it was said twice."""
    for key in [key for key in before if key.startswith("x-") and key not in after]:
        del before[key]
    built = [service["build"] for service in after.get("services", {}).values() if "build" in service]
    for name, service in after.get("services", {}).items():
        old = before.get("services", {}).get(name, {})
        if "build" in old and "build" not in service and old["build"] in built:
            del old["build"]
        if "pull_policy" not in old and service.get("pull_policy") == "never":
            del service["pull_policy"]
        if "image" not in old:
            service.pop("image", None)
        for side in (service, old):
            if "image" in side:
                side["image"] = written(side["image"])
    return after


def flat(value, path=""):
    """The lines `path = value`, in which equal projects are equal."""
    if isinstance(value, dict) and value:
        for key in value:
            yield from flat(value[key], f"{path}.{key}")
    elif isinstance(value, list) and value:
        for item in sorted(value, key=lambda item: json.dumps(item, sort_keys=True)):
            yield f"{path}[] = {json.dumps(item, sort_keys=True)}"
    else:
        yield f"{path} = {json.dumps(value)}"


def comments(text):
    """The texts of the comments, roughly: what a `#` behind a blank begins."""
    found = collections.Counter()
    for line in text.splitlines():
        match = re.search(r"(?:^|\s)#(.*)$", line)
        if match and line[: match.start()].count('"') % 2 == 0 and line[: match.start()].count("'") % 2 == 0:
            words = match.group(1).strip("# \t")
            if words and not words.startswith("yaml-language-server"):
                found[words] += 1
    return found


def survey(bayplan, checkout, place):
    """One project: what came of it."""
    row = {"project": f"{checkout.name}/{place}".removesuffix("/."), "findings": [], "differences": []}
    with tempfile.TemporaryDirectory() as scratch:
        before, after = pathlib.Path(scratch) / "before" / checkout.name, pathlib.Path(scratch) / "after" / checkout.name
        copy(checkout, before)
        copy(checkout, after)
        here, there = before / place, after / place
        name = next(name for name in NAMES if (here / name).is_file())
        files = [name] + [over for over in OVERRIDES if (here / over).is_file()][:1]
        text = "\n".join((here / file).read_text(errors="replace") for file in files)
        row["lines"] = text.count("\n")
        original, complaint = configuration(here, [], before)
        row["services"] = len((original or {}).get("services") or {})
        row["compose"] = "accepts" if original else complaint
        for file in ("strategy.yaml", "bayplan.lock"):
            (after / file).unlink(missing_ok=True)
        status, _, errors, row["seconds"] = run(
            [bayplan, "import", str(place), "-o", "strategy.yaml", "--format", "json=findings.json"], after)
        manifest = after / "strategy.yaml"
        try:
            row["findings"] = json.loads((after / "findings.json").read_text()).get("diagnostics", [])
        except (OSError, ValueError):
            row["findings"] = []
        row["imported"] = "yes" if manifest.is_file() else (errors.strip().splitlines() or [f"status {status}"])[0]
        if not manifest.is_file():
            return row
        result = manifest.read_text(errors="replace")
        row["ratio"] = result.count("\n") / max(1, row["lines"])
        wanted, kept = comments(text), comments(result)
        row["comments"], row["kept"] = sum(wanted.values()), sum(min(wanted[word], kept[word]) for word in wanted)
        status, output, _, _ = run([bayplan, "validate", "--no-builds", "--format", "json"], after)
        try:
            row["findings"] += json.loads(output).get("diagnostics", [])
        except ValueError:
            pass
        status, output, errors, _ = run([bayplan, "compile", "--no-builds", "--force", "--quiet"], after)
        row["compiled"] = "yes" if status == 0 else (errors + output).strip().splitlines()[0]
        if status != 0 or not original:
            return row
        emitted = re.search(r"^  compose: (.*)$", result, re.M)
        emitted = emitted.group(1) if emitted else "docker-compose.yml"
        for file in files:
            if file != emitted:
                (there / file).unlink()
        variables = {one or other: "8080" for one, other in VARIABLE.findall(text)}
        for kind, values, flags in (
            ("plain", None, ()), ("set", variables, ()), ("text", None, ("--no-interpolate",)),
        ):
            one, _ = configuration(here, [], before, values, flags)
            if one is None:
                continue
            other, complaint = configuration(there, [emitted], after, values, flags)
            if other is None:
                row["differences"].append(f"{kind}: refused: {complaint}")
                continue
            old, new = set(flat(one)), set(flat(settled(other, one)))
            old = set(flat(one))
            row["differences"] += [f"{kind}: - {line}" for line in sorted(old - new)]
            row["differences"] += [f"{kind}: + {line}" for line in sorted(new - old)]
    return row


def verdict(row):
    if row["compose"] != "accepts":
        return "refused by Compose"
    if row["imported"] != "yes":
        return "NOT IMPORTED"
    if row["compiled"] != "yes":
        return "not compiled"
    if not row["differences"]:
        return "equal"
    told = any(finding["severity"] != "info" and finding["code"].startswith("BP70") for finding in row["findings"])
    return "different, told" if told else "DIFFERENT IN SILENCE"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkouts", nargs="+", type=pathlib.Path)
    parser.add_argument("--bayplan", default="bayplan")
    parser.add_argument("--json", type=pathlib.Path, help="write every row with its findings and differences")
    options = parser.parse_args()
    bayplan = shutil.which(options.bayplan)
    if not bayplan:
        sys.exit(f"there is no {options.bayplan}")
    rows = []
    print(f"{'PROJECT':50} {'SERVICES':>8} {'VERDICT':22} {'LINES':>6} {'RATIO':>5} {'COMMENTS':>9} {'FOUND':>5} {'MS':>5}")
    for checkout in options.checkouts:
        checkout = checkout.resolve()
        for place in projects(checkout):
            row = survey(os.path.abspath(bayplan), checkout, place)
            row["verdict"] = verdict(row)
            rows.append(row)
            shown = sum(finding["severity"] != "info" for finding in row["findings"])
            kept = f"{row.get('kept', 0)}/{row.get('comments', 0)}"
            print(
                f"{row['project'][-50:]:50} {row['services']:8} {row['verdict']:22} {row['lines']:6} "
                f"{row.get('ratio', 0):5.2f} {kept:>9} {shown:5} {row['seconds'] * 1000:5.0f}", flush=True)
    print()
    for word, count in collections.Counter(row["verdict"] for row in rows).most_common():
        print(f"{count:5} {word}")
    services = sum(row["services"] for row in rows)
    all_comments, kept = sum(row.get("comments", 0) for row in rows), sum(row.get("kept", 0) for row in rows)
    print(f"{len(rows):5} projects, {services} services, {kept} of {all_comments} comments kept")
    codes = collections.Counter(
        (finding["code"], finding["severity"]) for row in rows for finding in row["findings"]
        if finding["severity"] != "info")
    print("\nfindings: " + ", ".join(f"{code} {severity} {count}" for (code, severity), count in codes.most_common()))
    for row in rows:
        if row["verdict"] not in ("equal", "refused by Compose"):
            print(f"\n{row['project']}: {row['verdict']}")
            for line in [row["imported"], row.get("compiled", "")] + row["differences"][:20]:
                if line and line != "yes":
                    print(f"    {line}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    sys.exit(any(row["verdict"] in ("DIFFERENT IN SILENCE", "NOT IMPORTED") for row in rows))


if __name__ == "__main__":
    main()
