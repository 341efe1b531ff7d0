/**
 * The vocabulary in which registries word why a trial stopped: one named concept per line of thought.
 *
 * A concept only names what is said; how far it speaks for each class is its weight in weights.json,
 * estimated around the class named here. One pattern a line, over lower-cased text. `A ~3 B` reads
 * "A, then B at most three words later in the same clause"; `~3:clinical` allows no word on enrolment
 * in between ("did not meet the recruitment target" is no missed endpoint), `~3:harm` none of decrease.
 */
import { type StopClass, stopClass } from './classes';

export interface Concept {
  name: string;
  expected: StopClass;
  pattern: RegExp;
}

const GAP = String.raw`[\s,/()"'&%-]+`;
const ENROL = String.raw`enrol\w*|re-?cr[iu]+t\w*|recuit\w*|ac+r[ui]\w*|ac+urals?\b|inclusions?\b|participation`;
const PEOPLE =
  'patients?|subjects?|participants?|volunteers?|candidates?|cases|charts|records|women|children|population';
const STUDY = 'stud(?:y|ies)|trials?|rcts?|protocols?|projects?|research';
const BENEFIT = String.raw`efficac\w*|effects?\b|effectiveness|benefits?\b|bio-?activity|activity\b|responses?\b|responders?|improvements?\b|success\b|cure rate|impact\b|performance|superiority|target engagement|remissions?|advantage`;
const TARGET = String.raw`end-?points?|end points?|objectives?|criteri\w*|hypothes[ie]s|targets?\b|milestones?|threshold|boundary|outcome measures?|primary outcome`;
const PI = String.raw`p\.?i\.?(?:'s|s)?\b|ip\b|princ\w+ (?:inv\w+|researcher)|primary inv\w+r|responsible (?:physician|party|person)|person responsible|(?:co-?|sub-?)?inv\w{2,6}gat\w*ors?|researchers?|drs?\.? \w+|physicians?|doctors?|surgeons?|(?:study |research )?coordinators?|collaborators?|students?|fellows?\b|residents?|faculty|(?:project|study) leaders?|staff|personnel|(?:study |research )?team|employees?|psychologists?|technicians?|nurses?|phd|therapist|scientist|author`;
const STOPPED =
  'halted|stopped|terminated|closed|withdrawn|suspended|cancell?ed|abandoned|discontinued|ended|completed|finished|dropped|inactivated|paused';
const COMPANIES =
  'astrazeneca|pfizer|novartis|gsk|glaxo|merck|roche|genentech|bms|lilly|bayer|sanofi|amgen|abbott|abbvie|janssen|medtronic|biogen|takeda|boehringer|celgene|gilead|baxter|allergan|teva|shire|ucb|astellas|eisai|otsuka|daiichi|servier|ipsen|novo';

