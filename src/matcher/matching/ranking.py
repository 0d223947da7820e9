"""What a trial's score is made of: named parts a nurse can read, each between 0 and 1, weights summing to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from operator import mul
from typing import NamedTuple

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved, resolve
from matcher.matching.stated import Said, as_recorded, said_in
from matcher.matching.subjects import kinds_in, of_healthy, subjects_of, takes_healthy
from matcher.model.match import CriterionMatch, ScorePart
from matcher.model.trial import Trial, status_words
from matcher.model.values import value
from matcher.model.verdict import Verdict
from matcher.vocabulary import Concept, Relation, Vocabulary, kinds_above

WEIGHTS = {
    "condition": 0.38, "specific": 0.15, "met": 0.10, "open": 0.10, "presumed": 0.05, "against": 0.10, "facts": 0.05, "recruiting": 0.07,
}
_WEIGHTS = tuple(WEIGHTS.values())
_HALF = 2  # criteria met by recorded facts that make half of what any number of them can
_FEW = 6  # criteria not met yet that leave half of what none would
_STATUS = {
    "recruiting": 1.0, "not-yet-recruiting": 0.8, "enrolling-by-invitation": 0.5, "unknown": 0.3,
    "active-not-recruiting": 0.15,
}


@value(frozen=True, slots=True)
class ConditionRelation:
    """How the trial's condition relates to the patient's: same, broader, narrower, similar, unknown or unrelated.

    `specific` is the mean value over all conditions of the trial: lower where it is about many other things too.
    """

    name: str
    value: float
    why: str
    specific: float = 0.0


_VALUES = {"same": 1.0, "broader": 0.9, "narrower": 0.6, "similar": 0.4, "unknown": 0.1, "unrelated": 0.0}
# A narrower condition that is, or is not, what is recorded of the patient's.
_STATED = {"stated": ("same", 1.0), "unlike": ("narrower", 0.2)}
_WIDEST = 0.3  # of a condition so wide that it says next to nothing of the patient's
_SYMPTOM, _WIDESPREAD = 0.7, 0.8  # what a symptom, and a disease that many people have, count beside another disease
RELATIONS = tuple(_VALUES)  # how a trial's condition may stand to the patient's
UNKNOWN = _VALUES["unknown"]
_FROM_RECORD = {
    Relation.SAME: "same", Relation.NARROWER: "broader", Relation.BROADER: "narrower",
    Relation.UNKNOWN: "unknown", Relation.UNRELATED: "unrelated",
}
_BESIDE = {_SYMPTOM: "a symptom", _WIDESPREAD: "widespread"}
_SENTENCES = {
    "same": "{mine} is the trial's condition", "broader": "{mine} is a kind of {theirs}",
    "narrower": "{theirs} is a kind of {mine}", "stated": "{theirs} is the trial's condition and what is recorded",
    "unlike": "{theirs} is a kind of {mine}, and not the one recorded", "similar": "{mine} may be {theirs}: please confirm",
    "unknown": "how {mine} relates to {theirs} is not known", "unrelated": "{theirs} is not recorded for this patient",
}


@value(frozen=True, slots=True)
class TermInfo:
    """A trial's condition with what the vocabulary makes of it: its concept, else those it is a kind of, else an offer.

    Beside a concept `above` are the kinds of it that the trial's title names.
    """

    text: str
    concept: Concept | None = None
    above: tuple[Concept, ...] = ()
    offer: Concept | None = None


def term_info(vocabulary: Vocabulary, text: str) -> TermInfo:
    """What the vocabulary makes of a trial's condition; the same for every patient."""
    name, kinds = kinds_in(text)
    concept = resolve(vocabulary, "condition", name)
    titled = tuple(one for kind in kinds if (one := vocabulary.curated("condition", kind)) is not None)
    above = kinds_above(vocabulary, "condition", text) if concept is None else titled
    offer = vocabulary.similar("condition", text) if concept is None and not above else None
    return TermInfo(text, concept, above, offer)


