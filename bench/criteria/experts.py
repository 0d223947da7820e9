"""How the verdicts agree with experts' labels of single criteria: python bench/criteria/experts.py [--show WHAT].

The shared file holds notes of published cases, criteria of trials and what an expert said of each. patients.jsonl holds
what each note tells, as facts: "denies" is absent, a list is complete only where the note says so, and nothing stands
there that a reader would have to conclude. The experts often took what a note does not tell for absent; the tool never
does, so what it would say if every list were complete (`presumed`) is counted beside its verdicts.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from matcher.matching import Patient, judge_check, prepare
from matcher.model.verdict import Judged
from matcher.model.wording import wording
from matcher.reading import read_criterion
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import load

HERE = Path(__file__).resolve().parent
LABELS = HERE.parents[1] / "../shared/data/matching/criterion-judgements.jsonl.gz"
MEANS = {
    "included": "pass", "not excluded": "pass", "not included": "fail", "excluded": "fail",
    "not applicable": "n/a", "not enough information": "unknown",
}
VERDICTS = ("pass", "fail", "n/a", "unknown", "review")
DECIDED = ("pass", "fail", "n/a")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One criterion for one patient: the expert's label, whether the note speaks of it, and what was found."""

    number: int
    patient: str
    kind: str
    text: str
    label: str
    told: bool
    judged: Judged
    check: str

    def settles(self, verdict: str) -> str:
        """How a verdict stands to the label: agrees, scope (n/a on one side only), contradicts, bold (the expert could not decide) or open."""
        meant = MEANS[self.label]
        if verdict not in DECIDED:
            return "open"
        if meant == "unknown":
            return "bold"
        if verdict == meant:
            return "agrees"
        return "scope" if {verdict, meant} == {"pass", "n/a"} else "contradicts"


def patients() -> dict[str, Patient]:
    """The patients by id, ready to be judged."""
    found = {}
    for line in (HERE / "patients.jsonl").read_text(encoding="utf-8").splitlines():
        plain = json.loads(line, parse_float=Decimal)
        profile = profile_from_plain(plain, plain["id"])
        found[profile.id] = prepare(profile, load(), profile.as_of)
    return found


def labelled() -> Iterator[Labelled]:
    """Every labelled criterion with its verdict."""
    known = patients()
    with gzip.open(LABELS, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            kind, text = one["criterion_type"], one["criterion_text"]
            read = read_criterion(text, kind, load())
            judged = judge_check(read.check, kind, known[one["patient_id"]])
            told = one["expert_sentences"] != "[]"
            yield Labelled(one["annotation_id"], one["patient_id"], kind, text, one["expert_eligibility"], told, judged, wording(read.check))


def table(rows: Iterable[tuple[str, str]], title: str) -> None:
    """Labels against verdicts."""
    counts = Counter(rows)
    print(f"\n{title:<26}" + "".join(f"{name:>9}" for name in VERDICTS))
    for label in MEANS:
        print(f"{label:<26}" + "".join(f"{counts[label, name]:>9}" for name in VERDICTS))


def shares(name: str, rows: list[Labelled], verdicts: list[str]) -> None:
    """How many are decided, and how many of those agree with an expert who decided too."""
    stands = Counter(row.settles(verdict) for row, verdict in zip(rows, verdicts, strict=True))
    decided = len(rows) - stands["open"]
    both = decided - stands["bold"]
    agree = stands["agrees"] + stands["scope"]
    print(
        f"{name:<34}{len(rows):>5} decided {decided / max(len(rows), 1):>6.1%}  of {both} that the expert decided too "
        f"{agree / max(both, 1):>6.1%} agree ({stands['scope']} by scope), {stands['contradicts']} contradict; "
        f"{stands['bold']} where the expert found too little",
    )


def report(rows: list[Labelled]) -> None:
    """The tables and the shares, verdicts first, then what they would be with complete lists."""
    verdicts = [row.judged.verdict.value for row in rows]
    presumed = [row.judged.presumed.value for row in rows]
    table(((row.label, verdict) for row, verdict in zip(rows, verdicts, strict=True)), "verdict")
    table(((row.label, verdict) for row, verdict in zip(rows, presumed, strict=True)), "if lists were complete")
    print()
    shares("verdicts", rows, verdicts)
    shares("if lists were complete", rows, presumed)
    for told, name in ((True, "expert points to the note"), (False, "expert points to nothing")):
        part = [row for row in rows if row.told is told]
        shares(f"  {name}", part, [row.judged.verdict.value for row in part])
        shares("    if lists were complete", part, [row.judged.presumed.value for row in part])


def show(rows: list[Labelled], what: str) -> None:
    """Each criterion that stands so to its label; with a + those that would if every list were complete."""
    for row in rows:
        verdict = (row.judged.presumed if what.endswith("+") else row.judged.verdict).value
        if row.settles(verdict) == what.rstrip("+"):
            print(f"\n{row.number} {row.patient} {row.kind}: {' '.join(row.text.split())}")
            print(f"  expert: {row.label}; {verdict} ({row.judged.code}): {row.judged.reason}\n  check: {row.check}")


def main() -> int:
    """Judge every criterion, then print the tables and what was asked to be shown."""
    parser = argparse.ArgumentParser(description="Verdicts against experts' labels of single criteria.")
    choices = [name + plus for name in ("agrees", "scope", "contradicts", "bold", "open") for plus in ("", "+")]
    parser.add_argument("--show", choices=choices, metavar="WHAT", help="agrees, scope, contradicts, bold or open; with a + as if every list were complete")
    options = parser.parse_args()
    if not LABELS.exists():
        print(f"skipped: {LABELS.name} is not in ../shared beside the project")
        return 0
    rows = list(labelled())
    report(rows)
    if options.show:
        show(rows, options.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
