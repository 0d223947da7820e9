"""The dialogs that narrow, sort and group the trials, and in which she chooses the places her patients can go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.app.columns.trials import TrialsColumn
from matcher.app.fields import FieldSpec
from matcher.app.screens.dialogs import LineDialog
from matcher.app.screens.editor import RowEditor
from matcher.model.match import TIERS
from matcher.model.trial import Status
from matcher.session.narrowing import GROUPS, MARKS, fact_in, with_fact
from matcher.session.results import SORTS, sites_in
from matcher.storage.places import choose_places, named_places
from matcher.storage.refusal import InputError

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

_STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]
FIELDS = (
    FieldSpec("status", "status", "choice", ("open", "closed", *_STATUSES), empty="any"),
    FieldSpec("phase", "phase", "choice", ("early", "1", "2", "3", "4", "none"), empty="any"),
    FieldSpec("tier", "standing", "choice", TIERS, empty="any"),
    FieldSpec("mark", "mark", "choice", MARKS, empty="any or none"),
    FieldSpec("place", "place", hint="mine, or a city, a state, a country"),
    FieldSpec("sort", "sorted by", "choice", SORTS, empty="as before"),
    FieldSpec("group", "headings", "choice", GROUPS, empty="as before"),
)


def narrow_by_fields(app: MatcherApp) -> None:
    """Ask for the facts to narrow by, one field each; they stand in the filter's line then, as if they had been typed."""
    column = app.main.query_one(TrialsColumn)

    def commit(found: dict[str, Any]) -> None:
        typed = column.filter
        for key, value in found.items():
            typed = with_fact(typed, key, value or "")
        column.filter = typed

    values = {spec.key: fact_in(column.filter, spec.key) or None for spec in FIELDS}
    app.push_screen(RowEditor("Which trials to show", FIELDS, values, commit, verb="show them"))


def choose_her_places(app: MatcherApp) -> None:
    """Ask for the places, and show how many of the trials have a site in each."""
    column = app.main.query_one(TrialsColumn)
    text = "Cities, states or countries your patients can go to, commas between. Kept on this machine only."

    def take(typed: str | None) -> None:
        if typed is None:
            return
        try:
            column.places = choose_places(app.session.folders, typed.split(","))
        except (InputError, ValueError, OSError) as error:
            app.tell("Not kept", str(error))
            return
        column.show()
        app.toast(f"Sites are counted in {', '.join(column.places)}." if column.places else "Sites are counted anywhere.")

    def check(typed: str) -> None:
        named_places(typed.split(","))

    app.push_screen(LineDialog("Your places", text, ", ".join(column.places), check, lambda typed: _counted(app, typed)), take)


def _counted(app: MatcherApp, typed: str) -> str:
    """How many of the trials shown have a site in each place typed."""
    try:
        places = named_places(typed.split(","))
    except ValueError as error:
        return str(error)
    trials = app.session.trials or ()
    found = [(place, sum(bool(sites_in(one, (place,))) for one in trials)) for place in places]
    return "\n".join(f"{place}: {f'a site of {number} of these trials' if number else 'no site of these trials'}" for place, number in found)


__all__ = ["choose_her_places", "narrow_by_fields"]
