"""Names offered while a name is typed: those with a word that begins so, much named ones first, then those spelled like it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from threading import Event

from matcher.intake.typed import typed_dose
from matcher.model.patterns import pattern_of
from matcher.model.profile import Profile
from matcher.session.answers import known_as
from matcher.vocabulary import Vocabulary, canonical, dose_per_day, load, normal, units_of
from matcher.vocabulary.measures import load_measures

AT_MOST = 8
_READY = Event()
_LAST = "\U0010ffff"
_LIKE = 78  # how alike a name must be spelled to be offered
_FEWEST = 2  # letters from which names are offered at all
_LEAST = 4  # letters from which names spelled alike are offered
_WITH_UNIT = pattern_of(r"([<>≤≥]?\s?[+-]?\d[\d.,]*)\s*((?:[^\W\d]|[%/×^]).*)")
_WITH_DOSE = pattern_of(r"(.*[^\W\d][)\]]?),? (\d+(?:[.,]\d+)? ?(?:mg|g|µg|μg|mcg|ug|iu|ie|units?|mmol)\b(?!/ml|/\d).*)", re.IGNORECASE)
_WORD = pattern_of(r"^(?=.)|(?<=[ \-/(])[^ ]", re.DOTALL)  # where a word of a name begins
_KINDS = {"conditions": "condition", "family_history": "condition", "medications": "treatment", "allergies": "treatment", "procedures": "procedure", "labs": "measure", "scores": "measure"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to record, and the other name by which it was found where that is not plain from it."""

    label: str
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class _Index:
    """Every name of one kind with its label, where each of its words begins, in order of spelling, and how many names a label has."""

    labels: dict[str, str]
    starts: list[tuple[str, str]]
    names: Counter[str]


def prepare() -> None:
    """Make the names ready, so that the first letters typed need not wait for them."""
    for listed in _KINDS:
        suggestions(listed, "zz")
    _READY.set()


def is_ready() -> bool:
    """Whether names can be offered at once; before that a key would wait for them, and the next key go astray."""
    return _READY.is_set()


def suggestions(listed: str, typed: str) -> list[Suggestion]:
    """What may be meant by what is typed so far in a row of this list, best first; none for an unknown list."""
    kind, said = _KINDS.get(listed), " ".join(typed.casefold().split())
    if kind is None or len(said) < _FEWEST:
        return []
    index = _index(kind, listed == "scores")
    may_be = [Suggestion(one.label, said) for one in load().candidates(typed)]
    names = dict.fromkeys([*_beginning(index, said), *_beginning(index, " ".join(normal(typed)))])
    found = _offered(index, sorted(names, key=lambda name: _order(index, name, said)), may_be)
    if kind == "condition" and len(found) < AT_MOST:
        found = _offered(index, (), found, _wide(load(), said))
    if not found and len(said) >= _LEAST:
        from rapidfuzz import fuzz, process  # loaded once the first frame stands

        like = process.extract(said, list(index.labels), scorer=fuzz.ratio, limit=AT_MOST, score_cutoff=_LIKE)
        found = _offered(index, (name for name, _, _ in like))
    return found[:AT_MOST]


def completion(listed: str, typed: str) -> str:
    """The one name of which what was typed and left is a beginning cut off within a word, nothing being known by that; else ""."""
    kind, said = _KINDS.get(listed), " ".join(typed.casefold().split())
    if kind is None or len(said) < _LEAST or known_as(listed, typed) is not None:
        return ""
    index = _index(kind, listed == "scores")
    found = {label for name in _beginning(index, said) if (label := index.labels[name]).casefold().startswith(said)}
    if kind == "condition":
        found |= {label for name, label in _wide(load(), said)}
    (whole,) = found if len(found) == 1 else ("",)
    return whole if whole[len(said) : len(said) + 1].isalpha() else ""


def units_offered(test: str, typed: str) -> list[Suggestion]:
    """The units in which a test is reported, its own first; those that begin as what is typed, all where nothing is."""
    measure = load().recorded_measure(test)
    units = dict.fromkeys(one for one in units_of(measure) if one) if measure is not None else {}
    said = typed.strip().casefold()
    return [Suggestion(unit) for unit in units if unit.casefold().startswith(said) and unit.casefold() != said]


