import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/server/evidence/schema';
import { type CslItem, cslItems } from './csl';
import { csvCell, originOf, toBibtex, toCslJson, toEvidenceCsv, toRis } from './exports';
import type { Report } from './schema';
import { EVIDENCE } from './testing-world';

const HASH = 'a'.repeat(64);
const ORIGIN = { reportHash: HASH, appVersion: '0.1.0', dataCutoff: '2026-11-22' };
const ITEM: CslItem = {
  id: 'pubmed-1-abcdef00',
  type: 'article-journal',
  title: 'Cost & 50 % of {α}_β: $5 #1 ~ x^2 \\ "quoted"',
  author: [{ family: 'M\u00fcller', given: 'JA' }, { literal: 'The X & Y Group' }],
  issued: { 'date-parts': [[2020, 3]] },
  'container-title': 'J Test',
  DOI: '10.1000/a_b{c}',
  PMID: '1',
  URL: 'https://example.org/a%20b?x={1}',
  custom: { evidenceId: 'e', reportHash: HASH, appVersion: '0.1.0' },
};

describe('CSL-JSON', () => {
  const items = cslItems(EVIDENCE as Evidence[], ORIGIN);

  it('has one item per record, in order of id, each with a key of its own', () => {
    expect(items.map((item) => item.custom.evidenceId)).toEqual(
      EVIDENCE.map(({ id }) => id).sort(),
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    for (const { id } of items) expect(id).toMatch(/^[A-Za-z0-9-]+$/);
  });

  it('types records as what they are', () => {
    const typeOf = (externalId: string) => {
      const record = EVIDENCE.find((item) => item.externalId === externalId);
      return items.find((item) => item.custom.evidenceId === record?.id)?.type;
    };
    expect(typeOf('90000001')).toBe('article-journal');
    expect(typeOf('PAT:WO2099000001')).toBe('patent');
    expect(typeOf('NCT90000001')).toBe('dataset');
    expect(typeOf('set-1')).toBe('webpage');
  });
});

describe('BibTeX', () => {
  const text = toBibtex([ITEM], ORIGIN);

  it('begins with date, version and hash', () => {
    expect(text.split('\n')[0]).toBe(`% Phial 0.1.0, data of 2026-11-22, report SHA-256 ${HASH}`);
  });

  it('escapes what TeX would read', () => {
    expect(text).toContain(
      'title = {{Cost \\& 50 \\% of \\{α\\}\\_β: \\$5 \\#1 \\textasciitilde{} x\\textasciicircum{}2 \\textbackslash{} "quoted"}}',
    );
    expect(text).toContain('author = {Müller, JA and {The X \\& Y Group}}');
    expect(text).toContain('doi = {10.1000/a_b%7Bc%7D}');
    expect(text).toContain('url = {https://example.org/a\\%20b?x=%7B1%7D}');
  });

  it('balances its braces whatever the title', () => {
    for (const title of ['}', '{{{', '\\}', 'a } b { c', '@article{x, ']) {
      const entry = toBibtex([{ ...ITEM, title }], ORIGIN).replaceAll(/\\[{}]/g, '');
      expect(entry.split('{').length).toBe(entry.split('}').length);
    }
  });
});

describe('RIS', () => {
  it('is one tag a line, ended, with its origin noted', () => {
    const lines = toRis([ITEM, { ...ITEM, title: 'Two\nlines\rER  - ' }], ORIGIN).split('\r\n');
    expect(lines.filter((line) => line === 'TY  - JOUR')).toHaveLength(2);
    expect(lines.filter((line) => line === 'ER  - ')).toHaveLength(2);
    expect(lines).toContain('TI  - Two lines ER -');
    expect(lines).toContain('AU  - Müller, JA');
    expect(lines).toContain('DA  - 2020/03//');
    expect(lines.some((line) => line.startsWith('N1  - ') && line.includes(HASH))).toBe(true);
    for (const line of lines) expect(line).toMatch(/^(?:[A-Z][A-Z0-9] {2}- .*|)$/);
  });
});

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['\uff1dcmd', "'\uff1dcmd"],
    ['=1,2', '"\'=1,2"'],
    ['plain', 'plain'],
    ['a-b', 'a-b'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j safely', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('has a row per record and the hash in each', () => {
    const report = {
      reportHash: HASH,
      evidence: [{ id: 'e', kind: 'article', title: '=HYPERLINK("x")', level: null }],
    } as unknown as Report;
    const rows = toEvidenceCsv(report).split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^id,kind,source,externalId,title/);
    expect(rows[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(rows[1]?.endsWith(`,${HASH}`)).toBe(true);
  });
});

it('takes the day of the newest data as its date', () => {
  const report = {
    reportHash: HASH,
    versions: { app: '1' },
    sources: [{ retrievedAt: '2026-01-02T00:00:00Z' }, { retrievedAt: null }],
  } as unknown as Report;
  expect(originOf(report)).toEqual({
    reportHash: HASH,
    appVersion: '1',
    dataCutoff: '2026-01-02',
  });
  expect(toBibtex([], { ...originOf(report), dataCutoff: null })).toMatch(/demonstration data/);
  expect(toCslJson([])).toBe('[]\n');
});
