"""Rules for limits and times: comparators, ranges, multiples of the limit of normal, windows and durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from matcher.model.dates import Span
from matcher.model.language import LLN, ULN, Bound
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.tagging.numbers import FACTOR, Number, time_unit
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import unit_label

Found = Sequence[Token] | None


def _op(token: Token, context: Context) -> str:
    op = str(token.value)
    return "≥?" if op == "=" and context.lost else op


def first_of(tokens: Sequence[Token], *tags: str) -> Token | None:
    """The first token with one of the tags."""
    return next((token for token in tokens if token.tag in tags), None)


def unit_of(number: Number) -> str:
    """The unit of a number as wordings print it: a spelled-out time, else the vocabulary's label."""
    if number.time:
        unit = time_unit(number.unit) or "year"
        return f"{unit}s"
    if number.unit in (ULN, LLN):
        return number.unit
    return unit_label(number.unit.replace("1,73", "1.73")) if number.unit and number.unit.casefold() not in ("point", "points") else ""


def bounds_of(number: Number, op: str) -> tuple[Bound, ...]:
    """A number or range as limits; a range is closed at both ends."""
    unit = unit_of(number)
    if number.high is not None:
        return Bound("≥", number.low, unit), Bound("≤", number.high, unit)
    return (Bound(op, number.low, unit),)


def _compared(tokens: Sequence[Token], context: Context) -> Found:
    op, number = first_of(tokens, "cmp", "agecmp", "after"), first_of(tokens, "number", "time", "range")
    assert op is not None
    assert number is not None
    if number.value.high is not None and op.text in (">", "≥") and re.search(r"\bto\b", number.text):
        return made("span" if number.tag == "time" else "quantity", tokens, context, (Bound(op.text, number.value.low, unit_of(number.value)), Bound("≤", number.value.high, unit_of(number.value))))
    if number.value.high is not None and not (op.tag == "cmp" and op.value == "="):
        return None
    tag = "span" if number.tag == "time" else "quantity"
    if op.tag == "agecmp" or (number.tag == "time" and re.search(r"old|young|eld", op.text)) or any(token.tag == "of-age" or token.text.casefold().startswith("of age") for token in tokens):
        tag = "age-quantity"
    sign = _op(op, context)
    if sign == "=" and number.tag == "number" and unit_of(number.value):
        sign = "≥?"
    return made(tag, tokens, context, bounds_of(number.value, sign))


def _between(tokens: Sequence[Token], context: Context) -> Found:
    numbers = [token for token in tokens if token.tag in ("number", "time", "range")]
    first, last = numbers[0].value, numbers[-1].value
    if len(numbers) == 1:
        return made("span" if last.time else "quantity", tokens, context, bounds_of(last, "")) if last.high is not None else None
    if first.low > last.low or (first.unit and last.unit and unit_of(first) != unit_of(last)):
        return None
    whole = Number(first.low, last.low, last.unit or first.unit, last.time or first.time, last.end)
    return made("span" if whole.time else "quantity", tokens, context, bounds_of(whole, ""))


def _ranged(tokens: Sequence[Token], context: Context) -> Found:
    number = tokens[0].value
    return made("span" if number.time else "quantity", tokens, context, bounds_of(number, "")) if number.high is not None else None


def _limit_of_normal(tokens: Sequence[Token], context: Context) -> Found:
    number, op = first_of(tokens, "number"), first_of(tokens, "cmp")
    unit = ULN if first_of(tokens, "uln") else LLN
    factor = number.value.low if number else Decimal(1)
    if number is not None and (number.value.high is not None or number.value.unit not in ("", FACTOR)):
        return None
    if any(token.text.casefold() not in _WHOSE for token in tokens if token.tag in ("w", "degree")):
        return None
    if op is None:
        return made("multiple", tokens, context, Bound("=", factor, unit))
    return made("quantity", tokens, context, (Bound(_op(op, context), factor, unit),))


# Whose limit of normal it is: words that change nothing.
_WHOSE = frozenset((
    "institutional", "institution", "institution's", "institutions", "laboratory", "laboratories", "laboratory's", "lab", "lab's", "labs", "local",
    "site", "study", "central", "respective", "reference", "range", "ranges", "normal", "age", "adjusted", "age-adjusted", "testing", "center", "centre",
    "hospital", "hospital's", "investigational", "standard", "standards", "per", "value", "values", "center's", "site's", "used", "participating", "evaluating", "performing", "analyzing", "analysing",
))  # fmt: skip


