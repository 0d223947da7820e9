"""Whether a recorded condition is there still: what passes, what its name says of a time gone by, how acute an event is."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.entries import Part
from matcher.matching.parts import window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import Period, edges, overlaps, period
from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Relation, normal
from matcher.vocabulary.passing import passing, removed_by

# What a recorded name says of a time gone by, while its status was left as it is by default: active.
_PERHAPS_OVER = later(r"\b(?:childhood|infancy|treated|operated|repaired|corrected|resected|removed|excised|healed|cured|closed|history|hx|h/o|previous|prior|past|former|remote|old|s/p|status[ -]post|(?:st|z|zust)\.? ?[pn]\.?(?= )|(?:state|condition) after|post[ -]?op(?:erative)?|(?:19|20)\d\d)\b", re.IGNORECASE)
# The same, also of a disease that does not pass by itself.
_CALMED = later(r"(?<!not having achieved )(?<!not in )\b(?:remission|resolved)\b", re.IGNORECASE)
_OF_A_FRACTURE = later(r"\bclosed(?=.*\bfracture)|(?<=fracture)(?: [^,]*)?,? closed\b", re.IGNORECASE)  # beneath a whole skin, and no healed one
# What a recorded name says of one that does not pass.
_STAYS = later(r"\b(?:chronic|recurrent|recurring|persistent|relapsing|refractory|ongoing|long-?standing|unhealed|non-?union)\b", re.IGNORECASE)
_SLOW = later(r"\b(?:chronic|sub-?acute|old|recurrent|remote|silent)\b", re.IGNORECASE)
# Of what comes for weeks and goes, such a name tells that it comes again, and not that one episode goes on.
_COMES_AGAIN = later(r"\b(?:recurrent|recurring|repeated|frequent)\b", re.IGNORECASE)
_AN_EPISODE = 90  # days at the most
# In its first week an event is acute; a quarter of a year later it is not.
_FIRST_DAYS, _LONG_AGO, _LATELY = Window(within=Span(Decimal(7), "day")), Window(beyond=Span(Decimal(90), "day")), Window(within=Span(Decimal(90), "day"))


def still_there(patient: Patient, one: Resolved, asked: Concept | None) -> t.Truth:
    """Whether what is asked is there still where it was recorded without an end: open where it may be over and nobody said so."""
    if not (_named_as_over(patient, one) or _passed(patient, one, asked) or _removed(patient, one) or _between_episodes(patient, one, asked)):
        return t.HOLDS
    held = patient.answered(_statement(patient, one))
    return t.OPEN if held is None else t.of(held)


def still_question(patient: Patient, one: Resolved) -> Question:
    """Whether it is there still, as a statement whose answer is recorded."""
    asked = "Does the patient have an episode of it now" if _in_episodes(patient, one) else "Does the patient still have it"
    return Question("answers", _statement(patient, one), "yesno", None, f"{asked}: {one.wording}?")


def comes_again(words: str) -> bool:
    """Whether words say of a disease that it comes again and again."""
    return _COMES_AGAIN.search(words) is not None


def _between_episodes(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether no episode may be there at present, where one is asked for and not that they come again."""
    return not (asked is not None and comes_again(asked.label)) and _in_episodes(patient, one)


def _in_episodes(patient: Patient, one: Resolved) -> bool:
    """Whether an entry tells of a disease of weeks that it comes again: "recurrent urinary tract infection"."""
    if one.concept is None or not comes_again(one.wording):
        return False
    way = passing(patient.vocabulary, one.concept)
    return way.days <= _AN_EPISODE if way is not None else one.concept.label in _MANY_KINDS


_MANY_KINDS = ("infection", "respiratory tract infection", "bacterial infection", "skin infection", "fungal infection")  # some of their kinds last


def _statement(patient: Patient, one: Resolved) -> str:
    if _in_episodes(patient, one):
        return f"an episode of {one.wording} is present"
    since = one.entry.since or one.entry.diagnosed
    return f"{one.wording}{f' of {since}' if since else ''} is still present"


def calmed(one: Resolved) -> bool:
    """Whether the name says that the disease is in remission, or resolved, while its status was left as active."""
    return not one.exact and _CALMED.search(one.wording) is not None


def _named_as_over(patient: Patient, one: Resolved) -> bool:
    if one.exact:
        return False
    lasting = one.concept is not None and patient.vocabulary.lifelong(one.concept)
    return calmed(one) or (not lasting and _PERHAPS_OVER.search(_OF_A_FRACTURE.sub("", one.wording)) is not None)


