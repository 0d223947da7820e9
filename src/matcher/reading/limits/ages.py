"""Rules for ages before they are joined to a sex: two limits apart, ages in brackets, "under the age of 18"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Age, All, Any, Bound, Sex
from matcher.reading.grammar.amounts import Found, bounds_of
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.tagging.numbers import Number
from matcher.reading.tagging.tokens import Token

_OLDEST = 120


def _years(bounds: Sequence[Bound]) -> tuple[Bound, ...] | None:
    """Limits of an age, in years where no unit is given; None where they cannot be one."""
    found = tuple(replace(bound, unit=bound.unit or "years") for bound in bounds)
    if any(bound.unit not in ("years", "months", "weeks", "days") or (bound.unit == "years" and not 0 < bound.number <= _OLDEST) for bound in found):
        return None
    return found


def _limits(token: Token, op: str = "=") -> tuple[Bound, ...] | None:
    if token.tag in ("quantity", "span", "age-quantity"):
        bounds: tuple[Bound, ...] = token.value
        return _years(bounds)
    number: Number = token.value
    return None if number.unit and not number.time else _years(bounds_of(number, op))


def _compared_age(tokens: Sequence[Token], context: Context) -> Found:
    """ "under the age of 18"."""
    op = str(next(token.value for token in tokens if token.tag in ("cmp", "agecmp")))
    number = next(token for token in tokens if token.tag in ("number", "time"))
    bounds = _limits(number, "≥?" if op == "=" else op)  # no trial is for those of exactly one age
    return made("age-quantity", tokens, context, bounds) if bounds and len(bounds) == 1 else None


def _two_ages(tokens: Sequence[Token], context: Context) -> Found:
    """ "over the age of 18 and under the age of 75"."""
    ops = [token for token in tokens if token.tag in ("cmp", "agecmp", "after")]
    numbers = [token for token in tokens if token.tag in ("number", "time")]
    low, high = (_limits(number, {"≤": "<", "≥": ">"}.get(str(op.value), str(op.value)) if op.tag == "after" else str(op.value)) for number, op in zip(numbers, ops, strict=True))
    if not low or not high or len(low) + len(high) != 2 or {low[0].op[:1], high[0].op[:1]} not in ({">", "<"}, {"≥", "<"}, {">", "≤"}, {"≥", "≤"}):
        return None
    first, second = sorted((low[0], high[0]), key=lambda bound: bound.number)
    return made("age-quantity", tokens, context, (first, second)) if first.op in (">", "≥") else None


def _ages_between(tokens: Sequence[Token], context: Context) -> Found:
    """ "between the ages of 18-50 years"."""
    bounds = _limits(next(token for token in tokens if token.tag in ("range", "time", "quantity", "span")))
    return made("age-quantity", tokens, context, bounds) if bounds and len(bounds) == 2 else None


def _bracketed(tokens: Sequence[Token], context: Context) -> Found:
    """ "Adults (18 years of age or older)": the age in brackets is the one that is meant."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "open")
    amount = next(token for token in tokens[at:] if token.tag in ("span", "age-quantity", "quantity", "range", "time"))
    bounds = _limits(amount)
    said = amount.tag in ("span", "age-quantity") or any(token.tag in ("age", "of-age") for token in tokens[at:])
    if bounds is None or not said or (amount.tag == "time" and amount.value.high is None):
        return None
    kept = [token for token in tokens[:at] if token.tag in ("sex", "both")]
    return [*kept, *made("age-quantity", tokens[at:], context, bounds)]


