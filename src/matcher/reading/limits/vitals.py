"""Measures with a form of their own: blood pressure, limits by sex, markers before a disease."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Measurement,
    Not,
    Sex,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.amounts import Found, bounds_of
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.grammar.serology import BY_ANTIBODIES, by_test, is_its_test
from matcher.reading.limits.limited import combine, in_own_unit, members_of
from matcher.reading.tagging.tokens import Token

_PRESSURES = ("systolic blood pressure", "diastolic blood pressure")


def blood_pressure(tokens: Sequence[Token], context: Context) -> Found:
    """ "Blood pressure ≥ 160/100 mmHg": above is either of the two, below is both, or of those excluded perhaps either."""
    numbers = [token for token in tokens if token.tag in ("number", "quantity")]
    bounds = [token.value[0] if token.tag == "quantity" else bounds_of(token.value, "≥?")[0] for token in numbers]
    if len(numbers) != 2 or any(token.tag == "quantity" and len(token.value) != 1 for token in numbers):
        return None
    high, low = bounds
    op = high.op if numbers[0].tag == "quantity" else low.op
    if high.unit not in ("", "mmHg") or low.unit not in ("", "mmHg") or not 60 <= high.number <= 300 or not 30 <= low.number < high.number:
        return None
    parts: list[Check] = [Measurement(name, (Bound(op, bound.number, "mmHg"),)) for name, bound in zip(_PRESSURES, bounds, strict=True)]
    span = (numbers[0].start, numbers[1].end)
    if op in ("<", "≤") and context.exclusion:
        return check_token(Ambiguous((all_of(parts), any_of(parts))), tokens, context, (span,) * 4)
    return check_token(all_of(parts) if op in ("<", "≤") else any_of(parts), tokens, context, (span, span))


def two_pressures(tokens: Sequence[Token], context: Context) -> Found:
    """ "blood pressure between 90/60 and 150/95 mmHg": each side between its two numbers."""
    numbers = [token for token in tokens if token.tag in ("number", "quantity")]
    ops = [token.value[0].op if token.tag == "quantity" else "" for token in numbers]
    values = [token.value[0].number if token.tag == "quantity" else token.value.low for token in numbers]
    if len(values) != 4 or any(joint.tag == "or" for joint in tokens):
        return None
    between = any(token.tag == "between" for token in tokens)
    signs = ["≥" if between else ops[0], "≤" if between else ops[2] or ops[3]]
    if signs[0] not in (">", "≥") or signs[1] not in ("<", "≤") or not (values[0] < values[2] and values[1] < values[3] and values[1] < values[0]):
        return None
    parts = [
        Measurement(name, (Bound(signs[0], values[side], "mmHg"), Bound(signs[1], values[2 + side], "mmHg")))
        for side, name in enumerate(_PRESSURES)
    ]
    span = (numbers[0].start, numbers[-1].end)
    return check_token(All(tuple(parts)), tokens, context, (span, span))


def pressure_of_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypertension (> 160/100 mmHg)": the pressures say what is meant by the disease."""
    if not re.search(r"hypertension|hypotension", str(tokens[0].value)):
        return None
    at = next(i for i, token in enumerate(tokens) if token.tag in ("quantity", "number"))
    pressures = blood_pressure([token for token in tokens[at:] if token.tag != "close"], context)
    return [tokens[0], *tokens[1:at], *pressures, *tokens[-1:]] if pressures and tokens[-1].tag == "close" else None


