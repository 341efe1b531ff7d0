import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from '@/server/evidence/schema';
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
import { pubmed } from '.';
import { parseArticles, parseSearch } from './parse';
import { fetchRequest, searchRequest } from './requests';

const ARTICLES = readFileSync(new URL('fixtures/articles.xml', import.meta.url), 'utf8');

function parsed(text = ARTICLES) {
  const snapshot = snapshotOf('pubmed', text);
  return { snapshot, articles: parseArticles(snapshot) };
}

const search = (count: string, ...idlist: string[]) => ({ esearchresult: { count, idlist } });

describe('the requests', () => {
  it('search names in title, abstract and substances', () => {
    const asked = new URL(searchRequest(subjectNamed('Aspirin', 'ASA "x"[au]')).url).searchParams;
    expect(asked.get('term')).toBe(
      '"Aspirin"[tiab] OR "Aspirin"[nm] OR "ASA x au"[tiab] OR "ASA x au"[nm]',
    );
    expect(asked.get('retmax')).toBe('200');
  });

  it('fetch by number', () => {
    expect(new URL(fetchRequest(['1', '2']).url).searchParams.get('id')).toBe('1,2');
  });
});

describe('reading a search', () => {
  it('takes total and numbers', () => {
    const snapshot = snapshotOf('pubmed', JSON.stringify(search('731', '1', '2')));
    expect(parseSearch(snapshot)).toEqual({ total: 731, pmids: ['1', '2'] });
  });

  it.each([
    '{"esearchresult":{"ERROR":"Search Backend failed"}}',
    '{"error":"API rate limit exceeded"}',
    '{"esearchresult":{"count":"x","idlist":[]}}',
    '{"esearchresult":{"count":"0"}}',
    '<html></html>',
  ])('calls %s unreadable, not empty', (body) => {
    expect(() => parseSearch(snapshotOf('pubmed', body))).toThrow(
      expect.objectContaining({ kind: 'unreadable' }),
    );
  });
});

