"""The facts that trials ask for and nobody recorded, each in a few words that no other of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from matcher.model.match import AskNext
from matcher.model.verdict import Question
from matcher.session.answers import field_of

# What a question asks for besides the fact itself, by the field of a row that answers it.
_FIELDS = {
    "status": "confirmed", "since": "since when", "until": "until when", "start": "since when", "stable_since": "dose unchanged since",
    "uln": "upper limit", "lln": "lower limit", "unit": "unit", "route": "route", "setting": "setting", "response": "response", "dose": "dose", "stage": "stage",
}


def asked_names(asks: Sequence[AskNext], states: dict[str, str]) -> Iterator[str]:
    """A name for each question in turn; `states` are the keys of the patient that are called otherwise. Several of one name say what they ask."""
    names = [(states.get(one.question.name, one.question.name) if one.question.list == "profile" else one.question.name) or one.question.question for one in asks]
    often = Counter(names)
    for name, one in zip(names, asks, strict=True):
        asked = asks_for(one.question) if often[name] > 1 else ""
        yield f"{name}: {asked}" if asked else name


def asks_for(question: Question) -> str:
    """What a question asks of its fact: "ever", "within 6 months", "allergy", "dose"."""
    head, _, tail = question.question.partition(question.name)
    tail = tail.partition(", other than the recorded")[0].strip(" ?")
    if question.list == "allergies":
        return "allergy"
    if (asked := _FIELDS.get(field_of(question))) or tail:
        return asked or tail
    return next((word for word in ("active", "ever") if word in head.split()), "")


__all__ = ["asked_names", "asks_for"]
