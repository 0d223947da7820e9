"""One trial of the World Health Organization's search portal (ICTRP), as its export gives it."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from matcher.model.trial import Intervention, Location, Outcome
from matcher.sources.ctgov_json import ages
from matcher.sources.digging import element_text
from matcher.sources.fields import absent, known, one_line, read_count, read_date
from matcher.sources.findings import Findings
from matcher.sources.parts import is_intervention, read_intervention
from matcher.sources.values import PageReading, Section

SITE, FORMAT, ROOT, RECORD = "ICTRP", "ictrp-xml", "Trials_downloaded_from_ICTRP", "Trial"
_FIELDS = (
    ("status", "Recruitment_Status"), ("study_type", "Study_type"), ("sex", "Inclusion_gender"), ("start", "Date_enrollement"),
    ("first_received", "Date_registration3"), ("first_received", "Date_registration"), ("last_updated", "Last_Refreshed_on"),
)
# A mark beside the end of its line is that end, and no empty line.
_BREAK = re.compile(r"\r?\n<br\s*/?>|<br\s*/?>(?:\r?\n)?|</p>|</li>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|ul|ol|li|b|i|u|em|strong|sup|sub|span|div|font)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LIST = re.compile(r";|\n")
_ARM = re.compile(r"^[^:]{1,60}:\s*")


def read(trial: Element) -> PageReading:
    """What a trial says; age bounds without a unit are years."""
    found = Findings()
    found.read_identifiers([text for tag in ("TrialID", "Secondary_ID", "SecondaryIDs") if (text := element_text(trial, tag))])
    for name, tag in _FIELDS:
        found.read(name, element_text(trial, tag), tag)
    found.put("title", one_line(plain(element_text(trial, "Public_title") or "")))
    found.put("official_title", one_line(plain(element_text(trial, "Scientific_title") or "")))
    found.put("sponsor", known(element_text(trial, "Primary_sponsor") or ""))
    phase = element_text(trial, "Phase")
    found.read("phases", f"Phase {phase}" if phase and phase.strip() in ("0", "1", "2", "3", "4", "I", "II", "III", "IV") else phase, "Phase")
    found.put("conditions", _listed(element_text(trial, "Condition")))
    found.put("interventions", [read_intervention(part) if is_intervention(part) else Intervention(name=_ARM.sub("", part)) for part in _listed(element_text(trial, "Intervention"))])
    found.put("locations", [Location(country=name) for name in _listed(element_text(trial, "Countries"))])
    found.put("outcomes", [
        Outcome(kind=kind, measure=measure) for kind in ("primary", "secondary") for measure in _listed(element_text(trial, f"{kind.capitalize()}_outcome"))
    ])
    found.put("enrollment", _enrolled(element_text(trial, "Target_size") or ""))
    found.read_ages(ages(*(_age(element_text(trial, f"Inclusion_age{end}")) for end in ("min", "max"))), "Inclusion_agemin")
    found.current_as_of = read_date(element_text(trial, "Last_Refreshed_on") or "")
    sections = [("both" if kind == "inclusion" else kind, _criteria(trial, kind)) for kind in ("inclusion", "exclusion")]
    return found.reading([Section(kind, text) for kind, text in sections if text])  # type: ignore[arg-type]


def plain(text: str) -> str:
    """Text without the marks of HTML that some registries leave in it."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def _criteria(trial: Element, kind: str) -> str:
    text = plain(trial.findtext(f"{kind.capitalize()}_Criteria") or "").strip()
    return "" if absent(re.sub(rf"^{kind} criteria\s*:?", "", text, flags=re.IGNORECASE)) else text


def _listed(text: str | None) -> list[str]:
    parts = (one_line(part) for part in _LIST.split(plain(text or "")))
    return list(dict.fromkeys(part for part in parts if part and not absent(part)))


def _age(text: str | None) -> str | None:
    """A bound with its unit; a bare number is years, and so is "18Y"; 0 and "no limit" are no bound."""
    found = re.fullmatch(r"\s*(?:>=|<=|>|<)?\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*(?:old)?\s*", text or "")
    if found is None or (float(found[1]) == 0 and not found[2]):
        return None
    unit = {"": "years", "y": "years", "m": "months", "w": "weeks", "d": "days", "h": "hours"}.get(found[2].casefold(), found[2])
    return f"{found[1]} {unit}"


def _enrolled(text: str) -> int | None:
    """The number of participants; of several groups ("A:30;B:30;") their sum."""
    groups = re.findall(r":\s*(\d{1,7})\s*(?=;|$)", text)
    return sum(map(int, groups)) if groups else read_count(text)
