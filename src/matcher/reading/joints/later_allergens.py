"""Allergens that other members of their list tell of: "allergy to the study drug; penicillins or macrolides", "to AB or its components"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Allergy, Ambiguous, Any, Check, Medication
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.joints.said_of_all import OWN_HEAD
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_PARTS_OF_IT = Caseless(
    r"(?:(?:any|one|all|some|other|of|the|or)\s+)*(?:its\s+(?:(?:inactive|active|other)\s+)?(?:components?|constituents?|ingredients?)|(?:components?|constituents?|ingredients?)\s+(?:of|in)\s+(?:the|its|this)\s+(?:product|formulation|preparation))",
    needs=("component", "constituent", "ingredient"),
)


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


def with_parts_of_it(read: Read, vocabulary: Vocabulary) -> Read:
    """The components of "it" as those of the one drug that the list of allergens names."""
    named = [leaf.term for leaf in leaves(read.check) if isinstance(leaf, Allergy)]
    if not any(map(_PARTS_OF_IT.fullmatch, named)):
        return read
    drugs = {concept.label for concept in map(vocabulary.treatment, named) if concept is not None and concept.kind == "drug"}
    if len(drugs) != 1 or any(_PARTS_OF_IT.fullmatch(term) is None and vocabulary.treatment(term) is None for term in named):
        return read
    owner = drugs.pop()
    return rewritten(read, lambda leaf: replace(leaf, term=f"any component of {owner}") if isinstance(leaf, Allergy) and _PARTS_OF_IT.fullmatch(leaf.term) else leaf)
