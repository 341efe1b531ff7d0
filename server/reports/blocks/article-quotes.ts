/**
 * Which few words of an article show its level and its stance. Abstracts belong to their publishers, so
 * no more is quoted than the same rules need to come to the same result.
 */
import { type EvidenceOf, type Place, said } from '@/server/evidence/schema';
import type { ArticleUnderstanding } from '@/server/evidence/score/features';
import { exactKey } from '@/server/evidence/understand/disease-names';
import { namesMolecule } from '@/server/evidence/understand/molecule-names';
import { placeWithin } from '@/server/evidence/understand/place';
import { sentences } from '@/server/evidence/understand/sentences';
import { type Cite, citing } from '../claim-draft';
import { type ArticleReading, type ArticleRecord, levelOf } from '../derivations/article';
import type { Disease } from '../derivations/disease';
import { derivationOf, type ReportFacts } from '../derive';

type Article = EvidenceOf<'article'>;
type Stance = ArticleUnderstanding['stances'][number];

/** What of an article is cited to read its level. */
export interface LevelCites {
  title: Cite;
  types: Cite[];
  headings: Cite[];
  words: Cite[];
  /** Null where the source does not say. */
  notices: Cite[] | null;
}

/** What is cited besides to read its stance. */
export interface StanceCites {
  level: LevelCites;
  label: Cite | null;
  sentences: Cite[];
}

interface Quoted {
  text: string;
  cite: Cite;
}

/** At most so many sentences are tried together; where they do not do, all of them are. */
const MAX_PAIRED = 12;

/**
 * The fewest citations from which the level follows as from the whole record. Null when not even the
 * whole record gives it, as when a sentence cannot be cut out of its markup.
 */
export function levelCites(
  article: Article,
  level: ArticleUnderstanding['level'],
): LevelCites | null {
  const { facts } = article;
  const cite = citing(article);
  const types = facts.publicationTypes.map((type) => cite(type) as Cite);
  const notices = facts.notices?.map(({ type }) => cite(type) as Cite) ?? null;
  const record: ArticleRecord = {
    evidenceId: article.id,
    title: said(facts.title),
    publicationTypes: facts.publicationTypes.map((type) => said(type)),
    mesh: [],
    words: '',
    notices: facts.notices?.map(({ type }) => said(type)) ?? null,
  };
  const headings = facts.mesh.map(({ term }) => ({ text: said(term), cite: cite(term) as Cite }));
  const abstract = sentencesOf(article).map(({ text, cite: quoted }) => ({ text, cite: quoted }));
  const found = firstChoice(choices(headings, abstract), ([mesh, words]) => {
    const tried = { ...record, mesh: mesh.map(textOf), words: words.map(textOf).join(' ') };
    return levelOf(tried) === level;
  });
  if (!found) return null;
  const [mesh, words] = found;
  return {
    title: cite(facts.title) as Cite,
    types,
    headings: mesh.map((heading) => heading.cite),
    words: words.map((sentence) => sentence.cite),
    notices,
  };
}

const textOf = ({ text }: Quoted) => text;

/** Headings and sentences to try, the fewest first. */
function* choices(headings: Quoted[], abstract: Quoted[]): Generator<[Quoted[], Quoted[]]> {
  yield [[], []];
  for (const heading of headings) yield [[heading], []];
  for (const sentence of abstract) yield [[], [sentence]];
  yield [headings, []];
  for (const sentence of abstract) yield [headings, [sentence]];
  const few = abstract.slice(0, MAX_PAIRED);
  for (const [i, first] of few.entries()) {
    for (const second of few.slice(i + 1)) yield [headings, [first, second]];
  }
  yield [headings, abstract];
}

function firstChoice<T>(tried: Iterable<T>, holds: (choice: T) => boolean): T | null {
  for (const choice of tried) if (holds(choice)) return choice;
  return null;
}

interface AbstractSentence extends Quoted {
  section: number;
  start: number;
}

function sentencesOf(article: Article): AbstractSentence[] {
  return article.facts.abstract.flatMap(({ text }, section) => {
    const whole = said(text);
    return sentences(whole).flatMap(({ start, end }) => {
      const place = placeWithin(text, start, end);
      if (!place) return [];
      const cite = { evidenceId: article.id, place };
      return { text: whole.slice(start, end), cite, section, start };
    });
  });
}

/**
 * The citations from which an article's stance follows as the assessment read it, or null where the
 * deciding sentence alone does not show it; the article then counts as undecided.
 */
export function stanceCites(
  article: Article,
  understood: Stance,
  level: LevelCites,
  disease: Disease,
  names: readonly string[],
  report: ReportFacts,
): StanceCites | null {
  const { sentence } = understood;
  if (!sentence || understood.stance === 'unclear') return null;
  const section = sentence.section === 'title' ? null : article.facts.abstract[sentence.section];
  const place: Place | null = section
    ? placeWithin(section.text, sentence.start, sentence.end)
    : null;
  if (section && !place) return null;
  const quoted: Quoted[] =
    section && place
      ? [
          {
            text: said(section.text).slice(sentence.start, sentence.end),
            cite: { evidenceId: article.id, place },
          },
        ]
      : [];
  const indexing = article.facts.mesh.filter(({ term }) =>
    disease.terms.some((name) => exactKey(name) === exactKey(said(term))),
  );
  const naming = sentencesOf(article).find(({ text }) => namesMolecule(text, names));
  const withLabel = section?.label ? [section.label, null] : [null];
  const withNaming = naming && quoted.length > 0 ? [[], [naming]] : [[]];
  const cite = citing(article);
  for (const heading of [null, ...indexing.slice(0, 1)]) {
    const headings = heading ? [...level.headings, cite(heading.term) as Cite] : level.headings;
    for (const more of withNaming) {
      for (const label of withLabel) {
        const tried = [...more, ...quoted];
        const reading = derivationOf('article.toward@1')?.compute(
          [
            record(article, headings, level),
            disease as never,
            [...names],
            label ? said(label) : null,
            ...tried.map(textOf),
          ],
          report,
          [],
        ) as unknown as ArticleReading;
        if (reading.stance === understood.stance) {
          return {
            level: { ...level, headings },
            label: cite(label),
            sentences: tried.map((one) => one.cite),
          };
        }
      }
    }
  }
  return null;
}

function record(article: Article, headings: Cite[], level: LevelCites) {
  return {
    evidenceId: article.id,
    title: said(article.facts.title),
    publicationTypes: [],
    mesh: headings.map(({ place }) => said(place as never) as unknown as string),
    words: '',
    notices: level.notices === null ? null : [],
  };
}
