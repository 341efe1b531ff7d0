/** Sentences about which compound the report is about. */
import type { Templates } from './template';

const section = 'identity';
const described =
  ' describes {name}[[ as {type}]][[, InChIKey {inchiKey}]][[, formula {formula}]][[, mass {massDa} Da]].';

export const IDENTITY: Templates = {
  'compound.pubchem@1': { section, pattern: `PubChem${described}` },
  'compound.chembl@1': { section, pattern: `ChEMBL${described}` },
  'compound.opentargets@1': { section, pattern: `Open Targets${described}` },
  'compound.synonyms@1': { section, pattern: 'Other names of {name}: {synonyms}.' },
  'compound.development@1': {
    section,
    pattern:
      'The furthest stage of development recorded for {name} is {maxPhase}[[; first approved in {firstApproval}]].',
  },
};
