"""Opening again what was being typed when matcher was lost: the dialog or the row it was typed in, as it was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from matcher.app.handing_over import judge_trial
from matcher.app.screens.curating import edit_check
from matcher.app.shortlisting import mark_trial
from matcher.app.text.typed_row import typed_words
from matcher.storage.typed_rows import NEW, TypedRow

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp
    from matcher.model.match import TrialMatch


def reopen(app: MatcherApp, typed: TypedRow) -> None:
    """Open it; a dialog that is about trials waits until they are judged, and takes up by itself what was typed in it."""
    match typed.listed:
        case "judge":
            app.once_judged(partial(_judge, app, typed))
        case "mark":
            app.once_judged(partial(_mark, app, typed))
        case "check":
            app.once_judged(partial(_check, app, typed))
        case "ask":
            app.once_judged(partial(_answer, app, typed))
        case "paste":
            app.edit_patient("labs:new", typed)
        case listed:
            app.edit_patient(f"{listed}:{typed.place if typed.place != NEW else 'new'}", typed)


def _judge(app: MatcherApp, typed: TypedRow) -> None:
    match = _match(app, typed)
    criteria = [one for one in match.criteria if one.id in typed.about[1:]] if match else []
    if match is None or len(criteria) != len(typed.about) - 1:
        _gone(app, typed)
    else:
        app.main.judge(match, criteria)


def _mark(app: MatcherApp, typed: TypedRow) -> None:
    if _match(app, typed) is None:
        _gone(app, typed)
    else:
        mark_trial(app, typed.about[0])


def _check(app: MatcherApp, typed: TypedRow) -> None:
    match = _match(app, typed)
    place = next((place for place, one in enumerate(match.criteria) if one.id == typed.about[1]), None) if match else None
    if place is None:
        _gone(app, typed)
    else:
        edit_check(app, typed.about[0], place)


def _answer(app: MatcherApp, typed: TypedRow) -> None:
    if not app.main.answer_again(typed):
        _gone(app, typed)


def _match(app: MatcherApp, typed: TypedRow) -> TrialMatch | None:
    """The trial it is about, chosen and judged; None where it is not there any more."""
    if not typed.about:
        return None
    judge_trial(app, typed.about[0])
    chosen = app.session.chosen
    return chosen if chosen is not None and chosen.trial_id == typed.about[0] else None


def _gone(app: MatcherApp, typed: TypedRow) -> None:
    """What it was about is not there any more: the words are shown once more, so that they can be written elsewhere."""
    app.tell("This is not there any more", "\n".join(typed_words(typed)))


__all__ = ["reopen"]
