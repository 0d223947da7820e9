"""How a treatment went and what it was for: the response to it, what followed, why it was stopped, its setting."""

from __future__ import annotations

import re
from functools import cache

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part, concept_part
from matcher.matching.patient import Patient, Resolved, resolve
from matcher.matching.purposes import purpose_part
from matcher.matching.states import state_part
from matcher.model.language import Medication
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import A_KIND, Relation, normal
from matcher.vocabulary.dual_use import given_otherwise
from matcher.vocabulary.places import data_file

# Why a treatment was stopped, as it is recorded, and what that says of how it went.
_STOPPED_FOR = {
    "followed by progression": "progression, disease progression, progressive disease, progressed, tumor progression, pd",
    "followed by relapse": "relapse, relapsed, recurrence, recurred, disease relapse, disease recurrence",
    "inadequate": "lack of efficacy, lack of effect, lack of response, no response, no effect, inefficacy, ineffective, not effective, inadequate response, "
    "insufficient response, nonresponse, loss of response, treatment failure, primary failure, secondary failure",
    "intolerant": "intolerance, intolerant, not tolerated, toxicity, toxic, side effect, adverse event, adverse effect, adverse reaction, adverse drug reaction, "
    "allergy, allergic reaction, hypersensitivity, hypersensitivity reaction, anaphylaxis, anaphylactic reaction, angioedema",
}
_MEANT = {normal(words): meant for meant, told in _STOPPED_FOR.items() for words in told.split(", ")}


def stopped_for(one: Resolved) -> str:
    """What the recorded reason of a stop says: a response, or what the treatment was followed by; "" where it says neither."""
    reason = getattr(one.entry, "stop_reason", None)
    return _MEANT.get(normal(reason), "") if reason else ""


def not_tolerated(one: Resolved) -> bool:
    """Whether a treatment is recorded as not tolerated, by the response to it or by the reason it was stopped for."""
    return one.entry.state != "absent" and (one.entry.response == "intolerant" or stopped_for(one) == "intolerant")


