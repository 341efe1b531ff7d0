import { describe, expect, it } from 'vitest';
import { createBody } from '@/server/reports/places';
import { surroundingsOf } from './surroundings';

const snapshotSha256 = 'a'.repeat(64);

describe('surroundingsOf', () => {
  const xml = `<Article><Title>A trial</Title><Abstract><Text Label="R">It <i>did</i> not help &lt;all&gt;.</Text><Text>${'More words follow. '.repeat(40)}</Text></Abstract></Article>`;
  const quote = 'did</i> not help';
  const start = xml.indexOf(quote);
  const slice = {
    snapshotSha256,
    start,
    end: start + quote.length,
    quote,
    display: 'did not help',
  };

  it('reads markup around a quote as lines of text', () => {
    const seen = surroundingsOf(slice, createBody(xml));
    expect(seen).toMatchObject({ state: 'found', form: 'text', quote: 'did not help' });
    expect(seen.before).toBe('\nA trial\nIt ');
    expect(seen.after.startsWith(' <all>.\nMore words')).toBe(true);
    expect(seen.after.endsWith(' …')).toBe(true);
  });

  it('says that a quote is missing and marks nothing', () => {
    const moved = surroundingsOf(
      { ...slice, start: start + 1, end: slice.end + 1 },
      createBody(xml),
    );
    expect(moved).toMatchObject({ state: 'missing', before: '', after: '' });
    expect(moved.reason).toContain('not the quote');
    expect(surroundingsOf(slice, null).state).toBe('missing');
  });

  it('shows the neighbours of a value', () => {
    const body = createBody('{"study":{"phase":["PHASE2"],"status":"TERMINATED","why":"harm"}}');
    const seen = surroundingsOf(
      { snapshotSha256, pointer: '/study/status', value: 'TERMINATED' },
      body,
    );
    expect(seen).toMatchObject({
      state: 'found',
      form: 'record',
      before: 'phase: ["PHASE2"]\n',
      quote: 'status: TERMINATED',
      after: '\nwhy: "harm"',
    });
  });
});
