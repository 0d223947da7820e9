"""Parts that several leaves share: windows, routes, doses, exceptions and questions to be asked."""

from __future__ import annotations

from datetime import date, timedelta

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part, concept_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import Edges, Period, edges, lasted, overlaps
from matcher.matching.quantities import dose_part
from matcher.matching.stages import matches
from matcher.matching.words import duration_words, listed, window_words
from matcher.model.dates import PartialDate
from matcher.model.language import Duration, Exempt, Window
from matcher.model.verdict import Question
from matcher.vocabulary import normal

_ROUTES = {
    "iv": "intravenous", "infusion": "intravenous", "po": "oral", "by mouth": "oral", "im": "intramuscular",
    "sc": "subcutaneous", "subq": "subcutaneous", "parenteral": "parenteral", "inhalation": "inhaled",
    "nasal": "intranasal", "cutaneous": "topical", "dermal": "topical", "ophthalmic": "ocular", "eye drop": "ocular",
    "orally": "oral", "intravenously": "intravenous",
}
_WIDER = {
    "systemic": {"oral", "intravenous", "intramuscular", "subcutaneous", "parenteral", "systemic"},
    "parenteral": {"intravenous", "intramuscular", "subcutaneous", "parenteral"},
    "local": {"topical", "inhaled", "intranasal", "ocular", "intra-articular", "intralesional", "local"},
}
_DISTINCT = set().union(*_WIDER.values()) | {"transdermal", "intrathecal", "vaginal", "rectal"}
# Routes of which it is disputed whether they are another one, in either direction: eye drops and topical treatment.
_DISPUTED = {
    "topical": {"ocular", "intranasal", "vaginal", "rectal", "transdermal", "intralesional"},
    "local": {"vaginal", "rectal", "transdermal", "intrathecal"},
    "systemic": {"rectal", "transdermal", "intrathecal", "intra-articular"},
    "parenteral": {"transdermal", "intrathecal", "intra-articular", "intralesional"},
}


def days_of(patient: Patient, window: Window | None) -> Edges | None:
    """The days of a window; None without a window or without a day to measure it from."""
    return edges(window, patient.as_of) if window is not None and patient.as_of is not None else None


def window_part(patient: Patient, window: Window | None, period: Period | None) -> Part:
    """Whether the entry's period touches the window."""
    if window is None:
        return SATISFIED
    days = days_of(patient, window)
    if days is None or period is None:
        return Part(t.OPEN, "partial-date", "there is no day to measure the window from")
    truth = overlaps(period, days)
    if truth == t.OPEN:
        why = f"whether that was{window_words(window)} cannot be told from the recorded date"
        return Part(truth, "partial-date", why)
    clears: tuple[date, ...] = ()
    if truth == t.HOLDS and window.within is not None and patient.as_of and period.ends.last <= patient.as_of:
        clears = (window.within.first_day_beyond(period.ends.last),)
    return Part(truth, why=f"not{window_words(window)}", clears=clears)


def lasting_part(
    patient: Patient, since: PartialDate | None, until: PartialDate | None, limit: Duration | None, ask: Question, *, over: bool = False
) -> Part:
    """Whether something has lasted as long as asked: until now or, where it is `over`, until it ended."""
    if limit is None:
        return SATISFIED
    if since is None or patient.as_of is None:
        return Part(t.OPEN, "not-recorded", "since when is not recorded", ask)
    now = PartialDate(patient.as_of, patient.as_of)
    end = (until.until(patient.as_of) if until else PartialDate(min(since.first, patient.as_of), patient.as_of)) if over else now
    truth = lasted(since.until(patient.as_of), end, limit)
    if truth == t.OPEN:
        cause = "lost-operator" if limit.op == "≥?" else "partial-date"
        return Part(truth, cause, f"whether it has lasted {duration_words(limit)} is not certain", ask if cause == "partial-date" else None)
    clears: tuple[date, ...] = ()
    if truth == t.VIOLATED and not over and limit.op in ("≥", ">"):
        clears = (_reached(since, limit),)
    return Part(truth, why=f"it has not lasted {duration_words(limit)}", clears=clears)


def _reached(since: PartialDate, limit: Duration) -> date:
    """The first day from which the span, measured back, reaches the beginning (a month's end may put it off)."""
    day = limit.span.first_day_beyond(since.last)
    while limit.op == "≥" and day > since.last and limit.span.before(day - timedelta(days=1)) >= since.last:
        day -= timedelta(days=1)
    return day


