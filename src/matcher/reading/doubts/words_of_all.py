"""A word that is said once, before or behind a list, and perhaps of every member: "bilateral hip or knee replacement"."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Allergy, Ambiguous, Check, Condition, Judgement, Medication, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.doubts.own_times import STAYS
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_JOINT = r"(?:\s*,\s*(?:and/or|or|and)?|\s*/|\s+(?:and/or|or|and))\s*"
# "Bilateral hip or knee replacement", "current drugs or stimulation": what was done is so, too.
_AHEAD = Caseless(
    rf"(?:^|[\s(])(?P<said>bilateral|both|unilateral|simultaneous|recent(?:ly)?(?:\s+had)?|current(?:ly)?(?:\s+(?:receiving|undergoing|on))?|ongoing|concurrent|concomitant)\s+(?P<first>(?:[\w-]+\s+){{0,3}}[\w-]+?){_JOINT}(?!\s*(?:and/or\s|or\s|and\s)?\s*(?:prior|previous|past|recent|history|any|planned)\b)",
    needs=("bilateral", "both", "unilateral", "simultaneous", "recent", "current", "ongoing", "concomitant"),
)
# "Major surgery including thoracic or orthopedic surgery": none but major ones.
_OF_A_RANK = Caseless(r"\b(?P<said>major|extensive|invasive|complex)\s+(?:[\w-]+\s+){0,2}(?:surger(?:y|ies)|operations?|procedures?)[\s,(]*(?:including|such as|e\.?g\.?|for example)\b", needs=("major", "extensive", "invasive", "complex"))
# "Arthritis, fusions, or implants near the treatment area": all of them there.
_AT_THE_SITE = Caseless(
    r"\b(?P<said>(?:(?:at|near|in|on|around|over|within|surrounding|overlying|adjacent to|close to|in the vicinity of|affecting|involving)\s+(?:or\s+|and/or\s+)?)+(?:the\s+|an?\s+|any\s+|their\s+|planned\s+|intended\s+|proposed\s+|potential\s+)*(?:[\w-]+\s+)?(?:(?:areas?|regions?|vicinity|neighbou?rhood)\s+of\s+(?:the\s+)?)?"
    r"(?:treatment|treated|application|injection|infusion|target|index|study|surgical|operative|affected|implant\w*|stimulation|electrode|patch|test|puncture|insertion|recording)\s+(?:[\w-]+\s+)?(?:areas?|sites?|joints?|eyes?|knees?|hips?|limbs?|legs?|arms?|regions?|zones?|fields?|locations?|levels?|tooth|teeth|skin))\b",
    needs=("area", "site", "joint", "eye", "knee", "hip", "limb", "leg", "arm", "region", "zone", "field", "location", "level", "tooth", "teeth", "skin"),
)
# "History or presence of kidney disease, or any other condition known to alter absorption": a lasting one, perhaps.
_OR_OTHER_SUCH = Caseless(
    r"\b(?:or|and/or)\s+(?:(?:any|some|an)\s*)?other\s+(?:[\w-]+[\s,]+){0,4}?(?:known to|likely to|able to|(?:that|which) (?:may|might|could|would|can|is|are|interferes?|affects?|alters?|impairs?|compromises?|influences?|limits?|precludes?|prevents?)|significant|relevant|important|serious|uncontrolled|unstable)\b|\bhistory of (?:current|active|ongoing)\b",
    needs=("other", "history of"),
)
OF_A_SYSTEM = Caseless(
    r"(?:gastrointestinal|kidney|renal|liver|hepatic|biliary|heart|cardiac|cardiovascular|vascular|lung|pulmonary|respiratory|blood|hematologic\w*|endocrine|metabolic|neurologic\w*|nervous system|psychiatric|mental|skin|dermatologic\w*|immun\w+|urologic\w*|genitourinary|musculoskeletal|eye|infectious|allergic) (?:disease|disorder|abnormality)$"
)
# "History or clinical evidence of intravenous drug abuse": of both.
_WAS_OR_SHOWN = Caseless(r"\bhistor(?:y|ies)\s*(?:,|/|and/or\b|or\b)\s*(?:[\w-]+\s+){0,3}(?:evidence|presence|diagnosis|signs?|suspicion|symptoms?|findings?)\s+of\b", needs=("histor",))
# "Cardiac or other vascular stenting, angioplasty, or surgery": surgery there.
_OF_AN_ORGAN = Caseless(
    r"\b(?P<said>(?:cardiac|cardiovascular|coronary|vascular|valv\w+|carotid|cerebral|intracranial|spinal|ocular|intraocular|retinal|vitreoretinal|vitreous|corneal|abdominal|gastric|bariatric|pelvic|thoracic|pulmonary|renal|urologic\w*|prostatic|nasal|sinus|dental|oral|lumbar|cervical))"
    rf"\s+(?:[\w-]+\s+){{0,2}}[\w-]+(?:\s*,\s*(?!(?:any|major|other)\b)[\w-]+(?:\s+[\w-]+)?)*{_JOINT}surger(?:y|ies)\b(?!\s+(?:of|on|to|for)\b)",
    needs=("surger",),
)
# "Blood dyscrasia such as aplastic anemia": of that weight.
_SUCH_AS = Caseless(r"\b(?P<said>dyscrasias?(?:\s*[,(]?\s*)(?:such as|including|e\.?g\.?|for example|like)\b)", needs=("dyscrasia",))
# "Any clinically significant cardiac, renal or hepatic disease": each of them so.
# "Allogeneic organ or marrow transplant", "AIDS-related infection, cancer, or brain disease": each of them so.
_OF_ORIGIN = Caseless(
    r"\b(?P<said>(?P<foreign>allogen(?:e?ic|ous))|end[- ]stage|(?:aids|hiv|pregnancy|transplant|treatment|chemotherapy|dialysis|diabetes|alcohol)-(?:related|associated|induced|defining))\s+(?:(?!(?:transplant\w*|graft\w*)\b)[\w/-]+\s+){0,3}?[\w-]+\s*(?:,|/|\bor\b|\band/or\b)",
    needs=("allo", "stage", "-related", "-associated", "-induced", "-defining"),
)
_SIGNIFICANT = Caseless(
    r"\b(?P<said>(?:clinically |medically )?(?:significant|relevant|important|serious|severe|major|uncontrolled|unstable))\s+(?P<first>[\w-]+)(?:\s*,\s*(?:and/or |or |and )?|\s+(?:and/or|or|and)\s+|\s*/\s*)(?:[\w-]+(?:\s*,\s*(?:and/or |or |and )?|\s+(?:and/or|or|and)\s+|\s*/\s*)){0,12}"
    r"[\w-]+\s+(?:diseases?|disorders?|conditions?|abnormalit(?:y|ies)|illness(?:es)?|dysfunctions?|allerg(?:y|ies)|hypersensitivit(?:y|ies)|infections?|reactions?|impairments?|insufficiency|problems?)\b",
    needs=("significant", "relevant", "important", "serious", "severe", "major", "uncontrolled", "unstable"),
)
# "Primary or initial infection with A, B or C": of each of them.
_SO_INFECTED = Caseless(r"\b(?P<said>(?:(?:primary|initial|acute|recent|new|newly acquired|invasive|disseminated|opportunistic|first(?: episode of)?|incident|breakthrough|perinatal|congenital)\s+(?:(?:and/or|or|and)\s+)?)+infections?\s+(?:with|by|due to|caused by|from))\s", needs=("infection",))
# "Non-drug treatment of the prostate, including surgery": that of the prostate.
_OF_A_TREATMENT = Caseless(
    r"\b(?P<said>(?!(?:prior|previous|any|other|current|medical|such|the|of|for|and|or|with|drug|systemic)\b)[\w-]+\s+(?:treatments?|therap(?:y|ies)|interventions?|management)(?:\s+(?:of|for)\s+(?:[\w-]+\s+){0,3}[\w-]+)?|(?:treatments?|therap(?:y|ies)|interventions?|management)\s+(?:of|for)\s+(?:[\w-]+\s+){0,3}[\w-]+)[\s,(]*(?:including|such as|e\.?g\.?|for example)\b",
    needs=("including", "such as", "e.g", "eg", "for example"),
)
# "Asthma, COPD, bronchiectasis – severe", "Psoriasis or acne (untreated)": behind the last, and perhaps said of each.
_DEGREES = r"(?:severe|moderate|mild|untreated|uncontrolled|un-?controlled|(?:poorly|inadequately|insufficiently|not (?:well|adequately)) controlled|symptomatic|extensive|marked|active|unstable|chronic|acute|recurrent|advanced|progressive|decompensated|refractory|persistent|(?:clinically )?significant|major|disabling|life-?threatening)"
_BEHIND_THE_LAST = Caseless(
    rf"(?:\s*[,–—(]|\s+-+\s)\s*(?P<said>(?:(?:if|when|all|each|only|which is|that is|any of them)\s+)*(?:of\s+(?:an?\s+)?)?{_DEGREES}(?:\s*(?:,|/|\bor\b|\band/or\b|\bto\b|-)\s*{_DEGREES})*(?:\s+(?:only|degree|severity|forms?|cases?|disease))?)\)?\s*[.;]?\s*$",
    needs=("sever", "moderate", "mild", "untreated", "controlled", "symptomatic", "extensive", "marked", "active", "unstable", "chronic", "acute", "recurrent", "advanced", "progressive", "decompensated", "refractory", "persistent", "significant", "major", "disabling", "threatening"),
)
# "GI disease or any other condition that could interfere with absorption": the clause is that of the disease, too.
_CLAUSE_OF_BOTH = Caseless(
    r"\s+(?:or|and/or)\s+(?:(?:any|some|an?)\s+)?(?:other\s+)?(?:(?:medical|clinical|chronic|systemic|similar)\s+)?(?:conditions?|disorders?|diseases?|illness(?:es)?|problems?|abnormalit(?:y|ies)|dysfunctions?|surger(?:y|ies)|procedures?)\s+(?P<said>(?:(?:that|which)\s+(?:may|might|could|would|can|will|is|are)|likely|known|expected|considered|deemed|thought|judged|liable|sufficient)\b[^.;(]*)",
    needs=("or ",),
)
_OF_ANY_ORGAN = frozenset(("surgery", "major surgery", "ablation procedure", "embolization", "laser therapy", "biopsy", "injection", "drainage"))
_STOP = Caseless(r"[;:]|(?<!etc)(?<!e\.g)(?<!i\.e)\.(?=\s)")
# A time that stands behind a list of treatments, or of what was done.
_WITHIN = Caseless(
    r"(?P<said>(?:\b(?:with)?in\s+(?:the\s+)?(?:(?:last|past|previous|prior|preceding)\s+)?|\bless than\s+|<\s*)(?:\d+|one|two|three|four|five|six|twelve)\s*(?:[a-z-]+\s+)?(?:hours?|days?|weeks?|months?|years?)\b|\(\s*(?:\d+|one|two|three|four|six|twelve)\s*(?:days?|weeks?|months?|years?)\s*\)(?=\W*$))",
    needs=("hour", "day", "week", "month", "year"),
)
_EVER = Caseless(r"\b(?:history of|prior|previous\w*|ever|past|status post|lifetime|presence of)\s+(?:[\w-]+\s+){0,3}$")
_OWN_TIME = Caseless(r"\b(?:ago|since|currently|current|ongoing|during|before|after|prior to|at|on the day)\b")


def with_words_of_all(read: Read, text: str) -> Read:
    """An exclusion in which what is named bare counts as it stands, or only with the word that rules its list."""
    facts = list(leaves(read.check))
    if any(isinstance(leaf, Allergy) for leaf in facts):
        read = by_reaction(read, text)
    if not any(isinstance(leaf, Condition | Procedure | Medication) for leaf in facts):
        return read
    site = _AT_THE_SITE.search(text)
    if site is not None:
        read = _ruled(read, text[site.start("said") : site.end("said")], _phrase_before(text, site.start()), site.start() + 1)
    read = _of_that_weight(_so_shown(read, text), text)
    read = of_one_origin(read, text)
    significant = _SIGNIFICANT.search(text) if any(isinstance(leaf, Condition) for leaf in facts) else None
    if significant is not None:
        read = _ruled(read, text[significant.start("said") : significant.end("said")], significant.end("first"), significant.end(), (Condition, Allergy))
    behind = _BEHIND_THE_LAST.search(text) if any(isinstance(leaf, Condition) for leaf in facts) else None
    if behind is not None:
        read = _ruled(read, text[behind.start("said") : behind.end("said")], _phrase_before(text, behind.start()), behind.start(), (Condition,))
    clause = _CLAUSE_OF_BOTH.search(text) if any(isinstance(leaf, Condition) for leaf in facts) else None
    if clause is not None:
        words = Judgement(clean(text[clause.start("said") : clause.end("said")]))
        told = {id(leaf) for part in nodes(read.check) if isinstance(part, All | Ambiguous) for leaf in leaves(part)}
        read = rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, Condition) and id(leaf) not in told and is_bare(leaf) and OF_A_SYSTEM.search(leaf.term) and place[1] <= clause.start() + 1 else None)
    infected = _SO_INFECTED.search(text)
    if infected is not None:
        read = _ruled(read, text[infected.start("said") : infected.end("said")], infected.end("said"), _phrase_end(text, infected.end()), (Condition,))
    if any(isinstance(leaf, Procedure | Medication) for leaf in facts):
        read = _of_that_organ(_there(read, text), text)
        ahead = _AHEAD.search(text)
        if ahead is not None:
            read = _ruled(read, text[ahead.start("said") : ahead.end("said")], ahead.end() - 1, _phrase_end(text, ahead.end()), (Procedure,))
        rank = _OF_A_RANK.search(text)
        if rank is not None:
            read = _ruled(read, text[rank.start("said") : rank.end("said")], rank.end(), _phrase_end(text, rank.end()), (Procedure,))
        read = _in_that_time(read, text)
    return read


# "Allergy to penicillins or cephalosporins (anaphylaxis only)": what the bracket says is said of each.
_REACTION = Caseless(r"(?P<said>\((?!any\b|e\.?\s?g|i\.?\s?e|such as|including)[^()]*\b(?:only|anaphyla\w*|severe|serious|bronchospasm|urticaria|angioedema|life-threatening|reactions?)\b[^()]*\))\W*$", needs=("only", "anaphyla", "severe", "serious", "bronchospasm", "urticaria", "angioedema", "threatening", "reaction"))


def by_reaction(read: Read, text: str) -> Read:
    """Allergies of which a bracket at their end tells how they show."""
    bracket = _REACTION.search(text)
    if bracket is None:
        return read
    told = {id(leaf) for part in nodes(read.check) if isinstance(part, All | Ambiguous) for leaf in leaves(part)}
    words = Unread(clean(text[bracket.start("said") : bracket.end("said")]))
    return rewritten_there(read, lambda leaf, place: All((leaf, words)) if isinstance(leaf, Allergy) and id(leaf) not in told and place[0] < bracket.start() else None)


def is_bare(leaf: Check) -> bool:
    """Whether a disease, treatment or operation is named with no time, place or state of its own."""
    match leaf:
        case Condition(term, phase):
            return leaf == Condition(term, phase)
        case Procedure(term):
            return leaf == Procedure(term)
        case Allergy(term):
            return leaf == Allergy(term)
        case Medication(term, phase):
            return leaf == replace(Medication(term, phase), setting=leaf.setting)
        case _:
            return False


def _names(leaf: Check, said: str) -> bool:
    """Whether the word is in the name of what it rules: "major surgery"."""
    return isinstance(leaf, Condition | Procedure) and said.casefold() in leaf.term.casefold()


def _ruled(read: Read, said: str, start: int, end: int, kinds: tuple[type, ...] = (Condition, Procedure)) -> Read:
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, All | Ambiguous) for leaf in leaves(part)}

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, kinds) or not is_bare(leaf) or id(leaf) in open_ or _names(leaf, said):
            return None
        listed = start <= place[0] < end or place[0] < start < end <= place[1]
        return Ambiguous((leaf, All((leaf, Unread(clean(said)))))) if listed else None

    return rewritten_there(read, change)


def of_one_origin(read: Read, text: str) -> Read:
    """A list of which the first word says from whom, or of what, its members come."""
    origin = _OF_ORIGIN.search(text)
    if origin is None:
        return read
    if origin["foreign"]:
        return _of_another_person(read, text, origin.end() - 1)
    start, end, words = origin.end() - 1, _phrase_end(text, origin.end()), Unread(clean(text[origin.start("said") : origin.end("said")]))
    open_, staged = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}, "stage" in origin["said"].casefold()
    return rewritten_there(read, lambda leaf, place: Ambiguous((leaf, All((leaf, words)))) if isinstance(leaf, Condition) and not leaf.states and (not staged or leaf.term.endswith(" disease")) and id(leaf) not in open_ and start <= place[1] <= end + 1 and place[0] > origin.start() else None)


def _of_another_person(read: Read, text: str, start: int) -> Read:
    """Stem cells behind "allogeneic organ or": of another person, too, where one noun stands behind both."""
    end = _phrase_end(text, start)

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Procedure) or leaf.term not in _STEM_CELLS or not start <= place[1] <= end or _OWN_CELLS.search(text, start, place[1]):
            return None
        other = replace(leaf, term="allogeneic stem cell transplant")
        return other if _GRAFT.search(text, 0, place[1] - 1) is None or not _GRAFT.search(text, 0, max(start, place[0])) else Ambiguous((leaf, other))

    return rewritten_there(read, change)


_STEM_CELLS = ("hematopoietic stem cell transplant", "stem cell transplant", "transplantation")
_GRAFT = Caseless(r"\b(?:trans)?(?:plant|graft)", needs=("plant", "graft"))
_OWN_CELLS = Caseless(r"\bauto", needs=("auto",))


def _in_that_time(read: Read, text: str) -> Read:
    """Treatments named before a time, of which it may be said as of the last of their list."""
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, All | Ambiguous) for leaf in leaves(part)}

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        if not isinstance(leaf, Procedure | Medication) or not is_bare(leaf) or id(leaf) in open_ or (isinstance(leaf, Medication) and leaf.phase != "any"):
            return None
        time = _WITHIN.search(text, place[1])
        if time is None or _STOP.search(text, place[1], time.start()) or _OWN_TIME.search(text, place[1], time.start()) or _EVER.ends(text, place[0] + 1) or STAYS.search(leaf.term):
            return None
        return Ambiguous((leaf, All((leaf, Unread(clean(text[time.start() : time.end()]))))))

    return rewritten_there(read, change)


def _so_shown(read: Read, text: str) -> Read:
    """What one had, perhaps only as what is seen of it is said to be, or as one that is still there."""
    if _WAS_OR_SHOWN.search(text):
        shown = {leaf.term: leaf.states for leaf in leaves(read.check) if isinstance(leaf, Condition) and leaf.states}

        def as_shown(leaf: Check) -> Check | None:
            told = isinstance(leaf, Condition) and leaf == Condition(leaf.term, "history") and leaf.term in shown
            return Ambiguous((leaf, replace(leaf, states=shown[leaf.term]))) if isinstance(leaf, Condition) and told else None

        read = rewritten(read, as_shown)
    return rewritten(read, _or_still_there) if _OR_OTHER_SUCH.search(text) else read


def _or_still_there(leaf: Check) -> Check | None:
    if not isinstance(leaf, Condition) or leaf != Condition(leaf.term, "history") or not OF_A_SYSTEM.search(leaf.term):
        return None
    return Ambiguous((leaf, Condition(leaf.term, "active")))


def _of_that_weight(read: Read, text: str) -> Read:
    """A kind that was read more widely than its examples say."""
    said = _SUCH_AS.search(text)
    if said is None:
        return read
    words = Unread(clean(text[said.start("said") : said.end("said")]))
    return rewritten(read, lambda leaf: Ambiguous((leaf, All((leaf, words)))) if isinstance(leaf, Condition) and is_bare(leaf) and leaf.term.endswith((" abnormality", " disease", " disorder")) else None)


def _there(read: Read, text: str) -> Read:
    """Surgery at the end of a list of what is done to one organ."""
    organ = _OF_AN_ORGAN.search(text)
    if organ is None:
        return read
    open_ = {id(leaf) for part in nodes(read.check) if isinstance(part, Ambiguous) for leaf in leaves(part)}
    words = Unread(clean(text[organ.start("said") : organ.end("said")]))
    return rewritten(read, lambda leaf: Ambiguous((leaf, All((leaf, words)))) if isinstance(leaf, Procedure) and leaf.term == "surgery" and not leaf.states and id(leaf) not in open_ else None)


def _of_that_organ(read: Read, text: str) -> Read:
    """Operations of any organ, named as examples of how one disease is treated."""
    treatment = _OF_A_TREATMENT.search(text)
    if treatment is None:
        return read
    start, end = treatment.end(), _phrase_end(text, treatment.end())
    words = Unread(clean(text[treatment.start("said") : treatment.end("said")]))
    return rewritten_there(read, lambda leaf, place: Ambiguous((leaf, All((leaf, words)))) if isinstance(leaf, Procedure) and leaf.term in _OF_ANY_ORGAN and is_bare(leaf) and start <= place[0] < end else None)


def _phrase_before(text: str, at: int) -> int:
    """Where the phrase begins that a place ends."""
    return max((stop for _, stop in _STOP.spans(text) if stop <= at), default=0)


def _phrase_end(text: str, at: int) -> int:
    found = _STOP.search(text, at)
    return found.start() if found is not None else len(text)
