"""The one normalisation of wordings: every alias and every text is brought to these words before they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from matcher.model.patterns import later, pattern_of

_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "ω": "omega",
    "Α": "alpha", "Β": "beta", "Γ": "gamma", "Δ": "delta", "Κ": "kappa", "Ω": "omega",
}  # fmt: skip
_GREEKS: Final = "".join(_GREEK)


# A plus or minus that is a word: "HER2+", "EGFR-".
SIGNED: Final = (
    r"\+(?!\w)(?:(?<=[^\W\d_]\+)|(?<=[^\W\d_]\d\+)|(?<=[^\W\d_]\d\d\+))"
    r"|[-\u2212\u2010-\u2013](?=[\s,;)/\]]|$)(?<=[A-Z][A-Z\d].)(?!\s*\d)"
)


def token_pattern(letter: str) -> str:
    """The pattern of one token of a text, without groups; `letter` is the pattern of a letter.

    Letters and a digit after them part ("HER2", "HER-2" and "HER 2" are one spelling); a digit keeps the letters after
    it ("2k", "1c").
    """
    return (
        rf"{letter}(?:\.(?<!\w..)(?:{letter}\.)+(?:{letter}(?!\w))?|{letter}*(?:['’ʼ`´]{letter}+)*)"
        rf"|[0-9]+(?:\.[0-9]+)?{letter}*"
        rf"|[{_GREEKS}]"
        rf"|{SIGNED}|%|&"
    )


# Marks that belong to the letters around them: accents of their own, soft hyphens, signs without width.
_MARKS: Final = r"\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_BARE: Final = rf"[^\W\d_{_GREEKS}]"
LETTERS: Final = ("[A-Za-z]", _BARE, rf"(?:{_BARE}|[{_MARKS}])")
_MARK: Final = pattern_of(f"[{_MARKS}]")
# Most names hold no sign that needs the whole pattern: they are cut five times as fast.
_SIMPLE: Final = pattern_of(r"[A-Za-z0-9]+(?:[ /-][A-Za-z0-9]+)*")
_SIMPLE_TOKEN: Final = pattern_of(r"[A-Za-z]+|[0-9]+[A-Za-z]*")
_SIGNS: Final = {"%": ("percent",), "&": ("and",), **dict.fromkeys("+", ("positive",)), **dict.fromkeys("-\u2212\u2010\u2011\u2012\u2013", ("negative",))}

# British spellings (and ligatures already opened) to American ones. A rule may respell a word it was not made for:
# that does no harm, since aliases pass the same rules, as long as it never makes two words one.
# First the letters that stand in whatever is respelled, and are all of it where no pattern says more.
_BRITISH: Final = tuple(
    (needs, later(pattern) if pattern else None, american)
    for needs, pattern, american in (
        ("aem", "", "em"),
        ("oedem", r"(?<!i)oedem", "edem"),
        ("oesoph", r"(?:^|(?<=o))oesoph", "esoph"),
        ("oestr", "", "estr"),
        ("foet", r"foet(?=[aiu])", "fet"),
        ("rrhoe", "", "rrhe"),
        ("pnoe", "", "pne"),
        ("coeliac", "", "celiac"),
        ("caec", "", "cec"),
        ("caesar", "", "cesar"),
        ("faec", "", "fec"),
        ("paed", "", "ped"),
        ("paenia", r"paenia\b", "penia"),
        ("gynaec", "", "gynec"),
        ("anaesth", "", "anesth"),
        ("aetiolog", "", "etiolog"),
        ("phaeo", "", "pheo"),
        ("naev", "", "nev"),
        ("amoeb", "", "ameb"),
        ("haem", "", "hem"),
        ("sulph", "", "sulf"),
        ("leuco", r"leuco(?=cyt|pen|enc|dys|pla|tri|der)", "leuko"),
        ("our", r"(?<=tum)our|(?<=col)our|(?<=lab)our|(?<=behavi)our|(?<=fav)our|(?<=hum)our|(?<=od)our", "or"),
        ("re", r"(?<=lit)re\b|(?<=met)re\b|(?<=cent)re\b|(?<=fib)re\b|(?<=tit)re\b", "er"),
        ("isation", "", "ization"),
        ("is", r"(?<=\w{4})is(?=e\b|ed\b|ing\b)", "iz"),
        ("lys", r"(?<=ly)s(?=e\b|ed\b|ing\b)", "z"),
        ("programme", "", "program"),
        ("manoeuvre", "", "maneuver"),
    )
)
_BRITISH_GATE: Final = pattern_of(r"ae|oe|our|re$|ulph|leuco|is|lys|programme")

_WHOLE: Final = frozenset(
    [
        "diabetes",
        "herpes",
        "aids",
        "sars",
        "mers",
        "rabies",
        "scabies",
        "caries",
        "series",
        "species",
        "feces",
        "faeces",
        "ascites",
        "facies",
        "tabes",
        "pubes",
        "kles",
        "bends",
        "shingles",
        "measles",
        "mumps",
        "hives",
        "hads",
        "rickets",
        "lens",
        "abs",
        "always",
        "perhaps",
        "sometimes",
        "whereas",
        "overseas",
        "pancreas",
        "bias",
        "atlas",
        "hlhs",  # is no HLH
        "ptlds",  # is no PTLD
        "apls",
        "alps",
        "pans",
    ]
)
_PLURALS: Final = {
    "metastases": "metastasis", "crises": "crisis", "viruses": "virus", "fetuses": "fetus", "testes": "testis",
    "thromboses": "thrombosis", "diagnoses": "diagnosis", "prognoses": "prognosis", "stenoses": "stenosis",
    "indices": "index", "vertebrae": "vertebra", "calculi": "calculus", "thrombi": "thrombus", "emboli": "embolus",
    "prostheses": "prosthesis", "anastomoses": "anastomosis", "bronchi": "bronchus", "nevi": "nevus", "ova": "ovum",
    "psychoses": "psychosis", "neuroses": "neurosis", "syntheses": "synthesis", "pelves": "pelvis", "sera": "serum",
    "biopsied": "biopsy", "allergens": "allergen", "calves": "calf", "carcinomata": "carcinoma", "fibroses": "fibrosis",
    "exercises": "exercize",
}  # fmt: skip
_NOT_NON: Final = frozenset(["nonsense", "nonetheless", "nonagenarian", "nonagenarians", "nonchalant", "nondescript"])


class Word(NamedTuple):
    """A normalised word and the place in the text it came from."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 12)  # a wording is looked up in several tables
