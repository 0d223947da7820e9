"""How a treatment went and what it was for: the response to it, what followed, why it was stopped, its setting."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part, concept_part
from matcher.matching.patient import Patient, Resolved, resolve
from matcher.matching.states import state_part
from matcher.model.language import Medication
from matcher.model.verdict import Question
from matcher.vocabulary import normal

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


def after_part(patient: Patient, one: Resolved, states: tuple[str, ...], label: str) -> Part:
    """Whether a treatment was what is said of it; that the disease progressed on it may be the reason it was stopped for."""
    if stopped_for(one) in states:
        return Part(t.HOLDS, why=f"it was stopped for {one.entry.stop_reason}")
    return state_part(patient, states, label)


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
    if one.entry.setting is None:
        ask = Question("medications", one.wording, "word", None, f"In which setting was {one.wording} given: {leaf.setting} or another?")
        given = f"it is recorded as given for {one.entry.indication}, " if one.entry.indication else ""
        return Part(t.OPEN, "not-recorded", f"{given}whether it was given as {leaf.setting} treatment is not recorded", ask)
    return Part(_in_setting(normal(one.entry.setting), normal(leaf.setting)), "imprecise", f"it was given as {one.entry.setting} treatment")


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
