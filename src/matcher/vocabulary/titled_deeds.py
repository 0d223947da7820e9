"""What the title of a classification among the diseases tells was done or given: "Acquired absence of kidney", "Long term (current) use of systemic steroids"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import table
from matcher.vocabulary.normal import normal

# A cheap look before the table, and the code of the classification that may stand before the title.
_STATUS = later(r"(?:^|\s)(?:acquired absence|presence|dependence|personal history|long[ -]term|encounter for|ventilator dependence)\b", re.IGNORECASE)
_CODE = later(r"^[A-Z]\d{2}(?:\.[\dA-Z]{1,4})?[\s:,-]+")


class Deed(NamedTuple):
    """A row of the table: how such a title begins, what of its rest it holds for, and the labels of one kind."""

    opening: str
    rest: tuple[str, ...]
    kind: str
    labels: tuple[str, ...]


def titled_deeds(wording: str, kind: str) -> tuple[str, ...]:
    """The labels of what was done, or given, by a title; none of any other wording."""
    if _STATUS.search(wording) is None:
        return ()
    plain = " ".join(normal(_CODE.sub("", wording.strip())))
    return next((one.labels for one in _deeds() if one.kind == kind and _tells(one, plain)), ())


def _tells(one: Deed, plain: str) -> bool:
    if plain != one.opening and not plain.startswith(f"{one.opening} "):
        return False
    rest = f" {plain[len(one.opening) :]} "
    return not one.rest or any(f" {words} " in rest for words in one.rest)


@cache
def _deeds() -> tuple[Deed, ...]:
    rows = ((opening, rest, kind, labels) for openings, rest, kind, labels in table("titled_deeds.tsv") for opening in openings.split("|"))
    return tuple(Deed(opening, tuple(filter(None, rest.split("|"))), kind, tuple(labels.split("|"))) for opening, rest, kind, labels in rows)
