"""What is said to have been so "for the past 3 months", or "for 4 weeks prior to screening": in that time, or all of it.

Of what is denied ("no antibiotics for 2 weeks before") it is any of that time. Of what is asked, or excludes, it is rather all of it:
both readings stand.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from matcher.model.language import All, Ambiguous, Check, Condition, Duration, Medication, Not, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_LONG = r"(?:\d+|an?|one|two|three|four|five|six|eight|ten|twelve)?\s*(?:\(\d+\)\s*)?-?(?:hours?|days?|weeks?|months?|years?)\b"
_SO_LONG = rf"for\s+(?:(?:at least\s+)?the\s+(?:past|last|previous|preceding|prior)\s+{_LONG}|(?:the\s+)?{_LONG}\s+(?:prior|before|preceding|previous|immediately (?:prior|before))\b)"
_SAID = Caseless(_SO_LONG)
_ALL_OF_IT = Caseless(rf"(?P<beside>[^.;:()\n]*?)\b(?P<long>{_SO_LONG})")
# Another time between a fact and these words, and words that deny it.
_OTHERWISE = Caseless(r"\b(?:within|during|in the|over the|at least|more than|less than|stable|unchanged|no|not|without|never|free|off|stop\w*|discontinu\w*|absence|abstin\w*|withheld|wash\w*|lack\w*|unable|indicated)\b")
_FIRST = 120  # characters before a fact in which it may be denied


def for_so_long(read: Read, text: str, kind: str) -> Read:
    """The check with those facts in both readings that are said to have been so for a time; a disease that excludes does so in any of it."""
    if "for " not in text or _SAID.search(text) is None:
        return read
    settled = frozenset(leaf for part in nodes(read.check) if isinstance(part, Not | Ambiguous) for leaf in leaves(part))
    return rewritten_there(read, partial(_either, text, settled, (Medication,) if kind == "exclusion" else (Condition, Medication, Procedure)))


def _either(text: str, settled: frozenset[Check], facts: tuple[type, ...], leaf: Check, place: tuple[int, int]) -> Check | None:
    if not isinstance(leaf, Condition | Medication | Procedure) or not isinstance(leaf, facts) or leaf in settled or getattr(leaf, "phase", "") in ("history", "past") or leaf.window is None or leaf.window.within is None or leaf.window.beyond is not None:
        return None
    found = _ALL_OF_IT.match(text, place[0])
    if found is None or _OTHERWISE.search(text, place[0], found.end("beside")) or _OTHERWISE.search(text, max(0, place[0] - _FIRST, text.rfind(".", 0, place[0])), place[0]):
        return None
    if isinstance(leaf, Procedure):
        return Ambiguous((leaf, All((leaf, Unread(clean(text[slice(*found.span("long"))]))))))
    return None if leaf.lasting is not None else Ambiguous((leaf, replace(leaf, lasting=Duration("≥", leaf.window.within))))
