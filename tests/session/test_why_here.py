"""Why a trial stands where it does: what sets it apart from the trials above and beneath it."""

from __future__ import annotations

from dataclasses import replace

from rows import each_row

from matcher.model.match import ScorePart, TrialMatch
from matcher.session.why_here import why_here


def _match(name: str, tier: str, met: float, recruiting: float) -> TrialMatch:
    parts = (ScorePart("met", met, 0.5, f"{met:.0%} of the criteria are met"), ScorePart("recruiting", recruiting, 0.5, "it recruits" if recruiting else "it is completed"))
    score = sum(part.value * part.weight for part in parts)
    return TrialMatch(name, f"trial {name}", "recruiting", 1, tier, score, "same", parts, {}, None, ())


MATCHES = (
    _match("A", "eligible", 0.2, 0.0), _match("B", "possible", 1.0, 1.0), _match("C", "possible", 0.6, 0.0), _match("D", "possible", 0.6, 0.0),
)  # fmt: skip


@each_row(
    ("name", "said"),
    [
        ("A", ["Place 1 of 4: eligible, 0.10 of 1 points.", "Beneath it trial B: it is possible, this one eligible."]),
        ("B", ["Above it trial A: it is eligible, this one possible.", "Beneath it trial C: it has fewer points, 0.30: it is completed (0.00, not 0.50) and 60% of the criteria are met (0.30, not 0.50)."]),
        ("C", ["Above it trial B: it has more points, 1.00: it recruits (0.50, not 0.00) and 100% of the criteria are met (0.50, not 0.30).", "Beneath it trial D: it has as many points."]),
        ("D", ["Above it trial C: it has as many points.", "0.30 of 0.50: 60% of the criteria are met"]),
    ],
)
def test_what_sets_a_trial_apart_from_those_beside_it(name: str, said: list[str]) -> None:
    found = why_here(MATCHES, next(one for one in MATCHES if one.trial_id == name))
    assert set(said) <= {found.place, *found.points, *found.beside}


def test_a_trial_that_is_not_ranked_stands_nowhere() -> None:
    found = why_here(MATCHES, replace(MATCHES[0], trial_id="X"))
    assert (found.place, found.beside) == ("Not among the 4 ranked trials; 0.10 of 1 points.", ())
