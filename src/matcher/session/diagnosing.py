"""What a helper needs to know when something goes wrong: versions, folders, the library, the terminal; nothing of patients."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from matcher import __version__
from matcher.model.trial import Trial
from matcher.session.importing import MADE_WITH, advised
from matcher.session.preferences import preferences_path
from matcher.storage.folders import Folders, homely, toml_files
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trials

Parts = Mapping[str, Sequence[str]]
_PACKAGES = ("textual", "rich", "pydantic", "rapidfuzz", "platformdirs")
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "SSH_TTY", "TMUX")
_NO_VALUE = ("SSH_TTY", "TMUX")  # that they are set is enough: their values name hosts and folders
_MOST = 5


def diagnosis(places: Folders, terminal: Sequence[str] = (), settings: Sequence[str] = ()) -> Parts:
    """Lines by heading; `terminal` is what the app knows of it, `settings` what is wrong in the file of settings."""
    return {
        "Versions": [f"matcher {__version__} ({MADE_WITH})", f"Python {platform.python_version()} on {platform.system()} {platform.release()} ({platform.machine()})", *_packages()],
        "Folders": [*_folders(places)],
        "Trials": [*_trials(places)],
        "Terminal": [*terminal, *_terminal()],
        "Settings": [f"{homely(preferences_path(places))}{'' if preferences_path(places).exists() else ' (not written yet)'}", *settings],
    }


def _packages() -> Iterator[str]:
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} missing")
    yield ", ".join([*found, f"SQLite {sqlite3.sqlite_version}"])


def _folders(places: Folders) -> Iterator[str]:
    for what, path in (("data", places.data), ("settings", places.config), ("shipped trials", places.shipped_trials), ("shipped patients", places.shipped_profiles)):
        if path is None:
            yield f"{what}: none"
            continue
        there = "" if path.is_dir() else ", not there yet"
        closed = ", cannot be written" if path.is_dir() and not what.startswith("shipped") and not os.access(path, os.W_OK) else ""
        yield f"{what}: {homely(path)}{there}{closed}"
    for what, path in (("patients", places.profiles), ("archived", places.archive), ("unsaved", places.drafts), ("marked", places.marks)):
        yield f"{what}: {len(toml_files(path))}"
    with_space = next((one for one in (places.data, *places.data.parents) if one.is_dir()), None)
    if with_space is not None:
        yield f"free space: {shutil.disk_usage(with_space).free / 1e9:.1f} GB"


def _trials(places: Folders) -> Iterator[str]:
    loaded = read_trials(places.trial_paths)
    yield f"files: {len(loaded.trials)} trials{_curated(loaded.trials)}"
    yield from (str(one) for one in loaded.problems[:_MOST])
    if not places.library.exists():
        yield "library: none yet"
        return
    try:
        with Library(places.library) as library:
            counts = library.counts()
            yield f"library: {homely(places.library)}, {counts['records']:,} records, {counts['earlier']:,} earlier versions, {counts['bytes'] / 1e6:.1f} MB"
            for name, count in counts["versions"].items():
                yield f"read with {name}: {count:,}" + advised(name)
    except (InputError, sqlite3.Error) as error:
        yield f"library: {error}"


def _curated(trials: Sequence[Trial]) -> str:
    every = [criterion for one in trials for criterion in one.criteria]
    return f", {sum(one.curated for one in every)} of {len(every)} checks confirmed by a person" if every else ""


def _terminal() -> Iterator[str]:
    yield f"encoding {getattr(sys.stdout, 'encoding', None) or 'unknown'}"
    said = [f"{name} is set" if name in _NO_VALUE else f"{name}={os.environ[name][:40]}" for name in _TERMINAL if os.environ.get(name)]
    yield ", ".join(said) or "no variable of the terminal is set"


__all__ = ["Parts", "diagnosis"]
