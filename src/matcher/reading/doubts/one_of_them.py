"""One value of a time that is enough ("one documented CD4 count < 100 within 12 months"), and what is said of an exception behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Measurement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, leaves
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_TIME = r"[^.;]{0,100}\b(?:within|in the (?:last|past|previous|preceding|prior)|during the (?:last|past|previous|preceding|prior)|over the (?:last|past|previous))\b[^.;]{0,30}?\b(?:months?|years?)\b"
_ONE = Caseless(
    rf"\b(?:(?:at least|minimum of) (?:one|1)|(?:one|a single|an?|any|≥\s*1)\s+(?:or more\s+)?(?:[\w-]+\s+){{0,2}}?(?:documented|recorded|historical|previous|prior|confirmed)|(?:an?|one|any)\s+(?:[\w-]+\s+){{1,5}}(?:reading|result|measurement|value|determination)s?)\b{_TIME}",
    needs=("within", "in the ", "during the ", "over the "),
)


def with_any_value(read: Read, text: str) -> Read:
    """A reading in which the latest value does not decide where any of a time would do."""
    found = _ONE.search(text) if any(isinstance(leaf, Measurement) for leaf in leaves(read.check)) else None
    if found is None:
        return read
    said = Unread(clean(text[found.start() : found.end()]))
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    return rewritten(read, lambda leaf: Ambiguous((leaf, said)) if isinstance(leaf, Measurement) and leaf.bounds and id(leaf) not in open_ else None)


_EXCEPT = Caseless(r"\b(?:except\w*|other than|apart from|excluding)\s", needs=("except", "other than", "apart from", "excluding"))
_SAID_OF_IT = pattern_of(r"\W*(?:within|with|without|of|that|which|meeting|fulfilling|limited|confined)\s+(?!(?:the |these |this )?(?:last|past|previous|preceding|prior)\b|\(?\d|(?:one|two|three|four|five|six|ten|twelve)\b|study|screening)", re.IGNORECASE)


def with_exceptions_as_said(read: Read, text: str) -> Read:
    """A reading in which what is excepted is so only as the words behind it say."""
    found = _EXCEPT.search(text)
    if found is None or not any(isinstance(leaf, Condition) and leaf.other_than for leaf in leaves(read.check)):
        return read
    behind = " ".join(text[found.end() :].split()).casefold()
    beside = [leaf.text for leaf in leaves(read.check) if isinstance(leaf, Unread) and _SAID_OF_IT.match(leaf.text) and leaf.text.casefold() in behind]

    def change(leaf: Check) -> Check | None:
        if not isinstance(leaf, Condition) or not leaf.other_than or leaf.other_than[-1].state:
            return None
        own = [state for state in leaf.states if _SAID_OF_IT.match(state) and state.casefold() in behind]
        said = next(iter([*own, *beside]), "")
        return replace(leaf, other_than=(*leaf.other_than[:-1], replace(leaf.other_than[-1], state=said))) if said else None

    return rewritten(read, change)


_OR = pattern_of(r"\W*(?:and/)?or\b", re.IGNORECASE)


def with_alternatives_beside(read: Read) -> Read:
    """An inclusion in which unread words that begin with "or" stand beside the others, not among what is asked with them."""
    check = read.check
    if not isinstance(check, All) or not isinstance(check.parts[-1], Unread) or not _OR.match(check.parts[-1].text):
        return read
    return Read(Any((all_of(list(check.parts[:-1])), check.parts[-1])), read.spans)


# Values that tell of one thing: an "or" between the last of them may join no more than these.
_OF_ONE_THING = (
    frozenset(("creatinine", "creatinine clearance", "measured creatinine clearance", "eGFR", "eGFR by MDRD", "eGFR by CKD-EPI")),
    frozenset(("total bilirubin", "direct bilirubin", "indirect bilirubin")),
    frozenset(("INR", "prothrombin time", "activated partial thromboplastin time")),
    frozenset(("ALT", "AST")),
)


def joined_at_the_end(check: Check) -> Check | None:
    """ "Bilirubin ≤ …, AST and ALT ≤ …, creatinine ≤ … or clearance ≥ …": the "or" may join the last alone; None where it cannot."""
    if not isinstance(check, Any) or not all(isinstance(leaf, Measurement | Condition) for leaf in leaves(check)) or not all(any(isinstance(leaf, Measurement) for leaf in leaves(part)) for part in check.parts):
        return None
    terms = [{leaf.term for leaf in leaves(part) if isinstance(leaf, Measurement)} for part in check.parts]
    family = next((one for one in _OF_ONE_THING if terms[-1] <= one), frozenset())
    first = next((place for place in range(len(terms)) if all(own <= family for own in terms[place:])), len(terms))
    if not 0 < first < len(terms) - 1 or any(own & family for own in terms[:first]):
        return None
    return All((*check.parts[:first], Any(check.parts[first:])))
