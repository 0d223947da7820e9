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
from operator import attrgetter
from typing import NamedTuple

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.lexicon import Lexicon, Longer, lexicon_of
from matcher.reading.tagging.numbers import time_unit
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
# Nor behind the letter of a genus: "H. pylori".
_SPECIES = (
    r"(?!(?<=\b[A-Z]\.)\s(?:pylori|coli|aureus|epidermidis|pneumoniae?|influenzae|difficile|tuberculosis|leprae|avium|abscessus|aeruginosa|baumannii|cloacae|faecalis|faecium|"
    r"falciparum|vivax|malariae|ovale|knowlesi|albicans|auris|glabrata|fumigatus|neoformans|jiroveci[i]?|meningitidis|gonorrh(?:o?ea)e|trachomatis|pallidum|burgdorferi|"
    r"cruzi|brucei|donovani|infantum|gondii|stercoralis|mansoni|haematobium|japonicum|lumbricoides|vaginalis|genitalium|pertussis|jejuni|typhi|enterica|cholerae|monocytogenes|pyogenes|agalactiae|mirabilis|histolytica|lamblia)\b)"
)
_SIGN = rf"[<>](?:\s*=)?|=(?:\s*[<>])?|[≤≥,;:()/+~]|\.(?=\s|\Z){_SHORTENED}{_SPECIES}|-(?!(?<=[^\W_]-)[^\W_])"
_SIGNED = pattern_of(SIGNED)

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "a": 1, "an": 1, "single": 1,
}  # fmt: skip
# Endings of adjectives that make a disease or an operation narrower ("cortical stroke"); the words after are none, or turn it.
_ADJECTIVE = (
    "ical", "eal", "ial", "inal", "onal", "oral", "ular", "olar", "iac", "otic", "itic", "atic", "etic", "enic", "ogenic", "trophic",
    "plastic", "emic", "oid", "ous", "ary",
)  # fmt: skip
_NO_ADJECTIVES = frozenset(["maternal", "paternal", "parental", "familial", "potential", "partial", "hospital", "trial", "animal", "interval", "referral", "survival", "approval", "removal", "individual", "material", "journal", "initial", "special", "financial", "social", "personal", "professional", "national", "international", "local", "additional", "optional", "conditional", "experimental", "conventional", "typical", "atypical", "medical", "physical", "total", "several", "neonatal", "fetal", "prenatal", "antenatal", "prophylactic", "antibiotic", "topic", "pediatric", "generic", "systemic", "specific", "previous", "various", "serious", "dangerous", "numerous", "obvious", "voluntary", "primary", "secondary", "library", "summary", "itinerary", "january", "february", "ordinary", "necessary", "contrary", "dietary", "temporary", "voluntary", "suspicious", "dubious", "beneficiary", "steroid", "opioid", "cannabinoid", "haploid", "thyroid", "avoid", "corticosteroid", "void", "paid"])


@dataclass(frozen=True, slots=True)
class Atom:
    """A word in normal form as it is written, or a sign: the token that it is alone, and what may begin with it.

    `name` is "" for a sign; `sign` is "" for a word. A `known` word is one of the tables; a `numeral` is a number, in
    digits or (`count`) in words; `plain` is what is its own token wherever no longer phrase begins.
    """

    name: str
    sign: str
    tag: str
    value: str | None
    plain: bool = True
    known: bool = False
    numeral: bool = False
    count: Decimal | None = None
    unit: str | None = None
    longer: Longer | None = None


class Cut(NamedTuple):
    """The atoms of a text with the places where they start and end, their names, and the text of each with plain signs."""

    atoms: Sequence[Atom]
    starts: Sequence[int]
    ends: Sequence[int]
    names: Sequence[str]
    written: Sequence[str]


_NAME, _CLASS = attrgetter("name"), attrgetter("__class__")
_ALL_ATOMS = {Atom}


