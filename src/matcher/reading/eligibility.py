"""The way in: eligibility sections → criteria with their checks; and one criterion alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Not,
    Sex,
    State,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.model.wording import remember, wording
from matcher.reading.certain.age_at_head import with_age_at_head
from matcher.reading.certain.asked_as_said import asked_as_said
from matcher.reading.certain.denied_in_part import denied_as_a_whole
from matcher.reading.certain.kept import DECIDED, beside
from matcher.reading.certain.left_to_people import left_to_people
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.doubts.allowing import with_leave
from matcher.reading.doubts.both_sexes import of_either_sex
from matcher.reading.doubts.but_not import denied_apart
from matcher.reading.doubts.defining import without_its_definition
from matcher.reading.doubts.doubted import with_doubts
from matcher.reading.doubts.doubted_lists import A_STUDY_OF, with_list_doubts
from matcher.reading.doubts.due_to import of_a_cause
from matcher.reading.doubts.exceptions_doubted import with_exceptions_doubted
from matcher.reading.doubts.for_cancer import for_cancer
from matcher.reading.doubts.for_so_long import for_so_long
from matcher.reading.doubts.limits_relaxed import limits_relaxed
from matcher.reading.doubts.misfiled import perhaps_required, where_forbidden, with_health_asked
from matcher.reading.doubts.of_examples import with_examples_as_said
from matcher.reading.doubts.one_of_them import with_alternatives_beside, with_any_value, with_exceptions_as_said
from matcher.reading.doubts.points_of_thousands import with_thousands
from matcher.reading.doubts.reaching import with_words_reaching
from matcher.reading.doubts.said_by_heads import of_a_lost_head, said_by_heads
from matcher.reading.doubts.second_look import looked_at_again, of_one_pregnancy
from matcher.reading.doubts.words_of_all import by_reaction
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read, Spans
from matcher.reading.joints.later_allergens import with_parts_of_it
from matcher.reading.joints.said_as_states import with_states_said
from matcher.reading.joints.time_of_need import with_time_of_need
from matcher.reading.layout.evened import evened, in_its_place
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.laid_out import laid_out
from matcher.reading.layout.notes_under import notes_behind
from matcher.reading.layout.one_list import denied_throughout, in_one_list
from matcher.reading.layout.opposed import reconciled
from matcher.reading.layout.or_lines import ends_in_or
from matcher.reading.limits.clearances import found_in_urine
from matcher.reading.people.fertility import (
    SPEAKS_OF_CONTRACEPTION,
    SPEAKS_OF_FERTILITY,
    SPEAKS_OF_NURSING,
    fertility_sentence,
)
from matcher.reading.people.sexed_subjects import for_one_sex, of_one_sex
from matcher.reading.reader import Reader
from matcher.reading.tagging.in_step import InStages, alone, in_step
from matcher.reading.tagging.spelling import spaced
from matcher.reading.whole.aged_heads import of_that_age
from matcher.reading.whole.allergy_sentences import SPEAKS_OF_ALLERGY, allergy_sentence, denied_allergies
from matcher.reading.whole.asked_in_parts import asked_in_parts
from matcher.reading.whole.begun_anew import with_demand_anew
from matcher.reading.whole.denied_held import denied_and_held
from matcher.reading.whole.each_group import with_each_group
from matcher.reading.whole.either import with_either_apart
from matcher.reading.whole.held_to_diseases import held_to_diseases
from matcher.reading.whole.held_to_drugs import held_to_drugs
from matcher.reading.whole.held_to_members import held_to_members
from matcher.reading.whole.in_parts import read_in_parts
from matcher.reading.whole.malignancy_sentences import SPEAKS_OF_CANCER, malignancy_reading
from matcher.reading.whole.nothing_asked import left_to_the_protocol
from matcher.reading.whole.pregnancy_sentences import SPEAKS_OF_PREGNANCY, pregnancy_sentence
from matcher.reading.whole.rules_of_some import of_some_only, of_those_with_it
from matcher.reading.whole.treatments_needed import with_treatment_needed
from matcher.reading.whole.trial_sentences import SPEAKS_OF_TRIALS, trial_sentence, with_devices
from matcher.vocabulary import Phrase, Vocabulary, is_asked, load, normal

_TRUE_SIGNS = pattern_of(r"[≥≤⩾⩽≧≦<>=&](?:(?<=[≥≤⩾⩽≧≦])|(?<=[<>])\s?=|(?<==)\s?[<>]|(?<=&)[gl]e;)")
_EXPLAINED = pattern_of(r"\(([A-Z][A-Za-z0-9-]{1,9})\)")
_BEFORE = 90  # characters: no explained name is longer
_OF_MANUALS = frozenset(("dsm", "icd", "cdc"))  # "… of mental disorders (DSM)" is none of these
_KINDS = (("condition", "condition"), ("treatment", "treatment"), ("procedure", "procedure"))


@dataclass(frozen=True, slots=True)
class ReadCriterion:
    """One criterion as read: `check` is its canonical wording ("" = unread), `read` full, part or none."""

    id: str
    kind: str
    text: str
    group: str
    note: str
    check: str
    read: str
    spans: Spans


def read_eligibility(sections: Iterable[tuple[str, str]], vocabulary: Vocabulary | None = None) -> list[ReadCriterion]:
    """The criteria of a record's eligibility sections, each (kind: inclusion | exclusion | both, text), in reading order."""
    words = vocabulary or load()
    parts = [(kind, text) for kind, text in sections]
    whole = "\n".join(text for _, text in parts)
    local, lost = abbreviations(whole, words), _TRUE_SIGNS.search(whole) is None
    laid = list(laid_out(parts))
    by_themselves = list(in_step(_reading(Reader(words, local, lost), one.text, one.kind) for one in laid))
    reads = [_in_group(_doubted(read, one), one.group, one.text, words) for one, read in zip(laid, by_themselves, strict=True)]
    found: list[ReadCriterion] = []
    numbers = {"inclusion": 0, "exclusion": 0}
    for one, by_itself, read in zip(laid, by_themselves, reconciled(laid, reads, words), strict=True):
        numbers[one.kind] += 1
        said = asked_as_said(read, one.text, one.kind) if read is by_itself and not one.doubtful else read
        found.append(_criterion(f"{one.kind[0].upper()}{numbers[one.kind]}", one.kind, one.text, one.group, one.note, said))
    return found


