"""Curating checks: what a wording is read back as and does for the patient in hand, saving it, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.matching.compiled import checked
from matcher.matching.patient import Patient
from matcher.matching.verdicts import judge_check
from matcher.model.language import Ambiguous, Check, Consent, Judgement, Unread
from matcher.model.trees import children, leaves
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import FOR_A_PERSON, SHOWN, Verdict
from matcher.model.wording import WordingError, parse, wording
from matcher.session.check_doubts import speaks_of_else, unknown_names
from matcher.storage.digests import text_digest
from matcher.storage.folders import Folders
from matcher.storage.record_log import Change, add_to_log
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import read_trial, save_trial

FOREIGN = "Nothing in the criterion's words speaks of what is checked here: is it the check of this criterion?"
WHY = {
    "unread": "not read, or not all of it", "lost-operator": "a sign was lost", "ambiguous": "more than one reading",
    "judgement": "a clinician's judgement", "consent": "consent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a typed wording is: its canonical form or what is wrong with it, names nobody knows, and the verdict before and after."""

    canonical: str = ""
    problem: str = ""
    doubts: tuple[str, ...] = ()
    before: Verdict | None = None
    after: Verdict | None = None
    reason: str = ""

    @property
    def foreign(self) -> bool:
        """Whether it seems to be the check of another criterion."""
        return FOREIGN in self.doubts

    def lines(self) -> Iterator[str]:
        """All of it in words."""
        if self.problem:
            yield self.problem
            return
        yield f"reads: {self.canonical}"
        yield from self.doubts
        if self.before is not None and self.after is not None:
            turned = f"{SHOWN[self.before][1]} → {SHOWN[self.after][1]}" if self.before is not self.after else f"{SHOWN[self.after][1]}, as before"
            yield f"verdict: {turned}. {self.reason}"


def read_back(typed: str, criterion: Criterion, patient: Patient | None) -> ReadBack:
    """What a typed wording would be as the check of a criterion, and do for a patient."""
    try:
        tree = parse(" ".join(typed.split()))
        canonical = wording(tree)
    except WordingError as error:
        return ReadBack(problem=str(error))
    doubts = (*unknown_names(tree), *([FOREIGN] if canonical != criterion.check and speaks_of_else(tree, criterion) else []))
    if patient is None:
        return ReadBack(canonical, doubts=doubts)
    after = judge_check(tree, criterion.kind, patient)
    return ReadBack(canonical, "", doubts, judge_check(checked(criterion), criterion.kind, patient).verdict, after.verdict, after.reason)


def starting_wording(criterion: Criterion) -> str:
    """What the editing of a check begins with."""
    return criterion.check or wording(checked(criterion))


def save_check(places: Folders, trial: Trial, criterion: Criterion, typed: str, by: str = "") -> Trial:
    """Write a check into the trial's file in the user's folder, confirmed; InputError says what is wrong. Returns the new record."""
    found = read_back(typed, criterion, None)
    if found.problem:
        raise InputError(criterion.id, "check", found.problem)
    path = places.trial_path(trial.id)
    record, digest = read_trial(path) if path.exists() else (trial, None)
    place = _place(record, criterion)
    now = record.criteria[place]
    spans = now.spans if now.check == found.canonical else []
    new = replace(now, check=found.canonical, spans=spans, curated=True)
    changed = replace(record, criteria=[*record.criteria[:place], new, *record.criteria[place + 1 :]])
    save_trial(changed, path, expected=digest)
    change = Change(datetime.now().isoformat(timespec="seconds"), "check", by, trial.id, new.id, now.check, new.check)
    add_to_log(places.log / "trials", trial.id, change)
    return changed


def _place(record: Trial, criterion: Criterion) -> int:
    """Where a criterion stands in the record as it is on the disk."""
    wanted = (criterion.kind, criterion.group, text_digest(criterion.text))
    alike = [place for place, one in enumerate(record.criteria) if (one.kind, one.group, text_digest(one.text)) == wanted]
    if not alike:
        raise InputError(record.id, criterion.id, "the file no longer holds a criterion with these words: judge again first")
    return next((place for place in alike if record.criteria[place].id == criterion.id), alike[0])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A criterion that waits for a person: its trial, and why (a code of FOR_A_PERSON)."""

    trial: Trial
    criterion: Criterion
    why: str

    @property
    def words(self) -> str:
        """Why, in words."""
        return WHY[self.why]


def waiting(trials: Iterable[Trial]) -> list[Waiting]:
    """The criteria of trials that no fact can decide as they are read: the unread first, then lost signs, several readings, judgement, consent."""
    found = [Waiting(trial, one, why) for trial in trials for one in trial.criteria if (why := why_waiting(one))]
    return sorted(found, key=lambda one: FOR_A_PERSON.index(one.why))


def why_waiting(criterion: Criterion) -> str:
    """Why a criterion waits for a person, whoever the patient is; "" where it does not."""
    check = checked(criterion)
    kinds = {type(leaf) for leaf in leaves(check)}
    if Unread in kinds:
        return "unread"
    if "≥?" in criterion.check:
        return "lost-operator"
    if any(isinstance(node, Ambiguous) for node in _nodes(check)):
        return "ambiguous"
    return "judgement" if Judgement in kinds else "consent" if Consent in kinds else ""


def _nodes(check: Check) -> Iterator[Check]:
    yield check
    for part in children(check):
        yield from _nodes(part)


__all__ = ["ReadBack", "Waiting", "read_back", "save_check", "starting_wording", "waiting", "why_waiting"]
