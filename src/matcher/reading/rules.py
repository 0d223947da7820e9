"""Rules as data: a name, a pattern over tags, and what to build; one loop applies them in order.

A pattern is a regular expression whose letters are tag names: `measure (sep measure)* quantity`. `sep` stands for the
signs and words between members of a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from matcher.model.language import Check
from matcher.reading.tokens import Token
from matcher.vocabulary import Vocabulary

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A check with the places its leaves were read from, in leaf order."""

    check: Check
    spans: Spans


@dataclass(frozen=True, slots=True)
class Context:
    """What a builder may look at: the text, the criterion's kind, the vocabulary, and whether `=` may be a lost ≥ or ≤."""

    text: str
    kind: str
    vocabulary: Vocabulary
    lost: bool

    @property
    def exclusion(self) -> bool:
        """Whether the criterion excludes."""
        return self.kind == "exclusion"

    def words(self, tokens: Sequence[Token]) -> str:
        """The text from the first to the last of the tokens, as it stands."""
        return self.text[tokens[0].start : tokens[-1].end].strip() if tokens else ""


Build = Callable[[Sequence[Token], Context], "Sequence[Token] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over tags and the tokens to put in the place of what it matched; a builder may decline with None.

    `needs` names tags of which one must be there for the pattern to match at all: the cheap gate before it.
    """

    name: str
    pattern: str
    build: Build
    needs: str


class _Codes(dict[str, str]):
    """Tag → the one character that stands for it in patterns, given out when first asked for."""

    def __missing__(self, tag: str) -> str:
        self[tag] = chr(0x4E00 + len(self))
        return self[tag]


_CODES = _Codes()
_GROUPS = {"sep": "(?:comma|or|and|slash|semicolon)+"}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over tag names as a pattern over their codes."""
    for name, group in _GROUPS.items():
        pattern = re.sub(rf"(?<![\w-]){name}(?![\w-])", group, pattern)
    return re.compile(re.sub(r"\s+", "", re.sub(r"[a-z][a-z-]*", lambda found: _CODES[found[0]], pattern)))


@cache
def _gate(needs: str) -> frozenset[str]:
    return frozenset(_CODES[tag] for tag in needs.split())


def tags_of(tokens: Sequence[Token]) -> str:
    """The tags of tokens as patterns see them."""
    return "".join([_CODES[token.tag] for token in tokens])


def apply(rules: Sequence[Rule], tokens: list[Token], context: Context) -> list[Token]:
    """The tokens after every rule had its turn, each from left to right."""
    tags = tags_of(tokens)
    present = frozenset(tags)
    for rule in rules:
        if present.isdisjoint(_gate(rule.needs)):
            continue
        changed = _apply_one(rule, tokens, tags, context)
        if changed is not None:
            tokens, tags = changed, tags_of(changed)
            present = frozenset(tags)
    return tokens


def _apply_one(rule: Rule, tokens: list[Token], tags: str, context: Context) -> list[Token] | None:
    """The tokens after one rule, or None where it took nothing."""
    place = 0
    out: list[Token] = []
    for match in compiled(rule.pattern).finditer(tags):
        if match.start() < place or match.start() == match.end():
            continue
        built = rule.build(tokens[match.start() : match.end()], context)
        if built is None:
            continue
        out += tokens[place : match.start()]
        out += built
        place = match.end()
    return out + tokens[place:] if place else None


def made(tag: str, tokens: Sequence[Token], context: Context, value: object = None) -> list[Token]:
    """One token in the place of several."""
    start, end = tokens[0].start, tokens[-1].end
    return [Token(tag, start, end, context.text[start:end], value)]


def check_token(check: Check, tokens: Sequence[Token], context: Context, spans: Spans | None = None) -> list[Token]:
    """A read check in the place of the tokens it was read from."""
    start, end = tokens[0].start, tokens[-1].end
    return made("check", tokens, context, Read(check, spans if spans is not None else ((start, end),)))
