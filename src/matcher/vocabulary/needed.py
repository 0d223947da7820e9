"""Which of many patterns may match a text: those of which some letters stand in it, found for all of them in one look at its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

_MOST = 1 << 16  # words that are kept: numbers and mistakes in typing have no end


class Needed:
    """The letters that many rows need, by the words that hold them; most words of a text were met before."""

    def __init__(self, needs: Iterable[Sequence[str]]) -> None:
        """Of each row the letters of which some stand in whatever it matches ("" where it needs none); of several words the longest is looked for."""
        rows: dict[str, int] = {}
        for place, letters in enumerate(needs):
            for one in letters:
                longest = max(one.split(), key=len, default="")
                rows[longest] = rows.get(longest, 0) | 1 << place
        self._always = rows.pop("", 0)
        self._words = _Words(rows)

    def rows(self, text: str) -> Sequence[int]:
        """The places, in their order, of the rows that may match a text: of every other one it lacks the letters."""
        met = reduce(or_, map(self._words.__getitem__, text.split()), self._always)
        found: list[int] = []
        while met:
            found.append((met & -met).bit_length() - 1)
            met &= met - 1
        return found


class _Words(dict[str, int]):
    """Words with the rows, as bits, that need letters in them, worked out when a word is first met."""

    def __init__(self, rows: dict[str, int]) -> None:
        super().__init__()
        self._signs = [(letters, bits) for letters, bits in rows.items() if len(letters) == 1]
        self._longer: dict[str, list[tuple[str, int]]] = {}  # by the two letters they begin with: of hundreds, few begin so anywhere in a word
        for letters, bits in rows.items():
            if len(letters) > 1:
                self._longer.setdefault(letters[:2], []).append((letters, bits))

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        found = 0
        for letters, bits in self._signs:
            if letters in word:
                found |= bits
        beginning = self._longer.get
        for first, second in pairwise(word):
            for letters, bits in beginning(first + second, ()):
                if letters in word:
                    found |= bits
        self[word] = found
        return found


__all__ = ["Needed"]
