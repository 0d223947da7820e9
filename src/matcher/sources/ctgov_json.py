"""One study as the registry's API (version 2) gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.model.trial import Arm, Intervention, Location, Official, Outcome
from matcher.sources.digging import dig, tables_at, text_at, texts_at, truth_at
from matcher.sources.fields import lower_words, one_line, read_status
from matcher.sources.findings import Findings
from matcher.sources.parts import also_called
from matcher.sources.values import PageReading, Section

SITE, FORMAT = "ClinicalTrials.gov", "ctgov-api-v2"
_FIELDS = (
    ("status", "statusModule.overallStatus"), ("study_type", "designModule.studyType"), ("sex", "eligibilityModule.sex"),
    ("enrollment", "designModule.enrollmentInfo.count"), ("start", "statusModule.startDateStruct.date"),
    ("primary_completion", "statusModule.primaryCompletionDateStruct.date"), ("completion", "statusModule.completionDateStruct.date"),
    ("first_received", "statusModule.studyFirstSubmitDate"), ("last_updated", "statusModule.lastUpdatePostDateStruct.date"),
    ("purpose", "designModule.designInfo.primaryPurpose"), ("allocation", "designModule.designInfo.allocation"),
    ("masking", "designModule.designInfo.maskingInfo.masking"), ("funder", "sponsorCollaboratorsModule.leadSponsor.class"),
)
_WORDS = (
    ("title", "identificationModule.briefTitle"), ("official_title", "identificationModule.officialTitle"),
    ("sponsor", "sponsorCollaboratorsModule.leadSponsor.name"),
)


def recognise(value: Any) -> bool:
    """Whether plain data is one study of the API."""
    return isinstance(dig(value, "protocolSection"), Mapping)


def read(study: Mapping[str, Any]) -> PageReading:
    """What a study says."""
    protocol = study["protocolSection"]
    found = Findings()
    ids = [text_at(protocol, "identificationModule.nctId"), text_at(protocol, "identificationModule.orgStudyIdInfo.id")]
    ids += [text_at(one, "id") for one in tables_at(protocol, "identificationModule.secondaryIdInfos")]
    ids += [*texts_at(protocol, "identificationModule.nctIdAliases"), text_at(protocol, "identificationModule.acronym")]
    found.read_identifiers([one for one in ids if one])
    for name, path in _FIELDS:
        found.read(name, text_at(protocol, path), f"protocolSection.{path}")
    for name, path in _WORDS:
        found.put(name, one_line(text_at(protocol, path) or ""))
    for name, path in (("summary", "briefSummary"), ("description", "detailedDescription")):
        found.put(name, (text_at(protocol, f"descriptionModule.{path}") or "").strip())
    _design(found, protocol)
    _parts(found, protocol)
    found.current_as_of = text_at(study, "derivedSection.miscInfoModule.versionHolder")
    criteria = text_at(protocol, "eligibilityModule.eligibilityCriteria") or "\n".join(texts_at(protocol, "eligibilityModule.eligibilityCriteria"))
    return found.reading([Section("both", criteria)] if criteria.strip() else [])


def _design(found: Findings, protocol: Mapping[str, Any]) -> None:
    phases = texts_at(protocol, "designModule.phases")
    if phases and phases != ["NA"]:
        found.read("phases", "/".join("Early Phase 1" if one == "EARLY_PHASE1" else one.replace("PHASE", "Phase ") for one in phases), "designModule.phases")
    model = text_at(protocol, "designModule.designInfo.interventionModel") or text_at(protocol, "designModule.designInfo.observationalModel")
    found.read("model", model, "designModule.designInfo")
    found.put("healthy_volunteers", truth_at(protocol, "eligibilityModule.healthyVolunteers"))
    regulated = [truth_at(protocol, f"oversightModule.isFdaRegulated{what}") for what in ("Drug", "Device")]
    found.put("regulated", True if True in regulated else False if False in regulated else None)
    lowest, highest = (text_at(protocol, f"eligibilityModule.{end}imumAge") for end in ("min", "max"))
    found.read_bounds(lowest, highest, "eligibilityModule")
    found.put("conditions", texts_at(protocol, "conditionsModule.conditions"))
    found.put("keywords", texts_at(protocol, "conditionsModule.keywords"))
    found.put("collaborators", [name for one in tables_at(protocol, "sponsorCollaboratorsModule.collaborators") if (name := text_at(one, "name"))])


def _parts(found: Findings, protocol: Mapping[str, Any]) -> None:
    arms = tables_at(protocol, "armsInterventionsModule.armGroups")
    found.put("arms", [Arm(label=one_line(label), type=lower_words(text_at(one, "type") or ""), description=text_at(one, "description") or "") for one in arms if (label := text_at(one, "label"))])
    given = tables_at(protocol, "armsInterventionsModule.interventions")
    found.put("interventions", [also_called(Intervention(type=lower_words(text_at(one, "type") or ""), name=one_line(name), description=text_at(one, "description") or ""), texts_at(one, "otherNames")) for one in given if (name := text_at(one, "name"))])
    found.put("outcomes", [
        Outcome(kind=kind, measure=one_line(measure), time_frame=one_line(text_at(one, "timeFrame") or ""))
        for kind in ("primary", "secondary", "other")
        for one in tables_at(protocol, f"outcomesModule.{kind}Outcomes") if (measure := text_at(one, "measure"))
    ])
    found.put("locations", [_location(one) for one in tables_at(protocol, "contactsLocationsModule.locations")])
    staff = [*tables_at(protocol, "contactsLocationsModule.overallOfficials"), *tables_at(protocol, "contactsLocationsModule.centralContacts")]
    found.put("officials", [Official(name=one_line(name), role=lower_words(text_at(one, "role") or ""), affiliation=one_line(text_at(one, "affiliation") or "")) for one in staff if (name := text_at(one, "name"))])


def _location(one: Mapping[str, Any]) -> Location:
    facility, city, state, country = (one_line(text_at(one, key) or "") for key in ("facility", "city", "state", "country"))
    return Location(facility=facility, city=city, state=state, country=country, status=read_status(text_at(one, "status") or "") or "")
