"""Importing files and folders: whatever they hold, a record or one clear problem."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.model.trial import Kind
from matcher.sources import ImportReport, import_paths, read_source
from matcher.sources.importing import LARGEST_PAGE

PAGES = Path(__file__).parent / "pages"
READ_ON = date(2026, 11, 21)


class _Whole:
    id = "I1"
    group = note = check = ""
    spans = ()
    kind: Kind = "inclusion"

    def __init__(self, text: str) -> None:
        self.text = text


def _reader(sections: Sequence[tuple[str, str]]) -> list[_Whole]:
    return [_Whole(text) for _, text in sections]


def _import(*paths: Path) -> ImportReport:
    return import_paths(paths, _reader, READ_ON)


def test_a_folder_gives_every_page_in_it() -> None:
    report = _import(PAGES)
    assert len(report.records) == len(list(PAGES.glob("*.txt")))
    assert all(record.criteria for record in report.records)
    assert {problem.kind for problem in report.problems} == {"unread-value"}


def test_the_record_that_was_met_twice_is_said(tmp_path: Path) -> None:
    page = (PAGES / "details-short.txt").read_text(encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    report = _import(tmp_path)
    assert [problem.kind for problem in report.problems] == ["duplicate"]
    assert "a.txt" in report.problems[0].message


@each_row(
    ("name", "content", "kind"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\0\0", "binary"),
        ("zeros.txt", b"\0" * 100, "binary"),
        ("letter.txt", b"Dear nurse", "unknown-format"),
        ("huge.txt", b"x" * (LARGEST_PAGE + 1), "too-large"),
    ],
)
def test_another_file_gives_one_problem_with_its_name(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    report = _import(path)
    assert not report.records
    assert [(problem.file, problem.kind, problem.refused) for problem in report.problems] == [(str(path), kind, True)]


def test_a_missing_file_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    report = _import(tmp_path / "none.txt", tmp_path, Path("bad\0name"))
    assert [problem.kind for problem in report.problems] in (
        ["no-file", "no-file", "unreadable"],
        ["no-file", "no-file", "no-file"],
    )


@each_row("encoding", ["utf-8-sig", "utf-16"])
def test_other_unicode_files_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text((PAGES / "clinconnect-phase.txt").read_text(encoding="utf-8"), encoding=encoding)
    report = _import(path)
    assert [record.id for record in report.records] == ["NCT90000303"]
    assert not report.problems


def test_a_windows_file_is_read_with_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes((PAGES / "clinconnect-phase.txt").read_text(encoding="utf-8").encode("cp1252"))
    report = _import(path)
    assert [record.sponsor for record in report.records] == ["RIVERBANK UNIVERSITY, INC."]
    assert [problem.kind for problem in report.problems] == ["encoding"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "b.txt").write_bytes((PAGES / "table-short.txt").read_bytes())
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    report = _import(tmp_path)
    assert len(report.records) == 1
    assert {problem.file for problem in report.problems} == {str(tmp_path / "a.txt")}
    (tmp_path / "junk.bin").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(gzip.compress(b"x" * 5000)[:30])
    said = [str(problem).removeprefix(str(tmp_path)) for problem in _import(tmp_path).problems]
    assert "breaks off before its end" in said[0]
    assert said[1] == ": passed over, being no trial files by their endings: junk.bin"


def test_a_reader_that_fails_gives_a_problem() -> None:
    def failing(sections: Sequence[tuple[str, str]]) -> list[_Whole]:
        raise ValueError("no")

    report = import_paths([PAGES / "table-short.txt"], failing, READ_ON)
    assert not report.records
    assert [problem.kind for problem in report.problems] == ["invalid"]


@given(data=st.data())
def test_a_page_cut_or_shuffled_never_raises(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(PAGES.glob("*.txt"))))
    lines = path.read_text(encoding="utf-8").split("\n")
    start = data.draw(st.integers(0, len(lines)))
    end = data.draw(st.integers(start, len(lines)))
    turned = data.draw(st.booleans())
    part = lines[end:] + lines[start:end] if turned else lines[:start] + lines[end:]
    reading = read_source("\n".join(part), "page.txt")
    assert reading.drafts or reading.problems


@given(text=st.text(max_size=400))
def test_any_text_gives_a_draft_or_a_problem(text: str) -> None:
    reading = read_source(text, "page.txt")
    assert reading.drafts or reading.problems
