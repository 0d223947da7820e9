"""Matches as plain text for the terminal: the ranking, and one trial criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from matcher.matching.words import number_text
from matcher.model.match import TIERS, AskNext, CriterionMatch, Decision, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial, status_words
from matcher.model.verdict import ADVICE, BY_CONCERN, SHOWN, Evidence, Verdict
from matcher.model.visible import unescaped

_LONG = 8  # characters of a number from which on it was not typed so
_LEFT, NO_TRIAL = ("eligible", "possible"), "no trial"
_LABELS = {"weight_kg": "weight, kg", "height_cm": "height, cm", "healthy": "healthy volunteer", "contraception": "effective contraception"}
_HEADINGS = {
    Verdict.FAIL: "excludes", Verdict.UNKNOWN: "ask", Verdict.REVIEW: "review", Verdict.PASS: "met", Verdict.NA: "not applicable",
}


def ranking_table(profile: Profile, day: date, matches: Sequence[TrialMatch], shown: Sequence[TrialMatch], asks: Sequence[AskNext]) -> str:
    """The ranked trials, what stands in the way of each, and what to ask next."""
    tiers = {tier: sum(1 for one in matches if one.tier == tier) for tier in ("eligible", "possible", "excluded")}
    said = " · ".join(f"{count} {tier}" for tier, count in tiers.items() if count) or "none"
    return "\n".join([f"{profile.id} as of {day}: {len(matches)} trials: {said}", "", *_ranked(shown, asks)])


def survey_table(
    profile: Profile, day: date, tiers: Mapping[str, int], funnel: Sequence[tuple[str, int, int]], shown: Sequence[TrialMatch], asks: Sequence[AskNext]
) -> str:
    """The first trials of many, with the steps (name, trials taken away, trials left) that led to them."""
    said = " · ".join(f"{count:,} {tier}" for tier, count in tiers.items() if count) or "none"
    steps = [f"  {left:>9,}  {f'without {removed:,}: {name}' if place else name}" for place, (name, removed, left) in enumerate(funnel) if removed or not place]
    lines = [f"{profile.id} as of {day}: {said}", *steps, "", *_ranked(shown, asks)]
    more = sum(tiers.values()) - len(shown)
    return "\n".join([*lines[:-2], more_words(more), *lines[-2:]] if more > 0 else lines)


def more_words(more: int) -> str:
    """That there are trials a table does not show."""
    return f"… and {more:,} more: --top N shows them"


def patients_table(trial: Trial, found: Sequence[tuple[Profile, date, TrialMatch]]) -> str:
    """The patients ranked for one trial, and what stands in the way of each."""
    tiers = {tier: sum(one.tier == tier for _, _, one in found) for tier in TIERS}
    said = " · ".join(f"{count} {tier}" for tier, count in tiers.items() if count) or "none"
    lines = [f"{trial.id}  {trial.title}", f"{len(found)} patient{'' if len(found) == 1 else 's'}: {said}", ""]
    for rank, (profile, day, one) in enumerate(found, 1):
        lines += [f"{rank:>3}  {one.tier:<9} {one.score:.2f}  {_who(profile)} · as of {day}", f"     {_summary(one)}"]
        lines += [f"     ✗ {fail.id}: {fail.reason}" for fail in one.excluding[:2]]
        lines += [f"     eligible from {one.eligible_from} if nothing else changes"] if one.eligible_from else []
    return "\n".join([*lines, "", ADVICE])


def ward_table(beds: Sequence[tuple[Profile, date, str, Sequence[TrialMatch]]]) -> str:
    """Every patient with what is left for her, in words, and her best trials."""
    lines = ["Of each patient the trials open to new patients first, then those of a known condition; the number is the rank.", ""]
    for profile, day, left, best in beds:
        lines += [f"{_who(profile)} · as of {day} · {left}"]
        lines += [f"{one.rank:>5}  {one.tier:<9} {one.score:.2f}  {one.trial_id}  {one.title}" for one in best]
    return "\n".join([*lines, "", ADVICE])


def left_words(tiers: Mapping[str, int], open_: Mapping[str, int], dot: str = "·") -> str:
    """How many of the trials that do not exclude are open to new patients, by standing, and how many are closed; "no trial" for none."""
    left = [f"{open_[tier]:,} {tier}" for tier in _LEFT if open_.get(tier)]
    closed = sum(tiers.get(tier, 0) - open_.get(tier, 0) for tier in _LEFT)
    return f" {dot} ".join([*left, *([f"{closed:,} closed"] if closed else [])]) or NO_TRIAL


def _who(profile: Profile) -> str:
    """A patient in few words: code, age, sex and what she has."""
    ill = ", ".join(one.name for one in profile.conditions if one.status == "active")
    return " · ".join(filter(None, [profile.id, str(profile.age or ""), profile.sex or "", ill]))


def _ranked(shown: Sequence[TrialMatch], asks: Sequence[AskNext]) -> list[str]:
    lines: list[str] = []
    for one in shown:
        lines += [f"{one.rank:>3}  {one.tier:<9} {one.score:.2f}  {one.trial_id}  {one.title}", f"     {_summary(one)}"]
        lines += [f"     ✗ {fail.id}: {fail.reason}" for fail in one.excluding[:2]]
        lines += [f"     eligible from {one.eligible_from} if nothing else changes"] if one.eligible_from else []
        lines.append("")
    if asks:
        lines.append("Ask next")
        lines += [
            f"  {ask.question.question}  (bears on {len(ask.trials)}, settles {ask.could_settle}, could exclude {ask.could_exclude})"
            for ask in asks[:5]
        ]
    return [*lines, "", ADVICE]


def _summary(one: TrialMatch) -> str:
    counts = ", ".join(f"{one.counts[verdict.value]} {SHOWN[verdict][1]}" for verdict in BY_CONCERN if one.counts[verdict.value])
    return f"{one.condition_relation} condition · {status_words(one.status)} · {counts}"


def explained(one: TrialMatch, lost: Sequence[str] = ()) -> str:
    """One trial: its tier, what its score is made of, and every criterion with its reason; `lost` are decisions that no longer fit one."""
    lines = [f"{one.trial_id}  {one.title}", f"{one.tier} · score {one.score:.2f} · {_summary(one)}"]
    lines += [f"  {part.name}: {part.value:.2f} × {part.weight:.2f}, {part.why}" for part in one.score_parts]
    lines += [f"  {sentence}" for sentence in lost]
    for verdict in BY_CONCERN:
        group = [criterion for criterion in one.criteria if criterion.verdict is verdict]
        if group:
            lines += ["", f"{SHOWN[verdict][0]} {_HEADINGS[verdict]}"]
            lines += [line for criterion in group for line in _criterion(criterion)]
    return "\n".join(lines)


def _criterion(one: CriterionMatch) -> list[str]:
    group = f" [{one.group}]" if one.group else ""
    lines = [f"  {one.id}{group} {' '.join(unescaped(one.text).split())}", f"     {one.reason}"]
    lines += [f"     ask: {question.question}" for question in one.missing]
    if one.presumed is not one.verdict:
        lines.append(f"     presumed {SHOWN[one.presumed][1]}, if every list were complete")
    if one.likely is not None and one.likely is not one.presumed:
        lines.append(f"     likely {SHOWN[one.likely][1]}, if it means what was read of it and every list were complete")
    lines += [f"     {decision_words(one.decision)}"] if one.decision and not one.overruled else []
    lines += [f"     note: {one.remark}"] if one.remark else []
    return lines


def decision_words(decision: Decision) -> str:
    """What a person decided of a criterion, in one or two sentences."""
    if decision.confirms:
        said = f"Confirmed by {decision.by} on {decision.on}"
    else:
        said = f"{decision.by} put “{SHOWN[decision.verdict][1]}” for “{SHOWN[decision.was][1]}” on {decision.on}: {decision.why}"
    if decision.agreed:
        return f"{said.rstrip('.')}. Matcher says the same now: {decision.agreed}."
    if not decision.stale:
        return said
    return f"{said.rstrip('.')}. {'Look again' if decision.confirms else 'It does not count now, look again'}: {decision.stale}."


def fact_name(fact: str) -> str:
    """What a fact is called, by the label of its field where it is a key of the patient: “weight, kg”."""
    return _LABELS.get(fact, fact if ":" in fact else fact.replace("_", " "))


def _rounded(value: str) -> str:
    """A number as it is shown: one that was converted (135 lb) is kept with many digits."""
    try:
        return number_text(Decimal(value)) if len(value) > _LONG else value
    except InvalidOperation:
        return value


def evidence_words(fact: Evidence) -> str:
    """A fact that was used, as recorded and as compared."""
    said = f"{fact_name(fact.fact)}: {_rounded(fact.value)}{f' {fact.unit}' if fact.unit else ''}"
    told = fact.told or ("since" if fact.fact.startswith("conditions:") else "on")
    said += f" {told} {fact.date}" if fact.date else ", no date" if ":" in fact.fact else ""
    said += f", taken as {fact.as_}" if fact.as_ else ""
    return said + (f" ({fact.limit})" if fact.limit else "")
