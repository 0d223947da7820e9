"""The is-a between the concepts of one part: what is broader and narrower than a label, and how two labels stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matcher.vocabulary.concepts import Rows
    from matcher.vocabulary.crossing import Crossing


class Relation(StrEnum):
    """What is recorded, seen from what is asked."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    UNRELATED = "unrelated"
    UNKNOWN = "unknown"


A_KIND = (Relation.SAME, Relation.NARROWER)  # relations of what is certainly one of a thing


class Around(NamedTuple):
    """What one label's relation to any other rests on, found once, since one label is compared with thousands.

    How the labels in `doubtful` stand to it is not settled; `category` and `placed` say whether it has kinds of its
    own, and whether every category it belongs to is named. What is in `crossing` may go with it. What is `certain` has to
    do with it whatever categories hold besides what is listed, `own` though its own members are not all listed; every
    label that is not `near` is unrelated. A symptom `shows` in diseases of these fields: none where that is not told,
    None for what is no symptom.
    """

    above: frozenset[str]
    below: frozenset[str]
    doubtful: frozenset[str]
    category: bool
    placed: bool
    crossing: frozenset[str]
    certain: frozenset[str]
    own: frozenset[str]
    near: frozenset[str]
    shows: frozenset[str] | None


_SYMPTOM, _ANY = "symptom", "disease"  # the categories of every symptom, and of everything


