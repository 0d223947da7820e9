"""Eligibility text as tagged tokens: function words, vocabulary terms, numbers with units, comparators and signs.

A token's tag says what part it plays; rules are patterns over tags (`matcher.reading.rules`). Every token keeps its
place in the text, so that what was read, and what was not, can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.reading.atoms import Cut, atoms_of
from matcher.reading.lexicon import KINDS, lexicon_of
from matcher.reading.numbers import Number, number_at
from matcher.reading.spelling import plain
from matcher.vocabulary import Phrase, Vocabulary

_NAMES = frozenset(KINDS.values())


@dataclass(slots=True, unsafe_hash=True)
class Token:
    """A piece of text with the part it plays; `value` depends on the tag.

    Nothing changes a token; it is not frozen only because every criterion makes dozens, and a frozen one takes thrice as long.
    """

    tag: str
    start: int
    end: int
    text: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Lexer:
    """Text → tokens with one vocabulary and the abbreviations that the record itself explains."""

    vocabulary: Vocabulary
    local: Mapping[tuple[str, ...], Phrase]

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text in order."""
        signs = plain(text)
        cut = atoms_of(self.vocabulary).cut(signs)
        longest, local = lexicon_of(self.vocabulary).longest, self.local
        found: list[Token] = []
        i, atoms, starts, ends, count = 0, cut.atoms, cut.starts, cut.ends, len(cut.atoms)
        while i < count:
            atom = atoms[i]
            start, end = starts[i], ends[i]
            written = text[start:end]
            opening = atom.opening
            phrase = longest(cut.names, i, opening, written) if opening is not None else None
            if phrase is not None and phrase[0] in _NAMES and signs.startswith("-like", ends[i + phrase[2] - 1]):
                phrase = None  # "lupus-like" is no lupus
            if phrase is None and local:
                phrase = self._explained(atom.name)
            numbered = _number(text, signs, cut, i, phrase[2] if phrase else 0) if atom.numeral else None
            if numbered is not None:
                i = _behind(cut, i, numbered.end)
                found.append(numbered)
            elif phrase is None:
                i += 1
                found.append(Token(atom.tag, start, end, written, atom.value))
            elif phrase[2] == 1:
                i += 1
                found.append(Token(phrase[0], start, end, written, phrase[1]))
            else:
                i += phrase[2]
                end = ends[i - 1]
                found.append(Token(phrase[0], start, end, text[start:end], phrase[1]))
        return found

    def _explained(self, name: str) -> tuple[str, str, int] | None:
        """An abbreviation that the record explains."""
        local = self.local.get((name,))
        return (KINDS[local.kind], local.label, 1) if local is not None else None


def _number(text: str, signs: str, cut: Cut, i: int, phrase: int) -> Token | None:
    """A number with its unit, unless a longer term (of `phrase` words) begins with it ("24-hour urine protein")."""
    start = cut.starts[i]
    number = number_at(signs, start) if cut.atoms[i].count is None else _counted(cut, i)
    if number is None or (phrase and (not number.unit or cut.ends[i + phrase - 1] > number.end)):
        return None
    last = _behind(cut, i, number.end) - 1
    if number.end < cut.ends[last] and cut.names[last]:
        return None
    tag = "time" if number.time else "range" if number.high is not None else "number"
    return Token(tag, start, number.end, text[start : number.end], number)


def _behind(cut: Cut, i: int, end: int) -> int:
    """The first atom that starts behind a place."""
    while i < len(cut.starts) and cut.starts[i] < end:
        i += 1
    return i


def _counted(cut: Cut, i: int) -> Number | None:
    """"three months": a number in words before a unit of time."""
    count = cut.atoms[i].count
    if count is None or i + 1 >= len(cut.atoms) or cut.atoms[i + 1].unit is None:
        return None
    return Number(count, None, cut.names[i + 1], True, cut.ends[i + 1])
