"""Trial pages of ClinicalTrials.Veeva, saved as text: a heading on its own line, its value below."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.model.trial import Arm, Official
from matcher.sources.blocks import CRITERIA, Block, Layout, criteria_sections, page_lines, shows, split_blocks
from matcher.sources.fields import read_date
from matcher.sources.findings import Findings
from matcher.sources.parts import split_names
from matcher.sources.values import PageReading

SITE = "ClinicalTrials.Veeva"
FORMAT = "veeva-page"

_FIELDS = {
    "study type": "study_type",
    "enrollment": "enrollment",
    "sex": "sex",
    "gender": "sex",
    "volunteers": "healthy_volunteers",
    "healthy volunteers": "healthy_volunteers",
    "primary purpose": "purpose",
    "allocation": "allocation",
    "interventional model": "model",
    "intervention model": "model",
    "observational model": "model",
    "masking": "masking",
    "lead sponsor": "sponsor",
    "official title": "official_title",
    "start date": "start",
    "study start date": "start",
    "end date": "completion",
    "completion date": "completion",
    "primary completion date": "primary_completion",
    "last updated": "last_updated",
}
_PARTS = {
    "details and patient eligibility",
    "trial design",
    "trial contacts and locations",
    "trial documents",
    "timeline",
    "trial timeline",
    "status and phase",
}
_END = {
    "data sourced from clinicaltrials.gov",
    "clinical trials",
    "similar trials",
    "related trials",
    "find clinical trials",
}
_LISTS = {
    "conditions",
    "treatments",
    "funder types",
    "identifiers",
    "collaborators",
    "about",
    "full description",
    "ages",
    "age",
    "central trial contact",
    "central trial contacts",
    "today",
    "time perspective",
}
_AFTER = frozenset(
    {
        "trial design",
        "trial contacts and locations",
        "trial documents",
        "timeline",
        "trial timeline",
        "data sourced from clinicaltrials.gov",
    }
)
_TEMPLATE = {
    "status and phase",
    "details and patient eligibility",
    "funder types",
    "trial contacts and locations",
    "treatments",
    "data sourced from clinicaltrials.gov",
}
_PROSE_END = frozenset(CRITERIA | _AFTER | {"full description", "status and phase", "funder types"})
_GROUPS = pattern_of(r"[\d,]+ participants in [\d,]+ patient groups?\b", re.IGNORECASE)
_LAYOUT = Layout(
    headings=frozenset({*_FIELDS, *_PARTS, *_END, *_LISTS}),
    guards={"about": _PROSE_END, "full description": _PROSE_END, **dict.fromkeys(CRITERIA, _AFTER | CRITERIA)},
    criteria=True,
    extra=lambda line: "patient groups" if _GROUPS.match(line) else None,
)
_ARM_TYPE = pattern_of(
    r"(experimental|active comparator|placebo comparator|sham comparator|no intervention|other)(?: group| arm)?",
    re.IGNORECASE,
)
_DATED = pattern_of(r"(last updated|start date|end date):?\s+(.+)", re.IGNORECASE)
_MENU = {
    "clinicaltrials.veeva",
    "menu",
    "log in",
    "sign in",
    "sign up",
    "back to search",
    "find clinical trials",
    "save",
    "share",
}


def recognise(text: str) -> bool:
    """Whether the text is a ClinicalTrials.Veeva trial page, by the headings of its template."""
    return shows(text, _TEMPLATE, SITE)


def read(text: str) -> PageReading:
    """Read a ClinicalTrials.Veeva page."""
    found = Findings()
    blocks = split_blocks(page_lines(text), _LAYOUT)
    head = next((block for block in blocks if set(map(str.casefold, block.entries)) - _MENU), blocks[0])
    _read_head(head, found)
    for block in blocks:
        if block is not head:
            _read_block(block, found)
        _read_dated_lines(block, found)
    return found.reading(criteria_sections(blocks))


def _read_head(block: Block, found: Findings) -> None:
    """Read the title and the sponsor: the sponsor's logo stands between them."""
    lines = [line for line in block.entries if line.casefold() not in _MENU]
    logo = next((number for number, line in enumerate(lines) if line.endswith(" logo")), None)
    if logo is None:
        found.put("title", lines[0] if lines else None)
        found.put("sponsor", lines[1] if len(lines) > 1 else None)
        return
    found.put("title", max(lines[:logo], key=len, default=None))
    found.put("sponsor", lines[logo].removesuffix(" logo"))


def _read_block(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading == "status and phase":
        for other in found.read_status_and_phases(block.entries):
            found.read("status", other, block.place)
    elif heading in _FIELDS:
        found.read(_FIELDS[heading], block.first, block.place)
    elif heading in ("ages", "age"):
        found.read_ages(block.first, block.place)
    elif heading == "patient groups":
        found.put("arms", _read_arms(block.entries))
    else:
        _read_list(block, found)


def _read_list(block: Block, found: Findings) -> None:
    heading = block.heading
    if heading == "conditions":
        found.put("conditions", block.entries)
    elif heading == "treatments":
        found.read_interventions(block.entries)
    elif heading == "funder types":
        found.put("funder", ", ".join(line.lower() for line in block.entries))
    elif heading == "identifiers":
        found.read_identifiers(block.entries)
    elif heading == "collaborators":
        found.put("collaborators", [name for line in block.entries for name in split_names(line)])
    elif heading == "about":
        found.put("summary", block.prose)
    elif heading == "full description":
        found.put("description", block.prose)
    elif heading.startswith("central trial contact"):
        names = [name.strip() for line in block.entries[:1] for name in line.split(";")]
        found.put("officials", [Official(name=name, role="central trial contact") for name in names if name])


def _read_dated_lines(block: Block, found: Findings) -> None:
    """Read dates that stand on the line of their label ("Last updated: Mar 10, 2023")."""
    if block.heading in CRITERIA or block.heading in ("about", "full description"):
        return
    for line in block.entries:
        if (match := _DATED.fullmatch(line)) and read_date(match[2]):
            found.read(_FIELDS[match[1].casefold()], match[2], block.place)


def _read_arms(lines: list[str]) -> list[Arm]:
    """Read patient groups: a label, the kind of arm, then its description and treatment."""
    arms: list[Arm] = []
    for start, end in _arm_spans(lines):
        kind = _ARM_TYPE.fullmatch(lines[start + 1])
        arms.append(
            Arm(
                label=lines[start],
                type=kind[1].lower() if kind else "",
                description=_description(lines[start + 1 : end]),
            )
        )
    return arms


def _arm_spans(lines: list[str]) -> list[tuple[int, int]]:
    starts = [
        number - 1
        for number, line in enumerate(lines)
        if number
        and (_ARM_TYPE.fullmatch(line) or (line == "Description:" and not _ARM_TYPE.fullmatch(lines[number - 1])))
    ]
    return list(zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True))


def _description(lines: list[str]) -> str:
    if "Description:" not in lines:
        return ""
    start = lines.index("Description:") + 1
    end = next(
        (number for number, line in enumerate(lines) if number >= start and line in ("Treatment:", "Treatments:")),
        len(lines),
    )
    return "\n".join(lines[start:end])
