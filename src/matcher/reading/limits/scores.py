"""Scores, classes and grades: values in ordered words, numerals and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from matcher.model.language import (
    All,
    Bound,
    Check,
    Measurement,
)
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.meant import numbered_grade
from matcher.reading.grammar.rules import Context, check_token
from matcher.reading.limits.limited import members_of
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import grade_span

_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}


def ordered_words(tokens: Sequence[Token], context: Context) -> Found:
    """ "Child-Pugh class A or B": words of the score's own order."""
    member = members_of(tokens)[0]
    measure = context.vocabulary.measure(str(member.value))
    words = [token for token in tokens if token.tag == "w"]
    if measure is None or not measure.order:
        return None
    found = [_as_ordered(word.text, measure.order) for word in words]
    if any(word is None for word in found) or any(token.tag in ("dash", "to") for token in tokens):
        return None
    return check_token(Measurement(str(member.value), words=tuple(str(word) for word in found)), tokens, context)


# Scores that grade one kind of disease, which they name without saying so.
GRADES = {
    "NYHA class": "heart disease", "Child-Pugh": "liver disease", "GOLD grade": "chronic obstructive pulmonary disease", "CCS angina class": "coronary artery disease", "Killip class": "heart disease",
    "WHO functional class": "pulmonary hypertension", "Hunt and Hess grade": "subarachnoid hemorrhage", "CKD stage": "kidney disease", "BCLC stage": "hepatocellular carcinoma", "Hoehn and Yahr stage": "Parkinson disease",
    "Kellgren-Lawrence grade": "osteoarthritis", "Hurley stage": "hidradenitis suppurativa", "EDSS": "multiple sclerosis", "Rai stage": "chronic lymphocytic leukemia", "Binet stage": "chronic lymphocytic leukemia",
}  # fmt: skip


def grades_disease(check: Check) -> bool:
    """Whether a check is a grade of one kind of disease."""
    return isinstance(check, Measurement) and check.term in GRADES


def staged_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "NYHA class III/IV heart failure": the class and the disease, each a part of its own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "stages")
    staged = staged_score(tokens[: at + 1], context)
    if staged is None or grades_disease(staged[0].value.check):
        return [*staged, *tokens[at + 1 :]] if staged else None
    return [*staged, Token("and", tokens[at].end, tokens[at].end, "and"), *tokens[at + 1 :]]


def one_of(tokens: Sequence[Token], context: Context) -> Found:
    """Measure 0, 1 or 2: one of the values named."""
    member = members_of(tokens)[0]
    measure = context.vocabulary.measure(str(member.value))
    numbers = [token for token in tokens if token.tag in ("number", "quantity")]
    chosen = [_chosen(token) for token in numbers]
    if measure is None or measure.unit or any(number is None for number in chosen):
        return None
    if any(token.tag == "and" for token in tokens) and (measure.kind != "score" or any(after != (before or 0) + 1 for before, after in pairwise(chosen))):
        return None
    said = context.words(tokens)
    words = tuple(numbered_grade(number, measure.order, said) or f"{number:f}" for number in chosen if number is not None)
    if measure.order and any(grade_span(measure, word) is None for word in words):
        return None
    return check_token(Measurement(str(member.value), words=words), tokens, context, ((min(member.start, numbers[0].start), max(member.end, numbers[-1].end)),))


def _chosen(token: Token) -> Decimal | None:
    """The bare number of a choice, perhaps behind an "=" ("= 0, 1 or 2"); None where it has a sign or unit of its own."""
    if token.tag == "number":
        return None if token.value.unit or token.value.high is not None else token.value.low
    bounds: tuple[Bound, ...] = token.value
    return bounds[0].number if len(bounds) == 1 and bounds[0].op in ("=", "≥?") and not bounds[0].unit else None


def staged_score(tokens: Sequence[Token], context: Context) -> Found:
    """Measure I, II or III: a score or class in words."""
    member = members_of(tokens)[0]
    stage = next(token for token in tokens if token.tag == "stages")
    measure = context.vocabulary.measure(str(member.value))
    if measure is not None and not measure.order and not measure.unit and all(word.isdigit() for word in stage.value):
        return check_token(Measurement(str(member.value), words=tuple(stage.value)), tokens, context, ((member.start, stage.end),))
    if measure is None or not measure.order:
        return None
    words = tuple(_as_ordered(word, measure.order) for word in stage.value)
    if any(word is None for word in words):
        return None
    leaf = Measurement(str(member.value), words=tuple(str(word) for word in words))
    return check_token(leaf, tokens, context, ((member.start, stage.end),))


