"""Which words of a criterion were read, and which were not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from textual.content import Content

from matcher.app.theme import NOT_READ, READ
from matcher.model.language import Statement, Unread
from matcher.model.match import CriterionMatch
from matcher.model.trees import leaves
from matcher.model.trial import Criterion
from matcher.model.wording import parse

Spans = tuple[tuple[int, int], ...]


def marked(content: Content, one: CriterionMatch, spans: Spans) -> Content:
    """The words with what was read underlined and what was not in brackets; `spans` lie in `content`, in leaf order."""
    return _marked(content, _unread_leaves(one.check), spans, none=one.read == "none")


def marked_record(content: Content, one: Criterion, spans: Spans) -> Content:
    """The same for a criterion as it stands in a record."""
    unread = _unread_leaves(one.check)
    return _marked(content, unread, spans, none=not one.check or (bool(unread) and all(unread)))


def _marked(content: Content, unread: tuple[bool, ...], spans: Spans, *, none: bool) -> Content:
    if none:
        return content.stylize(NOT_READ)
    if unread and len(unread) != len(spans):
        return content
    for place, (start, end) in enumerate(spans):
        if not (unread and unread[place]):
            content = content.stylize(READ, start, end)
    for start, end in reversed(_apart([span for place, span in enumerate(spans) if unread and unread[place]])):
        inside = Content.assemble("[", content[start:end], "]").stylize(NOT_READ)
        content = content[:start] + inside + content[end:]
    return content


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in their order; of those that overlap, one that is all of them."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=2_000)
def _unread_leaves(check: str) -> tuple[bool, ...]:
    try:
        return tuple(isinstance(leaf, Unread | Statement) for leaf in leaves(parse(check)))
    except ValueError:
        return ()
