"""Diseases told by markers: a breast cancer without HER2 is a HER2-negative one."""

from __future__ import annotations

from datetime import date

from matcher.matching import truth as t
from matcher.matching.entries import Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.readings import result_of, undone
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Relation
from matcher.vocabulary.markers import marked_diseases


def by_markers(patient: Patient, one: Resolved, asked: Concept | None, named: Part) -> Part:
    """What the name of an entry left open, by the recorded results of the markers that the disease asked for is told by."""
    told = marked_diseases().get(asked.label) if asked is not None and named.truth == t.OPEN else None
    if told is None or one.concept is None:
        return named
    other = patient.concept("condition", told[0])
    if other is None or patient.vocabulary.relation(one.concept, other) not in (Relation.SAME, Relation.NARROWER):
        return named
    parts = [_shown(patient, marker, result) for marker, result in told[1]]
    truth = t.conjoin([part.truth for part in parts])
    return next(part for part in parts if part.truth == truth)


def _shown(patient: Patient, marker: str, result: str) -> Part:
    """Whether the latest results of a marker are what is asked; asked for where none is recorded, or where they differ."""
    measure = patient.vocabulary.measure(marker)
    found = [one for one in patient.readings if measure is not None and one.measure is not None and one.measure.id == measure.id]
    newest = max((one.entry.date.first for one in found if one.entry.date is not None), default=date.min)
    last = [one for one in found if one.entry.date is None or one.entry.date.last >= newest]
    results = {result_of(one) for one in (*last, *undone(last, found))}
    if len(results) == 1 and "" not in results:
        return Part(t.of(results == {result}), why=f"{marker} is {results.pop()}")
    ask = Question("labs", marker, "posneg", None, measure.question if measure is not None else f"Is {marker} positive?")
    if not results:
        return Part(t.OPEN, "not-recorded", f"{marker} is not recorded", ask)
    if len(results) > 1:
        return Part(t.OPEN, "conflict", f"{marker} is recorded with different results", ask)
    return Part(t.OPEN, "imprecise", f"whether {marker} is positive or negative is not certain", ask)
