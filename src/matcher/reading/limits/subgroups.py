"""Limits that another fact changes: "≤ 2.5 × ULN (≤ 5 × ULN if liver metastases)", "unless Gilbert's syndrome"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    LLN,
    ULN,
    All,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Exempt,
    Measurement,
    Not,
    Unread,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Read, Spans, check_token
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# What may stand beside a disease that only says that a patient has it.
_HAVING = ("weak", "with", "in", "of", "for", "if", "subject", "to", "history", "current", "be", "have", "due", "comma", "_", "who", "that", "restrict", "or", "and", "confirmed", "on")
_PRESENT = frozenset((
    "present", "exists", "exist", "case", "presence", "involved", "involvement", "known", "documented", "there", "is", "are", "attributable", "attributed",
    "where", "when", "which", "can", "may", "must", "who", "patients", "subjects", "participants", "due", "cases",
))  # fmt: skip


_SIDES = {"<": "upper", "≤": "upper", ">": "lower", "≥": "lower"}


def other_limit(tokens: Sequence[Token], context: Context) -> Found:
    """A limit, then another for some: those who have the fact are held to the other."""
    head: Read = tokens[0].value
    amount = next(token for token in reversed(tokens) if token.tag in ("quantity", "multiple", "number", "check"))
    if amount is tokens[0] or sum(token.tag == "open" for token in tokens) != sum(token.tag == "close" for token in tokens):
        return None
    other = _limit_of(amount, head.check)
    fact = [token for token in tokens[1:] if token is not amount and token.tag not in ("open", "close", "comma", "or", "but", "except", "and")]
    named = _fact(fact, context)
    if named is None or other is None or not (fact[0].tag in ("if", "for", "in", "with") or any(token.tag == "except" for token in tokens)):
        return None
    check, spans = named
    allowed = any(token.tag == "except" or token.text.casefold() in ("can", "may", "allowed", "acceptable") for token in tokens)
    found = _held_to_other(head.check, check, other, allowed=allowed)
    if found is None:
        return None
    count = sum(1 for _ in leaves(head.check))
    return check_token(found, tokens, context, _spans(found, head.spans[:count], (amount.start, amount.end), spans))


def _limit_of(token: Token, head: Check) -> Bound | None:
    """The other limit, given alone or with the name of the measure again."""
    if token.tag == "multiple":
        bound: Bound = token.value
        return bound
    if token.tag == "number":
        return Bound("=", token.value.low, token.value.unit) if token.value.unit in (ULN, LLN) and token.value.high is None else None
    if token.tag == "quantity":
        bounds: tuple[Bound, ...] = token.value
        return bounds[0] if len(bounds) == 1 else None
    again = token.value.check
    same = isinstance(again, Measurement) and isinstance(head, Measurement) and again.term == head.term and len(again.bounds) == 1
    return again.bounds[0] if same else None


# What is "involved" by one of these is said already; "lymphoma involvement" is that of an organ which was not named.
_SPREAD = Caseless(r"metasta|involvement|infiltrat")


def _fact(tokens: Sequence[Token], context: Context) -> tuple[Check, tuple[int, int]] | None:
    """The fact that changes the limit: a disease, or what stands there, unread."""
    if not tokens:
        return None
    span = (tokens[0].start, tokens[-1].end)
    named = [token for token in tokens if token.tag == "cond"]
    rest = [token for token in tokens if token.tag not in ("cond", *_HAVING)]
    plain = all(token.tag == "w" and token.text.casefold() in _PRESENT for token in rest)
    of_organ = any("involve" in token.text.casefold() for token in rest) and named and not _SPREAD.search(term_of(named[0]).label)
    if len(named) == 1 and plain and not of_organ and term_of(named[0]).examples == ():
        return Condition(term_of(named[0]).label), (named[0].start, named[0].end)
    if any(token.tag in ("check", "quantity", "measure", "window") for token in tokens):
        return None
    return Unread(" ".join(context.words(tokens).split())), span


def _held_to_other(head: Check, fact: Check, other: Bound, *, allowed: bool) -> Check | None:
    """The rule with a limit for those who have the fact; the laxer of the two is enough to know where it decides alone."""
    if isinstance(head, Ambiguous):
        readings = [_held_to_other(reading, fact, other, allowed=allowed) for reading in head.readings]
        return None if any(reading is None for reading in readings) else Ambiguous(tuple(one for one in readings if one is not None))
    parts = head.parts if isinstance(head, All | Any) else (head,)
    limited = [part for part in parts if isinstance(part, Measurement) and len(part.bounds) == 1]
    if len(limited) != len(parts):
        return None
    bound = limited[0].bounds[0]
    if any(part.bounds[0].op != bound.op for part in limited) or (other.op not in ("=", "≥?") and _SIDES[other.op] != _SIDES.get(bound.op)) or bound.op == "=":
        return None
    if other.unit not in ("", bound.unit) and not allowed:
        return None
    wider = replace(other, op=bound.op if other.op in ("=", "≥?") else other.op, unit=other.unit or bound.unit)
    rules = [_either(part, replace(part, bounds=(wider,)), fact) for part in limited]
    return rules[0] if not isinstance(head, All | Any) else type(head)(tuple(rules))


def _either(part: Measurement, other: Measurement, fact: Check) -> Check:
    first, second = part.bounds[0], other.bounds[0]
    if first.op == "≥?":
        return All((Any((part, fact)), Any((other, Not(fact)))))
    laxer = first.unit != second.unit or (second.number >= first.number) == (first.op in ("<", "≤"))
    return Any((part, All((fact, other)))) if laxer else All((part, Any((Not(fact), other))))


def _spans(check: Check, heads: Spans, amount: tuple[int, int], fact: tuple[int, int]) -> Spans:
    """A place for every leaf: the measure's own, the fact's, and the other limit's."""
    found: list[tuple[int, int]] = []
    measured = 0
    for leaf in leaves(check):
        if not isinstance(leaf, Measurement):
            found.append(fact)
            continue
        found.append(amount if measured % 2 else heads[measured // 2 % len(heads)])
        measured += 1
    return tuple(found)


def lifted(tokens: Sequence[Token], context: Context) -> Found:
    """ "bilirubin ≤ 1.5 × ULN unless Gilbert's syndrome": the disease lifts the limit, or the denial of one: "no creatinine > 2 mg/dL unless on dialysis"."""
    denied = tokens[0].tag != "check"
    at, behind = (tokens[1], tokens[2:]) if denied else (tokens[0], tokens[1:])
    head: Read = at.value
    if not all(isinstance(leaf, Measurement) for leaf in leaves(head.check)) or isinstance(head.check, Ambiguous | All | Any):
        return None
    exempt = next((token for token in tokens if token.tag == "exceptions"), None)
    explained = any(token.tag == "cond" and term_of(token).label == "Gilbert syndrome" for token in behind)
    if not explained and any(token.tag == "restrict" or token.text.casefold() in ("due", "related", "secondary", "attributable", "attributed") for token in behind):
        return None  # what a value comes from is more than that the disease is there
    if exempt is not None:
        named = _exempted(exempt)
    else:
        named = _fact([token for token in behind if token.tag not in ("open", "close", "comma", "unless", "except")], context)
    if named is None or isinstance(named[0], Unread):
        return None
    fact, span = named
    limit: Check = Not(head.check) if denied else head.check
    if context.exclusion or _BUT_NOT.search(context.text, at.end):  # "but not" denies, and lifts nothing
        return check_token(All((limit, Not(fact))), tokens, context, (*head.spans, span))
    lifts = Any((limit, fact))
    if not denied and _DENIES.search(context.text, 0, at.start):  # whether a "no" ahead still holds is open
        return check_token(Ambiguous((All((limit, Not(fact))), lifts)), tokens, context, (*head.spans, span) * 2)
    return check_token(lifts, tokens, context, (*head.spans, span))


_DENIES = Caseless(r"\b(?:no|not|without|absence of|free (?:of|from)|lack of|never|neither|nor)\b[^.;:]*$")
_BUT_NOT = Caseless(r"\bbut not\b")


def _exempted(token: Token) -> tuple[Check, tuple[int, int]] | None:
    """The disease of an exception that names one and nothing else."""
    exempts: tuple[Exempt, ...] = token.value
    if len(exempts) != 1 or not exempts[0].term or exempts[0] != Exempt(exempts[0].term):
        return None
    return Condition(exempts[0].term), (token.start, token.end)
