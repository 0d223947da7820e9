"""The other way round: a trial against the saved patients, and every saved patient against the trials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.matching.patient import prepare
from matcher.matching.trials import match_trial
from matcher.model.match import TIERS, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import OPEN_STATUSES, Trial
from matcher.session.judging import decisions_for
from matcher.session.outcome import Progress
from matcher.session.patients import judged_files
from matcher.session.survey import Survey
from matcher.session.wide import Sources, opened
from matcher.storage.folders import Folders, toml_files
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile
from matcher.vocabulary import load

_LOOKED_AT = 30  # open trials that stand first for a patient, among which those of a known condition are looked for


@dataclass(frozen=True, slots=True)
class Fit:
    """How one patient stands to a trial, on the day her windows are measured back from."""

    profile: Profile
    day: date
    match: TrialMatch

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"profile": self.profile.id, "as_of": self.day.isoformat(), **self.match.plain()}


@dataclass(frozen=True, slots=True)
class WardAsked:
    """The patients of a ward, each with her day, and how many of the best trials of each are shown; it can be sent to another process."""

    patients: tuple[tuple[Profile, date], ...]
    best: int
    folders: Folders


@dataclass(frozen=True, slots=True)
class Bed:
    """One patient of the ward with her best trials, how many trials are in each tier, and how many of them are open to new patients."""

    profile: Profile
    day: date
    best: tuple[TrialMatch, ...]
    tiers: dict[str, int]
    open: dict[str, int]

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"profile": self.profile.id, "as_of": self.day.isoformat(), "tiers": self.tiers, "open": self.open, "trials": [one.plain() for one in self.best]}


def saved_profiles(places: Folders, folder: Path | None = None) -> Iterator[Profile | InputError]:
    """The user's saved patients by their codes (`judged_files`), or those of a folder; one that cannot be opened is its refusal."""
    if folder is not None and not folder.is_dir():
        raise InputError(str(folder), "", "no such folder; expected one that holds profiles")
    files: Iterable[Path] = toml_files(folder) if folder else (path for _, path in sorted(judged_files(places).items()))
    for path in files:
        try:
            yield load_profile(path)
        except InputError as error:
            yield error


def fits(trial: Trial, patients: Iterable[tuple[Profile, date]], places: Folders) -> list[Fit]:
    """The patients, each with her day, ranked for one trial as trials are for one patient: by tier, score and code."""
    return in_order(fit(trial, profile, day, places) for profile, day in patients)


def fit(trial: Trial, profile: Profile, day: date, places: Folders) -> Fit:
    """How one patient stands to a trial, with what people decided of it for her."""
    said, _ = decisions_for(places, profile.id)
    return Fit(profile, day, match_trial(prepare(profile, load(), day), trial, said=said(trial.id)))


def in_order(found: Iterable[Fit]) -> list[Fit]:
    """Patients ranked for one trial: by tier, score and code."""
    return sorted(found, key=lambda one: (TIERS.index(one.match.tier), -one.match.score, one.profile.id))


def beds(asked: WardAsked, told: Callable[[Bed | Progress], None]) -> None:
    """Every patient of the ward against the user's trials; `told` hears of each, and how far it is with one, and may raise Stopped."""
    with opened(None, asked.folders, lambda done: told(Progress(done))) as sources:
        for bed in ward(asked.patients, sources, asked.best, asked.folders, told):
            told(bed)


def ward(
    patients: Iterable[tuple[Profile, date]], sources: Sources, best: int, places: Folders, told: Callable[[Progress], None] = lambda _: None
) -> Iterator[Bed]:
    """Each patient, matched on her day, with her best trials, excluded ones left out.

    Those open to new patients stand before the others, and of these first those whose condition is known to fit.
    """
    for profile, day in patients:
        said, decided = decisions_for(places, profile.id)
        survey = Survey(profile, day, sources.files, sources.libraries, said=said, decided=decided)
        survey.run(told=lambda done, waiting: told(Progress(done, done + waiting)))
        yield Bed(profile, day, _best(survey, best), survey.tiers(), survey.tiers(open_only=True))


def _best(survey: Survey, count: int) -> tuple[TrialMatch, ...]:
    """The best trials that do not exclude, those open to new patients first wherever they rank."""
    left = survey.left
    wanted = [one.id for one in left if one.open][: max(count, _LOOKED_AT)]
    wanted += [one.id for one in left if not one.open][: max(0, count - len(wanted))]
    found = [match for _, match in survey.of(set(wanted))]
    return tuple(sorted(found, key=lambda one: (one.status not in OPEN_STATUSES, one.condition_relation == "unknown"))[:count])


__all__ = ["Bed", "Fit", "WardAsked", "beds", "fit", "fits", "in_order", "saved_profiles", "ward"]
