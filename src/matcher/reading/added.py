"""Sentences of an exclusion that can only add to what stands before them, although they were not read.

"Pregnancy. Women must use two methods of contraception": whoever is pregnant is excluded, whatever the duty means. It holds
only where the later words speak of something else and let nobody in.
"""

from __future__ import annotations

from matcher.model.language import All, Ambiguous, Any, Check, Sex, State, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.permitting import stems
from matcher.reading.pieces import clean, nodes
from matcher.reading.rules import Read
from matcher.reading.sentences import LIFTS, has_certain

# In a later sentence these point back at what stands before it.
_POINTS_BACK = Caseless(r"\b(?:this|these|those|such|they|their|it|its|that|which|same|above|mentioned|latter|former|condition|disease|criteri\w+|exclusion\w*|if|when|only|after|until|once|who)\b")
# What lets a pregnant or breastfeeding woman in; contraception that is acceptable or allowed does not.
_LETS_IN = Caseless(r"\b(?:unless|except\w*|however|(?:may|can|could|might) (?:also |still )?(?:be (?:included|enrol\w+|eligible|considered|admitted|allowed)|participate|enrol\w*|enter|join|continue)|(?:are|is|be|will be) (?:still |also )?(?:eligible|allowed|permitted|included|enrol\w+)|not (?:be )?(?:excluded|an exclusion))\b")
_BEARING = frozenset(("pregnant", "breastfeeding"))


def with_added(first: Read, before: str, rest: str, place: int) -> Read | None:
    """The facts before with the words behind them, which begin at `place`, as another ground to exclude; None where they may take something back."""
    if not has_certain(first.check) or any(isinstance(node, Ambiguous) for node in nodes(first.check)):
        return None
    bearing = _is_bearing(first.check)
    takes_back = _LETS_IN.search(rest) if bearing else LIFTS.search(rest) or _POINTS_BACK.search(rest) or stems(before) & stems(rest)
    words = clean(rest)
    if takes_back or len(words) < 3:
        return None
    return Read(Any((first.check, Unread(words))), (*first.spans, (place, place + len(rest))))


def _is_bearing(check: Check) -> bool:
    """Whether a check is of pregnancy and breastfeeding alone."""
    if isinstance(check, All) and any(isinstance(part, Sex) for part in check.parts):
        return all(isinstance(part, Sex) or _is_bearing(part) for part in check.parts)
    return all(isinstance(leaf, State) and leaf.name in _BEARING for leaf in leaves(check)) and not any(isinstance(node, All) for node in nodes(check))
