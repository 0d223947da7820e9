"""A procedure as a chart names it: that it was done, how, under what and where along the spine, and what that adds to its name."""

from __future__ import annotations

import re

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.fields import says_where
from matcher.vocabulary.is_a import A_KIND
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.worded_operations import worded
from matcher.vocabulary.wordings import understood

# That it was done; "s/p" and the like also stand before a disease, never before what is yet to come.
_WAS_DONE = later(
    r"^(?:s/p|s\.p\.|status[ -]post|post|h/o|hx of|(?:past )?history of|underwent|had)[\s:-]+|[\s,;(-]+(?:was )?(?:done|performed|carried out|inserted|placed|implanted|in situ|in place)\b(?! (?:incorrectly|wrongly))"
    r"|\b\d+(?:\.\d+)?\s?(?:c?gy|fx|fractions?|sessions?|vessels?|levels?|units?|courses?|cycles?)\b(?:\s?(?:/|in|x)\s?\d+\s?(?:fx|fractions?)?)?|\b(?:single|double|triple|quadruple|quintuple)[ -]vessel\b"
    r"|[\s,(]+from (?:his |her |their |my )?(?:brother|sister|mother|father|wife|husband|son|daughter|sibling|twin|partner|friend|cousin|spouse|aunt|uncle|parent|altruistic donor|living donor|deceased donor)\b"
    r"|\b(?:with|w/) ?(?:\w+ )?mesh\b|\((?:[a-z]-?\d{2,3}|[a-z]{1,2} ?\d{2,3}) seeds?\)"
    r"|\((?:cryo(?:balloon|ablation)?|rf|rfa|radio-?frequency|pfa|pulsed[ -]field|laser|bipolar|open|cold snare|hot snare)\)|[(,;]?\s*\b(?:[lr]ima|svg)\b(?:\s*(?:-|\u2013|to|/|,|;|and|\+|x\s?\d)\s*(?:[lr]ima|svg|lad|rca|lcx|cx|om\d?|pda|pl[vb]?|d\d|diag(?:onal)?\d?))*\)?", re.IGNORECASE,
)  # fmt: skip
# That it was not done, or is there no more: then the name says nothing of what the patient has had.
_UNDONE = later(r"\b(?:not|never|no|removed|explanted|extracted|taken out|planned|scheduled|pending|awaiting|awaits|waitlisted|listed for|declined|refused|cancell?ed|deferred|postponed|considered|recommended|attempted|aborted|failed|to be|will|eval(?:uation)?|consult(?:ation)?|work-?up|candidate|referral|possible|probable|rule out|vs)\b", re.IGNORECASE)
_UNDER = later(r"[\s,;(]+(?:under|with|w/)\s+(?P<what>general|ga|local|la|spinal|epidural|mac|conscious sedation|deep sedation|sedation)(?:\s+an(?:a)?esthesia)?\)?(?=$|[\s,;)])", re.IGNORECASE)
_ANESTHESIA = {"general": "general anesthesia", "ga": "general anesthesia", "local": "local anesthesia", "la": "local anesthesia", "spinal": "spinal anesthesia", "epidural": "epidural anesthesia", "mac": "monitored anesthesia care"}
_IN_GRAYS = later(r"\bRT\b(?=.*\bc?gy\b)", re.IGNORECASE)
# A stretch of the spine: "L4-L5", "L4/5", "C5-6", "T12".
_LEVELS = later(r"\b(?P<first>[CTL])-?\d{1,2}(?:\s?(?:[-/,\u2013]|to|and)\s?(?P<last>[CTLS]?)-?\d{1,2})*\b", re.IGNORECASE)
_STRETCHES = {"c": "cervical", "t": "thoracic", "l": "lumbar", "s": "lumbar"}
_ALONG_THE_SPINE = later(r"\b(?:(?P<cervical>cervical)|(?P<thoracic>thoracic|dorsal)|(?P<lumbar>lumbar|lumbosacral)|(?P<both>thoracolumbar))\b", re.IGNORECASE)
_OF_THE_STRETCH = {"cervical": ("cervical spine surgery",), "thoracic": ("thoracic spine surgery",), "lumbar": ("lumbar surgery",), "both": ("lumbar surgery", "thoracic spine surgery")}
# The way in, or what is said besides; of what that is said, and what it is then.
_WAYS = tuple(
    (later(rf"\b(?:{words})\b", re.IGNORECASE), label)
    for words, label in (
        (r"lap|laparoscopic(?:ally)?(?:[ -]assisted)?|laparoscopy, surgical", ("surgery", "laparoscopic approach")),
        (r"arthroscopic(?:ally)?", ("surgery", "arthroscopic approach")),
        (r"robot(?:ic)?(?:ally)?(?:[ -]assisted)?|da ?vinci", ("surgery", "robotic approach")),
        (r"vats|thoracoscopic(?:ally)?|video[ -]assisted", ("surgery", "video-assisted thoracic surgery")),
        (r"hysteroscopic(?:ally)?", ("surgery", "hysteroscopy")),
        (r"elective(?:ly)?", ("surgery", "elective approach")),
        (r"emergency|emergent(?:ly)?|urgent(?:ly)?", ("surgery", "emergency approach")),
        (r"re-?do|revision|repeat", ("surgery", "revision approach")),
        (r"(?:with|w/) ?(?:iv |intravenous )?contrast|contrast[ -]enhanced", ("computed tomography", "CT with contrast")),
        (r"(?:with|w/) ?(?:iv |intravenous )?(?:contrast|gadolinium)|contrast[ -]enhanced", ("magnetic resonance imaging", "MRI with contrast")),
        (r"(?:to (?:the )?)?(?:(?:prox(?:imal)?|mid|distal) )?(?:lad|rca|lcx|lmca|circumflex|left main(?: coronary)?|om\d?)", ("stenting", "coronary stent")),
    )
)
# Between the name and a number of grafts: "CABGx3".
_GLUED = later(r"(?<=[A-Z]{3})[xX](?=\d)")
_CRANIAL = later(r"\bPCI\b(?=.*\bc?gy\b)", re.IGNORECASE)  # by its dose the irradiation of that name, no intervention
_ASIDE = later(r"\s*\((?P<what>[^()]{3,})\)")
_WHAT_FOR = later(r",\s*(?:(?:left|right|bilateral)\s+)?(?P<what>[^,()]{3,})$", re.IGNORECASE)
# Names that mean the operation of another organ beside words of that organ: an "ovarian cystectomy" takes no bladder.
_OF_ANOTHER = {"cystectomy": later(r"ovar|endometrio|dermoid|adnexa|teratoma|corpus luteum|choledoch|pilonidal|baker|popliteal|cyst\b", re.IGNORECASE)}
# What everything is a kind of: two names that share no more are not names of one thing.
_AT_LARGE = frozenset(("procedure", "surgery", "major surgery", "minor surgery", "diagnostic test", "imaging", "injection procedure", "implanted device"))
# What is done, without a word of what to: the whole name may say more.
_VAGUE = frozenset(("excision", "surgical resection", "biopsy", "arthroplasty", "stenting", "injection procedure", "puncture", "transplantation", "arthroscopy", "procedure"))
_AIM = later(r"\b(?:for|due to|because of)\b", re.IGNORECASE)
_OF_ANY_PART = frozenset(("wide local excision", "tumor resection", "cancer surgery", "excision"))
# A drug given along with it: "with melphalan conditioning".
_WITH_A_DRUG = later(r"\s+with\s+(?P<drug>[\w -]{3,}?)(?:\s+conditioning)?$", re.IGNORECASE)


