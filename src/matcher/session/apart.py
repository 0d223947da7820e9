"""A process of its own that judges trials of a library, so that the keys of the app never wait for it.

It is kept; one thing is asked of it at a time, and another question ends the one in hand. Where there can be no such
process, the same is done here.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from matcher.session.outcome import Outcome, Progress, Stopped, Told
from matcher.session.processes import begun
from matcher.session.ward import Bed, WardAsked, beds
from matcher.session.whole import Asked, Sought, sought, wide
from matcher.vocabulary import load

_PIECE = 5  # trials sent at once: taking up more would hold up the keys
_LOOK = 0.05  # seconds between two looks whether it is still wanted


class Apart:
    """The process, and what is asked of it."""

    def __init__(self, started: tuple[Connection | None, Any] = (None, None)) -> None:
        """The line and the process, where one was `started`."""
        self._lock = Lock()
        self._ours, self._process = started
        self._number = 0

    def start(self) -> None:
        """Start the process, so that it is warm when something is asked."""
        with self._lock, suppress(OSError, ValueError):
            self._begun()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()

    def ask_each(self, question: WardAsked, told: Callable[[Bed | Progress], None], unwanted: Callable[[], bool]) -> None:
        """The patients of a ward, of each of which `told` hears; Stopped where they are not wanted any more."""
        done = 0
        with self._lock:
            try:
                for found in self._replies(self._begun(), question, unwanted):
                    told(found)
                    done += isinstance(found, Bed)
                return
            except (EOFError, OSError, ValueError, pickle.PickleError):
                self._process = self._ours = None
        beds_here(replace(question, patients=question.patients[done:]), told, unwanted)

    def ask(self, question: Asked | Sought, told: Told, unwanted: Callable[[], bool]) -> Outcome:
        """The answer; `told` hears of the progress and of a first outcome. Stopped where it is not wanted any more."""
        with self._lock:
            try:
                return self._asked(self._begun(), question, told, unwanted)
            except (EOFError, OSError, ValueError, pickle.PickleError):
                self._process = self._ours = None
        return answered_here(question, told, unwanted)

    def _asked(self, line: Connection, question: Asked | Sought, told: Told, unwanted: Callable[[], bool]) -> Outcome:
        profile = question.profile if isinstance(question, Asked) else question.asked.profile
        trials: list[Any] = []
        matches: list[Any] = []
        for found in self._replies(line, question, unwanted):
            match found:
                case Progress():
                    told(found)
                case list():
                    trials += (trial for trial, _ in found)
                    matches += (match for _, match in found)
                case (Outcome() as outcome, last):
                    whole = replace(outcome, profile=profile, trials=tuple(trials), matches=tuple(matches))
                    if last:
                        return whole
                    trials, matches = [], []
                    told(whole)
        raise EOFError

    def _replies(self, line: Connection, question: Asked | Sought | WardAsked, unwanted: Callable[[], bool]) -> Iterator[Any]:
        """What comes back of a question, to its end; an error comes back as one."""
        if unwanted():
            raise Stopped
        self._number += 1
        line.send((self._number, question))
        while True:
            while not line.poll(_LOOK):
                if unwanted():
                    line.send((0, None))
                    raise Stopped
            number, found = line.recv()
            if number != self._number:
                continue
            if found is None:
                return
            if isinstance(found, Exception):
                raise found
            yield found

    def _begun(self) -> Connection:
        """The line to the process, which is started where there is none."""
        if self._ours is None or self._process is None or not self._process.is_alive():
            self._ours, self._process = begun(__name__)
        return self._ours


def answered_here(question: Asked | Sought, told: Told, unwanted: Callable[[], bool]) -> Outcome:
    """The same, worked out in this process."""

    def hears(found: Progress | Outcome) -> None:
        if unwanted():
            raise Stopped
        told(found)

    return _answer(question, hears)


def beds_here(question: WardAsked, told: Callable[[Bed | Progress], None], unwanted: Callable[[], bool]) -> None:
    """The patients of a ward, judged in this process."""

    def hears(found: Bed | Progress) -> None:
        if unwanted():
            raise Stopped
        told(found)

    beds(question, hears)


def _answer(question: Asked | Sought, told: Told) -> Outcome:
    return wide(question, told) if isinstance(question, Asked) else sought(question, told)


def serve(line: Connection) -> None:
    """Answer what is asked, until the app is gone."""
    load()
    with suppress(EOFError, OSError):
        while True:
            number, question = line.recv()
            if question is None:
                continue
            told = partial(_told, line, number)
            try:
                if isinstance(question, WardAsked):
                    beds(question, told)
                    line.send((number, None))
                else:
                    _send(line, number, _answer(question, told), last=True)
            except Stopped:
                continue
            except Exception as error:
                line.send((number, _sendable(error)))


def _told(line: Connection, number: int, found: Progress | Outcome | Bed) -> None:
    if line.poll():
        raise Stopped  # something else is asked, or this is not wanted any more
    if isinstance(found, Outcome):
        _send(line, number, found, last=False)
    else:
        line.send((number, found))


def _send(line: Connection, number: int, outcome: Outcome, *, last: bool) -> None:
    """An outcome, its trials piece by piece before it."""
    pairs = list(zip(outcome.trials, outcome.matches, strict=True))
    for place in range(0, len(pairs), _PIECE):
        line.send((number, pairs[place : place + _PIECE]))
    line.send((number, (replace(outcome, trials=(), matches=()), last)))


def _sendable(error: Exception) -> Exception:
    """The error itself where it can be taken up again at the other end, else its words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


__all__ = ["Apart", "answered_here", "beds_here", "serve"]
