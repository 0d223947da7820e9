"""Lines that ask nothing: "None", "N/A", "No exclusion criteria"."""

from __future__ import annotations

from matcher.model.language import Any, Judgement, Not, Sex
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_NOTHING = Caseless(
    r"\W*(?:(?:there (?:are|is) )?(?:no|none) (?:specific |further |other |additional )?(?:inclusion |exclusion |eligibility |specified )*criteri(?:a|on)(?: (?:is|are|were|was|apply|applies|applied|specified|set|will be applied|for this study))*"
    r"|none(?: (?:known|specified|stated|applicable|listed))?|n/?a|nil|not (?:applicable|specified|provided)|no restrictions?)\W*",
    needs=("no", "n/a", "na", "nil"),
)


def nothing_asked(text: str, kind: str) -> Read | None:
    """What such a line is: an exclusion of nobody, or requirements that only the protocol tells; None for any other text."""
    if len(text) > 80 or not _NOTHING.fullmatch(text):
        return None
    spans = ((0, len(text)),)
    return Read(Not(Any((Sex("female"), Sex("male")))), spans * 2) if kind == "exclusion" else Read(Judgement(text.strip()), spans)