describe('reading articles', () => {
  it('cites every fact at the place where it stands', () => {
    const { snapshot, articles } = parsed();
    expect(brokenPlaces(articles, [snapshot])).toEqual([]);
  });

  it('counts a byte order mark as part of the body', () => {
    const { snapshot, articles } = parsed(`\uFEFF${ARTICLES}`);
    expect(articles).toHaveLength(4);
    expect(brokenPlaces(articles, [snapshot])).toEqual([]);
  });

  it('cites the title raw and shows it without tags and escapes', () => {
    const [article] = parsed().articles;
    expect(article?.title).toBe('Effect of Examplumab on fever: β2 & 𝛼-blockers <5>.');
    expect(article?.facts.title).toMatchObject({
      quote:
        'Effect of <i>Examplumab</i> on\n  fever: &#946;<sub>2</sub> &amp; 𝛼-blockers &lt;5&gt;.',
      display: 'Effect of Examplumab on\n  fever: β2 & 𝛼-blockers <5>.',
    });
  });

  it('gives each section of the abstract as one slice under its label', () => {
    const abstracts = parsed().articles.map(({ facts }) =>
      facts.abstract.map(({ label, text }) => [said(label), said(text)]),
    );
    expect(abstracts).toEqual([
      [
        ['BACKGROUND & AIMS', 'Fever is 🤒 unpleasant.'],
        ['RESULTS', 'It fell by 5 <1 & more> (p<0.9).'],
      ],
      [[null, 'One paragraph.']],
      [],
      [[null, 'A chapter.']],
    ]);
  });

  it('takes the article own identifiers, not those of its references', () => {
    const ids = parsed().articles.map(({ facts }) => [
      said(facts.pmid),
      said(facts.doi),
      said(facts.pmcid),
    ]);
    expect(ids).toEqual([
      ['90000011', '10.9999/example.11', 'PMC9900011'],
      ['90000014', '10.9999/example.14', null],
      ['90000015', null, null],
      ['90000016', null, null],
    ]);
  });

  it('reads dates in their different forms', () => {
    const { articles } = parsed();
    expect(articles.map(({ publishedOn }) => publishedOn)).toEqual([
      '2021-03-04',
      '1998',
      null,
      '2012',
    ]);
    expect(articles.map(({ facts }) => said(facts.year))).toEqual(['2021', '1998', null, '2012']);
  });

  it('reads indexing with identifiers and major topics', () => {
    const { facts } = parsed().articles[0]!;
    expect(facts.mesh.map(({ id, term, major }) => [said(id), said(term), major])).toEqual([
      ['D999901', 'Fever, Invented', true],
      ['D006801', 'Humans', false],
    ]);
    expect(facts.substances.map(({ id, term }) => [said(id), said(term)])).toEqual([
      ['C999902', 'examplumab'],
    ]);
    expect(facts.authors.map((author) => said(author))).toEqual(['Doe', 'The Example Group']);
  });

  it('lists retractions and corrections, not comments', () => {
    const notices = parsed().articles.map(({ facts }) =>
      facts.notices?.map(({ type, reference }) => [said(type), said(reference)]),
    );
    expect(notices).toEqual([
      [
        ['Retracted Publication', null],
        ['RetractionIn', 'J Comp Rec. 2022;1:2'],
        ['ErratumIn', null],
      ],
      [],
      [],
      [],
    ]);
  });

  it('falls back to other titles', () => {
    expect(
      parsed()
        .articles.map(({ title }) => title)
        .slice(1),
    ).toEqual(['Ein erfundener Titel', 'Nothing else known', 'Examplumab']);
  });

  it.each([
    ['cut off', ARTICLES.slice(0, ARTICLES.length / 2)],
    ['cut off at the end', ARTICLES.trimEnd().slice(0, -5)],
    ['crossed tags', '<PubmedArticleSet><a><b></a></b></PubmedArticleSet>'],
    ['another root', '<eFetchResult><ERROR>x</ERROR></eFetchResult>'],
    ['no XML', 'Service unavailable'],
    ['nothing', ''],
  ])('calls an answer with %s unreadable, not empty', (_, body) => {
    expect(() => parsed(body)).toThrow(expect.objectContaining({ kind: 'unreadable' }));
  });

  it('reads an empty set', () => {
    expect(parsed('<PubmedArticleSet/>').articles).toEqual([]);
    expect(parsed('<PubmedArticleSet></PubmedArticleSet>').articles).toEqual([]);
  });
});

describe('asking', () => {
  it('does not fetch when nothing was found', async () => {
    const http = answering('pubmed', search('0'));
    expect(await gather(pubmed, subjectNamed('x'), http)).toEqual({ records: [], capped: [] });
  });

  it('fetches in batches of 100 and says that there is more', async () => {
    const pmids = Array.from({ length: 200 }, (_, i) => String(i + 1));
    const set = (some: string[]) =>
      `<PubmedArticleSet>${some.map((pmid) => `<PubmedArticle><MedlineCitation><PMID>${pmid}</PMID><Article/></MedlineCitation></PubmedArticle>`).join('')}</PubmedArticleSet>`;
    const http = answering(
      'pubmed',
      search('731', ...pmids),
      set(pmids.slice(0, 100)),
      set(pmids.slice(100)),
    );
    const { records, capped } = await gather(pubmed, subjectNamed('x'), http);
    expect(records).toHaveLength(200);
    expect(records[0]).toMatchObject({ externalId: '1', title: '1' });
    expect(capped).toEqual(['only the 200 most relevant articles of the search were read']);
  });

  it('says when articles were not delivered', async () => {
    const http = answering('pubmed', search('1', '5'), '<PubmedArticleSet/>');
    const { capped } = await gather(pubmed, subjectNamed('x'), http);
    expect(capped).toEqual(['some articles of the search were not delivered or not readable']);
  });
});

const MOLECULES = [
  'arsenic-trioxide',
  'dopamine',
  'budesonide',
  'formoterol',
  'hydroquinone',
  'minocycline',
  'naloxone',
  'naltrexone',
  'norepinephrine',
  'serotonin',
  'terbutaline',
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
    const http = simulated(simulator, 'pubmed');
    const { records, capped } = await gather(pubmed, subjectNamed(name), http);
    expect(records.length).toBeGreaterThan(0);
    expect(capped).toEqual([]);
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
  });
});
