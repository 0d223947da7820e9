"""Where a recorded "no" and a recorded fact contradict each other: "biologics: absent" beside belimumab."""

from __future__ import annotations

from datetime import date
from typing import Any

from matcher.matching.entries import NARROWING
from matcher.model.dates import PartialDate
from matcher.model.profile import Entry, Profile
from matcher.model.records import entries_in
from matcher.model.verdict import Question
from matcher.session.answers import BEGINS, CAN_BE_ABSENT, NAMED_BY, known_as, recorded_name, same_wording
from matcher.session.doubts import Doubt
from matcher.vocabulary import Concept, Relation, load

_OPEN = ("absent", "suspected")
# The days of an entry by which it was over, the first that is recorded counts.
_ENDS = {"conditions": ("until",), "medications": ("stop",), "procedures": ("until", "date")}
_OVER = ("resolved", "past", "done")
# What makes a "no" one of something narrower than its name says.


def holds_some(profile: Profile, question: Question, since: date | None = None) -> bool:
    """Whether the list holds what a "no" to the question, for all time or since a day, would contradict."""
    if question.list not in CAN_BE_ABSENT:
        return False
    begins = {BEGINS[question.list]: PartialDate(since, since)} if since and question.list in BEGINS else {}
    kind: Any = entries_in(Profile, question.list)
    no = kind(**{NAMED_BY[question.list]: question.name, "status": "absent", **begins})
    return any(_contradict(question.list, no, one) for one in getattr(profile, question.list))


def clash_doubts(profile: Profile, listed: str, place: int | None, entry: Entry) -> list[Doubt]:
    """What of the record a row contradicts, in words; `place` is where it stands already."""
    if listed not in CAN_BE_ABSENT:
        return []
    others = [one for at, one in enumerate(getattr(profile, listed)) if at != place]
    name = recorded_name(entry, listed)
    for one in others:
        if _contradict(listed, one, entry) or _contradict(listed, entry, one):
            there, state = recorded_name(one, listed), _state(one)
            return [Doubt(NAMED_BY[listed], f"“{there}” is recorded as {state}, which “{name}” as {_state(entry)} contradicts: is it right?")]
    return []


def clash_words(listed: str, no: Entry, fact: Entry) -> str:
    """That a recorded "no" denies a fact of the same list, in words; "" where it does not."""
    if not _contradict(listed, no, fact):
        return ""
    return f"“{recorded_name(no, listed)}” is recorded as absent, and “{recorded_name(fact, listed)}” as {_state(fact)}: which is right?"


def _contradict(listed: str, no: Entry, fact: Entry) -> bool:
    """Whether the first row says that there was none of what the second says there was."""
    if _state(no) != "absent" or _state(fact) in _OPEN or any(getattr(no, part, None) for part in NARROWING):
        return False
    if getattr(no, "relation", None) not in (None, getattr(fact, "relation", None)):
        return False
    return _is_kind(listed, recorded_name(fact, listed), recorded_name(no, listed)) and not _before(listed, fact, getattr(no, BEGINS.get(listed, ""), None))


def _is_kind(listed: str, name: str, of: str) -> bool:
    have, asked = known_as(listed, name), known_as(listed, of)
    if isinstance(have, Concept) and isinstance(asked, Concept):
        return load().relation(have, asked) in (Relation.SAME, Relation.NARROWER)
    return same_wording(name, of)


def _before(listed: str, fact: Entry, since: PartialDate | None) -> bool:
    """Whether a fact may all have been over before the day since which there was none."""
    if since is None:
        return False
    ends = next((when for part in _ENDS.get(listed, ()) if (when := getattr(fact, part)) is not None), None)
    return _state(fact) in _OVER if ends is None else ends.first < since.last


def _state(entry: Entry) -> str:
    return str(getattr(entry, "state", None) or getattr(entry, "status", ""))


__all__ = ["clash_doubts", "clash_words", "holds_some"]
