/** The vocabulary by which a sentence's polarity is read. Patterns run over folded text. */

/** Stands for the molecule in the folded sentence. */
export const M = 'zzmol';

const GOOD =
  '(?:survival|pfs|dfs|efs|rfs|(?:clinical|objective|complete|partial|overall|virologic(?:al)?|treatment|therapeutic|hematologic|cytogenetic|molecular|antitumou?r|anti-tumou?r|durable|sustained|tumou?r|radiographic|metabolic|asas20|acr20) respon(?:se|ses|ders?)|responders|response rates?|remissions?|outcomes?|efficacy|effectiveness|quality of life|cures?|cure rates?|recovery|disease control|tumou?r control|viral clearance|clearance|exercise capacity|exercise tolerance|walk(?:ing)? distance|6mwd|functional capacity|(?:lung|pulmonary|cardiac|renal|kidney|liver|hepatic|endothelial|ventricular|physical|sexual|erectile|visual|bladder|neurological|joint|cognitive|motor|respiratory) function|cognition|healing|haemodynamics|hemodynamics|time to (?:progression|relapse|recurrence|clinical worsening)|disease-free interval|apoptosis|cell death|success rates?|symptom relief|visual acuity|erections?|erectile function|ejection fraction|sensitivity to chemotherapy|benefits?)';
const BAD =
  '(?:mortality|deaths?|risk of (?:\\w+ ){0,3}(?:death|progression|relapse|recurrence|mortality|stroke|infarction|events?|exacerbations?|hospitali[sz]ation)|(?:disease |tumou?r )?progression|relapses?|relapse rates?|recurrences?|recurrence rates?|tumou?r (?:growth|volumes?|size|burden|weight|proliferation|formation|load)|growth|proliferation|migration|invasion|metastas[ie]s|viability|colony formation|symptoms?|pain|severity|exacerbations?|viral loads?|viral replication|replication|parasit[ae]emia|bacterial load|blood pressure|pulmonary (?:vascular resistance|artery pressure|arterial pressure)|seizures?|seizure frequency|fibrosis|inflammation|disease activity|disease severity|lesions?|lesion (?:size|volume)|attacks?|attack frequency|hospitali[sz]ations?|infarct (?:size|volume)|plaques?|neurodegeneration|hyperglyc[ae]emia|hba1c|depressi(?:on|ve symptoms)|anxiety|fatigue|events?|disability|injury|damage)';
/** What a difference may be about without telling anything of efficacy. */
export const NOT_EFFICACY =
  /\b(?:adverse|side effects?|toxicit\w*|safety|tolerab\w*|pharmacokinetic\w*|baseline|characteristics|demographic\w*|\bage\b|\bsex\b|plasma (?:levels?|concentrations?)|expression (?:of|levels?)|polymorphism\w*|genotypes?|between (?:men and women|subgroups|males and females)|discontinuation|drop-?outs?)\b/;

/** A few words in between. Each word ends at its one blank: no text can make this search long. */
const NEAR = "(?:[\\w'-]+,? ){0,7}?";

export interface Rule {
  name: string;
  pattern: RegExp;
  /** Only against something inactive: no difference between two treatments speaks against neither. */
  againstNothing?: true;
}
const rule = (name: string, source: string): Rule => ({ name, pattern: new RegExp(source, 'g') });