def _doubted(read: Read, laid: Laid) -> Read:
    """What a line asks that may be a member of a list opened above it: shown, and not certain."""
    return (_beside(read, laid) or _in_doubt(read, laid.text)) if laid.doubtful else read


def _beside(read: Read, laid: Laid) -> Read | None:
    """A line that may be a part of more, or that another lets some in in spite of: an inclusion is met where it is kept, nobody is excluded without it."""
    words = laid.beside or laid.allowed
    told = [isinstance(leaf, DECIDED) for leaf in leaves(read.check)]
    open_ = any(isinstance(node, When | Unless) or (isinstance(node, Ambiguous) and not all(isinstance(leaf, DECIDED) for leaf in leaves(node))) for node in nodes(read.check))
    denied = any(isinstance(node, Not) for node in nodes(read.check))  # among exclusions it may be what lets somebody in
    if not words or open_ or not (any(told) and not denied if laid.kind == "exclusion" else all(told)):
        return None
    rest = Unread(" ".join(words.split()))
    if laid.kind == "exclusion":
        check: Check = Unless(read.check, rest) if laid.allowed else All((read.check, rest))
    else:
        check = Any((read.check, rest))
    return Read(check, (*read.spans, (0, len(laid.text))))


def _in_doubt(read: Read, text: str) -> Read:
    """A reading beside the whole text: it decides nothing."""
    if not any(isinstance(leaf, DECIDED) for leaf in leaves(read.check)):
        return read
    return beside(Read(Unread(" ".join(text.split())), ((0, len(text)),)), [read])


