"""One criterion's text → a check: tags, rules, and what no rule took kept as unread text in its logical place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from matcher.model.language import (
    Any,
    Sex,
    Statement,
    Unread,
    all_of,
    any_of,
)
from matcher.reading.amounts import NUMBERS, TIMES
from matcher.reading.around import ENTRIES
from matcher.reading.definitions import DEFINITIONS
from matcher.reading.measures import ALIASES, MEASURES
from matcher.reading.narrowing import restricted
from matcher.reading.nested import combined, opened
from matcher.reading.people import PEOPLE, SEX
from matcher.reading.pieces import (
    LOOSE,
    PREPOSITIONS,
    clean,
    taken,
    turns,
    unread,
)
from matcher.reading.rules import Context, Read, Rule, apply
from matcher.reading.segments import segment as read_segment
from matcher.reading.stages import STAGES
from matcher.reading.terms import TERMS
from matcher.reading.tokens import Lexer, Token
from matcher.vocabulary import Phrase, Vocabulary

_SAYS_NOTHING = ("_", "subject", "be", "have", "must", "who", "that", "either", "quote")


_RULES: tuple[Rule, ...] = (
    *ALIASES, *STAGES, *NUMBERS, *TIMES, *TERMS, *PEOPLE, *MEASURES, *ENTRIES, *SEX, *DEFINITIONS,
)


# Words of duty: inside an exclusion they turn what follows into a requirement, and nothing of it is certain.
_REQUIRES = re.compile(r"must|shall|should|required|need|have to|are to", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads criteria with one vocabulary; `local` are abbreviations the record explains, `lost` whether its ≥ ≤ are lost."""

    vocabulary: Vocabulary
    local: Mapping[tuple[str, ...], Phrase] = field(default_factory=dict)
    lost: bool = True

    def read(self, text: str, kind: str) -> Read:
        """The check of one criterion with the places its leaves were read from; never raises, whatever the text."""
        if "\n" in text.strip():
            return self._nested(text, kind)
        context = Context(text, kind, self.vocabulary, self.lost)
        tokens = _unnumbered(Lexer(self.vocabulary, self.local).tokens(text))
        if kind == "exclusion" and any(token.tag == "must" and _REQUIRES.search(token.text) for token in tokens):
            return unread(context, 0, len(text))
        kept = [token for token in _sex_scopes(tokens) if token.tag not in _SAYS_NOTHING]
        if not kept or text.rstrip().endswith(":"):
            return unread(context, 0, len(text))
        if all(token.tag in ("both", *LOOSE) for token in kept) and any(token.tag == "both" for token in kept):
            return taken(Any((Sex("female"), Sex("male"))), kept, 2)
        found = apply(_RULES, kept, context)
        return _assembled(found, context)

    def _nested(self, text: str, kind: str) -> Read:
        """A criterion with a list under it: its members, or all of it unread where the first line says more."""
        found = opened(text, kind)
        if found is None:
            return Read(Unread(clean(text)), ((0, len(text)),))
        reads = [(place, self.read(member, kind)) for place, member in found.members]
        spans = tuple((place + start, place + end) for place, read in reads for start, end in read.spans)
        return Read(combined([read.check for _, read in reads], found.at_least), spans)


def _sex_scopes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a sex that only says whom a rule concerns ("women must…") told from one that is asked for."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        after = [one.tag for one in tokens[i + 1 : i + 5] if one.tag not in ("of", "with", "_", "subject")]
        if token.tag == "sex" and after[:1] == ["must"]:
            token = replace(token, tag="sex-scope")
        elif token.tag == "sex" and token.value == "female" and after[:2] == ["potential", "must"]:
            token = replace(token, tag="potential-scope")
        found.append(token)
    return found


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """The tokens without a number or code that only counts the criterion ("2.", "E28.")."""
    first = next((i for i, token in enumerate(tokens[:3]) if token.tag in ("stop", "close")), None)
    if first in (1, 2) and tokens[first - 1].tag == "number" and not tokens[first - 1].value.unit and len(tokens) > first + 1:
        head = tokens[: first - 1]
        if all(token.tag == "open" or (token.tag == "w" and len(token.text) == 1) for token in head):
            return tokens[first + 1 :]
    return tokens


def _assembled(tokens: Sequence[Token], context: Context) -> Read:
    """Segments between semicolons and sentence ends, joined: an inclusion asks for all, an exclusion for any."""
    pieces = _spoken(_segments(tokens))
    reads = [read_segment(piece, context) for piece in pieces]
    if not reads:
        return unread(context, 0, len(context.text))
    if len(reads) == 1:
        return reads[0]
    if any(turns(piece) and isinstance(read.check, Unread) for piece, read in zip(pieces, reads, strict=True)):
        return unread(context, 0, len(context.text))
    joined_ = _with_fragments(reads, pieces, context)
    if joined_ is None:
        return unread(context, 0, len(context.text))
    checks = [read.check for read in joined_]
    spans = tuple(span for read in joined_ for span in read.spans)
    return Read(any_of(checks) if context.exclusion else all_of(checks), spans)


def _with_fragments(reads: Sequence[Read], segments: Sequence[Sequence[Token]], context: Context) -> list[Read] | None:
    """Segments with the fragments behind a stop that only restrict the one before ("…within 90 days. for the study eye.")."""
    found: list[Read] = []
    for read, segment in zip(reads, segments, strict=True):
        before = context.text[: segment[0].start].rstrip(" ([\n\t")
        fragment = before.endswith(".") and segment[0].tag in (*PREPOSITIONS, "open", "restrict", "during")
        if not (found and fragment and isinstance(read.check, Unread | Statement)):
            found.append(read)
            continue
        narrowed = restricted(found[-1], read.check, *read.spans)
        if narrowed is None:
            return None
        found[-1] = narrowed
    return found


def _spoken(segments: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    return [segment for segment in segments if any(token.tag not in LOOSE for token in segment)]


def _segments(tokens: Sequence[Token]) -> list[list[Token]]:
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.tag, 0)
        if token.tag in ("semicolon", "stop") and depth <= 0:
            segments.append([])
        else:
            segments[-1].append(token)
    return segments
