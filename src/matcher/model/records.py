"""The records that meet files and people: frozen dataclasses, built from plain values that are checked first.

What a file says plainly right is taken up directly. Anything else goes to pydantic, loaded only then, which decides
and words the refusal; the direct way accepts nothing that pydantic would refuse.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, Union, get_args, get_origin

Reader = Callable[[Any], Any]


class Reads:
    """How a field is read from a plain value: `read` returns the field's value, or ValueError says what was expected."""

    __slots__ = ("read",)

    def __init__(self, read: Reader) -> None:
        self.read = read

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The field's schema for pydantic: the same reader."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)


class Record:
    """The common frame: immutable, and an unknown key is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """The record that plain values describe; pydantic's ValidationError, a ValueError, says what does not fit."""
        found = directly(cls, values)
        return found if found is not None else _adapter(_any(cls)).validate_python(dict(values))  # type: ignore[no-any-return]

    def plain(self) -> dict[str, Any]:
        """The record as plain TOML-ready values: only what is recorded, in the schema's order."""
        return {name: plain_of(value) for name, value, default in _held(self) if value is not None and value != default}

    def known(self) -> dict[str, Any]:
        """The record as plain values with every key that has one, whether or not it is the usual one."""
        return {name: _known(value) for name, value, _ in _held(self) if value is not None}


def writable(text: str) -> str:
    """The text itself; ValueError where it holds half a character, which no file can."""
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError("expected text without broken characters") from None
    return text


def keys(kind: type[Record]) -> tuple[str, ...]:
    """The keys of a record, in the schema's order."""
    return tuple(_fields(_any(kind)))


def entries_in(kind: type[Record], key: str) -> type[Record] | None:
    """The kind of record that a key's list or table holds; None where it holds plain values."""
    return _record_in(_hints(_any(kind)).get(key))


def directly(kind: type[Any], values: Any) -> Any | None:
    """The record, where every value is plainly right; None where only pydantic can tell."""
    try:
        return _built(kind, values)
    except (ValueError, TypeError, ArithmeticError):
        return None


def _built(kind: type[Any], values: Any) -> Any:
    if isinstance(values, kind):
        return values
    if type(values) is not dict:
        raise TypeError(kind)
    readers = _readers(_any(kind))
    return kind(**{name: readers[name](value) if name in readers else _refused(name) for name, value in values.items()})


def _any(kind: object) -> Any:
    # A class may be a cache's key, which the type checker denies for a dataclass.
    return kind


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """What the fields are said to hold, all evaluated at once: for each by itself, as `get_type_hints` does, more is compiled than a class holds."""
    said = {one.name: str(one.type) for one in fields(kind)}
    found = eval(f"[{', '.join(said.values())}]", vars(sys.modules[kind.__module__]))
    return dict(zip(said, found, strict=True))


@cache
def _fields(kind: Any) -> dict[str, Any]:
    return {one.name: _default(one) for one in fields(kind)}


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _held(record: Any) -> list[tuple[str, Any, Any]]:
    return [(name, getattr(record, name), default) for name, default in _fields(_any(type(record))).items()]


def plain_of(value: Any) -> Any:
    """A field's value as a TOML file holds it."""
    if isinstance(value, Record):
        return value.plain()
    if isinstance(value, list):
        return [plain_of(one) for one in value]
    if isinstance(value, Decimal):
        return _number(value)
    return value.plain() if hasattr(value, "plain") else value


def _known(value: Any) -> Any:
    if isinstance(value, Record):
        return value.known()
    return [_known(one) for one in value] if isinstance(value, list) else plain_of(value)


def _number(value: Decimal) -> int | float | Decimal:
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(str(float(value))) == value else value


@cache
def _readers(kind: Any) -> dict[str, Reader]:
    hints = _hints(kind)
    return {name: _reader(hints[name]) for name in _fields(kind)}


def _reader(hint: Any) -> Reader:
    """How a value of an annotated type is read; every reader refuses what is not plainly of the type."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next((mark.read for mark in parts[1:] if isinstance(mark, Reads)), None) or _reader(parts[0])
    if origin in (Union, UnionType):
        inner = [part for part in parts if part is not NoneType]
        # A value that is None is left out of a file altogether, and pydantic decides between several types.
        return _reader(inner[0]) if len(inner) == 1 else _refused
    if origin is Literal:
        return lambda value: value if type(value) in {type(one) for one in parts} and value in parts else _refused(value)
    if origin is list:
        one = _reader(parts[0])
        return lambda value: [one(part) for part in value] if type(value) is list else _refused(value)
    if is_dataclass(hint):
        return lambda value: _built(hint, value)  # type: ignore[arg-type]
    if hint is str:
        return lambda value: writable(value) if type(value) is str else _refused(value)
    return lambda value: value if type(value) is hint else _refused(value)


def _refused(value: object) -> Any:
    raise TypeError(value)


def _record_in(hint: Any) -> type[Record] | None:
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    return next((found for part in get_args(hint) if (found := _record_in(part))), None)


__all__ = ["Reads", "Record", "directly", "entries_in", "keys", "plain_of", "writable"]
