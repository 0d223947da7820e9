"""Inclusions that stand under headings of unlike diseases ("For solid tumors:", "For leukemia:"): each is a rule for some only, and keeps nobody out alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.grammar.rules import Read
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.unlike_diseases import left_open
from matcher.vocabulary import Concept, Relation, Vocabulary

_HEADING = re.compile(
    r"(?:^|[:.]\s+)(?:[A-Z0-9][.)]\s+)?(?:(?:for|in|additional|specific|inclusion|criteria|cohort|arm|group)\s+)*(?:(?:the|all)\s+)?(?:(?:patients|participants|subjects|individuals|those)\s+(?:who have\s+|having\s+)?(?:with\s+)?)?(?P<disease>[^:.]{3,60}?)(?:\s+(?:patients|participants|subjects|cohort|arm|group|only))*:\s*$",
    re.IGNORECASE,
)
_LAST = 10  # lines: under the last heading, what is asked of everybody may follow


def with_rules_of_some(laid: Sequence[Laid], reads: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The readings, those open that stand under one of several headings that name unlike diseases."""
    heads = [(place, concept) for place, one in enumerate(laid) if (concept := _named(one, vocabulary)) is not None]
    unlike = [place for place, concept in heads if any(_apart(concept, other, vocabulary) for _, other in heads)]
    found = list(reads)
    for at, place in enumerate(unlike):
        end = unlike[at + 1] if at + 1 < len(unlike) else place + _LAST
        for under in range(place, min(end, len(laid))):
            if under > place and (laid[under].kind != laid[place].kind or laid[under].note.rstrip().endswith(":")):
                break
            if any(isinstance(leaf, DECIDED) for leaf in leaves(reads[under].check)):
                found[under] = left_open(reads[under], laid[under])
    return found


def _named(laid: Laid, vocabulary: Vocabulary) -> Concept | None:
    """The disease that the heading over a line names."""
    heading = _HEADING.search(laid.note) if laid.kind == "inclusion" and not laid.group and laid.note.rstrip().endswith(":") else None
    return vocabulary.condition(heading["disease"]) if heading is not None else None


def _apart(one: Concept, other: Concept, vocabulary: Vocabulary) -> bool:
    return vocabulary.relation(one, other) is Relation.UNRELATED and vocabulary.relation(other, one) is Relation.UNRELATED
