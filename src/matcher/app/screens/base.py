"""Whole screens and dialogs, with what every one of them shares."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen

from matcher.app.commands import HELPS, bind, key_said, keys_named
from matcher.app.drawing import Whole
from matcher.app.text.layout import clicked
from matcher.app.widgets.key_bar import KeyBar

Result = TypeVar("Result")


class BaseScreen(Whole, Screen[None]):
    """A whole screen; `SCOPE` names its commands."""

    SCOPE: ClassVar[str]
    SHOWS_MARKS: ClassVar[bool] = False

    def show_marks(self) -> None:
        """Show what another window marked, on a screen that shows marks."""

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one: its keys do not work now, and what was said is not in the way."""
        self._draw_keys()
        self.query("ToastHolder").remove()

    def on_screen_resume(self) -> None:
        """The keys work again."""
        self._draw_keys()

    def action_full_screen(self) -> None:
        """The pane in use alone on the whole screen; again, beside the others."""
        self.toggle_class("-full")

    def leave_full_screen(self) -> bool:
        """Show the other panes again; True where they were hidden."""
        full = self.has_class("-full")
        self.remove_class("-full")
        return full

    def _draw_keys(self) -> None:
        for bar in self.query(KeyBar):
            bar.follow()


class Dialog(Whole, ModalScreen[Result]):
    """A dialog over a screen, closed with an answer or, by Esc, with None; F1 helps with its keys.

    `SCOPE` names the commands of its own, beside those of every dialog.
    """

    SCOPE: ClassVar[str] = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.close", "dismiss(None)"),
        bind("dialog.next-field", "app.focus_next"),
        bind("dialog.previous-field", "app.focus_previous"),
        bind("app.help", "app.help"),
        bind("app.command-palette", "app.command_palette"),
    ]

    def on_mount(self) -> None:
        """What was said before does not lie over the dialog."""
        self.app.clear_notifications()

    def named(self, *said: tuple[str, str], gap: int = 3) -> Content:
        """Keys with what they do, for the foot of a dialog, to be clicked on too: each a command by its name, or Enter, or words about keys."""
        return Content(" " * gap).join([self._named(name, words) for name, words in said])

    def _named(self, name: str, words: str) -> Content:
        if "." not in name and name != "Enter":
            return Content(f"{name} {words}".strip())
        keys = keys_named(name, self.matcher.keymap) if "." in name else ["enter"]
        key = next((one for one in keys if name in HELPS and len(one) > 1 and "_" not in one), keys[0])  # where words are typed, ? is one of them
        return clicked(f"{key_said(key)} {words}", key)
