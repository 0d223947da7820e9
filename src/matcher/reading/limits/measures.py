"""Rules for laboratory values, vital signs, biomarkers and scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Any, Measurement
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Rule, check_token
from matcher.reading.limits.limited import (
    alternatives,
    combine,
    estimated,
    joints_of,
    limited,
    multiple,
    or_a_multiple,
    plain_number,
    raised,
    repeated,
    resulted,
    sided,
    within_limit,
)
from matcher.reading.limits.naming import (
    ALIASES,
    as_measure,
    by_formula,
    by_unit,
    gestation,
    unknown_duration,
    unknown_measure,
)
from matcher.reading.limits.scores import (
    crosses,
    graded,
    limited_disease,
    one_of,
    ordered_words,
    performance_status,
    restated_class,
    staged_disease,
    staged_score,
    sum_of_two,
)
from matcher.reading.limits.subgroups import lifted, other_limit
from matcher.reading.limits.values import (
    all_in_window,
    in_another_unit,
    least_or_most,
    named_before,
    of_those_above,
    pack_years,
    points_on_scale,
    prolonged,
    value_of_disease,
)
from matcher.reading.limits.vitals import (
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
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

__all__ = ["ALIASES", "MEASURES", "combine", "joints_of"]

_ONE = "(level of?)? (measure|panel) (level|score|of)*"
_LIST = f"{_ONE} ((comma|or|and|slash)+ (level|of)* {_ONE})*"


_AFTER = "(of|be|colon|comma|level|score|from|between|within|ranging|event|dash|weak|to|ie)*"
_DONE = "(w? window comma?)?"
_SEXED = "(sex|quantity|number|for|in|if|of|comma|open|close|and|or|slash|semicolon|colon|be|with|dash|level)+"
_FACT = "(w|cond|of|in|for|with|weak|history|current|restrict|to|degree|on|if|subject|confirmed|have|be|by|event|or|drug|proc|method|potential|state|at|from|must|only-suspected|treated|number)+"
_NEUTRAL = pattern_of(r"mean|average|latest|last|current|most recent|recent|documented|screening|baseline|entry|enrollment|admission|initial|known|measured|observed|resting|sitting|seated|supine|single|historical|preoperative|pre-?operative|pre-?treatment|actual|absolute|qualifying|calculated|estimated|determined|their|his|her|your|clinical|peripheral|blood|present|reported|self-reported", re.IGNORECASE)

# Where a body temperature is taken.
_TAKEN_AT = pattern_of(r"(?:oral|axillary|tympanic|aural|rectal|core|forehead|temporal)", re.IGNORECASE)
_TEMPERATURE = Caseless(r"\s*(?:body\s+)?temperature\b")
# A mean over a stretch of time is no single value.
_OVER_TIME = Caseless(r"\b(?:over|during|throughout|across)\s+(?:the\s+|a\s+)?(?:entire\s+|whole\s+)?(?:past|last|previous|prior|preceding|course|period|\d+|two|three|four|six|twelve)\b")
_BEFORE_IT = pattern_of(r"pre[- ](?:operative|surgical|procedural|dialysis)", re.IGNORECASE)


def _neutral(tokens: Sequence[Token], context: Context) -> Found:
    """ "Mean resting heart rate", "pre-operative hemoglobin": words that change nothing of what the value is compared with."""
    if any(token.text.casefold() in ("mean", "average") for token in tokens) and _OVER_TIME.search(context.text, tokens[-1].end):
        return None
    if all(_NEUTRAL.fullmatch(token.text) for token in tokens):
        return []
    said = context.words(tokens)
    return [] if _BEFORE_IT.fullmatch(said) or (_TAKEN_AT.fullmatch(said) and _TEMPERATURE.match(context.text, tokens[-1].end)) else None


def _told_as(tokens: Sequence[Token], context: Context) -> Found:
    """ "ASA classification system as 1 or 2 status": one of the grades."""
    if tokens[1].text.casefold() != "as" or (tokens[-1].tag == "w" and tokens[-1].text.casefold() != "status"):
        return None
    ends = next(i for i in range(len(tokens) - 1, 0, -1) if tokens[i].tag == "number")
    return one_of([tokens[0], *tokens[2 : ends + 1]], context)


def _measured_by(tokens: Sequence[Token], context: Context) -> Found:
    """ "LVEF ≥ 55 % by echocardiogram or …": the method adds nothing; a joint behind it joins what follows."""
    if not any(token.tag == "method" for token in tokens):
        return None
    end = next((i for i, token in enumerate(tokens) if i and _ANOTHER_TIME.match(token.text)), len(tokens))
    while end > 1 and tokens[end - 1].tag in ("and", "or", "slash", "in", "of"):
        end -= 1
    return [tokens[0], *tokens[end:]] if end > 1 else None


def _in_bracket(tokens: Sequence[Token], context: Context) -> Found:
    """ "Body mass index (BMI > 30 kg/m2)": one measure, named twice."""
    check = tokens[2].value.check
    if not isinstance(check, Measurement) or check.term != tokens[0].value:
        return None
    return check_token(check, tokens, context)


# What normal values are given for.
_NORMAL_FOR = Caseless(r"(?:age|sex|gender|height|race|ethnicity)")


def _for_their_age(tokens: Sequence[Token], context: Context) -> Found:
    """ "Creatinine normal for age and sex": what is normal is so for somebody."""
    named = [token for token in tokens[2:] if token.tag in ("age", "w", "measure", "sex")]
    values = [leaf for leaf in leaves(tokens[0].value.check) if isinstance(leaf, Measurement)]
    centiles = any(bound.unit == "percentile" for leaf in values for bound in leaf.bounds)
    if not values or (centiles and any(token.text.casefold() == "height" for token in named)):
        return None
    return [tokens[0]] if all(_NORMAL_FOR.fullmatch(token.text) for token in named) else None


# Words that say when, how or in whom something is measured, and not with what.
_ANOTHER_TIME = Caseless(
    r"(?:after|before|during|following|post\w*|pre(?:-|oper|treat|dos|med)\w*|prior|until|while|when\w*|without|despite|under|off|following|since|between|twice|again|upon|immediately|shortly|soon|only|at|rest|exercise|exertion|stress|"
    r"peak|nadir|trough|random|fasting|fasted|morning|evening|left|right|worse|better|affected|operated|contralateral|study|treated|index|each|both|either|one|least|successive|consecutive|separate|repeated\w*|\d+)\b"
)


def _in_window(tokens: Sequence[Token], context: Context) -> Found:
    """ "ECOG 0 or 1 within 7 days": one of the grades, in the window."""
    read, window = tokens[0].value, tokens[1].value
    if not isinstance(read.check, Measurement) or not read.check.words or read.check.window is not None or read.check.times != 1:
        return None
    return check_token(replace(read.check, window=window), tokens, context)


def _each_time(tokens: Sequence[Token], context: Context) -> Found:
    """ "Systolic pressure > 160 mmHg on two occasions": the latest value, and so many of them."""
    read = tokens[0].value
    values = list(leaves(read.check))
    if not isinstance(read.check, Measurement | Any) or not all(isinstance(leaf, Measurement) and leaf.bounds and leaf.times == 1 for leaf in values):
        return None
    times = int(str(tokens[-1].value))
    often = rewritten(read, lambda leaf: replace(leaf, times=times) if isinstance(leaf, Measurement) else None).check
    return check_token(All((read.check, often)), tokens, context, read.spans * 2)


# Where a name may begin and a limit may end, for a measure that the vocabulary does not know.
_BEGIN = "(^|(?<=comma)|(?<=or)|(?<=and)|(?<=semicolon)|(?<=open)|(?<=stop)|(?<=with)|(?<=have)|(?<=colon)|(?<=defined))"
_NOUN = "(w|degree|event|proc|shows|stage|ps|cond)"
_END = "stop|semicolon|comma|close|or|and|at|during|window|$"
MEASURES = (
    Rule("one of, on a scale", "(score|level|ps)* (of|be|colon)* number ((comma|or|slash)+ number)* (on|in|of|by|for|to|method)+ measure (level|criteria)?", one_of, "measure"),
    Rule("limit on a scale", "(score|level|ps)+ (of|be|colon)* quantity (on|in|of|by|for|at|method)+ measure (level|criteria)?", limited, "quantity"),
    Rule("points on a scale", "quantity (on|in|by) measure level?", points_on_scale, "quantity"),
    Rule("performance status", "ps (open w? close)? (w|of|be|level|score|colon|comma|stage|dash)* (quantity|number)", performance_status, "ps"),
    Rule("a measure after all", "(cond|drug|proc) (?=(level|of|be|test)*(quantity|range|result))", as_measure, "quantity range result"),
    Rule("crosses", "(measure|cond) (level|of|be|colon)* (quantity plus|number plus after|cmp plus+) ((on|by|in)+ w+)?", crosses, "plus"),
    Rule("disease by its value", "cond (of|to|be|level|open|with|defined|as|colon)* quantity", value_of_disease, "quantity"),
    Rule("prolonged", "(degree|w) of? measure (of|to|be|open|level)* quantity", prolonged, "quantity"),
    Rule("prolongation", "measure (degree|w) (of|to|be|open|level)* quantity", prolonged, "quantity"),
    Rule("a measure by its unit", "w (level|of|be|score)* quantity ((or|and|comma) quantity)?", by_unit, "quantity"),
    Rule("of the pressures", "(degree|only|w)? bp (of|be|open|colon|level)* (?=(quantity (or|and)?)?measure)", lambda t, c: [x for x in t if x.tag == "open"], "bp"),
    Rule("limit for a pair", "quantity measure (or|and|comma|slash)+ (quantity|number) measure", pressures_first, "measure"),
    Rule("sides of the pressure", "measure (slash|or|and) measure (of|be|level|colon|bp)* (quantity|number) slash (quantity|number)", sided_pressures, "slash"),
    Rule("two blood pressures", "(degree|only|w)? bp (of|be|level|colon|at)* (between (quantity|number) slash (quantity|number) (and|to)|quantity slash (quantity|number) (and|but|to|or)+) (quantity|number) slash (quantity|number)", two_pressures, "bp"),
    Rule(
        "blood pressure", "(degree|only|w)? bp (control|of|by|drug|event|w|be|colon|level|method|at|within)* (open (quantity slash number|number slash quantity) close|quantity slash number|number slash (quantity|number))",
        blood_pressure, "bp"),
    Rule("pressure of a disease", "cond (open|defined|eg|ie|be|of|as)+ (bp|level)* (quantity slash number|number slash quantity) close", pressure_of_disease, "slash"),
    Rule("pressures of a disease", "cond (?=check)", disease_by_pressures, "check"),
    Rule("smoked in pack-years", "(history|event|w|of|smoking|with|current|to)* quantity", pack_years, "quantity"),
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
        _measured_by, "method"),
    Rule("sum of two", "measure (of|be|level|score|colon|cmp|open)* (number|quantity) plus number (cmp number|quantity)?", sum_of_two, "plus"),
    Rule("both of", "measure (of|be|level|score|colon|stage)* number (comma number)* comma? and number (?=stop|semicolon|close|comma|$)", one_of, "measure"),
    Rule("one of", "measure (of|be|level|score|colon)* (number|quantity) ((comma|or|slash)+ number)+", one_of, "measure"),
    Rule("one of, as told", "measure w number ((comma|or|slash)+ number)+ (w|level|stage)? (?=stop|semicolon|comma|close|$)", _told_as, "measure", (" as ",)),
    Rule("in another unit", "measure (level|of|be|colon|event)* quantity (or|slash|open|comma)+ (number|quantity) close?", in_another_unit, "quantity"),
    Rule("in between", "number cmp measure (level)* quantity", in_between, "cmp"),
    Rule("neutral words", f"{_BEGIN} (event|current|weak|w|confirmed|degree|method|route)+ (?={_ONE} {_DONE} {_AFTER} (open|quantity|result|number))", _neutral, "measure"),
    Rule("within the limit", f"{_LIST} within uln", within_limit, "uln"),
    Rule("alternatives", f"measure {_DONE} (level|of|be|colon)* quantity ((or|and) quantity)+ (?!if|for|in|with|open|of)", alternatives, "quantity"),
    Rule("raised", "(result|w) (level)? measure (level)* open quantity close", raised, "open"),
    Rule("multiple without a sign", f"{_LIST} multiple", multiple, "multiple"),
    Rule("estimated time", "measure (of|be|colon|level)* span", estimated, "span"),
    Rule("time of gestation", "span (of|in|at)* measure", gestation, "span"),
    Rule("least or most", "cmp measure (level|score|of|be|colon)* (number|quantity)", least_or_most, "cmp"),
    Rule("limits", f"{_LIST} {_DONE} {_AFTER} (open quantity close|quantity) window?", limited, "quantity"),
    Rule("one time of measuring", "check ((and|or|comma)+ check)* open w? window close", all_in_window, "window"),
    Rule("named again", "check open measure close", lambda t, c: [t[0]] if isinstance(t[0].value.check, Measurement) and t[0].value.check.term == t[2].value else None, "open"),
    Rule("named in the bracket", "measure open check close", _in_bracket, "open"),
    Rule("named behind", "check (by|on|in|of|to)* measure (level|score|criteria)* (?=stop|semicolon|close|comma|$)", lambda t, c: [t[0]] if isinstance(t[0].value.check, Measurement) and t[0].value.check.term == next(x.value for x in t if x.tag == "measure") else None, "measure"),
    Rule("named before", "measure colon check", named_before, "colon"),
    Rule("of those above", "check (or|slash) check open? (for|in|if)+ (with|w|of|level)* (check|measure level? quantity) close?", of_those_above, "check"),
    Rule("limit first", f"quantity (of|for|in)? {_LIST}", limited, "quantity"),
    Rule("or a multiple", "check or (multiple|number) (?!if|for|in|with|open|of|or)", or_a_multiple, "multiple number"),
    Rule("other limit", f"check (comma|or|but)* (open|except|comma|or|but)* (quantity|multiple|number) comma? {_FACT} close?", other_limit, "quantity multiple number"),
    Rule("other limit behind", f"check (comma|or|but|open|except)+ {_FACT} comma? ({_FACT})? (quantity|multiple|number|check) close?", other_limit, "quantity multiple except for if in"),
    Rule("lifted", f"(not|not-history|never)? check comma? (exceptions|open? (unless|except) {_FACT} close?)", lifted, "unless exceptions except"),
    Rule("sided", f"w {_LIST} window?", sided, "measure"),
    Rule(
        "result behind a disease", f"(?<=cond or) {_LIST} (be|level|for|test)* result window?",
        lambda t, c: resulted(t, c) if any(x.tag == "result" and x.value in ("positive", "abnormal") for x in t) else None, "result"),
    Rule("result", f"(?<!cond and)(?<!cond or)(?<!cond comma)(?<!cond slash) {_LIST} (be|level|for|test)* result window?", resulted, "result"),
    Rule("result first", f"result (for|of|w|level)* {_LIST} window? (?!(or|comma|slash|and)+(cond|drug|proc))", resulted, "result"),
    Rule("for their age", "check for (age|w|measure|sex) ((comma|and|or|slash)+ (age|w|measure|sex))*", _for_their_age, "for"),
    Rule("graded and up", "measure (of|be|level|score|stage)* (stages|w) after", graded, "after"),
    Rule("ordered words", "measure (of|be|level|score|stage)* w ((or|comma|slash|dash|to|and)+ w)*", ordered_words, "measure"),
    Rule("graded", "(measure (of|be|level|score|stage)* cmp (stages|w)|cmp stages (of)? measure)", graded, "cmp"),
    Rule("class", "measure (of|be|level|stage|score|colon)* stages", staged_score, "stages"),
    Rule("class restated", "check open (stages|stage w ((or|and|comma|slash)+ w)*) close", restated_class, "stages stage"),
    Rule("words in a window", "check window", _in_window, "window"),
    Rule("each time", "check comma? repeated (?=stop|semicolon|close|$)", _each_time, "repeated"),
    Rule("unknown measure", f"{_BEGIN} level? {_NOUN}{{1,5}} (level|score|of|be|ranging|colon)* quantity (?={_END})", unknown_measure, "quantity"),
    Rule("unknown length of time", "^ (w|degree|event){1,4} ((of|be|colon)* span|lasting) (?=stop|semicolon|$)", unknown_duration, "span lasting", ("duration", "interval", "period", "time", "latency", "age", "survival")),
    Rule("number", "measure (of|be|level|score|colon)* (number|range) (?!number|quantity|range)", plain_number, "measure"),
)
