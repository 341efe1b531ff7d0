import { gatherSource, NOT_ASKED_FOR } from '../schema';
import { hasEnded, type Plan } from './plan';

/** Identify, then ask all sources at once, then one step after the other to the rendered report. */
export const moleculePlan: Plan = {
  runnable(all) {
    const identify = all.find((s) => s.key === 'identify');
    if (!identify) return [];
    if (!hasEnded(identify)) return identify.status === 'pending' ? [identify] : [];
    if (identify.status !== 'done') return [];
    const gathers = all.filter((s) => gatherSource(s.key));
    if (!gathers.every(hasEnded)) return gathers.filter((s) => s.status === 'pending');
    for (const key of ['score', 'synthesise', 'verify', 'render']) {
      const step = all.find((s) => s.key === key);
      if (!step) return [];
      if (step.status === 'done') continue;
      return step.status === 'pending' ? [step] : [];
    }
    return [];
  },

  end(all, { nameOnly }) {
    const own = all.filter((s) => !gatherSource(s.key));
    const failed = own.find((s) => s.status === 'failed');
    if (failed) return { status: 'failed', reason: 'STEP_FAILED', message: failed.reason };
    if (!own.every((s) => s.status === 'done')) return null;
    const lacking = all.filter(
      (s) =>
        gatherSource(s.key) &&
        s.reason !== NOT_ASKED_FOR &&
        s.outcome !== 'ok' &&
        s.outcome !== 'empty',
    );
    if (lacking.length > 0) {
      return {
        status: 'partial',
        reason: 'SOURCES_INCOMPLETE',
        message: `${lacking.length} of ${all.filter((s) => gatherSource(s.key)).length} sources were not fully searched.`,
      };
    }
    if (nameOnly) {
      return {
        status: 'partial',
        reason: 'NAME_ONLY',
        message: 'The name could not be tied to a compound, so sources were asked by name alone.',
      };
    }
    return { status: 'completed', reason: null, message: null };
  },

  task: () => 'run-step',
};
