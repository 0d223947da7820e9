"""Rules for laboratory values, vital signs, biomarkers and scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import LLN, ULN, Bound, Measurement
from matcher.reading.amounts import Found, bounds_of
from matcher.reading.caseless import Caseless
from matcher.reading.limited import (
    alternatives,
    combine,
    estimated,
    joints_of,
    limited,
    multiple,
    plain_number,
    raised,
    repeated,
    resulted,
    sided,
    within_limit,
)
from matcher.reading.rules import Context, Rule, check_token
from matcher.reading.scores import (
    abbreviated,
    crosses,
    grade_of_score,
    graded,
    limited_disease,
    numeral_range,
    one_of,
    ordered_words,
    performance_status,
    restated_class,
    staged_disease,
    staged_score,
    sum_of_two,
)
from matcher.reading.subgroups import lifted, other_limit
from matcher.reading.tokens import Token
from matcher.reading.vitals import (
    blood_pressure,
    by_sex,
    disease_by_pressures,
    in_between,
    marked,
    marked_disease,
    pressure_of_disease,
    pressures_first,
    sided_pressures,
    two_pressures,
)
from matcher.vocabulary import canonical, normal
from matcher.vocabulary.measures import load_measures, recorded_aliases

__all__ = ["ALIASES", "MEASURES", "combine", "joints_of"]

_ONE = "(level of?)? (measure|panel) (level|score|of)*"
_LIST = f"{_ONE} ((comma|or|and|slash)+ (level|of)* {_ONE})*"


def _alias(tokens: Sequence[Token], context: Context) -> Found:
    """A term and its abbreviation in brackets: "alanine aminotransferase (ALT)"."""
    term, inner = tokens[0], tokens[2]
    if inner.tag == term.tag and inner.value != term.value:
        return [replace(inner, start=term.start, end=tokens[-1].end)] if (term.value, inner.value) in (("QTc", "QTcF"), ("QTc", "QTcB")) else None
    if inner.value != term.value and not _abbreviation(inner.text):
        return None
    return [replace(term, end=tokens[-1].end, text=context.text[term.start : tokens[-1].end])]


def _abbreviation(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(text) <= 10 and sum(c.isupper() for c in letters) * 2 >= len(letters) > 0


def _day_long(tokens: Sequence[Token], context: Context) -> Found:
    """ "24-hour urinary protein": the hours belong to the name."""
    number, member = tokens[0].value, tokens[-1]
    measure = context.vocabulary.measure(str(member.value))
    if number.low != 24 or measure is None or not measure.unit.endswith("/24h"):
        return None
    return [replace(member, start=tokens[0].start, text=context.text[tokens[0].start : member.end])]


def _as_measure(tokens: Sequence[Token], context: Context) -> Found:
    """A word that is a disease and a measure too ("proteinuria") is the measure where a limit follows."""
    measure = context.vocabulary.measure(tokens[0].text)
    return [replace(tokens[0], tag="measure", value=measure.label)] if measure else None


def _of_two_names(tokens: Sequence[Token], context: Context) -> Found:
    """ "FEV1/FVC", "PaO2/FiO2 ratio": one measure, where the vocabulary knows it by the whole."""
    for last in range(len(tokens), 2, -1):
        words = context.words(tokens[:last])
        measure = context.vocabulary.measure(words) or context.vocabulary.measure(words.replace(" ", ""))
        if measure is not None:
            return [replace(tokens[0], tag="measure", end=tokens[last - 1].end, text=words, value=measure.label), *tokens[last:]]
    return None


def _by_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "HR > 100 bpm": a short name of reports is the measure where the unit is one of its own."""
    name = tokens[0].text
    measure_id = recorded_aliases().get(normal(name))
    measure = next((one for one in load_measures() if one.id == measure_id), None)
    bounds: list[Bound] = [bound for token in tokens if token.tag == "quantity" for bound in token.value]
    if measure is None or not any(bound.unit for bound in bounds) or not any(letter.isupper() for letter in name):
        return None
    fits = all(bound.unit in ("", ULN, LLN) or (canonical(measure, bound.number, bound.unit) is not None) for bound in bounds)
    return [replace(tokens[0], tag="measure", value=measure.label), *tokens[1:]] if fits else None


# Words in brackets behind a measure that say how it is counted, and change nothing.
_ASIDE = frozenset(("accordingly", "according", "ifcc", "dcct", "ngsp", "as", "weight", "height", "kg", "m", "m2", "calculated", "defined", "version", "questionnaire", "scale", "total", "ratio"))


