"""Clauses that bear on the rest of a segment: whom it concerns, what lifts it, what it denies, asides that change nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Not,
    Sex,
    State,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import children, leaves
from matcher.reading.certain.groups import of_treatment
from matcher.reading.certain.necessary import necessary
from matcher.reading.grammar.pieces import JOINTS, LOOSE, TURNS, clean, trimmed, turns
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_ASIDE = Caseless(
    r"\(?\s*(?:(?:please )?(?:see|refer to)\b|(?:as )?(?:described|defined|listed|specified) (?:in|above|below)|appendix|section|table|(?:both )?incl(?:usive|\.)?\s*\)?$|"
    r"per (?:the )?(?:protocol|local|institution\w*|investigator'?s? site|central)|by (?:local|central) laboratory)[^()]*\)?",
)
_ALLOWS = Caseless(r"\b(?:allowed|permitted|acceptable|may be|can be)\b")
# What is allowed here is the value that the limit keeps out.
_OF_THE_LIMIT = Caseless(r"\b(?:levels?|values?|counts?|outside|lower|higher|above|below|exceed\w*|thresholds?|limits?|range|reach\w*|achieve\w*|this|these)\b")
_OF_SOME = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|persons?|people|those|who|recipients?)\b")
_NOT = Caseless(r"\b(?:not|no|transfus\w*|support\w*|growth|factors?|g-?csf|erythropo\w*|infusions?|supplement\w*|replacement|correct\w*)\b")  # or it may be reached so
_VALUES = frozenset(("quantity", "number", "range", "span", "time", "cmp", "measure", "unless", "if", "only", "except", "not", "must-not"))


def without_asides(tokens: Sequence[Token], context: Context) -> list[Token]:
    """The tokens without brackets behind a fact that only point elsewhere, or allow what no limit asks about."""
    if "open" not in [token.tag for token in tokens]:
        return list(tokens)
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        close = _closed(tokens, i) if tokens[i].tag == "open" and found and found[-1].tag == "check" else None
        if close is not None and _adds_nothing(found[-1], tokens[i : close + 1], context):
            i = close + 1
            continue
        found.append(tokens[i])
        i += 1
    return found


def _closed(tokens: Sequence[Token], at: int) -> int | None:
    """Where the bracket that opens at `at` closes; None where it holds another or never closes."""
    for i in range(at + 1, len(tokens)):
        if tokens[i].tag == "close":
            return i
        if tokens[i].tag == "open":
            return None
    return None


def _adds_nothing(fact: Token, bracket: Sequence[Token], context: Context) -> bool:
    said = context.words(bracket)
    if _ASIDE.fullmatch(said) is not None:
        return True
    if any(token.tag in _VALUES or (token.tag == "check" and not of_treatment(token)) for token in bracket):
        return False
    limits = all(isinstance(leaf, Measurement) for leaf in leaves(fact.value.check))
    frees = (context.exclusion and not _NOT.search(said)) or _OF_SOME.search(said) is not None  # who is allowed in spite of the limit is not kept out by it
    return limits and not frees and _ALLOWS.search(said) is not None and not _OF_THE_LIMIT.search(said)


def denied(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "No ulcer that bleeds": what the words behind the "no" need is denied together with the words that were not read."""
    phase = {"not": "", "not-history": "history"}.get(tokens[0].tag)
    if phase is None or context.exclusion or turns(tokens[1:]) or several_behind(tokens) or any(token.tag in ("eg", "only") for token in tokens):
        return None
    inner = necessary(tokens[1:], replace(context, kind="exclusion"))
    if inner is None or isinstance(inner.check, Not):
        return None
    return Read(Not(_phased(inner.check) if phase else inner.check), inner.spans)


def several_behind(tokens: Sequence[Token]) -> bool:
    """Whether a list stands behind words that narrow: its last member may stand for itself ("no X needing Y or Z")."""
    narrowing = excepting = False
    for token in tokens:
        excepting = excepting or token.tag == "except"
        if excepting and token.tag == "check":
            return True
        narrowing = narrowing or token.tag == "restrict"
        if narrowing and token.tag == "check" and isinstance(token.value.check, Any) and any(isinstance(leaf, Condition) for leaf in leaves(token.value.check)):
            return True
    return False


def _phased(check: Check) -> Check:
    """The check with "history of" said of the conditions in it that have no phase of their own."""
    if isinstance(check, Condition) and not check.phase:
        return replace(check, phase="history")
    if isinstance(check, Medication) and not check.phase and check.window is None:
        return replace(check, phase="any")
    if isinstance(check, All | Any):
        return replace(check, parts=tuple(_phased(part) for part in children(check)))
    return check


_EXCEPTING = ("except", "exceptions", "eg")