def read_criterion(text: str, kind: str, vocabulary: Vocabulary | None = None) -> Read:
    """The check of one criterion that stands alone."""
    return asked_as_said(as_read(text, kind, vocabulary), text, kind)


def as_read(text: str, kind: str, vocabulary: Vocabulary | None = None) -> Read:
    """The same with the words that were not read left as such, whether or not they can be asked as they stand."""
    words = vocabulary or load()
    reader = Reader(words, abbreviations(text, words), lost=_TRUE_SIGNS.search(text) is None)
    return _read(reader, text, kind)


def _read(reader: Reader, text: str, kind: str, depth: int = 0) -> Read:
    return alone(_reading(reader, text, kind, depth))


def _reading(reader: Reader, text: str, kind: str, depth: int = 0) -> InStages[Read]:
    """One whole criterion, read without what only its typing adds."""
    plain, places = evened(notes_behind(text, kind))
    listed = in_one_list(plain) if kind == "inclusion" else plain
    read = yield from _reading_even(reader, listed, kind, depth, chosen=kind == "inclusion" and ends_in_or(text))
    return in_its_place(read if listed is plain else denied_throughout(read, plain), places)


def _reading_even(reader: Reader, text: str, kind: str, depth: int, *, chosen: bool) -> InStages[Read]:
    """One whole criterion, in doubt where it came under the wrong heading, or asks one person to be of both sexes.

    `depth` tells how often its words were put in other ones already: that has an end, whatever the words are.
    """
    begins = where_forbidden(text) if kind == "exclusion" and depth < _DEEPEST else None
    if begins is not None:
        said = yield from _reading_even(reader, text[begins:], kind, depth + 1, chosen=False)
        return Read(said.check, tuple((start + begins, end + begins) for start, end in said.spans))
    defined = without_its_definition(text, kind, lambda head: _read(reader, head, kind, depth + 1)) if depth < _DEEPEST else None
    if defined is not None:
        return defined
    read = yield from reader.reading(text, kind)
    yield
    read = with_leave(read, text, kind, reader.read)
    read = with_devices(read, reader.read) if "evice" in text else read
    if chosen:
        read = _in_doubt(read, text)
    found = looked_at_again(of_either_sex(perhaps_required(read, text, kind, reader.vocabulary), text, kind), text, kind)
    if kind == "exclusion":
        found = with_words_reaching(with_list_doubts(found, text), text)
    yield
    whole = is_whole(found.check)
    if "\n" not in text and not whole:
        found = _of_one_kind(spaced(text), kind, reader, found) or found
    elif any(map(text.__contains__, SPEAKS_OF_CONTRACEPTION)) and ("enopaus" in text or "teril" in text or Sex("female") in leaves(found.check)):
        found = fertility_sentence(text, kind) or found  # who bears no children is told by the profile, not by a procedure alone
    if len(text) < 2 * _LONGEST and any(map(text.__contains__, SPEAKS_OF_CANCER)):
        found = malignancy_reading(spaced(text), kind, reader.vocabulary, found.check) or found
    if kind == "exclusion":
        found = found if depth >= _DEEPEST or A_STUDY_OF.search(text) else read_in_parts(found, spaced(text), lambda part: _read(reader, part, kind, depth + 1))
        found = with_exceptions_doubted(said_by_heads(found, text, reader.vocabulary), text, reader.vocabulary)
        found = of_one_pregnancy(found, text) if "eek" in text and "regnan" in text else found
    else:
        found = asked_in_parts(found, spaced(text), lambda part: _read(reader, part, kind, depth + 1), lambda parts: with_doubts(parts, text, kind, reader.vocabulary)) if depth < _DEEPEST else found
        found = denied_as_a_whole(of_a_lost_head(found, text), text, lambda said: _read(reader, said, "exclusion", depth + 1))
        found = denied_and_held(found, text, lambda said: _read(reader, said, "exclusion", depth + 1), reader.lexer)
        found = with_treatment_needed(found, spaced(text), reader.lexer)
        found = of_those_with_it(of_some_only(found, text, lambda part: _read(reader, part, kind, depth + 1)), text, lambda part: _read(reader, part, kind, depth + 1))
        found = of_that_age(found, text, lambda part: _read(reader, part, kind, depth + 1)) if depth == 0 else found
        found = limits_relaxed(found, text, lambda said: _read(reader, said, kind, depth + 1))
        found = with_alternatives_beside(with_health_asked(found, text, reader.vocabulary) if isinstance(found.check, Not) else found)
    if "ither " in text and depth < _DEEPEST:
        found = with_either_apart(found, text, kind, lambda part: _read(reader, part, kind, depth + 1))
    if kind == "inclusion" and isinstance(found.check, Not) and depth < _DEEPEST:
        found = with_demand_anew(found, text, lambda part: _read(reader, part, kind, depth + 1))
    if text.count(":") > 1 and depth == 0:
        found = with_each_group(found, text, kind, lambda part: _read(reader, part, kind, depth + 1))
    if "but not" in text:
        found = denied_apart(found, text, reader.vocabulary)
    found = of_a_cause(found, reader.vocabulary, lambda said: _read(reader, said, "inclusion", depth + 1)) if depth < _DEEPEST else found
    if "omponent" in text or "ngredient" in text or "onstituent" in text:
        found = with_parts_of_it(found, reader.vocabulary)
    found = with_exceptions_as_said(with_any_value(with_examples_as_said(found, text, reader.vocabulary), text), text)
    found = with_states_said(left_to_people(for_so_long(for_cancer(found, text, reader.vocabulary), text, kind), reader.vocabulary, kind), text)
    if depth > 0:
        return found
    if kind == "exclusion":
        found = by_reaction(found, text) if text.rstrip(" .").endswith(")") else found
        found = held_to_drugs(held_to_diseases(found, text, reader.lexer), text, reader.lexer)
        found = held_to_members(found, text, reader.lexer, lambda part: _read(reader, part, kind, depth + 1))
    found = found_in_urine(with_thousands(found, text, reader.vocabulary), text)
    found = with_age_at_head(found, text) if kind == "inclusion" else found
    return left_to_the_protocol(for_one_sex(of_one_sex(with_time_of_need(with_states_said(found, text, freely=True), text), text, kind), text, kind), text)