def _aside(tokens: Sequence[Token], context: Context) -> Found:
    """ "HbA1c (according to IFCC) 47…", "MMSE [18] score": the measure alone."""
    inner = tokens[2:-1]
    said = all(token.text.casefold() in _ASIDE for token in inner if token.tag == "w")
    bare = all(not token.value.unit and token.value.high is None for token in inner if token.tag == "number")
    return [tokens[0]] if said and bare else None


def _gestation(tokens: Sequence[Token], context: Context) -> Found:
    """ "less than 37 weeks of gestation"."""
    if str(tokens[-1].value) != "gestational age":
        return None
    found = estimated([tokens[-1], tokens[0]], context)
    return check_token(found[0].value.check, tokens, context) if found else None


# Words that no name of a measured thing begins or ends with, and words that make a sentence of it.
_NO_NAME = Caseless(
    r"\b(?:patients?|subjects?|participants?|who|that|which|with|without|is|are|was|were|be|been|has|have|had|must|should|will|can|may|not|no|than|if|when|while|after|before|during|"
    r"within|since|until|from|to|for|by|at|on|per|least|most|more|less|received?|receiving|taking|taken|treated|treatment|therapy|use|used|using|drug|drugs|dose|doses|agents?|medications?|"
    r"expected|planned|history|prior|previous|other|another|any|all|either|each|some|one|two|three|four|such|following|need\w*|requir\w*|consum\w*|drink\w*|smok\w*|undergo\w*|measur\w*|"
    r"willing\w*|able|agree\w*|failed|failure|loss|change\w*|increase\w*|decrease\w*|reduc\w*|gain|difference|improve\w*|worsen\w*|units?|"
    r"live\w*|liv\w+|complet\w*|weeks?|days?|months?|years?|hours?|age|aged|ages|sessions?|cycles?|visits?|regimens?|lines?|courses?|exceed\w*|greater|presence|evidence|diagnos\w*|having|see|item|version|lasting|max|maximum|minimum|min|resulting|leading|\w{3,}ly)\b",
)
_OF_OTHERS = Caseless(r"famil|partner|donor|mother|father|matern|patern|sibling|target|goal")
_NO_NAME_ALONE = Caseless(r"(?:scores?|levels?|values?|counts?|diameters?|sizes?|clearance|average|mean|ratio|thickness|volume|length|width|number|pain|scale|index|rate|test|total)(?:\s+(?:scores?|levels?|values?|of))*")
_SIZED = Caseless(r"(?:size|diameter|thickness|volume|length|width|height|area|number|rate|index|ratio|density|depth|duration|score|velocity|gradient|pressure)s?$")
_WORD_OF_NAME = re.compile(r"[A-Za-z][\w'’/%-]*")


def _unknown(tokens: Sequence[Token], context: Context) -> Found:
    """ "Axial length ≥ 26 mm": a measure that the vocabulary does not know, by the name the text gives it."""
    amount = tokens[-1]
    named = [token for token in tokens[:-1] if token.tag not in ("of", "be", "ranging", "colon")]
    name = re.sub(r"\s+(?:of|is)$", "", context.words(tokens[: tokens.index(named[-1]) + 1])) if named else ""
    words = [token.text for token in named if token.tag not in ("level", "score")]
    if not 3 <= len(name) <= 60 or not words or not all(_WORD_OF_NAME.fullmatch(part) for word in words for part in word.split()) or _NO_NAME.search(" ".join(words)):
        return None
    if len(words[-1].split()[-1]) == 1 or _NO_NAME_ALONE.fullmatch(name) or (any(token.tag == "cond" for token in named) and not _SIZED.search(name)) or _OF_OTHERS.search(name):
        return None
    between = context.text[named[-1].end : amount.start]
    if re.search(r"[A-Za-z]{3,}", re.sub(r"\b(?:of|is|are|be|must|should|the|value|score|level|to)\b", "", between)) or any(bound.op == "≥?" and not bound.unit for bound in amount.value):
        return None
    return check_token(Measurement(" ".join(name.split()), amount.value), tokens, context)


_CLOTTING = ("INR", "activated partial thromboplastin time", "partial thromboplastin time")


