"""What was found about a check: its truth, why, on which facts, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from matcher.matching import truth as t
from matcher.model.patterns import later
from matcher.model.values import changed, value
from matcher.model.verdict import Evidence, Question

Item = TypeVar("Item")
_AS_PRESUMED: t.Truth = -1
_SENTENCE_END = later(r"(?<=\.) (?=[A-Z])")


@value(frozen=True, slots=True)
class Finding:
    """The truth of a check for one patient.

    `presumed` is the truth if every list were complete; `causes` say why it is undecided, and `left` why it would
    still be; `clears` are the days on which a window that now decides it stops doing so. `likely` is what is presumed where a
    sentence that was read in part means what was read of it, as far as recorded facts decide that: a hint that orders
    trials and decides nothing.
    """

    truth: t.Truth
    reason: str
    presumed: t.Truth = 0
    causes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    clears: tuple[date, ...] = ()
    left: tuple[str, ...] = ()
    likely: t.Truth = _AS_PRESUMED

    def __post_init__(self) -> None:
        if not self.presumed:
            object.__setattr__(self, "presumed", self.truth)
        if not self.left:
            object.__setattr__(self, "left", self.causes)
        if self.likely == _AS_PRESUMED:
            object.__setattr__(self, "likely", self.presumed)


def known(value: bool, reason: str, *evidence: Evidence, clears: tuple[date, ...] = ()) -> Finding:
    """A decided finding."""
    return Finding(t.of(value), reason, evidence=evidence, clears=clears)


def undecided(cause: str, reason: str, *questions: Question, evidence: tuple[Evidence, ...] = (), presumed: t.Truth = t.OPEN) -> Finding:
    """An undecided finding with its cause and the questions that could settle it."""
    return Finding(t.OPEN, reason, presumed, (cause,), questions, evidence)


def unique(values: Iterable[Item]) -> tuple[Item, ...]:
    """The values in order, each once."""
    return tuple(dict.fromkeys(values))


def said_once(reasons: Sequence[str]) -> tuple[str, ...]:
    """The sentences of the reasons in order, each once; a full stop behind one or two words may be that of an abbreviation."""
    once = unique(reasons)
    if len(once) < 2 or not any(". " in reason for reason in once):
        return once
    pieces = [piece for reason in once for piece in _SENTENCE_END.split(reason)]
    return tuple(piece for place, piece in enumerate(pieces) if piece.count(" ") < 2 or piece not in pieces[:place])


def combine(logic: Callable[[Sequence[t.Truth]], t.Truth], parts: Sequence[Finding]) -> Finding:
    """A node's finding from its parts', keeping the reasons of the parts that decide it (or keep it open)."""
    truth = logic([part.truth for part in parts])
    presumed = logic([part.presumed for part in parts])
    likely = logic([t.said(part.likely) for part in parts])
    return joined((truth, presumed, likely), deciding(logic, truth, parts), parts)


def joined(truths: tuple[t.Truth, t.Truth, t.Truth], parts: Sequence[Finding], every: Sequence[Finding]) -> Finding:
    """A finding with the given truths (now, presumed and likely) that rests on `parts` of all that stand in `every`."""
    truth, presumed, likely = truths
    open_ = not t.decided(truth)
    sources = [part for part in parts if not t.decided(part.truth)] or list(parts) if open_ else list(parts)
    return Finding(
        truth,
        " ".join(said_once([part.reason for part in sources])),
        presumed,
        unique(cause for part in sources for cause in part.causes) if open_ else (),
        unique(ask for part in sources for ask in part.questions) if open_ else (),
        unique(fact for part in parts for fact in part.evidence),
        unique(day for part in parts for day in part.clears),
        unique(cause for part in every if not t.decided(part.presumed) for cause in part.left),
        likely,
    )


def deciding(logic: Callable[[Sequence[t.Truth]], t.Truth], truth: t.Truth, parts: Sequence[Finding]) -> list[Finding]:
    """The fewest parts that a reader needs: one that alone settles the node, else all that are not n/a."""
    if t.decided(truth) and truth != t.CONCERNS_NOT:
        for part in parts:
            if t.decided(part.truth) and part.truth != t.CONCERNS_NOT:
                others = [part.truth if one is part else t.OPEN | t.CONCERNS_NOT for one in parts]
                if logic(others) == truth:
                    settling = [p for p in parts if p.truth == part.truth]
                    return settling
    relevant = [part for part in parts if part.truth != t.CONCERNS_NOT]
    return relevant or list(parts)


def negated(finding: Finding) -> Finding:
    """The finding of "not"."""
    return changed(finding, truth=t.negate(finding.truth), presumed=t.negate(finding.presumed), likely=t.negate(finding.likely))
