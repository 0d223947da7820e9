"""Regular expressions that are made when they are first needed, and made of what an earlier process compiled.

To compile the patterns of a command took a fifth of its time. What compiling makes of a pattern is therefore kept beside
this module's own bytecode, in the same folder and on the same terms: for one version of Python, until matcher is installed
anew, never where Python itself keeps no bytecode, and made anew where it cannot be read. It is found by the pattern as it is
written, so only patterns of the source and of its tables belong here, never words of a patient.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from typing import TYPE_CHECKING, Any

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

        _FILE = (__spec__.cached or "").removesuffix(".pyc") + ".codes" if __spec__.cached else None
    except ImportError:  # pragma: no cover
        MAGIC, _FILE = 0, None
    _MADE_BY = (sys.version, MAGIC, os.path.getmtime(__file__) if _FILE else 0)
    _kept: dict[tuple[str, int], tuple[Any, ...]] = {}
    _new: dict[tuple[str, int], tuple[Any, ...]] = {}
    _asked: list[str] = []  # the file, once it was read

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
        if _FILE is None:
            return re.compile(written, flags)
        if not _kept:
            _kept.update(_read() or {("", -1): ()})
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

    def _read() -> dict[tuple[str, int], tuple[Any, ...]]:
        """What is kept; nothing where another version kept it, or it cannot be read."""
        try:
            with open(_FILE, "rb") as kept:
                by, found = marshal.loads(kept.read())
            return found if by == _MADE_BY else {}
        except (OSError, EOFError, ValueError, TypeError):
            return {}

    def keep() -> None:
        """Keep what this process compiled for the next one."""
        if not _new or sys.dont_write_bytecode:
            return
        written = f"{_FILE}.{os.getpid()}"
        try:
            with open(written, "wb") as kept:
                kept.write(marshal.dumps((_MADE_BY, {**_read(), **_new})))
            os.replace(written, _FILE)
        except OSError:  # a folder in which nothing may be written
            return


__all__ = ["keep", "later", "pattern_of"]
