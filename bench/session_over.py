"""The app over a data folder, as `matcher` opens it there, with the shipped patient in hand."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from matcher.app.app import MatcherApp
from matcher.app.run import collect_less
from matcher.session import Session
from matcher.session.resuming import Left, leave
from matcher.storage.folders import folders

PATIENT = "LN-0042"


def session_in(data: Path) -> Session:
    """A session over the shipped trials, or over the library in a data folder, with the shipped patient."""
    os.environ["MATCHER_DATA"] = str(data)
    session = Session(folders(), date.today(), as_of=date(2026, 11, 21))
    session.open_profile(folders().profile_files()[PATIENT])
    return session


def app_over(data: Path) -> MatcherApp:
    """An app as `matcher` opens it."""
    app = MatcherApp(session_in(data))
    collect_less(app)
    return app


def left_with_patient(data: Path) -> None:
    """As it was left with the patient in hand."""
    leave(folders(data), Left(patient=PATIENT))


__all__ = ["app_over", "left_with_patient", "session_in"]
