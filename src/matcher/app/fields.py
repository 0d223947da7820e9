"""The profile's fields as the form shows them: one table, and how each kind of field is read and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pydantic import ValidationError

from matcher.intake.typed import (
    TOP_AGE,
    age_from_birth,
    typed_date,
    typed_dose,
    typed_height,
    typed_number,
    typed_weight,
)
from matcher.matching.precision import body_text
from matcher.model.dates import PartialDate, whole_day
from matcher.model.profile import (
    ID_PATTERN,
    Allergy,
    Answer,
    Condition,
    Entry,
    Lab,
    Medication,
    Participation,
    Procedure,
    Relative,
    Score,
)

NOT_RECORDED = "not recorded"
_BODY = {"weight": "body weight", "height": "height"}
_DATES = "2026-03-05, 2026-03, 2026, 3 weeks ago, -10d"
RESTATED = ("age", "date", "day", "height", "number", "value", "weight")  # kinds that show what was understood


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its key in the profile, its label, its kind, and the choices or the hint that go with it.

    `names` is the list whose names are offered while one is typed, or "units" for those of the test beside it.
    `empty` is what a choice is called while none is made.
    """

    key: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""
    needed: bool = False
    names: str = ""
    empty: str = NOT_RECORDED


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list of the profile: its key, what one row is called, the row's fields, and the model it makes."""

    key: str
    row: str
    model: type[Entry]
    fields: tuple[FieldSpec, ...]


def _date(key: str, label: str, hint: str = _DATES) -> FieldSpec:
    return FieldSpec(key, label, "date", hint=hint)


def _tri(key: str, label: str) -> FieldSpec:
    return FieldSpec(key, label, "yesno", ("yes", "no"))


