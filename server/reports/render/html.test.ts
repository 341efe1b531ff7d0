import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Report } from '../schema';
import { renderHtml } from './html';
import { SAMPLE_SVG, sampleReport } from './sample';
import { emptyReport, hostileReport } from './sample-edge';

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

function elements(html: string): Element[] {
  const found: Element[] = [];
  const visit = (nodes: readonly Node[]) => {
    for (const node of nodes) {
      if (!('attribs' in node)) continue;
      found.push(node);
      visit(node.children as Node[]);
    }
  };
  visit(parseDocument(html).children);
  return found;
}

function text(html: string): string {
  const read = (nodes: readonly Node[]): string =>
    nodes
      .map((node) =>
        'data' in node
          ? node.data
          : 'children' in node && node.type !== 'style'
            ? read(node.children as Node[])
            : '',
      )
      .join('');
  return read(parseDocument(html).children);
}

const extra = { depictionSvg: SAMPLE_SVG };
const report = sampleReport();
const html = renderHtml(report, extra);

describe('a report as HTML', () => {
  it('shows the twelve blocks in order, each in the contents', () => {
    const all = elements(html);
    const titles = all.filter(({ name }) => name === 'h2').map(({ attribs }) => attribs.id);
    const blocks = titles.filter((id) => id !== 'contents');
    expect(blocks).toEqual(
      'decision identity candidates clinical mechanism safety literature patents market gaps score provenance'
        .split(' ')
        .map((id) => `block-${id}`)
        .concat('evidence'),
    );
    const links = all.flatMap(({ attribs }) => attribs.href ?? []);
    for (const id of blocks) expect(links).toContain(`#${id}`);
  });

  it('says what is missing where only a name is known', () => {
    const biologic = { ...report, subject: { ...report.subject, canonicalSmiles: null } };
    expect(text(renderHtml(biologic, extra))).toContain('records are found by name alone');
    expect(text(html)).not.toContain('records are found by name alone');
  });

  it('is one file without scripts, handlers or anything to load', () => {
    for (const { name, attribs } of elements(html)) {
      expect(['script', 'iframe', 'object', 'embed', 'link', 'base', 'form']).not.toContain(name);
      expect(Object.keys(attribs).filter((key) => key.startsWith('on'))).toEqual([]);
      if (attribs.src) expect(attribs.src).toMatch(/^data:/);
      if (attribs.href) expect(attribs.href).toMatch(/^(#|https:)/);
    }
    expect(html.match(/@import|url\((?!data:|#)/)?.[0]).toBeUndefined();
  });

  it('has each id once and no link to nowhere', () => {
    const all = elements(html);
    const ids = all.flatMap(({ attribs }) => attribs.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all.flatMap(({ attribs }) => attribs.href?.match(/^#(.*)/)?.[1] ?? []);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('states hash, version and date in head and page', () => {
    const metas = elements(html).filter(({ name }) => name === 'meta');
    const named = (name: string) => metas.find(({ attribs }) => attribs.name === name);
    expect(named('phial-report-hash')?.attribs.content).toBe(report.reportHash);
    expect(named('phial-report-date')?.attribs.content).toBe(report.job.finishedAt);
    expect(named('generator')?.attribs.content).toBe('Phial 0.1.0');
    expect(text(html)).toContain('22 Nov 2026, 14:05:09 UTC');
    expect(text(html).split(report.reportHash).length).toBeGreaterThan(2);
  });

  it('shows every statement, quote, value and snapshot that is cited', () => {
    const shown = text(html);
    for (const claim of report.claims) {
      expect(shown).toContain(claim.phrased?.text ?? claim.text);
      for (const citation of claim.citations) {
        expect(html).toContain(`title="${citation.snapshotSha256}"`);
        expect(shown).toContain('quote' in citation ? citation.quote : citation.pointer);
      }
    }
  });

  it('lists trials that ended early before the others', () => {
    const shown = text(html);
    expect(shown.lastIndexOf('ended before its plan')).toBeLessThan(
      shown.indexOf(', completed, started'),
    );
  });

  it('marks what rests on composed responses, and only that', () => {
    const byId = new Map(report.evidence.map((each) => [each.id, each]));
    const items = html.split(/<li id="claim-/).slice(1);
    expect(items).toHaveLength(report.claims.length);
    report.claims.forEach((claim, index) => {
      const isDemo = claim.citations.some(
        ({ evidenceId }) => byId.get(evidenceId)?.retrievedAt === null,
      );
      expect(items[index]?.split('</li>')[0]?.includes('>Demo</span>')).toBe(isDemo);
    });
  });

  it('says in red that a cited item is retracted', () => {
    expect(text(html)).toContain('This report cites 1 retracted item');
    const retracted = report.claims.find(({ template }) =>
      template.startsWith('article.retracted'),
    );
    const item = html.slice(html.indexOf(`claim-${retracted?.id.replaceAll('-', '-2d')}`));
    expect(item.slice(0, 300)).toContain('class="alarm"');
    expect(text(renderHtml(emptyReport(), extra))).not.toContain('retracted');
  });

  it('says what failed, what was cut short and what has no connector', () => {
    const shown = text(html);
    expect(shown).toContain(
      'Open Targets failed (it answered 503 three times): what it holds is unknown.',
    );
    expect(shown).toContain('A failure is not “nothing found”');
    expect(shown).toContain('openFDA answered in part (the budget of requests was used up)');
    expect(shown).toContain('Orange Book (listings and expiries): not searched: no connector yet.');
    expect(shown).toContain('Medicare Part D (spending): not searched: no connector yet.');
  });

  it('draws support and opposition apart and says them in words', () => {
    const figures = elements(html).filter(({ attribs }) => attribs.role === 'img');
    const labels = figures.map(({ attribs }) => attribs['aria-label']);
    expect(labels).toContain(
      'Against 0.20 to 0.25, support 0.42 to 0.72, each on a scale to 0.95.',
    );
    expect(labels).toContain('Interval 0.17 to 0.52 on a scale from −0.95 to 0.95.');
    expect(labels.every((label) => label && label.length > 0)).toBe(true);
  });

  it('explains the score: every term, what is unknown, what would flip it', () => {
    const shown = text(html.slice(html.indexOf('id="block-score"')));
    expect(shown).toContain('unknown');
    expect(shown).toContain('a further phase 3 trial met its primary outcome');
    expect(shown).toContain('Whether the primary outcome of two completed trials was met.');
  });

  it('keeps sections that it does not know, at the end', () => {
    const claims = report.claims.map((claim, index) =>
      index === 0 ? { ...claim, section: 'weather' } : claim,
    );
    const shown = renderHtml({ ...report, claims }, extra);
    expect(shown.indexOf('Other statements: weather')).toBeGreaterThan(0);
    expect(shown.lastIndexOf('Other statements: weather')).toBeGreaterThan(
      shown.indexOf('id="block-provenance"'),
    );
    expect(text(shown)).toContain(report.claims[0]?.text);
  });

  it('shows a phrasing with the sentence that it phrases', () => {
    const shown = text(html);
    expect(shown).toContain('Of the completed trials, two have posted no results.');
    expect(shown).toContain('composed: Two completed trials have posted no results.');
  });

  it('gives the same bytes for the same report', () => {
    expect(renderHtml(structuredClone(report), extra)).toBe(html);
  });

  it('stays small beside its data', () => {
    const bare = Buffer.byteLength(renderHtml(emptyReport(), { depictionSvg: null }));
    expect(bare).toBeLessThan(150_000);
  });
});

describe('with nothing known and every source down', () => {
  const shown = text(renderHtml(emptyReport(), { depictionSvg: null }));

  it('says Insufficient evidence and lists seven failed sources', () => {
    expect(shown).toContain('Insufficient evidence');
    expect(shown).toContain('7 failed (');
    expect(shown.split('the connection was refused')).toHaveLength(8);
    expect(shown).toContain('none: no data were retrieved');
  });

  it('and nothing else', () => {
    for (const words of [
      'Clinical trials',
      'Literature',
      'candidate',
      'Citations',
      'score',
      'No statement',
    ]) {
      expect(shown.toLowerCase()).not.toContain(words.toLowerCase());
    }
  });
});

describe('text that means harm', () => {
  const hostile = hostileReport();
  const page = renderHtml(hostile, {
    depictionSvg: `${SAMPLE_SVG.replace('</svg>', '')}<script>alert(4)</script></svg>`,
  });

  it('stays text', () => {
    const all = elements(page);
    expect(all.filter(({ name }) => name === 'script')).toEqual([]);
    expect(all.filter(({ name }) => name === 'img')).toHaveLength(1);
    expect(
      all.flatMap(({ attribs }) => Object.keys(attribs)).filter((key) => key.startsWith('on')),
    ).toEqual([]);
    expect(
      all.flatMap(({ attribs }) => attribs.href ?? []).filter((href) => !/^(#|https:)/.test(href)),
    ).toEqual([]);
    expect(text(page)).toContain(
      '<script>alert(1)</script>"><img src=x onerror=alert(2)>[U+202E]gnp.exe',
    );
  });

  it('neither hides nor reorders: controls are named', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(page).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/);
    expect(page).toContain('[U+0000]');
  });

  it('cannot leave the style sheet', () => {
    const style = page.slice(page.indexOf('<style>'), page.indexOf('</style>'));
    expect(style).not.toContain('<script');
    expect(page.indexOf('</style>')).toBe(page.lastIndexOf('</style>'));
  });
});

it('takes a report without a time', () => {
  const undated: Report = { ...report, job: { ...report.job, finishedAt: null } };
  expect(text(renderHtml(undated, extra))).toContain('not stated');
});
