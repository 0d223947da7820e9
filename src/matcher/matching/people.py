"""Who the patient is: age, sex, states such as pregnancy, smoking; and statements that only a person can answer."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from matcher.matching import truth as t
from matcher.matching.bearing import bears_none
from matcher.matching.few_words import UNREAD
from matcher.matching.finding import Finding, known, undecided
from matcher.matching.habits import speaks_against
from matcher.matching.parts import statement_part, statement_question
from matcher.matching.patient import Patient, Resolved
from matcher.matching.proofs import proved
from matcher.matching.quantities import Interval, meets
from matcher.matching.still import still_there
from matcher.matching.treated import treated_for
from matcher.matching.words import bound_words, bounds_words, capital, listed
from matcher.model.language import Age, Bound, Consent, Judgement, Sex, Smoking, State, Statement, Unread
from matcher.model.patterns import later
from matcher.model.verdict import Evidence, Question
from matcher.model.visible import unescaped
from matcher.model.wording import parse
from matcher.vocabulary import Concept, Relation
from matcher.vocabulary.of_the_mother import of_the_mother
from matcher.vocabulary.one_sex import of_one_sex
from matcher.vocabulary.passing import not_healthy
from matcher.vocabulary.told import told_by

_PER_YEAR = {
    "year": Fraction(1), "month": Fraction(12), "week": Fraction(36525, 700), "day": Fraction(36525, 100), "hour": Fraction(36525 * 24, 100),
}


def judge_age(leaf: Age, patient: Patient) -> Finding:
    """Whether the age keeps all limits: 34 is anywhere in [34, 35), and "at most 60 years" lasts until the 61st birthday."""
    age = patient.profile.age
    ask = Question("profile", "age", "number", "years", "How old is the patient?")
    wanted = bounds_words(leaf.bounds)
    if age is None:
        return undecided("not-recorded", f"The age is not recorded (asked: {wanted}).", ask)
    value = _age_interval(age)
    fact = Evidence("age", str(age), "years")
    truths = [_age_meets(value, bound) for bound in leaf.bounds]
    truth = t.conjoin(truths)
    if t.decided(truth):
        shown = wanted if truth == t.HOLDS else next(bound_words(b) for b, one in zip(leaf.bounds, truths, strict=True) if one == truth)
        return known(truth == t.HOLDS, f"Age {age} is {'' if truth == t.HOLDS else 'not '}{shown}.", fact)
    if any(bound.unit.startswith("year") and bound.number > 130 for bound in leaf.bounds):
        return undecided("ambiguous", f"{capital(wanted)}: nobody is that old, the number may be misprinted.", evidence=(fact,))
    if any(bound.op == "≥?" for bound, one in zip(leaf.bounds, truths, strict=True) if one == t.OPEN):
        return undecided("lost-operator", f"Age {age}: the page lost whether it says at least or at most.", evidence=(fact,))
    exact = Question("profile", "age", "number", "years", f"Exactly how old is the patient (asked: {wanted})?")
    return undecided("imprecise", f"Age {age}: whether that is {wanted} depends on the birthday.", exact, evidence=(fact,))


def unsaid_age(leaf: Age, patient: Patient) -> Finding:
    """The truth and the causes of `judge_age`; in words only where the age leaves it undecided."""
    age = patient.profile.age
    if age is not None:
        value = _age_interval(age)
        truth = t.conjoin([_age_meets(value, bound) for bound in leaf.bounds])
        if t.decided(truth):
            return Finding(truth, "", truth)
    return judge_age(leaf, patient)


def age_span(patient: Patient) -> tuple[float, float] | None:
    """The ages in years between which the patient's certainly lies, the upper one excluded; None where it is not recorded."""
    return None if patient.profile.age is None else _span(patient.profile.age)


@lru_cache(maxsize=256)
def _span(age: Decimal | str) -> tuple[float, float]:
    value = _age_interval(age)
    high = float("inf") if value.high is None else float(value.high)
    return (float(value.low) if value.low is not None else float("-inf")), high


@lru_cache(maxsize=256)
def _age_interval(age: Decimal | str) -> Interval:
    if isinstance(age, str):
        return Interval(Fraction(90), None)
    exponent = age.as_tuple().exponent
    step = Fraction(1, 10 ** max(0, -exponent)) if isinstance(exponent, int) else Fraction(1)
    return Interval(Fraction(age), Fraction(age) + step, high_open=True)


