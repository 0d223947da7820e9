"""A screen that opens is drawn once, when it stands: not three times while it comes together."""

from __future__ import annotations

import asyncio
from time import thread_time
from typing import Any

from matcher.app.drawing import Whole
from matcher.app.typing_ahead import TypingAhead

_LOOK = 0.002  # seconds between two looks whether it is drawn
_PATIENCE = 20.0  # seconds of work, not of the clock, after which nobody waits for it any more
_AT_MOST = 0.3  # seconds after which a screen is drawn as far as it stands


class OpeningScreens(TypingAhead):
    """An app that shows each screen it opens as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: set[asyncio.Task[None]] = set()

    def push_screen(self, *given: Any, **more: Any) -> Any:
        """Open a screen; it is drawn when nothing of it is under way any more."""
        self._begin_batch()
        standing = asyncio.ensure_future(self._drawn_at_rest())
        self._standing.add(standing)
        standing.add_done_callback(self._standing.discard)
        return super().push_screen(*given, **more)

    async def caught_up(self) -> None:
        """Wait until all that was typed is given, everything is drawn, and nothing is under way."""
        await super().caught_up()
        until = thread_time() + _PATIENCE
        while self._standing or not self._is_drawn():
            if self._exit or thread_time() > until:
                return
            await asyncio.sleep(_LOOK)
            await super().caught_up()

    def _is_drawn(self) -> bool:
        here = self.screen_stack[-1] if self.screen_stack else None
        return not isinstance(here, Whole) or here.is_drawn

    async def _drawn_at_rest(self) -> None:
        await asyncio.sleep(0)
        await self.rest(_AT_MOST)
        self._end_batch()
        if not self._batch_count and self.screen_stack:
            self.screen.refresh()


__all__ = ["OpeningScreens"]
