"""Parts that several leaves share: windows, routes, doses, exceptions and questions to be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from matcher.matching import truth as t
from matcher.matching.doses import dose_part
from matcher.matching.entries import OTHER, SATISFIED, Part, concept_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import Edges, Period, edges, lasted, overlaps
from matcher.matching.routes import by_possible_routes, possible_routes
from matcher.matching.stages import matches
from matcher.matching.words import duration_words, listed, window_words
from matcher.model.dates import PartialDate
from matcher.model.language import Duration, Exempt, Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Relation, kinds_above


def days_of(patient: Patient, window: Window | None) -> Edges | None:
    """The days of a window; None without a window or without a day to measure it from."""
    return edges(window, patient.as_of) if window is not None and patient.as_of is not None else None


def asked_since(patient: Patient, window: Window | None, *, now: bool) -> date | None:
    """The first day that a question asks about: today of what is so `now`, the day its window opens; None of all time."""
    days = days_of(patient, window)
    if days is not None:
        return days.opens_at_earliest if days.opens_at_earliest > date.min else None
    return patient.as_of if now else None


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


def statement_part(patient: Patient, text: str, cause: str = "not-recorded") -> Part:
    """A statement that only a recorded answer settles."""
    held = patient.answered(text)
    if held is None:
        return Part(t.OPEN, cause, f"whether this is “{text}” is not recorded", statement_question(text))
    return Part(t.of(held), why=f"it was answered: “{text}” is {'so' if held else 'not so'}")


def statement_question(text: str) -> Question:
    """A statement asked as it stands."""
    return Question("answers", text, "yesno", None, f"Is it so: “{text}”?")


def exempt_part(
    patient: Patient, one: Resolved, kind: str, exempts: tuple[Exempt, ...], over: PartialDate | None, resolved: bool | None,
    asked: Concept | None = None,
) -> Part:  # fmt: skip
    """Whether the entry is not one of those that an "other than" excepts; `resolved` of None is one of which it is not said.

    An entry that is several things at once counts where one of them is what is `asked` and is not excepted.
    """
    if not exempts:
        return SATISFIED
    several = pieces(patient, one)
    found = [_not_excepted(patient, piece, kind, exempts, over, resolved, asked) for piece in several]
    if len(several) == 1:
        return found[0]
    meant = [concept_part(patient, piece, kind, "", asked).truth if asked else t.OPEN for piece in several]
    truth = t.disjoin([t.conjoin([is_it, part.truth]) for is_it, part in zip(meant, found, strict=True)])
    if truth == t.OPEN:
        return Part(truth, "imprecise", "only a part of it may be excepted")
    return Part(truth, why="it is excepted", clears=tuple(day for part in found for day in part.clears))


def pieces(patient: Patient, one: Resolved) -> list[Resolved]:
    """The entry as each of the things that it is at once: "A and B", and the ingredients of a combination of drugs."""
    concepts = [] if one.concept is None else [one.concept, *one.also]
    parts = dict.fromkeys(part for concept in concepts for part in patient.vocabulary.ingredients(concept))
    return [one] if len(parts) < 2 else [replace(one, concept=part, also=(), exact=False) for part in parts]


def _not_excepted(
    patient: Patient, one: Resolved, kind: str, exempts: tuple[Exempt, ...], over: PartialDate | None, resolved: bool | None, asked: Concept | None
) -> Part:
    found = [_exempted(patient, one, kind, exempt, over, resolved, asked) for exempt in exempts]
    truth = t.negate(t.disjoin([part.truth for part in found]))
    if truth == t.OPEN:
        first = next(part for part in found if part.truth == t.OPEN)
        return Part(truth, first.cause, f"it may be one of the exceptions: {first.why}", first.question)
    return Part(truth, why="it is excepted", clears=tuple(day for part in found for day in part.clears))


def _exempted(patient: Patient, one: Resolved, kind: str, exempt: Exempt, over: PartialDate | None, resolved: bool | None, asked: Concept | None) -> Part:
    parts = []
    named = _named(patient, kind, exempt.term, asked) if exempt.term else asked
    if exempt.term:
        parts.append(OTHER if named is None and _of_another_name(patient, one, kind, exempt.term) else concept_part(patient, one, kind, exempt.term, named))
    if exempt.stages:
        stage = getattr(one.entry, "stage", None)
        truth = matches(stage, exempt.stages) if stage else t.OPEN
        parts.append(Part(truth, "imprecise", f"the stage, for {listed(exempt.stages)}"))
    if exempt.routes:
        ask = Question("medications", one.wording, "word", None, f"By which route is {one.wording} given?")
        parts.append(by_possible_routes(possible_routes(patient, one), exempt.routes, ask))
    if exempt.dose:
        parts.append(dose_part(patient, one, (exempt.dose,), exempt.equivalent, named))
    if exempt.resolved:
        parts.append(Part(t.OPEN if resolved is None else t.of(resolved), "not-recorded", "whether it has resolved is not recorded"))
    if exempt.over_for:
        parts.append(_over_part(patient, one, exempt, over, resolved))
    if exempt.state and t.conjoin([part.truth for part in parts] or [t.HOLDS]) != t.VIOLATED and not (kind == "condition" and resolved and exempt.term and _DEALT_WITH.fullmatch(exempt.state)):
        parts.append(statement_part(patient, f"{one.wording}: {exempt.state}" if not exempt.term else f"{exempt.term}: {exempt.state}"))
    truth = t.conjoin([part.truth for part in parts])
    if truth == t.OPEN:
        return next(part for part in parts if part.truth == t.OPEN)
    return Part(truth, clears=tuple(day for part in parts if part.truth == t.VIOLATED for day in part.clears))


# What is said of a disease that was there and is no more.
_DEALT_WITH = later(r"(?:(?:adequately|appropriately|successfully|effectively|completely|curatively|definitively|properly|sufficiently|fully|previously|well)(?:\s+(?:and|or)\s+\w+ly)?[\s-]+)?(?:treated|cured|managed|controlled)|inactive|in remission|resolved", re.IGNORECASE)


def _named(patient: Patient, kind: str, term: str, asked: Concept | None) -> Concept | None:
    """What an exception names, by itself or as a kind of what is asked: "diabetes other than type 2"."""
    return patient.concept(kind, term) or (patient.vocabulary.curated(kind, f"{term} {asked.label}") if asked is not None else None)


def _of_another_name(patient: Patient, one: Resolved, kind: str, term: str) -> bool:
    """Whether an exception that says more than a name ("mild asthma") is a kind of something that the entry certainly is not."""
    if one.concept is None or one.also:
        return False
    found = kinds_above(patient.vocabulary, kind, term)
    return bool(found) and any(patient.vocabulary.relation(one.concept, above) is Relation.UNRELATED for above in found)


def _over_part(patient: Patient, one: Resolved, exempt: Exempt, over: PartialDate | None, resolved: bool | None) -> Part:
    assert exempt.over_for is not None
    if resolved is False:
        return Part(t.VIOLATED)
    ask = Question("conditions", one.wording, "date", None, f"When did {one.wording} end?")
    return lasting_part(patient, over, None, Duration("≥", exempt.over_for), ask)