def _either_sign(tokens: Sequence[Token], context: Context) -> Found:
    """ "> or = 9", "greater than or equal to (≥) 9": at least 9."""
    signs = [str(token.value) for token in tokens if token.tag == "cmp"]
    if any(token.tag == "orequal" for token in tokens):
        sign = {">": "≥", "<": "≤", "≥": "≥", "≤": "≤"}.get(signs[0])
    elif len(set(signs)) == 1:
        sign = signs[0]
    elif any(token.tag in ("or", "slash") for token in tokens):
        sign = {frozenset((">", "=")): "≥", frozenset(("<", "=")): "≤"}.get(frozenset(signs))
    else:
        sign = None
    return made("cmp", tokens, context, sign) if sign else None


def _second_limit(tokens: Sequence[Token], context: Context) -> Found:
    """ "or less than": the joint and the sign of a second limit."""
    token = tokens[0]
    at = token.start + (3 if token.text[:3].casefold() == "and" else 2)
    return [replace(token, tag="or" if token.text[:2].casefold() == "or" else "and", end=at, text=context.text[token.start : at]), replace(token, tag="cmp", start=at, text=context.text[at : token.end])]


def _first_of_two(tokens: Sequence[Token], context: Context) -> Found:
    """ "≥ 18 and below 75": what looks like "18 and below" is the joint and the sign of the next limit."""
    sign = tokens[-1]
    joint, at = ("and", 3) if sign.text[:3].casefold() == "and" else ("or", 2)
    split = [replace(sign, tag=joint, end=sign.start + at), replace(sign, tag="cmp", start=sign.start + at, value={"≥": ">", "≤": "<"}[str(sign.value)])]
    return [*tokens[:-1], *(replace(token, text=context.text[token.start : token.end]) for token in split)]


def _inside(tokens: Sequence[Token], context: Context) -> Found:
    """ "in the range of 3 to 5", "within the range 3-5"."""
    bounds = _two_limits(tokens)
    return made("quantity", tokens, context, bounds) if bounds else None


def _beyond(tokens: Sequence[Token], context: Context) -> Found:
    """ "outside the range 3 to 5": below the first or above the second."""
    bounds = _two_limits(tokens)
    if bounds is None:
        return None
    low, high = bounds
    below, above = made("quantity", tokens, context, (replace(low, op="<"),)), made("quantity", tokens, context, (replace(high, op=">"),))
    return [*below, Token("or", tokens[-1].end, tokens[-1].end, ""), *above]


def _two_limits(tokens: Sequence[Token]) -> tuple[Bound, Bound] | None:
    """The two ends of a range however it is written."""
    found = [token for token in tokens if token.tag in ("quantity", "range", "number")]
    bounds = tuple(bound for token in found for bound in (token.value if token.tag == "quantity" else bounds_of(token.value, "≥")))
    if len(bounds) != 2 or bounds[0].number >= bounds[1].number or (bounds[0].unit and bounds[0].unit != bounds[1].unit):
        return None
    unit = bounds[1].unit
    return Bound("≥", bounds[0].number, unit), Bound("≤", bounds[1].number, unit)


def _outside(tokens: Sequence[Token], context: Context) -> Found:
    """ "above the normal range" is above its upper limit, "below" below its lower one."""
    op = str(tokens[0].value)
    if any(token.text.casefold() not in _WHOSE for token in tokens[1:-1]):
        return None
    if op not in ("<", ">") or tokens[-1].value not in ("normal", ""):
        return None
    return made("quantity", tokens, context, (Bound(op, Decimal(1), ULN if op in (">", "≥") else LLN),))


def _not_normal(tokens: Sequence[Token], context: Context) -> Found:
    """ "outside the laboratory's normal range": below or above it."""
    if any(token.text.casefold() not in _WHOSE for token in tokens[1:-1] if token.tag in ("w", "degree")):
        return None
    return made("result", tokens, context, "abnormal")


def _lost_pair(low: Bound, high: Bound, joint: str, context: Context) -> tuple[Bound, Bound]:
    """ "= 6.5 and = 10": of what is asked for at once, the smaller can only be the least and the greater the most."""
    if context.exclusion or joint not in ("and", "but") or low.number >= high.number:
        return low, high
    lost = ("=", "≥?")
    if low.op in (*lost, ">", "≥") and high.op in (*lost, "<", "≤") and (low.op in lost or high.op in lost):
        return replace(low, op="≥" if low.op in lost else low.op), replace(high, op="≤" if high.op in lost else high.op)
    return low, high


