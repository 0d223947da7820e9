"""How much of what is read is right: a sample of registry criteria, each judged by reading its text beside its wording.

    python bench/reading/precision.py draw --seed 1      draws the sample anew; judgements made before stay
    python bench/reading/precision.py show 1..20         text and wording of these; --open only those still to be judged
    python bench/reading/precision.py judge 7 wrong exception-lost
    python bench/reading/precision.py judge 1..6,8 right
    python bench/reading/precision.py judge -            the same, one a line, from standard input
    python bench/reading/precision.py report             figures; 1 where a limit is not kept

A wording is wrong where any verdict that it decides could be wrong for some patient; partly where every verdict is sound
but it says less than the text; else right. The files keep record, place, digests and judgement, never text. A judgement
holds for one text and one wording: where the reader words a criterion otherwise, it is to be judged again, and where it
comes back to an earlier wording, the earlier judgement holds again.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judgements import ANSWERS, Judged, read_judgements, read_sample, write_judgements, write_sample
from registry import every, here, sample
from strata import STRATA, Drawn, digest, draw

from matcher.commands.stats import eligibility_text
from matcher.reading import ReadCriterion, read_eligibility

SEED, RECORDS, EACH = 20261122, 3000, 52
PRECISION, LOWER = 0.97, 0.95
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Sampled:
    """A drawn criterion with its number, as it is read now (None where the text is no criterion any more), and its judgement."""

    number: int
    drawn: Drawn
    read: ReadCriterion | None
    judged: Judged | None
    before: bool
    above: str

    @property
    def wording(self) -> str:
        """The digest of what it is read as now."""
        return digest(self.read.check) if self.read else ""


def main() -> int:
    """Draw, show, judge or report."""
    chosen = _options()
    if not here():
        return 0
    if chosen.action == "draw":
        drawn = draw(sample(chosen.records, chosen.seed), chosen.seed, chosen.each)
        write_sample(chosen.seed, drawn)
        print(f"{len(drawn)} criteria drawn with seed {chosen.seed}")
        return 0
    held = sampled(chosen.seed)
    if chosen.action == "report":
        return 0 if report(held) else 1
    if chosen.action == "judge":
        judge(held, sys.stdin if chosen.numbers == "-" else [f"{chosen.numbers} {chosen.answer} {chosen.why}"])
        return 0
    numbers = spelled(chosen.numbers, len(held))
    for one in held:
        if one.number in numbers and not (chosen.open and one.judged):
            show(one)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The judged precision sample.")
    actions = parser.add_subparsers(dest="action", required=True)
    for name in ("draw", "show", "judge", "report"):
        action = actions.add_parser(name)
        action.add_argument("--seed", type=int, default=SEED)
        if name == "draw":
            action.add_argument("--records", type=int, default=RECORDS)
            action.add_argument("--each", type=int, default=EACH, help="how many criteria of each kind")
        if name in ("show", "judge"):
            action.add_argument("numbers", help="7, 1..20 or 1..6,8")
        if name == "show":
            action.add_argument("--open", action="store_true", help="only those still to be judged")
        if name == "judge":
            action.add_argument("answer", choices=ANSWERS, nargs="?")
            action.add_argument("why", nargs="?", default="", help="a short code for the class of error")
    return parser.parse_args()


def spelled(text: str, last: int) -> set[int]:
    """The numbers that "1..6,8" names."""
    found: set[int] = set()
    for part in text.split(","):
        low, _, high = part.partition("..")
        found |= set(range(int(low or 1), int(high or last if ".." in part else low) + 1))
    return found


def sampled(seed: int) -> list[Sampled]:
    """The sample as it is read now, with the judgements that still hold."""
    drawn = read_sample(seed)
    wanted = {one.record for one in drawn}
    reads: dict[tuple[str, str], tuple[ReadCriterion, str]] = {}
    for record in every():
        name = str(record["nct_id"])
        if name in wanted:
            text = eligibility_text(record)
            for criterion in read_eligibility([("both", text)]):
                reads.setdefault((name, digest(criterion.text)), (criterion, lines_above(criterion.text, text)))
    judgements = read_judgements()
    earlier = {(record, text) for record, text, _ in judgements}
    found = []
    for number, one in enumerate(drawn, 1):
        read, above = reads.get((one.record, one.text), (None, ""))
        judged = judgements.get((one.record, one.text, digest(read.check))) if read else None
        found.append(Sampled(number, one, read, judged, (one.record, one.text) in earlier, above))
    return found


def lines_above(criterion: str, text: str) -> str:
    """The headings under which a criterion stands, and the line above it: they may change what it means."""
    at = text.find(next((line.strip() for line in criterion.splitlines() if line.strip()), ""))
    lines = [line.strip() for line in text[: max(at, 0)].splitlines() if line.strip(" -*•")]
    headings = [line for line in lines if line.endswith(":")][-2:]
    return " / ".join(dict.fromkeys([*headings, *lines[-1:]]))[:200]


def show(one: Sampled) -> None:
    """Print a criterion's text and its wording, for judging."""
    said = f"{one.judged.answer} {one.judged.why}".strip() if one.judged else "changed" if one.before else "open"
    print(f"--- {one.number} {one.drawn.stratum} | {one.drawn.record} {one.drawn.place} | {said}")
    if one.read is None:
        print("    (no criterion of the record has this text any more)")
        return
    group = f" [{one.read.group}]" if one.read.group else ""
    print(f"    (below: {one.above})")
    print(f"{one.read.kind.upper()}{group}: {' / '.join(line.strip() for line in one.read.text.splitlines())}")
    print(f"  => {one.read.check or '(unread)'}")


