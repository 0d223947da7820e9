"""Files are written whole, for their owner only, and never over somebody else's change."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from rows import each_row

from matcher.storage.digests import digest_of, digest_of_bytes, text_digest
from matcher.storage.files import file_digest, read_bytes, write_text
from matcher.storage.refusal import ChangedOnDisk, InputError, shown


def test_a_new_file_is_written_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.toml"
    digest = write_text(path, "µ ≥ 1\nx = 1\n", expected=None)
    assert path.read_bytes() == "µ ≥ 1\nx = 1\n".encode()
    assert digest == file_digest(path) == digest_of_bytes(path.read_bytes())
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="this system has no file modes")
def test_only_the_owner_may_read_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    write_text(path, "x = 1\n", expected=None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    digest = write_text(path, "mine\n", expected=None)
    path.write_text("theirs\n", encoding="utf-8", newline="\n")
    for expected in (digest, None):
        with pytest.raises(ChangedOnDisk):
            write_text(path, "mine again\n", expected=expected)
    assert path.read_text(encoding="utf-8") == "theirs\n"
    assert list(tmp_path.iterdir()) == [path]
    write_text(path, "merged\n", expected=file_digest(path))
    assert path.read_text(encoding="utf-8") == "merged\n"


def test_a_file_removed_since_it_was_read_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    digest = write_text(path, "mine\n", expected=None)
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="removed"):
        write_text(path, "mine again\n", expected=digest)
    assert not path.exists()


@each_row(
    ("number", "to_do"),
    [
        (errno.ENOSPC, "; make room on the disk, then do it again"),
        (errno.EFBIG, "; make room on the disk"),
        (errno.EACCES, "; choose a folder you may write in"),
        (errno.EROFS, "; choose a folder you may write in"),
        (errno.EIO, "output error"),
    ],
)
def test_a_file_that_cannot_be_written_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, to_do: str) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="cannot be written: ") as refused:
        write_text(tmp_path / "b.toml", "new\n", expected=None)
    assert to_do in str(refused.value)


def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.toml"
    digest = write_text(path, "old\n", expected=None)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("matcher.storage.files.os.fsync", fail)
    with pytest.raises(InputError, match="no space left"):
        write_text(path, "new\n", expected=digest)
    assert path.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_character_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="broken character"):
        write_text(tmp_path / "b.toml", "\ud800", expected=None)
    assert list(tmp_path.iterdir()) == []


@each_row("name", ["missing.toml", "folder", "bad\0name", "x" * 5000])
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as refused:
        read_bytes(tmp_path / name)
    assert "\n" not in str(refused.value)
    assert str(tmp_path) in str(refused.value)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_bytes(b"x" * 11)
    assert read_bytes(path, 11) == b"x" * 11
    with pytest.raises(InputError, match="larger than"):
        read_bytes(path, 10)


def test_digests_are_of_what_is_said_and_not_of_how_it_is_laid_out() -> None:
    assert digest_of({"a": 1, "b": [1.5, "µ"]}) == digest_of({"b": [1.5, "µ"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert text_digest("Age  ≥ 18\n years") == text_digest("age ≥ 18 years") != text_digest("age ≥ 19 years")
    assert digest_of({}).startswith("sha256:")


@each_row(
    ("value", "words"),
    [
        (True, "true"),
        (3, "3"),
        (10**40, "a very long number"),
        ("a\nb\x1b[2J", '"a b [2J"'),
        ([], "a list"),
        ({}, "a table of keys"),
        (None, "nothing"),
        ("x" * 100, '"' + "x" * 60 + '…"'),
        (float("nan"), "nan"),
        (object, "type"),
    ],
)
def test_a_refused_value_is_shown_as_it_was_typed(value: object, words: str) -> None:
    assert shown(value) == words
