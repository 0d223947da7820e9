"""Infections told by their antibodies: who was cured of hepatitis C keeps them, so that "positive serology" is not the infection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Any, Check, Condition, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Context, Read, check_token
from matcher.reading.tokens import Token

BY_ANTIBODIES = Caseless(r"\bsero(?:log\w*|positiv\w*)")
_POSITIVE = ("positive",)
# What a test for an infection looks for.
_MARKERS = {"HIV infection": "HIV antibody", "hepatitis B": "hepatitis B surface antigen", "hepatitis C": "hepatitis C antibody"}


def by_antibodies(check: Condition) -> Check:
    """The infection as its antibodies tell it."""
    if check.term == "hepatitis C":
        return Measurement("hepatitis C antibody", words=_POSITIVE, window=check.window)
    if check.term == "hepatitis B":
        return Ambiguous((check, Measurement("hepatitis B core antibody", words=_POSITIVE, window=check.window)))
    return check


def read_by_antibodies(read: Read) -> Read:
    """A fact, or any of several, as antibodies tell them."""
    parts = read.check.parts if isinstance(read.check, Any) else (read.check,)
    if len(parts) != len(read.spans):
        return read
    found: list[Check] = []
    spans: list[tuple[int, int]] = []
    for part, span in zip(parts, read.spans, strict=True):
        told = by_antibodies(part) if isinstance(part, Condition) else part
        found.append(told)
        spans += [span] * (2 if isinstance(told, Ambiguous) else 1)
    return Read(replace(read.check, parts=tuple(found)) if isinstance(read.check, Any) else found[0], tuple(spans))


def tokens_by_antibodies(tokens: Sequence[Token], context: Context) -> list[Token]:
    """Names of infections as checks of their antibodies, where these tell something else."""
    found: list[Token] = []
    for token in tokens:
        told = by_antibodies(Condition(str(token.value))) if token.tag == "cond" else None
        doubled = 2 if isinstance(told, Ambiguous) else 1
        found += [token] if told is None or isinstance(told, Condition) else check_token(told, [token], context, ((token.start, token.end),) * doubled)
    return found


def tokens_by_tests(tokens: Sequence[Token], context: Context) -> list[Token]:
    """Names of diseases that a test is positive for: the disease or its marker; whoever was not tested is not known to be free of either."""
    found: list[Token] = []
    for token in tokens:
        marker = _MARKERS.get(str(token.value)) if token.tag == "cond" else None
        if token.tag != "cond" or (marker is None and not context.exclusion):
            found.append(token)
            continue
        disease = Condition(str(token.value))
        told = Measurement(marker, words=_POSITIVE) if marker is not None else Unread(f"positive test for {token.text}")
        either: Check = Any((disease, told))
        if disease.term == "hepatitis C":
            either = Ambiguous((disease, either))  # whoever was cured keeps the antibodies
        found += check_token(either, [token], context, ((token.start, token.end),) * sum(1 for _ in leaves(either)))
    return found
