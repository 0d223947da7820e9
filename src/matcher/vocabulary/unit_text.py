"""Units as they are written in reports and registries: read into a value, and one label for each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from matcher.model.patterns import later
from matcher.model.values import value
from matcher.vocabulary.measures import read_table


@value(frozen=True, slots=True)
class Unit:
    """A unit: the dimension above the line, those below it, its size in base units, and whether it is a logarithm."""

    above: str
    below: tuple[str, ...]
    size: Fraction
    log10: bool
    label: str

    def like(self, other: Unit) -> bool:
        """Whether both measure the same dimensions, so that a factor converts one to the other."""
        return (self.above, self.below, self.log10) == (other.above, other.below, other.log10)

    def equals(self, other: Unit) -> bool:
        """Whether a number means the same in both units."""
        return self.like(other) and self.size == other.size


@value(frozen=True, slots=True)
class _Atom:
    label: str
    dimension: str
    size: Fraction


_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RUN_OF_SUPERSCRIPTS: Final = later("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LIMIT_OF_NORMAL: Final = later(r"(?:[x×*]|times)?\s*(?:the\s+)?(ULN|LLN)", re.IGNORECASE)
_SCALES: Final = {
    "k": 3, "thou": 3, "thous": 3, "thousand": 3, "thousands": 3, "th": 3, "tsd": 3, "1000": 3, "1e3": 3,
    "lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5,
    "mill": 6, "mil": 6, "million": 6, "millions": 6, "mio": 6, "1000000": 6,
    "giga": 9, "gpt": 9, "billion": 9, "billions": 9, "mrd": 9, "1000000000": 9,
    "tera": 12, "tpt": 12,
}  # fmt: skip
# Where only case and the volume tell a multiplier from a unit: "G/L" is giga per litre, "g/L" and "G/DL" are grams.
_LITERS: Final = (["L"], ["l"])
_MICROLITERS: Final = (["uL"], ["ul"], ["mcL"], ["mm3"], ["mm^3"])
_CASED_SCALES: Final = (("G", 9, _LITERS), ("T", 12, _LITERS), ("M", 6, _MICROLITERS))
_LOST_EXPONENTS: Final = frozenset({"3", "5", "6", "9", "11", "12"})
_POWER: Final = later(
    r"^(?:x|\*)?10(?:(?:\^|\*\*?|e|exp|x)\+?\(?(\d{1,2})\)?|\((\d{1,2})\)|(\d{1,2}))(?![\d.])", re.IGNORECASE
)
_BARE_POWER: Final = later(r"^(?:x|\*)?1?e\+?0?(\d{1,2})(?![\d.])", re.IGNORECASE)
_TIMES: Final = later(r"^(?:x|\*)(?=\d|[a-z])(?!\w*/?$)", re.IGNORECASE)

_BLANKS: Final = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u1680"  # others are blanks when they are composed anew

# What a unit string is rid of, in turn, before it is split at its slashes; first signs of which one must be in it ("" = any).
_RULES: Final = tuple(
    (frozenset(needs), later(pattern, re.IGNORECASE), put)
    for needs, pattern, put in (
        ("\\\u00ad\u200b\u200c\u200d\ufeff¬Ââ", r"[\\\u00ad\u200b-\u200d\ufeff¬Â]", ""),
        ("˄ˆ＾", r"[˄ˆ＾]", "^"),
        ("*;,.；。", r"[*;,.；。]+$", ""),
        ("hH", r"^mm\s*/\s*hg$", "mmHg"),
        ("×✕✖∗", r"[×✕✖∗]", "x"),
        ("−–‐‑", r"[−–‐‑]", "-"),
        ("·∙⋅•", r"[·∙⋅•]", " "),
        ("[]", r"[\[\]]", ""),
        ("{", r"\{\s*log_?(copies|iu)\s*\}", r"log10 \1"),
        ("{", r"^\{([^{}]*)\}$|\{([^{}]*1\.73[^{}]*|24[^{}]*)\}", r"\1\2"),
        ("{", r"\{[^{}]*\}", ""),
        (",", r"(?<=\d),(?=\d{3}\b)", ""),
        ("*", r"\*\*", "^"),
        ("7", r"1[,.]73\s*m\^?-2", "1.73m2"),
        ("7", r"1,73", "1.73"),
        ("bB", r"^bpm$", "/min"),
        ("0", r"^(x?\s*10\s*[\^*]\s*(?:9|12))$", r"\1/L"),
        ("%", r"^(g|gms?|mgs?|[uµμ]g|mcg)\s*%$", r"\1/dL"),
        ("-", r"([a-z])\^?\(?-\s*1\)?(?![\d.])", r"\1^-1"),
        ("-", r"[\s*.]*\b([a-z]+)\^-1", r"/\1"),
        ("-", r"[\s*.]*\bm\^?-\s*([23])(?![\d.])", r"/m\1"),
        ("pP", r"\bper\b|\bp\.\s?(?=\d|[a-z])", "/"),
        (_BLANKS, r"\b(?:in|over|during|for|/)\s+(?:a\s+|the\s+)?(?=24|1st|first\b|one\b)", "/"),
        ("yYkKhH", r"\b(?:once\s+)?(?:a|each|every)\s+(day|week|month|hour)\b", r"/\1"),
        ("yY", r"(?<![/\s])\s+(daily|weekly|monthly)\b", r"/\1"),
        ("7", r"(?:[\s/x*(]*)\b1\.73\s*", "/1.73 "),
        ("cC", r"(/\s*[kmuµμ]?(?:g|mol|mmol))\s?\.?cre?(?:at?)?(?:inine)?\b", r"\1"),
        (
            "",
            r"\b(?:creatinine|creatinin|creat|crea|cre|cr|protein|prot|albumin|alb|ha?emoglobin|hgb|hb|of|predicted|pred"
            r"|urine|urinary|stool|f[a]?eces|serum|plasma|whole|blood|body\s*weight|bw|feu|normal|activity|the|total|vol)\b\.?",
            "",
        ),
        ("/", r"/(?:\s*/)+", "/"),
    )
)
_CASED: Final = {"mM": "mmol/L", "uM": "umol/L", "µM": "umol/L", "μM": "umol/L", "nM": "nmol/L", "pM": "pmol/L"}
_LOG: Final = later(r"^(?:log|lg)s?\s*_?\(?(?:10)?\)?(?![a-z]*og)\s*[-_(]*\s*", re.IGNORECASE)
_LAST_BELOW: Final = ("time", "standard body surface")


@lru_cache(maxsize=4096)
def read_unit(text: str) -> tuple[Unit, ...]:
    """The units a text may mean, likeliest first ("G/L": giga per litre, else grams); none where it is no unit."""
    plain = _without_noise(text)
    log = _LOG.match(plain) if plain[:1] in "lL" else None
    if log is not None:
        inner = _read(plain[log.end() :].rstrip(") ")) or (Unit("", (), Fraction(1), False, ""),)
        return tuple(Unit(one.above, one.below, one.size, True, f"log10{one.label}") for one in inner)
    return _read(plain)


@lru_cache(maxsize=4096)
def unit_label(unit: str) -> str:
    """The one spelling of a unit for wordings and screens ("×10⁹/L"); a text that is no known unit as it stands."""
    limit = _LIMIT_OF_NORMAL.fullmatch(unit.strip())
    if limit:
        return f"× {limit[1].upper()}"
    readings = read_unit(unit)
    return readings[0].label if readings else unit.strip()


@lru_cache(maxsize=4096)
def same_unit(a: str, b: str) -> bool:
    """Whether two texts write the same unit: a number means the same in both."""
    if a.strip() == b.strip():
        return True
    first, second = read_unit(a), read_unit(b)
    if first and second:
        return first[0].equals(second[0])
    return unit_label(a).casefold() == unit_label(b).casefold()


def _without_noise(text: str) -> str:
    plain = text.strip().replace("º", "°")
    plain = _CASED.get(plain, plain)
    if not plain.isascii():
        plain = _RUN_OF_SUPERSCRIPTS.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPTS), plain)
    plain = unicodedata.normalize("NFKC", plain).replace("μ", "u").replace("µ", "u").strip()
    for needs, pattern, put in _RULES:
        if not needs or not needs.isdisjoint(plain):
            plain = pattern.sub(put, plain).strip()
    return plain.replace("^^", "^")


def _read(plain: str) -> tuple[Unit, ...]:
    above, *below = plain.split("/")
    beneath = [_atom(_compact(part)) for part in below]
    if not plain or any(atom is None or atom.dimension == "count" for atom in beneath):
        return ()
    found: list[Unit] = []
    for power, atom in _numerators(_compact(above), [_compact(part) for part in below]):
        unit = _unit(power, atom, [one for one in beneath if one is not None])
        if unit not in found:
            found.append(unit)
    return tuple(found)


def _compact(part: str) -> str:
    if part.isalnum():
        return part
    closed = re.sub(r"[\s_-]", "", part)
    closed = re.sub(r"(?<!\d)\.|\.(?!\d)", "", closed)
    return closed.strip("()") if closed.count("(") != closed.count(")") or closed.startswith("(") else closed


def _numerators(above: str, below: list[str]) -> list[tuple[int, _Atom]]:
    """What may stand above the line: a power of ten and a dimension."""
    count = _Atom("", "count", Fraction(1))
    found: list[tuple[int, _Atom]] = []
    power, rest = _power_of(above, below)
    whole = _atom(above)
    if rest in ("", "1") and below:
        found.append((power, count))
    elif power and (atom := _atom(rest)) is not None:
        found.append((power, atom))
    if whole is not None and (below or whole.label):
        found.append((0, whole))
    return found


def _power_of(above: str, below: list[str]) -> tuple[int, str]:
    """The power of ten that opens a numerator, and what is left of it."""
    found = _POWER.match(above)
    if found and (found[1] or found[2] or found[3] in _LOST_EXPONENTS):
        return int(found[1] or found[2] or found[3]), above[found.end() :]
    found = _BARE_POWER.match(above)
    if found:
        return int(found[1]), above[found.end() :]
    for scale, power, volumes in _CASED_SCALES:
        if above.startswith(scale) and below in volumes and (above == scale or _is_count(above[1:])):
            return power, above[1:]
    low = re.sub(r"^[x*](?=1000|thou|mil|k$|lakh|lac)", "", above.casefold())
    for word in sorted(_SCALES, key=len, reverse=True):
        if low == word or (low.startswith(word) and _is_count(low[len(word) :])):
            return _SCALES[word], low[len(word) :]
    return 0, above


def _is_count(text: str) -> bool:
    atom = _atom(text)
    return atom is not None and atom.dimension == "count" and len(text) > 1


def _atom(text: str) -> _Atom | None:
    exact, folded = _atoms()
    return exact.get(text) or folded.get(text.casefold())


@lru_cache(maxsize=1)
def _atoms() -> tuple[Mapping[str, _Atom], Mapping[str, _Atom]]:
    """The smallest units by spelling, with and without regard to case."""
    exact: dict[str, _Atom] = {}
    folded: dict[str, _Atom] = {}
    for row in read_table("units.tsv"):
        atom = _Atom(
            row["label"],
            row["dimension"],
            Fraction(row["scale"]) if "/" not in row["scale"] else _quotient(row["scale"]),
        )
        for spelling in row["spellings"].split("|"):
            exact.setdefault(_compact(spelling), atom)
            folded.setdefault(_compact(spelling).casefold(), atom)
    return MappingProxyType(exact), MappingProxyType(folded)


def _quotient(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom)


def _unit(power: int, atom: _Atom, beneath: list[_Atom]) -> Unit:
    size = Fraction(10) ** power * atom.size
    for one in beneath:
        size /= one.size
    ordered = sorted(
        beneath, key=lambda one: _LAST_BELOW.index(one.dimension) + 1 if one.dimension in _LAST_BELOW else 0
    )
    dimensions = tuple(sorted(one.dimension for one in beneath))
    return Unit(atom.dimension, dimensions, size, False, _label(power, atom, ordered, size))


def _label(power: int, atom: _Atom, beneath: list[_Atom], size: Fraction) -> str:
    lines = "".join(f"/{one.label}" for one in beneath)
    if atom.dimension == "count" and not atom.label and [one.dimension for one in beneath] == ["volume"]:
        return _count_label(size) or _power_label(power) + lines
    if not beneath and atom.label in ("day", "week", "month", "year"):
        return f"{atom.label}s"
    return _power_label(power) + atom.label + lines


def _count_label(size: Fraction) -> str:
    """Counts in a volume under one name: ×10⁹/L for K/µL, /µL for /mm³."""
    digits = str(size.numerator)
    if size.denominator != 1 or digits.strip("0") != "1":
        return ""
    power = len(digits) - 1
    return {0: "/L", 3: "/mL", 6: "/µL"}.get(power, f"{_power_label(power)}/L")


def _power_label(power: int) -> str:
    return f"×10{str(power).translate(_RAISED)}" if power else ""
