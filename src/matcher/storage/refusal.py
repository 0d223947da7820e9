"""What is said when a file or a value is refused: one line with the file, the place and what was expected."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from matcher.model.patterns import pattern_of

_CONTROL = pattern_of(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class InputError(Exception):
    """Input that was refused; as text, one line: file, place, message."""

    def __init__(self, file: str, place: str, message: str) -> None:
        self.file = one_line(file)
        self.place = one_line(place)
        self.message = one_line(message)
        super().__init__(self.file, self.place, self.message)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class ChangedOnDisk(InputError):
    """A file that somebody else changed since it was read; nothing was written over it."""


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return _CONTROL.sub(" ", text).strip()


def shown(value: Any) -> str:
    """A refused value as a person would have typed it, shortened."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < 10**30 else "a very long number"
        case float() | Decimal():
            return f"{value}"[:40]
        case date() | time():
            return value.isoformat()
        case str():
            return f'"{one_line(value[:60])}{"…" if len(value) > 60 else ""}"'
        case list() | tuple():
            return "a list"
        case dict():
            return "a table of keys"
        case None:
            return "nothing"
    return type(value).__name__
