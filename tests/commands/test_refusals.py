"""Exit codes, and the one line that each kind of bad input gets: file, place, what was expected."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from command_support import PROFILE, process, refused, run
from rows import each_row

from matcher.cli import main
from matcher.commands import listing

if TYPE_CHECKING:
    from conftest import Desk

BAD_PROFILES: dict[str, tuple[str | bytes, Sequence[str]]] = {
    "broken TOML": (PROFILE + "age = \n", ("line 20", "not valid TOML")),
    "key twice": (PROFILE.replace("age = 34", "age = 34\nage = 35"), ("line 5", "a second time")),
    "unknown key": (PROFILE.replace("pregnant", "pregnent"), ("pregnent", 'did you mean "pregnant"')),
    "unknown key in a row": (PROFILE.replace("unit", "units"), ("labs[1].units", 'did you mean "unit"')),
    "wrong type": (PROFILE.replace("false", '"no"'), ("pregnant", '"no"', "expected true or false")),
    "not one of the words": (PROFILE.replace('"female"', '"woman"'), ("sex", '"woman"', '"female"')),
    "no such day": (PROFILE.replace("2026-11-10", '"2026-11-31"'), ("labs[1].date", "2026-11-31", "no such day")),
    "out of range": (PROFILE.replace("34", "340"), ("age", "340", "between 0 and 130")),
    "not plausible": (PROFILE.replace("182", "182000"), ("labs[1].value", "182000", "platelets between")),
    "later than the day": (PROFILE.replace("2026-11-10", "2027-11-10"), ("labs[1].date", "after as_of")),
    "no id": (PROFILE.replace('id = "T-1"', ""), ("id", "missing")),
    "another schema": (PROFILE.replace("schema = 1", "schema = 2"), ("schema", "found 2", "expected 1")),
    "binary": (b"\x00\xff\xfe", ("not UTF-8",)),
    "empty": (b"", ("id", "missing")),
}


@each_row(("content", "said"), BAD_PROFILES.values(), ids=BAD_PROFILES.keys())
@each_row("command", ["match", "check", "export"])
def test_a_bad_profile_is_refused_with_its_file_its_place_and_what_was_expected(
    desk: Desk, command: str, content: str | bytes, said: Sequence[str]
) -> None:
    path = desk.file("bad.toml", content)
    arguments = ["check", "--kind", "inclusion", "--profile", path, "Age over 18"] if command == "check" else [command, path]
    line = refused(*arguments)
    assert line.startswith(str(path))
    for word in said:
        assert word in line, line


@each_row(("reference", "said"), [
    ("no/such/file.toml", "there is no such file"),
    ("LN-0024", 'did you mean "LN-0042"?'),
    ("ln0042", 'did you mean "LN-0042"?'),
    ("\N{SNOWMAN}", "no profile has this id"),
    ("../../etc/passwd", ""),
    ("a\0b.toml", ""),
    ("x" * 5000 + ".toml", ""),
    ("", "no profile has this id"),
])
def test_an_unknown_profile_is_refused_with_the_nearest(desk: Desk, reference: str, said: str) -> None:
    assert said in refused("match", reference)


def test_a_folder_is_no_profile(desk: Desk) -> None:
    assert "not a file" in refused("match", f"{desk.home}{os.sep}")


@each_row("command", [("explain",), ("mark",)])
def test_an_unknown_trial_is_refused_with_the_nearest(desk: Desk, command: tuple[str]) -> None:
    assert 'did you mean "NCT06167174"?' in refused(*command, "LN-0042", "NCT0616717")
    assert "`matcher trials` lists them" in refused(*command, "LN-0042", "\N{SNOWMAN}")


def test_paths_without_trials_are_refused(desk: Desk) -> None:
    empty = desk.home / "empty"
    empty.mkdir()
    assert "holds no trial records" in refused("match", desk.profile, "--trials", empty)
    assert run("match", desk.profile, "--trials", desk.home / "no-such").code == 1


@each_row("day", ["tomorrow", "2026-13-01", "2026-02-30", "2026-11", "21.11.2026", ""])
@each_row("command", ["match", "export"])
def test_a_day_that_is_none_is_refused(desk: Desk, command: str, day: str) -> None:
    line = refused(command, desk.profile, "--as-of", day)
    assert line.startswith("--as-of")
    assert "expected a" in line


def test_facts_after_the_day_asked_for_are_refused(desk: Desk) -> None:
    for arguments in (["match"], ["export", "--all"], ["check", "--kind", "inclusion", "Age over 18", "--profile"]):
        line = refused(*arguments, desk.profile, "--as-of", "2026-11-09")
        assert line.startswith("T-1: labs[1].date: 2026-11-10 is after --as-of 2026-11-09")


@each_row("arguments", [
    ["no-such-command"], ["match"], ["match", "T-1", "--top", "0"], ["match", "T-1", "--top", "many"], ["match", "T-1", "--format", "xml"],
    ["explain", "T-1"], ["import"], ["mark", "T-1", "NCT1", "maybe"], ["match", "T-1", "--as-of"], ["--no-such-option"],
])  # fmt: skip
def test_wrong_usage_is_2(desk: Desk, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "usage: matcher" in done.err


@each_row("arguments", [
    ["explain", "--", "LN-0042", "--"], ["match", "LN-0042", "--as-of=--"], ["match", "LN-0042", "--top=--"], ["match", "LN-0042", "--format=--"],
    ["match", "LN-0042", "--trials=--"], ["mark", "LN-0042", "NCT06167174", "--note=--"], ["export", "LN-0042", "--output=--"],
])  # fmt: skip
def test_two_dashes_are_no_value(desk: Desk, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "expected a value" in done.err


@each_row("arguments", [["--help"], ["--version"], ["match", "--help"], ["check", "-h"]])
def test_help_is_0(desk: Desk, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    assert "matcher" in done.out


def test_exit_codes_reach_the_shell(desk: Desk) -> None:
    assert process("match", "no-such").returncode == 1
    assert process("match").returncode == 2


def test_a_terminal_of_another_encoding_still_gets_the_signs(desk: Desk) -> None:
    done = process("match", "LN-0042", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "·" in done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently")
def test_a_reader_that_goes_away_is_no_error(desk: Desk) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "matcher", "match", "LN-0042", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    said = writer.stderr.read()
    writer.wait(60)
    writer.stderr.close()
    assert said == b""


def test_what_breaks_inside_is_one_line_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(listing, "trials_of", breaks)
    done = run("trials")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "RuntimeError" in done.err
    monkeypatch.setenv("MATCHER_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run("trials")


def test_the_app_opens_in_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "needs a terminal" in capsys.readouterr().err
