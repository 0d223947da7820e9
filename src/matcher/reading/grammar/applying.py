"""Rules applied in their order to the tokens of a criterion; a rule is tried only where its neighbours are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.gates import END, START, Gates, spelled_out
from matcher.reading.grammar.rules import Context, Rule
from matcher.reading.tagging.tokens import Token

_FIRST = 0x4E00  # the code of the first tag's character
_TAG = pattern_of(r"[a-z][a-z-]*")


class _Codes(dict[str, str]):
    """Tag → the one character that stands for it in patterns, given out when first asked for."""

    def __missing__(self, tag: str) -> str:
        self[tag] = chr(_FIRST + len(self))
        return self[tag]


_CODES = _Codes()
_TAG_OF = attrgetter("tag")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over tag names as a pattern over their codes."""
    return pattern_of("".join(_TAG.sub(lambda found: _CODES[found[0]], spelled_out(pattern)).split()))


class Rules:
    """Rules in their order, ready to be applied."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """The rules as they are to take their turns."""
        self.rules = rules
        self._named = [frozenset(rule.needs.split()) for rule in rules]
        self._patterns = _Patterns(rules)

    @cached_property
    def _gates(self) -> Gates:
        """What the rules need, worked out when a first criterion is read."""
        return Gates(self.rules)

    def apply(self, tokens: list[Token], context: Context) -> list[Token]:
        """The tokens after every rule had its turn, each from left to right."""
        gates = self._gates
        tags = [START, *map(_TAG_OF, tokens), END]
        met = gates.met(tags)
        waiting = gates.open(met)
        codes = small = ""
        while waiting:
            place = (waiting & -waiting).bit_length() - 1
            waiting &= waiting - 1
            if self._named[place].isdisjoint(tags):
                continue  # what it needs was there before another rule took it
            rule = self.rules[place]
            if rule.says:
                small = small or context.text.casefold()
                if not any(map(small.__contains__, rule.says)):
                    continue
            codes = codes or "".join(map(_CODES.__getitem__, tags[1:-1]))
            changed = _replaced(rule, self._patterns[place], tokens, codes, context)
            if changed is not None:
                tokens, first, rest = changed
                codes = ""
                tags = [START, *map(_TAG_OF, tokens), END]
                met |= gates.met(tags[first : len(tags) - rest])  # neighbours that are gone open a rule in vain at most
                waiting = gates.open(met) >> (place + 1) << (place + 1)
        return tokens


class _Patterns(dict[int, re.Pattern[str]]):
    """The patterns of rules by their places, each made when the rule is first tried."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, place: int) -> re.Pattern[str]:
        found = self[place] = compiled(self._rules[place].pattern)
        return found


def _replaced(rule: Rule, pattern: re.Pattern[str], tokens: list[Token], codes: str, context: Context) -> tuple[list[Token], int, int] | None:
    """The tokens after one rule, how many before and behind those that it made are as they were; None where it took nothing."""
    place = first = 0
    out: list[Token] = []
    match = pattern.search(codes)
    while match is not None:
        start, end = match.span()
        match = pattern.search(codes, end)
        built = rule.build(tokens[start:end], context)
        if built is None:
            continue
        if not place:
            first = start
        out += tokens[place:start]
        out += built
        place = end
    return (out + tokens[place:], first, len(tokens) - place) if place else None