class Atoms(dict[str, "tuple[Atom, ...] | Atom | None"]):
    """Spellings → atoms: one, several ("nonsmall" is two words, a soft hyphen none), or None where neighbours decide."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Nothing is worked out yet."""
        super().__init__()
        self._lexicon = lexicon
        self._longer: dict[str, Longer | None] = {}

    def __missing__(self, written: str) -> tuple[Atom, ...] | Atom | None:
        """What a spelling is, worked out when it is first met."""
        if len(self) >= _MOST:
            self.clear()
            self._longer.clear()
        found = self[written] = self._made(written)
        return found

    def _made(self, written: str) -> tuple[Atom, ...] | Atom | None:
        if written in _NEIGHBOURS:
            return None
        sign = "".join(written.split())
        if sign in _COMPARATORS or sign in _SIGNS:
            return _sign(sign)
        words = [self._word(name, written) for name in self._lexicon.in_english(words_of(written))]
        return words[0] if len(words) == 1 else tuple(words)

    def _word(self, name: str, written: str) -> Atom:
        """A word: a phrase of the tables, an adjective, a unit of time or a word of no table, alone."""
        if name not in self._longer:
            self._longer[name] = self._lexicon.longer(name)
        count = _COUNTS.get(name)
        numeral = name[0].isdigit() or count is not None
        known = self._lexicon.alone(name, written)
        tag, value = known or of_no_table(name)
        return Atom(
            name, "", tag, value, not numeral, known is not None, numeral, None if count is None else Decimal(count), time_unit(name), self._longer[name]
        )

    def cut(self, signs: str) -> Cut:
        """The atoms of a text in which the signs are plain."""
        parts = _cutting(script(signs)).split(signs)
        places = list(accumulate(map(len, parts)))
        starts, ends, written = places[:-1:2], places[1::2], parts[1::2]
        found = list(map(self.__getitem__, written))
        if _ALL_ATOMS.issuperset(map(_CLASS, found)):
            cut = Cut(found, starts, ends, list(map(_NAME, found)), written)  # type: ignore[arg-type]
        else:
            cut = self._settled(signs, found, starts, ends)
        if "/" in signs and _AND_OR.search(signs) is not None:
            cut = _without(cut, _and_or(cut))
        if "/" in signs and _NUMBERED_SLASH.search(signs) is not None:
            cut = _without(cut, self._slashed(cut))
        return _without(cut, _initials(cut) | self._restated(cut)) if "(" in signs and _ALONE.search(signs) is not None else cut

    def _restated(self, cut: Cut) -> set[int]:
        """The brackets within a name that only repeat its first words as an abbreviation: "latent tuberculosis (TB) infection"."""
        dropped: set[int] = set()
        atoms, names = cut.atoms, cut.names
        for i in range(1, len(atoms) - 3):
            if atoms[i].sign != "(" or atoms[i + 2].sign != ")" or not atoms[i + 1].known or not cut.written[i + 1][:1].isupper() or not (names[i + 3] and cut.written[i + 3].islower()):
                continue
            short = self._lexicon.alone(names[i + 1], cut.written[i + 1])
            for start in range(max(0, i - _LONGEST_NAME), i):
                entry = self._lexicon.entry(" ".join(names[start:i])) if all(names[start:i]) else None
                if entry is not None and short == (entry.tag, entry.value) and names[start] != names[i + 1]:
                    dropped.update((i, i + 1, i + 2))
                    break
        return dropped

    def _slashed(self, cut: Cut) -> set[int]:
        """The strokes between the numbers within the name of a class of drugs ("CDK4/6 inhibitors", "GP IIb/IIIa antagonists")."""
        dropped: set[int] = set()
        atoms, starts, ends, names, written = cut
        for i in range(1, len(atoms) - 1):
            if atoms[i].sign != "/" or ends[i - 1] != starts[i] or starts[i + 1] != ends[i]:
                continue
            for start in range(i - 1, max(-1, i - _LONGEST_NAME), -1):
                longer = atoms[start].longer
                if not names[start]:
                    break
                within = [*names[start:i], *names[i + 1 : i + _LONGEST_NAME]]
                found = self._lexicon.longest(within, 0, longer, written[start]) if longer is not None else None
                if found is not None and found[0] == "drug" and found[2] > i - start:
                    dropped.add(i)
                    break
        return dropped

    def _settled(self, signs: str, found: Sequence[tuple[Atom, ...] | Atom | None], starts: Sequence[int], ends: Sequence[int]) -> Cut:
        """The atoms with the signs that their neighbours make words, or nothing, and spellings of several words."""
        kept = [
            (atom, start, end, atom.name, signs[start:end])
            for one, start, end in zip(found, starts, ends, strict=True)
            for atom in (self._among(signs, start) if one is None else (one,) if isinstance(one, Atom) else one)
        ]
        return _cut_of(kept)

    def _among(self, signs: str, start: int) -> tuple[Atom, ...]:
        """A plus or dash between its neighbours: a word ("HER2+", "EGFR-") or a sign."""
        sign = signs[start]
        return (self._word(words_of(sign)[0], sign),) if _SIGNED.match(signs, start) else (_sign(sign),)