class Relations:
    """How the conditions of trials stand to those of one patient, each wording compared once."""

    def __init__(self, patient: Patient, known: Callable[[str], TermInfo | None] = lambda _: None) -> None:
        """`known` says what was made of a wording before, with this vocabulary."""
        self._patient, self._known = patient, known
        self._mine = [one for one in patient.conditions if one.entry.status in ("active", "suspected")]
        self._beside = _beside_others(patient, self._mine)
        self._found: dict[str, ConditionRelation | None] = {}
        self._kinds: dict[tuple[str, Said], str] = {}

    @property
    def wordings(self) -> frozenset[str]:
        """The patient's own words for what she has, in small letters; empty where no condition is recorded."""
        return frozenset(one.wording.casefold() for one in self._mine)

    def value(self, info: TermInfo) -> float:
        """The value of the closest relation of one condition of a trial to any of the patient's; 0 where none is recorded."""
        if info.concept is not None and info.concept.label in self._strangers:
            return 0.0
        best = 0.0
        for one in self._mine:
            if best < UNKNOWN or one.concept is None or info.concept is None or self._patient.vocabulary.related(one.concept, info.concept):
                best = max(best, self._worth(one, info, self._name(one, info)))
        return best

    @cached_property
    def _strangers(self) -> frozenset[str]:
        """The diseases that have nothing to do with any of the patient's: most of them."""
        each = [self._patient.vocabulary.strangers(one.concept) if one.concept is not None else frozenset[str]() for one in self._mine]
        return each[0].intersection(*each) if each else frozenset()

    def of_trial(self, conditions: Sequence[str], *, healthy_volunteers: bool) -> ConditionRelation:
        """The closest relation between what a trial is about and what the patient has."""
        found = [relation for one in conditions if (relation := self._of(one)) is not None]
        best = max(found, key=lambda relation: relation.value, default=None)
        if best is not None and best.value > 0:
            return replace(best, specific=mean([one.value for one in found]))
        first = conditions[0] if conditions else None
        return self.without(first, healthy_volunteers=healthy_volunteers) or best or self._none(conditions[0])

    def _of(self, text: str) -> ConditionRelation | None:
        """The closest relation of one condition of a trial to any of the patient's; None where none is recorded."""
        if text not in self._found:
            info = (self._known(text) or term_info(self._patient.vocabulary, text)) if self._mine else TermInfo(text)
            self._found[text] = max((self._relate(one, info) for one in self._mine), key=lambda relation: relation.value, default=None)
        return self._found[text]

    def without(self, first: str | None, *, healthy_volunteers: bool) -> ConditionRelation | None:
        """What is said of a trial whose conditions (the first one is given) stand in no relation to the patient's."""
        profile = self._patient.profile
        if healthy_volunteers and profile.healthy:
            return ConditionRelation("same", 0.9, "the trial takes healthy volunteers", 0.9)
        if first is None:
            return ConditionRelation("unknown", UNKNOWN, "the record names no condition", UNKNOWN)
        if self._mine:
            return None
        if profile.complete.conditions:
            return ConditionRelation("unrelated", 0.0, f"{first} is not recorded, and the list of conditions is complete")
        return ConditionRelation("unknown", UNKNOWN, "no condition is recorded for this patient", UNKNOWN)

    def _none(self, first: str) -> ConditionRelation:
        return ConditionRelation("unrelated", 0.0, f"{first} is not recorded for this patient")

    def _relate(self, mine: Resolved, info: TermInfo) -> ConditionRelation:
        name = self._name(mine, info)
        has = mine.concept.label if mine.concept else mine.wording
        if mine.wording in self._beside and name not in ("unknown", "unrelated"):
            has = f"{has} ({_BESIDE[self._beside[mine.wording]]})"
        theirs = info.text if info.concept is None else " or ".join(one.label for one in info.above) if name == "unlike" and info.above else info.concept.label
        sentence = _SENTENCES[name].format(mine=has, theirs=theirs)
        return ConditionRelation(_STATED[name][0] if name in _STATED else name, self._worth(mine, info, name), sentence)

    def _worth(self, mine: Resolved, info: TermInfo, name: str) -> float:
        """The value of a relation: the wider what the patient's is a kind of, the less; less, too, of what stands beside her disease."""
        found = _STATED[name][1] if name in _STATED else _VALUES[name]
        if found <= UNKNOWN:
            return found
        if name == "broader" and mine.concept is not None and info.concept is not None:
            depth = self._patient.vocabulary.depth
            found = _WIDEST + (found - _WIDEST) * (1 + depth(info.concept)) / (1 + depth(mine.concept))
        return round(max(found * self._beside.get(mine.wording, 1.0), UNKNOWN), 4)

    def _unlike(self, mine: Concept, kind: Concept) -> bool:
        """Whether a kind of a disease that a title names is one of the patient's disease, and not what is recorded of hers."""
        return self._patient.vocabulary.relation(mine, kind) is Relation.BROADER and self._stated(kind, Said()) == "unlike"

    def _stated(self, concept: Concept, said: Said) -> str:
        """What a narrower condition is called, by whether it is what is recorded."""
        key = concept.label, said
        if key not in self._kinds:
            found = as_recorded(self._patient, concept, said)
            self._kinds[key] = "stated" if found == t.HOLDS else "unlike" if found == t.VIOLATED else "narrower"
        return self._kinds[key]

    def _name(self, mine: Resolved, info: TermInfo) -> str:
        vocabulary = self._patient.vocabulary
        if mine.concept is not None and info.concept is not None:
            name = _FROM_RECORD[vocabulary.relation(mine.concept, info.concept)]
            if info.above and _VALUES[name] > UNKNOWN and all(self._unlike(mine.concept, one) for one in info.above):
                return "unlike"
            return self._stated(info.concept, Said()) if name == "narrower" else name
        if mine.wording.casefold() == info.text.casefold():
            return "same"
        if of_healthy(info.text):
            return "unrelated"
        if mine.concept is not None and info.above:
            name = _below([vocabulary.relation(mine.concept, concept) for concept in info.above])
            said = said_in(info.text) if name == "narrower" and len(info.above) == 1 else None
            return self._stated(info.above[0], said) if said is not None and any(said) else name
        # What the patient has comes first, since that is compared with thousands: to be related is the same both ways.
        has = mine.concept or vocabulary.similar("condition", mine.wording)
        other = info.concept if mine.concept is None else info.offer
        if has is not None and other is not None and vocabulary.related(has, other):
            return "similar"
        return "unknown"


