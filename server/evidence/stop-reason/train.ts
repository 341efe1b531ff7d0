/**
 * Writes weights.json anew. Run after a change to the vocabulary, the denials or the reading, and raise
 * STOP_REASON_VERSION:
 *
 *   node --import tsx server/evidence/stop-reason/train.ts reasons.tsv
 *
 * `reasons.tsv` holds `nct_id`, `stop_reason`, `class` with a header line. The weights in the tree come
 * from texts of ClinicalTrials.gov (public domain) with the labels of opentargets/stopReasons
 * (data/stopped_predictions_27.11.tsv, Apache-2.0), read on 2026-11-22: 2,600 distinct texts, at most
 * 220 a class. Those labels are another model's predictions, not judgements. What the method makes of
 * texts it was not estimated from is measured in stop-reason.test.ts, from one half to the other. The
 * vocabulary itself was written with texts of both halves in view.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { stopClass } from './classes';
import { estimate } from './estimate';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the labelled texts: train.ts reasons.tsv');
const lines = readFileSync(file, 'utf8')
  .split('\n')
  .slice(1)
  .filter(Boolean)
  .map((line) => line.split('\t'))
  .map(([, text, label]) => ({ text: text!, label: stopClass(label!) }));
const json = JSON.stringify(estimate(lines), null, 2);
writeFileSync(new URL('weights.json', import.meta.url), `${json}\n`);
process.stdout.write(`${lines.length} texts, ${json.length} bytes\n`);
