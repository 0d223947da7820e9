"""One row of a pane: what it says, and the name the app finds it by."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its id; without one it is a heading that cannot be chosen."""

    content: Content
    id: str = ""
