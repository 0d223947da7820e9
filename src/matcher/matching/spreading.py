"""How far a cancer has spread, as its recorded stage says: one of stage IV is advanced, and of many organs metastatic."""

from __future__ import annotations

import re
from datetime import timedelta

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved
from matcher.matching.stages import numerals
from matcher.model.patterns import later
from matcher.vocabulary import A_KIND, Concept

_ASKED = ("advanced ", "metastatic ", "locally advanced ", "lymph node metastases")
_STAGE = later(r"(?:stage\s+)?(iv|iii|ii|i|[0-4])[abc]?\d?", re.IGNORECASE)
_FOURTH, _THIRD, _EARLY = ("iv", "4"), ("iii", "3"), ("i", "ii", "1", "2")


def asks_spread(label: str) -> bool:
    """Whether a condition is asked for by how far it has spread: "advanced cancer", "metastatic melanoma"."""
    return label.startswith(_ASKED)


def spread(patient: Patient, one: Resolved, asked: Concept | None) -> t.Truth | None:
    """Whether a recorded cancer has spread as far as asked; None where its stage says nothing of it, or another cancer is asked."""
    if asked is None or one.concept is None or not asks_spread(asked.label):
        return None
    if patient.vocabulary.relation(one.concept, asked) in A_KIND:
        return None
    local = _local(asked.label)
    degree, _, disease = local or asked.label.partition(" ")
    whole = patient.concept("condition", disease)
    if whole is None or not _is(patient, one.concept, whole):
        return None
    if local is not None:
        return _near(patient, one, degree)
    if "solid tumor" not in patient.vocabulary.lineage(one.concept):  # a cancer of the blood may be called advanced, and never metastatic
        return t.OPEN if degree == "advanced" else None
    stage = _stage(one)
    if not _staged(patient, one.concept):
        return t.OPEN
    if _beside_metastases(patient, one):
        return t.HOLDS
    if stage in _FOURTH:
        return t.HOLDS if degree == "advanced" or _distant(patient, one.concept) else t.OPEN
    return t.OPEN if not stage or (stage in _THIRD and degree == "advanced") else None


_NEAR = {
    "locally advanced": (later(r"\blocally[- ]advanced\b", re.IGNORECASE), later(r"(?:stage\s+)?(?:0|i[abc]?\d?|1[abc]?)|[cpyr]{0,2}t(?:is|[01][a-d]?)[ ,]?[cp]?n0.*", re.IGNORECASE)),
    "nodal": (later(r"\b(?:[cpyr]{0,2}t(?:\d[a-d]?|is|x)[ ,]?)?[cp]?n[123][a-c]?(?=[cp]?m[\dx]|[^a-z\d]|$)(?!\s*[-/])|\b(?:lymph )?nod(?:e|al)[ -]positive", re.IGNORECASE), later(r"(?:stage\s+)?(?:0|i[abc]?\d?|1[abc]?)|.*(?<![a-z])[cpyr]{0,2}(?:t(?:\d[a-d]?|is|x)[ ,]?[cpyr]{0,2})?n0.*|.*\bnode[ -]negative.*", re.IGNORECASE)),
}


def _local(label: str) -> tuple[str, str, str] | None:
    """The degree asked, and of what, where a cancer is asked for by how far it has spread around it or to the nodes; None where it is by more."""
    if label == "lymph node metastases":
        return "nodal", " ", "malignancy"
    return ("locally advanced", " ", label.removeprefix("locally advanced ")) if label.startswith("locally advanced ") else None


def _near(patient: Patient, one: Resolved, degree: str) -> t.Truth | None:
    """Whether a cancer has spread so near by as asked: it has where its stage says so, and may have where that does not deny it."""
    if one.concept is None or not _staged(patient, one.concept) or one.entry.status != "active":
        return None
    said, denied = _NEAR[degree]
    stage = (getattr(one.entry, "stage", None) or "").strip()
    if said.search(stage):
        return t.HOLDS
    return None if denied.fullmatch(stage) else t.OPEN


_LONG_AGO = timedelta(days=730)


