"""Why a trial stands where it does among the others: its place, its points, and what the trials beside it have more or less of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model.match import TIERS, TrialMatch

_PARTS = 2  # differences that are told of two trials, the largest first
_LEAST = 0.005  # points that are told of at all
ORDER = f"{', then '.join(TIERS).capitalize()}; in each of these the trial with more points first."


@dataclass(frozen=True, slots=True)
class WhyHere:
    """The place among all that are shown, the points with what each is for, and the trials before and after in words."""

    place: str
    points: tuple[str, ...]
    beside: tuple[str, ...]


def why_here(matches: Sequence[TrialMatch], match: TrialMatch) -> WhyHere:
    """Why a trial stands where it does among `matches`, which are in order; one that is not among them stands nowhere."""
    at = next((number for number, one in enumerate(matches) if one.trial_id == match.trial_id), None)
    points = tuple(f"{part.value * part.weight:.2f} of {part.weight:.2f}: {part.why}" for part in match.score_parts)
    if at is None:
        return WhyHere(f"Not among the {len(matches)} ranked trials; {match.score:.2f} of 1 points.", points, ())
    beside = [_stands_above(matches[at - 1], match, "Above it")] if at else []
    beside += [_stands_above(match, matches[at + 1], "Beneath it")] if at + 1 < len(matches) else []
    return WhyHere(f"Place {at + 1} of {len(matches)}: {match.tier}, {match.score:.2f} of 1 points.", points, tuple(beside))


def _stands_above(first: TrialMatch, second: TrialMatch, where: str) -> str:
    other = first if where == "Above it" else second
    return f"{where} {other.title or other.trial_id}: {_reason(first, second, other is first)}"


def _reason(first: TrialMatch, second: TrialMatch, above: bool) -> str:
    """What sets two trials apart, said of the one that is not explained."""
    other, this = (first, second) if above else (second, first)
    if first.tier != second.tier:
        return f"it is {other.tier}, this one {this.tier}."
    if abs(first.score - second.score) < _LEAST:
        return "it has as many points."
    more = "more" if above else "fewer"
    told = " and ".join(_differences(other, this, 1 if above else -1))
    return f"it has {more} points, {other.score:.2f}{f': {told}' if told else ''}."


def _differences(other: TrialMatch, this: TrialMatch, sign: int) -> list[str]:
    """The parts that make the difference, the largest first."""
    mine = {part.name: part.value * part.weight for part in this.score_parts}
    apart = [(sign * (part.value * part.weight - mine.get(part.name, 0.0)), part) for part in other.score_parts]
    large = sorted((one for one in apart if one[0] >= _LEAST), key=lambda one: -one[0])[:_PARTS]
    return [f"{part.why} ({part.value * part.weight:.2f}, not {mine.get(part.name, 0.0):.2f})" for _, part in large]


__all__ = ["ORDER", "WhyHere", "why_here"]
