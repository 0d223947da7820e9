"""What of a profile does not go together: values, days and states by their meaning, and a recorded "no" beside what it denies."""

from __future__ import annotations

from datetime import date

from matcher.matching.contradictions import Contradiction, contradictions
from matcher.matching.patient import prepare
from matcher.model.profile import Profile
from matcher.session.answers import CAN_BE_ABSENT
from matcher.session.clashes import clash_words
from matcher.vocabulary import load


def contradictions_in(profile: Profile, as_of: date) -> list[Contradiction]:
    """Everything recorded that can hardly be true together; nothing is changed by it, and no verdict follows from it."""
    return [*_denied(profile), *contradictions(prepare(profile, load(), as_of))]


def _denied(profile: Profile) -> list[Contradiction]:
    """A "no" beside a fact of the same list that it denies, told once for both."""
    found = []
    for listed in CAN_BE_ABSENT:
        entries = getattr(profile, listed)
        for place, no in enumerate(entries):
            for other, fact in enumerate(entries):
                if place != other and (words := clash_words(listed, no, fact)):
                    found.append(Contradiction((f"{listed}:{place}", f"{listed}:{other}"), words))
    return found


__all__ = ["Contradiction", "contradictions_in"]
