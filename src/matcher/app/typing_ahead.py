"""Keys in turn: one typed while the one before is still at work waits, and then goes where that one led.

A key is handled by the widget in use, then by what lies around it, and what it opens stands a moment later; a key sent
on at once would go to the widget that is being left. So it waits until nothing is under way any more.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from time import thread_time
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

_AT_MOST = 2.0  # seconds of work, not of the clock, that a key waits for what was typed before it: a machine may be busy with others
_MOVES = frozenset({"down", "up", "pagedown", "pageup"})  # they only move a cursor: no need to wait for each other
Typed = events.Key | events.Paste


class TypingAhead(App[None]):
    """An app in which nothing typed is lost or goes astray, however quickly it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[Typed] = deque()
        self._before: Typed | None = None
        self._next: Typed | None = None
        self._giving: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Take one key at a time."""
        if isinstance(event, Typed) and not event.is_forwarded:
            if event is self._next:
                self._next = None
            elif self._held or self._next or not (self._goes_with(event) or self._at_rest(here=True)):
                self._held.append(event)
                if self._giving is None or self._giving.done():
                    self._giving = asyncio.create_task(self._give_held())
                return
            self._before = event
        await super().on_event(event)

    async def caught_up(self) -> None:
        """Wait until all that was typed is given, and nothing is under way."""
        await self.rest()
        while self._held or self._next:
            await asyncio.sleep(0)
            await self.rest()

    async def _give_held(self) -> None:
        while self._held:
            await self.rest()
            self._next = self._held.popleft()
            self.post_message(self._next)

    async def rest(self, at_most: float = _AT_MOST, drawn: bool = True) -> None:
        """Wait until nothing is under way, for some seconds of work at most; `drawn`: nor waits for what is to be drawn."""
        until = thread_time() + at_most
        while not self._at_rest(drawn=drawn) and thread_time() < until:
            await asyncio.sleep(0)

    def _at_rest(self, here: bool = False, drawn: bool = True) -> bool:
        """Whether every screen and widget waits for something to do; `here`: but for the app, which is asking."""
        if here and self.message_queue_size:
            return False
        if drawn and self.screen_stack and self.screen_stack[-1]._callbacks:
            return False
        return (here or _waits(self)) and all(_waits(one) for screen in reversed(self.screen_stack) for one in _pumps(screen, bars=not drawn))

    def _goes_with(self, event: Typed) -> bool:
        """Whether it may follow the key before at once: letters of one line, or moves of one cursor."""
        before = self._before
        if not isinstance(before, events.Key) or not isinstance(event, events.Key):
            return False
        typing = isinstance(self.focused, Input | TextArea) and before.is_printable and event.is_printable
        return typing or {before.key, event.key} <= _MOVES


def _pumps(screen: Screen[Any], bars: bool) -> Iterator[MessagePump]:
    """The screen and its widgets, from the outermost on; with those of their scroll bars where they are asked for."""
    for one in screen.walk_children(with_self=True):
        yield one
        if bars and isinstance(one, Widget):
            yield from one._get_virtual_dom()


def _waits(pump: MessagePump) -> bool:
    """Whether a widget waits for its next message: none is there, and none is being handled."""
    ready: asyncio.Event = pump._message_queue.ready_event
    return pump._closing or pump._closed or (not ready.is_set() and bool(ready._waiters))


__all__ = ["TypingAhead"]
