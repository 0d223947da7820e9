"""Searching what a user has: the curated records in the folders, and the library beneath them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from matcher.model.trial import Trial
from matcher.storage.folders import Folders
from matcher.storage.index import Index, completed
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.search import Filters, Found, Hit, search
from matcher.storage.toml_files import read_trials
from matcher.storage.trial_store import is_library

_RECORDS = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE record (number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL);
"""


class Searcher:
    """The trials of a user, open to be searched as often as is typed; `problems` are records that could not be read."""

    def __init__(self, curated: Iterable[Trial], libraries: Sequence[Path], told: Callable[[int], None] = lambda _: None) -> None:
        """Open the libraries, and index the few records that lie beside them; `told` hears of an index being made."""
        self.problems: tuple[str, ...] = ()
        self._open = ExitStack()
        self.libraries = [self._open.enter_context(Library(path, beside=[Index()])) for path in libraries]
        for one in self.libraries:
            completed(one, told)
        self.files = {one.id: one for one in curated}
        self._bases = [_in_memory(list(self.files.values())), *(one.base for one in self.libraries)]

    @classmethod
    def of_user(cls, places: Folders, told: Callable[[int], None] = lambda _: None) -> Self:
        """The user's and the shipped records, and the user's library; one that is damaged is among the problems, the first."""
        loaded = read_trials(places.trial_paths)
        problems = [str(one) for one in loaded.problems]
        try:
            found = cls(loaded.trials, [places.library] if places.library.exists() else [], told)
        except InputError as error:
            found = cls(loaded.trials, [], told)
            problems.insert(0, str(error))
        found.problems = tuple(problems)
        return found

    @classmethod
    def at(cls, paths: Sequence[str | Path], told: Callable[[int], None] = lambda _: None) -> Self:
        """The records in files, folders and libraries."""
        given = [Path(path) for path in paths]
        loaded = read_trials([path for path in given if not is_library(path)])
        found = cls(loaded.trials, [path for path in given if is_library(path)], told)
        found.problems = tuple(str(one) for one in loaded.problems)
        return found

    def __enter__(self) -> Self:
        """The searcher itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the libraries."""
        self._open.close()

    def find(self, text: str, filters: Filters | None = None, *, limit: int = 20, skip: int = 0, as_typed: bool = False) -> Found:
        """One page of the trials that hold the words and pass the filters: curated records first, then the libraries'."""
        asked = filters or Filters()
        hits: list[Hit] = []
        total: int | None = 0
        for place, base in enumerate(self._bases):
            room = limit - len(hits)
            found = search(base, text, asked, limit=max(room, 0), skip=max(skip, 0), as_typed=as_typed, without=self.files if place else ())
            hits += found.hits
            total = None if total is None or found.total is None else total + found.total
            skip = 0 if found.hits else max(0, skip - (found.total or 0))
        return Found(tuple(hits), total)


def _in_memory(trials: Sequence[Trial]) -> sqlite3.Connection:
    """The same tables as a library's for a few records that lie in files."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    index = Index()
    base.executescript(_RECORDS + index.tables)
    for number, one in enumerate(trials, 1):
        base.execute("INSERT INTO record VALUES (?, ?, ?, ?)", (number, one.id, one.title or one.official_title or one.id, one.status))
        index.kept(base, number, index.made(one))
    return base


__all__ = ["Filters", "Found", "Searcher"]
