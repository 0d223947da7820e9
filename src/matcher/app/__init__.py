"""The app in the terminal: the only room that knows textual, imported only when it is opened."""

from matcher.app.run import run_app

__all__ = ["run_app"]
