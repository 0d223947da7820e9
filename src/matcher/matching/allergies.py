"""Allergies and intolerances, also where they stand among the conditions or with a drug that was stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TypeGuard

from matcher.matching import truth as t
from matcher.matching.entries import OTHER, SATISFIED, Closure, Part, Tested, concept_part, covers, denies, judge
from matcher.matching.finding import Finding
from matcher.matching.parts import exempt_part
from matcher.matching.patient import Patient, Resolved, spelled
from matcher.matching.responses import not_tolerated
from matcher.matching.unlike_allergens import allergen_part
from matcher.model.language import Allergy
from matcher.model.patterns import later
from matcher.model.profile import Condition
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Concept, Relation

_OF_WHAT = later(
    r"(?:allergy|allergic(?: reaction)?|hypersensitivity|intolerance|intolerant) to (.+)|(.+?) (?:allergy|hypersensitivity|intolerance)$",
    re.IGNORECASE,
)
_ANY_DRUG = "drug allergy"
# What is asked of allergies at large: not all of it stands in the list of allergies, nor is all of that list meant.
_AT_LARGE = frozenset(("allergic disease", "allergic constitution", "atopy"))


def judge_allergy(leaf: Allergy, patient: Patient) -> Finding:
    """Whether the patient reacts to the substance or a member of its class."""
    kind = "treatment" if patient.concept("treatment", leaf.term) else "condition"
    asked = patient.concept(kind, leaf.term)
    label = asked.label if asked else leaf.term
    tested = [
        _test(leaf, patient, kind, asked, one, f"allergy to {one.wording}", "allergies: " + one.wording)
        for one in patient.allergies if one.entry.status == "present"
    ]
    if kind == "treatment":
        tested += _not_tolerated(leaf, patient, asked, tested)
        tested += _among_conditions(leaf, patient, asked)
    else:
        tested += _named_conditions(leaf, patient, asked)
    denied = [one for one in patient.allergies if one.entry.status == "absent" and denies(patient, one, kind, leaf.term, asked)]
    closure = Closure(
        covers(patient.profile.complete.allergies, now=True, days=None),
        f"No allergy to {denied[0].wording}, as recorded" if denied else "",
    )
    ask = Question("allergies", label, "yesno", None, f"Is the patient allergic or intolerant to {label}?")
    return judge(tested, closure, ask, f"allergy to {label}", patient)


def _test(leaf: Allergy, patient: Patient, kind: str, asked: Concept | None, one: Resolved, shown: str, fact: str, *doubts: Part) -> Tested:
    named = OTHER if asked is None and _no_drug(patient, one, leaf.term) else allergen_part(patient, one, asked, leaf.term) or concept_part(patient, one, kind, leaf.term, asked)
    parts = (named, exempt_part(patient, one, kind, leaf.other_than, None, False, asked))
    return Tested((*parts, *doubts), shown, Evidence(fact, "present"))


def _no_drug(patient: Patient, one: Resolved, substance: str) -> bool:
    """Whether an allergy to something that is no drug is asked for, and one to a drug is recorded: latex, and penicillin."""
    vocabulary, any_drug = patient.vocabulary, patient.concept("condition", _ANY_DRUG)
    named = vocabulary.curated("condition", f"{substance} allergy")
    if named is None or any_drug is None or one.concept is None or one.concept.kind not in ("drug", "class"):
        return False
    return vocabulary.relation(any_drug, named) is Relation.UNRELATED and vocabulary.relation(named, any_drug) is Relation.UNRELATED


def _not_tolerated(leaf: Allergy, patient: Patient, asked: Concept | None, listed_ones: Sequence[Tested]) -> list[Tested]:
    """Drugs stopped as not tolerated that the list of allergies does not name: whether that counts is for the nurse."""
    named = {one.evidence.fact.removeprefix("allergies: ") for one in listed_ones}
    why = Part(t.OPEN, "imprecise", "whether that is an allergy or intolerance as meant here is not recorded")
    return [
        _test(leaf, patient, "treatment", asked, one, f"{one.wording}, recorded as not tolerated", "medications: " + one.wording, why)
        for one in patient.medications
        if not_tolerated(one) and one.wording not in named
    ]


def _among_conditions(leaf: Allergy, patient: Patient, asked: Concept | None) -> list[Tested]:
    """Allergies to drugs that were recorded as conditions: "penicillin allergy", "drug allergy"."""
    found = []
    for one in patient.conditions:
        if one.entry.status == "absent":
            continue
        of = _OF_WHAT.match(one.wording.strip())
        drug = patient.concept("treatment", of[1] or of[2]) if of else None
        doubt = _certain_now(one)
        if drug is not None:
            meant = Resolved(one.entry, one.wording, drug)
            found.append(_test(leaf, patient, "treatment", asked, meant, one.wording, "conditions: " + one.wording, doubt))
        elif one.concept is not None and one.concept.label == _ANY_DRUG:
            broad = Part(t.OPEN, "imprecise", "to which drug is not recorded")
            found.append(Tested((broad,), one.wording, Evidence("conditions: " + one.wording, "present")))
    return found


def _named_conditions(leaf: Allergy, patient: Patient, asked: Concept | None) -> list[Tested]:
    """Allergies to what is no drug that were recorded as conditions: "egg allergy"."""
    found = []
    for one in patient.conditions:
        of = _OF_WHAT.match(one.wording.strip())
        if of is not None and one.entry.status != "absent" and spelled(of[1] or of[2]) == spelled(leaf.term):
            substance = Resolved(one.entry, leaf.term, asked)
            found.append(_test(leaf, patient, "condition", asked, substance, one.wording, "conditions: " + one.wording, _certain_now(one)))
    return found


def _certain_now(one: Resolved) -> Part:
    now = one.entry.status == "active" and one.entry.until is None
    return SATISFIED if now else Part(t.OPEN, "imprecise", "whether it is a certain allergy now is not recorded")


def as_conditions(patient: Patient, asked: Concept | None) -> list[Resolved]:
    """Recorded allergies as conditions, where one is asked for as such: "drug allergy", "food allergy"."""
    if not is_allergy(asked):
        return []
    found = [_as_condition(patient, one, asked) for one in patient.allergies if one.entry.status == "present"]
    return [one for one in found if one is not None]


def all_allergies_known(patient: Patient, asked: Concept | None, conditions: bool) -> bool:
    """Whether an allergy that is recorded nowhere is a "no": it may stand in either list."""
    if not is_allergy(asked):
        return conditions
    complete = covers(patient.profile.complete.allergies, now=True, days=None)
    return complete and (conditions or asked.label not in _AT_LARGE)


def allergies_in(patient: Patient) -> bool:
    """Whether anything in the record, a "no" included, has to do with allergies or intolerances."""
    if patient.allergies or any(map(not_tolerated, patient.medications)):
        return True
    return any(_OF_WHAT.match(one.wording.strip()) or is_allergy(one.concept) for one in patient.conditions)


def is_allergy(asked: Concept | None) -> TypeGuard[Concept]:
    """Whether a condition is an allergy."""
    return asked is not None and (asked.label in _AT_LARGE or asked.label.endswith("allergy"))


def _as_condition(patient: Patient, one: Resolved, asked: Concept) -> Resolved | None:
    drug = one.concept is not None and one.concept.kind in ("drug", "class")
    named = re.sub(r"s$", "", one.wording.strip())
    # What is understood is not misspelt: to look for names like it would take long.
    look = partial(patient.concept, "condition") if one.concept is None else patient.vocabulary.condition
    concepts = (look(f"{word} allergy") for word in (one.wording, named, one.concept.label if one.concept else named))
    concept = next((found for found in concepts if found is not None), look(_ANY_DRUG) if drug else None)
    if drug and concept is not None and patient.vocabulary.relation(concept, asked) in (Relation.BROADER, Relation.UNRELATED):
        return None
    return Resolved(Condition(name=f"{one.wording} allergy"), f"allergy to {one.wording}", concept)
