import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftOf, said } from '@/server/evidence/schema';
import { skipAllFor } from '@/tests/skip';
import {
  answering,
  brokenPlaces,
  gather,
  noSimulator,
  type Simulator,
  simulated,
  snapshotOf,
  startSimulator,
  subjectNamed,
} from '../testing';
import { europepmc } from '.';
import { readOpenArticle } from './open-file';
import { parseResults } from './parse';
import { articlesRequest, patentsRequest } from './requests';

const fixture = (name: string) =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

function parsedArticles() {
  const snapshot = snapshotOf('europepmc', fixture('articles.json'));
  const page = parseResults(snapshot);
  return { snapshot, page, articles: page.records as DraftOf<'article'>[] };
}

const empty = { hitCount: 0, resultList: { result: [] } };

describe('the requests', () => {
  it('ask for articles and preprints by title, abstract and substance', () => {
    const asked = new URL(articlesRequest(subjectNamed('Aspirin', 'ASA "x"'), '*').url);
    expect(asked.searchParams.get('query')).toBe(
      '(SRC:MED OR SRC:PPR) AND (TITLE_ABS:"Aspirin" OR CHEM:"Aspirin" OR TITLE_ABS:"ASA x" OR CHEM:"ASA x")',
    );
    expect(asked.searchParams.get('resultType')).toBe('core');
    expect(asked.searchParams.get('cursorMark')).toBe('*');
  });

  it('ask for patents apart', () => {
    const asked = new URL(patentsRequest(subjectNamed('Aspirin'), 'A+/=').url);
    expect(asked.searchParams.get('query')).toBe('SRC:PAT AND (TITLE_ABS:"Aspirin")');
    expect(asked.searchParams.get('cursorMark')).toBe('A+/=');
  });
});

