"""What would change a trial's standing, in words: what is missing, how far off, until when, and what would have to be otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rows import each_row

from matcher.matching import match
from matcher.model.dates import partial_date
from matcher.model.profile import Condition, Lab, Medication, Profile
from matcher.model.trial import Criterion, Trial
from matcher.session.changing import changing

DAY = date(2026, 11, 21)


def _exclusion(number: int, check: str, group: str = "") -> Criterion:
    return Criterion(id=f"E{number}", kind="exclusion", text=check, check=check, group=group)


@each_row(
    ("checks", "said"),
    [
        (["platelets < 50 ×10⁹/L"], ["One criterion excludes; it would have to change.", "platelets 45 ×10⁹/L, at least 50 ×10⁹/L is needed: 5 ×10⁹/L short → met"]),
        (["use of belimumab within 6 months"], ["on 2027-02-02: a window ends → ask", "without: use of belimumab within 6 months → met"]),
        (["platelets < 50 ×10⁹/L", "asthma"], ["2 criteria exclude: each of them would have to change.", "without: asthma → met"]),
        (["asthma", "active asthma"], ["One fact stands behind them all: conditions: asthma."]),
        (["asthma", "[a] active asthma"], ["One criterion excludes, and so does every group: all that, and one group, would have to change."]),
        (["[a] asthma", "[b] active asthma"], ["Every group of the trial excludes: the criteria of one of them would have to change."]),
        (["pregnant", 'judgement "unfit"'], ["Still open: 1 missing fact and 1 criterion for a person to judge.", "ask: Is the patient pregnant? (yes: excludes, no: met)", "a person's judgement"]),
        (["platelets < 42 ×10⁹/L"], ["Nothing is open.", "platelets 45 ×10⁹/L, below 42 ×10⁹/L would not do: 3 ×10⁹/L to spare → excludes"]),
        (["HBsAg is positive"], ["ask: Is hepatitis B surface antigen positive? (yes: excludes, no: met)"]),
    ],
)  # fmt: skip
def test_what_would_change_a_trial(checks: list[str], said: list[str]) -> None:
    profile = Profile(
        id="P-1", as_of=DAY, sex="female",
        labs=[Lab(test="platelets", value=Decimal(45), unit="10^9/L")],
        conditions=[Condition(name="asthma")],
        medications=[Medication(name="belimumab", status="past", stop=partial_date("2026-08-01"))],
    )  # fmt: skip
    criteria = []
    for number, check in enumerate(checks, 1):
        group, _, rest = check.removeprefix("[").rpartition("] ")
        criteria.append(_exclusion(number, rest, group))
    trial = Trial(id="NCT1", criteria=criteria)
    told = "\n".join(changing(profile, trial, match(profile, [trial], DAY)[0], DAY).lines())
    assert [one for one in said if one not in told] == [], told
