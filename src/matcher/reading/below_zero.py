"""Numbers below zero: a dash that is the sign of the number behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.reading.amounts import Found, unit_of
from matcher.reading.numbers import Number
from matcher.reading.rules import Context, Rule, made
from matcher.reading.tokens import Token

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


BELOW_ZERO = (
    Rule("negative range", "dash number (to|and|dash) dash number", _negative_range, "dash"),
    Rule("negative", "(?<=cmp|between|and|to|of|from) dash (number|range)", _negative, "dash"),
)
