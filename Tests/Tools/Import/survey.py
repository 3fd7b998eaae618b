#!/usr/bin/env python3
"""Imports every Compose project below some folders and says what came in whole.

    Tests/Tools/Import/survey.py [--bayplan PATH] [--way-back] [--jobs N] [--json FILE] CHECKOUT...
    Tests/Tools/Import/survey.py checkouts/*

A CHECKOUT is the top of a repository, or any folder. Nothing in it is written and nothing of it runs: a copy is
imported and compiled, and what `docker compose config` says is compared before and after, three times: as it is, with
every variable set, and with `--no-interpolate`. A project is a folder that holds a Compose file; every other file that
is called like one is a project, too, by itself and merged over the folder's own; what becomes an environment is compared
with its files. Where `.env` is missing and an example of it is there, that is copied,
and an env file that Compose misses is made, empty.

One row for each checkout, then the totals, the findings by rule, and every difference. The status is 1 if something is
different in silence, or refused although Compose accepts it. Needs `docker compose` and PyYAML; starts no container.

--way-back also compiles in place, with the names that Compose finds by itself: the configuration of the folder is the
same, the project's and volumes' names with it, `compile --check` is clean, and what was emitted is imported to a
manifest that emits it again.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

from bounded import run
from checkouts import Copy, named, projects, texts
from comments import comments
from configuration import configuration, differences, kinds

MISSING = re.compile(r"env file (\S+) not found")
COLUMNS = ("projects", "services", "accepted", "imported", "compiled", "equal", "told", "silent", "refused")


class Survey:
    """One checkout: a row for each of its projects."""

    def __init__(self, options, checkout, scratch):
        self.options, self.name = options, checkout.name
        self.before = Copy(checkout, pathlib.Path(scratch) / "before" / checkout.name)
        self.after = Copy(checkout, pathlib.Path(scratch) / "after" / checkout.name)

    def rows(self, checkout):
        for project in spread(list(projects(checkout)), self.options.most):
            name = os.path.normpath(f"{self.name}/{project.name}")
            row = {"checkout": str(checkout), "project": name, "findings": [], "differences": []}
            try:
                self.project(project, row)
            except (OSError, ValueError) as failure:
                row.setdefault("compose", f"not surveyed: {failure}")
            row["verdict"] = verdict(row)
            yield row
            self.after.same_as(self.before)

    def config(self, copy, project, files, kind):
        values, flags = kind
        return configuration(copy.top / project.place, files, copy.top, values, flags, self.options.seconds)

    def bayplan(self, *arguments):
        return run([self.options.bayplan, *arguments], self.after.top, None, self.options.seconds)

    def accepted(self, project):
        """What Compose makes of a project in each way that it accepts, and its last complaint."""
        folder = self.before.top / project.place
        files = texts(self.before.top, folder, project.files or named(folder, project.own))
        found, complaint = {}, ""
        for name, kind in kinds("\n".join(files.values())).items():
            for _ in range(20):
                config, refusal = self.config(self.before, project, project.files, kind)
                missing = MISSING.search(refusal or "")
                if not missing or not self.make(missing.group(1)):
                    break
            if config is None:
                complaint = refusal
            else:
                found[name] = (kind, config)
        return files, found, complaint

    def make(self, path):
        """An empty env file in both copies, if it lies in them."""
        parts = pathlib.PurePath(os.path.normpath(path)).parts
        top = self.before.top.parts
        if parts[: len(top)] != top or os.path.lexists(path):
            return False
        for copy in (self.before, self.after):
            file = copy.top.joinpath(*parts[len(top):])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        return True

    def project(self, project, row):
        files, original, complaint = self.accepted(project)
        text = "\n".join(files.values())
        row["lines"] = text.count("\n")
        row["services"] = max((len(config.get("services") or {}) for _, config in original.values()), default=0)
        row["compose"] = "accepts" if "plain" in original or "set" in original else complaint
        done = self.bayplan("import", project.argument, "-o", "strategy.yaml", "--format", "json=findings.json")
        row["seconds"] = done.seconds
        row["findings"] = self.diagnostics()
        manifest = self.after.top / "strategy.yaml"
        row["imported"] = "yes" if manifest.is_file() else self.refusal(row, done)
        if not manifest.is_file():
            return
        result = manifest.read_text(errors="replace")
        if self.options.manifests:
            kept = self.options.manifests / (row["project"].replace("/", "__") + ".yaml")
            kept.write_text(result)
        environments = [] if project.files else environments_of(result)
        # What became an environment is in the manifest, too.
        stem, end = os.path.splitext(project.own[0])
        others = [f"{stem}.{name}{end}" for name in environments]
        row["lines"] += sum(
            text.count("\n") for path, text in texts(self.before.top, self.before.top / project.place, others).items()
            if path not in files)
        row["manifest"] = result.count("\n")
        row["ratio"] = row["manifest"] / max(1, row["lines"])
        wanted, kept = collections.Counter(), comments(result)
        for one in files.values():
            # What several files of a project say is said once.
            wanted |= comments(one)
        row["lost"] = sorted((wanted - kept).elements())
        row["comments"], row["kept"] = wanted.total(), wanted.total() - len(row["lost"])
        self.bayplan("validate", "--no-builds", "--format", "json=findings.json")
        row["findings"] += self.diagnostics()
        emitted = re.search(r"^(?:outputs: \{ |  )compose: (\S+)", result, re.M)
        emitted = emitted.group(1) if emitted else "docker-compose.yml"
        # A link is never replaced; whoever compiles in its place has moved it away, as the refusal says.
        if (self.after.top / project.place / emitted).is_symlink():
            (self.after.top / project.place / emitted).unlink()
        done = self.bayplan("compile", "--no-builds", "--force", "--quiet")
        row["compiled"] = "yes" if done.status == 0 else self.refusal(row, done)
        if done.status != 0:
            return
        for way, (kind, config) in original.items():
            other, complaint = self.config(self.after, project, [emitted], kind)
            row["differences"] += (
                [f"{way}: refused: {complaint}"] if other is None
                else [f"{way}: {line}" for line in differences(config, other)])
        for name in environments:
            row["differences"] += self.environment(project, emitted, name)
        if self.options.way_back and row["compose"] == "accepts" and not project.files:
            row["back"] = self.way_back(project, original, emitted)

    def environment(self, project, emitted, name):
        """What an environment's file says otherwise than the project's own with the file that it came from."""
        stem, end = os.path.splitext(emitted)
        file = f"{os.path.splitext(project.own[0])[0]}.{name}{os.path.splitext(project.own[0])[1]}"
        found = []
        for way, kind in {"plain": ({}, ()), "text": ({}, ("--no-interpolate",))}.items():
            config, _ = self.config(self.before, project, [project.own[0], file], kind)
            if config is None:
                continue
            other, complaint = self.config(self.after, project, [f"{stem}.{name}{end}"], kind)
            found += (
                [f"{way} in {name}: refused: {complaint}"] if other is None
                else [f"{way} in {name}: {line}" for line in differences(config, other)])
        return found

    def diagnostics(self):
        file = self.after.top / "findings.json"
        try:
            return json.loads(file.read_text()).get("diagnostics", [])
        except (OSError, ValueError):
            return []
        finally:
            file.unlink(missing_ok=True)

    def refusal(self, row, done):
        errors = [finding for finding in row["findings"] if finding["severity"] == "error"]
        return f"{errors[0]['code']} {errors[0]['message']}" if errors else done.complaint

    def way_back(self, project, original, emitted):
        """What is not as it was once what was emitted has taken the place of the files."""
        folder, faults = self.after.top / project.place, []
        for file in project.own:
            if file != emitted:
                (folder / file).unlink(missing_ok=True)
        variables = folder / ".env"
        if named(folder, None):
            variables.write_text(re.sub(r"(?m)^(export )?COMPOSE_FILE=.*\n?", "", variables.read_text(errors="replace")))
        for way, (kind, config) in original.items():
            other, complaint = self.config(self.after, project, [], kind)
            faults += (
                [f"{way}: refused: {complaint}"] if other is None
                else [f"{way}: {line}" for line in differences(config, other)])
        checked = self.bayplan("compile", "--check", "--no-builds")
        if checked.status != 0:
            faults.append(f"compile --check: {checked.complaint}")
        first = (folder / emitted).read_bytes()
        for file in ("strategy.yaml", "bayplan.lock"):
            (self.after.top / file).unlink()
        again = self.bayplan("import", project.argument, "-o", "strategy.yaml")
        if not (self.after.top / "strategy.yaml").is_file():
            return faults + [f"what was emitted is not imported: {again.complaint}"]
        done = self.bayplan("compile", "--no-builds", "--force", "--quiet")
        if done.status != 0:
            faults.append(f"what was emitted does not compile again: {done.complaint}")
        elif (folder / emitted).read_bytes() != first:
            old, new = first.decode().splitlines(), (folder / emitted).read_text().splitlines()
            changed = [f"- {line}" for line in old if line not in new] + [f"+ {line}" for line in new if line not in old]
            faults += ["what was emitted is emitted otherwise again:"] + (changed or ["in another order"])
        return faults


def spread(items, most):
    """At most so many of some items, from everywhere among them."""
    return items if len(items) <= most else [items[place * len(items) // most] for place in range(most)]


def environments_of(manifest):
    """The names of a manifest's environments."""
    part = re.search(r"^environments:\n((?:[ #].*\n|\n)*)", manifest, re.M)
    return re.findall(r"^  ([\w.-]+):", part.group(1), re.M) if part else []


