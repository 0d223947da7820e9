"""Whether the time behind a list is said of its earlier members too: "uncontrolled hypertension, stroke or infarction within 6 months"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import All, Ambiguous, Any, Condition, Procedure, Unread, Window
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.members import Frame, Member
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

# A time of its own, so that the one behind the list is not said of it.
_AT_ENTRY = Caseless(r"\s*\(?(?:at|on|upon) (?:the )?(?:time of |day of )?(?:screening|baseline|enrol\w+|entry|randomi\w+|inclusion|presentation|admission|study entry)\b")
# States that are those of the day on which they are asked.
_OF_NOW = frozenset(("uncontrolled", "symptomatic", "unstable", "decompensated", "uncompensated", "untreated"))
# What is done once and stays done: asked for at any time more often than in the last weeks.
STAYS = pattern_of(r"transplant|(?:splen|pneumon|nephr|gastr|col|hyster|thyroid|pancreat|hepat)ectomy$|amputation|\w{3}ostomy$|cirrhosis", re.IGNORECASE)
# What stays in place is had, not done, where its own name stands for it: "have a pacemaker or a stroke within a year"; stenting or an implantation is done.
_IN_PLACE = Caseless(r".*\b(?:pacemakers?|defibrillators?|icds?|shunts?|implants?|stimulators?|prosthes[ie]s|valves?|stents?|pumps?|iuds?|prosthetic \w+|artificial \w+|(?:intrauterine|cardiac|electronic|implant\w+|assist) devices?)")
_SHORT = 1  # year: a window beyond it may well be meant for what stays done, too
_HALF_A_NAME = Caseless(r"\w*(?:al|ic|ar|ary|ory|ous|ive)")  # "viral" of "viral or fungal infection"


def has_its_own_time(member: Member, text: str) -> bool:
    """Whether a member says of itself that it is asked for as it stands today."""
    own = member.own
    if _HALF_A_NAME.fullmatch(member.token.text) is not None:
        return False
    now = own.phase == "active" or any(one in _OF_NOW for degree in own.degrees for one in degree)
    return (member.token.tag == "cond" and now and own.head == "") or _AT_ENTRY.match(text, member.token.end) is not None


def may_be_at_any_time(member: Member, last: Member, window: Window) -> bool:
    """Whether a member may be asked for at any time: a device in place, or what stays done where the time behind the list is short."""
    if _IN_PLACE.fullmatch(member.token.text) is not None:
        return _IN_PLACE.fullmatch(last.token.text) is None
    within = window.within
    short = within is not None and (within.unit != "year" or within.number <= _SHORT)
    return short and STAYS.search(member.term.label) is not None and STAYS.search(last.term.label) is None


def led_on(carried: Frame, first: Member, own: Frame, window: Window | None) -> Frame:
    """What a member takes over from those before it: where a time is asked for, not that it goes on today."""
    said_of_all = window is None or own.phase == "active" or _HALF_A_NAME.fullmatch(first.token.text) is not None
    return carried._replace(phase="") if carried.phase == "active" and not said_of_all else carried


_IN_BRACKETS = pattern_of(
    r"\(\s*(?:within|in|during)\s+(?:the\s+)?(?:past|last|previous|preceding|prior)?\s*(?P<number>\d+|one|two|three|four|six|twelve)?\s*(?P<unit>day|week|month|year)s?"
    r"(?:\s+(?:prior to|before|of)\s+(?:the\s+)?(?:screening|baseline|enrol\w+|inclusion|randomi\w+|entry|study entry|study|v1|visit 1)(?:\s+visit)?)?\s*\)",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12}


def with_time_in_brackets(read: Read) -> Read:
    """ "Stroke or gout (within 6 months)": the last within it, those before it at any time or within it too."""
    check = read.check
    if not isinstance(check, All) or len(check.parts) != 2 or not isinstance(check.parts[0], Any) or not isinstance(check.parts[1], Unread):
        return read
    said = _IN_BRACKETS.fullmatch(check.parts[1].text)
    members = check.parts[0].parts
    if said is None or not all(isinstance(one, Condition | Procedure) and one.window is None and getattr(one, "phase", "") in ("", "history") for one in members):
        return read
    number = said["number"] or "1"
    window = Window(within=Span(Decimal(_NUMBERS.get(number.casefold(), 0) or number), said["unit"].casefold()))
    timed = [replace(one, window=window) if isinstance(one, Condition | Procedure) else one for one in members]
    parts = (*(Ambiguous((one, then)) for one, then in zip(members[:-1], timed[:-1], strict=True)), timed[-1])
    return Read(Any(parts), (*(place for place in read.spans[: len(members) - 1] for _ in (0, 1)), read.spans[len(members) - 1]))


__all__ = ["STAYS", "has_its_own_time", "led_on", "may_be_at_any_time", "with_time_in_brackets"]
