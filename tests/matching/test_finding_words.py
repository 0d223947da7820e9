"""What a finding says: every sentence once."""

from __future__ import annotations

from rows import each_row

from matcher.matching.finding import said_once

SAID = [
    (["A is there. B is there.", "B is there."], ["A is there.", "B is there."]),
    (["A is there.", "C is not. A is there."], ["A is there.", "C is not."]),
    (["Seen by Dr. B. Today it is.", "Seen by Dr. B. Yes so it is."], ["Seen by Dr.", "B.", "Today it is.", "B.", "Yes so it is."]),
    (["A is there.", "A is there."], ["A is there."]),
]


@each_row(("reasons", "once"), SAID)
def test_every_sentence_is_said_once(reasons: list[str], once: list[str]) -> None:
    assert list(said_once(reasons)) == once
