"""Limits in further forms: in two units, as a disease, by their unit alone, of those above another, in pack-years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    LLN,
    ULN,
    All,
    Ambiguous,
    Bound,
    Condition,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found, bounds_of
from matcher.reading.grammar.meant import in_thousands
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.limits.limited import combine, joints_of, limited
from matcher.reading.limits.naming import FORMULA_OF_BMI
from matcher.reading.limits.organs import told_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Measure, canonical


def all_in_window(tokens: Sequence[Token], context: Context) -> Found:
    """ "ANC > 1500 and platelets > 100,000 (within 3 days before treatment)": the window holds for each value."""
    window = next(token.value for token in tokens if token.tag == "window")
    found: list[Token] = []
    for token in tokens:
        if token.tag == "check":
            leaf = token.value.check
            if not isinstance(leaf, Measurement) or leaf.window is not None:
                return None
            token = replace(token, value=replace(token.value, check=replace(leaf, window=window)))
        found.append(token)
    at = next(i for i, token in enumerate(found) if token.tag == "open")
    return found[:at]


def least_or_most(tokens: Sequence[Token], context: Context) -> Found:
    """ "minimum platelet count of 90": the sign before the name, the number behind it."""
    amount = tokens[-1]
    if not re.match(r"min|max|at least|at most", tokens[0].text, re.IGNORECASE) or str(tokens[0].value) not in ("≥", "≤"):
        return None
    bounds = bounds_of(amount.value, "=") if amount.tag == "number" else amount.value
    if len(bounds) != 1 or bounds[0].op not in ("=", "≥?"):
        return None
    signed = replace(amount, tag="quantity", value=(replace(bounds[0], op=str(tokens[0].value)),))
    return limited([*tokens[1:-1], signed], context)


def defining(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypertension defined as systolic > 160 or diastolic > 90": the limits together are what is meant."""
    reads = [token.value for token in tokens if token.tag == "check"]
    if not all(isinstance(leaf, Measurement) for read in reads for leaf in leaves(read.check)):
        return None
    joints = {token.tag for token in tokens if token.tag in ("or", "and", "comma", "slash")}
    if "or" in joints and "and" in joints:
        return None
    check = combine([read.check for read in reads], joints, context)
    spans = tuple(span for read in reads for span in read.spans)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


def named_before(tokens: Sequence[Token], context: Context) -> Found:
    """ "Weight: must weigh at least 45 kg": the name adds nothing."""
    check = tokens[-1].value.check
    return [tokens[-1]] if isinstance(check, Measurement) and check.term == tokens[0].value else None


def of_those_above(tokens: Sequence[Token], context: Context) -> Found:
    """ "creatinine ≤ 1.5 × ULN or clearance ≥ 60 for those with creatinine above it": the last words follow from the "or"."""
    first = tokens[0].value.check
    last = tokens[-2] if tokens[-1].tag == "close" else tokens[-1]
    if (tokens[-1].tag == "close") != any(token.tag == "open" for token in tokens) or not isinstance(first, Measurement) or len(first.bounds) != 1:
        return None
    if last.tag == "check":
        again = last.value.check
        term, bounds = (again.term, again.bounds) if isinstance(again, Measurement) else ("", ())
    else:
        term, bounds = str(next(token.value for token in reversed(tokens) if token.tag == "measure")), last.value
    if term != first.term or len(bounds) != 1 or bounds[0].op not in (">", "≥") or first.bounds[0].op not in ("<", "≤"):
        return None
    same = bounds[0].unit == first.bounds[0].unit and bounds[0].number == first.bounds[0].number
    return list(tokens[:3]) if same else None


