"""Rules for some of the patients: "For HBsAg positive patients, HBV DNA < 2000 IU/mL" asks nobody to be one of them."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Any, Check, Condition, Measurement, Sex, When
from matcher.model.trees import all_of, leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_FOR_THOSE = Caseless(
    r"\W*(?:for|in|among|regarding|concerning)\s+(?!all\b|both\b)(?:the\s+|those\s+)?(?:[\w+-]+\s+){0,5}?(?:patients?|subjects?|participants?|individuals?|people|persons?|those|volunteers?)\b[^,.;:]{0,60}[,:]\s*(?=\S)",
    needs=("for ", "in ", "among ", "regarding ", "concerning "),
)
# "For EGFR-mutant NSCLC, progression on osimertinib": those who have it.
_FOR_DISEASE = Caseless(
    r"\W*(?:for\s+(?!all\b|both\b|at\b|the\b|\d)|in\s+(?!situ\b|the\b|remission\b))(?:[\w/+-]+\s+){0,5}?(?:disease|tumou?rs?|cancers?|carcinomas?|lymphomas?|leuka?emias?|melanomas?|myelomas?|nsclc|sclc|tnbc|crc|aml|all|cml|cll)\s*(?:\([^()]*\)\s*)?[,:]\s*(?=\S)",
    needs=("for ", "in "),
)


def for_those(read: Read, text: str) -> Read:
    """A reading of an inclusion in which the disease or the result before the comma says for whom the rule behind it is."""
    found = (_FOR_THOSE.match(text) or _FOR_DISEASE.match(text)) if isinstance(read.check, All) else None
    if found is None or not isinstance(read.check, All):
        return read
    counts = [sum(1 for _ in leaves(part)) for part in read.check.parts]
    if sum(counts) != len(read.spans):
        return read
    starts = [read.spans[sum(counts[:at])][0] for at in range(len(counts))]
    before = [part for part, start in zip(read.check.parts, starts, strict=True) if start < found.end()]
    behind = read.check.parts[len(before) :]
    if not before or not behind or not all(isinstance(leaf, Condition | Measurement | Sex) for part in before for leaf in leaves(part)):
        return read
    scope = [_alone(part) for part in before]
    return Read(When(all_of(scope), behind[0] if len(behind) == 1 else All(behind)), read.spans)


def _alone(scope: Check) -> Check:
    """Who it is, without the time of the rule."""
    if isinstance(scope, All | Any):
        return type(scope)(tuple(map(_alone, scope.parts)))
    return replace(scope, window=None, lasting=None) if isinstance(scope, Condition) else scope
