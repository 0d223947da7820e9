"""Unsaved changes outlive the app; undo and redo go back and forth between every state."""

from __future__ import annotations

import errno
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.profile import Condition, Profile
from matcher.session import Session
from matcher.session.history import History
from matcher.session.patients import archive, purge
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile
from matcher.storage.typed_rows import TypedRow, row_path

TODAY = date(2026, 11, 22)


def session(where: Path) -> Session:
    return Session(Folders(where, where), TODAY, trials=())


def test_what_was_not_saved_is_there_after_a_loss(tmp_path: Path) -> None:
    lost = session(tmp_path)
    lost.new_profile("A-1")
    lost.set_fact(note="call 555-123-4567")
    lost.set_fact(age=Decimal(40))  # what cannot be saved is no reason to lose what can
    lost._claim.release()  # as a killed window leaves it
    found = session(tmp_path)
    (listed,) = found.profiles()
    assert (listed.id, listed.profile and listed.profile.age) == ("A-1", Decimal(40))
    found.open_profile(listed.path)
    assert found.profile is not None
    assert found.profile.age is None
    draft = found.unsaved()
    assert draft is not None
    assert draft.note == "call …"
    found.recover(draft)
    assert found.dirty
    assert found.profile.age == Decimal(40)
    found.save_profile()
    assert session(tmp_path).profiles()[0].path.parent.name == "profiles"
    assert found.unsaved() is None
    assert not list((tmp_path / "drafts").iterdir())


def test_a_draft_of_a_running_window_is_left_alone(tmp_path: Path) -> None:
    other, here = session(tmp_path), session(tmp_path)
    other.new_profile("A-1")
    other.save_profile()
    other.set_fact(age=Decimal(40))
    here.open_profile(other.folders.profile_path("A-1"))
    assert (here.changed_elsewhere(), other.changed_elsewhere()) == (True, False)
    here.discard()
    here.set_fact(age=Decimal(50))
    found = here.unsaved()
    assert found is not None
    assert found.age == Decimal(40)
    other.undo()
    assert not here.changed_elsewhere()
    assert not list((tmp_path / "open").iterdir())


def test_a_draft_of_another_window_outlives_saving_discarding_and_changing_here(tmp_path: Path) -> None:
    other, here = session(tmp_path), session(tmp_path)
    other.new_profile("A-1")
    other.save_profile()
    path = other.folders.profile_path("A-1")
    here.open_profile(path)
    other.set_fact(age=Decimal(40))
    here.set_fact(age=Decimal(50))
    here.save_profile()  # while the other window runs
    assert here.unsaved() == other.profile
    assert other.changed_on_disk() == ["age: not recorded → 50"]
    with pytest.raises(InputError, match="another window"):
        archive(here.folders, path)
    other._claim.release()  # as a killed window leaves it
    here.set_fact(age=Decimal(60))
    here.discard()
    here.save_profile()
    assert here.unsaved() == other.profile
    with pytest.raises(InputError, match="never saved"):
        archive(here.folders, path)
    here.throw_away(other.profile or Profile(id="none"))
    assert here.unsaved() is None
    archive(here.folders, path)


def test_a_patient_that_was_never_saved_is_put_away_too(tmp_path: Path) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    desk.set_fact(age=Decimal(40))
    desk._claim.release()
    assert archive(desk.folders, desk.profiles()[0].path).is_file()


def test_saving_discarding_and_undoing_leave_no_draft(tmp_path: Path) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    desk.save_profile()
    desk.set_fact(age=Decimal(40))
    assert list((tmp_path / "drafts").iterdir())
    desk.undo()
    assert not list((tmp_path / "drafts").iterdir())
    desk.redo()
    assert list((tmp_path / "drafts").iterdir())
    desk.discard()
    assert not list((tmp_path / "drafts").iterdir())


def test_a_draft_never_holds_what_could_tell_who_it_is(tmp_path: Path) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    desk.set_fact(note="write to jane.doe@example.org")
    assert "jane.doe" not in (tmp_path / "drafts" / "A-1.toml").read_text(encoding="utf-8")


def test_a_broken_draft_is_no_draft(tmp_path: Path) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    desk.save_profile()
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "A-1.toml").write_text("schema = ", encoding="utf-8")
    assert desk.unsaved() is None


def test_a_draft_under_a_changed_code_leaves_none_under_the_old_one(tmp_path: Path) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    desk.set_fact(age=Decimal(40))
    desk.set_fact(id="A-2")
    assert [one.name for one in (tmp_path / "drafts").iterdir()] == ["A-2.toml"]


