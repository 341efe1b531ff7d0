/** Derivations over an article's bibliographic record and the words quoted from it. */
import type { Json, Level } from '@/server/evidence/schema';
import { diseasePhrases, exactKey } from '@/server/evidence/understand/disease-names';
import { articleLevel } from '@/server/evidence/understand/level';
import { type RetractionState, retractionState } from '@/server/evidence/understand/retraction';
import { readArticle, type StanceKind, stanceToward } from '@/server/evidence/understand/stance';
import { noticeLeftOut } from './article-notices';
import {
  type Derivation,
  type Derivations,
  type Field,
  objectOf,
  pure,
  textOf,
  textOrNull,
  textsOf,
} from './derivation';
import type { Disease } from './disease';

export const ARTICLE_FIELDS = {
  title: {
    pointer: /\/(?:title|id)$/,
    before: /<(?:ArticleTitle|VernacularTitle|BookTitle|PMID)\b[^<>]*>\s*$/,
  },
  type: { pointer: /\/pubTypeList\/pubType\/\d+$/, before: /<PublicationType\b[^<>]*>\s*$/ },
  heading: { pointer: /\/descriptorName$/, before: /<DescriptorName\b[^<>]*>\s*$/ },
  notice: {
    pointer: /\/(?:commentCorrection\/\d+\/type|pubType\/\d+)$/,
    before: /(?:RefType="|<PublicationType\b[^<>]*>\s*)$/,
  },
} as const satisfies Record<string, Field>;

export interface ArticleRecord {
  /** The evidence that the record was cited as. */
  evidenceId: string;
  title: string;
  publicationTypes: string[];
  mesh: string[];
  /** As much of the abstract as is quoted: what the level is read from. */
  words: string;
  /** Null where the source does not say. */
  notices: string[] | null;
}

/** What an article comes to for one indication. */
export interface ArticleReading {
  evidenceId: string;
  level: Level | null;
  retraction: RetractionState;
  stance: StanceKind;
}

const texts = (field: Field | null): Derivation =>
  pure(
    (values) => values.map(textOf),
    () => field,
  );

const reading = (stanceOf: (values: Json[]) => StanceKind): Derivation =>
  pure(([article, ...rest]) => {
    const record = articleOf(article);
    const result: ArticleReading = {
      evidenceId: record.evidenceId,
      level: levelOf(record),
      retraction: retractionState(record.publicationTypes, record.notices),
      stance: stanceOf([article as Json, ...rest]),
    };
    return result as unknown as Json;
  });

export const ARTICLE: Derivations = {
  'article.types@1': texts(ARTICLE_FIELDS.type),
  'article.headings@1': texts(ARTICLE_FIELDS.heading),
  'article.notices@1': texts(ARTICLE_FIELDS.notice),
  'article.words@1': texts(null),

  /** From title, types, headings, quoted words and notices. */
  'article.read@1': {
    compute: (values, _report, citations) => {
      const [title, types, mesh, words, notices] = values;
      const record: ArticleRecord = {
        evidenceId: citations[0]?.evidenceId ?? '',
        title: textOf(title),
        publicationTypes: textsOf(types),
        mesh: textsOf(mesh),
        words: textsOf(words).join(' '),
        notices: notices === null ? null : textsOf(notices),
      };
      return record as unknown as Json;
    },
    takes: (position) => (position === 0 ? ARTICLE_FIELDS.title : null),
    leavesOut: noticeLeftOut,
  },

  /**
   * Which way the quoted words speak: from the article, the indication, the molecule's names, the label
   * of the abstract's section, and the sentences.
   */
  'article.toward@1': reading(([article, disease, names, label, ...sentences]) => {
    const { title, mesh } = articleOf(article);
    const { terms, names: others } = objectOf(disease) as unknown as Disease;
    const read = readArticle(
      {
        title,
        sections: sentences.map((text) => ({ label: textOrNull(label), text: textOf(text) })),
      },
      textsOf(names),
    );
    return stanceToward(read, diseasePhrases([...terms, ...others]), isIndexed(mesh, terms)).stance;
  }),

  /** An article whose direction no quoted words decide. */
  'article.undecided@1': reading(() => 'unclear'),

  'article.stance@1': pure(([read]) => {
    const { stance } = readingOf(read);
    if (stance === 'unclear') throw new Error('its direction is not decided');
    return stance;
  }),
  'article.level@1': pure(([read]) => readingOf(read).level ?? 'not classified'),
  /** What is known of retractions and the like, in words. */
  'article.standing@1': pure(([read]) => STANDING[readingOf(read).retraction]),
  /** From publication types and notices; refuses what is not retracted. */
  'article.retracted@1': pure(([types, notices]) => {
    if (retractionState(textsOf(types), textsOf(notices)) !== 'retracted') {
      throw new Error('no retraction is stated');
    }
    return 'retracted';
  }),

  /** How many articles are cited, each once. */
  'articles.count@1': {
    compute: (_values, _report, citations) => {
      const ids = citations.map((citation) => citation?.evidenceId);
      if (new Set(ids).size !== ids.length) throw new Error('an article is counted twice');
      return ids.length;
    },
    takes: () => ARTICLE_FIELDS.title,
  },

  /** How many articles speak one way; each once. */
  'articles.supporting@1': pure((reads) => counted(reads, 'supports')),
  'articles.contradicting@1': pure((reads) => counted(reads, 'contradicts')),
};

const STANDING: Record<RetractionState, string> = {
  retracted: 'retracted',
  concern: 'under an expression of concern',
  corrected: 'corrected after publication',
  none: 'no notice of retraction in the source',
  unknown: 'not known whether retracted',
};

function counted(reads: Json[], stance: StanceKind): number {
  const ids = reads.map((read) => {
    const { stance: own, evidenceId } = readingOf(read);
    if (own !== stance) throw new Error('an article speaks another way');
    return evidenceId;
  });
  if (new Set(ids).size !== ids.length) throw new Error('an article is counted twice');
  return ids.length;
}

export function levelOf(record: ArticleRecord): Level | null {
  const { publicationTypes, mesh, title, words, notices } = record;
  const isRetracted = retractionState(publicationTypes, notices) === 'retracted';
  return articleLevel({ publicationTypes, mesh, title, abstract: words }, isRetracted).level;
}

/** Whether one of an article's headings is the indication itself. */
function isIndexed(mesh: readonly string[], terms: readonly string[]): boolean {
  const keys = new Set(terms.map(exactKey));
  return mesh.some((heading) => keys.has(exactKey(heading)));
}

function articleOf(value: Json | undefined): ArticleRecord {
  return objectOf(value) as unknown as ArticleRecord;
}

function readingOf(value: Json | undefined): ArticleReading {
  return objectOf(value) as unknown as ArticleReading;
}
