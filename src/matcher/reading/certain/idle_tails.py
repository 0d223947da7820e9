"""Words at the end of a segment that ask for nothing: "with or without diabetes", "regardless of race"."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Context
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_LONGEST = 9  # words
# What may be said of more than the words behind "with or without", or asks for something besides.
_MORE = Caseless(
    r"[\d,;:<>≥≤=]|\b(?:and|who|whom|whose|that|which|within|during|since|before|after|for|if|except\w*|excluding|unless|but|however|requir\w+|receiv\w+|taking|treated|using|on|at least|more than|less than|must|should|will|not|no|only|prior to|confirmed|diagnosed|documented)\b"
)
_TYPES = pattern_of(r"\b(?:type|stage|grade)[ -](?:[12]|I{1,2})\b", re.IGNORECASE)
_EITHER = pattern_of(r"with(?:\s+(?:or|and)\s+|/|\s*/\s*|\s+and/or\s+)without\b", re.IGNORECASE)
_SETS = pattern_of(r"(?:race|sex|gender|age|ethnicity|ethnic|origin|cause|etiology|severity|status|group|or|and|any|the|[\s,/])+", re.IGNORECASE)


def without_idle_tail(tokens: list[Token], context: Context) -> list[Token]:
    """The tokens without what does not matter at their end."""
    tags = [token.tag for token in tokens]
    at = tags.index("whether") if "whether" in tags else 0
    if not at or not any(token.tag == "check" for token in tokens[:at]):
        return tokens
    behind = [token for token in tokens[at + 1 :] if token.tag not in ("stop", "close")]
    said = context.text[tokens[at].end : behind[-1].end] if behind else ""
    if not said or len(said.split()) > _LONGEST or any(token.tag in ("open", "whether") for token in behind):
        return tokens
    if _EITHER.fullmatch(tokens[at].text):
        idle = _MORE.search(_TYPES.sub("", said)) is None and not any(token.tag == "or" for token in behind)
    else:
        idle = _SETS.fullmatch(said) is not None
    if not idle:
        return tokens
    end = at
    while end > 1 and tokens[end - 1].tag in ("open", "comma", "dash"):
        end -= 1
    return tokens[:end]
