"""What people decide of criteria for one patient: overrides, confirmations, notes and marks, with a record of who changed what.

A decision is kept with the trial's id, the digest of the criterion's text and what the verdict rested on. It counts
while that is so; where the check, the facts or the verdict worked out have changed since, it stays beside the criterion,
says what changed, and counts again once it is given again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from matcher.export.text import decision_words
from matcher.intake.guard import identifiers
from matcher.matching.patient import prepare
from matcher.matching.trials import Said, match_trial, ranked
from matcher.model.match import CriterionMatch, Decision, TrialMatch
from matcher.model.patterns import pattern_of
from matcher.model.profile import Profile
from matcher.model.trial import Trial
from matcher.model.verdict import SHOWN, Evidence, Verdict
from matcher.session.fact_changes import fact_changes
from matcher.storage.digests import Digest, text_digest
from matcher.storage.files import file_digest
from matcher.storage.folders import Folders
from matcher.storage.marks import (
    Confirmation,
    Mark,
    Marks,
    Note,
    Override,
    clear_decision,
    clear_mark,
    copy_marks,
    load_marks,
    marks_path,
    set_confirmation,
    set_mark,
    set_note,
    set_override,
)
from matcher.storage.record_log import Change, add_to_log, read_log
from matcher.storage.refusal import InputError
from matcher.vocabulary import load

_INITIALS = pattern_of(r"(?:[^\W\d_][.-]?){1,4}")
_KEPT_TEXT = 300  # characters of a criterion that are kept to tell it by when its words have changed


class Judging:
    """One patient's marks and decisions, kept at once, every change of them in the record."""

    def __init__(self, folders: Folders, profile: str, clock: Callable[[], datetime] = datetime.now) -> None:
        self.profile = profile
        self._folders, self._clock = folders, clock
        self._seen: Digest | None = None
        self.marks = load_marks(folders.marks, profile)

    def follow(self) -> bool:
        """Take up what another window marked or decided since; True where there was anything."""
        before = self.marks
        with suppress(InputError):  # a damaged file: what is known stays
            if (now := file_digest(marks_path(self._folders.marks, self.profile))) != self._seen:
                self._seen, self.marks = now, load_marks(self._folders.marks, self.profile)
        return self.marks != before

    def mark(self, trial: str, mark: str, note: str = "", by: str = "") -> None:
        """Mark a trial, with or without initials; `none` takes the mark away."""
        refuse_identifiers(note, "note")
        by = initials(by) if by else ""
        was = self.marks.of(trial)
        if mark == "none":
            self.marks = clear_mark(self._folders.marks, self.profile, trial)
        else:
            new = Mark.model_validate({"trial": trial, "mark": mark, "note": note})
            self.marks = set_mark(self._folders.marks, self.profile, new)
        if (was.mark if was else "none", was.note if was else "") != (mark, note):
            self._log(Change("", "mark", by, trial, was=was.mark if was else "", now=mark, why=note))

    def override(self, trial: str, one: CriterionMatch, verdict: Verdict, why: str, by: str, on: date) -> None:
        """Put a person's verdict in place of the one worked out; the same one is a confirmation, also in place of another verdict given before."""
        machine = one.worked_out
        if verdict is machine:
            self._confirm_worked_out(trial, one, why, by, on)
            return
        refuse_identifiers(why, "reason")
        if not why.strip():
            raise InputError("reason", "", "expected why the verdict is another one, in a few words")
        by = initials(by)
        given = Override.model_validate({
            **_criterion(trial, one, by, on), "verdict": verdict.value, "was": machine.value, "why": why.strip(), **_basis(one),
        })  # fmt: skip
        self.marks = set_override(self._folders.marks, self.profile, given)
        self._log_of("override", trial, one, by, SHOWN[machine][1], SHOWN[verdict][1], why)

    def confirm(self, trial: str, one: CriterionMatch, why: str, by: str, on: date) -> None:
        """Say that the verdict which counts was found to be right; an override that went stale counts again by this."""
        decision = one.decision
        if decision is not None and not decision.confirms and decision.verdict is not one.worked_out:
            self.override(trial, one, decision.verdict, why.strip() or decision.why, by, on)
            return
        self._confirm_worked_out(trial, one, why, by, on)

    def _confirm_worked_out(self, trial: str, one: CriterionMatch, why: str, by: str, on: date) -> None:
        by = initials(by)
        refuse_identifiers(why, "reason")
        given = Confirmation.model_validate({**_criterion(trial, one, by, on), "verdict": one.worked_out.value, **_basis(one)})
        self.marks = set_confirmation(self._folders.marks, self.profile, given)
        if why.strip():
            self.marks = set_note(self._folders.marks, self.profile, Note.model_validate({**_criterion(trial, one, by, on), "note": why.strip()}))
        before = SHOWN[one.decision.verdict][1] if one.decision is not None and one.decision.verdict is not one.worked_out else ""
        self._log_of("confirm", trial, one, by, before, SHOWN[one.worked_out][1], why)

    def note(self, trial: str, one: CriterionMatch, words: str, by: str, on: date) -> None:
        """Note something of a criterion; empty words take the note away."""
        by = initials(by)
        refuse_identifiers(words, "note")
        self.marks = set_note(self._folders.marks, self.profile, Note.model_validate({**_criterion(trial, one, by, on), "note": words.strip()}))
        self._log_of("note", trial, one, by, one.remark, words.strip(), "")

    def take_back(self, trial: str, one: CriterionMatch, by: str, why: str = "") -> None:
        """Take back what was decided of a criterion; InputError where nothing was."""
        by = initials(by)
        refuse_identifiers(why, "reason")
        if one.decision is None:
            raise InputError(one.id, "", "nobody has decided anything of this criterion")
        self.marks = clear_decision(self._folders.marks, self.profile, trial, text_digest(one.text))
        self._log_of("take back", trial, one, by, SHOWN[one.decision.verdict][1], SHOWN[one.worked_out][1], why)

    def drop(self, lost: Override | Confirmation, by: str) -> None:
        """Throw away a decision whose criterion is no longer there."""
        by = initials(by)
        self.marks = clear_decision(self._folders.marks, self.profile, *lost.key)
        self._log(Change("", "take back", by, lost.trial_id, lost.criterion, SHOWN[Verdict(lost.verdict)][1], "", "its words are gone"))

    def under(self, code: str) -> Judging:
        """The same for the patient under another code: her marks, decisions and record go with her."""
        if code == self.profile:
            return self
        there = read_log(self._folders.log, code)
        copy_marks(self._folders.marks, self.profile, code)
        for one in [] if there else self.changes():
            add_to_log(self._folders.log, code, one)
        found = Judging(self._folders, code, self._clock)
        found._log(Change("", "code", was=self.profile, now=code))
        return found

    def saved(self, before: Profile | None, now: Profile, by: str) -> None:
        """Note which facts of the patient were saved otherwise: a line for each, with what it was and is."""
        for was, is_ in fact_changes(before, now):
            self._log(Change("", "facts", by, was=was, now=is_))

    def changes(self) -> list[Change]:
        """The record for this patient, oldest first."""
        return read_log(self._folders.log, self.profile)

    def _log_of(self, what: str, trial: str, one: CriterionMatch, by: str, was: str, now: str, why: str) -> None:
        self._log(Change("", what, by, trial, one.id, was, now, why.strip()))

    def _log(self, change: Change) -> None:
        add_to_log(self._folders.log, self.profile, replace(change, at=self._clock().isoformat(timespec="seconds")))