def _clotting_time(tokens: Sequence[Token], context: Context) -> Found:
    """ "PT/PTT", "INR or PT": letters of many meanings are the prothrombin time beside another clotting value."""
    word = next(token for token in tokens if token.tag == "w")
    others = [str(token.value) for token in tokens if token.tag == "measure"]
    if word.text != "PT" or any(name not in _CLOTTING for name in others):
        return None
    return [replace(token, tag="measure", value="prothrombin time") if token is word else token for token in tokens]


def by_formula(tokens: Sequence[Token], context: Context) -> Found:
    """ "eGFR ≥ 60 by MDRD": a formula that makes a measure of its own is part of its name; several leave it open."""
    at = next((place for place, token in enumerate(tokens) if token.tag == "method"), None)
    if at is None:
        return None
    said = " ".join(normal(context.text[tokens[at].start : tokens[-1].end])).replace("modification of diet in renal disease", "mdrd")
    named = [formula for formula, words in _FORMULAS.items() if words in said]
    measure = context.vocabulary.measure(f"{tokens[0].value} by {named[0]}") if len(named) == 1 else None
    if measure is None or measure.label == tokens[0].value:
        return None
    kept = [token for token in tokens[1:] if token.tag in ("level", "be", "colon", "quantity") and token.start < tokens[at].start]
    return [replace(tokens[0], value=measure.label), *kept]


_FORMULAS = {"MDRD": "mdrd", "CKD-EPI": "ckd epi", "Cockcroft-Gault": "cockcroft", "Fridericia": "fridericia", "Bazett": "bazett"}


ALIASES = (
    Rule("formula in brackets", "measure open (by|w|of)* method+ (w|method|dash)* close", by_formula, "method"),
    Rule("clotting time", "(w ((slash|or|and|comma)+ measure)+|measure (slash|or|and|comma)+ w)", _clotting_time, "measure"),
    Rule("one name of two", "(measure|w|cond) slash (measure|w|number) (number|w|level)? (w|level)?", _of_two_names, "slash"),
    Rule("measured over a day", "time measure", _day_long, "measure"),
    Rule("abbreviation", "(measure|cond|drug|proc) open (measure|cond|drug|proc|w|number) close", _alias, "open"),
    Rule("pressure and its letters", "bp open bp close", lambda t, c: [t[0]], "bp"),
    Rule("said in brackets", "measure open (method|by|of|to|number|w|slash)+ close (?=(of|be|level|score|colon|between|method)*(quantity|number|range|cmp|result))", _aside, "open"),
    Rule("repeated", "measure dash? measure", lambda t, c: [replace(t[0], end=t[-1].end, text=c.text[t[0].start : t[-1].end])] if t[0].value == t[-1].value else None, "measure"),
    Rule("performance status named", "(ps (colon|comma|open|by|on|in|dash)* (?=measure)|(?<=measure) ps)", lambda t, c: [x for x in t if x.tag == "open"], "ps"),
    Rule("grade in a limit", "measure (of|be|level|score)* cmp stage (?=number)", lambda t, c: list(t[:-1]), "stage"),
    Rule("grade of a score", "measure (of|be|level|score)* stage (?=cmp|number|range|between)", grade_of_score, "stage"),
    Rule("abbreviated score", "w (?=(open|of|be|level|score|stage)*(stages|stage|range|number|route|w))", abbreviated, "w"),
    Rule("range of numerals", "(?<=measure) (w|route) (w|route)", numeral_range, "measure"),
)
_AFTER = "(of|be|colon|comma|level|score|from|between|within|ranging|event|dash)*"
_DONE = "(w? window comma?)?"
_SEXED = "(sex|quantity|number|for|in|if|of|comma|open|close|and|or|slash|semicolon|colon|be|with|dash|level)+"
_FACT = "(w|cond|of|in|for|with|weak|history|current|restrict|to|degree|on|if|subject|confirmed|have|be|by|event|or|drug|proc|method|potential|state|at|from|must|only-suspected|treated|number)+"
_NEUTRAL = re.compile(r"mean|average|latest|last|current|most recent|recent|documented|screening|baseline|entry|enrollment|admission|initial|known|measured|observed|resting|sitting|seated|supine|single|historical|preoperative|pre-?operative|pre-?treatment", re.IGNORECASE)


def _all_in_window(tokens: Sequence[Token], context: Context) -> Found:
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


