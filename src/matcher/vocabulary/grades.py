"""Grades of a score: which steps of its order a written grade may stand for."""

from __future__ import annotations

import re
from decimal import Decimal
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


_OF_ALL: Final = later(r"(\d{1,3}(?:\.\d+)?)\s*(?:/|out of|of)\s*(\d{1,3})(?:\s*points?)?$")
_NAMED: Final = later(r"(?:ps|ecog|who|score|grade|stage|class|level|total|points?|kps|lr|tr|category|cat|n=)[\s.:=-]*(\d+(?:\.\d+)?)\s*(?:points?|pts?)?$")
_POINTS: Final = later(r"(\d+(?:\.\d+)?)\s*(?:points?|pts?\.?)$")
_SUM_BEHIND: Final = later(r"(\d{1,2})\s*[(=]\s*([1-5])\s*\+\s*([1-5])\s*\)?$")
_COMA: Final = later(r"e\s*([1-4])\s*,?\s*v\s*([1-5])\s*,?\s*m\s*([1-6])$")
_LETTERED: Final = later(r"([a-c])\s*[(,-]?\s*(\d{1,2})\s*(?:points?)?\)?$|(\d{1,2})\s*\(?\s*([a-c])\)?$")
_IN_PERCENT: Final = ("karnofsky", "lansky", "pps")
# What a letter behind the numeral says beside it: an emergency (ASA), the group by symptoms (GOLD), how suspicious (BI-RADS).
_BESIDE: Final = {"asa": "e", "gold": "abcde", "birads": "abc"}


def as_printed(measure: Measure | None, value: Decimal | str) -> Decimal | str:
    """A recorded score as its number or grade, of what reports print beside it: "27/30", "90 %", "B8", "E4V5M6", "7 (3+4)"."""
    if measure is None or not isinstance(value, str):
        return value
    said = " ".join(value.split()).casefold().rstrip(".")
    if measure.order:
        lettered = _LETTERED.match(said) if points_of_grades(measure.id) else None
        if lettered is not None:
            grade, number = (lettered[1] or lettered[4]).upper(), lettered[2] or lettered[3]
            return Decimal(number) if grade in measure.order and _by_points(measure, tuple(step.casefold() for step in measure.order), number) == (measure.order.index(grade),) * 2 else value
        named = _NAMED.match(said)
        return named[1] if named is not None and grade_span(measure, value) is None else _less(measure, said) or value
    whole = _OF_ALL.match(said)
    if whole is not None and not measure.unit and Decimal(whole[1]) <= Decimal(whole[2]):
        return Decimal(whole[1])
    if measure.id in _IN_PERCENT and said.endswith("%") and said[:-1].strip().isdecimal():
        return Decimal(said[:-1].strip())
    coma = _COMA.match(said) if measure.id == "gcs" else None
    if coma is not None:
        return Decimal(sum(map(int, coma.groups())))
    both = _SUM_BEHIND.match(said) if measure.id == "gleason" else None
    if both is not None:
        return Decimal(both[1]) if int(both[1]) == int(both[2]) + int(both[3]) else value
    named = _NAMED.match(said) or _POINTS.match(said) if not measure.unit else None
    if named is not None:
        return Decimal(named[1])
    less = _less(measure, said)
    return Decimal(less) if less.isdecimal() else value


def _less(measure: Measure, said: str) -> str:
    """The numeral without the letter that says another thing; "" where none stands there."""
    letters = _BESIDE.get(measure.id, "")
    found = re.fullmatch(rf"([0-6]|i{{1,3}}|iv|vi?)\s*[{letters}]", said) if letters else None
    return found[1] if found is not None else ""


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
    word = _plain(_by_signs(order, grade.strip()))
    for spelling in (word, _arabic_or_roman(word)):
        if spelling in order:
            return order.index(spelling), order.index(spelling)
        finer = [place for place, step in enumerate(order) if _refines(step, spelling)]
        if spelling and finer:
            return finer[0], finer[-1]
    if word in _ABSENT and order[:1] in (("0",), ("negative",), ("f0",)):
        return 0, 0
    return _by_points(measure, order, word)


def _by_signs(order: tuple[str, ...], grade: str) -> str:
    """A grade of a test strip that is written in signs: "++" is 2+, "(+)" a trace; anything else as it is."""
    if "1+" not in order or not grade or not set(grade) <= set("+()\u00b1/-"):
        return grade
    if grade in ("(+)", "\u00b1", "+/-", "+-"):
        return "trace" if "trace" in order else grade
    return f"{len(grade)}+" if set(grade) == {"+"} else grade


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
