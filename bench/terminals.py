"""matcher in a terminal of its own, as a nurse has it: keys go in, what is drawn comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

from startup import environment

WIDE, HIGH = 140, 40
_PATIENCE = 30  # seconds after which nothing is expected any more


class Terminal:
    """matcher over a data folder; `own` is a folder to write in."""

    def __init__(self, data: Path, own: str) -> None:
        self._env = {**environment(own), "MATCHER_DATA": str(data), "TERM": "xterm-256color", "COLUMNS": str(WIDE), "LINES": str(HIGH)}
        self.seen = b""

    def __enter__(self) -> Terminal:
        """Open it."""
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HIGH, WIDE, 0, 0))
        self.begun, self._spent_before = time.perf_counter(), _spent()
        self._app = subprocess.Popen([sys.executable, "-m", "matcher"], stdin=self._theirs, stdout=self._theirs, stderr=self._theirs, env=self._env, start_new_session=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End it."""
        self._app.kill()
        self._app.wait()
        os.close(self._ours)
        os.close(self._theirs)
        self.spent = _spent() - self._spent_before

    def press(self, key: str) -> None:
        """A key, or several."""
        self.seen = b""
        os.write(self._ours, key.encode())

    def wait_for(self, words: str) -> float:
        """Read what is drawn until these words are in it; the time it is then."""
        while words.encode() not in self.seen:
            if not self.read(_PATIENCE):
                raise SystemExit(f"bench: {words!r} was not drawn within {_PATIENCE} s; seen: {self.seen[-400:]!r}")
        return time.perf_counter()

    def drawing(self) -> float:
        """The processor milliseconds that the thread that draws has had; 0 where the system does not tell."""
        try:
            told = Path(f"/proc/{self._app.pid}/task/{self._app.pid}/schedstat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        return int(told.split()[0]) / 1e6

    def read(self, seconds: float) -> bool:
        """Read what is drawn within so many seconds; False where nothing is."""
        if not select.select([self._ours], [], [], max(0.0, seconds))[0]:
            return False
        self.seen += os.read(self._ours, 65536)
        return True


def _spent() -> float:
    """The processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


__all__ = ["HIGH", "WIDE", "Terminal"]
