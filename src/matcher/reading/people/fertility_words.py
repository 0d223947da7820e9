"""The phrases of sentences about contraception: of whom they speak, who bears children or does not, what is asked, and when.

A text is taken apart into these from its beginning to its end; where any word belongs to none of them, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.model.patterns import later, pattern_of

_POTENTIAL = r"(?:potential child-? ?bearing|child-? ?bearing|reproductive/childbearing|reproductive|reproduction|child-? ?birth|procreative|fertile)(?:[ -](?:age and potential|potential|age|capacity|ability|capability|status|period|years|aged))?s?(?: \((?:wocbp|fcbp|wcbp|focbp|focp|cbp|wocp)\))?"
_ABLE = r"(?:physiologically |biologically |sexually |still )*(?:capable of (?:becoming pregnant|conceiving|bearing children|childbearing|pregnancy|having children)|able to (?:become pregnant|conceive|bear children|get pregnant|have children|father (?:a )?child(?:ren)?))"
_PEOPLE = r"(?:patients?|subjects?|participants?|individuals?|volunteers?|persons?|people)"
_SEX = r"(?:sexual|heterosexual|vaginal|coital)"
_OVER = r"(?:(?:hysterectomy|oophorectomy|ovariectomy|salpingectomy|salpingo-?oophorectomy|tubal (?:ligation|occlusion|sterili[sz]ation)|orchiectomy|vasectomy|ablation|surgical sterili[sz]ation|sterili[sz]ation)\b)"
_STERILE = (
    r"(?:(?:not|non)[ -]?(?:of )?-?child-? ?bearing(?:[ -](?:potential|age|capacity))?s?|of (?:non|no)[ -]?child-? ?bearing(?:[ -](?:potential|age|capacity))?s?|(?:not|non) of child-? ?bearing (?:potential|age)|post-? ?menopausal(?: status)?|menopausal|"
    r"(?:surgically|permanently|medically|documented(?: to be)?)? ?steril(?:e|i[sz]ed)(?: by surgery)?|(?:surgical|permanent)(?:ly)? sterili(?:ty|[sz]ation)|sterility|(?:permanently |surgically )?(?:infertile|incapable of (?:pregnancy|becoming pregnant|child-?bearing))|unable to (?:bear children|become pregnant|conceive)|hysterectomi[sz]ed|vasectomi[sz]ed|azoospermi[ac])"
)
_HAD = rf"(?:(?:with |who )?(?:(?:have|has|having|had|must have) )*(?:(?:undergone|had|been|already|previously|previous|a|an|documented|history of|prior|successful|total|complete|bilateral|surgical|status post|s/p) )*{_OVER}(?:(?: and/or | or | and |, | with | without |/)(?:(?:a|an|bilateral|total) )*{_OVER})*)"
_MENSES = r"(?:[ ,]*(?:defined as|i\.e\.,?|for|>|≥|>=|at least|more than|a minimum of|minimum|no less than|greater than|of|by|with|the last|the past|last|past|no menses|no menstruation|no menstrual periods?|without menses|amenorrh?(?:ea|o?eic)|or longer|or more|prior|1|one|12|twelve|consecutive|full|continuous|years?|months?|since|after|from|their|menses|menstruation|menstrual period|spontaneous|natural(?:ly)?|of|to|before|screening|enrol+ment|in|without|an|alternative|medical|cause|\(12\)|\(1\))\b)*"
_ADJECTIVE = (
    r"(?:an?|the|any|some|one|1|at least one|at least 1|at least|highly|very|medically|medical|effective(?:ly)?|adequate(?:ly)?|reliabl[ey]|acceptabl[ey]|appropriate|accepted|approved|proper|suitable|sufficient|reasonable|continuous|proven|safe|satisfactory|efficient|proactive|valid|"
    r"established|recommended|recogni[sz]ed|specified|specific|protocol[- ]specified|study[- ]approved|fda[- ]approved|dependable|consistent|strict|locally|clinically|additional|own|protocol[- ]recommended|active|form\(s\)|method\(s\)|forms?|methods?|types?|means|measures?|of|and|or|and/or|\(effective\)|hormonal or barrier|barrier or hormonal|hormonal and barrier|hormonal and/or barrier|hormonal/barrier|"
    r"two|2|double|dual|second|different|separate|barriers?|double-barrier|dual-barrier|non-?hormonal|female)"
)
_LISTED = (
    r"(?:e\.g|i\.e|such as|for example|including|include[sd]?|eg|ie|hormonal|hormones?|oral|etc|implant(?:able|ed|s)?|inject(?:able|ables|ed|ions?)|intra-? ?uterine|devices?|systems?|iuds?|ius|condoms?|diaphragms?|cervical|caps?|sponges?|spermicid\w+|spermicide|foam|jelly|gel|film|cream|"
    r"suppository|vaginal|pills?|contracepti\w+|methods?|birth control|patch(?:es)?|transdermal|rings?|depo|depo-?provera|progest\w+|estrogen\w*|combined|tubal|ligation|occlusion|abstinence|abstain\w*|sexual|total|complete|true|barriers?|double|dual|single|male|female|partner's|vasectom\w+|sterili[sz]\w+|sterile|partner|surgical|"
    r"releasing|hormone-releasing|levonorgestrel|copper|norplant|ring|minipill|bilateral|hysterectomy|highly|effective|medically|acceptable|approved|adequate|reliable|use|using|of|a|an|the|and|or|and/or|with|plus|in|combination|other|another|both|one|at|least|as|from|not|limited|to|but|following|any|intercourse|form|forms|type|means|established|proper|are|is)"
)
_IN_BRACKETS = rf"(?: ?[(\[](?:{_LISTED}\b[ ,./:;%+-]*)+[)\]])"
_BRACKET_LIST = (
    r"(?: ?[(\[](?=[^()\[\]]*\b(?:e\.g|i\.e|such as|including|hormonal|oral|barrier|intra-? ?uterine|iuds?|condoms?|diaphragms?|pills?|implant\w*|inject\w*|methods?|steril\w*|abstin\w*|vasect\w*|listed|see)\b)"
    r"(?![^()\[\]]*\b(?:must|should|agree\w*|not|unless|excluded|wom[ae]n|m[ae]n|males?|females?|allowed|two|both|plus|except\w*)\b)[^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]])"
)
_EXAMPLES = rf"(?:{_BRACKET_LIST}|(?:,? ?(?:such as|e\.g\.,?|i\.e\.,?|including|for example,?|ie,?|eg,?)[ ,](?:{_LISTED}\b[ ,./]*)+(?<! )(?<!,)| ?\((?:{_LISTED}\b[ ,./:;%+-]*)+\)))"
_METHOD = rf"(?:(?:{_ADJECTIVE}[ ,/-]+)*(?:{_IN_BRACKETS} )?(?:for )?(?:contracepti(?:on|ves?|ve)\b|birth[- ]control\b|family planning\b|pregnancy prevention\b|anti-?conception\w*\b|barriers?(?= )|barrier$|condoms?\b(?: \(male or female\))?(?: (?:and|with or without|with|plus) (?:an? )?spermicid(?:al agent|\w+))?)(?:[ /-](?:methods?|method\(s\)|measures?|precautions?|protection|techniques?|means|use|usage|practices?|requirements?|restrictions?|guidelines?|pills?|devices?|vaginal rings?|rings?|patch(?:es)?|implants?)\b)*(?: \((?:birth control|contraception)\))?(?: methods?)?(?:,? if appropriate(?= \())?{_EXAMPLES}*)"
_PRECAUTIONS = rf"(?:(?:{_ADJECTIVE} |precautions? |steps )+(?:to (?:avoid|prevent)|of (?:avoiding|preventing)) (?:a |becoming |any )?(?:pregnan(?:cy|t)|conception){_EXAMPLES}*)"
_TESTS = r"(?:(?:an?|the|requires?|have|has|had|having|with|documented|current|confirmed|baseline|screening|report|of|undergo|present|show|provide|result|must|should|and|both|will) )*"
_KIND = r"(?:(?:bhcg|serum|urine|urinary|blood|plasma|or|and|and/or|/|β|ß|beta|b|-|human|chorionic|gonadotropin|gonadotrophin|hcg|β-hcg|ß-hcg|beta-hcg|b-hcg|\(|\)|quantitative|qualitative|dipstick|highly|sensitive|standard|local|rapid)[ -]*)*"
_TESTED = rf"(?:{_TESTS}negative (?:results? )?(?:(?:of|on|for|in) (?:a )?)?{_KIND}(?:pregnancy tests?(?:ing)?(?: results?)?|tests? for pregnancy|(?:β-?|beta-?)?hcg(?: tests?)?)(?: [(\[](?:serum|urine|blood|b?hcg|β-hcg|beta-hcg|tests?|in|or|and|/|,| )+[)\]])?|{_TESTS}{_KIND}pregnancy tests?(?: that)?(?: (?:must|should|is|are|be|to|was|were))* negative|(?:must |should )?test negative (?:\(-\) )?(?:on|with|in|by) (?:an? )?{_KIND}pregnancy test)"
_WITHIN = r"(?:,? ?(?:performed |obtained |done |taken |documented |confirmed )?(?:(?:within|in|no more than|≤|=<|<=)(?: the)?(?: last)? |(?=\d+ (?:hours|days|weeks) prior))(?P<number>\d{1,2}) ?-?(?P<unit>hour|day|week)s?(?: or less)?(?= |$))?"
_SENSITIVE = r"(?: ?\((?:with )?(?:a )?(?:minimum )?sensitivity [^()]*(?:[(\[][^()\[\]]*[)\]][^()]*)*\)| ?\(?(?:with )?(?:a )?(?:minimum )?sensitivity (?:of )?(?:at least )?\d+ m?iu/m?l(?: or equivalent units(?: of \(?(?:β-?|beta-?)?hcg\)?)?)?\)?)?"
_NURSE = r"(?:pregnan(?:t|cy)|breast-? ?feeding|lactating|lactation|nursing)"
_TIMED = (
    r"(?:point|continuously|ends|regimen|preparative|whichever|longer|later|the|a|an|any|of|to|on|being|receiving|receipt|starting|start|beginning|initiation|into|same|until|initiating|first|initial|last|final|dose|doses|dosing|administration|administered|administering|study|studies|trial|protocol|treatments?|therapy|drugs?|medications?|medicine|investigational|products?|product\(s\)|drug\(s\)|agents?|ip|imp|"
    r"randomi[sz]ation|registration|enrol+ment|entry|inclusion|baseline|screening|visits?|visit\(s\)|cycles?|day|week|chemotherapy|radiotherapy|radiation|vaccinations?|vaccine|immuni[sz]ation|infusions?|injections?|procedure|surgery|intervention|transplant(?:ation)?|signing|signature|time|informed|consent|icf|"
    r"completion|completing|completed|end|ending|duration|entire|whole|course|period|periods|participation|participating|phase|follow-?up|active|taking|while|minimum|least|at|for|up|more|than|additional|least|about|approximately|full|subsequent|next|following|after|before|prior|until|throughout|during|through|from|within|over|"
    r"discontinu\w+|stopping|cessation|termination|treated|exposure|it|conclusion|thereafter|afterwards|later|on|last|this|intake|doses|stop|they|are|is|have|in|discharge|post|half-?li(?:fe|ves)|terminal|elimination|relevant|ovulatory|menstrual|spermatogenesis|spermatogenic|systemic|effective|"
    r"\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|ninety|\(\d+\)|\(\w+\)|days?|weeks?|months?|years?|hours?|days\)|\(for (?:wom[ae]n|m[ae]n|males|females)(?: (?:patients|subjects|participants))?\)|d|his|her|their|last|double-blind|open-label|masking|and/or|plus|-|±|\+|=<|≤|≥)"
)
_DRUG = r"(?:(?<=dose of )|(?<=doses of )|(?<=administration of )|(?<=infusion of )|(?<=injection of )|(?<=treatment with )|(?<=taking )|(?<=receiving )|(?<=stopping )|(?<=therapy with )|(?<=dose )|(?<=discontinuation of )|(?<=last ))[a-z][\w-]{3,}(?:(?: and/or | or | and |/)[a-z][\w-]*(?:mab|nib|platin|taxel|mide|stat|parib|ciclib|limus|\d)\b)?"
_TIME = rf"(?:,? ?(?:at least |a minimum of |minimum )?(?:\d+|one|two|three|four|six) (?:days?|weeks?|months?|cycles?|menstrual cycles?) (?=before|prior|after|post|following)(?:before|prior to|after|post|following)(?:(?:(?:,? (?:and|or))? |/)(?:{_TIMED}\b\)?|{_DRUG}))*|,? ?\(?(?:both |also )?(?:and |or )?(?:of|for|during|throughout|while|until|up to|through|after|before|prior to|within|over|at|on|(?:starting|beginning|commencing)(?: with)?|up until|as of|as from|since|in|following|from|thereafter|immediately|continuing|continue|to continue|upon|when|time of|≤|=<|every)(?:(?:(?:,? (?:and|or))? |/)(?:{_TIMED}\b\)?|{_DRUG})|(?<=[≤<=]) ?\d+)+)"
_OWN = r"(?:their|his|her|the|a|an|any|or|and|with|whose|who|have|has|having|by|including|in|if|male|female|sexual|sex|heterosexual|fertile|child-?bearing|non-?sterile|non-?pregnant|unsterili[sz]ed|monogamous|opposite|potential|who is|wocbp|fcbp)"
_PARTNER = (
    rf"(?:\(?(?:{_OWN} )+(?:partners?\b(?!\()|partner\(s\)|partners'|spouses?\b|wife\b|wives\b|husbands?\b)\)?(?: \(?(?:who|is|are|of|with|could|can|may|be|become|becoming|get|capable|able to|of|a|an|woman|women|female|females|wocbp|fcbp|child-?bearing(?: (?:potential|age|capacity))?|reproductive (?:potential|age)|potential|premenopausal|fertile|conceiv\w+|pregnant|to)\b\)?)*|"
    rf"(?:with|who are partners of|partners? of) (?:a |an |any |premenopausal |pre-menopausal |fertile )*(?:women|woman|females?)(?: (?:who|is|are|of|with|could|can|may|be|become|becoming|capable|able to|partners?|child-?bearing(?: (?:potential|age))?|reproductive (?:potential|age)|pregnant)\b)*)"
)
_TO_AVOID = r"(?:(?:to |and |in order to |so as to )*(?:avoid|prevent|preventing|avoiding) (?:a |any |becoming |possible |potential )*(?:pregnan(?:cy|cies|t)|conception)(?: (?:in|of|by) (?:a |the |their )?(?:(?:female )?partners?|patients?|subjects?|participants?))?)"
_AS_SAID = (
    r"(?:(?:and |as |in |\(as )*(?:per|according to|as (?:defined|specified|outlined|described|required|stated|detailed|directed) (?:in|by|per)|accordance with|consistent with|compliance with|defined in|outlined in|specified in|described in) "
    r"(?:(?:the|local|study|protocol|section|appendix|guidelines?|guidance|regulations?|regulatory|requirements?|instructions?|standard|of|care|practice|criteria|label|product|institutional|regarding|use|methods?|for|those|participating|in|clinical|studies|trials?|and|[\d.]+|below|above|following)\b[ ,]*)+\)?|"
    r"as (?:outlined|specified|defined|described|required|needed|applicable|appropriate)(?: (?:below|above))?|(?:if|where|when|as) (?:applicable|appropriate|relevant|required)|of (?:their|his|her|the patient's|the subject's) choice|consistently and correctly|correctly and consistently|consistently|correctly|voluntarily|strictly|also|either|at all times|approved by the investigator|regardless of (?:their )?(?:method|sex))"
)
_REST = r"(?:[^.;]|\.(?=\w|,)|(?<=e\.g)\.|(?<=i\.e)\.|(?<=\d)\.(?=\d))*"
_ASKS = rf"(?!{_REST}\b(?:must|should|shall|agree\w*|willing|required to|need to|pregnancy tests?|breast-?feeding|lactating|two|double|exclu\w+|not (?:considered |be )?(?:acceptable|effective|allowed|sufficient|adequate))\b)"
# Sentences that ask nothing: what the methods are, who bears children, why it is asked, whom it does not concern, what happens later.
_TELLS = (
    rf"(?:should|if) (?:a|any|the) (?:woman|female|patient|participant|subject)[^.;]*\b(?:becomes?|suspects?)\b[^.;]*\b(?:inform|notify|contact)\b{_REST}|"
    r"(?:the )?(?:effects?|risks?) of [^.;]*\b(?:unknown|not (?:been )?(?:known|established))\b[^.;]*|(?:for this reason|for these reasons|therefore|thus)(?: and because [^.;,]*(?:teratogenic|unknown|harmful|known)[^.;,]*)?,?|"
    rf"(?:note:? )?(?!{_REST}\b(?:must|should|agree\w*)\b)(?:(?:women|females?|patients|subjects|participants|those|who|are|of|with|considered|to be|or|and|,) ?)*(?:{_STERILE}){_REST}\b(?:not (?:required|need|have|necessary|obliged)|exempt(?:ed)?|excluded from this requirement){_REST}|"
    rf"(?:wocbp|fcbp|women of child-? ?bearing potential) (?:are|is) (?:(?:any|all|those|a) )*(?:women|woman|females?|those)\b(?={_REST}(?:menopaus|steril|hysterect|menarche|menses|amenorr)){_REST}|"
    rf"(?:note:? )?{_ASKS}(?:(?:an?|the|all|for|purposes? of|this|study) )*(?:females?|wom[ae]n|she|wocbp|fcbp|non-?child|child|post-?menopaus|menopaus|pre-?menopaus)[^.;]{{0,60}}\b(?:considered|defined|define|includes?|means)\b(?={_REST}(?:menopaus|steril|hysterect|menarche|menses|amenorr|capable)){_REST}|"
    rf"(?:note:? )?{_ASKS}(?:(?:examples? of|the following|these|allowed|permitted|acceptable|adequate|appropriate|effective|highly|medically|reliable|approved|suitable|methods?|forms?|means|of|are|birth control|contraception|contraceptives?|contraceptive) )*(?:methods?|forms?|means|contraception|birth control|contraceptives?|contraceptive measures)(?: \w+)? ?(?:include[sd]?|are|is|(?:is|are) defined|must be defined|defined as|may include|consists? of|comprises?|e\.g\.|:)(?: as)?\b{_REST}"
)
_BECAUSE = r"(?:because|due to|since|as) (?:of )?(?:the |it is )?(?![^.;,]*\b(?:must|agree|using|unless)\b)[^.;,]*(?:teratogenic|fetal|fetus|foetus|unborn|embryo|unknown|risks?\b|harm|abortifacient)[^.;,]*"
_PHRASES = (
    ("as_said", _BECAUSE),
    ("as_said", r"\((?:as )?(?:(?:is |be )?(?:confirmed|evidenced|documented|determined|defined|verified|shown)(?: by| with| as)?|have|has|i\.e\.,?|positive) [^()]*(?:pregnancy test|hcg|gonadotropin)[^()]*(?:\([^()]*\)[^()]*)*\)"),
    ("as_said", r"\((?:not (?:applicable|required|necessary|needed)|applies|except)(?=[^()]*(?:menopaus|steril|hysterect))[^()]*\)|\(?(?:please )?(?:see|refer to) (?:section|appendix|protocol)[ \d.]*\)?"),
    ("tells", _TELLS),
    ("as_said", _AS_SAID),
    ("as_said", r"and (?:to )?continue (?:its|their) use|\(?(?:with an? )?pearl index (?:of )?(?:<|≤|less than|below) ?1(?: ?%)?\)?|if (?:conception|pregnancy) is (?:possible|a possibility)"),
    ("as_said", r"(?:\(?(?:with|that has|that have|having|which has|which have|resulting in|(?:that|which) results? in|i\.e\.?,?) (?:an? )?(?:expected |annual |low |documented |pregnancy )*failure rates? (?:of )?(?:i\.e\.?,? |that is )?\(?(?:less than|lower than|<|≤) ?1 ?%(?: per (?:year|annum)| a year)?\)?(?: (?:when|if) used (?:consistently|correctly|and| )+)?\)?|\(?(?:with a )?(?:minimum )?sensitivity (?:of )?(?:at least )?\d+ m?iu/m?l(?: or equivalent units(?: of \(?(?:β-?|beta-?)?hcg\)?)?)?\)?)"),
    ("as_said", r"\((?:defined as|i\.e\.,?|e\.g\.,?|ie,?|that is,?|as defined by|definition:)(?=[^()]*(?:menopaus|steril|hysterect|ligation|menses|menstr|amenorr|menarche|oophorect|ovari))(?![^()]*(?:contracep|must|should|agree|test|birth control))[^()]*(?:\([^()]*\)[^()]*)*\)"),
    ("judged", r"(?:,? ?\(?(?:as )?(?:determined|judged|deemed (?:\w+ )?|considered (?:\w+ )?|assessed|approved|in the (?:opinion|judg?ment) of|in the opinion of|at the discretion of)(?: by)? ?(?:the )?(?:(?:study|principal|treating|site) )?(?:investigators?|physicians?|doctors?)(?: or (?:a )?designee)?\)?)"),
    ("tested", _TESTED + _SENSITIVE + _WITHIN),
    ("not_fed", rf"(?:(?:must|should|who|are|is|be|have|been|were|and|will|currently|agree to|they|may|cannot) )*(?:not|non|neither|cannot be|no)[ -](?:(?:be|become|currently|actively|already|known to be|either) )*{_NURSE}(?:(?: or | and | nor |/|, (?:or |and |nor )?)(?:not |non-?|currently )?(?:{_NURSE}|(?:planning|intending)(?: (?:on|to|a|be|become|becoming|get))* (?:pregnan(?:t|cy)|conceive)))*(?: (?:women|woman|females?))?"),
    ("bearing", r"(?:(?:who |that |is |are |being |considered |to be |and |both |all )*(?:not (?:surgically |permanently |yet )?sterile|(?:non-?|un)sterili[sz]ed|not (?:surgically )?(?:sterile|sterili[sz]ed|infertile)(?: (?:or|and|nor|,) (?:are )?(?:not )?post-? ?menopausal)?|not post-? ?menopausal(?: (?:or|and|nor) (?:not )?(?:surgically |permanently )?steril(?:e|i[sz]ed))?))"),
    ("strict", r"(?:(?:>|≥|>=|at least|more than|a minimum of|greater than|for|≥) ?)*(?:2|two|5|five|24|twenty-four|18)[ -](?:consecutive )?(?:years?|months?) (?:or more )?post-? ?menopausal|post-? ?menopausal(?: \()?[ ,]*(?:(?:defined as|for|>|≥|>=|at least|more than|a minimum of|minimum|greater than|of|by|no menses|amenorrh?ea) ?)*(?:2|two|5|five|24|twenty-four|18)(?: \(\d+\))?[ -](?:consecutive )?(?:years?|months?)(?: (?:or more|since|from|of|prior|to|last|menses|without|amenorrh?ea|before|screening|post-?last|after))*\)?"),
    ("sterile", rf"(?:(?:who |that |is |are |being |been |be |considered |documented |currently |to be |have |has |either |confirmed |naturally |if )*(?:{_STERILE}|{_HAD}){_MENSES}(?: ?\((?:{_MENSES}|(?:{_HAD}|[ ,]|and|or|and/or|i\.e\.?|e\.g\.?|including|at least \d+ (?:weeks|months) (?:ago|prior to screening)|by|due to|surgically sterile)+)\))?)"),
    ("bearing", rf"(?:(?:who |that |is |are |being |considered |to be |still |and |a )*(?:(?:of|with|in|at|within|has|have|retaining|possess\w*) )?(?:a |the |an |any )?(?:{_POTENTIAL}|(?:pre|peri)-?menopausal(?: status)?|{_ABLE}|who (?:could|can|may|might) (?:become|get) pregnant))"),
    ("both", rf"(?:(?:all |any |for |both |fertile |adult )*(?:(?:female|females|wom[ae]n|males?|m[ae]n)(?: {_PEOPLE})?(?: and | or | and/or |/| & )(?:all |fertile )?(?:female|females|wom[ae]n|males?|m[ae]n)(?: {_PEOPLE})?(?! of)|{_PEOPLE} of (?:both|either) (?:sexes|genders|sex|gender)))"),
    ("partner", _PARTNER),
    ("women", rf"(?:(?:all|any|for|if|in|the|an?|adult|every|each|and|those|{_PEOPLE} (?:is|are)(?: an?)?|is|are|being|both) )*(?:females?|wom[ae]n|girls?|she)(?:\(s\))?(?: {_PEOPLE})?(?: (?:only|is|are))?(?!-)"),
    ("wocbp", r"(?:(?:all|any|for|if|in|the|a) )*\(?(?:wocbp|fcbp|focbp|wcbp)\)?"),
    ("men", rf"(?:(?:all|any|for|if|in|the|an?|adult|every|each|and|those|{_PEOPLE} (?:is|are)(?: an?)?|is|are|being|both) )*(?:males?|m[ae]n|he)(?: {_PEOPLE})?(?: (?:only|is|are))?(?!-)"),
    ("donate", r"(?:(?:to|also|will|must|should|agrees?|willing|and) )*(?:not (?:to )?|refrain(?:ing)? from |abstain(?:ing)? from |avoid )(?:donat(?:e|ing|ion)|sperm (?:banking|donation)|(?:egg|ova|ovum|oocyte|semen|sperm)(?: \w+)? donation|cryopreserv\w+|bank(?:ing)?|freez\w+|retriev\w+)(?:(?: or | of | and |, |/| for | in |s )?(?: )?(?:donating|banking|cryopreserving|freezing|storing|retrieving|harvesting|sperm|semen|eggs?|ova|ovum|oocytes?|gametes|their own use|own use|\(ova, oocytes\)|blood)\b)*"),
    ("avoid", _TO_AVOID),
    ("plans", r"(?:(?:to|and|will|must|should|agrees?) )*(?:not (?:to )?|refrain(?:ing)? from |avoid(?:ing)? )(?:(?:plan(?:ning)?|attempt(?:ing)?|try(?:ing)?|intend|become|becoming|get|getting|to|a|have|wish|on) )*(?:pregnan(?:t|cy)|conceiv(?:e|ing)|father(?:ing)? (?:a )?child(?:ren)?|children)"),
    ("active", rf"(?:(?:if|if they|if she|if he|who|are|is|and|currently|when|that|have|be|heterosexually|engage|engaging|engaged|in|having|has|any|while|during|for those|practic\w+|participat\w+) )*(?:sexually[- ]active|heterosexually active|{_SEX} (?:intercourse|activity|relations|contact)|sex|intercourse)(?: (?:with|involving) (?:an?|the|their)? ?(?:(?:female|male|women|woman|man|men|fertile|non-?sterile|opposite|sex|sexual|pregnant|wocbp) ?)*(?:partners?)?(?: (?:of|who|is|are|with|could|become|{_POTENTIAL}|pregnant)\b)*)?"),
    ("abstain", rf"(?:(?:practi[sc](?:e|es|ing)|remain(?:ing)?|be|are|is|commit to|maintain|complete(?:ly)?|total(?:ly)?|true|absolute|continu(?:ed|ous)|sexual(?:ly)?|heterosexual(?:ly)?|ongoing|to|strict(?:ly)?|a vow of|life ?style of|prefer(?:red)?) )*(?:abstinen(?:ce|t)|abstain(?:s|ing)?|refrain(?:s|ing)?(?= from (?:\w+ )?(?:sex|intercourse|sexual|heterosexual)))(?: from (?:(?:(?:all|any|having|vaginal|penile-vaginal|unprotected) )*(?:{_SEX} )?(?:intercourse|sex|activity|activities|contact|relations)|{_SEX} (?:and|or) {_SEX} intercourse))?(?: (?:that|which) could (?:lead to|result in) (?:a )?pregnancy)?(?: with (?:an?|the|their)? ?(?:female |male |women|woman |fertile )*(?:partners?)?(?: of {_POTENTIAL})?)?(?: \((?:refrain(?:ing)? from |as their preferred |complete |or |sexual |total |true |from |abstain(?:ing)? |heterosexual |{_SEX} |intercourse|abstinence|and |usual |lifestyle)+\))?(?: as (?:their|a|an) (?:preferred|usual|acceptable)(?: and usual)?(?: life-?style| method| form)?(?: of contraception)?)?"),
    ("contraception", rf"(?:{_METHOD}|{_PRECAUTIONS})"),
    ("refuse", r"(?:(?:who|that|if|they|are|is|do|does|will|would|can|could|have|has|but|and|currently|presently|either|she|he) )*(?:not (?:willing|agree(?:ing|d)?|using|use|used|able|prepared|practi[sc]ing|practi[sc]e|employing|currently using|taking|consent(?:ing)?|accept(?:ing)?|follow(?:ing)?|adhering|willing or able|adopting|protected)|unwilling(?:ness)?|(?:unable or unwilling|unwilling or unable) to either|unable|inability|refus(?:es|ed|e|ing|al)|(?:unwilling|unable) or (?:unable|unwilling)|inability or unwillingness|reluctant|fail(?:s|ing|ure)?|not complying with|not currently taking|not taking|without|lack of|lacking|no|not|cannot|decline[sd]?|inadequate|insufficient|unless)(?: to)?"),
    ("positive", rf"(?:(?:who|have|has|had|with|an?|any|known|confirmed|are|is) )*positive (?:results? (?:of|on|for|in) (?:a )?)?{_KIND}(?:pregnancy tests?(?:ing)?|(?:β-?|beta-?)?hcg)(?: results?)?(?: \((?:serum|urine|blood|hcg|β-hcg|beta-hcg|or|and|/| )+\))?"),
    ("perhaps", r"(?:(?:who|that) )*(?:(?:have|has|had) (?:ever |recently )?been|were|was) (?:\w+ )?(?:pregnan(?:t|cy)|breast-?feeding|lactating|nursing)"),
    ("perhaps", r"(?:(?:who|that|is|are) )*(?:may|might|could|possibly|potentially|probably|suspected(?: of| to)?|suspicion of|can|likely(?: to)?)(?: be| being)? pregnan(?:t|cy)(?! test)"),
    ("pregnant", r"(?:(?:who|are|is|be|currently|evidently|a|an|known|confirmed|being|any|in|of|current|ongoing) )*pregnan(?:t|cy)(?: (?:women|females?|patients?|subjects?|woman|mothers?))?"),
    ("feeding", r"(?:(?:who|are|is|be|currently|a|an) )*(?:breast-? ?feeding|lactating|lactation|nursing|breast feeders)(?: period)?(?: (?:women|females?|patients?|subjects?|woman|mothers?|an infant|a child|infants))?"),
    ("planning", r"(?:(?:who|are|is|a|an|those|currently|any|willing or|actively|the) )*(?:preparing|seeking|considering|contemplating|hoping|aiming|trying|planning|plans?|intend(?:s|ing)?|intention|wish(?:es|ing)?|desir(?:e|es|ing|ous)|attempting|trying|expecting|want(?:s|ing)?)(?: (?:of|for|on|to|a|be|become|becoming|get|getting))* (?:pregnan(?:t|cy)|conceive|conception)"),
    ("time", _TIME),
    ("people", rf"(?:(?:all|any|the|both|those|each|of|in|for|eligible|adult|every) )*(?:{_PEOPLE}|those|they|who)\b"),
    ("must", r"(?:must|routinely|its use|instructions for|to either|only|disposed|study|note|ability|enter|remain|demonstrate|ensure that|strongly|expected|currently|regular|starting|carried out|performed|documented|considered|were|was|ability|documentation|should|shall|will|needs?|has|have|had|having|are|is|be|been|being|required|asked|who|eligible|to|that|able|and willing|willing(?:ness)?|agree[sd]?|agreeing|agreement|consent|commit(?:ted|s|ment)?|comply|with|practi[sc](?:e|es|ing|ed)|us(?:e|es|ing|ed|age)|advised|instructed|employ(?:s|ing)?|utili[sz](?:e|es|ing|ation)|adher(?:e|ing|ence)|tak(?:e|es|ing|en)|adopt(?:ing|s)?|implement|apply|follow(?:s|ing)?|continue[ds]?|undertakes?|accept(?:s|ing)?|prepared|maintain|the|of|on|both|also|protected|by|a|an|ensure|confirm|start|each|use of|for|all|observe|initiate|undergo|then|least|considered|in|allowed|eligible|participate|enrol+ed|included|may|provided|as|part)\b"),
    ("or", r"(?:and/or|or|o|/)(?!\\w)"),
    ("and", r"(?:and|plus|&|as well as|in addition(?: to)?)\b"),
    ("comma", r"[,:-]"),
    ("stop", r"[;.•*]"),
    ("if", r"(?:if|unless)\b"),
    ("bracket", r"[()\[\]]"),
)
_NUMBER, _UNIT = later(r"\d"), later(r"day|week|month|year|hour|visit|cycle|period|phase|\bd\b|half|(?:post|pre)\b|step")
# The rest of a time to the end of its sentence, in words of no other meaning here: "6 months after the odd course is over".
_MORE_TIME = later(
    r"(?![^;.]*\b(?:and|or|but|unless|except\w*|if|who|whose|must|should|not|no|without|with|pregnan\w+|lactat\w*|breast\w*|negative|steril\w*|post-?menopaus\w*|abstin\w*|barrier|partners?|wom[ae]n|m[ae]n|males?|females?|informed|able|history|condoms?|willing\w*|agree\w*|contracept\w*|age|years? of age)\b)"
    r"[^;.()<>≥≤%:]{2,80}(?=[.;]|$)"
)
_TO_PEOPLE = later(r" (?:for|in|of)(?: (?:the|all|any|a))*$")  # "at screening for women": the time ends before those it is of
_SPACES = later(r"\s+")
_PATTERNS: dict[int, re.Pattern[str]] = {}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with what it is; a test's days, weeks or hours stand beside it."""

    what: str
    text: str
    number: str = ""
    unit: str = ""


