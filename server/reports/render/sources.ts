/** How asking the sources went, in words. A failure is never shown as "nothing found". */
import type { Outcome, SourceId } from '@/server/evidence/schema';
import { SOURCE_NAMES } from '../csl';
import type { Report } from '../schema';
import type { BlockDefinition } from './blocks';
import { instant, visible } from './text';
import type { Part, Run } from './view';

const OUTCOME_WORDS: Record<Outcome, string> = {
  ok: 'answered',
  empty: 'answered: nothing found',
  partial: 'answered in part',
  failed: 'failed',
  'not-searched': 'not searched',
};

export function hasGaps(report: Report): boolean {
  return report.sources.some(({ outcome }) => outcome !== 'ok' && outcome !== 'empty');
}

/** "4 answered, 1 empty, 1 failed, 1 not searched", each group named where it is not plain. */
export function sourceSummary(report: Report): Run[] {
  const named = (outcome: Outcome) =>
    report.sources.filter((source) => source.outcome === outcome).map(({ id }) => SOURCE_NAMES[id]);
  const group = (names: string[], words: string) =>
    names.length === 0 ? [] : [`${names.length} ${words} (${names.join(', ')})`];
  const groups = [
    ...group(named('ok'), 'answered'),
    ...group(named('empty'), 'answered with nothing found'),
    ...group(named('partial'), 'answered in part'),
    ...group(named('failed'), 'failed'),
    ...group(named('not-searched'), 'not searched'),
  ];
  return [groups.length > 0 ? `${groups.join('; ')}.` : 'No source was asked.'];
}

export const FAILURE_NOTE =
  'A failure is not “nothing found”: what a source holds that failed, answered in part or was not searched is unknown.';

/** The ledger: one row a source. */
export function sourceLedger(report: Report): Part[] {
  return [
    {
      kind: 'table',
      caption: 'Sources and what came of asking them',
      columns: [
        { title: 'Source', share: 18 },
        { title: 'Outcome', share: 16 },
        { title: 'Reason', share: 23 },
        { title: 'Requests', share: 10, numeric: true },
        { title: 'Records', share: 10, numeric: true },
        { title: 'Last retrieved', share: 23 },
      ],
      rowHead: 0,
      rows: report.sources.map((source) => ({
        cells: [
          { runs: [SOURCE_NAMES[source.id]] },
          { runs: [outcomeRun(source.outcome)] },
          { runs: [source.reason ? visible(source.reason) : '–'] },
          { runs: [String(source.requests)] },
          { runs: [String(source.records)] },
          { runs: [source.retrievedAt ? instant(source.retrievedAt) : '–'] },
        ],
      })),
    },
  ];
}

function outcomeRun(outcome: Outcome): Run {
  if (outcome === 'failed') return { text: OUTCOME_WORDS[outcome], badge: 'bad' };
  if (outcome === 'partial' || outcome === 'not-searched') {
    return { text: OUTCOME_WORDS[outcome], badge: 'caution' };
  }
  return OUTCOME_WORDS[outcome];
}

/** What a block must say of its sources: all that did not plainly answer, and what is not connected. */
export function blockSources(block: BlockDefinition, report: Report): Part[] {
  const gaps = block.sources.flatMap((id) => {
    const source = report.sources.find((row) => row.id === id);
    return source && source.outcome !== 'ok' ? [{ id, source }] : [];
  });
  const failures = gaps.filter(({ source }) => source.outcome !== 'empty');
  const parts: Part[] = [];
  if (failures.length > 0) {
    parts.push({
      kind: 'notice',
      tone: 'caution',
      title: 'This block is not complete',
      runs: [
        ...failures.map(({ id, source }) => `${gapSentence(id, source)} `),
        'A failure is not “nothing found”.',
      ],
    });
  }
  const empty = gaps.filter(({ source }) => source.outcome === 'empty');
  if (empty.length > 0) {
    const names = empty.map(({ id }) => SOURCE_NAMES[id]).join(', ');
    parts.push({ kind: 'text', isQuiet: true, runs: [`Asked, with nothing found: ${names}.`] });
  }
  if (block.unconnected.length > 0) {
    parts.push({
      kind: 'text',
      isQuiet: true,
      runs: block.unconnected.map((name) => `${name}: not searched: no connector yet. `),
    });
  }
  return parts;
}

function gapSentence(id: SourceId, { outcome, reason }: Report['sources'][number]): string {
  const why = reason ? ` (${visible(reason)})` : '';
  if (outcome === 'failed') return `${SOURCE_NAMES[id]} failed${why}: what it holds is unknown.`;
  if (outcome === 'partial') {
    return `${SOURCE_NAMES[id]} answered in part${why}: it may hold more.`;
  }
  return `${SOURCE_NAMES[id]} was not searched${why}.`;
}

/** Where a block has no statement: whether that is because nothing was found, or not known. */
export function silence(block: BlockDefinition, report: Report): Part {
  const asked = block.sources.flatMap(
    (id) => report.sources.find((source) => source.id === id) ?? [],
  );
  const answered = asked.filter(({ outcome }) => outcome === 'ok' || outcome === 'empty');
  const names = answered.map(({ id }) => SOURCE_NAMES[id]).join(', ');
  const text =
    block.sources.length === 0
      ? 'No statement.'
      : answered.length === 0
        ? 'Nothing can be said here: no source of this block answered.'
        : `No statement follows from what ${names} answered.`;
  return { kind: 'text', runs: [text] };
}
