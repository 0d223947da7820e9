"""Obesity and overweight of a grown-up, which are what the body mass index says they are (WHO)."""

from __future__ import annotations

from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.finding import Finding, known
from matcher.matching.patient import Patient
from matcher.matching.people import age_span
from matcher.model.language import Condition
from matcher.model.wording import parse
from matcher.vocabulary import Concept

_GROWN_UP = 18  # a child is so by the percentile of its age
# From which body mass index a grown-up certainly is, and below which certainly is not: some count from less in Asia.
BY_WEIGHT = {"overweight": (Decimal(25), Decimal(23)), "obesity": (Decimal(30), Decimal(25)), "morbid obesity": (Decimal(40), Decimal(35))}
_OBESE = Decimal(30)  # who is obese is perhaps no longer called overweight


def told_by_weight(leaf: Condition, patient: Patient, asked: Concept) -> Finding | None:
    """Whether the patient is so heavy, where the body mass index tells and nothing of it is on the list of diseases."""
    age = age_span(patient)
    if leaf != Condition(leaf.term, leaf.phase) or leaf.phase not in ("", "active") or age is None or age[0] < _GROWN_UP or patient.profile.pregnant:
        return None
    if any(one.concept is not None and one.concept.label in BY_WEIGHT for one in patient.conditions):
        return None
    from matcher.matching.evaluate import evaluate  # the index is judged as any other value

    least, below = BY_WEIGHT[asked.label]
    so = evaluate(parse(f"body mass index ≥ {least} kg/m²"), patient)
    too_much = asked.label == "overweight" and evaluate(parse(f"body mass index < {_OBESE} kg/m²"), patient).truth != t.HOLDS
    if so.truth == t.HOLDS and not too_much:
        return known(True, so.reason, *so.evidence, clears=so.clears)
    light = evaluate(parse(f"body mass index < {below} kg/m²"), patient)
    return known(False, light.reason, *light.evidence, clears=light.clears) if light.truth == t.HOLDS else None
