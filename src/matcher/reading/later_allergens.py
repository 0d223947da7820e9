"""Drugs behind a semicolon that go on a list of what an allergy is to: "allergy to the study drug; penicillins or macrolides"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Allergy, Ambiguous, Any, Check, Medication
from matcher.model.trees import any_of, leaves
from matcher.reading.rules import Context, Read
from matcher.reading.said_of_all import OWN_HEAD


def with_later_allergens(reads: Sequence[Read], context: Context) -> list[Read]:
    """The segments of an exclusion; drugs by their names alone behind an allergy are used, or are what the allergy is to."""
    found: list[Read] = []
    for read in reads:
        behind = bool(found) and context.exclusion and all(isinstance(leaf, Allergy) for leaf in leaves(found[-1].check))
        allergens = _allergens(read.check) if behind and not OWN_HEAD.match(context.text, read.spans[0][0]) else None
        found.append(read if allergens is None else Read(Ambiguous((read.check, allergens)), read.spans * 2))
    return found


def _allergens(check: Check) -> Check | None:
    parts = check.parts if isinstance(check, Any) else (check,)
    named = [Allergy(part.term) for part in parts if isinstance(part, Medication) and part == Medication(part.term)]
    return any_of([*named]) if len(named) == len(parts) else None
