"""`doctor`: what a helper needs to know when something goes wrong; nothing of patients."""

from __future__ import annotations

import argparse

from matcher.commands.common import put_json
from matcher.session.diagnosing import diagnosis
from matcher.storage.folders import folders


def run_doctor(options: argparse.Namespace) -> int:
    """Say the versions, the folders, the library and the terminal."""
    found = diagnosis(folders())
    if options.format == "json":
        put_json(found)
        return 0
    for heading, lines in found.items():
        print(heading)
        for line in lines:
            print(f"    {line}")
    return 0
