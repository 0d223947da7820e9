"""Grades of a score: which steps of its order a written grade may stand for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from matcher.model.patterns import later
from matcher.vocabulary.measures import Measure, points_of_grades

_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LEAD: Final = later(
    r"^(?:class|grade|stage|score|type|level|category|functional|group|status|nyha|asa|who|ckd|g(?=\d)|y?[cp]?[tnm](?=\d|is))\s*"
)
_BETWEEN: Final = later(r"\s*(?:-|–|/|\+|\bto\b|\bor\b|\band\b)\s*")
_SIGNED: Final = later(r"(?<=\d)\s*\+")
_ABSENT: Final = ("negative", "neg", "none", "absent", "nil", "-")


def grade_span(measure: Measure, grade: str) -> tuple[int, int] | None:
    """The first and last step of the measure's order a grade may stand for ("3" of CKD is 3a to 3b)."""
    whole = _steps(measure, grade)
    if whole is not None:
        return whole
    spans = [_steps(measure, part) for part in _BETWEEN.split(_SIGNED.sub("⁺", grade.strip()))]
    known = [span for span in spans if span is not None]
    if not known or len(known) != len(spans):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def points_span(measure: Measure, grade: str) -> tuple[Fraction, Fraction] | None:
    """The points a written grade stands for (Child-Pugh B is 7 to 9 points), where the score has such a table."""
    steps = grade_span(measure, grade)
    table = points_of_grades(measure.id)
    if steps is None or not table:
        return None
    first, last = steps
    return table[measure.order[first]][0], table[measure.order[last]][1]


def _steps(measure: Measure, grade: str) -> tuple[int, int] | None:
    order = tuple(step.casefold() for step in measure.order)
    word = _plain(grade)
    for spelling in (word, _arabic_or_roman(word)):
        if spelling in order:
            return order.index(spelling), order.index(spelling)
        finer = [place for place, step in enumerate(order) if _refines(step, spelling)]
        if spelling and finer:
            return finer[0], finer[-1]
    if word in _ABSENT and order[:1] in (("0",), ("negative",), ("f0",)):
        return 0, 0
    return _by_points(measure, order, word)


def _plain(grade: str) -> str:
    word = grade.strip().casefold().replace("⁺", "+").replace(" ", " ").rstrip(".")
    previous = None
    while word != previous:
        previous, word = word, _LEAD.sub("", word).strip()
    return re.sub(r"(?<=\d)\s*\+$", "+", word)


def _arabic_or_roman(word: str) -> str:
    if word in _ROMAN[1:]:
        return str(_ROMAN.index(word))
    return _ROMAN[int(word)] if word.isdecimal() and int(word) < len(_ROMAN) else word


def _refines(step: str, word: str) -> bool:
    return word.isdecimal() and step.startswith(word) and step[len(word) :].isalpha()


def _by_points(measure: Measure, order: tuple[str, ...], word: str) -> tuple[int, int] | None:
    if not re.fullmatch(r"\d+", word):
        return None
    for grade, (low, high) in points_of_grades(measure.id).items():
        if low <= int(word) <= high:
            place = order.index(grade.casefold())
            return place, place
    return None
