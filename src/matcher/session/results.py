"""The matched trials as a list of results shows them: what can be looked for, sorted by and counted in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from matcher.model.match import TIERS, TrialMatch
from matcher.model.patterns import pattern_of
from matcher.model.trial import OPEN_STATUSES, Location, Trial, status_words
from matcher.model.verdict import Verdict
from matcher.storage.marks import Mark

SORTS = ("rank", "open", "title", "eligible", "undecided", "sites")
_ALSO = {"usa": "united states", "us": "united states", "united states of america": "united states", "uk": "united kingdom", "great britain": "united kingdom"}
_PARTS = pattern_of(r"\s*,\s*")


@dataclass(frozen=True)
class Result:
    """One matched trial with what its record says of phase and place, her mark, and the sites in her places."""

    match: TrialMatch
    trial: Trial | None = None
    mark: str = ""
    near: tuple[tuple[str, int], ...] = ()

    @property
    def id(self) -> str:
        """The trial's id."""
        return self.match.trial_id

    @property
    def phases(self) -> Sequence[str]:
        """The phases as the record has them: "phase 2"."""
        return self.trial.phases if self.trial else ()

    @property
    def sites(self) -> int:
        """How many places the trial runs at; 0 where the record names none."""
        return len(self.trial.locations) if self.trial else 0

    @property
    def sites_near(self) -> int:
        """How many of them lie in her places."""
        return sum(count for _, count in self.near)

    @property
    def undecided(self) -> int:
        """How many criteria are still to be asked about or judged by a person."""
        return sum(self.match.counts.get(verdict.value, 0) for verdict in (Verdict.UNKNOWN, Verdict.REVIEW))

    @cached_property
    def words(self) -> str:
        """Everything that words are looked for in, in small letters."""
        match, trial = self.match, self.trial
        said = [match.trial_id, match.title, match.status, status_words(match.status), match.tier, match.condition_relation]
        if trial is not None:
            said += [trial.official_title or "", trial.sponsor or "", *trial.ids, *trial.conditions, *trial.keywords, *trial.phases]
            said += [one.name for one in trial.interventions]
        return "\n".join(said).casefold()

    @cached_property
    def places(self) -> str:
        """Every city, state, country and facility of the trial, in small letters."""
        found = {text for one in (self.trial.locations if self.trial else ()) for text in (one.city, one.state, one.country, one.facility) if text}
        return "\n".join(sorted(found)).casefold()


def results(matches: Iterable[TrialMatch], trials: Iterable[Trial], marks: Mapping[str, Mark], places: Sequence[str]) -> tuple[Result, ...]:
    """The matches in their order, each with its record, her mark, and its sites in her places."""
    records = {one.id: one for one in trials}
    return tuple(_result(one, records.get(one.trial_id), marks.get(one.trial_id), places) for one in matches)


def _result(match: TrialMatch, trial: Trial | None, mark: Mark | None, places: Sequence[str]) -> Result:
    return Result(match, trial, mark.mark if mark else "", sites_in(trial, places) if trial else ())


def sites_in(trial: Trial, places: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many sites of a trial lie in each of the places that has some, a site counted once."""
    counts: dict[str, int] = {}
    for location in trial.locations if places else ():
        here = next((place for place in places if lies_in(location, place)), None)
        if here is not None:
            counts[here] = counts.get(here, 0) + 1
    return tuple((place, counts[place]) for place in places if place in counts)


def lies_in(location: Location, place: str) -> bool:
    """Whether a site lies in a city, state or country, or in all those a place names: "Portland, Oregon"."""
    names = _names(location.city, location.state, location.country)
    return _plain(place) in names or names.issuperset(_parts(place))


@lru_cache(4096)
def _names(*names: str) -> frozenset[str]:
    return frozenset(_plain(name) for name in names if name)


@lru_cache(64)
def _parts(place: str) -> frozenset[str]:
    return frozenset(_plain(part) for part in _PARTS.split(place))


def _plain(name: str) -> str:
    said = " ".join(name.casefold().replace(".", "").split())
    return _ALSO.get(said, said)


def ordered(found: Iterable[Result], sort: str) -> list[Result]:
    """The results in an order of SORTS; equals stay as they are ranked."""
    match sort:
        case "open":
            return sorted(found, key=lambda one: (TIERS.index(one.match.tier), one.match.status not in OPEN_STATUSES))
        case "title":
            return sorted(found, key=lambda one: one.match.title.casefold())
        case "eligible":
            return sorted(found, key=lambda one: one.match.eligible_from or date.max)
        case "undecided":
            return sorted(found, key=lambda one: (one.match.tier == "excluded", one.undecided))
        case "sites":
            return sorted(found, key=lambda one: (-one.sites_near, -one.sites))
        case _:
            return list(found)


def by_tier(found: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by their standing, in the order of the standings; those without any are left out."""
    grouped: dict[str, list[Result]] = {tier: [] for tier in TIERS}
    for one in found:
        grouped.setdefault(one.match.tier, []).append(one)
    return {tier: members for tier, members in grouped.items() if members}


__all__ = ["SORTS", "Result", "by_tier", "lies_in", "ordered", "results", "sites_in"]
