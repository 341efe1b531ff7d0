/** Approved uses: what ChEMBL or a drug label states for that very disease. */
import { type DiseasePhrase, diseaseMentions } from './disease-names';
import { recordedPhase } from './phase';
import { sentences } from './sentences';
import { fold } from './text';

/** ChEMBL `max_phase_for_ind`: 4 is approved. */
export function isApprovedPhase(maxPhase: number | string | null): boolean {
  return recordedPhase(maxPhase) === 'approved';
}

/** Sentences of a label's indications that grant nothing. */
const GRANTS_NOTHING =
  /\bnot (?:been )?(?:indicated|recommended|established|approved|for use|intended)\b|\blimitations? of use\b|\bnot be used\b|\bcontraindicated\b|\bhas not been\b|\bhave not been\b/;
/** The disease stands there as the setting of another: "anemia in patients with chronic kidney disease". */
const SETTING =
  /\b(?:due to|caused by|secondary to|associated with|resulting from|complicated by|complicating|history of|after|following|without|other than|not|except|excluding|concomitant|coexisting)\s+(?:[\w-]+\s+){0,3}$/;
const SETTING_OF_PATIENTS =
  /\b(?:treatment|management|prevention|prophylaxis|relief|reduction|control|treat|manage|prevent|reduce|improve|maintain)\s+(?:of|the risk of|for)?\s*(?!(?:adults?|adult|pediatric|children|patients?|certain|the|a|an|women|men|people|individuals|infants|adolescents)\b)(?:[\w-]+\s+){1,6}in\s+(?:[\w-]+\s+){0,4}(?:with|having|who have)\s+(?:[\w-]+\s+){0,3}$/;

export interface LabelPlace {
  start: number;
  end: number;
}

/**
 * The sentence of a label's indications text that names the disease as what the drug is for; null
 * where none does. Names of the disease's ancestors or descendants do not count.
 */
export function approvingSentence(
  indications: string,
  disease: readonly DiseasePhrase[],
): LabelPlace | null {
  for (const { start, end } of sentences(indications)) {
    const said = indications.slice(start, end);
    if (GRANTS_NOTHING.test(fold(said))) continue;
    for (const mention of diseaseMentions(said, disease, true)) {
      const before = fold(said.slice(0, mention.start));
      if (!SETTING.test(before) && !SETTING_OF_PATIENTS.test(before)) return { start, end };
    }
  }
  return null;
}
