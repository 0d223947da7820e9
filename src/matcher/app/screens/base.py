"""Whole screens and dialogs, with what every one of them shares."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.screen import ModalScreen, Screen

from matcher.app.drawing import Whole
from matcher.app.widgets.key_bar import KeyBar

Result = TypeVar("Result")


class BaseScreen(Whole, Screen[None]):
    """A whole screen; `SCOPE` names its commands."""

    SCOPE: ClassVar[str]

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
    """A dialog over a screen, closed with an answer or, by Esc, with None; F1 helps with its keys."""

    BINDINGS = [("escape", "dismiss(None)", "back"), ("f1", "app.help", "help")]  # noqa: RUF012

    def on_mount(self) -> None:
        """What was said before does not lie over the dialog."""
        self.app.clear_notifications()