def _age_meets(value: Interval, bound: Bound) -> t.Truth:
    limit, next_one, whole = _limit_of_age(bound.number, bound.unit)
    if limit is None or next_one is None:
        return t.OPEN
    if bound.op == "≥?":
        both = {_age_meets(value, Bound(op, bound.number, bound.unit)) for op in ("≥", "≤")}
        return both.pop() if len(both) == 1 else t.OPEN
    if bound.op in ("≤", "=") and whole:
        below = meets(value, "<", next_one)
        return below if bound.op == "≤" else t.conjoin([below, meets(value, "≥", limit)])
    return meets(value, bound.op, limit)


@lru_cache(maxsize=1024)
def _limit_of_age(number: Decimal, unit: str) -> tuple[Fraction | None, Fraction | None, bool]:
    """A limit in years, one of its units later, and whether it is a whole number; None where nobody is that old or the unit is none of time."""
    per_year = _PER_YEAR.get(unit.rstrip("s") or "year")
    if per_year is None or Fraction(number) / per_year > 130:
        return None, None, False
    return Fraction(number) / per_year, Fraction(number + 1) / per_year, number == number.to_integral_value()


def judge_sex(leaf: Sex, patient: Patient) -> Finding:
    """Whether the patient is of the sex asked."""
    sex = patient.profile.sex
    if sex is None:
        return undecided("not-recorded", "The sex is not recorded.", Question("profile", "sex", "choice", None, "Is the patient female or male?"))
    return known(sex == leaf.sex, f"The patient is {sex}.", Evidence("sex", sex))


def of_other_sex(patient: Patient, asked: Concept | None) -> str:
    """That the patient cannot have what is asked, in words; "" where the patient can, or it is not known.

    Of a small child what its mother had may be asked, so that nothing follows.
    """
    sex, age = patient.profile.sex, age_span(patient)
    if sex is None or asked is None or age is None or age[0] < _NO_INFANT:
        return ""
    bound = of_one_sex(patient.vocabulary, asked)
    return f"The patient is {sex}" if bound and bound != sex else ""


_NO_INFANT = 2


def of_its_mother(patient: Patient, term: str, asked: Concept | None) -> bool:
    """Whether a small child is asked for what happened to its mother or at its birth: its own lists do not tell."""
    age = age_span(patient)
    return age is not None and age[0] < _NO_INFANT and of_the_mother(patient.vocabulary, term, asked)


_STATES = {
    "pregnant": ("pregnant", "Is the patient pregnant?"),
    "breastfeeding": ("breastfeeding", "Is the patient breastfeeding?"),
    "childbearing potential": ("childbearing_potential", "Is the patient of childbearing potential?"),
    "contraception": ("contraception", "Does the patient use, or agree to use, effective contraception?"),
    "healthy volunteer": ("healthy", "Is the patient a healthy volunteer?"),
}
# What a recorded yes or no is called, where that is not the name of the state.
_CALLED = {
    "childbearing potential": ("of childbearing potential", "not of childbearing potential"),
    "contraception": ("effective contraception", "no effective contraception"),
    "healthy volunteer": ("a healthy volunteer", "not a healthy volunteer"),
}


def judge_state(leaf: State, patient: Patient) -> Finding:
    """A yes or no of the profile's own, or what follows from another one."""
    key, question = _STATES[leaf.name]
    value = getattr(patient.profile, key)
    if leaf.name == "contraception" and value is False and _needs_none(patient):
        return undecided("ambiguous", "No contraception is recorded, and the patient is not, or hardly, of childbearing potential: whether it is asked of her is not said.")
    if value is False and leaf.name == "pregnant" and (tested := _proved_pregnant(patient)) is not None:
        return tested
    against = _against(leaf.name, value, patient)
    if against is not None:
        reason = f"The record contradicts itself: {_called(leaf.name, value is True)}, and {against.wording} as active."
        return undecided("conflict", reason, Question("profile", key, "yesno", None, question), evidence=(Evidence("conditions: " + against.wording, "active"),))
    if value is not None:
        return known(value, f"Recorded: {_called(leaf.name, value)}.", Evidence(key, "yes" if value else "no"))
    return _implied(leaf, patient) or undecided(
        "not-recorded", f"Not recorded: {'pregnancy' if leaf.name == 'pregnant' else leaf.name}.", Question("profile", key, "yesno", None, question)
    )


