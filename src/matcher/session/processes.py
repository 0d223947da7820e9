"""Starting processes beside a running app, without loading what they do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import redirect_stderr
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

_NICER = 10  # by how much such a process lets others go first, where the system knows such a thing


def ready_to_spawn() -> None:
    """Start what watches over processes, where the system has it.

    It is handed the standard error, and an app that draws on the terminal has put one without a number in its place.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker

        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()


def begun(serving: str) -> tuple[Connection, Any]:
    """The line to a process that was started, and the process: there `serve` of the module `serving` has the other end of the line."""
    ready_to_spawn()
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of the app's threads
    ours, theirs = context.Pipe()
    process = context.Process(target=_process, args=(theirs, serving), daemon=True, name=serving)
    process.start()
    theirs.close()
    return ours, process


def _process(line: Connection, serving: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the app
    if hasattr(os, "nice"):
        os.nice(_NICER)
    import_module(serving).serve(line)


__all__ = ["begun", "ready_to_spawn"]
