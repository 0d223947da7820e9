"""How fast the registry's eligibility text is read: python bench/reading/speed.py [--records N] [--seed S] [--all] [--whole].

Records are read whole, as `matcher read` reads them: laid out, cut into criteria, each read to a check and worded. They
are read on one core, then shared between two (each a process of its own, started afresh). Starting and reading the
tables is measured apart. No result is kept between records; what words are and what they begin is kept for each spelling
once it was looked up (`--forget` forgets that, too, after every record). On a machine that does other work at the same
time the clock counts that work as well: the processor's own time stands beside it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context

from registry import every, here, sample

from matcher.commands.stats import eligibility_text
from matcher.reading import ReadCriterion, read_criterion, read_eligibility
from matcher.reading.tagging.atoms import atoms_of
from matcher.vocabulary import load
from matcher.vocabulary.normal import words_of

CRITERIA_A_SECOND = 8000  # on two cores
SLOW = 0.001  # seconds, of the criterion that 95 of 100 are no slower than
_ALONE = 8  # one criterion in so many is read alone, too, for the time that one takes
_WORD = re.compile(r"[^\W_]+")
_HEADING = frozenset(("inclusion", "exclusion", "criteria", "criterion", "criterions", "key", "main", "major", "general", "principal", "selected"))
_MARK = re.compile(r"\d{1,2}|[a-z]|[ivx]{1,4}")


@dataclass(slots=True)
class Taken:
    """What reading took: the clock's and the processor's time of all records, and the processor's of single criteria."""

    records: int = 0
    criteria: int = 0
    clock: float = 0.0
    processor: float = 0.0
    ready: float = 0.0
    alone: list[float] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def read(job: tuple[Sequence[tuple[str, str]], bool, bool]) -> Taken:
    """Read records, each an id and a text; the first reading, which fetches the tables, is measured apart."""
    texts, whole, forget = job
    taken = Taken()
    before = time.process_time()
    read_eligibility([("both", "Inclusion Criteria:\n- HbA1c > 7 %\n- melanoma of the choroid")])
    taken.ready = time.process_time() - before
    for name, text in texts:
        criteria = _record(taken, name, text)
        if whole and (lost := words(text) - words(" ".join(f"{one.text} {one.note} {one.group}" for one in criteria))):
            taken.lost.append(f"{name}: {' '.join(lost)}")
        _alone(taken, criteria)
        if forget:
            atoms_of(load()).clear()
            words_of.cache_clear()
    return taken


def _record(taken: Taken, name: str, text: str) -> list[ReadCriterion]:
    clock, processor = time.perf_counter(), time.process_time()
    try:
        criteria = read_eligibility([("both", text)])
    except Exception as error:  # whatever it is: the record is named and the rest is read
        taken.raised.append(f"{name}: {type(error).__name__} {error}")
        criteria = []
    taken.clock += time.perf_counter() - clock
    taken.processor += time.process_time() - processor
    taken.records += 1
    taken.criteria += len(criteria)
    return criteria


def _alone(taken: Taken, criteria: Iterable[ReadCriterion]) -> None:
    """Read some of the criteria alone, for the time that one takes."""
    for place, one in enumerate(criteria, start=taken.criteria):
        if place % _ALONE == 0:
            before = time.process_time()
            read_criterion(one.text, one.kind)
            taken.alone.append(time.process_time() - before)


def words(text: str) -> Counter[str]:
    """The words of a text but for those of headings and for the marks of lists."""
    return Counter(word for word in _WORD.findall(text.casefold()) if word not in _HEADING and not _MARK.fullmatch(word))


def on_cores(cores: int, texts: Sequence[tuple[str, str]], *, whole: bool, forget: bool) -> list[Taken]:
    """What each of so many processes took to read its share of the records."""
    jobs = [(texts[place::cores], whole, forget) for place in range(cores)]
    with get_context("spawn").Pool(cores) as pool:
        return pool.map(read, jobs, chunksize=1)


def report(title: str, taken: Sequence[Taken]) -> float:
    """Print one line of the table; the criteria a second by the clock."""
    count = sum(one.criteria for one in taken)
    clock, processor = max(one.clock for one in taken), sum(one.processor for one in taken) / len(taken)
    alone = sorted(seconds for one in taken for seconds in one.alone)
    middle, slow = (statistics.quantiles(alone, n=100)[49], statistics.quantiles(alone, n=100)[94]) if len(alone) > 1 else (0.0, 0.0)
    ready = max(one.ready for one in taken)
    print(f"{title:<10}{count:>10}{count / clock:>12.0f}{count / processor:>12.0f}{middle * 1000:>10.2f}{slow * 1000:>10.2f}{ready * 1000:>10.0f}")
    return count / clock


def verdict(name: str, value: float, limit: float, *, least: bool) -> bool:
    """Print a figure with its limit and whether it is kept."""
    kept = value >= limit if least else value <= limit
    print(f"{name:<44}{value:>10g}  {'at least' if least else 'at most'} {limit:<8g}{'PASS' if kept else 'FAIL'}")
    return kept


def main() -> int:
    """Measure, print the table, and return 1 where a limit is not kept."""
    options = argparse.ArgumentParser(description="How fast registry criteria are read.")
    options.add_argument("--records", type=int, default=2000, help="how many records to draw")
    options.add_argument("--seed", type=int, default=20261121, help="another seed draws other records")
    options.add_argument("--all", action="store_true", help="every record of the file")
    options.add_argument("--whole", action="store_true", help="look, too, whether every word of a record is in one of its criteria")
    options.add_argument("--forget", action="store_true", help="keep nothing at all between records, not even what words are")
    chosen = options.parse_args()
    if not here():
        return 0
    records = list(every()) if chosen.all else sample(chosen.records, chosen.seed)
    texts = [(str(record.get("nct_id") or record.get("id")), eligibility_text(record)) for record in records]
    print(f"{len(texts)} records\n{'':<10}{'criteria':>10}{'a second':>12}{'of processor':>13}{'p50 ms':>9}{'p95 ms':>10}{'ready ms':>10}")
    one = on_cores(1, texts, whole=chosen.whole, forget=chosen.forget)
    report("one core", one)
    two = on_cores(2, texts, whole=False, forget=chosen.forget)
    speed = report("two cores", two)
    alone = sorted(seconds for taken in one for seconds in taken.alone)
    kept = [
        verdict("criteria a second on two cores", round(speed), CRITERIA_A_SECOND, least=True),
        verdict("ms of the slowest of 95 in 100 criteria", round(statistics.quantiles(alone, n=100)[94] * 1000, 3), SLOW * 1000, least=False),
        verdict("records that raised", len(one[0].raised), 0, least=False),
    ]
    if chosen.whole:
        kept.append(verdict("records that lost a word", len(one[0].lost), 0, least=False))
    for line in [line for taken in one for line in (*taken.raised, *taken.lost)][:20]:
        print(line)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
