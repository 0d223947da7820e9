"""A nurse's reply to a question, turned into a recorded fact. Nothing is recorded that she did not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from matcher.matching.words import no_other, of_another, with_unit
from matcher.model.dates import PartialDate
from matcher.model.profile import LISTS, Answer, Entry, Lab, Profile, Score
from matcher.model.records import entries_in, keys, plain_of
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Measure, load

NAMED_BY = {
    "conditions": "name",
    "labs": "test",
    "scores": "name",
    "medications": "name",
    "procedures": "name",
    "allergies": "substance",
    "trials": "name",
    "family_history": "name",
    "answers": "statement",
}
_CONCEPTS = {
    "conditions": "condition",
    "medications": "treatment",
    "procedures": "procedure",
    "allergies": "treatment",
    "family_history": "condition",
}
BEGINS = {"conditions": "since", "medications": "start", "procedures": "date"}
HAS_NOW, _OR_SUSPECTED = "Does the patient have", "known or suspected?"
ANOTHER_ROW = "another row"
# The list and kind of answer of a question, how it begins, and the field that it asks for.
_FIELDS = (
    ("conditions", "yesno", "Is the suspected", "status"),
    ("conditions", "date", "Since when", "since"),
    ("conditions", "date", "When did", "until"),
    ("conditions", "text", "Was", "confirmed_by"),
    ("conditions", "word", "Which stage", "stage"),
    ("labs", "number", "What is the report's upper", "uln"),
    ("labs", "number", "What is the report's lower", "lln"),
    ("labs", "number", "In which unit", "unit"),
    ("medications", "date", "Since when has the dose", "stable_since"),
    ("medications", "date", "Since when", "start"),
    ("medications", "word", "By which route", "route"),
    ("medications", "word", "In which setting", "setting"),
    ("medications", "choice", "How did", "response"),
    ("medications", "dose", "What is", "dose"),
    ("medications", "dose", "What was", ANOTHER_ROW),
    ("procedures", "text", "What did", "finding"),
)
CAN_BE_ABSENT = ("conditions", "medications", "procedures", "allergies", "family_history")


class NeedsEntry(Exception):
    """The reply alone does not make a whole fact: the row's other fields have to be filled in by the nurse."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the nurse replied: yes or no, or a value with its unit, and the day it was so where she gave one.

    `ever` says of a "no" that it holds for all time: a question about the last year does not ask that by itself; `since`
    says from which day on it holds.
    """

    yes: bool | None = None
    ever: bool = False
    since: date | None = None
    value: Decimal | str | None = None
    unit: str | None = None
    date: PartialDate | None = None

    def words(self) -> str:
        """The reply in words, for the message that says it was recorded."""
        no = "never" if self.ever else f"no since {self.since}" if self.since else "no"
        said = {True: "yes", False: no, None: ""}[self.yes]
        if self.value is not None:
            said = with_unit(self.value, self.unit)
        return f"{said.strip()}{f' on {self.date}' if self.date else ''}"


def replaced(profile: Profile, **changes: Any) -> Profile:
    """The profile with `changes`, checked as a whole; ValueError (pydantic's) says what does not fit."""
    values = {**profile.plain(), **{name: plain_of(value) for name, value in changes.items()}}
    return Profile.checked({name: value for name, value in values.items() if value is not None})


def recorded_name(entry: Entry, listed: str) -> str:
    """The wording under which an entry of list `listed` is recorded."""
    return str(getattr(entry, NAMED_BY[listed]) or "")


def settle(profile: Profile, question: Question, reply: Reply, day: date) -> Profile:
    """The profile with the reply recorded; NeedsEntry where only a whole row can say it."""
    if question.list not in LISTS:
        return _key(profile, question, reply)
    match question.list:
        case "answers":
            return _statement(profile, question, reply, day)
        case "labs" | "scores":
            return _measured(profile, question, reply)
    if reply.yes is False and question.list in CAN_BE_ABSENT and (reply.ever or reply.since or question.list == "allergies"):
        return _absent(profile, question, reply)
    raise NeedsEntry


def typed_in_place(profile: Profile, question: Question) -> bool:
    """Whether the answer is a value of its own: not a unit, a limit or a part of a row that is recorded already."""
    if question.list == "profile":
        return True
    if question.list not in ("labs", "scores"):
        return False
    measure = load().measure(question.name)
    return row_for(profile, question) is None or (measure is not None and question.question == measure.question)


def row_for(profile: Profile, question: Question) -> int | None:
    """The place of the latest recorded row that the question is about; None where there is none."""
    if question.list not in NAMED_BY:
        return None
    if of_another(question.question) or field_of(question) == ANOTHER_ROW:
        return None
    asked = known_as(question.list, question.name)
    places = []
    for place, entry in enumerate(getattr(profile, question.list)):
        name = recorded_name(entry, question.list)
        if same_wording(name, question.name) or (asked is not None and known_as(question.list, name) == asked):
            when = getattr(entry, "date", None)
            places.append((when.last if when else date.min, place))
    return max(places)[1] if places else None


def field_of(question: Question) -> str:
    """The field of a row that a question asks for: "" for the row as a whole, ANOTHER_ROW for one more row."""
    for listed, answer, begin, field in _FIELDS:
        if (question.list, question.answer) == (listed, answer) and question.question.startswith(begin):
            return field
    return ""


def known_as(listed: str, wording: str) -> Concept | Measure | None:
    """What the vocabulary knows by a wording of a list."""
    vocabulary = load()
    match _CONCEPTS.get(listed, ""):
        case "condition":
            return vocabulary.condition(wording)
        case "treatment":
            return vocabulary.treatment(wording)
        case "procedure":
            return vocabulary.procedure(wording)
    return vocabulary.recorded_measure(wording) if listed in ("labs", "scores") else None


def starter(question: Question, reply: Reply) -> Mapping[str, Any]:
    """The fields of a new row that the question and the reply already give."""
    given: dict[str, Any] = {NAMED_BY[question.list]: question.name} if question.list in NAMED_BY else {}
    if question.list in ("labs", "scores"):
        given |= {"value": reply.value, "date": reply.date}
    if question.list == "labs":
        given["unit"] = reply.unit or question.unit
    if question.list == "medications" and question.unit:
        given["unit"] = question.unit
    if reply.yes is False and question.list in CAN_BE_ABSENT:
        given["status"] = "absent"
    if reply.yes and question.list == "conditions" and question.question.startswith(HAS_NOW) and not question.question.endswith(_OR_SUSPECTED):
        given["status"] = "active"
    if question.list == "medications" and field_of(question) == ANOTHER_ROW:
        given["status"] = "past"
    return {key: value for key, value in given.items() if value is not None}


def settle_no_other(profile: Profile, question: Question, day: date, *, ever: bool) -> Profile:
    """The profile with the answer that there is none besides what a question names as recorded: in its time, or `ever`."""
    asked = Question("answers", no_other(question, ever=ever), "yesno", None, question.question)
    return _statement(profile, asked, Reply(yes=False), day)


def _key(profile: Profile, question: Question, reply: Reply) -> Profile:
    key = question.name.strip().replace(" ", "_").replace("-", "_")
    value = reply.value if reply.value is not None else reply.yes
    if key not in keys(Profile) or value is None:
        raise NeedsEntry
    return replaced(profile, **{key: value})


def _statement(profile: Profile, question: Question, reply: Reply, day: date) -> Profile:
    if reply.yes is None:
        raise NeedsEntry
    said = Answer(statement=question.name, holds=reply.yes, date=reply.date or PartialDate(day, day))
    others = [one for one in profile.answers if same_wording(one.statement, question.name) is False]
    return replaced(profile, answers=[*others, said])


def _measured(profile: Profile, question: Question, reply: Reply) -> Profile:
    value = reply.value
    if reply.value is not None and not typed_in_place(profile, question):
        raise NeedsEntry
    if value is None and reply.yes is not None and question.answer == "posneg":
        value = "positive" if reply.yes else "negative"
    if value is None:
        raise NeedsEntry
    listed = question.list
    entry: Entry
    if listed == "labs":
        entry = Lab(test=question.name, value=value, unit=reply.unit, date=reply.date)
    else:
        entry = Score(name=question.name, value=value, date=reply.date)
    kept = [
        one
        for one in getattr(profile, listed)
        if not (same_wording(recorded_name(one, listed), question.name) and one.date is None)
    ]
    return replaced(profile, **{listed: [*kept, entry]})


def _absent(profile: Profile, question: Question, reply: Reply) -> Profile:
    """The profile with a "no": for all time, or since a day where the list has a date for it."""
    if reply.since and question.list not in BEGINS:
        raise NeedsEntry
    entries = getattr(profile, question.list)
    same = [one for one in entries if same_wording(recorded_name(one, question.list), question.name)]
    if not all(reply.ever and one.status == "absent" for one in same):  # "never" says more than a "no" of some day
        raise NeedsEntry
    kind: Any = entries_in(Profile, question.list)
    since = {BEGINS[question.list]: PartialDate(reply.since, reply.since)} if reply.since else {}
    no = kind(**{NAMED_BY[question.list]: question.name, "status": "absent", **since})
    return replaced(profile, **{question.list: [*(one for one in entries if one not in same), no]})


def same_wording(first: str, second: str) -> bool:
    """Whether two wordings are spelt alike but for case and spaces."""
    return first.casefold().split() == second.casefold().split()
