"""Sentences of an exclusion that can only add to what stands before them, although they were not read.

"Pregnancy. Women must use two methods of contraception": whoever is pregnant is excluded, whatever the duty means. Behind a
disease a duty may be one of those who have it ("hepatitis B; carriers must have low counts") and lift it.
"""

from __future__ import annotations

from matcher.model.language import All, Any, Check, Sex, State, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# What lets a pregnant or breastfeeding woman in; contraception that is acceptable or allowed does not.
_LETS_IN = Caseless(r"\b(?:unless|except\w*|however|(?:may|can|could|might) (?:also |still )?(?:be (?:included|enrol\w+|eligible|considered|admitted|allowed)|participate|enrol\w*|enter|join|continue)|(?:are|is|be|will be) (?:still |also )?(?:eligible|allowed|permitted|included|enrol\w+)|not (?:be )?(?:excluded|an exclusion))\b")
_BEARING = frozenset(("pregnant", "breastfeeding"))


def with_added(first: Read, rest: str, place: int) -> Read | None:
    """Pregnancy or breastfeeding with the words behind, which begin at `place`, as another ground to exclude; None where they may let somebody in."""
    words = clean(rest)
    if not _is_bearing(first.check) or _LETS_IN.search(rest) or len(words) < 3:
        return None
    return Read(Any((first.check, Unread(words))), (*first.spans, (place, place + len(rest))))


def _is_bearing(check: Check) -> bool:
    """Whether a check is of pregnancy and breastfeeding alone."""
    if isinstance(check, All) and any(isinstance(part, Sex) for part in check.parts):
        return all(isinstance(part, Sex) or _is_bearing(part) for part in check.parts)
    return all(isinstance(leaf, State) and leaf.name in _BEARING for leaf in leaves(check)) and not any(isinstance(node, All) for node in nodes(check))
