"""The word of severity that a guideline has for a stage, class or grade of a disease: GOLD 3 is a severe COPD."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later, pattern_of
from matcher.vocabulary.concepts import table
from matcher.vocabulary.normal import normal

_ANY = "*"
_LEADS = frozenset(("stage", "class", "grade", "type"))
_NUMERAL = pattern_of(r"(?:(\d)|(iv|i{1,3}))[ab]?")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class _Row(NamedTuple):
    allowed: frozenset[str]
    needed: frozenset[str]
    severity: str


@cache
def _rows() -> dict[tuple[str, str], _Row]:
    found = {}
    for label, words, numeral, severity, *_ in table("severities.tsv"):
        listed = words.split("|")
        needed = frozenset(word[:-1] for word in listed if word.endswith("!"))
        found[label, numeral] = _Row(_LEADS | needed | frozenset(listed), needed, severity)
    return found


def severity_of(condition: str, stage: str) -> str:
    """The word for a recorded stage of a condition, by its label; "" where no guideline has one, or the stage says more."""
    words = normal(stage)
    numerals = [found for word in words if (found := _NUMERAL.fullmatch(word)) is not None]
    if len(numerals) != 1:
        return ""
    digit, roman = numerals[0].groups()
    others = {word for word in words if word != numerals[0][0]}
    for label in (condition, _ANY):
        row = _rows().get((label, digit or _ROMAN[roman]))
        if row is not None and row.needed <= others <= row.allowed:
            return row.severity
    return ""


def stages_called(condition: str, severity: str) -> tuple[str, ...]:
    """The numerals of the stages of a condition for which a guideline has a word of severity."""
    return tuple(numeral for (label, numeral), row in _rows().items() if label == condition and row.severity == severity)


_BESIDE = later(r"^(?:(?:ckd|kdigo|stage|grade|g)\s*)+|[\s,]*a\s*[123]$|[\s,]*\((?:mild|moderate|severe|mild to moderate|moderate to severe)\)$", re.IGNORECASE)


def is_not_at(condition: str, stage: str) -> frozenset[str]:
    """The labels of what a condition, by its label, is not while it is of a recorded stage; none where that is not told."""
    plain = stage.strip()
    while (shorter := _BESIDE.sub("", plain).strip()) != plain:
        plain = shorter
    return _not_at().get((condition, plain.casefold()), frozenset())


@cache
def _not_at() -> dict[tuple[str, str], frozenset[str]]:
    return {(label, stage): frozenset(others.split("|")) for label, stages, others, *_ in table("not_at_stage.tsv") for stage in stages.split("|")}