def disease_by_pressures(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypertension > 160/100 mmHg": what stands behind the disease is how it is defined."""
    if not re.search(r"hypertension|hypotension", str(tokens[0].value)):
        return None
    return [tokens[0], Token("defined", tokens[0].end, tokens[0].end, "")]


def sided_pressures(tokens: Sequence[Token], context: Context) -> Found:
    """ "systolic/diastolic blood pressure ≥ 160/100": each its own limit."""
    named = [str(token.value) for token in tokens if token.tag == "measure"]
    return blood_pressure([token for token in tokens if token.tag != "slash"], context) if named == list(_PRESSURES) else None


def pressures_first(tokens: Sequence[Token], context: Context) -> Found:
    """ "> 140 mmHg systolic or 90 diastolic": the limits stand before what they limit, the sign once."""
    amounts = [token for token in tokens if token.tag in ("quantity", "number")]
    names = [token for token in tokens if token.tag == "measure"]
    if sorted(str(name.value) for name in names) != sorted(_PRESSURES) or len(amounts) != 2 or amounts[0].tag != "quantity":
        return None
    first: tuple[Bound, ...] = amounts[0].value
    second = amounts[1].value if amounts[1].tag == "quantity" else bounds_of(amounts[1].value, first[0].op)
    joints = {token.tag for token in tokens if token.tag in ("or", "and", "comma", "slash")}
    parts: list[Check] = [Measurement(str(name.value), bounds) for name, bounds in zip(names, (first, second), strict=True)]
    spans = tuple((amount.start, name.end) for amount, name in zip(amounts, names, strict=True))
    check = combine(parts, joints, context)
    return check_token(check, tokens, context, spans * (2 if isinstance(check, Ambiguous) else 1))


def in_between(tokens: Sequence[Token], context: Context) -> Found:
    """ "24 ≤ BMI ≤ 35 kg/m²": the measure between its limits."""
    number, quantity = tokens[0].value, tokens[-1].value
    member, sign = members_of(tokens)[0], str(tokens[1].value)
    turned = {"<": ">", "≤": "≥", "=": "≥"}.get(sign)
    if turned is None or number.high is not None or len(quantity) != 1 or quantity[0].op not in ("<", "≤", "=", "≥?"):
        return None
    upper: Bound = quantity[0]
    lower = bounds_of(number, turned)[0]
    if lower.number >= upper.number or (lower.unit and lower.unit != upper.unit):
        return None
    upper = replace(upper, op="≤") if upper.op in ("=", "≥?") else upper
    return check_token(Measurement(str(member.value), (replace(lower, unit=upper.unit), upper)), tokens, context)


def by_sex(tokens: Sequence[Token], context: Context) -> Found:
    """ "≥ 9 for women and ≥ 10 for men", "> 450 ms (> 470 ms in women)": a limit for each sex."""
    tags = {token.tag for token in tokens}
    if "sex" not in tags or not tags & {"quantity", "number"}:
        return None
    cut = next((i for i, token in enumerate(tokens) if token.tag == "measure" and token.value != tokens[0].value), len(tokens))  # another value begins
    if cut < len(tokens) and not any(token.tag == "sex" for token in tokens[:cut]):
        found = by_sex(tokens[cut:], context)
        return [*tokens[:cut], *found] if found is not None else None
    last = max((i for i, token in enumerate(tokens[:cut]) if token.tag in ("sex", "quantity", "number")), default=0)
    used, rest = list(tokens[: last + 1]), list(tokens[last + 1 :])
    while rest and rest[0].tag == "close" and sum(one.tag == "open" for one in used) > sum(one.tag == "close" for one in used):
        used.append(rest.pop(0))
    if sum(one.tag == "open" for one in used) != sum(one.tag == "close" for one in used):
        return None
    named = [token for token in used[1:] if token.tag in ("sex", "quantity", "number", "open")]
    if [token.tag for token in named] == ["quantity", "sex"]:
        return _of_one_sex(used, rest, named[0], named[1], context)
    paired = _limits_of_sexes(named)
    if paired is None:
        return None
    (sex, first), (other, second) = paired
    if first.tag != "quantity" and not first.value.unit:
        return None
    bounds = first.value if first.tag == "quantity" else bounds_of(first.value, "≥?")
    others = second.value if second.tag == "quantity" else bounds_of(second.value, bounds[0].op)
    unit = bounds[0].unit or others[0].unit
    if others[0].unit not in ("", unit) or others[0].op != bounds[0].op:
        return None
    member = str(members_of(used)[0].value)
    rules = [
        (Sex(one), Measurement(member, in_own_unit(member, tuple(replace(bound, unit=unit) for bound in limits), context)))
        for one, limits in ((sex, bounds), (other, others))
    ]
    spans = tuple((quantity.start, quantity.end) for quantity in (first, second) for _ in (0, 1))
    each = tuple(When(*rule) for rule in rules)
    check: Check = Any(each) if context.exclusion else All(each)
    return [*check_token(check, used, context, spans), *rest]


_OTHER_SEX = pattern_of(r"\d|\b(?:fe)?males?\b|\b(?:wo)?m[ea]n\b", re.IGNORECASE)


def _of_one_sex(used: list[Token], rest: list[Token], quantity: Token, sex: Token, context: Context) -> Found:
    """ "QTc > 450 ms for males", of which nothing is said for the other sex."""
    member = str(members_of(used)[0].value)
    if _OTHER_SEX.search(context.text, used[-1].end) or _OTHER_SEX.search(context.text[: used[0].start]):
        return None
    limit = Measurement(member, in_own_unit(member, quantity.value, context))
    return [*check_token(When(Sex(str(sex.value)), limit), used, context, ((quantity.start, quantity.end),) * 2), *rest]


def _limits_of_sexes(tokens: Sequence[Token]) -> tuple[tuple[str, Token], tuple[str, Token]] | None:
    """Which limit is whose: sex and limit in turn, or a limit for all and another for one sex."""
    whole = "".join({"sex": "s", "open": "("}.get(token.tag, "q") for token in tokens)
    tokens = [token for token in tokens if token.tag != "open"]
    kinds = whole.replace("(", "")
    if kinds in ("qsqs", "sqsq"):
        pairs = [(tokens[i], tokens[i + 1]) if kinds[0] == "s" else (tokens[i + 1], tokens[i]) for i in (0, 2)]
        (one, first), (two, second) = pairs
        return ((str(one.value), first), (str(two.value), second)) if one.value != two.value else None
    if kinds == "qqs" or whole == "q(sq":
        sex = next(token for token in tokens if token.tag == "sex")
        other = {"female": "male", "male": "female"}[str(sex.value)]
        return (other, tokens[0]), (str(sex.value), tokens[2] if kinds == "qsq" else tokens[1])
    return None


def marked_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "HIV negative": the test where there is one, else the disease, or its absence by a test."""
    name, word = str(tokens[0].value), str(tokens[1].value)
    if word not in ("positive", "negative") or tokens[0].tag != "cond":
        return None
    antibodies = BY_ANTIBODIES.match(tokens[1].text) is not None
    test = context.vocabulary.measure(f"{tokens[0].text} antibody") or context.vocabulary.measure(f"anti-{tokens[0].text}")
    if test is not None and (antibodies or is_its_test(name, test.label)):  # "COVID-19 positive" is said of a swab, not of antibodies
        return check_token(Measurement(test.label, words=(word,)), tokens, context)
    if word == "positive" and not antibodies and (name == "HIV infection" or not name.endswith(" infection")):
        return check_token(Condition(name), tokens, context)
    check = by_test(Condition(name), tokens[0].text, antibodies=antibodies)
    return check_token(check if word == "positive" else Not(check), tokens, context, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check)))


def marked(tokens: Sequence[Token], context: Context) -> Found:
    """ "HER2-negative breast cancer": the marker and the disease, each a part of its own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "measure")
    leaf = Measurement(str(tokens[at].value), words=(str(tokens[at + 1].value),))
    joint = Token("and", tokens[at + 1].end, tokens[at + 1].end, "and")
    return [*check_token(leaf, tokens[at : at + 2], context), joint, *tokens[:at], *tokens[at + 2 :]]
