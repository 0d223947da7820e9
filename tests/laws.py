"""How many examples a law is tried on: few and always the same ones each time, many new ones when asked.

`HYPOTHESIS_PROFILE=thorough` tries every law on twenty times as many examples, drawn afresh, and the laws over samples of
shared records on twenty times as many records.
"""

from __future__ import annotations

import os
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis.internal.constants_ast import Constants

_FOLD = {"ci": 1, "thorough": 20}
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
if _PROFILE not in _FOLD:
    raise ValueError(f"HYPOTHESIS_PROFILE: found {_PROFILE!r}, expected one of: {', '.join(_FOLD)}")
_USUAL = 40
THOROUGH = _PROFILE == "thorough"
_UNCHECKED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

for _name, _fold in _FOLD.items():
    settings.register_profile(
        _name, max_examples=_USUAL * _fold, deadline=None, suppress_health_check=_UNCHECKED, derandomize=_name == "ci"
    )
settings.load_profile(_PROFILE)
if not THOROUGH:
    # The constants of all modules loaded so far are mixed into what is drawn: other examples in each process, and four seconds to gather them.
    patch("hypothesis.internal.conjecture.providers._get_local_constants", Constants).start()


def many(number: int) -> int:
    """As many as this in the usual run, twenty times as many in the thorough one."""
    return number * _FOLD[_PROFILE]


def examples(number: int) -> settings:
    """The settings of a law that costs more or less than the usual one."""
    return settings(max_examples=many(number))
