"""The line of keys at the bottom: one line, drawn once for its width, from the one table of commands."""

from __future__ import annotations

from textual.content import Content, Span
from textual.style import Style
from textual.widget import Widget

from matcher.app.commands import Command, keys_shown, of


class KeyBar(Widget):
    """The commands of a screen with their keys; those of the app stand on the right and stay longest."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self._scope = scope

    def render(self) -> Content:
        """As many commands as fit."""
        rest = [_key(one, "app.") for one in of("app") if one.footer]
        right = Content("  ").join(rest)
        left = Content("")
        for command in of(self._scope):
            label = _key(command, "screen.")
            if command.footer and left.cell_length + label.cell_length + right.cell_length + 5 <= self.size.width:
                left = Content("  ").join([left, label]) if left else label
        gap = max(2, self.size.width - left.cell_length - right.cell_length - 2)
        return Content(" ") + left + Content(" " * gap) + right


def _key(command: Command, target: str) -> Content:
    key = keys_shown(command, first=True)
    text = f"{key} {command.title}"
    click = Style.from_meta({"@click": f"{target}{command.action}"})
    return Content(
        text, [Span(0, len(text), click), Span(0, len(key), "bold $accent"), Span(len(key), len(text), "$faint")]
    )