def in_another_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "calcium ≤ 11.5 mg/dL or 2.9 mmol/L": one limit, written in two units."""
    member = tokens[0]
    first = next(token for token in tokens if token.tag == "quantity")
    second = next(token for token in reversed(tokens) if token.tag in ("quantity", "number"))
    measure = context.vocabulary.measure(str(member.value))
    again = bounds_of(second.value, "=") if second.tag == "number" else second.value
    if second.tag == "quantity" and (tokens[-1].tag != "close" or [bound.op for bound in again] != [bound.op for bound in first.value]):
        return None
    if measure is None or len(first.value) != 1 or len(again) != 1 or not again[0].unit or again[0].unit == first.value[0].unit:
        return None
    closing = list(tokens[-1:]) if tokens[-1].tag == "close" and not any(one.tag == "open" for one in tokens) else []
    tokens = tokens[: len(tokens) - len(closing)]
    if sum(one.tag == "open" for one in tokens) != sum(one.tag == "close" for one in tokens):
        return None
    values = [canonical(measure, bound.number, bound.unit) for bound in (first.value[0], again[0])]
    if values[0] is None or values[1] is None or abs(values[0] - values[1]) * 20 > abs(values[0]):
        return None
    at = tokens.index(first)
    return [*tokens[:at], replace(first, end=tokens[-1].end, text=context.text[first.start : tokens[-1].end]), *closing]


# Diseases that are no more than a value out of range, or than one of several.
VALUES = {
    "fever": "body temperature", "hyperkalemia": "potassium", "hypokalemia": "potassium", "hyponatremia": "sodium", "hypernatremia": "sodium",
    "hypercalcemia": "calcium", "hypocalcemia": "calcium", "hypoalbuminemia": "albumin", "thrombocytopenia": "platelets", "neutropenia": "neutrophils",
    "leukopenia": "white blood cells", "lymphopenia": "lymphocytes", "anemia": "hemoglobin|hematocrit", "bradycardia": "heart rate", "tachycardia": "heart rate",
    "hypertriglyceridemia": "triglycerides", "hyperbilirubinemia": "total bilirubin", "eosinophilia": "eosinophils", "hyperuricemia": "uric acid",
    "hypomagnesemia": "magnesium", "hypophosphatemia": "phosphate", "hypothermia": "body temperature", "obesity": "body mass index", "thrombocytosis": "platelets",
    "leukocytosis": "white blood cells", "hyperferritinemia": "ferritin", "hyperglycemia": "plasma glucose", "hypoglycemia": "plasma glucose",
    "hypercholesterolemia": "total cholesterol|LDL cholesterol", "oliguria": "urine output", "morbid obesity": "body mass index", "overweight": "body mass index", "coagulation disorder": "INR|prothrombin time|activated partial thromboplastin time|prothrombin activity|platelets",
    "hypoxemia": "oxygen saturation|arterial oxygen pressure|PaO2/FiO2 ratio", "hypercapnia": "arterial carbon dioxide pressure", "polyhydramnios": "amniotic fluid index", "oligohydramnios": "amniotic fluid index", "vitamin D deficiency": "25-hydroxyvitamin D",
    "hypotension": "systolic blood pressure|diastolic blood pressure|mean arterial pressure", "prematurity": "gestational age", "preterm birth": "gestational age", "low birth weight": "birth weight", "polycythemia": "hemoglobin|hematocrit",
    "sinus tachycardia": "heart rate", "tachypnea": "respiratory rate", "iron deficiency": "ferritin|transferrin saturation", "hyperlipidemia": "total cholesterol|LDL cholesterol|triglycerides", "jaundice": "total bilirubin", "electrolyte imbalance": "potassium|sodium|calcium|magnesium|phosphate",
    "QT prolongation": "QTc|QTcF|QTcB", "lymphocytosis": "lymphocytes", "neutrophilia": "neutrophils", "monocytosis": "monocytes", "hyperphosphatemia": "phosphate", "hypermagnesemia": "magnesium", "fibrinogen deficiency": "fibrinogen",
    "eosinophilic disorder": "eosinophils", "azotemia": "blood urea nitrogen", "microalbuminuria": "urine albumin-to-creatinine ratio|24-hour urine albumin", "albuminuria": "urine albumin-to-creatinine ratio|24-hour urine albumin", "hypoproteinemia": "total protein", "hyperhomocysteinemia": "homocysteine", "hypogammaglobulinemia": "IgG", "hyperinsulinemia": "insulin", "hyperlactatemia": "lactate", "hypochloremia": "chloride",
    "hyperprolactinemia": "prolactin", "hyperammonemia": "ammonia", "underweight": "body mass index", "first-degree AV block": "PR interval",
    "left ventricular dysfunction": "left ventricular ejection fraction", "left ventricular systolic dysfunction": "left ventricular ejection fraction",
}  # fmt: skip


def value_of_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypoalbuminemia < 3 g/dL" is albumin below it; in brackets the value says what is meant by the disease."""
    name = VALUES.get(str(tokens[0].value), "").split("|")[0]
    if name == "QTc":
        name = _corrected(tokens[0].text)
    measure = context.vocabulary.measure(name) if name else None
    bounds: tuple[Bound, ...] = in_thousands(name, tokens[-1].value, context)
    if measure is None or not all(bound.unit in (ULN, LLN) or (bound.unit and canonical(measure, bound.number, bound.unit) is not None) for bound in bounds):
        return None
    if measure.label in _INTERVALS and not _whole_interval(measure, bounds):
        return None
    if any(token.tag in ("open", "defined") for token in tokens):
        named = Token("measure", tokens[-1].start, tokens[-1].start, "", measure.label)
        return [*tokens[:-1], named, replace(tokens[-1], value=bounds)]
    return [replace(tokens[0], tag="measure", value=measure.label), *tokens[1:-1], replace(tokens[-1], value=bounds)]