def initials(text: str) -> str:
    """Initials as they are kept; InputError where they are none, or a whole name."""
    found = text.strip()
    if not _INITIALS.fullmatch(found):
        raise InputError("initials", "", f'"{found[:40]}": expected yours, such as RN or M.K.' if found else "expected yours, such as RN")
    return found


def refuse_identifiers(text: str, place: str) -> None:
    """InputError where a text could tell who the patient is."""
    found = identifiers(text)
    if found:
        raise InputError(place, "", f'"{found[0].text}" {found[0].advice}')


def fact_words(facts: Iterable[Evidence]) -> list[str]:
    """The facts that a verdict rests on, one line each."""
    return [" ".join(filter(None, (f"{one.fact}:", one.value, one.unit, one.date and f"on {one.date}"))) for one in facts]


def _criterion(trial: str, one: CriterionMatch, by: str, on: date) -> dict[str, object]:
    return {
        "trial": trial, "text_digest": text_digest(one.text), "by": by, "on": on, "criterion": one.id,
        "text": " ".join(one.text.split())[:_KEPT_TEXT],
    }  # fmt: skip


def _basis(one: CriterionMatch) -> dict[str, object]:
    return {"check": one.check, "facts": fact_words(one.evidence)}


def people_said(marks: Marks, trial: str) -> Said:
    """What puts the decisions on one trial's criteria into their verdicts."""

    def said(one: CriterionMatch) -> CriterionMatch:
        digest = text_digest(one.text)
        given = marks.override(trial, digest) or marks.confirmation(trial, digest)
        remark = marks.note(trial, digest)
        if given is None:
            return replace(one, remark=remark) if remark else one
        decision = _decision(given, one)
        found = replace(one, decision=decision, remark=remark)
        if not found.overruled:
            return found
        reason = f"{decision_words(decision).rstrip('.')}. Worked out: {one.reason}"
        return replace(found, verdict=decision.verdict, presumed=decision.verdict, likely=decision.verdict, reason=reason)

    return said


