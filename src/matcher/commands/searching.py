"""`search`: the trials that hold the words typed and pass the filters."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.commands.common import put_json, say
from matcher.commands.listing import NO_TITLE, table
from matcher.model.trial import Status
from matcher.session.searching import Filters, Found, Searcher
from matcher.storage.folders import folders
from matcher.storage.refusal import InputError
from matcher.storage.search import known_phase

STATUSES = Status.__args__  # type: ignore[attr-defined]


def run_search(options: argparse.Namespace) -> int:
    """Search the user's trials, or those in the paths given."""
    filters = _filters(options)
    skip = (options.page - 1) * options.limit
    with Searcher.at(options.trials, _made) if options.trials else Searcher.of_user(folders(), _made) as searcher:
        for problem in searcher.problems:
            say(problem)
        found = searcher.find(_query(options.query), filters, limit=options.limit, skip=skip)
        open_only = not (options.all or options.status)
        others = searcher.find(_query(options.query), replace(filters, all_statuses=True), limit=1).total if open_only and found.total == 0 else 0
    if options.format == "json":
        put_json({"total": found.total, "page": options.page, "trials": [one._asdict() for one in found.hits]})
        return 0
    for line in table([(one.id, one.status, one.title or NO_TITLE) for one in found.hits]):
        print(line)
    say(_said(found, skip, others or 0, open_only=open_only))
    return 0


def _query(words: Sequence[str]) -> str:
    """The words as one query: what was quoted for the shell is a phrase."""
    return " ".join(f'"{word}"' if " " in word.strip() and '"' not in word else word for word in words)


def _filters(options: argparse.Namespace) -> Filters:
    asked = tuple("-".join(re.findall("[a-z]+", status.casefold())) for status in options.status or ())  # "Active, not recruiting" too
    for status, said in zip(asked, options.status or (), strict=True):
        if status not in STATUSES:
            raise InputError("--status", "", f"{said[:40]!r}: expected one of {', '.join(STATUSES)}")
    if options.phase and not known_phase(options.phase):
        raise InputError("--phase", "", f"{options.phase[:40]!r}: expected 1, 2, 3, 4 or early phase 1")
    return Filters(
        all_statuses=options.all, status=asked, phase=options.phase, kind=options.type, sex=options.sex, age=options.age,
        country=options.country, city=options.city, facility=options.facility, sponsor=options.sponsor, condition=options.condition, drug=options.drug,
    )  # fmt: skip


def _said(found: Found, skip: int, others: int, *, open_only: bool) -> str:
    total = "more than can be ranked, the newest first" if found.total is None else f"{found.total:,}"
    shown = f"{skip + 1}-{skip + len(found.hits)} of " if found.hits else ""
    hidden = f"; {others:,} of another status, which --all shows" if others else "; open to enrolment only, --all shows the others" if open_only else ""
    return f"{shown}{total} found{hidden}"


def _made(done: int) -> None:
    if done % 5000 == 0:
        say(f"making the library ready to be searched: {done:,} records")
