/** Semantic Scholar: details of papers that the others do not know (api.semanticscholar.org, read 2026-11-25). */
import { z } from 'zod';
import { nameOf, plainText, recordOf, type WorkRecord } from '../bibliography';
import { type Bibliography, type Snapshot, SourceFault, type SourceHttp } from '../contract';

export const semanticscholar: Bibliography = {
  id: 'semanticscholar',
  name: 'Semantic Scholar',
  homepage: 'https://www.semanticscholar.org',
  licence: 'Semantic Scholar API licence, with attribution',
  requestsPerSecond: 1,
  bodiesMayBeShared: false,
  version: '1',
  hosts: ['api.semanticscholar.org'],
};

const FIELDS = 'title,abstract,year,venue,authors,externalIds';

/** The paper of a DOI or arXiv id; null when it is not known there. Throws SourceFault. */
export async function semanticScholarPaper(
  http: SourceHttp,
  { kind, id }: { kind: 'doi' | 'arxiv'; id: string },
): Promise<WorkRecord | null> {
  const name = `${kind === 'doi' ? 'DOI' : 'ARXIV'}:${id}`;
  const url = `https://api.semanticscholar.org/graph/v1/paper/${name}?fields=${FIELDS}`;
  const snapshot = await http.ask({ url, accept: 'application/json', answers: [404] });
  return snapshot.status === 404 ? null : parsePaper(snapshot);
}

/** Where else a work with this DOI can be had openly. */
export interface OpenElsewhere {
  /** Of its preprint, which may say other things than the article. */
  arxivId: string | null;
  /** At its publisher or in a repository. */
  url: string | null;
}

/** Nulls when nothing is known there. Throws SourceFault. */
export async function semanticScholarOpen(http: SourceHttp, doi: string): Promise<OpenElsewhere> {
  const url = `https://api.semanticscholar.org/graph/v1/paper/DOI:${doi}?fields=externalIds,openAccessPdf`;
  const snapshot = await http.ask({ url, accept: 'application/json', answers: [404] });
  const known = snapshot.status === 404 ? null : openSchema.safeParse(snapshot.json()).data;
  const open = known?.openAccessPdf?.url;
  return {
    arxivId: known?.externalIds?.ArXiv ?? null,
    url: open && /^https?:\/\//.test(open) ? open : null,
  };
}

const text = z.string().nullish().catch(null);
const paperSchema = z.object({
  paperId: z.string(),
  title: text,
  abstract: text,
  venue: text,
  year: z.number().int().nullish().catch(null),
  authors: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
  externalIds: z.object({ DOI: text, ArXiv: text }).nullish().catch(null),
});

const openSchema = z.object({
  externalIds: z.object({ ArXiv: text }).nullish().catch(null),
  openAccessPdf: z.object({ url: text }).nullish().catch(null),
});

export function parsePaper(snapshot: Snapshot): WorkRecord {
  const read = paperSchema.safeParse(snapshot.json());
  if (!read.success) {
    throw new SourceFault('unreadable', 'Semantic Scholar sent an answer of an unknown form');
  }
  const { paperId, title, abstract, venue, year, authors, externalIds } = read.data;
  return recordOf(`https://www.semanticscholar.org/paper/${paperId}`, {
    title: plainText(title),
    authors: (authors ?? []).map(({ name }) => nameOf(name)),
    abstract: plainText(abstract),
    year: year ?? null,
    venue: plainText(venue),
    doi: externalIds?.DOI?.toLowerCase() ?? null,
    arxivId: externalIds?.ArXiv ?? null,
  });
}
