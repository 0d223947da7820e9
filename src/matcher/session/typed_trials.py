"""A trial typed or pasted by hand: read while it is typed, kept in the library, typed again, removed."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from matcher.matching.compiled import compiled
from matcher.model.trial import Trial
from matcher.reading import read_eligibility
from matcher.session.importing import MADE_WITH
from matcher.sources import by_hand
from matcher.sources.ages import read_ages
from matcher.sources.assemble import assemble
from matcher.sources.fields import absent
from matcher.sources.kinds import digest, drafted, read_source
from matcher.sources.values import Draft
from matcher.storage.folders import Folders
from matcher.storage.import_lock import import_lock
from matcher.storage.index import Index
from matcher.storage.library import Library
from matcher.storage.refusal import InputError
from matcher.storage.rows import Kept, Sections, row
from matcher.storage.toml_files import read_trials

_AGES = "ages “{}”: expected such as 18 to 75, from 18, up to 64, or all"
_NAMED = (("title", "Title"), ("id", "ID"), ("condition", "Condition"), ("status", "Status"), ("ages", "Ages"), ("sex", "Sex"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a person typed of a trial: a line for each name, and the eligibility text or a whole page as pasted."""

    title: str = ""
    id: str = ""
    condition: str = ""
    status: str = ""
    ages: str = ""
    sex: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TypedReading:
    """What was made of it: the record where there is one, its text by section, and what is to be said of it."""

    trial: Trial | None = None
    sections: Sections = ()
    problems: tuple[str, ...] = ()
    ages: str = ""  # what is wrong with the ages typed

    @property
    def shares(self) -> str:
        """How much was read: "5 criteria: 3 read, 1 in part, 1 not read"."""
        counts = Counter(compiled(one).read for one in (self.trial.criteria if self.trial else ()))
        every = counts.total()
        said = [f"{counts[share]} {words}" for share, words in (("full", "read"), ("part", "in part"), ("none", "not read")) if counts[share]]
        return f"{every} {'criterion' if every == 1 else 'criteria'}: {', '.join(said)}" if every else "no criterion yet"

    @property
    def site(self) -> str:
        """The kind of page that was recognised; "" for what was typed."""
        site = self.trial.source.site if self.trial and self.trial.source else by_hand.SITE
        return "" if site == by_hand.SITE else site


def read_typed(typed: Typed, today: date) -> TypedReading:
    """What is typed so far as a record; a whole page pasted is read as a page where nothing else is typed."""
    named = [f"{label}: {' '.join(value.split())}" for name, label in _NAMED if (value := getattr(typed, name).strip())]
    if not typed.text.strip():
        return TypedReading()
    if not named:
        found = read_source(typed.text, "the text", today)
        said = tuple(one.message for one in found.problems)
        if found.drafts:
            return _assembled(found.drafts[0], said)
    ages = " ".join(typed.ages.split())
    wrong = "" if not ages or absent(ages) or read_ages(ages) is not None else _AGES.format(ages[:40])
    return replace(_assembled(_typed(named or ["Title:"], typed.text, today), (wrong,) if wrong else ()), ages=wrong)


def _typed(named: list[str], text: str, today: date) -> Draft | None:
    whole = "\n".join([*named, "", "Criteria:", text])
    found = drafted(by_hand.read(whole), by_hand.SITE, by_hand.FORMAT, digest(whole), "the text", "page", today)
    return found.drafts[0] if found.drafts else None


def _assembled(draft: Draft | None, problems: tuple[str, ...]) -> TypedReading:
    if draft is None:
        return TypedReading(problems=problems or ("nothing could be read",))
    sections = tuple((section.kind, section.text) for section in draft.eligibility)
    return TypedReading(assemble(draft, read_eligibility), sections, problems)


def save_typed(places: Folders, reading: TypedReading, over: str = "") -> str:
    """Keep the record in the library and return its id; `over` is the one typed before that it stands for.

    InputError where there is no title or criterion yet, the ages are none, or where another record has this id.
    """
    trial = reading.trial
    if trial is None or not trial.title:
        raise InputError("", "", "give the trial a title and its eligibility text first")
    if reading.ages:
        raise InputError("", "", reading.ages)
    if not trial.criteria:
        raise InputError("", "", "no criterion was found in the text; type one a line")
    with import_lock(places.library, f"process {os.getpid()}"), Library(places.library, create=True, beside=[Index()]) as library:
        if trial.id != over and (library.known(trial.id) or any(one.id == trial.id for one in read_trials(places.trial_paths).trials)):
            raise InputError(trial.id, "", "there is a trial with this id already; give this one another id")
        library.put([row(Kept(trial, reading.sections, MADE_WITH), library.beside)])
        if over and over != trial.id:
            library.remove(over)
    return trial.id


def typed_of(places: Folders, trial_id: str) -> Typed:
    """A trial typed by hand as it was typed, to be typed again; InputError where it is none."""
    with Library(places.library) as library:
        kept = library.kept(trial_id)
    trial = _by_hand(kept.trial if kept else None, trial_id)
    ages = next((one.text.removeprefix("Ages: ") for one in trial.criteria if one.kind == "registry" and one.text.startswith("Ages: ")), "")
    text = "\n\n".join(text for _, text in kept.sections) if kept else ""
    return Typed(title=trial.title, id=trial.id, condition="; ".join(trial.conditions), status=trial.status, ages=ages, sex=trial.sex or "", text=text.strip())


def remove_typed(path: Path, trial_id: str) -> None:
    """Remove a trial that was typed by hand from a library; InputError for any other: a registry's comes again with the next import."""
    if not path.exists():
        raise InputError(str(path), "", "there is no such library; `matcher import` makes one")
    with import_lock(path, f"process {os.getpid()}"), Library(path, create=True, beside=[Index()]) as library:
        _by_hand(library.trial(trial_id), trial_id)
        library.remove(trial_id)


def _by_hand(trial: Trial | None, trial_id: str) -> Trial:
    if trial is None or trial.source is None or trial.source.site != by_hand.SITE:
        raise InputError(trial_id, "", "not a trial typed by hand; only those are edited and removed here")
    return trial


__all__ = ["Typed", "TypedReading", "read_typed", "remove_typed", "save_typed", "typed_of"]
