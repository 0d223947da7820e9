"""Inclusions that name something in passing: weeks that may be those of a pregnancy, drugs that are only withheld."""

from __future__ import annotations

from matcher.model.language import Age, Ambiguous, Check, Measurement, Medication, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.kept import beside
from matcher.reading.pieces import clean
from matcher.reading.rewriting import rewritten
from matcher.reading.rules import Read

_PREGNANCY = range(20, 45)  # weeks that are more often those of a pregnancy than of a life
_WITHHELD = Caseless(r"\b(?:withhold\w*|withheld)\b", needs=("withh",))


def looked_at_again(read: Read, text: str, kind: str) -> Read:
    """The reading of an inclusion, in doubt where an age may be that of a pregnancy, or a drug is not to be taken."""
    if kind != "inclusion":
        return read
    if _WITHHELD.search(text) and any(isinstance(leaf, Medication) for leaf in leaves(read.check)):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    return rewritten(read, _perhaps_of_pregnancy) if any(isinstance(leaf, Age) for leaf in leaves(read.check)) else read


def _perhaps_of_pregnancy(leaf: Check) -> Check | None:
    """ "Age ≥ 37 weeks" of newborns: an age, or how long the pregnancy lasted."""
    if not isinstance(leaf, Age) or any(bound.unit != "weeks" or bound.number not in _PREGNANCY for bound in leaf.bounds):
        return None
    return Ambiguous((leaf, Measurement("gestational age", leaf.bounds)))
