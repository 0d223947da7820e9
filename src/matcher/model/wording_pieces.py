"""A cursor over the tokens of a wording, and the pieces that leaves are made of: terms, lists, bounds, windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any as Anything

from matcher.model import wording_words as words
from matcher.model.dates import UNITS, Span
from matcher.model.language import Bound, Duration, Exempt, Window
from matcher.model.wording_words import WordingError

_OPERATORS = {
    "<": "<", "≤": "≤", "<=": "≤", ">": ">", "≥": "≥", ">=": "≥", "=": "=", "≥?": "≥?", ">=?": "≥?",
}
_NOT_A_WORD = frozenset('"(),;<>≤≥=')
_SPANS = {form: unit for unit in UNITS for form in (unit, unit + "s")}
_A_CLOSED_LIST = "parentheses round the check that ends in a list, or commas within the list"
_AS_AFTER_TYPE = "type"
_AN_OPERATOR = "an operator such as < or ≥"

Clause = tuple[str, Callable[["Pieces", frozenset[str]], Anything]]


class Pieces:
    """The tokens of one text and a place among them; every method reads on from there."""

    __slots__ = ("at", "lower", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = words.tokens_of(text)
        self.tokens += ("", "")
        self.lower = [token.lower() for token in self.tokens]
        self.at = 0

    def error(self, expected: str, at: int | None = None) -> WordingError:
        """The error that something else was expected at a token, by default the next one."""
        index = self.at if at is None else at
        token = self.tokens[index]
        found = f"'{token if len(token) <= 40 else token[:40] + '…'}'" if token else "the end"
        return WordingError(words.place_of(self.text, index), f"expected {expected}", found)

    def take(self, word: str) -> bool:
        """Step over a word if it is the next."""
        if self.lower[self.at] != word:
            return False
        self.at += 1
        return True

    def expect(self, *following: str) -> None:
        """Step over words that must come next."""
        for word in following:
            if not self.take(word):
                raise self.error(f"'{word}'")

    def at_number(self) -> bool:
        """Whether the next token is a plain number."""
        return words.is_number(self.tokens[self.at])

    def quoted(self) -> str:
        """A text in double quotes."""
        token = self.tokens[self.at]
        if not token.startswith('"'):
            raise self.error("a text in double quotes")
        text = words.unquote(token)
        if text is None:
            raise self.error('a closing " (and inside only \\", \\\\, \\n, \\u0000 after a backslash)')
        self.at += 1
        return text

    def term(self, reserved: frozenset[str]) -> str:
        """A term, bare up to the next reserved word, sign or number, or in double quotes."""
        return self._words(reserved, "a term", number_first=False)

    def choice(self, reserved: frozenset[str]) -> str:
        """One word or phrase of a list; it may begin with a number, but not like another check."""
        start = self.at
        text = self._words(reserved, "a word or a text in double quotes", number_first=True)
        if words.opens_a_check(self.lower[start : self.at]):
            raise self.error(_A_CLOSED_LIST, start)
        return text

    def choices(self, reserved: frozenset[str]) -> tuple[str, ...]:
        """Alternatives: `III`, `III or IV`, `III, IV or V`."""
        found = [self.choice(reserved)]
        while self.take(","):
            found.append(self.choice(reserved))
        if self.take("or"):
            found.append(self.choice(reserved))
            if self.lower[self.at] in ("or", ","):
                raise self.error(_A_CLOSED_LIST)
        return tuple(found)

    def _words(self, reserved: frozenset[str], expected: str, *, number_first: bool) -> str:
        start, before = self.at, _AS_AFTER_TYPE if number_first else ""
        if self.tokens[start].startswith('"'):
            return self.quoted()
        while (word := self.lower[self.at]) and word not in reserved and word[0] not in _NOT_A_WORD:
            if words.ends_term(word, before):
                break
            before = word
            self.at += 1
        if self.at == start:
            raise self.error(expected)
        return " ".join(self.tokens[start : self.at])

    def operator(self) -> str:
        """A comparison sign."""
        found = _OPERATORS.get(self.tokens[self.at])
        if found is None:
            raise self.error(_AN_OPERATOR)
        self.at += 1
        return found

    def number(self) -> Decimal:
        """A number; a unit written close to it is left for what comes next."""
        token = self.tokens[self.at]
        if not words.is_number(token):
            parts = words.number_and_unit(token)
            if parts is None:
                raise self.error(f"a number after '{self.tokens[self.at - 1]}'" if self.at else "a number")
            token, self.tokens[self.at] = parts
            self.lower[self.at] = parts[1].lower()
        else:
            self.at += 1
        return words.read_number(token)

    def count(self) -> int:
        """A whole number from 1."""
        token = self.tokens[self.at]
        if not (token.isascii() and token.isdigit() and len(token) <= 9):
            raise self.error("a whole number")
        self.at += 1
        return int(token)

    def unit(self, reserved: frozenset[str]) -> str:
        """A unit, bare or in double quotes, or none."""
        start = self.at
        if self.tokens[start].startswith('"'):
            return self.quoted()
        while (word := self.lower[self.at]) and word not in reserved and word[0] not in _NOT_A_WORD:
            if word in words.AFTER_A_UNIT or words.is_number(word):
                break
            self.at += 1
        return words.plain_unit(" ".join(self.tokens[start : self.at]))

    def bound(self, reserved: frozenset[str]) -> Bound:
        """One limit: an operator, a number, a unit."""
        return Bound(self.operator(), self.number(), self.unit(reserved))

    def bounds(self, reserved: frozenset[str]) -> tuple[Bound, ...]:
        """One limit, two joined by `to`, or a range: `< 5 g`, `> 5 g to < 9 g`, `5 to 9 g`."""
        if self.tokens[self.at] in _OPERATORS:
            first = self.bound(reserved)
            return (first, self.bound(reserved)) if self.take("to") else (first,)
        if not self.at_number():
            raise self.error(f"{_AN_OPERATOR}, or a range such as 18 to 65")
        if self.lower[self.at + 1] != "to":
            raise self.error(f"{_AN_OPERATOR} before the number, a range such as 18 to 65, or quotes round the term")
        low = self.number()
        self.at += 1
        high, unit = self.number(), self.unit(reserved)
        return Bound("≥", low, unit), Bound("≤", high, unit)

    def span(self) -> Span:
        """A length of time."""
        number = self.number()
        unit = _SPANS.get(self.lower[self.at])
        if unit is None or number < 0:
            raise self.error("hours, days, weeks, months or years, not below 0")
        self.at += 1
        return Span(number, unit)

    def duration(self) -> Duration:
        """A limit on a length of time."""
        return Duration(self.operator(), self.span())

    def window(self) -> Window:
        """What follows `within` or `over`: `90 days`, `90 days but over 7 days ago`, `5 years ago`."""
        within = None
        if self.lower[self.at - 1] == "within":
            within = self.span()
            if not self.take("but"):
                return Window(within)
            self.expect("over")
        beyond = self.span()
        self.expect("ago")
        return Window(within, beyond)

    def exceptions(self) -> tuple[Exempt, ...]:
        """What follows `other`: `than (… ; …)`."""
        self.expect("than", "(")
        found = [self._exception()]
        while self.take(";"):
            found.append(self._exception())
        if not self.take(")"):
            raise self.error("';' or ')'")
        return tuple(found)

    def _exception(self) -> Exempt:
        start = self.at
        parts: dict[str, Anything] = {"term": "" if self.take("any") else self.term(words.AFTER_AN_EXCEPTION)}
        self.clauses(_OF_AN_EXCEPTION, words.AFTER_AN_EXCEPTION, parts)
        try:
            return Exempt(**parts)
        except ValueError:
            raise self.error("an exception that names something", start) from None

    def clauses(self, table: Mapping[str, Clause], reserved: frozenset[str], parts: dict[str, Anything]) -> None:
        """Read the parts that follow a term, in any order, each once, into `parts`."""
        while clause := table.get(self.lower[self.at]):
            name, read = clause
            if name in parts:
                raise self.error("each part of a check only once")
            self.at += 1
            parts[name] = read(self, reserved)
            if name == "dose" and self.take("as"):
                parts["equivalent"] = self.term(reserved)


def _span_after_for(pieces: Pieces, reserved: frozenset[str]) -> Span:
    pieces.expect("for")
    return pieces.span()


_OF_AN_EXCEPTION: dict[str, Clause] = {
    "stage": ("stages", Pieces.choices),
    "by": ("routes", Pieces.choices),
    "dose": ("dose", Pieces.bound),
    "resolved": ("resolved", lambda pieces, reserved: True),
    "over": ("over_for", _span_after_for),
    "if": ("state", lambda pieces, reserved: pieces.quoted()),
}
