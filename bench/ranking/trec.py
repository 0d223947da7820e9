"""How well the ranking tells the eligible from the excluded: python bench/ranking/trec.py [LIBRARY.db] [JUDGED_FOLDER].

The questionnaires of TREC Clinical Trials 2023 become profiles by questions.tsv; every trial of the set is ranked for each
of them as `matcher match` ranks, and by the words of the questionnaire alone (BM25). A trial that the match leaves out as
certainly excluded or unrelated stands behind all others. The measures are those of ir_measures; AUC is the share of pairs
in which an eligible trial (2) stands before one of the right condition that excludes (1), ties counting half.

A folder whose patients are notes (trec-2021) gets rough profiles from notes.py: a check on many diseases, without goals.

LIBRARY.db is made by `matcher import` from the folder's trials where it is not there yet; without one it is made in a
temporary folder. Nothing is fitted to these patients: the weights are in matching/ranking.py for reasons of their own.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import ir_measures
import notes
import questionnaires
from ir_measures import P, nDCG

from matcher.session.importing import import_into
from matcher.session.survey import Survey
from matcher.storage.index import Index, completed
from matcher.storage.library import Library

FOLDER = Path(__file__).resolve().parents[2] / "../shared/data/matching/trec-2023"
Run = dict[str, dict[str, float]]
_GOALS = {"nDCG@10": 0.65, "AUC": 0.65}


def judgements(folder: Path) -> dict[str, dict[str, int]]:
    """The labels by patient and trial."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "judgements.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["patient"]][row["trial"]] = int(row["label"])
    return found


def ranked(patient: dict[str, Any], library: Library) -> dict[str, float]:
    """Every trial with its place in the product's ranking turned into a score; what was left out has none."""
    profile = (questionnaires if "fields" in patient else notes).profile_of(patient)
    survey = Survey(profile, profile.as_of, (), (library,)).run()
    return {one.id: float(len(survey.standings) - place) for place, one in enumerate(survey.standings)}


def by_words(patient: dict[str, Any], library: Library) -> dict[str, float]:
    """Every trial by BM25 over its title, conditions, interventions, keywords and criteria."""
    words = dict.fromkeys(re.findall(r"\w+", patient["text"].casefold()))
    asked = " OR ".join(f'"{word}"' for word in words)
    return {name: -score for name, score in library.base.execute("SELECT id, bm25(plain) FROM plain WHERE plain MATCH ?", (asked,))}


def plain_words(library: Library) -> None:
    """The trials' words in a table of their own, for plain BM25."""
    library.base.execute("CREATE VIRTUAL TABLE temp.plain USING fts5(id UNINDEXED, words)")
    for trial in library.trials():
        parts = [trial.title, trial.official_title or "", trial.summary or "", *trial.conditions, *trial.keywords]
        parts += [one.name for one in trial.interventions] + [one.text for one in trial.criteria]
        library.base.execute("INSERT INTO plain VALUES (?, ?)", (trial.id, " ".join(parts)))


def area(scores: dict[str, float], labels: dict[str, int]) -> float | None:
    """The share of pairs in which an eligible trial stands before an excluding one; None where there is no pair."""
    good = [scores.get(name, 0.0) for name, label in labels.items() if label == 2]
    bad = [scores.get(name, 0.0) for name, label in labels.items() if label == 1]
    if not good or not bad:
        return None
    return sum((one > other) + 0.5 * (one == other) for one in good for other in bad) / (len(good) * len(bad))


def measured(run: Run, labels: dict[str, dict[str, int]]) -> dict[str, float]:
    """The measures of one ranking over all patients."""
    found = {str(name): float(value) for name, value in ir_measures.calc_aggregate([nDCG @ 10, P(rel=2) @ 10], labels, run).items()}
    areas = [value for name in labels if name in run and (value := area(run[name], labels[name])) is not None]
    pairs = [(area(run[name], labels[name]) or 0, sum(x == 2 for x in labels[name].values()) * sum(x == 1 for x in labels[name].values())) for name in run]
    weight = sum(size for _, size in pairs)
    return {**found, "AUC": statistics.mean(areas), "AUC over pairs": sum(value * size for value, size in pairs) / weight}


def asked() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", type=Path, metavar="LIBRARY.db", help="made of the folder's trials where it is not there; left out, it is made for this once")
    parser.add_argument("judged", nargs="?", type=Path, default=FOLDER, metavar="JUDGED_FOLDER", help="patients.jsonl, judgements.tsv and trials.jsonl.gz (the shared ones of TREC 2023)")
    return parser.parse_args()


def main() -> int:
    """Rank and measure; 1 where a goal is missed."""
    options = asked()
    folder = options.judged
    if not folder.exists():
        print(f"skipped: {folder} is not beside the project")
        return 0
    labels = judgements(folder)
    patients = [json.loads(line) for line in (folder / "patients.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as own, Library(options.library or Path(own) / "trec.db", create=True, beside=[Index()]) as library:
        if not len(library):
            import_into(library, [folder / "trials.jsonl.gz"], date.today(), lambda _: None)
        completed(library)
        plain_words(library)
        runs: dict[str, Run] = {"matcher": {}, "words": {}}
        for patient in patients:
            runs["matcher"][patient["_id"]] = ranked(patient, library)
            runs["words"][patient["_id"]] = by_words(patient, library)
    for patient in patients:
        name = patient["_id"]
        both = [f"{area(runs[kind][name], labels[name]) or float('nan'):.2f}" for kind in runs]
        one = {kind: measured({name: runs[kind][name]}, {name: labels[name]}) if area(runs[kind][name], labels[name]) is not None else {} for kind in runs}
        print(f"{name:<14}{patient.get('template', ''):<22} AUC {both[0]} (words {both[1]})  nDCG@10 {one['matcher'].get('nDCG@10', float('nan')):.2f}")
    missed = 0
    for kind, run in runs.items():
        judged = {name: {trial: score for trial, score in scores.items() if trial in labels[name]} for name, scores in run.items()}
        for pool, chosen in (("all trials", run), ("judged trials", judged)):
            found = measured(chosen, labels)
            print(f"{kind:<8} {pool:<14}" + "".join(f"  {name} {value:.3f}" for name, value in found.items()))
            if kind == "matcher" and pool == "all trials" and "template" in patients[0]:
                missed = sum(found[name] < goal for name, goal in _GOALS.items())
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
