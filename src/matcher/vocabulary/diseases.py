"""The wide table of diseases behind the curated conditions: names and is-a, read only when a wording needs it.

The curated table always wins: a disease that shares the label of a curated condition, one way or the other, is that
condition. What stands above or below two curated conditions is said by the curated table alone.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import cache, cached_property
from itertools import compress

from matcher.vocabulary.concepts import Concept, Part, Words
from matcher.vocabulary.is_a import Relation, bare
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file, of_tables

_GZIPPED = zlib.MAX_WBITS | 16  # what `gzip` would say, were it loaded for it
_NAMES, _OWNERS, _ROWS, _LOOSE = range(4)  # the sections of the table
_FIRST = 256  # the code of the first row's character
_MALIGNANT = "malignancy"
_CATEGORY = 12  # kinds from which a curated condition is a category
# Fields of diseases that show in any part of the body.
_ANYWHERE = frozenset(("genetic disease", "congenital anomaly", "chromosomal abnormality", "inborn error of metabolism", "mitochondrial disease", "disease", "symptom", "metabolic disease", "immunodeficiency"))
_GERMS = frozenset(("bacterial infection", "viral infection", "fungal infection", "parasitic infection"))
# What a cancer looks like under the microscope, in whatever organ, and words that tell how far it has come.
_TISSUES = frozenset(("carcinoma", "adenocarcinoma", "squamous cell carcinoma", "sarcoma", "neuroendocrine carcinoma", "neuroendocrine tumor", "invasive carcinoma", "solid tumor", "malignancy", "neoplasm"))
_OF_TISSUES = frozenset(normal("carcinoma adenocarcinoma squamous cell tumor neoplasm malignancy cancer sarcoma solid ductal invasive in situ papillary serous mucinous clear adenosquamous neuroendocrine endometrioid nut large small germ soft tissue of unknown primary childhood hormone dependent"))
_OF_SPREAD = frozenset(normal("metastatic metastases metastasis secondary advanced recurrent residual unresectable second carcinomatosis"))
# Words of names that do not tell of what field a disease is.
_UNTELLING = frozenset(normal(
    "disease disorder syndrome infection virus viral bacterial acute chronic primary secondary type of and the with due to in related congenital familial hereditary benign malignant early late onset autosomal dominant recessive cell"
    " small large negative positive adult childhood juvenile infantile neonatal diffuse system non deficiency cancer carcinoma 1 2 3"
))  # fmt: skip


def _telling(label: str) -> frozenset[str]:
    """The words of a name that may tell of what field a disease is."""
    return frozenset(normal(label)) - _UNTELLING


class Diseases:
    """Every disease that the curated conditions do not hold, joined to them where names are shared."""

    def __init__(self, curated: Part) -> None:
        """`curated` are the conditions that win; the wide table is not read yet."""
        self._curated = curated
        # One patient's conditions are compared with thousands: what holds of one label alone is found once.
        self._claimed, self._nearest = cache(self._find_claimed), cache(self._find_nearest)
        self._specific, self._tops = cache(self._find_specific), cache(self._find_tops)
        self._first, self.curated_above = cache(self._find_first), cache(self._find_curated_above)
        self._disputes = cache(self._find_disputes)
        self._first_above, self._tops_at = cache(self._find_first_above), cache(self._find_tops_at)
        self._same, self._tumor = cache(self._find_same), cache(self._find_tumor)

    def named(self, words: Words) -> Concept | None:
        """The condition of exactly these normal words, curated where it was joined to a curated one."""
        return self.of_name(" ".join(words))

    def of_name(self, name: str) -> Concept | None:
        """The same of words parted by spaces."""
        owner = self._owner(name)
        return None if owner is None else self._concept(owner)

    def beginning(self, word: str) -> list[str]:
        """The names that begin with this word."""
        names = self._spelled
        return names[bisect_left(names, word) : bisect_left(names, f"{word}!")]  # a space comes before "!"

    def holds(self, words: Words) -> bool:
        """Whether the words are a name of the table."""
        return self._owner(" ".join(words)) is not None

    def relation(self, have: str, asked: str) -> Relation:
        """How two conditions stand of which at least one is not curated; an absent path says little."""
        if have == asked:
            return Relation.SAME
        up, down = self._is_above(asked, have), self._is_above(have, asked)
        if not (up or down) and self._of_other_fields(have, asked):
            return Relation.UNRELATED
        if (up and down) or not (up or down or self._apart(have, asked)):
            return Relation.UNKNOWN
        if self._disputed(have, asked, settled=up) or self._disputed(asked, have, settled=down):
            return Relation.UNKNOWN
        return Relation.NARROWER if up else Relation.BROADER if down else Relation.UNRELATED

    def related(self, have: str, asked: str) -> bool:
        """Whether they are the same, or one is broader: what `relation` finds first, and soonest."""
        up, down = self._is_above(asked, have), self._is_above(have, asked)
        return have == asked or (up != down and not self._disputed(have, asked, settled=up) and not self._disputed(asked, have, settled=down))

    def _apart(self, have: str, asked: str) -> bool:
        """Whether neither is above the other, both are narrow enough for that to mean something, and they have no organ system or cause in common."""
        if not self._specific(have) or not self._specific(asked) or asked in self._claimed(have) or have in self._claimed(asked):
            return False
        tops = self._tops(have), self._tops(asked)
        return all(tops) and tops[0].isdisjoint(tops[1])

    def _of_other_fields(self, have: str, asked: str) -> bool:
        """Whether none of the curated conditions directly above one has to do with any of those above the other.

        What stands in this table only may be of more fields than are named: one that is no field of its own does not tell
        of what it is none of, and a word that both names share leaves it open.
        """
        curated = self._curated.is_a
        wide, open_ = have not in self._curated.rows, curated.bearing("open")
        if not (wide or asked not in self._curated.rows):
            return False
        germs, other_germs = (_GERMS & {one, *self.curated_above(one)} for one in (have, asked))
        if germs and other_germs and germs.isdisjoint(other_germs):
            return True
        nearest, others = self._nearest(have), self._nearest(asked)
        fields = nearest - open_ or nearest  # what is of an open category only is nothing that lies apart from it
        words, other_words = _telling(have), _telling(asked)
        if self._sited(have) and self._sited(asked):
            fields, others, words = fields - _TISSUES, others - _TISSUES, words - _OF_TISSUES  # cancers of two organs, however alike they look
        if not fields or not others or (wide and (fields <= _ANYWHERE or not words.isdisjoint(other_words))):
            return False
        return all(curated.relation(one, other) is Relation.UNRELATED for one in fields for other in others)

    def _sited(self, label: str) -> bool:
        """Whether a name tells in which organ a solid cancer began."""
        above = {label, *self.curated_above(label)}
        names_organ = any(not set(normal(one)) <= _OF_TISSUES | _OF_SPREAD for one in self._nearest(label) if _MALIGNANT in self.curated_above(one))
        return "solid tumor" in above and "hematologic malignancy" not in above and names_organ and _OF_SPREAD.isdisjoint(normal(label))

    def above(self, label: str) -> frozenset[str]:
        """Every broader label. From a curated condition on, only the curated table leads to curated ones."""
        if label not in self._above:
            self._above[label] = self._climb(label)
        return self._above[label]

    def _is_above(self, label: str, other: str) -> bool:
        """Whether a label is broader than the other; no more of the table is gone through than tells it."""
        return label in (self.curated_above(other) if label in self._curated.rows else self.above(other))

    @property
    def spelled(self) -> str:
        """The names with breaks between them."""
        return self._section(_NAMES)

    def concept(self, label: str) -> Concept | None:
        """The disease of this table with exactly this label."""
        place = self._place(label)
        return None if place is None else self._concept(place)

    def _climb(self, label: str) -> frozenset[str]:
        curated, claimed = self.curated_above(label), self._claimed(label) | {label}
        starts = [place for at in (label, *curated) for place in self._places_of(at)]
        reached = {self._label(place) for place in self._reach(starts, through_joined=True) if self._own(place)}
        return curated | {wide for wide in reached - {label} if self._claimed(wide) <= claimed}

    def _find_curated_above(self, label: str) -> frozenset[str]:
        """The curated labels above a label, without those of which the wide table holds too much."""
        if label in self._curated.rows:
            return self._curated.is_a.above(label)
        first = self._first(label) - self._loose
        return first.union(*map(self._curated.is_a.above, first))

    def _find_claimed(self, label: str) -> frozenset[str]:
        """The curated labels above a label, those too of which the wide table holds too much."""
        if label in self._curated.rows:
            return self._curated.is_a.above(label)
        first = self._first(label)
        return first.union(*map(self._curated.is_a.above, first))

    def _find_first(self, label: str) -> frozenset[str]:
        """The first curated labels on every way up from a disease of this table."""
        return frozenset[str]().union(*map(self._first_above, self._places_of(label)))

    def _find_first_above(self, place: int) -> frozenset[str]:
        """The same from a row; what is above it is found once for all that is below."""
        return frozenset[str]().union(*((same,) if (same := self._same(at)) else self._first_above(at) for at in self._parents(place)))

    def _find_nearest(self, label: str) -> frozenset[str]:
        """The curated condition itself, or the curated ones above a disease of which none is above another."""
        if label in self._curated.rows:
            return frozenset((label,))
        first = self._first(label)
        return first.difference(*map(self._curated.is_a.above, first))

    def _reach(self, starts: list[int], *, through_joined: bool) -> set[int]:
        found: set[int] = set()
        waiting = [parent for place in starts for parent in self._parents(place)]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                if through_joined or not self._same(place):
                    waiting.extend(self._parents(place))
        return found

    def _find_specific(self, label: str) -> bool:
        """Whether a condition is narrow enough that not being found below another one can mean something."""
        row = self._curated.rows.get(label)
        if row is not None and ("open" in row.flags or len(self._curated.is_a.below(label)) > _CATEGORY):
            return False
        places = self._places_of(label)
        return not any("*" in self._flags(place) or (row is None and place in self._shared) for place in places)

    def _disputed(self, one: str, other: str, *, settled: bool) -> bool:
        """Whether a `may_be` of one (or of something broader) names the other or something broader than it.

        Where a way up leads from one to the other (`settled`), only the nearest curated conditions can dispute it.
        """
        disputes = self._disputes(one)
        if not disputes:
            return False
        across, nearest = {other, *self._claimed(other)}, self._nearest(one)
        if settled and other in self._curated.rows and any(at != other and other in self._curated.is_a.above(at) for at in nearest):
            return False
        doubtful = [named for at, named in disputes if at not in across and (not settled or at in nearest)]
        return any(across & named for named in doubtful)

    def _find_disputes(self, label: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """What the `may_be` of the label, and of every curated one above it, name."""
        return tuple((at, self._disputing[at]) for at in (label, *self._claimed(label)) if at in self._disputing)

    @cached_property
    def _disputing(self) -> dict[str, frozenset[str]]:
        """The curated conditions that have a `may_be`, with what it names."""
        return {label: frozenset(map(bare, named)) for label, named in self._curated.rows.disputes()}

    def _find_tops(self, label: str) -> frozenset[str]:
        """The organ systems and causes that a condition belongs to."""
        above = self._claimed(label) if label in self._curated.rows else self._first(label)
        return frozenset[str]().union(*map(self._tops_at, self._places_of(label)), *map(self._tops, above))

    def _find_tops_at(self, place: int) -> frozenset[str]:
        """The same of a row and of everything above it."""
        return frozenset(filter(str.isalpha, self._flags(place))).union(*map(self._tops_at, self._parents(place)))

    def _concept(self, place: int) -> Concept | None:
        if place not in self._concepts:
            self._concepts[place] = self._found(place)
        return self._concepts[place]

    @cached_property
    def _concepts(self) -> dict[int, Concept | None]:
        return {}

    def _found(self, place: int) -> Concept | None:
        """The concept of a row: a curated one where it was joined to one, none where its names are of several."""
        if place in self._shared:
            joined = None if self._is_mixed(place) else self._same(place)
            if joined is not None or self._is_mixed(place):
                return None if joined is None else self._curated.rows.concept(joined)
        label = self._label(place)
        return Concept(f"condition:{label.lower().replace(' ', '-')}", label, "condition")

    def _places_of(self, label: str) -> list[int]:
        if label in self._curated.rows:
            return [place for place in self._sharing.get(label, ()) if self._same(place) == label]
        place = self._place(label)
        return [] if place is None else [place]

    def _place(self, label: str) -> int | None:
        """The row of this label, where it is a concept of this table."""
        place = bisect_left(self._rows, f"{label}\t")  # a row begins with its label, and they are in order
        return place if place < len(self._rows) and self._label(place) == label and self._own(place) else None

    def _own(self, place: int) -> bool:
        """Whether a row is a concept of this table, not of the curated one."""
        return place not in self._shared or not (self._same(place) or self._is_mixed(place))

    def _label(self, place: int) -> str:
        return self._rows[place].partition("\t")[0]

    def _flags(self, place: int) -> str:
        return self._rows[place].rpartition("\t")[2]

    def _parents(self, place: int) -> tuple[int, ...]:
        return tuple(map(int, self._rows[place].split("\t")[1].split()))

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _packed(self) -> list[bytes]:
        """What of the table was not unpacked yet."""
        return [data_file("diseases.txt.gz").read_bytes()]

    @cached_property
    def _sections(self) -> list[str]:
        """The sections that were unpacked so far."""
        return []

    def _section(self, at: int) -> str:
        """One of the sections, which are packed each by itself: where a wording is no name, the others are never unpacked."""
        while len(self._sections) <= at:
            unpacked = zlib.decompressobj(_GZIPPED)
            self._sections.append(unpacked.decompress(self._packed.pop()).decode("utf-8"))
            self._packed.append(unpacked.unused_data)
        return self._sections[at]

    @cached_property
    def _rows(self) -> list[str]:
        return self._section(_ROWS).split("\n")

    def _owner(self, name: str) -> int | None:
        """The row of a name."""
        names = self._spelled
        at = bisect_left(names, name)
        return ord(self._section(_OWNERS)[at]) - _FIRST if at < len(names) and names[at] == name else None

    @cached_property
    def _spelled(self) -> list[str]:
        """The names in their order."""
        return self._section(_NAMES).split("\n")

    @cached_property
    def _loose(self) -> frozenset[str]:
        """Curated labels below which the wide table puts too much that the curated one does not."""
        return frozenset(self._section(_LOOSE).split("\n"))

    @cached_property
    def _shared(self) -> dict[int, set[str]]:
        """The rows that share names with curated conditions, with the labels of those."""
        return of_tables("diseases.txt.gz", "conditions.tsv")(self._found_shared)()

    def _found_shared(self) -> dict[int, set[str]]:
        labels, found = self._curated.names.labels, dict[int, set[str]]()
        names = self._spelled
        for owner, name in compress(zip(self._section(_OWNERS), names, strict=False), map(labels.__contains__, names)):
            found.setdefault(ord(owner) - _FIRST, set()).add(labels[name])
        return found

    @cached_property
    def _sharing(self) -> dict[str, list[int]]:
        """The curated conditions that share names with rows, with those."""
        found: dict[str, list[int]] = {}
        for place in sorted(self._shared):
            for label in self._shared[place]:
                found.setdefault(label, []).append(place)
        return found

    def _is_mixed(self, place: int) -> bool:
        return len(self._shared[place]) > 1 or self._tumor(place)

    def _find_same(self, place: int) -> str | None:
        """The curated condition that a row is: it has the row's label for a name, or the row has its label for one."""
        if place not in self._shared or "!" in self._flags(place) or self._tumor(place):
            return None
        label, names = self._label(place), self._curated.names.labels
        own = names.get(label.lower()) or names.get(" ".join(normal(label)))  # what is a name as it stands is in normal form
        if own is not None:
            return own
        if len(self._shared[place]) > 1:
            return None
        (label,) = self._shared[place]
        return label if self._owner(self._curated.rows[label].names[0].lstrip("=")) == place else None

    def _find_tumor(self, place: int) -> bool:
        """Whether a row of tumors, the benign ones among them, shares a name with a cancer."""
        label, tumors = self._label(place).lower(), ("neoplasm", "tumor")
        if not any(word in label for word in tumors) or "malignant" in label:
            return False
        return any(_MALIGNANT in self._curated.is_a.above(one) for one in self._shared[place] if "tumor" not in one)

    def excess(self) -> dict[str, tuple[int, int]]:
        """For every curated condition, how many curated ones the wide table puts below it, and how many wrongly so.

        It is what `tools/build_diseases.py` decides by which categories of the wide table are loose.
        """
        found: dict[str, tuple[int, int]] = {}
        for place, label in {place: label for place in self._shared if (label := self._same(place))}.items():
            reached = self._reach([place], through_joined=False)
            for above in {above for at in reached if (above := self._same(at))} - {label}:
                count, wrong = found.get(above, (0, 0))
                found[above] = (count + 1, wrong + (above not in self._curated.is_a.above(label)))
        return found