def phrases(text: str) -> list[Phrase] | None:
    """The phrases of a text from its beginning to its end; None where a word belongs to none."""
    said = _SPACES.sub(" ", text.casefold().replace("’", "'").replace("–", "-").replace("‑", "-").replace("child bearing", "childbearing").replace("post menopausal", "postmenopausal").replace(" as well as for ", " and for ").replace("≥", " at least ")).strip(" .;,")
    found: list[Phrase] = []
    place = 0
    while place < len(said):
        if said[place] == " ":
            place += 1
            continue
        longest = _longest(said, place, begins=not found or found[-1].what == "stop")
        if longest is None:
            rest = _MORE_TIME.match(said, place) if found and found[-1].what == "time" else None
            if rest is None:
                return None
            found[-1] = replace(found[-1], text=f"{found[-1].text} {rest[0]}")
            place = rest.end()
            continue
        what, one = longest
        kept: Mapping[str, str] = one.groupdict() if what == "tested" else {}
        if what == "time" and _NUMBER.search(one[0]) and not _UNIT.search(one[0]):
            return None  # "up to 65": an age
        whole = _TO_PEOPLE.sub("", one[0]) if what == "time" else one[0]
        found.append(Phrase(what, whole.strip(), kept.get("number") or "", kept.get("unit") or ""))
        place += len(whole)
    return found


def _longest(said: str, place: int, *, begins: bool) -> tuple[str, re.Match[str]] | None:
    """The longest phrase that begins at a place and ends with a word; of as long ones the first."""
    best: tuple[str, re.Match[str]] | None = None
    for number, (what, written) in enumerate(_PHRASES):
        if what == "tells" and not begins:
            continue
        pattern = _PATTERNS.get(number)
        if pattern is None:
            pattern = _PATTERNS[number] = pattern_of(written)
        one = pattern.match(said, place)
        if one is None or one.end() == place or (one.end() < len(said) and said[one.end() - 1].isalnum() and said[one.end()].isalnum()):
            continue
        if best is None or one.end() > best[1].end():
            best = what, one
    return best
