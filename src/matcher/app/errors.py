"""No traceback reaches the screen: what goes wrong in a handler becomes a readable dialog."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    _Base = MessagePump
else:
    _Base = object


class Guarded(_Base):
    """A screen or app whose handlers, and what takes the answers of dialogs, may fail without taking the app down."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CancelledError:
            raise
        except Exception as error:
            self._told(error)

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Call back after the message in hand: what takes the answer of a dialog is called so, and may fail too."""
        super().call_next(self._called, callback, *args, **kwargs)

    async def _called(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        try:
            found = callback(*args, **kwargs)
            if isawaitable(found):
                await found
        except CancelledError:
            raise
        except Exception as error:
            self._told(error)

    def _told(self, error: Exception) -> None:
        report: Any = getattr(self.app, "report", None)
        if report is None:
            raise error
        report(error)


def error_words(error: BaseException) -> str:
    """An error in words: its own where it was written for people, else its kind and the place in the program."""
    if isinstance(error, (OSError, ValueError)) or type(error).__module__.startswith("matcher."):
        return str(error) or type(error).__name__
    what = f"Something went wrong inside matcher ({type(error).__name__}{_place(error)})."
    return what


def _place(error: BaseException) -> str:
    trace, place = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("matcher."):
            place = f" in {name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
