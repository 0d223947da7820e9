"""The shortlist, schema 1: the trials a nurse marked for a patient, each criterion with its verdict and reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.model.dates import Day, partial_date
from matcher.model.match import CriterionMatch, Decision, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.model.verdict import ADVICE, Evidence
from matcher.storage import toml_text
from matcher.storage.digests import digest_of, text_digest
from matcher.storage.files import read_bytes
from matcher.storage.marks import Decided, MarkName, Marks
from matcher.storage.refusal import InputError
from matcher.storage.schema import model

_INLINE = frozenset({"score_parts", "counts", "evidence", "override", "confirmed"})
_ALWAYS = frozenset({"profile", "profile_digest", "trials"})  # what every shortlist has at its beginning
_COUNTED = {"pass": "pass", "fail": "fail", "unknown": "unknown", "review": "review", "n/a": "na"}


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions a verdict depends on: of matcher, of its vocabulary, of its reader."""

    matcher: str
    vocabulary: str
    reader: str


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class ListedPart(_Part):
    """One contribution to a trial's score."""

    name: str
    value: float
    weight: float
    why: str


class ListedFact(_Part):
    """A recorded fact that a verdict rests on, with what it was converted to and the limit applied, where any."""

    fact: str
    value: str
    unit: str | None = None
    date: datetime.date | str | None = None
    as_: str | None = Field(default=None, alias="as")
    limit: str | None = None


class ListedOverride(_Part):
    """A person's verdict in place of the one that was worked out."""

    verdict: Decided
    was: Decided
    why: str
    by: str
    on: Day


class ListedConfirmation(_Part):
    """That a person found the verdict to be right."""

    by: str
    on: Day


class ListedCriterion(_Part):
    """One criterion with its verdict; a review of it refers to the trial's id and the digest of the text."""

    id: str
    text_digest: str
    text: str
    check: str
    verdict: Decided
    code: str
    reason: str
    evidence: list[ListedFact] = []
    override: ListedOverride | None = None
    confirmed: ListedConfirmation | None = None


class ListedTrial(_Part):
    """One trial of a shortlist."""

    id: str
    record_digest: str
    title: str
    status: str
    rank: int
    tier: Literal["eligible", "possible", "excluded"]
    score: float
    score_parts: list[ListedPart]
    counts: dict[Literal["pass", "fail", "unknown", "review", "na"], int]
    eligible_from: Day | None = None
    mark: MarkName | None = None
    note: str | None = None
    criteria: list[ListedCriterion] = []


class Shortlist(_Part):
    """A shortlist for one patient on one day."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    profile: str
    profile_digest: str
    as_of: Day | None = None
    matcher: str
    vocabulary: str
    reader: str
    advice: str = ADVICE
    trials: list[ListedTrial] = []

    @property
    def versions(self) -> Versions:
        """The versions the verdicts were worked out with."""
        return Versions(self.matcher, self.vocabulary, self.reader)

    def plain(self) -> dict[str, Any]:
        """The shortlist as plain TOML-ready values, in the schema's order."""
        return self.model_dump(exclude_none=True)


def shortlist(
    profile: Profile,
    trials: Iterable[Trial],
    matches: Sequence[TrialMatch],
    marks: Marks,
    versions: Versions,
    as_of: datetime.date | None = None,
    every: bool = False,
) -> Shortlist:
    """The marked trials (or `every` one) of a match as a shortlist: in the order they were put in by hand, then of their ranks.

    `trials` are the records that were matched. Verdicts, tiers and counts stand as the matches have them, with what
    people decided; an override stands beside its criterion. `as_of` is the day matched for, else the profile's.
    """
    records = {trial.id: trial for trial in trials}
    chosen = [match for match in matches if every or marks.of(match.trial_id)]
    chosen.sort(key=lambda match: (marks.place(match.trial_id), match.rank, match.trial_id))
    return Shortlist(
        profile=profile.id,
        profile_digest=profile_digest(profile),
        as_of=as_of or profile.as_of,
        matcher=versions.matcher,
        vocabulary=versions.vocabulary,
        reader=versions.reader,
        trials=[_listed(match, record_digest(records[match.trial_id]), marks) for match in chosen],
    )