def _apart(tokens: Sequence[Token], context: Context) -> Found:
    """ "age < 18 or > 75 years": younger than the one or older than the other."""
    amounts = [token for token in tokens if token.tag in ("quantity", "span", "age-quantity")]
    first, last = (_limits(token) for token in amounts)
    if first is None or last is None or len(first) != 1 or len(last) != 1:
        return None
    if not any(token.tag in ("age", "of-age", "age-quantity", "span") for token in tokens):
        return None
    low, high = sorted((*first, *last), key=lambda bound: bound.op not in ("<", "≤"))
    if low.unit != "years" and not any(token.tag in ("age", "of-age", "age-quantity") for token in tokens):
        return None
    if low.op not in ("<", "≤") or high.op not in (">", "≥") or low.unit != high.unit or low.number >= high.number:
        return None
    ages = Any((Age(first), Age(last)))
    spans = tuple((token.start, token.end) for token in amounts)
    sexes = [token for token in tokens if token.tag == "sex"]
    if len({token.value for token in sexes}) != 1:
        return check_token(ages, tokens, context, spans)
    return check_token(All((Sex(str(sexes[0].value)), ages)), tokens, context, ((sexes[0].start, sexes[0].end), *spans))


def _two_units(tokens: Sequence[Token], context: Context) -> Found:
    """ "age > 28 days and < 6 months"."""
    amounts = [token for token in tokens if token.tag == "span"]
    first, last = (_limits(token) for token in amounts)
    if first is None or last is None or len(first) != 1 or len(last) != 1 or first[0].unit == last[0].unit or any(token.tag == "sex" for token in tokens):
        return None
    if first[0].op not in (">", "≥") or last[0].op not in ("<", "≤"):
        return None
    return check_token(All((Age(first), Age(last))), tokens, context, tuple((token.start, token.end) for token in amounts))


def _old_to_old(tokens: Sequence[Token], context: Context) -> Found:
    """ "40 years old to 80 years old"."""
    low, high = (_limits(token, "≥") for token in tokens if token.tag == "time")
    if low is None or high is None or len(low) != 1 or len(high) != 1 or low[0].unit != high[0].unit or low[0].number >= high[0].number:
        return None
    return made("age-quantity", tokens, context, (low[0], replace(high[0], op="≤")))


def _both(tokens: Sequence[Token], context: Context) -> Found:
    """ "Men, and women, over 18 years": of either sex."""
    return made("both", tokens, context) if len({token.value for token in tokens if token.tag == "sex"}) == 2 else None


_AMOUNT = "(quantity|span|age-quantity)"
AGES = (
    Rule("two ages", "(cmp|agecmp) of? age of? (number|time) of-age? (after|and (cmp|agecmp)) of? age of? (number|time) of-age?", _two_ages, "age"),
    Rule("both sexes listed", "^ adult* sex (comma|and|or|slash)+ sex comma? (?=(comma|of|in|between|from)*(age|age-quantity|span|time|range|minage))", _both, "sex"),
    Rule("under the age", "(cmp|agecmp) of? age of? (number|time) of-age?", _compared_age, "age"),
    Rule("between the ages", "(between|from) age of? (range|time|quantity|span) of-age?", _ages_between, "age"),
    Rule(
        "age in brackets", "(sex|both|adult|subject|comma|and|or)+ open age? (of|colon|between|be)* (span|age-quantity|quantity|range|time) (of-age|age)? close",
        _bracketed, "open"),
    Rule("ages apart", f"(sex|both|adult|of|with|in)* age (of|be|colon|comma|at|in)* {_AMOUNT} of-age? (or|and|comma)+ (age|be|of)* {_AMOUNT} of-age*", _apart, "age"),
    Rule("ages of two units", "(sex|both|adult|of|in)* age (of|be|colon|comma)* span (and|to|comma|but)+ span of-age*", _two_units, "age"),
    Rule("years old to years old", "(between|from|of)? time of-age (to|dash|and) time of-age", _old_to_old, "of-age"),
    Rule("ages apart, alone", f"^(sex|both|adult|of|in)* {_AMOUNT} of-age? (or|and)+ (subject|be)* {_AMOUNT} (stop|semicolon)?$", _apart, "span age-quantity"),
)
