"""Reading the joints of a wording, from the loosest (when … then) to `not`, with a limit on nesting."""

from __future__ import annotations

from matcher.model import wording_words as words
from matcher.model.language import All, Ambiguous, Any, AtLeast, Check, Not, Unless, When
from matcher.model.wording_leaves import read_leaf
from matcher.model.wording_pieces import Pieces
from matcher.model.wording_words import WordingError

_SHALLOW = 15
_DEEPER = f"nesting no deeper than {words.DEEPEST}"


def read(text: str) -> Check:
    """The check that a text words; WordingError with the place and what was expected there."""
    reader = _Reader(text)
    try:
        check = reader.check(0)
    except RecursionError:  # the caller may itself stand deep in the stack
        raise WordingError(0, f"expected {_DEEPER}") from None
    if reader.tokens[reader.at]:
        raise reader.error("'and', 'or', 'unless' or the end")
    if reader.deepest > _SHALLOW and words.too_deep(check):
        raise WordingError(0, f"expected {_DEEPER}")
    return check


class _Reader(Pieces):
    __slots__ = ("deepest",)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.deepest = 0

    def check(self, nested: int) -> Check:
        if not self.take("when"):
            return self._lifted(nested)
        scope = self._lifted(nested)
        self.expect("then")
        return When(scope, self._lifted(nested))

    def _lifted(self, nested: int) -> Check:
        rule = self._joined(nested)
        return Unless(rule, self._joined(nested)) if self.take("unless") else rule

    def _joined(self, nested: int) -> Check:
        alternatives: list[Check] = []
        while True:
            parts = [self._operand(nested)]
            while self.take("and"):
                parts.append(self._operand(nested))
            alternatives.append(parts[0] if len(parts) == 1 else All(tuple(parts)))
            if not self.take("or"):
                return alternatives[0] if len(alternatives) == 1 else Any(tuple(alternatives))

    def _operand(self, nested: int) -> Check:
        outside = nested
        while self.take("not"):
            nested = self._deeper(nested)
        word = self.lower[self.at]
        if word == "(":
            self.at += 1
            check = self.check(self._deeper(nested))
            if not self.take(")"):
                raise self.error("'and', 'or', 'unless' or ')'")
        elif word == "at":
            check = self._at_least(nested)
        elif word == "ambiguous":
            self.at += 1
            check = Ambiguous(self._listed(nested))
        elif word == "when":
            raise self.error("parentheses round 'when … then …' inside another check")
        else:
            check = read_leaf(self)
        for _ in range(nested - outside):
            check = Not(check)
        return check

    def _at_least(self, nested: int) -> AtLeast:
        start = self.at
        self.at += 1
        self.expect("least")
        number = self.count()
        self.expect("of")
        parts = self._listed(nested)
        if not 1 <= number <= len(parts):
            raise self.error(f"a number from 1 to {len(parts)} of {len(parts)} checks", start + 2)
        return AtLeast(number, parts)

    def _listed(self, nested: int) -> tuple[Check, ...]:
        inside = self._deeper(nested)
        self.expect("(")
        parts = [self.check(inside)]
        while self.take(";"):
            parts.append(self.check(inside))
        if len(parts) < 2:
            raise self.error("';' and a second check")
        if not self.take(")"):
            raise self.error("';' or ')'")
        return tuple(parts)

    def _deeper(self, nested: int) -> int:
        nested += 1
        if nested > words.DEEPEST + 1:
            raise self.error(_DEEPER)
        self.deepest = max(self.deepest, nested)
        return nested
