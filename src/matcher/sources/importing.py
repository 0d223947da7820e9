"""Importing files and folders: every page found becomes a record or a problem, and nothing is raised."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.model.trial import Trial
from matcher.sources.assemble import Reader, assemble
from matcher.sources.kinds import read_source
from matcher.sources.values import Draft, Problem, ProblemKind

PAGE_SUFFIXES = frozenset({".txt", ".text"})
LARGEST_PAGE = 5_000_000
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import gave: the records, and every problem met."""

    records: tuple[Trial, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_paths(paths: Iterable[str | Path], reader: Reader, read_on: date) -> ImportReport:
    """Read every page in files and folders; `reader` reads eligibility text, `read_on` is noted in each record."""
    records: list[Trial] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths:
        for found in _pages(Path(path)):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            _import_page(found, reader, read_on, records, problems, seen)
    return ImportReport(tuple(records), tuple(problems))


def _import_page(
    path: Path,
    reader: Reader,
    read_on: date,
    records: list[Trial],
    problems: list[Problem],
    seen: dict[str, str],
) -> None:
    name = str(path)
    text, problem = read_text(path)
    problems += [problem] if problem else []
    if text is None:
        return
    reading = read_source(text, name, read_on)
    problems += reading.problems
    for draft in reading.drafts:
        trial = _assembled(draft, reader, name)
        if isinstance(trial, Problem):
            problems.append(trial)
            continue
        if trial.id in seen:
            problems.append(
                Problem(
                    name,
                    trial.id,
                    "duplicate",
                    f"a record with this id was also read from {seen[trial.id]}; compare the two before keeping one",
                )
            )
        seen.setdefault(trial.id, name)
        records.append(trial)


def _assembled(draft: Draft, reader: Reader, name: str) -> Trial | Problem:
    try:
        return assemble(draft, reader)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        return Problem(
            name,
            draft.trial.id,
            "invalid",
            f"its eligibility text could not be read ({type(error).__name__}); the page was left out",
        )


def read_text(path: Path) -> tuple[str | None, Problem | None]:
    """Read a file as text: UTF-8, else Windows-1252 with a remark; no text where it is no readable text file."""
    name = str(path)
    try:
        if path.stat().st_size > LARGEST_PAGE:
            return None, _problem(
                name,
                "too-large",
                f"larger than {LARGEST_PAGE // 1_000_000} MB: expected the saved text of one trial page",
            )
        content = path.read_bytes()
    except OSError as error:
        return None, _problem(
            name,
            "unreadable",
            f"could not be opened ({error.strerror or type(error).__name__}); check that it is there and may be read",
        )
    return _decode(content, name)


def _decode(content: bytes, name: str) -> tuple[str | None, Problem | None]:
    encoding = _BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    if encoding != "utf-16" and b"\0" in content:
        return None, _problem(name, "binary", "not a text file: expected a trial page saved as text")
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        line = content[: error.start].count(b"\n") + 1
        message = "not written in UTF-8; read as Windows-1252, so check signs such as ≥ and µ in the criteria"
        return text, Problem(name, f"line {line}", "encoding", message)


def _pages(path: Path) -> Iterator[Path | Problem]:
    """The page files at a path: itself, or a folder's text files in the order of their names."""
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path
        else:
            yield _problem(str(path), "no-file", "no such file or folder: check the name")
    except (OSError, ValueError) as error:
        yield _problem(str(path), "unreadable", f"could not be opened ({type(error).__name__}); check the name")


def _folder(path: Path) -> Iterator[Path | Problem]:
    found = False
    refused: list[OSError] = []
    for folder, names, files in os.walk(path, onerror=refused.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for file in sorted(files):
            if Path(file).suffix.casefold() in PAGE_SUFFIXES and not file.startswith("."):
                found = True
                yield Path(folder) / file
    for error in refused:
        yield _problem(
            str(error.filename or path),
            "unreadable",
            f"the folder could not be opened ({error.strerror or type(error).__name__})",
        )
    if not found and not refused:
        yield _problem(str(path), "no-file", "the folder holds no text files (.txt): save trial pages as text into it")


def _problem(name: str, kind: ProblemKind, message: str) -> Problem:
    return Problem(name, "file", kind, message)