def _by_its_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "27 to 45 kg/m²" alone: only one measure is counted so."""
    bounds: tuple[Bound, ...] = tokens[0].value
    if any(bound.unit != "kg/m²" for bound in bounds):
        return None
    return [*check_token(Measurement("body mass index", bounds), tokens[:1], context), *tokens[1:]]


def _named_before(tokens: Sequence[Token], context: Context) -> Found:
    """ "Weight: must weigh at least 45 kg": the name adds nothing."""
    check = tokens[-1].value.check
    return [tokens[-1]] if isinstance(check, Measurement) and check.term == tokens[0].value else None


def _of_those_above(tokens: Sequence[Token], context: Context) -> Found:
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


def _in_another_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "calcium ≤ 11.5 mg/dL or 2.9 mmol/L": one limit, written in two units."""
    member = tokens[0]
    first, second = (next(token for token in tokens if token.tag == tag) for tag in ("quantity", "number"))
    measure = context.vocabulary.measure(str(member.value))
    again = bounds_of(second.value, "=")
    if measure is None or len(first.value) != 1 or len(again) != 1 or not again[0].unit or again[0].unit == first.value[0].unit:
        return None
    if sum(one.tag == "open" for one in tokens) != sum(one.tag == "close" for one in tokens):
        return None
    values = [canonical(measure, bound.number, bound.unit) for bound in (first.value[0], again[0])]
    if values[0] is None or values[1] is None or abs(values[0] - values[1]) * 20 > abs(values[0]):
        return None
    at = tokens.index(first)
    return [*tokens[:at], replace(first, end=tokens[-1].end, text=context.text[first.start : tokens[-1].end])]


# Diseases that are no more than a value out of range, or than one of several.
VALUES = {
    "fever": "body temperature", "hyperkalemia": "potassium", "hypokalemia": "potassium", "hyponatremia": "sodium", "hypernatremia": "sodium",
    "hypercalcemia": "calcium", "hypocalcemia": "calcium", "hypoalbuminemia": "albumin", "thrombocytopenia": "platelets", "neutropenia": "neutrophils",
    "leukopenia": "white blood cells", "lymphopenia": "lymphocytes", "anemia": "hemoglobin", "bradycardia": "heart rate", "tachycardia": "heart rate",
    "hypertriglyceridemia": "triglycerides", "hyperbilirubinemia": "total bilirubin", "eosinophilia": "eosinophils", "hyperuricemia": "uric acid",
    "hypomagnesemia": "magnesium", "hypophosphatemia": "phosphate", "hypothermia": "body temperature", "obesity": "body mass index", "thrombocytosis": "platelets",
    "leukocytosis": "white blood cells", "hyperferritinemia": "ferritin", "hyperglycemia": "plasma glucose", "hypoglycemia": "plasma glucose",
    "hypercholesterolemia": "total cholesterol", "jaundice": "total bilirubin", "electrolyte imbalance": "potassium|sodium|calcium|magnesium|phosphate",
}  # fmt: skip


def _value_of_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypoalbuminemia < 3 g/dL" is albumin below it; in brackets the value says what is meant by the disease."""
    name = VALUES.get(str(tokens[0].value), "").split("|")[0]
    measure = context.vocabulary.measure(name) if name else None
    bounds: tuple[Bound, ...] = tokens[-1].value
    if measure is None or not all(bound.unit in (ULN, LLN) or (bound.unit and canonical(measure, bound.number, bound.unit) is not None) for bound in bounds):
        return None
    if any(token.tag in ("open", "defined") for token in tokens):
        named = Token("measure", tokens[-1].start, tokens[-1].start, "", measure.label)
        return [*tokens[:-1], named, tokens[-1]]
    return [replace(tokens[0], tag="measure", value=measure.label), *tokens[1:]]


def _pack_years(tokens: Sequence[Token], context: Context) -> Found:
    """ "a smoking history of at least 10 pack-years": the unit names the measure."""
    bounds: tuple[Bound, ...] = tokens[-1].value
    said = all(re.fullmatch(r"smok\w*(?: history)?|tobacco|cigarettes?|total|cumulative", token.text, re.IGNORECASE) for token in tokens[:-1] if token.tag == "w")
    return check_token(Measurement("pack-years", bounds), tokens, context) if said and all(bound.unit == "pack-years" for bound in bounds) else None


def _points(tokens: Sequence[Token], context: Context) -> Found:
    """ "> 22 points on the Beck Depression Inventory"."""
    measure = context.vocabulary.measure(str(next(token.value for token in tokens if token.tag == "measure")))
    return limited(tokens, context) if measure is not None and measure.kind == "score" else None