_DEEPEST = 5
_LONGEST = 400  # characters: no sentence of one kind is longer


def _of_one_kind(text: str, kind: str, reader: Reader, read: Read) -> Read | None:
    """A whole criterion about contraception or pregnancy, or an exclusion that only names allergies, or other trials."""
    fertility = fertility_sentence(text, kind) if any(map(text.__contains__, SPEAKS_OF_FERTILITY)) else None
    if fertility is not None or len(text) >= _LONGEST:
        return fertility
    pregnancy = any(map(text.__contains__, SPEAKS_OF_PREGNANCY))
    if any(map(text.__contains__, SPEAKS_OF_CONTRACEPTION)):
        return pregnancy_sentence(text, kind, _without_contraception) if kind == "exclusion" and pregnancy else None
    plans = pregnancy_sentence(text, kind) if pregnancy and any(map(_is_bare, leaves(read.check))) else None
    if plans is not None:
        return plans
    if any(map(text.__contains__, SPEAKS_OF_NURSING)) and any(map(_is_bare, leaves(read.check))) and (fertility := fertility_sentence(text, kind)) is not None:
        return fertility
    if kind == "inclusion":
        return denied_allergies(text, reader.vocabulary) if any(map(text.__contains__, SPEAKS_OF_ALLERGY)) else None
    allergies = allergy_sentence(text, reader.vocabulary) if any(map(text.__contains__, SPEAKS_OF_ALLERGY)) else None
    return allergies or (trial_sentence(text, reader.read) if any(map(text.__contains__, SPEAKS_OF_TRIALS)) and not A_STUDY_OF.search(text) else None)


