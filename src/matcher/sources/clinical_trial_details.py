"""Registry-dump pages headed "Clinical Trial Details — Status: …", saved as text: a label and its value on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.patterns import pattern_of
from matcher.model.trial import Location, Outcome
from matcher.sources.blocks import Block, Layout, page_lines, split_blocks, trim
from matcher.sources.fields import absent, one_line
from matcher.sources.findings import Findings
from matcher.sources.parts import PHASE_WORDS, STATUS_WORDS, read_related, split_country
from matcher.sources.registry_dump import (
    AFTER_ELIGIBILITY,
    SECTIONS,
    labelled,
    read_label,
    read_section,
    settle_sponsor,
)
from matcher.sources.values import PageReading, Section

SITE = "clinical-trial-details"
FORMAT = "clinical-trial-details-page"

_HEAD = pattern_of(r"Clinical Trial Details\s*(?:[-–—:|]+\s*)?Status:\s*(.*)", re.IGNORECASE)
_DESCRIPTION = {"description", "detailed description"}
_ELIGIBILITY = pattern_of(r"Eligibility(?:[:\s]|$)", re.IGNORECASE)
# What follows the last sentence's end and speaks of times is the time frame: "… of the knee. Baseline, week 12".
_TIME_FRAME = pattern_of(
    r"(?<=[.;!?)]) (?=[a-z\d]|(?:Up to|Baseline|Week|Day|Month|Year|Hour|At|From|Through|Within|Until|Every|During|End of|Before|After)\b)"
    r"((?=(?i:.*\b(?:\d+\s*)?(?:hour|day|week|month|year|baseline|visit|discharge|surgery|treatment|follow-?up)s?\b))[^.;!?]{3,140}\.?)$"
)
_IN_PROSE = {"study design", "intervention", "interventions", "outcome", "outcomes", "references", "locations"}
_PROSE_END = frozenset(SECTIONS - _IN_PROSE)


def _other_heading(line: str) -> str | None:
    """The heading of a line that is more than a section's name: the eligibility label with its first words."""
    if _ELIGIBILITY.match(line):
        return "eligibility"
    return "description" if line == "Description:" else None


_LAYOUT = Layout(
    headings=frozenset(SECTIONS | _DESCRIPTION),
    guards={
        "clinical trial summary": frozenset(_PROSE_END | _DESCRIPTION),
        **dict.fromkeys(_DESCRIPTION | {"clinical trial description"}, _PROSE_END),
        "eligibility": AFTER_ELIGIBILITY,
    },
    extra=_other_heading,
)
_LABEL_BLOCKS = {
    "",
    "administrative data",
    "study information",
    "recruitment information / eligibility",
    "recruitment information/eligibility",
}
_TABLE_HEADS = pattern_of(
    r"Country Name City State|Lead Sponsor Collaborator|Type Measure Description.*|Status Clinical Trial Phase"
)
_RELATED = pattern_of(
    rf"^(?:(?P<status>{STATUS_WORDS})\s+)?(?P<id>NCT\d{{8}})\s*[-–]\s*"
    rf"(?P<title>[^\n]*?)(?:\s+(?P<phase>{PHASE_WORDS}))?$",
    re.IGNORECASE | re.MULTILINE,
)


def recognise(text: str) -> bool:
    """Whether the text is a "Clinical Trial Details" page, by its heading and sections."""
    lines = [one_line(line) for line in page_lines(text)]
    headings = {line.casefold() for line in lines} & {
        "administrative data",
        "study information",
        "recruitment information / eligibility",
    }
    return bool(headings) and (len(headings) > 1 or any(_HEAD.fullmatch(line) for line in lines))


def read(text: str) -> PageReading:
    """Read a "Clinical Trial Details" page."""
    found = Findings()
    blocks = split_blocks(page_lines(text), _LAYOUT)
    eligibility: list[Section] = []
    for block in blocks:
        if block.heading == "eligibility":
            eligibility += _eligibility(block, text)
        else:
            _read_block(block, found)
    sponsors = [(line, "") for block in blocks if block.heading == "sponsors" for line in _rows(block)]
    settle_sponsor(found, sponsors)
    return found.reading(eligibility)


def _eligibility(block: Block, text: str) -> list[Section]:
    """The eligibility text; its first line stands beside the label."""
    first = page_lines(text)[block.line - 1]
    beside = re.sub(r"^\s*Eligibility:?\s*", "", first)
    whole = trim("\n".join([beside, *block.lines]))
    return [] if absent(whole) else [Section("both", whole)]


def _read_block(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading in _LABEL_BLOCKS:
        _read_labels(block, found)
    elif heading == "clinical trial summary":
        found.put("summary", block.prose)
    elif heading in _DESCRIPTION or heading == "clinical trial description":
        found.put("description", block.prose)
    elif heading == "locations":
        found.put("locations", [_location(line) for line in _rows(block)])
    elif heading in ("outcome", "outcomes"):
        found.put("outcomes", _outcomes(_rows(block)))
    elif heading == "see also":
        found.put("related", read_related("\n".join(map(one_line, block.lines)), _RELATED))
    else:
        read_section(heading, block.lines, found)


def _read_labels(block: Block, found: Findings) -> None:
    """Read "Label value" lines; a label alone takes the next line, if that bears no label itself."""
    lines = [
        (number, one_line(line))
        for number, line in enumerate(block.lines, start=block.line + bool(block.heading))
        if line.strip()
    ]
    for order, (number, line) in enumerate(lines):
        if head := _HEAD.fullmatch(line):
            found.read("status", head[1], f"line {number}")
        if not (cut := labelled(line)):
            continue
        label, value = cut
        following = lines[order + 1][1] if order + 1 < len(lines) else ""
        if not value and following and not labelled(following):
            value = following
        read_label(label, value, found, f"line {number}")


def _rows(block: Block) -> list[str]:
    return [line for line in block.entries if not _TABLE_HEADS.fullmatch(line)]


def _location(line: str) -> Location:
    country, rest = split_country(line)
    return Location(facility=rest, country=country)


def _outcomes(lines: Sequence[str]) -> list[Outcome]:
    """Read outcome lines, whose cells are glued together: the kind is cut off, and a time behind the last sentence."""
    outcomes: list[Outcome] = []
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind.casefold() in ("primary", "secondary", "other") and rest:
            cut = _TIME_FRAME.search(rest)
            measure, time_frame = (rest[: cut.start()], cut[1]) if cut else (rest, "")
            outcomes.append(Outcome(kind=kind.lower(), measure=measure, time_frame=time_frame))
    return outcomes
