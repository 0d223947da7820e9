"""Where a library is matched: here, or, for an app that must not wait, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.session.apart import Apart
    from matcher.session.outcome import Outcome, Told
    from matcher.session.whole import Asked, Sought


class Answering:
    """Answers what is asked of a library; the database is loaded only where there is one."""

    def __init__(self) -> None:
        self._beside = False
        self._apart: Apart | None = None

    def begin_apart(self, library: Path) -> None:
        """From now on answer in a process of its own, which is started now where there is a library."""
        self._beside = True
        if library.exists():
            self._process().start()

    def end_apart(self) -> None:
        """End that process."""
        if self._apart is not None:
            self._apart.close()

    def __call__(self, question: Asked | Sought, told: Told, unwanted: Callable[[], bool]) -> Outcome:
        """The answer; `told` hears of the progress, and Stopped is raised where it is not wanted any more."""
        if self._beside:
            return self._process().ask(question, told, unwanted)
        from matcher.session.apart import answered_here

        return answered_here(question, told, unwanted)

    def _process(self) -> Apart:
        if self._apart is None:
            from matcher.session.apart import Apart

            self._apart = Apart()
        return self._apart


__all__ = ["Answering"]
