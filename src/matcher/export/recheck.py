"""Checking a shortlist again: what has changed since it was made, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from matcher.export.dossier import word
from matcher.export.shortlist import (
    ListedCriterion,
    ListedFact,
    ListedTrial,
    Shortlist,
    Versions,
    profile_digest,
    record_digest,
)
from matcher.export.text import decision_words, fact_name
from matcher.model.match import CriterionMatch, Decision, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Criterion, Kind, Trial, status_words
from matcher.model.verdict import Evidence, Verdict
from matcher.storage.changes import difference
from matcher.storage.digests import text_digest
from matcher.storage.marks import Mark, Marks

_WORKED_OUT, _COMPUTED = "derived: ", " computed "  # how a fact that follows from recorded ones is named
_KINDS: dict[str, Kind] = {"I": "inclusion", "E": "exclusion"}


@dataclass(frozen=True, slots=True)
class TrialChange:
    """What is no longer as the shortlist says of one trial, a sentence each; none where it all stands."""

    id: str
    title: str
    lines: tuple[str, ...]
    moved: bool = False  # whether it stands otherwise, or a verdict is another one: not only a reason, a mark or a decision


@dataclass(frozen=True, slots=True)
class Recheck:
    """What is no longer as a shortlist says: first of everything (day, versions, facts), then trial by trial."""

    profile: str
    general: tuple[str, ...]
    trials: tuple[TrialChange, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Everything as sentences of their own."""
        return [*self.general, *(f"{one.id}: {line}" for one in self.trials for line in one.lines)]


def recheck(
    listed: Shortlist, profile: Profile, trials: Iterable[Trial], matches: Sequence[TrialMatch], marks: Marks, versions: Versions, day: date | None = None
) -> Recheck:
    """What has changed since the shortlist was made.

    `matches` are of the profile with the trials as they are today, for `day` (the shortlist's own where it is None), with
    what people decided; `marks` are those of today.
    """
    if listed.profile != profile.id:
        return Recheck(profile.id, (f"This shortlist is for {listed.profile}, not for {profile.id}.",))
    current = {match.trial_id: match for match in matches}
    moved = [f"Day: verdicts as of {listed.as_of or 'no day'} then, {day} now."] if day and day != listed.as_of else []
    general = [*moved, *_versions(listed.versions, versions), *_facts(listed, profile, current), *_marked_since(listed, marks)]
    records = {trial.id: trial for trial in trials}

    def moved_since(one: ListedTrial) -> bool:
        now = current.get(one.id)
        return one.id not in records or now is None or one.tier != now.tier or _verdicts(one.criteria) != _verdicts(now.criteria)

    def lines(one: ListedTrial) -> tuple[str, ...]:
        return (*_mark(one, marks.of(one.id)), *_trial(one, records.get(one.id), current.get(one.id)))

    return Recheck(profile.id, tuple(general), tuple(TrialChange(one.id, one.title, lines(one), moved_since(one)) for one in listed.trials))


def _verdicts(criteria: Iterable[ListedCriterion | CriterionMatch]) -> list[tuple[str, str]]:
    """The verdict of each criterion, told by its words, since a number may have moved on."""
    return sorted(
        (one.text_digest, one.verdict) if isinstance(one, ListedCriterion) else (text_digest(one.text), one.verdict.value) for one in criteria
    )


def _versions(was: Versions, now: Versions) -> list[str]:
    pairs = (("Matcher", was.matcher, now.matcher), ("Reader", was.reader, now.reader))
    said = [f"{name}: version {old} then, {new} now." for name, old, new in pairs if old != new]
    return [*said, f"Vocabulary: {was.vocabulary} then, {now.vocabulary} now."] if was.vocabulary != now.vocabulary else said


def _facts(listed: Shortlist, profile: Profile, current: dict[str, TrialMatch]) -> list[str]:
    """The facts that verdicts of these trials rested on then and rest on now, where they are not the same."""
    if listed.profile_digest == profile_digest(profile):
        return []
    then, now = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for trial in listed.trials:
        if trial.id in current:
            _gather(then, (fact for one in trial.criteria for fact in one.evidence))
            _gather(now, (fact for one in current[trial.id].criteria for fact in one.evidence))
    changed = [name for name in dict.fromkeys([*then, *now]) if sorted(then[name]) != sorted(now[name])]
    there = _measured(profile)
    still = [name for name in changed if not now[name] and there[name].issuperset(then[name])]
    said = [
        f"Facts: {fact_name(name)}: {', '.join(then[name]) or 'not used'} then, {', '.join(now[name]) or 'not used'} now."
        for name in sorted(set(changed) - set(still), key=lambda one: (not (then[one] and now[one]), changed.index(one)))  # another value first
    ]
    said += [f"Facts: recorded as they were, but no verdict rests on them now: {', '.join(one.partition(': ')[2] for one in still)}."] if still else []
    return said or [f"Facts: what is recorded of {profile.id} has changed, but nothing that these verdicts rest on."]