def _as_ordered(word: str, order: tuple[str, ...]) -> str | None:
    for spelled in (word, word.upper(), _ROMAN.get(word.upper(), ""), {v: k for k, v in _ROMAN.items()}.get(word, "")):
        if spelled in order:
            return spelled
    return None


def graded(tokens: Sequence[Token], context: Context) -> Found:
    """Measure ≥ III, or "≥ grade III NYHA": an ordered word as a limit."""
    member = members_of(tokens)[0]
    stage = next(token for token in tokens if token.tag in ("stages", "w"))
    stage = stage if stage.tag == "stages" else replace(stage, value=(stage.text,))
    op = next(token for token in tokens if token.tag in ("cmp", "after"))
    measure = context.vocabulary.measure(str(member.value))
    word = _as_ordered(stage.value[0], measure.order) if measure and len(stage.value) == 1 else None
    if measure is None or word is None:
        return None
    if op.tag == "after":
        at = measure.order.index(word)
        chosen = measure.order[at:] if op.value == "≥" else measure.order[: at + 1]
        return check_token(Measurement(str(member.value), words=tuple(chosen)), tokens, context)
    at, parted = measure.order.index(word), [one for one in measure.order if one[:-1] == word[:-1] and one[-1:].islower()]
    beyond = {"≥": measure.order[at:], ">": measure.order[at + 1 :], "≤": measure.order[: at + 1], "<": measure.order[:at]}.get(str(op.value))
    if len(parted) > 1 and word in parted and beyond:  # 3a and 3b are one number
        return check_token(Measurement(str(member.value), words=tuple(beyond)), tokens, context)
    digits = re.match(r"\d+", _ROMAN.get(word, word))
    rank = int(digits[0]) if digits else measure.order.index(word) + 1
    sign = "≥?" if op.value == "=" and context.lost else str(op.value)
    return check_token(Measurement(str(member.value), (Bound(sign, Decimal(rank)),)), tokens, context)


def grade_of_score(tokens: Sequence[Token], context: Context) -> Found:
    """ "ECOG grade ≤ 2": the word adds nothing to a score that is a number."""
    measure = context.vocabulary.measure(str(tokens[0].value))
    return list(tokens[:-1]) if measure is not None and measure.kind == "score" and not measure.order else None


_DIPSTICKS = {
    "24-hour urine protein": "urine protein by dipstick", "proteinuria": "urine protein by dipstick", "urine protein-to-creatinine ratio": "urine protein by dipstick",
    "hematuria": "urine blood by dipstick", "urine protein by dipstick": "urine protein by dipstick", "urine blood by dipstick": "urine blood by dipstick",
}  # fmt: skip


def crosses(tokens: Sequence[Token], context: Context) -> Found:
    """ "proteinuria ≥ 2+", "urine protein ≥ ++": a grade of the dipstick."""
    name = _DIPSTICKS.get(str(tokens[0].value))
    pluses = [token for token in tokens if token.tag == "plus"]
    amount = next((token for token in tokens if token.tag in ("quantity", "number")), None)
    sign = next((str(token.value) for token in tokens if token.tag in ("cmp", "after")), "")
    if name is None or any(token.text.casefold() not in ("dipstick", "urinalysis", "strip", "test", "urine") for token in tokens if token.tag == "w"):
        return None
    if amount is None:
        bound = Bound(sign, Decimal(len(pluses)))
    elif amount.end != pluses[0].start or len(pluses) != 1:
        return None
    elif amount.tag == "quantity":
        bounds: tuple[Bound, ...] = amount.value
        bound = bounds[0]
    else:
        bound = Bound(sign, amount.value.low)
    if bound.op not in ("<", "≤", ">", "≥") or bound.unit or not 1 <= bound.number <= 4:
        return None
    measure = context.vocabulary.measure(name)
    if measure is None or f"{bound.number:f}+" not in measure.order:
        return None
    at = measure.order.index(f"{bound.number:f}+")
    kept = {"<": measure.order[:at], "≤": measure.order[: at + 1], ">": measure.order[at + 1 :], "≥": measure.order[at:]}[bound.op]
    return check_token(Measurement(name, words=kept), tokens, context) if kept else None


