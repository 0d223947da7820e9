"""`trials`, `profiles`, `mark` and `export`: what is there, the nurse's marks, and the shortlist she takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_support import refused, run

from matcher.export.shortlist import load_shortlist

if TYPE_CHECKING:
    from conftest import Desk

SHORTLIST = {"schema", "profile", "profile_digest", "as_of", "matcher", "vocabulary", "reader", "advice", "trials"}
LISTED = {
    "id", "record_digest", "title", "status", "rank", "tier", "score", "score_parts", "counts", "eligible_from", "mark", "note", "criteria",
}  # fmt: skip


def test_trials_lists_the_library_and_finds_words_in_it(desk: Desk) -> None:
    assert len(run("trials", "--format", "json").json) == 5
    found = run("trials", "sirolimus", "lupus", "--format", "json").json
    assert [one["id"] for one in found] == ["NCT04582136"]
    assert found[0].keys() == {"id", "title", "status", "conditions"}
    assert "NCT04582136" in run("trials", "SIROLIMUS").out
    assert run("trials", "no such word").out == ""


def test_profiles_lists_the_shipped_ones_and_the_users_own(desk: Desk) -> None:
    desk.file("data/profiles/T-1.toml", desk.profile.read_bytes())
    desk.file("data/profiles/broken.toml", "schema = 2")
    done = run("profiles")
    assert done.code == 0
    assert "LN-0042" in done.out
    assert "T-1 " in done.out
    assert "broken.toml: schema" in done.err


def test_a_mark_with_its_note_reaches_the_shortlist(desk: Desk) -> None:
    assert run("mark", "LN-0042", "NCT06167174", "watch", "--note", "biopsy in June").code == 0
    path = desk.home / "list.toml"
    done = run("export", "LN-0042", "-o", path)
    assert (done.code, done.out) == (0, "")
    (listed,) = load_shortlist(path).trials
    assert (listed.id, listed.mark, listed.note) == ("NCT06167174", "watch", "biopsy in June")


def test_another_mark_keeps_the_note_unless_it_has_its_own(desk: Desk) -> None:
    for words, note in ((["--note", "first"], "first"), (["watch"], "first"), (["watch", "--note", "second"], "second")):
        run("mark", "LN-0042", "NCT06167174", *words)
        assert f'note = "{note}"' in run("export", "LN-0042").out


def test_a_mark_is_the_shortlist_unless_said_and_none_takes_it_away(desk: Desk) -> None:
    run("mark", "LN-0042", "NCT06167174")
    assert "mark = \"shortlist\"" in run("export", "LN-0042").out
    run("mark", "LN-0042", "NCT06167174", "none")
    done = run("export", "LN-0042")
    assert "[[trials]]" not in done.out
    assert "no trial is marked" in done.err


def test_an_export_is_the_same_bytes_twice_and_on_standard_output(desk: Desk) -> None:
    path = desk.home / "list.toml"
    run("export", "LN-0042", "--all", "-o", path)
    first = path.read_bytes()
    run("export", "LN-0042", "--all", "-o", path)
    assert path.read_bytes() == first
    assert run("export", "LN-0042", "--all").out.encode() == first


def test_an_export_loads_again_with_the_keys_of_its_schema(desk: Desk) -> None:
    path = desk.file("list.toml", run("export", "LN-0042", "--all").out)
    listed = load_shortlist(path)
    plain = listed.plain()
    assert plain.keys() == SHORTLIST
    assert len(plain["trials"]) == 5
    assert all(one.keys() <= LISTED for one in plain["trials"])
    ranks = {one["trial_id"]: one["rank"] for one in run("match", "LN-0042", "--format", "json").json["trials"]}
    assert {one["id"]: one["rank"] for one in plain["trials"]} == ranks


def test_an_export_for_another_day_says_that_day(desk: Desk) -> None:
    assert "as_of = 2026-12-24" in run("export", "LN-0042", "--all", "--as-of", "2026-12-24").out


def test_nothing_but_the_same_patients_shortlist_is_written_over(desk: Desk) -> None:
    before = desk.profile.read_bytes()
    assert "nothing was written over it" in refused("export", "LN-0042", "--all", "-o", desk.profile)
    assert desk.profile.read_bytes() == before
    path = desk.file("list.toml", run("export", "LN-0113", "--all").out)
    assert "the shortlist of LN-0113" in refused("export", "LN-0042", "--all", "-o", path)


def test_an_output_that_cannot_be_written_is_refused(desk: Desk) -> None:
    for path in (desk.profile / "below" / "list.toml", desk.home, "a\0b"):
        line = refused("export", "LN-0042", "--all", "-o", path)
        assert line.startswith(str(path).replace("\0", " "))
        assert "cannot be" in line


@pytest.mark.parametrize("note", ["call 555 123 4567", "write to a.person@example.org", "MRN 00123456"])
def test_a_note_that_could_name_the_patient_is_refused(desk: Desk, note: str) -> None:
    assert "--note" in refused("mark", "LN-0042", "NCT06167174", "--note", note)
    assert not (desk.home / "data/marks").exists()


def test_marks_are_kept_apart_by_patient(desk: Desk) -> None:
    run("mark", "LN-0042", "NCT06167174")
    run("mark", "LN-0113", "NCT04582136", "rejected")
    assert "NCT04582136" not in run("export", "LN-0042").out
    assert "mark = \"rejected\"" in run("export", "LN-0113").out


def test_a_long_id_does_not_push_the_columns_apart(desk: Desk) -> None:
    lines = run("trials").out.splitlines()
    long = [line for line in lines if line and " " not in line]
    assert len(long) == 2
    rows = [line for line in lines if line not in long]
    assert len({line.index(line.split(None, 2 if line[0] != " " else 1)[-1]) for line in rows}) == 1


def test_facts_that_do_not_go_together_are_said_by_a_command(desk: Desk) -> None:
    done = run("profiles", "--check")
    assert (done.code, done.out) == (0, "")
    facts = 'schema = 1\nid = "CKD-1"\nas_of = 2026-11-20\n[[conditions]]\nname = "asthma"\n[[conditions]]\nname = "asthma"\nstatus = "absent"\n'
    path = desk.file("CKD-1.toml", facts)
    done = run("profiles", "--check", path)
    assert (done.code, done.out) == (1, "CKD-1: “asthma” is recorded as absent, and “asthma” as active: which is right?\n")
    assert "1 profile looked through, 1 with facts that do not go together" in done.err
    (found,) = run("profiles", "--check", path, "--format", "json").json
    assert found["contradictions"][0]["rows"] == ["conditions:1", "conditions:0"]
