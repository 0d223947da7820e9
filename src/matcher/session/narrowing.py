"""What is typed to narrow a list of results: words, and facts such as `phase:2 status:open place:chicago`.

Words must all occur; several facts must all hold; values with a comma between are alternatives. What is being typed
counts from its first letters on: `status:rec` is enough. Quotes keep words together: `place:"new york"`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matcher.model.match import TIERS
from matcher.model.patterns import pattern_of
from matcher.model.trial import OPEN_STATUSES, Status
from matcher.session.results import SORTS, Result
from matcher.sources.fields import ROMAN
from matcher.storage.search import Filters

_TOKEN = pattern_of(r'(?:(?P<key>[a-z]+):)?(?P<value>(?:"[^"]*"?|[^\s"])*)', re.IGNORECASE)
_STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]
_FEWEST = 3  # letters that are looked for in a library
MARKS = ("shortlist", "watch", "rejected", "any", "none")
GROUPS = ("tier", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """A typed line taken apart: words, facts with their alternatives, and how to sort and group where it says so."""

    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = ""
    group: str = ""

    def keeps(self, one: Result) -> bool:
        """Whether a result has every word and every fact."""
        text = one.words
        return all(word in text for word in self.words) and self.holds(one)


    def holds(self, one: Result) -> bool:
        """Whether a result has every fact, whatever its words."""
        return all(any(_HOLDS[key](one, value) for value in values) for key, values in self.facts)

    @property
    def sought(self) -> str:
        """The words as the search of a library takes them; "" where they are too short to look for."""
        words = " ".join(f'"{word}"' if " " in word else word for word in self.words)
        return words if len(words) >= _FEWEST else ""

    def filters(self, *, open_only: bool) -> Filters:
        """The facts that the search of a library knows; the others are left to `holds`."""
        facts = dict(self.facts)
        statuses = [one for one in _STATUSES if any(_is_status(one, value) for value in facts.get("status", ()))]
        (phase,) = facts.get("phase", ())[:1] if len(facts.get("phase", ())) == 1 else ("",)
        phase = "" if phase in ("none", "n/a") else "early phase 1" if phase == "early" else phase
        return Filters(all_statuses=not open_only and not statuses, status=tuple(statuses), phase=phase)


def asked(typed: str) -> Asked:
    """What a typed line asks for; any text is a legal line, and a key that is none is a word."""
    words, facts, sort, group = list[str](), list[tuple[str, tuple[str, ...]]](), "", ""
    for found in _TOKEN.finditer(typed):
        key, value = _key(found["key"]), found["value"].replace('"', "").casefold()
        if key == "sort":
            sort = _begun(value, SORTS) or sort
        elif key == "group":
            group = _begun(value, GROUPS) or group
        elif key:
            values = tuple(part.strip() for part in value.split(",") if part.strip())
            facts += [(key, values)] if values else []
        elif found[0].strip('"'):
            words.append(found[0].replace('"', "").casefold())
    return Asked(tuple(words), tuple(facts), sort, group)


def strange(line: Asked) -> str:
    """The first value of a fact that no trial can have, with what was expected; "" where every one can be."""
    for key, values in line.facts:
        known = _KNOWN.get(key, ())
        for value in values:
            if known and not any(one.startswith(_plain(key, value)) for one in known):
                return f"{key}:{value}: expected {', '.join(known[:-1])} or {known[-1]}"
    return ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the word being typed may become, and how many of the results have it (None where that says nothing)."""

    text: str
    count: int | None = None


def offers(typed: str, among: Sequence[Result]) -> list[Offer]:
    """What may be meant by the last word of a line: names of facts, then the values that occur, most first."""
    last = typed[_last(typed) :]
    key, colon, value = last.partition(":")
    if not colon:
        return [Offer(f"{name}:") for name in KEYS if last and name.startswith(last.casefold())]
    name = _key(key)
    if not name:
        return []
    *before, begun = value.replace('"', "").split(",")
    lead = f"{name}:" + "".join(f"{_quoted(one)}," for one in before)
    if name in ("sort", "group"):
        return [Offer(lead + one) for one in (SORTS if name == "sort" else GROUPS) if one.startswith(begun.casefold())]
    counts = Counter(one for result in among for one in set(_VALUES[name](result)))
    known = [(one, count) for one, count in counts.items() if one not in before and _starts(one.casefold(), begun.casefold())]
    return [Offer(lead + _quoted(one), count) for one, count in sorted(known, key=lambda pair: (-pair[1], pair[0]))]


