"""`read`: eligibility text → criteria, what they were read as, and how much of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from matcher.commands.common import put_json, say, standard_input
from matcher.commands.stats import run_stats
from matcher.model.trees import leaves
from matcher.model.wording import parse, wording
from matcher.reading import ReadCriterion, read_eligibility
from matcher.sources.importing import read_text
from matcher.storage.refusal import InputError


def run_read(options: argparse.Namespace) -> int:
    """Read a file of eligibility text, or standard input; or count what was read over files of records."""
    if options.stats:
        return run_stats(options)
    if len(options.files) > 1:
        raise InputError(options.files[1], "", "read takes one file of eligibility text; more than one goes with --stats")
    text = standard_input() if options.files[0] == "-" else _text(Path(options.files[0]))
    criteria = read_eligibility([("both", text)])
    if options.format == "json":
        put_json({"criteria": [_plain(one) for one in criteria]})
        return 0
    for one in criteria:
        group = f" [{one.group}]" if one.group else ""
        print(f"{one.id}{group} {' '.join(one.text.split())}")
        print(f"    {one.read}: {one.check or '(not read)'}")
        for line in _placed(one):
            print(f"      {line}")
        if one.note:
            print(f"    note: {one.note}")
    return 0


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
