"""What is typed is kept a moment later, so that it outlives a crash: it is offered again where it was typed, and never recorded by itself."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.await_complete import AwaitComplete
from textual.timer import Timer
from textual.widget import Widget

from matcher.app.shared import Shared
from matcher.storage.typed_rows import TypedRow

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object

_AFTER = 0.5  # seconds after which what is typed is kept
LOST = "This was typed when matcher broke off, and is not recorded: {} records it, {} lets it go."
_NOT_RECORDED = "What you typed is not recorded: {} records it, {} again throws it away."


class Keeping(Shared, _Widget):
    """A screen in which something is typed that a crash must not take."""

    _keeps: Timer | None = None
    _kept = False
    _told_of: Mapping[str, str] | None = None  # what was typed when she was told that it is not recorded

    @abstractmethod
    def typed(self) -> TypedRow | None:
        """What is typed now; None where nothing is that is not recorded."""

    @property
    @abstractmethod
    def kept_as(self) -> str:
        """The list or the dialog that it is kept for."""

    def keep_soon(self) -> None:
        """Something was typed: keep it once she pauses."""
        if self._keeps is None:
            self._keeps = self.set_timer(_AFTER, self.keep_typed)

    def keep_typed(self) -> None:
        """Keep what is typed now."""
        self._stop_keeping()
        if not any(isinstance(one, Keeping) and one is self for one in self.app.screen_stack):  # it was closed while this waited its turn
            return
        if (row := self.typed()) is not None:
            self.session.keep_typed(row)
            self._kept = True
        elif self._kept:
            self.let_go_of_typed()

    def typed_before(self, *about: str) -> Mapping[str, str]:
        """What was typed here, about the same, when matcher was lost; empty where nothing was."""
        row = self.session.typed_row(self.kept_as, about)
        self._kept = self._kept or row is not None
        return row.texts if row else {}

    def let_go_of_typed(self) -> None:
        """It is recorded, or left: nothing is typed any more. What was typed elsewhere stays kept."""
        self._stop_keeping()
        if self._kept:
            self.session.drop_typed(self.kept_as)
            self._kept = False

    def lets_go(self, by: str, tell: Callable[[str], None]) -> bool:
        """Whether what is typed may be thrown away: nothing is, or that was told and the same key given again."""
        texts = row.texts if (row := self.typed()) is not None else None
        if texts == self._told_of or texts is None:
            return True
        self._told_of = texts
        tell(_NOT_RECORDED.format(by, self.key("dialog.close")))
        return False

    def told_already(self) -> None:
        """She was told that what is typed now is not recorded."""
        self._told_of = row.texts if (row := self.typed()) is not None else None

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """A dialog is closed: what is typed in it is recorded, or left."""
        self.let_go_of_typed()
        closed: AwaitComplete = super().dismiss(result)  # type: ignore[misc]
        return closed

    def _stop_keeping(self) -> None:
        if self._keeps is not None:
            self._keeps.stop()
            self._keeps = None


__all__ = ["LOST", "Keeping"]
