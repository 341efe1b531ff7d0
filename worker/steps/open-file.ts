/** Finding the open PDF of a paper that was added by its number; where there is none, it is said why. */
import { whatIsIt } from '@/server/papers/file-kind';
import { PAPER_LIMITS } from '@/server/papers/schema';
import type { HttpSource } from '../http';
import { arxiv, arxivFile } from '../sources/arxiv';
import { SourceFault, type SourceHttp } from '../sources/contract';
import { europepmc } from '../sources/europepmc';
import { articleFile, openArticle } from '../sources/europepmc/open-file';
import { semanticScholarOpen, semanticscholar } from '../sources/semanticscholar';

/** `missing` is a sentence for people. */
export type OpenFile = { bytes: Buffer } | { missing: string };

type HttpOf = (source: HttpSource) => SourceHttp;

const ADD_IT = 'Add the PDF to have it read.';

/**
 * A preprint's file from arXiv, an article's from Europe PMC's open subset. Publishers' own addresses are
 * named, not asked: only listed hosts are. Throws SourceFault `cancelled`.
 */
export function openFileOf(
  { arxivId, doi }: { arxivId: string | null; doi: string | null },
  httpOf: HttpOf,
): Promise<OpenFile> {
  if (arxivId) return fetched(arxiv.name, () => arxivFile(httpOf(arxiv), arxivId));
  return doi === null ? Promise.resolve({ missing: NOWHERE }) : articleOf(doi, httpOf);
}

const NOWHERE = `Only its record is known. ${ADD_IT}`;

async function articleOf(doi: string, httpOf: HttpOf): Promise<OpenFile> {
  const pmcid = await orFault(openArticle(httpOf(europepmc), doi));
  if (typeof pmcid === 'string') {
    return fetched(europepmc.name, () => articleFile(httpOf(europepmc), pmcid));
  }
  const other = await orFault(semanticScholarOpen(httpOf(semanticscholar), doi));
  if (!(other instanceof SourceFault)) {
    if (other.url !== null) {
      return {
        missing: `An open copy is at ${other.url}, where Phial does not fetch files. Download it there and add it.`,
      };
    }
    if (other.arxivId !== null) {
      return {
        missing: `No open PDF of the article is known; its preprint is arXiv:${other.arxivId}, which can be added by that id.`,
      };
    }
  }
  const unasked = [pmcid, other].flatMap((fault) =>
    fault instanceof SourceFault ? [fault.message] : [],
  );
  return {
    missing:
      unasked.length === 0
        ? `No open PDF is known for this DOI. ${ADD_IT}`
        : `No open PDF was found for this DOI: ${unasked.join('; ')}. ${ADD_IT}`,
  };
}

async function fetched(from: string, fetch: () => Promise<Uint8Array>): Promise<OpenFile> {
  const answer = await orFault(fetch());
  if (answer instanceof SourceFault) {
    return { missing: `Only its record is known: ${answer.message}. ${ADD_IT}` };
  }
  const bytes = Buffer.from(answer);
  const isPaper = whatIsIt(bytes.subarray(0, 2_048)) === 'pdf';
  return isPaper && bytes.length <= PAPER_LIMITS.fileBytes
    ? { bytes }
    : { missing: `Only its record is known: ${from} sent no PDF. ${ADD_IT}` };
}

function orFault<T>(asked: Promise<T>): Promise<T | SourceFault> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof SourceFault) || error.kind === 'cancelled') throw error;
    return error;
  });
}
