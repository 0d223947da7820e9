"""Whether a disease that is there is active: one recorded as stable, or a metastasis in the brain that was treated, may not be."""

from __future__ import annotations

import re

from matcher.matching import truth as t
from matcher.matching.entries import Part
from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import A_KIND, Concept

_CALM = later(r"\b(?:(?:in|partial|complete|clinical) remission|quiescent|inactive|dormant|no evidence of disease|ned|burn(?:ed|t)[ -]out)\b", re.IGNORECASE)
# Of a disease that lasts this says nothing; a growth that is treated or stable may be active no more.
_CONTROLLED = later(r"\b(?:controlled|treated|stable|stabili[sz]ed)\b", re.IGNORECASE)
_STIRRED = later(r"\b(?:un-?\s?stable|un-?\s?controlled|not (?:well |adequately )?(?:controlled|stable|treated|in remission)|poorly|partly|partially|progress\w*|untreated|flar\w+)\b", re.IGNORECASE)
_IN_THE_BRAIN = "central nervous system metastases"
BLEEDING = "bleeding"
"""What is asked of a bleeding that goes on now is not told by the blood that has run out."""
SEIZURE = "seizure"
"""What is asked of seizures that go on is not told by the disease that brings them."""
_COLLECTED = frozenset(("hematoma", "intracranial hemorrhage", "central nervous system hemorrhage", "vitreous hemorrhage", "retinal hemorrhage", "subconjunctival hemorrhage", "hemarthrosis", "hemothorax"))
_LOCAL = ("radiotherapy", "neurosurgery", "brain surgery", "craniotomy", "metastasectomy")


def active_part(patient: Patient, one: Resolved, asked: Concept | None = None) -> Part | None:
    """What is open of whether a disease that is there is active; None where nothing recorded speaks against it."""
    if asked is not None and asked.label == BLEEDING and _has_bled(patient, one):
        return Part(t.OPEN, "imprecise", "whether it bleeds now is not recorded")
    if asked is not None and asked.label == SEIZURE and one.concept is not None and one.concept != asked:
        return Part(t.OPEN, "imprecise", "whether there are seizures now is not recorded")
    if not (_says(one, _CALM) or (_grows(patient, one) and _says(one, _CONTROLLED)) or (_in_the_brain(patient, one) and _treated(patient, one))):
        return None
    statement = f"{one.wording} is active"
    held = patient.answered(statement)
    ask = Question("answers", statement, "yesno", None, f"Is it active now, that is untreated, progressing or causing symptoms: {one.wording}?")
    return Part(t.OPEN, "imprecise", "whether it is active, or stable or in remission, is not recorded", ask) if held is None else Part(t.of(held), why="it is not active")


def _has_bled(patient: Patient, one: Resolved) -> bool:
    """Whether it is blood that has run out somewhere: a hematoma is there for weeks, and bleeds for an hour."""
    collected = one.concept is not None and not _COLLECTED.isdisjoint(patient.vocabulary.lineage(one.concept))
    return collected and "active" not in one.wording.casefold()


def _says(one: Resolved, words: re.Pattern[str]) -> bool:
    said = f"{one.entry.severity or ''} {'' if one.exact else one.wording}"
    return words.search(said) is not None and _STIRRED.search(said) is None


def _grows(patient: Patient, one: Resolved) -> bool:
    return _in_the_brain(patient, one) or (one.concept is not None and patient.vocabulary.is_kind(one.concept.label, "neoplasm"))


def _in_the_brain(patient: Patient, one: Resolved) -> bool:
    whole = patient.vocabulary.curated("condition", _IN_THE_BRAIN)
    return one.concept is not None and whole is not None and patient.vocabulary.relation(one.concept, whole) in A_KIND


def _treated(patient: Patient, one: Resolved) -> bool:
    """Whether it was treated, or perhaps so, since it was found."""
    found = one.entry.diagnosed or one.entry.since
    locally = [done for done in patient.procedures if done.entry.status != "absent" and _is_one(patient, done, "procedure", _LOCAL)]
    drugs = [drug for drug in patient.medications if drug.entry.state != "never" and _is_one(patient, drug, "treatment", ("anticancer therapy",))]
    ends = [*(done.entry.date for done in locally), *(drug.entry.stop for drug in drugs)]
    return any(end is None or found is None or end.last >= found.first for end in ends)


def _is_one(patient: Patient, one: Resolved, kind: str, names: tuple[str, ...]) -> bool:
    known = [patient.concept(kind, name) for name in names]
    return one.concept is not None and any(whole is not None and patient.vocabulary.relation(one.concept, whole) in A_KIND for whole in known)
