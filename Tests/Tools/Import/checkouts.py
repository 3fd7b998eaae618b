"""The Compose projects of a checkout, and a copy of it that comes back to what it was."""

import dataclasses
import os
import pathlib
import re
import shutil

import yaml

NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
OVERRIDES = [f"{stem}.override.{end}" for stem in ("compose", "docker-compose") for end in ("yml", "yaml")]
COMPOSE = re.compile(r"^(?:[\w-]+[.-])?(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$")
EXAMPLES = [".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "env.example", "sample.env"]
LARGEST = 256 * 1024
UNREAD = (".git", "node_modules")


@dataclasses.dataclass(frozen=True)
class Project:
    """A folder as Compose reads it, one file in it that stands alone, or one over the folder's own.

    `files` are named with `-f`; none where Compose is to find its own, which are `own` then.
    """

    place: str
    files: tuple
    own: tuple

    @property
    def name(self):
        return os.path.normpath(f"{self.place}/{'+'.join(self.files)}")

    @property
    def argument(self):
        """What `bayplan import` is given."""
        return ":".join(os.path.normpath(f"{self.place}/{file}") for file in self.files or [""])


def projects(checkout):
    """Every folder that holds a Compose file, and every other file that is called like one, by itself and over that."""
    for folder, folders, files in os.walk(checkout):
        folders[:] = sorted(name for name in folders if name not in UNREAD)
        place = str(pathlib.Path(folder).relative_to(checkout))
        own = [name for name in NAMES if name in files][:1]
        if own:
            own += [name for name in OVERRIDES if name in files][:1]
            yield Project(place, (), tuple(own))
        for name in sorted(files):
            if COMPOSE.match(name) and name not in own:
                yield Project(place, (name,), (name,))
                if own:
                    yield Project(place, (own[0], name), (own[0], name))


def named(folder, own):
    """The files that `.env` names in the place of a folder's own."""
    try:
        text = (folder / ".env").read_text(errors="replace")
    except OSError:
        return own
    value = re.search(r"^(?:export )?COMPOSE_FILE=[\"']?([^\"'\s#]+)", text, re.M)
    separator = re.search(r"^(?:export )?COMPOSE_PATH_SEPARATOR=[\"']?([^\"'\s])", text, re.M)
    return tuple(value.group(1).split(separator.group(1) if separator else ":")) if value else own


class Copy:
    """What of a checkout is small enough to be read by Compose; a context's data is not."""

    def __init__(self, checkout, top):
        self.top = pathlib.Path(top)
        for folder, folders, files in os.walk(checkout):
            folders[:] = [name for name in folders if name not in UNREAD]
            place = self.top / pathlib.Path(folder).relative_to(checkout)
            place.mkdir(parents=True, exist_ok=True)
            for name in files:
                file = pathlib.Path(folder) / name
                if file.is_symlink():
                    os.symlink(os.readlink(file), place / name)
                elif file.is_file() and file.stat().st_size <= LARGEST:
                    shutil.copyfile(file, place / name)
            # A project that is set up by copying an example is read as it is after that.
            example = next((name for name in EXAMPLES if (place / name).is_file()), None)
            if example and not os.path.lexists(place / ".env"):
                shutil.copyfile(place / example, place / ".env")
        for name in ("strategy.yaml", "bayplan.lock"):
            (self.top / name).unlink(missing_ok=True)

    def same_as(self, other):
        """Makes every file what it is in another copy, whatever was written, replaced or removed."""
        mine, theirs = self.files(), other.files()
        for name in mine.keys() - theirs.keys():
            (self.top / name).unlink()
        for name, content in theirs.items():
            if mine.get(name) != content:
                (self.top / name).unlink(missing_ok=True)
                (self.top / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(other.top / name, self.top / name, follow_symlinks=False)

    def files(self):
        found = {}
        for folder, _, files in os.walk(self.top):
            for name in files:
                file = os.path.join(folder, name)
                found[os.path.relpath(file, self.top)] = (
                    os.readlink(file) if os.path.islink(file) else pathlib.Path(file).read_bytes())
        return found


class Loader(yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader):
    """Reads structure alone, whatever tags say."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def texts(top, folder, files):
    """The texts of some files and of all below `top` that they extend and include, each once."""
    top = os.path.realpath(top) + os.sep
    found, waiting = {}, [os.path.join(folder, file) for file in files]
    while waiting and len(found) < 100:
        path = os.path.realpath(waiting.pop())
        if path in found or not path.startswith(top) or not os.path.isfile(path):
            continue
        found[path] = pathlib.Path(path).read_text(errors="replace")
        try:
            root = yaml.load(found[path], Loader)
        except yaml.YAMLError:
            continue
        if not isinstance(root, dict):
            continue
        services = root.get("services") if isinstance(root.get("services"), dict) else {}
        others = [service.get("extends") for service in services.values() if isinstance(service, dict)]
        named = [other.get("file") for other in others if isinstance(other, dict)]
        for item in root.get("include") or []:
            paths = item.get("path") if isinstance(item, dict) else item
            named += paths if isinstance(paths, list) else [paths]
        waiting += [os.path.join(os.path.dirname(path), name) for name in named if isinstance(name, str)]
    return found
