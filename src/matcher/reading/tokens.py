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
from pathlib import Path
from typing import Any

from matcher.reading.numbers import Number, number_at, time_unit
from matcher.reading.spelling import plain
from matcher.vocabulary import Phrase, Vocabulary, normal
from matcher.vocabulary.normal import words

_SIGN = re.compile(r"[<>]\s*(?:or\s*)?=|=\s*[<>]|[<>≤≥=]|\?(?=\s?\d)|[,;:.()/&+~-]")
_COMPARATORS = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "=": "=", "<=": "≤", ">=": "≥", "=<": "≤", "=>": "≥", "?": "="}
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


@dataclass(frozen=True, slots=True)
class Index:
    """Function words and vocabulary terms in one table: words → (tag, value, whether it must stand in capitals)."""

    phrases: Mapping[tuple[str, ...], tuple[str, str, bool]]
    lengths: Mapping[str, tuple[int, ...]]


def _function_words() -> Iterable[tuple[tuple[str, ...], str, str]]:
    table = (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            phrase, tag, value = [*line.split("\t"), ""][:3]
            yield normal(phrase), tag, value


@lru_cache(maxsize=4)
def index_of(vocabulary: Vocabulary) -> Index:
    """The table of a vocabulary: a function word stands before a term of the same words."""
    phrases: dict[tuple[str, ...], tuple[str, str, bool]] = {}
    for entries in vocabulary.lexicon().values():
        for entry in entries:
            short = len(entry.words) == 1 and len(entry.words[0]) <= 3
            phrases.setdefault(entry.words, (_KINDS[entry.kind], entry.label, short))
    phrases.update({words_: (tag, value, False) for words_, tag, value in _function_words()})
    lengths: dict[str, set[int]] = {}
    for words_ in phrases:
        lengths.setdefault(words_[0], set()).add(len(words_))
    return Index(phrases, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


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
        names = tuple(atom.text if atom.word else "" for atom in atoms)
        found: list[Token] = []
        i = 0
        while i < len(atoms):
            phrase = self._longest(text, atoms, names, i) if names[i] else None
            token, i = _number(text, signs, atoms, i, phrase) or _phrase(text, atoms, i, phrase) or _single(text, atoms, i)
            found.append(token)
        return found

    def _longest(self, text: str, atoms: Sequence[_Atom], names: tuple[str, ...], i: int) -> tuple[str, Any, int] | None:
        """The longest phrase that begins here, as tag, value and the index behind it."""
        known = self._curated(text, atoms, names, i)
        wide = self.vocabulary.disease_at(names, i, known[2] - i if known else 0)
        if wide is not None:
            return _KINDS["condition"], wide[0], i + wide[1]
        if known is not None:
            return known
        local = self.local.get((names[i],))
        return (_KINDS[local.kind], local.label, i + 1) if local is not None else None

    def _curated(self, text: str, atoms: Sequence[_Atom], names: tuple[str, ...], i: int) -> tuple[str, Any, int] | None:
        """The longest function phrase or term of the curated tables that begins here."""
        index = index_of(self.vocabulary)
        for length in index.lengths.get(names[i], ()):
            found = index.phrases.get(names[i : i + length]) if i + length <= len(names) else None
            if found is not None and _as_written(found, text[atoms[i].start : atoms[i].end]):
                return found[0], found[1], i + length
        return None


def _as_written(found: tuple[str, str, bool], written: str) -> bool:
    """Whether a short name stands as abbreviations do: "RA", not "ra", and "MCL", not "mcL"."""
    if found[2] and written.islower():
        return False
    if found[0] == "_" and len(written) > 2 and written.isupper():
        return False
    mixed = not (written.islower() or written.isupper() or written.istitle())
    return not (mixed and len(written) <= 4 and found[0] in ("cond", "drug", "proc") and written[:1].islower())


def _number(text: str, signs: str, atoms: Sequence[_Atom], i: int, phrase: tuple[str, Any, int] | None) -> tuple[Token, int] | None:
    """A number with its unit, unless a longer term begins with it ("24-hour urine protein")."""
    atom = atoms[i]
    if not atom.word:
        return None
    number = number_at(signs, atom.start) if atom.text[0].isdigit() else _counted(atoms, i)
    if number is None or (phrase and (not number.unit or atoms[phrase[2] - 1].end > number.end)):
        return None
    j = i
    while j < len(atoms) and atoms[j].start < number.end:
        j += 1
    if number.end < atoms[j - 1].end and atoms[j - 1].word:
        return None
    tag = "time" if number.time else "range" if number.high is not None else "number"
    end = number.end
    return Token(tag, atom.start, end, text[atom.start : end], number), j


def _phrase(text: str, atoms: Sequence[_Atom], i: int, phrase: tuple[str, Any, int] | None) -> tuple[Token, int] | None:
    if phrase is None:
        return None
    tag, value, j = phrase
    start, end = atoms[i].start, atoms[j - 1].end
    return Token(tag, start, end, text[start:end], value), j


def _atoms(signs: str) -> list[_Atom]:
    found: list[_Atom] = []
    place = 0
    for word in words(signs):
        found.extend(_signs(signs, place, word.start))
        found.append(_Atom(word.text, word.start, word.end, True))
        place = max(place, word.end)
    found.extend(_signs(signs, place, len(signs)))
    found = [a for i, a in enumerate(found) if a.text != "/" or not _and_or(found, i)]
    return _without_initials(signs, found)


def _without_initials(signs: str, atoms: list[_Atom]) -> list[_Atom]:
    """The atoms without brackets that only repeat the words before them as initials: "gene-related peptide (GRP)"."""
    kept: list[_Atom] = []
    i = 0
    while i < len(atoms):
        if atoms[i].text == "(" and i + 2 < len(atoms) and atoms[i + 2].text == ")" and _initials(signs, kept, atoms[i + 1]):
            i += 3
            continue
        kept.append(atoms[i])
        i += 1
    return kept


def _initials(signs: str, before: Sequence[_Atom], short: _Atom) -> bool:
    written = signs[short.start : short.end]
    count = len(written)
    if not (2 <= count <= 6 and written.isupper() and len(before) >= count):
        return False
    return [atom.text[:1] for atom in before[-count:] if atom.word] == list(written.casefold())


def _and_or(atoms: Sequence[_Atom], i: int) -> bool:
    """Whether the slash at `i` is that of "and/or"."""
    return 0 < i < len(atoms) - 1 and atoms[i - 1].text == "and" and atoms[i + 1].text == "or"


_SHORTENED = re.compile(r"\b(?:st|vs|approx|resp|dr|al|i\.v|i\.m|s\.c|p\.o|incl|excl|max|min|ca)$", re.IGNORECASE)


def _signs(signs: str, start: int, end: int) -> Iterable[_Atom]:
    if start >= end:
        return
    for sign in _SIGN.finditer(signs, start, end):
        tight = sign.start() > 0 and sign.end() < len(signs) and (signs[sign.start() - 1] + signs[sign.end()]).strip() != ""
        if sign[0] == "-" and tight and signs[sign.start() - 1].isalnum() and signs[sign.end()].isalnum():
            continue
        if sign[0] == "." and ((sign.end() < len(signs) and not signs[sign.end()].isspace()) or _SHORTENED.search(signs, 0, sign.start())):
            continue
        yield _Atom(re.sub(r"\s+|or", "", sign[0]), sign.start(), sign.end(), False)


def _counted(atoms: Sequence[_Atom], i: int) -> Number | None:
    """"three months": a number in words before a unit of time."""
    count = _COUNTS.get(atoms[i].text)
    if count is None or i + 1 >= len(atoms) or not atoms[i + 1].word or time_unit(atoms[i + 1].text) is None:
        return None
    return Number(Decimal(count), None, atoms[i + 1].text, True, atoms[i + 1].end)


# Endings of adjectives that make a disease or an operation narrower ("cortical stroke"); the words after are none, or turn it.
_ADJECTIVE = re.compile(r"^.{2,}(?:ical|eal|ial|inal|onal|oral|ular|olar|iac|otic|itic|atic|etic|enic|ogenic|trophic|plastic|emic|oid|ous|ary)$")
_NO_ADJECTIVES = frozenset(["maternal", "paternal", "parental", "familial", "potential", "partial", "hospital", "trial", "animal", "interval", "referral", "survival", "approval", "removal", "individual", "material", "journal", "initial", "special", "financial", "social", "personal", "professional", "national", "international", "local", "additional", "optional", "conditional", "experimental", "conventional", "typical", "atypical", "medical", "physical", "total", "several", "neonatal", "fetal", "prenatal", "antenatal", "prophylactic", "antibiotic", "topic", "pediatric", "generic", "systemic", "specific", "previous", "various", "serious", "dangerous", "numerous", "obvious", "voluntary", "primary", "secondary", "library", "summary", "itinerary", "january", "february", "ordinary", "necessary", "contrary", "dietary", "temporary", "voluntary", "beneficiary", "steroid", "opioid", "cannabinoid", "haploid", "thyroid", "avoid", "corticosteroid", "void", "paid"])


def _single(text: str, atoms: Sequence[_Atom], i: int) -> tuple[Token, int]:
    atom = atoms[i]
    written = text[atom.start : atom.end]
    if atom.word and _ADJECTIVE.search(atom.text) and atom.text not in _NO_ADJECTIVES:
        return Token("degree", atom.start, atom.end, written, atom.text), i + 1
    if atom.word:
        unit = time_unit(atom.text) if len(atom.text) > 2 else None
        return Token("time-unit" if unit else "w", atom.start, atom.end, written, unit), i + 1
    if atom.text in _COMPARATORS:
        return Token("cmp", atom.start, atom.end, written, _COMPARATORS[atom.text]), i + 1
    return Token(_SIGNS.get(atom.text, "w"), atom.start, atom.end, written), i + 1
