"""Composing a draft and read criteria into a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rows import each_row

from matcher.model.trial import Kind, Trial
from matcher.sources import Draft, Section, assemble
from matcher.sources.ages import NO_AGES, AgeRange, read_ages


@dataclass(frozen=True, slots=True)
class _Read:
    id: str
    kind: Kind
    text: str
    group: str = ""
    note: str = ""
    check: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def _reader(sections: Sequence[tuple[str, str]]) -> list[_Read]:
    kinds: dict[str, Kind] = {"inclusion": "inclusion", "exclusion": "exclusion"}
    return [
        _Read(f"{kind[0].upper()}1", kinds[kind], text, "cohort A", "a note", "age ≥ 18 years", ((0, 3),))
        for kind, text in sections
    ]


def _ages(group: str) -> AgeRange:
    return read_ages(group) or NO_AGES


@each_row(
    ("trial", "ages", "expected"),
    [
        (Trial(id="T"), NO_AGES, []),
        (Trial(id="T", sex="all", healthy_volunteers=True), NO_AGES, []),
        (Trial(id="T", sex="female"), NO_AGES, [("R1", "Sex: female", "sex female")]),
        (
            Trial(id="T", sex="male", healthy_volunteers=False),
            _ages("18 to 80 years old"),
            [
                ("R1", "Sex: male", "sex male"),
                ("R2", "Ages: 18 years to 80 years", "age 18 to 80 years"),
                ("R3", "Healthy volunteers: no", "not healthy volunteer"),
            ],
        ),
        (
            Trial(id="T"),
            _ages("6 Months to 17 Years"),
            [("R1", "Ages: 6 months to 17 years", "age ≥ 6 months and age ≤ 17 years")],
        ),
        (Trial(id="T"), _ages("1 Year and older"), [("R1", "Ages: 1 year and older", "age ≥ 1 year")]),
        (Trial(id="T"), _ages("12 Hours to 2 Days"), [("R1", "Ages: 12 hours to 2 days", "")]),
    ],
)
def test_the_registrys_own_limits_become_criteria(
    trial: Trial, ages: AgeRange, expected: list[tuple[str, str, str]]
) -> None:
    criteria = assemble(Draft(trial, (), ages), _reader).criteria
    assert [(criterion.id, criterion.text, criterion.check) for criterion in criteria] == expected
    assert {criterion.kind for criterion in criteria} <= {"registry"}


def test_read_criteria_come_first_and_keep_all_they_hold() -> None:
    draft = Draft(Trial(id="T", sex="female"), (Section("inclusion", "Adults"), Section("exclusion", "Asthma")))
    trial = assemble(draft, _reader)
    assert [(criterion.id, criterion.kind) for criterion in trial.criteria] == [
        ("I1", "inclusion"),
        ("E1", "exclusion"),
        ("R1", "registry"),
    ]
    first = trial.criteria[0]
    assert (first.text, first.group, first.note, first.check, first.spans) == (
        "Adults",
        "cohort A",
        "a note",
        "age ≥ 18 years",
        [(0, 3)],
    )
    assert Trial.checked(trial.plain()) == trial


@each_row(
    ("conditions", "group", "check"),
    [
        ([], "", "ambiguous (eye disease; eye disease other than (glaucoma))"),
        ([], "cohort A", "eye disease"),
        (["gout"], "", "eye disease"),
    ],
)
def test_what_everyones_inclusions_ask_for_is_the_disease_of_a_record_that_names_none(conditions: list[str], group: str, check: str) -> None:
    def reader(_: Sequence[tuple[str, str]]) -> list[_Read]:
        return [_Read("I1", "inclusion", "glaucoma", group, check="glaucoma", spans=((0, 8),)), _Read("E1", "exclusion", "eye disease", check="eye disease", spans=((0, 11),))]

    draft = Draft(Trial(id="T", conditions=conditions), (Section("inclusion", "glaucoma"),))
    assert [one.check for one in assemble(draft, reader).criteria] == ["glaucoma", check]
