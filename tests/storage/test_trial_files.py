"""Trial records as files: one bad file is one problem, and what is saved loads again equal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row

from matcher.model.dates import partial_date
from matcher.model.trial import Arm, Criterion, Intervention, Location, Related, Source, Trial
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_trial, load_trials, read_trial, read_trials, save_trial, trial_text

TRIAL = Trial(
    id="NCT00000001",
    ids=["NCT00000001", "EU-1"],
    title="A trial of one thing",
    status="recruiting",
    conditions=["lupus nephritis"],
    min_age=16,
    max_age=0.5,
    summary="one\ntwo",
    start=partial_date("2017-01"),
    source=Source(site="MedPath", read=date(2026, 11, 21), current_as_of=partial_date("2025-11-14"), paraphrased=True),
    arms=[Arm(label="A")],
    criteria=[
        Criterion(id="I1", kind="inclusion", text="Age ≥ 18 years", check="age ≥ 18 years", spans=[(0, 14)]),
        Criterion(id="E1", kind="exclusion", text="[/b] \\> 3", note="NB"),
    ],
)


def test_a_record_is_written_as_the_schema_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    digest = save_trial(TRIAL, path, expected=None)
    assert read_trial(path) == (TRIAL, digest)
    text = trial_text(TRIAL)
    assert text.index("schema = 1") < text.index("[source]") < text.index("[[arms]]") < text.index("[[criteria]]")
    assert "spans = [[0, 14]]" in text
    assert 'ids = ["NCT00000001", "EU-1"]' in text
    assert 'start = "2017-01"' in text
    assert "read = 2026-11-21" in text


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TRIALS = st.builds(
    Trial,
    id=TEXT.filter(bool),
    title=TEXT,
    official_title=st.none() | TEXT,
    phases=st.lists(TEXT, max_size=2),
    min_age=st.none() | st.floats(0, 120),
    enrollment=st.none() | st.integers(0, 10**6),
    healthy_volunteers=st.none() | st.booleans(),
    start=st.none() | st.dates(date(1000, 1, 1)).map(partial_date),
    source=st.none() | st.builds(Source, site=TEXT, paraphrased=st.booleans()),
    interventions=st.lists(st.builds(Intervention, type=TEXT, name=TEXT), max_size=2),
    locations=st.lists(st.builds(Location, city=TEXT), max_size=2),
    related=st.lists(st.builds(Related, id=TEXT), max_size=1),
    criteria=st.lists(
        st.builds(
            Criterion,
            id=TEXT,
            kind=st.sampled_from(["inclusion", "exclusion", "registry"]),
            text=TEXT,
            check=TEXT,
            spans=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2),
            group=TEXT,
            curated=st.booleans(),
        ),
        max_size=3,
    ),
)


@examples(50)
@given(trial=TRIALS)
def test_what_is_saved_loads_again_equal(tmp_path: Path, trial: Trial) -> None:
    path = tmp_path / "t.toml"
    path.unlink(missing_ok=True)
    save_trial(trial, path, expected=None)
    assert load_trial(path) == trial


@each_row(
    ("text", "place", "words"),
    [
        ('id = "A"\nphase = ["2"]', "phase", 'did you mean "phases"?'),
        ('id = "A"\nstatus = "open"', "status", 'found "open", expected "not-yet-recruiting"'),
        ('id = "A"\nmin_age = inf', "min_age", "expected"),
        ('id = "A"\nmin_age = "young"', "min_age", 'found "young", expected a number'),
        ('id = "A"\nenrollment = 1.5', "enrollment", "found 1.5, expected a whole number"),
        ('id = "A"\nphases = "2"', "phases", 'found "2", expected a list'),
        ('id = "A"\n[source]\nformat = "x"', "source.site", "this key is missing"),
        (
            'id = "A"\n[[criteria]]\nid = "I1"\nkind = "maybe"\ntext = "x"',
            "criteria[1].kind",
            'found "maybe", expected "inclusion"',
        ),
        (
            'id = "A"\n[[criteria]]\nid = "I1"\nkind = "inclusion"\ntext = "x"\nspans = [1]',
            "criteria[1].spans[1]",
            "expected a pair",
        ),
        (
            'id = "A"\n[[criteria]]\nid = "I1"\nkind = "inclusion"\ntext = "x"\nspan = []',
            "criteria[1].span",
            'did you mean "spans"?',
        ),
        ('id = ""', "id", "expected some text"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_trial(path)
    assert (refused.value.file, refused.value.place) == (str(path), place)
    assert words in refused.value.message


FRAGMENTS = st.sampled_from(
    ["[[", "=", '"', "\n", "[source]", "[[criteria]]", "{", "inf", "1e400", "[1]", "-1", "\x00", "true", "[[["]
)


@examples(120)
@given(data=st.data())
def test_a_mutilated_record_loads_or_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    text = trial_text(TRIAL)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(FRAGMENTS) + text[start + data.draw(st.integers(0, 20)) :]
    path = tmp_path / "t.toml"
    path.write_bytes(text.encode())
    loaded = read_trials(path)
    assert all(Trial.checked(trial.plain()) == trial for trial in loaded.trials)
    assert all("\n" not in str(problem) for problem in loaded.problems)
    assert len(loaded.trials) + len(loaded.problems) == 1


@examples(80)
@given(data=st.binary(max_size=200))
def test_any_bytes_load_or_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.toml"
    path.write_bytes(data)
    with pytest.raises(InputError):
        load_trial(path)


def put(folder: Path, name: str, trial_id: str, title: str) -> Path:
    path = folder / name
    save_trial(Trial(id=trial_id, title=title), path, expected=None)
    return path


def test_one_bad_file_is_one_problem_and_the_others_load(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", "A", "a")
    put(tmp_path, "c.toml", "C", "c")
    (tmp_path / "b.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "readme.txt").write_text("not a trial", encoding="utf-8")
    loaded = read_trials(tmp_path)
    assert [trial.id for trial in loaded.trials] == ["A", "C"]
    assert [problem.file for problem in loaded.problems] == [str(tmp_path / "b.toml")]
    with pytest.raises(InputError, match="not valid TOML"):
        load_trials(tmp_path)


def test_a_later_folder_stands_in_for_an_earlier_one(tmp_path: Path) -> None:
    put(tmp_path / "shipped", "a.toml", "A", "shipped")
    put(tmp_path / "shipped", "b.toml", "B", "shipped")
    put(tmp_path / "own", "mine.toml", "A", "own")
    loaded = read_trials([tmp_path / "shipped", tmp_path / "own"])
    assert [(trial.id, trial.title) for trial in loaded.trials] == [("A", "own"), ("B", "shipped")]
    assert not loaded.problems


def test_the_same_trial_twice_in_one_folder_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", "A", "first")
    put(tmp_path, "b.toml", "A", "second")
    loaded = read_trials([tmp_path])
    assert [trial.title for trial in loaded.trials] == ["first"]
    assert "a.toml" in loaded.problems[0].message


def test_single_files_and_missing_ones(tmp_path: Path) -> None:
    path = put(tmp_path, "a.toml", "A", "a")
    assert [trial.id for trial in load_trials(str(path))] == ["A"]
    with pytest.raises(InputError, match="no such file"):
        load_trials([path, tmp_path / "missing.toml"])
