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
    settles: dict[tuple[str, str, str], set[str]] = {}
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
                excludes.setdefault(key, set()).add(one.trial_id)
                if len(criterion.missing) == 1:
                    settles.setdefault(key, set()).add(one.trial_id)
    found = [
        AskNext(question, tuple(bears[key]), len(excludes[key]), len(settles.get(key, ())))
        for key, question in asked.items()
    ]
    return sorted(found, key=lambda one: (-one.could_settle - one.could_exclude, -len(one.trials), one.question.list, one.question.name))
