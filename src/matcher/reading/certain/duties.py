"""Duties that bind only those who have what they speak of: nobody is asked to have it."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Ambiguous, Check, Medication, When
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

DUTY = Caseless(r"\b(?:must|should|shall|has to|have to|needs? to|required)\b")
_PRESUPPOSES = Caseless(
    r"\b(?:complet\w+|finish\w+|end(?:ed|ing)|stopp\w+|discontinu\w+|recover\w+)\s+(?:from\s+|of\s+)?(?:all|any)\b|\b(?:all|any)\s+(?:prior|previous)\b.*\b(?:complet\w+|finish\w+|ended|stopp\w+|discontinu\w+|recover\w+)",
    needs=("complet", "finish", "end", "stopp", "discontinu", "recover"),
)


def presupposes(said: str) -> bool:
    """Whether an inclusion speaks of whatever there was: "completed all prior radiotherapy"."""
    return _PRESUPPOSES.search(said) is not None


def of_those_treated(check: Check, checks: Sequence[Check], spans: Sequence[tuple[int, int]], tokens: Sequence[Token], context: Context) -> Found:
    """ "Treatment with X should be stable": asked of those who take it."""
    used = [leaf for leaf in leaves(check) if isinstance(leaf, Medication)]
    if len(used) != len(checks) or isinstance(check, Ambiguous):
        return None
    scope = any_of([Medication(leaf.term, phase="current") for leaf in used])
    return check_token(When(scope, check), tokens, context, (*spans, *spans))
