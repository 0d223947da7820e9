"""Rules applied in their order to the tokens of a criterion; a rule is tried only where the tags it cannot do without are there."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence

from matcher.reading.rules import Context, Rule
from matcher.reading.tokens import Token

_FIRST = 0x4E00  # the code of the first tag's character
_MOST_TAGS = 512  # more than there are
_GROUPS = {"sep": "(?:comma|or|and|slash|semicolon)+"}
_TAG = re.compile(r"[a-z][a-z-]*")
_PIECE = re.compile(r"[a-z][a-z-]*|\(\?(?:[:=!]|<[=!])|[()|*+?$]|\{\d+(?:,\d*)?\}|\s+|(?P<strange>.)")

Clause = frozenset[str]


class _Codes(dict[str, str]):
    """Tag → the one character that stands for it in patterns, given out when first asked for."""

    def __missing__(self, tag: str) -> str:
        self[tag] = chr(_FIRST + len(self))
        return self[tag]


class _Bits(dict[str, int]):
    """The bit of a tag by its character."""

    def __missing__(self, code: str) -> int:
        self[code] = 1 << (ord(code) - _FIRST)
        return self[code]


_CODES = _Codes()
_BITS = _Bits()


def _bit(tag: str) -> int:
    return _BITS[_CODES[tag]]


def _spelled_out(pattern: str) -> str:
    """A pattern with the names of groups of tags replaced by the groups."""
    for name, group in _GROUPS.items():
        pattern = re.sub(rf"(?<![\w-]){name}(?![\w-])", group, pattern) if name in pattern else pattern
    return pattern


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern over tag names as a pattern over their codes."""
    return re.compile("".join(_TAG.sub(lambda found: _CODES[found[0]], _spelled_out(pattern)).split()))


def indispensable(pattern: str) -> list[Clause]:
    """Sets of tags: whatever the pattern matches has at least one tag of every set (a tag twice where it stands twice)."""
    found = list(_PIECE.finditer(_spelled_out(pattern)))
    if any(piece["strange"] for piece in found):
        return []
    return _of_alternatives(deque(piece[0] for piece in found if piece[0].strip()))


def _of_alternatives(pieces: deque[str]) -> list[Clause]:
    """The sets of everything up to the closing bracket that ends it."""
    branches: list[list[Clause]] = [[]]
    while pieces and pieces[0] != ")":
        if pieces[0] == "|":
            pieces.popleft()
            branches.append([])
        else:
            branches[-1] += _of_one(pieces)
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return []
    shared = [clause for clause in branches[0] if all(clause in clauses for clauses in branches[1:])]
    return shared or [Clause().union(*(min(clauses, key=len) for clauses in branches))]


def _of_one(pieces: deque[str]) -> list[Clause]:
    """The sets of one tag or bracket with how often it may stand."""
    piece = pieces.popleft()
    clauses = [Clause((piece,))] if _TAG.match(piece) else []
    if piece.startswith("("):
        inner = _of_alternatives(pieces)
        pieces.popleft()
        clauses = inner if piece in ("(", "(?:") else []
    while pieces and pieces[0][0] in "*?+{":
        clauses = [] if pieces.popleft()[0:2] in ("*", "?", "{0") else clauses
    return clauses


class _Ready:
    """A rule as it is tried: its pattern over codes, and the tags that must be there, as bits."""

    __slots__ = ("every", "pattern", "rule", "some")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.pattern: re.Pattern[str] | None = None
        self.every = 0
        self.some: tuple[int, ...] = ()

    def made_ready(self) -> re.Pattern[str]:
        """The pattern, made when the rule is first tried, and with it what is asked for before it is tried again."""
        clauses = indispensable(self.rule.pattern)
        counts = Counter(tag for clause in clauses if len(clause) == 1 for tag in clause)
        twice = sum(_bit(tag) for tag, count in counts.items() if count > 1)
        self.every = sum(map(_bit, counts)) | twice << _MOST_TAGS
        self.some = tuple({sum(map(_bit, clause)) for clause in clauses if len(clause) > 1})
        self.pattern = compiled(self.rule.pattern)
        return self.pattern

    def hopeless(self, present: int) -> bool:
        """Whether a tag is missing that the pattern cannot do without."""
        return self.every & ~present != 0 or 0 in [clause & present for clause in self.some]


class Rules:
    """Rules in their order, ready to be applied; by tag, as bits, the rules that need it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """The rules as they are to take their turns."""
        self._ready = [_Ready(rule) for rule in rules]
        self._of_tag: dict[str, int] = {}
        for place, ready in enumerate(self._ready):
            for tag in ready.rule.needs.split():
                self._of_tag[_CODES[tag]] = self._of_tag.get(_CODES[tag], 0) | 1 << place

    def apply(self, tokens: list[Token], context: Context) -> list[Token]:
        """The tokens after every rule had its turn, each from left to right."""
        tags, present, waiting = self._coded(tokens)
        while waiting:
            place = (waiting & -waiting).bit_length() - 1
            waiting &= waiting - 1
            ready = self._ready[place]
            if ready.hopeless(present):
                continue
            pattern = ready.pattern or ready.made_ready()
            if pattern.search(tags) is None:
                continue
            changed = _replaced(ready.rule, pattern, tokens, tags, context)
            if changed is not None:
                tokens = changed
                tags, present, waiting = self._coded(tokens)
                waiting = waiting >> (place + 1) << (place + 1)
        return tokens

    def _coded(self, tokens: Sequence[Token]) -> tuple[str, int, int]:
        """The tags of tokens as patterns see them, as bits (those that stand twice a second time), and the rules to try."""
        present = twice = rules = 0
        tags = "".join([_CODES[token.tag] for token in tokens])
        of_tag = self._of_tag
        for code in tags:
            bit = _BITS[code]
            if present & bit:
                twice |= bit
            else:
                present |= bit
                rules |= of_tag.get(code, 0)
        return tags, present | twice << _MOST_TAGS, rules


def _replaced(rule: Rule, pattern: re.Pattern[str], tokens: list[Token], tags: str, context: Context) -> list[Token] | None:
    """The tokens after one rule, or None where it took nothing."""
    place = 0
    out: list[Token] = []
    for match in pattern.finditer(tags):
        start, end = match.span()
        if start < place or start == end:
            continue
        built = rule.build(tokens[start:end], context)
        if built is None:
            continue
        out += tokens[place:start]
        out += built
        place = end
    return out + tokens[place:] if place else None
