export { type Depiction, depict } from './depict';
export { inchiKeyOfInchi } from './inchi';
export { rdkitVersion } from './rdkit';
export { MAX_ATOMS, MAX_TEXT_LENGTH } from './schema';
export {
  type Component,
  type ParsedStructure,
  parseStructure,
  type Structure,
  type StructureProblem,
} from './structure';
