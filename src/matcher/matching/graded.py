"""Results in words: positive and negative, normal and abnormal, graded words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from matcher.matching import truth as t
from matcher.matching.patient import spelled
from matcher.matching.quantities import Compared, Interval, compare, interval_of, meets
from matcher.matching.readings import NEGATIVE, asked_polarity, polarity
from matcher.matching.words import number_text
from matcher.model.language import LLN, ULN, Bound
from matcher.model.profile import Lab
from matcher.model.verdict import Question
from matcher.vocabulary import Measure, grade_span
from matcher.vocabulary.markers import stained
from matcher.vocabulary.undetected import detected_from

_NORMAL = frozenset({"normal", "within normal limits", "wnl", "within normal range", "unremarkable"})
_ABNORMAL = frozenset({"abnormal", "high", "low", "elevated", "raised", "reduced", "increased", "decreased"})
_POLES = ("positive", "negative")
_NORMALITY = {"normal": (_NORMAL, _ABNORMAL), "abnormal": (_ABNORMAL, _NORMAL)}


def in_words(measure: Measure | None, entry: object, words: tuple[str, ...], question: Question) -> Compared:
    """Whether the recorded result is one of the words asked."""
    results = [_one(measure, entry, word.casefold().strip(), question) for word in words]
    truth = t.disjoin([one.truth for one in results])
    if truth == t.OPEN and len(words) > 1 and _within_all(measure, getattr(entry, "value", ""), words):
        return Compared(t.HOLDS)
    return next((one for one in results if one.truth == truth), results[0])


def _within_all(measure: Measure | None, value: Decimal | str, words: tuple[str, ...]) -> bool:
    """Whether each grade that is recorded perhaps is one of those asked: "III-IV" of class III or IV."""
    if measure is None or not measure.order:
        return False
    have, asked = grade_span(measure, number_text(value)), [span for word in words if (span := grade_span(measure, word.casefold().strip())) is not None]
    return have is not None and all(any(low <= step <= high for low, high in asked) for step in range(have[0], have[1] + 1))


def _one(measure: Measure | None, entry: object, word: str, question: Question) -> Compared:
    value = getattr(entry, "value", "")
    text = value.casefold().strip() if isinstance(value, str) else ""
    if text and (text == word or spelled(text) == spelled(word)):
        return Compared(t.HOLDS)
    word = asked_polarity(word) or word
    result = polarity(text, measure)
    if word in _POLES and result:
        return Compared(t.of(result == word))
    yes, no = _NORMALITY.get(word, (frozenset(), frozenset()))
    if text in yes or text in no:
        return Compared(t.of(text in yes))
    number = interval_of(value, measure)
    if word in ("normal", "abnormal") and number is not None:
        return _normality(measure, entry, number, word, question)
    shares = stained(measure)
    if word in _POLES and number is not None and shares is not None and getattr(entry, "unit", None) == "%":
        return _stained_share(number, shares, word, question)
    if word in _POLES and number is not None and isinstance(entry, Lab) and entry.uln is not None:
        over = meets(number, ">", Fraction(entry.uln))
        return Compared(over if word == "positive" else t.negate(over), "imprecise", "the value is not exact enough", question, limit=f"upper limit {entry.uln:f} from the report")
    if word in _POLES and number is not None and _certainly_detected(measure, entry, number):
        return Compared(t.of(word == "positive"))
    if word in _POLES and (stripped := _on_a_strip(measure, value)):
        return Compared(t.of(word == stripped))
    if word in _POLES and number is not None:
        return Compared(t.OPEN, "no-limit", "whether that is positive depends on the laboratory's limit", question)
    return _graded(measure, value, number, word, question)


def _on_a_strip(measure: Measure | None, value: Decimal | str) -> str:
    """Whether a grade of a test strip is "positive" or "negative"; "" for a trace, which is called either, and for any other test."""
    steps = measure.order if measure is not None else ()
    have = grade_span(measure, number_text(value)) if measure is not None and steps[:1] == ("negative",) and "1+" in steps else None
    if have is None:
        return ""
    return "positive" if have[0] >= steps.index("1+") else "negative" if have == (0, 0) else ""


def _graded(measure: Measure | None, value: Decimal | str, number: Interval | None, word: str, question: Question) -> Compared:
    """One of the ordered words of a score: certain where the recorded grade lies wholly inside or outside it."""
    text = number_text(value)
    have = grade_span(measure, text) if measure is not None and measure.order else None
    want = grade_span(measure, word) if measure is not None and measure.order else None
    if have is not None and want is not None:
        if want[0] <= have[0] and have[1] <= want[1]:
            return Compared(t.HOLDS)
        if have[1] < want[0] or want[1] < have[0]:
            return Compared(t.VIOLATED)
        return Compared(t.OPEN, "imprecise", "the recorded grade is not exact enough", question)
    asked = interval_of(word, measure)
    if asked is not None and number is not None and asked.low is not None and asked.low == asked.high:
        return Compared(meets(number, "=", asked.low), "imprecise", "the value is not exact enough", question)
    return Compared(t.OPEN, "imprecise", f"whether that is {word} cannot be told", question)


def _stained_share(number: Interval, shares: tuple[Fraction, Fraction], word: str, question: Question) -> Compared:
    """By the share of stained cells: certain outside the two limits, between which it is called one or the other."""
    for result, op, limit, said in (("negative", "<", shares[0], "negative below"), ("positive", ">", shares[1], "positive above")):
        if meets(number, op, limit) == t.HOLDS:
            return Compared(t.of(word == result), limit=f"{said} {limit} %")
    return Compared(t.OPEN, "imprecise", f"from {shares[0]} to {shares[1]} % it is called either", question)


def _normality(measure: Measure | None, entry: object, number: Interval, word: str, question: Question) -> Compared:
    """Within the report's limits of normal or, where it prints none, within those that every laboratory uses."""
    only_high = measure is not None and measure.uln and not measure.lln and getattr(entry, "lln", None) is None  # an enzyme is never too low
    limits = [(">", ULN)] if only_high else [(">", ULN), ("<", LLN)]
    outside = [compare(measure, number, entry, Bound(op, Decimal(1), limit)) for op, limit in limits]
    truth = t.disjoin([one.truth for one in outside])
    if truth == t.OPEN:
        return Compared(t.OPEN, "no-limit", "the report's limits of normal are not all recorded", question)
    used = dict.fromkeys(one.limit for one in outside if one.limit and one.truth == truth)
    return Compared(truth if word == "abnormal" else t.negate(truth), limit="; ".join(used) or None)


def not_detected(measure: Measure | None, value: Decimal | str) -> Interval | None:
    """A result that nothing was found, as the number it is at most; None for any other result or measure."""
    below = detected_from(measure)
    found = below is not None and isinstance(value, str) and value.casefold().strip() in NEGATIVE
    return Interval(Fraction(0), below, high_open=True) if found else None


def _certainly_detected(measure: Measure | None, entry: object, number: Interval) -> bool:
    below = detected_from(measure)
    if below is None or measure is None or not getattr(entry, "unit", None):
        return False
    return compare(measure, number, entry, Bound("≥", Decimal(int(below)), measure.unit)).truth == t.HOLDS
