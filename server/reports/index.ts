/** Reports and bundles: composing, hashing, verifying, exporting. */
export { BundleUnreadable, bodyOf, readBundle, writeBundle } from './bundle';
export {
  type AnswerLine,
  type BundleHeader,
  type BundleIndex,
  type BundleLine,
  type CutLine,
  compareBundleLines,
  createBundleIndex,
  type FailureLine,
  isAnswer,
  isCut,
  isFailure,
  publicUrl,
  type RequestKey,
} from './bundle-lines';
export { evidenceId, reportHash } from './hash';
export { type Ask, type Phrased, phraseAll } from './phrase-claims';
export { checkPhrasing } from './phrasing';
export { decodeBody } from './places';
