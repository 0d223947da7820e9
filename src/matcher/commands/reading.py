"""`read`: eligibility text → criteria, what they were read as, and how much of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from matcher.commands.common import put_json
from matcher.reading import ReadCriterion, read_eligibility
from matcher.storage.files import read_bytes


def run_read(options: argparse.Namespace) -> int:
    """Read a file of eligibility text, or standard input."""
    text = sys.stdin.read() if options.file == "-" else read_bytes(Path(options.file)).decode("utf-8-sig", "replace")
    criteria = read_eligibility([("both", text)])
    if options.format == "json":
        put_json({"criteria": [_plain(one) for one in criteria]})
        return 0
    for one in criteria:
        group = f" [{one.group}]" if one.group else ""
        print(f"{one.id}{group} {' '.join(one.text.split())}")
        print(f"    {one.read}: {one.check or '(not read)'}")
        if one.note:
            print(f"    note: {one.note}")
    return 0


def _plain(one: ReadCriterion) -> dict[str, object]:
    return {
        "id": one.id, "kind": one.kind, "text": one.text, "group": one.group, "note": one.note, "check": one.check,
        "read": one.read, "spans": [list(span) for span in one.spans],
    }
