"""A composite action's steps, run as a runner does: inputs and defaults, expressions, conditions, outputs, summaries.

`run` steps are executed; what a `uses` step is given is recorded, since other actions are not here.
"""

import os
import re
import subprocess
from pathlib import Path

import yaml


class Job:
    """One job of a workflow that uses an action: the event, the folder of the checkout, and what its steps leave."""

    def __init__(self, action, workspace, temporary, environment, event="pull_request"):
        self.action = Path(action)
        self.workspace, self.temporary = Path(workspace), Path(temporary)
        self.environment = environment
        self.contexts = {
            "github.event_name": event, "github.action_path": str(self.action), "github.action_repository": "owner/name",
            "github.server_url": "https://github.com", "github.api_url": "https://api.github.com", "github.token": "",
            "github.repository": "owner/name", "github.event.pull_request.number": "7", "runner.temp": str(temporary), "runner.os": "Linux", "runner.arch": "X64",
        }
        self.uses, self.log, self.summary = {}, "", ""

    def value(self, expression, inputs, outputs):
        name = expression.strip()
        if name.startswith("inputs."):
            return self.filled(inputs[name.removeprefix("inputs.")], {}, {})
        found = re.fullmatch(r"steps\.(\w+)\.outputs\.(\w+)", name)
        return outputs.get(found[1], {}).get(found[2], "") if found else self.contexts[name]

    def filled(self, text, inputs, outputs):
        return re.sub(r"\$\{\{(.+?)\}\}", lambda match: self.value(match[1], inputs, outputs), str(text))

    def holds(self, condition, inputs, outputs, has_failed):
        """A condition of `&&`, `||`, `==`, `!=`, `always()` and the names of contexts."""
        text = condition.strip().removeprefix("${{").removesuffix("}}").strip()
        is_always = "always()" in text
        text = re.sub(r"'[^']*'|[a-z_]+(?:\.\w+)+", lambda match: match[0] if match[0].startswith("'")
                      else repr(self.value(match[0], inputs, outputs)), text.replace("always()", "True"))
        return (is_always or not has_failed) and bool(eval(text.replace("&&", " and ").replace("||", " or ")))  # noqa: S307

    def run(self, given):
        """Runs the action with what a workflow gives it; whether it succeeds."""
        described = yaml.safe_load((self.action / "action.yml").read_text())
        unknown = set(given) - set(described["inputs"])
        assert not unknown, f"the action has no input {unknown}"
        words = {name: word for name, word in given.items()}
        inputs = {name: entry.get("default", "") for name, entry in described["inputs"].items()} | {
            name: str(word).lower() if isinstance(word, bool) else str(word) for name, word in words.items()}
        outputs, has_failed = {}, False
        for number, step in enumerate(described["runs"]["steps"]):
            if not self.holds(step.get("if", "True"), inputs, outputs, has_failed):
                continue
            if "uses" in step:
                self.uses[step["uses"].split("@")[0]] = {
                    name: self.filled(word, inputs, outputs) for name, word in step.get("with", {}).items()}
                continue
            files = {name: self.temporary / f"{number}-{name}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
            variables = {name: self.filled(word, inputs, outputs) for name, word in step.get("env", {}).items()}
            result = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], cwd=self.workspace, text=True,
                capture_output=True,
                env=self.environment | {name: str(file) for name, file in files.items()} | {"RUNNER_TEMP": str(self.temporary)} | variables)
            self.log += result.stdout + result.stderr
            if files["GITHUB_STEP_SUMMARY"].exists():
                self.summary += files["GITHUB_STEP_SUMMARY"].read_text()
            if files["GITHUB_OUTPUT"].exists():
                outputs[step.get("id")] = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
            has_failed = has_failed or result.returncode != 0
        self.outputs = {name: self.filled(entry["value"], inputs, outputs) for name, entry in described["outputs"].items()}
        return not has_failed