const VOCABULARY = String.raw`
  Safety_Sideeffects | toxicity
    \w*-?toxic\w*
    dlts?\b
    dose[- ]limiting
  Safety_Sideeffects | adverse event
    adverse\b
    side[- ]?effects?
    (?:s?aes?|susars?|teaes?|adrs?)\b
    untoward|undesirable effects?|unwanted effects?
  Safety_Sideeffects | safety concern
    safety[ /-](?:\w+ )?(?:concern|issue|reason|risk|signal|problem|alert|finding|event|ground|hazard|warning|question|consideration)\w*
    concerns?|issues?|reasons?|risks?|questions?|problems? ~3 safety
    (?<!agency )(?:due to|because of|for|owing to|interest of|patient|participant|subject)(?:s'|'s|s)? (?:the )?(?:patient |patients' |drug )?safety\b(?! (?:and|monitoring))
    unsafe|not (?:be )?(?:\w+ )?safe\b|endanger\w*|(?:for|due to|of|potential|possible|patient|cause) harm\b|harmful
    concerns? (?:\w+ ){0,3}(?:drugs?|medications?|product|devices?|vaccine)\b
  Safety_Sideeffects | safety mentioned
    safety\b(?! (?:and |& |\/ ?)?(?:monitoring|board|committee|review board|analysis|assessment))
  Safety_Sideeffects | patient death
    patients?|subjects?|participants?|animals? ~3 died|deaths?
    deaths? (?:of|in|among|on) (?:\w+ ){0,3}(?:patients?|subjects?|participants?|arm|group)|(?:treatment|drug)[- ]related (?:deaths?|mortality)|(?:increased?|excess|higher|early|toxic|unexpected|trend (?:to|towards?)) (?:higher )?(?:deaths?|mortality)
  Safety_Sideeffects | death
    deaths?\b|died\b|mortality|fatal\w*|lethal
  Safety_Sideeffects | risk or harm
    increased|higher|high|elevated|excess\w*|potential|possible|unacceptabl[ey]|serious|greater|general|too many|additional|more ~1 risks?|incidence|frequency|morbidity|harm|danger|rates? of(?! staff| screen| drop| enrol| recruit)
    risks? of\b|risky|health risks?
    harm\w*|dang\w*r\w*|hazard\w*|imbalance\b|compli[ck]ations?\b|morbidity
  Safety_Sideeffects | medical event
    h[ae]*morr?hag\w*|bleed\w*|\w*thrombo\w*|embol\w*|\w*infections?\b|infectious|sepsis|septic|liver\b|hepat\w*|transaminase|alt\b|jaundice|pancreatitis|perforat\w*|abscess|necrosis|fistula|dehiscence|rash\b|irritation|erythema|nodules?|allerg\w*|anaphyla\w*|hypersensitiv\w*|injection site|arr\w*thmi\w*|\w*fibrillation|qtc?\b|cardiac|cardiovascular|infarct\w*|strokes?\b|seizures?|convuls\w*|pals(?:y|ies)|\w*neuropath\w*|suicid\w*|\w*psychiatr\w*|psychosis|\w*tensi(?:on|ve)|\w*cardia\b|\w*glyc\w*mi\w*|dyspn\w*|nausea|vomit\w*|diarr?h\w*|\w*myalgi\w*|\w*penia\b|an[ae]*emia|aplasia|agranulocyt\w*|renal (?:failure|injury|impairment)|(?:kidney|liver|nerve|organ|tissue|lung|heart) (?:damage|injury|failure)|creatinine|enzymes|fractures?|ulcer\w*|o?edema|aneurysm\w*|\w*occlusi\w*|malignanc\w*|carcinogen\w*|cancer events|tumou?r progression|teratogen\w*|leukoencephalopathy|reactogenicity|infusion reactions?|\w*reactions\b|withdrawal symptoms|pain crises|hospitali[sz]ation|neurological impairment|discomfort|\w+itis\b
  Safety_Sideeffects | tolerability
    intolera\w*|(?:poor\w*|low|not|unacceptable) (?:\w+ )?tolera\w*|tolerability|(?<!maximum |maximal |maximally )tolerat\w*(?! dose)|toleran\w*
  Safety_Sideeffects | harm observed
    unexpected|unacceptabl[ey]|severe|serious|excess\w*|significant|many|several|multiple|too many|number of|occurr?[ae]nce of|incidence of|development of|formation of|frequency of|reports? of|unanticipated|unbalanced|imbalance (?:in|of)|high\w* rate of|increased?|higher|new ~3:harm \w*toxicit\w*|adverse|side[- ]effects?|events?|deaths?|reactions?|complications?|\w*infections?|tolerability|morbidity|mortality|pain|injury|saes?
    (?:possible |potential )?health risks?|(?:increased|higher|elevated|excess\w*|unacceptable|potential) (?:\w+ )?risks? (?:of|to|for|associated)
    (?:reported|experienced|complain\w*|developed|suffered|caus\w+)(?: of)? (?:\w+ )?(?:pain|discomfort|symptoms|injur\w*)
    compli[ck]ation rates?|compli[ck]ations? (?:with|to|of|in|from|after|encountered|observed|may|during)
  Safety_Sideeffects | recall
    recall\w*
  Safety_Sideeffects | contamination
    contaminat\w*|impurit\w*|sterility
  Safety_Sideeffects | nonclinical finding
    pre-?clinical|non-?clinical|animals?|rats?|monkeys?|primates?|toxicology ~2 findings?|signals?|results?|data|exposed|stud\w+
    toxicolog\w*
  Negative | worse outcome
    wors\w+|deteriorat\w*|poor(?:er)? (?:clinical )?prognosis
  Negative | futility
    futil\w*
    conditional power
    stochastic curtailment
  Negative | lack of efficacy
    (?:lack\w*|absence|loss|insufficient\w*|inadequate|poor|limited|low|minimal|little|inferior|unsatisfactory|disappointing|weak|modest|suboptimal|lower|less|few|fewer|failed|no|none|not enough|without|negligible|unproven|reduced|unfavou?rable)${GAP}(?:(?:of|in|an?|any|evidence|signs?|significant\w*|clear|clinical\w*|apparent|observed|demonstrated|therapeutic|treatment|drug|study|sufficient|overall|meaningful|additional|added|anti-?tumou?r|objective|expected|definitive|beneficial|positive|detectable|measurable|primary|outcome|sustained|further|virologic\w*|tumou?r|single|agent|biological|desired|adequate|or|little|signal|indication|proof|the|shown|anticipated|potential|patient|documented|interim|preliminary|statistical\w*|survival|superior|initial)${GAP})*(?:${BENEFIT})(?! on enrol| from | by )
    lack of|absence of|no|insufficient|without|little ~2:clinical relief|reduction|shrinkage|protection|disease control
    performance|results? ~2 below|disappoint\w*|failure rate
    ineffective\w*|inefficac\w*|inefficien\w*|non-?effective\w*|not efficacious
  Negative | efficacy not shown
    (?:not|\w+n't|fail\w*|unable|unlikely|never|nor|neither|without)${GAP}(?:(?:be|been|being|to|show\w*|demonstrat\w*|prove\w*|found|appear\w*|seem\w*|provid\w*|confirm\w*|indicat\w*|have|has|had|any|an?|the|as|sufficient\w*|significant\w*|clear\w*|clinical\w*|statistical\w*|enough|improved|likely|reveal|evidence|evident|of|for|expected|exhibit\w*|achieve\w*|give|yield\w*|produce|offer|elicit|result|in|lead|superior|adequate|desired|overall|anti-?tumou?r|objective|primary|positive|beneficial|increase\w*|reduc\w*|additional|documented|support|establish\w*|substantial|trend|added|sustained|treatment|patients?|on|that|would|more|necessary|study|trial|drug|could|will|appropriate|suitable|demonstrating|showing|therapeutic|able|worth\w*)${GAP})*(?:effective\b|${BENEFIT}|benefi\w*|respond\w*|improve\w*|superior\w*|survival|work(?:ing|ed)?\b|reduce\b|immunogenic|protect\w*)
    efficac\w*|effects?|effectiveness|benefits?|responses?|response rate|activity|cure rate ~5 questionable|doubtful
    efficac\w*|effects?|effectiveness|benefits?|responses?|response rate|activity|cure rate ~3 not|\w+n't|lacking|insufficient|unlikely|inadequate|below|too low|lower than|less than|inferior|unsatisf\w*|poor|failed|disappoint\w*|questionable|low\b
    no ~3 respon\w+|remission|worked
    no|none of|neither ~2 (?:patients?|subjects?|participants?) (?:\w+ )?(?:exhibited|showed|shown|achieved|reached|respon\w+|had a|demonstrated|benefit\w*|improved)
    lack|absence ~4 results?\b
    treatment failures?|without success|poor (?:clinical |treatment )?(?:outcomes?|results?|performance)|inferior\w*|non-?respon\w*|no efficacy
  Negative | few responders
    only|less than|fewer than|at most|just ~12 respond\w*|responses?\b|remissions?|cr\b|pr\b|cured?\b|improve\w*|efficac\w*
  Negative | efficacy mentioned
    efficac\w*|effectiveness|benefits?\b|(?:clinical |objective |treatment |tumou?r |immune |partial |complete )responses?\b|response rates?|(?:anti-?\w+|clinical|biological|drug) activity
  Negative | progression
    (?:disease|tumou?r|cancer) progress\w*|progressive disease|progression of|progressed
  Negative | no difference
    no|not|lack of|without|any|insufficient|\w+n't ~5 diff?eren\w*|diff\b|equivalence|separation|correlation|association|significan\w*|trend
    (?:statistically )?(?:in|non-?)significan\w*
    equality|similar (?:results|outcomes?) (?:in|between)|equivalent
  Negative | endpoint missed
    not|\w+n't|fail\w*|unable|unlikely|without|low (?:probability|likelihood|chance)|odds|uncertain|cannot|less likely|missed|impossible ~6:clinical ${TARGET}
    (?<!enrolment |enrollment |recruitment |accrual |inclusion )(?:${TARGET}|profile) ~5:clinical not|\w+n't|fail\w*|unlikely|uncertain|missed|unmet|lower|low\b
    did(?:n't| not) (?:warrant|justify|confirm|pass|prove|show|demonstrate|indicate|reveal)\b(?! (?:\w+ ){0,3}(?:recruit|enrol|accru|sample|number))|did(?:n't| not) (?:\w+ )?(?:reach|achieve|meet) (?:the |any )?(?:statistical|efficacy|significance|primary)
  Negative | efficacy endpoint missed
    not|\w+n't|fail\w*|unable|unlikely|cannot|missed ~5:clinical (?:primary|secondary|co-primary|efficacy)(?: (?:or|and|efficacy|secondary|clinical|study))* (?:end-?points?|end points?|objectives?|outcomes?)
    (?:primary|efficacy)(?: (?:efficacy|study))? (?:end-?points?|end points?|objectives?) ~3:clinical not|\w+n't|unmet|missed|failed
  Negative | negative result
    no (?:\w+ )?(?:positive|favou?rable|promising) |no (?:\w+ )?rationale|unfavou?rable|not (?:\w+ )?favou?rable|un-?supportive|not supportive|unconvincing|discouraging|disappoint\w*|unacceptable pharmaco\w*|negative (?:results?|outcomes?|data|findings?|trial|study|effects?)|(?:results?|trial|study|outcome|data|findings?) (?:\w+ ){0,3}negative|low (?:\w+ )?(?:likelihood|probability|chance)|(?:probability|likelihood|chance|odds) (?:\w+ ){0,8}(?:is|are|was|were) (?:\w+ )?low|not (?:\w+ )?(?:justified|warranted)
    (?:drugs?|compound|treatment|study|trial|therapy|vaccine|intervention|phase \w+|endpoint|efficacy|it) (?:has |have )?failed\b(?! to (?:recruit|enrol|accru|start|secure|obtain|receive|get|include|reach))|failed (?:\w+ )?(?:endpoint|phase|study|trial)
    (?:results?|data|findings?|evidence|analys[ie]s) ~6:clinical (?:not|n't) (?:\w+ )?(?:support|justify|warrant|allow|favou?r|encourag)\w*
  Negative | benefit and risk
    risks?[\s/-]+(?:(?:and|to|versus|vs\.?|over|of)\s+)?(?:the\s+)?benefits?\b
    benefits?[\s/-]+(?:(?:and|to|versus|vs\.?|over|of)\s+)?(?:the\s+)?risks?\b
    out-?weigh\w*
  Negative | stopping rule
    stopping (?:rule|criteri|boundar)\w*|stop(?:ping)? rule|halting (?:rule|criteri)\w*|pre-?(?:defined|determined|specified) (?:\w+ )?criteri\w*
  Negative | monitoring committee
    i?d?s?mc\b|i?dsm[cb]\b|i?dmc\b|monitoring (?:board|commit\w*)|(?:data|safety) (?:and \w+ )?(?:board|commit\w+)|independent (?:\w+ )?commit\w+
  Negative | interim look
    interim|intermediate|intermediary|preliminar\w*|pre-?planned|blinded|top-?line ~2 analys\w+|review|results?|data|assessment|look|findings?|evaluation
    planned|initial|early ~1 analys\w+|results?|data|findings?
    interim\b
    stage (?:1|i)\b
  Negative | pharmacokinetics
    pharmacokinetic\w*|pk\b|bioavailab\w*|absorption|drug exposure|plasma levels?|immunogenicity
  Negative | results shown
    results?|data|analys[ie]s|review|findings?|evidence|assessment ~3 show\w*|reveal\w*|demonstrat\w*|indicat\w*|suggest\w*|conclud\w*|prov\w+
  Negative | comparator did better
    more|better|higher|superior\w*|favou?r\w*|improved ~14 (?:control|placebo|comparator|standard|conventional|non-?treated|untreated) (?:\w+ )?(?:arm|group|treatment|therapy)
  Negative | unequal arms
    higher|more|increased|greater|worse|lower|less|fewer ~7 arms?\b|groups?\b
  Negative | comparison of arms
    (?:control|treatment|experimental|intervention|study|combination|placebo|comparator) (?:arm|group)s?|in (?:the |one )?(?:\w+ ){0,3}(?:arm|group)\b
  Endpoint_Met | endpoint met
    (?<!not |n't |fail\w* to |unable to )(?:met|meet|reach\w*|achiev\w*|answered|attain\w*|verify)${GAP}(?:[\w'-]+${GAP}){0,3}?(?:${TARGET}|aims?\b|outcome|study question)
    (?:${TARGET}|aims?|goals?|primary outcome)${GAP}(?:[\w'-]+${GAP}){0,6}?(?<!not |n't |not been |be )(?:met|reached|achieved|attained|fulfilled|confirmed|obtained)\b
  Endpoint_Met | significant result
    (?:statistical(?:ly)? significan\w*|significance|(?:was|were|is|are|and) significant)
    significant\w*|meaningful ~3 benefits?|differences?|results?|decrease|reduction|improvement|increase|effect
    results (?:\w+ ){0,5}(?:were|are) (?:clear|significant|conclusive)
  Endpoint_Met | success
    (?:positive|superior(?:ity)?|beneficial|effective|promising|favou?rable|successful\w*)\b
    early (?:success|efficacy|benefit)|positive (?:\w+ )?(?:efficacy|results?|outcomes?|data)|(?:clear|overwhelming|proven|demonstrated|established|identifiable|significant|strong)(?:ly identifiable)? (?:signal of )?(?:efficacy|benefits?|superiority|advantage)|(?:survival|treatment) advantage
  Endpoint_Met | benefit shown
    show\w*|demonstrat\w*|likelihood of|establish\w*|evidence of|confirm\w*|strong|clear\w*|significant\w*|prov(?:ed|en)|overwhelming ~7 benefits?\b|efficac\w*|effective|superior\w*|helped|improv\w*|advantage
    (?:benefits?|efficacy|superiority|advantage|effectiveness) (?:was |were |has been |is |already |clearly )*(?:demonstrated|shown|established|proven|confirmed)
  Endpoint_Met | enough data
    sufficient|enough|adequate ~3 data|information|evidence|results|sample|power
    data|sample size|number of \w+|information ~6 sufficient|enough|adequate
  Interim_Analysis | analysis pending
    pending|await\w*|until|perform\w*|conduct\w*|reviewing|analy[sz]ing|evaluating|to review|to evaluate|for ~4 data|results?|analys[ie]s|evaluation|review|assessment|findings
    data (?:are |will be |is |to be |needs? to be )?(?:being )?analy[sz]\w*|analy[sz]ing|being analy[sz]ed|to be analy[sz]ed|analys[ie]s (?:is |are )?(?:in progress|on-?going|under ?way)|data analysis|final analysis|under (?:review|evaluation)
  Interim_Analysis | interim only
    ^\W*(?:\w+ ){0,8}(?:interim|data|final) (?:data )?(?:analys[ie]s|monitoring|assessment)(?: of (?:the )?results)?\W*$
  Insufficient_Data | insufficient data
    insufficient|lack of|not enough|no|incomplete|inadequate|limited|invalid|poor|missing|little|unreliable|lacking|few ~2 data|information|follow-?up|dataset|findings|evidence
    (?:quality|validity) of (?:the )?data|data quality|quality data|data (?:\w+ ){0,3}(?:insufficient|incomplete|inconclusive|missing|inaccurate|accurately|unreliable|invalid)
  Insufficient_Data | inconclusive
    in-?conclusive|not conclusive|no conclusive|no compelling
  No_Context | see elsewhere
    (?:please )?(?:see|refer)\b(?! if)
    detailed descri\w*|brief summary|purpose (?:statement|section)|description (?:section|field)
  Ethical_Reason | ethics
    ethic\w*|unethical\w*|equipoise
  Ethical_Reason | ethics refusal
    ethic\w* ~5 refus\w*|denied|not|declin\w*|reject\w*|disapprov\w*|non-?approval|concerns?|issues?|reasons?|decision|opinion|clearance|could
    refus\w*|denied|denial|not|declin\w*|reject\w*|unfavou?rable|concern\w*|request|obtain\w* ~4 ethic\w*
  Regulatory | review board
    c?irbs?\b|institutional review|review board|ethics board|reb\b|cpp\b|iec\b
  Regulatory | authority
    fda\b|emea?\b|cfda\b|mhra\b|ansm\b|afssaps|bfarm\b|aifa\b|pmda\b|cde\b|nih\b|nci\b|health canada|mhlw|mfds|pdco\b|dcgi\b|swissmedic|anvisa|invima|cdsco|ministry of health|medicines agency|regul?\w*tor\w*|regolatory|competent authorit\w*|health authorit\w*|authorit(?:y|ies)|agency|food and drug|secretariat of health
  Regulatory | approval
    approv\w*|authori[sz]ation|clearance|licen[cs]\w*|certificat\w*
  Regulatory | not approved
    not|no|lack of|never|pending|await\w*|without|failed|unable|\w+n't|refus\w*|denied|before|prior to|late|expired|lapsed ~5 approv\w*|authori[sz]ation|clearance
    approv\w*|authori[sz]ation ~3 not|denied|refused|withdrawn|expired|lapsed|pending|deferred|\w+n't
    disapprov\w*|non-?approval|refusal
  Regulatory | clinical hold
    clinical hold|fda (?:\w+ )?hold|hold (?:by|from|placed)
  Regulatory | ind or ide
    ind\b|ide\b|ce[- ]?marks?\b|510k?\b|522\b|ind\d+
  Regulatory | compliance
    c?gcp\b|non-?complian\w*|compliance|violations?|inspection|audit|misconduct|continuing review|integrity
  Regulatory | not a registrable trial
    not (?:\w+ ){0,3}(?:clinical trial|nih)|should not have been|(?:not|doesn't) (?:\w+ ){0,3}(?:definition|qualify)|registered (?:in|by) (?:error|mistake)|human subjects? research|registration not
  Covid19 | covid
    covid(?!ien)\S*|covd\b|sars[- ]?cov\S*|corona\b|corona[- ]?virus\w*|(?:2019-?)?ncov\b|covit\b|cov-?19
  Covid19 | pandemic
    (?<!influenza |flu |h1n1 )pandem\w*(?! (?:influenza|flu|h1n1))|epidemic\b|lock-?downs?|quarantine|social distanc\w*|health crisis|sanitary (?:crisis|emergency)|public health emergency|state of emergency
  Insufficient_Enrollment | enrolment too low
    slow\w*|poor|low\w*|lack\w*|insuff?i[cs]\w+|inadequate|under|difficult\w*|inability|inhability|unable|failure|fail\w*|challeng\w*|limited|minimal|behind|delay\w*|sluggish|unsuccessful|impossib\w*|hard|trouble|decreas\w*|reduced|prolonged|absence|weak|small|poorly|unsatisf\w*|hindered|could not|weren't|extended|not (?:able|possible|been able|enough|sufficient|meet\w*|recruiting) ~5 ${ENROL}|included
    ${ENROL} ~5 slow\w*|poor\w*|low\w*|difficult\w*|insuff?i[cs]\w+|inadequate|not (?:as|possible|sufficient|enough|adequate|met|reach\w*|meet)|fail\w*|challeng\w*|too slow|too low|too small|too difficult|behind|limited|impossible|lagg\w*|delay\w*|0\b|zero|unsuccessful\w*|stalled|lower|small|slower|less|futil\w*
    ${ENROL} ~1 problem\w*|issues?|failure
    problems?|issues? ~3 ${ENROL}|included
    under-?enrol\w*|non-?enrol\w*
  Insufficient_Enrollment | too few patients
    lack of|insuff?i[cs]\w+|not enough|few\w*|no eligible|no (?:available|suitable|potential)|limited|low number of|small number of|rarity of|scarcity of|reduced access to|unable to (?:find|identify)|difficult\w* (?:to |in )?(?:find\w*|identify\w*)|low|only \d+|shortage of|number of ~3 ${PEOPLE}|sample size
    rarity|rare disease|drop-?outs?|lost to follow|low (?:incidence|prevalence|census)|sample size (?:\w+ ){0,4}(?:small|not)|(?:eligible|available) (?:patients|subjects|participants)
  Insufficient_Enrollment | patients unwilling
    ${PEOPLE}|families|parents ~3 unwilling|refus\w*|declin\w*|not interested|reluctan\w*|not willing|withdrew|withdrawn|lost interest|hesitan\w*
    unwilling\w*|refus\w*|reluctan\w*|lack of interest (?:from|of|by|among|in) ~2 ${PEOPLE}
    retention|attrition|drop-?outs?|compliance of patients|consent rate|willing to participate
  Insufficient_Enrollment | target not reached
    recruitment|enrol?lment|accrual|sample size|inclusion|number of \w+ ~4 not|unable|never|n't|fail\w*
    (?:reach|meet|achieve|attain|obtain|complet\w*|fulfil\w*|finish) ~4 recruit\w*|enrol\w*|accrual|sample|number of|inclusion|required number|target number
  Insufficient_Enrollment | enrolment mentioned
    ${ENROL}
  Invalid_Reason | none enrolled
    no|zero|0|not any|never|without|any ~3 enrol\w*|recruited|included|randomi[sz]ed|consented|screened|participants?|patients?|subjects?
    before|prior to ~4 enrol\w*|recruit\w*|screen\w*|subject|patient|participant|inclusion
  Study_Staff_Moved | staff left
    (?:${PI})(?:[^.;]{0,60}?)\b(?:left|leav\w*|moved|moving|relocat\w*|re-locat\w*|depart(?:ed|ing|ure)|resign\w*|retire\w*|transfer\w*|graduat\w*|passed away|no longer|not longer|quit|abroad|separated|ill\b|illness|medical leave|maternity|sabbatical|deployed|turnover|reassign\w*|stopped working|another (?:institution|university|hospital|position)|new (?:institution|position|job))
    departure|leaving|loss|relocation|resignation|retirement|death|transfer|absence|moving|turnover|leave|illness|affiliation ~3 ${PI}
    left (?:the |our |this )?(?:institution|university|institute|hospital|site|center|centre|department|facility|company|organi[sz]ation|clinic)|(?:moved|moving|transferred|relocat\w*) to|medical leave|maternity|no longer (?:at|with|employed|work\w*|affiliated)|deceased|retirement|retired|resigned
  Study_Staff_Moved | staff changed
    (?:${PI})(?:[^.;]{0,30}?)\b(?:chang\w*|withdrew|withdrawal|ended|sick\w*|unavailab\w*|not available|died|finished|unable|personal reasons|fellowship|deceased)
    change|unavailability|lack ~3 ${PI}
    personal reasons
  Study_Staff_Moved | staff mentioned
    p\.?i\.?\b|princ\w+ inv\w+r\b|primary inv\w+r\b|(?:co-?|sub-?)?inv\w{2,6}gators?\b|drs?\. \w+
  Invalid_Reason | decision without reason
    ${PI} ~2 decision|decided|request\w*|choice|discretion|terminat\w*|pulled
    (?:decision|discretion|request) (?:of|by) (?:the )?(?:${PI})
    we (?:decided|did)|internal (?:decision|reasons?)|decided not to|decision not to|decision made
  Logistics_Resources | supply
    un-?availab\w*|not (?:\w+ )?(?:be )?(?:available|supplied|provided|obtain\w*|procure\w*)|no (?:longer )?(?:\w+ )?(?:available|suppl\w*|provid\w*|produc\w*|manufactur\w*)|shortages?|suppl(?:y|ies|ied|ying|iers?)\b|expir\w*|out of stock|discontinu\w* (?:\w+ )?(?:production|manufactur\w*)|manufactur\w*|procure\w*|provide\b|back-?order\w*|availability
  Logistics_Resources | resources
    re[cs]+ou?rces?\b|man-?power|staffing|(?:lack of|insufficient|not enough|limited|no|inadequate|not sufficient) (?:\w+ )?(?:staff|time|personnel|therapist)\w*|(?:staff|personnel) (?:shortage|change|turnover|departure)\w*|time constraints?
  Logistics_Resources | logistics
    logisti\w*|technical\w*|equipment|operational|practical|implement\w*|execut\w*|infrastructure|software|hardware|machine|laborator\w*|lab\b|laser|shipping|shipment|import(?:ed|ation)|storage|breakdown|broken|repair\w*|failure
  Logistics_Resources | facility
    hospital|clinic|site|unit|centre|center|department|facility|ward|institution|company|bank|building|lab|laboratory ~5 clos\w*|suspend\w*|reorgani[sz]\w*|restructur\w*|shut\w*|unavailab\w*|destroy\w*|renovat\w*|merg\w*|mov\w+|relocat\w*
    clos(?:ure|ing) of|shut-?down|capacity|hurricane|earthquake|flood\w*|fire\b|war\b|strike\b|disaster|political
  Logistics_Resources | apparatus
    scann\w+|mri?\b|imaging|computers?|\bit\b problem|technolog\w*|instruments?|assays?|apparatus|system|server|web-?site|app\b|devices? (?:failure|problem|issue|defect)\w*|calibrat\w*|samples?\b|specimens?|biops(?:y|ies)|measurements?
  Logistics_Resources | delay
    delays?\b|delayed|timelines?|too (?:long|late)|time[- ]?frame|lack of time|time consuming|deadline|schedul\w*|workload|busy|burden\w*
  Logistics_Resources | not possible
    could not|cannot|can't|unable|inability|impossib\w*|not possible|not able|difficult(?:y|ies)|problems? (?:with|in)|failed to|failure of
  Logistics_Resources | feasibility
    un-?feasib\w*|in-?feasib\w*|feasib\w*|feasab\w*
  Logistics_Resources | product
    (?:study |experimental |investigational )?(?:drugs?|devices?|medications?|medicines?|products?|reagents?|materials?|placebo|supplement|vaccine|kits?|imp)\b
  Study_Design | design
    re-?design\w*|design\w*|methodolog\w*|power calculation|sample size calculation|entry criteria|under-?powered
    problems?|errors?|flaws? ~3 study|protocol|conception
  Study_Design | protocol change
    amend\w*
    protocol ~3 chang\w*|revis\w*|modif\w*|deviat\w*|issues?|adherence|developed|replaced
    chang\w+|revis\w+|modif\w+|alter\w*|improv\w+|optimi[sz]\w+|re-?writ\w*|new ~4 protocol|procedures?|intervention|endpoint|criteria|approach|methods?|technique|assay|device|sample size|study
  Study_Design | scientific relevance
    scientific\w*|relevan\w*|rationale|no longer needed|not needed|unnecessary|redundant|novel\w*|question
  Study_Design | approach replaced
    decided to (?:re-?\w+|change|use|run|pursue|conduct|split)|replaced by|substitut\w*|instead|new version|next generation|upgrad\w*|prototype|further development|pivot\w*|switch\w*|different (?:product|device|approach|method|formulation|dose|population)|dosing|dose (?:regimen|change|selection)
  Study_Design | practice changed
    standards? (?:of )?(?:care|practice|treatment|procedure)|soc\b|clinical practice
    chang\w+ ~4 practice|care|treatment|clinic|policy|landscape|approach\w*|therapy|guidelines?
    practice|treatment|landscape|policy|care|approach\w*|guidelines? ~1 chang\w*|evolv\w*|shift\w*
    evol\w+|obsolete|outdated|superfluous|less relevant|no longer (?:relevant|standard|used|consistent|meets|necessary|considered|allowed)|new(?:er)? (?:\w+ ){0,3}(?:treatments?|therap\w+|drugs?|agents)
  Study_Design | market
    withdr\w+|removed|removal|off|on|left ~3 market
    market\w*|commerciali[sz]\w*|commercially|label\b|no more sold|no longer sold
  Business_Administrative | strategy
    strateg\w*|re-?priorit\w*|priorit\w*|focus\w*|indication
  Another_Study | another study
    (?:an?other|other|similar|previous|prior|parallel|parent|core|recent|different|preceding|larger|related|sister|companion|existing|lead-?in|main|extension|earlier|concurrent|on-?going|subsequent|unrelated|separate|alternative|same)${GAP}(?!the |cohort|arm|part |group)(?:[\w'-]+${GAP}){0,3}?(?:${STUDY})\b
    another (?:clinical )?trial|two large|phase (?:3|iii) (?:study|trial|studies)
  Another_Study | new study
    new|newer|redesigned|follow-on|next ~3 ${STUDY}
  Another_Study | registered study
    nct ?\d+
    (?:study|trial) [a-z]*[-.]?\d[\w.-]+|[a-z]{2,}\d{2,}[a-z0-9-]*\d|[a-z]+-[a-z]+-\d
  Another_Study | competing study
    compet(?:ing|itive|ition)\w*
  Another_Study | merged or duplicate
    duplicat\w*|supersed\w*|superced\w*|merg\w+|combined (?:with|into)|integrat\w+ (?:in|into|with)|amalgamat\w*|incorporat\w*|replac\w+ (?:by|with)|rolled (?:into|over)|lead-in
  Another_Study | published elsewhere
    literature|publication of|published
    results?|data|evidence|findings?|outcome|analys[ie]s ~4 (?:other|another|of|from|in) (?:the |a )?(?:[\w-]+ ){0,2}(?:stud(?:y|ies)|trials?)\b
  Another_Study | pilot or phase
    pilot|phase (?:ii|2|iii|3)\b
  Business_Administrative | funding
    (?:non-?|un-?)?fund\w*|financ\w*|grants?\b|grantor|budget\w*|bugdet|money|costs?\b|bankc?[kr]*upt\w*|capital\w*|econom\w*|monetary|insolven\w*
  Business_Administrative | business
    business|commercial (?:reasons?|decision)|corporate|company|companies|administrative\w*|portfolio|acquisition|acquired|contract\w*|agreement|out-?licens\w*|legal|lawsuit|clinicaltrials\.gov|vendor|organi[sz]ational
  Business_Administrative | development stopped
    development|program\w*|asset|compound ~4 terminat\w*|discontinu\w*|stopp\w*|halted|ended|cancel\w*
    discontinu\w*|stop|terminat\w*|end|halt|suspend|not (?:to )?(?:further|pursue) ~4 development|program\w*|compound
  Business_Administrative | sponsor
    sponsor\w*|sopnsor|sponser\w*|(?:${COMPANIES})\b
  Business_Administrative | sponsor decided
    sponsor\w*|compan\w+|manufacturer|${COMPANIES} ~3 decision|decided|decid\w*|withdr\w*|terminat\w*|stopp\w*|cancel\w*|closed|reasons?|priorit\w*|pulled|ended|request
    by (?:the )?(?:sponsor|company|manufacturer)|(?:decision|request) (?:of|by|from) (?:the )?(?:sponsor|company|manufacturer)|administrative (?:reasons?|decision)|support (?:was )?(?:withdrawn|ended)|withdr\w+ (?:of )?support
  Business_Administrative | interest
    lack|loss|lost|no|not|no longer|no more ~3 interest\w*
    support\b
  Invalid_Reason | finished as planned
    (?:study|trial|enrol?lment|recruitment|inclusion|follow-?up|data collection|accrual) (?:has |have |was |is |were |been |period |now )*(?:complete[d]?|finished|ended|concluded)
    (?:reached|met|achieved|attained) (?:the |our |its )?(?:\w+ )?(?:sample size|enrol?lment|recruitment|accrual|target|number)|(?:recruitment|enrol?lment|accrual|sample size|number of \w+) (?:goals? |target )?(?:\w+ ){0,4}(?:met|reached|achieved)
  Invalid_Reason | never started
    never|not|\w+n't|not yet ~2 start\w*|open\w*|initiat\w*|activat\w*|begun|began|conducted|reali[sz]ed|commence\w*|launched|performed|done
  Invalid_Reason | bare status
    ^\W*(?:the |this |our )?(?:${STUDY}|enrollment|recruitment|program)?\s*(?:has |have |is |was |been |being )*(?:now |prematurely |early |permanently |administratively )*(?:${STOPPED})(?: prematurely| early| permanently)?\W*$
  Invalid_Reason | status words
    will not resume|no longer being (?:examined|treated)|on hold|not (?:to )?(?:go|going|proceed\w*|move\w*)|recruitment (?:is |was |has been )?(?:complete\w*|finished|closed|ended)|halted prematurely|completed
`;

