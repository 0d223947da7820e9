"""The table of measures: laboratory values, vital signs, biomarkers and scores, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from matcher.model.values import value
from matcher.vocabulary.concepts import table
from matcher.vocabulary.places import data_file, of_tables

# Marks an alias that names a recorded value ("K" in a report) but is too common a word to be found in running text.
_ONLY_RECORDED = "~"


@value(frozen=True, slots=True)
class Measure:
    """A laboratory value, vital sign, biomarker or score, with all that reading, forms and matching ask of it.

    Numbers are in the canonical unit. The usual limits `uln` and `lln` are ranges over laboratories, methods and sexes,
    of adults. `shelf_days` of None: a result never gets stale. `order` runs from the lowest grade to the highest.
    """

    id: str
    label: str
    kind: str
    unit: str
    low: Fraction
    high: Fraction
    shelf_days: int | None
    uln: tuple[Fraction, Fraction] | None
    lln: tuple[Fraction, Fraction] | None
    answer: str
    question: str
    order: tuple[str, ...]
    profile_key: str


@value(frozen=True, slots=True)
class Conversion:
    """A unit of one measure that needs a rule of its own: canonical = factor × number + offset, or 10 to the number."""

    unit: str
    factor: Fraction
    offset: Fraction
    log10: bool


@value(frozen=True, slots=True)
class UnitRules:
    """The units a measure is reported in, how they convert, the band in which its values usually lie, and where nine of ten ordinary adult patients stand."""

    offered: tuple[str, ...]
    conversions: tuple[Conversion, ...]
    molar_mass: Fraction | None
    usual: tuple[Fraction, Fraction]
    ordinary: tuple[Fraction, Fraction] | None


class Aliases:
    """Names of measures as normal words, with the ids of those; they are kept as they stand in the table."""

    def __init__(self, named: dict[str, str]) -> None:
        """`named` are the names, their words parted by spaces."""
        self.named = named

    def __getitem__(self, words: Sequence[str]) -> str:
        """The measure of exactly these words."""
        return self.named[" ".join(words)]

    def get(self, words: Sequence[str]) -> str | None:
        """The same; None where there is none."""
        return self.named.get(" ".join(words))

    def __contains__(self, words: Sequence[str]) -> bool:
        """Whether exactly these words are a name."""
        return " ".join(words) in self.named

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The names in the order of the table."""
        return (words for words, _ in self.items())

    def items(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The names with the ids."""
        return ((tuple(name.split(" ")), measure_id) for name, measure_id in self.named.items())


@value(frozen=True, slots=True)
class StandIn:
    """A measure whose recorded value speaks for another: that lies from value × low + low_plus to value × high + high_plus."""

    recorded: str
    low: Fraction
    high: Fraction
    low_plus: Fraction
    high_plus: Fraction

    @property
    def exact(self) -> bool:
        """Whether a value of the one is a value of the other."""
        return self.low == self.high == 1 and self.low_plus == self.high_plus == 0

    def span(self, value: Fraction) -> tuple[Fraction, Fraction]:
        """Where the other measure's value lies, both in their common unit."""
        return value * self.low + self.low_plus, value * self.high + self.high_plus


_PROFILE_KEYS = {"weight": "weight_kg", "height": "height_cm"}


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a data file of this room, by column name (tab-separated, one heading line)."""
    text = data_file(name).read_text(encoding="utf-8")
    heading, *lines = text.splitlines()
    columns = heading.split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines)


@lru_cache(maxsize=1)
def load_measures() -> tuple[Measure, ...]:
    """Every measure of the table, in the table's order."""
    return tuple(measure_of(measure_id) for measure_id in _lines())


@lru_cache(maxsize=2048)
def measure_of(measure_id: str) -> Measure:
    """The measure of an id of the table; KeyError for any other."""
    return _measure(_row(measure_id))


def label_of(measure_id: str) -> str:
    """The label of a measure, of which nothing else is made."""
    return _lines()[measure_id].split("\t")[_table()[0].index("label")]


@lru_cache(maxsize=1)
def measure_aliases() -> Aliases:
    """Normal words by which running text names a measure, and the measure's id."""
    return Aliases(_table()[2])


@lru_cache(maxsize=1)
def recorded_aliases() -> Aliases:
    """Short names ("K", "PT", "ER") that name a measure only where a recorded value is named, and the measure's id."""
    return Aliases(_table()[3])


@lru_cache(maxsize=512)
def unit_rules(measure_id: str) -> UnitRules | None:
    """The units, conversions and usual band of a measure of the table, None for an id that is not in it."""
    if measure_id not in _lines():
        return None
    row = _row(measure_id)
    entries = [entry for entry in row["other_units"].split("|") if entry]
    return UnitRules(
        offered=(row["unit"], *(entry.partition("=")[0] for entry in entries)),
        conversions=tuple(_conversion(entry) for entry in entries if "=" in entry),
        molar_mass=Fraction(row["molar_mass"]) if row["molar_mass"] else None,
        usual=_range(row["usual"]) or (Fraction(row["low"]), Fraction(row["high"])),
        ordinary=_range(row["ordinary"]),
    )


@lru_cache(maxsize=512)
def points_of_grades(measure_id: str) -> Mapping[str, tuple[Fraction, Fraction]]:
    """The points each grade of a score stands for ("B" of Child-Pugh: 7 to 9); empty where the score has none."""
    steps = (step.partition("=") for step in (_row(measure_id)["order"].split(">") if measure_id in _lines() else ()))
    ends = {grade: points.partition("-") for grade, _, points in steps if points}
    return MappingProxyType({grade: (Fraction(low), Fraction(high)) for grade, (low, _, high) in ends.items()})


@lru_cache(maxsize=1)
def stand_ins() -> Mapping[str, tuple[StandIn, ...]]:
    """By the id of a measure that is asked, the measures that speak for it (a QTc by Fridericia is a QTc)."""
    found: dict[str, list[StandIn]] = {}
    for asked, recorded, *numbers in table("standins.tsv"):
        low, high, low_plus, high_plus = map(_number, numbers[:4])
        found.setdefault(asked, []).append(StandIn(recorded, low, high, low_plus, high_plus))
    return MappingProxyType({asked: tuple(ones) for asked, ones in found.items()})


@of_tables("measures.tsv")
def _table() -> tuple[list[str], dict[str, str], dict[str, str], dict[str, str]]:
    """The columns, each measure's line by its id (few are ever looked at), and its aliases: those of running text, and the others.

    The table holds the aliases in normal form, the label's own among them.
    """
    heading, *lines = data_file("measures.tsv").read_text(encoding="utf-8").splitlines()
    columns = heading.split("\t")
    found: dict[str, str] = {}
    spoken: dict[str, str] = {}
    recorded: dict[str, str] = {}
    for line in lines:
        cells = line.split("\t")
        measure_id = cells[columns.index("id")]
        found[measure_id] = line
        for name in cells[columns.index("aliases")].split("|"):
            if name[0] == _ONLY_RECORDED:
                recorded[name[1:]] = measure_id
            else:
                spoken[name] = measure_id
    return columns, found, spoken, recorded


def _lines() -> dict[str, str]:
    return _table()[1]


def _row(measure_id: str) -> dict[str, str]:
    return dict(zip(_table()[0], _lines()[measure_id].split("\t"), strict=True))


def _measure(row: dict[str, str]) -> Measure:
    return Measure(
        id=row["id"],
        label=row["label"],
        kind=row["kind"],
        unit=row["unit"],
        low=_number(row["low"]),
        high=_number(row["high"]),
        shelf_days=None if row["shelf_days"] == "none" else int(row["shelf_days"]),
        uln=_range(row["uln"]),
        lln=_range(row["lln"]),
        answer=row["answer"],
        question=row["question"],
        order=tuple(step.partition("=")[0] for step in row["order"].split(">") if step),
        profile_key=_PROFILE_KEYS.get(row["id"], ""),
    )


@lru_cache(maxsize=1024)
def _number(text: str) -> Fraction:
    return Fraction(int(text)) if text.isdecimal() else Fraction(text)


def _range(text: str) -> tuple[Fraction, Fraction] | None:
    low, dots, high = text.partition("..")
    return (_number(low), _number(high)) if dots else None


def _conversion(entry: str) -> Conversion:
    unit, _, rule = entry.partition("=")
    if rule == "log10":
        return Conversion(unit, Fraction(1), Fraction(0), log10=True)
    factor, _, offset = rule.partition(",")
    return Conversion(unit, Fraction(factor), Fraction(offset or "0"), log10=False)
