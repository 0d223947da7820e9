"""A shortlist as comma-separated sheets, one row for each trial or for each criterion, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from matcher.export.dossier import Dossier, Entry, Judged, word
from matcher.export.report import counted
from matcher.export.text import evidence_words
from matcher.model.patterns import pattern_of
from matcher.model.verdict import Verdict
from matcher.model.visible import visible_line

LONGEST = 32_000  # characters of a cell: spreadsheets cut longer ones in silence
_NUMBER = pattern_of(r"-?\d+(\.\d+)?", re.ASCII)
# A spreadsheet runs what begins like this; one that parts cells at semicolons also finds it behind each of them.
_FORMULA = pattern_of(r"(^|;)(\s*)(?=[=+\-@＝＋－＠|%])")
_TRIALS = (
    "patient", "as of", "order", "trial", "title", "recruitment", "standing", "eligible from", "mark", "note", "excludes", "ask", "review", "met",
    "not applicable", "what excludes", "what to ask", "decided by a person", "score of 100", "rank", "made with",
)  # fmt: skip
_OF_ONE_PATIENT = ("order", "rank")  # of a trial among the others of a patient
_CRITERIA = (
    "patient", "as of", "order", "trial", "criterion", "kind", "group", "text", "verdict", "reason", "facts", "what to ask", "worked out as",
    "decided by a person", "note", "read as",
)  # fmt: skip


def trials_sheet(found: Dossier) -> str:
    """One row for each trial."""
    return _sheet(_TRIALS, (_trial(found, number, one) for number, one in enumerate(found.entries, 1)))


def criteria_sheet(found: Dossier) -> str:
    """One row for each criterion of each trial."""
    entries = enumerate(found.entries, 1)
    return _sheet(_CRITERIA, (_criterion(found, number, one, each) for number, one in entries for each in one.criteria))


def screening_log(screened: Iterable[Dossier], on: date) -> str:
    """One row for each patient who was looked at for a trial, in their order, with the day of the looking."""
    told = [name for name in _TRIALS if name not in _OF_ONE_PATIENT]
    every = (dict(zip(_TRIALS, _trial(found, 0, one), strict=True)) for found in screened for one in found.entries)
    return _sheet(("screened on", *told), ((on, *(row[name] for name in told)) for row in every))


def safe_cell(text: str) -> str:
    """A cell's text on one line, never a formula, and no longer than a spreadsheet takes."""
    line = visible_line(text)
    if len(line) > LONGEST:
        line = f"{line[:LONGEST]}… ({len(line) - LONGEST} more characters)"
    return line if _NUMBER.fullmatch(line) else _FORMULA.sub(r"\1\2'", line)


def _sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _trial(found: Dossier, number: int, one: Entry) -> tuple[object, ...]:
    listed, counts = one.listed, counted(one)
    numbers = (counts[verdict] for verdict in (Verdict.FAIL, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.PASS, Verdict.NA))
    return (
        *_place(found, number, one), listed.title, listed.status, listed.tier, listed.eligible_from or "", listed.mark or "", listed.note or "", *numbers,
        _joined(f"{each.listed.id}: {each.listed.reason or each.listed.text}" for each in one.with_verdict(Verdict.FAIL)),
        _joined(dict.fromkeys(ask for each in one.with_verdict(Verdict.UNKNOWN) for ask in _asked(each))),
        _joined(f"{each.listed.id}: {each.decided}" for each in one.criteria if each.decided), round(100 * listed.score), listed.rank, found.made_with,
    )  # fmt: skip


def _criterion(found: Dossier, number: int, one: Entry, each: Judged) -> tuple[object, ...]:
    listed, match = each.listed, each.match
    return (
        *_place(found, number, one), listed.id, match.kind, match.group, listed.text, word(each.verdict), listed.reason,
        _joined(map(evidence_words, match.evidence)), _joined(_asked(each)), word(match.worked_out), each.decided, match.remark, listed.check,
    )  # fmt: skip


def _place(found: Dossier, number: int, one: Entry) -> tuple[object, ...]:
    return found.shortlist.profile, found.shortlist.as_of or "", number, one.listed.id


def _asked(each: Judged) -> list[str]:
    return [ask.question for ask in each.match.missing]


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(texts)


__all__ = ["LONGEST", "criteria_sheet", "safe_cell", "trials_sheet"]
