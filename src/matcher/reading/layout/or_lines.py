"""Lines that an "or" at the beginning of the next one, or at their own end, makes alternatives: neither is asked for by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

_BEGINS = {"inclusion": Caseless(r"\W*(?:and/or|or)\b"), "exclusion": Caseless(r"\W*and(?!/or)\b")}

_ENDING = re.compile(r"(?:on|of|to|from|by|at|in) \S+")  # of a line that was broken


def with_choices(laid: Sequence[Laid]) -> list[Laid]:
    """The criteria, in doubt where one is the other choice beside its neighbour, or excludes only together with it."""
    found = list(laid)
    for at, one in enumerate(laid):
        above = laid[at - 1] if at and laid[at - 1].kind == one.kind else None
        joined = _BEGINS[one.kind].match(one.text) is not None or (above is not None and one.kind == "inclusion" and ends_in_or(above.text))
        if joined and above is not None:
            found[at] = changed(found[at], doubtful=True, beside=above.text)
            found[at - 1] = changed(found[at - 1], doubtful=True, beside=one.text)
        elif joined or _ENDING.fullmatch(one.text) is not None:
            found[at] = changed(found[at], doubtful=True, beside="")
            if above is not None:
                found[at - 1] = changed(found[at - 1], doubtful=True, beside="")
    return found


def ends_in_or(text: str) -> bool:
    """Whether a line ends in an "or"; looked at from its end, for speed."""
    return text[-8:].rstrip(" .,;:)").casefold().endswith(" or") or text[-8:].casefold().rstrip(" .,;:)").endswith("/or")
