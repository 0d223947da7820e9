"""Trial pages of MedPath, saved as text: a heading on its own line, its value below."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.model.trial import Arm, Location
from matcher.sources.blocks import CRITERIA, Block, Layout, criteria_sections, page_lines, shows, split_blocks
from matcher.sources.fields import absent, one_line
from matcher.sources.findings import Findings
from matcher.sources.identifiers import is_registry_number
from matcher.sources.parts import is_place, read_outcomes, read_place, split_names
from matcher.sources.values import PageReading

SITE = "MedPath"
FORMAT = "medpath-page"

_FIELDS = {
    "official title": "official_title",
    "status": "status",
    "sex": "sex",
    "gender": "sex",
    "study type": "study_type",
    "target recruitment": "enrollment",
    "target recruit count": "enrollment",
    "enrollment": "enrollment",
    "healthy volunteers": "healthy_volunteers",
    "accepts healthy volunteers": "healthy_volunteers",
    "lead sponsor": "sponsor",
    "sponsor": "sponsor",
    "study design": "model",
    "intervention model": "model",
    "allocation": "allocation",
    "masking": "masking",
    "primary purpose": "purpose",
    "start date": "start",
    "study start date": "start",
    "primary completion date": "primary_completion",
    "completion date": "completion",
    "study completion date": "completion",
    "first posted date": "first_received",
    "first submitted date": "first_received",
    "last posted date": "last_updated",
    "last update posted": "last_updated",
    "last updated": "last_updated",
}
_AGES = {"age", "ages", "age group", "age range", "eligible ages"}
_NUMBERS = {"registration number", "secondary ids", "other study ids", "study id"}
_OUTCOMES = {
    "primary outcome measures": "primary",
    "primary outcome": "primary",
    "secondary outcome measures": "secondary",
    "secondary outcome": "secondary",
    "other outcome measures": "other",
}
_ARMS = {"arm && interventions", "arm & interventions", "arms & interventions", "arms and interventions"}
_PARTS = {"recruitment & eligibility", "study & design", "trial locations", "brief summary", "detailed description"}
_AFTER = _ARMS | set(_OUTCOMES) | {"study & design", "study type", "study design", "trial locations", "locations"}
_TEMPLATE = _PARTS | {"registration number", "lead sponsor", "target recruitment"}
_END = {"similar trials", "related trials", "related research topics", "more trials", "trial news"}
_PROSE_END = frozenset(_TEMPLATE | CRITERIA | _ARMS | _END)
_LAYOUT = Layout(
    headings=frozenset(
        {*_FIELDS, *_AGES, *_NUMBERS, *_PARTS, *_AFTER, *_END, "conditions", "interventions", "collaborators", "phase"}
    ),
    guards={
        "brief summary": _PROSE_END,
        "detailed description": _PROSE_END,
        **dict.fromkeys(CRITERIA, frozenset(_AFTER | CRITERIA | _TEMPLATE | _END)),
    },
    criteria=True,
)
_TABLE_HEADS = {"nametimemethod", "groupinterventiondescription", "armgroupinterventiondescription"}
_FLAG = pattern_of(r"([\U0001F1E6-\U0001F1FF]{2}|[\U0001F3E5\U0001F3F3\U0001F3F4\U0001F30D-\U0001F310]\ufe0f?)\s*(.*)")


def recognise(text: str) -> bool:
    """Whether the text is a MedPath trial page, by the headings of its template."""
    return shows(text, _TEMPLATE, "medpath")


def read(text: str) -> PageReading:
    """Read a MedPath page."""
    found = Findings()
    blocks = split_blocks(page_lines(text), _LAYOUT)
    _read_head(blocks[0], found)
    for block in blocks[1:]:
        _read_block(block, found)
    _read_arms(blocks, found)
    return found.reading(criteria_sections(blocks))


def _read_head(block: Block, found: Findings) -> None:
    lines = [line for line in block.entries if line.casefold() != "medpath"]
    titles = found.read_status_and_phases(lines)
    found.put("title", max((line for line in titles if not is_registry_number(line)), key=len, default=None))


def _read_block(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading in _FIELDS:
        found.read(_FIELDS[heading], block.first, block.place)
    elif heading in _AGES:
        found.read_ages(block.first, block.place)
    elif heading in _NUMBERS:
        found.read_identifiers(block.entries)
        found.put("id", block.first if heading == "registration number" else None)
    elif heading in _OUTCOMES:
        rows = [line.strip() for line in block.lines if not absent(line) and not _is_table_head(line)]
        outcomes = read_outcomes(_OUTCOMES[heading], rows)
        found.values["outcomes"] = [*found.values.get("outcomes", []), *outcomes]
    else:
        _read_list(block, found)


def _read_list(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading == "conditions":
        found.put("conditions", block.entries)
    elif heading == "interventions":
        found.read_interventions(block.entries)
    elif heading == "collaborators":
        found.put("collaborators", [name for line in block.entries for name in split_names(line)])
    elif heading == "phase":
        found.read_status_and_phases(block.entries)
    elif heading == "brief summary":
        found.put("summary", block.prose)
    elif heading == "detailed description":
        found.put("description", block.prose)
    elif heading in ("locations", "trial locations"):
        found.put("locations", _read_locations(block.entries))


def _is_table_head(line: str) -> bool:
    return "".join(line.split()).casefold() in _TABLE_HEADS


def _read_locations(lines: list[str]) -> list[Location]:
    """Read places: a facility, its country's flag, then city and country; without flags, pairs of lines."""
    flags = [(number, match[2]) for number, line in enumerate(lines) if (match := _FLAG.fullmatch(line))]
    if not flags:
        return [read_place(line, lines[number - 1]) for number, line in enumerate(lines) if number and is_place(line)]
    locations: list[Location] = []
    for number, beside in flags:
        facility = lines[number - 1] if number else ""
        place = beside or (lines[number + 1] if number + 1 < len(lines) else "")
        locations.append(read_place(place, facility))
    return locations


def _read_arms(blocks: list[Block], found: Findings) -> None:
    """Read the arms table, whose cells are glued together; a known intervention's name tells where one ends."""
    names = [one_line(item.name) for item in found.values.get("interventions", [])]
    lines = [line for block in blocks if block.heading in _ARMS for line in block.entries if not _is_table_head(line)]
    found.put("arms", [arm for line in lines if (arm := _arm(line, names))])


def _arm(line: str, names: list[str]) -> Arm | None:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > 2:
        return Arm(label=cells[0], description=cells[2])
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), line):
            if match.start() and not line[match.start() - 1].isspace():
                description = line[match.end() :].strip()
                return Arm(label=line[: match.start()], description="" if absent(description) else description)
    return Arm(label=line) if len(line) <= 100 else None
