"""`read --stats`: how much of the eligibility text of many records was read, by kind of leaf."""

from __future__ import annotations

import argparse
import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from matcher.commands.common import put_json, say, standard_input
from matcher.model.language import (
    Ambiguous,
    Check,
    Consent,
    Judgement,
    Leaf,
    Statement,
    Unread,
)
from matcher.model.trees import children, leaves
from matcher.model.wording import parse
from matcher.reading import ReadCriterion, read_eligibility
from matcher.storage.refusal import InputError, one_line
from matcher.vocabulary import is_asked, load

_TEXT_KEYS = ("criteria", "eligibility", "eligibilityCriteria", "eligibility_criteria")
_GZIP = b"\x1f\x8b"
_WIDEST = 24


@dataclass(slots=True)
class Shares:
    """Counts of criteria by how much of them was read, and by the kinds of leaf in them."""

    records: int = 0
    without_text: int = 0
    criteria: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add_record(self, text: str) -> None:
        """Read one record's eligibility text and count its criteria."""
        self.records += 1
        self.without_text += not text.strip()
        for one in read_eligibility([("both", text)]):
            self.add(one)

    def add(self, one: ReadCriterion) -> None:
        """Count one criterion."""
        check = parse(one.check) if one.check else Unread(one.text or " ")
        found = list(leaves(check))
        self.criteria[how_read(check)] += 1
        self.criteria["in doubt"] += has_vocabulary(found) and not has_vocabulary(_certain(check))
        self.kinds.update({type(leaf).__name__.casefold() for leaf in found})

    def plain(self) -> dict[str, Any]:
        """The shares, of the criteria that do not ask for a person's opinion or consent only."""
        every = sum(self.criteria.values()) - self.criteria["in doubt"]
        asked = every - self.criteria["judgement"] - self.criteria["consent"]
        of = {name: round(count / max(asked, 1), 4) for name, count in self.criteria.items()}
        return {
            "records": self.records,
            "records_without_text": self.without_text,
            "criteria": every,
            "judgement": round(self.criteria["judgement"] / max(every, 1), 4),
            "consent": round(self.criteria["consent"] / max(every, 1), 4),
            "full": of.get("full", 0.0),
            "at_least_one_leaf": round((self.criteria["full"] + self.criteria["part"]) / max(asked, 1), 4),
            "leaves_in_doubt_only": of.get("in doubt", 0.0),
            "statement": of.get("statement", 0.0),
            "unread": of.get("unread", 0.0),
            "criteria_with_leaf_kind": {kind: round(count / max(every, 1), 4) for kind, count in self.kinds.most_common()},
        }


def how_read(check: Check) -> str:
    """What a criterion became: full, part, statement or unread; judgement or consent where it is a person's alone."""
    found = list(leaves(check))
    if all(isinstance(leaf, Judgement | Consent) for leaf in found):
        return "consent" if all(isinstance(leaf, Consent) for leaf in found) else "judgement"
    if not any(isinstance(leaf, Unread) or _is_bare(leaf) for leaf in found):
        return "full"
    if has_vocabulary(found):
        return "part"
    return "statement" if any(isinstance(leaf, Statement) for leaf in found) else "unread"


def has_vocabulary(found: Iterable[Leaf]) -> bool:
    """Whether one of the leaves is of the vocabulary: no opinion, consent, unread text or statement that is asked as it stands."""
    return not all(isinstance(leaf, Judgement | Consent | Unread) or _is_bare(leaf) for leaf in found)


def _is_bare(leaf: Leaf) -> bool:
    """Whether a leaf is a statement that the vocabulary does not know, asked in the words of one trial."""
    return isinstance(leaf, Statement) and not is_asked(leaf.text, load())


def _certain(check: Check) -> Iterator[Leaf]:
    """The leaves that are no reading among several."""
    if not isinstance(check, Ambiguous):
        parts = children(check)
        if not parts:
            yield check  # type: ignore[misc]
        for part in parts:
            yield from _certain(part)


def run_stats(options: argparse.Namespace) -> int:
    """Count the criteria of every record of every file; 1 where a line was no record."""
    shares = Shares()
    bad = 0
    for name in options.files:
        for record in records(name):
            if isinstance(record, str):
                say(record)
                bad += 1
            else:
                shares.add_record(eligibility_text(record))
    if not shares.records:
        raise InputError(", ".join(options.files), "", "holds no records; expected JSON lines, one registry record a line")
    _put(shares.plain(), options.format)
    return 1 if bad else 0


def _put(plain: dict[str, Any], form: str) -> None:
    if form == "json":
        put_json(plain)
        return
    for key, value in plain.items():
        if isinstance(value, dict):
            print(f"{key.replace('_', ' ')}:")
            for kind, share in value.items():
                print(f"  {kind:<{_WIDEST - 2}} {share:.1%}")
        else:
            print(f"{key.replace('_', ' '):<{_WIDEST}} {value if isinstance(value, int) else f'{value:.1%}'}")


def eligibility_text(record: dict[str, Any]) -> str:
    """The eligibility text of a plain record, or of a registry study of API v2."""
    section = record.get("protocolSection")
    module = section.get("eligibilityModule") if isinstance(section, dict) else record
    if not isinstance(module, dict):
        return ""
    return next((module[key] for key in _TEXT_KEYS if isinstance(module.get(key), str)), "")


def records(name: str) -> Iterator[dict[str, Any] | str]:
    """The records of a file of JSON lines or API pages, gzipped or not; of a bad line, what is wrong with it."""
    with _opened(name) as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from _of_line(line, f"{name}: line {number}")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            yield f"{name}: line {number + 1}: the gzip data breaks off or is damaged ({one_line(str(error))[:80]}); the rest is passed over"


def _of_line(line: str, place: str) -> Iterator[dict[str, Any] | str]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield f"{place}: not a JSON record: {one_line(str(error))[:80]}; passed over"
        return
    found = value.get("studies", value) if isinstance(value, dict) else value
    for record in found if isinstance(found, list) else [found]:
        yield record if isinstance(record, dict) else f"{place}: not a JSON record: expected an object; passed over"


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
