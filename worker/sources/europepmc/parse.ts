/** Reads pages of Europe PMC core results into articles and patents. */
import type {
  ArticleFacts,
  Cited,
  DraftOf,
  EvidenceDraft,
  ValuePlace,
} from '@/server/evidence/schema';
import { displayOf } from '@/server/reports/places';
import { type Snapshot, SourceFault } from '../contract';
import { isoDate } from '../dates';
import { type JsonCursor, jsonCursor } from '../json-cite';
import { isNotice } from '../notices';
import { partsOf, wordsOf } from '../quotes';

export const LICENCE = "Publishers' rights; records from Europe PMC (EMBL-EBI terms of use)";

export interface ResultsPage {
  records: EvidenceDraft[];
  /** Results without an id: they could not be found again. */
  leftOut: number;
  /** How many results the search has in all; null where not stated. */
  total: number | null;
  nextCursorMark: string | null;
}

/** Throws SourceFault `unreadable` when the body is no page of results. */
export function parseResults(snapshot: Snapshot): ResultsPage {
  const body = jsonCursor(snapshot);
  const results = body.at('resultList', 'result');
  if (!Array.isArray(results.value)) {
    throw new SourceFault('unreadable', 'The answer holds no list of results.');
  }
  const records = results.items().flatMap((result) => parseResult(result) ?? []);
  return {
    records,
    leftOut: results.value.length - records.length,
    total: body.at('hitCount').number()?.value ?? null,
    nextCursorMark:
      results.value.length > 0 ? (body.at('nextCursorMark').string()?.value ?? null) : null,
  };
}

function parseResult(result: JsonCursor): EvidenceDraft | null {
  const id = result.at('id').string();
  const source = result.at('source').string();
  if (!id || !source) return null;
  const title = result.at('title').string() ?? id;
  const record = {
    source: 'europepmc' as const,
    externalId: source.value === 'MED' ? id.value : `${source.value}:${id.value}`,
    title: displayOf(title.value).replace(/\s+/g, ' ').trim(),
    url: `https://europepmc.org/article/${encodeURIComponent(source.value)}/${encodeURIComponent(id.value)}`,
    publishedOn:
      isoDate(result.at('firstPublicationDate').string()?.value) ??
      isoDate(result.at('pubYear').string()?.value),
    licence: licenceOf(result),
    snapshotSha256: result.snapshotSha256,
  };
  return source.value === 'PAT'
    ? { ...record, kind: 'patent', facts: patentFacts(result, id, title) }
    : { ...record, kind: 'article', facts: articleFacts(result, source.value, title) };
}

function licenceOf(result: JsonCursor): string {
  const stated = result.at('license').string()?.value;
  return stated ? `${stated.toUpperCase()} (as Europe PMC states)` : LICENCE;
}

function patentFacts(
  result: JsonCursor,
  number: ValuePlace<string>,
  title: ValuePlace<string>,
): DraftOf<'patent'>['facts'] {
  const applicants = result.at('affiliation').string();
  return {
    number,
    title,
    abstract: result.at('abstractText').string(),
    publishedOn: result.at('firstPublicationDate').string(),
    applicants: applicants ? partsOf(applicants, /;/g) : [],
  };
}

function articleFacts(result: JsonCursor, source: string, title: ValuePlace<string>): ArticleFacts {
  const abstract = result.at('abstractText').string();
  return {
    pmid: result.at('pmid').string(),
    doi: result.at('doi').string(),
    pmcid: result.at('pmcid').string(),
    title,
    abstract: abstract ? sectionsOf(abstract) : [],
    journal:
      result.at('journalInfo', 'journal', 'title').string() ?? result.at('journalTitle').string(),
    year: result.at('pubYear').string(),
    authors: authorsOf(result),
    publicationTypes: result.at('pubTypeList', 'pubType').strings(),
    mesh: result
      .at('meshHeadingList', 'meshHeading')
      .items()
      .flatMap((heading) => {
        const term = heading.at('descriptorName').string();
        return term ? { id: null, term, major: isMajor(heading) } : [];
      }),
    substances: result
      .at('chemicalList', 'chemical')
      .items()
      .flatMap((chemical) => {
        const term = chemical.at('name').string();
        return term ? { id: null, term } : [];
      }),
    notices: noticesOf(result, source),
    citedBy: result.at('citedByCount').number(),
  };
}

/** Major when the descriptor or one of its qualifiers is, as PubMed counts major topics. */
function isMajor(heading: JsonCursor): boolean {
  const qualifiers = heading.at('meshQualifierList', 'meshQualifier').items();
  return [heading, ...qualifiers].some((topic) => topic.at('majorTopic_YN').value === 'Y');
}

/** Structured abstracts carry their headings as `<h4>` inside the string. */
function sectionsOf(abstract: ValuePlace<string>): ArticleFacts['abstract'] {
  const headings = [...abstract.value.matchAll(/<h4>([\s\S]*?)<\/h4>/gi)];
  if (headings.length === 0) return [{ label: null, text: abstract }];

  const sections: ArticleFacts['abstract'] = [];
  const add = (label: Cited<string> | null, start: number, end: number) => {
    const text = wordsOf(abstract, start, end);
    if (text) sections.push({ label, text });
  };
  add(null, 0, headings[0]?.index ?? 0);
  headings.forEach((heading, index) => {
    const labelStart = heading.index + '<h4>'.length;
    const label = wordsOf(abstract, labelStart, labelStart + (heading[1]?.length ?? 0));
    const end = headings[index + 1]?.index ?? abstract.value.length;
    add(label, heading.index + heading[0].length, end);
  });
  return sections;
}

function authorsOf(result: JsonCursor): Cited<string>[] {
  const listed = result
    .at('authorList', 'author')
    .items()
    .flatMap(
      (author) => author.at('fullName').string() ?? author.at('collectiveName').string() ?? [],
    );
  if (listed.length > 0) return listed;
  const line = result.at('authorString').string();
  return line ? partsOf(line, /,|\.$/g) : [];
}

/** Null where Europe PMC does not know: preprints, and records that carry no publication types. */
function noticesOf(result: JsonCursor, source: string): ArticleFacts['notices'] {
  const types = result.at('pubTypeList', 'pubType');
  const notices = [
    ...types
      .strings()
      .filter(({ value }) => isNotice(value))
      .map((type) => ({ type, reference: null })),
    ...result
      .at('commentCorrectionList', 'commentCorrection')
      .items()
      .flatMap((correction) => {
        const type = correction.at('type').string();
        if (!type || !isNotice(type.value)) return [];
        return { type, reference: correction.at('reference').string() };
      }),
  ];
  if (notices.length > 0) return notices;
  return source === 'MED' && !types.missing ? [] : null;
}
