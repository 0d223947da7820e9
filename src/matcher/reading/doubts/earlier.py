"""What goes on now beside words of an earlier time: "current smoker (within the last year)" may be one who has stopped.

Unread words beside a fact can only narrow it, unless they widen the time in which it counts. A fact of today with such
words stays open: they may mean those whose use, smoking or treatment is over.
"""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Medication,
    Not,
    Participation,
    Procedure,
    Smoking,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import all_of, leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_UNITS = r"(?:hours?|hrs?|days?|weeks?|wks?|months?|mo|years?|yrs?)\b"
_SPAN = rf"(?:the\s+)?(?:(?:last|past|previous|preceding|prior)\s+(?:[\w/.-]+\s+){{0,3}}?{_UNITS}|(?:\d[\d.,-]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|few|several)\s*\W?\s*{_UNITS})"
_EARLIER = Caseless(rf"\b(?:within|in|during|over)\s+{_SPAN}|\b(?:last|past|previous|preceding)\s+(?:[\w/.-]+\s+)?{_UNITS}|\bago\b|\b(?:quit\w*|stopp\w+|ceas\w+|discontinued|formerly|previously)\b")
# The time is one of these and not of the fact itself.
_OF_ANOTHER = Caseless(r"\b(?:due|because|following|after|caused|secondary|who|with|for (?:the )?(?:treatment|prevention|management)|change\w*|start\w*|initiat\w*|since|requir\w+|without)\b")
# "Receiving warfarin prior to the index stroke": what went on then may be over.
_BEFORE_AN_EVENT = Caseless(
    r"\W*(?:(?:just|immediately|directly|shortly|right|at (?:some|any) time)\s+)?(?:prior to|before|preceding|until|up to|at the (?:time|onset|moment) of|when)\s+(?!(?:and|or)\b)(?:(?:the|an?|their|his|her|this|first)\s+)*(?!(?:stud(?:y|ies)|trial|enrol\w*|random\w*|screening|inclusion|entry|consent|informed|baseline|registration|visit|day|dos(?:e|ing)|initiation|start\w*|begin\w*|commenc\w*|treatment|therapy|administration|imp|ip|period|cycle|infusion|injection|leukapheresis|sign\w*|participation|joining|entering|being|they|now|today)\b)\w"
)
_LONG_AGO = Caseless(r"\W*(?:at any time |at some time )?in the past\W*")
_OPENS = Caseless(rf"\W*(?:(?:on|by|at|as seen|seen|shown|documented|confirmed|diagnosed)\s(?:[\w-]+\s){{1,5}})?(?:within|in|during|over)\s+{_SPAN}|.*\bor\s+(?:with)?in\s+{_SPAN}")


def left_open(read: Read) -> Read:
    """The reading with what goes on now left open where words of an earlier time stand beside it; its places stay."""
    check = _open(read.check)
    return read if check is read.check else Read(check, read.spans)


def _open(check: Check) -> Check:
    match check:
        case All(parts) if any(isinstance(part, Unread) for part in parts):
            return _beside_words(check)
        case All(parts) | Any(parts):
            found = tuple(_open(part) for part in parts)
            return check if found == parts else replace(check, parts=found)
        case Not(part):
            inner = _open(part)
            return check if inner is part else Not(inner)
        case When(scope, rule):
            inner = _open(rule)
            return check if inner is rule else When(scope, inner)
        case Unless(rule, state):
            inner = _open(rule)
            return check if inner is rule else Unless(inner, state)
    return check


def _beside_words(check: All) -> Check:
    """A fact and the unread words behind it: two readings where the words may say that it is over."""
    words = check.parts[-1]
    if isinstance(words, Unread) and (_BEFORE_AN_EVENT.match(words.text) or _LONG_AGO.fullmatch(words.text)):
        return All((*map(_whenever, check.parts[:-1]), words))
    if not isinstance(words, Unread) or not any(_goes_on(leaf, words.text) for part in check.parts[:-1] for leaf in leaves(part)):
        return check
    return Ambiguous((all_of(list(check.parts[:-1])), words))


def _whenever(check: Check) -> Check:
    """What goes on now, at whatever time it did."""
    match check:
        case All(parts) | Any(parts):
            return replace(check, parts=tuple(map(_whenever, parts)))
        case Medication(phase="current", window=None):
            return replace(check, phase="any")
        case Procedure(current=True):
            return replace(check, current=False)
    return check


def _goes_on(leaf: Check, words: str) -> bool:
    match leaf:
        case Smoking(statuses):
            now = "current" in statuses and "former" not in statuses
        case Medication(phase=phase):
            now = phase == "current"
        case Procedure(current=current) | Participation(current=current):
            now = current
        case Condition(phase=phase):
            return phase == "active" and _OPENS.match(words) is not None
        case _:
            return False
    found = _EARLIER.search(words) if now else None
    return found is not None and not _OF_ANOTHER.search(words[: found.start()])
