"""Infections told by their antibodies: who was cured of hepatitis C keeps them, so that "positive serology" is not the infection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Any, Check, Condition, Measurement
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Context, Read, check_token
from matcher.reading.tokens import Token

BY_ANTIBODIES = Caseless(r"\bsero(?:log\w*|positiv\w*)")
_POSITIVE = ("positive",)


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
