"""What a match leaves in the libraries it went through, and what it can tell from what an earlier one left."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from matcher.storage.changes import Changed, changes_for, forget, note_match
from matcher.storage.folders import Folders, file_stem, toml_files
from matcher.storage.library import Library
from matcher.storage.refusal import InputError

Stands = dict[Path, int]


def standing(libraries: Sequence[Path]) -> Stands:
    """How far each library is, to be asked before its trials are loaded; one that cannot be read is left out."""
    found: Stands = {}
    for path in libraries:
        with suppress(InputError, sqlite3.Error), Library(path) as library:
            found[path] = library.came
    return found


def after_match(stands: Stands, places: Folders, profile: str, ranked: Sequence[str], day: date) -> list[Changed]:
    """Note that a saved patient was matched, and say which of the ranked trials changed since the last match before."""
    if file_stem(profile) not in places.profile_files():
        return []
    found: list[Changed] = []
    for path, came in stands.items():
        with suppress(InputError, sqlite3.Error), Library(path) as library:
            found += changes_for(library, profile, day, ranked)
            note_match(library, profile, ranked, day, came)
    return found


def changed_for(stands: Stands, profile: str, day: date, asked: Collection[str] | None = None) -> list[Changed]:
    """The trials that changed since a patient was matched: those asked for, else those that stood first then."""
    found: list[Changed] = []
    for path in stands:
        with suppress(InputError, sqlite3.Error), Library(path) as library:
            found += changes_for(library, profile, day, asked)
    return found


def forget_gone(library: Library, places: Folders) -> int:
    """Drop what matches left for patients whose profile is gone; how many patients that were."""
    there = {*places.profile_files(), *(path.stem for path in toml_files(places.archive))}
    return forget(library, lambda profile: file_stem(profile) in there)


__all__ = ["Changed", "Stands", "after_match", "changed_for", "forget_gone", "standing"]
