"""The nurse's words for limits, windows, numbers and lists in reasons and questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from matcher.matching.articles import with_article
from matcher.model.dates import PartialDate
from matcher.model.language import LLN, ULN, Bound, Duration, Window
from matcher.model.patterns import later
from matcher.model.verdict import Question

Found = TypeVar("Found")
_AS_TYPED = 6  # significant digits: a number with more of them, and a fraction, came of a conversion
_TIMES = ("years", "months", "weeks", "days")
_BESIDES = "other than the recorded"
_EVER = {"conditions": "Has the patient ever had {}?", "medications": "Has the patient ever taken {}?", "procedures": "Has the patient had {}?"}
RELATIONS = {"<": "below", "≤": "at most", ">": "above", "≥": "at least", "=": "equal to", "≥?": "at least or at most"}


# Words by which a finding is doubted, and those by which it tells of the past.
DOUBT = later(
    r"\b(possibl[ey]|probabl[ey]|suspicious|suspected|suspicion|likely|unlikely|may|might|cannot|could|equivocal"
    r"|borderline|versus|vs|unclear|question(?:able)?|pending|differential|rule out|to exclude)\b|\?",
    re.IGNORECASE,
)
EARLIER = later(
    r"\b(previous(?:ly)?|prior|former(?:ly)?|history|old|resolved|resolution|regress\w*|was|were|had been|known"
    r"|initial(?:ly)?|family)\b",
    re.IGNORECASE,
)


def tells_of_another_time(text: str) -> bool:
    """Whether a recorded text doubts, or tells of the past by more than its tense: "was 30 %" is of that day."""
    return bool(DOUBT.search(text)) or any(found[0].casefold() not in ("was", "were") for found in EARLIER.finditer(text))


def named_within(words: Sequence[str], look: Callable[[str], Found | None], longest: int) -> Iterator[Found]:
    """What is named in a row of words, by names of at most so many: of names within each other the longest."""
    at = 0
    while at < len(words):
        lengths = range(min(longest, len(words) - at), 0, -1)
        length, found = next(((length, found) for length in lengths if (found := look(" ".join(words[at : at + length]))) is not None), (1, None))
        if found is not None:
            yield found
        at += length


def capital(text: str) -> str:
    """The text with its first letter in upper case, unless its spelling is its own: eGFR, pH."""
    return text if any(letter.isupper() for letter in text.split(" ")[0]) else text[:1].upper() + text[1:]


def besides(question: str, recorded: Sequence[str]) -> str:
    """A question about what is in the record already asks for what is not: "…, other than the recorded …?"."""
    shown = [*recorded[:3], *(["others"] if len(recorded) > 3 else [])]
    return f"{question.removesuffix('?')}, {_BESIDES} {listed(shown, 'and')}?" if recorded else question


def ever_asked(list_name: str, label: str) -> str:
    """The question of all time about what a list may hold; "" for a list whose questions all are."""
    return _EVER[list_name].format(with_article(label)) if list_name in _EVER else ""


_ARTICLE = later(r"\b(?:an?|the(?! patient)) ")
_BORNE = later(r"\b(?:catheter|device|pacemaker|defibrillator|stent|tube|pump|valve|implant|shunt|recorder|drain|stoma|\w+ostomy)$", re.IGNORECASE)


def having_now(label: str) -> str:
    """The question whether a procedure goes on; what is borne in the body is had, not done."""
    if _BORNE.search(label):
        return f"Does the patient have {with_article(label)} now?"
    return f"Is the patient having {with_article(label)} now?"


def no_other(question: Question, *, ever: bool) -> str:
    """The statement which, answered with no, says that there is none besides what a question names as recorded: in its time, or `ever`."""
    always = ever_asked(question.list, question.name)
    recorded = question.question.partition(_BESIDES)[2]
    return f"{always.removesuffix('?')}, {_BESIDES}{recorded}" if ever and always and recorded else question.question


def worded_before(statement: str) -> str:
    """A statement that there is no other, as it was worded and kept before questions had articles."""
    asked, joint, recorded = statement.partition(_BESIDES)
    return f"{_ARTICLE.sub('', asked)}{joint}{recorded}"


def of_another(question: str) -> bool:
    """Whether a question asks for what is not in the record beside what is."""
    return _BESIDES in question


def listed(words: Sequence[str], joint: str = "or") -> str:
    """a, b or c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""


def number_text(number: Decimal | Fraction | str) -> str:
    """A number as a nurse writes it: no exponent, at most four significant digits after a conversion."""
    if isinstance(number, str):
        return number
    if isinstance(number, Decimal):
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if "." not in text or len(text.strip("-0.").replace(".", "")) <= _AS_TYPED:
            return text
        number = Fraction(number)
    value = float(number)
    if number.denominator == 1:
        return str(number.numerator)
    text = f"{value:.4g}" if abs(value) < 10000 else f"{value:.0f}"
    return text if "e" not in text else f"{value:.10f}".rstrip("0").rstrip(".")


def with_unit(number: Decimal | Fraction | str, unit: str | None) -> str:
    """A number and its unit: 182 ×10⁹/L, 9 %, 45 /µL."""
    shown = number_text(number)
    return f"{shown} {unit[:-1] if shown == '1' and unit in _TIMES else unit}" if unit else shown


def bound_words(bound: Bound) -> str:
    """Below 50 ×10⁹/L, above 1.5 × the upper limit of normal."""
    relation = RELATIONS[bound.op]
    if bound.unit in (ULN, LLN):
        return f"{relation} {number_text(bound.number)} × the {'upper' if bound.unit == ULN else 'lower'} limit of normal"
    return f"{relation} {with_unit(bound.number, bound.unit)}"


def bounds_words(bounds: Sequence[Bound]) -> str:
    """Between 18 and 65 years, above 18 years: all limits of one value."""
    ends = {bound.op: bound for bound in bounds}
    if len(bounds) == 2 and set(ends) == {"≥", "≤"} and bounds[0].unit == bounds[1].unit and bounds[0].unit not in (ULN, LLN):
        return f"between {number_text(ends['≥'].number)} and {with_unit(ends['≤'].number, ends['≤'].unit)}"
    return " and ".join(bound_words(bound) for bound in bounds)


def window_words(window: Window | None) -> str:
    """" within 6 months", "" where there is no window (with the blank before it)."""
    if window is None:
        return ""
    if window.within is None:
        return f" at least {window.beyond} ago"
    return f" within {window.within}" + (f" but at least {window.beyond} ago" if window.beyond else "")


def duration_words(duration: Duration) -> str:
    """At least 3 months, less than 4 weeks."""
    relation = {"<": "less than", ">": "more than"}.get(duration.op, RELATIONS[duration.op])
    return f"{relation} {duration.span}"


def when(date: PartialDate | None, before: str = " on ") -> str:
    """" on 2026-11-10", " in 2026-11", ", undated"."""
    if date is None:
        return ", undated"
    return f"{before if date.exact else before.replace('on', 'in')}{date}"
