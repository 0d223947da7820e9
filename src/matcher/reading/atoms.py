"""A text cut into words and signs, each in its place and with what the lexer must know of it.

What a word or sign is does not depend on the text it stands in, so it is worked out once for each spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from matcher.reading.lexicon import Lexicon, Opening, lexicon_of
from matcher.reading.numbers import time_unit
from matcher.vocabulary import Vocabulary
from matcher.vocabulary.normal import LETTERS, SIGNED, script, token_pattern, words_of

_COMPARATORS = {"<": "<", ">": ">", "≤": "≤", "≥": "≥", "=": "=", "<=": "≤", ">=": "≥", "=<": "≤", "=>": "≥"}
_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", ".": "stop", "(": "open", ")": "close", "/": "slash", "+": "plus",
    "~": "dash", "-": "dash",
}  # fmt: skip
# A stop behind one of these ends no sentence.
_SHORTENED = (
    r"(?i:(?<!\b(?:st|vs|dr|al|ca)\.)(?<!\b(?:i\.v|i\.m|s\.c|p\.o|max|min)\.)(?<!\b(?:resp|incl|excl)\.)(?<!\bapprox\.))"
)
_SIGN = rf"[<>](?:\s*=)?|=(?:\s*[<>])?|[≤≥,;:()/+~]|\.(?=\s|\Z){_SHORTENED}|-(?!(?<=[^\W_]-)[^\W_])"
_SIGNED = re.compile(SIGNED)

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "a": 1, "an": 1, "single": 1,
}  # fmt: skip
# Endings of adjectives that make a disease or an operation narrower ("cortical stroke"); the words after are none, or turn it.
_ADJECTIVE = (
    "ical", "eal", "ial", "inal", "onal", "oral", "ular", "olar", "iac", "otic", "itic", "atic", "etic", "enic", "ogenic", "trophic",
    "plastic", "emic", "oid", "ous", "ary",
)  # fmt: skip
_NO_ADJECTIVES = frozenset(["maternal", "paternal", "parental", "familial", "potential", "partial", "hospital", "trial", "animal", "interval", "referral", "survival", "approval", "removal", "individual", "material", "journal", "initial", "special", "financial", "social", "personal", "professional", "national", "international", "local", "additional", "optional", "conditional", "experimental", "conventional", "typical", "atypical", "medical", "physical", "total", "several", "neonatal", "fetal", "prenatal", "antenatal", "prophylactic", "antibiotic", "topic", "pediatric", "generic", "systemic", "specific", "previous", "various", "serious", "dangerous", "numerous", "obvious", "voluntary", "primary", "secondary", "library", "summary", "itinerary", "january", "february", "ordinary", "necessary", "contrary", "dietary", "temporary", "voluntary", "beneficiary", "steroid", "opioid", "cannabinoid", "haploid", "thyroid", "avoid", "corticosteroid", "void", "paid"])


@dataclass(frozen=True, slots=True)
class Atom:
    """A word in normal form, or a sign: the token that it is alone, and what may begin with it.

    `name` is "" for a sign; `sign` is "" for a word. A `numeral` is a number, in digits or (`count`) in words.
    """

    name: str
    sign: str
    tag: str
    value: str | None
    numeral: bool = False
    count: Decimal | None = None
    unit: str | None = None
    opening: Opening | None = None


class Cut(NamedTuple):
    """The atoms of a text with the places where they start and end, and their names."""

    atoms: Sequence[Atom]
    starts: Sequence[int]
    ends: Sequence[int]
    names: Sequence[str]


class Atoms(dict[str, "tuple[Atom, ...] | Atom | None"]):
    """Spellings → atoms: one, several ("nonsmall" is two words, a soft hyphen none), or None where neighbours decide."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Nothing is worked out yet."""
        super().__init__()
        self._lexicon = lexicon
        self._words: dict[str, Atom] = {}

    def __missing__(self, written: str) -> tuple[Atom, ...] | Atom | None:
        """What a spelling is, worked out when it is first met."""
        if len(self) >= _MOST:
            self.clear()
            self._words.clear()
        found = self[written] = self._made(written)
        return found

    def word(self, name: str) -> Atom:
        """The atom of a normal word."""
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = _word(name, self._lexicon.opening(name))
        return found

    def _made(self, written: str) -> tuple[Atom, ...] | Atom | None:
        if written in _NEIGHBOURS:
            return None
        sign = "".join(written.split())
        if sign in _COMPARATORS or sign in _SIGNS:
            return _sign(sign)
        words = [self.word(name) for name in words_of(written)]
        return words[0] if len(words) == 1 else tuple(words)

    def cut(self, signs: str) -> Cut:
        """The atoms of a text in which the signs are plain."""
        parts = _cutting(script(signs)).split(signs)
        places = list(accumulate(map(len, parts)))
        starts, ends = places[:-1:2], places[1::2]
        found = list(map(self.__getitem__, parts[1::2]))
        plain = [atom for atom in found if atom.__class__ is Atom]
        if len(plain) < len(found):
            plain, starts, ends = self._settled(signs, found, starts, ends)
        cut = Cut(plain, starts, ends, [atom.name for atom in plain])
        if "/" in signs:
            cut = _without(cut, _and_or(cut))
        return _without(cut, _initials(signs, cut)) if "(" in signs else cut

    def _settled(
        self, signs: str, found: Sequence[tuple[Atom, ...] | Atom | None], starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[list[Atom], list[int], list[int]]:
        """The atoms with the signs that their neighbours make words, or nothing, and spellings of several words."""
        atoms: list[Atom] = []
        places: list[int] = []
        behind: list[int] = []
        for one, start, end in zip(found, starts, ends, strict=True):
            several = self._among(signs, start) if one is None else (one,) if isinstance(one, Atom) else one
            for atom in several:
                atoms.append(atom)
                places.append(start)
                behind.append(end)
        return atoms, places, behind

    def _among(self, signs: str, start: int) -> tuple[Atom, ...]:
        """A plus or dash between its neighbours: a word ("HER2+", "EGFR-") or a sign."""
        sign = signs[start]
        return (self.word(words_of(sign)[0]),) if _SIGNED.match(signs, start) else (_sign(sign),)


@lru_cache(maxsize=3)
def _cutting(letter: int) -> re.Pattern[str]:
    """The pattern of words and signs, with the pattern of a letter that a text needs."""
    return re.compile(f"({token_pattern(LETTERS[letter])}|{_SIGN})")


_MOST = 1 << 16  # spellings that are kept: numbers and mistakes in typing have no end
_NEIGHBOURS = frozenset("+-")


@lru_cache(maxsize=4)
def atoms_of(vocabulary: Vocabulary) -> Atoms:
    """The atoms of a vocabulary and the function words."""
    return Atoms(lexicon_of(vocabulary))


@lru_cache(maxsize=64)
def _sign(sign: str) -> Atom:
    if sign in _COMPARATORS:
        return Atom("", sign, "cmp", _COMPARATORS[sign])
    return Atom("", sign, _SIGNS[sign], None)


def _word(name: str, opening: Opening | None) -> Atom:
    """The atom of a word: an adjective, a unit of time or a word of no table, alone."""
    count = _COUNTS.get(name)
    alone: tuple[str, str | None]
    if name not in _NO_ADJECTIVES and name.endswith(_ADJECTIVE, 2):
        alone = ("degree", name)
    else:
        unit = time_unit(name) if len(name) > 2 else None
        alone = ("time-unit" if unit else "w", unit)
    numeral = name[0].isdigit() or count is not None
    return Atom(name, "", *alone, numeral, None if count is None else Decimal(count), time_unit(name), opening)


def _and_or(cut: Cut) -> set[int]:
    """The slashes of "and/or"."""
    names = cut.names
    return {
        i for i, atom in enumerate(cut.atoms)
        if atom.sign == "/" and 0 < i < len(names) - 1 and names[i - 1] == "and" and names[i + 1] == "or"
    }


def _initials(signs: str, cut: Cut) -> set[int]:
    """The brackets that only repeat the words before them as initials: "gene-related peptide (GRP)"."""
    dropped: set[int] = set()
    atoms = cut.atoms
    around = {i for i in range(len(atoms) - 2) if atoms[i].sign == "(" and atoms[i + 2].sign == ")"}
    before: list[str] = []
    for i, name in enumerate(cut.names if around else ()):
        if i in dropped:
            continue
        if i in around:
            written = signs[cut.starts[i + 1] : cut.ends[i + 1]]
            if 2 <= len(written) <= min(6, len(before)) and written.isupper():
                named = [name[:1] for name in before[-len(written) :] if name]
                if named == list(written.casefold()):
                    dropped.update((i, i + 1, i + 2))
                    continue
        before.append(name)
    return dropped


def _without(cut: Cut, dropped: set[int]) -> Cut:
    if not dropped:
        return cut
    kept = [i for i in range(len(cut.atoms)) if i not in dropped]
    atoms = [cut.atoms[i] for i in kept]
    return Cut(atoms, [cut.starts[i] for i in kept], [cut.ends[i] for i in kept], [atom.name for atom in atoms])
