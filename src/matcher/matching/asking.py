"""What to ask next: the missing facts of all trials, most useful first."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.match import AskNext, TrialMatch
from matcher.model.verdict import Question, Verdict


def ask_next(matches: Sequence[TrialMatch]) -> list[AskNext]:
    """The questions of all trials that are still open, in order of how many an answer could settle or exclude."""
    asked: dict[tuple[str, str, str], Question] = {}
    bears: dict[tuple[str, str, str], dict[str, None]] = {}
    excludes: dict[tuple[str, str, str], set[str]] = {}
    settles: dict[tuple[str, str, str], int] = {}
    for one in matches:
        if one.tier == "excluded":
            continue
        for criterion in one.criteria:
            if criterion.verdict is not Verdict.UNKNOWN:
                continue
            for question in criterion.missing:
                key = (question.list, question.name.casefold(), question.question)
                asked.setdefault(key, question)
                bears.setdefault(key, {})[one.trial_id] = None
                if _could_exclude(one, criterion.group):
                    excludes.setdefault(key, set()).add(one.trial_id)
                if len(criterion.missing) == 1:
                    settles[key] = settles.get(key, 0) + 1
    found = [
        AskNext(question, tuple(bears[key]), len(excludes.get(key, ())), settles.get(key, 0))
        for key, question in asked.items()
    ]
    return sorted(found, key=lambda one: (-one.could_settle - one.could_exclude, -len(one.trials), one.question.list, one.question.name))


def _could_exclude(one: TrialMatch, group: str) -> bool:
    """Whether a failure in this group would exclude: everyone's rule always, a group's once all the others have failed."""
    failed = {criterion.group for criterion in one.excluding}
    return not group or {criterion.group for criterion in one.criteria} - failed <= {"", group}
