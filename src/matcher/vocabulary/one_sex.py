"""Conditions and procedures that only one sex can have."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary


@cache
def _table() -> dict[tuple[str, str], str]:
    return {(kind, label): sex for kind, sex, labels in table("of_one_sex.tsv") for label in labels.split("|")}


@cache
def _with_kinds(vocabulary: Vocabulary) -> dict[tuple[str, str], str]:
    """The rows and their kinds; what is a kind of rows of either sex is of neither."""
    found: dict[tuple[str, str], str] = {}
    for (kind, label), sex in _table().items():
        for one in (label.removeprefix("="), *(() if label[0] == "=" else vocabulary.narrower(kind, label))):
            found[kind, one] = sex if found.get((kind, one), sex) == sex else ""
    return found


def of_one_sex(vocabulary: Vocabulary, concept: Concept) -> str:
    """The sex of those who may have a condition or procedure; "" where both may."""
    known = _with_kinds(vocabulary)
    if vocabulary.held(concept):
        return known.get((concept.kind, concept.label), "")
    found = {known.get((concept.kind, label), "") for label in vocabulary.curated_above(concept)} - {""}
    return found.pop() if len(found) == 1 else ""
