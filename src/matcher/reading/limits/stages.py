"""Rules for stages, classes and grades named in lists: "class III, IV or V", "stage IIIB-IV", "NYHA III-IV"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_ONE = pattern_of(r"(VIII|VII|VI|IV|V|III|II|I|[0-8])([A-Ha-h]\d?)?$")
_WORDS = pattern_of(r"[A-Za-z0-9+]+|[-–—~]|to")


def _stages(tokens: Sequence[Token], context: Context) -> Found:
    """The numerals after "class", a range spelled out; what stands behind them is left alone."""
    for end in range(len(tokens), 1, -1):
        found = _numerals(tokens[:end], context)
        if found is not None:
            return [*found, *tokens[end:]]
    return None


def _numerals(tokens: Sequence[Token], context: Context) -> Found:
    """The tokens as stages; None where anything else than numerals stands among them."""
    words = _WORDS.findall(context.text[tokens[1].start : tokens[-1].end])
    named: list[str] = []
    ranged = False
    for word in words:
        if word in ("or", "and", "I/II"):
            continue
        if word in ("-", "–", "—", "~", "to"):
            ranged = True
            continue
        if word.upper() in _LETTERS["III"] and named and (part := _PART.match(named[-1])) and part["letter"] and not ranged:
            named.append(part["numeral"] + (word.lower() if part["letter"].islower() else word.upper()))  # "IIIB/C"
            continue
        if not all(_ONE.match(part) for part in word.split("+") if part):
            return None
        between = _between(named[-1], word) if ranged and named else [word]
        if not between:
            return None
        named += between
        ranged = False
    return made("stages", tokens, context, tuple(dict.fromkeys(named))) if named else None


_PART = pattern_of(r"(?P<numeral>VIII|VII|VI|IV|V|III|II|I|[0-8])(?P<letter>[A-Da-d])?$")
_LETTERS = {"III": "ABCD"}  # the letters of a stage that has more than three; the others have three at most


def _between(low: str, high: str) -> list[str]:
    """The stages after `low` up to `high`, with the parts (IB, IIIA) of those at the ends; none where they make no row."""
    first, last = _PART.match(low), _PART.match(high)
    row = _row(first["numeral"], last["numeral"]) if first and last else []
    if first is None or last is None or not row:
        return []
    found = [numeral + letter for numeral in row[:1] for letter in _letters(numeral, first["letter"] or "") if first["letter"] and letter.upper() > first["letter"].upper()]
    if len(row) == 1:
        return [one for one in found if last["letter"] and one[-1].upper() <= last["letter"].upper()]
    ends = [row[-1] + letter for letter in _letters(row[-1], last["letter"] or "") if letter.upper() <= (last["letter"] or "").upper()]
    return [*found, *row[1:-1], *(ends if last["letter"] else row[-1:])]


def _row(low: str, high: str) -> list[str]:
    """The numerals from one to another; a stage 0 stands before I."""
    if low == "0" and high in _ROMANS:
        return ["0", *_ROMANS[: _ROMANS.index(high) + 1]]
    if low in _ROMANS and high in _ROMANS:
        return list(_ROMANS[_ROMANS.index(low) : _ROMANS.index(high) + 1])
    return [str(number) for number in range(int(low), int(high) + 1)] if low.isdigit() and high.isdigit() else []


def _letters(numeral: str, like: str) -> str:
    """The letters that part a stage, written as the one that is named."""
    letters = _LETTERS.get(numeral, "ABC")
    return letters.lower() if like.islower() or (not like and numeral.isdigit()) else letters


def _bare_stages(tokens: Sequence[Token], context: Context) -> Found:
    """ "ASA I-III": roman numerals behind a score that has such grades."""
    measure = context.vocabulary.measure(str(tokens[0].value))
    at = next(i for i, token in enumerate(tokens) if token.tag in ("w", "route"))
    numerals = [token.text for token in tokens[at:] if token.tag in ("w", "route")]
    if measure is None or not measure.order or not all(text in _ROMANS for text in numerals):
        return None
    head = Token("stage", tokens[at].start, tokens[at].start, "")
    found = _stages([head, *tokens[at:]], context)
    return [*tokens[:at], *found] if found else None


def _grades(tokens: Sequence[Token], context: Context) -> Found:
    """ "grade ≥ 2" of a toxicity: the grades it takes in, of 1 to 5."""
    op = str(next(token.value for token in tokens if token.tag in ("cmp", "after")))
    number = next(token for token in tokens if token.tag == "number")
    stage = next(token for token in tokens if token.tag == "stage")
    grade = number.value.low
    if not stage.text.casefold().startswith("grade") or number.value.high is not None or not 0 <= grade <= 5 or op == "=":
        return None
    kept = [n for n in range(1, 6) if (n > grade if op == ">" else n >= grade if op == "≥" else n < grade if op == "<" else n <= grade)]
    return made("stages", tokens, context, tuple(str(n) for n in kept)) if kept else None


_UP = pattern_of(r"(?:or|and)\s+(?:greater|higher|worse|more|above|over|up)", re.IGNORECASE)
_MOST = {"grade": ("5", "V"), "stage": ("5", "IV"), "class": ("4", "IV")}


def _and_up(tokens: Sequence[Token], context: Context) -> Found:
    """ "grade 2 or greater", "class III or higher": that one and those above it."""
    named: tuple[str, ...] = tokens[0].value
    most = next((ends for kind, ends in _MOST.items() if kind in tokens[0].text.casefold()), None)
    if most is None or len(named) != 1 or not _UP.fullmatch(context.words(tokens[1:])):
        return None
    low = named[0]
    higher = _between(low, most[0] if low.isdigit() else most[1]) if low.isdigit() or low in _ROMANS else []
    found = [low, *higher] if higher and higher[0] != low else [low]
    return made("stages", tokens, context, tuple(found)) if higher or low in most else None


_KIND = pattern_of(r"(class|grade|stage)(?:es|s)?\b", re.IGNORECASE)
_KIND_LAST = pattern_of(r"\b(class|grade|stage)\W*$", re.IGNORECASE)


def _said_each(tokens: Sequence[Token], context: Context) -> Found:
    """ "class III or class IV", "stage I, stage II or stage III": one choice, its word said with each."""
    named = [token for token in tokens if token.tag == "stages"]
    kinds = [kind[1].casefold() if (kind := _KIND.match(token.text)) else "" for token in named]
    before = _KIND_LAST.search(context.text, max(0, named[0].start - 12), named[0].start)
    if "" in kinds and (before is None or kinds[0]):
        return None
    if len({kind or before[1].casefold() if before else kind for kind in kinds}) > 1:
        return None
    return made("stages", tokens, context, tuple(dict.fromkeys(step for token in named for step in token.value)))


def _for_a_time(tokens: Sequence[Token], context: Context) -> Found:
    """ "therapy for 3 months": the "for" is of the time, not of what is treated."""
    head = tokens[0]
    if not head.text.casefold().endswith(" for"):
        return None
    at = head.end - len("for")
    kind = "event" if head.text.casefold().startswith(("treatment", "therapy")) else "w"
    return [Token(kind, head.start, at - 1, head.text[: -len(" for")]), Token("for", at, head.end, head.text[-3:]), *tokens[1:]]


def _staged_disease(tokens: Sequence[Token], context: Context) -> Found:
    """ "stage III or IV disease": a disease of that stage, whichever it is."""
    if tokens[-1].text.casefold() != "disease":
        return None
    return [tokens[0], replace(tokens[-1], tag="cond", value="disease")]


def _of_grade(tokens: Sequence[Token], context: Context) -> Found:
    """ "diarrhea, grade 2 or higher"."""
    stages = next(token for token in tokens if token.tag == "stages")
    return [stages] if stages.text.casefold().startswith("grade") else None


_VERSION = r"(?:[\s,(]*(?:version|ver\.?|v\.?)?\s?\[?v?\]?\s?\d(?:\.\d{1,2})?\)?)?"
_TOXICITY = r"(?:(?:national cancer institute|nci)['’s]*[\s(-]*(?:nci\)?[\s-]*)?)?(?:common (?:terminology|toxicity) criteria(?: (?:for|of) adverse events?)?|ctcae|(?<=nci )ctc|(?<=nci-)ctc)(?:[\s,]*\(?(?:nci[\s-]*)?ctcae?\)?)?"
_SCALE = Caseless(rf"\s*[(,]?\s*(?:(?:as )?(?:graded |defined |assessed |measured )?(?:by|per|according to|based on|using|on|in|of|with|under)\s+)?(?:the\s+)?{_TOXICITY}{_VERSION}(?:\s+(?:criteria|scale|grading|toxicity|definitions?))*\s*\)?", needs=("ctc", "common t"))


def without_scale(tokens: list[Token], text: str) -> list[Token]:
    """The tokens without the scale by which grades of toxicity are told: "(NCI CTCAE v4.0)"."""
    found = [match.span() for match in _found(text)]
    return [token for token in tokens if not any(start <= token.start and token.end <= end for start, end in found)]


def _found(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while (match := _SCALE.search(text, place)) is not None:
        place = match.end()
        if text[match.start() : match.end()].count("(") == text[match.start() : match.end()].count(")"):
            yield match


STAGES = (
    Rule("treated for a time", "head (cmp? (number|time|range)|within)", _for_a_time, "head"),
    Rule("grades", "(cmp stage number|stage cmp number|stage number after)", _grades, "stage"),
    Rule("bare stages", "measure (of|be|level|score)* (w|route) ((dash|to|or|comma|and|slash)+ (w|route))*", _bare_stages, "measure"),
    Rule("stages", "stage (w|number|range|route) ((comma|or|and|slash|plus|dash|to|number|range|w|route)* (w|number|range|route))?", _stages, "stage"),
    Rule("stage and up", "stages (after|or w)", _and_up, "stages"),
    Rule("stages said each", "stages ((comma|or|and|slash)+ stages)+", _said_each, "stages"),
    Rule("staged disease", "stages w", _staged_disease, "stages"),
    Rule("of a grade", "(?<=cond) of stages (?!w|cond|degree|drug|proc|measure)", lambda t, c: [t[1]], "stages"),
    Rule("a grade behind", "(?<=cond) (comma stages|open stages close) (by|per)? (?=stop|semicolon|$)", _of_grade, "stages"),
)