def verdict(row):
    if row.get("compose") != "accepts":
        return "refused by Compose"
    if row.get("imported") != "yes" or row.get("compiled") != "yes":
        return "refused"
    if not row["differences"]:
        return "equal"
    return "told" if all(is_told(line, row["findings"]) for line in row["differences"]) else "silent"


def is_told(line, findings):
    """Whether a finding that is shown by default speaks of what differs: of its section, service or key."""
    words = set(re.findall(r"[\w-]+", line.split(" = ")[0].split(": ", 1)[1])) - {"services", "plain", "set", "text"}
    return any(
        finding["severity"] != "info" and words & set(re.findall(r"[\w-]+", json.dumps(finding)))
        for finding in findings)


def figures(rows):
    """The columns of the table for some projects."""
    count = collections.Counter(row["verdict"] for row in rows)
    return {
        "projects": len(rows), "services": sum(row.get("services", 0) for row in rows),
        "accepted": sum(row.get("compose") == "accepts" for row in rows),
        "imported": sum(row.get("compose") == "accepts" and row.get("imported") == "yes" for row in rows),
        "compiled": sum(row.get("compose") == "accepts" and row.get("compiled") == "yes" for row in rows),
        "equal": count["equal"], "told": count["told"], "silent": count["silent"], "refused": count["refused"],
        "comments": sum(row.get("comments", 0) for row in rows), "kept": sum(row.get("kept", 0) for row in rows),
        "found": sum(finding["severity"] != "info" for row in rows for finding in row["findings"]),
        "ratios": sorted(row["ratio"] for row in rows if row.get("ratio") and row.get("lines", 0) >= 10),
        "seconds": sum(row.get("seconds", 0) for row in rows),
    }


