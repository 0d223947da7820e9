"""A trial's record as it stands, and one hit among those found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.content import Content

from matcher.app.symbols import Symbols, shown, shown_with_spans
from matcher.app.text.layout import cut, fitted, hung, stacked, styled
from matcher.app.text.spans import marked_record
from matcher.app.theme import FAINT, HEADING
from matcher.model.trial import OPEN_STATUSES, Criterion, Trial, status_words, years_text
from matcher.session.browsing import Shelved
from matcher.session.results import lies_in
from matcher.storage.search import Hit

_PLACES = {"yours": "in your folder", "shipped": "comes with matcher", "library": "in the library"}
_MOST_SITES, _MOST_NAMES = 12, 20
_KINDS = (("inclusion", "Inclusion"), ("exclusion", "Exclusion"), ("registry", "The registry's own limits"))
HIT_LINES = 2
_LONGEST_ID = 24


def hit_row(hit: Hit, confirmed: tuple[int, int] | None, width: int, symbols: Symbols) -> Content:
    """A trial found: its title; its id and status, and how many of its checks a person confirmed."""
    title = styled(fitted(shown(hit.title or hit.id, symbols), width, symbols.ellipsis), "bold")
    status = styled(shown(status_words(hit.status), symbols), FAINT if hit.status in OPEN_STATUSES else "$ask")
    name = fitted(shown(hit.id, symbols), _LONGEST_ID, symbols.ellipsis)
    second = styled(f"  {name} {symbols.dot} ", FAINT) + status
    if confirmed and confirmed[1]:
        second += styled(f" {symbols.dot} {confirmed[0]} of {confirmed[1]} confirmed", FAINT)
    return stacked([title, cut(second, width, symbols.ellipsis)])


def record_content(one: Shelved, width: int, symbols: Symbols, places: Sequence[str] = (), *, criteria: bool = True) -> Content:
    """The whole record: what it is, its criteria as they were read, where it runs (the countries of `places` first), its versions."""
    trial = one.trial
    lines = [hung(styled(shown(trial.title or trial.id, symbols), "bold"), width)]
    if trial.official_title and trial.official_title != trial.title:
        lines.append(hung(styled(shown(trial.official_title, symbols), FAINT), width))
    lines.append(hung(Content(f" {symbols.dot} ".join(shown(word, symbols) for word in _head(trial))), width))
    lines.append(hung(styled(shown(_origin(one), symbols), FAINT), width))
    for heading, said in _facts(trial):
        lines += _part(heading, said, width, symbols)
    lines += criteria_lines(trial.criteria, width, symbols) if criteria else []
    for heading, said in _more(one, places):
        lines += _part(heading, said, width, symbols)
    return stacked(lines)


def criteria_lines(criteria: Sequence[Criterion], width: int, symbols: Symbols) -> list[Content]:
    """Criteria by kind: the words with what was read underlined, and beneath them what they were read as."""
    lines: list[Content] = []
    some = any(one.curated for one in criteria) and not all(one.curated for one in criteria)
    for kind, heading in _KINDS:
        found = [one for one in criteria if one.kind == kind]
        if found:
            lines += [Content(""), styled(heading, HEADING)]
        for group, members in groupby(found, key=lambda one: one.group):
            if group:
                lines.append(hung(styled(f"{shown(group, symbols)}:", FAINT), width, "  ", "  "))
            lines += [_criterion(one, width, symbols, signed=some and one.curated) for one in members]
    return lines


def _criterion(one: Criterion, width: int, symbols: Symbols, *, signed: bool) -> Content:
    label = f"{shown(one.id, symbols)} "
    text, spans = shown_with_spans(one.text, tuple(one.spans), symbols)
    body = marked_record(Content(text), one, spans)
    sign = styled("  confirmed", FAINT) if signed else Content("")
    said = styled(shown(one.check, symbols) if one.check else "not read: a person judges it", FAINT)
    lines = [hung(styled(label, "bold") + body + sign, width, "  ", "     ")]
    lines.append(hung(said, width, "     = " if one.check else "     ", "       "))
    if one.note:
        lines.append(hung(styled(shown(one.note, symbols), FAINT), width, "     ", "     "))
    return stacked(lines)


def _part(heading: str, said: Sequence[str], width: int, symbols: Symbols) -> list[Content]:
    if not said:
        return []
    return [Content(""), styled(heading, HEADING), *(hung(Content(shown(" ".join(line.split()), symbols)), width, "  ", "    ") for line in said)]


def _head(trial: Trial) -> list[str]:
    size = f"{trial.enrollment:,} people" if trial.enrollment else ""
    known = [trial.id, *(one for one in trial.ids if one != trial.id), status_words(trial.status), ", ".join(trial.phases), trial.study_type or "", size]
    return [one for one in known if one]


def _origin(one: Shelved) -> str:
    source, (confirmed, every) = one.trial.source, one.confirmed
    site = "typed by hand" if one.by_hand else f"from {source.site}" if source else ""
    day = f"as of {source.current_as_of}" if source and source.current_as_of else f"read {source.read}" if source and source.read else ""
    restated = "criteria restated in our words" if source and source.paraphrased else ""
    checks = f"{confirmed} of {every} checks confirmed by a person" if confirmed else "no check confirmed by a person yet" if every else ""
    return "; ".join(word for word in (_PLACES[one.place], site, day, restated, checks) if word)


def _facts(trial: Trial) -> Iterator[tuple[str, list[str]]]:
    ages = [f"from {years_text(trial.min_age)}" if trial.min_age is not None else "", f"to {years_text(trial.max_age)}" if trial.max_age is not None else ""]
    sex = "" if trial.sex in (None, "all") else f"{trial.sex} only"
    who = [word for word in (" ".join(filter(None, ages)), sex, "healthy volunteers too" if trial.healthy_volunteers else "") if word]
    yield "Conditions", [", ".join(trial.conditions)] if trial.conditions else []
    yield "Treatments", [f"{one.name}{f': {one.description}' if one.description else ''}" for one in trial.interventions[:_MOST_NAMES]]
    yield "For", [", ".join(who)] if who else []
    yield "Summary", [trial.summary] if trial.summary else []


def _more(one: Shelved, places: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    trial = one.trial
    yield "Arms", [f"{arm.label}{f': {arm.description}' if arm.description else ''}" for arm in trial.arms[:_MOST_NAMES]]
    yield "Measured", [f"{outcome.measure}{f' ({outcome.time_frame})' if outcome.time_frame else ''}" for outcome in trial.outcomes[:_MOST_NAMES]]
    yield "Sites", _sites(trial, places)
    yield "Sponsor", [", ".join([trial.sponsor, *trial.collaborators])] if trial.sponsor else []
    yield "Public contacts", [", ".join(filter(None, (person.name, person.role, person.affiliation))) for person in trial.officials[:_MOST_NAMES]]
    yield "Related trials", [" ".join(filter(None, (other.id, other.title))) for other in trial.related[:_MOST_NAMES]]
    yield "Source", _source(trial)
    yield "The source says otherwise", list(one.otherwise)
    if len(one.versions) > 1:
        yield f"Versions ({len(one.versions)}, newest first)", list(_versions(one))


def _source(trial: Trial) -> list[str]:
    found = trial.source
    if found is None:
        return []
    days = [f"{name} {day}" for name, day in (("speaks of", found.current_as_of), ("read", found.read), ("last updated", trial.last_updated)) if day]
    return [text for text in (" · ".join(filter(None, (found.site, found.format))), ", ".join(days), found.url or "", found.digest or "") if text]


def _sites(trial: Trial, places: Sequence[str]) -> list[str]:
    lines = []
    near = {one.country for one in trial.locations if any(lies_in(one, place) for place in places)}
    ordered = sorted(trial.locations, key=lambda one: (one.country not in near, one.country))
    for country, found in groupby(ordered, key=lambda one: one.country):
        sites = list(found)
        cities = list(dict.fromkeys(one.city or one.facility for one in sites if one.city or one.facility))
        more = f" and {len(cities) - _MOST_SITES} more" if len(cities) > _MOST_SITES else ""
        lines.append(f"{country or 'country not stated'} ({len(sites)}): {', '.join(cities[:_MOST_SITES])}{more}")
    return lines


def _versions(one: Shelved) -> Iterator[str]:
    for number, version in enumerate(one.versions, 1):
        day, first = version.day or "no day stated", number == len(one.versions)
        yield f"{day}{' (the first that was kept)' if first else ': no criterion differs from the one before' if not version.lines else ':'}"
        yield from (f"  {line}" for line in version.lines)


__all__ = ["HIT_LINES", "criteria_lines", "hit_row", "record_content"]