def route_part(patient: Patient, recorded: str | None, asked: tuple[str, ...], ask: Question) -> Part:
    """Whether the route is one of those asked."""
    if not asked:
        return SATISFIED
    if recorded is None:
        return Part(t.OPEN, "not-recorded", f"the route is not recorded (asked: {listed(asked)})", ask)
    have = _route(recorded)
    wanted = [_route(one) for one in asked]
    if any(have == one or have in _WIDER.get(one, ()) for one in wanted):
        return SATISFIED
    coarse = any(one in _WIDER.get(have, ()) for one in wanted)
    coarse |= any(have in _DISPUTED.get(one, ()) or one in _DISPUTED.get(have, ()) for one in wanted)
    if coarse or have not in _DISTINCT or any(one not in _DISTINCT for one in wanted):
        return Part(t.OPEN, "imprecise", f"whether {recorded} is {listed(asked)} is not certain", ask)
    return Part(t.VIOLATED, why=f"the route is {recorded}")


def _route(text: str) -> str:
    low = " ".join(normal(text))
    return _ROUTES.get(low, low)


def statement_part(patient: Patient, text: str, cause: str = "not-recorded") -> Part:
    """A statement that only a recorded answer settles."""
    held = patient.answered(text)
    if held is None:
        return Part(t.OPEN, cause, f"whether it is so is not recorded: “{text}”", statement_question(text))
    return Part(t.of(held), why=f"it was answered: “{text}” is {'so' if held else 'not so'}")


def statement_question(text: str) -> Question:
    """A statement asked as it stands."""
    return Question("answers", text, "yesno", None, f"Is it so: “{text}”?")


def exempt_part(patient: Patient, one: Resolved, kind: str, exempts: tuple[Exempt, ...], over: PartialDate | None, resolved: bool) -> Part:
    """Whether the entry is not one of those that an "other than" excepts."""
    if not exempts:
        return SATISFIED
    found = [_exempted(patient, one, kind, exempt, over, resolved) for exempt in exempts]
    truth = t.negate(t.disjoin([part.truth for part in found]))
    if truth == t.OPEN:
        first = next(part for part in found if part.truth == t.OPEN)
        return Part(truth, first.cause, f"it may be one of the exceptions: {first.why}", first.question)
    return Part(truth, why="it is excepted", clears=tuple(day for part in found for day in part.clears))


def _exempted(patient: Patient, one: Resolved, kind: str, exempt: Exempt, over: PartialDate | None, resolved: bool) -> Part:
    parts = []
    if exempt.term:
        parts.append(concept_part(patient, one, kind, exempt.term, patient.concept(kind, exempt.term)))
    if exempt.stages:
        stage = getattr(one.entry, "stage", None)
        truth = matches(stage, exempt.stages) if stage else t.OPEN
        parts.append(Part(truth, "imprecise", f"the stage, for {listed(exempt.stages)}"))
    if exempt.routes:
        ask = Question("medications", one.wording, "word", None, f"By which route is {one.wording} given?")
        parts.append(route_part(patient, getattr(one.entry, "route", None), exempt.routes, ask))
    if exempt.dose:
        parts.append(dose_part(patient, one, (exempt.dose,), exempt.equivalent))
    if exempt.resolved:
        parts.append(Part(t.of(resolved), why="not resolved"))
    if exempt.over_for:
        parts.append(_over_part(patient, one, exempt, over, resolved))
    if exempt.state and t.conjoin([part.truth for part in parts] or [t.HOLDS]) != t.VIOLATED:
        parts.append(statement_part(patient, f"{one.wording}: {exempt.state}" if not exempt.term else f"{exempt.term}: {exempt.state}"))
    truth = t.conjoin([part.truth for part in parts])
    if truth == t.OPEN:
        return next(part for part in parts if part.truth == t.OPEN)
    return Part(truth, clears=tuple(day for part in parts if part.truth == t.VIOLATED for day in part.clears))


def _over_part(patient: Patient, one: Resolved, exempt: Exempt, over: PartialDate | None, resolved: bool) -> Part:
    assert exempt.over_for is not None
    if not resolved:
        return Part(t.VIOLATED)
    ask = Question("conditions", one.wording, "date", None, f"When did {one.wording} end?")
    return lasting_part(patient, over, None, Duration("≥", exempt.over_for), ask)
