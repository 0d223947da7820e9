"""One row of a pane: what it says, and the name the app finds it by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its id; without one it is a heading that cannot be chosen."""

    content: Content
    id: str = ""


@dataclass(frozen=True, slots=True)
class LongRow:
    """A row of a long list: its height is known before it is drawn; without an id it is a heading."""

    id: str
    height: int
    draw: Callable[[], Content]


def heading(words: Content) -> LongRow:
    """Words between the rows of a long list, as high as they are."""
    return drawn("", words)


def drawn(name: str, content: Content) -> LongRow:
    """A row of a long list that is drawn already, as high as it is."""
    return LongRow(name, content.plain.count("\n") + 1, lambda: content)
