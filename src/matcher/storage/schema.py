"""Plain values to the model's records, with every refusal in a nurse's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from matcher.storage.refusal import InputError, shown

Record = TypeVar("Record", bound=BaseModel)
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
    "dict_type": "expected a table of keys",
    "greater_than_equal": "expected at least {ge}",
    "less_than_equal": "expected at most {le}",
    "finite_number": "expected a finite number",
}
_FAMILIES = (("int_", "expected a whole number"), ("float_", "expected a number"), ("tuple_", "expected a pair"))
# A refusal of the record as a whole begins with the place it concerns.
_INNER_PLACE = re.compile(r"([a-z_]+\[\d+\]\.[a-z_]+)(?::| =) (.*)", re.DOTALL)


def record(model: type[Record], plain: Any, file: str) -> Record:
    """The record that plain values describe; InputError names the first thing wrong with them."""
    if not isinstance(plain, dict):
        raise InputError(file, "", f"found {shown(plain)}, expected a table of keys")
    if "schema_" in plain:
        raise InputError(file, "schema_", f'unknown key; did you mean "schema"?{_more(0)}')
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        found: list[Any] = list(error.errors(include_url=False))
    found.sort(key=lambda one: one["type"] != "extra_forbidden")
    place, message = _explained(model, found[0])
    raise InputError(file, place, message + _more(len(found) - 1))


def _more(others: int) -> str:
    return f" (and {others} more to correct)" if others > 0 else ""


def _explained(model: type[BaseModel], error: dict[str, Any]) -> tuple[str, str]:
    kind, place = error["type"], _place(error["loc"])
    if kind == "extra_forbidden":
        return place, _unknown_key(model, error["loc"])
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


def _unknown_key(model: type[BaseModel], steps: Sequence[int | str]) -> str:
    from rapidfuzz import fuzz, process  # loaded only where something is to be said of a wrong key

    keys = _keys(model, steps[:-1])
    near = process.extractOne(str(steps[-1])[:60].lower(), keys, scorer=fuzz.WRatio, score_cutoff=60)
    if near:
        return f'unknown key; did you mean "{near[0]}"?'
    return f"unknown key, expected one of: {', '.join(keys)}"


def _keys(model: type[BaseModel], steps: Sequence[int | str]) -> list[str]:
    for step in steps:
        if isinstance(step, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = (_model_in(fields[step].annotation) if step in fields else None) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
