"""`check`: one criterion for one profile, or many cases from a file of JSON lines."""

from __future__ import annotations

import argparse
import io
import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from matcher.commands.common import day_of, profile_of, put_json, say, standard_input
from matcher.matching import judge_check, prepare, read_share
from matcher.model.language import Unread
from matcher.model.profile import Profile
from matcher.model.trees import leaves
from matcher.model.verdict import SHOWN, Judged
from matcher.model.wording import wording
from matcher.reading import read_criterion
from matcher.reading.grammar.rules import Read
from matcher.storage.refusal import InputError, one_line
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import load

LONGEST = 1_000_000
_INFINITE = (float("inf"), float("-inf"))


def run_check(options: argparse.Namespace) -> int:
    """One criterion, or the cases of a file."""
    if options.cases is not None:
        return _cases(options.cases)
    if not options.text or not options.kind or not options.profile:
        say("check needs --kind, --profile and a TEXT, or --cases FILE.jsonl")
        return 2
    profile = profile_of(options.profile)
    read, judged = _judge(options.text, options.kind, profile, options.as_of)
    if options.format == "json":
        put_json(_plain("", read, judged))
        return 0
    symbol, word = SHOWN[judged.verdict]
    print(f"{symbol} {word}: {judged.reason}")
    print(f"  check: {wording(read.check)}")
    for question in judged.missing:
        print(f"  ask: {question.question}")
    return 0


def _judge(text: str, kind: str, profile: Profile, as_of: str | None) -> tuple[Read, Judged]:
    vocabulary = load()
    day = day_of(as_of, profile) if as_of or profile.as_of is None else profile.as_of
    read = read_criterion(text, kind, vocabulary)
    return read, judge_check(read.check, kind, prepare(profile, vocabulary, day))


def _plain(case: object, read: Read, judged: Judged) -> dict[str, Any]:
    unread = all(isinstance(leaf, Unread) for leaf in leaves(read.check))
    return {
        "id": case, "verdict": judged.verdict.value, "presumed": judged.presumed.value, "code": judged.code,
        "reason": judged.reason, "check": "" if unread else wording(read.check), "read": read_share(read.check),
        "missing": [question.plain() for question in judged.missing],
    }


def _cases(name: str) -> int:
    """Every line answered in its place; a bad one is an error line and the rest goes on."""
    worst, file = 0, "standard input" if name == "-" else name
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        try:
            put_json(_case(line, f"{file} line {number}"), indent=None)
        except InputError as error:
            put_json({"id": _id_of(line), "error": str(error)}, indent=None)
            worst = 1
        except Exception as error:  # one case that breaks the program leaves the others their answers
            if os.environ.get("MATCHER_DEBUG"):
                raise
            message = f"{file} line {number}: this went wrong inside the program ({type(error).__name__})"
            put_json({"id": _id_of(line), "error": message}, indent=None)
            worst = 1
    return worst


def _lines(name: str) -> Iterator[str]:
    try:
        if name == "-":
            yield from io.StringIO(standard_input())
            return
        with Path(name).open(encoding="utf-8-sig", errors="replace") as file:
            yield from file
    except OSError as error:
        raise InputError(name, "", f"cannot be read: {error.strerror or error}; give a file of JSON lines") from None


def _case(line: str, place: str) -> dict[str, Any]:
    data = _parsed(line, place)
    if not isinstance(data, dict):
        raise InputError(place, "", "expected a JSON object with id, kind, criterion and profile")
    kind, text = data.get("kind"), data.get("criterion")
    if kind not in ("inclusion", "exclusion"):
        raise InputError(place, "kind", f'{one_line(str(kind))[:60]!r}: expected "inclusion" or "exclusion"')
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InputError(place, "criterion", f"expected the criterion's text, at most {LONGEST} characters")
    profile = profile_from_plain(data.get("profile"), place)
    read, judged = _judge(text, kind, profile, None)
    return _plain(_id_of(line), read, judged)


def _parsed(line: str, place: str) -> Any:
    try:
        return json.loads(line, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InputError(place, "", f"not a JSON object: {one_line(str(error))}") from None


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _id_of(line: str) -> object:
    """The id of a case as its line has it, text or number; nothing where it has none."""
    try:
        data = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str | int | float) and found not in _INFINITE else None
