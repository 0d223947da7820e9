"""Work that takes long: a bar on a terminal, plain lines elsewhere, and Ctrl+C that ends it between two whole batches."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from command_support import run

from matcher.commands.progress import Progress

if TYPE_CHECKING:
    from conftest import Desk


class _Terminal(io.StringIO):
    encoding = "utf-8"

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def _said(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    clock = iter(range(0, 1000, 5))
    monkeypatch.setattr("matcher.commands.progress.time.monotonic", lambda: float(next(clock)))
    out = _Terminal(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", out)
    with Progress("read") as shown:
        for count in (500, 1000, 1500):
            shown.told(count, count / 4000)
    return out.getvalue()


def test_a_terminal_shows_a_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.commands.progress.shutil.get_terminal_size", lambda _: os.terminal_size((120, 40)))
    said = _said(monkeypatch, terminal=True)
    assert "█████████░░░░░░░░░░░░░░░ 38 % · 1,500 read · 100 a second · 0:25 left  (Ctrl+C stops)" in said
    assert said.endswith("\r")


def test_elsewhere_it_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _said(monkeypatch, terminal=False) == "matcher: 25 % · 1,000 read · 100 a second · 0:30 left\n"


def test_an_interrupt_ends_an_import_after_whole_records_and_the_next_completes_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"nct_id": f"NCT9200{n:04}", "title": "T", "criteria": f"Age > {n % 60} years"}) for n in range(180)]
    source = desk.file("many.jsonl", "\n".join(lines))
    told = Progress.told

    def interrupted(self: Progress, count: int, share: float) -> None:
        told(self, count, share)
        if not self.stopped() and count > 100:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "told", interrupted)
    done = run("import", source)
    assert done.code == 130
    assert "stopped before the end: every record that was kept is whole" in done.err
    monkeypatch.undo()
    with_rest = run("import", source, "--into", desk.home / "data/library.db", "--format", "json").json
    assert 0 < with_rest["unchanged"] < 180
    assert with_rest["new"] + with_rest["unchanged"] == 180
    assert "180 records, all whole" in run("library", "check").out


def test_an_interrupt_before_anything_is_kept_ends_an_import_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"nct_id": f"NCT9200{n:04}", "title": "T", "criteria": f"Age > {n} years"}) for n in range(20, 30)]
    source = desk.file("some.jsonl", "\n".join(lines))
    met: list[object] = []

    def interrupted(draft: object, *_: object) -> None:
        met.append(draft)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("matcher.session.importing.assemble", interrupted)
    done = run("import", source)
    assert (done.code, len(met)) == (130, 1)
    assert done.err == "matcher: stopped\n"
    monkeypatch.undo()
    assert run("import", source, "--into", desk.home / "data/library.db", "--format", "json").json["new"] == len(lines)