def _against(name: str, recorded: bool | None, patient: Patient) -> Resolved | None:
    """An active condition that cannot go with a recorded yes or no: a pregnancy with "not pregnant", a lifelong disease with "healthy"."""
    if (name, recorded) not in (("pregnant", False), ("healthy volunteer", True)):
        return None
    active = (one for one in patient.conditions if one.entry.status == "active" and one.entry.until is None and one.concept is not None)
    if recorded:
        return next((one for one in active if one.concept is not None and patient.vocabulary.lifelong(one.concept) and _ill(one, patient)), None)
    pregnancy = patient.concept("condition", "pregnancy")
    return next((one for one in active if one.concept is not None and pregnancy is not None and patient.vocabulary.relation(one.concept, pregnancy) in (Relation.SAME, Relation.NARROWER)), None)


def _called(name: str, value: bool) -> str:
    """What a recorded yes or no is called in a reason."""
    yes, no = _CALLED.get(name, (name, f"not {name}"))
    return yes if value else no


def _proved_pregnant(patient: Patient) -> Finding | None:
    """What a positive test, or a disease of pregnancy, says against a recorded "no"; None where there is none, and of a small child."""
    age = age_span(patient)
    found = proved(patient, "pregnant no") if age is None or age[1] > _BEARS[0] else None
    if found is None:
        return None
    question = Question("profile", "pregnant", "yesno", None, "Is the patient pregnant? What is recorded speaks for it.")
    return undecided("conflict", f"Recorded: not pregnant. But: {found.reason}", question, evidence=found.evidence)


_TESTED_NOT_PREGNANT = "pregnancy test is negative within 14 days"


def _tested_not_pregnant(patient: Patient) -> Finding | None:
    """What a negative pregnancy test of these days says where nothing else is recorded; None where there is none."""
    from matcher.matching.evaluate import evaluate

    found = evaluate(parse(_TESTED_NOT_PREGNANT), patient)
    return known(False, found.reason, *found.evidence, clears=found.clears) if found.truth == t.HOLDS else None


def _needs_none(patient: Patient) -> bool:
    """Whether the patient is a woman who cannot become pregnant, as it is recorded, or who is hardly of an age for it."""
    profile, age = patient.profile, age_span(patient)
    beyond = age is not None and profile.childbearing_potential is None and not profile.pregnant and (age[0] >= _BEARS[1] or age[1] < _BEARS[0])
    return profile.sex == "female" and (profile.childbearing_potential is False or beyond)


_BEARS = (11, 56)  # years between which a woman may become pregnant


def _implied(leaf: State, patient: Patient) -> Finding | None:
    profile = patient.profile
    if profile.sex == "male" and leaf.name in ("pregnant", "breastfeeding", "childbearing potential"):
        return known(False, "The patient is male.", Evidence("sex", "male"))
    if leaf.name == "pregnant" and profile.childbearing_potential is False:
        return known(False, "The patient is not of childbearing potential.", Evidence("childbearing_potential", "no"))
    if leaf.name == "childbearing potential" and profile.pregnant:
        return known(True, "The patient is pregnant.", Evidence("pregnant", "yes"))
    none = bears_none(patient, age_span(patient)) if leaf.name in ("pregnant", "breastfeeding", "childbearing potential") else None
    if none is not None and (leaf.name == "childbearing potential" or (leaf.name == "pregnant" and none.not_pregnant) or (leaf.name == "breastfeeding" and none.not_nursing)):
        return known(False, none.why, none.fact)
    if leaf.name == "pregnant" and (tested := _tested_not_pregnant(patient)) is not None:
        return tested
    ill = next((one.wording for one in patient.conditions if _ill(one, patient) and one.concept is not None and not_healthy(patient.vocabulary, one.concept)), None)
    if leaf.name == "healthy volunteer" and ill is not None:
        return known(False, f"Not a healthy volunteer: {ill} is recorded.", Evidence("conditions: " + ill, "active"))
    return None


def _ill(one: Resolved, patient: Patient) -> bool:
    """Whether an entry is a disease that is understood and goes on; an event of the past may leave nobody ill."""
    active = one.entry.status == "active" and one.entry.until is None
    return active and one.concept is not None and not patient.vocabulary.event(one.concept) and still_there(patient, one, None) == t.HOLDS