/** A match speaks for the molecule unless a negation covers it, which makes it speak against. */
export const POSITIVE: readonly Rule[] = [
  rule(
    'improves an outcome',
    `\\b(?:improv(?:e|es|ed|ing)|prolong(?:s|ed|ing)?|extend(?:s|ed|ing)?|enhanc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|lengthen(?:s|ed)?|restor(?:e|es|ed|ing)|rescu(?:e|es|ed)|preserv(?:e|es|ed)|promot(?:e|es|ed)) ${NEAR}${GOOD}\\b`,
  ),
  rule(
    'lessens the disease',
    `\\b(?:reduc(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|inhibit(?:s|ed|ing)?|suppress(?:es|ed|ing)?|prevent(?:s|ed|ing)?|delay(?:s|ed|ing)?|slow(?:s|ed|ing)?|abrogat(?:e|es|ed)|block(?:s|ed)?|diminish(?:es|ed)?|reliev(?:e|es|ed|ing)|mitigat(?:e|es|ed)|revers(?:e|es|ed|ing)) ${NEAR}${BAD}\\b`,
  ),
  rule(
    'improves the disease',
    `\\b(?:ameliorat(?:e|es|ed|ing)|alleviat(?:e|es|ed|ing)|attenuat(?:e|es|ed|ing))\\s+(?!by\\b)\\w+|\\bprotect(?:s|ed) against\\b|\\b(?:improv(?:e|es|ed)|reliev(?:e|es|ed)) ${NEAR}(?:symptoms?|pain|severity|hyperglyc[ae]emia|disability|fatigue)\\b`,
  ),
  rule(
    'is effective',
    `\\b(?:is|was|are|were|be|been|being|as|remains?|appears?|proved?|proven|found|seems?)\\s+(?:(?:to be|not|an?|the|also|very|highly|more|most|both|clinically|as|safe|well[- ]tolerated|and|tolerable|potentially|particularly|equally|generally|significantly|feasible|novel|active),? )*(?:effective|efficacious|beneficial|superior)\\b(?!\\s+(?:in\\s+)?(?:than|only if|dose|concentration|at preventing adverse))`,
  ),
  rule(
    'an effective treatment',
    '\\b(?:effective|efficacious|valuable|viable|promising|valid|suitable) (?:and \\w+ |first-line |second-line |salvage |new |novel |alternative |oral |targeted |well[- ]tolerated )*(?:treatments?|therap(?:y|ies)|options?|agents?|drugs?|therapeutic (?:options?|agents?|strateg(?:y|ies)|candidates?)|strateg(?:y|ies)|alternatives?|regimens?|medications?)\\b',
  ),
  rule(
    'shows efficacy',
    `\\b(?:show(?:s|n|ed|ing)?|demonstrat(?:e|es|ed|ing)|has|have|had|exhibit(?:s|ed)?|display(?:s|ed)?|provid(?:e|es|ed)|confer(?:s|red)?|produc(?:e|es|ed)|yield(?:s|ed)?|achiev(?:e|es|ed)|offer(?:s|ed)?|result(?:s|ed) in|led to|leads to|induc(?:e|es|ed)|associated with|confirm(?:s|ed)?|support(?:s|ed)?)\\s+(?:(?:an?|the|its|clear|clinically|meaningful|significant|significantly|substantial|marked|promising|encouraging|durable|robust|potent|strong|favou?rable|high|superior|clinical|antitumou?r|anti-tumou?r|anticancer|antileuk[a]?emic|antiviral|antifibrotic|therapeutic|objective|good|excellent|considerable|statistically|relevant|sustained|greater|longer|better|improved|notable|overall|progression-free|single-agent|and|safety|of|rapid|remarkable),? )*(?:efficacy|activity|benefits?|superiority|survival benefit|survival advantage|improvements?|remissions?|effectiveness|antitumou?r effects?|therapeutic effects?|response rates?)\\b`,
  ),
  rule(
    'outcome better',
    `\\b${GOOD}\\b[^.;]{0,60}?\\b(?:was|were|is|are)\\s+(?:statistically |significantly |markedly |also |numerically )*(?:longer|higher|better|improved|prolonged|greater|superior|increased|enhanced)\\b`,
  ),
  rule(
    'disease less',
    `\\b${BAD}\\b[^.;]{0,60}?\\b(?:was|were|is|are)\\s+(?:statistically |significantly |markedly |also |effectively )*(?:lower|reduced|decreased|less|fewer|inhibited|suppressed|attenuated|slowed|delayed|smaller|alleviated)\\b`,
  ),
  rule(
    'beats or equals the standard',
    '\\bsuperior to\\b|\\bnon-?inferior(?:ity)?\\b|\\bnot inferior\\b|\\b(?:met|meeting|meets) (?:its|the|their|both) (?:co-?)?primary (?:efficacy )?(?:end ?points?|outcomes?|objectives?)\\b|\\bprimary (?:efficacy )?(?:end ?point|outcome|objective) was (?:met|reached|achieved)\\b',
  ),
  rule(
    'is recommended',
    '\\bshould be (?:considered|regarded|used|recommended|offered) (?:as |for )(?:an? |the )?(?:new |preferred )?(?:standard|first-line|front-?line|initial|treatment)|\\bsupports? the use of\\b',
  ),
];

