"""Regular expressions that are made when they are first needed, and made of what an earlier process compiled.

To compile the patterns of a command took a fifth of its time. What compiling makes of a pattern is therefore kept (`kept.py`),
and found by the pattern as it is written: only patterns of the source and of its tables belong here, never words of a patient.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from matcher.model.kept import made_of, read, write

if TYPE_CHECKING:
    from re import compile as later
    from re import compile as pattern_of

    def keep() -> None:
        """Keep what this process compiled for the next one."""
else:
    try:  # inner parts of Python: where they are called otherwise, patterns are compiled as usual
        from _sre import MAGIC
        from _sre import compile as _from_codes
        from re._compiler import _code
        from re._parser import parse

        _MADE_BY = (MAGIC, *made_of((__file__,)))
    except (ImportError, OSError):  # pragma: no cover
        _MADE_BY = None
    _NAME = "patterns"
    _kept: dict[tuple[str, int], tuple[Any, ...]] = {}
    _new: dict[tuple[str, int], tuple[Any, ...]] = {}

    class _Later:
        """A pattern not made yet; what is asked of it is from then on its own."""

        def __init__(self, written: str, flags: int) -> None:
            self._written, self._flags = written, int(flags)

        def __getattr__(self, name: str) -> Any:
            found = getattr(pattern_of(self._written, self._flags), name)
            setattr(self, name, found)
            return found

    def later(written: str, flags: int = 0) -> Any:
        """The pattern as `re.compile` would make it."""
        return _Later(written, flags)

    def pattern_of(written: str, flags: int = 0) -> re.Pattern[str]:
        """The pattern as `re.compile` would make it, for what is used at once."""
        flags = int(flags)
        if _MADE_BY is None:
            return re.compile(written, flags)
        if not _kept:
            _kept.update(read(_NAME, _MADE_BY) or {("", -1): ()})  # read once, though nothing is kept
        kept = _kept.get((written, flags))
        try:
            if kept is None:
                kept = _kept[written, flags] = _new[written, flags] = _compiled(written, flags)
            every, codes, groups, index, names = kept
            return _from_codes(written, every, memoryview(codes).cast("I").tolist(), groups, index, names)
        except (TypeError, ValueError, RuntimeError, OverflowError):  # another Python's engine, or a file that was damaged
            return re.compile(written, flags)

    def _compiled(written: str, flags: int) -> tuple[Any, ...]:
        """What `re.compile` hands on to the engine: all flags, the codes, and the groups with their names."""
        parsed = parse(written, flags)
        index = parsed.state.groupdict
        names = {place: name for name, place in index.items()}
        codes = b"".join(code.to_bytes(4, sys.byteorder) for code in _code(parsed, flags))
        groups = parsed.state.groups
        return int(parsed.state.flags | flags), codes, groups - 1, dict(index), tuple(map(names.get, range(groups)))

    def keep() -> None:
        """Keep what this process compiled for the next one."""
        if _new:
            write(_NAME, _MADE_BY, (read(_NAME, _MADE_BY) or {}) | _new)


__all__ = ["keep", "later", "pattern_of"]
