"""Exclusions that are worded as what is asked for: "BMI 20-38 kg/m2", "able to give consent", "QTc below 470 ms".

They may have come under the wrong heading, or mean what they say; both stand, so that neither decides alone. So it is with a limit that
an inclusion seems to deny: "no kidney disease or eGFR above 60".
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from matcher.model.language import Age, All, Ambiguous, Any, Bound, Check, Condition, Consent, Measurement, Not, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, all_or_any, any_of, leaves
from matcher.reading.certain.kept import DECIDED, beside
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Measure, Vocabulary, assumed_unit, canonical
from matcher.vocabulary.measures import unit_rules

# Between which limits most healthy people's values lie, in the measure's own unit, for what trials of any disease look at lest it harms; where
# some ask for illness (anemia, high pressure, a failing kidney), up to what they may keep out. What only the ill are asked for (HbA1c, LDL) is none.
_HEALTHY: dict[str, tuple[float | None, float | None]] = {
    "hemoglobin": (12, 18), "hematocrit": (36, 52), "platelets": (150, 450), "neutrophils": (2, 8), "white blood cells": (4, 11.5), "lymphocytes": (1, 4.8),
    "Karnofsky performance status": (80, None), "systolic blood pressure": (95, 145), "diastolic blood pressure": (60, 95), "heart rate": (55, 100),
    "body temperature": (36, 38), "oxygen saturation": (95, None), "left ventricular ejection fraction": (50, None), "QTc": (None, 440), "QTcF": (None, 440),
    "QTcB": (None, 440), "creatinine": (None, 1.2), "eGFR": (50, None), "creatinine clearance": (50, None), "ALT": (None, 40), "AST": (None, 40),
    "alkaline phosphatase": (None, 120), "total bilirubin": (0.15, 1.2), "ferritin": (8, 1000), "total IgE": (1, 2000), "albumin": (3.5, None), "INR": (0.8, 1.2), "activated partial thromboplastin time": (None, 35),
    "potassium": (3.6, 5.2), "sodium": (135, 145), "calcium": (8.6, 10.5), "magnesium": (1.7, 2.5),
}  # fmt: skip
_WELL = Decimal(2)  # performance status up to which patients are up and about
_WILLING = pattern_of(r"\W*(?:(?:patients?|subjects?|participants?|must|be|is|are|who|written|signed|informed|has|have|given|provided|the)\W+)*(?:able|ability|willing\w*|agrees?|capable|consent|signed|provision)\b", re.IGNORECASE)
_NOT_WILLING = pattern_of(r"\b(?:no|not|un\w+|without|lack\w*|refus\w*|withdraw\w*|inab\w*|incap\w*|fail\w*|declin\w*|cannot|can't|impair\w*|absence)\b", re.IGNORECASE)


def perhaps_required(read: Read, text: str, kind: str, vocabulary: Vocabulary) -> Read:
    """The reading of an exclusion, beside its contrary where it is worded as what is asked for."""
    if kind == "exclusion" and (_NO_SUCH_PEOPLE.match(text) or _NONE_OF_A_TOPIC.match(text)) and not _WITHOUT.search(re.split(r"[.;(]", text, maxsplit=1)[0]):
        contrary = _undenied(read.check)
        return read if contrary == read.check else Read(Ambiguous((read.check, contrary)), read.spans * 2)
    if isinstance(read.check, Any) and _NOT_MORE.search(text) and (swallowed := _swallowing(read.check.parts)):
        turned = tuple(Not(part) if (part in swallowed) == (kind == "exclusion") else part for part in read.check.parts)
        return Read(Ambiguous((read.check, Any(turned) if kind == "exclusion" else All(turned))), read.spans * 2)
    every, some = all_or_any(read.check)
    if kind == "exclusion" and every is not some:
        half = len(read.spans) // 2
        both, either = perhaps_required(Read(every, read.spans[:half]), text, kind, vocabulary), perhaps_required(Read(some, read.spans[half:]), text, kind, vocabulary)
        return both if isinstance(both.check, Ambiguous) else Read(Ambiguous((both.check, either.check)), (*both.spans, *either.spans))
    alone = _parts(read.check) if kind == "exclusion" else []
    read = rewritten(read, lambda leaf: Ambiguous((leaf, Unread(leaf.term))) if isinstance(leaf, Measurement) and (_beyond_nature(leaf, kind, vocabulary) or (leaf in alone and _of_everybody(leaf, vocabulary))) else None)
    if kind == "inclusion" and _asks_for_the_unfit(read.check) and not _UNFIT.search(text):
        return Read(Ambiguous((read.check, Not(read.check))), read.spans * 2)
    if kind != "exclusion":
        return read
    if _NOT_BEYOND.search(text) and all(isinstance(leaf, Measurement) for leaf in leaves(read.check)) and not _worded_as_asked(read.check, text, vocabulary):
        return Read(Ambiguous((read.check, Not(read.check))), read.spans * 2)
    if isinstance(read.check, Any):
        parts = _parts(read.check)
        odd = [part for part in parts if isinstance(part, Measurement) and _of_the_healthy(part, vocabulary) and not any(other != part and isinstance(other, Measurement) and other.term == part.term for other in parts)]
        return rewritten(read, lambda leaf: Ambiguous((leaf, Not(leaf))) if leaf in odd else None) if odd else read
    if not _worded_as_asked(read.check, text, vocabulary) and not (_is_of_many(read.check) and _NOT_MORE.search(text)):
        return read
    contrary = read.check.part if isinstance(read.check, Not) else Not(read.check)
    return Read(Ambiguous((read.check, contrary)), read.spans * 2)


# "Subjects must not be taking lithium": what is forbidden, not what somebody cannot do, or may turn out not to be.
_FORBIDS = Caseless(
    r"\W*(?:(?:the |all |any )?(?:patients?|subjects?|participants?|individuals?|volunteers?)\s+)?(?:"
    r"(?:must|may|should|shall)\s+not\s+(?=(?:(?:also|currently|concurrently|ever)\s+)?(?:have|had|has|receive|use|take|undergo|exceed)\b|be\s+(?!(?:\w+ly\s+)?(?:able|eligible|included|enrol+ed|entered|suitable|fit|feasible|appropriate|treated|randomi[sz]ed|stable|adequate\w*|available|possible|safe|effective|willing|candidates?|met|amenable|evaluable|measurable|considered|allowed|permitted|excluded|exposed|an? candidate)\b))|"
    r"(?:can\s?not)\s+(?=have\s+(?:had|taken|received|been|used|undergone|evidence|known|active|prior|previous|uncontrolled|any (?:history|evidence|known|other|prior|active)|an? (?:history|known|active|current|prior|previous))\b|be\s+(?:currently|receiving|taking|using|pregnant|breast-?feeding|nursing|lactating|younger than|older than|under \d|over \d)\b)"
    r")",
    needs=("not",),
)
_FORBIDS_MORE = Caseless(r"\b(?:must|should|shall|will|agree\w*|willing|able|unable|required?|needs?|until|not|no|never|without|cannot|unless|adequate|sufficient|complet\w+|finish\w*|recover\w*|for (?:(?:at least|a|an|the|period|of|minimum|least|more|than|last|past|previous|approximately)\s+)*(?:\d+|one|two|three|four|five|six|eight|ten|twelve|thirty))\b|[;.]\s+\w")

_OF_AN_AGE = Caseless(r"be\s+(?=(?:younger|older)\b)", needs=("younger", "older"))


def where_forbidden(text: str) -> int | None:
    """Where an exclusion names what it says that nobody must have; None where it forbids nothing, or asks for more."""
    found = _FORBIDS.match(text)
    if found is None or _FORBIDS_MORE.search(text, found.end()):
        return None
    aged = _OF_AN_AGE.match(text, found.end())
    return found.end() if aged is None else aged.end()


# "No pregnant women": whoever is pregnant is kept out, as the rest of such a list says.
_NO_SUCH_PEOPLE = pattern_of(r"\W*(?:there (?:are|is|must be) )?no\s+(?:[\w/-]+\s+(?:(?:or|and|and/or)\s+)?){0,5}?(?:women|woman|females?|men|males?|patients?|subjects?|participants?|mothers?|adults?|children|persons?|individuals?|volunteers?)\b", re.IGNORECASE)
_NONE_OF_A_TOPIC = pattern_of(r"\W*[A-Z][\w /-]{2,30}:\s*no\s+(?!more\b|less\b)", re.IGNORECASE)  # "Cardiovascular: no significant history of it"
_WITHOUT = pattern_of(r"\b(?:without|not|un\w+|lack\w*|refus\w*|methods?|contracept\w*|birth control|consent|availab\w*)\b", re.IGNORECASE)


def _undenied(check: Check) -> Check:
    """A check without the denials in it."""
    if isinstance(check, Not):
        return check.part
    return check.__class__(tuple(map(_undenied, check.parts))) if isinstance(check, All | Any) else check


# "At least 2 weeks since chemotherapy": who had none of late is let in elsewhere.
_APART = pattern_of(r"\W*(?:at least|a?\s*minimum of|≥|>=?|more than)\s*(?:\d+|one|two|three|four|six|twelve)\s*(?:hours?|days?|weeks?|months?|years?)\s+(?:(?:must |should )?(?:have |has )?(?:elapsed|passed)\s+)?(?:since|from|after)\b", re.IGNORECASE)


# "Blood pressure should not exceed 160/100", "not greater than 105 or less than 50": a limit as an inclusion words it.
_NOT_BEYOND = Caseless(r"\b(?:should|must|shall|may|can)\s?not\s+(?:exceed|(?:be\s+)?(?:more|greater|higher|above|over|less|lower|below|under|fewer)\b)", needs=("not",))
_NOT_MORE = Caseless(r"\b(?:not?\s+(?:be\s+)?(?:more|greater|higher|above|over|less|lower|below|under|fewer)\b|not\s+exceed)", needs=("no",))


_UNFIT = Caseless(r"\b(?:poor|unfit|frail\w*|palliative|bedridden|declin\w*|impair\w*|between|to)\b")


def _asks_for_the_unfit(check: Check) -> bool:
    """Whether an inclusion lets in only who is up and about for less than half of the day, and says no more: its sign may be turned."""
    if not isinstance(check, Measurement) or len(check.bounds) != 1:
        return False
    (one,) = check.bounds
    return (check.term == "ECOG performance status" and one.op in (">", "≥")) or (check.term == "Karnofsky performance status" and one.op in ("<", "≤"))


# Limits on which nearly everybody, or nobody, stands: a sign, a unit or a figure of theirs is not what was meant.
_NOBODY_ABOVE = {"neutrophils": 50, "white blood cells": 150, "hemoglobin": 25, "lymphocytes": 100, "platelets": 2000, "systolic blood pressure": 260, "diastolic blood pressure": 160, "oxygen saturation": 100, "left ventricular ejection fraction": 100, "body mass index": 100}
_NOBODY_BELOW = {"ALT": 4, "AST": 4, "alkaline phosphatase": 15, "total bilirubin": 0.35, "creatinine": 0.2, "systolic blood pressure": 50, "diastolic blood pressure": 25, "heart rate": 25, "body temperature": 32, "hemoglobin": 2.5, "albumin": 0.8}


def _beyond_nature(leaf: Measurement, kind: str, vocabulary: Vocabulary) -> bool:
    """Whether a limit asks an inclusion for what nobody has, or has an exclusion keep out everybody."""
    measure = vocabulary.measure(leaf.term) if len(leaf.bounds) == 1 and leaf.bounds[0].unit and leaf.window is None and (leaf.term in _NOBODY_ABOVE or leaf.term in _NOBODY_BELOW) else None
    value = canonical(measure, leaf.bounds[0].number, leaf.bounds[0].unit or measure.unit) if measure is not None else None
    if value is None:
        return False
    upper = leaf.bounds[0].op in ("<", "≤")
    high, low = _NOBODY_ABOVE.get(leaf.term), _NOBODY_BELOW.get(leaf.term)
    over, under = high is not None and value > Fraction(high), low is not None and value < Fraction(low)
    return (under if upper else over) if kind == "inclusion" else (over if upper else under)


def _parts(check: Check) -> list[Check]:
    """The parts of a check of which each is enough."""
    return [one for part in check.parts for one in _parts(part)] if isinstance(check, Any) else [check]


def _of_everybody(leaf: Measurement, vocabulary: Vocabulary) -> bool:
    """Whether ordinary patients lie beyond a limit, all of them: "uric acid > 0.4 mg/dL", of which another unit was meant."""
    if len(leaf.bounds) != 1 or not leaf.bounds[0].unit or leaf.window is not None or leaf.term in _HEALTHY:
        return False
    (one,) = leaf.bounds
    measure = vocabulary.measure(leaf.term)
    rules = unit_rules(measure.id) if measure is not None else None
    if measure is None or rules is None or rules.ordinary is None or one.number.as_tuple().exponent == -3:  # "CK > 1.000 U/L" may be a thousand
        return False
    value, (low, high) = canonical(measure, one.number, one.unit), rules.ordinary
    return value is not None and (value >= high if one.op in ("<", "≤") else one.op in (">", "≥") and value <= low)


_USUAL_WEIGHT = 22, 30  # kg/m², of which "not above 40" keeps out nearly everybody


def _is_of_many(check: Check) -> bool:
    """Whether a limit of the body mass index keeps out who has a usual one."""
    if not isinstance(check, Measurement) or check.term != "body mass index" or len(check.bounds) != 1:
        return False
    one, (thin, stout) = check.bounds[0], _USUAL_WEIGHT
    return one.number >= stout if one.op in ("<", "≤") else one.number <= thin


def _swallowing(parts: tuple[Check, ...]) -> list[Check]:
    """The limits that hold wherever another limit of the same value beside them does: "≤ 105 or < 50"."""
    limits = [part for part in parts if isinstance(part, Measurement) and len(part.bounds) == 1 and part.window is None]
    return [one for one in limits if any(other != one and other.term == one.term and _is_within(other.bounds[0], one.bounds[0]) for other in limits)]


def _is_within(inner: Bound, outer: Bound) -> bool:
    """Whether all values within one limit are within another, in the same unit."""
    if inner.unit not in (outer.unit, "") and outer.unit != "":
        return False
    upper = [bound.op in ("<", "≤") for bound in (inner, outer)]
    return upper[0] == upper[1] and (inner.number < outer.number if upper[0] else inner.number > outer.number)


def _worded_as_asked(check: Check, text: str, vocabulary: Vocabulary) -> bool:
    match check:
        case Not():
            return _APART.match(text) is not None
        case Age(bounds):
            return _between(bounds)
        case Consent():
            return _WILLING.match(text) is not None and _NOT_WILLING.search(text) is None
        case Measurement(term="body mass index", bounds=bounds) if bounds:
            return _between(bounds)
        case Measurement(term="ECOG performance status", bounds=bounds, words=words):
            return all(bound.op in ("≤", "<") and bound.number <= _WELL for bound in bounds[-1:]) and all(word.isdigit() and int(word) <= _WELL for word in words) and bool(bounds or words)
        case Measurement():
            return _of_the_healthy(check, vocabulary)
        case All(parts):
            return all(isinstance(part, Measurement) and _of_the_healthy(part, vocabulary) for part in parts)
    return False


def _between(bounds: tuple[Bound, ...]) -> bool:
    """Whether a value is asked to lie between two limits."""
    return len(bounds) == 2 and bounds[0].op in ("≥", ">", "≥?") and bounds[1].op in ("≤", "<")


def _of_the_healthy(leaf: Measurement, vocabulary: Vocabulary) -> bool:
    """Whether the values that are kept out are those of nearly all healthy people, so that the limit cannot be meant so."""
    measure = vocabulary.measure(leaf.term) if leaf.term in _HEALTHY and leaf.window is None and leaf.bounds else None
    return measure is not None and all(_is_outside(bound, *_HEALTHY[leaf.term], measure) for bound in leaf.bounds)


# "No dementia or MMSE above 23": what nobody denies of himself.
_WELL_ABOVE = {"eGFR": 90, "creatinine clearance": 90, "MMSE": 27, "MoCA": 26, "CD4 count": 500}
_WELL_BELOW = {"HbA1c": 5.7}
_OR_AGAIN = Caseless(r"\bor\b[^;.]*\b(?:with|if|that|which|whose|controlled|treated|only|mild|minor|cured|stable|resolved|remission|inactive)\b", needs=("or",))  # "no asthma, or asthma that is controlled"


def with_health_asked(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """An inclusion in which a "no" reaches a limit with the healthy on its side: it ends before that, or nobody knows where."""
    denied = read.check.part if isinstance(read.check, Not) else read.check
    named = [leaf.term for leaf in leaves(denied) if isinstance(leaf, Condition)]
    again = len(named) > len(set(named)) and _OR_AGAIN.search(text) is not None
    if not again and not any(isinstance(leaf, Measurement) and _is_health(leaf, vocabulary) for leaf in leaves(denied)):
        return read
    last = denied.parts[-1] if isinstance(denied, All | Any) and not again else None
    if isinstance(denied, All | Any) and isinstance(last, Measurement) and _is_health(last, vocabulary) and all(isinstance(part, DECIDED) for part in denied.parts[:-1]):
        none = Not(any_of(list(denied.parts[:-1])) if isinstance(denied, Any) else all_of(list(denied.parts[:-1])))
        both = All((none, last))
        return Read(Ambiguous((Any((none, last)), both)), read.spans * 2) if isinstance(denied, Any) else Read(Ambiguous((read.check, both)), read.spans * 2)
    return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])


def _is_health(leaf: Measurement, vocabulary: Vocabulary) -> bool:
    """Whether the healthy are on the side that a limit names."""
    measure = vocabulary.measure(leaf.term)
    if measure is None or not leaf.bounds:
        return False
    low, high = _HEALTHY.get(leaf.term, (measure.lln and measure.lln[1], measure.uln and measure.uln[0]))
    low, high = _WELL_ABOVE.get(leaf.term, low), _WELL_BELOW.get(leaf.term, high)
    return all(
        (bound.op in ("≤", "<") and bound.number >= 1 if bound.unit == "× ULN" else bound.op in ("≥", ">") and bound.number <= 1)
        if bound.unit in ("× ULN", "× LLN")
        else _is_outside(bound, low, high, measure)
        for bound in leaf.bounds
    )


def _is_outside(bound: Bound, low: float | Fraction | None, high: float | Fraction | None, measure: Measure) -> bool:
    """Whether a limit has the values of the healthy on the side that it names."""
    value = canonical(measure, bound.number, bound.unit or assumed_unit(measure, bound.number) or measure.unit)
    if value is None:
        return False
    return low is not None and value <= low if bound.op in ("≥", ">", "≥?") else high is not None and bound.op in ("≤", "<") and value >= high