def printed(name, figures):
    ratios = figures["ratios"]
    middle = f"{ratios[len(ratios) // 2]:.2f}" if ratios else "-"
    numbers = " ".join(f"{figures[column]:>{len(column)}}" for column in COLUMNS)
    kept = f"{figures['kept']}/{figures['comments']}"
    print(f"{name[-40:]:40} {numbers} {kept:>11} {middle:>5} {figures['found']:5} {figures['seconds']:7.2f}", flush=True)


def report(rows):
    total = figures(rows)
    printed("all", total)
    ratios = total["ratios"]
    if ratios:
        short = sum(ratio <= 1.2 for ratio in ratios)
        systems = collections.defaultdict(lambda: [0, 0])
        for row in rows:
            if row.get("ratio") is not None:
                systems[row["checkout"]][0] += row["manifest"]
                systems[row["checkout"]][1] += row["lines"]
        few = sum(manifest <= 1.2 * lines for manifest, lines in systems.values())
        print(
            f"\nlines: at most 1.2 times the original's in {few} of {len(systems)} checkouts, all their projects together, "
            f"and in {short} of {len(ratios)} projects of ten lines or more; the most {ratios[-1]:.2f}")
    if total["comments"]:
        print(f"comments: {total['kept']} of {total['comments']} kept, {100 * total['kept'] / total['comments']:.1f} %")
    codes = collections.Counter(
        (finding["code"], finding["severity"]) for row in rows for finding in row["findings"]
        if finding["severity"] != "info")
    print("findings: " + ", ".join(f"{code} {severity} {count}" for (code, severity), count in codes.most_common()))
    for row in rows:
        if row["verdict"] in ("told", "silent", "refused"):
            print(f"\n{row['project']}: {row['verdict']}")
            for line in [row.get("imported"), row.get("compiled")] + row["differences"][:20]:
                if line and line != "yes":
                    print(f"    {line}")
    back = [row for row in rows if "back" in row]
    if back:
        print(f"\nthe way back: {sum(not row['back'] for row in back)} of {len(back)} come back as they were")
        for row in back:
            for line in row["back"][:10]:
                print(f"    {row['project']}: {line}")


def surveyed(options, checkout):
    with tempfile.TemporaryDirectory() as scratch:
        return list(Survey(options, checkout, scratch).rows(checkout))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="%(prog)s [OPTION]... CHECKOUT...")
    parser.add_argument("checkouts", nargs="+", type=pathlib.Path)
    parser.add_argument("--bayplan", default="bayplan")
    parser.add_argument("--way-back", action="store_true", help="compile in place, check, and import what was emitted")
    parser.add_argument("--jobs", type=int, default=1, help="checkouts at a time")
    parser.add_argument("--seconds", type=int, default=60, help="what each child may take")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="projects of one checkout, spread over it")
    parser.add_argument("--json", type=pathlib.Path, help="write every row with its findings and differences")
    parser.add_argument("--manifests", type=pathlib.Path, help="keep each manifest in this folder")
    options = parser.parse_args()
    found = shutil.which(options.bayplan)
    if not found:
        sys.exit(f"there is no {options.bayplan}")
    options.bayplan = os.path.abspath(found)
    if options.manifests:
        options.manifests.mkdir(parents=True, exist_ok=True)
    rows = []
    print(f"{'CHECKOUT':40} {' '.join(COLUMNS).upper()} {'COMMENTS':>11} LINES FOUND SECONDS")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        checkouts = [checkout.resolve() for checkout in options.checkouts]
        for checkout, some in zip(checkouts, pool.map(lambda one: surveyed(options, one), checkouts)):
            if some:
                printed(checkout.name, figures(some))
            rows += some
    report(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))
    sys.exit(any(row["verdict"] in ("silent", "refused") for row in rows))


if __name__ == "__main__":
    main()
