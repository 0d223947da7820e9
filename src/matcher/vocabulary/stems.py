"""Whether a text has a word with one of some stems in it: the cheap look before patterns that few texts match."""

from __future__ import annotations

from matcher.model.patterns import later

_MOST = 1 << 16  # words that are kept: numbers and mistakes in typing have no end


class Stems:
    """Words that were met, those with a stem in them and those without; most words of a text were met before."""

    def __init__(self, pattern: str) -> None:
        """`pattern` matches the stems, in small letters and without spaces."""
        self._stem = later(pattern)
        self._with: set[str] = set()
        self._without: set[str] = set()

    def stand_in(self, text: str) -> bool:
        """Whether one of the stems stands in a text."""
        words = text.casefold().split()
        if not self._with.isdisjoint(words):
            return True
        return not self._without.issuperset(words) and self._stand_among(words)

    def _stand_among(self, words: list[str]) -> bool:
        """Whether one of the stems stands in a word, of which some are met for the first time."""
        if len(self._with) + len(self._without) >= _MOST:
            self._with.clear()
            self._without.clear()
        unknown = set(words) - self._without
        if self._stem.search(" ".join(unknown)) is None:
            self._without |= unknown
            return False
        for word in unknown:
            (self._without if self._stem.search(word) is None else self._with).add(word)
        return not self._with.isdisjoint(words)


__all__ = ["Stems"]