def _pair(tokens: Sequence[Token], context: Context) -> Found:
    first, last = tokens[0].value, tokens[-1].value
    if len(first) == len(last) == 1 and len(tokens) == 3:
        first, last = ((bound,) for bound in _lost_pair(first[0], last[0], tokens[1].tag, context))
    if len(first) != 1 or len(last) != 1 or {first[0].op[0], last[0].op[0]} not in ({"≥", "≤"}, {">", "<"}, {"≥", "<"}, {">", "≤"}):
        return None
    low, high = sorted((first[0], last[0]), key=lambda bound: bound.op[0] not in "≥>")
    if "?" in low.op + high.op or low.number > high.number:
        return None
    unit = high.unit or low.unit
    if low.unit and high.unit and low.unit != high.unit and not high.unit.startswith(f"{low.unit}/"):
        return None
    return made(tokens[-1].tag, tokens, context, (Bound(low.op, low.number, unit), Bound(high.op, high.number, unit)))


def _times_normal(tokens: Sequence[Token], context: Context) -> Found:
    """ "2.5 times normal" is 2.5 times the upper limit of normal."""
    factor = first_of(tokens, "number")
    if tokens[-1].value not in ("normal", "") or not (factor and (factor.value.unit == FACTOR or first_of(tokens, "times"))):
        return None
    if any(token.text.casefold() not in _WHOSE for token in tokens if token.tag in ("w", "degree")):
        return None
    limit = Token("uln", tokens[-1].start, tokens[-1].end, tokens[-1].text)
    return _limit_of_normal([*tokens[:-1], limit], context)


def _twice_normal(tokens: Sequence[Token], context: Context) -> Found:
    """ "no greater than twice normal"."""
    times = next(token for token in tokens if token.tag == "repeated")
    number = Number(Decimal(str(times.value)), None, FACTOR, False, times.end)
    if tokens[-1].tag in ("limits", "result") and tokens[-1].value not in ("normal", ""):
        return None
    limit = tokens[-1] if tokens[-1].tag in ("uln", "lln") else replace(tokens[-1], tag="uln")
    before = [token for token in tokens[:-1] if token.tag != "of"]
    return _limit_of_normal([replace(token, tag="number", value=number) if token is times else token for token in [*before, limit]], context)


def _times_above(tokens: Sequence[Token], context: Context) -> Found:
    """ "two times or more above the upper limit of normal": at least twice the limit."""
    times, limit = tokens[0], tokens[-1].value
    factor = Decimal(str(times.value)) if times.tag == "repeated" else times.value.low
    if times.tag == "number" and (times.value.high is not None or times.value.unit not in ("", FACTOR)):
        return None
    if limit != (Bound(">", Decimal(1), ULN),) or factor <= 1 or str(tokens[-2].value) != "≥":
        return None
    return made("quantity", tokens, context, (Bound("≥", factor, ULN),))


def _times_over(tokens: Sequence[Token], context: Context) -> Found:
    """ "3 times higher than the upper limit", "2.5 x above ULN": so many times the limit."""
    times, signs = next(token for token in tokens if token.tag in ("number", "repeated")), [token for token in tokens if token.tag == "cmp"]
    sized = times.tag == "repeated" or (times.value.high is None and (times.value.unit == FACTOR or (not times.value.unit and first_of(tokens, "times") is not None)))
    if not sized or not _OVER.fullmatch(signs[-1].text) or (tokens[-1].tag != "uln" and tokens[-1].value not in ("normal", "")) or any(token.text.casefold() not in _WHOSE for token in tokens if token.tag in ("w", "degree")):
        return None
    return made("quantity", tokens, context, (Bound(_op(signs[0], context), Decimal(str(times.value)) if times.tag == "repeated" else times.value.low, ULN),))


_OVER = pattern_of(r"(?:greater|higher|more|larger) than|above|over|exceeding|beyond", re.IGNORECASE)


