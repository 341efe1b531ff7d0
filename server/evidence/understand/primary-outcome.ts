/** Reads whether a trial met its primary outcome from the statistics the registry posts. */
import { fold } from './text';

export const PRIMARY_VERDICTS = ['met', 'not-met', 'unclear', 'not-posted'] as const;
export type PrimaryVerdict = (typeof PRIMARY_VERDICTS)[number];
export type AnalysisVerdict = Exclude<PrimaryVerdict, 'not-posted'>;

/** Posted p-values are compared with the customary level; registries seldom state the planned one. */
const ALPHA = 0.05;

export interface Analysis {
  measure: string;
  groupTitles: readonly string[];
  pValue: string | null;
  parameter: string | null;
  estimate: string | null;
  ciLower: string | null;
  ciUpper: string | null;
  nonInferiority: string | null;
}

export interface PrimaryOutcome {
  verdict: PrimaryVerdict;
  /** A met verdict rests on non-inferiority only. */
  nonInferior: boolean;
}

/** `significant`, `not-significant`, or null where the text does not tell at the 5 % level. */
export function significanceOf(pValue: string | null): 'significant' | 'not-significant' | null {
  if (pValue === null) return null;
  const text = fold(pValue).replace(/[≤⩽]/g, '<=').replace(/[≥⩾]/g, '>=').replace(',', '.').trim();
  if (/^(?:p\s*[=:]?\s*)?(?:ns|n\.s\.?|not (?:statistically )?significant)$/.test(text)) {
    return 'not-significant';
  }
  const read = /^(?:p(?:[- ]?value)?\s*)?(<=|>=|<|>|=)?\s*(\d*\.?\d+(?:e-?\d+)?)$/.exec(text);
  if (!read) return null;
  const sign = read[1] ?? '=';
  const value = Number(read[2]);
  if (!Number.isFinite(value) || value > 1) return null;
  if (sign === '=') return value < ALPHA ? 'significant' : 'not-significant';
  if (sign.startsWith('<')) return value <= ALPHA ? 'significant' : null;
  return value >= ALPHA ? 'not-significant' : null;
}

/** The value at which an effect measure says "no difference"; null for anything else (rates, means). */
export function nullValueOf(parameter: string | null): 0 | 1 | null {
  const text = fold(parameter ?? '');
  if (
    /\b(?:ratio|hr|or|rr|irr|gmr)\b/.test(text) ||
    /\bhazard\b|\bodds\b|relative risk/.test(text)
  ) {
    return /log/.test(text) ? 0 : 1;
  }
  return /differen|reduction|net change|change from placebo|treatment effect/.test(text) ? 0 : null;
}

function numberOf(text: string | null): number | null {
  if (text === null || !/^\s*[-+]?\d/.test(text)) return null;
  const value = Number(text.replace(',', '.').trim());
  return Number.isFinite(value) ? value : null;
}

/** Safety, exposure and handling endpoints tell nothing about efficacy. */
const NOT_EFFICACY =
  /adverse|safety|tolerab|toxicit|pharmacokinetic|\bauc\b|area under the (?:plasma|serum|concentration)|\bcmax\b|\btmax\b|(?:plasma|serum|trough|drug) concentration|half-?life|clearance|bioequivalen|dose[- ]limiting|immunogenicity|feasib|adherence|compliance|recruitment/;
/** More of it is bad: an effect below the null value favours the treatment. */
const BAD_WHEN_HIGH =
  /surviv(?:al|ors?) .*\bhazard|death|mortality|died|progress(?:ion|ed|ing)|relapse|recurren|event|exacerbation|failure|infection|hospitali[sz]|stroke|infarction|thrombo|bleed|fracture|seizure|migraine|headache|pain|nausea|vomit|symptom|severity|disability|score on the (?:hamilton|madrs|panss)|madrs|panss|ham-?[ad]\b|\bpasi\b|\beasi\b|das ?28|updrs|adas-?cog|edss|hba1c|a1c|glucose|blood pressure|systolic|diastolic|\bldl|cholesterol|triglycerid|viral load|rna level|tumou?r (?:size|volume)|lesion|weight gain|need for|incidence|onset of|conversion|deterioration|worsening|pulmonary vascular resistance|\bpvr\b|clinical worsening/;
/** More of it is good. */
const GOOD_WHEN_HIGH =
  /respon[sd]|remission|cure|clearance of (?:infection|virus|lesion)|improve|success|recover|heal(?:ing|ed)|resolution|walk|\b6mwd?t?\b|\bfev|vital capacity|\bfvc\b|ejection fraction|bone mineral density|visual acuity|hemoglobin|haemoglobin|platelet count|virologic suppression|undetectable|abstinence|abstinent|pregnan|live birth|erectile function|\biief\b|seroconversion|seroprotect|quality of life|alive|survived/;
