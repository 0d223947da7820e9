"""Facts that speak for a condition or a procedure from another list: a low hemoglobin for an anemia."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import table


class Sign(NamedTuple):
    """What is spoken for (kind and label), and the check, in canonical wording, that speaks for it."""

    kind: str
    label: str
    check: str


@cache
def signs() -> tuple[Sign, ...]:
    """Every sign of the table, in its order."""
    return tuple(Sign(kind, label, check) for kind, label, check, *_ in table("signs.tsv"))
