"""Which of many patterns may match a text: those of which some letters stand in it, found for all of them in one look at its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from matcher.model.patterns import pattern_of

_MOST = 1 << 16  # words that are kept: numbers and mistakes in typing have no end
_BLANK = pattern_of(r"\s")
_FIRST = 4  # letters by which others are found
_SIZES = range(1, _FIRST + 1)
_COMMON = frozenset(("the", "of", "or", "to", "and", "in", "with", "a", "is", "are", "for", "be", "on", "at", "as"))


class Needed:
    """The letters that many rows need, by the words that hold them; most words of a text were met before."""

    def __init__(self, needs: Iterable[Sequence[str]]) -> None:
        """Of each row the letters of which some stand in whatever it matches ("" where it needs none); of several words the two rarest are looked for."""
        rows: dict[str, int] = {}
        held = list(needs)
        self._every = (1 << len(held)) - 1
        for place, letters in enumerate(held):
            for one in letters:
                for turn, piece in enumerate(_rarest(one)):
                    rows[piece] = rows.get(piece, 0) | 1 << place + turn * len(held)
        self._always = rows.pop("", 0)
        self._words = _Words(rows)

    def rows(self, text: str) -> Sequence[int]:
        """The places, in their order, of the rows that may match a text."""
        met = reduce(or_, map(self._words.__getitem__, text.split()), self._always)
        met &= met >> self._every.bit_length() & self._every
        found: list[int] = []
        while met:
            found.append((met & -met).bit_length() - 1)
            met &= met - 1
        return found


def _rarest(letters: str) -> Sequence[str]:
    """The two rarest words of letters, or the only one twice, with the blanks beside them, at which a word of the text begins or ends."""
    words = _BLANK.split(letters)
    edged = [f"{' ' if i else ''}{word}{' ' if i + 1 < len(words) else ''}" for i, word in enumerate(words) if word]
    edged.sort(key=lambda word: (word.strip() in _COMMON, -len(word)))
    return (edged[0], edged[min(1, len(edged) - 1)]) if edged else ("", "")


class _Words(dict[str, int]):
    """Words with the rows, as bits, that need letters in them, worked out when a word is first met."""

    def __init__(self, rows: dict[str, int]) -> None:
        super().__init__()
        self._beginning: dict[str, list[tuple[str, int]]] = {}  # of thousands, few begin so anywhere in a word
        for letters, bits in rows.items():
            self._beginning.setdefault(letters[:_FIRST], []).append((letters, bits))

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        found = 0
        edged = f" {word} "  # as it stands between blanks
        for begins in {edged[place : place + size] for place in range(len(edged)) for size in _SIZES} & self._beginning.keys():
            for letters, bits in self._beginning[begins]:
                if letters in edged:
                    found |= bits
        self[word] = found
        return found


__all__ = ["Needed"]
