"""Rules for some of the patients: "For HBsAg positive patients, HBV DNA < 2000 IU/mL" asks nobody to be one of them."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Check, Condition, Measurement, When
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read

_FOR_THOSE = Caseless(
    r"\W*(?:for|in|among|regarding|concerning)\s+(?!all\b|both\b)(?:the\s+|those\s+)?(?:[\w+-]+\s+){0,5}?(?:patients?|subjects?|participants?|individuals?|people|persons?|those|volunteers?)\b[^,.;:]{0,60}[,:]\s*(?=\S)",
    needs=("for ", "in ", "among ", "regarding ", "concerning "),
)


def for_those(read: Read, text: str) -> Read:
    """A reading of an inclusion in which the disease or the result before the comma says for whom the rule behind it is."""
    found = _FOR_THOSE.match(text) if isinstance(read.check, All) else None
    if found is None or not isinstance(read.check, All):
        return read
    counts = [sum(1 for _ in leaves(part)) for part in read.check.parts]
    if sum(counts) != len(read.spans):
        return read
    starts = [read.spans[sum(counts[:at])][0] for at in range(len(counts))]
    before = [part for part, start in zip(read.check.parts, starts, strict=True) if start < found.end()]
    behind = read.check.parts[len(before) :]
    if len(before) != 1 or not behind or not isinstance(before[0], Condition | Measurement):
        return read
    return Read(When(_alone(before[0]), behind[0] if len(behind) == 1 else All(behind)), read.spans)


def _alone(scope: Check) -> Check:
    """Who it is, without the time of the rule."""
    return replace(scope, window=None, lasting=None) if isinstance(scope, Condition) else scope
