"""Limits beside an opinion: an organ's function called enough by them ("adequate marrow (ANC ≥ 1,500/µL)"), and how long somebody is to live."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Age, All, Any, Judgement, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import JOINTS, LOOSE, READ, TURNS, clean, taken
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.joints.joining import joined_checks
from matcher.reading.joints.willing import is_opinion
from matcher.reading.limits.organs import told_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_LEADS_TO_LIMITS = Caseless(r"(?:[\s,:(\[–-]|\b(?:as|defined|evidenced|shown|measured|indicated|demonstrated|determined|documented|by|with|having|an?|the|i\.?e\.?|is|are|that|of|at|on|room air|has|have)\b)+$")


_JOINT = Caseless(r"(?:\s*(?:,|\band|\bor))+$")


def enough_told(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The limits behind words that only call something enough, and those words where the limits tell of something else; None where more is said."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "check"), 0)
    if context.exclusion or not at:
        return None
    said = clean(_LEADS_TO_LIMITS.without(context.text[tokens[0].start : tokens[at].start]))
    if not said or not is_opinion(said):
        return None
    limits = [token for token in tokens[at:] if token.tag != "stop"]
    while limits[-1].tag == "close" and sum(token.tag == "open" for token in limits) < sum(token.tag == "close" for token in limits):
        limits.pop()
    if any(token.tag not in READ for token in limits) or not all(isinstance(leaf, Measurement) for token in limits if token.tag == "check" for leaf in leaves(token.value.check)):
        return None
    found = read(limits, context)
    if any(isinstance(leaf, Unread) for leaf in leaves(found.check)):
        return None
    told = told_of(said, [leaf for leaf in leaves(found.check) if isinstance(leaf, Measurement)])
    words = taken(Judgement(_JOINT.without(said)), tokens[:at])
    return found if told else Read(All((words.check, found.check)), (*words.spans, *found.spans))


def limit_and_opinion(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "ECOG 0-1 and a life expectancy of at least 3 months": limits, and behind or before the joint an opinion."""
    judged = next(i for i, token in enumerate(tokens) if token.tag in ("judge", "judge-mod"))
    joints = [i for i, token in enumerate(tokens) if token.tag in ("and", "comma", "or")]
    at = next((i for i in reversed(joints) if i < judged), None)
    if at is not None:
        limits, opinion = tokens[:at], tokens[at + 1 :]
    elif joints and not context.exclusion:
        limits, opinion = tokens[joints[0] + 1 :], tokens[: joints[0]]
    else:
        return None
    while limits and limits[-1].tag in ("and", "comma"):
        limits = limits[:-1]
    said = context.words(opinion) if opinion else ""
    if not limits or not opinion or any(token.tag not in ("check", *LOOSE) for token in limits) or (at is None and any(token.tag == "or" for token in limits)):
        return None
    either = context.exclusion or tokens[joints[0] if at is None else at].tag == "or"
    if (context.exclusion and tokens[at or 0].tag == "and") or ((either or at is None) and not _EXPECTED.search(said)):
        return None
    known = [leaf for token in opinion if token.tag == "check" for leaf in leaves(token.value.check)]
    facts = [leaf for token in limits if token.tag == "check" for leaf in leaves(token.value.check)]
    if any(token.tag in (*TURNS, *JOINTS, "cond", "drug", "proc", "measure") for token in opinion) or not all(isinstance(leaf, Judgement) for leaf in known):
        return None
    if not facts or not all(isinstance(leaf, Measurement | Age) for leaf in facts):
        return None
    first, words = joined_checks(limits, context), taken(Judgement(clean(said)), opinion)
    return Read((Any if either else All)((first.check, words.check)), (*first.spans, *words.spans))


_EXPECTED = Caseless(r"\bexpectanc|\bsurviv|\bexpected to live")
