"""A general name of a cancer with the organ behind it: "metastatic adenocarcinoma of the breast" is the breast's, metastatic."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Check, Condition
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary

_GENERAL = Caseless(r"(?P<how>metastatic|unresectable|advanced|recurrent|locally advanced) (?P<what>(?:adeno)?carcinoma|cancer|sarcoma|solid tumor|squamous cell carcinoma)$")
_OF = Caseless(r"of (?:the )?(?P<organ>[a-z]+(?: [a-z]+)?)$")


def of_its_organ(leaf: Check, vocabulary: Vocabulary) -> Check | None:
    """The cancer of the organ that the words name; None where no organ stands there or its cancer is not known."""
    if not isinstance(leaf, Condition) or not leaf.states:
        return None
    general = _GENERAL.fullmatch(leaf.term)
    place = next((found for state in leaf.states if (found := _OF.fullmatch(state)) is not None), None)
    if general is None or place is None:
        return None
    named = vocabulary.condition(f"{general['what']} of the {place['organ']}")
    if named is None:
        return None
    left = tuple(state for state in leaf.states if _OF.fullmatch(state) is None)
    so = vocabulary.condition(f"{general['how']} {named.label}")
    return replace(leaf, term=so.label, states=left) if so is not None else replace(leaf, term=named.label, states=(general["how"], *left))
