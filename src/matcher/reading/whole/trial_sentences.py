"""A whole exclusion about other trials, in the many words for them: "enrolled in any other study of an experimental drug within 3 months".

The sentence says that somebody takes or took part, in which kind of trial, and when. Anything else in it leaves it unread:
another trial than just any, what is planned, what the sponsor may allow.
"""

from __future__ import annotations

from matcher.model.language import All, Check, Medication, Participation, Statement, Unread
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import is_asked, load

_WHO = r"(?:(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|donors?|those|a|an|any|who|that|the|is|are|be|has|have|had|having|been|being|was|were|with)\s+)*"
_NOW = r"current(?:ly)?|concurrent(?:ly)?|simultaneous(?:ly)?|active(?:ly)?|ongoing|actual|parallel|concomitant(?:ly)?|already|presently"
_THEN = r"previous(?:ly)?|prior|recent(?:ly)?|past"
_TIMES = rf"(?:(?:{_NOW}|{_THEN}|or|and|/)\s+)*"
_PART = (
    r"(?:(?P<part>participat(?:ion|ing|ed|es|e)|enroll?(?:ed|ment|ing)?|involve(?:d|ment)|tak(?:es?|ing|en) part|took part|inclusion|included)(?:\s+of\s+(?:the\s+)?(?:patients?|subjects?))?\s+(?:in|into|to|with)\s+|"
    r"(?P<being>in|part of)\s+(?=(?:another|any other)\b))"
)
_SORTS = (
    r"(?:(?:an?|any|another|other|one|some|clinical|medical|biomedical|research|interventional|intervention|investigational|investigative|experimental|drugs?|devices?|medications?|treatments?|therap(?:y|eutic)|pharmaceutical|pharmacologic(?:al)?|"
    r"medicinal|surgical|products?|new|ongoing|concurrent|concomitant|study|or|and|and/or|of)[\s,/]+)*"
)
_TRIAL = r"(?:stud(?:y|ies)|trials?|research(?: projects?| stud(?:y|ies)| trials?| protocols?)?|protocols?|programs?)"
_THING = r"(?:(?:investigational|investigation|experimental|study|test|medical|therapeutic|pharmaceutical|medicinal|interventional|new|novel|unapproved|unlicensed|approved)\s+)*(?:(?:new )?(?:formulations?|combinations?|indications?) (?:of|for) (?:an? |the )?(?:marketed|approved|licensed|authori[sz]ed|registered) (?:drugs?|products?|medications?)|medicinal products?|drugs?|devices?|products?|medications?|agents?|compounds?|treatments?|therap(?:y|ies)|vaccines?|interventions?)"
_WITH = rf"(?:\s*\(?\s*(?:of|with|involving|using|evaluating|testing|investigating|on|for)\s+(?:(?:the|an?|any|another|other|use|evaluation|administration|testing|of)\s+)*(?P<things>{_THING}(?:\s*(?:,|/|or|and|and/or)+\s*(?:(?:an?|any|other|use of an?)\s+)?{_THING})*)(?:\s+administration)?\)?)?"
_STUDY = r"(?:(?:the|this|present|current|study|trial|our)\s+)*(?:study|trial|participation|period)"
_BESIDE = r"(?P<beside>[\s,]+(?:either\s+)?(?:at the (?:same )?time(?: of (?:consent|enrol+ment|screening|inclusion|randomi[sz]ation|study entry|signing))?|simultaneously|concurrently|currently|at present|in parallel|at screening|at study entry))?(?:[\s,]+(?:currently|now)(?=\s+or\b))?"
_DURING = rf"(?:,?\s+(?:and|or|and/or|,)?\s*(?:during|throughout)\s+{_STUDY})?"
_WINDOW = rf"(?:\(?[\s,(]+(?:or\s+)?(?P<window>(?:with ?in|in|during|over|less than|<|≤)\s+[^;:()]{{3,90}}?)\)?)?{_DURING}[\s.;)]*"
_SENTENCE = Caseless(rf"\W*{_WHO}(?P<times>{_TIMES}){_WHO}{_TIMES}{_PART}(?P<sorts>{_SORTS}){_TRIAL}{_WITH}{_BESIDE}{_WINDOW}")
_CURRENT = Caseless(rf"\b(?:{_NOW}|is participating|are participating|participates)\b")
_GOING_ON = Caseless(r"participat(?:ing|es|e)\b|tak(?:es?|ing) part\b|enroll?ing\b|(?:included|enrolled|involved)\b")
_DONE = Caseless(r"\b(?:been|had|was|were|previously|already)\b")
_PAST = Caseless(rf"\b(?:{_THEN})\b")
_KINDS = (
    ("interventional", Caseless(r"\b(?:interventions?|interventional)\b")),
    ("drug", Caseless(r"\b(?:drugs?|medications?|pharmaceutical|pharmacologic(?:al)?|compounds?|vaccines?|(?:therapeutic )?agents?|(?:medicinal|medical) products?|medicinal)\b")),
    ("device", Caseless(r"\b(?:medical |therapeutic )*devices?\b")),
)
# What is left of the words of a kind where it is more or less than the kinds that are told apart.
_OTHER = Caseless(r"\b(?:surgical|treatments?|therap(?:y|ies|eutic)|products?|medical or|medical and|clinical or)\b")
_RECENT = Caseless(r"\brecent")
SPEAKS_OF_TRIALS = ("articipat", "nrol", "nvolve", "part in", "ncluded in", "nclusion in", "ARTICIPAT", "n another", "n any other", "of another", "of any other", "planned use of any")


