"""Getting at values of nested plain data and XML whose shape cannot be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element


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


def tables_at(value: Any, path: str) -> list[Mapping[str, Any]]:
    """The tables in the list at a dotted path."""
    found = dig(value, path)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def texts_at(value: Any, path: str) -> list[str]:
    """The texts in the list at a dotted path, without empty ones."""
    found = dig(value, path)
    return [one.strip() for one in found if isinstance(one, str) and one.strip()] if isinstance(found, list) else []


def element_text(element: Element, path: str) -> str | None:
    """The text of the element at a path, None where it is missing or empty."""
    found = element.findtext(path)
    return found.strip() if found and found.strip() else None


def element_texts(element: Element, path: str) -> list[str]:
    """The texts of all elements at a path, without empty ones."""
    return [one.text.strip() for one in element.findall(path) if one.text and one.text.strip()]
