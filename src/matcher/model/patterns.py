"""Regular expressions that are made when they are first needed: making all there are took a twentieth of a command's time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as later
else:

    class _Later:
        """A pattern not made yet; what is asked of it is from then on its own."""

        def __init__(self, written: str, flags: int) -> None:
            self._written, self._flags = written, flags

        def __getattr__(self, name: str) -> Any:
            found = getattr(re.compile(self._written, self._flags), name)
            setattr(self, name, found)
            return found

    def later(written: str, flags: int = 0) -> Any:
        """The pattern as `re.compile` would make it."""
        return _Later(written, flags)


__all__ = ["later"]
