"""Where things are kept: the user's folders, and the trials and profiles that come with matcher."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from matcher.model.patterns import later
from matcher.model.values import value
from matcher.storage.refusal import InputError

_RESERVED = later(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


@value(frozen=True, slots=True)
class Folders:
    """The user's folders, made when something is first written to them, and the shipped ones beneath."""

    data: Path
    config: Path
    shipped_trials: Path | None = None
    shipped_profiles: Path | None = None

    @property
    def profiles(self) -> Path:
        """The user's profiles."""
        return self.data / "profiles"

    @property
    def trials(self) -> Path:
        """The user's trial records; one with a shipped record's id stands in its place."""
        return self.data / "trials"

    @property
    def library(self) -> Path:
        """The user's library of imported trials."""
        return self.data / "library.db"

    @property
    def marks(self) -> Path:
        """The nurse's marks, one file per profile."""
        return self.data / "marks"

    @property
    def log(self) -> Path:
        """The record of who changed what, one file per profile."""
        return self.data / "log"

    @property
    def drafts(self) -> Path:
        """Unsaved changes of profiles."""
        return self.data / "drafts"

    @property
    def archive(self) -> Path:
        """Profiles that were put away."""
        return self.profiles / "archive"

    @property
    def bin(self) -> Path:
        """Deleted profiles, until they are purged."""
        return self.profiles / "deleted"

    @property
    def exports(self) -> Path:
        """Exported shortlists."""
        return self.data / "exports"

    @property
    def copied(self) -> Path:
        """What was copied last, where the terminal has no clipboard."""
        return self.data / "copied.txt"

    @property
    def trial_paths(self) -> list[Path]:
        """The folders of trial records that exist, shipped ones first: later ones stand in for earlier ones."""
        return [path for path in (self.shipped_trials, self.trials) if path and path.is_dir()]

    def profile_files(self) -> dict[str, Path]:
        """The profile files by the id their name shows; the user's stand in for shipped ones."""
        found: dict[str, Path] = {}
        for folder in (self.shipped_profiles, self.profiles):
            found |= {path.stem: path for path in toml_files(folder)} if folder else {}
        return found

    def is_example(self, path: Path) -> bool:
        """Whether a profile is one of the made-up patients that come with matcher."""
        return self.shipped_profiles is not None and path.parent == self.shipped_profiles

    def profile_path(self, profile_id: str) -> Path:
        """The user's file for a profile, whether it exists yet or not."""
        return self.profiles / f"{file_stem(profile_id)}.toml"

    def trial_path(self, trial_id: str) -> Path:
        """The user's file for a trial record, whether it exists yet or not."""
        return self.trials / f"{file_stem(trial_id)}.toml"

    def find_profile(self, reference: str) -> Path:
        """The file that a path or an id in the profile folders means; InputError names the nearest id."""
        known = self.profile_files()
        if reference in known:
            return known[reference]
        if reference.endswith(".toml") or "/" in reference or "\\" in reference:
            return Path(reference)
        if file_stem(reference) in known:
            return known[file_stem(reference)]
        if os.path.isfile(reference):
            return Path(reference)
        from rapidfuzz import process  # loaded only where something is to be said of a wrong id

        near = process.extractOne(reference[:60], list(known), score_cutoff=60)
        hint = f'did you mean "{near[0]}"?' if near else f"give a file's path, or put the profile in {self.profiles}"
        raise InputError(reference[:80], "", f"no profile has this id; {hint}")


def folders(data: Path | None = None, config: Path | None = None) -> Folders:
    """The folders given, else those of MATCHER_DATA and MATCHER_CONFIG, else the system's usual places."""
    return Folders(
        data=data or _from_environment("MATCHER_DATA") or _usual("data"),
        config=config or _from_environment("MATCHER_CONFIG") or _usual("config"),
        shipped_trials=_shipped("trials"),
        shipped_profiles=_shipped("profiles"),
    )


def toml_files(folder: Path) -> list[Path]:
    """The TOML files of a folder in the order of their names; none where there is no such folder."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except (OSError, ValueError):
        return []


def homely(path: Path) -> str:
    """A path as it is shown: ~ stands for the home folder, which `expanduser` undoes."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def file_stem(identifier: str) -> str:
    """A file name, without its ending, for an id: the id itself wherever every system takes it."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", identifier).strip(".-")[:80]
    if safe == identifier and not _RESERVED.match(safe):
        return safe
    import hashlib  # few ids need it

    mark = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{'_' if _RESERVED.match(safe) else ''}{safe}-{mark}".lstrip("-")


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser() if value else None


def _usual(kind: str) -> Path:
    path = _of_linux(kind) if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ else ""
    if path.startswith("/") and path == path.strip():
        return Path(path, "matcher")
    import platformdirs  # what it finds where all is as usual is known without it, and it takes as long to load as five trials

    where = platformdirs.user_data_dir if kind == "data" else platformdirs.user_config_dir
    return Path(where("matcher", appauthor=False))


def _of_linux(kind: str) -> str:
    """Where a user's data or settings are by the standard of Linux desktops."""
    beneath = "~/.local/share" if kind == "data" else "~/.config"
    return os.environ.get(f"XDG_{kind.upper()}_HOME") or (os.path.expanduser(beneath) if os.environ.get("HOME", "").startswith("/") else "")


def _shipped(name: str) -> Path | None:
    package = Path(__file__).parent.parent
    project = package.parent.parent
    source = project / name if (project / "pyproject.toml").is_file() else None
    return next((path for path in (package / "shipped" / name, source) if path and path.is_dir()), None)
