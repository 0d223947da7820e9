"""A time of the treatment that an active disease needed: "active infection requiring antibiotics within 14 days" was active then, and may be over."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Check, Condition
from matcher.model.trees import leaves
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.joints.time_beside import time_beside
from matcher.reading.tagging.caseless import Caseless

NEEDS = ("requir", "need", "necessitat")
# Not over what is asked by itself behind an "or".
_THERE = r"(?:(?!\bor (?:an?|any|history|exposure|prior|previous|recent|use|other|receipt|has|had|have)\b)[^.;:])"
_NEEDED_THEN = Caseless(
    rf"{_THERE}*?\b(?:requir(?:ing|es?|ed)|need(?:ing|s|ed)?|necessitat(?:ing|es?|ed))\b{_THERE}*?\b(?P<time>(?:within|(?:in|during|over) the (?:last|past|previous|preceding|prior))\s[^.;:,]{{3,80}})"
)


def with_time_of_need(read: Read, text: str) -> Read:
    """The check in which a disease that was treated in some time was active in it, not today."""
    if not any(map(text.__contains__, NEEDS)) or not any(isinstance(leaf, Condition) and leaf.phase == "active" for leaf in leaves(read.check)):
        return read

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Condition) or leaf.phase != "active" or leaf.window is not None or leaf.lasting is not None:
            return None
        found = _NEEDED_THEN.match(text, place[0])
        window = time_beside(found["time"].strip()) if found is not None else None
        return replace(leaf, window=window) if window is not None else None

    return rewritten_there(read, change)
