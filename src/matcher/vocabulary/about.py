"""What a recorded name is about that names nothing of its list for certain: what is doubted, a state of life, an operation among the diseases, an abbreviation alone."""

from __future__ import annotations

from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.charted import Told, doubted, in_full, pieces, told
from matcher.vocabulary.concepts import Concept, Words, table, worded
from matcher.vocabulary.dispensed import bare
from matcher.vocabulary.fields import fields
from matcher.vocabulary.indications import given_for
from matcher.vocabulary.kinds import abbreviated
from matcher.vocabulary.normal import normal
from matcher.vocabulary.titles import closed, plainer, title
from matcher.vocabulary.unnamed import unnamed
from matcher.vocabulary.unnamed_operations import unnamed_operation
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.wordings import only_narrows, says_no_more, understood

_DONE = later(r"^(?:s p|status post|post|presence of(?: an?)?) ")
_SIDES = frozenset(("left", "right", "bilateral", "both", "eye", "od", "os", "ou", "lt", "rt"))
_IN_PLACE = later(r"[\s,-]+(?:status|recipient|in situ|in place|wearer)$")


def about(vocabulary: Vocabulary, kind: str, wording: str) -> Told | None:
    """The concepts of which one may be meant, or told of, each with how far that reaches, and nothing that has to do with none of them; None where that is not known."""
    known = _state(vocabulary, kind, wording)
    if known is not None:
        return told(vocabulary, kind, known)
    short = _abbreviation(vocabulary, wording) if kind == "condition" else []
    if short:
        curated = (vocabulary.curated(kind, label) for label in short)
        return (*told(vocabulary, kind, short), *all_of(tuple(one for one in curated if one is not None)))
    titled = _of_title(vocabulary, wording) if kind == "condition" else None
    if titled is not None:
        return titled
    plain = doubted(closed(wording) if kind == "condition" else wording)
    if plain:
        found = understood(vocabulary, kind, plain)
        meant = all_of(found) or about(vocabulary, kind, plain)
        if meant or kind != "procedure":
            return meant
    if kind != "condition":
        return unnamed(vocabulary, wording) if kind == "treatment" else unnamed_operation(vocabulary, wording)
    operation = _of_operation(vocabulary, wording)
    return _by_fields(vocabulary, wording) if operation is None else operation


def _state(vocabulary: Vocabulary, kind: str, wording: str) -> list[str] | None:
    """The labels of a name of the table, also with sides beside it, or with doses, or with what says no more behind a comma."""
    words, (first, *others) = normal(wording), pieces(wording)
    more = not all(says_no_more(vocabulary, kind, " ".join(normal(one))) for one in others)
    meant = bare(wording) if kind == "treatment" else words
    tried = (words, meant, _without_sides(meant), () if more else _without_sides(normal(first)))
    return next((known for one in tried if one and (known := _states().get((kind, one))) is not None), None)


def _without_sides(words: Words) -> Words:
    return tuple(word for word in words if word not in _SIDES)


def bounds(vocabulary: Vocabulary, condition: Concept) -> Told | None:
    """All that a condition may have to do with of which the tables say little; None of any other, and where that is not known.

    A disease of the wide table is of the fields that its name tells of and of what is above it, a category whose kinds are not all named as well.
    """
    if condition.kind != "condition":
        return None
    held = vocabulary.held(condition)
    named = fields(vocabulary, condition.label, named=False) if not held or vocabulary.open_at_large(condition) else None
    if named is None:
        return None
    above = [vocabulary.condition(label) for label in (vocabulary.kinds(condition) if held else sorted(vocabulary.curated_above(condition)))]
    known = tuple(one for one in above if one is not None and not vocabulary.open_at_large(one))
    return (*named, *all_of(known)) if not held or (known and len(known) == len(above)) else None


def _by_fields(vocabulary: Vocabulary, wording: str) -> Told | None:
    """The fields that a name belongs to by its words, without what a title leaves open."""
    for plain in (wording, *plainer(wording)):
        known = _states().get(("condition", normal(plain)))
        found = fields(vocabulary, plain) if known is None else told(vocabulary, "condition", known)
        if found is not None:
            return found
    return None


def _of_title(vocabulary: Vocabulary, wording: str) -> Told | None:
    """What the title of a classification is about that names no disease: what was screened for, what a drug is taken for, what an operation left behind."""
    known = title(wording)
    if known is None:
        return None
    given = told(vocabulary, "condition", known.labels)
    if known.kind == "-" or not known.rest:
        return given
    if known.kind == "condition":
        named = understood(vocabulary, "condition", known.rest)
        return (*given, *all_of(named)) if named else None
    if known.kind == "treatment":
        taken_for = [label for one in understood(vocabulary, "treatment", known.rest) for label in _told_of(vocabulary, one)]
        return (*given, *told(vocabulary, "condition", taken_for)) if taken_for else None
    operations = [known.rest] if known.kind == "procedure" else [operation for organ, operation in _taken_out() if organ in known.rest.split()]
    behind = [_of_operation(vocabulary, one) for one in operations]
    return None if not behind or None in behind else tuple(one for each in behind for one in each or ())


def _abbreviation(vocabulary: Vocabulary, wording: str) -> list[str]:
    """The labels of which an abbreviation means one, with nothing but degrees, days, results and treatments said of it: "mod-severe AS", "PE 2019"."""
    first, *others = pieces(wording)
    words, _, treatment = " ".join(normal(first)).partition(" on ")
    left = tuple(word for word in words.split() if abbreviated((word,)) or not only_narrows(word))
    known = abbreviated(left)
    if not known or (treatment and not any(understood(vocabulary, kind, treatment) for kind in ("treatment", "procedure"))):
        return []
    return known if all(says_no_more(vocabulary, "condition", " ".join(normal(one))) for one in others) else []


def all_of(found: tuple[Concept, ...]) -> Told:
    """Concepts of which one was recorded and doubted: all that may have to do with them is open."""
    return tuple((one, "all") for one in found)


def _of_operation(vocabulary: Vocabulary, wording: str) -> Told | None:
    """What an operation recorded among the diseases tells of: what it is done for and what it leaves behind."""
    pieces = [_DONE.sub("", piece) for piece in in_full("condition", _IN_PLACE.sub("", wording.strip()))]
    named = [understood(vocabulary, "procedure", piece) for piece in pieces]
    labels = [label for done in named for one in done for label in _told_of(vocabulary, one)]
    if not labels or not all(named):
        return None
    return told(vocabulary, "condition", labels)


def _told_of(vocabulary: Vocabulary, operation: Concept) -> list[str]:
    behind, above = _left_behind(), (operation.label, *sorted(vocabulary.broader(operation)))
    for_what = [one.label for given in given_for(vocabulary, operation) for one in given.indications]
    return [*for_what, *(label for at in above for label in behind.get(at, ()))]


@cache
def _states() -> dict[tuple[str, tuple[str, ...]], list[str]]:
    return {(kind, name): labels.split("|") if labels else [] for kind, names, labels in table("plain_states.tsv") for name in worded(names)}


@cache
def _taken_out() -> list[tuple[str, str]]:
    return [(" ".join(normal(organ)), operation) for organs, operation in table("taken_out.tsv") for organ in organs.split("|")]


@cache
def _left_behind() -> dict[str, list[str]]:
    return {operation: labels.split("|") for operation, labels in table("left_behind.tsv")}
