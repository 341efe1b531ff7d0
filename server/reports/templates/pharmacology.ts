/** Sentences about mechanism, targets and potency. */
import type { Templates } from './template';

const section = 'mechanism';

export const PHARMACOLOGY: Templates = {
  'mechanism.recorded@1': {
    section,
    pattern:
      'Recorded mechanism: {mechanism}[[ (action: {action})]][[; target {target}]][[, {organism}]].',
  },
  'target.recorded@1': {
    section,
    pattern: '{symbol}[[ ({name})]] is recorded as a target of the molecule.',
  },
  'potency.measured@1': {
    section,
    pattern:
      'Measured at {target}[[ ({organism})]]: {type}[[ {relation}]] {value}[[ {units}]][[, pChEMBL {pchembl}]].',
  },
  'mechanism.none@1': {
    section,
    pattern: 'ChEMBL answered that it records no mechanism of {name} (total: {total}).',
    absenceIn: 'chembl',
  },
};