@given(st.lists(st.sampled_from(["change", "back", "forth"]), max_size=30))
def test_history_goes_back_and_forth_like_a_line(steps: list[str]) -> None:
    history, line, at = History(), [Profile(id="P-0")], 0
    for number, step in enumerate(steps, 1):
        if step == "change":
            history.went_on_from(line[at])
            line = [*line[: at + 1], Profile(id=f"P-{number}")]
            at += 1
        else:
            found = history.back(line[at]) if step == "back" else history.forth(line[at])
            to = at + (-1 if step == "back" else 1)
            assert found == (line[to] if 0 <= to < len(line) else None)
            at = to if found is not None else at


def test_a_row_that_is_typed_outlives_a_loss_but_not_its_patient(tmp_path: Path) -> None:
    lost, row = session(tmp_path), TypedRow(listed="notes", place=0, field="note", was={"note": ""}, texts={"note": "call 555-123-4567 on Monday"})
    lost.new_profile("A-1")
    lost.keep_typed(row)
    lost._claim.release()  # as a killed window leaves it
    found, other = session(tmp_path), session(tmp_path)
    found.open_profile(found.profiles()[0].path)
    kept = found.typed_row()
    assert kept is not None
    assert kept.texts == {"note": "call … on Monday"}
    assert found.profile is not None
    assert found.profile.note is None
    found.save_profile()
    found.keep_typed(row)
    other.open_profile(found.folders.profile_path("A-1"))
    assert other.typed_row() is None  # another window types it
    other.drop_typed()
    assert found.typed_row() is not None
    with pytest.raises(InputError, match="another window"):
        archive(found.folders, found.folders.profile_path("A-1"))
    found.put_down()
    with pytest.raises(InputError, match="never saved"):
        archive(found.folders, found.folders.profile_path("A-1"))
    purge(found.folders, "A-1")
    assert not list((tmp_path / "drafts").iterdir())


@each_row("text", ["", "listed = 3", 'listed = "labs"\nplace = "x"', "place = [", 'listed = "labs"\nfield = ""\nplace = 1\nwas = 3\ntexts = {a = 1}'])
def test_a_broken_file_of_a_typed_row_is_none(tmp_path: Path, text: str) -> None:
    desk = session(tmp_path)
    desk.new_profile("A-1")
    row_path(desk.folders, "A-1").parent.mkdir(parents=True)
    row_path(desk.folders, "A-1").write_text(text, encoding="utf-8")
    assert desk.typed_row() is None


def test_what_cannot_be_kept_beside_the_profile_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = session(tmp_path)
    here.new_profile("A-1")
    here.set_fact(age=Decimal(40))
    assert here.unkept == ""
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", _full)
        here.set_fact(age=Decimal(41))
        assert "no space left" in here.unkept
    here.set_fact(note="call 555-123-4567")  # kept without what could tell who she is
    assert here.unkept == ""


def _full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _two_windows(place: Path) -> tuple[Session, Session]:
    other, here = session(place), session(place)
    other.new_profile("A-1")
    other.set_fact(age=Decimal(30), sex="female")
    for name in ("asthma", "eczema"):
        other.put_entry("conditions", None, Condition(name=name))
    other.save_profile()
    here.open_profile(other.folders.profile_path("A-1"))
    return other, here


def test_what_two_windows_changed_of_different_facts_can_both_be_saved(tmp_path: Path) -> None:
    other, here = _two_windows(tmp_path)
    other.set_fact(age=Decimal(40))
    other.put_entry("conditions", 0, Condition(name="asthma", severity="severe"))
    other.complete_list("allergies", True)
    other.save_profile()
    here.set_fact(weight_kg=Decimal(61))
    here.remove_entry("conditions", 1)
    here.put_entry("conditions", None, Condition(name="gout"))
    assert here.may_put_together
    assert here.put_together()
    here.save_profile()
    saved = load_profile(other.folders.profile_path("A-1"))
    assert (saved.age, saved.weight_kg, saved.sex, saved.complete.allergies) == (Decimal(40), Decimal(61), "female", True)
    assert [(one.name, one.severity) for one in saved.conditions] == [("asthma", "severe"), ("gout", None)]
    assert not here.undo()


def test_what_two_windows_changed_of_one_fact_is_not_put_together(tmp_path: Path) -> None:
    other, here = _two_windows(tmp_path)
    other.set_fact(age=Decimal(40))
    other.save_profile()
    here.set_fact(age=Decimal(50))
    assert not here.may_put_together
    here.set_fact(age=Decimal(40))
    assert here.may_put_together  # the same is no conflict
    other.put_entry("conditions", 0, Condition(name="asthma", severity="severe"))
    other.save_profile()
    here.put_entry("conditions", 0, Condition(name="asthma", severity="mild"))
    assert not here.may_put_together
    other.folders.profile_path("A-1").write_text("age = ", encoding="utf-8")
    assert not here.may_put_together
    assert not here.put_together()
