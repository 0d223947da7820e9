"""Checking a shortlist again: what has changed since it was made, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from matcher.export.shortlist import ListedCriterion, ListedTrial, Shortlist, Versions, profile_digest, record_digest
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.storage.digests import text_digest


def recheck(
    listed: Shortlist, profile: Profile, trials: Iterable[Trial], matches: Sequence[TrialMatch], versions: Versions
) -> list[str]:
    """One sentence for everything that is no longer as the shortlist says; none where nothing changed.

    `matches` are of the profile with the trials as they are today, for the shortlist's own `as_of`.
    """
    if listed.profile != profile.id:
        return [f"This shortlist is for {listed.profile}, not for {profile.id}."]
    said = _versions(listed.versions, versions)
    if listed.profile_digest != profile_digest(profile):
        said.append(f"Facts: what is recorded of {profile.id} has changed.")
    records = {trial.id: trial for trial in trials}
    current = {match.trial_id: match for match in matches}
    for trial in listed.trials:
        said += _trial(trial, records.get(trial.id), current.get(trial.id))
    return said


def _versions(was: Versions, now: Versions) -> list[str]:
    pairs = (("Matcher", was.matcher, now.matcher), ("Reader", was.reader, now.reader))
    said = [f"{name}: version {old} then, {new} now." for name, old, new in pairs if old != new]
    if was.vocabulary != now.vocabulary:
        said.append(f"Vocabulary: {was.vocabulary} then, {now.vocabulary} now.")
    return said


def _trial(was: ListedTrial, record: Trial | None, now: TrialMatch | None) -> list[str]:
    if record is None:
        return [f"{was.id}: the record is no longer here."]
    said = []
    if was.record_digest != record_digest(record):
        said.append(f"{was.id}: the record has changed.")
    if now is None:
        return [*said, f"{was.id}: the trial is no longer matched."]
    if was.status != now.status:
        said.append(f"{was.id}: was {was.status}, is now {now.status}.")
    if was.tier != now.tier:
        said.append(f"{was.id}: was {was.tier}, is now {now.tier}.")
    if was.eligible_from != now.eligible_from:
        then, today = was.eligible_from or "no known day", now.eligible_from or "no known day"
        said.append(f"{was.id}: eligible from {then} then, {today} now.")
    return said + _criteria(was, now)


def _criteria(was: ListedTrial, now: TrialMatch) -> list[str]:
    """Criteria are found again by their text; of equal texts the first goes with the first."""
    waiting: dict[str, list[CriterionMatch]] = defaultdict(list)
    for one in now.criteria:
        waiting[text_digest(one.text)].append(one)
    said = []
    for old in was.criteria:
        same = waiting[old.text_digest]
        gone = [f"{was.id} {old.id}: the criterion is gone: {_short(old.text)}"]
        said += _criterion(was.id, old, same.pop(0)) if same else gone
    new = [one for one in now.criteria if any(one is left for left in waiting[text_digest(one.text)])]
    return said + [f"{was.id} {one.id}: a new criterion, {one.verdict}: {_short(one.text)}" for one in new]


def _criterion(trial_id: str, old: ListedCriterion, new: CriterionMatch) -> list[str]:
    place = f"{trial_id} {new.id}"
    said = []
    if old.verdict != new.verdict.value:
        said.append(f"{place}: was {old.verdict}, is now {new.verdict}: {new.reason}")
    elif (old.code, old.reason) != (new.code, new.reason):
        said.append(f"{place}: still {new.verdict}, for another reason: {new.reason}")
    if old.check != new.check:
        said.append(f"{place}: read as {old.check or 'nothing'} then, as {new.check or 'nothing'} now.")
    if old.override and old.override.was != new.verdict.value and old.verdict != new.verdict.value:
        by, decided = old.override.by, old.override.verdict
        said.append(f"{place}: {by} overrode {old.override.was} with {decided}; look at it again.")
    return said


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79].rstrip() + "…"
