"""Procedures that are the giving of a drug: which drug, and by which route, as their kind or their words tell."""

from __future__ import annotations

from functools import cache

from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.model.values import value
from matcher.vocabulary import Concept, normal
from matcher.vocabulary.concepts import table

_GIVING = frozenset(("injection", "infusion", "infiltration", "instillation", "shot", "inject", "injected", "block", "series", "treatment", "therapy", "administration"))
_GIVEN = frozenset(("injection", "infusion", "infiltration", "instillation", "shot", "injected"))
_LONGEST = 4  # words of a drug's name
_FOR = later(r"\s+for\s+(?P<what>.{3,})$")


@value(frozen=True, slots=True)
class Given:
    """A drug or class that a procedure gave, with the route where that is told; not `sure` where only some words of its name tell of it."""

    drug: Concept
    route: str | None
    sure: bool


def given_by(patient: Patient, one: Resolved) -> tuple[Given, ...]:
    """The drugs that a recorded procedure gave: as its words name them, else as its kind tells."""
    said, told = _said(patient, one.wording), _told(patient, one)
    if said and told:
        return tuple(Given(each.drug, each.route or told[0].route, each.sure) for each in said)
    return said or told


def _told(patient: Patient, one: Resolved) -> tuple[Given, ...]:
    """The drug that its kind tells of."""
    for done in (one.concept, *one.also) if one.concept is not None else ():
        rows = _table()
        nearest = done.label if done.label in rows else next((label for label in sorted(patient.vocabulary.broader(done), key=lambda at: -_depth(patient, at)) if label in rows), None)
        treatment = patient.vocabulary.treatment(rows[nearest][0]) if nearest is not None else None
        if nearest is not None and treatment is not None:
            return (Given(treatment, rows[nearest][1] or None, True),)
    return ()


def _depth(patient: Patient, label: str) -> int:
    concept = patient.vocabulary.procedure(label)
    return patient.vocabulary.depth(concept) if concept is not None else 0


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {label: (treatment, route) for label, treatment, route in table("given_by.tsv")}


@cache
def _routes() -> tuple[tuple[str, str], ...]:
    """Where a drug is put, with the route that is."""
    return tuple((words, route) for words, route in table("put_where.tsv") if route)


@cache
def _narrowing() -> frozenset[str]:
    """Words that only say where, how or when it was given."""
    return frozenset(word for words, _ in table("put_where.tsv") for word in words.split())


def _said(patient: Patient, wording: str) -> tuple[Given, ...]:
    """The drugs that the words of an injection or infusion name, where all its other words only narrow it."""
    aim = _FOR.search(wording)
    if aim is not None and patient.vocabulary.condition(aim["what"]) is not None:
        wording = wording[: aim.start()]
    words = normal(wording)
    if _GIVEN.isdisjoint(words):
        return ()
    drugs, i = list[Concept](), 0
    while i < len(words):
        end = next((end for end in range(min(len(words), i + _LONGEST), i, -1) if words[i] not in _narrowing() and words[i] not in _GIVING and _drug(patient, words[i:end]) is not None), i)
        found = _drug(patient, words[i:end]) if end > i else None
        if found is None and not (words[i] in _narrowing() or words[i] in _GIVING or words[i][0].isdigit()):
            return ()
        drugs += [] if found is None else [found]
        i = max(end, i + 1)
    text = f" {' '.join(words)} "
    route = next((route for said, route in _routes() if f" {said} " in text), None)
    return tuple(Given(drug, route, True) for drug in dict.fromkeys(drugs))


def _drug(patient: Patient, words: tuple[str, ...]) -> Concept | None:
    """The drug of exactly these words; a "cortisone shot" is one of any glucocorticoid."""
    return patient.vocabulary.treatment("corticosteroid" if words == ("cortisone",) else " ".join(words))
