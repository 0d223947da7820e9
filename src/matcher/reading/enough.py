"""An organ's function or somebody's condition called enough, with the limits that say what is: "adequate marrow (ANC ≥ 1,500/µL)"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model.language import Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.pieces import READ, clean
from matcher.reading.rules import Context, Read
from matcher.reading.tokens import Token
from matcher.reading.willing import is_opinion

ReadTokens = Callable[[Sequence[Token], Context], Read]

_LEADS_TO_LIMITS = Caseless(r"(?:[\s,:(\[–-]|\b(?:as|defined|evidenced|shown|measured|indicated|demonstrated|determined|documented|by|with|having|an?|the|i\.?e\.?|is|are|that|of|at|on|room air|has|have)\b)+$")


def enough_told(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The limits behind words that only call something enough; None where more is said."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "check"), 0)
    if context.exclusion or not at:
        return None
    said = clean(_LEADS_TO_LIMITS.without(context.text[tokens[0].start : tokens[at].start]))
    if not said or not is_opinion(said):
        return None
    limits = [token for token in tokens[at:] if token.tag != "stop"]
    while limits[-1].tag == "close" and sum(token.tag == "open" for token in limits) < sum(token.tag == "close" for token in limits):
        limits.pop()
    if any(token.tag not in READ for token in limits) or not all(isinstance(leaf, Measurement) for token in limits if token.tag == "check" for leaf in leaves(token.value.check)):
        return None
    found = read(limits, context)
    return None if any(isinstance(leaf, Unread) for leaf in leaves(found.check)) else found
