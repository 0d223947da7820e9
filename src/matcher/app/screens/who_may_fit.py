"""Which of the saved patients may fit one trial."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matcher.app.commands import bindings
from matcher.app.screens.several import GAP, SeveralPatients
from matcher.app.text.rows import Row
from matcher.app.text.several import fit_row
from matcher.model.match import TIERS
from matcher.model.profile import Profile
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

    def judge(self, patients: list[tuple[Profile, date]]) -> Iterator[tuple[int, Fit]]:
        """Judge the trial for each patient."""
        for done, (profile, day) in enumerate(patients, 1):
            yield done, fit(self._trial, profile, day, self.session.folders)

    def rows(self, judged: list[Fit], width: int) -> list[Row]:
        """A row for each patient, best first."""
        return [Row(fit_row(one, width, self.symbols, self.today), f"{one.profile.id}{GAP}{self._trial.id}") for one in in_order(judged)]

    def headline(self, judged: list[Fit]) -> str:
        """The trial, and how many may fit."""
        tiers = [(tier, sum(one.match.tier == tier for one in judged)) for tier in TIERS]
        said = " · ".join(f"{count} {tier}" for tier, count in tiers if count)
        return "  ".join(filter(None, (said, self._trial.id, self._trial.title)))
