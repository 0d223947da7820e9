"""A comparison of trials as a paper: the trials on top, then a table with a row for each fact that is tested."""

from __future__ import annotations

from matcher.export.comparison import SIGNS, STANDINGS, Compared, cell_lines, counts_words, tested_words
from matcher.export.paper import Heading, Line, Paper, Paragraph, Table
from matcher.model.trial import status_words
from matcher.model.verdict import ADVICE

_BETWEEN = " / "  # between several criteria of one trial in one row


def side_by_side(found: Compared) -> Paper:
    """The comparison, to be read and printed."""
    numbers = tuple(str(number) for number in range(1, len(found.matches) + 1))
    trials = [
        Paragraph((Line(f"{number}  {one.title or one.trial_id}", "strong"), Line(f"{one.trial_id} · {one.tier} · {status_words(one.status)} · {counts_words(one)}", "faint")))
        for number, one in zip(numbers, found.matches, strict=True)
    ]
    rows = [(SIGNS[row.standing], tested_words(row), *(_BETWEEN.join(cell_lines(cell)) for cell in row.cells)) for row in found.shown]
    table = Table(("", "what is tested", *numbers), tuple(rows), frozenset({"what is tested", *numbers}))
    meaning = Paragraph((Line(", ".join(f"{SIGNS[name]} {words}" for name, words in STANDINGS.items() if name != "own"), "faint"),))
    return Paper(
        f"{len(found.matches)} trials side by side for {found.profile}", f"{found.profile}, as of {found.day}. {ADVICE}",
        (Paragraph((Line(ADVICE, "strong"),)), *trials, Heading(2, "What each asks of the same facts"), meaning, table),
    )  # fmt: skip


__all__ = ["side_by_side"]
