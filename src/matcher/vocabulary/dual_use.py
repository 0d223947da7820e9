"""Anticancer drugs that are given for other diseases too."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.vocabulary import Vocabulary

_NEVER = "-"
# Classes that say what a drug is given for, not how it acts.
FOR_CANCER = frozenset(("antineoplastic agents", "anticancer therapy", "targeted cancer therapy", "immunotherapy", "cancer immunotherapy", "angiogenesis inhibitors"))


@cache
def _table() -> dict[str, str]:
    return {row[0]: row[1] for row in table("dual_use.tsv")}


def other_uses(vocabulary: Vocabulary, drug: Concept) -> tuple[str, ...] | None:
    """The diseases besides cancers that a drug is given for; () where it is never given for a cancer, None where it always is."""
    known = _table()
    row = known.get(drug.label) or next((known[label] for label in sorted(vocabulary.broader(drug)) if label in known), None)
    return None if row is None else () if row == _NEVER else tuple(row.split("|"))


def given_otherwise(vocabulary: Vocabulary, treatment: Concept) -> bool:
    """Whether what is named may be given for other diseases than cancers: no class that says so, and no drug or class that is always against one."""
    if treatment.label in FOR_CANCER:
        return False
    kinds = (vocabulary.curated("treatment", label) for label in ("antineoplastic agents", "anticancer therapy"))
    if not any(kind is not None and vocabulary.relation(treatment, kind) in (Relation.SAME, Relation.NARROWER) for kind in kinds):
        return True
    return other_uses(vocabulary, treatment) is not None or not vocabulary.narrower("treatment", treatment.label).isdisjoint(_table())
