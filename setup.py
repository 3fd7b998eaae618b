"""What pre-commit installs for the hooks with `language: python`: the wheel of this version, and nothing of its own."""

import re
from pathlib import Path

from setuptools import setup

source = Path(__file__).resolve().parent / "Sources/Compiler/Version.swift"
version = re.search(r'^package let bayplanVersion = "([^"]+)"$', source.read_text(), re.MULTILINE)[1]
setup(name="bayplan-hooks", version=version, packages=[], py_modules=[], install_requires=[f"bayplan=={version}"])
