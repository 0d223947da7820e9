"""A few trial records by their ids, wherever they are: the user's files before the library, or the paths given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from matcher.model.trial import Trial
from matcher.storage.folders import Folders
from matcher.storage.toml_files import read_trials
from matcher.storage.trial_store import is_library


def records_of(wanted: Collection[str], places: Folders, paths: Sequence[str] | None = None) -> dict[str, Trial]:
    """The records of these ids, in the order asked for; an id that no record has is left out."""
    found = files_of(places, paths)
    for path in [Path(path) for path in paths if is_library(Path(path))] if paths else [places.library]:
        missing = [name for name in wanted if name not in found]
        if missing and path.exists():
            found |= _kept(path, missing)
    return {name: found[name] for name in wanted if name in found}


def files_of(places: Folders, paths: Sequence[str] | None = None) -> dict[str, Trial]:
    """The records in files, by id: those of the paths given that are no library, else the user's."""
    given = [Path(path) for path in paths if not is_library(Path(path))] if paths else places.trial_paths
    return {one.id: one for one in read_trials(given).trials}


def _kept(path: Path, wanted: Sequence[str]) -> dict[str, Trial]:
    from matcher.storage.library import Library  # its database is loaded only where there is a library

    with Library(path) as library:
        return {name: trial for name in wanted if (trial := library.trial(name)) is not None}


__all__ = ["files_of", "records_of"]
