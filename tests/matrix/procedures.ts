/** What each procedure is asked with. A new one needs its line here. */
import type { Things } from './things';

export interface Ask {
  /** What it is called with to reach the owner's things. */
  input?: (things: Things) => unknown;
  /** It names a thing of a workspace: a stranger's is not found. */
  names?: true;
  /** What it names is not among the owner's things either, so that its own people do not find it. */
  bare?: true;
  /** It takes a choice of things and passes over what is not there, as over a stranger's. */
  chooses?: true;
}

const job: Ask = { input: ({ jobId }) => ({ jobId }), names: true };
const paper: Ask = { input: ({ paperId }) => ({ paperId }), names: true };
const papers: Ask = { input: ({ paperId }) => ({ paperIds: [paperId] }), chooses: true };
const answer: Ask = { input: ({ answerId }) => ({ answerId }), names: true };
const conversation: Ask = { input: ({ conversationId }) => ({ conversationId }), names: true };
const record: Ask = {
  input: ({ jobId, evidenceId }) => ({ jobId, evidenceId }),
  names: true,
};
const key: Ask = { input: ({ keyId }) => ({ keyId }), names: true };
const own: Ask = {};
const text = (value: Record<string, unknown>): Ask => ({ input: () => value });

export const PROCEDURES: Record<string, Ask> = {
  'asking.answer': answer,
  'asking.ask': {
    input: ({ conversationId }) => ({ conversationId, text: 'Why?' }),
    names: true,
  },
  'asking.askAgain': answer,
  'asking.conversation': conversation,
  'asking.list': own,
  'asking.locate': { ...paper, input: ({ paperId }) => ({ paperId, marks: [] }) },
  'asking.stop': answer,
  'asking.watch': conversation,
  'audit.list': text({}),
  'cache.forget': text({}),
  'cache.statistics': own,
  'evidence.assessment': job,
  'evidence.get': record,
  'evidence.list': job,
  'evidence.page': job,
  'evidence.rows': job,
  'feedback.decide': {
    input: ({ flagId }) => ({ flagId, status: 'accepted' }),
    names: true,
  },
  'feedback.flag': {
    input: ({ jobId, evidenceId }) => ({ jobId, evidenceId, reason: 'wrong' }),
    names: true,
  },
  'feedback.flags': own,
  'feedback.ofJob': job,
  'feedback.shown': {
    input: ({ jobId, evidenceId }) => ({
      jobId,
      version: 0,
      shown: [evidenceId],
      pairAt: null,
    }),
    names: true,
  },
  'feedback.stats': own,
  'feedback.vote': {
    input: ({ jobId, evidenceId }) => ({ jobId, evidenceId, value: 1 }),
    names: true,
  },
  // Only one's own flag can be taken back.
  'feedback.withdrawFlag': { input: ({ flagId }) => ({ flagId }), names: true, bare: true },
  'jobs.active': own,
  'jobs.cancel': job,
  'jobs.choose': { ...job, input: ({ jobId }) => ({ jobId, inchiKey: 'A'.repeat(27) }) },
  'jobs.counts': own,
  'jobs.finish': job,
  'jobs.get': job,
  'jobs.list': own,
  'jobs.log': job,
  'jobs.retry': job,
  'jobs.submit': text({ text: 'aspirin' }),
  'jobs.watch': { input: ({ jobId }) => ({ jobs: [{ id: jobId, after: 0 }] }), names: true },
  'keys.create': text({ name: 'one', scopes: ['read'] }),
  'keys.list': own,
  'keys.revoke': key,
  'molecules.list': own,
  'molecules.preview': text({ text: 'CCO' }),
  'papers.addIdentifiers': text({ text: '10.1000/matrix.procedure' }),
  'papers.edit': { ...paper, input: ({ paperId }) => ({ paperId, edit: { title: 'Another' } }) },
  'papers.emptyBin': own,
  'papers.get': paper,
  'papers.givePassword': { ...paper, input: ({ paperId }) => ({ paperId, password: 'x' }) },
  'papers.list': own,
  'papers.openBatch': text({ slots: 1 }),
  'papers.pages': { ...paper, input: ({ paperId }) => ({ paperId, from: 1, to: 1 }) },
  'papers.purge': papers,
  'papers.readAgain': { ...papers, chooses: undefined, names: true },
  'papers.remove': papers,
  'papers.restore': papers,
  'papers.tag': { ...papers, input: ({ paperId }) => ({ paperIds: [paperId], add: ['x'] }) },
  'reports.citation': {
    input: ({ jobId }) => ({ jobId, claim: 'x', place: '1' }),
    names: true,
    bare: true,
  },
  'search.passages': text({ query: 'anything', limit: 5 }),
  // Its passage was never indexed.
  'search.similar': { input: ({ chunkId }) => ({ chunkId }), names: true, bare: true },
  'sources.health': own,
  'workers.alive': own,
  'workspaces.current': own,
  'workspaces.list': own,
  'workspaces.members': own,
};
