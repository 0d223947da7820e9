"""The list of trials and the chosen one in words: the funnel, statuses, relations, the heading of a trial."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import fitted, hung, short_day, stacked, styled
from matcher.app.theme import FAINT, TIER_STYLE
from matcher.model.match import TrialMatch
from matcher.model.trial import OPEN_STATUSES
from matcher.session import Funnel, moved

MOVED_AT_MOST = 3  # trials that moved are named
STAGES = ("all", "open", "possible")
SORT_WORDS = {"rank": "rank", "open": "open ones first", "title": "title", "eligible": "eligible from", "undecided": "undecided", "sites": "sites"}


_LEFT_OUT = {"unrelated conditions": "about an unrelated condition", "records that files stand for": "with a file in their place"}


def in_stage(match: TrialMatch, stage: str) -> bool:
    """Whether a trial belongs to a stage of the funnel: all, open to new patients, open and not excluded."""
    if stage == "all":
        return True
    return match.status in OPEN_STATUSES and (stage == "open" or match.tier != "excluded")


def funnel(matches: tuple[TrialMatch, ...], stage: str, symbols: Symbols) -> str:
    """The numbers of trials: all 5, open 3, possible 2; the stage shown stands in brackets."""
    named = [(name, sum(in_stage(one, name) for one in matches)) for name in STAGES]
    arrow = " > " if symbols.plain else " → "
    return arrow.join(f"[{name} {number}]" if name == stage else f"{name} {number}" for name, number in named)


def tier_heading(tier: str, number: int, width: int, symbols: Symbols) -> Content:
    """The heading over the trials of one standing."""
    said = f"{symbols.rule} {symbols.tier(tier)} {symbols.dot} {number} "
    return styled(said, TIER_STYLE.get(tier, "")) + styled(symbols.rule * max(0, width - len(said)), FAINT)


def funnel_words(found: Funnel) -> str:
    """How a library came down to the trials shown: "5,005 trials · 1,210 too young or too old · … · 300 shown, best first"."""
    if len(found.steps) == 1:
        return f"{found.total:,} trials · the {found.shown:,} closest; the others are being judged"
    steps = [f"{removed:,} {_LEFT_OUT.get(name, name)}" for name, removed, _ in found.steps[1:] if removed]
    left = found.steps[-1][2] if found.steps else 0
    return " · ".join([f"{found.total:,} trials", *steps, f"{left:,} not excluded", f"{found.shown:,} shown, best first"])


def left_out_words(number: int, key: str) -> str:
    """How many files of trials, one of which may be the library, could not be read, and the key that says which."""
    one = number == 1
    return f"{number} file{'' if one else 's'} of trials left out: {'it' if one else 'they'} cannot be read; {key} says why"


def found_words(number: int, total: int, shown: int) -> str:
    """The heading over trials found by words: "beside the best 300: 27 more of the 40 with these words"."""
    return f"beside the best {shown:,}: {number:,} more of the {total:,} with these words"


def relation_words(relation: str) -> str:
    """How the trial's condition relates to the patient's, in words."""
    known = {
        "same": "same condition",
        "narrower": "narrower condition",
        "broader": "broader condition",
        "similar": "similar condition",
        "unrelated": "other condition",
        "unknown": "condition to check",
    }
    return known.get(relation, relation or known["unknown"])


def trial_heading(match: TrialMatch, width: int, symbols: Symbols, today: date) -> Content:
    """The chosen trial above its criteria: title, standing, and why it ranks where it does."""
    lines = [
        hung(styled(fitted(shown(match.title or match.trial_id, symbols), 4 * width, symbols.ellipsis), "bold"), width)
    ]
    facts = [symbols.tier(match.tier), f"rank {match.rank}" if match.rank else "not ranked", shown(relation_words(match.condition_relation), symbols)]
    if match.eligible_from:
        facts.append(f"from {short_day(match.eligible_from, today)}")
    lines.append(hung(styled(f" {symbols.dot} ".join(facts), FAINT), width))
    return stacked(lines)


def moved_words(before: Sequence[TrialMatch], after: Sequence[TrialMatch]) -> list[str]:
    """The trials that stand otherwise now, a line each, the first of them; how they stand is said once for those in a row."""
    changes = list(moved(before, after).items())
    titles = {one.trial_id: one.title for one in after}
    stands = ["", *(now for _, (_, now) in changes)]
    told = [f"{f'now {now}: ' if now != was else ''}{titles[trial] or trial}" for was, (trial, (_, now)) in zip(stands, changes[:MOVED_AT_MOST], strict=False)]
    return [*told, *([f"and {len(changes) - MOVED_AT_MOST} more"] if len(changes) > MOVED_AT_MOST else [])]
