"""A reason in as few sentences as it says different things: "Not recorded: ALT. Not recorded: AST." is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from matcher.matching.words import listed
from matcher.model.patterns import later

_END = later(r"(?<=\.)(?<!\bSt\.) (?=[A-Z“]|\d+-|[a-z]{1,2}[A-Z])")  # a sentence may begin with "24-hour urine protein" or "eGFR"
_OPENINGS = ("Not recorded: ", "For a clinician to judge: ", "For the consent visit: ")
UNREAD = "Not understood: "
_FACTS = "Recorded: "
_NONE = later(r"No (.+) is recorded, and the list is complete\.")
# What is looked for, and the entries that are it.
_HELD = later(r"([^:“”]+): recorded (.+)\.")
# What narrows a name: beside the name itself it says nothing more of what is not recorded.
_STATES = later(r"(?:(?:active|acute|chronic|current|mild|moderate|severe|serious|major|metastatic|recurrent|significant|symptomatic|uncontrolled|unstable)(?: (?:or|and) | ))+")
# Clauses that differ in one name only: said once, with all the names.
_ALIKE = (
    later(r"(it is for )(.+?)((?: among others)?, of which nothing is recorded)"),
    later(r"(whether (?:it|this|one of these) counts as )([^“”;]+)( is not known)"),
    later(r"(whether (?:it|this|one of these) is )(“[^“”]+”)( is not recorded)"),
    later(r"(not understood, it could be )([^“”;]+)()"),
)
# An entry of the record and why it leaves the criterion open; what was measured is a sentence of its own.
_ENTRY = later(r"([^:“”]+ \((?:[^():“”]|\([^()]*\))*\)): (?!recorded )(.+)\.")
_CLAUSE_END = later(r"; (?=(?:[^“”]|“[^”]*”)*$)")
_MOST = 3  # entries named before what they have in common
_AS_EVER = later(r" \((?:active|current)(?:\)$|(, ))")  # of several entries what goes without saying is not said
_SAME_WORDS = 25  # letters that tell one quoted text from another
# What is said of one entry, as it is said of several.
_OF_SEVERAL = (
    (later(r"^whether (?:it|this) (?=is |was |has |counts |comes )"), "whether one of these "),
    (later(r"^its "), "their "),
    (later(r"^it has not lasted "), "none of these has lasted "),
    (later(r"^it is excepted$"), "they are excepted"),
    (later(r"^it speaks for (.+), of which nothing is recorded$"), r"each speaks for \1, of which nothing is recorded"),
)


def in_few_words(reason: str) -> str:
    """The same said with each kind of sentence once; what was not understood stands last, behind what can be asked."""
    if ". " not in reason:
        return reason
    sentences = _sentences(reason)
    sentences = [one for one in sentences if f"The patient is {one.removeprefix('Recorded: ')}" not in sentences]
    return reason if len(sentences) < 2 and sentences == [reason] else " ".join((*_grouped(sentences), *_unread(sentences)))


def beside_text(reason: str, text: str = "") -> str:
    """The reason where the criterion stands right above it, with what was not understood marked there."""
    opening, quoted, words = reason.partition(": “")
    if quoted and words.removesuffix(".").removesuffix("”") == text and f"{opening}: " in _OPENINGS:
        return f"{opening}."  # for the consent visit is all of it
    said, _, unread = reason.rpartition(UNREAD)
    alone = unread.startswith("“") and unread.endswith("”.") and not said.endswith(": ")
    return said.rstrip() if alone else reason


def _sentences(reason: str) -> list[str]:
    """The sentences; a full stop within quotation marks ends none."""
    found: list[str] = []
    for piece in _END.split(reason):
        if found and found[-1].count("“") > found[-1].count("”"):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def _grouped(sentences: Sequence[str]) -> Iterator[str]:
    """All but what was not understood, each kind where the first of it stood."""
    entries = [found for one in sentences if (found := _ENTRY.fullmatch(one))]
    told: set[str] = set()
    for one in sentences:
        kind = _kind(one)
        if kind == UNREAD or (kind and kind in told):
            continue
        told.add(kind)
        if kind == _ENTRY.pattern:
            yield from _of_entries([(found[1], _CLAUSE_END.split(found[2])) for found in entries])
        elif kind == _NONE.pattern:
            yield f"No {_none_of([found[1] for each in sentences if (found := _NONE.fullmatch(each))])} is recorded, and the list is complete."
        elif kind == _HELD.pattern:
            yield from _held([found for each in sentences if (found := _HELD.fullmatch(each))])
        elif kind:
            yield f"{kind}{_listed(_widest(_of_kind(sentences, kind)))}."
        else:
            yield one


def _kind(sentence: str) -> str:
    """What sentences of the same kind have in common; "" for one of its own."""
    if opening := next((one for one in (*_OPENINGS, _FACTS, UNREAD) if sentence.startswith(one)), ""):
        return opening
    return next((form.pattern for form in (_NONE, _HELD, _ENTRY) if form.fullmatch(sentence)), "")


def _widest(names: Sequence[str]) -> list[str]:
    """The names without those that only narrow another of them: "severe liver disease" beside "liver disease"."""
    return [one for one in names if (wide := _STATES.match(one)) is None or one[wide.end() :] not in names]


def _none_of(names: Iterable[str]) -> str:
    *others, last = _widest(list(dict.fromkeys(names)))
    joint = " and no " if len(others) < 2 or any(", " in one for one in (*others, last)) else ", no "
    return f"{joint.join(others)} and no {last}" if others else last


def _held(told: Iterable[re.Match[str]]) -> Iterator[str]:
    """All that is looked for of which the same entries are recorded, in one sentence."""
    alike: dict[str, list[str]] = {}
    for found in told:
        alike.setdefault(found[2], []).append(found[1])
    for recorded, names in alike.items():
        said = [names[0], *(one if one[:2].isupper() else one[:1].lower() + one[1:] for one in names[1:])]
        yield f"{_listed(list(dict.fromkeys(said)))}: recorded {recorded}."


def _of_kind(sentences: Iterable[str], opening: str) -> list[str]:
    return list(dict.fromkeys(one.removeprefix(opening).removesuffix(".") for one in sentences if one.startswith(opening)))


def _listed(names: Sequence[str]) -> str:
    if any("," in one or " and " in one for one in names):
        return "; ".join(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _unread(sentences: Sequence[str]) -> Iterator[str]:
    """The quoted texts, but for one that stands in another."""
    texts = _of_kind(sentences, UNREAD)
    own = [text for place, text in enumerate(texts) if not any(text[1:_SAME_WORDS].rstrip("…”") in other for other in (*texts[:place], *(one for one in texts[place + 1 :] if len(one) > len(text))))]
    if own:
        yield f"{UNREAD}{'; '.join(own)}."


def _of_entries(told: Sequence[tuple[str, list[str]]]) -> Iterator[str]:
    """What is said of the entries: of one in one sentence, of several each thing with all of whom it is said."""
    of: dict[str, dict[str, None]] = {}
    for shown, clauses in told:
        for clause in clauses:
            of.setdefault(clause, {})[shown] = None
    alike: dict[tuple[str, ...], list[str]] = {}
    for clause, entries in of.items():
        alike.setdefault(tuple(entries), []).append(clause)
    for entries_of, clauses in alike.items():
        yield f"{_named(entries_of)}: {'; '.join(_joined([_said_of(len(entries_of), one) for one in clauses]))}."


def _joined(clauses: Sequence[str]) -> Iterator[str]:
    """Clauses that differ in one name only as one, where the first of them stood."""
    alike: dict[tuple[str, str] | str, list[str]] = {}
    for clause in clauses:
        found = next((found for form in _ALIKE if (found := form.fullmatch(clause))), None)
        alike.setdefault((found[1], found[3]) if found else clause, []).append(found[2] if found else "")
    for said, names in alike.items():
        yield said if isinstance(said, str) else f"{said[0]}{listed(names)}{said[1]}"


def _named(entries: Sequence[str]) -> str:
    more = len(entries) - _MOST
    plain = [_AS_EVER.sub(lambda found: found[1] and " (", one) for one in entries] if len(entries) > 1 else list(entries)
    return "; ".join(plain) if more < 2 else f"{'; '.join(plain[:_MOST])} and {more} more"


def _said_of(count: int, clause: str) -> str:
    if count == 1:
        return clause
    return next((form.sub(said, clause) for form, said in _OF_SEVERAL if form.search(clause)), clause)
