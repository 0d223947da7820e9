"""Several patients: who may fit a trial, and the ward with the best trials for each."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import cut, fitted, hung, short_day, spread, stacked, styled
from matcher.app.text.patient import profile_words
from matcher.app.text.trial_rows import count_bar
from matcher.app.text.trials import relation_words
from matcher.app.theme import FAINT, TIER_STYLE, VERDICT_STYLE
from matcher.export.text import NO_TRIAL, left_words
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import status_words
from matcher.model.verdict import SHOWN, Verdict
from matcher.session.ward import Bed, Fit

_COUNTED = (Verdict.PASS, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.FAIL)
_BAR, _ID = 8, 12
_ROOMY = 96  # from this width on it is said what kind of trial it is
_REASONS = 2  # of what excludes a patient


def fit_row(one: Fit, width: int, symbols: Symbols, today: date) -> Content:
    """A patient for one trial: who it is; the standing with the bar; then what excludes, or what is left to ask."""
    match = one.match
    counted = [styled(f"{match.counts.get(verdict.value, 0)} {SHOWN[verdict][1]}", VERDICT_STYLE[verdict]) for verdict in _COUNTED if match.counts.get(verdict.value)]
    standing = styled(f"{symbols.tier(match.tier):<11}", TIER_STYLE.get(match.tier, ""))
    second = standing + count_bar(match, symbols, _BAR) + Content(" ") + Content(" ").join(counted)
    relation = styled(f"  {shown(relation_words(match.condition_relation), symbols)}", FAINT)
    lines = [_who(one.profile, one.day, width, symbols, today), cut(second + relation, width, symbols.ellipsis)]
    for fail in match.excluding[:_REASONS]:
        words = fitted(shown(f"{fail.id} {fail.reason}", symbols), 3 * width, symbols.ellipsis)
        sign = f"  {symbols.verdicts[Verdict.FAIL]} "
        lines.append(hung(styled(words, "$excludes"), width, sign, " " * len(sign)).stylize("$excludes", 0, len(sign)))
    if match.eligible_from:
        lines.append(styled(f"    from {short_day(match.eligible_from, today)} if nothing else changes", "$excludes"))
    return stacked(lines)


def bed_row(bed: Bed, width: int, symbols: Symbols, today: date) -> Content:
    """A patient of the ward: who it is, how many open trials are left, and how many closed ones."""
    return _who(bed.profile, bed.day, width, symbols, today, left_words(bed.tiers, bed.open, symbols.dot))


def best_row(match: TrialMatch, width: int, symbols: Symbols, today: date) -> Content:
    """One of the best trials of a patient, on one line."""
    tier = styled(f"  {symbols.tiers.get(match.tier, '?')} ", TIER_STYLE.get(match.tier, ""))
    name = styled(f" {fitted(shown(match.trial_id, symbols), _ID, symbols.ellipsis):<{_ID}} ", FAINT)
    about = f" {relation_words(match.condition_relation)} {symbols.dot} {status_words(match.status)}"
    title = Content(shown(match.title, symbols))
    return spread(tier + count_bar(match, symbols, _BAR) + name + title, styled(shown(about, symbols) if width >= _ROOMY else "", FAINT), width, symbols.ellipsis)


def _who(profile: Profile, day: date, width: int, symbols: Symbols, today: date, said: str = "") -> Content:
    """A patient in one line, with the day of the facts."""
    name = styled(shown(profile.id, symbols), "bold") + styled(f"  {shown(profile_words(profile, symbols), symbols)}", FAINT)
    facts = f"facts of {short_day(day, today)}"
    right = styled(f"{said}   ", "$accent" if said != NO_TRIAL else FAINT) if said else Content("")
    return cut(spread(name, right + styled(facts, FAINT), width, symbols.ellipsis), width, symbols.ellipsis)


__all__ = ["bed_row", "best_row", "fit_row"]
