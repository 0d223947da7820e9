"""Facts that speak for a condition or a procedure from another list: a low hemoglobin for an anemia."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import table
from matcher.vocabulary.places import data_file, of_tables


class Sign(NamedTuple):
    """What is spoken for (kind and label; `kinds`: and kinds of it), and the check, in canonical wording, that speaks for it; `of` is the only measure it asks for, `when` the only condition."""

    kind: str
    label: str
    check: str
    kinds: bool
    of: str = ""
    when: str = ""


_CONDITION = later(r'(?:active |history of )?(?P<of>[^"<>≤≥=]+)')
_LIMIT = later(r'(?!.* (?:and|or) )"?(?P<of>[^"]+?)"? (?:[<>≤≥]|is)(?= )')


@cache
def signs() -> tuple[Sign, ...]:
    """Every sign of the table, in its order."""
    return tuple(map(Sign._make, _rows()))


@of_tables("signs.tsv")
def _rows() -> list[tuple[str, str, str, bool, str, str]]:
    return [(kind, label.removeprefix("="), check, not label.startswith("="), *_asked(check)) for kind, label, check, *_ in table("signs.tsv")]


@cache
def signs_by_label(kind: str) -> dict[str, list[tuple[int, Sign]]]:
    """The signs of one kind, each with its place in the table, by what they speak for."""
    found: dict[str, list[tuple[int, Sign]]] = {}
    for place, row in enumerate(signs()):
        if row.kind == kind:
            found.setdefault(row.label, []).append((place, row))
    return found


@cache
def measured() -> frozenset[str]:
    """The conditions that are measured and seldom written on a list of diseases: a fever, a high potassium."""
    lines = data_file("measured.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _asked(check: str) -> tuple[str, str]:
    """The only measure and the only condition a check asks for; "" where it asks for something else, or for more."""
    measure = _LIMIT.match(check) if not check.startswith(_OF_OTHERS) else None
    if measure is not None:
        return measure["of"], ""
    condition = _CONDITION.fullmatch(check) if not check.startswith(_OF_NO_CONDITION) else None
    return "", condition["of"] if condition is not None and _JOINS.isdisjoint(check.split()) else ""


_JOINS = frozenset(("and", "or", "is", "within", "showing", "not", "by", "dose", "that", "ago"))
# "Acute" and "chronic" may be told by a record's day or state as well as by a name.
_OF_NO_CONDITION = ("active acute ", "active chronic ", "acute ", "chronic ", "allergy ", "any use ", "biopsy ", "current use ", "pregnant", "sex ", "smoking ", "surgery ", "underwent ", "use of ")
# What no limit of a measure begins with.
_OF_OTHERS = ("active ", "history of ", *_OF_NO_CONDITION)
