"""Plain values to the model's records, with every refusal in a nurse's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from matcher.model.patterns import later
from matcher.model.records import Record, entries_in, keys
from matcher.storage.refusal import InputError, shown

if TYPE_CHECKING:
    from pydantic import BaseModel

Kept = TypeVar("Kept")
Kind = TypeVar("Kind", bound=Record)
Model = TypeVar("Model", bound="BaseModel")
KeysAt = Callable[[Sequence[int | str]], Sequence[str]]
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
_EXPECTED = {
    "string_type": "expected text in quotes",
    "string_unicode": "expected text without broken characters",
    "string_too_short": "expected some text, not an empty one",
    "string_too_long": "expected at most {max_length} characters",
    "string_pattern_mismatch": 'expected a code such as "LN-0042": at most 40 letters, digits, ".", "-" or "_"',
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "list_type": "expected a list in [square brackets]",
    "model_type": "expected a table of keys",
    "dataclass_type": "expected a table of keys",
    "dict_type": "expected a table of keys",
    "greater_than_equal": "expected at least {ge}",
    "less_than_equal": "expected at most {le}",
    "finite_number": "expected a finite number",
}
_FAMILIES = (("int_", "expected a whole number"), ("float_", "expected a number"), ("tuple_", "expected a pair"))
# A refusal of the record as a whole begins with the place it concerns.
_INNER_PLACE = later(r"([a-z_]+\[\d+\]\.[a-z_]+)(?::| =) (.*)", re.DOTALL)


def record(kind: type[Kind], plain: Any, file: str) -> Kind:
    """The record that plain values describe; InputError names the first thing wrong with them."""
    return _accepted(kind.checked, plain, file, lambda steps: _keys(kind, steps))


def model(kind: type[Model], plain: Any, file: str) -> Model:
    """The same for a pydantic model, whose keys need not be called as its attributes are."""
    return _accepted(kind.model_validate, plain, file, lambda steps: _model_keys(kind, steps))


def _accepted(check: Callable[[dict[str, Any]], Kept], plain: Any, file: str, keys_at: KeysAt) -> Kept:
    if not isinstance(plain, dict):
        raise InputError(file, "", f"found {shown(plain)}, expected a table of keys")
    try:
        return check(plain)
    except ValueError as error:
        if not hasattr(error, "errors"):
            raise
        found: list[Any] = list(error.errors(include_url=False))
    found.sort(key=lambda one: one["type"] not in _UNKNOWN)
    place, message = _explained(found[0], keys_at)
    raise InputError(file, place, message + _more(len(found) - 1))


def _more(others: int) -> str:
    return f" (and {others} more to correct)" if others > 0 else ""


def _explained(error: dict[str, Any], keys_at: KeysAt) -> tuple[str, str]:
    kind, place = error["type"], _place(error["loc"])
    if kind in _UNKNOWN:
        return place, _unknown_key(keys_at(error["loc"][:-1]), error["loc"][-1])
    if kind == "missing":
        return place, "this key is missing, expected a value"
    context = error.get("ctx", {})
    if not error["loc"] and kind == "value_error":
        found = _INNER_PLACE.match(str(context["error"]))
        return (found[1], found[2]) if found else ("", str(context["error"]))
    return place, f"found {shown(error['input'])}, {_expected(kind, context, error['msg'])}"


def _expected(kind: str, context: dict[str, Any], message: str) -> str:
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return "expected " + str(context["expected"]).replace("'", '"')
    for start, words in _FAMILIES:
        if kind.startswith(start):
            return words
    sentence = _EXPECTED.get(kind)
    return sentence.format(**context) if sentence else message[:1].lower() + message[1:]


def _place(steps: Sequence[int | str]) -> str:
    place = ""
    for step in steps:
        if isinstance(step, int):
            place += f"[{step + 1}]"
        else:
            key = step if step.isidentifier() and len(step) <= 60 else shown(step)
            place += f".{key}" if place else key
    return place


def _unknown_key(known: Sequence[str], key: int | str) -> str:
    from rapidfuzz import fuzz, process  # loaded only where something is to be said of a wrong key

    near = process.extractOne(str(key)[:60].lower(), known, scorer=fuzz.WRatio, score_cutoff=60)
    if near:
        return f'unknown key; did you mean "{near[0]}"?'
    return f"unknown key, expected one of: {', '.join(known)}"


def _keys(kind: type[Record], steps: Sequence[int | str]) -> tuple[str, ...]:
    for step in steps:
        if isinstance(step, str):
            kind = entries_in(kind, step) or kind
    return keys(kind)


def _model_keys(kind: Any, steps: Sequence[int | str]) -> list[str]:
    for step in steps:
        if isinstance(step, str):
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            if step in fields:
                kind = _model_in(fields[step].annotation) or kind
    return [field.alias or name for name, field in kind.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if hasattr(annotation, "model_fields"):
        model_class: type[BaseModel] = annotation
        return model_class
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