_PRESENT = FieldSpec("status", "status", "choice", ("present", "absent"))
WHO = (
    FieldSpec("id", "code", "code", hint="a code the site made up, never a name", needed=True),
    FieldSpec("as_of", "facts as of", "day", hint="2026-11-21"),
    FieldSpec("age", "age", "age", hint="years, 90+ or a birth date, which is not kept"),
    FieldSpec("sex", "sex", "choice", ("female", "male")),
    FieldSpec("weight_kg", "weight, kg", "weight", hint="61.5, 135 lb"),
    FieldSpec("height_cm", "height, cm", "height", hint="164, 5 ft 4 in"),
    _tri("healthy", "healthy volunteer"),
    _tri("pregnant", "pregnant"),
    _tri("breastfeeding", "breastfeeding"),
    _tri("childbearing_potential", "childbearing potential"),
    _tri("contraception", "effective contraception"),
    FieldSpec("smoking", "smoking", "choice", ("never", "former", "current")),
    _date("smoking_stopped", "smoking stopped"),
)
NOTE = (FieldSpec("note", "note", "long", hint="free words, no names, birth dates or record numbers"),)
COMPLETE = tuple(
    FieldSpec(key, label, "complete", choices=("no", "current", "ever"), hint="no, current, ever (left and right turn them), or a date: complete since then")
    for key, label in (
        ("conditions", "conditions"),
        ("medications", "medications"),
        ("procedures", "procedures"),
        ("allergies", "allergies"),
        ("trials", "other studies"),
        ("family_history", "family history"),
    )
)
LISTS = (
    ListSpec(
        "conditions",
        "condition",
        Condition,
        (
            FieldSpec("name", "condition", needed=True, names="conditions"),
            FieldSpec("status", "status", "choice", ("active", "resolved", "suspected", "absent"), needed=True),
            FieldSpec("stage", "class, grade, stage", hint="IV, IV+V, IIIB, NYHA II"),
            FieldSpec("severity", "severity"),
            FieldSpec("confirmed_by", "confirmed by", "words", hint="biopsy, 2012 SLICC (commas between)"),
            _date("since", "since", f"when it began; left out: when diagnosed ({_DATES})"),
            _date("diagnosed", "diagnosed"),
            _date("until", "until"),
        ),
    ),
    ListSpec(
        "labs",
        "lab value",
        Lab,
        (
            FieldSpec("test", "test", needed=True, names="labs"),
            FieldSpec("value", "value", "value", hint="182, or words: positive, <0.02, 1:160", needed=True),
            FieldSpec("unit", "unit", hint="as the report prints it", names="units"),
            _date("date", "date"),
            FieldSpec("uln", "upper limit", "number", hint="the report's own"),
            FieldSpec("lln", "lower limit", "number", hint="the report's own"),
        ),
    ),
    ListSpec(
        "scores",
        "score",
        Score,
        (
            FieldSpec("name", "score", needed=True, names="scores"),
            FieldSpec("value", "value", "value", hint="10, or words: B", needed=True),
            _date("date", "date"),
        ),
    ),
    ListSpec(
        "medications",
        "medication",
        Medication,
        (
            FieldSpec("name", "drug or class", needed=True, names="medications"),
            FieldSpec("status", "status", "choice", ("current", "past", "absent"), "left out: current unless stopped"),
            FieldSpec("dose", "dose", "dose", hint="2, or 2 g/day"),
            FieldSpec("unit", "unit", hint="mg/day"),
            FieldSpec("route", "route", hint="oral"),
            _date("start", "start"),
            _date("stop", "stop"),
            _date("stable_since", "dose stable since"),
            FieldSpec("response", "response", "choice", ("complete", "partial", "inadequate", "none", "intolerant")),
            FieldSpec("indication", "for"),
            FieldSpec("setting", "setting", hint="adjuvant, maintenance"),
            FieldSpec("stop_reason", "stopped because"),
        ),
    ),
    ListSpec(
        "procedures",
        "procedure",
        Procedure,
        (
            FieldSpec("name", "procedure", needed=True, names="procedures"),
            FieldSpec("status", "status", "choice", ("done", "absent")),
            _date("date", "date"),
            _date("until", "until", "where it lasted"),
            FieldSpec("finding", "finding"),
        ),
    ),
    ListSpec(
        "allergies", "allergy", Allergy, (FieldSpec("substance", "drug, class, substance", needed=True, names="allergies"), _PRESENT)
    ),
    ListSpec(
        "trials",
        "study",
        Participation,
        (
            FieldSpec("name", "study"),
            FieldSpec("kind", "kind", "choice", ("drug", "device", "behavioural", "observational")),
            FieldSpec("drug", "drug", names="medications"),
            _date("start", "start"),
            _date("stop", "stop"),
        ),
    ),
    ListSpec(
        "family_history",
        "relative's disease",
        Relative,
        (
            FieldSpec("name", "disease", needed=True, names="family_history"),
            FieldSpec("relation", "relation", hint="mother"),
            _PRESENT,
        ),
    ),
    ListSpec(
        "answers",
        "answered statement",
        Answer,
        (
            FieldSpec("statement", "statement", needed=True),
            FieldSpec("holds", "is it so", "yesno", ("yes", "no"), needed=True),
            _date("date", "date"),
        ),
    ),
)
LIST = {one.key: one for one in LISTS}


def parse(spec: FieldSpec, text: str, today: date) -> Any:
    """The field's value; None where nothing is recorded; ValueError says in words what was expected."""
    text = text.strip()
    if not text or text == NOT_RECORDED:
        if spec.needed:
            raise ValueError(f"{spec.label}: cannot be left out")
        return None
    return _PARSERS[spec.kind](text, today)


def written(value: Any) -> str:
    """A field's value as the form shows it; "" where nothing is recorded."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def as_shown(spec: FieldSpec, value: Any) -> str:
    """A field's value as it is shown: a weight or height that was converted is rounded here, and kept exactly."""
    if spec.kind == "complete" and value is not None:
        return completeness(value)
    name = _BODY.get(spec.kind)
    return body_text(name, value) if name and value is not None else written(value)


