"""A trial as plain JSON with one key for each field: the registry extract in JSON lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matcher.model.patterns import pattern_of
from matcher.sources.digging import text_at, texts_at, truth_at
from matcher.sources.fields import one_line, read_date
from matcher.sources.findings import Findings
from matcher.sources.values import PageReading, Section

SITE, FORMAT = "ClinicalTrials.gov", "plain-json"
_FIELDS = (("status", "status"), ("study_type", "study_type"), ("sex", "sex"))
_BRACKETS = str.maketrans("", "", "[]{}'\"")
_CODED = pattern_of(r"""['"]phase['"]\s*:\s*['"]([^'"]+)['"]""")
_NUMBERS = pattern_of(r"(?:[0-4O]|IV|I{1,3})(?:[_/](?:[0-4]|IV|I{1,3}))?")


def recognise(value: Any) -> bool:
    """Whether plain data is such a record."""
    return isinstance(value, Mapping) and isinstance(value.get("criteria"), str) and ("nct_id" in value or "id" in value)


def read(record: Mapping[str, Any]) -> PageReading:
    """What a record says."""
    found = Findings()
    found.read_identifiers([text for key in ("nct_id", "id") if (text := text_at(record, key))])
    for name, key in _FIELDS:
        found.read(name, text_at(record, key), key)
    found.read("phases", _phase(text_at(record, "phase") or ""), "phase")
    for name in ("title", "official_title"):
        found.put(name, one_line(text_at(record, name) or ""))
    for name in ("conditions", "keywords"):
        found.put(name, [one_line(text) for text in texts_at(record, name)])
    found.read_interventions(texts_at(record, "interventions"))
    found.put("summary", (text_at(record, "brief_summary") or "").strip())
    found.put("description", (text_at(record, "detailed_description") or "").strip())
    found.put("healthy_volunteers", truth_at(record, "healthy_volunteers"))
    found.read_bounds(text_at(record, "min_age"), text_at(record, "max_age"), "min_age")
    found.current_as_of = read_date(text_at(record, "version_date") or "")
    criteria = text_at(record, "criteria") or ""
    return replace(found.reading([Section("both", criteria)] if criteria.strip() else []), lost_signs=truth_at(record, "operators_lossy") is True)


def _phase(text: str) -> str:
    """A phase as it stands; of a table written as text its code, and a bare number as a phase ("I_II" → "Phase I/II")."""
    coded = _CODED.search(text)
    said = coded[1] if coded else text.translate(_BRACKETS).strip()
    return f"Phase {said.replace('_', '/').replace('O', '0')}" if _NUMBERS.fullmatch(said) else said
