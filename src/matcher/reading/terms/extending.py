"""Whether an example widens the disease it is to exemplify, or names something else."""

from __future__ import annotations

from matcher.reading.grammar.rules import Context
from matcher.reading.grammar.shared_place import ANYWHERE
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Relation

# Words of a name that say where something is.
SITE = Caseless(r"\b(?:urinary|renal|kidney|hepatic|liver|biliary|bowel|intestinal|gastric|gastrointestinal|esophageal|cardiac|heart|lung|pulmonary|airway|brain|spinal|ocular|eye|skin|breast|prostat\w+|bladder|uterine|ovarian|pelvic|abdominal|oral|nasal|joint|bone|tract)\b")


def extends(head: str, example: str, context: Context) -> bool:
    """Whether an example of a disease may be meant by itself; "neuropathies (e.g. vitamin B12 deficiency)" may mean those that come of it."""
    if head in ANYWHERE:
        return True
    named, kind = context.vocabulary.condition(example), context.vocabulary.condition(head)
    return named is None or kind is None or context.vocabulary.relation(named, kind) is not Relation.UNRELATED


def kind_of(example: str, head: str, context: Context) -> bool:
    """Whether an operation is a kind of another; of what is not known it is not told."""
    one, other = context.vocabulary.procedure(example), context.vocabulary.procedure(head)
    return one is None or other is None or context.vocabulary.relation(one, other) in (Relation.SAME, Relation.NARROWER)
