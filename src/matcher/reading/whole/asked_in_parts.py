"""Inclusions that were not read to their end, read again demand by demand: all of them are asked for.

"Patients with asthma who weigh ≥ 50 kg", "adults with gout, no odd ails, and able to walk", "ECOG ≤ 2 Age ≥ 18 years": where a new
demand certainly begins, what stands before it is asked for whatever the rest says. Nothing is cut where the sentence chooses,
permits, supposes or speaks of some only, nor where a "no" or a will before the cut may reach over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from matcher.model.language import Age, All, Ambiguous, Check, Condition, Measurement, Not, Sex, Unless, Unread, When
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, children, leaves
from matcher.reading.certain.disease_settled import gives_leave
from matcher.reading.certain.duties import DUTY
from matcher.reading.certain.kept import DECIDED
from matcher.reading.certain.limits_aside import EVERYBODY
from matcher.reading.certain.necessary import SOMEBODY_ELSE
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.apart import Again

_LONGEST = 420  # characters
_MOST = 8  # demands in one sentence

_PEOPLE = r"(?:patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|adults?)"
_MORE = r"(?:[<>≥≤=]+|at least|at most|more than|less than|not more than|no more than|greater than|between|over|above|under|up to|a minimum of|minimum)"
_NUMBER = rf"(?:{_MORE}\s*)+\d"
_VALUE = (
    r"(?:eastern cooperative oncology group|ecog|karnofsky|kps|lansky|zubrod|who performance|nyha|bmi|body mass index|body weight|ha?emoglobin|hb|hgb|platelets?|absolute neutrophil count|anc|neutrophils?|wbc|white blood|leukocytes?|creatinine|serum creatinine|"
    r"estimated|egfr|gfr|glomerular|bilirubin|total bilirubin|serum bilirubin|ast|alt|sgot|sgpt|albumin|inr|hba1c|fev1|lvef|left ventricular|mmse|moca|psa|cd4|life expectancy|performance status)\b(?=[^,;]{0,60}\d)"
)
# How a demand begins that cannot go on with the one before it.
_STRONG = (
    rf"(?:(?:the\s+|all\s+)?{_PEOPLE}\s+(?:must|should|has|have|is|are)\b|who\s+(?:also\s+|currently\s+)?(?:are|is|have|has|had|were|was|weigh|meet|can|do|does|will|must|received|underwent)\b|(?:must|should)\s+(?:also\s+)?(?:have|be|not)\b|"
    r"(?:is|are|has|have|had)\s+(?!to\b|or\b)[\w<>≥≤]|"
    rf"age[ds]?\s*:?\s*(?:{_NUMBER}|\d)|aged\b|(?:{_NUMBER}|\d)[\s\d–-]*years\s+(?:of age|old|or older)|able\s+to\b|ability\s+to\b|willing(?:ness)?\b|capable\s+of\b|(?:(?:signed|written|informed|voluntary)\s+(?:and\s+)?)+consent|giv(?:e|en|ing)\s+(?:written|informed)|provid(?:e|ing)\s+(?:written|informed)|{_VALUE})"
)
# How a demand begins that says what the same patient has, or has not.
_HAS = (
    r"(?:with\s+(?!or\b|respect\b|regard\b|the exception\b|and\b)\w|without\s+\w|no\s+(?!longer\b|more\b|later\b|less\b|upper\b|lower\b|other than\b)\w|not\s+(?:receiving|taking|on|currently|pregnant|previously|treated|have|having|been)\b|"
    r"free\s+of\b|currently\s+\w+|being\s+\w+ed\b|receiving\b|taking\b|treated\s+(?:with|by)\b|undergoing\b|requiring\b|on\s+(?:a\s+|an\s+)?(?:stable|chronic|current|maintenance|ha?emodialysis|dialysis|peritoneal|treatment|therapy|background|antihypertensive|insulin|metformin|oral)\b|"
    r"(?:a\s+|an\s+|the\s+)?(?:documented\s+|confirmed\s+|clinical\s+|established\s+|prior\s+|known\s+)*(?:histor(?:y|ies)|diagnosis|evidence|presence)\s+of\b|(?:newly\s+|previously\s+|recently\s+)?diagnosed\s+(?:with|as)\b|suffering\s+from\b|"
    r"(?:adequate|measurable|evaluable|normal|negative|positive|symptomatic)\s+(?!for\b|or\b|and\b|by\b|in\b|to\b)\w|(?:stable|documented|confirmed)\s+(?!for|or|and|by|on|in|at|with|within|as|via|using|to|from|through|under|dose|histolog)\w|at\s+least\s+(?:one|two|three|\d)\b)"
)
_JOINT = r"(?:\s*(?P<comma>,)\s*(?:(?:and|but|plus)\s+(?:also\s+)?)?|\s+(?P<and>and|&|plus|as well as)\s+(?:also\s+)?|\s+)"
_CUT = Caseless(rf"(?<=[\w)%\]]){_JOINT}(?=(?P<strong>{_STRONG})|(?P<has>{_HAS}))", needs=("who ", "with", ",", " and ", "age", "diagnosed", "&", "plus", "as well as", "suffering"))
# Without a joint only these begin a demand: behind people of an age or a sex also what they have.
_RELATIVE = Caseless(r"who\b|aged\b|(?:newly\s+|previously\s+|recently\s+)?diagnosed\s+(?:with|as)\b")
_WITHOUT_JOINT = Caseless(r"(?:with|without|who|aged?|diagnosed|newly|previously|recently|suffering|receiving|undergoing|requiring|on|currently|treated|taking|able|willing|scheduled|admitted)\b|[<>≥≤=\d]|at least|over|between|more than|under")
# A line that lost its ends: a word in capitals where no name goes on.
_RUN_ON = pattern_of(
    r"(?<=[a-z0-9)%])(?<!\b(?:of|to|by|or|in|on|at|as|an))(?<!\b(?:the|and|for|any|per|via|one|two))(?<!\b(?:with|from|than|less|more|like|both))\s+(?=(?:(?:Patients?|Subjects?|Participants?) (?:must|should|has|have|is|are|with|who)|Age[ds]? (?:[<>≥≤=]|\d|at least|between|over|of|must|from)|Able to|Ability to|Willing(?:ness)? to|Written informed|Signed (?:and|informed|written|consent)|Informed consent|"
    r"ECOG\b|Eastern Cooperative|Karnofsky|Life expectancy|Adequate|Hemoglobin|Haemoglobin|Platelets?\b|Absolute (?:neutrophil|granulocyte)|Creatinine|Serum|Bilirubin|Total bilirubin|AST\b|ALT\b|SGOT|SGPT|WBC\b|ANC\b|Must (?:have|be|not)|"
    r"Histolog(?:ically|ical|ic) (?:confirmed|proven|confirmation|documented|or)|Measurable|Evaluable|Performance status|Male (?:or|and|subjects|patients)|Both (?:sexes|genders|males)|Men (?:and|or|aged)|At least|Has (?:a|an|been|no)\b|Have (?:a|an|been|no)\b|Is (?:a|an|able|willing|not|at)\b|"
    r"Diagnos(?:is of|ed with)|Body mass|BMI\b|Negative (?:pregnancy|serum|urine)|Provides? (?:written|informed)|Gives? (?:written|informed)|Agrees? to|No\b|Not\b)\b)"
)
_SURELY_ANEW = pattern_of(r"(?:Patients?|Subjects?|Participants?|Age[ds]?|Able|Ability|Willing|Written|Signed|Informed|ECOG|Eastern|Karnofsky|Life|Hemoglobin|Haemoglobin|Platelets?|Absolute|Creatinine|Serum|Bilirubin|Total|AST|ALT|SGOT|SGPT|WBC|ANC|Must|Performance|Body|BMI|Provide|Give|Agree|No|Not|Is|Has|Have)")
# Behind one of these the words are members, examples or a definition.
_LISTS = Caseless(r"\b(?:including|includes?|such as|e\.?g\.?|i\.?e\.?|defined|definition|characteri[sz]ed|following|like|namely|consist\w+|according to|one of|any of|either|both(?! (?:sexes|genders|males|females|men|women))|neither|at least (?:one|two|1|2) of|all of|between\s+\w+\s+and(?=\s+[a-z])|respectively|than)\b|:")
_DENIES = Caseless(r"\b(?:no|not|non|never|without|neither|nor|none|free|absen\w+|lack\w*|exclu\w+|negative|fail\w*|unable|inab\w+|na[iï]ve)\b")
_DENIED_NEXT = Caseless(r"\b(?:neither|absence of|free (?:of|from)|without|no)\W*$")
_WILL = Caseless(r"\b(?:willing\w*|agree\w*|able|ability|consent\w*|plan\w*|intend\w*|expect\w*|candidates?|scheduled|suitable|capable|risks?|need\w*|requir\w+|indicat\w+|refer\w*|likely|wish\w*|want\w*|desir\w*|compared|versus|vs|exposed|exposure|contact|vaccin\w*|immuni[sz]\w*|prevent\w*|screen\w* for|suspect\w*|ratio|difference|change|history of both)\b")
# In which an "or" chooses between no two demands.
_IDIOM = Caseless(
    r"\b(?:histolog\w+|cytolog\w+|patholog\w+)\s*(?:or|and/or|/)\s*(?:histolog\w+|cytolog\w+|patholog\w+)|\bor\s+(?:older|more|greater|less|fewer|higher|lower|above|below|over|under|equal(?:\s+to)?|longer|shorter|better|worse)\b|(?:less|greater|more|higher|lower)\s+than\s+or\s+equal|"
    r"\b(?:men|women|males?|females?)\s+(?:or|and/or)\s+(?:non-?pregnant\s+|non-?lactating\s+)*(?:men|women|males?|females?)\b|\b(?:locally\s+)?(?:advanced|recurrent|relapsed|refractory|metastatic|unresectable)\s+or\s+(?:advanced|recurrent|relapsed|refractory|metastatic|unresectable)\b"
)
_OR = Caseless(r"\bor\b|\band/or\b")
_OR_ANEW = Caseless(rf"(?:,|\bwho\b[^,]*)?\s*\b(?:or|and/or)\b\s+(?:\d|[a-c]\)|{_STRONG}|{_HAS}|{_PEOPLE}\b|any\b|all\b|those\b|alternatively|if\b|when\b|as\b)|[,;)]\s*(?:or|and/or)\b|\bor[:,]")
_OR_A_THING = Caseless(r"(?:[^.;]|\.(?=\d))*?\b(?:or|and/or)\b\s+(?!\d|I)")
_LOUD_OR = pattern_of(r"\bOR\b")
_SCOPED = Caseless(rf"(?:{_PEOPLE}|those|(?:wo)?men|(?:fe)?males?)\s+(?:with|who|on|in|receiving|undergoing|having|whose|taking|treated|requiring|without|of|not|previously|diagnosed)\b[^.;]*\b(?:must|should|shall|needs?|required|ha(?:s|ve) to)\b")
# Before a duty of everybody: the beginning of a sentence or of a demand, or people of whom no more is said.
_ASKED_OF_ALL = Caseless(rf"(?:^|[.;,&]|\band\b|\bwho\b|(?<=[a-z)%\d] )(?=patients?|subjects?|participants?))\W*(?:(?:the|all|any|each|every|eligible|study|also|and)\s+)*(?:{_PEOPLE}\s+)?(?:also\s+)?$")
# What tells who bears no children, or may decide for himself, is told in ways of which one is enough.
_OF_LIFE = Caseless(r"menopaus|amenorr|menses|menstr|steril|child-?\s?bearing|hysterectom|oophorectom|ovariectom|emancipat|legal|guardian|alternativ")
# "Patients with A, patients with B": two groups, either of which may enter.
_ANOTHER_GROUP = Caseless(rf"(?:[,;:]|\band\b|\bplus\b|\d\))\s*(?:(?:all|the|any|other)\s+)*(?:{_PEOPLE}|those|people|wom[ae]n|men|(?:fe)?males?)\s+(?:with|who|having|on|aged|suffering|diagnosed|of|in|from|after|receiving)\b")
_OF_SOME = Caseless(r"\W*(?:for|in|among|if|when|where|regarding|with regard to|of|or|and|only|once|after|before|prior to|during)\b")
_MALE, _FEMALE = Caseless(r"\b(?:males?|m[ae]n|boys?)\b"), Caseless(r"\b(?:females?|wom[ae]n|girls?)\b")
_WAITS = Caseless(r"\b(?:with|of|in|for|to|by|from|on|at|and|or|a|an|the|both|either|not)\W*$")
_BETWEEN = Caseless(r"\b(?:between|from)\s+[^,;]{1,25}$")


def asked_in_parts(read: Read, text: str, again: Again, doubted: Callable[[Read], Read]) -> Read:
    """An inclusion as its demands say it, where more is certain then; the reading itself where it is not."""
    if len(text) > _LONGEST or "\n" in text or text.rstrip().endswith(":") or is_whole(read.check) or any(isinstance(node, When | Unless) for node in nodes(read.check)):
        return read
    defined = _as_defined(read, text, again) if "unction" in text or "equate" in text or "cceptable" in text else None
    if defined is not None:
        return doubted(defined)
    places = _cuts(text, again)
    if not places:
        return read
    found: list[Read] = []
    for start, end in places:
        part = again(text[start:end])
        found.append(Read(part.check, tuple((first + start, last + start) for first, last in part.spans)))
    parts: dict[Check, Read] = {}
    for one in found:
        parts.update({each.check: each for each in _parts_of(one) if each.check not in parts})
    joined = doubted(Read(all_of(list(parts)), tuple(span for one in parts.values() for span in one.spans)))
    return joined if _tells_more(joined.check, read.check) else read


# "Adequate liver function within 14 days, as defined by …": what it comes to is what stands behind.
_ORGAN = r"(?:normal|baseline|end-organ|organs?|end|major|bone|marrow|hepatic|liver|renal|kidney|ha?ematologic(?:al)?|ha?ematopoietic|ha?ematology|cardiac|heart|cardiovascular|left|ventricular|pulmonary|lung|respiratory|coagulation|clotting|metabolic|biliary|laboratory|blood|cell|and|or)"
_WHEN = r"(?:at\s+(?:the\s+)?(?:screening|baseline|enrol\w+|study\s+entry|registration)|(?:within|=?<=?|≤)\s*(?:the\s+)?\w+\s+(?:days?|weeks?)(?:\s+(?:prior\s+to|before|of|preceding)\s+[\w /-]{3,60}?)?|(?:prior\s+to|before)\s+[\w /-]{3,40}?)"
_SHOWN = r"(?:defined|evidenced|indicated|demonstrated|assessed|shown|determined|documented|measured|confirmed|manifested|reflected)\s+(?:by|as|with|on)|defined|including|includes|i\.?e\.?|with"
_DEFINED = Caseless(
    rf"\W*(?:(?:the\s+|all\s+)?{_PEOPLE}\s+)?(?:(?:who|must|should|with|has|have|having|demonstrates?|show|an?|the|is|are|be)\s+)*(?:adequate|acceptable|sufficient|satisfactory|good|preserved|appropriate)\s+(?:and\s+stable\s+)?(?:{_ORGAN}[\s,/&]+)+"
    rf"(?:functions?|status|reserves?|parameters?|values?|counts?|findings?|tests?|results?)(?:\s+for\s+age)?(?:,?\s*\(?{_WHEN}\)?)?\s*(?:,?\s*(?:as\s+)?(?:{_SHOWN})(?:\s+(?:the\s+)?(?:following|follows)(?:\s+(?:laborator(?:y|ies)\s+)?(?:values?|criteria|parameters|results?|tests?))?)?(?:\s+(?:an?|the)(?=\s))?\s*[:;,]?\s*(?<=[\s:;,])|\s*:\s*|\s*(?=[(]))"
    r"(?P<rest>\S.*\d.*)", needs=("adequate", "acceptable", "sufficient", "satisfactory", "good", "preserved", "appropriate"),
)


_OF_SOME_ONLY = Caseless(rf"\b(?:only|required|cohorts?|arms?|groups?|phase)\b|\bfor\s+(?:all\s+|the\s+)?(?:{_PEOPLE}|those|men|women|males|females|biops)")


def _as_defined(read: Read, text: str, again: Again) -> Read | None:
    """What a sound function is defined by, where that tells more than the whole; None where it does not."""
    said = _DEFINED.fullmatch(text.rstrip(" .;"))
    if said is None or _OF_SOME_ONLY.search(said["rest"]):
        return None
    start, end = said.span("rest")
    if text[start] == "(":
        if _closes_before(text[start:end]):
            return None
        start, end = start + 1, end - 1
    part = again(text[start:end])
    return Read(part.check, tuple((first + start, last + start) for first, last in part.spans)) if _tells_more(part.check, read.check) else None


def _closes_before(said: str) -> bool:
    """Whether the bracket with which words begin is closed before their end."""
    depth = 0
    for place, sign in enumerate(said):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return place < len(said) - 1
    return True


def _parts_of(read: Read) -> Iterator[Read]:
    """All that one demand asks for, each with its places."""
    if not isinstance(read.check, All):
        yield read
        return
    at = 0
    for part in read.check.parts:
        own = read.spans[at : at + len(leaves(part))]
        at += len(leaves(part))
        yield from _parts_of(Read(part, own))


def _tells_more(new: Check, old: Check) -> bool:
    """Whether a reading leaves certain what another one does, and more of it."""
    before, now = _certain(old), _certain(new)
    return bool(now) and all(leaf in now or _more_closely(leaf, now) for leaf in before) and (len(now) > len(before) or _unread(new) < _unread(old))


def _more_closely(leaf: Check, now: Sequence[Check]) -> bool:
    """Whether a disease asked for at whatever time is among the others, as it is to be."""
    return isinstance(leaf, Condition) and leaf == Condition(leaf.term, "history") and any(isinstance(one, Condition) and one.term == leaf.term for one in now)


def _unread(check: Check) -> int:
    """How many letters of a criterion were not read."""
    return sum(len(leaf.text) for leaf in leaves(check) if isinstance(leaf, Unread))


def _certain(check: Check) -> list[Check]:
    """The facts in a check beside which no other reading stands, but for the sexes, which may be both."""
    if isinstance(check, Ambiguous):
        return []
    parts = children(check)
    if not parts:
        return [check] if isinstance(check, DECIDED) and not isinstance(check, Sex) else []
    return [leaf for part in parts for leaf in _certain(part)]


def _cuts(text: str, again: Again) -> list[tuple[int, int]]:
    """Where the demands of a sentence begin and end; nothing where it asks for one, or may ask for less than all."""
    found = list(_places(text))
    if not found or len(found) >= _MOST or _forbids(text):
        return []
    kept: list[tuple[int, int]] = []
    for end, start, sort in found:
        begins = kept[-1][1] if kept else 0
        if _SAYS_SOMETHING.search(text, begins, end) and not _shares_its_limit(text[begins:end], text[start:], again) and _is_cut(text, end, start, sort, again):
            kept.append((end, start))
    if not kept:
        return []
    starts, ends = [0, *(start for _, start in kept)], [*(end for end, _ in kept), len(text)]
    return list(zip(starts, ends, strict=True))


def _shares_its_limit(piece: str, behind: str, again: Again) -> bool:
    """Whether words before a value only name another one: "AST and ALT > 2.5 × ULN"."""
    if len(piece.split()) > _NAME or any(map(str.isdigit, piece)) or _VALUES_NAME.match(behind) is None:
        return False
    return all(isinstance(leaf, Unread) for leaf in leaves(again(piece).check))


_NAME = 4  # words
_VALUES_NAME = Caseless(_VALUE)
# A part of a sentence that is no more than the word it begins with.
_SAYS_SOMETHING = pattern_of(r"\b(?!(?:with|and|who|have|has|had|are|is|an|the|no|not|at|least|patients?|subjects?|participants?)\b)[A-Za-z]{2,}", re.IGNORECASE)


def _forbids(text: str) -> bool:
    """Whether a sentence chooses, permits, supposes, or speaks of some or somebody else."""
    if gives_leave(text) or _OF_SOME.match(text) or _SCOPED.search(text) or SOMEBODY_ELSE.search(text) or _ANOTHER_GROUP.search(EVERYBODY.without(text, " ")) or _LOUD_OR.search(text) or _OR_ANEW.search(_IDIOM.without(text, " # ")):
        return True
    if any(not _ASKED_OF_ALL.ends(text, start) for start, _ in DUTY.spans(text)) or (_OF_LIFE.search(text) and _OR.search(text)):
        return True
    rest = EVERYBODY.without(text, " ")
    men, women = _MALE.search(rest) is not None, _FEMALE.search(rest) is not None
    return (men and women) or ((men or women) and (_MALE.search(text) is not None and _FEMALE.search(text) is not None))


def _places(text: str) -> list[tuple[int, int, str]]:
    """Where one demand may end and the next begin outside brackets, and how the next one begins."""
    listed = _LISTS.search(_blank(text))
    last = listed.start() if listed is not None else len(text)
    depth, depths = 0, []
    for sign in text:
        depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(sign, 0)
        depths.append(depth)
    found: list[tuple[int, int, str]] = []
    place = _CUT.search(text)
    while place is not None:
        sort = ("comma" if place["comma"] else "and" if place["and"] else "next") + (" strong" if place["strong"] else " has")
        if depths[place.start()] <= 0:
            found.append((place.start(), place.end(), sort))
        place = _CUT.search(text, max(place.end(), place.start() + 1))
    for run in _RUN_ON.finditer(text):
        if depths[run.start()] <= 0 and not any(start <= run.end() <= end or run.start() == start for start, end, _ in found):
            found.append((run.start(), run.end(), "run on strong" if _SURELY_ANEW.match(text, run.end()) else "run on has"))
    return sorted(one for one in found if one[0] < last or "run on" in one[2])


def _blank(text: str) -> str:
    """The text with what stands in brackets blank."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", lambda found: " " * len(found[0]), text)


