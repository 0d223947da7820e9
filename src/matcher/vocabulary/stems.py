"""Whether a text has a word with one of some stems in it: the cheap look before patterns that few texts match."""

from __future__ import annotations

import re

_MOST = 1 << 14  # words that are kept: numbers and mistakes in typing have no end


class Stems(dict[str, bool]):
    """Words that were met, and whether a stem stands in them; most words of a text were met before."""

    def __init__(self, pattern: str) -> None:
        """`pattern` matches the stems, in small letters and without spaces."""
        super().__init__()
        self._stem = re.compile(pattern)

    def __missing__(self, word: str) -> bool:
        """A word that is met for the first time."""
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._stem.search(word) is not None
        return found

    def stand_in(self, text: str) -> bool:
        """Whether one of the stems stands in a text."""
        return any(map(self.__getitem__, text.casefold().split()))


__all__ = ["Stems"]
