export { type AddFileInput, addFile } from './add-file';
export { addIdentifiers } from './add-identifiers';
export { openBatch } from './batches';
export {
  countOrphans,
  emptyBin,
  purgePapers,
  rememberedOrphans,
  removePapers,
  restorePapers,
} from './bin';
export { editPaper, tagPapers } from './edit';
export { exportPapers } from './export';
export { openPaperFile, removeUnneededFile } from './file';
export { pageTextHashes, paperPagesOf } from './pages';
export {
  getPaper,
  listPapers,
  type PaperList,
  type PaperSummary,
  type PaperView,
} from './queries';
export { givePassword, readAgain } from './read-again';
export { reindexOutdated } from './reindex';
export { libraryVersion, raiseLibraryVersion } from './version';
