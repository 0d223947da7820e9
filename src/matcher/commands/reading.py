"""`read`: eligibility text, or the trials of a page or registry file → criteria, what they were read as, and how much of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from matcher.commands.common import put_json, say, standard_input
from matcher.commands.stats import run_stats
from matcher.model.trees import leaves
from matcher.model.wording import parse, wording
from matcher.reading import ReadCriterion, read_eligibility
from matcher.sources.html_text import without_marks
from matcher.sources.records import read_paths, read_text
from matcher.storage.refusal import InputError


def run_read(options: argparse.Namespace) -> int:
    """Read a file of eligibility text or of trials, or standard input; or count what was read over files of records."""
    if options.stats:
        return run_stats(options)
    if len(options.files) > 1:
        raise InputError(options.files[1], "", "read takes one file; more than one goes with --stats")
    if options.files[0] != "-" and _show_trials(Path(options.files[0]), options.format):
        return 0
    text = standard_input() if options.files[0] == "-" else _text(Path(options.files[0]))
    criteria = read_eligibility([("both", without_marks(text))])
    if options.format == "json":
        put_json({"criteria": [_plain(one) for one in criteria]})
    else:
        _put(criteria)
    return 0


def _show_trials(path: Path, form: str) -> bool:
    """Show the trials of a file one after the other; False where it holds none, and is no more than text."""
    every, found, bare = [], False, False
    for reading in read_paths([path], None):
        bare = bare or bool(reading.drafts)
        for draft in (one for one in reading.drafts if one.eligibility):
            found = True
            criteria = read_eligibility([(section.kind, section.text) for section in draft.eligibility])
            if form == "json":
                every.append({"id": draft.trial.id, "title": draft.trial.title, "criteria": [_plain(one) for one in criteria]})
            else:
                print(f"{draft.trial.id} {draft.trial.title}".strip())
                _put(criteria)
        for problem in reading.problems:
            if found:
                say(str(problem))
            elif problem.kind == "invalid" and _is_data(path):
                raise InputError(str(path), problem.place, problem.message)
    if every:
        put_json({"trials": every})
    if bare and not found:
        raise InputError(str(path), "", "its trials come without eligibility criteria: there is nothing to read")
    return found


def _is_data(path: Path) -> bool:
    """Whether a file that could not be taken for records is no text of eligibility either."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[{", b"<?xml"))


def _put(criteria: Iterable[ReadCriterion]) -> None:
    for one in criteria:
        group = f" [{one.group}]" if one.group else ""
        print(f"{one.id}{group} {' '.join(one.text.split())}")
        print(f"    {one.read}: {one.check or '(not read)'}")
        for line in _placed(one):
            print(f"      {line}")
        if one.note:
            print(f"    note: {one.note}")


def _placed(one: ReadCriterion) -> list[str]:
    """Which words of a criterion each leaf was read from, once each, in the order of the words."""
    if not one.check:
        return []
    parts = {(tuple(span), wording(leaf)) for span, leaf in zip(one.spans, leaves(parse(one.check)), strict=False)}
    if len(parts) < 2:
        return []
    return [f"{start}-{end} “{' '.join(one.text[start:end].split())}” → {leaf}" for (start, end), leaf in sorted(parts) if not leaf.startswith("unread ")]


def _text(path: Path) -> str:
    text, problem = read_text(path)
    if text is None:
        raise InputError(str(path), "", problem.message if problem else "cannot be read")
    if problem:
        say(f"{path}: {problem.place}: {problem.message}")
    return text


def _plain(one: ReadCriterion) -> dict[str, object]:
    return {
        "id": one.id, "kind": one.kind, "text": one.text, "group": one.group, "note": one.note, "check": one.check,
        "read": one.read, "spans": [list(span) for span in one.spans],
    }
