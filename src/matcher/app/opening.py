"""What is asked when a patient is opened: unsaved changes from a lost window, and facts that are some weeks old."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matcher.app.reopening import reopen
from matcher.app.screens.dialogs import OK, ChoiceDialog, Choices
from matcher.app.symbols import shown
from matcher.app.text.layout import short_day
from matcher.app.text.typed_row import typed_words
from matcher.model.profile import Profile
from matcher.session.fact_changes import change_words
from matcher.storage.drafts import draft_time
from matcher.storage.typed_rows import DIALOGS, TypedRow

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

OLD_FACTS_DAYS = 21  # older facts are asked about
_UNSAVED = Choices((
    ("r", "recover", "take them up again"), ("d", "discard", "throw them away"), ("l", "later", "later; until then no draft is kept of what is changed now"),
))
_TYPED = Choices((("o", "open", "open it, to go on"), ("d", "discard", "throw it away"), ("l", "later", "later")))
_OLD_FACTS = Choices((
    ("t", "today", "same facts, as of today"), ("e", "edit", "give another day, or edit them"), ("k", "keep", "leave them as of that day"),
))


def ask_on_opening(app: MatcherApp) -> None:
    """Offer what was lost with the window or the power; then say where the facts are old."""
    draft = app.session.unsaved()
    if draft is None:
        _ask_typed(app)
    elif app.session.changed_elsewhere():
        _tell_of_other_window(app, draft)
    else:
        _ask_unsaved(app, draft)


def over_words(app: MatcherApp, refused: str) -> str:
    """Why a profile was not saved over its file, and what the file says by now that would be lost."""
    there = app.session.changed_on_disk()
    lines = [refused, *(["In the file it is now otherwise; written over, this is lost:", *there] if there else [])]
    return shown("\n".join(lines), app.symbols, lines=True)


def ask_after_saving(app: MatcherApp) -> None:
    """Offer what another window left behind that was lost meanwhile."""
    draft = app.session.unsaved()
    if draft is not None and not app.session.changed_elsewhere():
        _ask_unsaved(app, draft)


def _ask_unsaved(app: MatcherApp, draft: Profile) -> None:
    def take(found: str | None) -> None:
        if found == "recover":
            app.session.recover(draft)
            app.recorded("", f"Recovered; {app.key('main.save')} saves, {app.key('main.undo')} takes it back.")
        elif found == "discard":
            app.session.throw_away(draft)
        _ask_typed(app)

    words = f"{draft.id} was changed{_when(app, draft.id)}, and matcher was left without saving:\n{_changed(app, draft)}"
    app.push_screen(ChoiceDialog("Changes that were never saved", shown(words, app.symbols, lines=True), _UNSAVED), take)


def _ask_typed(app: MatcherApp) -> None:
    """Offer what was being typed, one thing after the other, each where it was; nothing of it is recorded by that."""
    _ask_each_typed(app, app.session.typed_rows())


def _ask_each_typed(app: MatcherApp, rows: Sequence[TypedRow]) -> None:
    if not rows:
        _ask_age_of_facts(app)
        return
    typed, *others = rows
    of_dialog = typed.listed in DIALOGS

    def take(found: str | None) -> None:
        if found == "open":
            reopen(app, typed)
            return
        if found == "discard":
            app.session.drop_typed(typed.listed if of_dialog else "")
        _ask_each_typed(app, others)

    words = "\n".join(["Not recorded, because matcher broke off while it was typed:", *typed_words(typed)])
    app.push_screen(ChoiceDialog("Words that were being typed" if of_dialog else "A row that was being typed", shown(words, app.symbols, lines=True), _TYPED), take)


def _tell_of_other_window(app: MatcherApp, draft: Profile) -> None:
    words = f"Changes of {draft.id}{_when(app, draft.id)} that are not saved yet:\n{_changed(app, draft)}\nSave them there, then open the patient here again."
    app.push_screen(ChoiceDialog("This patient is being changed in another window", shown(words, app.symbols, lines=True), OK), lambda _: _ask_age_of_facts(app))


def _when(app: MatcherApp, code: str) -> str:
    found = draft_time(app.session.folders, code)
    return f" at {found:%H:%M} on {short_day(found.date(), app.session.today)}" if found else ""


def _changed(app: MatcherApp, draft: Profile) -> str:
    return "\n".join(change_words(app.session.profile, draft))


def _ask_age_of_facts(app: MatcherApp) -> None:
    session = app.session
    days = (session.today - session.as_of).days
    if days <= OLD_FACTS_DAYS or session.dated_by_hand:
        return

    def take(found: str | None) -> None:
        if found == "today":
            session.set_fact(as_of=session.today)
            app.recorded("", f"The facts now stand as of {session.today}; {app.key('main.undo')} takes it back.")
        elif found == "edit":
            app.edit_patient("who:as_of")

    words = f"They are as of {session.as_of}, {days} days ago. Windows such as “within 6 months” are measured back from that day."
    app.push_screen(ChoiceDialog("The facts are some weeks old", shown(words, app.symbols), _OLD_FACTS), take)
