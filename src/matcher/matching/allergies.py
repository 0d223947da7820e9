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
from matcher.matching.reactions import (
    reacted_to,
    reacted_to_named,
    reaction_told,
    tells_of_a_reaction,
    tells_of_some_drug,
)
from matcher.matching.responses import not_tolerated, perhaps_not_tolerated
from matcher.matching.shown import noted
from matcher.matching.unlike_allergens import allergen_part
from matcher.model.language import Allergy
from matcher.model.patterns import later
from matcher.model.profile import Allergy as AllergyEntry
from matcher.model.profile import Condition
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Concept, Relation

_OF_WHAT = later(
    r"(?:(?:personal )?history of )?(?:(?:drug|food) )?(?:allergy(?: status)?|allergic(?: reaction)?|hypersensitivity|intolerance|intolerant) to (.+)|(.+?) (?:allergy|hypersensitivity|intolerance)$",
    re.IGNORECASE,
)
_ANY_DRUG = "drug allergy"
# Who does not bear the first is meant where the second is asked, though as a treatment it need not be one: low doses of aspirin.
_REACTED_TO_ALIKE = frozenset((("aspirin", "NSAIDs"), ("salicylates", "NSAIDs")))
# Drugs at large; a "drug" alone, with no word before it, is that of the trial.
_DRUGS_AT_LARGE = later(r"(?:(?:an?|any|some|other)(?: other)?\s+(?:drug|medication|medicine|medicament|pharmaceutical)|(?:any|some|other)?(?: other)?\s*(?:drugs|medications|medicines|medicaments|pharmaceuticals))(?: at all| of any kind)?", re.IGNORECASE)
_OF_THE_TRIAL = later(r"drug|medication|medicine", re.IGNORECASE)
_ANYTHING = later(r"(?:any|some|one or more|a)?\s*(?:substances?|allergens?)|anything|something", re.IGNORECASE)
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
        if asked is None and (_DRUGS_AT_LARGE.fullmatch(leaf.term.strip()) or _ANYTHING.fullmatch(leaf.term.strip())):
            tested += _not_tolerated(leaf, patient, asked, tested, kind)
            tested += _among_conditions(leaf, patient, asked, kind)
    tested += _noted(leaf, patient, asked, kind)
    denied = [one for one in patient.allergies if one.entry.status == "absent" and denies(patient, one, kind, leaf.term, asked)]
    closure = Closure(
        covers(patient.profile.complete.allergies, now=True, days=None),
        f"No allergy to {denied[0].wording}, as recorded" if denied else "",
    )
    ask = Question("allergies", label, "yesno", None, f"Is the patient allergic or intolerant to {label}?")
    return judge(tested, closure, ask, f"allergy to {label}", patient)


def _test(leaf: Allergy, patient: Patient, kind: str, asked: Concept | None, one: Resolved, shown: str, fact: str, *doubts: Part) -> Tested:
    if asked is None and _ANYTHING.fullmatch(leaf.term.strip()):
        return Tested((exempt_part(patient, one, kind, leaf.other_than, None, False, asked), *doubts), shown, Evidence(fact, "present"))
    at_large = asked is None and _DRUGS_AT_LARGE.fullmatch(leaf.term.strip()) is not None
    if at_large and one.concept is not None and one.concept.kind in ("drug", "class"):
        return Tested((exempt_part(patient, one, kind, leaf.other_than, None, False, asked), *doubts), shown, Evidence(fact, "present"))
    if asked is None and one.concept is not None and one.concept.kind in ("drug", "class") and _OF_THE_TRIAL.fullmatch(leaf.term.strip()):
        return Tested((Part(t.OPEN, "imprecise", "whether the trial's drug is of that kind is not said"), *doubts), shown, Evidence(fact, "present"))
    had = (one.concept or patient.vocabulary.curated("condition", f"{one.wording} allergy")) if at_large else None
    named = OTHER if had is not None and _unlike(patient, had, _ANY_DRUG) else OTHER if asked is None and _no_drug(patient, one, leaf.term) else allergen_part(patient, one, asked, leaf.term) or concept_part(patient, one, kind, leaf.term, asked)
    if named.truth == t.OPEN and one.concept is not None and asked is not None and (one.concept.label, asked.label) in _REACTED_TO_ALIKE:
        named = SATISFIED
    parts = (named, exempt_part(patient, one, kind, leaf.other_than, None, False, asked))
    return Tested((*parts, *doubts), shown, Evidence(fact, "present"))


def _no_drug(patient: Patient, one: Resolved, substance: str) -> bool:
    """Whether an allergy to something that is no drug is asked for, and one to a drug is recorded: latex, and penicillin."""
    named = patient.vocabulary.curated("condition", f"{substance} allergy")
    return named is not None and one.concept is not None and one.concept.kind in ("drug", "class") and _unlike(patient, named, _ANY_DRUG)