export const NEGATIVE: readonly Rule[] = [
  rule(
    'no benefit',
    '\\bno (?:(?:statistically|significant|significantly|clear|apparent|meaningful|clinically|additional|clinical|evidence of|survival|overall|objective|added|demonstrable|therapeutic|beneficial|measurable|discernible|major|therapeutically|relevant|consistent|antitumou?r|proven|any|a|of|indication|single-agent)\\s+)*(?:improvements?|benefits?|advantages?|efficacy|(?:antitumou?r )?activity|superiority|responses?|effect was)\\b(?! (?:of|in) (?:adverse|toxicity))',
  ),
  {
    ...rule(
      'no difference',
      `\\b(?:no|not|nor|neither|without|did not|does not|were not|was not)\\s+(?:(?:any|a|an|statistically|significant|significantly|clear|apparent|meaningful|clinically|major|substantial|overall|relevant|found|observed|show|be|there)\\s+)*(?:differ(?:ences?|ent|ed)?)\\b[^.;]{0,80}?\\b(?:${GOOD.slice(3, -1)}|${BAD.slice(3, -1)}|primary (?:end ?point|outcome))\\b|\\b(?:${GOOD.slice(3, -1)}|${BAD.slice(3, -1)}|primary (?:end ?point|outcome))\\b[^.;,]{0,60}?\\b(?:did not|were not|was not|not)\\s+(?:statistically |significantly )*differ(?:ent)?\\b`,
    ),
    againstNothing: true,
  },
  rule(
    'no effect',
    `\\bno (?:[\\w-]+ ){0,3}?(?:effects?|impact|influence) (?:on|upon) ${NEAR}(?:${GOOD}|${BAD})\\b|\\b(?:has|have|had) no (?:\\w+ ){0,2}effects?\\s*[.]`,
  ),
  rule(
    'failed',
    '\\b(?:fail(?:s|ed|ing)?|unable) to (?:\\w+ly )?(?:improve|demonstrate|show|meet|achieve|prolong|reduce|reach|prevent|confer|provide|produce|extend|increase|inhibit|alter|affect|delay|decrease|suppress|establish|elicit|induce)\\b',
  ),
  rule(
    'ineffective',
    '\\b(?:ineffective|inefficacious|futile|inferior to|lacks? (?:\\w+ ){0,3}(?:efficacy|activity|benefit|effect)|lack(?:ed|ing|) (?:of )?(?:(?:any|clinical|antitumou?r|significant|clear|therapeutic|single-agent|demonstrable)\\s+)*(?:efficacy|activity|benefit|effect(?:iveness)?|response))\\b',
  ),
  rule(
    'primary endpoint missed',
    '\\b(?:did not|failed to|not) (?:meet|reach|achieve) (?:its|the|their|either|both|any)?\\s*(?:\\w+ ){0,2}primary (?:\\w+ )?(?:end ?points?|outcomes?|objectives?)\\b|\\bprimary (?:\\w+ )?(?:end ?points?|outcomes?|objectives?) (?:was|were) not (?:met|reached|achieved)\\b',
  ),
  rule(
    'outcome worse',
    `\\b(?:survival|pfs|response rates?|outcomes?|remission rates?|efficacy)\\b[^.;]{0,50}?\\b(?:was|were)\\s+(?:statistically |significantly |markedly |also )*(?:shorter|lower|worse|inferior|poorer|reduced|decreased)\\b|\\b(?:mortality|deaths?|relapses?|relapse rates?|disease progression|recurrences?)\\b[^.;]{0,50}?\\b(?:was|were)\\s+(?:statistically |significantly |markedly |also )*(?:higher|increased|greater|more (?:frequent|common))\\b|\\b(?:increas(?:e|es|ed)|worsen(?:s|ed)|shorten(?:s|ed)|accelerat(?:e|es|ed))\\s+(?:[\\w-]+ ){0,4}?(?:mortality|deaths?|disease progression|survival|outcomes?|symptoms|relapse|tumou?r growth)\\b|\\b(?:detrimental|harmful|deleterious)\\b`,
  ),
  rule(
    'not supported',
    '\\b(?:do(?:es)? not|did not|cannot|not) (?:\\w+ly )?(?:support|justify|warrant|recommend|favou?r) (?:the |its |further |routine |a )*(?:use|role|development|evaluation|study|investigation|treatment|adding|addition|hypothesis)|\\b(?:is|are|was|were|be|been) not (?:\\w+ )?(?:recommended|indicated|justified|warranted)\\b|\\bshould not be (?:used|recommended|given|considered|offered)\\b(?! (?:for more than|beyond|without|unless|until|together|concurrently|concomitantly|with|before|after))|\\bno (?:role|place|support|justification) (?:for|in)\\b',
  ),
  rule(
    'little efficacy',
    '\\b(?:limited|minimal|insufficient|negligible|disappointing|little|poor|low) (?:(?:or no|single-agent|clinical|antitumou?r|anti-tumou?r|therapeutic|objective|overall|additional|meaningful|if any|and \\w+),? )*(?:efficacy|activity|benefit|effect(?:iveness)?|responses?)\\b',
  ),
  rule(
    'stopped for futility',
    '\\b(?:stopped|terminated|halted|discontinued|closed|ended)\\b[^.;]{0,60}?\\b(?:for|because of|due to|owing to)\\s+(?:\\w+ ){0,2}(?:futility|lack of (?:efficacy|benefit)|inefficacy)\\b',
  ),
  rule(
    'like placebo',
    '\\b(?:similar|comparable|equivalent|no better|not better|no more effective)\\b[^.;,]{0,40}?\\b(?:to|with|than|as) (?:the )?(?:placebo|no treatment|untreated|sham)\\b',
  ),
];

