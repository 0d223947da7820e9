"""Inclusions that stand under headings, or names, of unlike diseases ("For solid tumors:", "Leukemia" over bullets): each is a rule for some only, and keeps nobody out alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.grammar.rules import Read
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.unlike_diseases import left_open
from matcher.vocabulary import Concept, Relation, Vocabulary

_HEADING = pattern_of(
    r"(?:^|[:.]\s+)(?:[A-Z0-9][.)]\s+)?(?:(?:for|in|additional|specific|inclusion|criteria|cohort|arm|group)\s+)*(?:(?:the|all)\s+)?(?:(?:patients|participants|subjects|individuals|those)\s+(?:who have\s+|having\s+)?(?:with\s+)?)?(?P<disease>[^:.]{3,60}?)(?:\s+(?:patients|participants|subjects|cohort|arm|group|only))*:\s*$",
    re.IGNORECASE,
)
_LAST = 10  # lines: under the last heading, what is asked of everybody may follow


def with_rules_of_some(laid: Sequence[Laid], reads: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The readings, those open that stand under one of several headings that name unlike diseases."""
    heads = [(place, concept) for place, one in enumerate(laid) if (concept := _named(one, vocabulary) or _alone(laid[place : place + 2], vocabulary)) is not None]
    unlike = [place for place, concept in heads if any(_apart(concept, other, vocabulary, named=not laid[place].note) for _, other in heads)]
    found = list(reads)
    for at, place in enumerate(unlike):
        end = unlike[at + 1] if at + 1 < len(unlike) else place + _LAST
        for under in range(place, min(end, len(laid))):
            if under > place and (laid[under].kind != laid[place].kind or laid[under].note.rstrip().endswith(":") or not (laid[place].note or laid[under].marked)):
                break
            if any(isinstance(leaf, DECIDED) for leaf in leaves(reads[under].check)):
                found[under] = left_open(reads[under], laid[under])
    return found


def _named(laid: Laid, vocabulary: Vocabulary) -> Concept | None:
    """The disease that the heading over a line names."""
    heading = _HEADING.search(laid.note) if laid.kind == "inclusion" and not laid.group and laid.note.rstrip().endswith(":") else None
    return vocabulary.condition(heading["disease"]) if heading is not None else None


def _alone(lines: Sequence[Laid], vocabulary: Vocabulary) -> Concept | None:
    """The disease that a line without a mark names over bullets, and nothing else."""
    if len(lines) < 2 or lines[0].kind != "inclusion" or lines[0].group or lines[0].marked or not lines[1].marked or lines[1].kind != "inclusion" or len(lines[0].text) > _LONGEST:
        return None
    return vocabulary.condition(lines[0].text.strip(" :"))


_LONGEST = 60  # characters of the name of a disease


def _apart(one: Concept, other: Concept, vocabulary: Vocabulary, *, named: bool) -> bool:
    """Whether two diseases are unlike; of those that are heads by their name alone it is enough that neither is the other."""
    found = {vocabulary.relation(one, other), vocabulary.relation(other, one)}
    return found == {Relation.UNRELATED} or (named and found <= {Relation.UNRELATED, Relation.UNKNOWN})
