"""Whether a cancer can be measured, as the findings of these three months tell: "measurable liver lesion 24 mm (RECIST 1.1)"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from matcher.matching import truth as t
from matcher.matching.finding import Finding, known
from matcher.matching.parts import window_part
from matcher.matching.patient import Patient
from matcher.matching.periods import period
from matcher.matching.words import tells_of_another_time
from matcher.model.language import Condition
from matcher.model.patterns import later
from matcher.model.profile import Procedure
from matcher.model.verdict import Evidence
from matcher.vocabulary import Concept, Relation

_LATELY = timedelta(days=90)
_STATE = later(r"(?P<how>(?:(?:uni|bi|one|two|1|2)-?\s?dimensional(?:ly)?,?\s+|clinically\s+|radiographically\s+|radiologically\s+)?(?:measurable|evaluable)(?:(?: or | and |/)(?:measurable|evaluable))?)(?: by (?P<by>\w+)(?: (?P<version>\d(?:\.\d)?))?)?", re.IGNORECASE)
_BIDIMENSIONAL = later(r"\b(?:bi|two|2)-?\s?dimension|\d\s*(?:mm|cm)?\s*[x×]\s*\d", re.IGNORECASE)
_TWO_WAYS = later(r"^(?:bi|two|2)", re.IGNORECASE)
# A target lesion is one that is measured from the beginning to the end of a trial.
_SAYS_SO = later(r"(?<![\w-])(?:measurable|target lesions?)\b", re.IGNORECASE)
_DENIES = later(r"\b(?:no|not|non|without|un|nor|neither|never|absen\w+|resolved|disappeared|fail\w*|too small)\b|\bnon-?(?:measurable|target)|\bunmeasurable", re.IGNORECASE)
_NONE_AT_ALL = later(r"(?:there is |shows? )?no (?:evidence of )?measurable disease(?:\s*[,(]?\s*(?:by|per|according to)?\s*(?:\w*recist|rano|lugano|cheson)[^;]*)?", re.IGNORECASE)
_CRITERIA = later(r"\b(?P<by>(?:i|m|ir)?recist|rano|lugano|cheson|iwcll|imwg|pcwg\d)\b\W*(?:criteria\W*)?(?:version\W*|ver\W*|v\W*)?(?P<version>\d(?:\.\d)?)?", re.IGNORECASE)
_SIZE = later(r"(?P<size>\d+(?:\.\d+)?)\s*(?P<unit>mm|cm)\b", re.IGNORECASE)
_SURELY_MM = 20  # by any method and edition of RECIST, nodes too
# What may have taken away since what was seen.
_TAKES_OUT = later(r"ectomy|resect|excision|surg|ablation|embolization|embolisation|debulk|operation|transplant", re.IGNORECASE)
_CLAUSE = later(r"[;\n]|\.(?!\d)")


class _Told(NamedTuple):
    """What one finding says: whether there is anything to measure, on which day."""

    so: bool
    day: date
    done: Procedure


def measured_disease(leaf: Condition, patient: Patient, asked: Concept | None) -> Finding | None:
    """Whether a neoplasm is one that can be measured, where the latest findings tell; None where they do not."""
    if asked is None or len(leaf.states) != 1 or leaf.phase not in ("", "active") or patient.as_of is None:
        return None
    state = _STATE.fullmatch(leaf.states[0])
    if state is None or (asked.label == "neoplasm" and leaf != Condition(leaf.term, leaf.phase, states=leaf.states, window=leaf.window)) or not _is_growth(patient, asked) or not _has_one(patient, asked):
        return None
    told = [found for one in patient.procedures if one.entry.status == "done" and (found := _told(one.entry, state, leaf, patient)) is not None]
    latest = [one for one in told if one.day == max(each.day for each in told)]
    if not latest or len({one.so for one in latest}) > 1:
        return None
    best = latest[0]
    if any(one.entry.status == "done" and one.entry.date is not None and one.entry.date.last > best.day and _TAKES_OUT.search(one.entry.name) for one in patient.procedures):
        return None
    fact = Evidence(f"procedures: {best.done.name}", best.done.finding or "", None, str(best.day))
    return known(best.so, f"{best.done.name} on {best.day}: “{best.done.finding}”.", fact)


def _is_growth(patient: Patient, asked: Concept) -> bool:
    """Whether a neoplasm is asked for, or a kind of it."""
    neoplasm = patient.concept("condition", "neoplasm")
    return neoplasm is not None and patient.vocabulary.relation(asked, neoplasm) in (Relation.SAME, Relation.NARROWER)


def _has_one(patient: Patient, asked: Concept) -> bool:
    """Whether a neoplasm is recorded that is there now."""
    kinds = (Relation.SAME, Relation.NARROWER)
    return any(one.entry.status == "active" and one.concept is not None and patient.vocabulary.relation(one.concept, asked) in kinds for one in patient.conditions)


def _told(done: Procedure, state: re.Match[str], leaf: Condition, patient: Patient) -> _Told | None:
    """What a finding of these days says of it."""
    day = done.date
    if not done.finding or day is None or day.first != day.last or patient.as_of is None or day.first < patient.as_of - _LATELY:
        return None
    if leaf.window is not None and window_part(patient, leaf.window, period(day, day, ongoing=False, as_of=patient.as_of)).truth != t.HOLDS:
        return None
    if not tells_of_another_time(done.finding) and any(_affirms(clause, done.finding, state) for clause in _CLAUSE.split(done.finding)):
        return _Told(True, day.first, done)
    none = "valuable" not in state["how"] and _NONE_AT_ALL.fullmatch(done.finding.strip(" .")) is not None and (_CRITERIA.search(done.finding) is None or _same_criteria(done.finding, state))
    return _Told(False, day.first, done) if none else None


def _affirms(clause: str, finding: str, state: re.Match[str]) -> bool:
    """Whether a clause says that there is something to measure, in the way and by the criteria that are asked for."""
    if not _SAYS_SO.search(clause) or _DENIES.search(clause):
        return False
    if _TWO_WAYS.match(state["how"]) and not _BIDIMENSIONAL.search(clause):
        return False
    sizes = [float(size["size"]) * (10 if size["unit"].casefold() == "cm" else 1) for size in _SIZE.finditer(clause)]
    large = state["by"] is not None and "recist" in state["by"].casefold() and max(sizes, default=0) >= _SURELY_MM
    return large or _same_criteria(finding, state)


def _same_criteria(finding: str, state: re.Match[str]) -> bool:
    """Whether a finding names the criteria that are asked for, if any are."""
    named = _CRITERIA.search(finding)
    if named is None or state["by"] is None:
        return state["by"] is None
    versions = {version for version in (named["version"], state["version"]) if version}
    return named["by"].casefold() == state["by"].casefold() and len(versions) <= 1
