"""Browsing what a user has: pages of trials as words are typed, and one record with its versions, beside the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from matcher.model.trial import Trial
from matcher.session.outcome import Stopped
from matcher.session.searching import Filters, Found, Searcher
from matcher.storage.changes import difference
from matcher.storage.folders import Folders
from matcher.storage.library import Library
from matcher.storage.refusal import InputError

Answer = TypeVar("Answer")
PAGE = 100  # trials found that are listed at once


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record: the day up to which it speaks, and what its criteria say otherwise than the one before."""

    day: str
    lines: tuple[str, ...]

    def plain(self) -> dict[str, object]:
        """The version as plain values for output."""
        return {"day": self.day, "changes": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A record as it stands: where it lies, its versions with the newest first, and what the library's record says otherwise.

    `place` is "library", "yours" (a file of the user's folder) or "shipped" (it comes with matcher).
    """

    trial: Trial
    place: str = "library"
    versions: tuple[Version, ...] = ()
    otherwise: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether a person typed it, so that it may be edited and removed."""
        if self.place != "library" or self.trial.source is None:
            return False
        from matcher.sources.by_hand import SITE  # what reads trials is loaded only where one may be of it

        return self.trial.source.site == SITE

    @property
    def confirmed(self) -> tuple[int, int]:
        """How many of its criteria have a check that a person confirmed, and how many there are."""
        return sum(one.curated for one in self.trial.criteria), len(self.trial.criteria)


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is to browse: how many trials of files and of libraries, what could not be read, and how far the files' checks are confirmed."""

    files: int
    kept: int
    problems: tuple[str, ...]
    confirmed: Mapping[str, tuple[int, int]]


class Browser:
    """The trials of a user, searched in a thread of their own: the screen never waits, and a key asked over is let go of."""

    def __init__(self, places: Folders) -> None:
        """Nothing is opened yet."""
        self._places = places
        self._thread = ThreadPoolExecutor(1, "library")
        self._searcher: Searcher | None = None
        self._left = False

    def open(self, told: Callable[[int], None]) -> Future[Opened]:
        """Open the files and the library anew; `told` hears of an index being made."""
        return self._thread.submit(self._open, told)

    def find(self, text: str, filters: Filters, skip: int = 0) -> Future[Found]:
        """One page of the trials that hold what is typed so far."""
        return self._ask(lambda searcher: searcher.find(text, filters, limit=PAGE, skip=skip, as_typed=True))

    def look(self, trial_id: str) -> Future[Shelved | None]:
        """One record with its versions; None where it is there no more."""
        return self._ask(lambda searcher: shelved(searcher, self._places, trial_id))

    def close(self) -> None:
        """Let go of what was asked, and of the files; an index that is being made is gone on with another time."""
        self._left = True
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def _ask(self, answer: Callable[[Searcher], Answer]) -> Future[Answer]:
        def asked() -> Answer:
            assert self._searcher is not None, "the trials are opened before they are searched"
            return answer(self._searcher)

        return self._thread.submit(asked)

    def _open(self, told: Callable[[int], None]) -> Opened:
        def heard(done: int) -> None:
            if self._left:
                raise Stopped
            told(done)

        self._close()
        self._searcher = Searcher.of_user(self._places, heard)
        confirmed = {name: Shelved(one).confirmed for name, one in self._searcher.files.items()}
        return Opened(len(self._searcher.files), sum(len(one) for one in self._searcher.libraries), self._searcher.problems, confirmed)

    def _close(self) -> None:
        if self._searcher is not None:
            self._searcher.__exit__()
            self._searcher = None


def shelved(searcher: Searcher, places: Folders, trial_id: str) -> Shelved | None:
    """A record with its versions; one in a file stands before the library's, and what that says otherwise is told."""
    own = searcher.files.get(trial_id)
    for library in searcher.libraries:
        kept = library.trial(trial_id)
        if kept is None:
            continue
        versions = versions_of(library, kept)
        if own is None:
            return Shelved(kept, "library", versions)
        return Shelved(own, _place(places, trial_id), versions, tuple(difference(own, kept)))
    return Shelved(own, _place(places, trial_id)) if own is not None else None


def versions_of(library: Library, record: Trial) -> tuple[Version, ...]:
    """The versions of a library's record, the newest first."""
    history = [*library.earlier(record.id), record]
    found = [Version(day_of(now), tuple(difference(was, now)) if was else ()) for was, now in zip([None, *history], history, strict=False)]
    return tuple(reversed(found))


def day_of(trial: Trial) -> str:
    """The day up to which a record speaks, else the day it was read; "" where neither is known."""
    source = trial.source
    days = (source and source.current_as_of, trial.last_updated, source and source.read)
    return next((str(one) for one in days if one), "")


def shelved_here(places: Folders, record: Trial) -> Shelved:
    """A record that was judged, with where it lies, its versions, and what the library's record says otherwise."""
    place = _shelf(places, record.id)
    if not places.library.exists():
        return Shelved(record, place)
    try:
        with Library(places.library) as library:
            kept = library.trial(record.id)
            if kept is None:
                return Shelved(record, place)
            versions = versions_of(library, kept)
    except (InputError, sqlite3.Error):
        return Shelved(record, place)
    return Shelved(record, place, versions, () if place == "library" else tuple(difference(record, kept)))


def _shelf(places: Folders, trial_id: str) -> str:
    path = places.trial_path(trial_id)
    if path.exists():
        return "yours"
    return "shipped" if places.shipped_trials and (places.shipped_trials / path.name).exists() else "library"


def _place(places: Folders, trial_id: str) -> str:
    return "yours" if places.trial_path(trial_id).exists() else "shipped"


__all__ = ["PAGE", "Browser", "Opened", "Shelved", "Version", "day_of", "shelved", "versions_of"]
