"""Starting processes beside a running app."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr


def ready_to_spawn() -> None:
    """Start what watches over processes, where the system has it.

    It is handed the standard error, and an app that draws on the terminal has put one without a number in its place.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker

        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()


__all__ = ["ready_to_spawn"]