def trial_sentence(text: str, read: ReadText) -> Read | None:
    """The other trials that a whole exclusion speaks of; None where it says anything else."""
    planned = _or_planned(text, read)
    found = _SENTENCE.fullmatch(text) if planned is None else None
    if found is None:
        return planned
    kinds = _kinds(f"{found['sorts']} {found['things'] or ''}")
    if kinds is None or (_RECENT.search(found["times"]) and not found["window"]):
        return None
    current = not found["window"] and not _PAST.search(found["times"]) and bool(_CURRENT.search(f"{found['times']} {found['sorts']}") or found["beside"] or ((found["being"] or _GOING_ON.match(found["part"])) and not _DONE.search(found[0][: found.start("being" if found["being"] else "part")])))
    window = None
    if found["window"]:
        other = read(f"Participation in another clinical trial {text[slice(*found.span('window'))]}", "exclusion").check
        if not isinstance(other, Participation) or other.window is None:
            return None
        window = other.window
    return Read(Participation(kinds, current=current, window=window), ((0, len(text)),))


# Behind an "or": what somebody plans.
_OR_PLANS = Caseless(r"(?:\s*[,;]\s*(?:(?:and/or|or)\s+)?|\s+(?:and/or|or)\s+)(?=(?:(?:is|are|be|has|have|who|patients?|subjects?|participants?|the|also|currently)\s+)*(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|intention|expect(?:s|ed|ing)?|anticipat\w+|schedul\w+|going|will|wish\w*)\b)", needs=("plan", "inten", "expect", "anticipat", "schedul", "going", "will", "wish"))


def _or_planned(text: str, read: ReadText) -> Read | None:
    """ "Took part in a trial within 30 days or plans to": both, where each is read to its end."""
    found = _OR_PLANS.search(text)
    if found is None or not text[: found.start()].strip():
        return None
    taken, planned = read(text[: found.start()], "exclusion").check, read(text[found.end() :], "exclusion").check
    plan = next((leaf for leaf in leaves(planned) if isinstance(leaf, Statement)), None)
    if plan is None or not is_asked(plan.text, load()) or not all(isinstance(leaf, Participation) or leaf == plan for leaf in leaves(planned)) or not all(isinstance(leaf, Participation | Medication) for leaf in leaves(taken)):
        return None
    check = any_of([taken, plan])
    return Read(check, ((0, len(text)),) * len(leaves(check)))


def _kinds(said: str) -> tuple[str, ...] | None:
    """The kinds of trial that words name, of which any will do; None where they name others, or both one and any."""
    found: list[str] = []
    for kind, names in _KINDS:
        while (place := names.search(said)) is not None:
            said = f"{said[: place.start()]} {said[place.end() :]}"
            found += [] if kind in found else [kind]
    return None if _OTHER.search(said) or ("interventional" in found and len(found) > 1) else tuple(found)


_DRUGS, _DEVICE_USED = "investigational drugs", "used an investigational device"
_DEVICE = Caseless(
    r"\W*(?:(?:or|and|an?|any|other|another|the|has|have|had|been|use|used|using|of|with|treatment|treated|exposed|to|exposure|investigational|experimental|medical|therapeutic|invasive|implantable)\s+)*devices?(?P<tail>\s+(?:within|in|during|over|less than)\b[^;:()]{3,90})?[\s.;]*",
    needs=("device",),
)


def with_devices(read: Read, read_text: ReadText) -> Read:
    """A reading with the device beside a drug under study told: one of a trial of devices, if it was used there."""
    for leaf in leaves(read.check):
        if isinstance(leaf, Medication) and leaf.term == _DRUGS:
            return _of_devices(read, Participation(("device",), current=leaf.phase == "current", window=leaf.window), read_text)
        if isinstance(leaf, Participation) and "drug" in leaf.kinds:
            return _of_devices(read, Participation(("device",), current=leaf.current, window=leaf.window), read_text)
    return read


def _of_devices(read: Read, beside: Participation, read_text: ReadText) -> Read:
    if sum(isinstance(leaf, Unread) for leaf in leaves(read.check)) > 1:
        beside = Participation(("device",))  # what was not read may be another time
    return rewritten(read, lambda leaf: _device(leaf, beside, read_text))


def _device(leaf: Check, beside: Participation, read_text: ReadText) -> Check | None:
    found = _DEVICE.fullmatch(leaf.text) if isinstance(leaf, Unread) else None
    if found is None or not isinstance(leaf, Unread):
        return None
    trial = beside
    if found["tail"]:
        other = read_text(f"Participation in another clinical trial {leaf.text[slice(*found.span('tail'))]}", "exclusion").check
        if not isinstance(other, Participation) or other.window is None:
            return None
        trial = Participation(("device",), window=other.window)
    return All((trial, Statement(_DEVICE_USED)))
