"""Words that no rule takes into a check though they change it: of each it is known beside which facts it does so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model.language import All, Allergy, Any, Check, Measurement
from matcher.reading.caseless import Caseless

Facts = Sequence[Check]


def _immunoglobulin(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term in ("IgG", "IgM", "IgA", "IgE")


def _allergy(leaf: Check) -> bool:
    return isinstance(leaf, Allergy)


def _kidney_stage(leaf: Check) -> bool:
    return isinstance(leaf, Measurement) and leaf.term == "CKD stage"


# Severe allergies of whatever kind, beside those to what is named.
TO_WHATEVER = Caseless(r"\b(?:severe|multiple|serious) allerg(?:y|ies)\s*(?:,|;|\bor\b|\band\b)(?!\s+(?:hypersensitivit|intoleranc|reaction)\w*\s+to\b)", needs=("allergy", "allergies"))

# Whether a fact is one beside which the words tell, and the words: an antibody against something, allergies
# to whatever it be, and the stages of an acute injury, which are not those of a chronic disease.
_BESIDE: tuple[tuple[Callable[[Check], bool], Caseless], ...] = (
    (_immunoglobulin, Caseless(r"\b(?:anti-?\s?[a-z0-9]\w+|[\w-]+-?specific)\s+(?:antibod\w+\s+)?(?:immunoglobulin|ig)")),
    (_allergy, TO_WHATEVER),
    (_kidney_stage, Caseless(r"\bacute (?:kidney|renal)|\baki\b", needs=("acute", "aki"))),
)


def changes(facts: Facts, text: str) -> bool:
    """Whether the text has words that change one of the facts, which does not say so."""
    return any(words.search(text) for told, words in _BESIDE if any(map(told, facts)))


_OF_KIDNEYS = ("creatinine",), ("creatinine clearance", "eGFR", "eGFR by MDRD", "eGFR by CKD-EPI")


def of_either_kidney_value(check: Check) -> Check | None:
    """ "AST ≤ …, bilirubin ≤ …, creatinine ≤ … or clearance ≥ …": the "or" may join the last two alone; None where it cannot."""
    if not isinstance(check, Any) or len(check.parts) < len(_OF_KIDNEYS) + 1 or not all(isinstance(part, Measurement) for part in check.parts):
        return None
    last = check.parts[-len(_OF_KIDNEYS) :]
    if not all(isinstance(part, Measurement) and part.term in terms for part, terms in zip(last, _OF_KIDNEYS, strict=True)):
        return None
    return All((*check.parts[: -len(_OF_KIDNEYS)], Any(last)))
