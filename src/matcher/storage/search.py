"""Searching a library: words and phrases as typed, and filters. Any text is a legal query; none of it is ever code."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from matcher.model.patterns import pattern_of
from matcher.storage.index import COLUMNS, OPEN, SEXES, WEIGHTS, class_words, exact_word, kind_word, named
from matcher.storage.places import names_of_country
from matcher.vocabulary import Concept

_WORDS = "{title conditions interventions keywords ids}"
_RANK = f"bm25(words, {', '.join(map(str, WEIGHTS))})"
_TYPED = pattern_of(r'"([^"]*)("?)|(\S+)')
_LETTER = pattern_of(r"\w")
MOST_RANKED = 3000  # more hits than these are shown the newest first: their words say little about any of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a trial must be, beside holding the words; an empty value asks nothing."""

    all_statuses: bool = False
    status: tuple[str, ...] = ()
    phase: str = ""
    kind: str = ""
    sex: str = ""
    age: float | None = None
    country: str = ""
    city: str = ""
    facility: str = ""
    sponsor: str = ""
    condition: str = ""
    drug: str = ""

    @property
    def narrow(self) -> bool:
        """Whether facts are asked for that the words do not tell, so that few of many hits may be left."""
        return bool(self.status or self.phase or self.kind or self.sex) or self.age is not None


class Hit(NamedTuple):
    """One trial found."""

    id: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found; `total` is None where there are more than were counted."""

    hits: tuple[Hit, ...]
    total: int | None


def search(
    base: sqlite3.Connection, text: str, filters: Filters, *, limit: int = 20, skip: int = 0, as_typed: bool = False, without: Collection[str] = ()
) -> Found:
    """The trials that hold every word typed and pass the filters, the best first; many hits come newest first.

    "Several words" in quotes are a phrase, and a word that ends in * is the beginning of one; with `as_typed` the last
    word is too, since it may not have been typed to its end. `without` are ids that are not wanted.
    """
    asked = _expression(text, filters, as_typed=as_typed)
    if asked is None:
        return Found((), 0)
    where, values = _conditions(filters)
    if without:
        where, values = f"{where} AND id NOT IN ({', '.join('?' * len(without))})", [*values, *without]
    if not asked:
        return _listed(base, where, values, limit, skip)
    joined = f"FROM words JOIN facet ON facet.n = words.rowid WHERE words MATCH ? AND {where}"
    count = int(base.execute(f"SELECT count(*) FROM (SELECT 1 {joined} LIMIT {MOST_RANKED + 1})", (asked, *values)).fetchone()[0])
    ranked = count <= MOST_RANKED and (not filters.narrow or _rare(base, asked))
    order = f"{_RANK}, words.rowid" if ranked else "words.rowid DESC"
    rows = base.execute(f"SELECT facet.number {joined} ORDER BY {order} LIMIT ? OFFSET ?", (asked, *values, limit, skip)).fetchall()
    return Found(_hits(base, rows), count if count <= MOST_RANKED else None)


def _rare(base: sqlite3.Connection, asked: str) -> bool:
    """Whether the words are in few enough trials, open or not, for their weight to be found out at once."""
    found = base.execute(f"SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT {4 * MOST_RANKED + 1})", (asked,))
    return int(found.fetchone()[0]) <= 4 * MOST_RANKED


def _listed(base: sqlite3.Connection, where: str, values: list[object], limit: int, skip: int) -> Found:
    """What passes the filters alone, the newest first."""
    (count,) = base.execute(f"SELECT count(*) FROM facet WHERE {where}", values).fetchone()
    rows = base.execute(f"SELECT number FROM facet WHERE {where} ORDER BY n DESC LIMIT ? OFFSET ?", (*values, limit, skip)).fetchall()
    return Found(_hits(base, rows), int(count))


def _hits(base: sqlite3.Connection, rows: Iterable[tuple[int]]) -> tuple[Hit, ...]:
    found = (base.execute("SELECT id, title, status FROM record WHERE number = ?", row[:1]).fetchone() for row in rows)
    return tuple(Hit(*one) for one in found if one is not None)


def _expression(text: str, filters: Filters, *, as_typed: bool) -> str | None:
    """The words and the filters that are words, as one question to the table of words; None where nothing can be found."""
    typed = _typed(text, as_typed=as_typed)
    if text.strip() and not typed:
        return None
    parts = [f"{_WORDS} : {word}" for word in typed]
    countries = [part for name in names_of_country(filters.country) for part in _phrase("country", name)]
    parts += [" OR ".join(f"({part})" for part in countries)] if countries else []
    for column in ("city", "facility", "sponsor"):
        parts += _phrase(column, getattr(filters, column))
    for kind, asked in (("condition", filters.condition), ("treatment", filters.drug)):
        if asked:
            parts.append(_kinds(kind, asked))
    if parts and not filters.all_statuses and not filters.status:
        parts.append(f"kinds : {OPEN}")  # told by the words, which is quicker than looking at every trial that has them
    return " AND ".join(f"({part})" for part in parts)


def _typed(text: str, *, as_typed: bool) -> list[str]:
    """What was typed as quoted strings, each word or phrase for itself; what has no letter or digit says nothing."""
    found = []
    matches = list(_TYPED.finditer(text.replace("\0", " ")))
    for one in matches:
        phrase, closed, word = one.groups()
        words = phrase if word is None else word
        begun = (word is not None and word.endswith("*")) or (as_typed and one is matches[-1] and not closed and one.end() == len(text))
        if _LETTER.search(words):
            found.append(quoted(words) + (" *" if begun else ""))
    return found


def quoted(words: str) -> str:
    """Words as a string of the question's grammar, in which nothing has a meaning of its own."""
    return '"' + words.replace("\0", " ").replace('"', " ") + '"'


