"""Eligibility text as tagged tokens: function words, vocabulary terms, numbers with units, comparators and signs.

A token's tag says what part it plays; rules are patterns over tags (`matcher.reading.rules`). Every token keeps its
place in the text, so that what was read, and what was not, can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from matcher.reading.numbers import Number, number_at, time_unit
from matcher.reading.spelling import plain
from matcher.vocabulary import Phrase, Vocabulary, normal
from matcher.vocabulary.normal import words

_SIGN = re.compile(r"[<>]\s*(?:or\s*)?=|=\s*[<>]|[<>≤≥=]|[,;:.()/&+~•*\"-]")
_COMPARATORS = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "=": "=", "<=": "≤", ">=": "≥", "=<": "≤", "=>": "≥"}
_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "stop", "(": "open", ")": "close", "/": "slash", "&": "and",
    "+": "plus", "~": "dash", "-": "dash",
}
_KINDS = {"condition": "cond", "treatment": "drug", "procedure": "proc", "measure": "measure"}
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "a": 1, "an": 1, "single": 1,
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with the part it plays; `value` depends on the tag."""

    tag: str
    start: int
    end: int
    text: str
    value: Any = None


@lru_cache(maxsize=1)
def function_words() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """First word → (words, tag, value) of the function phrases it opens, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    table = files("matcher.reading").joinpath("phrases.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            phrase, tag, value = (line.split("\t") + [""])[:3]
            key = normal(phrase)
            found.setdefault(key[0], []).append((key, tag, value))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word (in normal form) or a sign, and its place."""

    text: str
    start: int
    end: int
    word: bool


@dataclass(frozen=True, slots=True)
class Lexer:
    """Text → tokens with one vocabulary and the abbreviations that the record itself explains."""

    vocabulary: Vocabulary
    local: Mapping[tuple[str, ...], Phrase]

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text in order."""
        signs = plain(text)
        atoms = _atoms(signs)
        found: list[Token] = []
        i = 0
        while i < len(atoms):
            token, i = self._number(text, signs, atoms, i) or self._phrase(text, atoms, i) or _single(text, atoms, i)
            found.append(token)
        return found

    def _number(self, text: str, signs: str, atoms: Sequence[_Atom], i: int) -> tuple[Token, int] | None:
        atom = atoms[i]
        if not atom.word:
            return None
        number = number_at(signs, atom.start) if atom.text[0].isdigit() else _counted(atoms, i)
        longest = self._longest(text, atoms, i)
        if number is None or (longest and (not number.unit or atoms[longest[2] - 1].end > number.end)):
            return None
        j = i
        while j < len(atoms) and atoms[j].start < number.end:
            j += 1
        end = max(number.end, atoms[j - 1].end) if atoms[j - 1].start < number.end < atoms[j - 1].end else number.end
        tag = "time" if number.time else "range" if number.high is not None else "number"
        return Token(tag, atom.start, end, text[atom.start : end], number), j

    def _phrase(self, text: str, atoms: Sequence[_Atom], i: int) -> tuple[Token, int] | None:
        found = self._longest(text, atoms, i)
        if found is None:
            return None
        tag, value, j = found
        start, end = atoms[i].start, atoms[j - 1].end
        return Token(tag, start, end, text[start:end], value), j

    def _longest(self, text: str, atoms: Sequence[_Atom], i: int) -> tuple[str, Any, int] | None:
        """The longest phrase that begins here: a function word before a term of the same length."""
        if not atoms[i].word:
            return None
        best: tuple[str, Any, int] | None = None
        for words_, tag, value in function_words().get(atoms[i].text, ()):
            j = _follows(atoms, i, words_, slashes=True)
            if j:
                best = (tag, value, j)
                break
        for phrase in self.vocabulary.lexicon().get(atoms[i].text, ()):
            if best is not None and len(phrase.words) <= best[2] - i:
                break
            j = _follows(atoms, i, phrase.words)
            if j and _as_abbreviated(text, atoms, i, phrase):
                best = (_KINDS[phrase.kind], phrase.label, j)
                break
        if best is None and (atoms[i].text,) in self.local:
            phrase = self.local[(atoms[i].text,)]
            best = (_KINDS[phrase.kind], phrase.label, i + 1)
        return best


def _atoms(signs: str) -> list[_Atom]:
    found: list[_Atom] = []
    place = 0
    for word in words(signs):
        found.extend(_signs(signs, place, word.start))
        found.append(_Atom(word.text, word.start, word.end, True))
        place = max(place, word.end)
    found.extend(_signs(signs, place, len(signs)))
    return found


def _signs(signs: str, start: int, end: int) -> Iterable[_Atom]:
    if start >= end:
        return
    for sign in _SIGN.finditer(signs, start, end):
        tight = sign.start() > 0 and sign.end() < len(signs) and not (signs[sign.start() - 1] + signs[sign.end()]).strip() == ""
        if sign[0] == "-" and tight and signs[sign.start() - 1].isalnum() and signs[sign.end()].isalnum():
            continue
        if sign[0] == "." and sign.end() < len(signs) and not signs[sign.end()].isspace():
            continue
        yield _Atom(re.sub(r"\s+|or", "", sign[0]), sign.start(), sign.end(), False)


def _follows(atoms: Sequence[_Atom], i: int, phrase: Sequence[str], *, slashes: bool = False) -> int:
    """The index after the phrase if it begins at `i`, else 0; a slash between its words may stand for a blank."""
    for word in phrase:
        while slashes and i < len(atoms) and atoms[i].text == "/" and word != phrase[0]:
            i += 1
        if i >= len(atoms) or not atoms[i].word or atoms[i].text != word:
            return 0
        i += 1
    return i


def _as_abbreviated(text: str, atoms: Sequence[_Atom], i: int, phrase: Phrase) -> bool:
    """Whether a term of up to three letters stands in capitals, as abbreviations do ("RA", not "ra")."""
    if len(phrase.words) > 1 or len(phrase.words[0]) > 3:
        return True
    written = text[atoms[i].start : atoms[i].end]
    return not written.islower()


def _counted(atoms: Sequence[_Atom], i: int) -> Number | None:
    """"three months": a number in words before a unit of time."""
    count = _COUNTS.get(atoms[i].text)
    if count is None or i + 1 >= len(atoms) or not atoms[i + 1].word or time_unit(atoms[i + 1].text) is None:
        return None
    return Number(Decimal(count), None, atoms[i + 1].text, True, atoms[i + 1].end)


def _single(text: str, atoms: Sequence[_Atom], i: int) -> tuple[Token, int]:
    atom = atoms[i]
    written = text[atom.start : atom.end]
    if atom.word:
        unit = time_unit(atom.text) if len(atom.text) > 2 else None
        return Token("time-unit" if unit else "w", atom.start, atom.end, written, unit), i + 1
    if atom.text in _COMPARATORS:
        return Token("cmp", atom.start, atom.end, written, _COMPARATORS[atom.text]), i + 1
    return Token(_SIGNS.get(atom.text, "w"), atom.start, atom.end, written), i + 1
