"""All trials: searched as words are typed, narrowed by filters, each with its record beside."""

from __future__ import annotations

from matcher.app.commands import bindings
from matcher.app.screens.base import BaseScreen


class LibraryScreen(BaseScreen):
    """The trials of the library and of the folders."""

    BINDINGS = bindings("library")