def _or_more_times(tokens: Sequence[Token], context: Context) -> Found:
    """ "2.5 or more times the upper limit", "3 times or more the ULN": at least so many times the limit."""
    number, op = first_of(tokens, "number"), first_of(tokens, "after")
    assert number is not None
    assert op is not None
    if number.value.high is not None or number.value.unit not in ("", FACTOR) or str(op.value) not in ("≥", "≤"):
        return None
    if tokens[-1].tag in ("limits", "result") and tokens[-1].value not in ("normal", ""):
        return None
    if any(token.text.casefold() not in _WHOSE for token in tokens if token.tag in ("w", "degree")):
        return None
    return made("quantity", tokens, context, (Bound(str(op.value), number.value.low, LLN if first_of(tokens, "lln") else ULN),))


def _pair_of_times(tokens: Sequence[Token], context: Context) -> Found:
    """ "≥ 18 and < 85 years": the unit stands once."""
    bounds: tuple[Bound, ...] = tokens[0].value
    later: tuple[Bound, ...] = tokens[-1].value
    if len(bounds) != 1 or bounds[0].unit or len(later) != 1:
        return None
    first = Token("span", tokens[0].start, tokens[0].end, tokens[0].text, (Bound(bounds[0].op, bounds[0].number, later[0].unit),))
    return _pair([first, tokens[-1]], context)


def _pair_of_ages(tokens: Sequence[Token], context: Context) -> Found:
    """ "older than 18 and younger than 80 years"."""
    ends = [replace(token, tag="age-quantity", value=tuple(replace(bound, unit=bound.unit or "years") for bound in token.value)) for token in (tokens[0], tokens[-1])]
    return _pair(ends, context)


def _restated(tokens: Sequence[Token], context: Context) -> Found:
    """A limit repeated in brackets in another unit: "1.5 ×10⁹/L (1500/µL)"."""
    inner = tokens[2]
    bounds = inner.value if isinstance(inner.value, tuple) else bounds_of(inner.value, "=")
    first = tokens[0].value
    if len(bounds) != len(first) or not bounds[0].unit or bounds[0].unit == first[0].unit:
        return None
    return made("quantity", tokens, context, first)


_DAYS = {"hour": Decimal(1) / 24, "day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4"), "year": Decimal(365)}


def _restated_time(tokens: Sequence[Token], context: Context) -> Found:
    """ "4 weeks (28 days)": the same length of time said twice."""
    first, second = single_span(tokens[0]), single_span(tokens[2])
    if first is None or second is None:
        return None
    days, again = (span.number * _DAYS.get(span.unit, Decimal(0)) for span in (first, second))
    return [tokens[0]] if days and abs(days - again) * 20 <= days else None


def _increase(tokens: Sequence[Token], context: Context) -> Found:
    number, measure = first_of(tokens, "number"), first_of(tokens, "measure")
    assert number is not None
    assert measure is not None
    quantity = made("quantity", [number], context, (Bound("≥", number.value.low, ULN),))
    return [measure, *quantity]


def _whose(tokens: Sequence[Token], context: Context) -> Found:
    """ "upper limit of normal for the laboratory": the limit alone, where every word says only whose it is."""
    groups: list[list[Token]] = []
    for token in tokens[1:]:
        if token.tag in _OF:
            groups.append([])
        groups[-1].append(token)
    kept = sum(1 for _ in takewhile(_says_whose, groups))
    return [tokens[0], *(token for group in groups[kept:] for token in group)] if kept else None


def _says_whose(group: Sequence[Token]) -> bool:
    """Whether words behind "of", "for", "at"… say only whose limit it is."""
    return len(group) > 1 and all(word in _WHOSE or word == "the" for token in group[1:] for word in token.text.casefold().split())


_OF = frozenset(("of", "for", "by", "at", "in", "to"))


_NUMBER = "(number|range|quantity)"
def _titer(tokens: Sequence[Token], context: Context) -> Found:
    """ "≥ 1:80": a titre of at least 80."""
    first, last = (token.value for token in tokens if token.tag == "number")
    if first.low != 1 or first.unit or last.unit or last.low < 2 or tokens[-3].end != tokens[-2].start:
        return None
    op = first_of(tokens, "cmp")
    return made("quantity", tokens, context, (Bound(_op(op, context) if op else "=", last.low, "titer"),))


