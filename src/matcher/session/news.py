"""What came to the trials since they were matched: an import in another window, a file written by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from matcher.storage.folders import Folders, toml_files
from matcher.storage.refusal import InputError

State = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Stood:
    """How the trials' files stood when their trials were loaded: those in folders, and how many batches the library had (None = not known)."""

    files: State
    came: int | None = 0


def state_of(paths: list[Path]) -> State:
    """When each file was written and how large it is; one that is not there is left out."""
    found = {}
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            found[path] = (stat.st_mtime_ns, stat.st_size)
    return found


def trial_files(folders: Folders) -> State:
    """The trials in files of their own."""
    return state_of(toml_files(folders.trials))


def library_files(folders: Folders) -> State:
    """What changes with the library; a change of it need not be one of its trials."""
    return state_of([folders.library, folders.library.with_name(f"{folders.library.name}-wal")])


@dataclass(slots=True)
class News:
    """A cheap look whether there is anything new, and a longer one, for beside the screen, how much it is."""

    folders: Folders
    _seen: tuple[State, State] | None = field(default=None, init=False)

    def maybe(self) -> bool:
        """Whether any file is otherwise than at the last look."""
        now = (trial_files(self.folders), library_files(self.folders))
        changed, self._seen = now != self._seen, now
        return changed

    def since(self, stood: Stood) -> str:
        """What came since then, in words; "" where nothing did, or where it cannot be said."""
        files = dict(trial_files(self.folders).items() ^ stood.files.items())
        found = [_counted(len(files), "trial file"), _counted(self._came_to_library(stood.came), "trial")]
        return " and ".join(one for one in found if one)

    def _came_to_library(self, came: int | None) -> int:
        if came is None or not self.folders.library.exists():
            return 0
        from matcher.storage.library import Library  # the database is loaded only where there is a library

        with suppress(InputError, sqlite3.Error), Library(self.folders.library) as library:
            return sum(1 for _ in library.changed_since(came)) if library.came != came else 0
        return 0


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'} new or changed" if number else ""


__all__ = ["News", "Stood", "trial_files"]
