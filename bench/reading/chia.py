"""How far reading agrees with Chia's annotated values, times and negations: python bench/reading/chia.py [--misses].

How they are compared:

- A value is an annotated Value that Has_value ties to a Measurement, and that names a plain number (a comparator, a
  number and a unit; a range; a blood pressure; a choice of bare numbers). Others ("positive", "class III", "20/30") are
  counted and left out. It is right where a measurement that was read at the same place (it touches the annotated
  measurement, or the annotated value and no other annotated measurement of that value) has the same comparators, the
  same numbers and the same units (100,000/µL is 100 ×10⁹/L). A lost sign ("= 50 %") is right as `=` or as `≥?`; a value
  annotated without a unit may have that of the next value of its line ("< 3.5 or > 5.1 mEq/L"); a blood pressure without
  one is in mmHg, a mass of "24-hour urine protein" is per day, a bare "x" is of the upper limit of normal. A grade or stage
  of a disease, a class in Roman numbers, a range of whole grades ("1-3") are right where exactly the grades that the value
  leaves were read (greater than 1: 2 to 5). What is one reading of an ambiguous criterion decides nothing; the figures without it stand apart.
- Recall: the values that are right, of all of them. Precision: of the measurements with limits that were read where any
  Value is annotated, those whose limits are all among the annotated ones. Measurements read where nothing is annotated
  are counted apart.
- A time is a Temporal with a number and a unit of time that Has_temporal ties to something; right where a leaf that
  touches either has a window, a length or a stable time with that number and unit.
- A negation is right where a leaf that touches the negated entity stands under an odd number of `not`, or the entity is
  among what a leaf excepts.

Chia's texts have lost their bullets and what is nested in what: each of their lines is one criterion, and is given to the
reader as one. Comparing is of values, not of how criteria hang together.

Misses are printed as document, place and class only, never as text.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from brat import Document, documents
from chia_values import limits, values
from placed import Placed, Tally, read

from matcher.model.dates import Span
from matcher.model.language import Condition, Leaf, Measurement, Medication, Participation, Procedure

ARCHIVE = Path(__file__).resolve().parents[2] / "../shared/data/reading/chia.tar.gz"
RECALL, PRECISION = 0.90, 0.95
_NUMBERS = {word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)}
_UNITS = {"hr": "hour", "wk": "week", "mo": "month", "yr": "year"}
_TIME = re.compile(
    rf"(\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})[\s-]*(hour|day|week|month|year|{'|'.join(_UNITS)})s?\b", re.IGNORECASE
)


def main() -> int:
    """Print the figures, and return 1 where a limit is not kept."""
    options = argparse.ArgumentParser(description="Agreement of reading with Chia's annotations.")
    options.add_argument("--misses", action="store_true", help="list every miss: class, document, place")
    options.add_argument("--archive", type=Path, default=ARCHIVE)
    chosen = options.parse_args()
    if not chosen.archive.is_file():
        print(f"{chosen.archive} is not here: nothing measured")
        return 0
    tally = measured(chosen.archive)
    if chosen.misses:
        for why, name, start, end in tally.misses:
            print(f"{why:<24} {name} {start} {end}")
    return 0 if report(tally) else 1


def measured(archive: Path) -> Tally:
    """Every document read and compared."""
    tally = Tally()
    for document in documents(archive):
        placed = list(read(document))
        values(document, placed, tally)
        limits(document, placed, tally)
        times(document, placed, tally)
        negations(document, placed, tally)
    return tally


def report(tally: Tally) -> bool:
    """Print the shares; whether both limits are kept."""
    counts = tally.counts
    recall, agreeing = tally.share("value right", "value"), tally.share("read right", "read")
    print(f"values with a number    {counts['value']:>5}  right {recall:6.1%}  limit {RECALL:.0%}  {said(recall >= RECALL)}")
    print(f"  of a known measure    {counts['known']:>5}  right {tally.share('known right', 'known'):6.1%}")
    print(f"  not only in doubt            right {tally.share('value certain', 'value'):6.1%}")
    print(f"  not a plain number    {counts['value not plain']:>5}  left out")
    print(f"limits read there       {counts['read']:>5}  right {agreeing:6.1%}  limit {PRECISION:.0%}  {said(agreeing >= PRECISION)}")
    print(f"  not in doubt          {counts['certain']:>5}  right {tally.share('certain right', 'certain'):6.1%}")
    print(f"  where none annotated  {counts['read elsewhere']:>5}  left out")
    print(f"times                   {counts['time']:>5}  right {tally.share('time right', 'time'):6.1%}")
    print(f"negations               {counts['negation']:>5}  right {tally.share('negation right', 'negation'):6.1%}")
    for why, number in Counter(why for why, *_ in tally.misses).most_common():
        print(f"  {number:>5}  {why}")
    return recall >= RECALL and agreeing >= PRECISION


def said(kept: bool) -> str:
    """PASS or FAIL."""
    return "PASS" if kept else "FAIL"


def times(document: Document, placed: Sequence[Placed], tally: Tally) -> None:
    """Which annotated times are windows, lengths or ages of what was read there."""
    for subject, time in document.related("Has_temporal"):
        wanted = {
            (Decimal(_NUMBERS.get(number.lower(), number)), _UNITS.get(unit.lower(), unit.lower()))
            for number, unit in _TIME.findall(time.text)
        }
        if not wanted:
            continue
        tally.counts["time"] += 1
        found = {span for one in placed if one.at(subject) or one.at(time) for span in spans(one.leaf)}
        if wanted <= found:
            tally.counts["time right"] += 1
        else:
            tally.miss("time", document, time.pieces[0][0], time.pieces[-1][1])


def spans(leaf: Leaf) -> set[tuple[Decimal, str]]:
    """Every stretch of time that a leaf names."""
    held: list[Span | None] = []
    if isinstance(leaf, Condition | Measurement | Medication | Procedure | Participation) and leaf.window:
        held += [leaf.window.within, leaf.window.beyond]
    if isinstance(leaf, Condition | Medication) and leaf.lasting:
        held.append(leaf.lasting.span)
    if isinstance(leaf, Medication) and leaf.stable_for:
        held.append(leaf.stable_for.span)
    return {(span.number, span.unit) for span in held if span}


def negations(document: Document, placed: Sequence[Placed], tally: Tally) -> None:
    """Which negated entities were read as such."""
    for subject, negation in document.related("Has_negation"):
        tally.counts["negation"] += 1
        at = [one for one in placed if one.at(subject)]
        if any(one.negated or getattr(one.leaf, "other_than", ()) for one in at):
            tally.counts["negation right"] += 1
        else:
            tally.miss("negation", document, negation.pieces[0][0], negation.pieces[-1][1])


if __name__ == "__main__":
    raise SystemExit(main())
