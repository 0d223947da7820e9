"""Treatments asked for by what they are given for: "anticancer therapy" is no methotrexate for an arthritis."""

from __future__ import annotations

import re

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.routes import local, recorded_route
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import A_KIND, Concept, normal
from matcher.vocabulary.dual_use import FOR_CANCER, other_uses

_CANCER, _TUMOR = "malignancy", "neoplasm"
_BY_EFFECT = "angiogenesis inhibitors"  # what acts so in the eye may be meant as well


def by_purpose(asked: Concept | None) -> bool:
    """Whether a treatment is asked for that is one against cancer."""
    return asked is not None and asked.label in FOR_CANCER


# Classes that are named after what they are given for, with that.
_AIMS = {"antihypertensives": "hypertension", "antidiabetics": "diabetes mellitus", "antiepileptics": "epilepsy", "antiarrhythmics": "arrhythmia"}
# The same of aims that are no diseases, by what an indication says.
_AIMS_SAID = {
    "hormone replacement therapy": later(r"hormon\w* replacement|\bhrt\b|\bmht\b|menopaus|climacteric|hot flas?h|vasomotor", re.IGNORECASE),
    "hormonal contraceptives": later(r"contracepti|birth control", re.IGNORECASE),
}


# Drugs that are sold on prescription wherever they are sold, and others that anybody calls medicines; of the rest it is asked.
_PRESCRIBED = ("antihypertensives", "antidiabetics", "anticoagulants", "antidepressants", "antipsychotics", "antiepileptics", "antiarrhythmics", "antineoplastic agents", "immunosuppressants", "antiretrovirals", "benzodiazepines")
_MEDICINES = {"prescription drugs": _PRESCRIBED, "medicines of any kind": (*_PRESCRIBED, "antiplatelets", "statins", "NSAIDs", "proton pump inhibitors", "opioids", "antibiotics", "glucocorticoids", "antihistamines", "diuretics", "analgesics", "thyroid hormones")}


def asks_aim(asked: Concept | None) -> bool:
    """Whether a class is asked for that is named after what it is given for, or after how it is sold."""
    return asked is not None and (asked.label in _AIMS or asked.label in _AIMS_SAID or asked.label in _MEDICINES)


def for_that_aim(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether a drug that may be of such a class certainly is: recorded as given for just that, as doxazosin for a hypertension, or a medicine by anybody's word."""
    if asked is not None and asked.label in _MEDICINES and one.concept is not None:
        return not local(recorded_route(getattr(one.entry, "route", None), one.wording)) and any(_of_class(patient, one.concept, label) for label in _MEDICINES[asked.label])
    if asked is None or not asks_aim(asked) or one.concept is None or not one.entry.indication:
        return False
    said = _AIMS_SAID.get(asked.label)
    if said is not None:
        return said.search(one.entry.indication) is not None
    told = patient.vocabulary.condition(one.entry.indication)
    return told is not None and _is(patient, told, _AIMS[asked.label])


AGAINST_CANCER = "against the cancer"
"""What is said of treatments named as kinds or examples of those against cancer: "anticancer therapy, including biologics"."""
# Settings that only treatments of cancers have; a maintenance there is in many diseases.
_OF_CANCERS = frozenset(map(normal, ("neoadjuvant", "adjuvant", "perioperative", "metastatic", "palliative", "locally advanced", "advanced")))


def treats_a_cancer(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether anticancer drugs are asked for, and a drug of another class is recorded as given for a cancer: dexamethasone for a myeloma."""
    if asked is None or asked.label != "antineoplastic agents" or not getattr(one.entry, "indication", None):
        return False
    told = patient.vocabulary.condition(one.entry.indication)
    return told is not None and _is(patient, told, _CANCER)


def purpose_part(patient: Patient, one: Resolved, asked: Concept | None, *, aimed: bool = False) -> Part:
    """Whether a drug that is given for cancers and for other diseases is given for a cancer, where that is asked.

    `aimed`: it is asked of any drug, of an antibody as of a cytotoxic one.
    """
    if not (aimed or by_purpose(asked)) or one.concept is None:
        return SATISFIED
    others, always = other_uses(patient.vocabulary, one.concept), not aimed or _against_cancer(patient, one.concept)
    if one.entry.indication is None and ((others is None and always) or normal(one.entry.setting or "") in _OF_CANCERS):
        return SATISFIED
    found = _for_cancer(patient, one, others)
    if found == t.VIOLATED and ((asked is not None and asked.label == _BY_EFFECT) or (others is None and always)):
        found = t.OPEN
    ask = Question("medications", one.wording, "text", None, f"For which disease is {one.wording} given?")
    return Part(found, "not-recorded", "it is not given for a cancer" if found == t.VIOLATED else "whether it is given for a cancer is not recorded", ask if found == t.OPEN else None)


def _against_cancer(patient: Patient, drug: Concept) -> bool:
    """Whether a drug is one against cancers by its class."""
    return any(_of_class(patient, drug, label) for label in _OF_CLASS)


def _of_class(patient: Patient, drug: Concept, label: str) -> bool:
    kind = patient.vocabulary.curated("treatment", label)
    return kind is not None and patient.vocabulary.relation(drug, kind) in A_KIND


_OF_CLASS = ("antineoplastic agents", "anticancer therapy")


def _for_cancer(patient: Patient, one: Resolved, others: tuple[str, ...] | None) -> t.Truth:
    """By the recorded indication, else by what the record holds: a cancer and nothing else that explains it, or certainly no cancer.

    `others` of None: what else the drug may be given for is not known.
    """
    if one.entry.indication:
        told = patient.vocabulary.condition(one.entry.indication)
        if told is None or (not _is(patient, told, _CANCER) and _is(patient, told, _TUMOR)):
            return t.OPEN
        return t.of(_is(patient, told, _CANCER))
    if others == ():
        return t.VIOLATED
    had = [held for held in patient.conditions if held.entry.status != "absent"]
    known = [concept for held in had for concept in (held.concept, *held.also) if concept is not None]
    if any(_is(patient, concept, _CANCER) for concept in known):
        if one.entry.state == "current" and not any(held.concept is not None and held.entry.status == "active" and _is(patient, held.concept, _CANCER) for held in had):
            return t.OPEN
        return t.OPEN if others is None or any(_is(patient, concept, label) for concept in known for label in others) else t.HOLDS
    sure = patient.profile.complete.conditions is True and all(held.concept is not None for held in had)
    return t.VIOLATED if sure and not any(_is(patient, concept, _TUMOR) for concept in known) else t.OPEN


def _is(patient: Patient, concept: Concept, label: str) -> bool:
    named = patient.vocabulary.curated("condition", label)
    return named is not None and patient.vocabulary.relation(concept, named) in A_KIND
