"""Diseases asked for by their treatment: "untreated hypothyroidism", "infection requiring antibiotics", "asthma treated with steroids"."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import edges, overlaps, period
from matcher.matching.routes import by_possible_routes, possible_routes
from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Relation, normal
from matcher.vocabulary.indications import given_for

_UNTREATED = frozenset((("untreated",), ("not", "treated"), ("without", "treatment")))
_TREATED = later(r"(?:treated(?: (?:with|by))?|requir(?:es?|ing)|need(?:s|ing)|on|under|receiving|managed with)\b\s*(?P<name>[a-z0-9 ,/-]*)", re.IGNORECASE)
# Words before the name of what is required that a drug taken now fulfils, and behind it.
_LEADS = later(
    r"(?:(?:any|the|a|an|current(?:ly)?|active|ongoing|continuous|continued|concurrent|concomitant|specific|further|prescription|prescribed|medical|use of|treatment with|therapy with|management with|administration of)\s+)*"
    r"(?:(?P<route>systemic|oral|intravenous|iv|parenteral|inhaled|topical|intravitreal|subcutaneous)\s+(?:treatment with |therapy with |use of )?)?"
)  # fmt: skip
_TAIL = later(r"\s*\b(?:drug )?(?:treatments?|therap(?:y|ies)|medications?|medicines?|drugs?|agents?|use)$")
_BETWEEN = later(r"\s*(?:,|/|\band/or\b|\bor\b)\s*(?:or\b\s*)?")
_ANY = frozenset(("", "drug", "pharmacological", "pharmacologic", "medication", "drug or medical"))
_OF_IT = (Relation.SAME, Relation.NARROWER, Relation.BROADER)
_THESE_DAYS = Window(within=Span(Decimal(30), "day"))
# What stands in the way of calling a treatment of the past one that is still required: it may have been given once.
_GOES_ON = frozenset(("dialysis", "oxygen", "mechanical ventilation"))


def treated_so(patient: Patient, one: Resolved, state: str) -> t.Truth:
    """Whether the state says of a disease's treatment what the record tells; only what goes on now tells."""
    if normal(state) in _UNTREATED:
        return t.VIOLATED if any(given(patient, drug, one) for drug in patient.medications) else t.OPEN
    found = _TREATED.fullmatch(state.strip())
    if found is None:
        return t.OPEN
    names = _BETWEEN.split(found["name"].casefold().strip())
    leads = [_LEADS.match(name) for name in names]
    route = next((lead["route"] for lead in leads if lead is not None and lead["route"]), None)  # of a list, it may be said of all
    plain = [name[lead.end() :].strip() if lead is not None else name for name, lead in zip(names, leads, strict=True)]
    return t.HOLDS if any(_so(patient, one, name, route) for name in plain) else t.OPEN


def _so(patient: Patient, one: Resolved, name: str, route: str | None) -> bool:
    """Whether a recorded treatment of the disease is the one that is named, by the route that is named."""
    plain = _TAIL.sub("", name)
    anything = plain in _ANY
    asked = None if anything else patient.concept("treatment", name) or patient.concept("treatment", plain)
    if anything or asked is not None:
        taken = (drug for drug in patient.medications if drug.concept is not None and (asked is None or patient.vocabulary.relation(drug.concept, asked) in _OF_IT[:2]))
        if any(given(patient, drug, one) and _by_route(patient, drug, route) for drug in taken):
            return True
    operation = None if anything or route else patient.concept("procedure", name) or patient.concept("procedure", plain)
    return operation is not None and any(_done_for(patient, done, one) for done in patient.procedures if done.concept is not None and patient.vocabulary.relation(done.concept, operation) in _OF_IT[:2])


def _by_route(patient: Patient, drug: Resolved, route: str | None) -> bool:
    """Whether a drug is certainly given by a route."""
    return route is None or by_possible_routes(possible_routes(patient, drug), (route,), Question("medications", drug.wording, "word", None, "")).truth == t.HOLDS


def _done_for(patient: Patient, done: Resolved, one: Resolved) -> bool:
    """Whether an operation or the like was done for a disease that is there: in these days, or begun since and not ended."""
    if done.entry.status != "done" or one.entry.status != "active" or done.entry.date is None or patient.as_of is None:
        return False
    begun = one.entry.since or one.entry.diagnosed
    if begun is not None and done.entry.date.last < begun.first:
        return False
    goes_on = begun is not None and done.entry.until is None and done.concept is not None and not _GOES_ON.isdisjoint((done.concept.label, *patient.vocabulary.broader(done.concept)))
    during = period(done.entry.date, done.entry.until or done.entry.date, ongoing=False, as_of=patient.as_of)
    if not goes_on and overlaps(during, edges(_THESE_DAYS, patient.as_of)) != t.HOLDS:
        return False
    return _explains(patient, done, one)


def given(patient: Patient, drug: Resolved, one: Resolved) -> bool:
    """Whether a medication is taken now for this disease: as its indication says, or because nothing else recorded explains it."""
    if drug.entry.state != "current" or drug.entry.stop is not None or drug.concept is None or one.concept is None:
        return False
    if drug.entry.indication:
        told = patient.vocabulary.condition(drug.entry.indication)
        return told is not None and patient.vocabulary.relation(one.concept, told) in _OF_IT
    return _explains(patient, drug, one)


def _explains(patient: Patient, treatment: Resolved, one: Resolved) -> bool:
    """Whether a disease is what a treatment is usually given for, and nothing else recorded is."""
    if treatment.concept is None:
        return False
    reasons = [reason.label for row in given_for(patient.vocabulary, treatment.concept) for reason in row.indications]
    if not _among(patient, one, reasons):
        return False
    return not any(_among(patient, other, reasons) for other in patient.conditions if other is not one and other.entry.status != "absent" and other.concept != one.concept)


def _among(patient: Patient, one: Resolved, labels: list[str]) -> bool:
    """Whether a recorded condition is one of these, or a kind of one."""
    named = (patient.vocabulary.curated("condition", label) for label in labels)
    return one.concept is not None and any(found is not None and patient.vocabulary.relation(one.concept, found) in _OF_IT[:2] for found in named)
