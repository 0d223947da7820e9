"""Times that are told as a range, or as a least one: "within 2 to 4 weeks" forbids what was a week ago, too, or what was less than 4 weeks ago."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import (
    Ambiguous,
    Check,
    Condition,
    Medication,
    Not,
    Participation,
    Procedure,
    Unread,
    Window,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.doubts.begun_anew import before_another_begins
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_NUMBER = r"(?:\d+|one|two|three|four|six|eight|twelve)"
_WITHIN = Caseless(
    rf"\b(?:within|(?:in|during|over) the (?:past|last|previous|preceding|prior))\s+(?:the\s+)?(?:(?:past|last|previous)\s+)?{_NUMBER}\s*(?:to|or|and|-|–)\s*{_NUMBER}[ -]*(?:hour|day|week|month|year)",
    needs=("within", "in the", "during the", "over the"),
)
# "Stroke 3 to 6 months before entry": between its ends, or at whatever time up to one of them.
_BEFORE = Caseless(rf"\b{_NUMBER}\s*(?:to|-|–)\s*{_NUMBER}[ -]*(?:hour|day|week|month|year)s?\s+(?:before|prior to|preceding)\b", needs=("before", "prior to", "preceding"))
_AT_LEAST_BEFORE = Caseless(rf"(?:\b(?:at least|(?:a )?minimum (?:of )?|no less than|not less than)|[≥]|>=)\s*(?:the\s+)?{_NUMBER}\s*(?:\(\d+\)\s*)?(?:half-lives|[a-z-]*\s*(?:hour|day|week|month|year)s?)\s+(?:before|prior|preceding)\b", needs=("before", "prior", "preceding"))


def with_ranged_times(read: Read, text: str, kind: str) -> Read:
    """A reading in which what is forbidden within a range of times is open between its ends: each end may be the limit."""
    if kind == "inclusion" and _HOURS.search(text) and not any(isinstance(part, Not) for part in nodes(read.check)):
        read = rewritten_there(read, lambda leaf, place: _since_it_began(leaf, text[place[0] :]))
    read = before_another_begins(_first_at_any_time(read, text) if kind == "exclusion" else read, text)
    for said, so, either in ((_WITHIN, _ranged, _either), (_BEFORE, _ranged, _either_or_between), (_AT_LEAST_BEFORE, _long_ago, _or_since)):
        if said.search(text) and any(so(leaf) for leaf in leaves(read.check)):
            forbidden = {id(leaf) for part in nodes(read.check) if isinstance(part, Not) for leaf in leaves(part)}
            if kind == "exclusion" or all(id(leaf) in forbidden for leaf in leaves(read.check) if so(leaf)):
                read = rewritten(read, either)
    return read


# "Surgery within 72 hours": of the injury, or of the admission, rather than of today.
_HOURS = Caseless(r"\bwithin\s+(?:the\s+first\s+)?(?:\d+|twenty-?four|forty-?eight|seventy-?two)\s*(?:hours?|hrs?|h)\W*$", needs=("within",))


def _since_it_began(leaf: Check, said: str) -> Check | None:
    """An operation that is asked for within some hours of what is not named."""
    hours = isinstance(leaf, Procedure) and leaf.window is not None and leaf.window.within is not None and leaf.window.within.unit == "hour"
    return Ambiguous((leaf, Unread(clean(said)))) if hours else None


# "History of intracranial hemorrhage, or stroke within 3 months": the first at any time, perhaps.
_EVER = Caseless(r"\b(?:any|ever|prior|previous\w*|known|histor(?:y|ies)(?:\s+of)?)\s+(?:history\s+of\s+)?(?:an?\s+|any\s+)?$")
_SAYS_EVER = Caseless(r"(?:with\s+)?(?:an?\s+)?(?:any|ever|prior|previous\w*|known|histor(?:y|ies))\b")
_TIME = Caseless(r"\b(?:within|in the|during the|over the|less than|ago|before|prior to)\b|<", needs=("within", "in the", "during the", "over the", "less than", "ago", "before", "prior to", "<"))
_COMMA = pattern_of(r"\s*(?:\([^()]*\)\s*)?,\s*(?:and/or\s+|or\s+)?(?:an?\s+|any\s+|episodes?\s+of\s+)*", re.IGNORECASE)
# "Gastric surgery or recent (within 6 months) bleeding": the time is that of the last.
_OR_RECENT = pattern_of(r"\s*,?\s*\bor\s+(?:an?\s+|any\s+)?recent\b", re.IGNORECASE)
_OF_LATE = Caseless(r"\b(?:recent(?:ly)?|current(?:ly)?|ongoing|active)\b")
# Asked for at any time more often than in the last months.
_LASTING = pattern_of(r"intracranial hemorrhage|intracerebral hemorrhage|subarachnoid hemorrhage|hemorrhagic stroke|malignancy|aneurysm|seizure|epilep|cancer|carcinoma|lymphoma|leukemia|tumou?r", re.IGNORECASE)


def _first_at_any_time(read: Read, text: str) -> Read:
    """The first member of a list with the time that stands behind the last, and without it, where its head asks for it at any time."""
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    named = [(leaf, place) for leaf, place in zip(leaves(read.check), read.spans, strict=False) if getattr(leaf, "window", None) is not None]
    if len(named) < 2:
        return read
    (first, place), (second, behind) = sorted(named, key=lambda one: one[1])[:2]
    if id(first) not in open_ and place[1] <= behind[0] and first.window == second.window and (life := _LIFETIME.search(text, max(0, place[0] - 25), behind[0])) and not _OR.search(text, life.end(), place[0]) and not _TIME.search(text, *place):  # type: ignore[union-attr]
        return rewritten_there(read, lambda leaf, there: _ever(leaf) if there == place and leaf == first else None)
    ever = _SAYS_EVER.match(text, place[0]) or _EVER.ends(text, place[0])
    recent = _OR_RECENT.match(text, place[1]) if _OF_LATE.search(text[max(0, place[0] - 10) : place[1]]) is None else None
    if not (ever or recent) or id(first) in open_ or place[1] > behind[0] or first.window != second.window or _TIME.search(text, *place):  # type: ignore[union-attr]
        return read
    joint = text[place[1] : behind[0]]
    alone = _COMMA.fullmatch(joint) is not None and _TIME.search(text, *behind) is not None and ("or" in joint or " or " not in text[slice(*behind)])
    if not (alone or recent) and (_LASTING.search(first.term) is None or "and" in joint.replace("and/or", "or") or _LASTING.search(second.term) is not None):  # type: ignore[union-attr]
        return read
    return rewritten_there(read, lambda leaf, there: Ambiguous((leaf, replace(leaf, window=None))) if there == place and leaf == first and isinstance(leaf, Condition | Medication | Procedure) else None)


# "Lifetime history of suicide attempt, or suicidal behavior within a month": in its own words at any time.
_OR = Caseless(r"\bor\b|,")
_LIFETIME = Caseless(r"\b(?:life-?time|ever|at any time)\b", needs=("life", "ever", "any time"))


def _ever(leaf: Check) -> Check | None:
    if isinstance(leaf, Condition):
        return replace(leaf, window=None, phase=leaf.phase or "history")
    if isinstance(leaf, Medication):
        return replace(leaf, window=None, phase=leaf.phase or "any")
    return replace(leaf, window=None) if isinstance(leaf, Procedure) else None


def _long_ago(leaf: Check) -> bool:
    return isinstance(leaf, Condition | Medication | Procedure | Participation) and leaf.window is not None and leaf.window.within is None


def _or_since(leaf: Check) -> Check | None:
    """ "Antibiotics at least 4 weeks before": what is forbidden so long ago is rather forbidden since then."""
    if not isinstance(leaf, Condition | Medication | Procedure | Participation) or leaf.window is None or leaf.window.within is not None:
        return None
    return Ambiguous((replace(leaf, window=Window(leaf.window.beyond)), leaf))


def _ranged(leaf: Check) -> bool:
    return isinstance(leaf, Condition | Medication | Procedure) and leaf.window is not None and leaf.window.within is not None and leaf.window.beyond is not None


def _either_or_between(leaf: Check) -> Check | None:
    found = _either(leaf)
    return Ambiguous((*found.readings, leaf)) if isinstance(found, Ambiguous) else None


def _either(leaf: Check) -> Check | None:
    if not isinstance(leaf, Condition | Medication | Procedure) or leaf.window is None or leaf.window.within is None or leaf.window.beyond is None:
        return None
    return Ambiguous((replace(leaf, window=Window(leaf.window.beyond)), replace(leaf, window=Window(leaf.window.within))))
