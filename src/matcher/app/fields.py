"""The profile's fields as the form shows them: one table, and how what they hold is written."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, cast

from pydantic import ValidationError

from matcher.matching.precision import body_text
from matcher.model.patterns import pattern_of
from matcher.model.profile import (
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

    def label_of(self, key: str) -> str:
        """What a field of the row is called."""
        return next((spec.label for spec in self.fields if spec.key == key), key)


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
    place, message = _refused(error)
    if found := _OF_ROW.match(message):
        row = LIST[found[1]]
        message = f"{row.row} {found[2]}, {row.label_of(found[3])}{message[found.end() :]}"
    return f"{place}: {message}" if place and place not in message else message


def refused_in(error: Exception, row: str) -> tuple[str, str]:
    """The field of a row in which something was refused, "" where it is not of this list, and what for, in words."""
    found = _OF_ROW.match(message := _refused(error)[1])
    if found is None or found[1] != row:
        return "", words_of(error)
    return found[3], f"{LIST[row].label_of(found[3])}{message[found.end() :].replace(' = ', ' ', 1)}"


_OF_ROW = pattern_of(rf"({'|'.join(LIST)})\[(\d+)\]\.(\w+)")  # such as "labs[2].date"


def _refused(error: Exception) -> tuple[str, str]:
    """Where something was refused and what for; the place is "" where it is told with the rest."""
    if not isinstance(error, ValidationError):
        return "", str(error)
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ").replace("as_of = ", "the day of the facts, ")
    return ".".join(str(part) for part in first["loc"]), message
