"""What a criterion says of a disease before its name ("chronic", "severe", "pre-existing", "untreated"), and what is recorded of it."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.people import age_span
from matcher.matching.periods import edges, overlaps, period
from matcher.matching.severity_overtaken import overtaken_severity
from matcher.matching.spreading import is_advanced, is_invasive, is_metastatic, is_not_spread
from matcher.matching.stages import hedged, numerals
from matcher.matching.states import state_part, worded
from matcher.matching.treated import treated_so
from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.vocabulary import Concept, Relation, normal
from matcher.vocabulary.natures import adjective_of, nature

SEVERITY = ("mild", "moderate", "severe", "very severe")
# Of two such words one holds at a time.
_OPPOSITES = tuple(
    (frozenset(one.split("|")), frozenset(other.split("|")))
    for one, other in (
        ("controlled|well controlled|adequately controlled", "uncontrolled|poorly controlled|not controlled|inadequately controlled|not well controlled"), ("symptomatic", "asymptomatic"), ("stable", "unstable"),
        ("resectable", "unresectable"), ("operable", "inoperable"), ("unilateral", "bilateral"), ("compensated", "decompensated"), ("complicated", "uncomplicated"),
    )
)  # fmt: skip
# Ways to say one of them, of which a record has one and a criterion another.
_SAID_ALIKE = (frozenset(("controlled", "well controlled", "adequately controlled")), frozenset(("uncontrolled", "poorly controlled", "not controlled")))
# A disease that the patient has now is there before the trial.
_THERE_BEFORE = frozenset((("pre", "existing"), ("preexisting",), ("underlying",), ("existing",)))
# Words that beside a name are the name of one kind: a chronic obstructive lung disease is COPD.
_ANOTHER = frozenset(((("chronic",), "obstructive lung disease"),))
_CANCERS = frozenset(("malignancy", "neoplasm"))
# How grave a disease is counts among its like: "serious illness" is not any disease that is serious among those of its organ.
_DEGREES = frozenset((("severe",), ("serious",), ("major",), ("advanced",), ("life", "threatening")))
_OF_PREGNANCY = ("gestational", "pregnancy", "postpartum", "eclampsia")
_OF_SPREAD = {("advanced",): is_advanced, ("metastatic",): is_metastatic, ("invasive",): is_invasive}
_NOT_SPREAD = frozenset((("non", "metastatic"), ("nonmetastatic",)))
# What is new was found within a month, and is so no longer after two years.
_NEW = frozenset((("newly", "diagnosed"), ("new", "diagnosed"), ("recently", "diagnosed"), ("new", "onset"), ("recent", "onset")))
_THIS_MONTH, _LONG_SINCE = Window(within=Span(Decimal(30), "day")), Window(beyond=Span(Decimal(2), "year"))
_OF_HIV = frozenset((("hiv", "related"), ("hiv", "associated"), ("aids", "related"), ("aids", "associated")))
# A disease of who is a child, or grown up.
_OF_AN_AGE = frozenset((("childhood",), ("pediatric",), ("paediatric",), ("adult",)))
_GROWN_UP = 18
# What may stand beside the numeral of a class.
_SCALE = frozenset(("nyha", "class", "functional", "stage", "grade", "fc"))


# Where a second thing begins that is said of a disease.
_SPLIT = later(r"\s+(?=(?:requiring|needing|treated with|despite treatment|(?:hiv|aids)-related)\b)|(?<=newly diagnosed)\s+|(?<=new onset)\s+", re.IGNORECASE)


def quality_part(patient: Patient, one: Resolved, states: tuple[str, ...], asked: Concept | None, label: str, *, acute: t.Truth, resolved: bool) -> Part:
    """Whether a recorded disease is what one of the states says: by its severity, its name, its nature, or a recorded answer."""
    together = _SPLIT.split(states[0].strip(), maxsplit=1) if len(states) == 1 else []
    if len(together) == 2 and patient.answered(worded(patient, states[0], label)) is None:  # "uncontrolled, requiring insulin": both
        both = [quality_part(patient, one, (each,), asked, label, acute=acute, resolved=resolved) for each in together]
        if t.conjoin([part.truth for part in both]) != t.OPEN:
            return next((part for part in both if part.truth == t.VIOLATED), SATISFIED)
    recorded = (one.entry.severity or "").casefold().strip()
    overtaken = overtaken_severity(patient, one) if recorded in SEVERITY and any(grade in state.casefold().split() for state in states for grade in SEVERITY) else ""
    if overtaken:
        return Part(t.OPEN, "conflict", f"it is recorded as {recorded}, and {overtaken} beside it")
    against = opposed(patient, one, recorded)
    left = ["" if any(_named_so(patient, one, each) for each in _alike(state)) else rest for state in states if " ".join(normal(state)) not in against and (rest := _left_to_ask(state, recorded)) is not None]
    if "" in left or ("acute" in left and acute == t.HOLDS):
        return SATISFIED
    left = [state for state in left if state != "acute" or acute != t.VIOLATED]
    if not left and recorded and asked is not None and one.concept is not None and _of_another_scale(one.concept, asked):
        return Part(t.OPEN, "imprecise", f"it is recorded as {recorded}, which need not be the severity of {asked.label}")
    if not left:
        return Part(t.VIOLATED, why=f"it is {recorded}" if recorded else f"it is recorded as {one.wording}" if against else "it is no longer acute")
    found = state_part(patient, tuple(left), label)
    return found if found.truth != t.OPEN else _by_nature(patient, one, left, asked, label, found, resolved=resolved)


def _of_another_scale(concept: Concept, asked: Concept) -> bool:
    """Whether a failure of an organ is asked for, and a disease with grades of its own is recorded: a moderate ARDS."""
    return asked.label.endswith((" failure", " insufficiency")) and concept != asked and asked.label.rpartition(" ")[2] not in concept.label


def _by_nature(patient: Patient, one: Resolved, left: list[str], asked: Concept | None, label: str, found: Part, *, resolved: bool) -> Part:
    """The same by what follows from what is recorded, where nobody answered it."""
    told = {state: _implied(patient, one, normal(state), state, asked, resolved=resolved) for state in left}
    if t.HOLDS in told.values():
        return SATISFIED
    rest = tuple(state for state in left if told[state] == t.OPEN)
    if not rest:
        return Part(t.VIOLATED, why=f"it is not {left[0]}")
    return found if len(rest) == len(left) else state_part(patient, rest, label)


def _implied(patient: Patient, one: Resolved, words: tuple[str, ...], state: str, asked: Concept | None, *, resolved: bool) -> t.Truth:
    """What a recorded disease is, whatever nobody said: present ones are pre-existing, those of stage IV metastatic."""
    concept = one.concept
    if concept is None or one.also:
        return t.OPEN
    if at_large(patient, asked) or (asked is not None and (words, asked.label) in _ANOTHER):
        return t.OPEN
    if words in _THERE_BEFORE:
        perhaps_new = resolved or _own(patient, asked) or _with_pregnancy(patient, concept) or _of_these_days(patient, one, concept)
        return t.OPEN if perhaps_new else t.HOLDS
    if resolved and not _DEGREES.isdisjoint((word,) for word in words):
        return t.OPEN
    if words in _OF_SPREAD:
        spread = _OF_SPREAD[words](patient, one)
        if spread != t.OPEN:
            return spread
    if words == ("primary",) and is_not_spread(patient, one):
        return t.HOLDS
    if words in _OF_AN_AGE:
        return t.HOLDS if _is_of_age(patient, grown=words == ("adult",)) else t.OPEN
    if words in _NOT_SPREAD:
        return t.negate(is_metastatic(patient, one))
    if words in _OF_HIV and "opportunistic infection" in patient.vocabulary.curated_above(concept) and _has_hiv(patient):
        return t.HOLDS
    if words in _NEW:
        return _newly(patient, one, words)
    treated = treated_so(patient, one, state)
    if treated != t.OPEN:
        return treated
    so = nature(patient.vocabulary, concept, words, _numeral(one), itself=concept == asked)
    return t.OPEN if so is None else t.of(so)


def _is_of_age(patient: Patient, *, grown: bool) -> bool:
    """Whether the patient is a child, or grown up, for certain."""
    age = age_span(patient)
    return age is not None and (age[0] >= _GROWN_UP if grown else age[1] <= _GROWN_UP)


def _has_hiv(patient: Patient) -> bool:
    """Whether an infection with HIV is recorded: an opportunistic infection of who has it is related to it."""
    return any(one.entry.status == "active" and one.concept is not None and "HIV infection" in patient.vocabulary.lineage(one.concept) for one in patient.conditions)


def _newly(patient: Patient, one: Resolved, said: tuple[str, ...]) -> t.Truth:
    """Whether a disease is newly found, by the day of its diagnosis; one that is long known has no new onset either."""
    day = one.entry.diagnosed or (one.entry.since if "onset" in said else None)
    if day is None or patient.as_of is None:
        return t.OPEN
    during = period(day, day, ongoing=False, as_of=patient.as_of)
    if overlaps(during, edges(_LONG_SINCE, patient.as_of)) == t.HOLDS:
        return t.VIOLATED
    return t.HOLDS if "onset" not in said and overlaps(during, edges(_THIS_MONTH, patient.as_of)) == t.HOLDS else t.OPEN


# In "uncontrolled intercurrent or chronic illness" the last one shares an adjective that its name alone does not show.
_SHARES = frozenset(("chronic disease",))
_AT_LARGE = frozenset(("disease", "illness"))


def of_its_nature(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether what is asked at large ("chronic disease", "chronic infection") is what the recorded disease is by its nature."""
    if asked is None or one.concept is None or one.also or not patient.vocabulary.open_at_large(asked):
        return False
    found = adjective_of(asked.label)
    if found is None or found[0] in _DEGREES or asked.label in _SHARES or not nature(patient.vocabulary, one.concept, found[0], "", itself=False):
        return False
    whole = patient.vocabulary.curated("condition", found[1])
    return found[1] in _AT_LARGE or (whole is not None and patient.vocabulary.relation(one.concept, whole) is Relation.NARROWER)