def _corrected(said: str) -> str:
    """The QT interval that a name of its prolongation speaks of; nothing where it may be another."""
    small = said.casefold()
    if "qtcf" in small or "qtcb" in small:
        return "QTcF" if "qtcf" in small else "QTcB"
    return "QTc" if "qtc" in small or "corrected" in small else ""


_INTERVALS = ("QTc", "QTcF", "QTcB")
_SHORTEST = 300  # ms: below it the number is a difference, "prolonged by more than 60 ms"


def _whole_interval(measure: Measure, bounds: Sequence[Bound]) -> bool:
    return all((known := canonical(measure, bound.number, bound.unit)) is not None and known >= _SHORTEST for bound in bounds)


def prolonged(tokens: Sequence[Token], context: Context) -> Found:
    """ "prolonged QTcF > 480 ms", "QTcF prolongation (> 480 ms)": the limit says how long is too long."""
    named = next(token for token in tokens if token.tag == "measure")
    measure = context.vocabulary.measure(str(named.value))
    said = " ".join(token.text.casefold() for token in tokens if token.tag in ("degree", "w"))
    if measure is None or measure.label not in _INTERVALS or said not in ("prolonged", "prolongation") or not _whole_interval(measure, tokens[-1].value):
        return None
    return [named, *(token for token in tokens[tokens.index(named) + 1 :] if token.tag not in ("degree", "w"))]


def pack_years(tokens: Sequence[Token], context: Context) -> Found:
    """ "a smoking history of at least 10 pack-years": the unit names the measure."""
    bounds: tuple[Bound, ...] = tokens[-1].value
    said = all(re.fullmatch(r"smok\w*(?: history)?|tobacco|cigarettes?|total|cumulative", token.text, re.IGNORECASE) for token in tokens[:-1] if token.tag == "w")
    return check_token(Measurement("pack-years", bounds), tokens, context) if said and all(bound.unit == "pack-years" for bound in bounds) else None


def points_on_scale(tokens: Sequence[Token], context: Context) -> Found:
    """ "> 22 points on the Beck Depression Inventory"."""
    measure = context.vocabulary.measure(str(next(token.value for token in tokens if token.tag == "measure")))
    return limited(tokens, context) if measure is not None and measure.kind == "score" else None


def result_and_limit(tokens: Sequence[Token], context: Context) -> Found:
    """ "HBsAg positive and < 1500 IU/mL": the result and a limit, of one measure."""
    leaf, bounds = tokens[0].value.check, tokens[-1].value
    measure = context.vocabulary.measure(leaf.term) if isinstance(leaf, Measurement) and leaf.words == ("positive",) else None
    if measure is None or not measure.unit or not all(bound.unit and canonical(measure, bound.number, bound.unit) is not None for bound in bounds):
        return None
    limit = replace(leaf, words=(), bounds=bounds)
    return check_token(All((leaf, limit)), tokens, context, (*tokens[0].value.spans, (tokens[-1].start, tokens[-1].end)))


