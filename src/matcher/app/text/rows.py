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
    return LongRow(name, content.plain.count("\n") + 1, _Said(content))


class _Said:
    """Gives its words; equal to another that gives the same, so that what is drawn already is known again."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def __call__(self) -> Content:
        return self._content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self._content.is_same(other._content)

    def __hash__(self) -> int:
        return hash(self._content.plain)