def _measured(profile: Profile) -> dict[str, set[str]]:
    """What is recorded of each measured fact, as it is told."""
    rows = [(f"labs: {one.test}", one.value, one.unit, one.date) for one in profile.labs] + [(f"scores: {one.name}", one.value, None, one.date) for one in profile.scores]
    found = defaultdict[str, set[str]](set)
    for name, value, unit, day in rows:
        found[name].add(_told(f"{value:f}" if isinstance(value, Decimal) else value, unit, day))
    return found


def _marked_since(listed: Shortlist, marks: Marks) -> list[str]:
    """The trials that were marked since, and so are not on the list."""
    there = {one.id for one in listed.trials}
    new = ", ".join(f"{one.trial_id} ({one.mark})" for one in marks.marks if one.trial_id not in there)
    return [f"Marked since, not on this list: {new}."] if new else []


def _mark(was: ListedTrial, now: Mark | None) -> list[str]:
    """The mark and the note that are otherwise than then."""
    mark, note = (now.mark, now.note) if now else (None, "")
    said = [f"your mark was {was.mark or 'none'}, is now {mark or 'none'}."] if was.mark != mark else []
    if (was.note or "") != note:
        said.append(f"your note was {_quoted(was.note)}, is now {_quoted(note)}.")
    return said


def _quoted(note: str | None) -> str:
    return f"“{' '.join(note.split())}”" if note else "none"


def _gather(found: dict[str, list[str]], facts: Iterable[ListedFact | Evidence]) -> None:
    """By name, what each fact says; what was worked out says from which recorded ones."""
    for one in facts:
        name, _, source = one.fact.removeprefix(_WORKED_OUT).partition(_COMPUTED)
        words = _told(one.value, one.unit, one.date) + (f" (computed {source})" if source else "")
        if words not in found[name]:
            found[name].append(words)


def _told(value: str, unit: str | None, day: object) -> str:
    return " ".join(filter(None, (value, unit, f"on {day}" if day else "")))


def _trial(was: ListedTrial, record: Trial | None, now: TrialMatch | None) -> list[str]:
    if record is None:
        return ["the record is no longer here."]
    if now is None:
        return ["the trial is no longer matched."]
    said = []
    if was.status != now.status:
        said.append(f"recruitment was {status_words(was.status)}, is now {status_words(now.status)}.")
    if was.tier != now.tier:
        said.append(f"was {was.tier}, is now {now.tier}.")
    if was.eligible_from != now.eligible_from:
        said.append(f"eligible from {was.eligible_from or 'no known day'} then, {now.eligible_from or 'no known day'} now.")
    words = difference(_record(was.id, was.criteria), _record(was.id, now.criteria))
    if was.record_digest != record_digest(record) and not words:
        said.append("the record has changed, but not the words of its criteria.")
    return [*said, *words, *_criteria(was, now)]


def _record(trial: str, criteria: Iterable[ListedCriterion | CriterionMatch]) -> Trial:
    """The words of the criteria alone, to be compared; a shortlist tells their kinds by their ids."""
    return Trial(id=trial, criteria=[Criterion(id=one.id, kind=_KINDS.get(one.id[:1], "registry"), text=one.text) for one in criteria])


def _criteria(was: ListedTrial, now: TrialMatch) -> list[str]:
    """Criteria are found again by their text; of equal texts the first goes with the first."""
    before: dict[str, list[ListedCriterion]] = defaultdict(list)
    for old in was.criteria:
        before[old.text_digest].append(old)
    said = []
    for one in now.criteria:
        same = before[text_digest(one.text)]
        said += _criterion(same.pop(0), one) if same else [f"{one.id}: is {word(one.verdict)}: {one.reason}"]
    return said


def _criterion(old: ListedCriterion, new: CriterionMatch) -> list[str]:
    said = []
    if old.verdict != new.verdict.value:
        said.append(f"{new.id}: was {word(old.verdict)}, is now {word(new.verdict)}: {new.reason}")
    elif (old.code, old.reason) != (new.code, new.reason):
        said.append(f"{new.id}: still {word(new.verdict)}, for another reason: {new.reason}")
    if old.check != new.check:
        said.append(f"{new.id}: read as “{old.check or 'nothing'}” then, as “{new.check or 'nothing'}” now.")
    decided = _decided(old, new)
    return [*said, f"{new.id}: {decided}"] if decided else said


def _decided(old: ListedCriterion, new: CriterionMatch) -> str:
    """What people decided otherwise than then, or what no longer counts of it; "" where it stands, or the reason tells it already."""
    was, now = _decision_then(old), new.decision
    if now is None:
        return f"{decision_words(was).rstrip('.')}; this was taken back." if was else ""
    if new.overruled:
        return ""
    same = was is not None and was == replace(now, stale="", agreed="")
    return "" if same and not (now.stale or now.agreed) else decision_words(now)


def _decision_then(old: ListedCriterion) -> Decision | None:
    if old.override:
        return Decision(Verdict(old.override.verdict), Verdict(old.override.was), old.override.why, old.override.by, old.override.on)
    verdict = Verdict(old.verdict)
    return Decision(verdict, verdict, "", old.confirmed.by, old.confirmed.on) if old.confirmed else None


__all__ = ["Recheck", "TrialChange", "recheck"]
