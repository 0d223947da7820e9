"""A recorded word of severity against the values that make it another: a "moderate" COPD with an FEV1 of 35 %."""

from __future__ import annotations

from matcher.matching.patient import Patient, Resolved
from matcher.vocabulary import grade_span
from matcher.vocabulary.measures import measure_of
from matcher.vocabulary.severities import stages_called

# The score whose grades a guideline calls mild, moderate and severe, by the disease.
_GRADED_BY = {"chronic obstructive pulmonary disease": "gold", "chronic kidney disease": "ckd-stage"}


def overtaken_severity(patient: Patient, one: Resolved) -> str:
    """The fact, no older than the disease, by which its recorded severity cannot be; "" where there is none."""
    from matcher.matching.overtaken import rivals_of

    severity = (getattr(one.entry, "severity", None) or "").casefold().strip()
    label = one.concept.label if one.concept is not None else ""
    measure = measure_of(_GRADED_BY[label]) if label in _GRADED_BY and severity else None
    called = [span for stage in stages_called(label, severity) if measure is not None and (span := grade_span(measure, stage)) is not None]
    begun = one.entry.diagnosed or one.entry.since
    for rival in rivals_of(measure, patient) if measure is not None and called else ():
        day, possible = rival.reading.entry.date, grade_span(measure, str(rival.reading.entry.value)) if measure is not None else None
        older = begun is not None and day is not None and day.last < begun.first
        if possible is not None and not older and all(last < possible[0] or possible[1] < first for first, last in called):
            return rival.reading.basis.removeprefix("from ")
    return ""
