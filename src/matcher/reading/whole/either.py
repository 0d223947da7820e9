"""A choice that "either" opens, beside what is asked for together with it: "gout, and either stroke or LDL > 130 mg/dL"."""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Sex,
    When,
)
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read

_AND = r"(?:and|plus|with|together with|along with|in addition to|combined with)"
# What is asked of everybody holds no choice and no list of its own.
_CHOICE_LAST = re.compile(rf"(?P<all>(?:(?!\b(?:or|either|neither)\b)[^,;:.()\[\]])+?),?\s+{_AND}\s+either\s+(?P<choice>[^;:.()\[\]]*?\bor\b[^;:()\[\]]*)", re.IGNORECASE)
_CHOICE_FIRST = re.compile(r"(?P<choice>\W*either\s+(?:(?!\bor\b)[^,;:()\[\]])+?\s+or\s+[^,;:()\[\]]+?),\s+(?P<joint>and(?: in addition| also)?|plus|together with|along with)\s+(?P<all>(?:(?!\b(?:or|either)\b)[^,;:()\[\]])+)", re.IGNORECASE)
# Behind the choice the line goes on with something else.
_GOES_ON = re.compile(r",\s*(?:and|but|who|which|that|with|plus|together)\b", re.IGNORECASE)

# "Treatment with either A or B" is one thing; what somebody is or has is another than what comes with it.
_WITH = re.compile(r"(?<!together )(?<!along )\bwith\s+either\s+$", re.IGNORECASE)
_OF_THE_PATIENT = frozenset((Age, All, Condition, Measurement, Sex))


def with_either_apart(read: Read, text: str, kind: str, part: Callable[[str], Read]) -> Read:
    """The reading with the choice in a bracket of its own, where both halves are read to their end; the same of any other line."""
    found = _CHOICE_LAST.fullmatch(text.strip(" .")) or _CHOICE_FIRST.fullmatch(text.strip(" ."))
    if found is None or _GOES_ON.search(found["choice"]):
        return read
    together, choice = part(found["all"]), part(re.sub(r"^\W*either\s+", "", found["choice"], flags=re.IGNORECASE))
    if not is_whole(together.check) or not is_whole(choice.check) or not isinstance(choice.check, Any):
        return read
    asked = {type(node) for node in nodes(together.check)}
    if When in asked or not asked.isdisjoint((Judgement, Consent)) or (_WITH.search(text, 0, found.start("choice")) and not asked <= _OF_THE_PATIENT):
        return read
    both: Check = All((*(together.check.parts if isinstance(together.check, All) else (together.check,)), choice.check))
    loose = kind == "exclusion" and found.groupdict().get("joint", "") == "and"  # may be a further ground
    spans = ((0, len(text)),)
    count = len(together.spans) + len(choice.spans)
    if not loose:
        return Read(both, spans * count)
    return Read(Ambiguous((both, Any((choice.check, together.check)))), spans * (2 * count))
