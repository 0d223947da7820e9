"""Two words of time or state with one name behind them: "active or prior hepatitis", "uncontrolled or significant gout"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.sharing import STAGED

_GONE_BY = Caseless(r"\b(?:histor(?:y|ies)|prior|previous(?:ly)?|past|ever|had)\b[^.;:]*$")
_AND = Caseless(r"\band\b")
_BETWEEN = Caseless(r"[\s/-]*(?:(?:of|a|an|the|any)\s+)*")


def _of_both(tokens: Sequence[Token], context: Context) -> Found:
    """The name once behind the first word, and once behind the second."""
    at = next(i for i, token in enumerate(tokens) if token.tag in ("or", "slash"))
    first, second, term = tokens[:at], tokens[at + 1 :], tokens[-1]
    one, other = first[-1], second[0]
    if not context.exclusion and _AND.search(context.text[: one.start]):
        return None  # "gout and active or recurrent asthma" asks for the first in any case
    if "current" in (one.tag, other.tag) and _GONE_BY.search(context.text[: one.start]):
        return None  # "history of active or recurrent gout": active then
    if one.tag == other.tag or (one.tag == "degree" and term.text.split()[0].casefold() in STAGED):
        return None
    if one.tag == "degree" and (term.tag != "cond" or one.text.casefold() not in STAGED):
        return None
    pairs = ((tokens[at], second[0]), *pairwise(second))
    if any(not _BETWEEN.fullmatch(context.text[before.end : token.start]) for before, token in pairs):
        return None
    used = [replace(token, start=one.end, end=one.end) for token in second if token.tag in ("use", "treated")]
    copy = replace(term, start=one.end, end=one.end)
    return [*first, *used, copy, replace(tokens[at], tag="or"), *second]


_WORD = "(current|history|weak|suspected|degree|judge-mod)"
EITHER_ALLERGY = Rule("allergy at either time", "(history|weak|suspected|current) (or|slash) (history|weak|suspected)* (?=allergy)", lambda tokens, context: [], "allergy")
EITHER_TIME = Rule("either time", f"{_WORD} (or|slash) {_WORD}+ (use|treated)? (degree|route)* (cond|drug|proc)", _of_both, "current history weak suspected judge-mod")