def shortlist_text(listed: Shortlist) -> str:
    """The shortlist as TOML text: the same shortlist always gives the same bytes."""
    return toml_text.write(listed.plain(), _INLINE)


def load_shortlist(path: Path | str) -> Shortlist:
    """The shortlist in a TOML file; InputError says what is wrong with it."""
    content = read_bytes(Path(path))
    try:
        plain = toml_text.parse(content, str(path), float)
    except InputError as error:
        if Path(path).suffix.casefold() == ".toml":
            raise InputError(error.file, error.place, f"{error.message}; export the shortlist again, since this file is damaged") from None
        raise InputError(str(path), "", "only the TOML form of a shortlist can be checked again: export it as TOML, and give that file") from None
    if not _ALWAYS & plain.keys():
        raise InputError(str(path), "", "this is no shortlist: expected a TOML file that matcher exported")
    return model(Shortlist, plain, str(path))


def profile_digest(profile: Profile) -> str:
    """The digest of a profile's facts, indifferent to how its file is laid out."""
    return digest_of(profile.plain())


def record_digest(trial: Trial) -> str:
    """The digest of a trial record, indifferent to how its file is laid out."""
    return digest_of(trial.plain())


def _listed(match: TrialMatch, digest: str, marks: Marks) -> ListedTrial:
    mark = marks.of(match.trial_id)
    return ListedTrial(
        id=match.trial_id,
        record_digest=digest,
        title=match.title,
        status=match.status,
        rank=match.rank,
        tier=_tier(match),
        score=match.score,
        score_parts=[ListedPart(**part.plain()) for part in match.score_parts],
        counts={_COUNTED[verdict]: match.counts.get(verdict, 0) for verdict in _COUNTED},
        eligible_from=match.eligible_from,
        mark=mark.mark if mark else None,
        note=(mark.note or None) if mark else None,
        criteria=[_criterion(one) for one in match.criteria],
    )


def _criterion(one: CriterionMatch) -> ListedCriterion:
    return ListedCriterion(
        id=one.id,
        text_digest=text_digest(one.text),
        text=one.text,
        check=one.check,
        verdict=one.verdict.value,
        code=one.code,
        reason=one.reason,
        evidence=[_fact(fact) for fact in one.evidence],
        override=_overridden(one.decision),
        confirmed=_confirmed(one.decision),
    )


def _overridden(one: Decision | None) -> ListedOverride | None:
    """A person's other verdict, whether or not it still counts; a confirmation is none."""
    if one is None or one.confirms:
        return None
    return ListedOverride(verdict=one.verdict.value, was=one.was.value, why=one.why, by=one.by, on=one.on)


def _confirmed(one: Decision | None) -> ListedConfirmation | None:
    """That a person confirmed the verdict, where nothing it rested on has changed since."""
    return ListedConfirmation(by=one.by, on=one.on) if one and one.confirms and not one.stale else None


def _fact(fact: Evidence) -> ListedFact:
    return ListedFact(
        fact=fact.fact, value=fact.value, unit=fact.unit, date=_day(fact.date), as_=fact.as_, limit=fact.limit
    )


def _day(when: str | None) -> datetime.date | str | None:
    if when is None:
        return None
    try:
        found = partial_date(when)
    except ValueError:
        return when
    return found.first if found.exact else when


def _tier(match: TrialMatch) -> Literal["eligible", "possible", "excluded"]:
    match match.tier:
        case "eligible" | "possible" | "excluded" as tier:
            return tier
    raise InputError(match.trial_id, "tier", f"unknown tier {match.tier}")
