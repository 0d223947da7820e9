"""How a medication is used: what "regular", "chronic" and "nasal" ask of it."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import edges, overlaps, period
from matcher.matching.responses import after_part
from matcher.matching.routes import as_named, by_possible_routes, possible_routes
from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Relation, normal

_ROUTE_STATES = {"nasal": "intranasal", "intranasal": "intranasal", "inhaled": "inhaled", "inhalational": "inhaled", "oral": "oral", "intravenous": "intravenous", "topical": "topical", "intravitreal": "intravitreal", "intravesical": "intravesical", "intrathecal": "intrathecal", "infiltration": "infiltration", "epidural": "epidural", "intralesional": "intralesional"}
# The routes by which a form is given, and those by which it certainly is not; of any other it is open.
_ANYHOW_ELSE = frozenset(("oral", "inhaled", "intranasal", "rectal", "vaginal", "transdermal", "topical", "ocular"))
_BLOOD = frozenset(("intravenous", "intramuscular", "subcutaneous"))
_FORMS = {
    "injection": (_BLOOD | {"parenteral", "intra-articular", "intralesional", "intravitreal", "intrathecal", "epidural"}, _ANYHOW_ELSE), "shot": (frozenset({"intramuscular", "subcutaneous"}), _ANYHOW_ELSE),
    "infusion": (frozenset({"intravenous"}), _ANYHOW_ELSE), "patch": (frozenset({"transdermal"}), (_ANYHOW_ELSE | _BLOOD) - {"transdermal", "topical"}),
    "cream": (frozenset(), frozenset({"oral", "inhaled", "intranasal", "transdermal"}) | _BLOOD), "ointment": (frozenset(), frozenset({"oral", "inhaled", "transdermal"}) | _BLOOD),
    "gel": (frozenset(), frozenset({"inhaled"}) | _BLOOD), "drop": (frozenset({"ocular"}), frozenset({"inhaled", "rectal", "vaginal", "transdermal"}) | _BLOOD),
    "spray": (frozenset(), frozenset({"rectal", "transdermal"}) | _BLOOD), "implant": (frozenset(), frozenset({"oral", "inhaled", "intranasal", "rectal", "transdermal", "topical", "intravenous"})),
    "enema": (frozenset(), (_ANYHOW_ELSE | _BLOOD) - {"rectal"}), "lozenge": (frozenset(), frozenset({"inhaled", "rectal", "vaginal", "transdermal", "topical", "ocular"}) | _BLOOD),
    "gum": (frozenset(), frozenset({"inhaled", "intranasal", "transdermal"}) | _BLOOD),
}  # fmt: skip
# For how many days a drug must have been taken each day, to be taken regularly, or chronically.
_DAYS = {
    "regular": 30, "regularly": 30, "daily": 30, "continuous": 30, "scheduled": 30, "routine": 30, "routinely": 30, "continuously": 30, "every day": 30, "on a daily basis": 30, "on a regular basis": 30,
    "chronic": 90, "chronically": 90, "long term": 90, "prolonged": 90, "chronic daily": 90, "continued": 90, "permanent": 90, "on a chronic basis": 90, "on a long term basis": 90, "on a permanent basis": 90, "on a continuous basis": 90,
}  # fmt: skip
# What leaves nothing out: whoever takes the drug takes it so.
_ANYHOW = frozenset(("by any route", "any route", "in any form", "any form", "of any kind", "of any type", "in any dose", "at any dose", "any dose"))
# What is taken each day as long as it is taken at all, whether or not a dose is recorded.
_TAKEN_EACH_DAY = ("statins", "oral anticoagulants", "insulins", "antiretrovirals", "thyroid hormones", "SSRIs", "ACE inhibitors", "angiotensin receptor blockers", "calcineurin inhibitors", "thiazide diuretics", "oral antidiabetics", "xanthine oxidase inhibitors")
_EACH_DAY = later(r"(?:/|per )\s*(?:d|day|24 ?h)\b|\bdaily\b|\b[bt]i?d\b|\bqd\b", re.IGNORECASE)
_AS_NEEDED = later(r"\b(?:prn|as needed|as required|on demand|if needed|rescue|sos)\b", re.IGNORECASE)


def usage_part(patient: Patient, one: Resolved, states: tuple[str, ...], label: str) -> Part:
    """Whether a treatment was what is said of it: as answered, or as its dose, its dates and its route tell."""
    found = after_part(patient, one, states, label)
    if found.truth != t.OPEN:
        return found
    told = [_told(patient, one, " ".join(normal(state))) for state in states]
    if t.HOLDS in told:
        return SATISFIED
    return Part(t.VIOLATED, why=f"it is not {states[0]}") if set(told) == {t.VIOLATED} else found


def _told(patient: Patient, one: Resolved, state: str) -> t.Truth:
    if state in _ANYHOW or state.startswith(("by any route", "via any route")):
        return t.HOLDS
    if state in _ROUTE_STATES:
        routes = possible_routes(patient, one)
        return by_possible_routes(routes, (_ROUTE_STATES[state],), Question("medications", one.wording, "word", None, "")).truth if routes else t.OPEN
    if state.startswith("by "):
        return _in_form(patient, one, state.removeprefix("by "))
    begun = _BEGUN.fullmatch(state)
    if begun is not None:
        return _begun(patient, one, begun)
    if state in ("in monotherapy", "as monotherapy"):
        others = any(each is not one and each.entry.state == "current" for each in patient.medications)
        return t.HOLDS if one.entry.state == "current" and not others and patient.profile.complete.medications is not None and patient.profile.complete.medications is not False else t.OPEN
    if state == "recent":
        return _lately(patient, one)
    return t.HOLDS if state in _DAYS and _each_day_for(patient, one, _DAYS[state]) else t.OPEN


def _lately(patient: Patient, one: Resolved) -> t.Truth:
    """Whether a drug was taken lately: certainly where it is taken still, and certainly not where it was stopped a year ago."""
    if one.entry.state == "current" and one.entry.stop is None:
        return t.HOLDS
    if one.entry.stop is None or patient.as_of is None:
        return t.OPEN
    left = period(one.entry.stop, one.entry.stop, ongoing=False, as_of=patient.as_of)
    return t.VIOLATED if overlaps(left, edges(Window(Span(Decimal(365), "day")), patient.as_of)) == t.VIOLATED else t.OPEN


# "Started within 8 weeks", "changed within 30 days": what the day tells on which it was begun, or last changed.
_BEGUN = later(r"(?P<how>started|changed) within (?P<number>\d{1,4}) (?P<unit>hour|day|week|month|year)s?")


def _begun(patient: Patient, one: Resolved, said: re.Match[str]) -> t.Truth:
    """Whether a drug was begun, or its dose changed, within a time; a dose of which no change is recorded may have been changed."""
    day = one.entry.start if said["how"] == "started" else one.entry.stable_since
    if day is None or patient.as_of is None:
        return t.OPEN
    found = overlaps(period(day, day, ongoing=False, as_of=patient.as_of), edges(Window(Span(Decimal(said["number"]), said["unit"])), patient.as_of))
    left_off = said["how"] == "changed" and (one.entry.state == "past" or one.entry.stop is not None)
    return t.OPEN if found == t.VIOLATED and left_off else found  # to be left off is a change, too


def _in_form(patient: Patient, one: Resolved, form: str) -> t.Truth:
    """Whether a drug is given in a form: as its wording says, or as all routes by which it may be given tell."""
    if form in normal(one.wording):
        return t.HOLDS
    routes = {as_named(route) for route in possible_routes(patient, one)}
    so, not_so = _FORMS.get(form, (frozenset(), frozenset()))
    if not routes:
        return t.OPEN
    return t.HOLDS if routes <= so else t.VIOLATED if routes <= not_so else t.OPEN


def _each_day_for(patient: Patient, one: Resolved, days: int) -> bool:
    """Whether a drug is taken now, each day, and was begun certainly so many days ago."""
    entry = one.entry
    if entry.state != "current" or entry.stop is not None or entry.start is None or patient.as_of is None:
        return False
    each_day = _EACH_DAY.search(entry.unit or "") is not None if entry.dose is not None else _each_day(patient, one)
    if not each_day or _AS_NEEDED.search(f"{one.wording} {entry.indication or ''} {entry.unit or ''}"):
        return False
    begun = period(entry.start, entry.start, ongoing=False, as_of=patient.as_of)
    return overlaps(begun, edges(Window(beyond=Span(Decimal(days), "day")), patient.as_of)) == t.HOLDS


def _each_day(patient: Patient, one: Resolved) -> bool:
    """Whether a drug is of a class that nobody takes now and then."""
    kinds = (patient.vocabulary.curated("treatment", label) for label in _TAKEN_EACH_DAY)
    return one.concept is not None and any(kind is not None and patient.vocabulary.relation(one.concept, kind) in (Relation.SAME, Relation.NARROWER) for kind in kinds)
