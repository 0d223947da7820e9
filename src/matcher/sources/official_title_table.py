"""Registry-dump pages with an official title and pipe tables ("Status | Recruiting |"), saved as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model.patterns import pattern_of
from matcher.model.trial import Location, Outcome
from matcher.sources.blocks import page_lines, trim
from matcher.sources.fields import absent, known, one_line
from matcher.sources.findings import Findings
from matcher.sources.parts import PHASE_WORDS, STATUS_WORDS, read_related
from matcher.sources.registry_dump import (
    AFTER_ELIGIBILITY,
    LABELS,
    read_label,
    read_section,
    section_heading,
    settle_sponsor,
)
from matcher.sources.values import PageReading, Section

SITE = "official-title-table"
FORMAT = "official-title-table-page"

_TOPIC = pattern_of(r"(.+?) Clinical Trials?", re.IGNORECASE)
_TITLE = pattern_of(r"(?:official|brief|scientific) title\s*:?\s*(.*)", re.IGNORECASE)
_LABEL_ROW = pattern_of(r"\s*([A-Za-z][A-Za-z./# ]{1,40}?)\s*\|(.*)")
_TABLES = {
    ("country", "name"): "locations",
    ("lead sponsor",): "sponsors",
    ("type", "measure"): "outcomes",
    ("status", "clinical trial"): "see also",
}
_PROSE = {"clinical trial summary": "summary", "clinical trial description": "description"}
_RULE = pattern_of(r"[\s|:-]*-{3,}[\s|:-]*")
_RELATED = pattern_of(
    rf"(?:(?P<status>{STATUS_WORDS})\s*\|\s*)?(?P<id>NCT\d{{8}})\s*[-–]\s*"
    rf"(?P<title>[^|]*?)\s*\|\s*(?P<phase>{PHASE_WORDS})?\s*(?:\||$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page: its number, what it begins (a label, a table, a section or nothing), the text after it."""

    line: int
    begins: str
    text: str


def recognise(text: str) -> bool:
    """Whether the text is an official-title page: rows of a label, a pipe and a value."""
    rows = [_row(number, line).begins for number, line in enumerate(page_lines(text), start=1)]
    labels = set(rows) & LABELS
    titled = any(_TITLE.fullmatch(one_line(line)) for line in page_lines(text))
    return len(labels) >= 3 and (titled or "eligibility" in labels)


def read(text: str) -> PageReading:
    """Read an official-title page."""
    found = Findings()
    eligibility: list[Section] = []
    sponsors: list[tuple[str, str]] = []
    for part in _parts(text):
        first, lines = part[0], [row.text for row in part]
        if first.begins == "":
            _read_head(lines, found)
        elif first.begins == "eligibility":
            eligibility += _eligibility(lines)
        elif first.begins in LABELS:
            read_label(first.begins, one_line("\n".join(lines)).rstrip("| "), found, f"line {first.line}")
        elif first.begins == "sponsors":
            sponsors += [
                (cells[0], cells[1] if len(cells) > 1 else "") for cells in _cells(lines) if cells[0] and len(cells) < 4
            ]
        else:
            _read_table(first.begins, lines, found)
    settle_sponsor(found, sponsors)
    return found.reading(eligibility)


def _row(number: int, line: str) -> _Row:
    """What a line begins."""
    if heading := section_heading(line):
        return _Row(number, heading, "")
    cut = _LABEL_ROW.match(line)
    if cut is None:
        return _Row(number, "", line)
    cells = [cell.strip().casefold() for cell in line.split("|")]
    for names, table in _TABLES.items():
        if tuple(cells[: len(names)]) == names and (len(names) > 1 or cells[1:2] == ["collaborator"]):
            return _Row(number, table, "")
    label = one_line(cut[1]).casefold()
    return _Row(number, label, cut[2]) if label in LABELS else _Row(number, "", line)


