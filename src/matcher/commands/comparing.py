"""`compare`: two to four trials side by side for one patient."""

from __future__ import annotations

import argparse

from matcher.commands.common import day_of, profile_of, put_json
from matcher.commands.judged import judged_trials
from matcher.export.comparison import compared
from matcher.matching.aligning import aligned
from matcher.storage.folders import folders
from matcher.storage.refusal import InputError
from matcher.vocabulary import load


def run_compare(options: argparse.Namespace) -> int:
    """Show what each of the trials asks of the same facts."""
    places = folders()
    profile = profile_of(options.profile, places)
    day = day_of(options.as_of, profile)
    wanted = list(dict.fromkeys(options.compared))
    if not 2 <= len(wanted) <= 4:
        raise InputError("compare", "", f"expected two to four different trials, not {len(wanted)}")
    _, matches = judged_trials(wanted, profile, day, places, options.trials)
    rows = aligned(matches, load())
    if options.format == "json":
        put_json({"schema": 1, "profile": profile.id, "as_of": day.isoformat(), "trials": wanted, "rows": [row.plain() for row in rows]})
    else:
        print(compared(profile, day, matches, rows, differences=options.differences))
    return 0
