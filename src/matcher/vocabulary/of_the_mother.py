"""What happens to a mother, in a pregnancy or at a birth, though it may be asked of her child."""

from __future__ import annotations

import re
from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary

_BEFORE_BIRTH = later(r"\b(?:ante-?natal|pre-?natal|ante-?partum|intra-?partum|in utero|maternal|obstetric|gestational(?! age)|during pregnancy)\b", re.IGNORECASE)


def of_the_mother(vocabulary: Vocabulary, term: str, concept: Concept | None) -> bool:
    """Whether a thing is one of a mother, by what it is or by the words that name it."""
    if concept is not None and not _labels(concept.kind).isdisjoint(vocabulary.lineage(concept)):
        return True
    return _BEFORE_BIRTH.search(term) is not None


@cache
def _labels(kind: str) -> frozenset[str]:
    listed = {of: labels.split("|") for of, labels in table("of_the_mother.tsv")}
    return frozenset(listed.get("treatment" if kind in ("drug", "class") else kind, ()))
