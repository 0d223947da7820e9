"""What every screen and column shares: the app's one session, the signs to draw with, and today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from matcher.app.errors import Guarded
from matcher.app.symbols import Symbols
from matcher.session import Session

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp


class Shared(Guarded):
    """Access to the app's one session; handlers that fail do not take the app down."""

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

    def key(self, name: str) -> str:
        """The key of a command, as it is now and as it is shown."""
        return self.matcher.key(name)

    @property
    def today(self) -> date:
        """Today, as the app was told."""
        return self.matcher.session.today
