"""Patterns that take no notice of case: they look at the text in small letters, which is several times as fast.

A pattern that ignores case tries every word of a list at every place; one in small letters passes over those that begin
otherwise. Such a pattern is made when it is first needed. What it matched is in small letters: only whether it matched,
and where, may be asked. `needs` are words of which one is in whatever text the pattern matches in: where a text has none of
them, which is told many times as fast, it is not searched for.
"""

from __future__ import annotations

import re
from sys import maxsize

from matcher.model.patterns import pattern_of

_REACH = 200  # characters: what is said directly before something is never longer
_MOST = 4096  # texts that are kept in small letters: those of a record and their parts
_CAPITAL = pattern_of(r"\\.|\(\?P|[A-Z]")


class _Small(dict[str, "str | None"]):
    """Texts in small letters, kept while patterns are searched for in them; None for one that grows in small letters."""

    def __missing__(self, text: str) -> str | None:
        if len(self) >= _MOST:
            self.clear()
        small = text.lower()
        found = self[text] = small if len(small) == len(text) else None
        return found


_SMALL = _Small()


class Caseless:
    """A pattern that takes no notice of case."""

    __slots__ = ("_any", "_needs", "_small", "_written")

    def __init__(self, written: str, needs: tuple[str, ...] = ("",)) -> None:
        """The pattern as it is written, in letters of any case, and words it cannot do without, in small ones."""
        self._written = written
        self._needs = needs
        self._small: re.Pattern[str] | None = None
        self._any: re.Pattern[str] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The words it cannot do without, of which one is in whatever text it matches in."""
        return self._needs

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first place where it matches."""
        small = _SMALL[text]
        if small is None:
            return self._as_it_stands().search(text, start, end)
        for word in self._needs:
            if word in small:
                return (self._small or self._in_small()).search(small, start, end)
        return None

    def ends(self, text: str, end: int) -> re.Match[str] | None:
        """The match that reaches up to a place, for a pattern that ends in "$": only what stands close before it is looked at."""
        return self.search(text, max(0, end - _REACH), end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at a place."""
        small = _SMALL[text]
        if small is None:
            return self._as_it_stands().match(text, start)
        for word in self._needs:
            if word in small:
                return (self._small or self._in_small()).match(small, start)
        return None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        small = _SMALL[text]
        if small is None:
            return self._as_it_stands().fullmatch(text)
        for word in self._needs:
            if word in small:
                return (self._small or self._in_small()).fullmatch(small)
        return None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Every place where it matches."""
        small = _SMALL[text]
        if small is None:
            return [found.span() for found in self._as_it_stands().finditer(text)]
        for word in self._needs:
            if word in small:
                return [found.span() for found in (self._small or self._in_small()).finditer(small)]
        return []

    def split(self, text: str) -> list[str]:
        """What stands before, between and behind the places where it matches."""
        end = 0
        found: list[str] = []
        for start, behind in self.spans(text):
            found.append(text[end:start])
            end = behind
        return [*found, text[end:]]

    def without(self, text: str, put: str = "") -> str:
        """The text with other letters in every place where it matches."""
        return put.join(self.split(text))

    def _in_small(self) -> re.Pattern[str]:
        """The pattern for a text in small letters, made when it is first needed."""
        self._small = pattern_of(_CAPITAL.sub(_lower, self._written))
        return self._small

    def _as_it_stands(self) -> re.Pattern[str]:
        """The pattern for a text that grows in small letters."""
        if self._any is None:
            self._any = pattern_of(self._written, re.IGNORECASE)
        return self._any


def _lower(found: re.Match[str]) -> str:
    return found[0].lower() if len(found[0]) == 1 else found[0]