def lifted(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """ "X unless Y": an exclusion that Y lifts, a requirement that Y stands in for."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "unless"), None)
    if not at or any(token.tag in TURNS and token.tag not in _EXCEPTING for token in tokens[:at]) or at + 1 >= len(tokens) or not any(token.tag == "check" for token in tokens[:at]):
        return None
    head_tokens = [token for token in tokens[:at] if token is not tokens[at - 1] or token.tag not in ("comma", "open")]
    if tokens[at - 1].tag == "open" and any(token.tag == "close" for token in tokens[at:-1]):
        return None  # what stands behind the bracket is no part of what lifts it
    tail_tokens = [token for token in tokens[at + 1 :] if token.tag != "close"]
    if not tail_tokens:
        return None
    head = read(head_tokens, context)
    if all(isinstance(leaf, Unread) for leaf in leaves(head.check)):
        return None
    tail = Unread(clean(context.words(tail_tokens)))
    spans = (*head.spans, (tail_tokens[0].start, tail_tokens[-1].end))
    return Read(Unless(head.check, tail) if context.exclusion else Any((head.check, tail)), spans)


# A heading, and not those whom the words behind it concern.
_TOPIC = Caseless(r"(?:pregnancy|lactation|breast-?\s?feeding|nursing|contraception|child-?bearing potential)\b")


def scoped(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """ "For patients with gout, …", "If female, …", "Men: …": a rule for those whom the first words name."""
    led = tokens[0].tag in ("for", "if", "in", "among")
    at = 1 if led else 0
    while at < len(tokens) and tokens[at].tag in ("with", "of", "_"):
        at += 1
    if at + 2 >= len(tokens) or tokens[at].tag not in ("check", "sex") or tokens[at + 1].tag not in ("comma", "colon"):
        return None
    scope = _scope(tokens[at])
    rest = trimmed(tokens[at + 2 :])
    if scope is None or (tokens[at + 1].tag == "comma" and not led):
        return None
    plain = led and all(isinstance(leaf, Sex) for leaf in leaves(scope.check))
    if tokens[at + 1].tag == "comma" and not plain and any(token.tag == "comma" for token in rest):
        return None
    if not led and (not all(isinstance(leaf, Sex | State | Age) for leaf in leaves(scope.check)) or _TOPIC.match(tokens[at].text)):
        return None
    if turns(rest) or not any(token.tag not in LOOSE for token in rest):
        return None
    rule = read(rest, context)
    if tokens[at + 1].tag == "comma" and not plain and any(isinstance(leaf, Unread) for leaf in leaves(rule.check)):
        return None
    spans = (*scope.spans, *rule.spans)
    return Read(All((scope.check, rule.check)) if context.exclusion else When(scope.check, rule.check), spans)


_PEOPLE_FIRST = Caseless(r"(?:for|if|in|among)\s+(?:the\s+|all\s+|any\s+)?(?:patients?|subjects?|participants?|individuals?|those|women|men|females?|males?|children|adults?)\b")


def leads(tokens: Sequence[Token], context: Context) -> bool:
    """Whether a segment first says whom it concerns, up to a comma that cannot be told from the commas of a list."""
    return tokens[0].tag in ("for", "if", "in") and any(token.tag == "comma" for token in tokens) and _PEOPLE_FIRST.match(context.words(tokens)) is not None


def _scope(token: Token) -> Read | None:
    if token.tag == "sex":
        return Read(Sex(str(token.value)), ((token.start, token.end),))
    found: Read = token.value
    if isinstance(found.check, All | Ambiguous) and any(isinstance(leaf, Condition) for leaf in leaves(found.check)):
        return None
    if all(isinstance(leaf, Age | Condition | Sex | State) for leaf in leaves(found.check)) and not isinstance(found.check, Not):
        return found
    return None


_PRONOUNS = ("they", "he", "she", "there", "any", "patients")


def refused(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """Among exclusions, "are excluded if …", "… are excluded because …": what is said is the exclusion itself."""
    if not context.exclusion:
        return None
    at = next((i for i, token in enumerate(tokens) if token.tag == "excluded"), None)
    if at is None or turns([*tokens[:at], *tokens[at + 2 :]]):
        return None
    behind = tokens[at + 1 :]
    if behind and behind[0].tag == "if" and all(token.tag in ("weak", "with", "_", *JOINTS) for token in tokens[:at]) and len(behind) > 1:
        said = [token for token in behind[1:] if token.text.casefold() not in _PRONOUNS]
        return read(said, context) if said else None
    reason = re.match(r"\W*(?:because|due to|since|as(?!\s+(?:will|are|is|were|would|shall|should|must|may|do|well\s+as|long|soon|far)\b)|in order to|owing to)\b", context.text[tokens[at].end :], re.IGNORECASE)
    if at and behind and reason is not None:
        end = next((i for i, token in enumerate(behind) if token.tag in ("stop", "semicolon")), len(behind))
        return read([*tokens[:at], *behind[end:]] if len(behind) > end + 1 else tokens[:at], context)
    return None
