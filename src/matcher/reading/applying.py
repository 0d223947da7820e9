"""Rules applied in their order to the tokens of a criterion; a rule is tried only where the tags it cannot do without are there."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence

from matcher.reading.rules import Context, Rule
from matcher.reading.tokens import Token

_FIRST = 0x4E00  # the code of the first tag's character
_GROUPS = {"sep": "(?:comma|or|and|slash|semicolon)+"}
_TAG = re.compile(r"[a-z][a-z-]*")
_PIECE = re.compile(r"[a-z][a-z-]*|\(\?(?:[:=!]|<[=!])|[()|*+?$]|\{\d+(?:,\d*)?\}|\s+|(?P<strange>.)")

Clause = frozenset[str]


class _Codes(dict[str, str]):
    """Tag → the one character that stands for it in patterns, given out when first asked for."""

    def __missing__(self, tag: str) -> str:
        self[tag] = chr(_FIRST + len(self))
        return self[tag]


_CODES = _Codes()


def _bit(tag: str) -> int:
    return 1 << (ord(_CODES[tag]) - _FIRST)


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
    """A rule as it is tried: which tags must be there, all of `every`, all of `twice` twice, and one of each of `some`."""

    __slots__ = ("every", "pattern", "rule", "some", "twice")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.pattern: re.Pattern[str] | None = None
        self.every = self.twice = 0
        self.some: tuple[int, ...] = ()

    def made_ready(self) -> re.Pattern[str]:
        """The pattern over codes, made when the rule is tried for the first time."""
        self.pattern = compiled(self.rule.pattern)
        clauses = indispensable(self.rule.pattern)
        counts = Counter(tag for clause in clauses if len(clause) == 1 for tag in clause)
        self.every = sum(map(_bit, counts))
        self.twice = sum(_bit(tag) for tag, count in counts.items() if count > 1)
        self.some = tuple(sum(map(_bit, clause)) for clause in clauses if len(clause) > 1)
        return self.pattern

    def chosen(self, present: int) -> bool:
        """Whether one tag of each set is there."""
        return all(clause & present for clause in self.some)


class Rules:
    """Rules in their order, ready to be applied."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """The rules as they are to take their turns."""
        self._ready = [(sum(map(_bit, set(rule.needs.split()))), _Ready(rule)) for rule in rules]

    def apply(self, tokens: list[Token], context: Context) -> list[Token]:
        """The tokens after every rule had its turn, each from left to right."""
        tags, present, twice = _coded(tokens)
        for needs, ready in self._ready:
            if not needs & present or ready.every & ~present or ready.twice & ~twice:
                continue
            if ready.some and not ready.chosen(present):
                continue
            pattern = ready.pattern or ready.made_ready()
            if pattern.search(tags) is None:
                continue
            changed = _replaced(ready.rule, pattern, tokens, tags, context)
            if changed is not None:
                tokens = changed
                tags, present, twice = _coded(tokens)
        return tokens


def _coded(tokens: Sequence[Token]) -> tuple[str, int, int]:
    """The tags of tokens as patterns see them, and as bits: which there are, and which there are more than once."""
    present = twice = 0
    tags = "".join([_CODES[token.tag] for token in tokens])
    for code in tags:
        bit = 1 << (ord(code) - _FIRST)
        twice |= present & bit
        present |= bit
    return tags, present, twice


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