def at_large(patient: Patient, asked: Concept | None) -> bool:
    """Whether diseases of no organ and no cause are asked for: "underlying disease", "serious illness", "chronic disease"."""
    return asked is not None and (asked.label in _AT_LARGE or (patient.vocabulary.open_at_large(asked) and set(patient.vocabulary.kinds(asked)) <= _AT_LARGE))


def _own(patient: Patient, asked: Concept | None) -> bool:
    """Whether cancers at large are asked for: a "pre-existing" one is another than that of the trial."""
    return asked is not None and not _CANCERS.isdisjoint(patient.vocabulary.lineage(asked))


def _with_pregnancy(patient: Patient, concept: Concept) -> bool:
    """Whether a disease may have come with a pregnancy: "pre-existing" may then mean that it was there before that."""
    return patient.profile.pregnant is True or any(word in concept.label.casefold() for word in _OF_PREGNANCY)


def _of_these_days(patient: Patient, one: Resolved, concept: Concept) -> bool:
    """Whether it may have begun no longer than a month ago, with what the trial is for: an undated stroke, any disease of this month."""
    day = one.entry.since or one.entry.diagnosed
    if day is None:
        return patient.vocabulary.event(concept) or nature(patient.vocabulary, concept, ("acute",), "", itself=False) is True
    return patient.as_of is None or overlaps(period(day, day, ongoing=False, as_of=patient.as_of), edges(_THIS_MONTH, patient.as_of)) != t.VIOLATED


