"""Lists of an exclusion whose words leave open what belongs to each member: nothing of them is certain then.

"Heart disease or other condition that limits exercise", "eye diseases including infection", "SBP > 170 or DBP > 100 while on
treatment", "surgery within 28 days, or 12 months before entry for a bypass".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    ULN,
    Age,
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Participation,
    Procedure,
    State,
    Statement,
    Unread,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.certain.kept import beside
from matcher.reading.doubts.glued import another_begins
from matcher.reading.doubts.members_told import with_members_told
from matcher.reading.doubts.words_of_all import is_bare, with_words_of_all
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.shared_place import ANYWHERE, is_general
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.terms.names import PLACES
from matcher.vocabulary import Relation, load

# "A or other B that …": "other" makes A one of those, and the clause is A's too.
_OR_OTHER_THAT = Caseless(r"[^,;:()]{3,70}\s(?:or|and/or)\s+(?:an)?other\s+[^,;.()]{3,60}?\s(?:that|which|whose)\b", needs=("other",))
_RELATIVE = Caseless(r"\b(?:that|which|whose)\b")
# "A or other B making one unable to …": A, too, only where it does so.
_OR_OTHER_DOING = Caseless(
    r"[^;:()]{3,90}\s(?:or|and/or)\s+(?:any\s+)?(?:an)?other\s+(?:[\w-]+\s+){0,3}?(?:conditions?|diseases?|disorders?|illness(?:es)?|problems?|reasons?|factors?|circumstances?)\s+"
    r"(?:rendering|making|preventing|precluding|interfering|impairing|compromising|limiting|hindering|hampering|affecting|jeopardi[sz]ing|prohibiting|impeding|leading to|resulting in|causing)\b",
    needs=("other",),
)
# "Unstable medical or psychiatric illness": either is so; "treatment including A and B": of both.
_BAD_MEDICAL = Caseless(r"\b(?:unstable|serious|severe|major|significant|uncontrolled|important|acute|active)\s+(?:(?:concurrent|concomitant|underlying)\s+)?(?:medical|surgical|physical|systemic|somatic|organic)\W*$")
_REGIMEN = Caseless(r"\b(?:treatments?|therap(?:y|ies)|regimens?|chemotherapy|exposure|combination)\b[^.;:,]{0,30}\bincluding\s+[\w-]+(?:\s[\w-]+)?\s+(?:and|plus)\s+(?!other\b|all\b|any\b)[\w-]+", needs=("including",))
# "SBP > 170 or DBP > 100 while on treatment": said of each limit.
_WHILE = Caseless(r"\b(?:while|whilst|despite|in the (?:absence|presence) of|without|during (?:the )?(?:treatment|therapy)|on (?:(?:stable|current|optimal|maximal|medical|anti\w*|antihypertensive|concomitant)[\s-]+)*(?:treatment|therapy|medications?))\b")
# "Ejection fraction ≤ 45 % on any echocardiogram within a year": not only the latest value.
_OLDER = Caseless(r"\b(?:on any|at any|any (?:time|occasion|previous|prior|value|measurement)|ever|one or more|occasions?|lowest|highest|worst)\b(?! (?:reason|cause|kind|dose))")
_REMISSION = Caseless(r"\b(?:except\w*|other than|excluding|apart from)\b[^.;]*\b(?:remission|cured|resolved|free|treated|without|no evidence|recurren\w+)\b[^.;]*\b\d+\s*(?:years?|months?)", needs=("except", "other than", "excluding", "apart from"))
A_STUDY_OF = Caseless(r"\b(?:stud(?:y|ies)|trials?)\s+of\s*,\s*(?:or|and/or)\b|\b(?:stud(?:y|ies)|trials?)\s*,\s*(?:or|and/or)\s+(?:\w+\s+){0,2}(?:use|treatment|exposure)\s*,\s*(?:of|to|with)\b|\buse\s*,\s*or\s+participation\s+in\s[^.;]*?,\s*of\b", needs=("study", "studies", "trial", "participation"))
_INCLUDING = Caseless(r"\b(?:including|such as|e\.\s?g\.?|for example|like)\b|:")
_PLACES = rf"(?:{'|'.join(sorted(PLACES))})"
_OF_A_PLACE = Caseless(rf"\b{_PLACES}\b")
# "Active systemic or latent bacterial, viral or fungal infection": adjectives that no member took are everybody's.
_STATE_OF_ALL = Caseless(r"(?:active|severe|serious|uncontrolled|systemic|significant|chronic|acute)\s+(?:[\w-]*(?:ic|al|ive|ous|ent|ant|ute|ary)\b[\s,]*)+")
# "Concurrent intrathecal drugs or radiotherapy", "unmeasurable advanced or metastatic lesions": the first word rules what was read, too.
_SAID_FIRST = Caseless(r"\W*(?:patients?\s+|with\s+|receiving\s+)*(?:concurrent|concomitant|simultaneous|ongoing|planned|elective|recent|unmeasurable|non-?\s?measurable|untreated|uncontrolled|terminal|end[ -]stage)\b")
# "End stage liver and kidney disease", "uncontrolled primary or metastatic brain tumors": said of what stands behind the joint, too.
_OF_BOTH_ORGANS = Caseless(r"\b(?:end[ -]?stage|terminal)\s+\w+\s*(?:,|/|and|or)\s|\b(?:uncontrolled|unstable|symptomatic|active|untreated|progressive)\s+primary\s+(?:and/or|or|and)\s", needs=("stage", "terminal", "primary"))
# "Gout, or patients with poor compliance": others.
_OR_PEOPLE = Caseless(r"\b(?:or|and/or)\s+(?:(?:any|those|other)\s+)?(?:patients?|subjects?|participants?|individuals?|those|people|women|men|persons?)\s+(?:(?:with|who|having|whose)\s+(?:(?:have|has|are|is)\s+)?)?$")
# "Age < 18, all patients needing a tube": two reasons.
_ALL_WHO = Caseless(r"[,;/]\s*(?:and\s+|or\s+)?(?:all\s+|any\s+)?(?:patients?|subjects?|participants?|individuals?|those|people|women|men)(?:\s+(?:who|with))?\s*$")
_FOR = Caseless(r"\bfor\b")
_OR_BEFORE = Caseless(r"\bor\s*$")
_A_TIME = Caseless(r"(?:for\s+)?(?:within\s+|at least\s+|(?:less|more|longer)\s+than\s+|<\s*)?(?:the\s+(?:last|past|previous)\s+)?(?:\d+|one|two|three|four|six|twelve)\s*(?:hours?|days?|weeks?|months?|years?)\b")


# "Spinal trauma, tumor, infection": a site before the first of things that may be anywhere is that of all.
_AT_ONE_SITE = Caseless(
    rf"\W*(?:(?:patients?|subjects?|participants?|with|any|known|current|active|recent|prior|previous|history|presence|evidence|of|a|an|the|or)\s+)*(?P<site>{_PLACES})\s+"
    r"(?:traumas?|tumou?rs?|infections?|malignanc(?:y|ies)|h(?:a)?emorrhages?|bleeding|injur(?:y|ies)|surger(?:y|ies)|radiation|radiotherapy|obstructions?|fractures?|lesions?|pain|ulcers?|abscess(?:es)?|thrombosis|stenosis|perforations?|inflammation|cysts?|malformations?)\s*(?:[,/]|\bor\b|\band\b)"
)
# "Neurological disease or injury", "facial pain, paresis or swelling": what is said of one organ goes on with what may be anywhere.
_OF_ONE_ORGAN = Caseless(
    rf"\W*(?:(?:patients?|subjects?|participants?|with|any|known|diagnosed|diagnosis|documented|significant|severe|serious|clinically|other|current|active|recent|prior|previous|history|presence|evidence|of|a|an|the|or)\s+)*(?P<site>{_PLACES}|neurologic(?:al)?|cerebrovascular|musculoskeletal|facial|vaginal|vascular)\s+"
    r"(?:(?:deformit(?:y|ies)|discharge|pain|paresis|weakness|deficits?|swelling|numbness)\b(?=\s*(?:[,/]|\bor\b|\band/or\b))|"
    r"(?:diseases?|disorders?|abnormalit(?:y|ies)|dysfunctions?|impairments?|symptoms?)\b(?=\s*(?:/|,?\s*\bor\b|,?\s*\band/or\b)\s*(?:injur|trauma|pain\b|bleed|h(?:a)?emorrhag|weakness|paralys|pares[ie]s|numbness|swelling|lesion|deformit)))"
)
# "Anti-cancer drug/biologic treatment", "palliative radiotherapy, or chemotherapy": the purpose is that of both.
_PURPOSE = Caseless(r"\b(?P<purpose>(?P<anti>anti-?\s?(?:cancer|tumou?r|neoplastic))|palliative|adjuvant|neoadjuvant)\s+(?!therap|treatments?\b|agents?\b)[\w-]+\s*(?:/|\bor\b|\band\b|(?(anti)(?!)|,))\s*", needs=("anti", "palliative", "adjuvant"))
_OWN_PURPOSE = Caseless(r"[;.:()]|\b(?:(?:neo)?adjuvant|palliative|prior|previous|other|any|use|treatment with|history|within)\b")
# "Infection (e.g. requiring antibiotics)": no use of them by itself.
_E_G_REQUIRING = Caseless(r"\((?:e\.?\s?g|i\.?\s?e)\b[\s.:,]*(?:requiring|needing|treated|receiving|on)\b[^()]*\)?", needs=("requiring", "needing", "treated", "receiving", "on"))
# "Autoimmune disease including colitis, or IBD that has required treatment": the clause is the head's too.
_CLAUSE = Caseless(r"(?:that|which)\b")
_OR_REQUIRING = Caseless(r"\bor\s+(?:requiring|needing|dependent|receiving)\b")
# "Biopsy of the tumor or the tumor excised": another thing that was done.
_OR_DONE = Caseless(r"\bor\s+(?:(?:the|an?|his|her|their)\s+)(?:[\w-]+\s+){0,4}?(?:\w{3,}ed|done|taken|given)\b", needs=("or",))
_ADEQUATE = Caseless(r"\badequate\s+(?:[\w-]+\s+){0,3}(?:functions?|reserves?|counts?)\b", needs=("adequate",))


def with_list_doubts(read: Read, text: str) -> Read:
    """An exclusion, in doubt where what is said of one member may be said of all, or where it asks for what is normal."""
    parts = nodes(read.check)
    if _asks_for_enough(parts, text) or _demands(parts, text) or ("\n" not in text and (len(parts) > 1 or isinstance(read.check, Condition)) and _reaches_back(parts, text)) or any(_swallows_or(part) for part in parts) or (any(isinstance(part, All) for part in parts) and _LISTED_IN_A_BRACKET.search(text)):
        return beside(Read(Unread(clean(text)), ((0, len(text)),)), [read])
    if "\n" in text:
        return read
    read = with_members_told(with_words_of_all(read, text), text)
    parts = nodes(read.check)
    if len(parts) == 1:
        return read
    if any(is_general(leaf) for leaf in leaves(read.check)):
        read = _at_last_site(_at_one_site(_of_the_place(read, text), text), text)
    if any(isinstance(leaf, Medication | Procedure) for leaf in leaves(read.check)):
        read = _so_meant(read, text)
    limits = any(isinstance(part, All) and len(part.parts) > 2 and all(isinstance(one, Measurement | Any) for one in part.parts) for part in parts)
    check = _or_behind(read.check, text) if any(isinstance(part, All) for part in parts) else read.check
    check = _each_limit(check) if limits and text.count(",") > 1 else check
    return read if check == read.check else Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


# "Must have a QTc below 500", "at least a year since a prior taxane": a demand that came among the exclusions.
_DEMANDED = Caseless(r"\W*(?:(?:(?:all|the)\s+)?(?:patients?|subjects?|participants?|they|[\w/-]+(?:\s+[\w/-]+)?)\s+)?(?:must|should|shall|needs? to|(?:are|is) required to)\s+(?:have|be)\b(?!\s+(?:\w+\s+)?(?:excluded|not\b|discontinued|withdrawn|stopped|avoided|no\b|free))", needs=("must", "should", "shall", "need", "required"))
_PROTOCOL_SAYS = Caseless(r"\b(?:conditions|diseases|disorders|illnesses|problems|medications|drugs|treatments|procedures)\s+as\s+(?:further\s+)?(?:specified|defined|listed|described|outlined|detailed)\s+(?:in|by|per)\s+(?:the\s+)?(?:study\s+|trial\s+)?protocol\b", needs=("protocol",))
_SINCE_PRIOR = Caseless(r"\W*(?:at least|more than|>|≥|a minimum of)\s*(?:\d+|one|two|three|four|six|twelve)\s*(?:days?|weeks?|months?|years?)\s+(?:must have\s+)?(?:elapsed\s+)?(?:since|from|after)\b")


def _demands(parts: Sequence[Check], text: str) -> bool:
    """Whether an exclusion says what one must have."""
    if not any(isinstance(part, Measurement | Medication | Procedure | Condition) for part in parts):
        return False
    if isinstance(parts[0], Ambiguous) and len({isinstance(one, Not) for one in parts[0].readings}) > 1:
        return False  # it is in doubt already
    return _DEMANDED.match(text) is not None or _PROTOCOL_SAYS.search(text) is not None or _SINCE_PRIOR.match(text) is not None


def _asks_for_enough(parts: Sequence[Check], text: str) -> bool:
    """Whether an exclusion asks for values as they should be: "adequate organ function", "ALT < 2.5 × ULN"."""
    limits = [bound for part in parts if isinstance(part, Measurement) for bound in part.bounds]
    if not limits:
        return False
    return _ADEQUATE.search(text) is not None or any(bound.op in ("<", "≤") and bound.unit == ULN and bound.number > 1 for bound in limits)


# "(NYHA > 2; LVEF < 40 % and angina)": of each, or of all.
_LISTED_IN_A_BRACKET = Caseless(r"\([^()]*;[^()]*\band\b[^()]*\)")


def _swallows_or(part: Check) -> bool:
    """Whether an alternative stands in the words of a state: "severe at rest or requiring oxygen"."""
    return isinstance(part, Condition | Procedure) and any(_OR_REQUIRING.search(state) or _OR_DONE.search(state) or another_begins(state, (part,)) for state in part.states)


def _at_one_site(read: Read, text: str) -> Read:
    found = _AT_ONE_SITE.match(text) or _OF_ONE_ORGAN.match(text)
    behind = list(leaves(read.check))[1:]
    open_ = {leaf for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    if found is None or not all(isinstance(leaf, Unread) or is_general(leaf) or leaf in open_ for leaf in behind[:1]):
        return read
    site = text[found.start("site") : found.end("site")]

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        there = replace(leaf, states=(site.casefold(),)) if "neurolog" in site.casefold() and isinstance(leaf, Condition) else All((leaf, Unread(site)))
        return Ambiguous((leaf, there)) if is_general(leaf) and leaf not in open_ and place[0] >= found.end() else None

    return rewritten_there(read, change)


# "Fracture, infection, or tumor of the spine": the last has its place in its name, and the place may be that of all.
_LAST_SITE = Caseless(r"\b(?:or|and/or)\s+[\w-]+(?:\s+[\w-]+)?\s+(?P<site>(?:of|in)\s+the\s+(?!(?:last|past|previous|prior|preceding|study|trial|opinion|next|same|following|first)\b)[a-z -]{3,30})\W*$", needs=(" the ",))


def _at_last_site(read: Read, text: str) -> Read:
    found, places = _LAST_SITE.search(text), read.spans
    if found is None or not places or not places[-1][0] <= found.start("site") < places[-1][1]:
        return read
    open_ = {leaf for part in nodes(read.check) if isinstance(part, All | Ambiguous) for leaf in leaves(part)}
    site = Unread(text[found.start("site") : found.end("site")])
    begins = max((end for _, end in _CLAUSES_APART.spans(text) if end <= found.start()), default=0)
    return rewritten_there(read, lambda leaf, place: Ambiguous((leaf, All((leaf, site)))) if is_general(leaf) and leaf not in open_ and begins <= place[0] < found.start() else None)


_CLAUSES_APART = Caseless(r"[;:]|\.\s")


def _so_meant(read: Read, text: str) -> Read:
    """Treatments that may be meant only for the purpose, or only as the example, of the words before them."""
    found, example = _PURPOSE.search(text), _E_G_REQUIRING.search(text)
    if found is None and example is None:
        return read

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Medication | Procedure) or (isinstance(leaf, Procedure) and leaf.term != "radiotherapy"):
            return None
        if example is not None and example.start() <= place[0] < example.end():
            return Ambiguous((Unread(clean(example[0])), leaf))
        behind = found is not None and found.end() <= place[0] < found.end() + (_LISTED if "," in found[0] else _NEAR) and not _OWN_PURPOSE.search(text, found.end(), place[0])
        if found is None or not behind or (isinstance(leaf, Medication) and leaf.setting):
            return None
        return Ambiguous((leaf, All((leaf, Unread(text[found.start("purpose") : found.end("purpose")])))))

    return rewritten_there(read, change)


_NEAR = 12  # characters between a joint and the name behind it
_LISTED = 60  # between the first comma of a list and the name of a later member


def _reaches_back(parts: Sequence[Check], text: str) -> bool:
    """Whether words behind the last member are said of those before it."""
    lists = [part for part in parts if isinstance(part, Any)]
    said = [leaf.text for part in lists for leaf in leaves(part) if isinstance(leaf, Unread | Judgement)]
    if any(isinstance(part.parts[0], Condition) and any(isinstance(leaf, Unread) and _CLAUSE.match(leaf.text) for one in part.parts[1:] for leaf in leaves(one)) for part in lists) and _INCLUDING.search(text):
        return True
    if _OR_OTHER_THAT.match(text) and any(map(_RELATIVE.search, said)):
        return True
    if lists and _OR_OTHER_DOING.match(text):
        return True
    if any(isinstance(part.parts[0], Unread) and _BAD_MEDICAL.search(part.parts[0].text) and any(isinstance(leaf, Condition) and not leaf.states for leaf in leaves(part.parts[1])) for part in lists):
        return True
    if any(isinstance(leaf, Medication) for part in lists for leaf in leaves(part)) and _REGIMEN.search(text):
        return True
    if any(isinstance(part.parts[0], Unread) and _STATE_OF_ALL.fullmatch(part.parts[0].text) and not _has_state(part.parts[-1]) for part in lists):
        return True
    if any(_rules_all(part, text) for part in lists):
        return True
    if ";" not in text and any(isinstance(part.parts[0], Measurement) and any(isinstance(leaf, Unread) and _WHILE.search(leaf.text) for leaf in leaves(part.parts[-1])) for part in lists):
        return True
    if any(isinstance(part, All) and isinstance(part.parts[0], Measurement) and any(isinstance(one, Unread) and _OLDER.search(one.text) for one in part.parts) for part in parts):
        return True
    if any(isinstance(part, Participation) for part in parts) and A_STUDY_OF.search(text):
        return True
    return any(isinstance(part, Condition) and part.other_than and (part.lasting or part.window) for part in parts) and _REMISSION.search(text) is not None


def _rules_all(part: Any, text: str) -> bool:
    """Whether the first word of a list may be said of a later member that has nothing like it of its own."""
    first, *others = part.parts
    if isinstance(first, Unread):
        said = " " in first.text and _SAID_FIRST.match(first.text) is not None and not {";", ":"} & set(text) and _INCLUDING.search(text) is None
    else:
        said = _OF_BOTH_ORGANS.search(text) is not None
    return said and any(is_bare(leaf) and not getattr(leaf, "phase", "") for one in others for leaf in leaves(one))


def _has_state(check: Check) -> bool:
    """Whether the last member of a list has a state of its own."""
    return all(isinstance(leaf, Condition) and (leaf.phase == "active" or bool(leaf.states)) for leaf in leaves(check) if not isinstance(leaf, Unread))


def _of_the_place(read: Read, text: str) -> Read:
    """A kind of disease that may be anywhere, named as an example of the diseases of one place, perhaps only there."""
    led = _INCLUDING.search(text)
    if led is None or not _OF_A_PLACE.search(text[: led.start()]):
        return read
    begins = led.end()
    narrowed = {leaf for part in nodes(read.check) if isinstance(part, All) and any(isinstance(one, Unread) for one in part.parts) for leaf in leaves(part)}

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        bare = isinstance(leaf, Condition) and leaf == Condition(leaf.term) and leaf.term in ANYWHERE
        return Ambiguous((Unread(clean(text[:begins])), leaf)) if bare and place[1] > begins and leaf not in narrowed else None

    return rewritten_there(read, change)


def _or_behind(check: Check, text: str) -> Check:
    """A check in which unread words behind an "or" are not said to narrow what stands before it."""
    if isinstance(check, Any):  # with words of its own that were not read it is open anyhow
        return check if any(isinstance(part, Unread) for part in check.parts) else any_of([_or_behind(part, text) for part in check.parts])
    if not isinstance(check, All):
        return check
    facts = [leaf for leaf in leaves(check) if not isinstance(leaf, Unread)]
    if any(isinstance(part, Ambiguous) and isinstance(part.readings[0], Unread) and (another_begins(part.readings[0].text, list(leaves(check.parts[0]))) or _OR_ELSE.match(part.readings[0].text)) for part in check.parts[1:]):
        return Ambiguous((check, Any(check.parts)))
    if any((isinstance(part, Unread) and (_OR_ELSE.match(part.text) or (i and _OR_DONE.search(part.text)) or _names_others(part.text, check, text) or _of_another_time(part, check) or another_begins(part.text, facts))) or (i and isinstance(part, Statement) and another_begins(part.text, facts)) for i, part in enumerate(check.parts)):
        return Ambiguous((check, Any(check.parts)))
    if any(isinstance(part, Unread) and (at := text.find(part.text)) > 0 and _OR_PEOPLE.search(text[:at]) for part in check.parts[1:]):
        return Ambiguous((check, Any(check.parts)))
    for part in check.parts[1:]:
        if isinstance(part, Unread) and isinstance(check.parts[0], Age) and _ALL_WHO.search(text[: max(0, text.find(part.text))]):
            return Ambiguous((check, Any(check.parts)))
        at = text.find(part.text) if isinstance(part, Unread) and _A_TIME.match(part.text) and _FOR.search(part.text) else 0
        if at > 0 and _OR_BEFORE.search(text[max(0, at - 9) : at]):
            return Ambiguous((check, Any(check.parts)))
    return check


# "(stage 5) or requiring dialysis", "requiring a tube, or oxygen above so much": what stands behind may be another way to be excluded.
_OR_ELSE = Caseless(r"\([^()]*\)\s*,?\s*(?:and/)?or\b(?!\s+(?:during|after|before|throughout|within|at|on|in|while)\b)|[^,;()]{3,80},\s*(?:and/)?or\s+(?!if\b|when\b|unless\b)(?:[^,;]|,\s*(?!or\b))+$", needs=("or",))
# A bracket of which the first word narrows what stands before it, or says how it is found.
_IN_BRACKETS = Caseless(r"\((?P<said>[^()]{2,300})\)?")
_NARROWS = Caseless(
    r"\(?\s*(?:(?:i\.?\s?e|e\.?\s?g)\b[\s.,:]*)?(?:with(?:in|out)?|requir\w+|need\w*|stages?|class(?:es)?|grades?|types?|scores?|if|unless|not?|non|except\w*|as|defined|definition|based|see|per|according|secondary|due|caused|for|in|on|at|of|by|to|from|that|which|who|when|where|while|even|regardless|"
    r"treated|untreated|confirmed|documented|diagnosed|proven|measured|assessed|determined|history|despite|after|before|prior|during|since|until|but|only|must|may|can|is|are|was|were|has|have|had|known|active|current\w*|ongoing|indicat\w+|meaning|individuals?)\b|\(?\s*[<>≥≤=\d]"
)
_PARTS = Caseless(r"[,;/]|\b(?:or|and)\b")
_LED = Caseless(r"\W*(?:(?:i\.?\s?e|e\.?\s?g|such as|like|including|for example|patients?|subjects?|participants?|those|people|with|who|have|has|had|any|an?|the|history of|known|other)\b[\s.,:]*)+")
_JOINTS = Caseless(r",\s*(?:and/)?or\b|[,/]|\bor\b")
_LETS_IN = Caseless(r"\b(?:not (?:be )?(?:included|excluded|considered|counted)|allow\w*|eligible|permit\w*|acceptable|except\w*|unless|may|excluding)\b")


def _names_others(words: str, check: All, text: str) -> bool:
    """Whether unread words name something that is no kind of the fact beside them: as what is meant by it, or besides it."""
    facts = [leaf for part in check.parts for leaf in leaves(part) if not isinstance(leaf, Unread)]
    if not facts or not all(isinstance(leaf, Condition | Medication | Procedure) for leaf in facts):
        return False
    if words.startswith("("):
        found = _IN_BRACKETS.match(words)
        named = list(_PARTS.split(found["said"])) if found is not None else []
        return len(named) > 1 and not _NARROWS.match(words) and not _LETS_IN.search(words) and any(_is_another(part, facts) for part in named)
    return len(words) > len(text) - _LOOSE and "(" in words and len(_JOINTS.split(words)) > len(facts) > 1


_LOOSE = 4  # characters of a criterion that its words may leave out: a mark at its head, a full stop


def _is_another(words: str, facts: Sequence[Check]) -> bool:
    """Whether the words are a name, and of no kind of any of the facts."""
    led, vocabulary = _LED.match(words), load()
    name = clean(words[led.end() :] if led is not None else words)
    if vocabulary.candidates(name):
        return True
    kinds = {"condition", "procedure"} if any(isinstance(leaf, Condition) for leaf in facts) else {"treatment" if isinstance(leaf, Medication) else "procedure" for leaf in facts}
    named = next((one for kind in sorted(kinds) if (one := getattr(vocabulary, kind)(name)) is not None), None)
    asked = [getattr(vocabulary, kind)(leaf.term) for kind in kinds for leaf in facts if isinstance(leaf, Condition | Medication | Procedure)]
    if named is None or vocabulary.apart(named) or any(isinstance(leaf, Medication) and leaf.term == _ANTICANCER for leaf in facts):
        return False
    return not any(one is not None and vocabulary.relation(named, one) in (Relation.SAME, Relation.NARROWER) for one in asked)


_ANTICANCER = "anticancer therapy"  # whatever is named as a kind of it, is meant against a cancer


_TIME = Caseless(r"\b(?:previous\w*|prior|past|last|recent\w*|history|within|ago|since|earlier|former)\b")


def _of_another_time(words: Unread, check: All) -> bool:
    """Whether a pregnancy or lactation may be meant that is over: today's "no" does not tell of it."""
    states = [part for part in check.parts if part is not words]
    return _TIME.search(words.text) is not None and all(isinstance(leaf, State) and leaf.name in ("pregnant", "breastfeeding") for part in states for leaf in leaves(part))


def _each_limit(check: Check) -> Check:
    """A comma list of limits that its "and" closes: of all of them, or of each."""
    if isinstance(check, All) and len(check.parts) > 2 and all(isinstance(part, Measurement | Any) for part in check.parts):
        return Ambiguous((check, any_of(list(check.parts))))
    if isinstance(check, All | Any):
        return type(check)(tuple(map(_each_limit, check.parts)))
    return check
