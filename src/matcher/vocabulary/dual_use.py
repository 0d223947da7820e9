"""Anticancer drugs that are given for other diseases too."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, table
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
