"""What every screen shares: the session, the signs, and handlers that cannot take the app down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import ModalScreen, Screen

from matcher.app.errors import Guarded
from matcher.app.symbols import Symbols
from matcher.app.widgets.key_bar import KeyBar
from matcher.session import Session

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

Result = TypeVar("Result")


class Shared(Guarded):
    """Access to the app's one session."""

    @property
    def matcher(self) -> MatcherApp:
        """The app."""
        return cast("MatcherApp", self.app)

    @property
    def session(self) -> Session:
        """The app's one session."""
        return self.matcher.session

    @property
    def symbols(self) -> Symbols:
        """The signs to draw with."""
        return self.matcher.symbols

    @property
    def today(self) -> date:
        """Today, as the app was told."""
        return self.matcher.session.today


class BaseScreen(Shared, Screen[None]):
    """A whole screen."""

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one: its keys do not work now, and what was said is not in the way."""
        self._draw_keys()
        self.query("Toast").remove()

    def on_screen_resume(self) -> None:
        """The keys work again."""
        self._draw_keys()

    def _draw_keys(self) -> None:
        for bar in self.query(KeyBar):
            bar.refresh()


class Dialog(Shared, ModalScreen[Result]):
    """A dialog over a screen, closed with an answer or, by Esc, with None; F1 helps with its keys."""

    BINDINGS = [("escape", "dismiss(None)", "back"), ("f1", "app.help", "help")]  # noqa: RUF012

    def on_mount(self) -> None:
        """What was said before does not lie over the dialog."""
        self.app.clear_notifications()