def _unlike(patient: Patient, allergy: Concept, label: str) -> bool:
    other, relation = patient.concept("condition", label), patient.vocabulary.relation
    return other is not None and relation(other, allergy) is Relation.UNRELATED and relation(allergy, other) is Relation.UNRELATED


def _not_tolerated(leaf: Allergy, patient: Patient, asked: Concept | None, listed_ones: Sequence[Tested], kind: str = "treatment") -> list[Tested]:
    """Drugs stopped as not tolerated, or for what may have been a reaction, that the list of allergies does not name: whether that counts is for the nurse."""
    named = {one.evidence.fact.removeprefix("allergies: ") for one in listed_ones}
    why = Part(t.OPEN, "imprecise", "whether that is an allergy or intolerance as meant here is not recorded")
    return [
        _test(leaf, patient, kind, asked, one, f"{one.wording}, recorded as {_left(one)}", "medications: " + one.wording, why)
        for one in patient.medications
        if perhaps_not_tolerated(one) and one.wording not in named
    ]


def _noted(leaf: Allergy, patient: Patient, asked: Concept | None, kind: str) -> list[Tested]:
    """Drugs of which the note tells beside an allergy or a reaction."""
    why = Part(t.OPEN, "imprecise", "the note speaks of it, and no list has it")
    told = noted(patient, patient.profile.note) if patient.profile.note and reaction_told(patient.profile.note) else ()
    drugs = [(text, concept) for text, of, concept in told if of == "treatment" and reaction_told(text)]
    return [_test(leaf, patient, kind, asked, Resolved(AllergyEntry(substance=concept.label), text, concept), f"“{text}”", f"note: {text}", why) for text, concept in drugs]


def _left(one: Resolved) -> str:
    return "not tolerated" if not_tolerated(one) else f"stopped for {one.entry.stop_reason}"


def _among_conditions(leaf: Allergy, patient: Patient, asked: Concept | None, kind: str = "treatment") -> list[Tested]:
    """Allergies to drugs that were recorded as conditions: "penicillin allergy", "drug allergy", "ACE inhibitor cough"."""
    found = []
    reaction = Part(t.OPEN, "imprecise", "whether that is an allergy or intolerance as meant here is not recorded")
    broad = Part(t.OPEN, "imprecise", "to which drug is not recorded")
    for one in patient.conditions:
        if one.entry.status == "absent":
            continue
        of = _OF_WHAT.match(one.wording.strip())
        drug = patient.concept("treatment", of[1] or of[2]) if of else None
        doubt = _certain_now(one)
        if drug is not None:
            meant = Resolved(one.entry, one.wording, drug)
            found.append(_test(leaf, patient, kind, asked, meant, one.wording, "conditions: " + one.wording, doubt))
            continue
        named = reacted_to(patient, one)
        found += [_test(leaf, patient, kind, asked, Resolved(one.entry, one.wording, each), one.wording, "conditions: " + one.wording, reaction) for each in named]
        if not named and tells_of_some_drug(one):
            found.append(Tested((broad,), one.wording, Evidence("conditions: " + one.wording, "present")))
    return found


def _named_conditions(leaf: Allergy, patient: Patient, asked: Concept | None) -> list[Tested]:
    """Allergies to what is no drug that were recorded as conditions: "egg allergy"; where one to anything is asked, all that may be one."""
    found = []
    anything = asked is None and _ANYTHING.fullmatch(leaf.term.strip()) is not None
    perhaps = Part(t.OPEN, "imprecise", "whether that is an allergy as meant here is not said")
    for one in patient.conditions:
        if anything and one.entry.status != "absent" and (is_allergy(one.concept) or _allergic(patient, one)):
            found.append(Tested((perhaps,), one.wording, Evidence("conditions: " + one.wording, "present")))
            continue
        of = _OF_WHAT.match(one.wording.strip())
        if of is not None and one.entry.status != "absent" and spelled(of[1] or of[2]) == spelled(leaf.term):
            substance = Resolved(one.entry, leaf.term, asked)
            found.append(_test(leaf, patient, "condition", asked, substance, one.wording, "conditions: " + one.wording, _certain_now(one)))
        elif one.entry.status != "absent" and reacted_to_named(one, leaf.term):
            doubt = Part(t.OPEN, "imprecise", "whether that is an allergy or intolerance as meant here is not recorded")
            found.append(Tested((doubt,), one.wording, Evidence("conditions: " + one.wording, "present")))
    return found


def _allergic(patient: Patient, one: Resolved) -> bool:
    """Whether a recorded condition may be an allergic one: hay fever, asthma, eczema."""
    allergic = patient.concept("condition", "allergic disease")
    return one.concept is None or (allergic is not None and patient.vocabulary.relation(one.concept, allergic) is not Relation.UNRELATED)


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
    if patient.allergies or any(map(perhaps_not_tolerated, patient.medications)):
        return True
    if patient.profile.note and reaction_told(patient.profile.note):
        return True
    return any(_OF_WHAT.match(one.wording.strip()) or is_allergy(one.concept) or tells_of_a_reaction(one) for one in patient.conditions)


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