@lru_cache(maxsize=3)
def _cutting(letter: int) -> re.Pattern[str]:
    """The pattern of words and signs, with the pattern of a letter that a text needs; first what most words are."""
    first = "[A-Za-z]{2,}(?![A-Za-z'’ʼ`´])|" if letter == 0 else ""
    return pattern_of(f"({first}(?! )(?:{token_pattern(LETTERS[letter])}|{_SIGN}))")


# A stroke behind a number or a numeral, and before another.
_NUMBERED_SLASH = pattern_of(r"[\dIV][A-Za-z]?/(?:\d|[IV]|[A-Z-]+\d)")
_LONGEST_NAME = 6  # words before a bracket that repeats them
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


def of_no_table(name: str) -> tuple[str, str | None]:
    """The tag and value of a word that stands in no table."""
    if name not in _NO_ADJECTIVES and name.endswith(_ADJECTIVE, 2):
        return "degree", name
    unit = time_unit(name) if len(name) > 2 else None
    return "time-unit" if unit else "w", unit


# An "and/or", and one word in brackets: looked for before the words of a text are gone through for them.
_AND_OR = pattern_of(r"/\W{0,9}[oO]")
_ALONE = pattern_of(r"\(\W{0,9}\w[^\s()]*+[^\w()]*+\)")


def _and_or(cut: Cut) -> set[int]:
    """The slashes of "and/or"."""
    names = cut.names
    return {
        i for i, atom in enumerate(cut.atoms)
        if atom.sign == "/" and 0 < i < len(names) - 1 and names[i - 1] == "and" and names[i + 1] == "or"
    }


def _initials(cut: Cut) -> set[int]:
    """The brackets that only repeat the words before them as initials: "gene-related peptide (GRP)"."""
    dropped: set[int] = set()
    atoms = cut.atoms
    around = {i for i in range(len(atoms) - 2) if atoms[i].sign == "(" and atoms[i + 2].sign == ")" and cut.written[i + 1].isupper()}
    before: list[str] = []
    for i, name in enumerate(cut.names if around else ()):
        if i in dropped:
            continue
        if i in around:
            written = cut.written[i + 1]
            if 2 <= len(written) <= min(6, len(before)):
                named = [name[:1] for name in before[-len(written) :] if name]
                if named == list(written.casefold()):
                    dropped.update((i, i + 1, i + 2))
                    continue
        before.append(name)
    return dropped


def _without(cut: Cut, dropped: set[int]) -> Cut:
    return _cut_of([row for i, row in enumerate(zip(*cut, strict=True)) if i not in dropped]) if dropped else cut


def _cut_of(rows: Sequence[tuple[Atom, int, int, str, str]]) -> Cut:
    """A cut of atoms with their places, names and texts."""
    return Cut(*map(list, zip(*rows, strict=True))) if rows else Cut((), (), (), (), ())
