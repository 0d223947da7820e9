"""Rules for how often something happened: "at least 2 exacerbations in the previous year"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import All, Bound, Check, Condition, Statement
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.tokens import Token


def _counted(tokens: Sequence[Token], context: Context) -> Found:
    """A disease so many times: that it was there at all, and how often, which no profile holds."""
    amount = next(token for token in tokens if token.tag in ("quantity", "number"))
    name = next(token for token in tokens if token.tag == "cond")
    bounds: tuple[Bound, ...] = amount.value if amount.tag == "quantity" else ()
    if len(bounds) != 1 or bounds[0].unit not in ("", "episodes", "events") or bounds[0].number != int(bounds[0].number) or not 1 <= bounds[0].number <= 50:
        return None
    window = next((token.value for token in tokens if token.tag == "window"), None)
    phase = "history" if any(token.tag == "history" for token in tokens) else ""
    fact = Condition(term_of(name).label, phase, window=window)
    words = Statement(" ".join(context.words(tokens).split()))
    span = (tokens[0].start, tokens[-1].end)
    if bounds[0].op in ("<", "≤", "=", "≥?"):
        return check_token(words, tokens, context, (span,)) if bounds[0].op in ("<", "≤") else None
    once = bounds[0].op == "≥" and bounds[0].number == 1
    check: Check = fact if once else All((fact, words))
    return check_token(check, tokens, context, (span,) if once else (span, span))


COUNTS = (
    Rule("how often", "(history|weak)* quantity (of|history|weak|repeated)* cond window? (?=stop|semicolon|close|comma|and|$)", _counted, "quantity"),
)
