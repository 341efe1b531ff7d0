/** Open articles as PDFs (europepmc.org/RestfulWebService, europepmc.org/FAQ, read 2026-11-25). */
import { z } from 'zod';
import { type Snapshot, SourceFault, type SourceHttp } from '../contract';

const PMCID = /^PMC\d+$/;
const resultSchema = z.object({
  doi: z.string().nullish(),
  pmcid: z.string().regex(PMCID).nullish().catch(null),
  isOpenAccess: z.string().nullish(),
  hasPDF: z.string().nullish(),
});
const answerSchema = z.object({ resultList: z.object({ result: z.array(z.unknown()) }) });

/** The PMC id of the article with this DOI, if it lies there under an open licence, with a PDF. Throws SourceFault. */
export async function openArticle(http: SourceHttp, doi: string): Promise<string | null> {
  const asked = new URLSearchParams({
    query: `DOI:"${doi.replaceAll('"', '')}"`,
    format: 'json',
    resultType: 'core',
    pageSize: '5',
  });
  const url = `https://www.ebi.ac.uk/europepmc/webservices/rest/search?${asked}`;
  return readOpenArticle(await http.ask({ url, accept: 'application/json' }), doi);
}

export function readOpenArticle(snapshot: Pick<Snapshot, 'json'>, doi: string): string | null {
  const answer = answerSchema.safeParse(snapshot.json());
  if (!answer.success) {
    throw new SourceFault('unreadable', 'Europe PMC sent an answer of an unknown form');
  }
  for (const result of answer.data.resultList.result) {
    const { data } = resultSchema.safeParse(result);
    const isIt = data?.doi?.toLowerCase() === doi.toLowerCase();
    if (isIt && data.pmcid && data.isOpenAccess === 'Y' && data.hasPDF === 'Y') return data.pmcid;
  }
  return null;
}

/** The article's PDF. Throws SourceFault. */
export async function articleFile(http: SourceHttp, pmcid: string): Promise<Uint8Array> {
  const url = `https://europepmc.org/articles/${pmcid}?pdf=render`;
  const { bytes } = await http.ask({ url, accept: 'application/pdf' });
  return bytes;
}
