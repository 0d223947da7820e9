"""Words before a fact that only introduce it or make it narrower: "a severe episode of", "definite", "left"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.reading.caseless import Caseless
from matcher.reading.names import SIDES
from matcher.reading.tokens import Token

# Before a fact: words that only introduce it or narrow it.
_LEADING = frozenset(("weak", "history", "current", "degree", "confirmed", "with", "of", "stage", "stages", "suspected", "judge-mod", "_", "only", "use", "treated"))
# Adjectives and adverbs by their endings, and some more; none of them takes anything back.
ATTRIBUTE = Caseless(
    r"(?!(?:suspected|excluded|planned|scheduled|refused|declined|avoided|failed|required|needed|indicated|expected|stopped|discontinued|resolved|recovered|cured|proposed|"
    r"considered|allowed|permitted|prevented|screened|tested|vaccinated|exposed|unexposed|limited|unlikely|likely|possibly|potentially|presumably|family|only|clinic|topic|negative|"
    r"preventive|alternative|relative|candidate|fetal|prophylactic|antibiotic|generic|supposed|assumed|alleged|feared|denied|controlled|nearly|hardly|barely|rarely|seldom)$)"
    r"(?:.{3,}(?:ive|ic|ous|oid|ed|ly)|singleton|typical|lateral|cervical|focal|partial|residual|terminal|permanent|intermittent|frequent|pre-?existent|dominant|hereditary|primary|secondary|ambulatory|refractory|"
    r"neonatal|perinatal|radial|viable|measurable|demonstrable|detectable|subclinical|postoperative|idiopathic|unspecified|viral|bacterial|fungal|rapid|mild-to-moderate|moderate-to-severe|"
    r"definite|open|total|baseline|daily|already|additional|certain|manifest|immediate|present|similar|single|double|full|whole|major|minor|large|small|"
    r"multi|bilateral|unilateral|premorbid|therapeutic|allogeneic|extended|conventional|standard|routine|regular|outpatient|inpatient|long|short|high|low|dose|intensity|volume|fixed)",
)
# Adjectives by endings that nouns have too: before the name of a disease they tell its kind.
_KIND = Caseless(
    r"(?!(?:infant|patient|parent|agent|treatment|event|management|content|consent|equipment|department|accident|incident|instrument|implant|transplant|variant|plant|ligament|pollutant|component|segment|fragment|movement|impairment|involvement|"
    r"assessment|attachment|replacement|increment|stent|extent|percent|moment|element|trial|hospital|animal|signal|removal|arrival|refusal|denial|withdrawal|approval|referral|interval|proposal|survival|material|journal|potential|"
    r"normal|abnormal|nominal|hypothetical|conditional|negligible|possible|impossible|probable|improbable|presumable|questionable|avoidable|preventable|table|cable|variable|vegetable|summary|library|salary|diary|boundary|"
    r"parental|maternal|paternal|fetal|familial|experimental|control|eligible|ineligible|susceptible|vulnerable|irreversible|grant|pregnant|adjuvant|neoadjuvant|relevant|important|present|absent|recent|current|different|equivalent|independent|dependent|capable|available|"
    r"consistent|compatible|congruent|concordant|reminiscent|attendant|apparent|imminent|incipient|latent|reliable|acceptable|suitable|comparable|similar|particular|ulcer|cancer|fever|user|mother|father|donor|other|general|oral|social|mental|medical|surgical|dental|clinical|historical|previous)$).{4,}(?:al|ar|ary|ant|ent|able|ible)",
)
# "Grade 2 or worse": behind a grade that is named.
_AND_UP = Caseless(r"(?:or\s+)?(?:worse|greater|higher|more|above|over)")
# "An episode of", "complications of": whoever had it had the disease.
_EVENT_OF = Caseless(
    r"(?:episodes?|exacerbations?|onset|recurrences?|relapses?|cases?|attacks?|complications?|progression|worsening|courses?|manifestations?|periods?|forms?|types?|kinds?|variants?|"
    r"degrees?|flares?|flare-ups?|bouts?|aggravation|deterioration|reactivation|decompensation|persistence|presence|spells?|instances?)",
)


def leads(before: Sequence[Token], *, of_disease: bool) -> bool:
    """Whether the words before a fact only introduce it or make it narrower: "a severe episode of", "definite"."""
    for i, token in enumerate(before):
        if token.tag in _LEADING:
            continue
        if token.text.casefold() in SIDES or (i and before[i - 1].tag == "stages" and _AND_UP.fullmatch(token.text)):
            continue
        behind = before[i + 1].tag if i + 1 < len(before) else ""
        if of_disease and token.tag == "w" and behind != "of" and _KIND.fullmatch(token.text):
            continue
        if token.tag != "w" or not (ATTRIBUTE.fullmatch(token.text) if behind != "of" else _EVENT_OF.fullmatch(token.text)):
            return False
    return True
