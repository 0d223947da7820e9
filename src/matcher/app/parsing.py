"""What is typed into a field of the form, as its value; what cannot be one is refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from matcher.app.fields import NOT_RECORDED, FieldSpec
from matcher.intake.typed import (
    TOP_AGE,
    age_from_birth,
    typed_date,
    typed_dose,
    typed_height,
    typed_number,
    typed_weight,
)
from matcher.model.dates import PartialDate, whole_day
from matcher.model.profile import ID_PATTERN


def parse(spec: FieldSpec, text: str, today: date) -> Any:
    """The field's value; None where nothing is recorded; ValueError says in words what was expected."""
    text = text.strip()
    if not text or text == NOT_RECORDED:
        if spec.needed:
            raise ValueError(f"{spec.label}: cannot be left out")
        return None
    return _PARSERS[spec.kind](text, today)


def _text(text: str, today: date) -> str:
    return text


def _number(text: str, today: date) -> Decimal:
    return typed_number(text)


def _value(text: str, today: date) -> Decimal | str:
    try:
        return typed_number(text)
    except ValueError:
        if re.fullmatch(r"[+-]?\d+[.,]\d+", text):
            raise
        return text


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
    except ValueError as error:
        if str(error).startswith(("“", "no such")):
            raise
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


__all__ = ["parse"]