/** Negations; those within the words before a match and its clause cover it. */
export const NEGATOR =
  /\b(?:not|no|neither|nor|never|without|cannot|can't|didn't|doesn't|wasn't|weren't|isn't|aren't|fail(?:s|ed|ing)? to|failure to|unable to|unlikely to|lack(?:s|ed|ing)? (?:of )?|little|hardly|rather than|insufficient(?:ly)?|inability to|no evidence (?:that|of|for|to)|none of)\b/g;
/** A clause ends here, and with it a negation's scope. */
export const CLAUSE_END =
  /[,;:]|\bbut\b|\bhowever\b|\balthough\b|\bwhereas\b|\bwhile\b|\byet\b|\bdespite\b|\bthough\b|\bwhich\b|(?<!evidence )\bthat\b(?! of)/g;
/** Turns with a negation word that deny nothing. */
export const HARMLESS_NEGATION =
  /\bnot only\b|\bnot just\b|\bnot inferior\b|\bno longer\b|\bnot yet reached\b|\bnot reached\b|\bwhether or not\b|\bno new safety\b/g;

/** Aims, methods, questions, what others found or what is to come. */
export const NOT_A_FINDING =
  /\b(?:whether|aim(?:s|ed)?|aims? to|(?:the|our|main|primary|study) objectives? (?:was|were|is|of)|purpose|hypothesi[sz]\w*|we (?:investigated|evaluated|assessed|examined|studied|compared|tested|sought|explored|analy[sz]ed|conducted|performed|reviewed|searched)|this (?:study|trial) (?:was designed|investigated|evaluates|evaluated|assessed|examined|compares|compared|aimed)|to (?:investigate|evaluate|assess|determine|examine|explore|test|compare|identify|establish|elucidate|clarify) (?:the|if|its|how|whether|potential|safety|efficacy)|(?:was|were) randomi[sz]ed (?:to|in)|randomly assigned|is being (?:investigated|evaluated|studied)|are (?:ongoing|underway|needed|warranted|required) to (?:determine|assess|evaluate|establish|confirm)|remains? (?:unknown|unclear|controversial|to be|uncertain|elusive)|(?:is|are) (?:unknown|unclear|controversial)|previous(?:ly)? (?:studies|reports|reported|shown)|inclusion criteria|eligible patients|tertiles?|quartiles?|quintiles?|(?:serum|plasma|circulating) (?:\w+ )?(?:levels?|concentrations?) (?:of|were|was)|primary end ?points? (?:was|is|were|of)(?! (?:met|reached|achieved|not)))\b|\?\s*$/;
/** "may improve": possible, not found. */
export const HEDGE =
  /\b(?:may|might|could|potential(?:ly)?|possibl[ey]|perhaps|promising|appears?|seems?|speculate|hypothes\w+|suggesting a|would|theoretically|candidates?)\b/;

/** The molecule as that with which another is compared, to which it is added, or after which it is given. */
export const COMPARATOR = new RegExp(
  `\\b(?:than|vs\\.?|versus|over|against|compared (?:with|to)|relative to|(?:in )?(?:comparison|contrast) (?:with|to)|superior to|inferior to|non-?inferior(?:ity)? to|similar to|equivalent to|comparable (?:to|with)|instead of|unlike|respond(?:ed|ing)? to)(?: [^ ,;]+){0,5}?\\s+\\(?${M}\\b`,
);
export const BESIDE = new RegExp(
  [
    // added to, combined with, in the presence of it
    `\\b(?:added|adding [\\w -]{1,40}|addition of [\\w -]{1,40}|combined [\\w -]{1,40}) (?:on )?to (?:the )?${M}`,
    `\\b(?:combined|combination|coupled|together) with (?:[^ ,;]+ ){0,5}?${M}`,
    `\\bin the (?:presence|absence) of (?:\\w+ )?${M}`,
    // resistance, sensitivity, reaction to it
    `\\b(?:resistan(?:t|ce)|refractory|sensitiv(?:e|ity)|intoleran(?:t|ce)|exposed|exposure|tolerance|insensitiv\\w+|response|hypersensitivity|allerg\\w+|sensiti[sz](?:e|es|ed|ing|ation)(?: [\\w-]+){0,5}) (?:of [\\w -]{1,30})?(?:to|for|of) (?:the )?${M}`,
    `\\b(?:overcom\\w+|circumvent\\w+|mechanisms? of)(?: [\\w-]+){0,3} (?:resistance to )?${M}`,
    // an earlier or ended treatment, or too little of it
    `\\b(?:after|following|on|despite|prior|previous(?:ly)?(?: treated with| received)?|failure of|failed|progress(?:ed|ion|ing) (?:on|after|during)|pre-?treated with|withdrawal of|discontinuation of|stopping|discontinuing|without|duration of|interruption of|cessation of|lower doses? of|(?:shorter|reduced|low-dose)(?: course of)?)(?: [\\w-]+){0,2} ${M}\\b(?! (?:treatment|therapy|administration)\\b)`,
    // what it causes, or a model made with it
    `\\b${M}(?:[ -](?:sodium|sulfate|sulphate|chloride|acetate|hydrochloride|phosphate|injection|treatment|administration)){0,2}[ -]induced`,
    `\\b${M}[ -](?:resistan(?:t|ce)|refractory|na[i]?ve|pre-?treated|sensitive|sensitivity|related|associated|failure|intolerant|intolerance|derivatives?|analog(?:ue)?s?|metabolites?|conjugates?|loaded|eluting|exposed|exposure|poisoning|toxicity|challenge|injury|(?:\\w+ )?models?)`,
    `\\b(?:elicited|induced|caused|mediated|triggered|evoked|provided|afforded) by ${M}`,
    `\\b(?:derivatives?|analog(?:ue)?s?|metabolites?|levels?|concentrations?|overdose|misuse) of ${M}`,
  ]
    .map((source) => `(?:${source})\\b`)
    .join('|'),
  'g',
);
/** A statement on efficacy that does not name its treatment means the article's own one. */
export const IMPLICIT =
  /\b(?:treatments?|therapy|monotherapy|the combination|this combination|regimen|(?:the|this) (?:study )?(?:drug|agent|compound)|primary (?:efficacy )?(?:end ?point|outcome))\b/;
/** What counts as nothing to compare with. */
export const INACTIVE_CONTROL =
  /\b(?:placebo|controls?|control (?:group|arm)|untreated|no (?:treatment|prophylaxis|therapy)|vehicle|sham|usual care|standard care|supportive care|observation|alone)\b/;
