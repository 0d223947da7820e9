"""Measures with a form of their own: blood pressure, limits by sex, markers before a disease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.language import (
    All,
    Any,
    Bound,
    Check,
    Condition,
    Measurement,
    Not,
    Sex,
    When,
    all_of,
    any_of,
)
from matcher.reading.amounts import Found, bounds_of
from matcher.reading.limited import members_of
from matcher.reading.rules import Context, check_token
from matcher.reading.tokens import Token


def blood_pressure(tokens: Sequence[Token], context: Context) -> Found:
    """Blood pressure ≥ 160/100 mmHg: above is either, below is both."""
    numbers = [token for token in tokens if token.tag in ("number", "quantity")]
    first = numbers[0]
    op = first.value[0].op if first.tag == "quantity" else "≥?"
    low = first.value[0].number if first.tag == "quantity" else first.value.low
    last = numbers[1].value.low if numbers[1].tag == "number" else Decimal(0)
    parts: list[Check] = [
        Measurement("systolic blood pressure", (Bound(op, low, "mmHg"),)),
        Measurement("diastolic blood pressure", (Bound(op, last, "mmHg"),)),
    ]
    check = all_of(parts) if op in ("<", "≤") else any_of(parts)
    span = (first.start, numbers[1].end)
    return check_token(check, tokens, context, (span, span))


def by_sex(tokens: Sequence[Token], context: Context) -> Found:
    """Measure ≥ 9 for women and ≥ 10 for men: a limit for each."""
    member = members_of(tokens)[0]
    limits: list[tuple[str, tuple[Bound, ...], Token]] = []
    quantity: Token | None = None
    for token in tokens:
        if token.tag in ("quantity", "number"):
            quantity = token
        elif token.tag == "sex" and quantity is not None:
            first = limits[0][1] if limits else ()
            bounds = quantity.value if quantity.tag == "quantity" else bounds_of(quantity.value, first[0].op if first else "=")
            limits.append((str(token.value), bounds, quantity))
    if len(limits) != 2 or limits[0][0] == limits[1][0]:
        return None
    unit = limits[0][1][0].unit or limits[1][1][0].unit
    rules = [When(Sex(sex), Measurement(str(member.value), tuple(replace(b, unit=b.unit or unit) for b in bounds))) for sex, bounds, _ in limits]
    spans = tuple((quantity.start, quantity.end) for _, _, quantity in limits for _ in (0, 1))
    return check_token(All(tuple(rules)) if not context.exclusion else Any(tuple(rules)), tokens, context, spans)


def marked_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "HIV negative": the test where there is one, else the disease or its absence."""
    name, word = str(tokens[0].value), str(tokens[1].value)
    if word not in ("positive", "negative") or tokens[0].tag != "cond":
        return None
    test = context.vocabulary.measure(f"{tokens[0].text} antibody") or context.vocabulary.measure(f"anti-{tokens[0].text}")
    if test is not None:
        return check_token(Measurement(test.label, words=(word,)), tokens, context)
    check: Check = Condition(name)
    return check_token(check if word == "positive" else Not(check), tokens, context)


def marked(tokens: Sequence[Token], context: Context) -> Found:
    """ "HER2-negative breast cancer": the marker and the disease, each a part of its own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "measure")
    leaf = Measurement(str(tokens[at].value), words=(str(tokens[at + 1].value),))
    joint = Token("and", tokens[at + 1].end, tokens[at + 1].end, "and")
    return [*check_token(leaf, tokens[at : at + 2], context), joint, *tokens[:at], *tokens[at + 2 :]]
