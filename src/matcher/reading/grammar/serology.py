"""Infections told by their antibodies: who was cured of hepatitis C keeps them, so that "positive serology" is not the infection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from matcher.model.language import Ambiguous, Any, Check, Condition, Measurement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Context, Read, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

BY_ANTIBODIES = Caseless(r"\bsero(?:log\w*|positiv\w*|negativ\w*)")
_POSITIVE = ("positive",)
# What a test for an infection looks for.
_MARKERS = {"HIV infection": "HIV antibody", "HIV-2 infection": "HIV antibody", "hepatitis B": "hepatitis B surface antigen", "hepatitis C": "hepatitis C antibody"}

_TESTS = {"COVID-19": "SARS-CoV-2 PCR", "Helicobacter pylori infection": "Helicobacter pylori test", "syphilis": "syphilis serology"}


def is_its_test(disease: str, test: str) -> bool:
    """Whether a disease may be called positive or negative by a test: not where another is the usual one."""
    return _TESTS.get(disease, test) == test


def by_antibodies(check: Condition) -> Check:
    """The infection as its antibodies tell it."""
    if check.term == "hepatitis C":
        return Measurement("hepatitis C antibody", words=_POSITIVE, window=check.window)
    if check.term == "hepatitis B":
        carrier = Measurement("hepatitis B surface antigen", words=_POSITIVE, window=check.window)  # of any serology the positive one
        return Any((carrier, Ambiguous((check, Measurement("hepatitis B core antibody", words=_POSITIVE, window=check.window)))))
    if check.term == "HIV infection":
        return Any((check, Measurement("HIV antibody", words=_POSITIVE, window=check.window)))
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
        spans += [span] * sum(1 for _ in leaves(told))
    return Read(replace(read.check, parts=tuple(found)) if isinstance(read.check, Any) else found[0], tuple(spans))


def tokens_by_antibodies(tokens: Sequence[Token], context: Context, head: Token | None = None) -> list[Token]:
    """Names of infections as checks of their antibodies: of the infection, too, where these tell nothing else."""

    def told(disease: Condition, said: str) -> Check:
        found = by_antibodies(disease)
        return by_test(disease, said) if found == disease else found

    return _told(tokens, context, head, told)


def tokens_by_tests(tokens: Sequence[Token], context: Context, head: Token | None = None, *, antibodies: bool = False) -> list[Token]:
    """Names of diseases that a test is for: the disease or its marker. `head` is the result that is said of them."""
    return _told(tokens, context, head, partial(by_test, antibodies=antibodies))


def _told(tokens: Sequence[Token], context: Context, head: Token | None, told: Callable[[Condition, str], Check]) -> list[Token]:
    """The tokens with each disease as the check that tells it; the first stands for the head, too."""
    found: list[Token] = []
    for token in tokens:
        if token.tag != "cond":
            found.append(token)
            continue
        check = told(Condition(str(token.value)), token.text)
        of = [head, token] if head is not None and not found else [token]
        found += check_token(check, of, context, ((of[0].start, token.end),) * sum(1 for _ in leaves(check)))
    return found


def tokens_by_results(named: Sequence[Token], head: Sequence[Token], context: Context) -> list[Token]:
    """Names of diseases that a test is positive for; in an inclusion those without a marker are confirmed by the test."""
    if context.exclusion or any(str(token.value) in _MARKERS for token in named):
        return tokens_by_tests(named, context, head[0])
    way = context.words(head) if len(head) > 1 else "positive test"
    return [Token("confirmed", head[0].start, head[-1].end, context.words(head), way[:1].lower() + way[1:]), *named]


def by_test(disease: Condition, said: str, *, antibodies: bool = False) -> Check:
    """A disease or a positive test for it: whoever was not tested is not known to be free of either."""
    marker = _MARKERS.get(disease.term) or (_TESTS.get(disease.term) if not antibodies or disease.term == "syphilis" else None)
    told: Check = Measurement(marker, words=_POSITIVE) if marker is not None else Unread(f"positive test for {said}")
    either = Any((disease, told))
    if disease.term == "hepatitis C" and not antibodies:
        return Ambiguous((disease, either))  # whoever was cured keeps the antibodies
    if disease.term == "hepatitis B" and antibodies:
        return Ambiguous((either, Any((*either.parts, Measurement("hepatitis B core antibody", words=_POSITIVE)))))
    return either
