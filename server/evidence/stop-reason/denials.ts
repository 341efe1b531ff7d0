/**
 * Statements that something was NOT the reason: "not due to safety concerns", "no new safety signals".
 * Registries add them to reassure; read word by word they would say the opposite of what they say.
 * Patterns run over lower-cased text. "Did not show efficacy" is no denial: there the failure is the reason.
 */

const HARM = String.raw`safety|toxicit\w*|adverse|side[- ]?effects?|saes?|aes|unsafe|tolerability|harms?`;
const SHORTFALL = String.raw`(?:lack|absence|loss) of (?:\w+ )?(?:efficacy|benefit|effect|effectiveness|activity|response)|(?:poor|insufficient|low|inadequate) (?:efficacy|response|safety|tolerability)`;
const DENIABLE = `(?:${HARM}|${SHORTFALL}|efficacy|effectiveness|futility|risks?)\\b`;

const QUALIFIER = `(?:a|an|any|the|other|all|new|known|major|serious|significant|relevant|unexpected|unanticipated|apparent|potential|specific|particular|further|additional|severe|important|clinical|clinically|drug|product|device|study|patients?'?s?|subjects?'?s?|participants?'?s?|treatment|related|drug-related|treatment-related|emerging|evidence|indication|signs?|signals?|questions?|doubts?|reports?|cases?|observed|identified|noted|of|about|regarding|with|over|or|and|nor|either|issues?|concerns?|problems?|findings?|reasons?)`;
const QUALIFIERS = `(?:${QUALIFIER}[ ,/-]+)*?`;

/** What may follow the first denied noun: "… or efficacy", "… , tolerability or efficacy concerns". */
const NOUNS = `(?:${HARM}|efficacy|effectiveness|futility|risks?|benefits?)`;
const CLOSER = `(?:[ -](?:events?|reactions?|concerns?|issues?|reasons?|signals?|findings?|problems?|related|data|profile|considerations?|grounds?|observations?|matters?|results?|aspects?|effects?|decision))`;
const MODIFIER = String.raw`(?:any|other|of|the|study|drug|patient|product|serious|related|clinical|new)\s+`;
const COORDINATED = [
  String.raw`(?:(?:\s*[,/&]\s*|,?\s+)(?:(?:and|or|nor|and/or)\s+)?(?:${MODIFIER})*${NOUNS}\b)*`,
  `${CLOSER}*`,
  String.raw`(?:,?\s+(?:or|nor)\s+(?:${MODIFIER})*(?:${SHORTFALL}|${NOUNS})\b${CLOSER}*)*`,
].join('');

const CAUSE = String.raw`(?:due|related|linked|because|based|owing|attribut\w*|prompted|driven|result|results?|consequence|response|associated|caused|motivated|triggered|connected|involve\w*|for|to|from|of|by|on|in|with|as|a|about)`;

const SOURCES = [
  // "not due to safety", "is not the consequence of any safety concern", "not for lack of efficacy"
  String.raw`\b(?:not|nor|neither|never|isn't|wasn't|rather than|instead of|in no way|no (?:relation|link|relationship|connection))\s+(?:\w+ly |at all |been |made |taken |being |the |stopped |terminated |halted |discontinued |closed |withdrawn |suspended |ended |cancell?ed |early )*(?:${CAUSE}\s+)+${QUALIFIERS}${DENIABLE}${COORDINATED}`,
  // "unrelated to safety or efficacy", "for reasons other than lack of efficacy", "nothing to do with safety"
  String.raw`\b(?:un-?related\s+(?:to|with)|other than|apart from|independent(?:ly)? of|irrespective of|nothing to do with)\s+${QUALIFIERS}${DENIABLE}${COORDINATED}`,
  // "not safety issues", "not a safety decision", "not efficacy concerns"
  String.raw`\bnot\s+${QUALIFIERS}(?:(?:${HARM})\b|efficacy (?:concern|issue|reason|or safety))${COORDINATED}`,
  // "no safety issues", "without new safety signals", "no efficacy or safety concerns"
  String.raw`\b(?:no|without|free of|absence of|nor|zero)\s+(?:efficacy (?:or|and|nor) )?${QUALIFIERS}(?:${HARM})\b${COORDINATED}`,
  String.raw`\b(?:no|without)\s+(?:\w+ )?(?:issues?|concerns?|problems?|questions?)\s+(?:\w+ )?(?:efficacy|${HARM})\b${COORDINATED}`,
  String.raw`\b(?:no|without)\s+(?:\w+ )?efficacy (?:or \w+ )?(?:issues?|concerns?|problems?|reasons?)\b`,
  String.raw`\b(?:no|without) (?:\w+ )?(?:deaths?|complications?)(?:(?: \w+){0,2} (?:occurred|reported|observed|noted))?\b`,
  // "neither safety nor efficacy", unless it goes on "was shown"
  String.raw`\bneither\s+(?:safety|efficacy|tolerability)\s+nor\s+(?:safety|efficacy|tolerability)\b(?! (?:was|were|is|are|could|has|have|can))${CLOSER}*`,
  // "non-safety related", "safety was not a concern", "adverse events did not play a role"
  String.raw`\bnon[- ]?safety\b(?:[ -](?:related|device|issues?|reasons?))*`,
  String.raw`\b(?:safety|toxicity|adverse events?|side effects?|efficacy)(?: (?!due|because|efficacy)\w+){0,3} (?:is|was|were|are|did|has|have|had|do|does)(?: not|n't)(?: \w+){0,2} (?:concern|issue|reason|factor|role|problem|cause|raised|identified|observed|noted|reported|involved|at risk|affected|compromised)\b\w*`,
];

export const DENIALS: readonly RegExp[] = SOURCES.map((source) => new RegExp(source, 'g'));
