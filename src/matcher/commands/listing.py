"""`trials` and `profiles`: what the folders hold."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from matcher.commands.common import put_json, say, trials_of, trials_said
from matcher.storage.folders import folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile

# An NCT number, an EudraCT or a CTIS number fits; what is longer was made from a title.
_ID_CELLS = 24
NO_TITLE = "(its source shows no title)"


def run_trials(options: argparse.Namespace) -> int:
    """The trials whose id, title, conditions or interventions hold every word asked."""
    words = [word.casefold() for word in options.query]
    found = []
    for trial in trials_of(options.trials):
        names = [intervention.name for intervention in trial.interventions]
        text = " ".join([trial.id, *trial.ids, trial.title, *trial.conditions, *trial.keywords, *names]).casefold()
        if all(word in text for word in words):
            found.append(trial)
    if options.format == "json":
        put_json([{"id": one.id, "title": one.title, "status": one.status, "conditions": one.conditions} for one in found])
        return 0
    for line in table([(one.id, one.status, one.title or one.official_title or NO_TITLE) for one in found]):
        print(line)
    say(trials_said(len(found)))
    return 0


def table(rows: list[tuple[str, str, str]]) -> list[str]:
    """Id, status and title in columns; an id too long for its column has a line of its own and stays whole."""
    ids = max((len(one) for one, _, _ in rows if len(one) <= _ID_CELLS), default=0)
    states = max((len(state) for _, state, _ in rows), default=0)
    width = shutil.get_terminal_size((0, 0)).columns if sys.stdout.isatty() else 0
    lines = []
    for name, state, title in rows:
        if len(name) > ids:
            lines.append(name)
            name = ""
        line = " ".join(f"{name:<{ids}}  {state:<{states}}  {title}".splitlines())
        lines.append(line if not width or len(line) <= width else f"{line[: width - 3].rstrip()}...")
    return lines


def run_profiles(options: argparse.Namespace) -> int:
    """The profiles of the user's folder and the shipped ones, or what of their facts does not go together."""
    places, rows = folders(), []
    files = {one: places.find_profile(one) for one in options.profile} or dict(sorted(places.profile_files().items()))
    if options.check:
        return _check_profiles(files, options.format)
    for name, path in files.items():
        try:
            profile = load_profile(path)
        except InputError as problem:
            say(str(problem))
            continue
        ill = [one.name for one in profile.conditions if one.status == "active"]
        rows.append({"id": profile.id, "age": str(profile.age or ""), "sex": profile.sex or "", "conditions": ill,
                     "as_of": profile.as_of.isoformat() if profile.as_of else "", "file": str(path), "name": name})
    if options.format == "json":
        put_json(rows)
        return 0
    for row in rows:
        print(f"{row['id']:<20} {row['age']:>4} {row['sex']:<7} {row['as_of']:<11} {', '.join(row['conditions'])}")
    return 0


def _check_profiles(files: Mapping[str, Path], form: str) -> int:
    """The facts that can hardly be true together, patient by patient; 1 where there are some, or a file cannot be read."""
    from matcher.session.contradictions import (
        contradictions_in,  # only here what reads facts by their meaning is needed
    )

    found, refused = [], False
    for path in files.values():
        try:
            profile = load_profile(path)
        except InputError as problem:
            say(str(problem))
            refused = True
            continue
        unlike = contradictions_in(profile, profile.as_of or date.today())
        found.append({"id": profile.id, "contradictions": [{"rows": list(one.rows), "words": one.words} for one in unlike]})
        if form != "json":
            for one in unlike:
                print(f"{profile.id}: {one.words}")
    number = sum(bool(one["contradictions"]) for one in found)
    if form == "json":
        put_json(found)
    else:
        say(f"{len(found)} profile{'' if len(found) == 1 else 's'} looked through, {number or 'none'} with facts that do not go together")
    return 1 if number or refused else 0
