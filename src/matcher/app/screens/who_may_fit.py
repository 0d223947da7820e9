"""Which of the saved patients may fit one trial."""

from __future__ import annotations

from collections.abc import Callable

from matcher.app.commands import bindings
from matcher.app.screens.several import GAP, Patients, SeveralPatients
from matcher.app.text.rows import LongRow, drawn
from matcher.app.text.several import fit_row
from matcher.model.match import TIERS
from matcher.model.trial import Trial
from matcher.session.ward import Fit, fit, in_order


class WhoMayFit(SeveralPatients[Fit]):
    """The saved patients, ranked for one trial."""

    SCOPE = "fits"
    TITLE = "Patients"
    BINDINGS = bindings("fits")

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self._trial = trial
        self._width, self._made = 0, dict[str, tuple[Fit, LongRow]]()

    def judge(self, patients: Patients, told: Callable[[Fit], None], unwanted: Callable[[], bool]) -> None:
        """Judge the trial for each patient."""
        for profile, day in patients:
            if unwanted():
                return
            told(fit(self._trial, profile, day, self.session.folders))

    def rows(self, judged: list[Fit], width: int) -> list[LongRow]:
        """A row for each patient, best first; each is made once for a width."""
        if width != self._width:
            self._width, self._made = width, {}
        for one in judged:
            code = one.profile.id
            if code not in self._made or self._made[code][0] is not one:
                self._made[code] = one, drawn(f"{code}{GAP}{self._trial.id}", fit_row(one, width, self.symbols, self.today))
        return [self._made[one.profile.id][1] for one in in_order(judged)]

    def headline(self, judged: list[Fit]) -> str:
        """The trial, and how many may fit."""
        tiers = [(tier, sum(one.match.tier == tier for one in judged)) for tier in TIERS]
        said = " · ".join(f"{count} {tier}" for tier, count in tiers if count)
        return "  ".join(filter(None, (said, self._trial.id, self._trial.title)))
