"""One trial of the World Health Organization's search portal (ICTRP), as its export gives it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from matcher.model.patterns import pattern_of
from matcher.model.trial import Intervention, Location, Official, Outcome
from matcher.sources.ages import ages_of_groups
from matcher.sources.digging import element_text
from matcher.sources.fields import absent, known, one_line, read_count, read_date
from matcher.sources.findings import Findings
from matcher.sources.html_text import without_marks
from matcher.sources.parts import is_intervention, read_intervention
from matcher.sources.values import PageReading, Section

SITE, FORMAT, ROOT, RECORD = "ICTRP", "ictrp-xml", "Trials_downloaded_from_ICTRP", "Trial"
_FIELDS = (
    ("status", "Recruitment_Status"), ("study_type", "Study_type"), ("sex", "Inclusion_gender"), ("start", "Date_enrollement"),
    ("first_received", "Date_registration3"), ("first_received", "Date_registration"), ("last_updated", "Last_Refreshed_on"),
)
_DATES = ("start", "first_received")
_LIST = pattern_of(r";|\n")
_ARM = pattern_of(r"^[^:]{1,60}:\s*")
_DAY_FIRST = pattern_of(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})\b.*")
_STAGE = pattern_of(r"\(Phase (IV|I{1,3})\)\s*:\s*(yes|no)\b", re.IGNORECASE)
# What the European register says of a condition beside its name, and the names among what it says of a product.
_MEDDRA = pattern_of(r"MedDRA version.*?\bTerm:\s*(.+?)(?:\s+System Organ Class:.*|$)")
_AREA = pattern_of(r"Therapeutic area:")
_PRODUCT = pattern_of(r"(?:Trade Name|Product Name|INN or Proposed INN|Other descriptive name):\s*(.+)", re.IGNORECASE)
_OF_A_PRODUCT = pattern_of(r"(?:Product Code|Pharmaceutical Form|CAS Number|Current Sponsor code|Concentration (?:unit|type|number)|Route of administration)\b[^:]*:", re.IGNORECASE)
# The form of the European register stands among the criteria: which ages there are, and how many of each.
_POPULATION = pattern_of(r"^[ \t]*(?:Are the trial subjects under 18\?|Number of subjects for this age range|F\.1\.\d[\d.]*[ \t]).*$", re.IGNORECASE | re.MULTILINE)
_GROUPS = (("child", r"subjects under 18\?"), ("adult", r"Adults \(18\s*-\s*64 years\)"), ("older adult", r"Elderly \([^)]*65 years\)"))
_AGE = pattern_of(
    r"(?:from|above|over|up ?to|at least|minimum|maximum|>=|≥|<=|≤|>|<)?\s*(\d+(?:\.\d+)?)\s*\(?\s*([A-Za-zñéèã]*)(?:\(s\))?\)?"
    r"(?:\s*(\d+)\s*months?\b[\s\d\w]*)?(?:[\s-]*(?:old|of age|and (?:older|above|over|younger|below|under)))?", re.IGNORECASE
)
_NO_AGE = pattern_of(r"(?:not? .*|none.*|n\.?/?a\b.*|-+|any.*|all|unlimited|without .*|newborns?|birth)", re.IGNORECASE)
_UNITS = (
    ("years", ("y", "yr", "yrs", "year", "years", "yo", "age", "ano", "anos", "año", "años", "an", "ans", "jahr", "jahre", "jaar")),
    ("months", ("m", "mo", "mos", "month", "months", "mes", "meses", "mois", "monat", "monate")), ("weeks", ("w", "wk", "week", "weeks")),
    ("days", ("d", "day", "days")), ("hours", ("h", "hour", "hours")),
)


def read(trial: Element) -> PageReading:
    """What a trial says; age bounds without a unit are years."""
    found = Findings()
    found.put("id", known(element_text(trial, "TrialID")))  # whatever register it comes from
    found.read_identifiers([one for tag in ("TrialID", "Secondary_ID", "SecondaryIDs", "Acronym") for one in _LIST.split(element_text(trial, tag) or "")])
    for name, tag in _FIELDS:
        text = element_text(trial, tag)
        found.read(name, _DAY_FIRST.sub(r"\3-\2-\1", text) if text and name in _DATES else text, tag)
    found.put("title", one_line(without_marks(element_text(trial, "Public_title") or "")))
    found.put("official_title", one_line(without_marks(element_text(trial, "Scientific_title") or "")))
    found.put("sponsor", known(element_text(trial, "Primary_sponsor") or ""))
    phase = element_text(trial, "Phase") or ""
    stages = _STAGE.findall(phase)
    found.read("phases", "/".join(f"Phase {number}" for number, so in stages if so.casefold() == "yes") if stages else phase, "Phase")
    found.read_design(element_text(trial, "Study_design") or "")
    conditions = [_MEDDRA.sub(r"\1", part) for part in _listed(element_text(trial, "Condition")) if not _AREA.match(part)]
    found.put("conditions", list(dict.fromkeys(conditions)))
    found.put("interventions", _given(_listed(element_text(trial, "Intervention"))))
    found.put("locations", [Location(country=name) for name in _listed(element_text(trial, "Countries"))])
    found.put("outcomes", [
        Outcome(kind=kind, measure=measure) for kind in ("primary", "secondary") for measure in _listed(element_text(trial, f"{kind.capitalize()}_outcome"))
    ])
    found.put("enrollment", _enrolled(element_text(trial, "Target_size") or ""))
    lowest, highest = (_age(element_text(trial, f"Inclusion_age{end}")) for end in ("min", "max"))
    found.read_bounds(lowest, highest, "Inclusion_agemin")
    found.read_ages(None if lowest or highest else _ages_of_form(trial), "Inclusion_Criteria")
    found.put("officials", _contact(trial))
    found.current_as_of = read_date(element_text(trial, "Last_Refreshed_on") or "")
    sections = [("both" if kind == "inclusion" else kind, _criteria(trial, kind)) for kind in ("inclusion", "exclusion")]
    return found.reading([Section(kind, text) for kind, text in sections if text])  # type: ignore[arg-type]


def _criteria(trial: Element, kind: str) -> str:
    text = _POPULATION.sub("", without_marks(trial.findtext(f"{kind.capitalize()}_Criteria") or "")).strip()
    return "" if absent(re.sub(rf"^{kind} criteria\s*:?", "", text, flags=re.IGNORECASE)) else text


def _listed(text: str | None) -> list[str]:
    parts = (one_line(part) for part in _LIST.split(without_marks(text or "")))
    return list(dict.fromkeys(part for part in parts if part and not absent(part)))


def _ages_of_form(trial: Element) -> str | None:
    """The age groups that a form among the criteria says yes to; None without such a form."""
    text = trial.findtext("Inclusion_Criteria") or ""
    said = {group: found[1].casefold() for group, words in _GROUPS if (found := re.search(rf"{words}\s*:?\s*(yes|no)\b", text, re.IGNORECASE))}
    return ages_of_groups({group for group, so in said.items() if so == "yes"}) if len(said) == len(_GROUPS) else None


def _given(parts: list[str]) -> list[Intervention]:
    """What is given in each arm; of a product described line by line its names alone."""
    if any(map(_OF_A_PRODUCT.match, parts)):
        names = dict.fromkeys(found[1].strip() for part in parts if (found := _PRODUCT.fullmatch(part)))
        return [Intervention(type="drug", name=name) for name in names]
    return [read_intervention(part) if is_intervention(part) else Intervention(name=_ARM.sub("", part)) for part in parts]


def _age(text: str | None) -> str | None:
    """A bound with its unit; a bare number is years, and so is "18Y"; 0 and "no limit" are no bound; what is not understood as it stands."""
    said = (text or "").strip()
    found = _AGE.fullmatch(said)
    unit = next((name for name, words in _UNITS if found and (found[2] or "y").casefold() in words), None)
    if found is None or unit is None:
        return None if not said or _NO_AGE.fullmatch(said) else said
    if float(found[1]) == 0 and unit == "years":
        return None
    if unit == "years" and int(found[3] or 0):
        return f"{int(float(found[1])) * 12 + int(found[3])} months"
    return f"{'<' if said.startswith('<') and not said.startswith('<=') else ''}{found[1]} {unit}"


def _contact(trial: Element) -> list[Official]:
    """Whom the register names for questions."""
    name = one_line(" ".join(element_text(trial, f"Contact_{part}") or "" for part in ("Firstname", "Lastname")))
    return [] if absent(name) else [Official(name=name, role="contact", affiliation=one_line(element_text(trial, "Contact_Affiliation") or ""))]


def _enrolled(text: str) -> int | None:
    """The number of participants; of several groups ("A:30;B:30;") their sum."""
    groups = re.findall(r":\s*(\d{1,7})\s*(?=;|$)", text)
    return sum(map(int, groups)) if groups else read_count(text)