const HEADING = /^(\w+) \| (.+)$/;
const NEAR = / ~(\d+)(?::(\w+))? /;
/** Words that may not stand in the gap. */
const BARRED: Record<string, string> = {
  clinical: '(?!recruit|enrol|accru|sample|inclus|time)',
  harm: '(?!decreas|reduc|lower|less|fewer|improv|prevent)',
};

function toPattern(line: string): string {
  const near = NEAR.exec(line);
  if (near === null) return `(?<![a-z0-9])(?:${line})`;
  const first = line.slice(0, near.index);
  const then = line.slice(near.index + near[0].length);
  const word = `${BARRED[near[2] ?? ''] ?? ''}[\\w'-]+${GAP}`;
  return `(?<![a-z0-9])(?:${first})${GAP}(?:${word}){0,${near[1]}}?(?:${then})`;
}

function readVocabulary(): Concept[] {
  const concepts: { name: string; expected: StopClass; patterns: string[] }[] = [];
  for (const line of VOCABULARY.split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    const heading = HEADING.exec(line);
    if (heading === null) concepts.at(-1)!.patterns.push(toPattern(line));
    else concepts.push({ name: heading[2]!, expected: stopClass(heading[1]!), patterns: [] });
  }
  return concepts.map(({ name, expected, patterns }) => ({
    name,
    expected,
    pattern: new RegExp(patterns.join('|'), 'g'),
  }));
}

export const CONCEPTS: readonly Concept[] = readVocabulary();