# Where a name may begin and a limit may end, for a measure that the vocabulary does not know.
_BEGIN = "(^|(?<=comma)|(?<=or)|(?<=and)|(?<=semicolon)|(?<=open)|(?<=stop)|(?<=with)|(?<=have)|(?<=colon)|(?<=defined))"
_NOUN = "(w|degree|event|proc|shows|stage|ps|cond)"
_END = "stop|semicolon|comma|close|or|and|at|during|window|$"
MEASURES = (
    Rule("one of, on a scale", "(score|level|ps)* (of|be|colon)* number ((comma|or|slash)+ number)* (on|in|of|by|for|to|method)+ measure level?", one_of, "measure"),
    Rule("limit on a scale", "(score|level|ps)+ (of|be|colon)* quantity (on|in|of|by|for|at|method)+ measure level?", limited, "quantity"),
    Rule("points on a scale", "quantity (on|in|by) measure level?", _points, "quantity"),
    Rule("performance status", "ps (open w close)? (w|of|be|level|score|colon|comma|stage|dash)* (quantity|number)", performance_status, "ps"),
    Rule("a measure after all", "(cond|drug|proc) (?=(level|of|be|test)*(quantity|range|result))", _as_measure, "quantity range result"),
    Rule("crosses", "(measure|cond) (level|of|be|colon)* (quantity plus|number plus after|cmp plus+) ((on|by|in)+ w+)?", crosses, "plus"),
    Rule("disease by its value", "cond (of|be|level|open|with|defined|as|colon)* quantity", _value_of_disease, "quantity"),
    Rule("a measure by its unit", "w (level|of|be|score)* quantity ((or|and|comma) quantity)?", _by_unit, "quantity"),
    Rule("of the pressures", "(degree|only|w)? bp (of|be|open|colon|level)* (?=(quantity (or|and)?)?measure)", lambda t, c: [x for x in t if x.tag == "open"], "bp"),
    Rule("limit for a pair", "quantity measure (or|and|comma|slash)+ (quantity|number) measure", pressures_first, "measure"),
    Rule("sides of the pressure", "measure (slash|or|and) measure (of|be|level|colon|bp)* (quantity|number) slash (quantity|number)", sided_pressures, "slash"),
    Rule("two blood pressures", "(degree|only|w)? bp (of|be|level|colon|at)* (between (quantity|number) slash (quantity|number) (and|to)|quantity slash (quantity|number) (and|but|to|or)+) (quantity|number) slash (quantity|number)", two_pressures, "bp"),
    Rule(
        "blood pressure", "(degree|only|w)? bp (control|of|by|drug|event|w|be|colon|level|method|at|within)* (open (quantity slash number|number slash quantity) close|quantity slash number|number slash (quantity|number))",
        blood_pressure, "bp"),
    Rule("pressure of a disease", "cond (open|defined|eg|ie|be|of|as)+ (bp|level)* (quantity slash number|number slash quantity) close", pressure_of_disease, "slash"),
    Rule("pressures of a disease", "cond (?=check)", disease_by_pressures, "check"),
    Rule("smoked in pack-years", "(history|event|w|of|smoking|with|current|to)* quantity", _pack_years, "quantity"),
    Rule("repeated", "measure (be|w|test|result|level)* repeated window? (comma|of|w|each|to)* quantity", repeated, "repeated"),
    Rule("marked disease", "(confirmed|degree|history|weak|current)* measure result (degree|confirmed)* cond", marked, "result"),
    Rule("staged disease", "measure (of|be|level|score)* stages (degree|confirmed)* cond", staged_disease, "stages"),
    Rule("limited disease", "measure (of|be|level|score)* quantity (degree|confirmed)* cond", limited_disease, "quantity"),
    Rule("disease as result", "(?<!and)(?<!or)(?<!comma)(?<!slash) cond result", marked_disease, "result"),
    Rule("by sex", f"measure {_SEXED} (measure {_SEXED})?", by_sex, "sex"),
    Rule(
        "formula", "measure (level|of|be|colon)* quantity? (open|by|of|as|w|comma)* judge? (method|dash)+ (w|method|of|event|level|in|or|and|slash|cond|measure)* close?",
        by_formula, "method"),
    Rule(
        "method", "(quantity|measure) (open (by|of|w)? judge? (method|dash)+ (w|proc|method|and|or|slash|of|event|level|in)* close|(by|of)? judge? (method|dash)+ (w|proc|method|and|or|slash|of|event|level|in)*)",
        lambda t, c: [t[0]] if any(x.tag == "method" for x in t) else None, "method"),
    Rule("sum of two", "measure (of|be|level|score|colon|cmp|open)* (number|quantity) plus number (cmp number|quantity)?", sum_of_two, "plus"),
    Rule("one of", "measure (of|be|level|score|colon)* number ((comma|or|slash)+ number)+", one_of, "measure"),
    Rule("in another unit", "measure (level|of|be|colon|event)* quantity (or|slash|open|comma)+ number close?", _in_another_unit, "quantity"),
    Rule("in between", "number cmp measure (level)* quantity", in_between, "cmp"),
    Rule("neutral words", f"{_BEGIN} (event|current|weak|w|confirmed)+ (?={_ONE} {_DONE} {_AFTER} (open|quantity|result|number))", lambda t, c: [] if all(_NEUTRAL.fullmatch(x.text) for x in t) else None, "measure"),
    Rule("within the limit", f"{_LIST} within uln", within_limit, "uln"),
    Rule("alternatives", f"measure {_DONE} (level|of|be|colon)* quantity ((or|and) quantity)+ (?!if|for|in|with|open|of)", alternatives, "quantity"),
    Rule("raised", "(result|w) (level)? measure (level)* open quantity close", raised, "open"),
    Rule("multiple without a sign", f"{_LIST} multiple", multiple, "multiple"),
    Rule("estimated time", "measure (of|be|colon|level)* span", estimated, "span"),
    Rule("time of gestation", "span (of|in|at)* measure", _gestation, "span"),
    Rule("limits", f"{_LIST} {_DONE} {_AFTER} (open quantity close|quantity) window?", limited, "quantity"),
    Rule("one time of measuring", "check ((and|or|comma)+ check)* open w? window close", _all_in_window, "window"),
    Rule("named again", "check open measure close", lambda t, c: [t[0]] if isinstance(t[0].value.check, Measurement) and t[0].value.check.term == t[2].value else None, "open"),
    Rule("body mass index by its unit", "^ quantity (stop|semicolon|comma)? $", _by_its_unit, "quantity"),
    Rule("named before", "measure colon check", _named_before, "colon"),
    Rule("of those above", "check (or|slash) check open? (for|in|if)+ (with|w|of|level)* (check|measure level? quantity) close?", _of_those_above, "check"),
    Rule("limit first", f"quantity (of|for|in)? {_LIST}", limited, "quantity"),
    Rule("other limit", f"check (comma|or|but)* (open|except|comma|or|but)* (quantity|multiple|number) comma? {_FACT} close?", other_limit, "quantity multiple number"),
    Rule("other limit behind", f"check (comma|or|but|open|except)+ {_FACT} comma? ({_FACT})? (quantity|multiple|number|check) close?", other_limit, "quantity multiple except for if in"),
    Rule("lifted", f"check comma? (exceptions|open? (unless|except) {_FACT} close?)", lifted, "unless exceptions except"),
    Rule("sided", f"w {_LIST} window?", sided, "measure"),
    Rule("result", f"{_LIST} (be|level|for|test)* result window?", resulted, "result"),
    Rule("result first", f"result (for|of|w|level)* {_LIST} window? (?!(or|comma|slash|and)+(cond|drug|proc))", resulted, "result"),
    Rule("ordered words", "measure (of|be|level|score|stage)* w ((or|comma|slash|dash|to|and)+ w)*", ordered_words, "measure"),
    Rule("graded", "(measure (of|be|level|score|stage)* cmp (stages|w)|cmp stages (of)? measure)", graded, "cmp"),
    Rule("class", "measure (of|be|level|stage|score|colon)* stages", staged_score, "stages"),
    Rule("class restated", "check open (stages|stage w ((or|and|comma|slash)+ w)*) close", restated_class, "stages stage"),
    Rule("unknown measure", f"{_BEGIN} {_NOUN}{{1,5}} (level|score|of|be|ranging|colon)* quantity (?={_END})", _unknown, "quantity"),
    Rule("number", "measure (of|be|level|score|colon)* (number|range)", plain_number, "measure"),
)


def _closed(tokens: Sequence[Token]) -> bool:
    """Whether every bracket among the tokens has its other half."""
    return sum(token.tag == "open" for token in tokens) == sum(token.tag == "close" for token in tokens)
