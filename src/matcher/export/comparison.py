"""Several trials side by side as plain text: what each asks of the same fact, and how that compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.matching.aligning import Aligned, Cell
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.trial import status_words
from matcher.model.verdict import SHOWN
from matcher.model.visible import unescaped, visible_line

STANDINGS: Mapping[str, str] = {
    "same": "all ask the same", "some": "the same where it is asked", "differ": "they differ", "one": "only one asks this", "own": "each its own",
}  # fmt: skip
SIGNS: Mapping[str, str] = {"same": "=", "some": "≈", "differ": "≠", "one": "·", "own": "·"}
_NAMELESS: Mapping[str, str] = {
    "statement": "to be asked as it stands", "judgement": "needs a person's judgement", "unread": "not read: read it yourself", "consent": "consent",
}  # fmt: skip
NOT_ASKED = "does not ask this"
_VERDICT = 8  # the width of the longest word for a verdict


def tested_words(row: Aligned) -> str:
    """What a row tests, as its heading says it; free words stand beneath it and are not said twice."""
    kind, name = row.subject.kind, row.subject.name
    return f"{kind}: {name}" if kind in ("allergy", "family history") else _NAMELESS.get(kind, name)


def elsewhere_words(cell: Cell) -> str:
    """Where else a trial asks what a row is about: "also in E5, I2"; "" where nowhere."""
    return f"{'also' if cell.criteria else 'asked'} in {', '.join(cell.elsewhere)}" if cell.elsewhere else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Trials compared for a patient on a day; with `differences` only the rows in which they do not all ask the same count."""

    profile: str
    day: date
    matches: tuple[TrialMatch, ...]
    rows: tuple[Aligned, ...]
    differences: bool = False

    @property
    def shown(self) -> tuple[Aligned, ...]:
        """The rows that count."""
        return tuple(row for row in self.rows if not (self.differences and row.standing == "same"))


def compared(found: Compared) -> str:
    """The comparison for the terminal."""
    lines = [f"{found.profile} as of {found.day}: {len(found.matches)} trials compared", ""]
    for number, one in enumerate(found.matches, 1):
        lines += [f"{number}  {one.trial_id}  {visible_line(one.title)}", f"   {one.tier} · {status_words(one.status)} · {counts_words(one)}"]
    for row in found.shown:
        lines += ["", f"{SIGNS[row.standing]} {tested_words(row)}: {STANDINGS[row.standing]}"]
        lines += [line for number, cell in enumerate(row.cells, 1) for line in _cell(number, cell)]
    return "\n".join(lines)


def counts_words(one: TrialMatch) -> str:
    """How many criteria have which verdict: "9 met, 3 ask"."""
    return ", ".join(f"{one.counts[verdict.value]} {word}" for verdict, (_, word) in SHOWN.items() if one.counts.get(verdict.value))


def cell_lines(cell: Cell, room: int = 0) -> list[str]:
    """What one trial asks in a row, a line for each criterion; `room` is what the word of a verdict takes at least."""
    said = [_criterion(one, room) for one in cell.criteria]
    said += [elsewhere_words(cell)] if cell.elsewhere else []
    return said or [NOT_ASKED]


def _cell(number: int, cell: Cell) -> list[str]:
    first, *rest = cell_lines(cell, _VERDICT)
    return [f"   {number}  {first}", *(f"      {line}" for line in rest)]


def _criterion(one: CriterionMatch, room: int) -> str:
    sign, word = SHOWN[one.verdict]
    group = f" [{visible_line(one.group)}]" if one.group else ""
    by = f" [{one.decision.by}, not {SHOWN[one.worked_out][1]}]" if one.decision and one.overruled else ""
    return f"{sign} {word:<{room}} {one.id}{group}{by} {visible_line(unescaped(one.text))}"


__all__ = ["NOT_ASKED", "SIGNS", "STANDINGS", "Compared", "cell_lines", "compared", "counts_words", "elsewhere_words", "tested_words"]