def _beside_others(patient: Patient, mine: Sequence[Resolved]) -> dict[str, float]:
    """What each symptom counts beside a disease, and each widespread disease beside one that is not, by their wordings."""
    known = {one.wording: one.concept for one in mine}
    symptoms = {name for name, has in known.items() if has is not None and patient.vocabulary.is_kind(has.label, "symptom")}
    widespread = {name for name, has in known.items() if has is not None and patient.vocabulary.widespread(has)} - symptoms
    found = dict.fromkeys(symptoms, _SYMPTOM) if len(symptoms) < len(known) else {}
    return found | dict.fromkeys(widespread, _WIDESPREAD) if len(symptoms | widespread) < len(known) else found


def condition_relation(patient: Patient, trial: Trial, relations: Relations | None = None) -> ConditionRelation:
    """The closest relation between what the trial is about and what the patient has."""
    conditions, told_by = subjects_of(trial)
    found = (relations or Relations(patient)).of_trial(conditions, healthy_volunteers=takes_healthy(trial))
    return replace(found, why=f"{found.why}, {told_by}") if told_by and found.value > UNKNOWN and found.name != "similar" else found


def _below(relations: Sequence[Relation]) -> str:
    """How a trial's condition stands that is a kind of several things at once, given how the patient's stands to them."""
    if Relation.SAME in relations or Relation.BROADER in relations:
        return "narrower"
    return "unrelated" if Relation.UNRELATED in relations else "unknown"


class Tally(NamedTuple):
    """What a trial's score is made of beside its condition: how many criteria there are, are met, would likely be met or exclude, and are met by recorded facts."""

    total: int
    met: int
    likely: int
    against: int
    facts: int


def tally(criteria: Sequence[CriterionMatch], of_facts: Sequence[bool]) -> Tally:
    """The tally of judged criteria; `of_facts` says of each whether it asks the patient to have something recorded.

    What is likely counts what was read whole as if every list were complete, and a sentence read in part by what recorded
    facts say of what was read: so of the trials that leave as much open those come first against which less speaks.
    """
    good = (Verdict.PASS, Verdict.NA)
    likely = [one.likely or one.presumed for one in criteria]
    return Tally(
        len(criteria),
        sum(one.verdict in good for one in criteria),
        sum(one in good for one in likely),
        sum(one is Verdict.FAIL for one in likely),
        sum(one.verdict is Verdict.PASS and asks for one, asks in zip(criteria, of_facts, strict=True)),
    )


def mean(values: Sequence[float]) -> float:
    """The mean of relation values, rounded as it is shown."""
    return round(sum(values) / len(values), 4)


def score_values(relation: float, specific: float, status: str, found: Tally) -> tuple[float, ...]:
    """The values of the parts of a score, in the order of WEIGHTS."""
    total, met, likely, against, facts = found
    return (
        relation, specific, _share(met, total), _share(_FEW, _FEW + total - met), _share(likely, total), _share(1, 1 + against),
        _share(facts, facts + _HALF), _STATUS.get(status, 0.0),
    )


@lru_cache(maxsize=1 << 14)
def _share(part: int, whole: int) -> float:
    """So much of a whole, rounded as it is shown: of thousands of trials few are different."""
    return round(part / whole, 4) if whole else 0.0


def score(values: Sequence[float]) -> float:
    """The score of the parts' values."""
    found: float = sum(map(mul, values, _WEIGHTS))
    return round(found, 4)


def score_parts(trial: Trial, relation: ConditionRelation, found: Tally) -> tuple[ScorePart, ...]:
    """The contributions to a trial's score."""
    whys = (
        relation.why,
        f"how much of what the trial is about the patient has: {relation.specific:.0%}",
        f"{found.met} of {found.total} criteria are met",
        f"{_counted(found.total - found.met)} still to be met",
        f"{found.likely} of {found.total} would be met, as far as they were read, if every list were complete",
        f"{_counted(found.against)} {'excludes' if found.against == 1 else 'exclude'}, now or, as far as they were read, if every list were complete",
        f"{found.facts} of the things it asks for are recorded" if found.facts != 1 else "one of the things it asks for is recorded",
        _status_said(trial),
    )
    values = score_values(relation.value, relation.specific, trial.status, found)
    return tuple(ScorePart(name, value, WEIGHTS[name], why) for name, value, why in zip(WEIGHTS, values, whys, strict=True))


def _counted(count: int) -> str:
    return f"{count or 'no'} {'criterion' if count == 1 else 'criteria'}"


def _status_said(trial: Trial) -> str:
    return "whether it recruits is not known" if trial.status == "unknown" else f"the trial is {status_words(trial.status)}"
