"""A whole criterion about contraception, in the many words for it: who must use it, or who is excluded without it.

What it asks beside just any contraception (two methods, a barrier), and of whom else, leaves it unread.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.model.language import Check, Sex, State
from matcher.model.trees import any_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.rules import Read

ReadText = Callable[[str, str], Read]

_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|partners? of)"
_BEAR = r"(?:child-?\s?bearing|reproductive|child-?\s?birth|procreative)(?:\s+(?:potential|age|capacity|ability|capability|status|period|years))?"
_WOMEN = r"(?:females?|wom[ae]n|girls?)"
_MEN = r"(?:males?|m[ae]n)"
_OF = rf"(?:\s*,?\s*(?:who are\s+)?(?:of|with|in|at|having|within)\s+(?:the\s+|a\s+)?{_BEAR}|\s*,?\s+who\s+(?:are|is)\s+(?:fertile|capable of becoming pregnant|able to become pregnant|able to bear children))(?:\s*\([A-Z]{{4,6}}\))?"
_WHO = (
    rf"(?P<potential>(?:all\s+)?(?:patients?|subjects?|participants?|individuals?|volunteers?) of child-?\s?(?:bearing|birth)(?:\s+(?:potential|age|capacity|ability|capability|status|period|years))?)|"
    rf"(?P<both>(?:all\s+)?(?:fertile {_PEOPLE}|{_PEOPLE} of (?:both (?:sexes|genders)\s+)?(?:of\s+)?{_BEAR}|{_PEOPLE} of (?:both|either) (?:sexes|genders|sex|gender)|(?:fertile\s+)?(?:both\s+)?(?:{_WOMEN}(?: {_PEOPLE})? (?:and|or|and/or) {_MEN}|{_MEN}(?: {_PEOPLE})? (?:and|or|and/or) {_WOMEN})(?:\s+{_PEOPLE})?(?:{_OF})?))|"
    rf"(?P<bearing>(?:all\s+|for\s+|if\s+(?:a\s+)?)*(?:{_WOMEN}(?:\s+{_PEOPLE})?{_OF}|(?:{_BEAR}|fertile)\s+{_WOMEN}(?:\s+{_PEOPLE})?|wocbp|{_WOMEN}(?:\s+{_PEOPLE})? and of {_BEAR}))|"
    rf"(?P<men>(?:all\s+|fertile\s+)*{_MEN}(?:\s+{_PEOPLE})?)|(?P<women>(?:all\s+)?{_WOMEN}(?:\s+{_PEOPLE})?)|(?P<nobody>(?:(?:all\s+)?(?:the\s+)?(?:{_PEOPLE}|who)\s*)?)"
)
_USE = (
    r"(?:(?:must|should|shall|will|needs?|has|have|had|are|is|be|being|required|asked|also|who|they|she|eligible|if|to|that|able|and|willing(?:ness)?|agree[sd]?|agreeing|agreement|consent|commit|comply|with|practic(?:e|es|ing)|practis(?:e|ing)|us(?:e|es|ing)|"
    r"employ(?:ing)?|utili[sz](?:e|es|ing|ation)|adher(?:e|ing)|tak(?:e|es|ing)|adopt(?:ing)?|implement|follow|continue|undertake|accept|having|the|of|on)[\s,]+)+"
)
_METHOD = (
    r"(?:(?:an?|the|any|some|one|1|at least one|highly|medically|effective|adequate|reliable|acceptable|appropriate|accepted|approved|proper|suitable|sufficient|reasonable|continuous|proven|safe|satisfactory|efficient|proactive|and|or|forms?|methods?|types?|means|measures?|of)[\s,/-]+)*"
    r"(?:contracepti(?:on|ves?)|birth[- ]control|pregnancy prevention)(?:\s+(?:methods?|measures?|precautions?|techniques?|means|use|practices?|method\(s\)))?(?:\s+to (?:avoid|prevent) (?:becoming )?pregnan(?:cy|t))?"
    r"(?:\s*\((?:(?:e\.g|i\.e|such as|including|for example|hormonal|oral|implant(?:able|ed|s)?|injectable|injections?|intra-?\s?uterine|devices?|systems?|iuds?|ius|condoms?|diaphragms?|spermicid\w+|pills?|contracepti\w+|methods?|birth control|patch(?:es)?|rings?|"
    r"and|or|with|of|a|the)\b[\s,./]*)+\))?"
)
_WHEN = (
    r"(?:\s*,?\s*(?:during|throughout|while|for|from|prior to|until|before|after|as of|starting|over|in|within|at)\s+"
    r"(?!(?:[^;]*\b(?:unless|except\w*|if|who|must|should|not|no|without|pregnant|lactat\w+|breast\w*|negative|sterili\w+|post-?menopaus\w+|abstin\w+|barrier|partners?|or have|and have|women|men|males?|females?|informed|able|history|condoms?|willing\w*|agree\w*)\b))[^;()]{2,230})?[\s.;]*"
)
_ASKED = Caseless(rf"\W*(?:{_WHO})\s*,?\s*{_USE}{_METHOD}{_WHEN}")
_NOT = (
    r"(?:(?:who|that|if|they|are|is|do|does|will|would|can|could|have|has|but|and|currently|presently|either)\s+)*(?:not|unwilling(?:ness)?|refus(?:e|es|ing|al)|reject(?:s|ing)?|unable|unable or unwilling|unwilling or unable|fail(?:s|ing|ure)?|without|with no|no|using no|lacking|"
    r"unless(?:\s+they)?(?:\s+(?:are|is|have))?|cannot|disagree)\s+(?:(?:to|the|using|uses?|used|of|practic(?:e|ing)|practis(?:e|ing)|employ(?:ing)?|adopt(?:ing)?|tak(?:e|ing)|willing|agree(?:d|ing)?|able|on|adhere|utili[sz](?:e|ing)|accept|be|being|having|follow|with|willing/able)\s+)*"
)
_PREGNANT = r"(?:(?:pregnan(?:t|cy)|lactating|lactation|breast-?\s?feeding|nursing)(?:\s+(?:women|mothers?|females?|patients?|woman))?(?:\s*(?:,|/|\bor\b|\band\b|;|\band/or\b)\s*)+)*"
_EXCLUDED = Caseless(rf"\W*(?:(?:women|females?|patients|subjects)\s+who\s+are\s+)?(?P<before>{_PREGNANT})(?:(?:or|and)\s+)?(?:{_WHO})\s*,?\s*{_NOT}{_METHOD}(?P<behind>(?:\s*,\s*(?:pregnancy|lactation|pregnant|breastfeeding)(?:\s*(?:,|or|and)\s*(?:pregnancy|lactation|pregnant|lactating|breastfeeding))*)?){_WHEN}")
_STATES = (("pregnant", Caseless(r"pregnan")), ("breastfeeding", Caseless(r"lactat|breast-?\s?feed|nursing")))
SPEAKS_OF_CONTRACEPTION = ("ontracept", "irth control", "irth-control", "regnancy prevent")


def contraception_sentence(text: str, kind: str, read: ReadText) -> Read | None:
    """Who must use contraception, or is excluded without it; None where the sentence says anything else."""
    found = (_ASKED if kind == "inclusion" else _EXCLUDED).fullmatch(text)
    if found is None:
        return None
    who = next((said for said, group in _PLAINLY if found[group]), "")
    plain = f"{who} must use effective contraception" if kind == "inclusion" else f"{who} not using effective contraception"
    check = read(plain.strip().capitalize(), kind).check
    if not all(leaf == State("contraception") or leaf in _OF_WHOM for leaf in leaves(check)):
        return None
    if kind == "exclusion":
        listed = f"{found['before']} {found['behind']}"
        checks: list[Check] = [State(name) for name, words in _STATES if words.search(listed)]
        check = any_of([*checks, check])
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


_OF_WHOM = (Sex("female"), Sex("male"), State("childbearing potential"))
_PLAINLY = (("patients of childbearing potential", "potential"), ("men and women of childbearing potential", "both"), ("women of childbearing potential", "bearing"), ("men", "men"), ("female patients", "women"))
