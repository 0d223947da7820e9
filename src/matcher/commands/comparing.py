"""`compare`: two to four trials side by side for one patient."""

from __future__ import annotations

import argparse
from pathlib import Path

from matcher.commands.common import day_of, profile_of, put_json, say
from matcher.commands.judged import judged_trials
from matcher.export.comparison import Compared, compared
from matcher.matching.aligning import aligned
from matcher.storage.files import file_digest, write_text
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
    found = Compared(profile.id, day, tuple(matches), tuple(rows), options.differences)
    if options.output not in (None, "-"):
        _write(found, Path(options.output), over=options.over)
    elif options.format == "json":
        put_json({"schema": 1, "profile": profile.id, "as_of": day.isoformat(), "trials": wanted, "rows": [row.plain() for row in rows]})
    else:
        print(compared(found))
    return 0


def _write(found: Compared, path: Path, *, over: bool) -> None:
    """Write the comparison in the form that the ending of its file says, HTML where it says none."""
    from matcher.export.formats import COMPARISONS, format_of  # loaded only where a file is written

    form = format_of(str(path), COMPARISONS)
    write_text(path, form.written(found), expected=file_digest(path) if over else None)
    say(f"the comparison written to {path.resolve()}")
