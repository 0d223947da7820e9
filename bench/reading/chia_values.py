"""Annotated amounts of measurements against the limits that were read at their places."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from amounts_said import Amount, amounts_said, same_amount
from brat import Document, Entity
from placed import Placed, Tally

from matcher.model.language import Age, Condition, Leaf, Measurement
from matcher.vocabulary import load

_TIME = re.compile(r"\b(?:days|weeks|months|years)\b")
_DAY_LONG = re.compile(r"\b24\s?-?\s?h", re.IGNORECASE)
# A sign before the value that an export wrote as its number: "<U+2265>".
_ESCAPED = re.compile(r"<U\+(22[0-9A-F]{2})>\s*$")
_BETWEEN_PIECES = re.compile(r"\s*(?:or|and)?\s*(?:equal|greater|less|more)?\s*(?:to|than)?\s*")


def values(document: Document, placed: Sequence[Placed], tally: Tally) -> None:
    """Which annotated values of measurements are among what was read there."""
    pairs = document.related("Has_value")
    for measure, value in pairs:
        if measure.kind != "Measurement":
            continue
        amounts = said(document, value, measure)
        if not amounts:
            tally.counts["value not plain"] += any(letter.isdigit() for letter in value.text)
            continue
        known = load().measure(measure.text) is not None
        at = _there(placed, measure, value, [other for other, same in pairs if same is value])
        tally.counts["value"] += 1
        tally.counts["known"] += known
        if not all(any(agrees(amount, one.leaf) for one in at) for amount in amounts):
            tally.miss(_why(at, known), document, value.pieces[0][0], value.pieces[-1][1])
            continue
        tally.counts["value right"] += 1
        tally.counts["known right"] += known
        if all(any(agrees(amount, one.leaf) for one in at if not one.doubtful) for amount in amounts):
            tally.counts["value certain"] += 1
        else:
            tally.miss("right, but in doubt", document, value.pieces[0][0], value.pieces[-1][1])


def limits(document: Document, placed: Sequence[Placed], tally: Tally) -> None:
    """Which limits that were read stand in the annotation of that place."""
    pairs = document.related("Has_value")
    for one in placed:
        if not isinstance(one.leaf, Measurement) or not one.leaf.bounds:
            continue
        here = [(measure, value) for measure, value in pairs if one.at(value) or one.at(measure)]
        amounts = [amount for measure, value in here for amount in said(document, value, measure)]
        if not amounts:
            tally.counts["read elsewhere"] += 1
            continue
        stated = [limit for amount in amounts for limit in amount.bounds]
        right = all(any(same_amount(limit, bound) for limit in stated) for bound in one.leaf.bounds) or any(
            agrees(amount, one.leaf) for amount in amounts if amount.choices
        )
        for name in ("read",) if one.doubtful else ("read", "certain"):
            tally.counts[name] += 1
            tally.counts[f"{name} right"] += right
        if not right:
            tally.miss("read otherwise", document, one.start, one.end)


def agrees(amount: Amount, leaf: Leaf) -> bool:
    """Whether a leaf has the limits of the annotated amount (of a blood pressure, one of them), or its choice of numbers."""
    if isinstance(leaf, Measurement) and leaf.words:
        numbers = {Decimal(_ROMAN.get(word, word)) for word in leaf.words if word in _ROMAN or re.fullmatch(r"\d+(?:\.\d+)?", word)}
        alone = {one.number for one in amount.bounds if one.op == "="}
        return bool(numbers) and (numbers in (amount.choices, _ranged(amount)) or (bool(alone) and alone <= numbers))
    if isinstance(leaf, Condition) and leaf.stages:
        return _steps(amount) == {step for stage in leaf.stages if (step := stage.upper()) in _STEPS}
    if not isinstance(leaf, Measurement | Age):
        return False
    if amount.choices:
        return tuple(one.number for one in leaf.bounds) == (min(amount.choices), max(amount.choices))
    held = [any(same_amount(one, other) for other in leaf.bounds) for one in amount.bounds]
    return any(held) if amount.pressure else all(held)


_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6"}


def _ranged(amount: Amount) -> frozenset[Decimal]:
    """The whole numbers of a closed range, of which each may be a step: "1 to 3"."""
    if [one.op for one in amount.bounds] != ["≥", "≤"] or any(one.unit or one.number % 1 for one in amount.bounds):
        return frozenset()
    return frozenset(Decimal(step) for step in range(int(amount.bounds[0].number), int(amount.bounds[1].number) + 1))


# The steps of grades and stages, in numbers or in Roman ones, that an annotated limit leaves.
_STEPS = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


def _steps(amount: Amount) -> set[str]:
    """The grades that an amount names or leaves: "greater than 1" is 2 to 5."""
    if amount.choices:
        return {step for step, number in _STEPS.items() if number in amount.choices}
    ways = {"<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge, "=": operator.eq}
    return {step for step, number in _STEPS.items() if all(ways[one.op](number, one.number) for one in amount.bounds if one.op in ways)}


def said(document: Document, value: Entity, measure: Entity) -> tuple[Amount, ...]:
    """The amounts of an annotated value, with the unit that the measure names ("24-hr urine protein") or the next value of its line."""
    found = amounts_said(_whole(document, value))
    if len(found) > 1 and found[-1].bounds:
        found = _in_unit(found, found[-1].bounds[-1].unit)
    if _DAY_LONG.search(measure.text) and found and all(limit.unit in ("g", "mg") for amount in found for limit in amount.bounds):
        return tuple(replace(amount, bounds=tuple(replace(limit, unit=f"{limit.unit}/24h") for limit in amount.bounds)) for amount in found)
    if not any(limit.unit == "" for amount in found for limit in amount.bounds):
        return found
    time = _TIME.search(measure.text)
    if time:
        return _in_unit(found, time[0])
    line_end = document.text.find("\n", value.pieces[-1][1])
    later = [
        other for other in document.entities
        if other.kind == "Value" and value.pieces[-1][1] <= other.pieces[0][0] < (line_end if line_end >= 0 else len(document.text))
    ]  # fmt: skip
    following = min(later, key=lambda other: other.pieces[0][0], default=None)
    if following is None or not re.fullmatch(r"[\s,]*(?:or|and)?\s*", document.text[value.pieces[-1][1] : following.pieces[0][0]]):
        return found
    joint = document.text[value.pieces[-1][1] : following.pieces[0][0]]
    if joint.strip() == "," and not any(other is following and subject is measure for subject, other in document.related("Has_value")):
        return found
    unit = next((limit.unit for amount in amounts_said(_whole(document, following)) for limit in amount.bounds), "")
    return _in_unit(found, unit)


def _in_unit(amounts: Sequence[Amount], unit: str) -> tuple[Amount, ...]:
    """The amounts with the unit where they name none."""
    return tuple(
        replace(amount, bounds=tuple(replace(limit, unit=limit.unit or unit) for limit in amount.bounds)) for amount in amounts
    )


def _whole(document: Document, value: Entity) -> str:
    """The annotated words, with comparators left out between pieces, up to the end of a word or unit that is cut through."""
    start, end = value.pieces[0][0], value.pieces[-1][1]
    gaps = zip(value.pieces, value.pieces[1:], strict=False)
    unbroken = all(_BETWEEN_PIECES.fullmatch(document.text[one[1] : other[0]]) for one, other in gaps)
    words = document.text[start:end] if unbroken else value.text
    rest = re.match(r"[\w/^²³⁹µ%]*[\w²³⁹%]", document.text[end:]) if document.text[end - 1 : end].strip(" )") else None
    sign = _ESCAPED.search(document.text, max(0, start - 12), start)
    return (chr(int(sign[1], 16)) if sign else "") + words + (rest[0] if rest else "")


def _there(placed: Sequence[Placed], measure: Entity, value: Entity, measures: Sequence[Entity]) -> list[Placed]:
    """What was read of the measure, or of the value and of no other measure."""
    others = [other for other in measures if other is not measure]
    return [
        one for one in placed
        if one.at(measure) or (one.at(value) and not any(one.at(other) for other in others))
    ]  # fmt: skip


def _why(at: Sequence[Placed], known: bool) -> str:
    """The class of a miss, by what was read in its place."""
    if any(isinstance(one.leaf, Measurement | Age) for one in at):
        return "value read otherwise"
    kinds = sorted({type(one.leaf).__name__.casefold() for one in at})
    return f"value in {kinds[0] if kinds else 'nothing'}, {'known' if known else 'unknown'}"