# How a value is found, by the procedure it is read from: words that change nothing.
_READ_FROM = {
    "echocardiography": "heart", "transthoracic echocardiography": "heart", "transesophageal echocardiography": "heart", "MUGA scan": "heart", "cardiac MRI": "heart", "radionuclide ventriculography": "heart",
    "electrocardiogram": "rhythm", "Holter monitoring": "rhythm", "transient elastography": "liver", "DXA scan": "bone", "bone densitometry": "bone", "optical coherence tomography": "eye",
    "spirometry": "lung", "pulmonary function test": "lung", "polysomnography": "sleep", "sleep study": "sleep",
}  # fmt: skip
_OF_ORGAN = {
    "left ventricular ejection fraction": "heart", "shortening fraction": "heart", "right ventricular systolic pressure": "heart", "left ventricular wall thickness": "heart", "interventricular septum thickness": "heart",
    "QTc": "rhythm", "QTcF": "rhythm", "QTcB": "rhythm", "PR interval": "rhythm", "QRS duration": "rhythm", "heart rate": "rhythm", "QT interval": "rhythm",
    "liver stiffness": "liver", "controlled attenuation parameter": "liver", "bone mineral density T-score": "bone", "central retinal thickness": "eye",
    "FEV1 % predicted": "lung", "FEV1/FVC ratio": "lung", "FVC % predicted": "lung", "FEV1 in liters": "lung", "apnea-hypopnea index": "sleep", "respiratory disturbance index": "sleep",
}  # fmt: skip
_HOW = Caseless(r"(?:12|lead|resting|baseline|screening|single|triplicate|a|an|the|transthoracic|2d|two|dimensional|standard|local|central|at|of|rest|recent|most|doppler|2-d|12-lead|gated|scan|by|in|on|or|and|either|nuclear|entry|study)")


def read_from(tokens: Sequence[Token], context: Context) -> Found:
    """ "LVEF ≥ 50% on echocardiogram or MUGA": the limit alone, where a value of that organ is always found so."""
    limit, tail = tokens[0], tokens[1:]
    organs = {_OF_ORGAN.get(leaf.term, "") for leaf in leaves(limit.value.check) if isinstance(leaf, Measurement)}
    found = [leaf for token in tail if token.tag == "check" for leaf in leaves(token.value.check)]
    named = [leaf.term if isinstance(leaf, Procedure) and leaf == Procedure(leaf.term) else "" for leaf in found]
    named += [known.label for token in tail if token.tag == "method" and (known := context.vocabulary.procedure(token.text)) is not None]
    if not _only_limited(limit) or len(organs) != 1 or "" in organs or not named or not {_READ_FROM.get(name, "?") for name in named} <= organs:
        return None
    return [replace(limit, end=tokens[-1].end, text=context.words(tokens))] if all(_HOW.fullmatch(token.text) for token in tail if token.tag in ("w", "event", "degree", "number", "current", "weak")) else None


def _only_limited(token: Token) -> bool:
    """Whether a check is nothing but limits."""
    return all(isinstance(leaf, Measurement) for leaf in leaves(token.value.check))


def unhelped(tokens: Sequence[Token], context: Context) -> Found:
    """ "platelets ≥ 100 without transfusion": what may not have helped the value is no fact of its own."""
    limit, help_, *rest = tokens
    if any(token.tag == "check" and any(isinstance(leaf, Measurement) for leaf in leaves(token.value.check)) for token in rest):
        return None
    if not _only_limited(limit) or not isinstance(help_.value.check, Not) or help_.text[:7].casefold() != "without":
        return None
    if not rest and not context.exclusion and _help_in_time(help_):
        return [limit, Token("and", help_.start, help_.start, ""), help_]
    at = help_.start + 7
    return [limit, Token("not", help_.start, at, context.text[help_.start : at]), Token("w", at + 1, help_.end, context.text[at + 1 : help_.end]), *rest]


def unhelped_in_brackets(tokens: Sequence[Token], context: Context) -> Found:
    """ "hemoglobin ≥ 9 g/dL (no transfusion within 7 days)": the value, and that nothing helped it."""
    limit, _, help_, _ = tokens
    if context.exclusion or not _only_limited(limit) or not _help_in_time(help_):
        return None
    return check_token(All((limit.value.check, help_.value.check)), tokens, context, (*limit.value.spans, *help_.value.spans))


def _help_in_time(token: Token) -> bool:
    """Whether a check is that no transfusion or treatment was given within a time."""
    check = token.value.check
    parts = list(leaves(check.part)) if isinstance(check, Not) else []
    return bool(parts) and all(isinstance(part, Procedure | Medication) and part.window is not None and _HELP.search(part.term) for part in parts)


_HELP = Caseless(r"transfusion|growth factor|colony-stimulating|epoetin|erythropoie\w+|thrombopoietin\w*|filgrastim|romiplostim|eltrombopag")


