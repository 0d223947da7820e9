"""What a recorded allergy certainly is not: latex is no drug and no food, penicillin no protein and no part of another product."""

from __future__ import annotations

import re

from matcher.matching import truth as t
from matcher.matching.entries import OTHER, SATISFIED, Part
from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.vocabulary import Concept, Relation

_ANY_FOOD, _OF_THE_TRIAL = "food allergy", "investigational drugs"
# What no drug is made of, and what is no food either.
_NEVER_IN_DRUGS = ("latex allergy", "metal allergy", "insect venom allergy", "environmental allergy", "adhesive allergy")
# Drugs that hold an allergen, and those that hold, or are made from, food.
_OF_ALLERGENS = later(r"allergen|venom|pollen|mite|extract|desensiti|immunotherap|gold|platin|metal", re.IGNORECASE)
_OF_FOOD = later(
    r"vaccin|toxoid|propofol|clevidipine|lipid|emulsion|\boil\b|fish|omega|fatty acid|ethyl ester|egg|milk|casein|whey|lact|soy|nut|wheat|bran\b|gluten|seed|protamine|glucosamine|chitosan|chondroitin|enzyme|pancre|probiotic|yeast"
    r"|supplement|feeding|formula|vitamin|herb|plant|extract|lecithin|phosph|surfactant|progesterone|allergen|charcoal|fiber|protein|albumin|interferon",
    re.IGNORECASE,
)
# Classes all of whose drugs are made, so that none of them is a food.
_MADE = frozenset((
    "antibiotics", "antivirals", "antifungals", "NSAIDs", "opioids", "glucocorticoids", "cytotoxic chemotherapy", "kinase inhibitors", "monoclonal antibodies", "contrast agents", "statins", "ACE inhibitors", "beta blockers",
    "angiotensin receptor blockers", "local anesthetics", "anticonvulsants", "antipsychotics", "antidepressants", "benzodiazepines", "proton pump inhibitors", "insulins", "neuromuscular blockers", "platinum compounds", "taxanes",
))
# Drugs that are in no product but their own: neither carry nor preserve another. CDC, contraindications to vaccines, for the antibiotics.
_IN_NO_OTHER = ("beta-lactams", "macrolides", "fluoroquinolones", "sulfonamides", "opioids", "statins", "ACE inhibitors", "NSAIDs")
_PARTS = r"(?:any|some|one|all|other|or|of|the|a|an|known|inactive|non-?active|vaccine|drug|formulation)"
_EXCIPIENTS = later(rf"(?:{_PARTS}\s+)*(?:excipients?|inactive (?:ingredients?|components?)|preservatives?|additives?|adjuvants?)\b(?:\s+(?:of|in|contained in|used in|its|the|their)\b.*)?|(?:any |one |all |of |the )*(?:its|their) excipients?", re.IGNORECASE)
_COMPONENTS = later(rf"(?:{_PARTS}\s+)*(?:components?|constituents?|ingredients?|excipients?)\s+(?:of|in|contained in|present in)\s+(?:(?:the|this|any|its|their|study|trial|investigational)\s+)*(?P<whole>.+)", re.IGNORECASE)
_LARGE = later(
    r"(?:[\w-]+ )*(?:proteins?|peptides?|antibod(?:y|ies)|immunoglobulins?|yeasts?|yeast-derived (?:products?|vaccines?)|eggs?|latex|hamster ovary cell products|foods?|gelatin|adhesives?|tapes?|metals?|nickel|titanium|venoms?|pollens?|silicone)",
    re.IGNORECASE,
)
_MAY_NAME_DRUGS = later(r"\b(?:or|and|penicillins?|antibiotics?|drugs?|medications?|conjugates?)\b|[,;/]", re.IGNORECASE)


def allergen_part(patient: Patient, one: Resolved, asked: Concept | None, term: str) -> Part | None:
    """Whether a recorded allergy is, or cannot be, one to what is asked, where one of the two is no drug; None where the names decide."""
    if one.concept is not None and one.concept.kind != "condition":
        if asked is not None and asked.label == _OF_THE_TRIAL and one.concept.label != _OF_THE_TRIAL:
            return Part(t.OPEN, "imprecise", "whether the trial's drug is of that kind is not said")
        return OTHER if asked is None and one.exact and not one.also and _small(patient, one.concept) and _no_part(patient, one.concept, term) else None
    known = _no_drug(patient, one)
    if known is None:
        return None
    if asked is not None:
        return OTHER if _no_source(patient, known, asked) else None
    other = _named(patient, term)
    return _compared(patient, known, other) if other is not None else None


def _named(patient: Patient, wording: str) -> Concept | None:
    """The allergy to something that is no drug that bears the name of a substance: to latex, to shellfish."""
    names = (f"{name} allergy" for name in dict.fromkeys((wording, re.sub(r"s$", "", wording.strip()))))
    found = next(filter(None, (patient.vocabulary.curated("condition", name) for name in names)), None)
    return found if found is not None and _group(patient, found) else None


def _no_drug(patient: Patient, one: Resolved) -> Concept | None:
    """A recorded allergy to something that is no drug."""
    if one.concept is None:
        return _named(patient, one.wording)
    return one.concept if one.exact and not one.also and _group(patient, one.concept) else None


def _group(patient: Patient, allergy: Concept) -> frozenset[str]:
    """Of which kinds of what is no drug an allergy is."""
    return frozenset((_ANY_FOOD, *_NEVER_IN_DRUGS)).intersection((allergy.label, *patient.vocabulary.curated_above(allergy)))


def _compared(patient: Patient, known: Concept, other: Concept) -> Part | None:
    if patient.vocabulary.relation(known, other) in (Relation.SAME, Relation.NARROWER):
        return SATISFIED
    unlike = _group(patient, known).isdisjoint(_group(patient, other)) or _apart(patient, known, other)
    return OTHER if unlike else None


def _no_source(patient: Patient, known: Concept, asked: Concept) -> bool:
    """Whether a drug is certainly not that of which a latex or food allergy is recorded."""
    above = (asked.label, *patient.vocabulary.curated_above(asked))
    if asked.kind not in ("drug", "class") or (asked.kind == "class" and _MADE.isdisjoint(above)):
        return False
    if _ANY_FOOD not in _group(patient, known):
        return _OF_ALLERGENS.search(asked.label) is None
    return _OF_FOOD.search(" | ".join(above)) is None


def _small(patient: Patient, have: Concept) -> bool:
    """Whether a drug, or class, is one that no other product holds."""
    return not {have.label, *patient.vocabulary.curated_above(have)}.isdisjoint(_IN_NO_OTHER)


def _no_part(patient: Patient, have: Concept, term: str) -> bool:
    """Whether a drug that no other product holds is certainly no protein, no excipient and no component of the product named."""
    if _EXCIPIENTS.fullmatch(term.strip()):
        return True
    component = _COMPONENTS.fullmatch(term.strip())
    if component is not None:
        whole = patient.concept("treatment", component["whole"])
        return whole is not None and (whole.kind == "drug" or whole.label == "vaccines") and _apart(patient, have, whole)
    return _LARGE.fullmatch(term.strip()) is not None and _MAY_NAME_DRUGS.search(term) is None


def _apart(patient: Patient, one: Concept, other: Concept) -> bool:
    relation = patient.vocabulary.relation
    return relation(one, other) is Relation.UNRELATED and relation(other, one) is Relation.UNRELATED