def _decision(given: Override | Confirmation, one: CriterionMatch) -> Decision:
    """A kept decision beside the verdict worked out now."""
    verdict = Verdict(given.verdict)
    was, why = (Verdict(given.was), given.why) if isinstance(given, Override) else (verdict, "")
    since = _since(given, was, one)
    agreed = verdict is one.verdict and verdict is not was
    return Decision(verdict, was, why, given.by, given.on, "" if agreed else since, since if agreed else "")


def _since(given: Override | Confirmation, was: Verdict, one: CriterionMatch) -> str:
    """What of that on which a decision rests has changed since, in words; "" where nothing has."""
    now = fact_words(one.evidence)
    gone, new = [one for one in given.facts or () if one not in now], [one for one in now if one not in (given.facts or ())]
    if given.facts is not None and (gone or new):
        missing = "not used" if set(given.facts) & set(now) else "none"
        return f"the facts have changed since: {'; '.join(gone) or missing} then, {'; '.join(new) or missing} now"
    if given.facts is not None and given.check != one.check:
        return f"the check has changed since: “{given.check or 'not read'}” then, “{one.check or 'not read'}” now"
    if was is not one.verdict:
        return f"matcher said “{SHOWN[was][1]}” then and says “{SHOWN[one.verdict][1]}” now"
    return ""


def lost_decisions(marks: Marks, match: TrialMatch) -> list[Override | Confirmation]:
    """The decisions on a trial whose criterion is no longer there: its words were changed, or it is gone."""
    there = {text_digest(one.text) for one in match.criteria}
    kept: list[Override | Confirmation] = [*marks.overrides, *marks.confirmations]
    return [one for one in kept if one.trial_id == match.trial_id and one.text_digest not in there]


def lost_words(lost: Override | Confirmation) -> str:
    """A decision whose criterion is no longer there, as one sentence."""
    what = f"put “{SHOWN[Verdict(lost.verdict)][1]}”" if isinstance(lost, Override) else f"confirmed “{SHOWN[Verdict(lost.verdict)][1]}”"
    why = f" ({lost.why})" if isinstance(lost, Override) else ""
    return f"On {lost.on} {lost.by} {what}{why} for {lost.criterion or 'a criterion'} whose words have changed since: “{lost.text}”. It no longer counts."


def decided_trials(marks: Marks) -> set[str]:
    """The trials of which people decided or noted something."""
    return {one.trial_id for one in (*marks.overrides, *marks.confirmations, *marks.notes)}


def decisions_for(places: Folders, profile: str) -> tuple[Callable[[str], Said], set[str]]:
    """What gives the decisions on a trial for a patient, and the trials of which there are some."""
    marks = load_marks(places.marks, profile)
    return partial(people_said, marks), decided_trials(marks)


def with_decisions(
    matches: Sequence[TrialMatch], trials: Iterable[Trial], marks: Marks, profile: Profile, as_of: date | None, also: Iterable[str] = ()
) -> list[TrialMatch]:
    """The matches, those of which people decided something (and those in `also`) judged again with their decisions, and ranked anew."""
    said_before = {one.trial_id for one in matches if any(found.decision or found.remark for found in one.criteria)}
    wanted = (decided_trials(marks) | said_before | set(also)) & {one.trial_id for one in matches}
    if not wanted:
        return list(matches)
    patient = prepare(profile, load(), as_of)
    anew = {one.id: match_trial(patient, one, said=people_said(marks, one.id)) for one in trials if one.id in wanted}
    changed = [anew.get(one.trial_id, one) for one in matches]
    numbers = sorted(one.rank for one in matches)
    return [replace(one, rank=number) for one, number in zip(ranked(changed), numbers, strict=True)]


__all__ = [
    "Judging", "decided_trials", "decisions_for", "fact_words", "initials", "lost_decisions", "lost_words", "people_said",
    "refuse_identifiers", "with_decisions",
]
