"""Lines that ask nothing of their own: "None", "N/A", "No exclusion criteria", "Does not meet the criteria above", "prohibited medications"."""

from __future__ import annotations

from matcher.model.language import Any, Judgement, Not, Sex, Statement, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_NOTHING = Caseless(
    r"\W*(?:(?:there (?:are|is) )?(?:no|none) (?:specific |further |other |additional )?(?:inclusion |exclusion |eligibility |specified )*criteri(?:a|on)(?: (?:is|are|were|was|apply|applies|applied|specified|set|will be applied|for this study))*"
    r"|none(?: (?:known|specified|stated|applicable|listed))?|n/?a|nil|not (?:applicable|specified|provided)|no restrictions?)\W*",
    needs=("no", "n/a", "na", "nil"),
)


_NO_LIMIT = Caseless(
    r"\W*(?:there (?:is|are|will be) )?no (?:limits?|limitations?|restrictions?|maximum(?: number)?) (?:on|to|in|regarding|for|of|as to) (?:the )?(?:number of |amount of |type of |types of )*(?:(?:prior|previous|earlier|past) )+(?:(?:lines?|regimens?|courses?|number|types?) of )?(?:systemic |cytotoxic |anti-?cancer |hormonal |endocrine )*(?:chemo|immuno|radio)?(?:therap(?:y|ies)|treatments?|regimens?|lines?)(?: (?:regimens|lines|courses|treatments|therapies|received|allowed|for (?:advanced|metastatic|recurrent) disease))*\W*",
    needs=("no limit", "no restriction", "no maximum"),
)


def nothing_asked(text: str, kind: str) -> Read | None:
    """What such a line is: an exclusion of nobody, what is asked of nobody, or requirements that only the protocol tells; None for any other text."""
    if kind == "inclusion" and len(text) < 120 and _NO_LIMIT.fullmatch(text):
        return Read(Any((Sex("female"), Sex("male"))), ((0, len(text)),) * 2)
    if len(text) > 80 or not _NOTHING.fullmatch(text):
        return None
    spans = ((0, len(text)),)
    return Read(Not(Any((Sex("female"), Sex("male")))), spans * 2) if kind == "exclusion" else Read(Judgement(text.strip()), spans)


