"""Eligibility text as tagged tokens: function words, vocabulary terms, numbers with units, comparators and signs.

A token's tag says what part it plays; rules are patterns over tags (`matcher.reading.grammar.rules`). Every token keeps its
place in the text, so that what was read, and what was not, can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.reading.tagging.atoms import Atom, Cut, atoms_of, of_no_table
from matcher.reading.tagging.lexicon import KINDS, lexicon_of
from matcher.reading.tagging.numbers import Number, number_at
from matcher.reading.tagging.spelling import plain
from matcher.vocabulary import Phrase, Vocabulary

_NAMES = frozenset(KINDS.values())
_WHOLE = 7  # letters: a shorter word made of two is more often an accident


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
    """Text → tokens with one vocabulary and the abbreviations that the record itself explains; of one criterion, whose words it keeps."""

    vocabulary: Vocabulary
    local: Mapping[str, Phrase]
    _made: dict[str, list[Token]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text in order."""
        made = self._made.get(text)
        if made is None:
            made = self._made[text] = self._cut(text)
        return made.copy()

    def _cut(self, text: str) -> list[Token]:
        signs = plain(text)
        cut = atoms_of(self.vocabulary).cut(signs)
        atoms, starts, ends, names, written = cut
        if signs is not text:
            written = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        found: list[Token] = []
        behind = 0  # the first atom that is in no token yet
        local, likened = self.local, "-like" in signs
        hyphens = "-" in signs and not likened
        for i, (atom, second) in enumerate(zip(atoms, (*names[1:], ""), strict=False)):
            if i < behind:
                continue
            closed = self._closed(signs, cut, i, written[i]) if hyphens and signs.startswith("-", ends[i]) and not atom.known else None
            if closed is not None:
                (tag, value), behind = closed
                found.append(Token(tag, starts[i], ends[behind - 1], text[starts[i] : ends[behind - 1]], value))
            elif atom.plain and (atom.longer is None or second not in atom.longer) and (atom.known or atom.name not in local) and not likened:
                found.append(Token(atom.tag, starts[i], ends[i], written[i], atom.value))
            else:
                token, behind = self._token(text, signs, cut, i, written[i])
                found.append(token)
        return found

    def _closed(self, signs: str, cut: Cut, i: int, written: str) -> tuple[tuple[str, str], int] | None:
        """What two parts of a word with a hyphen between them begin as one word ("anti-anginal drugs")."""
        atom, after = cut.atoms[i], i + 1
        if after == len(cut.atoms) or cut.starts[after] != cut.ends[i] + 1 or not (atom.name.isalpha() and cut.names[after].isalpha()):
            return None
        lexicon = lexicon_of(self.vocabulary)
        if atom.longer is not None and lexicon.longest(cut.names, i, atom.longer, written) is not None:
            return None
        whole = atoms_of(self.vocabulary)[atom.name + cut.names[after]]
        if not isinstance(whole, Atom) or len(whole.name) < _WHOLE or whole.name != atom.name + cut.names[after]:
            return None
        names = [whole.name, *cut.names[after + 1 :]]
        phrase = lexicon.longest(names, 0, whole.longer, written) if whole.longer is not None else None
        tag, value, size = phrase or (whole.tag, whole.value, 1)
        return ((tag, str(value)), after + size) if (phrase is not None or whole.known) and tag in _NAMES else None

    def _token(self, text: str, signs: str, cut: Cut, i: int, written: str) -> tuple[Token, int]:
        """The token that begins with an atom, and the first atom behind it."""
        atom, start = cut.atoms[i], cut.starts[i]
        phrase = lexicon_of(self.vocabulary).longest(cut.names, i, atom.longer, written) if atom.longer is not None else None
        tag, value, size = phrase or (atom.tag, atom.value, 1)
        known = phrase is not None or atom.known
        if known and tag in _NAMES and signs.startswith("-like", cut.ends[i + size - 1]):  # "lupus-like" is no lupus
            known, size = False, 1
            tag, value = of_no_table(atom.name)
        if not known and (explained := self.local.get(atom.name)) is not None:
            known, tag, value = True, KINDS[explained.kind], explained.label
        numbered = _number(text, signs, cut, i, size if known else 0) if atom.numeral else None
        if numbered is not None:
            return numbered, _behind(cut, i, numbered.end)
        end = cut.ends[i + size - 1]
        return Token(tag, start, end, text[start:end], value), i + size


def _number(text: str, signs: str, cut: Cut, i: int, phrase: int) -> Token | None:
    """A number with its unit, unless a longer term (of `phrase` words) begins with it ("24-hour urine protein")."""
    start = cut.starts[i]
    if signs[start - 1 : start] == "." and start > 1 and signs[start - 2] in " <>=≤≥(":
        start -= 1
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