def _phrase(column: str, words: str) -> list[str]:
    assert column in COLUMNS
    return [f"{column} : {quoted(words)}"] if _LETTER.search(words) else []


def _kinds(kind: str, asked: str) -> str:
    """A condition with everything narrower, a drug with its classes; an unknown wording as it stands in the record."""
    concepts = named(kind, asked)
    column = "conditions" if kind == "condition" else "interventions"
    as_it_stands = f"{column} : {quoted(asked)}"
    return " AND ".join(f"({' OR '.join([*_words_of(one)])})" for one in concepts) if concepts else as_it_stands


def _words_of(concept: Concept) -> list[str]:
    classes = class_words(concept) if concept.kind == "drug" else []
    return [f"kinds : {word}" for word in (kind_word(concept), exact_word(concept), *classes)]


def _conditions(filters: Filters) -> tuple[str, list[object]]:
    """The filters that are facts, as conditions on the table of facts."""
    parts, values = ["1"], list[object]()
    if filters.status:
        parts.append(f"status IN ({', '.join('?' * len(filters.status))})")
        values += filters.status
    elif not filters.all_statuses:
        parts.append("open = 1")
    for column, asked in (("kind", filters.kind), ("phases", filters.phase)):
        if asked:
            parts.append(f"instr({column}, ?) > 0")
            values.append(_phase(asked) if column == "phases" else asked)
    if filters.sex:
        parts.append("sex IN (0, ?)")
        values.append(SEXES[filters.sex])
    if filters.age is not None:
        # A completed age of 17 is anywhere in the year before the 18th birthday, and "at most 60 years" lasts to the 61st.
        parts.append("(youngest IS NULL OR youngest < ? + 1) AND (oldest IS NULL OR oldest + 1 > ?)")
        values += [filters.age, filters.age]
    return " AND ".join(parts), values


def known_phase(asked: str) -> bool:
    """Whether a trial can be of a phase that is asked for."""
    return _phase(asked).strip("|") in ("phase 1", "phase 2", "phase 3", "phase 4", "early phase 1", "early")


def _phase(asked: str) -> str:
    """A phase as the table has it: "2" and "II" are "phase 2"."""
    words = asked.casefold().removeprefix("phase").strip()
    number = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(words, words)
    return f"|{number}|" if number.startswith("early") else f"|phase {number}|"


__all__ = ["MOST_RANKED", "Filters", "Found", "Hit", "known_phase", "quoted", "search"]
