"""Limits in further forms: in two units, as a disease, by their unit alone, of those above another, in pack-years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import LLN, ULN, Ambiguous, Bound, Measurement, leaves
from matcher.reading.amounts import Found, bounds_of
from matcher.reading.limited import combine, limited
from matcher.reading.rules import Context, Rule, check_token
from matcher.reading.tokens import Token
from matcher.vocabulary import canonical


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


def by_its_unit(tokens: Sequence[Token], context: Context) -> Found:
    """ "27 to 45 kg/m²" alone: only one measure is counted so."""
    bounds: tuple[Bound, ...] = tokens[0].value
    if any(bound.unit != "kg/m²" for bound in bounds):
        return None
    return [*check_token(Measurement("body mass index", bounds), tokens[:1], context), *tokens[1:]]


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


def value_of_disease(tokens: Sequence[Token], context: Context) -> Found:
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


def pack_years(tokens: Sequence[Token], context: Context) -> Found:
    """ "a smoking history of at least 10 pack-years": the unit names the measure."""
    bounds: tuple[Bound, ...] = tokens[-1].value
    said = all(re.fullmatch(r"smok\w*(?: history)?|tobacco|cigarettes?|total|cumulative", token.text, re.IGNORECASE) for token in tokens[:-1] if token.tag == "w")
    return check_token(Measurement("pack-years", bounds), tokens, context) if said and all(bound.unit == "pack-years" for bound in bounds) else None


def points_on_scale(tokens: Sequence[Token], context: Context) -> Found:
    """ "> 22 points on the Beck Depression Inventory"."""
    measure = context.vocabulary.measure(str(next(token.value for token in tokens if token.tag == "measure")))
    return limited(tokens, context) if measure is not None and measure.kind == "score" else None


JOINED_LIMITS = (Rule("limits that define", "(?<=defined) check ((or|comma|and|slash)+ check)+ (?=stop|semicolon|close|$)", defining, "defined"),)
