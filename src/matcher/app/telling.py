"""What the app tells: a short notice, words that wait to be read, what went wrong."""

from __future__ import annotations

from abc import abstractmethod
from time import monotonic
from typing import Literal

from textual import events

from matcher.app.errors import Guarded, error_words
from matcher.app.fields import words_of
from matcher.app.opening_screens import OpeningScreens
from matcher.app.screens.dialogs import OK, ChoiceDialog
from matcher.app.symbols import UNICODE, Symbols, shown
from matcher.app.text.layout import brief
from matcher.session import Session

_LINES = 3  # of a notice: as many as stand over what is read
_BESIDE = 3  # columns beside its words
_SECONDS, _A_LETTER = 6.0, 0.06  # how long a notice stands, at least and for each letter
_READ = 0.35  # of that time, after which the next key takes it away: it lies over what she goes on with


class TellingApp(Guarded, OpeningScreens):
    """An app over one session that can say something."""

    def __init__(self, session: Session, symbols: Symbols = UNICODE) -> None:
        super().__init__()
        self.session = session
        self.symbols = symbols
        self.errors: list[Exception] = []
        self._read_at = float("inf")  # when the notice that stands may be thought read

    @abstractmethod
    def key(self, name: str) -> str:
        """The key of a command, as it is now and as it is shown."""

    def toast(self, said: object, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Say that something is done, in the place of what was said before; never parsed as markup."""
        words = shown(words_of(said) if isinstance(said, Exception) else str(said), self.symbols, lines=True)
        seconds = max(_SECONDS, len(words) * _A_LETTER)
        self._unsay()
        self.notify(brief(words, self.size.width - _BESIDE, _LINES, self.symbols), severity=severity, markup=False, timeout=seconds)
        self._read_at = monotonic() + _READ * seconds

    async def on_event(self, event: events.Event) -> None:
        """A key goes on with something else: what was said before and was read lies over it no longer."""
        if isinstance(event, events.Key) and monotonic() > self._read_at:
            self._unsay()
        await super().on_event(event)

    def _unsay(self) -> None:
        self._read_at = float("inf")
        self.clear_notifications()
        self.screen.query("ToastHolder").remove()  # an empty one keeps its line

    def report(self, error: Exception) -> None:
        """Show an error as a readable dialog."""
        self.errors.append(error)
        self.tell("That did not work", f"{error_words(error)}\nYour entries are still here; save them with {self.key('main.save')}.")

    def tell(self, title: str, words: str) -> None:
        """Show words that wait to be read."""
        self.push_screen(ChoiceDialog(title, shown(words, self.symbols, lines=True), OK))