def judge_smoking(leaf: Smoking, patient: Patient) -> Finding:
    """Whether the smoking status is one of those asked."""
    status = patient.profile.smoking
    ask = Question("profile", "smoking", "choice", None, "Does the patient smoke: never, former or current?")
    if status is None:
        return undecided("not-recorded", "The smoking status is not recorded.", ask)
    dependent = next((one for one in patient.conditions if speaks_against(status, one)), None)
    if dependent is not None:
        return undecided("conflict", f"The record contradicts itself: smoking {status}, and {dependent.wording} as active.", ask, evidence=(Evidence("conditions: " + dependent.wording, "active"),))
    tested = proved(patient, f"smoking {status}")
    if tested is not None and len({one in leaf.statuses for one in (status, *_RATHER[status])}) > 1:
        return undecided("conflict", f"Recorded: smoking {status}. But: {tested.reason}", ask, evidence=tested.evidence)
    return known(status in leaf.statuses, f"Smoking: {status} (asked: {listed(leaf.statuses)}).", Evidence("smoking", status))


# What else the smoking may be where a test speaks against what is recorded.
_RATHER = {"never": ("former", "current"), "former": ("current",), "current": ()}


def judge_statement(leaf: Statement, patient: Patient) -> Finding:
    """A statement that is asked as it stands."""
    part = statement_part(patient, leaf.text)
    if part.truth == t.OPEN:
        if _is_torn(leaf.text):
            return judge_words(Unread(leaf.text), patient)
        return _answered_by_facts(leaf, patient) or undecided("not-recorded", f"Not recorded: “{leaf.text}”.", statement_question(leaf.text))
    return known(part.truth == t.HOLDS, f"{capital(part.why)}.", Evidence("answers: " + leaf.text, "yes" if part.truth == t.HOLDS else "no"))


# Words that begin or end in the middle of a sentence: nobody can say whether "of the graft" or "history of chronic" is so.
_TORN = later(r"^(?:of (?:the|an?|their|its|this|these)|than)\s|(?<!log|ign|eck|ove|ive)\s(?:of|in|to|for|with|by|and|or|the|than|from|chronic|acute)$|^\([^()]*\)$", re.IGNORECASE)


def _is_torn(text: str) -> bool:
    return text.count("(") != text.count(")") or bool(_TORN.search(text))


def _answered_by_facts(leaf: Statement, patient: Patient) -> Finding | None:
    """What a recorded fact says of a statement that nobody answered; None where none does."""
    from matcher.matching.evaluate import evaluate  # the fact is a check of its own, judged as any other

    treated = treated_for(patient, leaf.text)
    if treated is not None:
        so, by = treated
        return known(so, f"“{leaf.text}”: {by} is recorded." if so else f"Nothing recorded is for it, and the lists are complete: “{leaf.text}”.", Evidence("treatment", by) if so else Evidence("treatment", "none"))
    found = ((told.so, evaluate(parse(told.check), patient)) for told in told_by(leaf.text))
    return next((known(so, finding.reason, *finding.evidence) for so, finding in found if finding.truth == t.HOLDS), None)


_QUOTED = 100  # characters
_FOR_A_PERSON = {
    Judgement: ("judgement", "For a clinician to judge: “{}”."),
    Consent: ("consent", "For the consent visit: “{}”."),
    Unread: ("unread", UNREAD + "“{}”."),
}


def _quoted(text: str) -> str:
    """The first words of a long text: all of it stands in the criterion, and would hide what else the reason says."""
    text = unescaped(text)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]}…"


def judge_words(leaf: Judgement | Consent | Unread, patient: Patient) -> Finding:
    """Words that only a person can judge; a recorded answer settles judgement and unread text, never consent."""
    cause, reason = _FOR_A_PERSON[type(leaf)]
    if not isinstance(leaf, Consent):
        part = statement_part(patient, leaf.text)
        if part.truth != t.OPEN:
            return known(part.truth == t.HOLDS, f"{capital(part.why)}.", Evidence("answers: " + leaf.text, "yes" if part.truth == t.HOLDS else "no"))
    return Finding(t.OPEN, reason.format(_quoted(leaf.text)), t.OPEN, (cause,), likely=t.UNSAID if isinstance(leaf, Unread) else t.OPEN)

