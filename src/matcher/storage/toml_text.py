"""TOML text to plain values and back; whatever the bytes, nothing but InputError is raised."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from matcher.model.patterns import later
from matcher.storage.refusal import InputError, shown

_PLACE = later(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_WORDS = (
    ("Cannot overwrite a value", "this key stands here a second time"),
    ("Cannot declare", "this table stands here a second time"),
    ("Expected '=' after a key", "expected = after the key"),
    ("Invalid value", "expected a value: text in quotes, a number, true, false or a date"),
    ("Invalid date or datetime", "no such day"),
    ("Unterminated string", "the text has no closing quote"),
    ("Expected newline or end of document", "expected the end of the line"),
    ("Invalid statement", "expected a key, such as name = …, or a [table]"),
)
# Chains of dotted keys cost the parser the square of their length.
_LONG_KEY = later(r"""(?<![\w.-])(?:(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+\.[ \t]*+){60}""")
_DEEPEST = 20
_WIDTH = 110


def parse(data: bytes, file: str, number: Callable[[str], Any] = Decimal) -> dict[str, Any]:
    """The plain values of a TOML file; numbers with a point are kept exactly unless `number` says otherwise."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(file, f"line {line}", "not UTF-8 text; save the file as UTF-8") from None
    if _LONG_KEY.search(text):
        raise InputError(file, "", "a key has too many parts")
    try:
        plain = tomllib.loads(text, parse_float=number)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(file, str(error)) from None
    except RecursionError:
        raise InputError(file, "", "lists or tables are nested too deeply") from None
    except (ValueError, ArithmeticError):
        raise InputError(file, "", "a number is too long to be one") from None
    check_plain(plain, file)
    return plain


def check_plain(plain: object, file: str) -> None:
    """Refuse plain values nested too deeply, whole numbers too long to be one, and broken characters."""
    waiting: list[tuple[object, int]] = [(plain, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            raise InputError(file, "", "lists or tables are nested too deeply")
        if isinstance(value, Mapping):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, (list, tuple)):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, int) and value.bit_length() > 100:
            raise InputError(file, "", "a number is too long to be one")
        elif isinstance(value, str) and not _writable(value):
            raise InputError(file, "", f"text with a broken character: {shown(value)}")


def write(table: Mapping[str, Any], inline: frozenset[str] = frozenset()) -> str:
    """The TOML text of plain values in the order given; tables named in `inline` stay on one line."""
    return "\n".join(_sections(table, "", inline)).lstrip("\n") + "\n"


def _sections(table: Mapping[str, Any], name: str, inline: frozenset[str]) -> list[str]:
    headed = {key: value for key, value in table.items() if _is_table(value) and key not in inline}
    lines = [_line(key, value) for key, value in table.items() if key not in headed]
    for key, value in headed.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        opening, closing = ("[", "]") if isinstance(value, Mapping) else ("[[", "]]")
        for part in [value] if isinstance(value, Mapping) else value:
            lines += ["", f"{opening}{path}{closing}", *_sections(part, path, inline)]
    return lines


def _line(key: str, value: Any) -> str:
    if isinstance(value, str) and "\n" in value and "\r" not in value:
        return _dumped({key: value}, multiline_strings=True).rstrip("\n")
    return f"{_key(key)} = {_literal(value)}"


def _is_table(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _literal(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_literal(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        parts = [_literal(part) for part in value]
        if sum(map(len, parts)) <= _WIDTH and not any("\n" in part for part in parts):
            return f"[{', '.join(parts)}]"
        return "[\n" + "".join(f"    {part},\n" for part in parts) + "]"
    return _dumped({"_": value})[len("_ = ") :].rstrip("\n")


def _key(key: str) -> str:
    return _dumped({key: 0})[: -len(" = 0\n")]


def _dumped(values: Mapping[str, Any], *, multiline_strings: bool = False) -> str:
    import tomli_w  # loaded only where something is written

    return tomli_w.dumps(values, multiline_strings=multiline_strings)


def _writable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _invalid(file: str, message: str) -> InputError:
    found = _PLACE.search(message)
    reason = message[: found.start()] if found else message
    for start, words in _WORDS:
        if reason.startswith(start):
            reason = words
            break
    if found and found[1]:
        return InputError(file, f"line {found[1]}, column {found[2]}", f"not valid TOML: {reason}")
    return InputError(file, "at its end" if found else "", f"not valid TOML: {reason}")
