"""Rules for stages, classes and grades named in lists: "class III, IV or V", "stage IIIB-IV", "NYHA III-IV"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.reading.amounts import Found
from matcher.reading.rules import Context, Rule, made
from matcher.reading.tokens import Token

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_ONE = re.compile(r"(VIII|VII|VI|IV|V|III|II|I|[0-8])([A-Ha-h]\d?)?$")
_WORDS = re.compile(r"[A-Za-z0-9+]+|[-~]|to")


def _stages(tokens: Sequence[Token], context: Context) -> Found:
    """The numerals after "class", a range spelled out; None where anything else stands among them."""
    words = _WORDS.findall(context.words(tokens[1:]))
    named: list[str] = []
    ranged = False
    for word in words:
        if word in ("or", "and", "I/II"):
            continue
        if word in ("-", "~", "to"):
            ranged = True
            continue
        if not all(_ONE.match(part) for part in word.split("+") if part):
            return None
        named += _between(named[-1], word) if ranged and named else [word]
        ranged = False
    return made("stages", tokens, context, tuple(dict.fromkeys(named))) if named else None


def _between(low: str, high: str) -> list[str]:
    """The stages after `low` up to `high`, where both are plain numerals."""
    if low in _ROMANS and high in _ROMANS and _ROMANS.index(low) < _ROMANS.index(high):
        return list(_ROMANS[_ROMANS.index(low) + 1 : _ROMANS.index(high) + 1])
    if low.isdigit() and high.isdigit() and int(low) < int(high):
        return [str(number) for number in range(int(low) + 1, int(high) + 1)]
    return [high]


STAGES = (
    Rule("stages", "stage (w|number|range|route) ((comma|or|and|slash|plus|dash|to|number|range|w|route)* (w|number|range|route))?", _stages, "stage"),
)
