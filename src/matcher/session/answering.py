"""Where a library is matched: here, or, for an app that must not wait, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from matcher.session.apart import Apart
    from matcher.session.outcome import Outcome, Progress, Told
    from matcher.session.ward import Bed, WardAsked
    from matcher.session.whole import Asked, Sought


class Answering:
    """Answers what is asked of a library; the database is loaded only where there is one."""

    def __init__(self) -> None:
        self._beside = False
        self._apart: Apart | None = None
        self._begun: tuple[Connection | None, Any] = (None, None)
        self._lock = Lock()

    def begin_apart(self, library: bool) -> None:
        """From now on answer in a process of its own: where there is a `library` begun now, while the app is loaded.

        Else it is begun once there is one, and the first answer is given here, since a process takes a while to begin.
        """
        self._beside = True
        if library:
            from matcher.session.processes import begun  # the commands have no such process

            with suppress(OSError, ValueError):
                self._begun = begun("matcher.session.apart")

    def end_apart(self) -> None:
        """End that process."""
        if self._apart is not None:
            self._apart.close()
        elif self._begun[1] is not None:
            self._begun[1].kill()

    def __call__(self, question: Asked | Sought, told: Told, unwanted: Callable[[], bool]) -> Outcome:
        """The answer; `told` hears of the progress, and Stopped is raised where it is not wanted any more."""
        from matcher.session.apart import answered_here

        if self._begun[1] is not None:
            self._begin()
        if self._apart is not None:
            return self._apart.ask(question, told, unwanted)
        found = answered_here(question, told, unwanted)
        self._begin()
        return found

    def each(self, question: WardAsked, told: Callable[[Bed | Progress], None], unwanted: Callable[[], bool]) -> None:
        """The patients of a ward, of each of which `told` hears; over a library in the process beside, begun where it is not yet."""
        from matcher.session.apart import beds_here

        if question.folders.library.exists():
            self._begin()
        if self._apart is not None:
            self._apart.ask_each(question, told, unwanted)
        else:
            beds_here(question, told, unwanted)

    def _begin(self) -> None:
        """Begin the process, once, where there is to be one."""
        from matcher.session.apart import Apart

        with self._lock:
            if self._beside and self._apart is None:
                self._apart = Apart(self._begun)
                self._apart.start()


__all__ = ["Answering"]