describe('reading articles', () => {
  it('cites every fact at the place where it stands', () => {
    const { snapshot, page } = parsedArticles();
    expect(brokenPlaces(page.records, [snapshot])).toEqual([]);
  });

  it('splits a structured abstract into sections, each one place of the string', () => {
    const { abstract } = parsedArticles().articles[0]!.facts;
    expect(abstract.map(({ label, text }) => [said(label), said(text)])).toEqual([
      [null, 'Preface.'],
      ['Background', 'Fever is <i>unpleasant</i>.'],
      ['Results', 'It did not fall (p &lt; 0.9).'],
    ]);
  });

  it('shows the title without tags and escapes, and cites it with them', () => {
    const [article] = parsedArticles().articles;
    expect(article?.title).toBe('Effect of Examplumab on fever: β₂ & 𝛼-blockers.');
    expect(said(article?.facts.title)).toContain('<i>Examplumab</i>');
  });

  it('gives a heading as major when one of its qualifiers is', () => {
    const { mesh } = parsedArticles().articles[0]!.facts;
    expect(mesh.map(({ term, major }) => [said(term), major])).toEqual([
      ['Fever', true],
      ['Humans', false],
    ]);
  });

  it('tells listed notices, none listed and not known apart', () => {
    const notices = parsedArticles().articles.map(({ facts }) =>
      facts.notices?.map(({ type, reference }) => [said(type), said(reference)]),
    );
    expect(notices).toEqual([
      [
        ['Retracted Publication', null],
        ['Retraction in', 'J Comp Rec. 2022;1:2'],
      ],
      [],
      undefined,
      undefined,
    ]);
  });

  it('names articles by PMID and others by source and id', () => {
    const { articles, page } = parsedArticles();
    expect(articles.map(({ externalId }) => externalId)).toEqual([
      '90000011',
      '90000014',
      'PPR:PPR900001',
      '90000015',
    ]);
    expect(articles.map(({ publishedOn }) => publishedOn)).toEqual([
      '2021-03-04',
      '2019',
      '2024-05-06',
      null,
    ]);
    expect(page.leftOut).toBe(1);
  });

  it('keeps a count of nought and does not invent one', () => {
    const counts = parsedArticles().articles.map(({ facts }) => said(facts.citedBy));
    expect(counts).toEqual([7, 0, null, null]);
  });

  it('takes authors from the list, else out of the author line', () => {
    const authors = parsedArticles().articles.map(({ facts }) => facts.authors.map((a) => said(a)));
    expect(authors.slice(0, 2)).toEqual([
      ['Doe J', 'The Example Group'],
      ['Doe J', 'Roe R'],
    ]);
  });

  it('says which licence is stated', () => {
    const [open, closed] = parsedArticles().articles;
    expect(open?.licence).toBe('CC BY (as Europe PMC states)');
    expect(closed?.licence).toMatch(/^Publishers' rights/);
  });

  it.each([
    '{"errCode":404,"errMsg":"x"}',
    '{"hitCount":3}',
    'Service down',
    '{"resultList":null}',
  ])('calls %s unreadable, not empty', (body) => {
    expect(() => parseResults(snapshotOf('europepmc', body))).toThrow(
      expect.objectContaining({ kind: 'unreadable' }),
    );
  });
});

describe('reading patents', () => {
  it('names them by number and applicants, each in its place', () => {
    const snapshot = snapshotOf('europepmc', fixture('patents.json'));
    const [patent, untitled] = parseResults(snapshot).records as DraftOf<'patent'>[];
    expect(brokenPlaces([patent!, untitled!], [snapshot])).toEqual([]);
    expect(patent).toMatchObject({
      kind: 'patent',
      externalId: 'PAT:XX9000001',
      url: 'https://europepmc.org/article/PAT/XX9000001',
      publishedOn: '2011-05-19',
    });
    expect(patent?.facts.applicants.map((name) => said(name))).toEqual([
      'EXAMPLE PHARMA [XX]',
      'UNIV NOWHERE [XX]',
    ]);
    expect(untitled).toMatchObject({ title: 'XX9000002', publishedOn: '2005' });
    expect(untitled?.facts).toMatchObject({ abstract: null, publishedOn: null, applicants: [] });
  });
});

describe('asking', () => {
  const page = (hitCount: number, nextCursorMark: string | null) => ({
    hitCount,
    nextCursorMark,
    resultList: { result: [{ id: '1', source: 'MED', title: 'x' }] },
  });

  it('follows the cursor until it repeats', async () => {
    const http = answering('europepmc', page(250, 'b'), page(250, 'b'));
    const { capped } = await gather(europepmc, subjectNamed('aspirin'), http, 'articles');
    expect(http.requests).toHaveLength(2);
    expect(capped).toEqual([]);
  });

  it('does not ask for more than there is', async () => {
    const http = answering('europepmc', page(300, 'b'), page(300, 'c'), page(300, 'd'));
    const { capped } = await gather(europepmc, subjectNamed('aspirin'), http, 'articles');
    expect(http.requests).toHaveLength(3);
    expect(capped).toEqual([]);
  });

  it('stops at the cap and says so', async () => {
    const http = answering('europepmc', page(301, 'b'), page(301, 'c'), page(301, 'd'));
    const { capped } = await gather(europepmc, subjectNamed('aspirin'), http, 'articles');
    expect(capped).toEqual(['only the first 300 articles of the search were read']);
  });

  it('asks for articles and patents as two questions', async () => {
    const http = answering('europepmc', empty, empty);
    expect(await gather(europepmc, subjectNamed('aspirin'), http)).toEqual({
      records: [],
      capped: [],
    });
    expect(europepmc.questions(subjectNamed('aspirin')).map(({ key }) => key)).toEqual([
      'articles',
      'patents',
    ]);
  });
});

const MOLECULES = [
  'arsenic-trioxide',
  'gefitinib',
  'osimertinib',
  'erlotinib',
  'afatinib',
  'dopamine',
  'olaparib',
  'pemetrexed',
  'carboplatin',
  'hyaluronic-acid',
];

describe('on recorded articles', () => {
  skipAllFor(noSimulator());
  let simulator: Simulator;
  beforeAll(async () => {
    if (!noSimulator()) simulator = await startSimulator();
  });
  afterAll(() => simulator?.close());

  it.each(MOLECULES)('finds articles on %s, each fact in its place', async (name) => {
    const http = simulated(simulator, 'europepmc');
    const { records, capped } = await gather(europepmc, subjectNamed(name), http);
    expect(records.length).toBeGreaterThan(0);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });

  it('finds patents', async () => {
    const http = simulated(simulator, 'europepmc');
    const { records } = await gather(europepmc, subjectNamed('browser'), http, 'patents');
    expect(records.every(({ kind }) => kind === 'patent') && records.length > 0).toBe(true);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });
});

describe('an open file', () => {
  const doi = '10.1000/Open';
  const open = { doi: doi.toLowerCase(), pmcid: 'PMC7', isOpenAccess: 'Y', hasPDF: 'Y' };
  const found = (result: Record<string, unknown>) =>
    readOpenArticle({ json: () => ({ resultList: { result: [{}, result] } }) as never }, doi);

  it('is had of this very article alone, and only under an open licence', () => {
    expect(found(open)).toBe('PMC7');
    expect(found({ ...open, isOpenAccess: 'N' })).toBeNull();
    expect(found({ ...open, hasPDF: 'N' })).toBeNull();
    expect(found({ ...open, doi: '10.1000/open.2' })).toBeNull();
    expect(found({ ...open, pmcid: '../elsewhere' })).toBeNull();
  });
});
