"""Tests that speak against a recorded "no": a cotinine in who never smoked, a viral load in who has no HIV. Neither decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from matcher.matching import truth as t
from matcher.matching.entries import denies
from matcher.matching.finding import Finding
from matcher.matching.patient import Patient, Resolved
from matcher.model.dates import partial_date
from matcher.model.language import Check, Measurement
from matcher.model.wording import parse
from matcher.vocabulary import Concept
from matcher.vocabulary.overtaken import proofs


def proved(patient: Patient, denied: str) -> Finding | None:
    """The first fact that speaks against what is denied; None where none does."""
    return next(_proofs(patient, denied), None)


def _proofs(patient: Patient, denied: str) -> Iterator[Finding]:
    found = (by_itself(wording, patient) for wording in proofs().get(denied, ()))
    return (one for one in found if one.truth == t.HOLDS and one.evidence)


def by_itself(wording: str, patient: Patient) -> Finding:
    """A check, judged as any other; a value that others speak against counts as well as they do."""
    from matcher.matching.evaluate import evaluate
    from matcher.matching.measurements import unrivalled

    check = _check(wording)
    return unrivalled(check, patient) if isinstance(check, Measurement) else evaluate(check, patient)


def contradicted(patient: Patient) -> Iterator[tuple[Concept, Finding]]:
    """The conditions recorded as absent that a test speaks for, each with what was found."""
    for label in proofs() if any(one.entry.status == "absent" for one in patient.conditions) else ():
        concept = patient.concept("condition", label) if label not in _OF_A_PERSON else None
        if concept is not None and _denials(patient, concept):
            yield from ((concept, found) for found in _proofs(patient, label) if denied_before(patient, concept, found.evidence[0].date))


_OF_A_PERSON = frozenset(("pregnant no", "smoking never", "smoking former"))


def denied_before(patient: Patient, concept: Concept, day: str | None) -> bool:
    """Whether a condition is recorded as absent, and none of those that say so tells only of the time after a day."""
    found = _denials(patient, concept)
    return bool(found) and not any(one.entry.since is not None and day and one.entry.since.first > partial_date(day).last for one in found)


def _denials(patient: Patient, concept: Concept) -> list[Resolved]:
    return [one for one in patient.conditions if one.entry.status == "absent" and denies(patient, one, "condition", concept.label, concept)]


@cache
def _check(wording: str) -> Check:
    return parse(wording)


__all__ = ["by_itself", "contradicted", "denied_before", "proved"]
