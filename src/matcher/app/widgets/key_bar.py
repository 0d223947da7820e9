"""The line of keys at the bottom: only keys that do now what it says, from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from matcher.app.commands import Command, key_shown, keys_of, of
from matcher.app.text.layout import clicked

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp


class KeyBar(Widget):
    """The commands of a screen with their keys; those of the app stand on the right and stay longest.

    A key that the widget in use takes for itself is not shown; under a dialog, which names its own keys, none is.
    """

    def __init__(self, *scopes: str) -> None:
        super().__init__()
        self.auto_links = False
        self._scopes = scopes
        self._shown: list[tuple[Command, str]] = []

    def on_mount(self) -> None:
        """Follow the keys that work now."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.follow())

    def follow(self) -> None:
        """Show the keys that work now, where they are others."""
        working = self.working() if self.app.screen is self.screen else []
        if working != self._shown:
            self._shown = working
            self.refresh()

    def render(self) -> Content:
        """As many commands as fit, closer together where the line is short."""
        if not self._shown:
            return Content("")
        right = [_key(one, key) for one, key in self._shown if one.scope == "app"]
        left = [_key(one, key) for one, key in self._shown if one.scope != "app"]
        width = self.size.width - 2
        gap = "  " if _length([*left, *right], 2) <= width else " "
        while left and _length([*left, *right], len(gap)) > width:
            left.pop()
        keys, others = Content(gap).join(left), Content(gap).join(right)
        return Content(" ") + keys + Content(" " * max(1, width - keys.cell_length - others.cell_length)) + others

    def working(self) -> list[tuple[Command, str]]:
        """The commands that can be given now, each with the first of its keys that gives it."""
        bound = {key: found.binding for key, found in self.screen.active_bindings.items() if found.enabled}

        keymap = cast("MatcherApp", self.app).keymap
        typing = isinstance(self.screen.focused, Input | TextArea)

        def gives(key: str, one: Command) -> bool:
            found = bound.get(key)
            if typing and len(key_shown(key)) == 1:
                return False
            return found is not None and (found.id == one.name or (key == "enter" and found.action == "select"))

        listed = [one for scope in (*self._scopes, "app") for one in of(scope) if one.footer]
        return [(one, key) for one in listed for key in [key for key in keys_of(one, keymap) if gives(key, one)][:1]]


def _length(keys: list[Content], gap: int) -> int:
    return sum(key.cell_length + gap for key in keys) - gap


def _key(command: Command, key: str) -> Content:
    name = key_shown(key)
    text = f"{name} {command.title}"
    return clicked(text, key).stylize("$faint", len(name)).stylize("bold $accent", 0, len(name))
