"""One row of the registry's table download: it holds no eligibility criteria, only the registry's own fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.model.trial import Location, Outcome
from matcher.sources.ctgov_json import ages
from matcher.sources.fields import known, one_line
from matcher.sources.findings import Findings
from matcher.sources.values import PageReading

SITE, FORMAT = "ClinicalTrials.gov", "ctgov-csv"
NUMBER = "NCT Number"
# The field, and its column in the present and in the former download.
_FIELDS = (
    ("status", "Study Status"), ("status", "Status"), ("study_type", "Study Type"), ("phases", "Phases"), ("sex", "Sex"), ("sex", "Gender"),
    ("enrollment", "Enrollment"), ("start", "Start Date"), ("primary_completion", "Primary Completion Date"), ("completion", "Completion Date"),
    ("first_received", "First Posted"), ("last_updated", "Last Update Posted"), ("funder", "Funder Type"), ("funder", "Funded Bys"),
)
_WORDS = (("title", "Study Title"), ("title", "Title"), ("sponsor", "Sponsor"), ("summary", "Brief Summary"))
_DESIGN = {"allocation": "allocation", "intervention model": "model", "observational model": "model", "masking": "masking", "primary purpose": "purpose"}


def read(row: Mapping[str, str]) -> PageReading:
    """What a row says."""
    found = Findings()
    found.read_identifiers([row.get(NUMBER, ""), *_split(row.get("Other IDs", ""))])
    for name, column in _FIELDS:
        found.read(name, row.get(column), column)
    for name, column in _WORDS:
        found.put(name, known(row.get(column, "")))
    for name, column in (("conditions", "Conditions"), ("collaborators", "Collaborators")):
        found.put(name, _split(row.get(column, "")))
    if "Sponsor/Collaborators" in row:
        sponsor, *others = _split(row["Sponsor/Collaborators"]) or [""]
        found.put("sponsor", sponsor)
        found.put("collaborators", others)
    found.read_interventions(_split(row.get("Interventions", "")))
    found.read_ages(_ages(row.get("Age", "").replace("\xa0", " ")), "Age")
    for part in _split(row.get("Study Design", "") or row.get("Study Designs", "")):
        name, _, value = part.partition(":")
        if name.strip().casefold() in _DESIGN:
            found.read(_DESIGN[name.strip().casefold()], value, "Study Design")
    found.put("locations", [_location(place) for place in _split(row.get("Locations", ""))])
    outcomes = [(kind, text) for kind in ("primary", "secondary", "other") for text in _split(row.get(f"{kind.capitalize()} Outcome Measures", ""))]
    found.put("outcomes", [Outcome(kind=kind, measure=text) for kind, text in outcomes])
    return found.reading([])


def _ages(text: str) -> str | None:
    """Bounds as they stand, else what the registry's age groups leave out: below 18, or 65 and above."""
    groups = {" ".join(part.replace("_", " ").split()).casefold() for part in re.split(r"[,|]", text)}
    if not groups <= {"child", "adult", "older adult"}:
        return text.split("(")[0]
    low = "" if "child" in groups else "18 Years" if "adult" in groups else "65 Years"
    high = "" if "older adult" in groups else "64 Years" if "adult" in groups else "17 Years"
    return ages(low, high)


def _split(text: str) -> list[str]:
    return [part for one in text.split("|") if (part := known(one))]


def _location(text: str) -> Location:
    """ "Facility, city, state, postcode, country": only the ends are certain."""
    parts = [one_line(part) for part in text.split(",")]
    return Location(facility=parts[0], country=parts[-1]) if len(parts) > 1 else Location(facility=text)
