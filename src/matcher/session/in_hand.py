"""The patient in hand: her profile and its file, every change of her facts, what is not saved, and what people decided for her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from matcher.intake.guard import blotted, masked, objections
from matcher.model.profile import Complete, Entry, Lab, Profile, Score
from matcher.model.records import keys
from matcher.model.verdict import Question
from matcher.session.answers import NeedsEntry, Reply, replaced, settle, settle_no_other
from matcher.session.clashes import clash_doubts
from matcher.session.contradictions import Contradiction, contradictions_in
from matcher.session.doubts import Doubt, body_doubts, entry_doubts, key_doubts
from matcher.session.fact_changes import change_words
from matcher.session.history import History
from matcher.session.judging import Judging
from matcher.session.merging import merged
from matcher.session.patients import ProfileFile, listed, taken
from matcher.storage.digests import Digest
from matcher.storage.drafts import Claim, draft_files, draft_of
from matcher.storage.files import file_digest
from matcher.storage.folders import Folders, file_stem
from matcher.storage.marks import Mark, Marks
from matcher.storage.plausible import implausible
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, read_profile, save_profile
from matcher.storage.typed_rows import DIALOGS, OF_ANYBODY, TypedRow, drop_row, drop_rows, keep_row, kept_row
from matcher.vocabulary import load

_LOOKED_AT = {"labs": "value", "scores": "value", "conditions": "status", "medications": "stop"}  # the field of a row that is looked at first


class InHand:
    """One patient at a time."""

    def __init__(self, folders: Folders, today: date, as_of: date | None = None) -> None:
        self.folders = folders
        self.today = today
        self.profile: Profile | None = None
        self.path: Path | None = None
        self.initials = ""
        self._judging: Judging | None = None
        self._as_of = as_of
        self._saved: Profile | None = None
        self._digest: Digest | None = None
        self._history = History()
        self._claim = Claim(folders)
        self._contradictions: tuple[Profile | None, date, list[Contradiction]] | None = None

    @property
    def as_of(self) -> date:
        """The day every window is measured back from: as asked for, else the profile's, else today."""
        return self._as_of or (self.profile and self.profile.as_of) or self.today

    @property
    def dated_by_hand(self) -> bool:
        """Whether the day was asked for, and is not the profile's own."""
        return self._as_of is not None

    @property
    def dirty(self) -> bool:
        """Whether there are changes that are not saved."""
        return self.profile is not None and self.profile != self._saved

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The nurse's marks by trial id."""
        return {one.trial_id: one for one in self._kept.marks}

    @property
    def judging(self) -> Judging:
        """What people decided for the patient in hand."""
        self._in_hand()
        assert self._judging is not None
        return self._judging

    def profiles(self) -> list[ProfileFile]:
        """The profiles in the folders, those that cannot be read with the reason."""
        return listed(self.folders)

    def open_profile(self, path: Path) -> None:
        """Take up the profile in a file; what was in hand is let go of. A shipped one is saved to the user's folder."""
        if path.parent == self.folders.drafts:
            self.new_profile(path.stem)
            return
        profile, digest = read_profile(path)
        own = path
        if self.folders.is_example(path):
            own = self.folders.profile_path(profile.id)
            digest_or_none = file_digest(own)
        else:
            digest_or_none = digest
        self._take_up(profile, own, profile, digest_or_none)

    def new_profile(self, code: str) -> None:
        """Begin a profile under a code that the site made up."""
        if there := taken(self.folders, code):
            raise InputError(there, "", "there is a patient with this code already")
        self._take_up(Profile(id=code, as_of=self.today), self.folders.profile_path(code), None, None)

    def hold(self, profile: Profile) -> None:
        """Take up a profile that is not in a file of the user's."""
        path = self.folders.profile_path(profile.id)
        self._take_up(profile, path, profile, file_digest(path))

    def put_down(self) -> None:
        """No patient is in hand any more; nothing of her is kept here."""
        self._claim.release()
        self._judging = self.profile = self.path = self._saved = self._digest = None
        self._history = History()

    def identifiers(self) -> list[str]:
        """What in the profile could tell who the patient is, as sentences."""
        return objections(self._in_hand())

    def save_profile(self, over: bool = False) -> Path:
        """Save; InputError while an identifier is found, ChangedOnDisk where the file changed since it was read."""
        profile, path, digest = self._in_hand(), self.path, self._digest
        if path is None or (self._saved is not None and self._saved.id != profile.id):
            path, digest = self.folders.profile_path(profile.id), None
        self._digest = save_profile(profile, path, expected=file_digest(path) if over else digest, guard=objections)
        self._judging = self.judging.under(profile.id)
        self._judging.saved(self._saved, profile, self.initials)
        self.path, self._saved = path, profile
        self._claim.drop(profile.id)
        return path

    def set_fact(self, **changes: Any) -> None:
        """Change keys of the profile; ValueError says what does not fit, and then nothing has changed."""
        self._change(self._plausible(replaced(self._in_hand(), **changes)))

    def put_entry(self, listed: str, place: int | None, entry: Entry) -> None:
        """Write one row of a list: over the row at `place`, or as a new one."""
        rows = list(getattr(self._in_hand(), listed))
        if place is None:
            rows.append(entry)
        else:
            rows[place] = entry
        self.set_fact(**{listed: rows})

    def add_entries(self, listed: str, entries: Sequence[Entry]) -> None:
        """Write several rows at the end of a list, as one change."""
        self.set_fact(**{listed: [*getattr(self._in_hand(), listed), *entries]})

    def complete_list(self, listed: str, value: bool | Literal["current"]) -> None:
        """Say that a list holds everything there is: ever (true), or what is so now."""
        now = self._in_hand().complete
        values = {key: getattr(now, key) for key in keys(Complete)}
        self.set_fact(complete=Complete(**{**values, listed: value}))

    def remove_entry(self, listed: str, place: int) -> None:
        """Delete one row of a list."""
        rows = list(getattr(self._in_hand(), listed))
        del rows[place]
        self.set_fact(**{listed: rows})

    def answer(self, question: Question, reply: Reply) -> None:
        """Record the reply to a question; NeedsEntry where only a whole row can say it."""
        self._change(self._plausible(settle(self._in_hand(), question, reply, self.as_of)))

    def no_other(self, question: Question, *, ever: bool) -> None:
        """Record that there is none besides what the question names as recorded: in the time it asks about, or ever."""
        self._change(settle_no_other(self._in_hand(), question, self.as_of, ever=ever))

    def row_doubts(self, listed: str, place: int | None, entry: Entry) -> list[Doubt]:
        """What is odd about a row of a list, by itself and beside what else is recorded; `place` is where it stands already."""
        found = [*entry_doubts(entry, self.as_of), *clash_doubts(self._in_hand(), listed, place, entry)]
        rows = list(getattr(self._in_hand(), listed))
        rows[len(rows) if place is None else place : len(rows) if place is None else place + 1] = [entry]
        return found or [Doubt(_LOOKED_AT.get(listed, ""), one.words) for one in self.contradicted(**{listed: rows})]

    @property
    def contradictions(self) -> list[Contradiction]:
        """What of the facts can hardly be true together; no verdict follows from it."""
        if self._contradictions is None or self._contradictions[0] is not self.profile or self._contradictions[1] != self.as_of:
            found = contradictions_in(self.profile, self.as_of) if self.profile is not None else []
            self._contradictions = (self.profile, self.as_of, found)
        return self._contradictions[2]

    def contradicted(self, **changes: Any) -> list[Contradiction]:
        """What of the facts would not go together once they were changed so, and does now."""
        with suppress(ValueError):  # refused, and said, when it is recorded
            return self._contradicted(replaced(self._in_hand(), **changes))
        return []

    def _contradicted(self, changed: Profile) -> list[Contradiction]:
        now = {one.words for one in self.contradictions}
        return [one for one in contradictions_in(changed, self.as_of) if one.words not in now]

    def doubts(self, question: Question, reply: Reply) -> list[Doubt]:
        """What is odd about a typed reply: recorded all the same where she repeats it, unless a doubt is final."""
        if reply.value is None:
            return []
        if question.list == "labs":
            found = entry_doubts(Lab(test=question.name, value=reply.value, unit=reply.unit, date=reply.date), self.as_of)
        elif question.list == "scores":
            found = entry_doubts(Score(name=question.name, value=reply.value, date=reply.date), self.as_of)
        else:
            body = {key: getattr(self._in_hand(), key) for key in ("weight_kg", "height_cm")} | {question.name: reply.value}
            beside = body_doubts(body["weight_kg"], body["height_cm"]) if question.name in ("weight_kg", "height_cm") else []
            return [*key_doubts(question.name, reply.value), *beside]
        found = [one for one in found if one.field not in ("test", "name")]
        if not found:
            with suppress(NeedsEntry, ValueError):  # refused, or asked further about, when it is recorded
                found = [Doubt("value", one.words) for one in self._contradicted(settle(self._in_hand(), question, reply, self.as_of))]
        return found

    def undo(self) -> bool:
        """Take back the last change of the profile; False where there is none."""
        return self.profile is not None and self._go(self._history.back(self.profile))

    def redo(self) -> bool:
        """Make again the change that was taken back last; False where there is none."""
        return self.profile is not None and self._go(self._history.forth(self.profile))

    def unsaved(self) -> Profile | None:
        """Changes of this patient that were never saved, from a time when the app was lost; None where there are none."""
        draft = draft_of(self.folders, self._in_hand().id)
        return draft if draft is not None and draft != self.profile else None

    def changed_elsewhere(self) -> bool:
        """Whether another window is changing this patient just now: what it has not saved is its own."""
        return self._claim.elsewhere(self._in_hand().id)

    def recover(self, draft: Profile) -> None:
        """Take up unsaved changes again; they can be taken back."""
        self._claim.take_up(draft.id)
        self._change(draft)

    def throw_away(self, draft: Profile) -> None:
        """Throw away unsaved changes that were offered."""
        self._claim.take_up(draft.id)
        self._claim.drop(draft.id)

    def discard(self) -> None:
        """Let go of what was not saved here."""
        if self.profile is not None:
            self._claim.drop(self.profile.id)

    def keep_unsaved(self) -> None:
        """Keep again what is not saved, where it was let go of and she stays with the patient after all."""
        if self.profile is not None and self.dirty:
            self._keep_draft(self.profile)

    def keep_typed(self, row: TypedRow) -> None:
        """Keep what is being typed, where no other window changes the patient; one never saved gets a draft to come back to."""
        if row.listed in OF_ANYBODY:
            keep_row(self.folders, "", row)
            return
        profile = self._in_hand()
        if self._claim.take(profile.id):
            keep_row(self.folders, profile.id, replace(row, texts={key: blotted(text) for key, text in row.texts.items()}))
            if self._saved is None:
                self._keep_draft(profile)

    def drop_typed(self, listed: str = "") -> None:
        """Nothing is being typed any more in a row, or in the dialog of a name: it is recorded, or left."""
        if listed in OF_ANYBODY:
            drop_row(self.folders, "", listed)
        elif self.profile is not None and not self.changed_elsewhere():
            drop_row(self.folders, self.profile.id, listed)
            if not self.dirty:
                self._claim.release()

    def typed_row(self, listed: str = "", about: Sequence[str] | None = None) -> TypedRow | None:
        """What was being typed when the app was lost, in a row or in the dialog of a name, about one thing where it is given.

        None where there is none, or where another window has the patient.
        """
        code = self.profile.id if self.profile else ""
        row = kept_row(self.folders, code, listed) if code or listed in OF_ANYBODY else None
        if row is None or (about is not None and row.about != tuple(about)):
            return None
        return None if listed not in OF_ANYBODY and self.changed_elsewhere() else row

    def typed_rows(self) -> list[TypedRow]:
        """Everything that was being typed when the app was lost."""
        return [row for listed in ("", *DIALOGS) if (row := self.typed_row(listed)) is not None]

    def changed_on_disk(self) -> list[str]:
        """What of the facts is otherwise in the file by now, as another window saved it: what it was and is, a line each."""
        try:
            there = load_profile(self.path) if self.path and self.path.exists() else None
        except InputError as error:
            return [str(error)]
        return change_words(self._saved, there) if there else []

    @property
    def may_put_together(self) -> bool:
        """Whether what was changed here and what another window saved meanwhile are different facts."""
        return self._together() is not None

    def put_together(self) -> bool:
        """Put in hand what was changed here together with what another window saved; it cannot be taken apart again by undoing."""
        found = self._together()
        if found is None:
            return False
        both, self._saved, self._digest = found
        self._history = History()
        return self._go(both)

    def _together(self) -> tuple[Profile, Profile, Digest] | None:
        here = self._in_hand()
        try:
            there, digest = read_profile(self.path) if self.path and self.path.exists() else (None, None)
            found = merged(self._saved, here, there) if self._saved is not None and there is not None and there.id == here.id else None
            return None if found is None or there is None or digest is None else (self._plausible(replaced(there, **found)), there, digest)
        except (InputError, ValueError):
            return None

    def known_profile(self, code: str) -> Path | None:
        """The file of a patient by the code, that of one never saved included; None where there is none."""
        stem = file_stem(code)
        return self.folders.profile_files().get(stem) or draft_files(self.folders).get(stem)

    def _take_up(self, profile: Profile, path: Path, saved: Profile | None, digest: Digest | None) -> None:
        self._claim.release()
        self._judging = Judging(self.folders, profile.id)
        self.profile, self.path, self._saved, self._digest = profile, path, saved, digest
        self._history = History()

    def _plausible(self, profile: Profile) -> Profile:
        known = {words for _, words in implausible(self._in_hand(), load())}
        slips = [words for _, words in implausible(profile, load()) if words not in known]
        if slips:
            raise ValueError(slips[0])
        return profile

    def _change(self, profile: Profile) -> None:
        if self.profile is not None and profile != self.profile:
            self._history.went_on_from(self.profile)
            self._go(profile)

    def _go(self, profile: Profile | None) -> bool:
        """Put another state of the profile in hand, and keep what of it is not saved."""
        if profile is None:
            return False
        if self.profile is not None and self.profile.id != profile.id:
            drop_rows(self.folders, self.profile.id)
            self._claim.drop(self.profile.id)
        self.profile = profile
        if self.dirty:
            self._keep_draft(profile)
        else:
            self._claim.drop(profile.id)
        return True

    @property
    def unkept(self) -> str:
        """Why what is not saved could not be kept beside the profile; "" where it is."""
        return self._claim.refused if self.dirty else ""

    def _keep_draft(self, profile: Profile) -> None:
        if not self._claim.keep(profile, objections) and objections(profile):
            self._claim.keep(masked(profile), objections)

    @property
    def _kept(self) -> Marks:
        return self._judging.marks if self._judging else Marks(profile="")

    def _in_hand(self) -> Profile:
        if self.profile is None:
            raise InputError("", "", "choose a patient first")
        return self.profile


__all__ = ["InHand"]