# What a line says that asks nothing of its own: it only points to other criteria, to the protocol, or to the list below it.
_WHO = r"(?:(?:the |all |any |each |eligible |potential |study )*(?:patients?|subjects?|participants?|individuals?|volunteers?|persons?|people|those|they|candidates?|cases|controls|who|that|you|women|men|males|females)\s+)*"
_MANY = r"(?:(?:the|all|any|both|each|every|other|additional|further|more|specific|general|key|main|major|study|protocol|entry|above|below|listed|following|these|mentioned|stated|common|core|applicable|relevant|required|and|or|of|at least one|one or more|either|two|three|[1-3]|one|more|detailed|local|standard|important|safety|medical|clinical|laboratory|cardiac)[ /-]+)*"
_SORT = r"(?:(?:inclusion|exclusion|eligibility|eligibly|entry|enrol+ment|selection|participation|randomi[sz]ation|screening)[ /,-]*(?:and|or|and/or|/|-)?\s*)*"
_CRITERIA = rf"{_MANY}{_SORT}(?:criteri(?:a|on|as)|requirements?|conditions)"
_AS_SAID = (
    r"(?:\s*[,(]?\s*(?:(?:as |that are |which are )?(?:specified|defined|outlined|listed|described|detailed|given|noted|stated|set|mentioned|identified|contained|provided|required|apply|applied|applicable|included|indicated)(?:\s+(?:above|below|earlier|here|separately|elsewhere))?|(?:see|per|above|below|in|by|to|for|of|within|on|during|from|at))"
    r"(?:\s+(?:the|this|full|detailed|study|clinical|complete|main|core|extension|current|research|trial|respective|section|table|appendix|description|above|below|in|of|for|to|by|per|each|all|both|groups?|cohorts?|arms?|parts?|phases?|stages?|patients?|subjects?|participants?|controls?|mothers?|expansion|escalation|dose|"
    r"investigators?|researchers?|sponsor|law|local|screening|baseline|period|visits?|entry|enrol+ment|enrolled|be|participation|inclusion|protocols?|stud(?:y|ies)|trials?|document|version|observational|(?:[ivx]{1,4}|\d{1,2}(?:\.\d+)*|[a-h])))*\)?){0,3}"
)
_POINTS = Caseless(
    rf"\W*(?:{_WHO}(?:(?:must|should|shall|will|have to|need to|may|can|could|are to|is to|were|are|is|be|also|has|have|only)\s+)*"
    rf"(?:(?:(?:do|does|did|would|can|could|who|are|is)\s*(?:not|n[o'’]t)|cannot|don[’']t|doesn[’']t|not|unable to|failure to|fails? to|failed to|failing to)\s+)?(?:meet(?:s|ing)?|met|fulfill?(?:s|ed|ing)?|satisf(?:y|ies|ied|ying)|fit(?:s|ting)?(?: in)?|conform(?:s|ing)? to|reach(?:es|ing)?|match(?:es|ing)?|mismatch(?:es)?|comply with|have|has|having)\s+(?:an?\s+)?{_CRITERIA}{_AS_SAID}"
    rf"|(?:(?:see|refer to|please see)\s+)?(?:other|additional|further|any other|specific|key|general|others?)?\s*(?:protocol|study)?[- ]?(?:defined|specified|specific)?\s*{_CRITERIA}(?:\s+(?:may|might|could|can|will|would)?\s*(?:also )?(?:apply|applies|applied|exist|exists|are noted|are given|is given|are as follows|is as follows|be used|be applied))*{_AS_SAID}"
    r"|(?:other|additional|any other)\s+(?:protocol|study)[- ](?:defined|specified|specific)\s+(?:inclusion|exclusion|eligibility)(?:\s*[/-]\s*(?:and\s+)?(?:inclusion|exclusion)?)*(?:\s+(?:may|might|could|can|will)\s+(?:also\s+)?apply)?"
    rf"|(?:others?|additional) (?:as )?(?:specified|defined|described|listed) in (?:the )?(?:detailed |study )?protocol"
    r"|(?:see |refer to )?(?:disease|patient|patients|subject|participant|donor)s?\s+characteristics|(?:type of participant and )?disease characteristics|prior[ /]+concurrent therapy|characteristics"
    r")[\s.:;,]*",
    needs=("criteri", "requirement", "conditions", "protocol", "characteristics", "therapy"),
)
# "Use of a prohibited medication", "certain medications": which ones only the protocol tells.
_MEDICINES = Caseless(
    rf"\W*{_WHO}(?:(?:on|use of|using|uses|receipt of|received|receiving|receive|taking|takes?|taken|is|are|be|been|have|has|had|may|must|not|currently|current|concomitant|concurrent|recent|prior|previous|requires?|required|requiring|requirement for|needs?|need|need for|to|for|treatment with|treated with|the use of|or|who|with|any|an?|the|other|of|that|in)\s+)*"
    r"(?:protocol[- ])?(?:prohibited|excluded|disallowed|dis-allowed|restricted|exclusionary|forbidden|non-?permitted|not permitted|unpermitted|contraindicated|certain|proscribed|banned)\s+(?:(?:concomitant|concurrent|prescription|study|other|oral|systemic)\s+)*(?:medications?|drugs?|treatments?|therap(?:y|ies)|medicines?|substances?|products?)"
    r"(?:\s*(?:/|or|and|and/or)\s*(?:medications?|drugs?|treatments?|therap(?:y|ies)|medicines?|herbal remedies|supplements|procedures))*"
    rf"(?:\s*\(?(?:see|as specified|as defined|as described|as listed|listed|specified|described|defined|per)\b[^()]{{0,60}}\)?|\s+(?:within|during|before|prior to|in|throughout|at|for)\s+[\w\s]+?){{0,2}}[\s.;,]*",
    needs=("prohibited", "excluded", "disallowed", "dis-allowed", "restricted", "exclusionary", "forbidden", "permitted", "contraindicated", "certain", "proscribed", "banned"),
)
# Values and organs as the protocol has them.
_VALUES = Caseless(
    r"\W*(?=[^.;]*\b(?:functions?|values?|laborator(?:y|ies)|labs?|limits|criteria|requirements?|assessments|parameters|acuity|status|type)\b)[A-Za-z&/,() -]{4,90}?\s+(?:must be |should be |are |is |be )?\(?(?:as )?(?:specified|defined|outlined|described|listed|detailed|set forth|stated)\s+(?:in|by|per|(?:below|above) in)\s+(?:the\s+)?(?:study\s+|clinical\s+|detailed\s+)?protocol\)?[\s.;]*",
    needs=("protocol",),
)
_LONGEST_OF_ALL = 160  # characters


def left_to_the_protocol(read: Read, text: str) -> Read:
    """A line of which nothing was read, as what only other criteria or the protocol tell; any other as it is."""
    found = list(leaves(read.check))
    if len(found) != 1 or not isinstance(found[0], Unread | Statement) or len(text) > _LONGEST_OF_ALL or "\n" in text.strip() or text.rstrip().endswith(":"):
        return read
    points = any(pattern.fullmatch(text.strip()) is not None for pattern in (_POINTS, _MEDICINES, _VALUES))
    return Read(Judgement(clean(text)), ((0, len(text)),)) if points else read
