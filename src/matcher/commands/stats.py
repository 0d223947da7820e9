"""`read --stats`: how much of the eligibility text of many records was read, by kind of leaf."""

from __future__ import annotations

import argparse
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from matcher.commands.common import put_json, say, standard_input
from matcher.model.language import Consent, Judgement, Statement, Unread, leaves
from matcher.model.wording import parse
from matcher.reading import ReadCriterion, read_eligibility
from matcher.storage.refusal import InputError, one_line

_TEXT_KEYS = ("criteria", "eligibility", "eligibilityCriteria", "eligibility_criteria")
_GZIP = b"\x1f\x8b"


def run_stats(options: argparse.Namespace) -> int:
    """Count the criteria of every record by how much of them was read and by leaf kind."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for name in options.files:
        for record in _records(name):
            counts["records"] += 1
            for one in read_eligibility([("both", _text(record))]):
                _count(one, counts, kinds)
    data = _plain(counts, kinds)
    if options.format == "json":
        put_json(data)
        return 0
    for key, value in data.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for kind, share in value.items():
                print(f"  {kind:<16} {share}")
        else:
            print(f"{key:<24} {value}")
    return 0


def _count(one: ReadCriterion, counts: Counter[str], kinds: Counter[str]) -> None:
    """One criterion: wholly resolved, with at least one leaf of the vocabulary, a person's, or neither."""
    counts["criteria"] += 1
    found = list(leaves(parse(one.check))) if one.check else [Unread(one.text or " ")]
    for_a_person = [isinstance(leaf, Judgement | Consent) for leaf in found]
    bare = [isinstance(leaf, Unread | Statement) for leaf in found]
    if all(for_a_person):
        counts["judgement_or_consent"] += 1
    elif not any(bare):
        counts["full"] += 1
    elif not all(own or person for own, person in zip(bare, for_a_person, strict=True)):
        counts["part"] += 1
    elif any(isinstance(leaf, Statement) for leaf in found):
        counts["statement"] += 1
    else:
        counts["none"] += 1
    kinds.update({type(leaf).__name__.casefold() for leaf in found})


def _plain(counts: Counter[str], kinds: Counter[str]) -> dict[str, Any]:
    total = max(counts["criteria"], 1)
    said = max(total - counts["judgement_or_consent"], 1)
    return {
        "records": counts["records"],
        "criteria": counts["criteria"],
        "judgement_or_consent": round(counts["judgement_or_consent"] / total, 4),
        "full": round(counts["full"] / said, 4),
        "at_least_one_leaf": round((counts["full"] + counts["part"]) / said, 4),
        "statement": round(counts["statement"] / said, 4),
        "none": round(counts["none"] / said, 4),
        "criteria_with_leaf_kind": {kind: round(count / total, 4) for kind, count in kinds.most_common()},
    }


def _text(record: dict[str, Any]) -> str:
    """The eligibility text of a plain record, or of a registry study of API v2."""
    module = record.get("protocolSection", {}).get("eligibilityModule", record) if isinstance(record.get("protocolSection"), dict) else record
    return next((str(module[key]) for key in _TEXT_KEYS if isinstance(module.get(key), str)), "")


def _records(name: str) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines, gzipped or not; a bad line is said and passed over."""
    for number, line in enumerate(_opened(name), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            say(f"{name}: line {number}: not a JSON record: {one_line(str(error))[:80]}; passed over")
            continue
        if isinstance(record, dict):
            yield record


def _opened(name: str) -> TextIO:
    if name == "-":
        return io.StringIO(standard_input())
    try:
        data = Path(name).open("rb")  # noqa: SIM115 — closed with the text stream that wraps it
        zipped = data.read(2) == _GZIP
        data.seek(0)
    except OSError as error:
        raise InputError(name, "", f"cannot be read: {error.strerror or error}; give a file of JSON lines") from None
    return io.TextIOWrapper(gzip.open(data) if zipped else data, encoding="utf-8", errors="replace")
