"""Whether a text has a word with one of some stems in it: the cheap look before patterns that few texts match."""

from __future__ import annotations

import re
from functools import cached_property

from matcher.model.patterns import pattern_of

_MOST = 1 << 16  # words that are kept: numbers and mistakes in typing have no end
_STEM = pattern_of(r"(?:[^|(]|\([^()]*\))+")  # one of several, of which some hold a choice in brackets


class Stems:
    """Words that were met, those with a stem in them and those without; most words of a text were met before."""

    def __init__(self, pattern: str) -> None:
        """`pattern` matches the stems, in small letters and without spaces: one of several, with "|" between them."""
        self._pattern = pattern
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
        if not self._stands_in(" ".join(unknown)):
            self._without |= unknown
            return False
        for word in unknown:
            (self._with if self._stands_in(word) else self._without).add(word)
        return not self._with.isdisjoint(words)

    def _stands_in(self, text: str) -> bool:
        plain, others = self._stems
        return any(stem in text for stem in plain) or others.search(text) is not None

    @cached_property
    def _stems(self) -> tuple[list[str], re.Pattern[str]]:
        """The stems that are letters only, which are found without a pattern, and one of the others."""
        stems = _STEM.findall(self._pattern)
        others = [stem for stem in stems if not stem.isalpha()]
        return [stem for stem in stems if stem.isalpha()], pattern_of("|".join(others) if others else "(?!)")


__all__ = ["Stems"]
