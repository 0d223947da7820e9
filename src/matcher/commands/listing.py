"""`trials` and `profiles`: what the folders hold."""

from __future__ import annotations

import argparse

from matcher.commands.common import put_json, say, trials_of, trials_said
from matcher.storage.folders import folders
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile


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
    for one in found:
        print(f"{one.id:<40} {one.status:<24} {one.title}")
    say(trials_said(len(found)))
    return 0


def run_profiles(options: argparse.Namespace) -> int:
    """The profiles of the user's folder and the shipped ones."""
    rows = []
    for name, path in sorted(folders().profile_files().items()):
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