def restated_class(tokens: Sequence[Token], context: Context) -> Found:
    """ "Child-Pugh score ≥ 7 (class B or C)": the points, and the class they make."""
    found = tokens[0].value.check
    stage = next(token for token in tokens if token.tag in ("stages", "stage"))
    named = stage.value if stage.tag == "stages" else [token.text for token in tokens if token.tag == "w"]
    measure = context.vocabulary.measure(found.term) if isinstance(found, Measurement) and found.bounds else None
    if measure is None or not measure.order:
        return None
    words = tuple(_as_ordered(word, measure.order) for word in named)
    if any(word is None for word in words):
        return None
    classed = Measurement(measure.label, words=tuple(str(word) for word in words))
    return check_token(All((found, classed)), tokens, context, (*tokens[0].value.spans, (stage.start, tokens[-2].end)))


def numeral_range(tokens: Sequence[Token], context: Context) -> Found:
    """ "I-III": the numerals from the first to the last, written without a space."""
    first, last = tokens
    if first.text not in _ROMAN or last.text not in _ROMAN or context.text[first.end : last.start].strip() not in ("-", "–", "—"):
        return None
    numerals = list(_ROMAN)
    between = numerals[numerals.index(first.text) : numerals.index(last.text) + 1]
    return [Token("stages", first.start, last.end, context.text[first.start : last.end], tuple(between))] if len(between) > 1 else None


def sum_of_two(tokens: Sequence[Token], context: Context) -> Found:
    """ "Gleason score 3 + 4 = 7": the sum is the score."""
    member = members_of(tokens)[0]
    measure = context.vocabulary.measure(str(member.value))
    numbers = [token.value.low for token in tokens if token.tag == "number"]
    amounts = [token.value[0] for token in tokens if token.tag == "quantity"]
    if measure is None or measure.id != "gleason" or any(token.tag in ("open", "cmp") for token in tokens[:-2]) or len(numbers) + len(amounts) > 3:
        return None
    said = [*numbers, *(bound.number for bound in amounts)]
    if amounts and amounts[0].op not in ("=", "≥?"):
        return None
    if len(said) == 3 and sorted(said)[0] + sorted(said)[1] != sorted(said)[2]:
        return None
    total = max(said) if len(said) == 3 else said[0] + said[1]
    return check_token(Measurement(measure.label, (Bound("=", total),)), tokens, context)


def limited_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "NYHA ≥ 2 heart failure": the class and the disease, each a part of its own."""
    measure = context.vocabulary.measure(str(members_of(tokens)[0].value))
    at = next(i for i, token in enumerate(tokens) if token.tag == "quantity")
    if measure is None or not measure.order:
        return None
    leaf = check_token(Measurement(measure.label, tokens[at].value), tokens[: at + 1], context)
    if leaf and grades_disease(leaf[0].value.check):
        return [*leaf, *tokens[at + 1 :]]
    return [*leaf, Token("and", tokens[at].end, tokens[at].end, "and"), *tokens[at + 1 :]]


_SCALES = frozenset(("WHO", "GOG", "SWOG", "ZUBROD", "CALGB", "NCIC", "ECOG", "CTC", "PS", "EORTC", "CCG"))


def performance_status(tokens: Sequence[Token], context: Context) -> Found:
    """ "Performance status: WHO 0-2": the scale is told by the size of its numbers."""
    amount = tokens[-1]
    numbers = [bound.number for bound in amount.value] if amount.tag == "quantity" else [amount.value.low, amount.value.high or amount.value.low]
    units = {bound.unit for bound in amount.value} if amount.tag == "quantity" else {amount.value.unit}
    if any(token.text.upper() not in _SCALES for token in tokens if token.tag == "w"):
        return None
    if units == {""} and all(number <= 5 for number in numbers):
        name = "ECOG performance status"
    elif units <= {"", "%"} and all(20 <= number <= 100 and number % 10 == 0 for number in numbers):
        name = "Karnofsky performance status"
    else:
        return None
    return [replace(tokens[0], tag="measure", value=name, end=tokens[-2].end), amount]


_ABBREVIATED = {"ASA": "ASA physical status", "GOLD": "GOLD grade"}
_GOLD = pattern_of(r"\s*[(:]?\s*[1-4](?![\d.:)-]*\d{2})")  # no year: "GOLD 2019"


def abbreviated(tokens: Sequence[Token], context: Context) -> Found:
    """ "ASA I-III": an abbreviation of several meanings is the score where grades of it follow."""
    name = _ABBREVIATED.get(tokens[0].text)
    if name == "GOLD grade" and not _GOLD.match(context.text, tokens[0].end):
        return None
    return [replace(tokens[0], tag="measure", value=name)] if name else None
