"""When a recorded disease began, showed and was over, against the window and the length that the criterion says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from matcher.matching import truth as t
from matcher.matching.articles import with_article
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.parts import lasting_part, window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import Period, period
from matcher.matching.still import recent, still_there
from matcher.matching.words import when, window_words
from matcher.model.dates import PartialDate
from matcher.model.language import Condition, Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Concept
from matcher.vocabulary.once import by_itself, single


def is_over(one: Resolved) -> bool:
    """Whether a recorded disease has resolved: it is said so, or its end is recorded."""
    return one.entry.status == "resolved" or (one.entry.status == "active" and one.entry.until is not None)


def when_had(entry: Any, resolved: bool, event: bool, as_of: date) -> Period:
    """When the patient had it: an event on one day, a disease on the day of the diagnosis and perhaps before."""
    if event:
        return period(entry.since or entry.diagnosed, entry.until or entry.since or entry.diagnosed, ongoing=False, as_of=as_of)
    found = period(entry.since or entry.diagnosed, entry.until, ongoing=not resolved and entry.status != "suspected", as_of=as_of)
    return found if entry.since else Period(PartialDate(date.min, found.begins.last), found.ends)


def ended(entry: Any, resolved: bool, event: bool) -> tuple[PartialDate | None, bool | None]:
    """When it ended, and whether it has resolved: an event is over on its day, what it left behind may not be."""
    if event and not resolved:
        return entry.since or entry.diagnosed, None
    return entry.until, resolved


def in_time(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None, during: Period | None) -> Part:
    """Whether it was in the window: a disease that lasts does not tell on which days it showed, as an epilepsy its seizures."""
    part = window_part(patient, leaf.window, during)
    if leaf.window is None or part.truth != t.HOLDS or patient.as_of is None:
        return part
    onset = _onset_part(patient, leaf.window, one)
    if onset.truth != t.HOLDS:
        return onset
    comes_and_goes = asked is not None and one.concept != asked and patient.vocabulary.episodes(asked)
    only_carried = carried(patient, one, asked)
    if not comes_and_goes and not only_carried and not (_sudden(patient, one, asked) and not is_over(one)) and (is_over(one) or still_there(patient, one, asked) == t.HOLDS):
        return part
    if window_part(patient, leaf.window, when_had(one.entry, resolved=True, event=True, as_of=patient.as_of)).truth == t.HOLDS:
        return part
    return Part(t.OPEN, "not-recorded", f"whether it showed{window_words(leaf.window)} is not recorded")


# What happens at one time, though it may bleed on, or need months to heal.
_HAPPENS = frozenset(("fracture", "injury", "bleeding", "thrombosis", "thromboembolism", "anaphylaxis", "falls"))
_SUDDEN = later(r"(?!.*\b(?:chronic|recurrent|congenital|hereditary|partial)\b).*(?:thrombosis|embolism|occlusion|infarction|infarct|dissection|rupture|ruptured|perforation|torsion|hemorrhage|apoplexy|volvulus|intussusception|detachment|dislocation|concussion|fracture|stroke)\b", re.IGNORECASE)


def _sudden(patient: Patient, one: Resolved, asked: Concept | None = None) -> bool:
    """Whether the entry is of something that happens at one time, however long it is carried on a list; not as a sign of a disease that lasts."""
    if one.concept is None or (asked is not None and patient.vocabulary.lifelong(asked)):
        return False
    return not _HAPPENS.isdisjoint(patient.vocabulary.lineage(one.concept)) or _SUDDEN.match(one.concept.label) is not None


def _onset_part(patient: Patient, window: Window, one: Resolved) -> Part:
    """Whether something sudden came on in the window: it is not the day on which it had healed that counts."""
    if one.concept is None or one.entry.since is None or one.entry.until is None or patient.as_of is None:
        return SATISFIED
    event = patient.vocabulary.event(one.concept)
    if not event and not _sudden(patient, one):
        return SATISFIED
    came_on = window_part(patient, window, period(one.entry.since, one.entry.since, ongoing=False, as_of=patient.as_of))
    if came_on.truth != t.VIOLATED or event:
        return came_on if came_on.truth == t.VIOLATED else SATISFIED
    return Part(t.OPEN, "ambiguous", f"it came on{when(one.entry.since)}, and the criterion does not say whether the time until it had healed counts")


def not_long_past(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None, during: Period | None) -> Part:
    """Whether an event asked for by its name alone is not long past: "stroke" may mean one of these days, or one at any time."""
    named_alone = leaf.phase in ("", "suspected") and leaf.window is None and leaf.lasting is None
    day = one.entry.since or one.entry.diagnosed
    if not named_alone or day is None or asked is None or not patient.vocabulary.event(asked) or asked.label.startswith("acute "):
        return SATISFIED
    if recent(patient, during):
        return SATISFIED
    return Part(t.OPEN, "ambiguous", f"it was{when(day)}, and the criterion does not say whether one so long ago counts")


def carried(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether an infection at large is asked for that is active, and one is recorded that may be carried without a sign: latent tuberculosis."""
    silent = patient.vocabulary.silent
    return asked is not None and one.concept is not None and silent(one.concept) and not silent(asked)


