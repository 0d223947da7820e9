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
        self.auto_links = False
        self._scope = scope

    def render(self) -> Content:
        """As many commands as fit, closer together where the line is short."""
        right = [_key(one, "app.") for one in of("app") if one.footer]
        left = [_key(one, "screen.") for one in of(self._scope) if one.footer]
        width = self.size.width - 2
        gap = "  " if _length([*left, *right], 2) <= width else " "
        while left and _length([*left, *right], len(gap)) > width:
            left.pop()
        keys, others = Content(gap).join(left), Content(gap).join(right)
        return Content(" ") + keys + Content(" " * max(1, width - keys.cell_length - others.cell_length)) + others


def _length(keys: list[Content], gap: int) -> int:
    return sum(key.cell_length + gap for key in keys) - gap


def _key(command: Command, target: str) -> Content:
    key = keys_shown(command, first=True)
    text = f"{key} {command.title}"
    click = Style.from_meta({"@click": f"{target}{command.action}"})
    return Content(
        text, [Span(0, len(text), click), Span(0, len(key), "bold $accent"), Span(len(key), len(text), "$faint")]
    )