def _passed(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether it began, or may have begun, longer ago than such a condition takes to pass; the disease behind an episode stays."""
    begun, relation = one.entry.since or one.entry.diagnosed, patient.vocabulary.relation
    if begun is None or one.concept is None or patient.as_of is None or _STAYS.search(one.wording):
        return False
    ways = [passing(patient.vocabulary, concept) for concept in (one.concept, *one.also)]
    known = [way for way in ways if way is not None]
    behind = [patient.concept("condition", way.of) for way in known if way.of]
    stays = asked is not None and any(disease is not None and relation(disease, asked) in (Relation.SAME, Relation.NARROWER) for disease in behind)
    if stays or len(known) < len(ways):
        return False
    recent = Window(within=Span(Decimal(max(way.days for way in known)), "day"))
    return window_part(patient, recent, period(begun, begun, ongoing=False, as_of=patient.as_of)).truth != t.HOLDS


def _removed(patient: Patient, one: Resolved) -> bool:
    """Whether an operation that removes it was done since, or perhaps since: gallstones before a cholecystectomy."""
    operations = removed_by(one.concept.label) if one.concept is not None else frozenset()
    begun = one.entry.since or one.entry.diagnosed
    for done in patient.procedures if operations else ():
        if done.concept is None or done.entry.status == "absent" or operations.isdisjoint((done.concept.label, *patient.vocabulary.broader(done.concept))):
            continue
        if begun is None or done.entry.date is None or done.entry.date.last >= begun.first:
            return True
    return False


def acute(patient: Patient, one: Resolved, during: Period | None) -> t.Truth:
    """Whether a recorded event is still acute: by its day, or where that is not recorded by its name."""
    if during is None or patient.as_of is None or not (one.entry.since or one.entry.diagnosed):
        return t.HOLDS if one.wording.casefold().startswith("acute") else t.OPEN
    if overlaps(during, edges(_FIRST_DAYS, patient.as_of)) == t.HOLDS:
        return t.HOLDS
    return t.VIOLATED if overlaps(during, edges(_LONG_AGO, patient.as_of)) == t.HOLDS else t.OPEN


def acute_then(one: Resolved, found: t.Truth, window: Window | None, phase: str) -> t.Truth:
    """The same of an event that is asked for in its own time, "acute embolism within a month", "history of acute stroke": every one was acute when it came."""
    then = phase in ("history", "past") or (window is not None and window.within is not None)
    return t.HOLDS if then and not _SLOW.search(one.wording) else found


def recent(patient: Patient, during: Period | None) -> bool:
    """Whether an event was certainly within the last quarter of a year."""
    return window_part(patient, _LATELY, during).truth == t.HOLDS


def acute_form(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether what is asked is the recorded event while it is acute: its day tells whether it is."""
    if asked is None or one.concept is None or not asked.label.startswith("acute ") or not getattr(one.entry, "since", None) or not patient.vocabulary.event(one.concept):
        return False
    plain = patient.vocabulary.condition(asked.label.removeprefix("acute "))
    same = plain is not None and plain.label == asked.label.removeprefix("acute ")
    kind = same and plain is not None and patient.vocabulary.relation(one.concept, plain) in (Relation.SAME, Relation.NARROWER)
    return kind and plain is not None and patient.vocabulary.event(plain) and not _SLOW.search(one.wording)


def acute_part(one: Resolved, found: t.Truth) -> Part:
    """Whether an event is the acute one that is asked for."""
    ask = Question("conditions", one.wording, "yesno", None, f"Is it still acute: {one.wording}?")
    return Part(found, "imprecise", "it is no longer acute" if found == t.VIOLATED else "whether it is still acute is not recorded", ask if found == t.OPEN else None)


# What is put in or made, and is there until it is taken out, closed or reversed.
_LEAVES = later(
    r"stom(?:y|ies|a)\b|shunt|stent|pacemaker|defibrillator|cardioverter|\bicd\b|\bcrt|\bports?\b|port-?a-?cath|drain|\btubes?\b|catheter|implant|prosthe|pump|stimulat|"
    r"device|lens|balloon|band(?:ing)?\b|valve|graft|fistula|filter|hardware|plates?\b|screw|fixat|expander|pessary|assist|coil|monitor|recorder|\bleads?\b", re.IGNORECASE,
)  # fmt: skip
_UNDOES = later(r"revers|clos|take-?down|remov|explant|decannul|extract|taken (?:out|down)|withdraw|disconnect", re.IGNORECASE)


def taken_away(patient: Patient, one: Resolved, label: str) -> bool:
    """Whether what an operation put in place or made is recorded as over, or as taken out, closed or reversed by a later one."""
    done = one.entry.date
    if not _LEAVES.search(f"{label} | {one.wording}"):
        return False
    if one.entry.until is not None and patient.as_of is not None and one.entry.until.last < patient.as_of:
        return done is None or bool(done.last < one.entry.until.first)
    named = {word for word in normal(f"{label} {one.wording}") if len(word) > 2 and _LEAVES.search(word)} | ({"decannulation"} if "tracheostomy" in label else set())
    later_on = (other for other in patient.procedures if other is not one and other.entry.status != "absent" and _UNDOES.search(other.wording))
    return any(not named.isdisjoint(normal(other.wording)) and not (done and other.entry.date and other.entry.date.last < done.first) for other in later_on)
