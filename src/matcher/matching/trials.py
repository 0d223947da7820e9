"""One patient against trials: every criterion judged, a tier, a score of named parts, and a rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from matcher.matching.compiled import compiled
from matcher.matching.finding import unique
from matcher.matching.patient import Patient, later, prepare
from matcher.matching.programs import of_facts
from matcher.matching.ranking import Relations, condition_relation, score, score_parts, tally
from matcher.matching.verdicts import judge_check
from matcher.model.language import Unread
from matcher.model.match import TIERS, CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trees import leaves
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import Judged, Verdict
from matcher.model.wording import parse
from matcher.vocabulary import Vocabulary, load

Said = Callable[[CriterionMatch], CriterionMatch]
"""A judged criterion with what people decided of it."""


def match(profile: Profile, trials: Iterable[Trial], as_of: date | None = None, vocabulary: Vocabulary | None = None) -> list[TrialMatch]:
    """The trials ranked for one patient: pure, no clock; without `as_of` here or in the profile, windows stay undecided."""
    patient = prepare(profile, vocabulary or load(), as_of)
    relations = Relations(patient)
    return ranked([match_trial(patient, trial, relations) for trial in trials])


def ranked(matches: Iterable[TrialMatch]) -> list[TrialMatch]:
    """Matches in order of tier, score and id, numbered from 1."""
    order = sorted(matches, key=lambda one: (TIERS.index(one.tier), -one.score, one.trial_id))
    return [replace(one, rank=number) for number, one in enumerate(order, 1)]


def match_trial(patient: Patient, trial: Trial, relations: Relations | None = None, said: Said | None = None) -> TrialMatch:
    """One trial judged for one patient (rank 0: ranking is over many); `said` puts in what people decided."""
    judged = [(criterion, judge_check(compiled(criterion).check, criterion.kind, patient)) for criterion in trial.criteria]
    criteria = tuple(_criterion_match(criterion, one) for criterion, one in judged)
    criteria = tuple(said(one) for one in criteria) if said else criteria
    tier = tier_of(criteria)
    relation = condition_relation(patient, trial, relations)
    parts = score_parts(trial, relation, tally(criteria, [of_facts(criterion) for criterion in trial.criteria]))
    return TrialMatch(
        trial.id, _title(trial), trial.status, 0, tier,
        score([part.value for part in parts]), relation.name, parts, counts(criteria),
        _eligible_from(patient, judged, criteria) if tier == "excluded" else None, criteria,
    )


def _title(trial: Trial) -> str:
    """The title; of a record that has none, what it is about: its diseases and treatments."""
    about = "; ".join(unique((*trial.conditions[:2], *(one.name for one in trial.interventions[:2]))))
    return trial.title or trial.official_title or (f"(no title) {about}" if about else trial.id)


def _criterion_match(criterion: Criterion, one: Judged) -> CriterionMatch:
    found = compiled(criterion)
    return CriterionMatch(
        criterion.id, criterion.kind, criterion.text, criterion.group, found.wording, found.read, tuple(criterion.spans),
        one.verdict, one.presumed, one.code, one.reason, one.evidence, one.missing, criterion.note,
        likely=one.likely,
    )


def counts(criteria: Sequence[CriterionMatch]) -> dict[str, int]:
    """How many criteria have each verdict."""
    return {verdict.value: sum(1 for one in criteria if one.verdict is verdict) for verdict in Verdict}


def tier_of(criteria: Sequence[CriterionMatch]) -> str:
    """excluded, eligible or possible, by the verdict contract."""
    if _excluded([(one.group, one.verdict) for one in criteria]):
        return "excluded"
    met = all(
        (one.overruled or not _unread(one)) and (one.verdict in (Verdict.PASS, Verdict.NA) or (one.verdict is Verdict.REVIEW and one.code == "consent"))
        for one in criteria
    )
    return "eligible" if criteria and met else "possible"


def _unread(one: CriterionMatch) -> bool:
    """Whether some of the criterion's text was not read: no verdict then makes a trial eligible."""
    return not one.check or any(isinstance(leaf, Unread) for leaf in leaves(parse(one.check)))


def _excluded(verdicts: Sequence[tuple[str, Verdict]]) -> bool:
    failed = {group for group, verdict in verdicts if verdict is Verdict.FAIL}
    groups = {group for group, _ in verdicts if group}
    return "" in failed or (bool(groups) and groups <= failed)


def _eligible_from(patient: Patient, judged: Sequence[tuple[Criterion, Judged]], found: Sequence[CriterionMatch]) -> date | None:
    """The first day on which windows alone no longer exclude the patient; None where something else would have to change."""
    pairs = [(criterion, _as_decided(one, match)) for (criterion, one), match in zip(judged, found, strict=True)]
    failing = [(criterion, one) for criterion, one in pairs if one.verdict is Verdict.FAIL]
    if patient.as_of is None or not failing or any(not one.clears for criterion, one in failing if not criterion.group):
        return None
    for day in sorted({day for _, one in failing for day in one.clears if day > patient.as_of}):
        then = later(patient, day)
        verdicts = [
            (criterion.group, match.verdict if match.overruled else judge_check(compiled(criterion).check, criterion.kind, then).verdict)
            for (criterion, _), match in zip(pairs, found, strict=True)
        ]
        if not _excluded(verdicts):
            return day
    return None


def _as_decided(one: Judged, match: CriterionMatch) -> Judged:
    """The verdict that counts: no day clears one that a person gave."""
    return replace(one, verdict=match.verdict, clears=()) if match.overruled else one
