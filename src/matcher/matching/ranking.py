"""What a trial's score is made of: named parts a nurse can read, each between 0 and 1, weights summing to 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.matching.compiled import compiled
from matcher.matching.patient import Patient, Resolved
from matcher.model.language import Condition, leaves
from matcher.model.match import CriterionMatch, ScorePart
from matcher.model.trial import Trial
from matcher.model.verdict import Verdict
from matcher.vocabulary import Concept, Relation, kinds_above

WEIGHTS = {"condition": 0.40, "met": 0.25, "presumed": 0.15, "recruiting": 0.20}
_STATUS = {
    "recruiting": 1.0, "not-yet-recruiting": 0.8, "enrolling-by-invitation": 0.5, "unknown": 0.3,
    "active-not-recruiting": 0.15,
}


@dataclass(frozen=True, slots=True)
class ConditionRelation:
    """How the trial's condition relates to the patient's: same, broader, narrower, similar, unknown or unrelated."""

    name: str
    value: float
    why: str


_VALUES = {"same": 1.0, "broader": 0.8, "narrower": 0.6, "similar": 0.4, "unknown": 0.2, "unrelated": 0.0}
_FROM_RECORD = {
    Relation.SAME: "same", Relation.NARROWER: "broader", Relation.BROADER: "narrower",
    Relation.UNKNOWN: "unknown", Relation.UNRELATED: "unrelated",
}
_SENTENCES = {
    "same": "{mine} is the trial's condition", "broader": "{mine} is a kind of {theirs}",
    "narrower": "{theirs} is a kind of {mine}", "similar": "{mine} may be {theirs}: please confirm",
    "unknown": "how {mine} relates to {theirs} is not known", "unrelated": "{theirs} is not recorded for this patient",
}


def condition_relation(patient: Patient, trial: Trial) -> ConditionRelation:
    """The closest relation between what the trial is about and what the patient has."""
    terms = trial.conditions or _from_criteria(trial)
    mine = [one for one in patient.conditions if one.entry.status in ("active", "suspected")]
    best = max(
        (_relate(patient, one, term) for one in mine for term in terms),
        key=lambda relation: relation.value, default=None,
    )
    if best is not None and best.value > 0:
        return best
    if trial.healthy_volunteers and patient.profile.healthy:
        return ConditionRelation("same", 0.9, "the trial takes healthy volunteers")
    if not terms:
        return ConditionRelation("unknown", _VALUES["unknown"], "the record names no condition")
    if not mine and patient.profile.complete.conditions:
        return ConditionRelation("unrelated", 0.0, f"{terms[0]} is not recorded, and the list of conditions is complete")
    if not mine:
        return ConditionRelation("unknown", _VALUES["unknown"], "no condition is recorded for this patient")
    return best or ConditionRelation("unrelated", 0.0, f"{terms[0]} is not recorded for this patient")


def _from_criteria(trial: Trial) -> list[str]:
    found = [
        leaf.term for criterion in trial.criteria if criterion.kind == "inclusion" and not criterion.group
        for leaf in leaves(compiled(criterion).check) if isinstance(leaf, Condition)
    ]
    return list(dict.fromkeys(found))


def _relate(patient: Patient, mine: Resolved, term: str) -> ConditionRelation:
    theirs = patient.concept("condition", term)
    name = _name(patient, mine, theirs, term)
    value = _VALUES[name]
    sentence = _SENTENCES[name].format(mine=mine.concept.label if mine.concept else mine.wording, theirs=theirs.label if theirs else term)
    return ConditionRelation(name, value, sentence)


def _name(patient: Patient, mine: Resolved, theirs: Concept | None, term: str) -> str:
    if mine.concept is not None and theirs is not None:
        return _FROM_RECORD[patient.vocabulary.relation(mine.concept, theirs)]
    if mine.wording.casefold() == term.casefold():
        return "same"
    if mine.concept is not None and (above := kinds_above(patient.vocabulary, "condition", term)):
        return _below([patient.vocabulary.relation(mine.concept, concept) for concept in above])
    offer = patient.vocabulary.similar("condition", mine.wording if mine.concept is None else term)
    known = theirs if mine.concept is None else mine.concept
    if offer is not None and known is not None and patient.vocabulary.relation(offer, known) in (Relation.SAME, Relation.NARROWER, Relation.BROADER):
        return "similar"
    return "unknown"


def _below(relations: Sequence[Relation]) -> str:
    """How a trial's condition stands that is a kind of several things at once, given how the patient's stands to them."""
    if Relation.SAME in relations or Relation.BROADER in relations:
        return "narrower"
    return "unrelated" if Relation.UNRELATED in relations else "unknown"


def score_parts(trial: Trial, relation: ConditionRelation, criteria: Sequence[CriterionMatch]) -> tuple[ScorePart, ...]:
    """The contributions to a trial's score."""
    met = _share(one.verdict in (Verdict.PASS, Verdict.NA) for one in criteria)
    presumed = _share(one.presumed in (Verdict.PASS, Verdict.NA) for one in criteria)
    status = _STATUS.get(trial.status, 0.0)
    return (
        ScorePart("condition", relation.value, WEIGHTS["condition"], relation.why),
        ScorePart("met", met[0], WEIGHTS["met"], f"{met[1]} of {len(criteria)} criteria are met"),
        ScorePart("presumed", presumed[0], WEIGHTS["presumed"], f"{presumed[1]} of {len(criteria)} would be if every list were complete"),
        ScorePart("recruiting", status, WEIGHTS["recruiting"], _status_said(trial)),
    )


def _share(flags: Iterable[bool]) -> tuple[float, int]:
    values = list(flags)
    return (round(sum(values) / len(values), 4) if values else 0.0, sum(values))


def _status_said(trial: Trial) -> str:
    return "whether it recruits is not known" if trial.status == "unknown" else f"the trial is {trial.status.replace('-', ' ')}"
