"""Getting at values of nested plain data and XML whose shape cannot be relied on."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from matcher.sources.fields import read_yes_no

_LONGEST_LIST = 20_000  # characters


def dig(value: Any, path: str) -> Any:
    """The value at a dotted path; None where any step is missing or no table."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def text_at(value: Any, path: str) -> str | None:
    """The text at a dotted path; a number as text; None for anything else."""
    found = dig(value, path)
    if isinstance(found, bool) or found is None:
        return None
    return found if isinstance(found, str) else str(found) if isinstance(found, (int, float)) else None


def truth_at(value: Any, path: str) -> bool | None:
    """The yes or no at a dotted path, also where it is written as text; None for anything else."""
    found = dig(value, path)
    return found if isinstance(found, bool) else read_yes_no(found) if isinstance(found, str) else None


def tables_at(value: Any, path: str) -> list[Mapping[str, Any]]:
    """The tables in the list at a dotted path; a table that stands alone is a list of one."""
    found = dig(value, path)
    found = [found] if isinstance(found, Mapping) else found
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def texts_at(value: Any, path: str) -> list[str]:
    """The texts in the list at a dotted path, without empty ones; a text that stands alone, or is a list written out, is taken for it."""
    found = dig(value, path)
    if isinstance(found, str):
        found = _listed(found)
    return [one.strip() for one in found if isinstance(one, str) and one.strip()] if isinstance(found, list) else []


def _listed(text: str) -> list[str]:
    """A list that was written as text ("['a', 'b']"), else the text alone."""
    if text.startswith("[") and text.endswith("]"):
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            found = literal_eval(text) if len(text) < _LONGEST_LIST else text
            return [one for one in found if isinstance(one, str)] if isinstance(found, list) else [text]
    return [text]


def element_text(element: Element, path: str) -> str | None:
    """The text of the element at a path, None where it is missing or empty."""
    found = element.findtext(path)
    return found.strip() if found and found.strip() else None


def element_texts(element: Element, path: str) -> list[str]:
    """The texts of all elements at a path, without empty ones."""
    return [one.text.strip() for one in element.findall(path) if one.text and one.text.strip()]
