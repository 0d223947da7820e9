"""A trial typed by hand: what is read of it, what is refused, and that it is typed again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import each_row
from test_library_session import TODAY

from matcher.model.trial import Trial
from matcher.session.browsing import Browser
from matcher.session.searching import Filters
from matcher.session.typed_trials import Typed, read_typed, remove_typed, save_typed, typed_of
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import save_trial

FULL = Typed(title="Air one", id="AIR-1", condition="asthma; COPD", status="recruiting", ages="18 to 60", sex="female", text="Inclusion:\n- Asthma\n- eGFR >= 30\nExclusion:\n- Smokers")


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "config")


def test_every_field_is_taken_up_and_typed_again_as_it_was(places: Folders) -> None:
    reading = read_typed(FULL, TODAY)
    trial = reading.trial
    assert trial is not None
    assert (trial.id, trial.title, trial.conditions, trial.status, trial.sex, trial.min_age, trial.max_age) == ("AIR-1", "Air one", ["asthma", "COPD"], "recruiting", "female", 18.0, 60.0)
    assert [(one.id, one.check) for one in trial.criteria][:2] == [("I1", "asthma"), ("I2", "eGFR ≥ 30")]
    assert save_typed(places, reading) == "AIR-1"
    again = typed_of(places, "AIR-1")
    assert read_typed(again, TODAY).sections == reading.sections
    assert save_typed(places, read_typed(again, TODAY), over="AIR-1") == "AIR-1"


@each_row(
    ("typed", "title", "site", "criteria"),
    [
        (Typed(), None, "", 0),
        (Typed(title="Only a title"), None, "", 0),
        (Typed(text="- Asthma\n- Age over 18"), "", "", 2),
        (Typed(title="A", text="- Asthma\n- Age over 18"), "A", "", 2),
        (Typed(title="Title: ID: x", text="Inclusion criteria:\n- Asthma"), "Title: ID: x", "", 1),
        (Typed(title="two\nlines", text="Asthma"), "two lines", "", 1),
        (Typed(text="Title: Pasted\nCondition: gout\n\nInclusion criteria:\n- Gout"), "Pasted", "", 1),
        (Typed(title="Mine", text="Title: Pasted\nCondition: gout\n\nInclusion criteria:\n- Gout"), "Mine", "", None),
        (Typed(title="[/b] \x1b[31m \u202e", text="[/b] " * 400), "[/b]", None, None),
        (Typed(title="x" * 500, text="\x00\n\x07"), None, None, None),
        (Typed(status="sometimes", sex="other", ages="young", title="A", text="- Asthma"), "A", "", None),
    ],
)
def test_whatever_is_typed_is_read_or_told(typed: Typed, title: str | None, site: str | None, criteria: int | None) -> None:
    reading = read_typed(typed, TODAY)
    if title is not None:
        assert reading.trial is not None
        assert reading.trial.title.startswith(title)
    if site is not None:
        assert reading.site == site
    if criteria is not None:
        assert len([one for one in reading.trial.criteria if one.kind != "registry"] if reading.trial else []) == criteria


def test_what_cannot_be_kept_is_refused_and_nothing_is_written_over(places: Folders) -> None:
    for typed, why in ((Typed(), "a title"), (Typed(text="- Asthma"), "a title"), (Typed(title="A", text="Inclusion criteria:\n"), "criterion"), (Typed(title="A", ages="xx", text="- Gout"), "ages “xx”: expected")):
        with pytest.raises(InputError, match=why):
            save_typed(places, read_typed(typed, TODAY))
    assert not places.library.exists() or Browser(places).open(lambda _: None).result().kept == 0
    places.trials.mkdir(parents=True)
    save_trial(Trial(id="OURS"), places.trial_path("OURS"), expected=None)
    save_typed(places, read_typed(FULL, TODAY))
    for taken in ("AIR-1", "OURS"):
        with pytest.raises(InputError, match="this id already"):
            save_typed(places, read_typed(Typed(title="B", id=taken, text="- Gout"), TODAY))
    assert save_typed(places, read_typed(Typed(title="B", id="AIR-2", text="- Gout"), TODAY), over="AIR-1") == "AIR-2"
    with pytest.raises(InputError, match="not a trial typed by hand"):
        typed_of(places, "AIR-1")
    remove_typed(places.library, "AIR-2")
    with pytest.raises(InputError, match="not a trial typed by hand"):
        remove_typed(places.library, "OURS")


def test_a_browser_finds_and_shows_and_lets_go(places: Folders) -> None:
    save_typed(places, read_typed(FULL, TODAY))
    browser = Browser(places)
    assert browser.open(lambda _: None).result().kept == 1
    assert [one.id for one in browser.find("air", Filters()).result().hits] == ["AIR-1"]
    found = browser.look("AIR-1").result()
    assert found is not None
    assert (found.by_hand, found.place, len(found.versions)) == (True, "library", 1)
    assert browser.look("AIR-9").result() is None
    browser.close()


def test_a_damaged_library_is_said_and_the_files_are_browsed(places: Folders) -> None:
    save_trial(Trial(id="OURS", title="Ours", status="recruiting"), places.trial_path("OURS"), expected=None)
    places.library.write_bytes(b"no library at all")
    browser = Browser(places)
    found = browser.open(lambda _: None).result()
    assert (found.files, found.kept) == (1, 0)
    assert "library.db" in found.problems[0]
    assert [one.id for one in browser.find("ours", Filters()).result().hits] == ["OURS"]
    browser.close()