# Words for how bad a disease is, which a value in brackets defines; others (symptomatic, newly diagnosed, untreated) say something of their own.
_BY_VALUE = Caseless(
    r"(?:(?:very|extremely|clinically|moderately|severely)\s+)*(?:severe|serious|moderate|mild|marked|profound|significant|(?:poorly|inadequately|insufficiently|sub-?optimally|well|adequately|badly) controlled|"
    r"(?:un)?controlled|moderate (?:to|or) severe|mild (?:to|or) moderate|elevated|abnormal|high|low|decreased|impaired|clinically relevant|inadequate|advanced|morbid|extreme|gross|major|uncompensated|decompensated|unstable)"
)


def told_by_value(disease: Condition) -> bool:
    """Whether all that is said of a disease is how bad it is, which a value behind it defines."""
    return all(_BY_VALUE.fullmatch(state) for state in disease.states)


def meant_by_value(tokens: Sequence[Token], context: Context) -> Found:
    """ "anemia (hemoglobin < 9)", "oliguria, defined as urine output < 400": a finding that is no more than its value."""
    head, *reads = (token.value for token in tokens if token.tag == "check")
    disease, parts = head.check, [read.check for read in reads]
    meant = combine(parts, joints_of(tokens), context)
    bare = isinstance(disease, Condition) and disease == Condition(disease.term, states=disease.states) and told_by_value(disease)
    measured = VALUES.get(disease.term, "").split("|") if bare else []
    limits = list(leaves(meant))
    if isinstance(meant, Ambiguous) or any(isinstance(part, Ambiguous) for part in parts) or not all(isinstance(leaf, Measurement) and leaf.bounds and leaf.term in measured for leaf in limits):
        return None
    return check_token(meant, tokens, context, tuple(span for read in reads for span in read.spans))


_TAKEN_BACK = Caseless(r"\b(?:no|not|without|except|unless|prior|previous\w*|past|history|recent\w*|change\w*|increase\w*|decrease\w*|drop|response|responders?|progression|progressive|remission|relapse\w*|recurrence|prevent\w*|family)\b")


def defined_by_limits(tokens: Sequence[Token], context: Context) -> Found:
    """ "severely elevated serum BNP, defined as BNP > 300": what is defined by a limit is the limit."""
    limit = tokens[-1]
    at = next(i for i, token in enumerate(tokens) if token.tag == "defined")
    found = list(leaves(limit.value.check))
    if not all(isinstance(leaf, Measurement) and leaf.bounds for leaf in found) or isinstance(limit.value.check, Ambiguous) or _TAKEN_BACK.search(context.words(tokens[:at])):
        return None
    if "defin" not in tokens[at].text.casefold() or not any(token.tag in ("w", "degree", "measure", "organ", "bp") for token in tokens[:at]):
        return None
    return check_token(limit.value.check, tokens, context, limit.value.spans)


_DONE = Caseless(r"(?:performed|assessed|evaluated|obtained|measured|determined|documented|done|calculated|taken|collected|drawn|tested|recorded|as)(?: (?:at|on|by|and|performed|assessed|documented))*")


def measured_within(tokens: Sequence[Token], context: Context) -> Found:
    """ "ECOG 0 or 1 performed within 7 days": when the value is to be from."""
    leaf, window = tokens[0].value.check, tokens[-1].value
    words = [token for token in tokens[1:-1] if token.tag not in ("comma", "open")]
    if not isinstance(leaf, Measurement) or leaf.window is not None or not words or not all(_DONE.fullmatch(token.text) for token in words):
        return None
    return check_token(replace(leaf, window=window), tokens, context, tokens[0].value.spans)


def made_of_height(tokens: Sequence[Token], context: Context) -> Found:
    """ "BMI 18 to 30 kg/m², calculated as weight in kg/height in m²": how a body mass index is made adds nothing."""
    leaf = tokens[0].value.check
    if not isinstance(leaf, Measurement) or leaf.term != "body mass index" or not FORMULA_OF_BMI.fullmatch(context.words(tokens[1:])):
        return None
    return [tokens[0]]


_CONTROL = Caseless(
    r"(?:very |currently )?(?:(?:poor|inadequate|insufficient|suboptimal|unstable|uncontrolled|bad|unsatisfactory|lack of|loss of|deficient)(?:ly)? )*"
    r"(?:(?:diabetes|diabetic|glyc[a]?emic|metabolic|blood (?:glucose|sugar|pressure)|glucose|lipid|bp) control(?: unstable)?|(?:un)?controlled glyc[a]?emia)",
)


