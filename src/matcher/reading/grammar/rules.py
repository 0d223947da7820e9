"""Rules as data: a name, a pattern over tags, and what to build; one loop applies them in order.

A pattern is a regular expression whose letters are tag names: `measure (sep measure)* quantity`. `sep` stands for the
signs and words between members of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matcher.model.language import Check
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Vocabulary

Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True, unsafe_hash=True)
class Read:
    """A check with the places its leaves were read from, in leaf order; like a token, nothing changes it."""

    check: Check
    spans: Spans


@dataclass(slots=True, unsafe_hash=True)
class Context:
    """What a builder may look at: the text, the criterion's kind, the vocabulary, and whether `=` may be a lost ≥ or ≤; nothing changes it."""

    text: str
    kind: str
    vocabulary: Vocabulary
    lost: bool
    exclusion: bool = field(init=False)

    def __post_init__(self) -> None:
        """Whether the criterion excludes is asked again and again."""
        self.exclusion = self.kind == "exclusion"

    def words(self, tokens: Sequence[Token]) -> str:
        """The text from the first to the last of the tokens, as it stands."""
        return self.text[tokens[0].start : tokens[-1].end].strip() if tokens else ""


# How a part of a text, or of its tokens, is read by itself.
ReadText = Callable[[str, str], Read]  # the text, and the kind of criterion
ReadTokens = Callable[[Sequence[Token], Context], Read]
Build = Callable[[Sequence[Token], Context], "Sequence[Token] | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over tags and the tokens to put in the place of what it matched; a builder may decline with None.

    `needs` names tags of which one must be there for the pattern to match at all: the cheap gate before it. So is `says`:
    letters, in small ones, of which some must stand in the text for the builder not to decline.
    """

    name: str
    pattern: str
    build: Build
    needs: str
    says: tuple[str, ...] = ()


def made(tag: str, tokens: Sequence[Token], context: Context, value: object = None) -> list[Token]:
    """One token in the place of several."""
    start, end = tokens[0].start, tokens[-1].end
    return [Token(tag, start, end, context.text[start:end], value)]


def check_token(check: Check, tokens: Sequence[Token], context: Context, spans: Spans | None = None) -> list[Token]:
    """A read check in the place of the tokens it was read from."""
    start, end = tokens[0].start, tokens[-1].end
    return made("check", tokens, context, Read(check, spans if spans is not None else ((start, end),)))
