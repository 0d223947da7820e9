"""Lines that an "or" at the beginning of the next one, or at their own end, makes alternatives: neither is asked for by itself."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

_BEGINS = {"inclusion": Caseless(r"\W*(?:and/or|or)\b"), "exclusion": Caseless(r"\W*and(?!/or)\b")}

_ENDING = pattern_of(r"(?:on|of|to|from|by|at|in) \S+")  # of a line that was broken


# "Major", "Minor criteria:": heads over grounds of two weights, of which fewer than all are enough.
_OF_WEIGHT = Caseless(r"\W*(?:the\s+)?(?P<weight>major|minor)(?:\s+(?:criteri(?:a|on)|risk\s+factors?|factors?|features?|signs?|conditions?|findings?))?\s*:?\W*")
_UNDER = 10  # lines under the last of them
_FOR_ALL = Caseless(r"\b(?:consent\w*|willing\w*|able|ability|agree\w*|ecog|karnofsky|life expectancy|contracept\w*)\b")


def _without_weights(laid: Sequence[Laid]) -> list[Laid]:
    """The criteria without the heads that name their weight, those under such heads in doubt."""
    heads = {place: said["weight"].casefold() for place, one in enumerate(laid) if len(one.text) < _SHORT and (said := _OF_WEIGHT.fullmatch(one.text)) is not None}
    if set(heads.values()) != {"major", "minor"}:
        return list(laid)
    found: list[Laid] = []
    head, left = "", 0
    for place, one in enumerate(laid):
        if place in heads:
            head, left = one.text.strip(" :"), _UNDER
            continue
        left = left - 1 if left and one.kind == laid[place - 1].kind and not one.text.rstrip().endswith(":") and not _FOR_ALL.search(one.text) else 0
        found.append(changed(one, doubtful=True, beside=head) if left else one)
    return found


_SHORT = 40  # characters


def with_choices(laid: Sequence[Laid]) -> list[Laid]:
    """The criteria, in doubt where one is the other choice beside its neighbour, or excludes only together with it."""
    laid = found = _without_weights(laid)
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