def controlled(tokens: Sequence[Token], context: Context) -> Found:
    """ "poor glycemic control (HbA1c > 10 %)": how well something is controlled is the value."""
    at = next(i for i, token in enumerate(tokens) if token.tag in ("open", "defined"))
    limit = next(token for token in tokens if token.tag == "check")
    if not _only_limited(limit) or isinstance(limit.value.check, Ambiguous) or not _CONTROL.fullmatch(" ".join(context.words(tokens[:at]).split())):
        return None
    window = next((token.value for token in tokens if token.tag == "window"), None)
    if window is None:
        return check_token(limit.value.check, tokens, context, limit.value.spans)
    if not isinstance(limit.value.check, Measurement) or limit.value.check.window is not None:
        return None
    return check_token(replace(limit.value.check, window=window), tokens, context, limit.value.spans)


_FUNCTION = Caseless(r".*\b(?:functions?|parameters?|reserves?|values?|status|counts?|indices|indexes|tests?|results?|levels?)$")


def adequate(tokens: Sequence[Token], context: Context) -> Found:
    """ "adequate hematological parameters (WBC ≥ 3; platelets ≥ 100)": the limits are what is asked."""
    opened = next(i for i, token in enumerate(tokens) if token.tag in ("open", "colon"))
    reads = [token.value for token in tokens if token.tag == "check"]
    limits = [leaf for read in reads for leaf in leaves(read.check) if isinstance(leaf, Measurement)]
    if context.exclusion or not limits or not all(isinstance(leaf, Measurement | Sex) for read in reads for leaf in leaves(read.check)):
        return None
    joints = {token.tag for token in tokens[opened:] if token.tag in ("or", "and", "comma", "slash", "semicolon")}
    said = context.words(tokens[:opened])
    if not _FUNCTION.fullmatch(said) or not told_of(said, limits) or (joints & {"or", "slash"} and len(joints) > 1):
        return None
    check = combine([read.check for read in reads], joints, context)
    spans = tuple(span for read in reads for span in read.spans)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


JOINED_LIMITS = (
    Rule("measured within", "check comma? (w|method|weak|confirmed|event)+ window (?=stop|semicolon|$)", measured_within, "window"),
    Rule("meant by a value", "check (open (defined|ie|of|by)* comma? check ((comma|or|and|slash)+ check)* close|comma? defined (of|by|subject|as)* check) (?=stop|semicolon|comma|or|and|close|window|w method|$)", meant_by_value, "open defined"),
    Rule("defined by limits", "^ (w|degree|event|level|measure|of|current|weak|confirmed|comma|organ|bp|control|result|or|with)+ defined (of|by|as)* check (?=stop|semicolon|$)", defined_by_limits, "defined"),
    Rule("controlled", "(degree|w|bp|measure|result|cond)+ control? degree? (open|defined (of|by|as)*) check close? window?", controlled, "open defined"),
    Rule("body mass index by its formula", "check (measure|w|slash|semicolon|colon|comma|open|close|number|time|by|in|of|method|and|to|degree|as|check|cmp|with|quantity)+ (?=stop|$)", made_of_height, "check", ("weight",)),
    Rule("result and limit", "check (and|with|comma|but) quantity (?=stop|semicolon|comma|close|$)", result_and_limit, "quantity", ("positive",)),
    Rule("adequate", "(effective|result) (w|degree|organ|event|level|proc){1,4} (open|colon) check ((comma|semicolon|and|or|slash)+ check)* close? (?=stop|semicolon|$)", adequate, "effective result"),
    Rule("unhelped in brackets", "check open check close", unhelped_in_brackets, "open", ("transfus", "growth factor", "csf", "epo", "erythropo")),
    Rule("unhelped", "check check ((or|and|comma|slash)+ (w|degree|event|use|level|window|check)+)* (?=stop|semicolon|$)", unhelped, "check"),
    Rule("limits that define", "(?<=defined) check ((or|comma|and|slash)+ check)+ (?=stop|semicolon|close|$)", defining, "defined"),
    Rule("limits behind with", "(?<=check with) check ((or|and|slash|comma)+ check)+ (?=stop|semicolon|close|$)", defining, "with"),
    Rule("read from", "check ((on|by|in|method|at)+ ((w|event|degree|number|current|weak)* check)?|check) ((or|and|slash|comma)+ (w)? (check|method))* (?=stop|semicolon|close|comma|or|and|$)", read_from, "on by in method at"),
)
