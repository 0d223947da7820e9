"""What is kept for the next process is used only as long as it was made of the same files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from matcher.model import kept


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file, and a place of its own for what is kept."""
    monkeypatch.setattr(kept, "_CACHED", str(tmp_path / "kept.pyc"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    found = tmp_path / "table.tsv"
    found.write_text("one", encoding="utf-8")
    return found


def _of(table: Path) -> tuple[list[str], bool]:
    """What is kept of a table, and whether it was made anew."""
    made: list[str] = []

    def make() -> list[str]:
        made.append("anew")
        return [table.read_text(encoding="utf-8")]

    return kept.kept("lines", [str(table)], make), made != []


def test_it_is_made_once(table: Path) -> None:
    assert [_of(table), _of(table)] == [(["one"], True), (["one"], False)]


def test_it_is_made_anew_of_a_file_that_changed(table: Path) -> None:
    _of(table)
    table.write_text("two", encoding="utf-8")
    os.utime(table, ns=(1, 1))
    assert [_of(table), _of(table)] == [(["two"], True), (["two"], False)]


def test_it_is_made_anew_by_another_python(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _of(table)
    monkeypatch.setattr("sys.version", "another")
    assert _of(table) == (["one"], True)


@pytest.mark.parametrize("held", [b"", b"nothing", b"\xe9\x00\x00\x00\x00", b"N"])
def test_what_cannot_be_read_is_made_anew(table: Path, held: bytes) -> None:
    _of(table)
    (table.parent / "kept.lines").write_bytes(held)
    assert _of(table) == (["one"], True)


def test_where_nothing_can_be_written_it_is_made_as_ever(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_CACHED", str(table.parent / "nowhere" / "kept.pyc"))
    assert [_of(table), _of(table)] == [(["one"], True), (["one"], True)]
    monkeypatch.setattr(kept, "_CACHED", None)
    assert _of(table) == (["one"], True)


def test_a_file_that_is_in_the_way_is_left(table: Path) -> None:
    (table.parent / "kept.lines").mkdir()
    assert _of(table) == (["one"], True)
    assert sorted(path.name for path in table.parent.iterdir()) == ["kept.lines", "table.tsv"]
