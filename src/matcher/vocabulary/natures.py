"""What a disease is by its nature: an ulcerative colitis is chronic and autoimmune, an appendicitis acute."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.normal import normal
from matcher.vocabulary.passing import passing
from matcher.vocabulary.vocabulary import Vocabulary

_CHRONIC, _ACUTE = "chronic", "acute"
# Names that begin so, and do not tell how long the disease lasts.
_NO_SPAN = ("malignancy", "porphyria", "graft versus host disease")


class _Row(NamedTuple):
    conditions: frozenset[str]
    stages: frozenset[str]
    so: bool


@cache
def _table() -> dict[tuple[str, ...], list[_Row]]:
    """The rows of each adjective; the first of those that mean the same names them."""
    found: dict[tuple[str, ...], list[_Row]] = {}
    for words, labels, stages, *so in table("natures.tsv"):
        row = _Row(frozenset(labels.split("|")), frozenset(filter(None, stages.split("|"))), so == ["yes"])
        for word in words.split("|"):
            found.setdefault(normal(word), []).append(row)
    return found


def adjective_of(label: str) -> tuple[tuple[str, ...], str] | None:
    """The adjective with which a name at large begins, and what is left of it: "chronic" and "infection"; None where it is none of the table."""
    first, _, rest = label.partition(" ")
    return (normal(first), rest) if rest and normal(first) in _table() else None


def nature(vocabulary: Vocabulary, concept: Concept, said: tuple[str, ...], stage: str, *, itself: bool) -> bool | None:
    """Whether a recorded disease is what the words of an adjective say; None where that is not certain.

    `stage` is the numeral of its stage; `itself`: the very disease is asked for, so that only its stage tells its forms apart.
    """
    if said not in _table() and len(said) > 1:
        each = [nature(vocabulary, concept, (word,), stage, itself=itself) for word in said]
        return False if False in each else None if None in each else True
    told = {row.so for row in _table().get(said, []) if _holds(vocabulary, concept, said, row, stage, itself)}
    if not itself:
        told |= _by_name(vocabulary, concept, said)
    return told.pop() if len(told) == 1 else None


def _holds(vocabulary: Vocabulary, concept: Concept, said: tuple[str, ...], row: _Row, stage: str, itself: bool) -> bool:
    """Whether a row speaks of a disease: of itself, or of one that it is a kind of."""
    if stage not in row.stages if row.stages else itself:
        return False
    if concept.label in row.conditions:
        return True
    broader = row.conditions & vocabulary.curated_above(concept)
    if not broader or (row.so and _lasting(said) and _passes(vocabulary, concept)):
        return False
    above = (vocabulary.curated("condition", label) for label in broader)
    return any(one is not None and vocabulary.relation(concept, one) is Relation.NARROWER for one in above)


def _lasting(said: tuple[str, ...]) -> bool:
    return said != (_ACUTE,) and _table()[said][0] is _table()[(_CHRONIC,)][0]


def _passes(vocabulary: Vocabulary, concept: Concept) -> bool:
    """Whether a kind of a lasting disease does not last for its sake: a heart attack, an exacerbation, an ulcer of a foot."""
    return vocabulary.event(concept) or vocabulary.manifestation(concept) or passing(vocabulary, concept) is not None or concept.label.startswith("acute ")


def _by_name(vocabulary: Vocabulary, concept: Concept, said: tuple[str, ...]) -> set[bool]:
    """What the name itself begins with: an acute cholecystitis is acute, a chronic bronchitis chronic and not acute."""
    first = concept.label.partition(" ")[0]
    if first not in (_CHRONIC, _ACUTE) or said not in ((_CHRONIC,), (_ACUTE,)) or vocabulary.event(concept):
        return set()
    if not vocabulary.curated_above(concept).isdisjoint(_NO_SPAN) or (first == _ACUTE and said == (_CHRONIC,)):
        return set()
    return {said == (first,)}