def completed(typed: str, offer: Offer) -> str:
    """The line with its last word as it was offered."""
    return typed[: _last(typed)] + offer.text + ("" if offer.text.endswith(":") else " ")


def with_fact(typed: str, key: str, value: str) -> str:
    """The line with one fact put in, in place of what it said of it before, or left out for an empty value."""
    kept = [found[0] for found in _TOKEN.finditer(typed) if found[0] and _key(found["key"]) != key]
    return " ".join([*kept, *([f"{key}:{_quoted(value)}"] if value else [])])


def fact_in(typed: str, key: str) -> str:
    """What a line says of one fact; "" for nothing."""
    return next((found["value"].replace('"', "") for found in _TOKEN.finditer(typed) if _key(found["key"]) == key), "")


def _last(typed: str) -> int:
    """Where the word that is being typed begins."""
    return next((found.start() for found in _TOKEN.finditer(typed) if found[0] and found.end() == len(typed)), len(typed))


def _key(typed: str | None) -> str:
    """The name of a fact, which may be cut short to three letters; "" for none."""
    said = (typed or "").casefold()
    return next((key for key in KEYS if key == said or (len(said) > 2 and key.startswith(said))), "")


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _begun(value: str, known: Iterable[str]) -> str:
    return next((one for one in known if value and one.startswith(value)), "")


def _starts(text: str, begun: str) -> bool:
    """Whether a text, or a word in it, begins so."""
    return text.startswith(begun) or f" {begun}" in text or f"\n{begun}" in text


def _status(one: Result, value: str) -> bool:
    return _is_status(one.match.status, value)


def _is_status(status: str, value: str) -> bool:
    if value in ("open", "closed"):
        return (status in OPEN_STATUSES) == (value == "open")
    return status.startswith(value.replace(" ", "-"))


def _plain(key: str, value: str) -> str:
    """A value as it stands in a record: phase II as 2, a status with its words joined."""
    said = value.removeprefix("phase").strip() if key == "phase" else value.replace(" ", "-")
    return ROMAN.get(said, said) if key == "phase" else said


def _phase(one: Result, value: str) -> bool:
    if value in ("none", "n/a"):
        return not one.phases
    number = _plain("phase", value)
    return any(phase.casefold() in (number, f"phase {number}") or (number == "early" and phase.startswith("early")) for phase in one.phases)


def _mark(one: Result, value: str) -> bool:
    return {"any": bool(one.mark), "none": not one.mark}.get(value, bool(one.mark) and one.mark.startswith(value))


def _place(one: Result, value: str) -> bool:
    return one.sites_near > 0 if value == "mine" else _starts(one.places, value)


_HOLDS: dict[str, Callable[[Result, str], bool]] = {
    "status": _status,
    "phase": _phase,
    "tier": lambda one, value: one.match.tier.startswith(value),
    "mark": _mark,
    "place": _place,
}
_VALUES: dict[str, Callable[[Result], Iterable[str]]] = {
    "status": lambda one: [one.match.status, "open" if one.match.status in OPEN_STATUSES else "closed"],
    "phase": lambda one: [phase.removeprefix("phase ") for phase in one.phases] or ["none"],
    "tier": lambda one: [one.match.tier],
    "mark": lambda one: [one.mark or "none"],
    "place": lambda one: [*[text for site in (one.trial.locations if one.trial else ()) for text in (site.city, site.country) if text], *(["mine"] if one.near else [])],
}
_KNOWN = {"status": ("open", "closed", *_STATUSES), "phase": ("1", "2", "3", "4", "early", "none", "n/a"), "tier": TIERS, "mark": MARKS}
KEYS = (*_HOLDS, "sort", "group")

__all__ = ["GROUPS", "KEYS", "MARKS", "Asked", "Offer", "asked", "completed", "fact_in", "offers", "strange", "with_fact"]
