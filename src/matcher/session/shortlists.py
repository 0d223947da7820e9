"""The shortlist of the patient in hand: its trials in their order, writing it in any form, and checking one again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from matcher.export.comparison import Compared
from matcher.export.dossier import Dossier, dossier
from matcher.export.formats import Format, Made
from matcher.export.recheck import Recheck, recheck
from matcher.export.shortlist import Shortlist, load_shortlist
from matcher.matching import match
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.session.judging import with_decisions
from matcher.session.records import records_of
from matcher.session.session import Session
from matcher.session.versions import WRITTEN_WITH
from matcher.storage.files import file_digest, write_text
from matcher.storage.folders import Folders, file_stem
from matcher.storage.marks import Mark, load_marks, set_order
from matcher.storage.refusal import InputError


def marked(session: Session) -> list[tuple[Mark, TrialMatch | None]]:
    """The marked trials in the order they were put in by hand, then of their ranks; None beside one that is not judged."""
    found = {one.trial_id: one for one in session.matches}
    kept = session.judging.marks
    last = len(found) + 1
    order = sorted(kept.marks, key=lambda one: (kept.place(one.trial_id), found[one.trial_id].rank if one.trial_id in found else last, one.trial_id))
    return [(one, found.get(one.trial_id)) for one in order]


def move(session: Session, trial_id: str, by: int) -> bool:
    """Put a marked trial so many places further down, or up; False where it stands at that end already."""
    order = [one.trial_id for one, _ in marked(session)]
    place = order.index(trial_id)
    if not 0 <= place + by < len(order):
        return False
    order.insert(place + by, order.pop(place))
    session.judging.marks = set_order(session.folders.marks, session.judging.profile, order)
    return True


def shortlist_path(session: Session, form: Format[Dossier]) -> Path:
    """Where a shortlist goes unless told otherwise."""
    return _path(session, "shortlist", form)


def checklist_path(session: Session, trial_id: str, form: Format[Dossier]) -> Path:
    """Where the checklist of a trial goes unless told otherwise."""
    return _path(session, f"checklist-{file_stem(trial_id)[:40]}", form)


def write_shortlist(session: Session, form: Format[Dossier], path: Path, over: bool = False) -> int:
    """Write the marked trials and say how many; ChangedOnDisk where the file is there already."""
    found = _dossier(session, session.matches)
    if not found.entries:
        raise InputError("", "", "no trial is marked yet; mark one, then export")
    write_text(path, form.written(found), expected=file_digest(path) if over else None)
    return len(found.entries)


def write_checklist(session: Session, trial_id: str, form: Format[Dossier], path: Path, over: bool = False) -> None:
    """Write the blank visit checklist of one trial; ChangedOnDisk where the file is there already."""
    chosen = [one for one in session.matches if one.trial_id == trial_id]
    if not chosen:
        raise InputError(trial_id, "", "the trial is not judged: let every trial be judged again")
    write_text(path, form.written(_dossier(session, chosen, every=True)), expected=file_digest(path) if over else None)


def comparison_path(session: Session, trials: Sequence[str], form: Format[Compared]) -> Path:
    """Where a comparison goes unless told otherwise."""
    return _path(session, f"comparison-{'-'.join(file_stem(one)[:20] for one in trials)}", form)


def write_comparison(found: Compared, form: Format[Compared], path: Path, over: bool = False) -> None:
    """Write a comparison of trials; ChangedOnDisk where the file is there already."""
    write_text(path, form.written(found), expected=file_digest(path) if over else None)


def last_exported(session: Session) -> Path | None:
    """The shortlist of this patient that was exported last to the usual place, to be checked again."""
    found = session.folders.exports.glob(f"{file_stem(session.judging.profile)}-shortlist-????-??-??.toml")
    return max(found, default=None)


def rechecking(session: Session, path: Path) -> Callable[[], Recheck]:
    """The work of checking a shortlist in a file again, for the patient in hand; InputError where it is another's."""
    listed = load_shortlist(path)
    profile, day, places = session.profile, session.as_of, session.folders
    if profile is None or listed.profile != profile.id:
        raise InputError(str(path), "", f"this is the shortlist of {listed.profile}: choose that patient first")
    return lambda: checked_again(listed, profile, day, places)


def checked_again(listed: Shortlist, profile: Profile, day: date, places: Folders, paths: Sequence[str] | None = None) -> Recheck:
    """What has changed since a shortlist was made, its trials judged as they are today (in the paths given, else the user's)."""
    trials = list(records_of([one.id for one in listed.trials], places, paths).values())
    marks = load_marks(places.marks, profile.id)
    matches = with_decisions(match(profile, trials, day), trials, marks, profile, day)
    return recheck(listed, profile, trials, matches, marks, WRITTEN_WITH, day)


def _dossier(session: Session, matches: Sequence[TrialMatch], *, every: bool = False) -> Dossier:
    assert session.profile is not None
    wanted = {one.trial_id for one in matches}
    trials = [one for one in session.trials or () if one.id in wanted]
    return dossier(session.profile, trials, matches, session.judging.marks, WRITTEN_WITH, session.as_of, every)


def _path(session: Session, what: str, form: Format[Made]) -> Path:
    return session.folders.exports / f"{file_stem(session.judging.profile)}-{what}-{session.as_of.isoformat()}{form.ending}"


__all__ = [
    "checked_again", "checklist_path", "comparison_path", "last_exported", "marked", "move", "rechecking", "shortlist_path",
    "write_checklist", "write_comparison", "write_shortlist",
]