/** Time to something bad, compared by hazards: below 1 is longer. */
const TIME_TO_BAD =
  /surviv|time to (?:\w+ ){0,4}(?:progress|death|relapse|recurren|event|failure|worsening|exacerbation|first)/;

/** How the sign of an effect in this measure is to be read; null where that cannot be told. */
export function goodDirectionOf(
  measure: string,
  parameter: string | null,
): 'lower' | 'higher' | null {
  const text = fold(measure);
  const effect = fold(parameter ?? '');
  const isHazard = /hazard|\bhr\b/.test(effect);
  if (isHazard) {
    if (TIME_TO_BAD.test(text)) return 'lower';
    if (
      /time to (?:\w+ ){0,4}(?:respon|recover|remission|improve|heal|resol|clear|discharge)/.test(
        text,
      )
    ) {
      return 'higher';
    }
  }
  const bad = BAD_WHEN_HIGH.test(text) || (/surviv/.test(text) && isHazard);
  const good = GOOD_WHEN_HIGH.test(text) || (/surviv/.test(text) && !isHazard);
  if (bad === good) return null;
  return bad ? 'lower' : 'higher';
}

/**
 * One posted analysis. Conservative: a difference whose direction cannot be told is `unclear`; so is
 * anything that compares no two groups. Effects are read as treatment against control.
 */
export function analysisVerdict(analysis: Analysis): AnalysisVerdict {
  if (NOT_EFFICACY.test(fold(analysis.measure))) return 'unclear';
  if (analysis.groupTitles.length === 1) return 'unclear';
  const significance = significanceOf(analysis.pValue) ?? intervalSignificance(analysis);
  if (isNonInferiority(analysis.nonInferiority)) {
    // Without a p-value the margin would be needed, and the record does not state it in a field.
    const tested = significanceOf(analysis.pValue);
    return tested === 'significant' ? 'met' : tested === 'not-significant' ? 'not-met' : 'unclear';
  }
  if (/EQUIVALENCE/.test(analysis.nonInferiority ?? '')) return 'unclear';
  if (significance === null) return 'unclear';
  if (significance === 'not-significant') return 'not-met';
  const nullValue = nullValueOf(analysis.parameter);
  const estimate = numberOf(analysis.estimate);
  const good = goodDirectionOf(analysis.measure, analysis.parameter);
  if (nullValue === null || estimate === null || estimate === nullValue || good === null) {
    return 'unclear';
  }
  // Registries do not say which group stands on top. A favourable sign under the custom of treatment
  // against control is taken as met; an unfavourable one may be harm or a reciprocal, so it is not told.
  const side = estimate < nullValue ? 'lower' : 'higher';
  return side === good ? 'met' : 'unclear';
}

function intervalSignificance(analysis: Analysis): 'significant' | 'not-significant' | null {
  const nullValue = nullValueOf(analysis.parameter);
  const low = numberOf(analysis.ciLower);
  const high = numberOf(analysis.ciUpper);
  if (nullValue === null || low === null || high === null) return null;
  return nullValue > low && nullValue < high ? 'not-significant' : 'significant';
}

export function isNonInferiority(type: string | null): boolean {
  return /^NON_?INFERIORITY/.test(type ?? '') && !/EQUIVALENCE/.test(type ?? '');
}

/**
 * The trial as a whole. Of several analyses of a measure, and of several measures, all must agree:
 * `met` only if none says otherwise, `not-met` only if none says otherwise, else `unclear`. Where
 * analyses name the molecule in their groups, only those count.
 */
export function primaryOutcome(
  analyses: readonly Analysis[],
  hasResults: boolean | null,
  namesMolecule: (groupTitle: string) => boolean,
): PrimaryOutcome {
  if (analyses.length === 0) {
    return { verdict: hasResults === true ? 'unclear' : 'not-posted', nonInferior: false };
  }
  const naming = analyses.filter((analysis) => analysis.groupTitles.some(namesMolecule));
  const read = (naming.length > 0 ? naming : analyses)
    .filter((analysis) => !NOT_EFFICACY.test(fold(analysis.measure)))
    .map((analysis) => ({ analysis, verdict: analysisVerdict(analysis) }));
  const verdicts = new Set(read.map(({ verdict }) => verdict));
  const [only] = verdicts;
  if (verdicts.size !== 1 || only === undefined) return { verdict: 'unclear', nonInferior: false };
  return {
    verdict: only,
    nonInferior:
      only === 'met' && read.every(({ analysis }) => isNonInferiority(analysis.nonInferiority)),
  };
}
