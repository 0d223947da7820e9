"""One study in the registry's former XML."""

from __future__ import annotations

import textwrap
from xml.etree.ElementTree import Element

from matcher.model.trial import Arm, Intervention, Location, Official, Outcome
from matcher.sources.digging import element_text, element_texts
from matcher.sources.fields import lower_words, one_line, read_date, read_status
from matcher.sources.findings import Findings
from matcher.sources.parts import also_called
from matcher.sources.values import PageReading, Section

SITE, FORMAT, ROOT = "ClinicalTrials.gov", "ctgov-xml", "clinical_study"
_FIELDS = (
    ("status", "overall_status"), ("study_type", "study_type"), ("phases", "phase"), ("sex", "eligibility/gender"),
    ("healthy_volunteers", "eligibility/healthy_volunteers"), ("enrollment", "enrollment"), ("start", "start_date"),
    ("primary_completion", "primary_completion_date"), ("completion", "completion_date"), ("first_received", "study_first_submitted"),
    ("last_updated", "last_update_posted"), ("purpose", "study_design_info/primary_purpose"), ("allocation", "study_design_info/allocation"),
    ("model", "study_design_info/intervention_model"), ("model", "study_design_info/observational_model"),
    ("masking", "study_design_info/masking"), ("funder", "sponsors/lead_sponsor/agency_class"),
)
_WORDS = (("title", "brief_title"), ("official_title", "official_title"), ("sponsor", "sponsors/lead_sponsor/agency"))
_LISTS = (("conditions", "condition"), ("keywords", "keyword"), ("collaborators", "sponsors/collaborator/agency"))


def read(study: Element) -> PageReading:
    """What a study says."""
    found = Findings()
    found.read_identifiers([text for tag in ("nct_id", "org_study_id", "secondary_id", "nct_alias") for text in element_texts(study, f"id_info/{tag}")])
    for name, path in _FIELDS:
        found.read(name, element_text(study, path), path)
    for name, path in _WORDS:
        found.put(name, one_line(element_text(study, path) or ""))
    for name, path in _LISTS:
        found.put(name, [one_line(text) for text in element_texts(study, path)])
    for name, path in (("summary", "brief_summary"), ("description", "detailed_description")):
        found.put(name, _block(study, f"{path}/textblock").strip())
    regulated = [element_text(study, f"oversight_info/is_fda_regulated_{what}") for what in ("drug", "device")]
    found.put("regulated", True if "Yes" in regulated else False if "No" in regulated else None)
    found.read_bounds(element_text(study, "eligibility/minimum_age"), element_text(study, "eligibility/maximum_age"), "eligibility")
    _parts(found, study)
    downloaded = element_text(study, "required_header/download_date") or ""
    found.current_as_of = read_date(downloaded.rpartition(" on ")[2])
    criteria = _block(study, "eligibility/criteria/textblock")
    return found.reading([Section("both", criteria)] if criteria.strip() else [])


def _block(study: Element, path: str) -> str:
    """A block of text without the indentation that the XML gives all of it."""
    return textwrap.dedent((study.findtext(path) or "").replace("\r\n", "\n").replace("\r", "\n"))


def _parts(found: Findings, study: Element) -> None:
    found.put("arms", [Arm(label=one_line(label), type=lower_words(element_text(one, "arm_group_type") or ""), description=element_text(one, "description") or "") for one in study.findall("arm_group") if (label := element_text(one, "arm_group_label"))])
    found.put("interventions", [
        also_called(Intervention(type=lower_words(element_text(one, "intervention_type") or ""), name=one_line(name), description=element_text(one, "description") or ""), element_texts(one, "other_name"))
        for one in study.findall("intervention") if (name := element_text(one, "intervention_name"))
    ])
    found.put("outcomes", [
        Outcome(kind=kind, measure=one_line(measure), time_frame=one_line(element_text(one, "time_frame") or ""))
        for kind in ("primary", "secondary", "other")
        for one in study.findall(f"{kind}_outcome") if (measure := element_text(one, "measure"))
    ])
    found.put("locations", [_location(one) for one in study.findall("location")])
    staff = [*((one, "") for one in study.findall("overall_official")), *((one, "central contact") for one in study.findall("overall_contact"))]
    found.put("officials", [
        Official(name=one_line(name), role=lower_words(element_text(one, "role") or role), affiliation=one_line(element_text(one, "affiliation") or ""))
        for one, role in staff if (name := element_text(one, "last_name"))
    ])


def _location(one: Element) -> Location:
    words = {tag: one_line(element_text(one, f"facility/address/{tag}") or "") for tag in ("city", "state", "country")}
    return Location(facility=one_line(element_text(one, "facility/name") or ""), status=read_status(element_text(one, "status") or "") or "", **words)
