"""Several trials side by side as plain text: what each asks of the same fact, and how that compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from matcher.matching.aligning import Aligned, Cell
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import status_words
from matcher.model.verdict import SHOWN
from matcher.model.visible import visible_line

STANDINGS: Mapping[str, str] = {
    "same": "all ask the same", "some": "the same where it is asked", "differ": "they differ", "one": "only one asks this", "own": "each its own",
}  # fmt: skip
SIGNS: Mapping[str, str] = {"same": "=", "some": "≈", "differ": "≠", "one": "·", "own": "·"}
_NAMELESS: Mapping[str, str] = {
    "statement": "to be asked as it stands", "judgement": "needs a person's judgement", "unread": "not read: read it yourself", "consent": "consent",
}  # fmt: skip
NOT_ASKED = "does not ask this"


def tested_words(row: Aligned) -> str:
    """What a row tests, as its heading says it; free words stand beneath it and are not said twice."""
    kind, name = row.subject.kind, row.subject.name
    return f"{kind}: {name}" if kind in ("allergy", "family history") else _NAMELESS.get(kind, name)


def elsewhere_words(cell: Cell) -> str:
    """Where else a trial asks what a row is about: "also in E5, I2"; "" where nowhere."""
    return f"{'also' if cell.criteria else 'asked'} in {', '.join(cell.elsewhere)}" if cell.elsewhere else ""


def compared(profile: Profile, day: date, matches: Sequence[TrialMatch], rows: Sequence[Aligned], *, differences: bool = False) -> str:
    """The comparison for the terminal; with `differences` only the rows in which the trials do not all ask the same."""
    lines = [f"{profile.id} as of {day}: {len(matches)} trials compared", ""]
    for number, one in enumerate(matches, 1):
        counts = ", ".join(f"{one.counts[verdict.value]} {word}" for verdict, (_, word) in SHOWN.items() if one.counts.get(verdict.value))
        lines += [f"{number}  {one.trial_id}  {visible_line(one.title)}", f"   {one.tier} · {status_words(one.status)} · {counts}"]
    for row in rows:
        if not (differences and row.standing == "same"):
            lines += ["", f"{SIGNS[row.standing]} {tested_words(row)}: {STANDINGS[row.standing]}"]
            lines += [line for number, cell in enumerate(row.cells, 1) for line in _cell(number, cell)]
    return "\n".join(lines)


def _cell(number: int, cell: Cell) -> list[str]:
    said = [_criterion(one) for one in cell.criteria]
    said += [elsewhere_words(cell)] if cell.elsewhere else []
    first, *rest = said or [NOT_ASKED]
    return [f"   {number}  {first}", *(f"      {line}" for line in rest)]


def _criterion(one: CriterionMatch) -> str:
    sign, word = SHOWN[one.verdict]
    group = f" [{visible_line(one.group)}]" if one.group else ""
    return f"{sign} {word:<8} {one.id}{group} {visible_line(one.text)}"


__all__ = ["NOT_ASKED", "SIGNS", "STANDINGS", "compared", "elsewhere_words", "tested_words"]
