"""What a recorded name denies of its own disease: "epilepsy without status epilepticus", "type 1 diabetes without complications"."""

from __future__ import annotations

import re

from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.vocabulary import A_KIND, Concept, understood

_WITHOUT = later(r"\bwithout\s+(?:(?:mention|evidence|signs?) of\s+)?(?P<what>[^,;]+?)(?=,|;|\bwith\b|$)", re.IGNORECASE)
_PARTS = later(r"\s+(?:and|or|nor|and/or)\s+(?:without\s+)?", re.IGNORECASE)
_BEHIND = later(r"\([^()]*\)|\b(?:current|present|any)\b", re.IGNORECASE)
_COMPLICATIONS = frozenset(("complication", "complications"))


def denied_by_name(patient: Patient, one: Resolved, asked: Concept) -> bool:
    """Whether the entry says of what is asked that it does not come with it."""
    return "without" in one.wording.casefold() and any(_is_denied(patient, said, asked) for said in _denied(one.wording))


def _denied(wording: str) -> list[str]:
    return [" ".join(_BEHIND.sub(" ", part).split()) for found in _WITHOUT.finditer(wording) for part in _PARTS.split(found["what"])]


def _is_denied(patient: Patient, said: str, asked: Concept) -> bool:
    if said.casefold() in _COMPLICATIONS:
        return any(label.endswith(" complication") for label in patient.vocabulary.broader(asked))
    named = understood(patient.vocabulary, "condition", said)
    return any(patient.vocabulary.relation(asked, one) in A_KIND for one in named)
