"""The ward: every saved patient with the best trials for her."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matcher.app.commands import bindings
from matcher.app.screens.several import GAP, SeveralPatients
from matcher.app.text.rows import Row
from matcher.app.text.several import bed_row, best_row
from matcher.model.profile import Profile
from matcher.session.ward import Bed, ward
from matcher.session.wide import opened

_BEST = 3  # trials of each patient that are shown


class WardScreen(SeveralPatients[Bed]):
    """Every patient, and beneath her the trials that stand first."""

    SCOPE = "ward"
    TITLE = "Ward"
    BINDINGS = bindings("ward")

    def judge(self, patients: list[tuple[Profile, date]]) -> Iterator[tuple[int, Bed]]:
        """Match each patient against every trial."""
        with opened(None, self.session.folders) as sources:
            yield from enumerate(ward(patients, sources, _BEST, self.session.folders, open_first=True), 1)

    def rows(self, judged: list[Bed], width: int) -> list[Row]:
        """A row for each patient and one for each of her trials."""
        rows: list[Row] = []
        for bed in judged:
            code = bed.profile.id
            rows.append(Row(bed_row(bed, width, self.symbols, self.today), code))
            rows += [Row(best_row(one, width, self.symbols, self.today), f"{code}{GAP}{one.trial_id}") for one in bed.best]
        return rows

    def headline(self, judged: list[Bed]) -> str:
        """How many patients have a trial."""
        some = sum(bool(bed.best) for bed in judged)
        return f"Ward: {len(judged)} patient{'' if len(judged) == 1 else 's'}, {some} with a trial that may fit, facts as saved" if judged else "Ward"
