"""Members before one that begins anew: "prior radiotherapy or with major surgery within 4 weeks" dates only the surgery, perhaps."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Medication, Procedure
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_FACTS = (Condition, Medication, Procedure)
_EARLIER = r"(?:any\s+|an?\s+)?(?:prior(?!\s+to\b)|previous(?:ly)?|past|(?:(?:prior|previous|past)\s+)?history\s+of)\b"
# A head of its own before a later member: "or with", "or who had", "or prior".
_ANEW = pattern_of(rf"\s*(?:\([^()]*\)\s*)?,?\s*\b(?:and/or|or)\s+(?:(?:with|who|those|patients|subjects|participants|ha[sd]|have|having)\b|{_EARLIER})", re.IGNORECASE)
_PAST = Caseless(rf"(?:\w+\s+)??(?:with\s+)?{_EARLIER}")
# "Stroke, or surgery within 4 weeks, or both": a time of its own for each of the two.
_OR_BOTH = Caseless(r",\s*or\s+both\b", needs=("both",))
_TIME = Caseless(r"\b(?:within|in the|during the|over the|less than|ago|before|prior to)\b|<", needs=("within", "in the", "during the", "over the", "less than", "ago", "before", "prior to", "<"))


def before_another_begins(read: Read, text: str) -> Read:
    """The first member with the time behind the second, and without it, where the second begins anew or is the first again."""
    dated = [(leaf, place) for leaf, place in zip(leaves(read.check), read.spans, strict=False) if isinstance(leaf, _FACTS) and leaf.window is not None]
    if len(dated) < 2:
        return read
    (first, place), (second, behind) = dated[:2]
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    if id(first) in open_ or first.window != second.window or place[1] > behind[0] or _TIME.search(text, *place) or not _TIME.search(text, behind[0]):
        return read
    again = _bare(first) == _bare(second) and _PAST.match(text, place[0]) is not None and _PAST.match(text, behind[0]) is None
    if not again and not (_PAST.match(text, place[0]) and (_ANEW.match(text, place[1]) or _OR_BOTH.search(text, behind[0]))):
        return read
    ever = _at_any_time(first)
    return rewritten_there(read, lambda leaf, there: (ever if again else Ambiguous((leaf, ever))) if there == place and leaf == first else None)


def _bare(leaf: Condition | Medication | Procedure) -> Check:
    """What is asked for, whenever it was."""
    return replace(leaf, window=None) if isinstance(leaf, Procedure) else replace(leaf, window=None, phase="")


def _at_any_time(leaf: Condition | Medication | Procedure) -> Check:
    """What is asked for without its time: a disease that was had, a drug that was ever taken."""
    if isinstance(leaf, Procedure):
        return replace(leaf, window=None)
    return replace(leaf, window=None, phase=leaf.phase or ("history" if isinstance(leaf, Condition) else "any"))
