"""What a line says of its disease and nothing else: how long it has lasted, and the treatment it is under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Any, Bound, Check, Condition, Duration, Measurement, Medication
from matcher.model.trees import all_of, leaves
from matcher.reading.grammar.amounts import span_of
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Relation
from matcher.vocabulary.indications import given_for

_OF_WEEKS = frozenset(("pregnant", "pregnancy", "gestation"))
_LASTS = frozenset(("months", "years"))
_UNDER = Caseless(r"\s*(?:(?:patients?|subjects?|participants?|individuals?)\s+)?(?:(?:who\s+(?:are|is)|and|while|currently|being|already|,)\s+)*(?:treated|controlled|managed|on|receiving|taking|using|under)\b")
_BETWEEN = Caseless(r"\W*(?:(?:patients?|subjects?|participants?|individuals?)\b\W*)?(?:(?:who|are|is|and|while|currently|being|already|on|treated with|receiving|taking|with)\b\W*)*")
_PATIENTS = Caseless(r"\s*(?:patients|subjects|participants|individuals)\b")
_OF_TYPES = Caseless(r"\btypes? [\divx]+ ?(?:or|and/or|/) ?(?:type )?[\divx]+ ")
_SPEAKS_SO = Caseless(r"\b(?:treated|controlled|managed|on|receiving|taking|using|under)\b")


def with_own_length(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Gout of more than 6 months and less than 15 years": the disease, lasting so long; None for any other line."""
    said = [token for token in tokens if token.tag not in ("stop", "semicolon")]
    if len(said) < 3 or said[0].tag != "check" or said[1].tag not in ("of", "for") or any(token.tag != tag for token, tag in zip(said[2:], ("span", "and", "span"), strict=False)) or len(said) not in (3, 5):
        return None
    bounds = [bound for token in said[2:] if token.tag == "span" for bound in token.value]
    disease = said[0].value.check
    if not _lastable(disease) or len(bounds) > 2 or not all(bound.op in (">", "≥", "<", "≤") and bound.unit in _LASTS for bound in bounds) or (len(bounds) > 1 and not _a_range(bounds)):
        return None
    checks: list[Check] = [replace(disease, lasting=Duration(bound.op, span_of(bound))) for bound in bounds]
    place = (said[0].start, said[-1].end)
    return Read(all_of(checks), (place,) * len(checks))


def _lastable(check: Check) -> bool:
    return isinstance(check, Condition) and check.lasting is None and check.window is None and check.phase in ("", "active") and check.term not in _OF_WEEKS


def _a_range(bounds: Sequence[Bound]) -> bool:
    """Whether one bound is the least and the other the most."""
    low, high = bounds
    return low.op in (">", "≥") and high.op in ("<", "≤")


def with_own_treatment(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Type 2 diabetes treated with metformin", "LDL ≥ 100 mg/dL on a statin": both are asked for; None for any other line."""
    checks = [token for token in tokens if token.tag == "check"]
    if len(checks) != 2 or tokens[0] is not checks[0] or any(token.tag not in ("stop", "semicolon") for token in tokens[tokens.index(checks[1]) + 1 :]) or not _SPEAKS_SO.search(context.text):
        return None
    first, second = checks
    if context.text[second.end :].strip(" .;"):
        return None
    between = context.text[first.end : second.start]
    several = isinstance(first.value.check, Any)  # of two diseases the treatment may be said of the last alone
    if several and not _PATIENTS.match(between) and not _OF_TYPES.search(first.text):
        return None
    if not _BETWEEN.fullmatch(between) or not _UNDER.match(between + second.text) or not _one_thing(first.value.check) or not _treats(second.value.check):
        return None
    if context.exclusion and (several or not isinstance(first.value.check, Condition)):
        return None
    if context.text[: first.start].strip(" •-*\t0123456789.)") and not _PEOPLE.fullmatch(context.text[: first.start]):
        return None
    disease = first.value.check
    if context.exclusion and not _is_given_for(second.value.check, disease, context):
        disease = replace(disease, states=(*disease.states, clean(context.text[first.end : second.end])))  # what is taken may be for something else
    return Read(all_of([disease, second.value.check]), (*first.value.spans, *second.value.spans))


def _is_given_for(taken: Check, disease: Condition, context: Context) -> bool:
    """Whether each treatment is one that is given for the disease."""
    asked = context.vocabulary.condition(disease.term)
    for leaf in leaves(taken):
        concept = context.vocabulary.treatment(leaf.term) if isinstance(leaf, Medication) else None
        known = [context.vocabulary.condition(one.label) for given in given_for(context.vocabulary, concept) for one in given.indications] if concept is not None else []
        if asked is None or not any(one is not None and context.vocabulary.relation(asked, one) in (Relation.SAME, Relation.NARROWER) for one in known):
            return False
    return True


_PEOPLE = Caseless(r"\W*(?:(?:the|all|any|adult|patients?|subjects?|participants?|individuals?|persons?|people|who|with|have|has|having|a|an|are|is|must|be)\b\W*)*")


def _one_thing(check: Check) -> bool:
    """Whether a check asks for one disease or value, for all of several, or for one of several diseases."""
    parts = check.parts if isinstance(check, All) or (isinstance(check, Any) and all(isinstance(part, Condition) for part in check.parts)) else (check,)
    return all(not isinstance(part, Any | All) for part in parts) and any(isinstance(leaf, Condition | Measurement) for leaf in leaves(check))


def _treats(check: Check) -> bool:
    """Whether a check asks for a treatment of today, or one of several."""
    parts = check.parts if isinstance(check, Any | All) else (check,)
    return all(isinstance(part, Medication) and part.phase in ("", "current") and part.window is None and not part.states for part in parts)
