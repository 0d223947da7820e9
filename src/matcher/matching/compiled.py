"""A trial's criteria with their wordings read into checks, once."""

from __future__ import annotations

from functools import lru_cache

from matcher.model.language import Check, Statement, Unread
from matcher.model.trees import leaves
from matcher.model.trial import Criterion
from matcher.model.values import value
from matcher.model.wording import WordingError, parse, wording
from matcher.vocabulary import is_asked, load


@value(frozen=True, slots=True)
class Compiled:
    """A criterion's check, its canonical wording, and how much of the text was read: full, part or none."""

    check: Check
    wording: str
    read: str


def compiled(criterion: Criterion) -> Compiled:
    """The check of a criterion; unread text (or a wording that no longer parses) stays as it stands, for a person."""
    return _compiled(criterion.check, criterion.text)


def checked(criterion: Criterion) -> Check:
    """The check alone."""
    try:
        return parse(criterion.check) if criterion.check else _unread(criterion.text)
    except WordingError:
        return _unread(criterion.text)


def _unread(text: str) -> Unread:
    return Unread(text.strip() or "(no text)")


@lru_cache(maxsize=50_000)
def _compiled(check: str, text: str) -> Compiled:
    if check:
        try:
            tree = parse(check)
            return Compiled(tree, wording(tree), read_share(tree))
        except WordingError:
            pass
    return Compiled(_unread(text), "", "none")


def read_share(check: Check) -> str:
    """full, part or none: how much of a check is leaves of the vocabulary, neither unread text nor a statement in words of its own."""
    unread = [isinstance(leaf, Unread) or (isinstance(leaf, Statement) and not is_asked(leaf.text, load())) for leaf in leaves(check)]
    return "none" if all(unread) else "part" if any(unread) else "full"
