"""The names of the views of a pane on one line, the one shown in brackets; a click, or a key, turns to another."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content, Span
from textual.style import Style
from textual.widgets import Static

from matcher.app.text.layout import styled
from matcher.app.theme import FAINT


class Views(Static):
    """The views by name."""

    def __init__(self, names: Mapping[str, str], id: str) -> None:
        super().__init__(id=id)
        self.auto_links = False
        self._names = names

    def show(self, here: str, key: str) -> None:
        """Mark the view that is shown; `key` turns to the next one."""
        parts = [Content(" ")]
        for name, words in self._names.items():
            said = styled(f"[{words}]", "bold $accent") if name == here else styled(f" {words} ", FAINT)
            parts.append(Content(said.plain, [*said.spans, Span(0, len(said.plain), Style.from_meta({"@click": f"screen.show_view('{name}')"}))]))
        self.update(Content("").join([*parts, styled(f" {key}", FAINT)]), layout=False)


__all__ = ["Views"]
