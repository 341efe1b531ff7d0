import { hasEnded, type Plan } from './plan';

/**
 * One step after the other: fetch (of a paper known by its number), parse, index, correct. A paper can
 * be searched once it is indexed; that its details could not be corrected fails nothing.
 */
export const paperPlan: Plan = {
  runnable(all) {
    for (const step of all) {
      if (hasEnded(step)) {
        if (step.status === 'failed' && step.key !== 'correct') return [];
        continue;
      }
      return step.status === 'pending' ? [step] : [];
    }
    return [];
  },

  end(all) {
    const failed = all.find((s) => s.status === 'failed' && s.key !== 'correct');
    if (failed) return { status: 'failed', reason: 'STEP_FAILED', message: failed.reason };
    if (!all.every(hasEnded)) return null;
    const incomplete = all.find((s) => s.outcome === 'partial' && s.key !== 'correct');
    if (!incomplete) return { status: 'completed', reason: null, message: null };
    const reason = incomplete.key === 'fetch' ? 'RECORD_ONLY' : 'PAGES_UNREADABLE';
    return { status: 'partial', reason, message: incomplete.reason };
  },

  task: (key) => (key === 'parse' || key === 'index' ? 'read-paper' : 'run-step'),
};
