"""Infections that tests speak for: a culture that grew something, an antigen, an IgM, a germ named in a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from matcher.matching.patient import Patient
from matcher.matching.readings import NEGATIVE
from matcher.model.dates import PartialDate
from matcher.model.patterns import later
from matcher.model.values import value
from matcher.model.verdict import Evidence
from matcher.vocabulary import normal
from matcher.vocabulary.germs import GermTest, germ_tests


@value(frozen=True, slots=True)
class Tested:
    """What one test tells of: infections that belong together (label, and whether kinds of it are meant), and the fact."""

    infections: tuple[tuple[str, bool], ...]
    shown: str
    fact: Evidence


# "Gram-negative" denies nothing.
_NO_DENIAL = later(r"\b(?:gram|coagulase|lactose|oxidase)[\s-]*neg(?:ative)?\b", re.IGNORECASE)
_CLAUSE = later(r"[;,\n]+(?!\d)|(?<=\w\w)\.\s|\b(?:but|however|although|and)\b", re.IGNORECASE)
_DENIED = later(r"\b(?:no|not|without|neg|negative|none|never|nil|absent|absence|free|sterile|undetect\w*|undetermined|non[\s-]?(?:reactive|detected)|nonreactive|ruled out|excluded)\b|^\s*[-<≤]", re.IGNORECASE)
_DENIES_A_LIST = later(r"^\W*(?:no|neg(?:ative)? for|without|neither|absence of|free of|none of)\b", re.IGNORECASE)  # "no Salmonella, Shigella or Campylobacter"
_AFFIRMED = later(r"\b(?:positive|pos|reactive|grew|growth)\b|\+", re.IGNORECASE)
# What is usual there, what says nothing, and what tells of a vaccine.
_USUAL = later(r"\b(?:normal|wnl|unremarkable|usual|flora|commensals?|contaminat\w*|contaminant|immune|immunity|vaccin\w*|susceptible|not done|cancelled|insufficient|invalid)\b", re.IGNORECASE)
_NUMBER = later(r"^\s*[>≥~+]?\s*(?:1\s*[:/]\s*)?(\d+(?:\.\d+)?)")
_INDEXED = frozenset(("", "index", "s/co", "co", "coi", "ratio", "s/c", "od", "iv", "isr"))  # where one is the limit
_OF_THE_PAST = frozenset(("igg", "antibody", "ab", "anti", "titer", "serology", "seropositive", "serostatus", "immunity", "total", "spike", "nucleocapsid"))
_OF_NOW = frozenset(("igm", "antigen", "ag", "pcr", "dna", "rna", "naat", "nat", "culture", "toxin", "stain", "smear", "swab", "isolation", "avidity"))
_GROWN = frozenset(("culture", "growth", "grew", "gram", "cfu", "isolate", "isolated", "colony"))
_OF_ANYTHING = (("infection", True),)
_NO_TEST = frozenset(("vaccine", "vaccination", "vaccinated", "immunization", "susceptibility", "mic", "resistance", "sensitivity"))


def infections_found(patient: Patient) -> Iterator[Tested]:
    """The infections that results of tests and findings of procedures speak for."""
    for test in patient.profile.labs:
        yield from _told(patient, f"labs: {test.test}", test.test, test.value, test)
    for score in patient.profile.scores:
        yield from _told(patient, f"scores: {score.name}", score.name, score.value, score)
    for done in patient.profile.procedures:
        if done.finding and done.status != "absent":
            yield from _told(patient, f"procedures: {done.name}", done.name, done.finding, done)


def _told(patient: Patient, name: str, wording: str, said: Decimal | str, entry: Any) -> Iterator[Tested]:
    found = _positive(said, getattr(entry, "uln", None), (getattr(entry, "unit", None) or "").casefold())
    if not found:
        return
    words = (normal(wording), *map(normal, found))
    every = {word for one in words for word in one}
    if not every.isdisjoint(_NO_TEST):
        return
    rows = [row for row in germ_tests(words) if _speaks(row, every, _number(said))]
    named = [row for row in rows if row.how != "any"]
    if not named and isinstance(said, str) and rows and patient.vocabulary.recorded_measure(wording) is None:
        named = sorted(rows, key=lambda row: row.infections == _OF_ANYTHING)[:1]
    day: PartialDate | None = entry.date
    unit = getattr(entry, "unit", None)
    fact = Evidence(name, f"{said:f}" if isinstance(said, Decimal) else said, unit, str(day) if day else None)
    for row in named:
        yield Tested(row.infections, f"{wording} {fact.value}{f' {unit}' if unit else ''}{f' ({day})' if day else ''}", fact)


def _speaks(row: GermTest, words: set[str], number: Decimal | None) -> bool:
    if row.least is not None and number is not None and number < row.least:
        return False
    if row.how == "past":
        return words.isdisjoint(_OF_THE_PAST) or not words.isdisjoint(_OF_NOW)
    return row.how != "site" or not words.isdisjoint(_GROWN)


def says_nothing(said: Decimal | str) -> bool:
    """Whether a result is negative, normal, or tells of nothing that was found."""
    return not _positive(said, None, "")


def _number(said: Decimal | str) -> Decimal | None:
    if isinstance(said, Decimal):
        return said
    found = _NUMBER.match(said)
    return Decimal(found[1]) if found is not None else None


def _positive(said: Decimal | str, limit: Decimal | None, unit: str) -> list[str]:
    """What a result says that was found, clause by clause; nothing of a negative or a normal one."""
    number = _number(said)
    if isinstance(said, Decimal) or (number is not None and re.fullmatch(r"[\s\d.]+", said)):
        small = number is not None and (number == 0 or (number <= limit if limit is not None else unit in _INDEXED and number < Decimal("0.9")))
        return [] if small else [str(said)]
    if said.casefold().strip() in NEGATIVE or re.match(r"\s*0(?:\.0+)?(?![\d.])", said):
        return []
    found, denied = [], False
    for clause in _CLAUSE.split(_NO_DENIAL.sub("gram", said)):
        if _DENIED.search(clause):
            denied = _DENIES_A_LIST.search(clause) is not None
        elif clause.strip() and not _USUAL.search(clause) and (not denied or _AFFIRMED.search(clause)):
            denied = False
            found.append(clause)
    return found


__all__ = ["Tested", "infections_found", "says_nothing"]
