"""Words right beside a fact that can only say which of its kind is meant, told by what they do not speak of.

"Hypotension during dialysis", "fracture (type C)", "opioids for a week before an operation": the fact excludes nobody, and is met
by nobody, who has none of its kind, and whether it is the one that is meant is asked in the words of the text.
"""

from __future__ import annotations

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

_LONGEST_BEHIND, _LONGEST_AHEAD = 12, 3  # words
# How words begin that belong to the name before them.
_BEGINS = Caseless(
    r"[(\[]\s*\w|(?:in|of|at|on|with|without|from|for|under|by|during|before|after|prior to|preceding|since|within|despite|due|owing|because of|secondary|over|across|through|throughout|via|between|among|inside|outside|near|to|as|against|until|not (?:under|fully|completely|well|yet)|"
    r"more than|less than|greater than|longer than|at least|that|which|extending|[a-z]{3,}(?:ing|ed))\b\s*\S"
)
# What is said of people, of the trial, of an opinion, of a will, or elsewhere; what takes back, lets in, goes on to something else or gives examples.
_ELSEWHERE = Caseless(
    r"[;:=/±“”\"?]|\.\s|\b(?:unless|except\w*|excluding|exclu\w+|not including|other than|apart from|only|eligible|ineligible|allow\w*|permi\w+|accept\w+|ok(?:ay)?|fine|tolerated|exempt\w*|ignor\w+|disregard\w*|regardless|irrespective|counts?|counted|waiv\w+|approved|optional|preferr\w+|patients?|subjects?|participants?|individuals?|people|persons?|volunteers?|women|men|males?|females?|children|infants?|adults?|who|whom|whose|"
    r"study|studies|trials?|protocols?|sponsor|investigat\w+|physicians?|doctors?|opinion|judg\w+|deemed|considered|thought|criteri\w+|guidelines?|defin\w+|classif\w+|follow(?:ing|s)|below|above|mentioned|listed|listing|described|specified|section|appendix|note|see|"
    r"e\.\s?g|i\.\s?e|eg|ie|etc|such|includ\w+|like|example|namely|especially|particularly|particular|any|all|other|others|another|same|this|these|those|its|it|"
    r"may|might|can|cannot|could|would|will|should|must|shall|do|does|did|is|are|was|were|be|been|if|when|where|whether|but|however|although|nor|neither|either|history|histories|known|suspected|suspicion|risks?|possib\w+|potential\w*|probabl\w+|likely|"
    r"screening|screened|enrol\w+|randomi[sz]\w+|inclusion|recruit\w+|registration|baseline|consent\w*|dosing|pre-?dose|dose|doses|treatment|therapy|intervention|vaccination|vaccine|injection|infusion|initiation|start|starting|beginning|entry|visits?|cycles?|day|open[- ]label|placebo|period|blind|participat\w+|washout|washing|sampling|"
    r"(?:un)?suitable|(?:in)?appropriate|(?:in)?adequate\w*|significant\w*|relevant|important|cohorts?|arms?|groups?|parts?|family|familial|parents?|parental|mothers?|fathers?|maternal|paternal|partners?|donors?|siblings?|relatives?|controls?|evaluable|assess\w+|evaluat\w+|"
    r"wish\w*|willing\w*|agree\w*|refus\w*|plan\w*|schedul\w*|intend\w*|expect\w*|anticipat\w*|futur\w*|next|upcoming|negative|denied|denies|absen\w+|no|none|never|non|normal|ineffective|(?:un)?controlled|or|[dcvw]-?\d+\w*|ip|imp|icf|sv|drug|decisions?|[a-z]+ologists?|surgeons?|clinicians?)\b"
)
# A list behind a comma, or in capitals, holds members of its own.
_LISTS = pattern_of(r",|\bAND\b|\bOR\b|&")
_CLAUSE = Caseless(r"\band\s+(?:a |an |the )?(?:has|have|had|not|without|prior|active|acute|chronic|severe|current|ongoing|recent|unstable|metastatic|primary|secondary|advanced|recurrent|refractory|symptomatic|congenital)\b")
_UNENDED = Caseless(r"\b(?:of|by|with|in|on|at|for|to|from|and|the|a|an|upper|lower|left|right|degree|via|than|least|that|which|as)\W*$")
# Ahead of a name: what says how sure, when, whose, how many, or what comes of it.
_NO_KIND = Caseless(
    r"\b(?:presence|evidence|evident|obvious|diagnos\w+|documented|confirmed|proven|presum\w+|alleged\w*|apparent\w*|established|prior|previous\w*|past|former\w*|recent\w*|current\w*|ongoing|present|pending|new|newly|associated|with|without|of|for|from|to|in|on|at|by|the|a|an|and|first|second|third|"
    r"one|two|three|multiple|several|some|more|less|least|each|every|both|additional|concomitant\w*|concurrent\w*|certain|various|specific|similar|different|anti|pro|pre|post|pseudo|quasi|near|status|prone|free|fear|concern\w*|worr\w+|exposure|contact|screen\w*|test\w*|prevent\w*|vaccin\w+|"
    r"treat\w*|started|stopped|begun|receiving|taking|using|undergoing|requiring|needing|awaiting|suffering|affected|experienc\w+|symptoms?|signs?|episodes?|attacks?|having|has|have|had|who|that|which|increased|decreased|reduced|elevated|worsening|improving|mainly|also|still|ever|already|not|never|"
    r"dependen\w+|addict\w*|abus\w+|misus\w+|withdrawal|overdos\w+|lack|loss|receipt|incompatib\w+|contra-?indic\w+|failure|resistan\w+|study|self|suicidal|sensitivity|allerg\w+|intoleran\w+|antibod\w+|antigens?|carriers?|mild|borderline|latent|remote|childhood|benign|animal|plant|food|pregnan\w+|fetal|foetal|neonatal|newborn|labou?r)\b|\d|-$"
)


def tells_which(said: str) -> bool:
    """Whether words right behind a fact can only say which of its kind is meant."""
    words = said.strip(" .")
    if _SHORT.fullmatch(words):
        return False
    inner = words[1:-1] if words[:1] in "([" and words[-1:] in ")]" else words
    if _BEGINS.match(words) is None or any(sign in inner for sign in "()[]") or len(words.split()) > _LONGEST_BEHIND:
        return False
    if inner != words and (" " not in inner or (" and " in inner and _BEGINS.match(inner) is None)):
        return False  # a name, or names of their own
    return not (_ELSEWHERE.search(inner) or _LISTS.search(inner) or _CLAUSE.search(inner) or _UNENDED.search(inner))


def tells_which_ahead(said: str, before: str) -> bool:
    """Whether words right ahead of a fact, `before` which the text goes on, can only say which of its kind is meant: "back puncture site infection"."""
    words = said.split()
    return _BROKEN.search(before) is None and 1 <= len(words) <= _LONGEST_AHEAD and not (_NO_KIND.search(said) or _ELSEWHERE.search(said) or _LISTS.search(said)) and all(map(_PLAIN.fullmatch, words))


# An abbreviation, an edition or a kind that is called by a letter, in brackets; and a name that begins before the words.
_SHORT = pattern_of(r"[(\[](?:[A-Z\d][\w/+&. -]{0,14}|\w{1,5})[)\]]")
_BROKEN = pattern_of(r"(?:\b[A-Za-z]\.|[-–/&'’])\s*$")
_PLAIN = pattern_of(r"[A-Za-z][a-z]+(?:-[a-z]{2,})*(?<!ly)|[A-Z]{2,5}")
