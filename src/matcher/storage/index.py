"""What stands beside the records of a library: words to search, facts that prune, and criteria ready to be judged."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from matcher.matching.compiled import checked
from matcher.matching.programs import GROUPED, IN_FULL, KINDS, Program, TooWide, packed, program, unpacked
from matcher.matching.ranking import TermInfo, term_info
from matcher.matching.subjects import conditions_of, takes_healthy
from matcher.model import language as lang
from matcher.model.patterns import later
from matcher.model.trial import OPEN_STATUSES, Criterion, Trial
from matcher.model.wording import wording
from matcher.storage import blocks
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.rows import trial_in
from matcher.vocabulary import Concept, Vocabulary, kinds_above, load

INDEX = f"13, vocabulary {Vocabulary.version}"
COLUMNS = ("title", "conditions", "interventions", "keywords", "ids", "sponsor", "country", "city", "facility", "kinds")
WEIGHTS = (6.0, 8.0, 5.0, 3.0, 10.0, 1.0, 1.0, 1.0, 1.0, 0.0)
SEXES = {"all": 0, "female": 1, "male": 2}
OPEN = "zzopenzz"  # stands in `kinds` of a trial that is open to enrolment
_BREAK = " zzbreakzz "  # between two names, so that no phrase runs over from one into the next
_TABLES = f"""
CREATE TABLE IF NOT EXISTS facet (
  n INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL UNIQUE, id TEXT NOT NULL, open INTEGER NOT NULL, status TEXT NOT NULL,
  kind TEXT NOT NULL, phases TEXT NOT NULL, sex INTEGER NOT NULL, youngest REAL, oldest REAL, healthy INTEGER,
  sure_sex INTEGER NOT NULL, sure_from REAL NOT NULL, sure_below REAL NOT NULL, sure_ill INTEGER NOT NULL,
  conditions BLOB NOT NULL, mark INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS about (term INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (term, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS program (n INTEGER PRIMARY KEY, rules BLOB NOT NULL, marks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rule (n INTEGER PRIMARY KEY, code BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS term (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL, known TEXT NOT NULL, UNIQUE (kind, text));
CREATE TABLE IF NOT EXISTS shape (n INTEGER PRIMARY KEY, wording TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS leaf (n INTEGER PRIMARY KEY, kind INTEGER NOT NULL, term INTEGER NOT NULL, shape INTEGER NOT NULL, UNIQUE (shape, term, kind));
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5({", ".join(COLUMNS)}, content='', prefix='1 2 3', tokenize="unicode61 remove_diacritics 2");
INSERT OR IGNORE INTO meta VALUES ('index', '{INDEX}');
{blocks.TABLES}
"""
_TERM_KINDS = {
    lang.Condition: "condition", lang.FamilyHistory: "condition", lang.Medication: "treatment",
    lang.Procedure: "procedure", lang.Measurement: "measure", lang.Allergy: "allergy",
}
TERM_KIND = {number: _TERM_KINDS.get(kind, "") for number, kind in enumerate(KINDS)}


class Term(NamedTuple):
    """A wording of a trial with what the vocabulary makes of it, as JSON."""

    kind: str
    text: str
    known: str


class Made(NamedTuple):
    """What is kept of one trial: facts, the terms (excepted ones too) and leaves it uses, its program in their places, its words."""

    facts: tuple[object, ...]
    conditions: tuple[Term, ...]
    excepted: tuple[Term, ...]
    leaves: tuple[tuple[int, Term | None, str], ...]
    program: Program
    words: tuple[str, ...]


class Index:
    """The tables beside the records (see `library.Beside`)."""

    tables = _TABLES

    def __init__(self) -> None:
        """Nothing is known of the file's terms, shapes and leaves yet."""
        self._numbers: dict[str, dict[object, int]] = {}

    def __getstate__(self) -> dict[str, object]:
        """Without the numbers: another process makes rows, and only this one keeps them."""
        return {"_numbers": {}}

    def made(self, trial: Trial) -> Made:
        """What is to be kept of a trial, made in the process that read it."""
        leaves: dict[tuple[int, Term | None, str], int] = {}
        excepted: dict[Term, None] = {}

        def numbered(kind: int, term: str, shape: lang.Leaf) -> int:
            for one in getattr(shape, "other_than", ()):
                if one.term:
                    excepted[_term(TERM_KIND[kind], one.term)] = None
            return leaves.setdefault((kind, _term(TERM_KIND[kind], term) if TERM_KIND[kind] else None, _worded(shape)), len(leaves) + 1)

        try:
            code = program(trial.criteria, numbered)
        except TooWide:
            leaves, code = {}, Program((), (IN_FULL,), ())
        terms = tuple(_term("condition", one) for one in conditions_of(trial))
        return Made(_facts(trial), terms, tuple(excepted), tuple(leaves), code, _words(trial))

    def kept(self, base: sqlite3.Connection, number: int, made: Made) -> None:
        """Keep it under the record's number, in place of what stood there."""
        conditions = [self._term(base, one) for one in made.conditions]
        for one in made.excepted:
            self._term(base, one)
        mark = zlib.crc32("\0".join(made.words).encode("utf-8", "surrogatepass"))
        there = base.execute("SELECT n, mark FROM facet WHERE number = ?", (number,)).fetchone()
        self.dropped(base, number)
        # Words are never taken out of the table that finds them: new ones get a number of their own.
        same = there is not None and there[1] == mark
        row = (there[0] if same else None, number, *made.facts, packed(conditions), mark)
        n = base.execute(f"INSERT INTO facet VALUES ({', '.join('?' * len(row))})", row).lastrowid
        base.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", [(term, n) for term in conditions])
        base.execute("INSERT INTO program VALUES (?, ?, ?)", (n, self._program(base, made), packed(made.program.marks)))
        if n is not None and not same and blocks.is_last(n):
            blocks.keep(base, "facet", n)
        if not same:
            base.execute(f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?, {', '.join('?' * len(COLUMNS))})", (n, *made.words))

    def _program(self, base: sqlite3.Connection, made: Made) -> bytes:
        """A program with the numbers that its rules and their leaves have in the file, instead of their places in the trial."""
        leaves = [self._leaf(base, *key) for key in made.leaves]
        rules = [self._number(base, "rule", ("code",), (packed(_numbered(one, leaves)),)) for one in made.program.rules]
        order = made.program.order
        if order[:1] == (IN_FULL,):
            return packed(order)
        if order[:1] == (GROUPED,):
            return packed((GROUPED, *(one if place % 2 else rules[one] for place, one in enumerate(order[1:]))))
        return packed(rules[one] for one in order)

    def dropped(self, base: sqlite3.Connection, number: int) -> None:
        """Drop what is kept under a record's number."""
        there = base.execute("SELECT n, conditions FROM facet WHERE number = ?", (number,)).fetchone()
        if there:
            base.execute("DELETE FROM facet WHERE n = ?", there[:1])
            base.execute("DELETE FROM program WHERE n = ?", (there[0],))
            blocks.drop(base, there[0])
            base.executemany("DELETE FROM about WHERE term = ? AND n = ?", [(term, there[0]) for term in unpacked(there[1])])

    def forgotten(self) -> None:
        """Forget every number given: the batch in hand is not kept after all."""
        self._numbers.clear()

    def _term(self, base: sqlite3.Connection, one: Term) -> int:
        return self._number(base, "term", ("kind", "text"), (one.kind, one.text), {"known": one.known})

    def _leaf(self, base: sqlite3.Connection, kind: int, term: Term | None, shape: str) -> int:
        key = (self._number(base, "shape", ("wording",), (shape,)), self._term(base, term) if term else 0, kind)
        return self._number(base, "leaf", ("shape", "term", "kind"), key)

    def _number(self, base: sqlite3.Connection, table: str, names: Sequence[str], key: tuple[object, ...], more: dict[str, str] | None = None) -> int:
        """The number of a row with this key, made where there is none."""
        known = self._numbers.setdefault(table, {})
        if key not in known:
            if len(known) > _MOST_KNOWN:
                known.clear()
            found = base.execute(f"SELECT n FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in names)}", key).fetchone()
            row = {**dict(zip(names, key, strict=True)), **(more or {})}
            put = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
            known[key] = int(found[0]) if found else int(base.execute(put, tuple(row.values())).lastrowid or 0)
            if not found and blocks.is_last(known[key]):
                blocks.keep(base, table, known[key])
        return known[key]


def completed(library: Library, told: Callable[[int], None] = lambda _: None) -> None:
    """Make what stands beside the records of a library that has none of it, or that of another vocabulary."""
    base = library.base
    there = base.execute("SELECT 1 FROM sqlite_master WHERE name = 'facet'").fetchone()
    said = base.execute("SELECT value FROM meta WHERE key = 'index'").fetchone()
    if there and said and said[0] == INDEX and base.execute("SELECT (SELECT count(*) FROM facet) = (SELECT count(*) FROM record)").fetchone()[0]:
        _pack(library)
        return
    if not library.writable:
        raise InputError(str(library.path), "", "the library was made by an earlier matcher and may only be read; open it once where it can be written")
    if said and said[0] != INDEX:
        base.executescript("".join(f"DROP TABLE IF EXISTS {name};" for name in _OF_AN_INDEX))
    base.executescript(_TABLES)
    base.execute("INSERT OR REPLACE INTO meta VALUES ('index', ?)", (INDEX,))
    _fill(library, Index(), told)
    _pack(library)


def _pack(library: Library) -> None:
    """Keep the blocks that are not kept: those of records that changed, and all of an earlier matcher's library."""
    wanted = list(blocks.missing(library.base)) if library.writable else []
    if wanted:
        with suppress(sqlite3.OperationalError), library.whole():  # while an import keeps records they are made of the rows
            for table, last in wanted:
                blocks.keep(library.base, table, last)


def _fill(library: Library, index: Index, told: Callable[[int], None]) -> None:
    done = last = 0
    missing = "SELECT record.number, record.trial FROM record LEFT JOIN facet USING (number) WHERE facet.n IS NULL AND record.number > ? ORDER BY 1 LIMIT 500"
    while rows := library.base.execute(missing, (last,)).fetchall():
        with library.whole():
            for number, data in rows:
                with suppress(ValueError, TypeError, zlib.error):  # a damaged record is said where it is read
                    index.kept(library.base, number, index.made(trial_in(data)))
        last, done = rows[-1][0], done + len(rows)
        told(done)


_MOST_KNOWN = 40_000  # numbers of each table that are remembered, which takes some 10 MB
_OF_AN_INDEX = ("facet", "about", "program", "rule", "term", "shape", "leaf", "words", "packed", "compiled")  # the last one of former indexes


def _numbered(rule: Sequence[int], leaves: Sequence[int]) -> list[int]:
    """A rule with the leaves' numbers in the file, instead of their places in the trial, of which the first is 1."""
    return [*rule[:1], *(leaves[(token >> 4) - 1] << 4 | token & 15 if token >> 4 > 0 else token for token in rule[1:])]


@lru_cache(maxsize=20_000)
def _worded(shape: lang.Leaf) -> str:
    return wording(shape)


@lru_cache(maxsize=1 << 15)
def _term(kind: str, text: str) -> Term:
    vocabulary = load()
    if kind == "measure":
        return Term(kind, text, "")
    if kind == "condition":
        return Term(kind, text, _known(term_info(vocabulary, text)))
    concepts = [_resolved(vocabulary, one, text) for one in (("treatment", "condition") if kind == "allergy" else (kind,))]
    return Term(kind, text, json.dumps([concept and _plain(concept) for concept in concepts], ensure_ascii=False, separators=(",", ":")))


def _resolved(vocabulary: Vocabulary, kind: str, text: str) -> Concept | None:
    found: Concept | None = getattr(vocabulary, kind)(text) or vocabulary.misspelt(kind, text)
    return found


def _plain(concept: Concept) -> list[str]:
    return [concept.id, concept.label, concept.kind]


def _known(info: TermInfo) -> str:
    parts = [info.concept and _plain(info.concept), [_plain(one) for one in info.above], info.offer and _plain(info.offer)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def known_condition(text: str, known: str) -> TermInfo:
    """What the vocabulary made of a condition when it was kept."""
    return TermInfo(text, *_understood(known))


@lru_cache(maxsize=1 << 14)
def _understood(known: str) -> tuple[Concept | None, tuple[Concept, ...], Concept | None]:
    """The same without its words, which others share."""
    concept, above, offer = blocks.plain_in(known)
    return Concept(*concept) if concept else None, tuple(Concept(*one) for one in above), Concept(*offer) if offer else None


def known_disease(known: str) -> Concept | None:
    """The concept alone of a condition as it was kept."""
    return None if known.startswith("[null") else _understood(known)[0]


def known_concepts(known: str) -> list[Concept | None]:
    """The concepts of a drug, procedure or allergy as they were kept."""
    return [Concept(*one) if one else None for one in blocks.plain_in(known)]


@dataclass(slots=True)
class _Sure:
    """What the registry's own criteria certainly exclude: the other sex, the younger, the older, the healthy."""

    sex: int = 0
    start: float = 0.0
    below: float = 1e9
    ill: int = 0


def _facts(trial: Trial) -> tuple[object, ...]:
    sure = _sure(trial.criteria)
    return (
        trial.id, int(trial.status in OPEN_STATUSES), trial.status, trial.study_type or "", f"|{'|'.join(trial.phases)}|",
        SEXES.get(trial.sex or "all", 0), trial.min_age, trial.max_age,
        1 if takes_healthy(trial) else None if trial.healthy_volunteers is None else 0, sure.sex, sure.start, sure.below, sure.ill,
    )  # fmt: skip


def _sure(criteria: Iterable[Criterion]) -> _Sure:
    found = _Sure()
    for one in criteria:
        check = checked(one) if one.kind == "registry" and not one.group else None
        for part in check.parts if isinstance(check, lang.All) else (check,):
            if isinstance(part, lang.Sex):
                found.sex = SEXES[part.sex]
            elif part == lang.Not(lang.State("healthy volunteer")):
                found.ill = 1
            elif isinstance(part, lang.Age):
                _sure_ages(part.bounds, found)
    return found


def _sure_ages(bounds: Sequence[lang.Bound], found: _Sure) -> None:
    """Whole years alone: what is in months or days is left to the criterion itself."""
    for bound in bounds:
        if bound.unit.startswith("year") and bound.number == bound.number.to_integral_value() and bound.number <= 130:
            years = float(bound.number)
            if bound.op == "≥":
                found.start = max(found.start, years)
            elif bound.op == "≤":
                found.below = min(found.below, years + 1)
            elif bound.op == "<":
                found.below = min(found.below, years)


def _words(trial: Trial) -> tuple[str, ...]:
    places = trial.locations
    return (
        _joined([trial.title, trial.official_title or ""]), _joined(trial.conditions), _joined(name for one in trial.interventions for name in one.names),
        _joined(trial.keywords), _joined([trial.id, *trial.ids]), _joined([trial.sponsor or "", *trial.collaborators]),
        _joined(one.country for one in places), _joined(one.city for one in places), _joined(one.facility for one in places), _kinds(trial),
    )  # fmt: skip


_LONGEST = 4000  # names: more sites than any trial has


def _joined(names: Iterable[str]) -> str:
    return _BREAK.join(islice(dict.fromkeys(one for one in names if one), _LONGEST))


_LEADING = later(r"^(?:drug|biological|device|procedure|behaviou?ral|dietary supplement|radiation|genetic|other|combination product)\s*:\s*", re.IGNORECASE)


def _kinds(trial: Trial) -> str:
    """The concepts of the conditions and treatments and everything broader, and openness, as words of their own."""
    conditions = (("condition", one) for one in (*trial.conditions, *trial.keywords))
    treatments = (("treatment", _LEADING.sub("", name)) for one in trial.interventions for name in one.names)
    found = (concept for kind, text in (*conditions, *treatments) for concept in named(kind, text))
    words = dict.fromkeys(word for concept in found for word in (exact_word(concept), *_broader(concept)))
    return " ".join([*([OPEN] if trial.status in OPEN_STATUSES else []), *words])


@lru_cache(maxsize=1 << 14)
def named(kind: str, text: str) -> tuple[Concept, ...]:
    """The concepts that a trial's wording is, or is a kind of."""
    vocabulary = load()
    concept: Concept | None = getattr(vocabulary, kind)(text)
    return (concept,) if concept is not None else kinds_above(vocabulary, kind, text)


@lru_cache(maxsize=1 << 14)
def _broader(concept: Concept) -> tuple[str, ...]:
    kind = "condition" if concept.kind == "condition" else "treatment"
    return tuple(_word("k", kind, label) for label in (concept.label, *sorted(load().broader(concept))))


def exact_word(concept: Concept) -> str:
    """The word that stands in `kinds` for exactly this concept."""
    return _word("e", "condition" if concept.kind == "condition" else "treatment", concept.label)


def kind_word(concept: Concept) -> str:
    """The word that stands in `kinds` for this concept and everything narrower."""
    return _broader(concept)[0]


def class_words(concept: Concept) -> list[str]:
    """The words that stand in `kinds` for exactly the classes that a drug belongs to at first hand."""
    vocabulary = load()
    above = {one.label: vocabulary.broader(one) for label in vocabulary.broader(concept) if (one := vocabulary.treatment(label))}
    return [_word("e", "treatment", label) for label in sorted(above) if not any(label in further for further in above.values())]


@lru_cache(maxsize=1 << 14)
def _word(letter: str, kind: str, label: str) -> str:
    from hashlib import blake2b  # loaded only where words are made

    return letter + blake2b(f"{kind}:{label}".encode(), digest_size=8).hexdigest()


__all__ = [
    "COLUMNS", "INDEX", "OPEN", "SEXES", "TERM_KIND", "WEIGHTS", "Index", "Made", "Term", "class_words", "completed", "exact_word", "kind_word",
    "known_concepts", "known_condition", "known_disease", "named",
]
