"""Trials side by side: what tests the same fact stands in one row, every criterion in exactly one, differences told apart."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row

from matcher.matching.aligning import KINDS, Aligned, aligned
from matcher.matching.demands import demands
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.verdict import Verdict
from matcher.vocabulary import load

CHECKS = (
    "age 18 to 65 years", "age ≥ 18 years", "sex female", "platelets < 50 ×10⁹/L", "ALT > 2 × ULN or AST > 2 × ULN", "AST > 3 × ULN", "lupus nephritis",
    "systemic lupus erythematosus", "use of rituximab within 6 months", "use of biologics within 12 months", "pregnant or breastfeeding", "hepatitis B",
    'statement "able to read"', 'judgement "unsuitable"', 'consent "signs"', "", "when sex female then contraception", "kidney biopsy within 6 months showing IV",
    "rare disease nobody knows", "hepatitis B or HIV infection or tuberculosis",
)  # fmt: skip


def judged(check: str, number: int = 1, text: str = "") -> CriterionMatch:
    """A criterion of a check; "!" before it makes it an exclusion."""
    kind, check = ("exclusion", check[1:]) if check.startswith("!") else ("inclusion", check)
    return CriterionMatch(
        f"{kind[0].upper()}{number}", kind, text or check or "Not read.", "", check, "full" if check else "none", (), Verdict.PASS, Verdict.PASS, "holds", ""
    )


def trial(name: str, *checks: str) -> TrialMatch:
    numbers = count(1)
    criteria = tuple(judged(check, next(numbers)) for check in checks)
    return TrialMatch(name, name, "recruiting", 1, "possible", 0.5, "same", (), {}, None, criteria)


def shown(rows: list[Aligned]) -> list[str]:
    """The rows in few words: what is tested, how it compares, and each trial's criteria."""
    return [f"{row.subject.name} {row.standing}: " + " | ".join(" ".join([*(one.id for one in cell.criteria), *(f"({one})" for one in cell.elsewhere)]) for cell in row.cells) for row in rows]


@each_row(
    ("first", "second", "rows"),
    [
        (["age 18 to 65 years"], ["age ≥ 18 years", "age ≤ 65 years"], ["age same: I1 | I1 I2"]),
        (["age 18 to 65 years"], ["age 18 to 70 years"], ["age differ: I1 | I1"]),
        (["platelets ≥ 50 ×10⁹/L"], ["!platelet count < 50000 /µL"], ["platelets same: I1 | E1"]),
        (["platelets > 50 ×10⁹/L"], ["!platelets < 50 ×10⁹/L"], ["platelets differ: I1 | E1"]),
        (["!platelets < 50 ×10⁹/L within 14 days"], ["!platelets < 50 ×10⁹/L"], ["platelets differ: E1 | E1"]),
        (["!SLE"], ["!systemic lupus erythematosus"], ["systemic lupus erythematosus same: E1 | E1"]),
        (["!pregnant or breastfeeding"], ["!breastfeeding", "!pregnant"], ["pregnant differ: E1 | E2", "breastfeeding differ: (E1) | E1"]),
        (["!use of rituximab within 6 months"], ["!use of biologics within 6 months"], ["biologics differ: E1 | E1"]),
        (["!use of belimumab", "!use of rituximab"], ["!use of biologics"], ["biologics differ: E1 E2 | E1"]),
        (["lupus nephritis"], ["!hypertension"], ["lupus nephritis one: I1 | ", "hypertension one:  | E1"]),
        (["!hyperthyroidism"], ["!hypothyroidism"], ["hyperthyroidism one: E1 | ", "hypothyroidism one:  | E1"]),
        (["!ALT > 2 × ULN or AST > 2 × ULN"], ["!AST > 3 × ULN"], ["AST differ: E1 | E1"]),
        (["", "age ≥ 18 years"], ["!"], ["age one: I2 | ", "not read differ: I1 | E1"]),
        (["when sex female then contraception"], ["contraception"], ["contraception differ: I1 | I1"]),
        (['consent "signs"'], ['consent "is willing"'], ["consent differ: I1 | I1"]),
        (["", 'judgement "frail"'], ['!judgement "unsuitable"'], [" own: I2 | E1", " one: I1 | "]),
        (['judgement "unsuitable"'], ['judgement "Unsuitable."'], ["unsuitable same: I1 | I1"]),
    ],
)
def test_rows(first: list[str], second: list[str], rows: list[str]) -> None:
    assert shown(aligned([trial("A", *first), trial("B", *second)], load())) == rows


def test_not_all_asking_is_told_from_differing() -> None:
    three = [trial("A", "age ≥ 18 years"), trial("B", "age ≥ 18 years"), trial("C", "sex female")]
    assert [row.standing for row in aligned(three, load())] == ["some", "one"]


def test_what_was_not_read_stands_last() -> None:
    rows = aligned([trial("A", "", *CHECKS[::-1]), trial("B", *CHECKS)], load())
    kinds = [KINDS.index(row.subject.kind) for row in rows]
    assert kinds == sorted(kinds)
    assert rows[-1].subject.kind == "unread"


@given(st.lists(st.lists(st.sampled_from([*CHECKS, *(f"!{one}" for one in CHECKS)]), max_size=6), min_size=2, max_size=4))
@examples(40)
def test_every_criterion_stands_in_exactly_one_row(trials: list[list[str]]) -> None:
    matches = [trial(f"T{number}", *checks) for number, checks in enumerate(trials)]
    rows = aligned(matches, load())
    for number, match in enumerate(matches):
        placed = [one.id for row in rows for one in row.cells[number].criteria]
        assert sorted(placed) == sorted(one.id for one in match.criteria)
    for row in rows:
        if row.standing == "same":
            asked = {frozenset(text for one in cell.criteria for text in demands(one, load())) for cell in row.cells}
            assert len(asked) == 1