def long_enough(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None, resolved: bool) -> Part:
    """Whether it has lasted as long as the criterion says."""
    if leaf.lasting is None:
        return SATISFIED
    itself = _itself(patient, one, asked)
    one, resolved = (one, resolved) if itself is None else (itself, is_over(itself))
    label = asked.label if asked else leaf.term
    ask = Question("conditions", label, "date", None, f"Since when has the patient had {with_article(label)}?")
    begins = [day for day in (one.entry.since, one.entry.diagnosed) if day is not None]
    found = [lasting_part(patient, day, one.entry.until, leaf.lasting, ask, over=resolved) for day in begins or [None]]
    if resolved and leaf.lasting.op in ("<", "≤") and any(lasting_part(patient, day, None, leaf.lasting, ask).truth != part.truth for day, part in zip(begins, found, strict=False)):
        return Part(t.OPEN, "ambiguous", "it has ended, and whether its length or the time since it began is meant is not said")
    if len({part.truth for part in found}) != 1:
        return Part(t.OPEN, "imprecise", "onset and diagnosis lie on either side of the limit", ask)
    only = one.concept is not None and asked is not None and by_itself(patient.vocabulary, one.concept) and single(patient.vocabulary, one.concept, asked)
    if one.concept != asked and not only and found[0].truth != t.OPEN and (found[0].truth, leaf.lasting.op) not in _AT_LEAST_AS_LONG:
        return Part(t.OPEN, "imprecise", f"{label} may have begun before it", ask)
    return found[0]


def _itself(patient: Patient, one: Resolved, asked: Concept | None) -> Resolved | None:
    """The dated entry of the very disease beside one of what came of it later: a diabetes since 2004 beside a ketoacidosis of this year."""
    vocabulary, begun = patient.vocabulary, one.entry.since or one.entry.diagnosed
    if asked is None or one.concept is None:
        return None
    if (one.concept == asked or by_itself(vocabulary, one.concept)) and (one.exact or not vocabulary.lifelong(asked)):  # "multiple sclerosis relapse" says more than the disease
        return None
    beside = (other for other in patient.conditions if other.concept is not None and other.entry.status in ("active", "resolved") and other is not one)
    same = [
        (day, other) for other in beside for day in [other.entry.since or other.entry.diagnosed]
        if day is not None and (begun is None or day.last <= begun.first) and other.concept is not None
        and by_itself(vocabulary, other.concept) and single(vocabulary, other.concept, asked)
    ]  # fmt: skip
    return min(same, key=lambda each: each[0].last)[1] if same else None


# A disease has lasted at least as long as a kind of it: "more than" is settled by the kind, "less than" is not.
_AT_LEAST_AS_LONG = {(t.HOLDS, "≥"), (t.HOLDS, ">"), (t.VIOLATED, "<"), (t.VIOLATED, "≤")}
