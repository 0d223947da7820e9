"""`recheck`: what has changed since a shortlist was exported."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from matcher.commands.common import day_of, profile_of, put_json
from matcher.export.recheck import Recheck
from matcher.export.shortlist import load_shortlist
from matcher.session.shortlists import checked_again
from matcher.storage.folders import folders
from matcher.storage.refusal import InputError


def run_recheck(options: argparse.Namespace) -> int:
    """Check a shortlist again and say what changed."""
    places = folders()
    listed = load_shortlist(options.file)
    profile = profile_of(options.profile or listed.profile, places)
    if profile.id != listed.profile:
        raise InputError(options.file, "profile", f"this is the shortlist of {listed.profile}, not of {profile.id}")
    found = checked_again(listed, profile, day_of(options.as_of, profile), places, options.trials)
    if options.format == "json":
        put_json({"schema": 1, **asdict(found)})
    else:
        print("\n".join([f"{listed.profile}: the shortlist as of {listed.as_of or 'no day'}, checked again", *_said(found)]))
    return 0


def _said(found: Recheck) -> list[str]:
    lines = ["", *found.general] if found.general else []
    for one in found.trials:
        lines += ["", f"{one.id}  {one.title}", *(f"  {line}" for line in one.lines or ("nothing has changed.",))]
    return lines


__all__ = ["run_recheck"]
