"""Diseases asked for by their treatment: "untreated hypothyroidism", "infection requiring antibiotics", "asthma treated with steroids"."""

from __future__ import annotations

import re

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.vocabulary import Relation, normal
from matcher.vocabulary.indications import given_for

_UNTREATED = frozenset((("untreated",), ("not", "treated"), ("without", "treatment")))
_TREATED = later(
    r"(?:treated(?: (?:with|by))?|requir(?:es?|ing)|need(?:s|ing)|on|under|receiving|managed with)\b\s*"
    r"(?:(?:any|current|the use of|use of|treatment with|therapy with)\s+)*(?P<name>[a-z0-9 /-]*)", re.IGNORECASE,
)  # fmt: skip
_ANY = frozenset(("", "treatment", "therapy", "medication", "medications", "drug therapy", "drug treatment", "medical therapy", "medical treatment", "pharmacological treatment", "pharmacologic therapy"))
_OF_IT = (Relation.SAME, Relation.NARROWER, Relation.BROADER)


def treated_so(patient: Patient, one: Resolved, state: str) -> t.Truth:
    """Whether the state says of a disease's treatment what the medications tell; only what is taken now tells."""
    if normal(state) in _UNTREATED:
        return t.VIOLATED if any(given(patient, drug, one) for drug in patient.medications) else t.OPEN
    found = _TREATED.fullmatch(state.strip())
    if found is None:
        return t.OPEN
    name = found["name"].casefold().strip()
    asked = None if name in _ANY else patient.concept("treatment", name)
    if asked is None and name not in _ANY:
        return t.OPEN
    taken = (drug for drug in patient.medications if drug.concept is not None and (asked is None or patient.vocabulary.relation(drug.concept, asked) in _OF_IT[:2]))
    return t.HOLDS if any(given(patient, drug, one) for drug in taken) else t.OPEN


def given(patient: Patient, drug: Resolved, one: Resolved) -> bool:
    """Whether a medication is taken now for this disease: as its indication says, or because nothing else recorded explains it."""
    if drug.entry.state != "current" or drug.entry.stop is not None or drug.concept is None or one.concept is None:
        return False
    if drug.entry.indication:
        told = patient.vocabulary.condition(drug.entry.indication)
        return told is not None and patient.vocabulary.relation(one.concept, told) in _OF_IT
    reasons = [reason.label for row in given_for(patient.vocabulary, drug.concept) for reason in row.indications]
    if not _among(patient, one, reasons):
        return False
    return not any(_among(patient, other, reasons) for other in patient.conditions if other is not one and other.entry.status != "absent" and other.concept != one.concept)


def _among(patient: Patient, one: Resolved, labels: list[str]) -> bool:
    """Whether a recorded condition is one of these, or a kind of one."""
    named = (patient.vocabulary.curated("condition", label) for label in labels)
    return one.concept is not None and any(found is not None and patient.vocabulary.relation(one.concept, found) in _OF_IT[:2] for found in named)
