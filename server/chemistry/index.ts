export { type Depiction, depict } from './depict';
export { inchiKeyOfInchi } from './inchi';
export { MAX_ATOMS, MAX_TEXT_LENGTH } from './limits';
export { rdkitVersion } from './rdkit';
export {
  type Component,
  type ParsedStructure,
  parseStructure,
  type Structure,
  type StructureProblem,
} from './structure';
