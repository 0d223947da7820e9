"""Instructions counted by the processor: unlike seconds, the same on a busy machine and an idle one.

Only where the system lets a program count its own, as Linux does; else nothing is counted.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}  # the number of the system call
_HARDWARE, _SIZE, _INSTRUCTIONS = 0, 128, 1
_NOT_OF_THE_SYSTEM = 1 << 5 | 1 << 6
_CONFIG, _FLAGS = 8, 40  # where these stand in what is handed over


class Instructions:
    """Counts those of the thread that made it."""

    def __init__(self) -> None:
        self._file = _counter()

    def __call__(self) -> float:
        """Millions so far; 0 where they are not counted."""
        return struct.unpack("<Q", os.read(self._file, 8))[0] / 1e6 if self._file >= 0 else 0.0


def _counter() -> int:
    number = _PERF_EVENT_OPEN.get(platform.machine()) if platform.system() == "Linux" else None
    if number is None:
        return -1
    wanted = bytearray(_SIZE)
    struct.pack_into("<II", wanted, 0, _HARDWARE, _SIZE)
    struct.pack_into("<Q", wanted, _CONFIG, _INSTRUCTIONS)
    struct.pack_into("<Q", wanted, _FLAGS, _NOT_OF_THE_SYSTEM)
    return int(ctypes.CDLL(None).syscall(number, (ctypes.c_char * _SIZE).from_buffer(wanted), 0, -1, -1, 0))


__all__ = ["Instructions"]