def _without_contraception(text: str) -> Check | None:
    """Who does not use contraception, as the last member of a list says it; None where it does not say of whom."""
    found = fertility_sentence(text, "exclusion")
    return found.check if found is not None and any(leaf != State("contraception") for leaf in leaves(found.check)) else None


def _is_bare(leaf: Check) -> bool:
    """Whether a leaf is unread, or a statement that the vocabulary does not know."""
    return isinstance(leaf, Unread) or (isinstance(leaf, Statement) and not is_asked(leaf.text, load()))


def _criterion(name: str, kind: str, text: str, group: str, note: str, read: Read) -> ReadCriterion:
    found = list(leaves(read.check))
    bare = list(map(_is_bare, found))
    share = "none" if all(bare) else "part" if any(bare) else "full"
    check = "" if all(isinstance(leaf, Unread) for leaf in found) else wording(read.check)
    if check:
        remember(check, read.check)
    return ReadCriterion(name, kind, text, group, note, check, share, read.spans)


def _in_group(read: Read, group: str, text: str, vocabulary: Vocabulary) -> Read:
    """A rule of a group that is named after a disease, or after two, is a rule for those who have it."""
    diseases = _group_conditions(group, vocabulary) if group else []
    if not diseases or all(isinstance(leaf, Unread) for leaf in leaves(read.check)):
        return read
    at = text.find(group)
    span = (at, at + len(group)) if at >= 0 else (0, 0)
    return Read(When(any_of([Condition(name) for name in diseases]), read.check), (*(span,) * len(diseases), *read.spans))


_OF_A_GROUP = pattern_of(r"\([^)]*\)|[\[\]]|\b(?:parts?|cohorts?|arms?|groups?)\s+[A-Z0-9]{1,3}\b\s*[-–:]?|\b(?:the|for|in|with|all|only|specific|group|cohort|arm|subgroup|population|patients?|subjects?|participants?)\b", re.IGNORECASE)
_EITHER = pattern_of(r"\s*(?:/|,\s*(?:or\b)?|\bor\b|\band/or\b)\s*", re.IGNORECASE)


_WITHOUT = pattern_of(r"\s[-–−]\s*(?:group|cohort|arm)|\b(?:without|non|no|disease)\b", re.IGNORECASE)


def _group_conditions(group: str, vocabulary: Vocabulary) -> list[str]:
    """The diseases that a group is named after; none where a part of its name is something else."""
    if _WITHOUT.search(group):
        return []
    words = _OF_A_GROUP.sub(" ", group)
    whole = vocabulary.condition(words)
    found = [whole] if whole is not None else [vocabulary.condition(part) for part in _EITHER.split(words)]
    return [] if None in found else list(dict.fromkeys(one.label for one in found if one is not None))


def abbreviations(text: str, vocabulary: Vocabulary) -> dict[str, Phrase]:
    """Abbreviations that the text explains: "urine protein creatinine ratio (UPCR)"; only where the words resolve."""
    found: dict[str, Phrase] = {}
    for bracket in _EXPLAINED.finditer(text):
        short = normal(bracket[1])
        if len(short) != 1 or set(bracket[1]) <= set("IVX"):
            continue  # a numeral is a stage
        before = re.split(r"[^\w\s'-]", text[max(0, bracket.start() - _BEFORE) : bracket.start()])[-1]
        phrase = _resolved(before.split()[-7:], vocabulary)
        if phrase is not None and short[0] not in _OF_MANUALS and short[0][0] in {word[0] for word in phrase.words}:
            found[short[0]] = phrase
    return found


def _resolved(words: Sequence[str], vocabulary: Vocabulary) -> Phrase | None:
    """The longest run of words before the bracket that names something."""
    for start in range(len(words)):
        wording_ = " ".join(words[start:])
        measure = vocabulary.measure(wording_)
        if measure is not None:
            return Phrase(normal(wording_), "measure", measure.label)
        for kind, name in _KINDS:
            concept = getattr(vocabulary, kind)(wording_)
            if concept is not None:
                return Phrase(normal(wording_), name, concept.label)
    return None


