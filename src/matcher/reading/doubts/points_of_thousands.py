"""Limits with three figures behind a point, which may group thousands: "AFP > 1.000 ng/mL" is of one or of a thousand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from matcher.model.language import Ambiguous, Bound, Check, Measurement
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.vocabulary import Vocabulary, canonical
from matcher.vocabulary.measures import unit_rules

_POINTED = pattern_of(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]\d|\d)")
_GROUP = 1000


def with_thousands(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The reading with each such limit beside the one of thousands, where a value so high is usual."""
    written = {Decimal(found[0]) for found in _POINTED.finditer(text)} if Measurement in map(type, leaves(read.check)) else None
    if not written:
        return read

    def either(leaf: Check) -> Check | None:
        if not isinstance(leaf, Measurement) or not any(bound.number in written for bound in leaf.bounds):
            return None
        bounds = tuple(_grouped(bound, leaf, vocabulary) if bound.number in written else bound for bound in leaf.bounds)
        return None if bounds == leaf.bounds else Ambiguous((leaf, replace(leaf, bounds=bounds)))

    return rewritten(read, either)


def _grouped(bound: Bound, leaf: Measurement, vocabulary: Vocabulary) -> Bound:
    """The limit a thousand times as high, where values of the measure go so far."""
    measure = vocabulary.measure(leaf.term)
    rules = unit_rules(measure.id) if measure is not None else None
    whole = canonical(measure, bound.number * _GROUP, bound.unit or measure.unit) if measure is not None else None
    return replace(bound, number=bound.number * _GROUP) if rules is not None and whole is not None and rules.usual[0] <= whole <= rules.usual[1] else bound