def of_early_stage(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether a cancer that is asked for as metastatic or advanced is recorded of stage I or II, not long ago, and no metastases beside it."""
    if asked is None or one.concept is None or one.entry.status != "active" or one.also or spread(patient, one, asked) is not None or not asks_spread(asked.label) or _stage(one) not in _EARLY:
        return False
    whole = patient.concept("condition", asked.label.partition(" ")[2])
    if whole is None or not _is(patient, one.concept, whole) or patient.vocabulary.relation(one.concept, asked) in A_KIND or not _staged(patient, one.concept):
        return False
    day = one.entry.diagnosed or one.entry.since
    old = day is not None and patient.as_of is not None and day.first < patient.as_of - _LONG_AGO
    return not old and not any("metasta" in f"{other.wording} {other.concept.label if other.concept else ''}".casefold() for other in patient.conditions)


def is_advanced(patient: Patient, one: Resolved) -> t.Truth:
    """Whether a recorded cancer is one of stage IV; of any other it is not certain."""
    return t.HOLDS if one.concept is not None and _stage(one) in _FOURTH and _staged(patient, one.concept) else t.OPEN


def is_metastatic(patient: Patient, one: Resolved) -> t.Truth:
    """Whether a recorded cancer has distant metastases by its stage: one of stage I or II has none."""
    if one.concept is None or not _staged(patient, one.concept):
        return t.OPEN
    if _beside_metastases(patient, one):
        return t.HOLDS
    if _stage(one) in _FOURTH:
        return t.HOLDS if _distant(patient, one.concept) else t.OPEN
    return t.VIOLATED if _stage(one) in _EARLY and "metasta" not in one.wording.casefold() else t.OPEN


def is_not_spread(patient: Patient, one: Resolved) -> bool:
    """Whether a recorded cancer of an organ is of stage I to III: it is where it began, a primary one."""
    return one.concept is not None and one.entry.status == "active" and _stage(one) in (*_EARLY, *_THIRD) and _staged(patient, one.concept)


def is_invasive(patient: Patient, one: Resolved) -> t.Truth:
    """Whether a recorded cancer grows into its surroundings by its stage: any of stage I to IV does."""
    stage = _stage(one)
    return t.HOLDS if one.concept is not None and stage and stage != "0" and _staged(patient, one.concept) else t.OPEN


_DISTANT_METASTASES = later(r"(?:brain|central nervous system|bone|liver|lung|visceral|colorectal liver) metastases$|metastatic cancer$")


def _beside_metastases(patient: Patient, one: Resolved) -> bool:
    """Whether distant metastases are recorded beside a cancer that goes on, and no other cancer that they may have come from."""
    others = [other for other in patient.conditions if other is not one and other.entry.status != "absent"]
    if one.concept is None or one.also or one.entry.status != "active" or one.entry.until is not None or _stage(one) in _EARLY:
        return False
    spread_to = [other for other in others if other.concept is not None and _DISTANT_METASTASES.match(other.concept.label)]
    if not any(other.entry.status == "active" and other.entry.until is None for other in spread_to):
        return False
    cancers = [other for other in others if other not in spread_to and (other.concept is None or "neoplasm" in patient.vocabulary.lineage(other.concept))]
    return all(other.concept is not None and (_is(patient, other.concept, one.concept) or _is(patient, one.concept, other.concept) or other.concept.label == "lymph node metastases") for other in cancers)


def metastases_beside(patient: Patient, one: Resolved) -> str:
    """The distant metastases recorded beside a cancer of an early stage, which it may have spread to since; "" where there are none."""
    numbers = {number for number, _ in numerals(getattr(one.entry, "stage", None) or "")}
    if one.concept is None or not _staged(patient, one.concept) or not numbers or 4 in numbers:
        return ""
    beside = (other for other in patient.conditions if other is not one and other.entry.status == "active" and other.concept is not None)
    return next((other.wording for other in beside if other.concept is not None and (_DISTANT_METASTASES.match(other.concept.label) or _SPREAD.search(other.concept.label))), "")


_SPREAD = later(r"carcinomatosis|(?<!lymph node )metastases$|^metastatic |malignant (?:ascites|pleural effusion)", re.IGNORECASE)


def _stage(one: Resolved) -> str:
    """The number of the recorded stage; "" where none is recorded, or it is said in another way."""
    found = _STAGE.fullmatch((getattr(one.entry, "stage", None) or "").strip())
    return found[1].casefold() if found is not None else ""


def _staged(patient: Patient, concept: Concept) -> bool:
    """Whether it is a cancer of an organ that has stages: those of the brain have grades."""
    above = patient.vocabulary.lineage(concept)
    return "solid tumor" in above and "brain tumor" not in above


def _distant(patient: Patient, concept: Concept) -> bool:
    """Whether the fourth stage of the cancer is that with distant metastases, and no other."""
    return any(patient.vocabulary.curated("condition", f"stage iv {label}") is not None for label in patient.vocabulary.lineage(concept))


def _is(patient: Patient, concept: Concept, whole: Concept) -> bool:
    return patient.vocabulary.relation(concept, whole) in A_KIND
