"""Choosing trials to be compared, and opening the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from matcher.app.symbols import shown
from matcher.app.text.layout import fitted

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

FEWEST, MOST = 2, 4
_BESIDE = 16  # columns at the foot of the list that are not for titles
_CHOOSE, _COMPARE = "main.choose-compared", "main.compare"


class Comparing:
    """The trials chosen to be compared, in the order in which they were chosen."""

    def __init__(self) -> None:
        self._chosen: list[str] = []

    def turn(self, app: MatcherApp) -> None:
        """Take the trial under the cursor in, or leave it out again."""
        trial = app.session.chosen_id
        if trial is None:
            app.say_what_first()
        elif trial in self._chosen:
            self._chosen.remove(trial)
            self._say(app, f"Left out: {_title(app, trial)}")
        elif len(self._chosen) == MOST:
            app.toast(f"At most {MOST} trials are compared. {app.key(_CHOOSE)} on one of them leaves it out again: {self._listed(app)}", "warning")
        else:
            self._chosen.append(trial)
            self._say(app, f"To compare: {_title(app, trial)}")

    def open(self, app: MatcherApp) -> None:
        """Show them side by side; where too few were chosen, the two that stand first are not guessed at."""
        found = {one.trial_id: one for one in app.session.matches}
        self._chosen = [one for one in self._chosen if one in found]
        if len(self._chosen) < FEWEST:
            app.toast(f"Choose two to four trials first: {app.key(_CHOOSE)} on each of them. Then {app.key(_COMPARE)} compares.", "warning")
        else:
            from matcher.app.screens.compare import CompareScreen  # loaded once it is opened

            app.push_screen(CompareScreen([found[one] for one in self._chosen]))

    def words(self, app: MatcherApp) -> str:
        """The trials chosen, for the edge of the list; "" where none are."""
        return f"to compare: {self._listed(app)}" if self._chosen else ""

    def _say(self, app: MatcherApp, what: str) -> None:
        app.main.query_one("#trials").border_subtitle = Content(self.words(app))
        ready = f"{app.key(_COMPARE)} compares them." if len(self._chosen) >= FEWEST else f"{app.key(_CHOOSE)} takes another one in."
        app.toast(f"{what}\n{len(self._chosen)} chosen; {ready}")

    def _listed(self, app: MatcherApp) -> str:
        """The chosen ones by their titles, each in its share of a line."""
        share = (app.main.query_one("#trials").size.width - _BESIDE) // max(1, len(self._chosen)) - 2
        return shown("; ".join(fitted(_title(app, one), share, app.symbols.ellipsis) for one in self._chosen), app.symbols)


def _title(app: MatcherApp, trial: str) -> str:
    return next((one.title for one in app.session.matches if one.trial_id == trial), "") or trial


__all__ = ["Comparing"]
