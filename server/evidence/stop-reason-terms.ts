/**
 * The vocabulary in which registries word why a trial stopped: one named concept per line of thought.
 * Patterns run over lower-cased text. A concept only names what is said; how far it speaks for a class is its
 * weight in stop-reason-weights.json, estimated around the class named here.
 */

/** Words apart inside one clause: no full stop, semicolon or colon in between. */
const GAP = '[\\s,/()"\'&-]+';
const near = (first: string, most: number, then: string) =>
  `(?:${first})${GAP}(?:[\\w'-]+${GAP}){0,${most}}?(?:${then})`;

// What a sentence may deny as the reason.
const HARM =
  'safety|toxicit\\w*|adverse|side[- ]?effects?|saes?|aes|unsafe|tolerability|tolerance|harms?';
const DENIABLE = `(?:${HARM}|efficacy|efficacious|effectiveness|futility|(?:lack|absence|loss) of (?:\\w+ )?(?:efficacy|benefit|effect|effectiveness|activity|response)|(?:poor|insufficient|low|inadequate) (?:efficacy|response|safety|tolerability)|risks?)\\b`;
const QUALIFIERS =
  "(?:(?:a|an|any|the|other|all|new|known|major|serious|significant|relevant|unexpected|unanticipated|apparent|potential|specific|particular|further|additional|severe|important|clinical|clinically|drug|product|device|study|patients?'?s?|subjects?|participants?'?s?|treatment|related|drug-related|treatment-related|emerging|evidence|indication|signs?|signals?|questions?|doubts?|reports?|cases?|observed|identified|noted|of|about|regarding|with|over|for|on|in|to|or|and|nor|either|issues?|concerns?|problems?|findings?|reasons?)[ ,/-]+)*?";
const COORDINATED = `(?:[ ,/&-]*(?:(?:and|or|nor|and/or)\\s+)?(?:(?:lack|absence) of |any |other |of |to |the |study |drug |patient |product |serious |related )*(?:${HARM}|efficacy|futility|effectiveness|risks?|benefit|events?|reactions?|concerns?|issues?|reasons?|signals?|findings?|problems?|related|data|profile|considerations?|grounds?|observations?|matters?|results?|aspects?)\\b)*`;

