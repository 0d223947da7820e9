"""A trial typed or pasted by hand, for a protocol on no registry: "Title: …", "Condition: …", then the criteria."""

from __future__ import annotations

import re

from matcher.sources.fields import one_line
from matcher.sources.findings import Findings
from matcher.sources.values import PageReading, Section

SITE, FORMAT = "by-hand", "typed"
_FIELD = re.compile(
    r"^\s*(?P<name>(?:trial |protocol |study )?(?:title|id|identifier|number)|(?:official|scientific) title|conditions?|diseases?|keywords?|status|phase|study type|sponsor|"
    r"interventions?|treatments?|drugs?|sex|gender|ages?|healthy volunteers|enrol?lment|start|summary)\s*[:=]\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_CRITERIA = re.compile(r"^\s*(?:(?:eligibility|key|main)\s+)?(?:(?:inclusion|exclusion)(?:\s+criteria)?|criteria|eligibility)\s*:?\s*", re.IGNORECASE)
_NAMES = {
    "disease": "condition", "diseases": "condition", "conditions": "condition", "keywords": "keyword", "interventions": "intervention",
    "treatment": "intervention", "treatments": "intervention", "drug": "intervention", "drugs": "intervention", "gender": "sex",
    "age": "ages", "enrolment": "enrollment", "scientific title": "official title",
}
_READ = {"status": "status", "phase": "phases", "study type": "study_type", "sex": "sex", "healthy volunteers": "healthy_volunteers", "enrollment": "enrollment", "start": "start"}


def recognise(text: str) -> bool:
    """Whether a text begins with a title and a condition, as a person types them, and has criteria below."""
    fields, criteria = _parted(text)
    return "title" in fields and bool(criteria.strip()) and _CRITERIA.match(criteria.lstrip("\n")) is not None


def read(text: str) -> PageReading:
    """What a person typed."""
    fields, criteria = _parted(text)
    found = Findings()
    found.put("title", fields.get("title"))
    found.put("official_title", fields.get("official title"))
    found.put("sponsor", fields.get("sponsor"))
    found.put("summary", fields.get("summary"))
    found.put("id", fields.get("id"))
    found.values["ids"] = [fields["id"]] if "id" in fields else []
    found.put("conditions", _listed(fields.get("condition", "")))
    found.put("keywords", _listed(fields.get("keyword", "")))
    found.read_interventions(_listed(fields.get("intervention", "")))
    for name, field in _READ.items():
        found.read(field, fields.get(name), name)
    found.read_ages(fields.get("ages"), "ages")
    return found.reading([Section("both", re.sub(r"^\s*(?:eligibility(?:\s+criteria)?|criteria)\s*:?\s*\n", "", criteria, flags=re.IGNORECASE))])


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The fields above, by name, and the criteria below."""
    fields: dict[str, str] = {}
    lines = text.replace("\ufeff", "").splitlines()
    last = ""
    for number, line in enumerate(lines):
        if fields and _CRITERIA.match(line) and line.strip():
            return fields, "\n".join(lines[number:])
        found = _FIELD.match(line)
        if found:
            last = _name(found["name"])
            fields.setdefault(last, one_line(found["value"]))
        elif line.strip() and last:
            fields[last] = f"{fields[last]} {one_line(line)}".strip()
        elif line.strip():
            return {}, ""
    return fields, ""


def _name(said: str) -> str:
    name = one_line(said).casefold()
    if name.endswith(("id", "identifier", "number")):
        return "id"
    return "title" if name in ("trial title", "protocol title", "study title") else _NAMES.get(name, name)


def _listed(text: str) -> list[str]:
    return [one_line(part) for part in re.split(r"[;,]", text) if part.strip()]
