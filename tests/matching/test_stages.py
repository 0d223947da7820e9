"""Recorded stages against those a criterion names."""

from __future__ import annotations

from rows import each_row

from matcher.matching import truth as t
from matcher.matching.stages import matches

YES, NO, OPEN = t.HOLDS, t.VIOLATED, t.OPEN


@each_row(
    ("recorded", "asked", "expected"),
    [
        ("IV", ("III", "IV", "V"), YES),
        ("II", ("III", "IV", "V"), NO),
        ("IV+V", ("V",), YES),
        ("IV+V", ("IV+V",), YES),
        ("IV + V", ("IV+V",), YES),
        ("IV", ("IV+V",), NO),
        ("IV+V", ("III",), NO),
        ("class IV and V", ("IV+V",), YES),
        ("IIIB", ("III",), YES),
        ("IIIB", ("IIIA",), NO),
        ("III", ("IIIB",), OPEN),
        ("IIIC1", ("IIIC",), YES),
        ("IIIC", ("IIIC1",), OPEN),
        ("stage 3", ("III",), YES),
        ("NYHA II", ("II",), YES),
        ("NYHA class II", ("NYHA III", "NYHA IV"), NO),
        ("NYHA II", ("Killip II",), OPEN),
        ("grade 3", ("3",), YES),
        ("grade 3", ("III",), OPEN),
        ("III-IV", ("III",), OPEN),
        ("III-IV", ("III", "IV"), YES),
        ("III or IV", ("III",), OPEN),
        ("III or IV", ("II",), NO),
        ("I-III", ("II",), OPEN),
        ("III/IV", ("III",), OPEN),
        ("III/IV", ("III", "IV"), YES),
        ("III/IV", ("V",), NO),
        ("IV", ("III-IV",), YES),
        ("III", ("II to IV",), YES),
        ("V", ("III/IV",), NO),
        ("not V", ("V",), OPEN),
        ("at least II", ("II",), OPEN),
        ("≥ II", ("III",), OPEN),
        ("IV?", ("IV",), OPEN),
        ("II, previously IV", ("IV",), OPEN),
        ("T2N0M0", ("II",), OPEN),
        ("T2N0M0", ("T2N0M0",), YES),
        ("T2N0M0", ("T3N0M0",), OPEN),
        ("extensive", ("limited",), NO),
        ("extensive", ("extensive",), YES),
        ("metastatic", ("IV",), OPEN),
        ("IIA", ("I",), NO),
    ],
)
def test_a_recorded_stage_is_one_of_those_asked(recorded: str, asked: tuple[str, ...], expected: t.Truth) -> None:
    assert matches(recorded, asked) == expected
