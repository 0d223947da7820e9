"""The small words of the wording: tokens, reserved words, quoting, numbers, and the error that names a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from matcher.model.language import Check
from matcher.model.patterns import later, pattern_of
from matcher.model.trees import children

DEEPEST = 100
STRUCTURE = frozenset({"and", "or", "unless", "then"})
HEADS = frozenset({
    "age", "sex", "pregnant", "breastfeeding", "childbearing", "contraception", "healthy", "history", "active",
    "known", "use", "any", "current", "past", "underwent", "undergoing", "allergy", "family", "smoking", "participation",
    "statement", "judgement", "consent", "unread", "when", "not", "at", "ambiguous",
})
_HEADS_THAT_QUALIFY = frozenset({"active", "known", "any", "current", "past"})
BEFORE_A_NUMBER = frozenset({"type", "grade", "class", "stage", "phase", "level"})
AFTER_A_CONDITION = STRUCTURE | {"is", "that", "stage", "confirmed", "other", "within", "over", "for", "showing"}
AFTER_A_MEASUREMENT = STRUCTURE | {"within", "over", "twice"}
AFTER_A_TREATMENT = STRUCTURE | {"that", "dose", "by", "response", "setting", "other", "within", "over", "for", "stable"}
AFTER_AN_ALLERGY = STRUCTURE | {"other"}
AFTER_A_FAMILY_DISEASE = STRUCTURE | {"in"}
AFTER_A_TRIAL = STRUCTURE | {"within", "over"}
AFTER_AN_EXCEPTION = STRUCTURE | {"stage", "by", "dose", "resolved", "over", "if"}
AFTER_A_UNIT = frozenset({"to", "as"})

_TOKEN = pattern_of(
    r'"(?:[^"\\]|\\.)*+"|".*+'
    r"|≥\?|>=\?|[<>]=|[<≤>≥=]|[(),;]"
    r'|[^\s"(),;<>≤≥=]++',
    re.DOTALL,
)
_QUOTED = later(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ESCAPE = later(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)', re.DOTALL)
_SAFE = later(r"[\w'’./×%°^*:&-]+(?: [\w'’./×%°^*:&-]+)*")
_NUMBER = pattern_of(r"[-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_NUMBER_AND_UNIT = later(r"([-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))((?![eE][0-9])[^\W\d_].*|[%×°].*)")
_LIMIT_OF_NORMAL = later(r"[×xX] ?(ULN|LLN)", re.IGNORECASE)


class WordingError(ValueError):
    """A text that is no wording, or a check too deep for one: `place` counts code points from 0."""

    def __init__(self, place: int, expected: str, found: str = "") -> None:
        self.place, self.expected, self.found = place, expected, found
        super().__init__(f"at {place}: {expected}{', found ' + found if found else ''}")


def tokens_of(text: str) -> list[str]:
    """The tokens of a text: quoted texts, operators, brackets and separators, and words."""
    return _TOKEN.findall(text)


def place_of(text: str, index: int) -> int:
    """Where the token of that index begins, in code points; the end of the text for one past the last."""
    for number, found in enumerate(_TOKEN.finditer(text)):
        if number == index:
            return found.start()
    return len(text)


def is_number(word: str) -> bool:
    """Whether a token is a plain decimal number."""
    return _NUMBER.fullmatch(word) is not None


def number_and_unit(word: str) -> tuple[str, str] | None:
    """The parts of a number written together with its unit, such as 50mg; None for anything else."""
    found = _NUMBER_AND_UNIT.fullmatch(word)
    if found is None or found[2][0].isdigit():
        return None
    return found[1], found[2]


def read_number(word: str) -> Decimal:
    """The exact value of a number token."""
    return Decimal(word.replace("−", "-"))


def write_number(number: Decimal) -> str:
    """The shortest exact decimal form, never with an exponent."""
    if not number:
        return "0"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ends_term(word: str, before: str) -> bool:
    """Whether a number ends the bare term before it; "type 2", "grade 3" and their like do not."""
    return before not in BEFORE_A_NUMBER and is_number(word)


def opens_a_check(words: Sequence[str]) -> bool:
    """Whether the words of a bare list entry read as the beginning of another check."""
    return words[0] in HEADS and (len(words) > 1 or words[0] not in _HEADS_THAT_QUALIFY)


def write_term(term: str, reserved: frozenset[str], *, first: frozenset[str] = frozenset()) -> str:
    """A term bare if every word of it is safe, unreserved and does not begin as one of `first`; else quoted."""
    if _SAFE.fullmatch(term):
        words = term.lower().split(" ")
        if words[0] not in first and not is_number(words[0]) and _stays_whole(words, reserved):
            return term
    return quote(term)


def write_choice(text: str, reserved: frozenset[str]) -> str:
    """One of the words of a list, bare or quoted; it may begin with a number."""
    if _SAFE.fullmatch(text):
        words = text.lower().split(" ")
        if not opens_a_check(words) and _stays_whole(words, reserved):
            return text
    return quote(text)


def write_choices(texts: Sequence[str], reserved: frozenset[str]) -> str:
    """A list of alternatives: `III, IV or V`."""
    written = [write_choice(text, reserved) for text in texts]
    return f"{', '.join(written[:-1])} or {written[-1]}" if len(written) > 1 else written[0]


def write_unit(unit: str, reserved: frozenset[str]) -> str:
    """A unit bare if it reads back as it stands, else quoted; nothing for none."""
    if not unit:
        return ""
    words = unit.lower().split(" ")
    safe = _SAFE.fullmatch(unit) and not any(word in reserved or is_number(word) for word in words)
    return unit if safe and plain_unit(unit) == unit else quote(unit)


def plain_unit(unit: str) -> str:
    """A unit as written, with `x ULN` and `xULN` as `× ULN`."""
    found = _LIMIT_OF_NORMAL.fullmatch(unit)
    return f"× {found[1].upper()}" if found else unit


def quote(text: str) -> str:
    """A text in double quotes, with everything that cannot be seen as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"' if not _is_plain(text) else f'"{text}"'


def unquote(token: str) -> str | None:
    """The text of a quoted token; None where it does not end or holds an unknown escape."""
    if not _QUOTED.fullmatch(token):
        return None
    try:
        return _ESCAPE.sub(_unescaped, token[1:-1]) if "\\" in token else token[1:-1]
    except ValueError:
        return None


def too_deep(check: Check) -> bool:
    """Whether the nodes of a check are nested deeper than a wording may be."""
    layer, depth = [check], 0
    while layer:
        layer = [part for one in layer for part in children(one)]
        depth += 1
        if depth > DEEPEST + 1:
            return True
    return False


def _stays_whole(words: list[str], reserved: frozenset[str]) -> bool:
    if words[-1] in BEFORE_A_NUMBER or not reserved.isdisjoint(words):
        return False
    return not any(ends_term(word, words[number]) for number, word in enumerate(words[1:]))


def _is_plain(text: str) -> bool:
    return text.isprintable() and '"' not in text and "\\" not in text


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    if len(escape) > 1:
        return chr(int(escape[1:], 16))
    if escape in '"\\':
        return escape
    if escape == "n":
        return "\n"
    raise ValueError(f"no such escape: \\{escape}")