def operated(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """The concepts that a recorded procedure certainly is at once; empty where a word is not understood, or it was not done."""
    if _UNDONE.search(wording):
        return ()
    whole = wording
    wording = _GLUED.sub(" x", _CRANIAL.sub("prophylactic cranial irradiation", _without_aside(vocabulary, wording)))
    under = _UNDER.search(wording)
    plain = _IN_GRAYS.sub("radiotherapy", wording if under is None else wording[: under.start()] + wording[under.end() :])
    plain = re.sub(r"\s{2,}", " ", _WAS_DONE.sub(" ", plain)).strip(" ,;-()") if _WAS_DONE.search(plain) else plain
    plain = _without_drug(vocabulary, plain)
    found = _along_the_spine(vocabulary, plain) or _named(vocabulary, plain) or _named(vocabulary, _without_ways(plain)) or _two_names(vocabulary, plain) or worded(vocabulary, plain) or _before_a_disease(vocabulary, plain)
    if found and all(one.label in _VAGUE for one in found):
        found = worded(vocabulary, plain) or found
    if not found or any(one.label in _OF_ANOTHER and _OF_ANOTHER[one.label].search(whole) for one in found):
        return ()
    found = _through_the_scope(vocabulary, found)
    named = under["what"].casefold() if under is not None else ""
    added = [_ANESTHESIA.get(named, named)] if named else []
    added += [label for way, (within, label) in _WAYS if way.search(wording) and any(_is_a(vocabulary, one, within) for one in found)]
    added += _of_parts(vocabulary, plain, found)
    more = (vocabulary.procedure(label) for label in added)
    return tuple(dict.fromkeys((*found, *(one for one in more if one is not None))))


def _of_parts(vocabulary: Vocabulary, wording: str, found: tuple[Concept, ...]) -> list[str]:
    """The operations of the parts of the body that a name tells of, where the operation itself names none: a "wide local excision, left breast" is one of the breast."""
    if not any(one.label in _OF_ANY_PART for one in found):
        return []
    words = normal(_AIM.split(wording)[0])
    parts = [f"{word} surgery" for i, word in enumerate(words) if says_where(word) and not any(vocabulary.condition(" ".join(words[i:end])) for end in range(i + 2, min(len(words), i + 5) + 1))]
    return [part for part in parts if not any(_is_a(vocabulary, one, part) for one in found)]


def _before_a_disease(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """An operation with what it was done for right behind it: "stereotactic radiosurgery brain metastases"."""
    words = wording.split()
    for i in range(len(words) - 1, 0, -1):
        found = _named(vocabulary, " ".join(words[:i])) if understood(vocabulary, "condition", " ".join(words[i:])) else ()
        if found:
            return found
    return ()


def _named(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    return understood(vocabulary, "procedure", wording) if wording else ()


def _without_drug(vocabulary: Vocabulary, wording: str) -> str:
    found = _WITH_A_DRUG.search(wording)
    return wording if found is None or not understood(vocabulary, "treatment", found["drug"]) else wording[: found.start()]


def _without_ways(wording: str) -> str:
    """A name without its way in, where that stands before or behind it as a word of its own."""
    for way, _ in _WAYS:
        wording = way.sub(" ", wording)
    return re.sub(r"\s{2,}", " ", wording.replace("()", " ")).strip(" ,;-()")


def _along_the_spine(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """An operation of the spine with the stretch that its vertebrae, or its words, tell; empty for any other."""
    levels = _LEVELS.search(wording)
    stretch = _STRETCHES[levels["first"].casefold()] if levels is not None else ""
    plain = f"{wording[: levels.start()]} {wording[levels.end() :]}" if levels is not None else wording
    plain = re.sub(r"\s{2,}", " ", plain).strip(" ,;-()")
    found = (_named(vocabulary, f"{stretch} {plain}") if stretch else ()) or _named(vocabulary, plain)
    if not found or not _is_a(vocabulary, found[0], "spinal surgery"):
        return ()
    told = [stretch] if stretch else []
    if levels is not None and levels["last"] and _STRETCHES[levels["last"].casefold()] != stretch:
        told.append(_STRETCHES[levels["last"].casefold()])
    told += [name for one in _ALONG_THE_SPINE.finditer(plain) for name, said in one.groupdict().items() if said]
    labels = dict.fromkeys(label for name in told for label in _OF_THE_STRETCH[name])
    more = (vocabulary.procedure(label) for label in labels)
    return tuple(dict.fromkeys((*found, *(one for one in more if one is not None))))


def _through_the_scope(vocabulary: Vocabulary, found: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """A biopsy that was taken in an endoscopy as one of that kind."""
    through = vocabulary.procedure("endoscopic biopsy")
    scoped = len(found) > 1 and through is not None and any(_is_a(vocabulary, one, "endoscopy") for one in found)
    return tuple(through if scoped and through is not None and one.label == "biopsy" else one for one in found)


def _without_aside(vocabulary: Vocabulary, wording: str) -> str:
    """A name without the disease, or the drugs, that stand in brackets or behind a comma: why, or with what, it was done."""
    for pattern in (_ASIDE, _WHAT_FOR):
        found = pattern.search(wording)
        if found is not None and vocabulary.procedure(found["what"]) is None and any(understood(vocabulary, kind, found["what"]) for kind in ("condition", "treatment")):
            return (wording[: found.start()] + wording[found.end() :]).strip()
    return wording


def _two_names(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """Two names of one thing behind each other: "Micra leadless pacemaker"."""
    words = wording.split()
    for i in range(1, len(words)):
        first = vocabulary.procedure(" ".join(words[:i]))
        found = _named(vocabulary, " ".join(words[i:])) if first is not None else ()
        if first is not None and found and (vocabulary.broader(first) | {first.label}) & (vocabulary.broader(found[0]) | {found[0].label}) - _AT_LARGE:
            return tuple(dict.fromkeys((*found, first)))
    return ()


def _is_a(vocabulary: Vocabulary, one: Concept, label: str) -> bool:
    above = vocabulary.procedure(label)
    return above is not None and vocabulary.relation(one, above) in A_KIND