NUMBERS = (
    Rule("titer", "cmp? number colon number", _titer, "colon"),
    Rule("second limit", "orcmp", _second_limit, "orcmp"),
    Rule("fold increase", "number times increase measure (level)? (w|to|result|organ)*", _increase, "increase"),
    Rule("sign in words", "cmp ((or|slash)? cmp|slash? orequal to?)", _either_sign, "cmp"),
    Rule("sign said twice", "cmp open cmp close", _either_sign, "open"),
    Rule("limit and its letters", "(uln|lln) open (uln|lln) close", lambda t, c: [t[0]], "uln lln"),
    Rule("whose limit", "(uln|lln) ((of|for|by|at|in|to) (w|limits|result|age|level|event|study|test)+)+", _whose, "uln lln"),
    Rule("limit and its letters again", "(uln|lln) open (uln|lln) close", lambda t, c: [t[0]], "uln lln"),
    Rule("twice normal", "cmp? repeated of? (w|degree){0,2} (limits|result|uln|lln)", _twice_normal, "repeated"),
    Rule("times normal", "cmp? number times? (w|degree){0,2} (limits|result)", _times_normal, "limits result"),
    Rule("or more times the limit", "number (after times|times after) of? (w|degree){0,2} (uln|lln|limits|result)", _or_more_times, "uln lln limits result"),
    Rule("times over the limit", "cmp? (times? number times?|repeated) cmp (w|degree){0,2} (uln|limits|result)", _times_over, "cmp"),
    Rule("times the limit", "cmp? times? number (times|dash|w)? (of|from)? (w|degree){0,2} (uln|lln)", _limit_of_normal, "uln lln"),
    Rule("within times the limit", "within multiple", lambda t, c: made("quantity", t, c, (replace(t[1].value, op="≤"),)), "multiple"),
    Rule("over the limit", "cmp (w|degree){0,2} (uln|lln)", _limit_of_normal, "uln lln"),
    Rule("times or more above the limit", "(repeated|number times?) after quantity", _times_above, "after", ("above", "over")),
    Rule("not within normal", "outside (w|degree|of){0,3} limits", _not_normal, "outside"),
    Rule("outside normal", "cmp (w|degree){0,2} (limits|result)", _outside, "cmp"),
    Rule("between", "between (number|time|range) ((and|to|dash) (number|time))?", _between, "between"),
    Rule("first of two limits", "cmp number after (?=number|time)", _first_of_two, "after"),
    Rule("n or more", "(number|time) (of-age)? after (?!(of)? age)", _compared, "after"),
    Rule("compared", "(cmp|agecmp) (to)? (number|time|range) (of-age)?", _compared, "cmp agecmp"),
    Rule("range", "(range|time)", _ranged, "range time"),
    Rule("time restated", "(time|span) open (time|span) close", _restated_time, "open"),
    Rule("limit spelled out", "quantity open (uln|lln) close", lambda t, c: [t[0]] if t[0].value[-1].unit in (ULN, LLN) else None, "uln lln"),
    Rule("restated", "quantity open (quantity|number) close", _restated, "quantity"),
    Rule("restated by i.e.", "quantity comma? open? ie comma? (quantity|number) close?", lambda t, c: _restated([t[0], t[0], next(x for x in t[1:] if x.tag in ("quantity", "number"))], c), "ie"),
    Rule("both sides", "quantity comma? (and|or|to|but)? quantity", _pair, "quantity"),
    Rule("outside a range", f"outside (of|from|between|within|ranging)* {_NUMBER} ((and|to|dash) {_NUMBER})?", _beyond, "outside"),
    Rule("inside a range", f"within? ranging (of|from|between|colon|be)* {_NUMBER} ((and|to|dash) {_NUMBER})?", _inside, "ranging"),
    Rule("both sides of an age", "quantity comma? (and|to|but)? span", _pair_of_times, "span"),
    Rule("both sides of an age in words", "(age-quantity comma? (and|but|to)? (age-quantity|quantity|span)|(quantity|span) comma? (and|but|to)? age-quantity)", _pair_of_ages, "age-quantity"),
    Rule("both sides of a time", "span comma? (and|to|but)? span", _pair, "span"),
)


def span_of(bound: Bound) -> Span:
    """The length of time of a limit."""
    return Span(bound.number, bound.unit.rstrip("s"))


def single_span(token: Token) -> Span | None:
    """The one length of time that a token says, if it says one: "the last years" says none."""
    if token.tag == "time-unit":
        return None if token.text.casefold().endswith("s") else Span(Decimal(1), token.value)
    if token.tag == "time" and token.value.high is None:
        return Span(token.value.low, time_unit(token.value.unit) or "year")
    if token.tag == "span" and len(token.value) == 1:
        return span_of(token.value[0])
    return None