def normal(text: str) -> tuple[str, ...]:
    """The words of a wording, free of case, accents, hyphens, possessives, plural s and British spelling."""
    if text.isalpha() and (text.isascii() or _GREEK.keys().isdisjoint(text)):
        return words_of(text)
    tokens = _SIMPLE_TOKEN.findall(text) if _SIMPLE.fullmatch(text) else _tokens(script(text)).findall(text)
    return tuple([word for token in tokens for word in words_of(token)])


def words(text: str) -> tuple[Word, ...]:
    """The normalised words of a text, each with the code points it was read from."""
    found: list[Word] = []
    for match in _tokens(script(text)).finditer(text):
        start, end = match.span()
        found += [Word(word, start, end) for word in words_of(match.group())]
    return tuple(found)


def script(text: str) -> int:
    """Which pattern of a letter a text needs: 0 without any sign beyond ASCII, 1 without marks on letters, 2 with them."""
    return 0 if text.isascii() else 1 if _MARK.search(text) is None else 2


@lru_cache(maxsize=3)
def _tokens(letter: int) -> re.Pattern[str]:
    return pattern_of(token_pattern(LETTERS[letter]))


@lru_cache(maxsize=1 << 15)
def words_of(token: str) -> tuple[str, ...]:
    """The normal words of one token, as `token_pattern` cuts it out of a text."""
    if token in _SIGNS:
        return _SIGNS[token]
    if token in _GREEK:
        return (_GREEK[token],)
    plain = _plain(token)
    if "0" <= token[0] <= "9":
        return (plain,)
    if "." in token:
        return (plain.replace(".", ""),)
    whole = _spelt(_singular(_american(_without_possessive(plain))))
    if len(whole) > 7 and whole.startswith("non") and whole not in _NOT_NON:
        return ("non", whole[3:])
    return (whole,) if whole else ()


def _plain(token: str) -> str:
    """Lower case, without accents, ligatures and invisible marks."""
    if token.isascii():
        return token.lower()
    opened = token.replace("æ", "ae").replace("Æ", "ae").replace("œ", "oe").replace("Œ", "oe").replace("ø", "o")
    if opened.isascii():
        return opened.casefold()
    parts = unicodedata.normalize("NFKD", opened)
    return "".join(c for c in parts if not unicodedata.combining(c) and unicodedata.category(c) != "Cf").casefold()


def _without_possessive(word: str) -> str:
    if word.isalnum():
        return word
    for mark in "’ʼ`´":
        word = word.replace(mark, "'")
    return word.removesuffix("'s").replace("'", "")


def _spelt(word: str) -> str:
    """The word that is meant, where one is misspelt in a known way."""
    return _misspelt().get(word, word)


@lru_cache(maxsize=1)
def _misspelt() -> dict[str, str]:
    """Misspelling → word."""
    text = (Path(__file__).parent / "data" / "misspelt.tsv").read_text(encoding="utf-8")
    return {(row := line.split("\t"))[0]: row[1] for line in text.splitlines() if line and not line.startswith("#")}


def _american(word: str) -> str:
    if len(word) < 5 or not _BRITISH_GATE.search(word):
        return word
    for needs, pattern, american in _BRITISH:
        if needs in word:
            word = word.replace(needs, american) if pattern is None else pattern.sub(american, word)
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or word in _WHOLE:
        return word
    if word in _PLURALS:
        return _PLURALS[word]
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "ys")):
        return word
    if word.endswith("yses"):
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")) and not word.endswith("aches"):
        return word[:-2]
    return word[:-1]
