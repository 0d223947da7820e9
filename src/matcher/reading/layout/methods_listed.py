"""Inclusions under each other that each name a way not to become pregnant: they are never all asked for, whatever opens their list."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.values import changed
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

_LONGEST = 18  # words: what only names a method is no longer
_AROUND = 2  # lines
_WAYS = (
    r"hysterectomy|(?:oophor|ovari|salping)\w*ectomy|tubal (?:ligation|occlusion|sterili[sz]ation)|tubes? tied|sterili[sz]ed|sterili[sz]ation|vasectom\w+|post-?\s?menopaus\w+|non-?\s?child-?\s?bearing|"
    r"contracepti\w+|intra-?\s?uterine (?:contraceptive )?(?:devices?|systems?)|\biu[ds]\b|condoms?|diaphragm|spermicid\w+|(?:vaginal|hormonal|estrogenic) rings?|cervical cap|(?:contraceptive|hormonal|percutaneous|transdermal) (?:patch\w*|implants?|injection\w*)|implants? of \w+|"
    r"injectable progest\w+|depo[- ]\w+|abstinence|barrier method|birth control|rhythm method|withdrawal method"
)
_NAMES_ONE = Caseless(
    r"\W*(?:(?:an?|the|with|is|are|or|and|any|bilateral|surgical(?:ly)?|documented|history of|has had|have had|previous|prior|female|male|women|woman|who|being|use of|using|complete|total|true|sexual|proper use of|placement of|systemic|oral|sole|had|partner)\s+)*"
    rf"(?:[\w'’-]+\s+){{0,3}}?(?:{_WAYS})\b"
)
# What asks for a method, for people or for something else besides names none.
_ASKS = Caseless(
    r"\b(?:must|should|shall|will|agree\w*|willing\w*|able|requir\w+|if|unless|aged?|ages|consent|negative|patients?|participants?|subjects?|eligible|no|not|without|adequate|appropriate|effective|acceptable|accepted|reliable|active|allowed|encouraged|only|"
    r"request\w*|desir\w+|seek\w*|plan\w*|continu\w+|during|study|throughout|therapy|cancer|breast)\b|[<>≥≤=]"
)
_SPEAKS_OF_IT = Caseless(r"contracep|birth control|child-?\s?bearing|steril|vasectom|hysterectom|pregnan|\biud\b")
_LETTERS = ("ectomy", "tubal", "tubes", "steril", "vasectom", "menopaus", "bearing", "contracep", "uterine", "iud", "ius", "condom", "diaphragm", "spermicid", " ring", "cap", "patch", "implant", "injectable", "depo", "abstinence", "barrier", "birth control", "method")


def with_methods_listed(laid: Sequence[Laid]) -> list[Laid]:
    """The lines, those in doubt that only name a method, or a reason to need none, beside others that speak of it."""
    found = list(laid)
    for place, one in enumerate(laid):
        if one.kind != "inclusion" or one.doubtful or not _names_a_method(one.text):
            continue
        near = [at for at in range(max(0, place - _AROUND), min(len(laid), place + _AROUND + 1)) if at != place and laid[at].kind == one.kind and _SPEAKS_OF_IT.search(laid[at].text)]
        if near:
            found[place] = changed(one, doubtful=True, beside=laid[near[0]].text.split("\n", 1)[0])
    return found


def _names_a_method(text: str) -> bool:
    small = text.lower()
    return any(map(small.__contains__, _LETTERS)) and "\n" not in text and len(text.split()) <= _LONGEST and not text.rstrip().endswith(":") and _NAMES_ONE.match(text) is not None and not _ASKS.search(text)
