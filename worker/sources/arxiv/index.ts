/** arXiv: details and files of preprints (info.arxiv.org/help/api/user-manual.html, read 2026-11-25). */
import type { WorkRecord } from '../bibliography';
import type { Bibliography, SourceHttp } from '../contract';
import { parseEntry } from './parse';

export const arxiv: Bibliography = {
  id: 'arxiv',
  name: 'arXiv',
  homepage: 'https://arxiv.org',
  licence: 'Metadata CC0 1.0; files under the licence their authors chose',
  requestsPerSecond: 1 / 3,
  bodiesMayBeShared: false,
  version: '1',
  hosts: ['export.arxiv.org', 'arxiv.org'],
};

/** The preprint of an id; null when arXiv does not know it. Throws SourceFault. */
export async function arxivEntry(http: SourceHttp, id: string): Promise<WorkRecord | null> {
  const asked = new URLSearchParams({ id_list: id, max_results: '1' });
  const url = `https://export.arxiv.org/api/query?${asked}`;
  // An id of a wrong form is answered by 400, with a feed that says so.
  const snapshot = await http.ask({ url, accept: 'application/atom+xml', answers: [400] });
  return snapshot.status === 400 ? null : parseEntry(snapshot, id);
}

/** The preprint's PDF. Throws SourceFault. */
export async function arxivFile(http: SourceHttp, id: string): Promise<Uint8Array> {
  const url = `https://arxiv.org/pdf/${id}`;
  const { bytes } = await http.ask({ url, accept: 'application/pdf' });
  return bytes;
}
