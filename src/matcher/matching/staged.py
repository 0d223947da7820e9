"""Grades of a score that a condition's stage holds: "NYHA II" of heart failure, "3a" of chronic kidney disease."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved
from matcher.matching.readings import Reading
from matcher.matching.stages import hedged
from matcher.matching.still import still_there
from matcher.model.patterns import later
from matcher.model.profile import Score
from matcher.vocabulary import Measure, grade_span, normal

# Diseases whose stage, written without its scale, can only be of one.
_OWN_SCALE: Final = {
    "ckd-stage": "chronic kidney disease",
    "gold": "chronic obstructive pulmonary disease",
    "isn-rps-class": "lupus nephritis",
}
# Diseases that are a grade of the measure by their name.
_BY_NAME: Final = {("ckd-stage", "end-stage renal disease"): "5"}
_LEAD: Final = frozenset(("stage", "class", "grade", "type"))


def stages_of(measure: Measure, patient: Patient) -> Iterator[Reading]:
    """The stages of active conditions that are grades of the measure; a stage has no date of its own."""
    for one in patient.conditions:
        if not measure.order:
            yield from _points(measure, patient, one)
            continue
        yield from _by_name(measure, patient, one)
        if one.entry.stage and one.entry.status == "active" and not hedged(one.entry.stage):
            grade = _named(measure, patient, one.entry.stage) or _unnamed(measure, patient, one)
            span = grade_span(measure, grade) if grade else None
            if span is not None:
                steps = dict.fromkeys(measure.order[step] for step in span)
                entry = Score(name=measure.label, value="-".join(steps))
                yield Reading(entry, f"{one.wording}, stage {one.entry.stage}", measure, "conditions", None, f"the stage of {one.wording}")


_NUMBER = later(r"\d+(?:\.\d+)?")


def _points(measure: Measure, patient: Patient, one: Resolved) -> Iterator[Reading]:
    """The points of a score that the stage holds with the score's name: "Hoehn and Yahr 2", "Gleason 4+3=7"."""
    if not one.entry.stage or one.entry.status != "active" or hedged(one.entry.stage) or not any(letter.isdigit() for letter in one.entry.stage):
        return
    words = one.entry.stage.split()
    for length in range(len(words) - 1, 0, -1):
        found = patient.vocabulary.short_measure(" ".join(words[:length]))
        if found is not None and found.id == measure.id:
            said = " ".join(word for word in words[length:] if word.casefold() not in _LEAD)
            value = Decimal(said) if _NUMBER.fullmatch(said) else said
            yield Reading(Score(name=measure.label, value=value), f"{one.wording}, stage {one.entry.stage}", measure, "conditions", None, f"the stage of {one.wording}")
            return


def _by_name(measure: Measure, patient: Patient, one: Resolved) -> Iterator[Reading]:
    """The grade that a disease is by its name, where it is active, no other stage is recorded, and nothing done since has ended it."""
    grade = _BY_NAME.get((measure.id, one.concept.label)) if one.concept is not None else None
    if grade is not None and one.entry.status == "active" and not one.entry.stage and still_there(patient, one, one.concept) == t.HOLDS:
        yield Reading(Score(name=measure.label, value=grade), one.wording, measure, "conditions", None, one.wording)


def _named(measure: Measure, patient: Patient, stage: str) -> str:
    """What the stage says besides the measure's name: "II" of "NYHA II" and of "class II (NYHA)"."""
    words = normal(stage)
    for length in range(len(words) - 1, 0, -1):
        for name, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            found = patient.vocabulary.short_measure(" ".join(name))
            if found is not None and found.id == measure.id:
                return "-".join(word for word in rest if word not in _LEAD)
    return ""


def _unnamed(measure: Measure, patient: Patient, one: Resolved) -> str:
    """The stage itself, where the disease is staged by this measure alone."""
    disease = patient.vocabulary.condition(_OWN_SCALE[measure.id]) if measure.id in _OWN_SCALE else None
    words = [word for word in normal(one.entry.stage) if word not in _LEAD]
    return words[0] if disease is not None and one.concept == disease and one.exact and len(words) == 1 else ""
