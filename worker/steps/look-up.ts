/** Asking bibliographic sources about a paper; what one of them cannot say fails nothing. */
import type { Proposal } from '@/server/papers/fields';
import type { PaperIdentity } from '@/server/papers/record';
import { sharesAuthor, titleLikeness } from '@/server/papers/same-work';
import type { LiteratureSource } from '@/server/sources/schema';
import { arxiv, arxivEntry } from '../sources/arxiv';
import type { WorkRecord } from '../sources/bibliography';
import { type Bibliography, SourceFault, type SourceHttp } from '../sources/contract';
import { crossref, crossrefSearch, crossrefWork } from '../sources/crossref';
import { semanticScholarPaper, semanticscholar } from '../sources/semanticscholar';

/** Below this a record found by its number is of another work: the number was a cited one's. */
const SAME_WORK = 0.6;
/** Without a number only a title that is all but the same counts, with an author in common. */
const SAME_TITLE = 0.9;

export interface LookedUp {
  proposals: Proposal[];
  /** Per source that was asked: what came of it. */
  notes: string[];
  /** Every source that was asked failed to answer. */
  allFailed: boolean;
}

/** Asks who may know the paper; the proposals come with the weightiest last. */
export async function lookUp(
  paper: PaperIdentity,
  httpOf: (source: Bibliography) => SourceHttp,
  now: () => Date,
): Promise<LookedUp> {
  const found: LookedUp = { proposals: [], notes: [], allFailed: true };
  const { doi, arxivId } = paper;
  const ask = async (source: Bibliography, find: (http: SourceHttp) => Promise<Found>) => {
    const answer = await find(httpOf(source)).catch((error: unknown) => {
      if (!(error instanceof SourceFault) || error.kind === 'cancelled') throw error;
      return error;
    });
    if (answer instanceof SourceFault) {
      found.notes.push(answer.message);
      return false;
    }
    found.allFailed = false;
    if (typeof answer === 'string') {
      found.notes.push(`${source.name} ${answer}`);
      return false;
    }
    found.proposals.push(proposalOf(source.id, answer, now().toISOString()));
    return true;
  };
  let known = false;
  if (arxivId) {
    known = await ask(arxiv, (http) => arxivEntry(http, arxivId).then((r) => fitting(paper, r)));
  }
  if (doi) {
    const byDoi = (http: SourceHttp) => crossrefWork(http, doi).then((r) => fitting(paper, r));
    known = (await ask(crossref, byDoi)) || known;
  } else if (!known && paper.isTitleRead) {
    known = await ask(crossref, (http) => byTitle(paper, http));
  }
  if (!known && (doi || arxivId)) {
    const id = doi ? { kind: 'doi' as const, id: doi } : { kind: 'arxiv' as const, id: arxivId! };
    await ask(semanticscholar, (http) =>
      semanticScholarPaper(http, id).then((r) => fitting(paper, r)),
    );
  }
  return found;
}

/** A record, or why there is none. */
type Found = WorkRecord | string;

function fitting(paper: PaperIdentity, record: WorkRecord | null): Found {
  if (!record) return 'does not know it';
  const { title } = record.values;
  if (paper.isTitleRead && title && titleLikeness(paper.title, title) < SAME_WORK) {
    return `calls what has this number “${title.slice(0, 120)}”, which is another work`;
  }
  return record;
}

async function byTitle(paper: PaperIdentity, http: SourceHttp): Promise<Found> {
  const author = paper.authors[0]?.family ?? null;
  const records = await crossrefSearch(http, paper.title, author);
  const same = records.find(
    ({ values }) =>
      values.title !== undefined &&
      titleLikeness(paper.title, values.title) >= SAME_TITLE &&
      sharesAuthor(paper.authors, values.authors ?? []),
  );
  return same ?? 'knows no work of this title';
}

function proposalOf(from: LiteratureSource, { values, url }: WorkRecord, at: string): Proposal {
  const fields = Object.entries(values).map(([name, value]) => [
    name,
    { value, origin: { from, at, url } },
  ]);
  return Object.fromEntries(fields) as Proposal;
}