/** Statements that something was not the reason. What they cover is blanked before anything else is read. */
export const NOT_THE_REASON: readonly RegExp[] = [
  // "not due to safety", "unrelated to any efficacy or safety concern", "not for lack of efficacy"
  new RegExp(
    `\\b(?:(?:not|nor|neither|never|isn't|wasn't|rather than|instead of)\\s+(?:\\w+ly |in any way |at all |been |made |taken |being |a |as |the )*(?:(?:due|related|linked|because|based|owing|attribut\\w*|prompted|driven|result|consequence|associated|caused|motivated|triggered|connected|for|to|from|of|by|on|with|as|a|about)\\s+)+|(?:un-?related|not|other than|apart from|independent(?:ly)? of|irrespective of)\\s+(?:to\\s+)?)${QUALIFIERS}${DENIABLE}${COORDINATED}`,
    'g',
  ),
  // "no safety issues", "without new safety signals", "no serious adverse events", "no concerns about safety or efficacy"
  new RegExp(
    `\\b(?:no|without|free of|absence of|nor|zero)\\s+(?:efficacy (?:or|and|nor) )?${QUALIFIERS}(?:${HARM})\\b${COORDINATED}`,
    'g',
  ),
  new RegExp(
    `\\b(?:no|without)\\s+(?:\\w+ )?(?:issues?|concerns?|problems?|questions?)\\s+(?:\\w+ )?(?:efficacy)\\b${COORDINATED}`,
    'g',
  ),
  /\bno\s+efficacy (?:or \w+ )?(?:issues?|concerns?|problems?|reasons?)\b/g,
  // "non-safety related", "safety was not a concern", "adverse events did not play a role"
  /\bnon[- ]?safety\b(?:[ -](?:related|device|issues?|reasons?))*/g,
  /\b(?:safety|toxicity|adverse events?|side effects?|efficacy)(?: \w+){0,3} (?:is|was|were|are|did|has|have|had|do|does)(?: not|n't)(?: \w+){0,2} (?:concern|issue|reason|factor|role|problem|cause|raised|identified|observed|noted|reported|involved|at risk|affected|compromised)\b\w*/g,
  /\bno (?:\w+ )?(?:deaths?|complications?)(?: \w+){0,2} (?:occurred|reported|observed|noted)\b/g,
];

// Recurring vocabulary.
const ENROL = 'enrol\\w*|recru?i?t\\w*|accr[ui]\\w*|inclusions?\\b|participation';
const PEOPLE =
  'patients?|subjects?|participants?|volunteers?|candidates?|cases|charts|records|women|children|population';
const STUDY = 'stud(?:y|ies)|trials?|rcts?|protocols?|projects?|research';
const BENEFIT =
  'efficac\\w*|effects?\\b|effectiveness|benefits?\\b|bio-?activity|activity\\b|responses?\\b|responders?|improvements?\\b|success\\b|cure rate|impact\\b|performance|superiority|target engagement|remissions?|advantage|difference in (?:survival|outcome)';
const TARGET =
  'end-?points?|end points?|objectives?|criteri\\w*|hypothes[ie]s|targets?\\b|milestones?|threshold|outcome measures?|primary outcome';
const PI =
  "p\\.?i\\.?(?:'s|s)?\\b|ip\\b|princ\\w+ (?:inv\\w+|researcher)|primary inv\\w+r|responsible (?:physician|party|person)|person responsible|(?:co-?|sub-?)?inv\\w{2,6}gat\\w*ors?|researchers?|drs?\\.? \\w+|physicians?|doctors?|surgeons?|(?:study |research )?coordinators?|collaborators?|students?|fellows?\\b|residents?|faculty|(?:project|study) leaders?|staff|personnel|(?:study |research )?team|employees?|psychologists?|technicians?|nurses?|phd|therapist|scientist|author";
const STOPPED =
  'halted|stopped|terminated|closed|withdrawn|suspended|cancell?ed|abandoned|discontinued|ended|completed|finished|dropped|inactivated|paused';

export type Concept = readonly [name: string, expectedClass: string, pattern: RegExp];
const concept = (name: string, expectedClass: string, ...sources: string[]): Concept => [
  name,
  expectedClass,
  new RegExp(sources.map((s) => `(?<![a-z0-9])(?:${s})`).join('|'), 'g'),
];

export const CONCEPTS: readonly Concept[] = [
  concept('toxicity', 'Safety_Sideeffects', '\\w*-?toxic\\w*', 'dlts?\\b', 'dose[- ]limiting'),
  concept(
    'adverse event',
    'Safety_Sideeffects',
    'adverse\\b',
    'side[- ]?effects?',
    '(?:s?aes?|susars?|teaes?|adrs?)\\b',
    'untoward|undesirable effects?|unwanted effects?',
  ),
  concept(
    'safety concern',
    'Safety_Sideeffects',
    'safety[ /-](?:\\w+ )?(?:concern|issue|reason|risk|signal|problem|alert|finding|event|ground|hazard|warning|question|consideration)\\w*',
    near('concerns?|issues?|reasons?|risks?|questions?|problems?', 3, 'safety'),
    "(?:due to|because of|for|owing to|interest of|patient|participant|subject)(?:s'|'s|s)? (?:the )?(?:patient |patients' |drug )?safety\\b(?! (?:and|monitoring))",
    'unsafe|not (?:be )?(?:\\w+ )?safe\\b|endanger\\w*',
  ),
  concept('safety mentioned', 'Safety_Sideeffects', 'safety\\b'),
  concept('death', 'Safety_Sideeffects', 'deaths?\\b|died\\b|mortality|fatal\\w*|lethal'),
  concept(
    'risk or harm',
    'Safety_Sideeffects',
    near(
      'increased|higher|high|elevated|excess\\w*|potential|possible|unacceptabl[ey]|serious|greater|general|too many|additional|more',
      1,
      'risks?|incidence|frequency|morbidity|harm|danger|rates? of',
    ),
    'risks? of\\b|risky|health risks?',
    'harm\\w*|dang\\w*r\\w*|hazard\\w*|imbalance\\b|compli[ck]ations?\\b|morbidity',
  ),
  concept(
    'medical event',
    'Safety_Sideeffects',
    'h[ae]*morr?hag\\w*|bleed\\w*|\\w*thrombo\\w*|embol\\w*|\\w*infections?\\b|infectious|sepsis|septic|liver\\b|hepat\\w*|transaminase|alt\\b|jaundice|pancreatitis|perforat\\w*|abscess|necrosis|fistula|dehiscence|rash\\b|irritation|erythema|nodules?|allerg\\w*|anaphyla\\w*|hypersensitiv\\w*|injection site|arr\\w*thmi\\w*|\\w*fibrillation|qtc?\\b|cardiac|cardiovascular|infarct\\w*|strokes?\\b|seizures?|convuls\\w*|pals(?:y|ies)|\\w*neuropath\\w*|suicid\\w*|\\w*psychiatr\\w*|psychosis|\\w*tensi(?:on|ve)|\\w*cardia\\b|\\w*glyc\\w*mi\\w*|dyspn\\w*|nausea|vomit\\w*|diarr?h\\w*|\\w*myalgi\\w*|\\w*penia\\b|an[ae]*emia|aplasia|agranulocyt\\w*|renal (?:failure|injury|impairment)|kidney injury|fractures?|ulcer\\w*|o?edema|aneurysm\\w*|\\w*occlusi\\w*|malignanc\\w*|carcinogen\\w*|cancer events|tumou?r progression|teratogen\\w*|leukoencephalopathy|reactogenicity|infusion reactions?|\\w*reactions\\b|withdrawal symptoms|pain crises|hospitali[sz]ation|neurological impairment|discomfort|\\w+itis\\b',
  ),
  concept(
    'tolerability',
    'Safety_Sideeffects',
    'intolera\\w*|(?:poor\\w*|low|not|unacceptable) (?:\\w+ )?tolera\\w*|tolerability|tolerat\\w*|toleran\\w*',
  ),
  concept(
    'harm observed',
    'Safety_Sideeffects',
    near(
      'unexpected|unacceptabl[ey]|severe|serious|excess\\w*|significant|many|several|multiple|too many|number of|occurr?[ae]nce of|incidence of|development of|formation of|frequency of|reports? of|unanticipated|unbalanced|imbalance (?:in|of)|high\\w* rate of|increased?|higher|strong|new',
      3,
      '\\w*toxicit\\w*|adverse|side[- ]effects?|events?|deaths?|reactions?|complications?|\\w*infections?|tolerability|morbidity|mortality|pain|injury|saes?',
    ),
  ),
  concept('recall', 'Safety_Sideeffects', 'recall\\w*|contaminat\\w*|malfunction\\w*'),
  concept(
    'nonclinical finding',
    'Safety_Sideeffects',
    near(
      'pre-?clinical|non-?clinical|animals?|rats?|monkeys?|primates?|toxicology',
      2,
      'findings?|signals?|results?|data|exposed|stud\\w+',
    ),
    'toxicolog\\w*',
  ),
  concept(
    'worse outcome',
    'Safety_Sideeffects',
    'wors\\w+|deteriorat\\w*|poor(?:er)? (?:clinical )?(?:outcome|prognosis)',
  ),

  concept('futility', 'Negative', 'futil\\w*', 'conditional power', 'stochastic curtailment'),
  concept(
    'lack of efficacy',
    'Negative',
    `(?:lack\\w*|absence|loss|insufficient\\w*|inadequate|poor|limited|low|minimal|little|inferior|unsatisfactory|disappointing|weak|modest|suboptimal|lower|less|failed|no|none|not enough|without|negligible|unproven|reduced|unfavou?rable)${GAP}(?:(?:of|in|any|evidence|signs?|significant\\w*|clear|clinical\\w*|apparent|observed|demonstrated|therapeutic|treatment|drug|study|sufficient|overall|meaningful|additional|added|anti-?tumou?r|objective|expected|definitive|beneficial|positive|detectable|measurable|primary|outcome|sustained|further|virologic\\w*|tumou?r|single|agent|biological|desired|adequate|or|little|signal|indication|proof|the|shown|anticipated|potential|patient|documented|interim|preliminary|statistical\\w*|survival|superior|initial)${GAP})*(?:${BENEFIT})(?! on enrol)`,
    'ineffective\\w*|inefficac\\w*|inefficien\\w*|non-?effective\\w*|not efficacious',
  ),
  concept(
    'efficacy not shown',
    'Negative',
    `(?:not|\\w+n't|fail\\w*|unable|unlikely|never|nor|neither|without)${GAP}(?:(?:be|been|being|to|show\\w*|demonstrat\\w*|prove\\w*|found|appear\\w*|seem\\w*|provid\\w*|confirm\\w*|indicat\\w*|have|has|had|any|an?|the|as|sufficient\\w*|significant\\w*|clear\\w*|clinical\\w*|statistical\\w*|enough|improved|likely|reveal|evidence|evident|of|for|expected|exhibit\\w*|achieve\\w*|give|yield\\w*|produce|offer|elicit|result|in|lead|superior|adequate|desired|overall|anti-?tumou?r|objective|primary|positive|beneficial|increase\\w*|reduc\\w*|additional|documented|support|establish\\w*|substantial|trend|added|sustained|treatment|patients?|on|that|would|more|necessary)${GAP})*(?:effective\\b|${BENEFIT}|benefi\\w*|respond\\w*|improve\\w*|superior\\w*|survival|work(?:ing|ed)?\\b|reduce\\b)`,
    near(
      'efficac\\w*|effects?|effectiveness|benefits?|responses?|response rate|activity|cure rate',
      3,
      "not|\\w+n't|lacking|insufficient|unlikely|inadequate|too low|lower than|less than|inferior|unsatisf\\w*|poor|failed|disappoint\\w*|questionable|low\\b",
    ),
    'treatment failures?|without success|poor (?:clinical |treatment )?(?:outcomes?|results?|performance)|inferior\\w*|non-?respon\\w*|no efficacy',
  ),
  concept(
    'efficacy mentioned',
    'Negative',
    'efficac\\w*|effectiveness|benefits?\\b|responses?\\b|activity\\b',
  ),
  concept(
    'no difference',
    'Negative',
    near(
      "no|not|lack of|without|any|insufficient|\\w+n't",
      5,
      'differen\\w*|diferen\\w*|equivalence|separation|correlation|association|significan\\w*|trend',
    ),
    '(?:statistically )?(?:in|non-?)significan\\w*',
    'equality|similar (?:results|outcomes?) (?:in|between)|equivalent',
  ),
  concept(
    'endpoint missed',
    'Negative',
    near(
      "not|\\w+n't|fail\\w*|unable|unlikely|without|low (?:probability|likelihood|chance)|odds|cannot|less likely|missed|impossible",
      6,
      TARGET,
    ),
    near(`${TARGET}|profile`, 5, "not|\\w+n't|fail\\w*|unlikely|missed|unmet|low\\b"),
    "did(?:n't| not) (?:warrant|justify|confirm|pass|prove|achieve|meet|reach|show|demonstrate|support|indicate|reveal)|not (?:being )?(?:met|achieved|reached)\\b|will meet its",
  ),
  concept(
    'negative result',
    'Negative',
    'unfavou?rable|not (?:\\w+ )?favou?rable|un-?supportive|not (?:be )?support\\w*|unconvincing|discouraging|unacceptable pharmaco\\w*|negative (?:results?|outcomes?|data|findings?|trial|study|effects?)|(?:results?|trial|study|outcome|data|findings?) (?:\\w+ ){0,3}negative|low (?:likelihood|probability|chance)|not (?:\\w+ )?(?:justified|warranted)|did not allow',
  ),
  concept(
    'benefit and risk',
    'Negative',
    'risks?[\\s/-]+(?:(?:and|to|versus|vs\\.?|over|of)\\s+)?(?:the\\s+)?benefits?\\b',
    'benefits?[\\s/-]+(?:(?:and|to|versus|vs\\.?|over|of)\\s+)?(?:the\\s+)?risks?\\b',
    'out-?weigh\\w*',
  ),
  concept(
    'stopping rule',
    'Negative',
    'stopping (?:rule|criteri|boundar)\\w*|stop(?:ping)? rule|halting (?:rule|criteri)\\w*|pre-?(?:defined|determined|specified) (?:\\w+ )?criteri\\w*',
  ),
  concept(
    'monitoring committee',
    'Negative',
    'i?d?s?mc\\b|i?dsm[cb]\\b|i?dmc\\b|monitoring (?:board|commit\\w*)|(?:data|safety) (?:and \\w+ )?(?:board|commit\\w+)|independent (?:\\w+ )?commit\\w+',
  ),
  concept(
    'interim look',
    'Negative',
    near(
      'interim|intermediate|intermediary|preliminar\\w*|pre-?planned|planned|initial|early|blinded|top-?line',
      2,
      'analys\\w+|review|results?|data|assessment|look|findings?|evaluation',
    ),
    'interim\\b',
    'stage (?:1|i)\\b',
  ),
  concept(
    'pharmacokinetics',
    'Negative',
    'pharmacokinetic\\w*|pk\\b|bioavailab\\w*|absorption|drug exposure|plasma levels?|immunogenicity',
  ),
  concept(
    'results shown',
    'Negative',
    near(
      'results?|data|analys[ie]s|review|findings?|evidence|assessment',
      3,
      'show\\w*|reveal\\w*|demonstrat\\w*|indicat\\w*|suggest\\w*|conclud\\w*|prov\\w+',
    ),
  ),
  concept(
    'comparison of arms',
    'Negative',
    '(?:control|treatment|experimental|intervention|study|combination|placebo|comparator) (?:arm|group)s?|in (?:the |one )?(?:\\w+ ){0,3}(?:arm|group)\\b',
  ),

  concept(
    'endpoint met',
    'Endpoint_Met',
    `(?<!not |n't |fail\\w* to |unable to )(?:met|meet|reach\\w*|achiev\\w*|answered|attain\\w*|verify)${GAP}(?:[\\w'-]+${GAP}){0,3}?(?:${TARGET}|aims?\\b|outcome|study question)`,
    `(?:${TARGET}|aims?|goals?|primary outcome)${GAP}(?:[\\w'-]+${GAP}){0,6}?(?<!not |n't |not been |be )(?:met|reached|achieved|attained|fulfilled|confirmed|obtained)\\b`,
  ),
  concept(
    'significant result',
    'Endpoint_Met',
    '(?<!no |not |no statistically |not statistically |lack of |without |any )(?:statistical(?:ly)? significan\\w*|significant\\w*(?: \\w+){0,2} (?:benefits?|differences?|results?|decrease|reduction|improvement|increase|effect)|significan(?:t|ce))',
    'results (?:were|are) (?:clear|significant|conclusive)',
  ),
  concept(
    'success',
    'Endpoint_Met',
    '(?<!no |not |any )(?:positive|superior(?:ity)?|beneficial|effective|promising|favou?rable|successful\\w*)\\b',
    'early (?:success|efficacy|benefit)|(?:clear|overwhelming|proven|demonstrated|established|identifiable|significant|strong)(?:ly identifiable)? (?:signal of )?(?:efficacy|benefits?|superiority|advantage)|(?:survival|treatment) advantage',
  ),
  concept(
    'enough data',
    'Endpoint_Met',
    near('sufficient|enough|adequate', 3, 'data|information|evidence|results|sample|power'),
    near('data|sample size|number of \\w+|information', 6, 'sufficient|enough|adequate'),
  ),

  concept(
    'analysis pending',
    'Interim_Analysis',
    near(
      'pending|await\\w*|until|perform\\w*|conduct\\w*|reviewing|analy[sz]ing|evaluating|to review|to evaluate|for',
      4,
      'data|results?|analys[ie]s|evaluation|review|assessment|findings',
    ),
    'data (?:are |will be |is |to be |needs? to be )?(?:being )?analy[sz]\\w*|analy[sz]ing|being analy[sz]ed|to be analy[sz]ed|data analysis|final analysis|under (?:review|evaluation)',
  ),
  concept(
    'interim only',
    'Interim_Analysis',
    '^\\W*(?:\\w+ ){0,8}(?:interim|data|final) (?:data )?(?:analys[ie]s|monitoring|assessment)(?: of (?:the )?results)?\\W*$',
  ),
  concept(
    'insufficient data',
    'Insufficient_Data',
    near(
      'insufficient|lack of|not enough|no|incomplete|inadequate|limited|invalid|poor|missing|little|unreliable|lacking|few',
      2,
      'data|information|follow-?up|dataset|findings|evidence',
    ),
    '(?:quality|validity) of (?:the )?data|data quality|quality data|data (?:\\w+ ){0,3}(?:insufficient|incomplete|inconclusive|missing|inaccurate|accurately|unreliable|invalid)',
  ),
  concept(
    'inconclusive',
    'Insufficient_Data',
    'inconclusive|not conclusive|no conclusive|no compelling',
  ),
  concept(
    'see elsewhere',
    'No_Context',
    '(?:please )?(?:see|refer)\\b(?! if)',
    'detailed descri\\w*|brief summary|purpose (?:statement|section)|description (?:section|field)',
  ),
  concept('ethics', 'Ethical_Reason', 'ethic\\w*|unethical\\w*|equipoise'),
  concept(
    'ethics refusal',
    'Ethical_Reason',
    near(
      'ethic\\w*',
      5,
      'refus\\w*|denied|not|declin\\w*|reject\\w*|disapprov\\w*|non-?approval|concerns?|issues?|reasons?|decision|opinion|clearance|could',
    ),
    near(
      'refus\\w*|denied|denial|not|declin\\w*|reject\\w*|unfavou?rable|concern\\w*|request|obtain\\w*',
      4,
      'ethic\\w*',
    ),
  ),

  concept(
    'review board',
    'Regulatory',
    'c?irbs?\\b|institutional review|review board|ethics board|reb\\b|cpp\\b|iec\\b',
  ),
  concept(
    'authority',
    'Regulatory',
    'fda\\b|emea?\\b|cfda\\b|mhra\\b|ansm\\b|afssaps|bfarm\\b|aifa\\b|pmda\\b|cde\\b|nih\\b|nci\\b|health canada|mhlw|mfds|pdco\\b|dcgi\\b|swissmedic|anvisa|invima|cdsco|ministry of health|medicines agency|regul?\\w*tor\\w*|regolatory|competent authorit\\w*|health authorit\\w*|authorit(?:y|ies)|agency|food and drug|secretariat of health',
  ),
  concept(
    'approval',
    'Regulatory',
    'approv\\w*|authori[sz]ation|clearance|licen[cs]\\w*|certificat\\w*',
  ),
  concept(
    'not approved',
    'Regulatory',
    near(
      "not|no|lack of|never|pending|await\\w*|without|failed|unable|\\w+n't|refus\\w*|denied|before|prior to|late|expired|lapsed",
      5,
      'approv\\w*|authori[sz]ation|clearance',
    ),
    near(
      'approv\\w*|authori[sz]ation',
      3,
      "not|denied|refused|withdrawn|expired|lapsed|pending|deferred|\\w+n't",
    ),
    'disapprov\\w*|non-?approval|refusal',
  ),
  concept(
    'clinical hold',
    'Regulatory',
    'clinical hold|fda (?:\\w+ )?hold|hold (?:by|from|placed)',
  ),
  concept('ind or ide', 'Regulatory', 'ind\\b|ide\\b|ce[- ]?marks?\\b|510k?\\b|522\\b|ind\\d+'),
  concept(
    'compliance',
    'Regulatory',
    'c?gcp\\b|non-?complian\\w*|compliance|violations?|inspection|audit|misconduct|continuing review|integrity',
  ),
  concept(
    'not a registrable trial',
    'Regulatory',
    "not (?:\\w+ ){0,3}(?:clinical trial|nih)|should not have been|(?:not|doesn't) (?:\\w+ ){0,3}(?:definition|qualify)|registered (?:in|by) (?:error|mistake)|human subjects? research|registration not",
  ),

  concept(
    'covid',
    'Covid19',
    'covid(?!ien)\\S*|covd\\b|sars[- ]?cov\\S*|corona\\b|corona[- ]?virus\\w*|(?:2019-?)?ncov\\b|covit\\b|cov-?19',
  ),
  concept(
    'pandemic',
    'Covid19',
    'pandem\\w*|epidemic\\b|lock-?downs?|quarantine|social distanc\\w*|health crisis|sanitary (?:crisis|emergency)|public health emergency|state of emergency',
  ),

  concept(
    'enrolment too low',
    'Insufficient_Enrollment',
    near(
      "slow\\w*|poor|low\\w*|lack\\w*|insuff?i[cs]\\w+|inadequate|under|difficult\\w*|inability|inhability|unable|failure|fail\\w*|problems?|challeng\\w*|limited|minimal|behind|delay\\w*|sluggish|unsuccessful|impossib\\w*|hard|trouble|decreas\\w*|reduced|prolonged|absence|weak|small|poorly|unsatisf\\w*|too|hindered|could not|weren't|extended|not (?:able|possible|been able|enough|sufficient|meet\\w*|recruiting)",
      5,
      `${ENROL}|included`,
    ),
    near(
      ENROL,
      5,
      'slow\\w*|poor\\w*|low\\w*|difficult\\w*|insuff?i[cs]\\w+|inadequate|not (?:as|possible|sufficient|enough|adequate|met|reach\\w*|meet)|fail\\w*|problem\\w*|challeng\\w*|issues?|too|behind|limited|impossible|lagg\\w*|delay\\w*|0\\b|zero|unsuccessful\\w*|stalled|lower|small|slower|less|futil\\w*',
    ),
    'under-?enrol\\w*|non-?enrol\\w*',
  ),
  concept(
    'too few patients',
    'Insufficient_Enrollment',
    near(
      'lack of|insuff?i[cs]\\w+|not enough|few\\w*|no eligible|no (?:available|suitable|potential)|limited|low number of|small number of|rarity of|scarcity of|reduced access to|unable to (?:find|identify)|difficult\\w* (?:to |in )?(?:find\\w*|identify\\w*)|low|only \\d+|shortage of|number of',
      3,
      `${PEOPLE}|sample size`,
    ),
    'rarity|rare disease|drop-?outs?|lost to follow|low (?:incidence|prevalence|census)|sample size (?:\\w+ ){0,4}(?:small|not)|(?:eligible|available) (?:patients|subjects|participants)',
  ),
  concept('enrolment mentioned', 'Insufficient_Enrollment', ENROL),
  concept(
    'none enrolled',
    'Invalid_Reason',
    near(
      'no|zero|0|not any|never|without|any',
      3,
      'enrol\\w*|recruited|included|randomi[sz]ed|consented|screened|participants?|patients?|subjects?',
    ),
    near(
      'before|prior to',
      4,
      'enrol\\w*|recruit\\w*|screen\\w*|subject|patient|participant|inclusion',
    ),
  ),

  concept(
    'staff left',
    'Study_Staff_Moved',
    `(?:${PI})(?:[^.;]{0,60}?)\\b(?:left|leav\\w*|moved|moving|relocat\\w*|re-locat\\w*|depart(?:ed|ing|ure)|resign\\w*|retire\\w*|transfer\\w*|graduat\\w*|passed away|no longer|not longer|quit|abroad|separated|ill\\b|illness|medical leave|maternity|sabbatical|deployed|turnover|reassign\\w*|stopped working|another (?:institution|university|hospital|position)|new (?:institution|position|job))`,
    near(
      'departure|leaving|loss|relocation|resignation|retirement|death|transfer|absence|moving|turnover|leave|illness|affiliation',
      3,
      PI,
    ),
    'left (?:the |our |this )?(?:institution|university|institute|hospital|site|center|centre|department|facility|company|organi[sz]ation|clinic)|(?:moved|moving|transferred|relocat\\w*) to|medical leave|maternity|no longer (?:at|with|employed|work\\w*|affiliated)|deceased|retirement|retired|resigned',
  ),
  concept(
    'staff changed',
    'Study_Staff_Moved',
    `(?:${PI})(?:[^.;]{0,30}?)\\b(?:chang\\w*|withdrew|withdrawal|ended|sick\\w*|unavailab\\w*|not available|died|finished|unable|personal reasons|fellowship|deceased)`,
    near('change|unavailability|lack', 3, PI),
    'personal reasons',
  ),
  concept(
    'staff mentioned',
    'Study_Staff_Moved',
    'p\\.?i\\.?\\b|princ\\w+ inv\\w+r\\b|primary inv\\w+r\\b|(?:co-?|sub-?)?inv\\w{2,6}gators?\\b|drs?\\. \\w+',
  ),
  concept(
    'decision without reason',
    'Invalid_Reason',
    near(PI, 2, 'decision|decided|request\\w*|choice|discretion|terminat\\w*|pulled'),
    `(?:decision|discretion|request) (?:of|by) (?:the )?(?:${PI})`,
    'we (?:decided|did)|internal (?:decision|reasons?)|decided not to|decision not to|decision made',
  ),

  concept(
    'supply',
    'Logistics_Resources',
    `un-?availab\\w*|not (?:\\w+ )?(?:be )?(?:available|supplied|provided|obtain\\w*|procure\\w*)|no (?:longer )?(?:\\w+ )?(?:available|suppl\\w*|provid\\w*|produc\\w*|manufactur\\w*)|shortages?|suppl(?:y|ies|ied|ying|iers?)\\b|expir\\w*|out of stock|discontinu\\w* (?:\\w+ )?(?:production|manufactur\\w*)|manufactur\\w*|procure\\w*|provide\\b|back-?order\\w*|availability`,
  ),
  concept(
    'resources',
    'Logistics_Resources',
    're[cs]+ou?rces?\\b|man-?power|staffing|(?:lack of|insufficient|not enough|limited|no|inadequate|not sufficient) (?:\\w+ )?(?:staff|time|personnel|therapist)\\w*|(?:staff|personnel) (?:shortage|change|turnover|departure)\\w*|time constraints?',
  ),
  concept(
    'logistics',
    'Logistics_Resources',
    'logisti\\w*|technical\\w*|equipment|operational|practical|implement\\w*|execut\\w*|infrastructure|software|hardware|machine|laborator\\w*|lab\\b|laser|shipping|shipment|import(?:ed|ation)|storage|breakdown|broken|repair\\w*|failure',
  ),
  concept(
    'feasibility',
    'Logistics_Resources',
    'un-?feasib\\w*|in-?feasib\\w*|feasib\\w*|feasab\\w*',
  ),
  concept(
    'product',
    'Logistics_Resources',
    '(?:study |experimental |investigational )?(?:drugs?|devices?|medications?|medicines?|products?|reagents?|materials?|placebo|supplement|vaccine|kits?|imp)\\b',
  ),

  concept(
    'design',
    'Study_Design',
    're-?design\\w*|design\\w*|methodolog\\w*|power calculation|sample size calculation|entry criteria|under-?powered',
    near('problems?|errors?|flaws?', 3, 'study|protocol|conception'),
  ),
  concept(
    'protocol change',
    'Study_Design',
    'amend\\w*',
    near(
      'protocol',
      3,
      'chang\\w*|revis\\w*|modif\\w*|deviat\\w*|issues?|adherence|developed|replaced',
    ),
    near(
      'chang\\w+|revis\\w+|modif\\w+|alter\\w*|improv\\w+|optimi[sz]\\w+|re-?writ\\w*|new',
      4,
      'protocol|procedures?|intervention|endpoint|criteria|approach|methods?|technique|assay|device|sample size|study',
    ),
  ),
  concept(
    'practice changed',
    'Study_Design',
    'standards? (?:of )?(?:care|practice|treatment|procedure)|soc\\b|clinical practice',
    near(
      'chang\\w+',
      4,
      'practice|care|treatment|clinic|policy|landscape|approach\\w*|therapy|guidelines?',
    ),
    near(
      'practice|treatment|landscape|policy|care|approach\\w*|guidelines?',
      1,
      'chang\\w*|evolv\\w*|shift\\w*',
    ),
    'evol\\w+|obsolete|outdated|superfluous|less relevant|no longer (?:relevant|standard|used|consistent|meets|necessary|considered|allowed)|new(?:er)? (?:\\w+ ){0,3}(?:treatments?|therap\\w+|drugs?|agents)',
  ),
  concept(
    'market',
    'Study_Design',
    near('withdr\\w+|removed|removal|off|on|left', 3, 'market'),
    'market\\w*|commerciali[sz]\\w*|commercially|label\\b|no more sold|no longer sold',
  ),
  concept(
    'strategy',
    'Business_Administrative',
    'strateg\\w*|re-?priorit\\w*|priorit\\w*|focus\\w*|indication',
  ),

  concept(
    'another study',
    'Another_Study',
    `(?:an?other|other|similar|previous|prior|parallel|parent|core|recent|different|preceding|larger|related|sister|companion|pivotal|existing|lead-?in|main|extension|earlier|concurrent|on-?going|subsequent|unrelated|separate|alternative|same)${GAP}(?!the )(?:[\\w'-]+${GAP}){0,3}?(?:${STUDY})\\b`,
    'another (?:clinical )?trial|two large|phase (?:3|iii) (?:study|trial|studies)',
  ),
  concept('new study', 'Another_Study', near('new|newer|redesigned|follow-on|next', 3, STUDY)),
  concept(
    'registered study',
    'Another_Study',
    'nct ?\\d+',
    '(?:study|trial) [a-z]*[-.]?\\d[\\w.-]+|[a-z]{2,}\\d{2,}[a-z0-9-]*\\d|[a-z]+-[a-z]+-\\d',
  ),
  concept('competing study', 'Another_Study', 'competi\\w+'),
  concept(
    'merged or duplicate',
    'Another_Study',
    'duplicat\\w*|supersed\\w*|superced\\w*|merg\\w+|combined (?:with|into)|integrat\\w+ (?:in|into|with)|amalgamat\\w*|incorporat\\w*|replac\\w+ (?:by|with)|rolled (?:into|over)|lead-in',
  ),
  concept(
    'published elsewhere',
    'Another_Study',
    'literature|publication of|published',
    near(
      'results?|data|evidence|findings?|outcome|analys[ie]s',
      4,
      '(?:other|another|of|from|in) (?:the |a )?(?:[\\w-]+ ){0,2}(?:stud(?:y|ies)|trials?)\\b',
    ),
  ),
  concept('pilot or phase', 'Another_Study', 'pilot|phase (?:ii|2|iii|3)\\b'),

  concept(
    'funding',
    'Business_Administrative',
    '(?:non-?|un-?)?fund\\w*|financ\\w*|grants?\\b|grantor|budget\\w*|bugdet|money|costs?\\b|bankc?[kr]*upt\\w*|capital\\w*|econom\\w*|monetary|insolven\\w*',
  ),
  concept(
    'business',
    'Business_Administrative',
    'business|commercial (?:reasons?|decision)|corporate|company|companies|administrative\\w*|portfolio|acquisition|acquired|contract\\w*|agreement|out-?licens\\w*|legal|lawsuit|clinicaltrials\\.gov|vendor|organi[sz]ational',
  ),
  concept(
    'development stopped',
    'Business_Administrative',
    near(
      'development|program\\w*|asset|compound',
      4,
      'terminat\\w*|discontinu\\w*|stopp\\w*|halted|ended|cancel\\w*',
    ),
    near(
      'discontinu\\w*|stop|terminat\\w*|end|halt|suspend|not (?:to )?(?:further|pursue)',
      4,
      'development|program\\w*|compound',
    ),
  ),
  concept(
    'sponsor',
    'Business_Administrative',
    'sponsor\\w*|sopnsor|sponser\\w*|(?:astrazeneca|pfizer|novartis|gsk|glaxo\\w*|merck|roche|genentech|bms|lilly|bayer|sanofi|amgen|abbott|abbvie|janssen|medtronic|biogen|takeda|boehringer|celgene|gilead|baxter|allergan|teva|shire|ucb|astellas|eisai|otsuka|daiichi|servier|ipsen|novo)\\b',
  ),
  concept(
    'interest',
    'Business_Administrative',
    near('lack|loss|lost|no|not|no longer|no more', 3, 'interest\\w*'),
    'support\\b',
  ),

  concept(
    'never started',
    'Invalid_Reason',
    near(
      "never|not|\\w+n't|not yet",
      2,
      'start\\w*|open\\w*|initiat\\w*|activat\\w*|begun|began|conducted|reali[sz]ed|commence\\w*|launched|performed|done',
    ),
  ),
  concept(
    'bare status',
    'Invalid_Reason',
    `^\\W*(?:the |this |our )?(?:${STUDY}|enrollment|recruitment|program)?\\s*(?:has |have |is |was |been |being )*(?:now |prematurely |early |permanently |administratively )*(?:${STOPPED})(?: prematurely| early| permanently)?\\W*$`,
  ),
  concept(
    'status words',
    'Invalid_Reason',
    'will not resume|no longer being (?:examined|treated)|on hold|not (?:to )?(?:go|going|proceed\\w*|move\\w*)|recruitment (?:is |was |has been )?(?:complete\\w*|finished|closed|ended)|halted prematurely|completed',
  ),
];
