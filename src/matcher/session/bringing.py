"""Bringing trials in: one import into a library under its lock, with what it changed for patients matched before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from matcher.session.changed import Changed, forget_gone
from matcher.session.importing import Imported, import_into
from matcher.storage.changes import changes_by_import
from matcher.storage.folders import Folders
from matcher.storage.import_lock import import_lock
from matcher.storage.index import Index
from matcher.storage.library import Library


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import gave, and the trials whose criteria it changed since patients were matched."""

    done: Imported
    changed: tuple[Changed, ...]


def bring_in(
    path: Path,
    paths: Iterable[str | Path],
    places: Folders,
    day: date,
    told: Callable[[Imported], None],
    stop: Callable[[], bool] = bool,
    *,
    contacts: bool = True,
) -> Brought:
    """Import files, folders and zips into the library at `path`; InputError where it cannot be written, or another import goes on."""
    with import_lock(path, f"process {os.getpid()} (since {datetime.now():%H:%M})"), Library(path, create=True, beside=[Index()]) as library:
        came = library.came
        done = import_into(library, paths, day, told, contacts=contacts, stop=stop)
        forget_gone(library, places)
        return Brought(done, tuple(changes_by_import(library, came)))


__all__ = ["Brought", "bring_in"]