def _parts(text: str) -> list[list[_Row]]:
    """Cut the page into parts: each begins with a label, a table's head or a section, the first with the page."""
    parts: list[list[_Row]] = []
    for number, line in enumerate(page_lines(text), start=1):
        row = _row(number, line)
        within = parts[-1][0].begins if parts else ""
        if not parts or (row.begins and _may_begin(row.begins, within)):
            parts.append([row])
        else:
            parts[-1].append(_Row(number, "", line))
    return parts


def _may_begin(begins: str, within: str) -> bool:
    """Whether a line may end the part before it: eligibility ends at a row or later section, "see also" at no label."""
    if within == "eligibility":
        return begins in LABELS or begins in AFTER_ELIGIBILITY or begins in _TABLES.values()
    return within != "see also" or begins not in LABELS


def _eligibility(lines: Sequence[str]) -> list[Section]:
    """The eligibility cell as it stands, up to its closing pipe; it goes on where no pipe closed its line."""
    end = next((number for number, line in enumerate(lines) if line.rstrip().endswith("|")), len(lines) - 1)
    cell = trim(re.sub(r"\s*\|\s*$", "", "\n".join(lines[: end + 1]))).lstrip(" \t\xa0")
    return [] if absent(cell) else [Section("both", cell)]


def _read_head(lines: Sequence[str], found: Findings) -> None:
    """Read what stands above the first table: the topic, the official title and the text below it."""
    entries = [one_line(line) for line in lines if line.strip()]
    titled = next((number for number, line in enumerate(entries) if _TITLE.fullmatch(line)), None)
    topics = entries if titled is None else entries[:titled]
    found.put("conditions", [match[1] for line in topics if (match := _TOPIC.fullmatch(line))][:1])
    if titled is None:
        others = [line for line in entries if not _TOPIC.fullmatch(line)]
        found.put("title", others[0] if others else None)
        found.put("summary", "\n".join(others[1:]) or None)
        return
    beside = _TITLE.fullmatch(entries[titled])
    below = entries[titled + 1 :]
    title = (beside and beside[1]) or (below.pop(0) if below else "")
    found.put("title", known(title))
    if not entries[titled].casefold().startswith("brief"):
        found.put("official_title", known(title))
    _read_text(below, found)


def _read_text(lines: Sequence[str], found: Findings) -> None:
    turn = next(
        (number for number, line in enumerate(lines) if line.casefold() in ("description:", "detailed description:")),
        len(lines),
    )
    found.put("summary", "\n".join(lines[:turn]) or None)
    found.put("description", "\n".join(lines[turn + 1 :]) or None)


def _cells(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a pipe table as cells, without its rule and its closing pipe."""
    return [
        [cell.strip() for cell in line.strip().removesuffix("|").split("|")]
        for line in lines
        if "|" in line and not _RULE.fullmatch(line)
    ]


def _read_table(kind: str, lines: Sequence[str], found: Findings) -> None:
    if kind == "locations":
        found.put("locations", [_location(cells) for cells in _cells(lines) if not absent(cells[0])])
    elif kind == "outcomes":
        found.put("outcomes", [outcome for cells in _cells(lines) if (outcome := _outcome(cells))])
    elif kind == "see also":
        found.put("related", read_related(one_line("\n".join(lines)), _RELATED))
    elif kind in _PROSE:
        found.put(_PROSE[kind], trim("\n".join(map(one_line, lines))) or None)
    else:
        read_section(kind, lines, found)


def _location(cells: Sequence[str]) -> Location:
    country, facility, city, state = [*cells, "", "", ""][:4]
    return Location(facility=facility, city=city, state=state, country=country)


def _outcome(cells: Sequence[str]) -> Outcome | None:
    kind, measure, _, time_frame = [*cells, "", "", ""][:4]
    if kind.casefold() not in ("primary", "secondary", "other") or not measure:
        return None
    return Outcome(kind=kind.lower(), measure=measure, time_frame=time_frame)
