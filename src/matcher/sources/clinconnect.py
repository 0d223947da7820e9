"""Trial pages of ClinConnect, saved as text: a heading on its own line, its value below."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.sources.blocks import Block, Layout, page_lines, shows, split_blocks, trim
from matcher.sources.fields import absent, read_date, read_status
from matcher.sources.findings import Findings
from matcher.sources.identifiers import registry_numbers
from matcher.sources.parts import read_officials, read_place, read_related
from matcher.sources.values import PageReading, Section

SITE = "ClinConnect"
FORMAT = "clinconnect-page"

_FIELDS = {
    "gender": "sex",
    "sex": "sex",
    "study type": "study_type",
    "enrollment": "enrollment",
    "sponsor": "sponsor",
    "healthy volunteers": "healthy_volunteers",
    "accepts healthy volunteers": "healthy_volunteers",
    "first submit": "first_received",
    "trial launched": "start",
    "trial updated": "last_updated",
    "estimated completion": "completion",
    "actual completion": "completion",
    "completion": "completion",
}
_AGES = {"age", "ages", "age group", "age range"}
_ELIGIBILITY = {"eligibility criteria", "eligibility"}
_AFTER = {"locations", "patients applied", "trial officials", "timeline", "similar trials", "about the sponsor"}
_LISTS = {
    "trial information",
    "keywords",
    "conditions",
    "phase",
    "interventions",
    "clinconnect summary",
    "trial description",
    "description",
    "timeline",
}
_PROSE_END = frozenset(_AFTER | _ELIGIBILITY | {"trial information", "trial description"})
_TEMPLATE = {"clinconnect summary", "trial information", "patients applied", "trial officials", "similar trials"}
_ABOUT = pattern_of(
    r"About(?: (?:(?![a-z])\S+|and|at|d[aeiu]|del|der|des|et|for|für|in|la|le|of|the|und|van|von|y))+(?<![,;:?!])"
)


def _about(line: str) -> str | None:
    return "about the sponsor" if _ABOUT.fullmatch(line) else None


_LAYOUT = Layout(
    headings=frozenset({*_FIELDS, *_AGES, *_ELIGIBILITY, *_AFTER, *_LISTS}),
    guards={
        "clinconnect summary": _PROSE_END,
        "about the sponsor": frozenset(_AFTER),
        "trial description": _PROSE_END,
        "description": _PROSE_END,
        **dict.fromkeys(_ELIGIBILITY, frozenset(_AFTER)),
    },
    extra=_about,
)
_LAUNCHED = pattern_of(r"Launched by (?P<sponsor>.+?)(?:\s+[·•|-]\s+(?P<date>.+))?", re.IGNORECASE)
_RELATED = pattern_of(r"(?P<id>NCT\d{8})(?:[ \t]*[-–:·|][ \t]*(?P<title>[^\n]*))?")


def recognise(text: str) -> bool:
    """Whether the text is a ClinConnect trial page, by its name and the headings of its template."""
    return shows(text, _TEMPLATE, "clinconnect")


def read(text: str) -> PageReading:
    """Read a ClinConnect page."""
    found = Findings()
    blocks = split_blocks(page_lines(text), _LAYOUT)
    launched = _read_head(blocks[0], found)
    for block in blocks[1:]:
        _read_block(block, found)
    found.put("first_received", read_date(launched) if launched else None)
    return found.reading(
        [
            Section("both", section)
            for block in blocks
            if block.heading in _ELIGIBILITY
            if not absent(section := trim("\n".join(block.lines)))
        ]
    )


def _read_head(block: Block, found: Findings) -> str | None:
    """Read the head: the way to the trial with its number, the title, and who launched it when."""
    launched = None
    titles: list[str] = []
    for line in block.entries:
        if match := _LAUNCHED.fullmatch(line):
            found.put("sponsor", match["sponsor"])
            launched = match["date"]
        elif line.startswith(("Search / Trial", "Search/")):
            found.read_identifiers(registry_numbers(line) or [line.split()[-1]])
        elif "clinconnect" not in line.casefold() and line.casefold() != "search":
            titles.append(line)
    found.put("title", max(found.read_status_and_phases(titles), key=len, default=None))
    return launched


def _read_block(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading in _FIELDS:
        found.read(_FIELDS[heading], block.first, block.place)
    elif heading in _AGES:
        found.read_ages(block.first, block.place)
    elif heading in ("trial information", "phase"):
        _read_information(block, found)
    elif heading == "keywords":
        found.put("keywords", _keywords(block.entries))
    elif heading == "clinconnect summary":
        found.put("summary", block.prose)
    elif heading in ("description", "trial description"):
        found.put("description", block.prose)
    else:
        _read_parts(block, found)


def _read_information(block: Block, found: Findings) -> None:
    for line in found.read_status_and_phases(block.entries):
        if line.casefold().startswith("current as of"):
            found.current_as_of = read_date(line[len("current as of") :])
        elif study := re.match(r"(interventional|observational|expanded access)\b", line, re.IGNORECASE):
            found.read("study_type", study[1], block.place)
        elif "status" in line.casefold() and not read_status(line):
            found.read("status", line.split(":")[-1], block.place)


def _keywords(lines: list[str]) -> list[str]:
    """The keywords: one a line, or separated by signs; a run of words without signs stays one keyword."""
    return [word for line in lines for word in map(str.strip, re.split(r"[,;|·•]", line)) if word]


def _read_parts(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading == "conditions":
        found.put("conditions", block.entries)
    elif heading == "interventions":
        found.read_interventions(block.entries)
    elif heading == "locations":
        found.put("locations", [read_place(line) for line in block.entries if "," in line or read_place(line).country])
    elif heading == "trial officials":
        found.put("officials", read_officials(block.entries))
    elif heading == "similar trials":
        found.put("related", read_related("\n".join(block.entries), _RELATED))
