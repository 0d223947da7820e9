"""Signs of the table: facts that speak for what another list would hold, each judged when something near it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from matcher.matching import truth as t
from matcher.matching.germs import says_nothing
from matcher.matching.of_age import measure_for
from matcher.matching.patient import Patient
from matcher.matching.spoken import Spoken, explained, sign_check, undisturbed
from matcher.model.language import Bound, Measurement
from matcher.vocabulary import Concept
from matcher.vocabulary.signs import Sign, signs_by_label


def signs_near(patient: Patient, kind: str, asked: Concept) -> Iterator[Spoken]:
    """The signs of what is asked and of what is broader or narrower: of a curated concept no others need be judged."""
    rows = signs_by_label(kind)
    if patient.vocabulary.held(asked):
        near = {asked.label, *WIDE}.union(patient.vocabulary.curated_above(asked), patient.vocabulary.narrower(kind, asked.label))
        rows = {label: ones for label, ones in rows.items() if label in near}
    return (one for _, row in sorted(row for ones in rows.values() for row in ones) for one in sign(patient, row))  # as they stand in the table


WIDE = ("restrictive pulmonary disease",)  # of the wide table, of which more than that may be near


def sign(patient: Patient, row: Sign) -> tuple[Spoken, ...]:
    """The sign of a row, where the patient has it."""
    return undisturbed(patient, row, lambda: tuple(_found_sign(patient, row)))


def _found_sign(patient: Patient, row: Sign) -> Iterator[Spoken]:
    from matcher.matching.evaluate import evaluate  # a sign is a check of its own, judged as any other

    judged = is_told(patient, row.of) if row.of else not row.when or row.when in _ill_with(patient)
    concept = patient.concept(row.kind, row.label) if judged else None
    if concept is None or explained(patient, row.kind, concept):
        return
    finding = evaluate(sign_check(row.check), patient)
    if finding.evidence and (finding.truth == t.HOLDS or (finding.causes == ("imprecise",) and row.check.endswith(_POSITIVE) and not says_nothing(finding.evidence[0].value))):
        # The fact alone: "use of insulins: recorded insulin glargine (current)." tells of insulin glargine.
        shown = re.sub(r"^.*?\brecorded:? ", "", finding.reason, flags=re.IGNORECASE).rstrip(".")
        yield Spoken(row.kind, concept, shown, finding.evidence, f"it speaks for {concept.label}, of which nothing is recorded", row.kinds)


def _ill_with(patient: Patient) -> frozenset[str]:
    """The labels of all conditions that are recorded, and of what is above them."""
    had = (concept for one in patient.conditions for concept in (one.concept, *one.also) if concept is not None)
    return frozenset(patient.kept("ill with", lambda: tuple(frozenset[str]().union(*map(patient.vocabulary.lineage, had)))))


def is_told(patient: Patient, measure: str) -> bool:
    """Whether any value may answer to a measure: most have none, and their signs need not be judged."""
    from matcher.matching.measurements import sources  # which asks, for derived values, what conditions speak of

    return bool(patient.kept(("told", measure), lambda: (True,) if any(sources(_of_any_value(measure), measure_for(patient, measure), patient)) else ()))


@cache
def _of_any_value(measure: str) -> Measurement:
    return Measurement(measure, (Bound("≥", Decimal(0)),))


_POSITIVE = " is positive"  # of a result in other words ("1:64", "E. coli") nobody knows that it is not
