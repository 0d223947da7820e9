"""What is asked when a patient is opened: unsaved changes from a lost window, and facts that are some weeks old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.symbols import shown
from matcher.app.text.layout import short_day
from matcher.export.text import fact_name
from matcher.model.profile import Profile
from matcher.session.judging import changed_facts
from matcher.storage.drafts import draft_time

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

OLD_FACTS_DAYS = 21  # older facts are asked about
_UNSAVED = Choices((("r", "recover", "take them up again"), ("d", "discard", "throw them away")))
_GO_ON = Choices((("o", "ok", "go on"),))
_OLD_FACTS = Choices((
    ("t", "today", "same facts, as of today"), ("e", "edit", "give another day, or edit them"), ("k", "keep", "leave them as of that day"),
))


def ask_on_opening(app: MatcherApp) -> None:
    """Offer what was lost with the window or the power; then say where the facts are old."""
    draft = app.session.unsaved()
    if draft is None:
        _ask_age_of_facts(app)
    elif app.session.changed_elsewhere():
        _tell_of_other_window(app, draft)
    else:
        _ask_unsaved(app, draft)


def _ask_unsaved(app: MatcherApp, draft: Profile) -> None:
    def take(found: str | None) -> None:
        if found == "recover":
            app.session.recover(draft)
            app.recorded("", "Recovered; s saves, u takes it back.")
        elif found == "discard":
            app.session.discard()
        _ask_age_of_facts(app)

    words = f"{draft.id} was changed{_when(app, draft.id)}, and matcher was left without saving. Changed: {_changed(app, draft)}."
    app.push_screen(ChoiceDialog("Changes that were never saved", shown(words, app.symbols), _UNSAVED), take)


def _tell_of_other_window(app: MatcherApp, draft: Profile) -> None:
    words = f"Changes of {draft.id}{_when(app, draft.id)} that are not saved yet: {_changed(app, draft)}. Save them there, then open the patient here again."
    app.push_screen(ChoiceDialog("This patient is being changed in another window", shown(words, app.symbols), _GO_ON), lambda _: _ask_age_of_facts(app))


def _when(app: MatcherApp, code: str) -> str:
    found = draft_time(app.session.folders, code)
    return f" at {found:%H:%M} on {short_day(found.date(), app.session.today)}" if found else ""


def _changed(app: MatcherApp, draft: Profile) -> str:
    return ", ".join(fact_name(one) for one in changed_facts(app.session.profile, draft))


def _ask_age_of_facts(app: MatcherApp) -> None:
    session = app.session
    days = (session.today - session.as_of).days
    if days <= OLD_FACTS_DAYS or session.dated_by_hand:
        return

    def take(found: str | None) -> None:
        if found == "today":
            session.set_fact(as_of=session.today)
            app.recorded("", f"The facts now stand as of {session.today}; u takes it back.")
        elif found == "edit":
            app.edit_patient("who:as_of")

    words = f"They are as of {session.as_of}, {days} days ago. Windows such as “within 6 months” are measured back from that day."
    app.push_screen(ChoiceDialog("The facts are some weeks old", shown(words, app.symbols), _OLD_FACTS), take)
