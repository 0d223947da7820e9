"""A term of the vocabulary as it stands in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.model.language import Bound
from matcher.reading.tagging.tokens import Token

TERM = "(cond|drug|proc)"


@dataclass(slots=True, unsafe_hash=True)
class Term:
    """A vocabulary term as it stands in a sentence, with what belongs to it alone; like a token, nothing changes it."""

    label: str
    examples: tuple[Token, ...] = ()
    dose: tuple[Bound, ...] = ()
    equivalent: str = ""
    stages: tuple[str, ...] = ()
    setting: str = ""
    counted: str = ""

    def allergies(self) -> str:
        """To how many drugs an allergy is asked, where it is to more than one."""
        return f"allergy to {self.counted.removeprefix('in ').removesuffix('drugs')}{self.label}" if self.counted.endswith(" drugs") else self.counted


def term_of(token: Token) -> Term:
    """The term of a token, as the lexer left it or as a rule enriched it."""
    return token.value if isinstance(token.value, Term) else Term(str(token.value))
