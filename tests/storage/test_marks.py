"""The nurse's marks and overrides: kept per profile, one at a time, never lost to another window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row

from matcher.storage.digests import Digest, text_digest
from matcher.storage.files import write_text
from matcher.storage.marks import (
    Mark,
    Marks,
    Override,
    clear_decision,
    clear_mark,
    load_marks,
    marks_path,
    set_mark,
    set_override,
)
from matcher.storage.refusal import ChangedOnDisk, InputError

OVERRIDE = Override(
    trial_id="A",
    text_digest=text_digest("text"),
    verdict="n/a",
    was="unknown",
    why="asked",
    by="RN",
    on=date(2026, 11, 21),
)


def test_a_mark_is_kept_and_taken_away(tmp_path: Path) -> None:
    assert load_marks(tmp_path, "LN-1").marks == []
    assert not list(tmp_path.iterdir())
    set_mark(tmp_path, "LN-1", Mark(trial_id="B", mark="watch"))
    set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="watch", note="ask\nagain"))
    set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="shortlist", note="yes"))
    kept = load_marks(tmp_path, "LN-1")
    assert [(one.trial_id, one.mark, one.note) for one in kept.marks] == [("A", "shortlist", "yes"), ("B", "watch", "")]
    assert kept.of("A") == Mark(trial_id="A", mark="shortlist", note="yes")
    assert kept.of("C") is None
    assert load_marks(tmp_path, "LN-2").marks == []
    assert clear_mark(tmp_path, "LN-1", "A") == load_marks(tmp_path, "LN-1")
    assert load_marks(tmp_path, "LN-1").of("A") is None


def test_the_file_reads_well(tmp_path: Path) -> None:
    set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="rejected", note="too far"))
    expected = 'schema = 1\nprofile = "LN-1"\n\n[[marks]]\ntrial = "A"\nmark = "rejected"\nnote = "too far"\n'
    assert marks_path(tmp_path, "LN-1").read_text(encoding="utf-8") == expected


def test_an_override_is_found_by_the_criterions_text(tmp_path: Path) -> None:
    set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="watch"))
    set_override(tmp_path, "LN-1", OVERRIDE)
    set_override(tmp_path, "LN-1", OVERRIDE.model_copy(update={"verdict": "fail"}))
    kept = load_marks(tmp_path, "LN-1")
    assert len(kept.overrides) == 1
    found = kept.override("A", text_digest("TEXT "))
    assert found is not None
    assert found.verdict == "fail"
    assert kept.override("B", text_digest("text")) is None
    assert clear_decision(tmp_path, "LN-1", "A", text_digest("text")).overrides == []
    assert load_marks(tmp_path, "LN-1").of("A") is not None


def test_a_mark_made_elsewhere_in_the_same_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [Mark(trial_id="C", mark="watch"), Mark(trial_id="D", mark="watch")]

    def beaten_to_it(path: Path, text: str, *, expected: Digest | None) -> Digest:
        if others:
            set_mark(tmp_path, "LN-1", others.pop())
        return write_text(path, text, expected=expected)

    monkeypatch.setattr("matcher.storage.marks.write_text", beaten_to_it)
    set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="watch"))
    assert [one.trial_id for one in load_marks(tmp_path, "LN-1").marks] == ["A", "C", "D"]


def test_a_file_that_never_rests_is_given_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(path: Path, text: str, *, expected: Digest | None) -> Digest:
        raise ChangedOnDisk(str(path), "", "changed")

    monkeypatch.setattr("matcher.storage.marks.write_text", changed)
    with pytest.raises(ChangedOnDisk):
        set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="watch"))


@each_row(
    ("text", "words"),
    [
        ('profile = "LN-2"', 'these are the marks for "LN-2", not for "LN-1"'),
        (
            'profile = "LN-1"\n[[marks]]\ntrial = "A"\nmark = "maybe"',
            'marks[1].mark: found "maybe", expected "shortlist"',
        ),
        (
            'profile = "LN-1"\n[[marks]]\ntrail = "A"\nmark = "watch"',
            'marks[1].trail: unknown key; did you mean "trial"?',
        ),
        ("profile", "not valid TOML"),
    ],
)
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, text: str, words: str) -> None:
    path = marks_path(tmp_path, "LN-1")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        set_mark(tmp_path, "LN-1", Mark(trial_id="A", mark="watch"))
    assert words in str(refused.value)
    assert ("move it away: the facts are in another one" in str(refused.value)) == ("not for" not in words)
    assert path.read_text(encoding="utf-8") == text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@examples(25)
@given(trials=st.lists(TEXT, max_size=4, unique=True), note=TEXT)
def test_marks_come_back_as_they_were_made(tmp_path: Path, trials: list[str], note: str) -> None:
    for path in tmp_path.iterdir():
        path.unlink()
    made = Marks(profile="LN-1")
    for trial in trials:
        made = set_mark(tmp_path, "LN-1", Mark(trial_id=trial, mark="watch", note=note))
    assert load_marks(tmp_path, "LN-1") == made
    assert {one.trial_id for one in made.marks} == set(trials)
