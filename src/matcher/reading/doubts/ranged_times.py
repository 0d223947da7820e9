"""Times that are told as a range, or as a least one: "within 2 to 4 weeks" forbids what was a week ago, too, or what was less than 4 weeks ago."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Medication, Not, Participation, Procedure, Window
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_NUMBER = r"(?:\d+|one|two|three|four|six|eight|twelve)"
_WITHIN = Caseless(
    rf"\b(?:within|(?:in|during|over) the (?:past|last|previous|preceding|prior))\s+(?:the\s+)?(?:(?:past|last|previous)\s+)?{_NUMBER}\s*(?:to|or|and|-|–)\s*{_NUMBER}[ -]*(?:hour|day|week|month|year)"
    rf"|\b{_NUMBER}\s*(?:to|-|–)\s*{_NUMBER}[ -]*(?:hour|day|week|month|year)s?\s+(?:before|prior to|preceding)\b",
    needs=("within", "in the", "during the", "over the", "before", "prior to", "preceding"),
)
_AT_LEAST_BEFORE = Caseless(rf"(?:\b(?:at least|(?:a )?minimum (?:of )?|no less than|not less than)|[≥]|>=)\s*(?:the\s+)?{_NUMBER}\s*(?:\(\d+\)\s*)?(?:half-lives|[a-z-]*\s*(?:hour|day|week|month|year)s?)\s+(?:before|prior|preceding)\b", needs=("before", "prior", "preceding"))


def with_ranged_times(read: Read, text: str, kind: str) -> Read:
    """A reading in which what is forbidden within a range of times is open between its ends: each end may be the limit."""
    for said, so, either in ((_WITHIN, _ranged, _either), (_AT_LEAST_BEFORE, _long_ago, _or_since)):
        if said.search(text) and any(so(leaf) for leaf in leaves(read.check)):
            forbidden = {id(leaf) for part in nodes(read.check) if isinstance(part, Not) for leaf in leaves(part)}
            if kind == "exclusion" or all(id(leaf) in forbidden for leaf in leaves(read.check) if so(leaf)):
                read = rewritten(read, either)
    return read


def _long_ago(leaf: Check) -> bool:
    return isinstance(leaf, Condition | Medication | Procedure | Participation) and leaf.window is not None and leaf.window.within is None


def _or_since(leaf: Check) -> Check | None:
    """ "Antibiotics at least 4 weeks before": what is forbidden so long ago is rather forbidden since then."""
    if not isinstance(leaf, Condition | Medication | Procedure | Participation) or leaf.window is None or leaf.window.within is not None:
        return None
    return Ambiguous((replace(leaf, window=Window(leaf.window.beyond)), leaf))


def _ranged(leaf: Check) -> bool:
    return isinstance(leaf, Condition | Medication | Procedure) and leaf.window is not None and leaf.window.within is not None and leaf.window.beyond is not None


def _either(leaf: Check) -> Check | None:
    if not isinstance(leaf, Condition | Medication | Procedure) or leaf.window is None or leaf.window.within is None or leaf.window.beyond is None:
        return None
    return Ambiguous((replace(leaf, window=Window(leaf.window.beyond)), replace(leaf, window=Window(leaf.window.within))))
