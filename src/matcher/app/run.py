"""Opening the app."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.session.answering import Answering
from matcher.storage.folders import Folders, folders

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp
    from matcher.model.match import TrialMatch
    from matcher.model.trial import Trial

_YOUNG, _OLDER, _OLD = 2_000, 10, 10  # objects made, and passes, between two looks for garbage
_SOON = (  # loaded once the first match stands
    "intake.patterns", "app.screens.compare", "app.screens.library", "app.screens.shortlist", "app.screens.ward", "app.screens.bringing", "app.screens.pasted_labs",
)
_TURN = 0.0005  # seconds that a key waits for its turn while a thread judges trials


def run_app(
    places: Folders | None = None,
    profile: Path | None = None,
    trials: Sequence[Trial] | None = None,
    as_of: date | None = None,
) -> int:
    """Open the app, with a profile and trials where they are given, and return its exit code."""
    places, answering = places or folders(), Answering()
    answering.begin_apart(library=places.library.exists())
    try:
        return _run(places, answering, profile, trials, as_of)
    finally:
        answering.end_apart()


def _run(places: Folders, answering: Answering, profile: Path | None, trials: Sequence[Trial] | None, as_of: date | None) -> int:
    from matcher.app.app import MatcherApp  # loaded while the process that matches begins
    from matcher.app.commands import bound
    from matcher.app.ending import end_with_terminal
    from matcher.app.symbols import symbols_for
    from matcher.session import Session
    from matcher.session.preferences import preferences, write_preferences

    session = Session(places, date.today(), trials, as_of, answering=answering)
    if profile is not None:
        session.open_profile(profile)
    locale = next((os.environ[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(key)), None)
    write_preferences(session.folders, bound())
    settings = preferences(session.folders, bound())
    app = MatcherApp(session, symbols_for(sys.stdout.encoding, os.environ.get("TERM"), locale), settings)
    collect_less(app)
    sys.setswitchinterval(_TURN)
    end_with_terminal(app)
    app.run(mouse=settings.mouse)
    return app.return_code or 0


def collect_less(app: MatcherApp) -> None:
    """Look for garbage seldom, and not among what is loaded once and stays: a look through it all would hold up a key."""
    gc.set_threshold(_YOUNG, _OLDER, _OLD)
    app.loaded = lambda: app.run_worker(partial(_get_ready, app.session.matches[:2]), thread=True, exit_on_error=False)


def _get_ready(matches: Sequence[TrialMatch]) -> None:
    """Beside the screen, load what the next keys need, so that the first of them is as quick as the second."""
    from matcher.matching.aligning import aligned
    from matcher.session.suggesting import prepare
    from matcher.vocabulary import load

    prepare()
    for name in ("rapidfuzz.process", *(f"matcher.{one}" for one in _SOON)):
        import_module(name)
    aligned(matches, load())  # a comparison looks up what lies above a disease, in a table of its own
    gc.freeze()
