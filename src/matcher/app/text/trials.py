"""The trial rows: can she, what stands in the way, what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import cut, fitted, hung, short_day, spread, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, TIER_STYLE, VERDICT_STYLE
from matcher.model.match import TrialMatch
from matcher.model.trial import OPEN_STATUSES
from matcher.model.verdict import SHOWN, Verdict
from matcher.session import Funnel
from matcher.storage.marks import Mark

SHOWN_AT_MOST = 500
BAR_CELLS = 12
_BAR_ORDER = (Verdict.PASS, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.FAIL)
STAGES = ("all", "open", "possible")


def in_stage(match: TrialMatch, stage: str) -> bool:
    """Whether a trial belongs to a stage of the funnel: all, open to new patients, open and not excluded."""
    if stage == "all":
        return True
    return match.status in OPEN_STATUSES and (stage == "open" or match.tier != "excluded")


def found_by(match: TrialMatch, words: str) -> bool:
    """Whether every word of a filter occurs in the trial's id, title, status, standing or relation."""
    text = f"{match.trial_id} {match.title} {match.status} {match.tier} {match.condition_relation}".casefold()
    return all(word in text for word in words.casefold().split())


def trial_rows(
    matches: tuple[TrialMatch, ...], marks: Mapping[str, Mark], width: int, symbols: Symbols, today: date
) -> list[Row]:
    """One row for each trial, at most SHOWN_AT_MOST, and a closing line that says so where some are left out."""
    rows = [
        Row(trial_row(one, marks.get(one.trial_id), width, symbols, today), one.trial_id)
        for one in matches[:SHOWN_AT_MOST]
    ]
    if len(matches) > SHOWN_AT_MOST:
        rows.append(Row(styled(f"{len(matches) - SHOWN_AT_MOST} more are not shown; narrow them with /", FAINT)))
    return rows


def trial_row(match: TrialMatch, mark: Mark | None, width: int, symbols: Symbols, today: date) -> Content:
    """The title; the standing with the bar of counts; what kind of trial, and the mark; then what excludes."""
    title = styled(fitted(shown(match.title or match.trial_id, symbols), width, symbols.ellipsis), "bold")
    standing = styled(f"{symbols.tier(match.tier):<11}", TIER_STYLE.get(match.tier, ""))
    counted = _counted(match)
    cells = max(4, min(BAR_CELLS, width - 12 - counted.cell_length))
    second = standing + count_bar(match, symbols, cells) + Content(" ") + counted
    relation, status = relation_words(match.condition_relation), status_words(match.status)
    if match.status in OPEN_STATUSES:
        third = styled(shown(f"  {relation} {symbols.dot} {status}", symbols), FAINT)
    elif match.status == "unknown":
        third = styled("  open? not known", "$ask") + styled(shown(f" {symbols.dot} {relation}", symbols), FAINT)
    else:
        third = styled("  not open", "$ask") + styled(shown(f" ({status}) {symbols.dot} {relation}", symbols), FAINT)
    if mark and mark.mark in symbols.marks:
        third = spread(third, styled(f"{symbols.marks[mark.mark]} {mark.mark}", "$accent"), width, symbols.ellipsis)
    lines = [title, cut(second, width, symbols.ellipsis), cut(third, width, symbols.ellipsis)]
    return stacked([*lines, _obstacle(match, width, symbols, today)] if match.excluding else lines)


def count_bar(match: TrialMatch, symbols: Symbols, cells: int = BAR_CELLS) -> Content:
    """The verdicts as a bar of so many cells, four at least; every verdict that occurs has one."""
    counts = [(verdict, match.counts.get(verdict.value, 0)) for verdict in _BAR_ORDER]
    total = sum(count for _, count in counts)
    if not total:
        return styled(symbols.dot * cells, FAINT)
    lengths = {verdict: max(1, round(cells * count / total)) for verdict, count in counts if count}
    while sum(lengths.values()) != cells:
        longest = max(lengths, key=lambda verdict: lengths[verdict])
        lengths[longest] += 1 if sum(lengths.values()) < cells else -1
    parts = [styled(symbols.bars[verdict] * length, VERDICT_STYLE[verdict]) for verdict, length in lengths.items()]
    return Content("").join(parts)


def _obstacle(match: TrialMatch, width: int, symbols: Symbols, today: date) -> Content:
    first = match.excluding[0]
    tail = f" {symbols.dot} {len(match.excluding) - 1} more" if len(match.excluding) > 1 else ""
    tail += f" {symbols.dot} from {short_day(match.eligible_from, today)}" if match.eligible_from else ""
    sign = f"  {symbols.verdicts[Verdict.FAIL]} "
    text = fitted(first.text.rstrip(" .:;,"), 60, symbols.ellipsis)
    reason = first.reason.removeprefix("Recorded: ")
    words = shown(f"{first.id} {text}: {reason}".rstrip(" .:;,"), symbols)
    words = fitted(words, max(10, 4 * (width - len(sign)) - len(tail) - 16), symbols.ellipsis)
    return hung(styled(words + tail, "$excludes"), width, sign, " " * len(sign)).stylize("$excludes", 0, len(sign))


def _counted(match: TrialMatch) -> Content:
    counted = [(verdict, match.counts.get(verdict.value, 0)) for verdict in _BAR_ORDER]
    pieces = [styled(f"{number} {SHOWN[verdict][1]}", VERDICT_STYLE[verdict]) for verdict, number in counted if number]
    return Content(" ").join(pieces) if pieces else styled("no criteria were read", FAINT)


def funnel(matches: tuple[TrialMatch, ...], stage: str, symbols: Symbols) -> str:
    """The numbers of trials: all 5, open 3, possible 2; the stage shown stands in brackets."""
    named = [(name, sum(in_stage(one, name) for one in matches)) for name in STAGES]
    arrow = " > " if symbols.plain else " → "
    return arrow.join(f"[{name} {number}]" if name == stage else f"{name} {number}" for name, number in named)


def funnel_words(found: Funnel) -> str:
    """How a library came down to the trials shown: "5,005 trials · 1,210 too young or too old · … · 300 shown, best first"."""
    steps = [f"{removed:,} {name}" for name, removed, _ in found.steps[1:] if removed]
    left = found.steps[-1][2] if found.steps else 0
    return " · ".join([f"{found.total:,} trials", *steps, f"{left:,} not excluded", f"{found.shown:,} shown, best first"])


def status_words(status: str) -> str:
    """A recruitment status without its hyphens."""
    return status.replace("-", " ")


def relation_words(relation: str) -> str:
    """How the trial's condition relates to the patient's, in words."""
    known = {
        "same": "same condition",
        "narrower": "narrower condition",
        "broader": "broader condition",
        "related": "related condition",
        "unrelated": "other condition",
        "unknown": "condition to check",
        "none": "no condition stated",
    }
    return known.get(relation, relation or known["unknown"])


def trial_heading(match: TrialMatch, width: int, symbols: Symbols, today: date) -> Content:
    """The chosen trial above its criteria: title, standing, and why it ranks where it does."""
    lines = [
        hung(styled(fitted(shown(match.title or match.trial_id, symbols), 4 * width, symbols.ellipsis), "bold"), width)
    ]
    facts = [symbols.tier(match.tier), f"rank {match.rank}", shown(relation_words(match.condition_relation), symbols)]
    if match.eligible_from:
        facts.append(f"from {short_day(match.eligible_from, today)}")
    lines.append(hung(styled(f" {symbols.dot} ".join(facts), FAINT), width))
    return stacked(lines)
