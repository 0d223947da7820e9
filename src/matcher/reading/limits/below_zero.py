"""Numbers below zero: a dash that is the sign of the number behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found, unit_of
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.tagging.numbers import Number
from matcher.reading.tagging.tokens import Token

# What may be negative: scores in standard deviations, refraction, hearing and visual fields, the base of blood; a number without a unit.
_SIGNED = frozenset(("", "diopters", "dB", "mmol/L", "mEq/L", "SD", "SDS", "cmH₂O", "°C"))


def _negative(tokens: Sequence[Token], context: Context) -> Found:
    """ "≤ -2.5": a sign that touches the number behind a comparator, or between two numbers that both have one."""
    dash, token = tokens
    number: Number = token.value
    if dash.end != token.start or context.text[dash.end : dash.end + 1] == " " or unit_of(number) not in _SIGNED:
        return None
    low, high = (-number.low, None) if number.high is None else (-number.low, number.high)
    return made(token.tag, tokens, context, replace(number, low=low, high=high))


def _negative_range(tokens: Sequence[Token], context: Context) -> Found:
    """ "-2.5 to -1", "between -1 and -2.5": both ends below zero."""
    first, last = (token for token in tokens if token.tag == "number")
    touching = all(token.end == after.start for token, after in pairwise(tokens) if token.tag == "dash" and after.tag == "number")
    units = {unit_of(first.value), unit_of(last.value)} - {""}
    if not touching or not context.text[: tokens[0].start].endswith((" ", "(")) or len(units) > 1 or not units <= _SIGNED or first.value.high is not None:
        return None
    low, high = sorted((-first.value.low, -last.value.low))
    return made("range", tokens, context, replace(last.value, low=low, high=high, unit=last.value.unit or first.value.unit))


def _after_its_name(tokens: Sequence[Token], context: Context) -> Found:
    """ "BMI z-score -2 to 2": a sign right behind the name of what may be below zero, and not a dash."""
    at = next(place for place, token in enumerate(tokens) if token.tag == "dash")
    measure = context.vocabulary.measure(str(tokens[0].value))
    if measure is None or measure.low is None or measure.low >= 0 or not context.text[: tokens[at].start].endswith(" "):
        return None
    if len(tokens) > at + 2 and tokens[at + 2].tag in ("to", "and"):
        first, last = tokens[at + 1].value, tokens[at + 3].value
        if tokens[at].end != tokens[at + 1].start or first.high is not None or last.high is not None or unit_of(last) not in _SIGNED:
            return None
        return [*tokens[:at], *(made("range", tokens[at:], context, replace(last, low=-first.low, high=last.low, unit=last.unit or first.unit)) or ())]
    found = _negative(tokens[at : at + 2], context)
    return [*tokens[:at], *found, *tokens[at + 2 :]] if found is not None else None


_SIGNED_BEFORE = pattern_of(r"[-−–]\d+(?:[.,]\d+)?\s*(?:D|diopters?|dpt|SDS?)?\s*(?:to|and|-|–)\s*$", re.IGNORECASE)


def _plus(tokens: Sequence[Token], context: Context) -> Found:
    """ "-2 to +1": the sign of the other end of a range."""
    plus, number = tokens
    return [replace(number, start=plus.start)] if plus.end == number.start and _SIGNED_BEFORE.search(context.text[: plus.start]) else None


BELOW_ZERO = (
    Rule("plus", "(?<=to|and|dash) plus (number|quantity)", _plus, "plus"),
    Rule("negative range", "dash number (to|and|dash) dash number", _negative_range, "dash"),
    Rule("range from below zero", "measure (score|level|be|colon|of|between)* dash number (to|and) number", _after_its_name, "dash"),
    Rule("negative behind its name", "measure (score|level|be|colon)* dash (number|range) (?=to|and|range|number|w|stop|semicolon|comma|close|$)", _after_its_name, "dash"),
    Rule("negative", "(?<=cmp|between|and|to|of|from) dash (number|range)", _negative, "dash"),
)
