"""Make a large library out of a small one: python bench/registry/resample.py FROM.db INTO.db RECORDS.

Every record is copied under fresh ids, and in each copy the whole numbers that are compared with something are moved, in
the text and in the checks alike. The copies are derived: the reading of the original is reused and no text is read again,
so half a million records are made in minutes instead of hours. The amount of data, its index and its spread are those of
records read one by one (all originals come first, then all first copies, and so on, so that like records stand far
apart); what does not grow as it would in a registry are the names of conditions and drugs. It goes on where it was
stopped.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from matcher.model.trial import Trial
from matcher.storage.index import Index, Made
from matcher.storage.library import Library
from matcher.storage.rows import Row, packed, unpacked

_COMPARED = re.compile(r"([<>≤≥=]\??) (\d+)(?![\d.])")
_FIRST_ID = 90_000_000
_LEAST, _MOST = 5, 500  # numbers outside stay: shares of limits, years, counts
_BATCH = 500


def moved(number: int, copy: int) -> int:
    """A number as it is in a copy: up to a third more or less."""
    if not copy or not _LEAST <= number <= _MOST:
        return number
    reach = number // 3
    return number + copy * 5 % (2 * reach + 1) - reach


def varied(wording: str, copy: int) -> str:
    """A check's wording as it is in a copy."""
    return _COMPARED.sub(lambda found: f"{found[1]} {moved(int(found[2]), copy)}", wording)


def varied_text(text: str, wording: str, copy: int) -> str:
    """A criterion's text as it is in a copy: the compared numbers that stand in it are moved."""
    for found in {int(one[2]) for one in _COMPARED.finditer(wording)}:
        text = re.sub(rf"(?<![\d.,]){found}(?![\d]|[.,]\d)", str(moved(found, copy)), text)
    return text


def copied(plain: dict[str, Any], sections: list[list[str]], name: str, copy: int) -> tuple[dict[str, Any], list[list[str]]]:
    """A record and its text as they are in a copy."""
    criteria = []
    for one in plain.get("criteria", []):
        check = one.get("check", "")
        new = {**one, "check": varied(check, copy), "text": varied_text(one["text"], check, copy)}
        if new["text"] != one["text"]:
            sections = [[kind, text.replace(one["text"], new["text"])] for kind, text in sections]
            new.pop("spans", None)
        criteria.append(new)
    ages = {key: float(moved(int(plain[key]), copy)) for key in ("min_age", "max_age") if plain.get(key) and plain[key] == int(plain[key])}
    source = {**plain["source"], "digest": f"sha256:{name}"}
    return {**plain, **ages, "id": name, "ids": [name], "source": source, "criteria": criteria}, sections


def made_copy(made: Made, name: str, copy: int) -> Made:
    """What stands beside a record as it is in a copy."""
    facts = list(made.facts)
    facts[0] = name
    for place in (6, 7, 10):
        if facts[place] is not None and facts[place] == int(facts[place]):  # type: ignore[call-overload]
            facts[place] = float(moved(int(facts[place]), copy))  # type: ignore[call-overload]
    if facts[11] < 1e6:  # type: ignore[operator]
        facts[11] = float(moved(int(facts[11]) - 1, copy) + 1)  # type: ignore[call-overload]
    leaves = tuple((kind, term, varied(shape, copy)) for kind, term, shape in made.leaves)
    words = (*made.words[:4], name, *made.words[5:])
    return made._replace(facts=tuple(facts), leaves=leaves, words=words)


def rows(library: Library, first: int) -> Iterator[Row]:
    """All records, then all of them as the first copy, and so on without end, from place `first` on."""
    index, made = Index(), dict[int, Made]()
    numbers = [number for (number,) in library.base.execute("SELECT number FROM record ORDER BY number")]
    for place in count(first):
        copy, number = place // len(numbers), numbers[place % len(numbers)]
        data, text, versions = library.base.execute("SELECT trial, sections, versions FROM record WHERE number = ?", (number,)).fetchone()
        plain, sections = unpacked(data), unpacked(text)
        if number not in made:
            made[number] = index.made(Trial.checked(plain))
        name = f"NCT{_FIRST_ID + place:08}"
        new, new_sections = copied(plain, sections, name, copy)
        yield Row(
            name, f"sha256:{name}", versions, plain.get("title", ""), plain.get("status", "unknown"), 0,
            packed(new), packed(new_sections), "", (made_copy(made[number], name, copy),),
        )  # fmt: skip


def main() -> int:
    """Make the library, or go on making it."""
    if len(sys.argv) != 4:
        print(__doc__)
        return 2
    source, target, wanted = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with Library(source) as library, Library(target, create=True, beside=[Index()]) as into:
        into.base.execute("PRAGMA cache_size = -200000")
        done, start = len(into), time.perf_counter()
        copies = rows(library, done)
        while batch := list(islice(copies, min(_BATCH, wanted - done))):
            into.put(batch)
            done += len(batch)
            print(f"{done:,} records, {time.perf_counter() - start:.0f} s", flush=True)
        into.base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