def completeness(value: Any) -> str:
    """How far a list is complete, in words."""
    return (
        {True: "ever", False: "no"}.get(value, str(value))
        if isinstance(value, bool)
        else f"since {value}"
        if value != "current"
        else "current"
    )


def entry_of(spec: ListSpec, values: dict[str, Any]) -> Entry:
    """The row that the fields make; ValueError says what does not fit."""
    return spec.model.checked({key: value for key, value in values.items() if value is not None})


def texts_of(fields: tuple[FieldSpec, ...], entry: Entry) -> dict[str, str]:
    """What the fields of a row show, by their keys."""
    return {spec.key: as_shown(spec, getattr(entry, spec.key)) for spec in fields}


def usual_of(spec: ListSpec) -> dict[str, Any]:
    """What a new row records where nothing else is said, so that the editor shows it: status active, done, present."""
    return {one.name: one.default for one in fields(cast(Any, spec.model)) if isinstance(one.default, str)}


def words_of(error: Exception) -> str:
    """What a refused value was refused for, in words."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = _in_words(first["msg"].removeprefix("Value error, "))
    return f"{place}: {message}" if place and place not in message else message


def _in_words(message: str) -> str:
    found = re.match(r"(\w+)\[(\d+)\]\.(\w+)", message)
    if found and found[1] in LIST:
        label = next((spec.label for spec in LIST[found[1]].fields if spec.key == found[3]), found[3])
        message = f"{LIST[found[1]].row} {found[2]}, {label}{message[found.end() :]}"
    return message.replace("as_of = ", "the day of the facts, ")


def _text(text: str, today: date) -> str:
    return text


def _number(text: str, today: date) -> Decimal:
    return typed_number(text)


def _value(text: str, today: date) -> Decimal | str:
    return typed_number(text) if re.fullmatch(r"[+-]?\d+([.,]\d+)?", text) else text


def _age(text: str, today: date) -> Decimal | str:
    if text == "90+":
        return text
    if re.fullmatch(r"\d{1,3}([.,]\d+)?", text):
        number = typed_number(text)
        if number < TOP_AGE:
            return number
        if number <= 130:
            raise ValueError("an age of 90 or more could tell who somebody is: write 90+")
    elif re.search(r"\d{4}", text):
        return age_from_birth(text, today)
    raise ValueError("expected an age in years such as 34, or 90+, or a birth date, which is not kept")


def _code(text: str, today: date) -> str:
    if not re.match(ID_PATTERN, text):
        raise ValueError("expected up to 40 letters, digits, . _ or -, beginning with a letter or digit")
    return text


def _partial(text: str, today: date) -> PartialDate:
    return typed_date(text, today)


def _day(text: str, today: date) -> date:
    return whole_day(typed_date(text, today))


def _yesno(text: str, today: date) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("expected yes or no")
    return text == "yes"


def _words(text: str, today: date) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _complete(text: str, today: date) -> bool | str | PartialDate:
    said = text.casefold().removeprefix("since ").strip()
    known: dict[str, bool | str] = {"no": False, "ever": True, "yes": True, "current": "current"}
    if said in known:
        return known[said]
    try:
        return _partial(said, today)
    except ValueError:
        raise ValueError("expected no, ever, current, or a date such as 2024-03") from None


_PARSERS: dict[str, Callable[[str, date], Any]] = {
    "text": _text,
    "long": _text,
    "choice": _text,
    "number": _number,
    "dose": lambda text, today: typed_dose(text)[0],
    "weight": lambda text, today: typed_weight(text),
    "height": lambda text, today: typed_height(text),
    "value": _value,
    "age": _age,
    "code": _code,
    "date": _partial,
    "day": _day,
    "yesno": _yesno,
    "words": _words,
    "complete": _complete,
}
