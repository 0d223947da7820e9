"""Facts that speak for a condition or a procedure from another list: a low hemoglobin for an anemia."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import table


class Sign(NamedTuple):
    """What is spoken for (kind and label; `kinds`: and kinds of it), and the check, in canonical wording, that speaks for it."""

    kind: str
    label: str
    check: str
    kinds: bool


@cache
def signs() -> tuple[Sign, ...]:
    """Every sign of the table, in its order."""
    return tuple(Sign(kind, label.removeprefix("="), check, not label.startswith("=")) for kind, label, check, *_ in table("signs.tsv"))
