"""Matching against the files and a whole library: told as it goes on, the first trials before the others, and stopped where asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from matcher.matching import ask_next
from matcher.model.match import TIERS, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import OPEN_STATUSES, Trial
from matcher.session.changed import Changed, Stands, after_match, standing
from matcher.session.judging import decided_trials, people_said
from matcher.session.outcome import Funnel, Outcome, Progress, Told, asked_first
from matcher.session.searching import Filters, Searcher
from matcher.session.survey import Survey
from matcher.session.wide import opened
from matcher.storage.folders import Folders
from matcher.storage.library import Library
from matcher.storage.marks import Marks

AT_MOST = 300  # trials that are judged with their reasons, to be shown
SOUGHT_AT_MOST = 40  # trials found by words that are judged beside those
_FIRST = 30  # trials that are shown before the others
_LOOKED_AT = 400  # trials that have the words and are looked at, of which some are shown already


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to match, on which day, against what, and what people decided; all of it can be sent to another process."""

    profile: Profile
    as_of: date
    folders: Folders
    marks: Marks
    today: date
    noted: tuple[str, Stands] | None = None
    sought: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """Trials to find in the library by words and filters beside those that are shown."""

    asked: Asked
    words: str
    filters: Filters = field(default_factory=lambda: Filters(all_statuses=True))
    shown: frozenset[str] = frozenset()


def wide(asked: Asked, told: Told = lambda _: None) -> Outcome:
    """What is excluded for certain or unrelated is counted; the first trials, those marked and the one sought are judged with their reasons."""
    marked = {one.trial_id for one in asked.marks.marks} | decided_trials(asked.marks)
    stands = standing([asked.folders.library])
    with opened(None, asked.folders, lambda done: told(Progress(done))) as sources:

        def first(survey: Survey) -> None:
            pairs = list(survey.of({one.id for one in survey.best(_FIRST)}))
            found = _outcome(asked, survey, pairs, sources.problems)
            told(replace(found, funnel=replace(found.funnel, steps=found.funnel.steps[:1])))  # what is left out is not known yet

        survey = _survey(asked, sources.files, sources.libraries)
        survey.run(first, lambda done, waiting: told(Progress(done, done + waiting)))
        pairs = _judged(survey, {*(one.id for one in survey.best(AT_MOST)), *marked, *filter(None, [asked.sought])}, told)
        changed = after_match(stands, asked.folders, asked.profile.id, survey.noted(), asked.today) if asked.noted != (asked.profile.id, stands) else []
        return _outcome(asked, survey, pairs, sources.problems, stands, tuple(changed))


def sought(asked: Sought, told: Told = lambda _: None) -> Outcome:
    """The trials of files and library that have the words and are not shown, judged; the funnel says how many have them at all."""
    with Searcher.of_user(asked.asked.folders) as searcher:
        found = searcher.find(asked.words, asked.filters, limit=_LOOKED_AT, as_typed=True)
    ids = [one.id for one in found.hits if one.id not in asked.shown][:SOUGHT_AT_MOST]
    with opened(None, asked.asked.folders) as sources:
        survey = _survey(asked.asked, sources.files, sources.libraries)
        pairs = sorted(_judged(survey, set(ids), told), key=_best_first)
    total = _LOOKED_AT if found.total is None else found.total
    return Outcome(asked.asked.profile, tuple(trial for trial, _ in pairs), tuple(match for _, match in pairs), (), funnel=Funnel((("found", 0, total),), len(pairs)))


def _survey(asked: Asked, files: Sequence[Trial], libraries: Sequence[Library]) -> Survey:
    decided = decided_trials(asked.marks)
    return Survey(asked.profile, asked.as_of, files, libraries, said=partial(people_said, asked.marks), decided=decided)


def _judged(survey: Survey, wanted: set[str], told: Told) -> list[tuple[Trial, TrialMatch]]:
    pairs = []
    for pair in survey.of(wanted):
        pairs.append(pair)
        if len(pairs) % 10 == 0:
            told(Progress(len(pairs), len(wanted), reasons=True))
    return pairs


def _best_first(pair: tuple[Trial, TrialMatch]) -> tuple[object, ...]:
    match = pair[1]
    return TIERS.index(match.tier), match.status not in OPEN_STATUSES, -match.score, match.trial_id


def _outcome(
    asked: Asked, survey: Survey, pairs: Iterable[tuple[Trial, TrialMatch]], problems: tuple[str, ...], stands: Stands | None = None, changed: tuple[Changed, ...] = ()
) -> Outcome:
    trials, matches = tuple(trial for trial, _ in pairs), tuple(match for _, match in pairs)
    funnel = Funnel(tuple((one.name, one.removed, one.left) for one in survey.funnel), len(matches))
    return Outcome(asked.profile, trials, matches, asked_first(ask_next, matches), problems, funnel, stands or {}, changed)


__all__ = ["AT_MOST", "SOUGHT_AT_MOST", "Asked", "Sought", "sought", "wide"]
