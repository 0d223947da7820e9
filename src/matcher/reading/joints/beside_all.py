"""What goes with all members of a list: "asthma or COPD, with nasal polyps"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model.language import All, Ambiguous, Any, Not
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_TERMS = ("cond", "drug", "proc")
_WITH = Caseless(r",\s*(?:with|who (?:also )?(?:have|has|had)|having|that (?:have|has)|which (?:have|has))\s+(?:also\s+)?")
Reader = Callable[[Sequence[Token], Context], Found]


def beside_all(tokens: Sequence[Token], context: Context, listed: Reader) -> Found:
    """The members and what goes with them, or perhaps with the last alone; None where nothing does."""
    at = max((i for i, token in enumerate(tokens) if token.tag == "comma"), default=0)
    after = [token for token in tokens[at + 1 :] if token.tag != "with"]
    if not at or "with" in [token.tag for token in tokens[1:at]] or not any(token.tag == "cond" for token in after) or any(token.tag in ("drug", "proc") for token in after) or not any(token.tag in _TERMS for token in tokens[:at]):
        return None
    if _WITH.match(context.text, tokens[at].start) is None or _WITH.search(context.text[: tokens[at].start]) is not None:
        return None
    some, last = listed(tokens[:at], context), listed(after, context)
    if some is None or last is None or len(some) != 1 or len(last) != 1:
        return None
    first, other = some[0].value, last[0].value
    if any(isinstance(node, Not) for read in (first, other) for node in nodes(read.check)):
        return None
    every, spans = All((first.check, other.check)), (*first.spans, *other.spans)
    if not isinstance(first.check, Any):
        return check_token(every, tokens, context, spans)
    *others, near = first.check.parts
    return check_token(Ambiguous((every, Any((*others, All((near, other.check)))))), tokens, context, spans * 2)
