"""Exclusions that ask several things of one object: "have taken or will take X", "history or signs of X", "active or recent X".

What stands before the object is told apart into heads, or states, each of which is read with the object by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from matcher.model.language import (
    Ambiguous,
    Check,
    Condition,
    Judgement,
    Medication,
    Participation,
    Procedure,
    Statement,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import BROAD
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.apart import Again
from matcher.reading.whole.held_to_diseases import is_held

_PEOPLE = r"\W*(?:(?:the\s+|any\s+|all\s+)?(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|those|anyone|has|have|having|who|with|is|are|an?|any)\s+)*?"
_DAYS = r"(?:\s*\(?\s*(?:within|in|during|over|<|≤|less than)\s+(?:the\s+)?(?:(?:last|past|previous|preceding)\s+)?(?:\d+|one|two|three|four|six|twelve)?\s*(?:days?|weeks?|months?|years?)(?:\s+(?:of|prior to|before)\s+(?:the\s+)?\w+)?\s*\)?)?"
_TAKE = r"(?:tak(?:e|en|ing)|us(?:e|ed|ing)|receiv(?:e|ed|ing)|undergo(?:ne|ing)?|underwent|had|have|been\s+(?:on|treated\s+with|given|exposed\s+to)|be(?:ing)?\s+(?:on|treated\s+with|given)|treated\s+with|on)"
_NOUN = r"(?:use|treatment|therapy|administration|receipt|intake|exposure|ingestion|consumption)"
_NOW = rf"(?:(?:is|are|be)?\s*(?:currently|presently|now)?\s*(?:taking|using|receiving|undergoing|being\s+treated\s+with|treated\s+with|on)|(?:current|ongoing|concurrent|concomitant|present|active)(?:ly)?(?:\s+{_NOUN})?|{_NOUN})"
_PAST = rf"(?:(?:has|have|had)?\s*(?:previously|recently|ever|already|in\s+the\s+past)?\s*(?:been\s+(?:on|treated\s+with|given|exposed\s+to)|taken|used|received|undergone|underwent|treated)|(?:any\s+)?(?:prior|previous|past|recent)(?:\s+{_NOUN})?|history\s+of\s+{_NOUN})"
_TO_COME = rf"(?:(?:is|are|be)?\s*(?:currently\s+)?(?:planning|planned|expected|expecting|scheduled|intending|intended|anticipated|anticipating|likely|going)\s+to\s+(?:start\s+)?{_TAKE}|plans?\s+to\s+(?:start\s+)?{_TAKE}|will\s+(?:be\s+)?{_TAKE}|(?:planned|anticipated|intended|expected|future)(?:\s+{_NOUN})?)"
_ADJECTIVE = r"(?:(?:clinical|known|documented|current|active|prior|previous|past|recent|medical|personal|laboratory|radiological|radiographic|physical|confirmed|ongoing|significant)\s+)*"
_FOUND = rf"(?:{_ADJECTIVE}(?:histor(?:y|ies)|evidence|signs?|symptoms?|presence|suspicion|diagnos[ie]s|findings?|manifestations?|complications?|positive tests?|existence){_DAYS})"
_NEED = r"(?:requir(?:es?|ing)|needs?(?:\s+for)?|needing|in\s+need\s+of|requirement\s+for)"
_OF = r"(?:\s*,?\s*\b(?:of|for|with|to)\b)?"
_OR = r"\s*[,(]?\s*\b(?:or|and/or)\s+(?:(?:who\s+)?(?:an?|any)\s+)?"
_USE_HEADS = pattern_of(rf"(?P<who>{_PEOPLE})(?P<one>{_TO_COME}|{_NEED}|{_PAST}|{_NOW})(?P<time>{_DAYS}){_OF}(?:\s*,\s*(?P<mid>{_TO_COME}|{_NEED}|{_PAST}|{_NOW})(?P<later>{_DAYS}){_OF})?{_OR}(?P<two>{_TO_COME}|{_NEED}|{_PAST}|{_NOW})(?P<last>{_DAYS})(?:\s+{_NOUN})?{_OF}\s*[,)]?\s+(?P<object>\S.+)", re.IGNORECASE)
_FOUND_HEADS = pattern_of(rf"(?P<who>{_PEOPLE})(?P<one>{_FOUND})(?P<prep>{_OF})(?:\s*,\s*(?P<mid>{_FOUND})\s*)?{_OR}(?P<two>{_FOUND})\s*,?\s*\b(?:of|for|with|suggesting|suggestive\s+of)\b\s*[,)]?\s*(?P<object>\S.+)", re.IGNORECASE)
_STATE = (
    r"(?:(?:actively|rapidly|clinically|currently|poorly|inadequately|not\s+adequately|insufficiently|locally|partially|completely|medically)\s+)?(?:active|inactive|acute|subacute|chronic|symptomatic|asymptomatic|untreated|uncontrolled|controlled|treated|unstable|decompensated|progressive|progressing|recurrent|recurring|relapsed|relapsing|"
    r"refractory|persistent|resistant|severe|serious|moderate|mild|life-threatening|unresolved|congenital|acquired|current|ongoing|recent|prior|previous|past|present|suspected|confirmed|pre-?existing|existing|advanced|unresectable|inoperable|residual|new)"
)
_STATES = pattern_of(rf"(?P<who>{_PEOPLE})(?P<states>{_STATE}(?:\s+history)?{_DAYS}(?:\s*,\s*{_STATE}{_DAYS})*\s*,?\s*\b(?:or|and/or)\s+{_STATE}(?:\s+history)?{_DAYS})(?:\s+of)?\s+(?P<object>(?!or\b|and\b|to\b|history\b)[A-Za-z].+)", re.IGNORECASE)
_BETWEEN = pattern_of(r"\s*,\s*(?:(?:or|and/or)\s+)?|\s+(?:or|and/or)\s+", re.IGNORECASE)
_CHEAP = Caseless(r"\W*(?:[\w'()/,<≤-]+\s+){0,12}?\(?(?:or|and/or)\s", needs=("or ",))
_IS_TO_COME = pattern_of(_TO_COME, re.IGNORECASE)
_IS_NEED = pattern_of(_NEED, re.IGNORECASE)
_IS_PAST = pattern_of(_PAST, re.IGNORECASE)
_HAS_NOUN = pattern_of(rf"\b(?:{_NOUN}|with|{_TAKE})\b", re.IGNORECASE)
_TIME = Caseless(r"\b(?:within|in the (?:last|past|previous)|during|prior to|before|hours?|days?|weeks?|months?|years?)\b")
_OF_THE_TRIAL = pattern_of(r"[\s,]*\b(?:during|throughout|for the duration of|over the course of|in the course of|while)\b[^,;.]*$", re.IGNORECASE)
_TURNS = Caseless(r"[.;:]\s|\b(?:except\w*|unless|other than|excluding|allow\w*|permit\w*|however|but|must|should|family|parents?|allerg\w+|hypersens\w+|or (?:have|has|had|who|are|is|plan\w*|expect\w*|currently|previously|history|prior|use|treatment|any other))\b")


_LEADS = pattern_of(r"^(?:of|with|to|for)\s+", re.IGNORECASE)


class _Heads(NamedTuple):
    """What stands before an object, the object, and the times that are said before it."""

    heads: Sequence[str]
    object: str
    times: Sequence[str] = ()


def two_heads(text: str, again: Again) -> Check | None:
    """What each of two heads says of their object; None where an exclusion has not two of them, or is not understood."""
    if _CHEAP.match(text) is None:
        return None
    used = _USE_HEADS.fullmatch(text)
    if used is not None and not _TURNS.search(used["object"]):
        times = [time.strip(" ()") for time in used.group("time", "later", "last") if time and time.strip()]
        check = _of_use(_heads(used)._replace(times=times), again)
        if check is not None:
            return check
    found = _FOUND_HEADS.fullmatch(text)
    if found is not None and not _TURNS.search(found["object"]):
        return _of_findings(_heads(found), again)
    states = _STATES.fullmatch(text)
    return _in_states([*_BETWEEN.split(states["states"])], states["object"].strip(" ,.;"), again) if states is not None and not _TURNS.search(states["object"]) else None


def _in_states(states: Sequence[str], named: str, again: Again) -> Check | None:
    """A disease in one of several states, or within some time."""
    found: list[Check] = []
    for state in states:
        timed = _TIMED.fullmatch(state)
        word, time = (timed["head"].strip(), timed["time"].strip(" ()")) if timed is not None else (state, "")
        if _RECENT.match(word) and not time and not _TIME.search(named):
            return None
        check = again(f"{_RECENT.sub('history of', word) if time else word} {named} {time}".strip()).check
        if not _is_clear(check) or not all(isinstance(leaf, Judgement) or (isinstance(leaf, Condition) and leaf.term not in BROAD and "illness" not in leaf.term) for leaf in leaves(check)):
            return None
        found.append(check)
    return any_of(found)


def _is_clear(check: Check) -> bool:
    """Whether nothing is unread, and what is in doubt is only in which state a disease is."""
    unclear = any(isinstance(node, Ambiguous) and not all(isinstance(leaf, Condition) for leaf in leaves(node)) for node in nodes(check))
    return not unclear and not any(isinstance(leaf, Unread) for leaf in leaves(check)) and is_held(check)


_RECENT = pattern_of(r"\b(?:recent|prior|previous|past)(?:\s+history)?$", re.IGNORECASE)


def _heads(match: re.Match[str]) -> _Heads:
    return _Heads([" ".join(match[name].split()) for name in ("one", "mid", "two") if match[name]], _LEADS.sub("", match["object"].strip(" ,.;")))


def _of_use(said: _Heads, again: Again) -> Check | None:
    """A treatment that is had, was had, is needed or is planned."""
    there = _OF_THE_TRIAL.sub("", said.object)
    planned = [head for head in said.heads if _IS_TO_COME.fullmatch(head)]
    needed = [head for head in said.heads if _IS_NEED.fullmatch(head)]
    rest = [head for head in said.heads if head not in planned and head not in needed]
    recent = any("recent" in head.lower() for head in rest)
    if len(planned) == len(said.heads) or (not planned and there != said.object) or len(said.times) > 1 or (said.times and _TIME.search(there)) or (recent and not said.times and not _TIME.search(there)):
        return None
    past = any(map(_IS_PAST.fullmatch, rest))
    if past and there != said.object and not said.times and not _TIME.search(there):
        return None  # "received or planned receipt of a vaccine during the study": none of those of years ago
    if said.times:
        there = f"{there} {said.times[0]}"
    found = [again(f"requiring {there}").check] if needed else []
    if rest or not needed:
        had = _had(there, past, again, noun=any(map(_HAS_NOUN.search, said.heads)))
        if had is None:
            return None
        found.append(had)
    if not all(isinstance(leaf, Medication | Procedure | Participation | Statement) for check in found for leaf in leaves(check)) or any(isinstance(node, Ambiguous) for check in found for node in nodes(check)):
        return None
    return any_of([*found, Statement(clean(f"planned {said.object}"))] if planned else found)


def _had(there: str, past: bool, again: Again, *, noun: bool) -> Check | None:
    """The treatment as it is had, or was."""
    if past:
        words = ["prior use of", "prior"]  # ever, now too
    else:
        words = ["use of", ""] if _TIME.search(there) else ["current use of", "current"]
    for word in words if noun else reversed(words):
        check = again(f"{word} {there}".strip()).check
        if all(isinstance(leaf, Medication | Procedure | Participation) and not (past and getattr(leaf, "current", False)) for leaf in leaves(check)):
            return check
    return None


_TIMED = pattern_of(rf"^(?P<head>.*?)(?P<time>{_DAYS})$", re.IGNORECASE)
_ABUSE = Caseless(r"\b(?:abuse|dependen\w+|misuse|addiction)\s+(?:of|to|on)\b")
_HAS_TIME = Caseless(r"\b(?:days?|weeks?|months?|years?)\b")
_GOES_ON = Caseless(r"\b(?:current|active|ongoing)\b")
_BY_SIGN = Caseless(r"\b(?:signs?|symptoms?|findings?|manifestations?)\b")


def _of_findings(said: _Heads, again: Again) -> Check | None:
    """A disease of which there is a history, or a sign."""
    if all(map(_BY_SIGN.search, said.heads)) or _ABUSE.search(said.object):
        return None
    if any(_HAS_TIME.search(head) for head in said.heads) and not all(_HAS_TIME.search(head) or _GOES_ON.search(head) for head in said.heads):
        return None  # "history within 6 months, or presence": an event of years ago is none
    found: list[Check] = []
    for head in said.heads:
        timed = _TIMED.fullmatch(head)
        noun, time = (timed["head"], timed["time"].strip(" ()")) if timed is not None else (head, "")
        word = "of" if not noun.lower().endswith(("test", "tests")) else "for"
        check = again(f"{noun} {word} {said.object} {time}".strip()).check
        if not _is_clear(check):
            return None
        found.append(check)
    return any_of(found) if any(not isinstance(leaf, Statement) for check in found for leaf in leaves(check)) else None
