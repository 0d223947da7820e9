"""Words behind a fact whose part is known although they were not read: a window with an anchor of its own, a bracket that adds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Any,
    Check,
    Condition,
    Medication,
    Not,
    Participation,
    Procedure,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Context
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# Behind a window these measure it from something else than the day: "within 14 days of the operation".
ANCHORS = Caseless(r"\W*(?:after|following|of|from|since|post|to|prior|before|preceding|during|between)\b")


def unanchored(check: Check) -> Check | None:
    """The fact at whatever time, where its window is measured from a day nobody knows; None where that cannot be said."""
    if isinstance(check, Not):
        inner = unanchored(check.part)
        return Not(inner) if inner is not None else None
    if isinstance(check, All | Any):
        parts = [unanchored(part) for part in check.parts]
        return replace(check, parts=tuple(part for part in parts if part is not None)) if None not in parts else None
    match check:
        case Medication(window=window) if window is not None:
            return replace(check, phase="any", window=None)
        case Procedure(current=False) | Participation(current=False):
            return replace(check, window=None)
        case Condition(window=window, phase=phase) if window is not None and phase in ("", "history", "past"):
            return replace(check, phase="history", window=None)
        case Condition(window=None) | Medication(window=None):
            return check
    return None


def anchored_elsewhere(fact: Token, after: Sequence[Token], silent: frozenset[str], context: Context) -> bool:
    """Whether the window of a fact is measured from something that the words behind it name."""
    if not any(getattr(leaf, "window", None) for leaf in leaves(fact.value.check)):
        return False
    return ANCHORS.match(context.text, fact.end) is not None and any(token.tag not in silent for token in after)


_WINDOW = pattern_of(r"(?<!\w)(?:with[- ]?in|in|during|over|for|less than|more than|at least|fewer than|<|>|≤|≥)(?!\w)(?:(?!within|during).)*$", re.IGNORECASE | re.DOTALL)


def window_words(fact: Token, context: Context) -> Token | None:
    """The words of a fact that say its window, as a token of their own."""
    found = _WINDOW.search(fact.text)
    if found is None:
        return None
    start = fact.start + found.start()
    return Token("window", start, fact.end, context.text[start : fact.end])


# In brackets behind a limit: with one of these another limit may be meant, or the limit lifted for some.
_OTHER_LIMIT = frozenset(("multiple", "uln", "lln", "time", "span", "range", "age-quantity", "unless", "except", "exceptions", "if", "eg", "ie", "allowed", "excluded", "or", "and", "comma", "check", "measure", "not", "increase", "for", "defined"))
_FOR_SOME = Caseless(r"\b(?:in|patients?|subjects?|participants?|those|women|men|males?|females?|children|adults|may|can|could|must|should|will|with|without|value|than|acceptable|required?|preferr?ed|recommended|cohort|arm|group|part|phase|stratum|no|before|after|prior|previous)\b")
_RESTATING = frozenset(("cmp", "quantity", "number", "times", "w", "slash", "dash", "stop", "open", "close"))


def plain_bracket(bracket: Sequence[Token], fact: Token, context: Context) -> bool:
    """Whether a bracket behind a limit says how it is measured, or the same limit once more: "(≥ 2 x 10*9*/L)", "(local laboratory)"."""
    tags = {token.tag for token in bracket}
    inner = [token for token in bracket if token.tag not in ("open", "close")]
    bare = not tags & {"cmp", "quantity", "number"}
    if not inner or tags & (_OTHER_LIMIT - {"or", "and", "comma"} if bare else _OTHER_LIMIT) or _FOR_SOME.search(context.words(inner)):
        return False
    if bare:
        return True
    ops = {op[0] for leaf in leaves(fact.value.check) for op in (bound.op for bound in getattr(leaf, "bounds", ())) if op}
    again = [token for token in inner if token.tag in ("cmp", "quantity")]
    said = {op[0] for token in again for op in ([str(token.value)] if token.tag == "cmp" else [bound.op for bound in token.value]) if op}
    words = [token for token in inner if token.tag == "w"]
    return tags <= _RESTATING and len(again) == 1 and said == ops and len(said) == 1 and len(words) <= 2 and all(len(token.text) <= 3 for token in words)


def beside_brackets(after: Sequence[Token], fact: Token, context: Context) -> list[Token]:
    """The words behind a limit without the brackets that give no other limit."""
    found: list[Token] = []
    place = 0
    while place < len(after):
        close = next((i for i in range(place, len(after)) if after[i].tag == "close"), None) if after[place].tag == "open" else None
        if close is not None and plain_bracket(after[place : close + 1], fact, context):
            place = close + 1
            continue
        found.append(after[place])
        place += 1
    return found
