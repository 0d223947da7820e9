"""The labels, sections and lists that both registry-dump page kinds share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.patterns import pattern_of
from matcher.model.trial import Intervention
from matcher.sources.fields import absent, known, lower_words, one_line, read_date
from matcher.sources.findings import Findings
from matcher.sources.identifiers import registry_numbers
from matcher.sources.parts import intervention_type, read_intervention, split_names

_FIELDS = {
    "status": "status",
    "overall status": "status",
    "phase": "phases",
    "enrollment": "enrollment",
    "gender": "sex",
    "sex": "sex",
    "accepts healthy volunteers": "healthy_volunteers",
    "first received": "first_received",
    "first posted": "first_received",
    "last updated": "last_updated",
    "last update posted": "last_updated",
    "start date": "start",
    "est. start date": "start",
    "completion date": "completion",
    "est. completion date": "completion",
    "study type": "study_type",
    "primary completion date": "primary_completion",
    "est. primary completion date": "primary_completion",
    "is fda regulated": "regulated",
    "brief title": "title",
    "title": "title",
    "official title": "official_title",
    "lead sponsor": "sponsor",
}
_IDENTIFIERS = {"nct number", "nct id", "other study id #", "other study id", "secondary id", "secondary ids"}
_OTHER = {
    "verified date",
    "source",
    "contact",
    "phone",
    "email",
    "health authority",
    "age group",
    "ages",
    "acronym",
    "eligibility",
}
LABELS = frozenset({*_FIELDS, *_IDENTIFIERS, *_OTHER})
SECTIONS = frozenset(
    {
        "administrative data",
        "study information",
        "clinical trial summary",
        "clinical trial description",
        "recruitment information / eligibility",
        "recruitment information/eligibility",
        "study design",
        "related conditions & mesh terms",
        "related conditions and mesh terms",
        "intervention",
        "interventions",
        "locations",
        "sponsors",
        "references & publications",
        "references",
        "outcome",
        "outcomes",
        "see also",
    }
)
AFTER_ELIGIBILITY = SECTIONS - {"interventions", "references", "outcomes"}
_DESIGN = {
    "allocation": "allocation",
    "intervention model": "model",
    "interventional model": "model",
    "observational model": "model",
    "masking": "masking",
    "primary purpose": "purpose",
}
_DESIGN_LABELS = "|".join((*_DESIGN, "endpoint classification", "time perspective"))
_DESIGN_VALUE = pattern_of(
    rf"({_DESIGN_LABELS})\s*:\s*(.*?)(?=[,;.]?\s*(?:{_DESIGN_LABELS})\s*:|$)", re.IGNORECASE | re.MULTILINE
)


def read_label(label: str, value: str, found: Findings, place: str) -> None:
    """Read the value of one label of the page."""
    if label in _FIELDS:
        found.read(_FIELDS[label], value, place)
    elif label in ("nct number", "nct id"):
        found.read_identifiers(registry_numbers(value) or [value])
    elif label in _IDENTIFIERS:
        found.read_identifiers(re.split(r"\s*[,;]\s*", value))
    elif label in ("age group", "ages"):
        found.read_ages(value, place)
    elif label == "verified date":
        found.current_as_of = read_date(value)
    elif label == "source":
        found.values.setdefault("source_name", known(value))


def read_section(heading: str, lines: Sequence[str], found: Findings) -> None:
    """Read a section that holds a list: study design, conditions or interventions."""
    entries = [one_line(line) for line in lines if not absent(line)]
    if heading == "study design":
        for label, value in _DESIGN_VALUE.findall("\n".join(entries)):
            name = _DESIGN.get(label.lower())
            if name and not absent(value):
                found.put(name, lower_words(value))
    elif heading.startswith("related conditions"):
        found.put("conditions", list(dict.fromkeys(entry.lstrip("•*- ") for entry in entries)))
    elif heading in ("intervention", "interventions"):
        found.put("interventions", read_intervention_list(entries))


def read_intervention_list(lines: Sequence[str]) -> list[Intervention]:
    """Read interventions below lines that name their type ("Drug:"): each a name, then perhaps its description."""
    found: list[Intervention] = []
    kind, described = "", True
    for line in lines:
        named = intervention_type(line)
        if named is not None:
            kind, described = named, True
        elif read_intervention(line).type:
            found.append(read_intervention(line))
            described = False
        elif not described and _is_description(line):
            found[-1] = replace(found[-1], description=line)
            described = True
        else:
            found.append(Intervention(type=kind, name=line))
            described = False
    return found


def _is_description(line: str) -> bool:
    """Whether a line below an intervention's name describes it: a sentence, a dose, a few words in lower case."""
    words = len(line.split())
    return (
        line.endswith((".", ";"))
        or words > 4
        or line[:1].isdigit()
        or (line[:1].islower() and words > 2)
        or _DESCRIBES.match(line) is not None
    )


def settle_sponsor(found: Findings, table: Sequence[tuple[str, str]]) -> None:
    """Keep the lead sponsor and the collaborators; the page's source tells where a glued line is to be cut."""
    source = found.values.pop("source_name", None)
    for lead, collaborators in table:
        if not collaborators and source and lead.startswith(f"{source} "):
            lead, collaborators = source, lead[len(source) :].strip()
        found.put("sponsor", known(lead))
        found.put("collaborators", split_names(collaborators))
    found.put("sponsor", source)


def labelled(line: str) -> tuple[str, str] | None:
    """Cut "Label value" after the longest label that the line begins with; None where it begins with none."""
    text = one_line(line)
    lowered = text.casefold()
    for label in _LONGEST_FIRST:
        if lowered == label or lowered.startswith((f"{label} ", f"{label}:")):
            return label, text[len(label) :].strip(":| ")
    return None


def section_heading(line: str) -> str | None:
    """The section that a line heads, a count such as "(12)" aside; None for an ordinary line."""
    name = re.sub(r"\s*\(\d[\d,]*\)$", "", one_line(line)).casefold().rstrip(":")
    return name if name in SECTIONS else None


_DESCRIBES = pattern_of(
    r"(?:given|undergo|underwent|receiv|ancillary|correlative|patients|participants|subjects|take[ns]?|administer|oral(?:ly)?)\b",
    re.IGNORECASE,
)
_LONGEST_FIRST = sorted(LABELS, key=len, reverse=True)
