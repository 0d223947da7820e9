"""Patterns that take no notice of case: they look at the text in small letters, which is several times as fast.

A pattern that ignores case tries every word of a list at every place; one in small letters passes over those that begin
otherwise. Such a pattern is made when it is first needed. What it matched is in small letters: only whether it matched,
and where, may be asked. `needs` are words of which one is in whatever the pattern matches: where a text has none of them,
which is told many times as fast, it is not searched for.
"""

from __future__ import annotations

import re
from functools import lru_cache

_REACH = 200  # characters: what is said directly before something is never longer
_LONG = 300  # characters: a text of more is put into small letters once for all patterns
_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")


class Caseless:
    """A pattern that takes no notice of case."""

    __slots__ = ("_any", "_needs", "_small", "_written")

    def __init__(self, written: str, needs: tuple[str, ...] = ()) -> None:
        """The pattern as it is written, in letters of any case, and words it cannot do without, in small ones."""
        self._written = written
        self._needs = needs
        self._small: re.Pattern[str] | None = None
        self._any: re.Pattern[str] | None = None

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place where it matches."""
        small, pattern = text.lower() if len(text) < _LONG else _lowered(text), self._small
        if self._needs and len(small) == len(text) and not any(map(small.__contains__, self._needs)):
            return None
        if pattern is None or len(small) != len(text):
            small, pattern = self._for(text)
        return pattern.search(small, start) if end is None else pattern.search(small, start, end)

    def ends(self, text: str, end: int) -> re.Match[str] | None:
        """The match that reaches up to a place, for a pattern that ends in "$": only what stands close before it is looked at."""
        return self.search(text, max(0, end - _REACH), end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at a place."""
        small, pattern = text.lower() if len(text) < _LONG else _lowered(text), self._small
        if pattern is None or len(small) != len(text):
            small, pattern = self._for(text)
        return pattern.match(small, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        small, pattern = self._for(text)
        return pattern.fullmatch(small)

    def _for(self, text: str) -> tuple[str, re.Pattern[str]]:
        """The text to look at, and the pattern for it: a text that grows in small letters is looked at as it stands."""
        small = text.lower() if len(text) < _LONG else _lowered(text)
        if len(small) == len(text):
            if self._small is None:
                self._small = re.compile(_CAPITAL.sub(_in_small, self._written))
            return small, self._small
        if self._any is None:
            self._any = re.compile(self._written, re.IGNORECASE)
        return text, self._any


@lru_cache(maxsize=4)
def _lowered(text: str) -> str:
    return text.lower()


def _in_small(found: re.Match[str]) -> str:
    return found[0].lower() if len(found[0]) == 1 else found[0]
