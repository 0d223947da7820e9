"""A trial typed or pasted by hand, for a protocol on no registry: "Title: …", "Condition: …", then the criteria."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.model.patterns import pattern_of
from matcher.model.trial import Location
from matcher.sources.fields import one_line
from matcher.sources.findings import Findings
from matcher.sources.identifiers import is_registry_number
from matcher.sources.parts import read_place
from matcher.sources.values import PageReading, Section

SITE, FORMAT = "by-hand", "typed"
_NAMES_OF_FIELDS = (
    r"(?:(?:trial|protocol|study|nct|registry) )?(?:title|id|identifier|number)|protocol|country|countries|city|places?|locations?|sites?|hospital|(?:official|scientific|brief|short) title|conditions?|diseases?|indications?|keywords?|"
    r"(?:recruitment |trial |study )?status|phase|study type|sponsor|interventions?|treatments?|drugs?|sex|gender|ages?|healthy volunteers|enrol?lment|start|summary"
)
_FIELD = pattern_of(rf"\s*(?P<name>{_NAMES_OF_FIELDS})(?:\s*[:=\t]\s*|\s+[-–—]\s+)(?P<value>.*)", re.IGNORECASE)
# Lines of a protocol's first page that a record has no place for.
_OTHER = pattern_of(
    r"\s*(?P<name>contacts?(?: person)?|(?:tele)?phone|fax|e-?mail|(?:principal |chief |lead )?investigators?|coordinator|(?:protocol )?(?:date|version)(?: date)?|url|link|web ?site|"
    r"address|department|cent(?:er|re)s?|funding|funder|(?:study |trial )?(?:design|arms?|duration)|(?:primary |secondary )?(?:outcomes?|end ?points?|objectives?)(?: measures?)?)"
    r"\s*[:=\t]\s*(?P<value>.*)", re.IGNORECASE
)
_ALONE = pattern_of(rf"\s*(?P<name>{_NAMES_OF_FIELDS})\s*", re.IGNORECASE)
_TITLED = pattern_of(r"\W*(?:\w+ )?title\b", re.IGNORECASE)
_LEFT_OUT = "left out"
_NEAR = 4  # lines between a title and the next named line
_MARKS = pattern_of(r"^\s*#{1,6}\s+|\*\*|__|\s+#+\s*$")  # headings and bold words of Markdown
_CRITERIA = pattern_of(r"^\s*(?:(?:eligibility|key|main)\s+)?(?:(?:inclusion|exclusion)(?:\s+criteria)?|criteria|eligibility)\s*:?\s*", re.IGNORECASE)
_HEADING = pattern_of(r"^[ \t]*(?:(?:key|main|major)[ \t]+)?(in|ex)clusion(?:[ \t]+criteria)?[ \t]*:?[ \t]*$", re.IGNORECASE | re.MULTILINE)
_NAMES = {
    "disease": "condition", "diseases": "condition", "conditions": "condition", "keywords": "keyword", "interventions": "intervention",
    "treatment": "intervention", "treatments": "intervention", "drug": "intervention", "drugs": "intervention", "gender": "sex",
    "age": "ages", "enrolment": "enrollment", "scientific title": "official title", "brief title": "title", "short title": "title",
    "indication": "condition", "indications": "condition", "recruitment status": "status", "trial status": "status", "study status": "status", "protocol": "id",
    "countries": "places", "country": "places", "city": "places", "place": "places", "location": "places", "locations": "places", "site": "places", "sites": "places", "hospital": "places",
}
_READ = {"status": "status", "phase": "phases", "study type": "study_type", "sex": "sex", "healthy volunteers": "healthy_volunteers", "enrollment": "enrollment", "start": "start"}


def recognise(text: str) -> bool:
    """Whether a text begins with a title and a condition, as a person types them, and has criteria below."""
    fields, criteria = _parted(text)
    named = "title" in fields and ("condition" in fields or _TITLED.match(text) is not None)
    return named and bool(fields["title"]) and bool(criteria.strip()) and _CRITERIA.match(criteria.lstrip("\n")) is not None


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
    found.put("locations", [_place(place) for place in re.split(r"[;\n]", fields.get("places", "")) if place.strip()])
    for line in fields.get(_LEFT_OUT, "").splitlines():
        found.remark(re.split(r"[:=\t]", line)[0].strip(), "unread-value", "what this line says has no place in a trial's record, and was left out")
    criteria = _HEADING.sub(lambda head: f"{head[1].capitalize()}clusion criteria:", criteria)
    return found.reading([Section("both", re.sub(r"^\s*(?:eligibility(?:\s+criteria)?|criteria)\s*:?\s*\n", "", criteria, flags=re.IGNORECASE))])


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The fields above, by name, and the criteria below.

    A first line without a name is the title where a few named ones follow; a paragraph without one is the summary.
    """
    fields: dict[str, str] = {}
    lines = [_MARKS.sub("", line) for line in text.replace("\ufeff", "").splitlines()]
    last, apart = "", False
    for number, line in enumerate(lines):
        if fields and _CRITERIA.match(line) and line.strip():
            return fields, "\n".join(lines[number:])
        if found := _FIELD.fullmatch(line) or _ALONE.fullmatch(line):
            last = _name(found["name"])
            value = one_line(found.groupdict().get("value") or "")
            fields[last] = f"{fields[last]}\n{value}" if last == "places" and last in fields else fields.get(last, value)
        elif fields and (found := _OTHER.fullmatch(line)):
            fields[_LEFT_OUT] = f"{fields.get(_LEFT_OUT, '')}{one_line(line)}\n"
            last = _LEFT_OUT
        elif line.strip() and not fields and is_registry_number(line):
            fields["id"] = line.strip()
        elif line.strip() and last:
            last = "summary" if apart and fields[last] else last
            fields[last] = f"{fields.get(last, '')} {one_line(line)}".strip()
        elif line.strip() and fields:
            return {}, ""
        elif line.strip() and any(_FIELD.fullmatch(below) or _ALONE.fullmatch(below) for below in lines[number + 1 : number + _NEAR]):
            fields.setdefault("title", one_line(line))
        elif line.strip():
            return {}, ""
        apart = not line.strip()
    return fields, ""


def _name(said: str) -> str:
    name = one_line(said).casefold()
    if name.endswith(("id", "identifier", "number")):
        return "id"
    return "title" if name in ("trial title", "protocol title", "study title") else _NAMES.get(name, name)


def _place(text: str) -> Location:
    """A country, a city with its country, or a clinic before them."""
    place = read_place(text)
    return replace(place, facility=place.city, city="") if place.city and not place.country else place


def _listed(text: str) -> list[str]:
    return [one_line(part) for part in re.split(r"[;,]", text) if part.strip()]