def _numeral(one: Resolved) -> str:
    """The numeral of the recorded class, where it is one and nothing else is said: "3" of "NYHA III"."""
    stage = one.entry.stage or ""
    found = list(numerals(stage)) if stage and not hedged(stage) else []
    rest = [word for word in normal(stage) if word not in _SCALE]
    return str(found[0][0]) if len(found) == 1 and not found[0][1] and len(rest) == 1 else ""


def opposed(patient: Patient, one: Resolved, recorded: str = "") -> frozenset[str]:
    """The words that the recorded severity, or the recorded name, denies: "controlled" denies "uncontrolled"."""
    found: frozenset[str] = frozenset()
    for pair in _OPPOSITES:
        for said, denied in (pair, pair[::-1]):
            if recorded in said or any(_named_so(patient, one, word) for word in said if word in " ".join(normal(one.wording))):
                found |= denied
    return found


def _alike(state: str) -> frozenset[str]:
    """A state with the other ways to say it."""
    said = " ".join(normal(state))
    return next((same for same in _SAID_ALIKE if said in same), frozenset((state,)))


def _named_so(patient: Patient, one: Resolved, state: str) -> bool:
    """Whether the recorded name says the state and besides it nothing but the disease: "uncontrolled hypertension"."""
    said, words = set(normal(state)), normal(one.wording)
    if "acute" in said and one.concept is not None and patient.vocabulary.event(one.concept):
        return False  # its day tells
    rest = " ".join(word for word in words if word not in said)
    return said < set(words) and one.concept is not None and patient.vocabulary.condition(rest) == one.concept


def _left_to_ask(state: str, recorded: str) -> str | None:
    """What the recorded severity leaves open of a state: "" where it says all of it, None where it says otherwise."""
    if recorded and normal(recorded) == normal(state):
        return ""
    words = state.casefold().split()
    asked = next((grade for grade in SEVERITY if grade in words), None)
    if asked is None or recorded not in SEVERITY or "very" in words or (recorded == "very severe" and asked == "severe"):
        return state
    return " ".join(word for word in state.split() if word.casefold() != asked) if asked == recorded else None