def _is_cut(text: str, end: int, start: int, sort: str, again: Again) -> bool:
    """Whether a new demand certainly begins at a place."""
    before, behind = text[:end], text[start:]
    if _WAITS.ends(text, end) or _DENIED_NEXT.ends(text, end):
        return False
    strong = sort.endswith("strong")
    if behind[:1].isdigit() and (_BETWEEN.search(before) or before.rstrip()[-1:].isdigit()):
        return False
    plain = _IDIOM.without(before, " ")
    chosen = _OR.search(plain) is not None
    if sort.startswith("next"):
        people = not chosen and _WITHOUT_JOINT.match(behind) is not None and _of_people(again(before).check)
        return people or (strong and _RELATIVE.match(behind) is not None and not chosen and not _DENIES.search(before) and not _WILL.search(before))
    if sort.startswith("run on"):
        return strong or not (_DENIES.search(plain) or chosen)
    if chosen and not (strong and sort.startswith("comma")):
        return False
    if strong and _DENIES.search(plain) and ((sort.startswith("comma") and _OR_A_THING.match(_IDIOM.without(behind, " "))) or _denies_a_limit(again(before).check)):
        return False  # "absence of ALT > 3 × ULN, albumin < 3 g/dL or allergy": all of them are denied
    if strong:
        return not (_DENIES.search(plain) and behind[:3].casefold() in ("hav", "has")) and not (_WILL.search(plain) and behind[:4].casefold() in ("have", "been"))
    if _OR.search(_IDIOM.without(behind, " ")) and (sort.startswith("comma") or _DENIES.match(behind) is None):
        return False
    denied = _DENIES.search(plain) is not None and (_DENIES.match(behind) is None or behind[:4].casefold() == "not ")
    return not denied and not (_WILL.search(plain) and not behind.casefold().startswith(("no ", "not ")))


def _denies_a_limit(check: Check) -> bool:
    """Whether words end in the denial of a limit, which may go on behind them: "no ALT > 3 × ULN and platelets < 50"."""
    last = check.parts[-1] if isinstance(check, All) else check
    return isinstance(last, Not) and any(isinstance(leaf, Measurement) and leaf.bounds for leaf in leaves(last))


def _of_people(check: Check) -> bool:
    """Whether words only say of what age or sex somebody is."""
    found = list(leaves(check))
    every = any(isinstance(leaf, Age) for leaf in found) or len({leaf.sex for leaf in found if isinstance(leaf, Sex)}) > 1
    return every and all(isinstance(leaf, Age | Sex) for leaf in found) and not isinstance(check, Not)
