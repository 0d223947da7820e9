"""Whether an example widens the disease it is to exemplify, or names something else."""

from __future__ import annotations

from matcher.reading.rules import Context
from matcher.reading.shared_place import ANYWHERE
from matcher.vocabulary import Relation


def extends(head: str, example: str, context: Context) -> bool:
    """Whether an example of a disease may be meant by itself; "neuropathies (e.g. vitamin B12 deficiency)" may mean those that come of it."""
    if head in ANYWHERE:
        return True
    named, kind = context.vocabulary.condition(example), context.vocabulary.condition(head)
    return named is None or kind is None or context.vocabulary.relation(named, kind) is not Relation.UNRELATED
