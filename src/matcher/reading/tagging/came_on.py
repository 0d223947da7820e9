"""What a disease did under a treatment: "progressed on or after", "relapse following", each read as one word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_AGAIN = r"(?:relapsed?|relapsing|recurred|recurrence)"
_ON = (
    r"progress(?:ed|ing)|(?:evidence\s+of\s+)?(?:(?:documented|radiographic|radiologic(?:al)?|clinical)\s+)*"
    r"(?:(?:disease|tumou?r)\s+)?progression|(?:evidence\s+of\s+)?progressive\s+disease"
)
_UNDER = r"(?:on\s+or\s+(?:after|following)|during\s+or\s+(?:after|following)|while\s+(?:on|receiving|taking)|on|after|following|during|despite|under)"
_CAME_ON = pattern_of(rf"\b(?:(?P<again>{_AGAIN})|(?P<on>{_ON}))\s+{_UNDER}\b(?!\s+(?:the\s+|this\s+)?(?:study|trial)\b)", re.IGNORECASE)
_BEFORE = pattern_of(r"during\s+(?:prior|previous)", re.IGNORECASE)  # a phrase of its own; the treatment tells the time
CAME_ON = Caseless(r"progress|relaps|recur", needs=("progress", "relaps", "recur"))
"""One of these is in whatever text holds such words."""


def with_course(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with the words that tell of progression or relapse under a treatment as one, of the tag "response"."""
    found = list(tokens)
    for said in _CAME_ON.finditer(text):
        start, end = said.span()
        end = max((token.end for token in found if start < token.start < end < token.end and _BEFORE.fullmatch(token.text)), default=end)
        within = [token for token in found if start <= token.start and token.end <= end]
        if not within or any(token.start < start < token.end or token.start < end < token.end for token in found):
            continue
        at = found.index(within[0])
        value = "followed by relapse" if said["again"] else "followed by progression"
        found[at : at + len(within)] = [Token("response", start, end, text[start:end], value)]
    return found
