"""Lines that are only a bracket: they say of whom or when what stands beside them counts, and are asked of nobody by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.laid import Laid

_ONLY_A_BRACKET = pattern_of(r"\([^()]*\)[.,;]?")
_A_NOTE = pattern_of(r"\(\W*(?:nb|n\.b|note|see|this|there|all|https?|www)\b", re.IGNORECASE)
# Whom or what it singles out: for the others the lines under it may not count.
_FOR_SOME = pattern_of(r"^(?!.*\b(?:following|criteria|questions?)\b).*\b(?:for|except\w*|unless|only|if|exclud\w+|arms?|cohorts?|groups?|parts?|phases?|steps?|strat(?:um|a))\b", re.IGNORECASE)


def with_bracket_lines(laid: Sequence[Laid]) -> list[Laid]:
    """The lines with such a bracket behind the one that it ends; under a heading it is a note of the line there, of each, in doubt, where it is for some."""
    found: list[Laid] = []
    said = ""
    for one, after in zip(laid, [*laid[1:], None], strict=False):
        above = found[-1] if found else None
        same = above is not None and (above.kind, above.group) == (one.kind, one.group) and not _is_heading(above)
        if _is_heading(one) or (above is not None and above.kind != one.kind):
            said = ""
        if _ONLY_A_BRACKET.fullmatch(one.text) is None:
            found.append(changed(one, note=f"{one.note} {said}".strip(), doubtful=one.doubtful or _FOR_SOME.search(said) is not None) if said else one)
            said = said if _FOR_SOME.search(said) else ""
        elif above is not None and same:
            found[-1] = changed(above, note=f"{above.note} {one.text}".strip()) if _A_NOTE.match(one.text) else above.going_on(one.text)
        elif after is not None and after.kind == one.kind and after.group == one.group and not _is_heading(after) and _ONLY_A_BRACKET.fullmatch(after.text) is None:
            said = one.text
        else:
            found.append(one)
    return found


def _is_heading(one: Laid) -> bool:
    return one.text.rstrip().endswith(":")
