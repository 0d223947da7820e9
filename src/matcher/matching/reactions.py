"""Reactions to a drug that a condition names, or that a drug was stopped for: "ACE inhibitor cough", "heparin-induced thrombocytopenia"."""

from __future__ import annotations

import re
from functools import partial

from matcher.matching.patient import Patient, Resolved, spelled
from matcher.matching.words import named_within
from matcher.model.patterns import later
from matcher.vocabulary import Concept

_LONGEST = 4  # words of a drug's name
_REACTION = later(
    r"anaphyla|allerg|hypersensitiv|intoleran|\breact(?:ion|ions|ed|s)\b|\brash|eruption|exanthem|urticari|\bhives\b|angio-?o?edema|\bcough\b|bronchospasm|myopath|myalgi|myositis|rhabdo|prurit|\bitch|flushing|necrolysis|stevens|"
    r"serum sickness|toxicity|side[- ]effect|adverse|[- ](?:induced|related|associated|exacerbated|triggered|mediated|intolerant)\b|\b(?:due to|caused by|secondary to|from|after|following|on exposure to)\b",
    re.IGNORECASE,
)
_PARTS = later(r"[^\W_]+(?:['’][^\W_]+)?")
# Reactions that name their drug by no word of it.
_OF = {
    "malignant hyperthermia": ("succinylcholine", "inhalational anesthetics"), "aspirin-exacerbated respiratory disease": ("aspirin", "NSAIDs"), "red man syndrome": ("vancomycin",),
    "heparin-induced thrombocytopenia": ("heparins",),
}  # fmt: skip
# Those that hardly anything but a drug brings about, though not which.
_OF_SOME_DRUG = frozenset((
    "drug allergy", "Stevens-Johnson syndrome", "toxic epidermal necrolysis", "drug reaction with eosinophilia and systemic symptoms", "fixed pigmented erythema", "drug rash", "acute generalized exanthematous pustulosis", "infusion reaction",
    "serum sickness",
))  # fmt: skip


def reacted_to(patient: Patient, one: Resolved) -> tuple[Concept, ...]:
    """The drugs to which a recorded condition tells of a reaction, by its name."""
    names = (one.wording.casefold(), one.concept.label if one.concept is not None else "")
    known = (_OF[name] for name in names if name in _OF)
    found = [concept for labels in known for label in labels if (concept := patient.vocabulary.treatment(label)) is not None]
    return tuple(dict.fromkeys((*found, *(drug for name in names if _REACTION.search(name) for drug in named_within(_PARTS.findall(name), partial(_drug, patient), _LONGEST)))))


def tells_of_some_drug(one: Resolved) -> bool:
    """Whether a recorded condition is a reaction to a drug that it does not name."""
    return one.concept is not None and one.concept.label in _OF_SOME_DRUG


def reaction_told(text: str) -> bool:
    """Whether a text speaks of an allergy, an intolerance or a reaction."""
    return _REACTION.search(text) is not None


def tells_of_a_reaction(one: Resolved) -> bool:
    """Whether the name of a recorded condition may tell of a reaction to anything."""
    names = (one.wording.casefold(), one.concept.label if one.concept is not None else "")
    return tells_of_some_drug(one) or any(name in _OF or _REACTION.search(name) for name in names)


def reacted_to_named(one: Resolved, substance: str) -> bool:
    """Whether a recorded condition tells of a reaction to what is no drug, by the name of that: "latex anaphylaxis"."""
    named, words = spelled(substance), spelled(one.wording)
    return _REACTION.search(one.wording) is not None and any(words[at : at + len(named)] == named for at in range(len(words)))


def _drug(patient: Patient, name: str) -> Concept | None:
    concept = patient.vocabulary.treatment(name) if len(name) > 2 else None
    return concept if concept is not None and concept.kind in ("drug", "class") else None


__all__ = ["reacted_to", "reacted_to_named", "reaction_told", "tells_of_a_reaction", "tells_of_some_drug"]
