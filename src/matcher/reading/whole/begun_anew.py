"""A demand that begins anew behind a denial: "no brain metastases, and histologically confirmed melanoma"."""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.model.language import All, Ambiguous, Not
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.rules import Read

_FOUND = r"(?:(?:histolog\w+|cytolog\w+|patholog\w+|biopsy|newly|clinically|radiolog\w+)[\s-]+(?:or\s+\w+[\s-]+)?)*(?:confirmed|proven|documented|diagnosed with|diagnosis of)\b|(?:patients?|subjects?|participants?|those|people)\s+(?:with|who)\b"
_ANEW = re.compile(rf"(?P<denied>\W*(?:no|not|never|without|absence of|free of)\b[^.;:]*?),?\s+(?:and|with)\s+(?P<asked>(?:an?\s+|the\s+)?(?:{_FOUND})[^.;:]*)", re.IGNORECASE)


def with_demand_anew(read: Read, text: str, part: Callable[[str], Read]) -> Read:
    """The reading of an inclusion beside the one in which what was found is asked for, where both halves are read to their end."""
    found = _ANEW.fullmatch(text.strip(" ."))
    if found is None or not isinstance(read.check, Not):
        return read
    denied, asked = part(found["denied"]), part(found["asked"])
    if not is_whole(denied.check) or not is_whole(asked.check) or isinstance(asked.check, Not):
        return read
    both = All((denied.check, *(asked.check.parts if isinstance(asked.check, All) else (asked.check,))))
    spans = (*read.spans, *((0, len(text)),) * (len(denied.spans) + len(asked.spans)))
    return Read(Ambiguous((read.check, both)), spans)
