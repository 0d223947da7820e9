"""Rules for age, sex, pregnancy, contraception, smoking, volunteers and other studies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    AGE_UNITS,
    TRIAL_KINDS,
    Age,
    All,
    Bound,
    Check,
    Not,
    Participation,
    Sex,
    State,
    Statement,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of
from matcher.reading.grammar.amounts import Found, bounds_of, unit_of
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.people.smoking import SMOKING
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def _in_years(bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    return tuple(Bound(bound.op, bound.number, bound.unit or "years") for bound in bounds)


def _age(tokens: Sequence[Token], context: Context) -> Found:
    """An age in any form; a number without a unit is years."""
    if tokens[0].tag in ("or", "and", "comma"):
        behind = _age(tokens[1:], context)
        return [tokens[0], *behind] if behind else None
    found = [token for token in tokens if token.tag in ("span", "quantity", "age-quantity", "range", "number", "time")]
    if len(found) != 1:
        return None
    token = found[0]
    bounds = token.value if isinstance(token.value, tuple) else bounds_of(token.value, "≥?")
    if any(bound.unit not in ("", "years", "months", "weeks", "days") for bound in bounds):
        return None
    sexes = {str(one.value) for one in tokens if one.tag == "sex"}
    start, end = tokens[0].start, tokens[-1].end
    check: Check = Age(_in_years(bounds))
    if len(sexes) == 1:
        check = All((Sex(sexes.pop()), check))
        return check_token(check, tokens, context, ((start, token.start), (token.start, end)))
    return check_token(check, tokens, context)


def _least_age(tokens: Sequence[Token], context: Context) -> Found:
    """ "minimum age of 21 years"."""
    op = next(str(token.value) for token in tokens if token.tag == "minage")
    number = next(token.value for token in tokens if token.tag in ("number", "time"))
    if number.high is not None or (number.unit and not number.time):
        return None
    return _of_sex(Age((Bound(op, number.low, unit_of(number) if number.time else "years"),)), tokens, context)


def _ages_of_two_units(tokens: Sequence[Token], context: Context) -> Found:
    """ "aged 6 months to 12 years"."""
    numbers = [token.value for token in tokens if token.tag == "time"]
    aged = any(token.tag in ("age", "of-age", "minor", "adult") for token in tokens)
    if not aged or len(numbers) != 2 or unit_of(numbers[0]) == unit_of(numbers[1]) or any(n.high is not None or unit_of(n) not in AGE_UNITS for n in numbers):
        return None
    low = Age((Bound("≥", numbers[0].low, unit_of(numbers[0])),))
    high = Age((Bound("≤", numbers[1].low, unit_of(numbers[1])),))
    if any(token.tag == "sex" for token in tokens):
        return None
    span = (tokens[0].start, tokens[-1].end)
    return check_token(All((low, high)), tokens, context, (span, span))


def _nonstates(tokens: Sequence[Token], context: Context) -> Found:
    """ "non-pregnant, non-lactating women": none of the states; for the others it says nothing."""
    states = [token for token in tokens if token.tag == "nonstate"]
    sex = next((token for token in tokens if token.tag == "sex"), None)
    denied = Not(any_of([State(str(token.value)) for token in states]))
    spans = tuple((token.start, token.end) for token in states)
    if sex is None or sex.value != "female":
        return check_token(denied, tokens, context, spans) if sex is None else None
    scoped: Check = All((Sex("female"), denied)) if context.exclusion else When(Sex("female"), denied)
    return check_token(scoped, tokens, context, ((sex.start, sex.end), *spans))


def _with_potential(tokens: Sequence[Token], context: Context) -> Found:
    """ "women of childbearing potential", said of nobody else."""
    spans = ((tokens[0].start, tokens[0].end), (tokens[-1].start, tokens[-1].end))
    female = any(token.tag == "sex" and token.value == "female" for token in tokens)
    return check_token(All((Sex("female"), State("childbearing potential"))), tokens, context, spans) if female else None


def _adult(tokens: Sequence[Token], context: Context) -> Found:
    return check_token(Age((Bound("≥", Decimal(18), "years"),)), tokens, context)


_BEFORE_NOW = pattern_of(r"\b(?:been|was|were|previously|recently|history of|prior|ever)\s+$", re.IGNORECASE)


def _states(tokens: Sequence[Token], context: Context) -> Found:
    """ "pregnant or lactating women": any of the states, whatever joint stands between them."""
    if tokens[-1].tag == "comma":
        found = _states(tokens[:-1], context)
        return [*found, tokens[-1]] if found else None
    states = [token for token in tokens if token.tag == "state"]
    negated = any(token.tag in ("not", "not-history", "must-not") for token in tokens)
    if sum(token.tag in ("not", "not-history", "must-not") for token in tokens) > 1 or _BEFORE_NOW.search(context.text[max(0, tokens[0].start - 40) : states[0].start]):
        return None
    if any(token.tag == "must-not" for token in tokens) and context.exclusion:
        return None
    if any(str(token.value) == "male" for token in tokens if token.tag == "sex"):
        return None
    check = any_of([State(str(token.value)) for token in states])
    spans = tuple((token.start, token.end) for token in states)
    if not negated:
        return check_token(check, tokens, context, spans)
    sex = next((token for token in tokens if token.tag == "sex"), None)
    if sex is None:
        return check_token(Not(check), tokens, context, spans)
    female = Sex("female")
    scoped: Check = All((female, Not(check))) if context.exclusion else When(female, Not(check))
    return check_token(scoped, tokens, context, ((sex.start, sex.end), *spans))


def _contraception(tokens: Sequence[Token], context: Context) -> Found:
    """Who must use contraception: women of childbearing potential, men, or both; alone, everyone it is said of."""
    if tokens[0].tag in ("or", "and", "comma"):
        found = _contraception(tokens[1:], context)
        return [tokens[0], *found] if found else None
    words = [token.text.casefold() for token in tokens if token.tag == "w"]
    unreliable = any(word in _UNRELIABLE for word in words)
    negated = any(token.tag in ("not", "unwilling", "unable") for token in tokens)
    if (negated and unreliable) or not all(word in _PRACTISED or word in _UNRELIABLE for word in words):
        return None
    negated = negated or unreliable
    scope = _contraception_scope(tokens, of_women=_WOMEN_BEFORE.search(context.text[: tokens[0].start]) is not None)
    rule: Check = Not(State("contraception")) if negated else State("contraception")
    place = next(token for token in tokens if token.tag == "contraception")
    span = (place.start, place.end)
    if scope is None:
        return check_token(rule, tokens, context, (span,))
    check, spans = scope
    joined: Check = All((check, rule)) if context.exclusion else When(check, rule)
    return check_token(joined, tokens, context, (*spans, span))


_UNRELIABLE = ("unreliable", "inadequate", "ineffective", "insufficient", "improper", "unsafe", "poor", "lacking")
_PRACTISED = ("use", "uses", "using", "practice", "practise", "practicing", "practising", "employ", "employing", "follow", "following", "adopt", "adhere", "apply", "applying", "taking", "take", "maintain", "utilize", "utilizing", "utilise")
# Said of men as well; only women bear children.
_OF_MEN_TOO = Caseless(r"fertile|reproductive")


_WOMEN_BEFORE = Caseless(r"^(?!.*\b(?:male|males|men|man|patients with partners)\b).*\b(?:females?|women|woman|mothers?)\b[^.;]*$", needs=("woman", "women", "female", "mother"))


def _contraception_scope(tokens: Sequence[Token], *, of_women: bool) -> tuple[Check, tuple[tuple[int, int], ...]] | None:
    parts: list[Check] = []
    spans: list[tuple[int, int]] = []
    potential = next((token for token in tokens if token.tag == "potential"), None)
    for token in tokens:
        if token.tag in ("sex", "sex-scope", "potential-scope") and token.value == "female" and potential is not None:
            parts.append(All((Sex("female"), State("childbearing potential"))))
            spans += [(token.start, token.end), (potential.start, potential.end)]
        elif token.tag == "both" and potential is not None:
            parts += [All((Sex("female"), State("childbearing potential"))), Sex("male")]
            spans += [(token.start, token.end), (potential.start, potential.end), (token.start, token.end)]
        elif token.tag in ("sex", "sex-scope", "potential-scope", "both"):
            parts += [Sex(sex) for sex in (("female", "male") if token.tag == "both" else (str(token.value),))]
            spans += [(token.start, token.end)] * (2 if token.tag == "both" else 1)
    if potential is not None and not parts:
        span = (potential.start, potential.end)
        if _OF_MEN_TOO.search(potential.text) and not of_women:
            return any_of([State("childbearing potential"), Sex("male")]), (span, span)
        return State("childbearing potential"), (span,)
    if not parts:
        return None
    return any_of(parts), tuple(spans)


def _of_both_sexes(tokens: Sequence[Token], context: Context) -> Found:
    """ "men and women" says nothing; "healthy men or healthy women" is said of both, as is what stands behind it."""
    if len({str(token.value) for token in tokens if token.tag in ("sex", "both")}) < 2:
        return None
    return made("both", tokens, context) if any(token.tag == "healthy" for token in tokens) else []


def _sex_only(tokens: Sequence[Token], context: Context) -> Found:
    sexes = {str(token.value) for token in tokens if token.tag == "sex"}
    return check_token(Sex(sexes.pop()), tokens, context) if len(sexes) == 1 else []


def _healthy(tokens: Sequence[Token], context: Context) -> Found:
    parts: list[Check] = [State("healthy volunteer")]
    sexes = {str(token.value) for token in tokens if token.tag == "sex"}
    parts += [Sex(sexes.pop())] if len(sexes) == 1 else []
    parts += [Age((Bound("≥", Decimal(18), "years"),))] if any(token.tag == "adult" for token in tokens) else []
    span = (tokens[0].start, tokens[-1].end)
    return check_token(all_of(parts), tokens, context, (span,) * len(parts))


def _planned(tokens: Sequence[Token], context: Context) -> Found:
    """A planned fact, which no key of a profile holds: it is asked as it stands, or with the words it only goes on: "a telephone to receive calls"."""
    if tokens[0].text.casefold() == "to receive" and context.text[: tokens[0].start].strip(" (["):
        return None
    return check_token(Statement(" ".join(context.words(tokens).split())), tokens, context)


def _age_range(tokens: Sequence[Token], context: Context) -> Found:
    """ "between the ages of 18 and 65"."""
    numbers = [token.value for token in tokens if token.tag in ("number", "time")]
    if len(numbers) != 2 or numbers[0].low >= numbers[1].low or any(number.unit and not number.time for number in numbers):
        return None
    unit = unit_of(numbers[1]) if numbers[1].time else "years"
    if unit not in AGE_UNITS or (numbers[0].time and unit_of(numbers[0]) != unit):
        return None
    bounds = (Bound("≥", numbers[0].low, unit), Bound("≤", numbers[1].low, unit))
    return _of_sex(Age(bounds), tokens, context)


def _of_sex(age: Age, tokens: Sequence[Token], context: Context) -> Found:
    """An age, with the one sex that stands beside it as a part of its own."""
    sexes = [token for token in tokens if token.tag == "sex"]
    if len({token.value for token in sexes}) != 1:
        return check_token(age, tokens, context)
    sex = Sex(str(sexes[0].value))
    return check_token(All((sex, age)), tokens, context, ((sexes[0].start, sexes[0].end), (sexes[0].end, tokens[-1].end)))


# Who is willing to take part does not take part in another study.
_TAKES_PART = Caseless(r"\b(?:volunteer\w*|willing\w*|wish\w*|agree\w*|able|ability|accept\w*|consent\w*|want\w*|decid\w*|desire\w*|refus\w*|opportunity)\s+(?:to\s+)?(?:be\s+)?$")
_DRUG = Caseless(r"drug|agent|product|medic|compound|pharma|substance|vaccin")


# What a study is about.
_ABOUT = Caseless(r"(?:that |which )?(?:involv|evaluat|test|investigat|assess|examin|stud|us|includ|utili[sz])(?:ing|es?|ies|ed)")
_OR_VACCINE = Caseless(r"\b(?:drugs?|agents?|products?|medications?|devices?)\s*(?:,|/|\bor\b|\band\b)+\s*(?:an?\s+)?vaccines?\b|\bvaccines?\s*(?:,|/|\bor\b|\band\b)+\s*(?:an?\s+)?(?:drugs?|agents?|products?|medications?|devices?)\b", needs=("vaccine",))
_OF_DRUGS = Caseless(r"\bdrugs?\b|medicinal product|medication")
# Studies that do something to those in them; an observational one is none of these.
_INTERVENES = Caseless(r"(?<!non-)(?<!non )\b(?:intervention\w*|therapeutic\w*|therapy|treatment|investigational|experimental)\b")


# "A study of investigational or approved antivirals": what it is of stands behind the second adjective.
_OR_APPROVED = Caseless(r"\s*(?:or|and|and/or|/|,)\s*(?:\w+ly\s+)?(?:non-?\s?|un)?(?:approved|marketed|licen[sc]ed|registered|commerciali?[sz]ed|commercial|available|standard|established|authori[sz]ed)\b")


def _other_study(tokens: Sequence[Token], context: Context) -> Found:
    """Taking part in another study, of the kind its words name; "the study" itself is not another one."""
    ends = tokens[-1].tag == "or"
    apart = len(tokens) - 1 if ends else next((i for i, (before, joint, drug) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False), 1) if _is_besides(before, joint, drug)), 0)
    if apart:
        found = _other_study(tokens[:apart], context)
        return [*found, *tokens[apart:]] if found else None
    tags = {token.tag for token in tokens}
    if tokens[-1].tag == "investigational" and _OR_APPROVED.match(context.text, tokens[-1].end):
        return None
    if any(token.tag == "restrict" and not _ABOUT.fullmatch(token.text) for token in tokens):
        return None
    words = context.words([token for token in tokens if token.tag != "window"]).casefold()
    tags |= {"investigational"} if re.search(r"investigational|experimental", words) else set()
    tags |= {"other"} if tags & {"trial", "drug-trial"} else set()
    if (re.search(r"\b(?:this|same|present|current|the)\b", words) and not tags & {"other", "investigational"}) or "same" in words:
        return None
    if not tags & {"other", "investigational", "device", "behavioural", "observational"} and "clinical" not in words:
        return None
    if _TAKES_PART.ends(context.text, tokens[0].start):
        return None
    drugs = [token for token in tokens if token.tag == "drug" and token.value != "investigational drugs" and not (token.value == "vaccines" and _OR_VACCINE.search(words))]
    named = {"investigational": "drug"} if not drugs and _DRUG.search(words) else {}
    kinds = [kind for tag, kind in (*named.items(), ("device", "device"), ("behavioural", "behavioural"), ("observational", "observational")) if tag in tags]
    if _OF_DRUGS.search(words):
        kinds.append("drug")
    if not {"drug", "device", "behavioural"} & set(kinds) and not drugs and _INTERVENES.search(words):
        kinds.append("interventional")
    window = next((token.value for token in tokens if token.tag == "window"), None)
    current = window is None and any(word in words for word in ("current", "concurrent", "simultaneous", "participating", "taking part", "actively", "presently"))
    kinds = [kind for kind in TRIAL_KINDS if kind in kinds]
    drug = str(drugs[0].value) if len(drugs) == 1 and isinstance(drugs[0].value, str) else ""
    study = Participation(tuple(kinds), drug, current=current, window=window)
    if (len(drugs) > 0) == bool(drug) and not any(token.tag in ("w", "degree") and token.text.casefold() not in _OF_ANY_STUDY for token in tokens):
        return check_token(study, tokens, context)
    span = (tokens[0].start, tokens[-1].end)
    return check_token(All((study, Statement(" ".join(context.words(tokens).split())))), tokens, context, (span, span))


def _is_besides(before: Token, joint: Token, drug: Token) -> bool:
    """Whether a drug stands beside a study, and is none that it is of: "another trial or antibiotics within a month"."""
    return joint.tag == "or" and before.tag in ("study", "trial", "drug-trial") and drug.tag == "drug" and drug.value != "investigational drugs"


# Said of a study without saying of what kind it is, or saying it in words that are looked for elsewhere.
_OF_ANY_STUDY = frozenset((
    "clinical", "research", "therapeutic", "interventional", "intervention", "medical", "medicinal", "scientific", "human", "biomedical", "new", "similar", "separate", "different", "product",
    "products", "agent", "agents", "compound", "compounds", "pharmaceutical", "pharmacological", "phase", "protocol", "protocols", "approved", "unapproved", "non-approved", "randomized", "controlled",
    "randomised", "additional", "simultaneous", "simultaneously", "parallel", "involving", "substance", "substances", "concomitantly", "type", "kind", "form", "conflicting", "competing", "ongoing",
))


def _participation(tokens: Sequence[Token], context: Context) -> Found:
    if any(token.tag not in ("current", "history", "weak", "trial", "drug-trial", "window") for token in tokens):
        return _other_study(tokens, context)
    window = next((token.value for token in tokens if token.tag == "window"), None)
    kinds = ("drug",) if any(token.tag == "drug-trial" for token in tokens) else ()
    current = any(token.tag == "current" for token in tokens) and window is None
    return check_token(Participation(kinds, current=current, window=window), tokens, context)


_AGE_AMOUNT = "(span|quantity|age-quantity|range|number|time)"
_OF_WHAT = "((of|in|with|on|using|method|for|at|event|involving|restrict|to)* (other|investigational|device|behavioural|drug|event|or)+){0,2}"
PEOPLE = (
    Rule("both sexes", "(sex|both) ((or|and|comma|slash) healthy? (sex|both))+", _of_both_sexes, "sex"),
    Rule("planned", "(sex|potential|be|have|of|with|in)* planned (to|of|for|be|become|conceive|state|event|w|during|proc|in|on|at|the|time|within|window|number|current|a|planned|from|their|study|restrict)*", _planned, "planned"),
    Rule("least age", "(sex|adult|minor|both|of|in)* minage (of|be|colon)* (number|time) of-age?", _least_age, "minage"),
    Rule("ages of two units", "(sex|adult|minor|both|of|in|comma)* (age|between|from|of|be|colon)* time (to|dash|and) time of-age?", _ages_of_two_units, "time"),
    Rule("ages between", "(sex|adult|both|comma|of|in|with|on|or|and)* (between)? age (of|between|from)* (number|time) (of-age)? (and|to|dash) (number|time) (of-age)?", _age_range, "age"),
    Rule("taking part", f"(current|history|weak|have|be)* participate (or (history|current|have)? participate)? (in|of|other|investigational|device|behavioural|observational|w|event|drug|or|degree|any)* study {_OF_WHAT} window?", _other_study, "study"),
    Rule("age", f"(sex|adult|minor|subject|both|comma|or|and|in|of|with|on)* age (group|of|be|colon|comma|in|from|at|w-range|between)* {_AGE_AMOUNT} of-age*", _age, "age"),
    Rule("age of sex", "(sex|adult|minor|both|comma|in|of)+ (of|comma|colon)? (age-quantity|span of-age|time of-age|range of-age)", _age, "age-quantity of-age"),
    Rule("sex and years", "(sex|adult|minor|both)+ comma? span (?=comma|and|or|stop|semicolon|open|$)", _age, "span"),
    Rule("years of age", "(age-quantity|span (in|of)? (of-age|age)|time of-age)", _age, "age-quantity of-age"),
    Rule("healthy", "(not|sex|adult|both)* healthy (adult|sex|subject|both)*", lambda t, c: _healthy(t, c) if not any(x.tag == "not" for x in t) else None, "healthy"),
    Rule("state and its other name", "state open state close", lambda t, c: [replace(t[0], end=t[-1].end)] if t[0].value == t[2].value else None, "state"),
    Rule("states denied in a word", "(sex|adult)* nonstate ((comma|or|and|slash)+ nonstate)* (sex|adult)*", _nonstates, "nonstate"),
    Rule("states", "(sex|adult|current|weak|be|not|not-history|must-not|who|either|in|of|comma)* state ((comma|or|and|slash)+ (current|be|in|sex|of)* state)* (in|of|sex|adult|comma)* (?!window)", _states, "state"),
    Rule(
        "contraception",
        "(sex|sex-scope|potential-scope|potential|both|of|and|or|comma|with|in|subject|all|adult)* (must|agree|willing|able|not|unwilling|unable|use|treated|to|using|an|effective|in|of|with|on)* w? effective* (method|of)? contraception (during (of|event)+)? (be? restrict (of|for|by|in|to|w|_)? (all|sex|both|potential|subject|of|with|and|or)+)?",
        _contraception, "contraception"),
    *SMOKING,
    Rule("other study", f"(current|history|weak)* (trial|drug-trial) {_OF_WHAT} window?", _participation, "trial drug-trial"),
)
SEX = (
    Rule("women who may bear children", "(sex (of|with|in|at)? potential|potential sex)", _with_potential, "potential"),
    Rule("adults", "adult only?", _adult, "adult"),
    Rule("either sex", "both", lambda tokens, context: [], "both"),
    Rule("sex", "sex+ only?", _sex_only, "sex"),
)
