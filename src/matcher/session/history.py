"""Every state of a profile since it was taken up, to go back and forth between."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.model.profile import Profile


@dataclass(slots=True)
class History:
    """The states before the one in hand, latest last, and those taken back, latest taken back last."""

    _before: list[Profile] = field(default_factory=list)
    _after: list[Profile] = field(default_factory=list)

    def went_on_from(self, profile: Profile) -> None:
        """A change was made: what was taken back before it is gone."""
        self._before.append(profile)
        self._after.clear()

    def back(self, now: Profile) -> Profile | None:
        """The state before this one; None where this is the first."""
        if not self._before:
            return None
        self._after.append(now)
        return self._before.pop()

    def forth(self, now: Profile) -> Profile | None:
        """The state that was taken back last; None where nothing was."""
        if not self._after:
            return None
        self._before.append(now)
        return self._after.pop()