def with_unit_apart(test: str, typed: str) -> tuple[str, str]:
    """A value and the unit of the test that is typed behind it; else what is typed, and no unit."""
    found, measure = _WITH_UNIT.fullmatch(typed.strip()), load().recorded_measure(test)
    if found is None or measure is None or canonical(measure, Decimal(1), found[2]) is None:
        return typed, ""
    return found[1].rstrip(), found[2]


def with_dose_apart(typed: str) -> tuple[str, Decimal, str] | None:
    """A known drug, its daily dose and the unit where all are typed as one name ("prednisolone 5 mg daily"); else None."""
    found = _WITH_DOSE.fullmatch(" ".join(typed.split()))
    if found is None or known_as("medications", found[1]) is None:
        return None
    try:
        number, unit = typed_dose(found[2])
    except ValueError:
        return None
    return None if dose_per_day(number, unit) is None else (found[1], number, unit)


def likely_unit(profile: Profile, test: str, asked: str) -> tuple[str, bool]:
    """The unit in which a value of a test will be typed, and whether that is known: the patient's own, or the only one there is.

    Else it is a guess: the one `asked` for, or a molar one where her other values are molar.
    """
    measure = load().recorded_measure(test)
    used = [(lab.test, lab.unit) for lab in profile.labs if lab.unit]
    own = [unit for name, unit in used if measure is not None and load().recorded_measure(name) == measure]
    offered = [one for one in units_of(measure) if one] if measure is not None else []
    if own or len(offered) < 2:
        return (own[-1] if own else asked), True
    molar = next((one for one in offered if "mol" in one), asked)
    si = any("mol" in unit for _, unit in used) and not any("/dL" in unit for _, unit in used)
    return (molar if si else asked), False


def _order(index: _Index, name: str, said: str) -> tuple[bool, bool, int, bool, int, str, bool, int]:
    """What is meant is first what is called just so, then what has such a word in its name and many names: much is said of it."""
    label = index.labels[name]
    plain = label.casefold()
    inside = any(plain.startswith(said, place) for place in _places(plain))
    told_of = ((index.names[label] + 1) // 4).bit_length()
    return (name != said and plain != said, not inside, -told_of, not plain.startswith(said), len(plain), plain, name != plain, len(name))


def _beginning(index: _Index, said: str) -> list[str]:
    """The names of which a word begins so, and goes on so."""
    if not said:
        return []
    first = bisect_left(index.starts, (said, ""))
    last = bisect_left(index.starts, (said + _LAST, ""))
    return [name for _, name in index.starts[first:last]]


def _offered(index: _Index, names: Iterable[str], before: Iterable[Suggestion] = (), more: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """Each label once, with the name that led to it where that is another."""
    found = {one.label: one for one in before}
    for name, label in [*((name, index.labels[name]) for name in names), *more]:
        plain = " ".join(normal(label))
        found.setdefault(label, Suggestion(label, "" if plain[:_FEWEST] == name[:_FEWEST] else name))
    return list(found.values())


def _wide(vocabulary: Vocabulary, said: str) -> list[tuple[str, str]]:
    """Diseases beyond the curated ones whose names begin so, from their second word on."""
    names = [name for name in vocabulary.diseases_from(said.split(" ")[0]) if name.startswith(said)]
    found = [(name, vocabulary.disease_named(name)) for name in sorted(names, key=len)[: 4 * AT_MOST]]
    return [(name, label) for name, label in found if label is not None]


@lru_cache(maxsize=8)
def _index(kind: str, scores: bool) -> _Index:
    """The names of one kind, which several lists may offer."""
    if kind == "measure":
        labels = _measures(scores=scores)
    else:
        known = load().scanned_of(kind)
        labels = {label.casefold(): label for label in known.values()} | known
    starts = [(name[place:], name) for name in labels for place in _places(name)]
    return _Index(labels, sorted(starts), Counter(labels.values()))


def _places(name: str) -> list[int]:
    return [found.start() for found in _WORD.finditer(name)]


def _measures(*, scores: bool) -> dict[str, str]:
    """The names of the measures that are scores, or of those that are not."""
    wanted = {one.id: one.label for one in load_measures() if (one.kind == "score") is scores and not one.profile_key}
    named = {name: wanted[one] for name, one in load().scanned_of("measure").items() if one in wanted}
    return {label.casefold(): label for label in wanted.values()} | named