def judge(held: Sequence[Sampled], lines: Iterable[str]) -> None:
    """Keep the judgements that the lines give ("1..6,8 wrong exception-lost"), each of the wording as it is now."""
    judgements = read_judgements()
    count = 0
    for line in lines:
        numbers, answer, *why = [*line.split(), ""]
        if answer not in ANSWERS:
            raise SystemExit(f"{line.strip()}: expected numbers and one of {', '.join(ANSWERS)}")
        for one in held:
            if one.number in spelled(numbers, len(held)) and one.read is not None:
                drawn = one.drawn
                judgements[drawn.record, drawn.text, one.wording] = Judged(drawn.record, drawn.place, drawn.text, one.wording, answer, why[0])
                count += 1
    write_judgements(judgements)
    print(f"{count} judged")


def report(held: Sequence[Sampled]) -> bool:
    """Print precision, its lower bound, and what is still to be judged; whether the limits are kept."""
    judged = [one.judged for one in held if one.judged]
    answers = Counter(one.answer for one in judged)
    sound = len(judged) - answers["wrong"]
    share, lower = sound / max(len(judged), 1), wilson(sound, len(judged))
    left = [one for one in held if not one.judged]
    print(f"drawn {len(held)}, judged {len(judged)}: right {answers['right']}, partly {answers['partly']}, wrong {answers['wrong']}")
    print(f"to be judged {len(left)}, of them read otherwise than when judged {sum(one.before for one in left)}, no criterion now {sum(one.read is None for one in left)}")
    print(f"precision            {share:6.1%}  limit {PRECISION:.0%}  {said(share >= PRECISION)}")
    print(f"Wilson lower bound   {lower:6.1%}  limit {LOWER:.0%}  {said(lower >= LOWER)}")
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for one in held:
        if one.judged:
            by_kind[one.drawn.stratum][one.judged.answer] += 1
    for stratum in STRATA:
        counts = by_kind[stratum]
        print(f"  {stratum:<14}" + "".join(f"{answer} {counts[answer]:>3}  " for answer in ANSWERS))
    for why, number in Counter(one.why or "no code" for one in judged if one.answer == "wrong").most_common():
        print(f"  {number:>4} wrong: {why}")
    return share >= PRECISION and lower >= LOWER


def wilson(good: int, every_one: int) -> float:
    """The lower end of Wilson's interval at 95 %."""
    if not every_one:
        return 0.0
    share, square = good / every_one, _Z * _Z
    spread = _Z * math.sqrt(share * (1 - share) / every_one + square / (4 * every_one * every_one))
    return (share + square / (2 * every_one) - spread) / (1 + square / every_one)


def said(kept: bool) -> str:
    """PASS or FAIL."""
    return "PASS" if kept else "FAIL"


if __name__ == "__main__":
    raise SystemExit(main())
