"""Rules for laboratory values, vital signs, biomarkers and scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import LLN, ULN, Bound
from matcher.reading.amounts import Found
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
    grade_of_score,
    graded,
    numeral_range,
    one_of,
    ordered_words,
    restated_class,
    staged_disease,
    staged_score,
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
        return None
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
    bounds: tuple[Bound, ...] = tokens[-1].value
    if measure is None or not any(letter.isupper() for letter in name):
        return None
    fits = all(bound.unit in (ULN, LLN) or (bound.unit and canonical(measure, bound.number, bound.unit) is not None) for bound in bounds)
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


ALIASES = (
    Rule("one name of two", "(measure|w|cond) slash (measure|w|number) (number|w|level)? (w|level)?", _of_two_names, "slash"),
    Rule("measured over a day", "time measure", _day_long, "measure"),
    Rule("abbreviation", "(measure|cond|drug|proc) open (measure|cond|drug|proc|w|number) close", _alias, "open"),
    Rule("pressure and its letters", "bp open bp close", lambda t, c: [t[0]], "bp"),
    Rule("range of numerals", "(?<=measure) (w|route) (w|route)", numeral_range, "measure"),
    Rule("said in brackets", "measure open (method|by|of|to|number|w|slash)+ close (?=(of|be|level|score|colon|between|method)*(quantity|number|range|cmp|result))", _aside, "open"),
    Rule("repeated", "measure dash? measure", lambda t, c: [replace(t[0], end=t[-1].end, text=c.text[t[0].start : t[-1].end])] if t[0].value == t[-1].value else None, "measure"),
    Rule("grade of a score", "measure (of|be|level|score)* stage (?=cmp|number|range|between)", grade_of_score, "stage"),
    Rule("abbreviated score", "w (?=(open|of|be|level|score|stage)*(stages|stage|range|number|route|w))", abbreviated, "w"),
)
_AFTER = "(of|be|colon|comma|level|score|from|between|within|ranging|event|dash)*"
_DONE = "(w? window comma?)?"
_SEXED = "(sex|quantity|number|for|in|if|of|comma|open|close|and|or|slash|semicolon|colon|be|with|dash|level)+"
_FACT = "(w|cond|of|in|for|with|weak|history|current|restrict|to|degree|on|if|subject|confirmed|have|be|by|event|or|drug|proc|method|potential|state|at|from|must|only-suspected|treated|number)+"
MEASURES = (
    Rule("a measure after all", "(cond|drug|proc) (?=(level|of|be|test)*(quantity|range|result))", _as_measure, "quantity range result"),
    Rule("a measure by its unit", "w (level|of|be|score)* quantity", _by_unit, "quantity"),
    Rule("of the pressures", "(degree|only|w)? bp (of|be|open|colon|level)* (?=(quantity (or|and)?)?measure)", lambda t, c: [x for x in t if x.tag == "open"], "bp"),
    Rule("limit for a pair", "quantity measure (or|and|comma|slash)+ (quantity|number) measure", pressures_first, "measure"),
    Rule("sides of the pressure", "measure (slash|or|and) measure (of|be|level|colon|bp)* (quantity|number) slash (quantity|number)", sided_pressures, "slash"),
    Rule(
        "blood pressure", "(degree|only|w)? bp (control|of|by|drug|event|w|be|colon|level|method|at|within)* (open (quantity slash number|number slash quantity) close|quantity slash number|number slash (quantity|number))",
        blood_pressure, "bp"),
    Rule("pressure of a disease", "cond (open|defined|eg|ie|be|of|as)+ (bp|level)* (quantity slash number|number slash quantity) close", pressure_of_disease, "slash"),
    Rule("pressures of a disease", "cond (?=check)", disease_by_pressures, "check"),
    Rule("repeated", "measure (be|w|test|result|level)* repeated window? (comma|of|w|each|to)* quantity", repeated, "repeated"),
    Rule("marked disease", "(confirmed|degree|history|weak|current)* measure result (degree|confirmed)* cond", marked, "result"),
    Rule("staged disease", "measure (of|be|level|score)* stages (degree|confirmed)* cond", staged_disease, "stages"),
    Rule("disease as result", "(?<!and)(?<!or)(?<!comma)(?<!slash) cond result", marked_disease, "result"),
    Rule("by sex", f"measure {_SEXED} (measure {_SEXED})?", by_sex, "sex"),
    Rule(
        "method", "(quantity|measure) (open? (by|of|w-via)? judge? (method|dash)+ (w|proc|method|and|or|slash|of|event|level|in)* close?)",
        lambda t, c: [t[0]] if _closed(t) else None, "method"),
    Rule("one of", "measure (of|be|level|score|colon)* number ((comma|or|slash)+ number)+", one_of, "measure"),
    Rule("one of, on a scale", "(score|level)? (of|be|colon)* number ((comma|or|slash)+ number)* (on|in|of|by|for|to|method)+ measure", one_of, "measure"),
    Rule("in between", "number cmp measure (level)* quantity", in_between, "cmp"),
    Rule("within the limit", f"{_LIST} within uln", within_limit, "uln"),
    Rule("alternatives", f"measure {_DONE} (level|of|be|colon)* quantity ((or|and) quantity)+ (?!if|for|in|with|open|of)", alternatives, "quantity"),
    Rule("raised", "(result|w) (level)? measure (level)* open quantity close", raised, "result"),
    Rule("multiple without a sign", f"{_LIST} multiple", multiple, "multiple"),
    Rule("estimated time", "measure (of|be|colon|level)* span", estimated, "span"),
    Rule("time of gestation", "span (of|in|at)* measure", _gestation, "span"),
    Rule("limits", f"{_LIST} {_DONE} {_AFTER} (open quantity close|quantity) window?", limited, "quantity"),
    Rule("limit on a scale", "(score|level) (of|be|colon)* quantity (on|in|of|by|for|at)+ measure", limited, "quantity"),
    Rule("limit first", f"quantity (of|for|in)? {_LIST}", limited, "quantity"),
    Rule("other limit", f"check (comma|or|but)* (open|except|comma|or|but)* (quantity|multiple) comma? {_FACT} close?", other_limit, "quantity multiple"),
    Rule("other limit behind", f"check (comma|or|but|open|except)+ {_FACT} comma? {_FACT}? (quantity|multiple|check) close?", other_limit, "quantity multiple except for if in"),
    Rule("lifted", f"check comma? (exceptions|open? unless {_FACT} close?)", lifted, "unless exceptions"),
    Rule("sided", f"w {_LIST} window?", sided, "measure"),
    Rule("result", f"{_LIST} (be|level|for|test)* result window?", resulted, "result"),
    Rule("result first", f"result (for|of|w|level)* {_LIST} window? (?!(or|comma|slash|and)+(cond|drug|proc))", resulted, "result"),
    Rule("ordered words", "measure (of|be|level|score|stage)* w ((or|comma|slash|dash|to|and)+ w)*", ordered_words, "measure"),
    Rule("graded", "(measure (of|be|level|score|stage)* cmp (stages|w)|cmp stages (of)? measure)", graded, "stages"),
    Rule("class", "measure (of|be|level|stage|score|colon)* stages", staged_score, "stages"),
    Rule("class restated", "check open (stages|stage w ((or|and|comma|slash)+ w)*) close", restated_class, "stages stage"),
    Rule("number", "measure (of|be|level|score|colon)* (number|range)", plain_number, "measure"),
)


def _closed(tokens: Sequence[Token]) -> bool:
    """Whether every bracket among the tokens has its other half."""
    return sum(token.tag == "open" for token in tokens) == sum(token.tag == "close" for token in tokens)