class IsA:
    """The is-a graph of one part."""

    def __init__(self, rows: Rows, crossing: Crossing | None = None, reaches: Mapping[str, Sequence[str]] | None = None, fringe: Mapping[str, Sequence[str]] | None = None, shows: Mapping[str, Sequence[str]] | None = None) -> None:
        """The rows by label; a parent that has no row is a mistake in the table. `crossing`: which kinds may go together.

        `reaches`: by open category, into which others it reaches; what has nothing to do with any of them is not of it,
        nor what is of one it names with a "-", but for its kinds that are named too. `fringe`: by
        category, what stands below it without being called so for certain; `shows`: the fields in which a symptom shows.
        """
        self._rows = rows
        self._fringe = {category: frozenset(members) for category, members in (fringe or {}).items()}
        self._reaches, self._shown = reaches or {}, shows or {}
        self._crossing = crossing
        self._children = rows.children
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._around, self._lifelong, self._bearing = cache(self._find_around), cache(self._is_lifelong), cache(self._found_bearing)
        self._field, self._kin = cache(self._found_field), cache(self._find_kin)

    def above(self, label: str) -> frozenset[str]:
        """Every broader label."""
        if label not in self._above:
            self._above[label] = _reach(label, self._rows.parents)
        return self._above[label]

    def below(self, label: str) -> frozenset[str]:
        """Every narrower label."""
        if label not in self._below:
            self._below[label] = _reach(label, lambda at: self._children.get(at, ()))
        return self._below[label]

    def lifelong(self, label: str) -> bool:
        """Whether the disease does not resolve: its own flag decides, else whether a broader one is lifelong."""
        return self._lifelong(label)

    def _is_lifelong(self, label: str) -> bool:
        row = self._rows[label]
        if "lifelong" in row.flags:
            return True
        if not {"resolves", "transient", "manifestation"}.isdisjoint(row.flags):
            return False
        return any(self.lifelong(parent) for parent in row.parents)

    def event(self, label: str) -> bool:
        """Whether it, or something broader, is an event and not a state that lasts."""
        return self._is_or_below(label, "event")

    def episodes(self, label: str) -> bool:
        """Whether it comes and goes, such as a seizure of an epilepsy."""
        return label in self.bearing("episodes")

    def manifest(self, label: str) -> bool:
        """Whether a concept, or what it is a kind of, comes with a disease."""
        return label in self._manifesting

    def _is_or_below(self, label: str, flag: str) -> bool:
        """Whether a label, or one above it, bears a flag."""
        flagged = self.bearing(flag)
        return label in flagged or not flagged.isdisjoint(self.above(label))

    def bearing(self, flag: str) -> frozenset[str]:
        """The labels that bear a flag."""
        return self._bearing(flag)

    def _found_bearing(self, flag: str) -> frozenset[str]:
        return frozenset(self._rows.flagged(flag))

    def relation(self, have: str, asked: str) -> Relation:
        """How the recorded label stands to the asked one; unrelated only where both are classified well enough."""
        if have == asked:
            return Relation.SAME
        here = self._around(have)
        if asked not in here.near:
            return Relation.UNRELATED
        if asked in here.above:
            return Relation.UNKNOWN if asked in self._fringe and self._is_at_the_edge(have, asked) else Relation.NARROWER
        if asked in here.below:
            return Relation.BROADER
        if asked in self._natural and not self._made.isdisjoint((have, *here.above)):
            return Relation.UNRELATED
        if asked in self._special and asked not in here.doubtful and not self._ordinary.isdisjoint((have, *here.above)):
            return Relation.UNRELATED
        if asked not in here.own and self._apart(have, here, asked):
            return Relation.UNRELATED
        # The absence of a path from one to a category means nothing where not all members, or categories, are named.
        if asked in here.crossing:
            return Relation.UNKNOWN
        loose = asked in self._open or (here.category and asked in self._unplaced) or (not here.placed and asked in self._categories)
        return Relation.UNKNOWN if loose or asked in here.doubtful else Relation.UNRELATED

    def _apart(self, have: str, here: Around, asked: str) -> bool:
        """Whether one is an open category to which the other does not belong: of two open ones, neither to the other."""
        if self._barred_from(asked, (have, *here.above)):
            return True
        if here.certain is here.own:
            return self._outside(asked, here)
        if asked in self._open and not self._outside(asked, here):
            return False
        barred = self._barred_from(have, (asked, *self.above(asked)))
        bounds, fields, within = self._field(have)
        at_hand = self.above(asked).union((asked,), self.below(asked))  # most of what is its own, which tells enough of most
        if not barred and (not within or (bounds and bounds <= at_hand) or not at_hand.isdisjoint(one for one in fields if one != _SYMPTOM)):
            return False
        there = self._around(asked)
        return have not in there.own and (barred or self._outside(have, there))

    def _is_at_the_edge(self, have: str, category: str) -> bool:
        """Whether every way from a label up to a category leads through what is not called so for certain."""
        loose = self._fringe[category]
        return f"={have}" in loose or have in loose or category not in _reach(have, lambda at: () if at in loose else self._rows.parents(at))

    def _find_around(self, label: str) -> Around:
        product = label in self._products
        above, below, category = self.above(label), self.below(label), label in self._categories and not product
        narrow = self._disputed(label) | (self._sharing(label) if label in self._categories else frozenset())
        doubtful = self._all if label in self._open and not product else narrow
        placed, crossing = product or label not in self._unplaced, self._gone_with((label, *above))
        own = above.union((label,), below, narrow, crossing, () if placed else self._categories)
        closed = own if doubtful is narrow else self._all
        return Around(above, below, doubtful, category, placed, crossing, closed, own, closed.union(self._open, self._unplaced if category else ()), self._showing(label) if _SYMPTOM in above else None)

    def _showing(self, label: str) -> frozenset[str]:
        """The fields in which a symptom shows, with all that is broader or narrower: its own, or those of what is directly above it."""
        told = self._shown.get(label)
        if told is None:
            above = [parent for parent in self._rows.parents(label) if parent not in (_SYMPTOM, _ANY)]
            return frozenset[str]().union(*(self._showing(one) if one in self._shown or _SYMPTOM in self.above(one) else self._spread(one) for one in above))
        return frozenset[str]().union(*map(self._spread, told))

    def _spread(self, field: str) -> frozenset[str]:
        return self.above(field).union((field,), self.below(field)) - {_ANY}

    def _outside(self, category: str, here: Around, within_of: tuple[str, ...] = ()) -> bool:
        """Whether a category, though not all its members are listed, lies apart from a label: within one that is none of its kin.

        Nothing that it reaches into, nor what its own row says it may be, is its kin either; a symptom is, where it shows in such a field.
        """
        bounds, fields, within = self._field(category)
        if not within or (bounds and bounds <= here.own):
            return False
        others = bounds.union(fields) - {_SYMPTOM}
        if _SYMPTOM in fields and here.shows is not None and not (here.shows and here.shows.isdisjoint(others)):
            return False
        inner = (field for field in fields if field in self._open and field not in within_of and self._field(field)[2])
        return here.own.isdisjoint(one for one in fields if one != _SYMPTOM) and all(self._outside(field, here, (*within_of, category)) for field in inner)

    def _barred_from(self, category: str, lineage: Sequence[str]) -> bool:
        """Whether what an open category keeps out is above a label, and no kind of that which it names in spite of it; of several drugs in one, above each."""
        made_of = [parent for parent in self._rows.parents(lineage[0]) if self._rows.concept(parent).kind == "drug"]
        if made_of and f"-{lineage[0]}" not in self._reaches.get(category, ()):
            return all(self._barred_from(category, (one, *self.above(one))) for one in made_of)
        barred = [one.removeprefix("-") for one in self._reaches.get(category, ()) if one.startswith("-")]
        out = [one for one in barred if one in lineage]
        if not out or not self._open.issuperset(at for at in self._rows[category].parents if at in lineage):
            return False
        return all(one not in lineage for one in self._field(category)[1] if any(at == one or at in self.above(one) for at in out))

    def _found_field(self, category: str) -> tuple[frozenset[str], tuple[str, ...], bool]:
        """What an open category stands below, into what it reaches, and whether either is told."""
        reaches = [one for one in self._reaches.get(category, ()) if not one.startswith("-")]
        bounds = self.above(category) - self._open if category in self._open else frozenset[str]()
        return bounds, (*reaches, *(bare(maybe) for maybe in self._rows[category].may_be if maybe[0] != "-")), bool(bounds or reaches)

    def kin(self, label: str) -> frozenset[str]:
        """The labels that may have to do with a label: all others are unrelated."""
        return self._kin(label)

    def _find_kin(self, label: str) -> frozenset[str]:
        here = self._around(label)
        own = (label, *here.above)
        return frozenset(one for one in here.near if one in here.certain or not (self._barred_from(one, own) or self._outside(one, here)))

    def _gone_with(self, lineage: Sequence[str]) -> frozenset[str]:
        """What may go with any of these labels, its kinds too, without what they rule out."""
        if self._crossing is None:
            return frozenset()
        partners, ruled_out = self._crossing.partners(lineage), self._crossing.ruled_out(lineage)
        return partners.union(*map(self.below, partners)).difference(ruled_out, *map(self.below, ruled_out))

    def _disputed(self, label: str) -> frozenset[str]:
        """What a `may_be` of the label (or of something broader) may make broader, and what that of another may make narrower, than it."""
        own = self._rows[label].may_be
        named = [maybe for maybe in (*own, *(maybe for at in self.above(label) for maybe in self._rows[at].may_be if "^" not in maybe)) if maybe[0] != "-"]
        climbing = {bare(maybe) for maybe in named if "!" not in maybe}
        kinds = [bare(maybe) for maybe in own if "*" in maybe]
        naming = {at for one in self._rows.naming.keys() & {label, *self.below(label)} for at in self._rows.naming[one]}
        denied = [maybe[1:] for at in (label, *self.above(label)) for maybe in self._rows[at].may_be if maybe[0] == "-"]
        return frozenset(map(bare, named)).union(naming, *map(self.above, climbing), *map(self.below, kinds), *map(self.below, naming)).difference(denied)

    def _sharing(self, label: str) -> frozenset[str]:
        """The categories some kind of which is a kind of this one too, so that a record of one may be a record of the other."""
        return _reached(self.below(label) - self.bearing("combined") - self._manifesting, self._rows.parents) & self._categories

    @cached_property
    def _manifesting(self) -> frozenset[str]:
        """What comes with a disease, and its kinds."""
        flagged = self.bearing("manifestation")
        return flagged | _reached(flagged, lambda at: self._children.get(at, ()))

    @cached_property
    def _all(self) -> frozenset[str]:
        """Every label."""
        return frozenset(self._rows)

    @cached_property
    def _categories(self) -> frozenset[str]:
        """What has kinds: classes, and conditions and procedures that are parents."""
        return frozenset(label for label, kind in self._rows.kinds() if kind == "class" or (kind != "drug" and label in self._children))

    @cached_property
    def _open(self) -> frozenset[str]:
        """The categories whose members are not all named."""
        return frozenset(self._rows.flagged("open"))

    @cached_property
    def _natural(self) -> frozenset[str]:
        """The categories of herbs and supplements."""
        return frozenset(self._rows.flagged("natural"))

    @cached_property
    def _made(self) -> frozenset[str]:
        """The categories of drugs that are made, of which none is a natural one unless its own row says so."""
        return frozenset(self._rows.flagged("made"))

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """The categories of drugs that are long in use for what they are; a rare drug of such a class may be a new one."""
        return frozenset(self._rows.flagged("ordinary")) if self._rows.common else frozenset()

    @cached_property
    def _special(self) -> frozenset[str]:
        """The categories that no drug of an ordinary one belongs to, unless its own row says so: the natural ones too."""
        return frozenset(self._rows.flagged("special")) | self._natural

    @cached_property
    def _products(self) -> frozenset[str]:
        """What is a product of its own where it is recorded by its name, though not all that may be called so are listed."""
        return frozenset(self._rows.flagged("product"))

    @cached_property
    def _unplaced(self) -> frozenset[str]:
        """What belongs to categories that are not all named."""
        return frozenset(self._rows.at_the_top()).difference(self._categories).union(self._rows.flagged("partial"))


def bare(maybe: str) -> str:
    """What a cell of `may_be` names, without its marks."""
    return maybe.rstrip("*!^").removeprefix("-")


def _reach(start: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything reached from `start` by repeated steps."""
    return _reached((start,), step)


def _reached(starts: Iterable[str], step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything reached from any of these, gone through once."""
    found: set[str] = set()
    waiting = [reached for start in starts for reached in step(start)]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(step(at))
    return frozenset(found)


__all__ = ["IsA", "Relation", "bare"]