@cache
def _borne() -> frozenset[str]:
    """The words of reasons that say nothing of how a treatment was borne."""
    lines = data_file("stopped_otherwise.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def perhaps_not_tolerated(one: Resolved) -> bool:
    """Whether a treatment was not tolerated, or was stopped for something that may have been a reaction to it: a rash, a cough."""
    reason = getattr(one.entry, "stop_reason", None)
    return not_tolerated(one) or (bool(reason) and one.entry.state != "absent" and not stopped_for(one) and not _borne().issuperset(normal(reason)))


def after_part(patient: Patient, one: Resolved, states: tuple[str, ...], label: str) -> Part:
    """Whether a treatment was what is said of it; that the disease progressed on it may be the reason it was stopped for."""
    why = stopped_for(one)
    if why in states or (why and any(why == _left_for(state) for state in states)):
        return Part(t.HOLDS, why=f"it was stopped for {one.entry.stop_reason}")
    if any(state.startswith("for ") and for_the_only_cancer(patient, one, state.removeprefix("for ")) for state in states):
        return SATISFIED
    return state_part(patient, states, label)


_LEFT = later(r"discontinued (?:due to|because of|for|owing to) (?P<why>.+)", re.IGNORECASE)
_NOT_BORNE = later(r"\b(?:toxicit(?:y|ies)|adverse (?:drug )?(?:events?|effects?|reactions?)|side effects?|intolerance|intolerability|safety(?: reasons| concerns)?)$", re.IGNORECASE)
_OF_NO_USE = later(r"^(?:lack of (?:efficacy|effect|response)|inefficacy|inadequate (?:response|efficacy)|insufficient (?:response|efficacy)|non-?response)$", re.IGNORECASE)
_ONLY_SOME = later(r"\b(?:immune|severe|serious|grade|life|cardiac|hepatic|pulmonary|liver|allerg|related|other)", re.IGNORECASE)


def _left_for(state: str) -> str:
    """What a state says of why a treatment was left, as the record words it; "" where it says no more than some of it."""
    found = _LEFT.fullmatch(state)
    why = found["why"].strip() if found is not None else ""
    if _NOT_BORNE.search(why) and not _ONLY_SOME.search(why):
        return "intolerant"
    return "inadequate" if _OF_NO_USE.search(why) else ""


# A setting that is more than the name of a cancer: the drug may have been given before it came to that.
_SPREAD = later(r"\b(?:metasta\w*|advanced|recurren\w*|relaps\w*|refractory|progressive|stage|early|locali[sz]ed|this|other|new(?:ly)?|unresectable|active|current|any|prior)\b", re.IGNORECASE)


def for_the_only_cancer(patient: Patient, one: Resolved, disease: str) -> bool:
    """Whether a drug that is given against cancers alone was given to somebody who never had another cancer than the one asked for."""
    words = patient.vocabulary
    asked, cancer = words.condition(disease) if not _SPREAD.search(disease) else None, words.curated("condition", "malignancy")
    if asked is None or cancer is None or one.concept is None or one.entry.indication is not None or patient.profile.complete.conditions is not True:
        return False
    if given_otherwise(words, one.concept) or words.relation(asked, cancer) not in A_KIND:
        return False
    had = [each for each in patient.conditions if each.entry.status != "absent"]
    if any(each.concept is None for each in had):
        return False
    cancers = [each.concept for each in had if each.concept is not None and words.relation(each.concept, cancer) is not Relation.UNRELATED]
    return bool(cancers) and all(words.relation(each, asked) in A_KIND for each in cancers)


def response_part(leaf: Medication, one: Resolved) -> Part:
    """Whether the treatment was answered as asked."""
    if not leaf.responses or stopped_for(one) in leaf.responses:
        return SATISFIED
    ask = Question("medications", one.wording, "choice", None, f"How did the patient respond to {one.wording}?")
    if one.entry.response is None:
        why = f"it was stopped for {one.entry.stop_reason}, the response to it is not recorded" if stopped_for(one) else "the response to it is not recorded"
        return Part(t.OPEN, "not-recorded", why, ask)
    truth = t.disjoin([_responded(one.entry.response, asked) for asked in leaf.responses])
    return Part(truth, "imprecise", f"the response is recorded as {one.entry.response}", ask)


# Pairs of responses that a drug cannot have had both; no response is an inadequate one.
_EXCLUSIVE = ({"complete", "partial"}, {"complete", "inadequate"}, {"complete", "none"}, {"partial", "none"})


def _responded(recorded: str, asked: str) -> t.Truth:
    if recorded == asked or (recorded, asked) == ("none", "inadequate"):
        return t.HOLDS
    return t.VIOLATED if {recorded, asked} in _EXCLUSIVE else t.OPEN


def setting_part(leaf: Medication, patient: Patient, one: Resolved) -> Part:
    """Whether the treatment was given in the setting asked for, or for the disease asked for."""
    if not leaf.setting:
        return SATISFIED
    if one.entry.indication is not None and _given_for(patient, one, leaf.setting):
        return SATISFIED
    if one.entry.setting is None and for_the_only_cancer(patient, one, leaf.setting):
        return SATISFIED
    if one.entry.setting is None and normal(leaf.setting) in _ANY_CANCER:
        return purpose_part(patient, one, None, aimed=True)
    if one.entry.setting is None:
        ask = Question("medications", one.wording, "word", None, f"In which setting was {one.wording} given (asked: {leaf.setting})?")
        given = f"it is recorded as given for {one.entry.indication}, " if one.entry.indication else ""
        return Part(t.OPEN, "not-recorded", f"{given}whether it was given as {leaf.setting} treatment is not recorded", ask)
    truth = _in_setting(normal(one.entry.setting), normal(leaf.setting))
    return Part(_in_setting_of(patient, one, leaf.setting) if truth == t.OPEN else truth, "imprecise", f"it was given as {one.entry.setting} treatment")


_OF_A_CANCER = later(r"(?P<setting>(?:(?:locally|advanced|metastatic|recurrent|relapsed|refractory|unresectable|inoperable|or|and)\b[\s/,-]*|/\s*)+)(?P<disease>.+)", re.IGNORECASE)


def _in_setting_of(patient: Patient, one: Resolved, asked: str) -> t.Truth:
    """Whether a treatment was given in a setting of one disease: "metastatic breast cancer", where its setting and its disease are recorded."""
    named = patient.vocabulary.condition(asked)
    said = _OF_A_CANCER.fullmatch(asked) or (_OF_A_CANCER.fullmatch(named.label) if named is not None else None)
    if said is None:
        return t.OPEN
    given = _in_setting(normal(one.entry.setting or ""), normal(said["setting"]))
    if said["disease"].casefold() in ("disease", "cancer"):
        return given
    of_it = _given_for(patient, one, said["disease"]) if one.entry.indication is not None else for_the_only_cancer(patient, one, said["disease"])
    return t.conjoin([given, t.HOLDS if of_it else t.OPEN])


# A treatment "for cancer": any, so that a drug against cancers only was given for one.
_ANY_CANCER = frozenset(map(normal, ("malignancy", "cancer", "any malignancy", "any cancer", "malignancies", "cancers")))

# Settings that exclude each other; other words ("first-line", "maintenance") may go with any of them.
_SETTINGS = frozenset(("neoadjuvant", "adjuvant", "metastatic"))
# What stands beside "metastatic" in a choice of settings ("locally advanced or metastatic"): after an operation there is none of it.
_ADVANCED = frozenset(("advanced", "locally", "unresectable", "inoperable", "metastatic", "or", "and"))
_RETURNED = frozenset(("recurrent", "relapsed", "refractory"))


def _in_setting(have: tuple[str, ...], want: tuple[str, ...]) -> t.Truth:
    """Whether a recorded setting is the one asked for, or one of a choice."""
    if have == want or (have == ("metastatic",) and set(want) <= _ADVANCED | _RETURNED and (want == ("advanced",) or "metastatic" in want)):
        return t.HOLDS
    if len(have) == len(want) == 1 and {*have, *want} <= _SETTINGS:
        return t.VIOLATED
    return t.VIOLATED if have == ("adjuvant",) and set(want) <= _ADVANCED and "metastatic" in want else t.OPEN


def _given_for(patient: Patient, one: Resolved, disease: str) -> bool:
    """Whether what a treatment is recorded to have been given for is the disease asked for, or a kind of it."""
    asked = patient.vocabulary.condition(disease)  # settings ("adjuvant") are no misspelt diseases
    if asked is None:
        return False
    reason = Resolved(one.entry, one.entry.indication, resolve(patient.vocabulary, "condition", one.entry.indication))
    return concept_part(patient, reason, "condition", disease, asked).truth == t.HOLDS
