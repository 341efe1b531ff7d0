/** Crossref, arXiv and Semantic Scholar in a nutshell, on loopback: two known works and "not found". */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makePdf, prose } from '@/server/papers/testing';

export const KNOWN_DOI = '10.1000/iron.2019';
export const KNOWN_TITLE = 'Iron stores and sleep in forty older adults';
export const KNOWN_ARXIV = '2101.00001';
export const PREPRINT_TITLE = 'Sleep stages from wrist movement alone';

const WORK = {
  DOI: KNOWN_DOI.toUpperCase(),
  title: [KNOWN_TITLE],
  'container-title': ['Journal of Iron &amp; Sleep'],
  abstract: '<jats:title>Abstract</jats:title><jats:p>Iron was measured.</jats:p>',
  author: [{ given: 'Ada', family: 'Lovelace' }, { name: 'The Iron Group' }],
  issued: { 'date-parts': [[2019, 4]] },
};

const FEED = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<entry><id>http://arxiv.org/abs/${KNOWN_ARXIV}v2</id><title>${PREPRINT_TITLE}</title>
<published>2021-01-01T00:00:00Z</published><summary>Movement tells &lt;much&gt;.</summary>
<author><name>Grace Hopper</name></author><arxiv:doi>10.1000/sleep.2022</arxiv:doi></entry></feed>`;

export interface PaperSources {
  baseUrl: string;
  /** Addresses that were asked, without the host. */
  asked(): string[];
  close(): Promise<void>;
}

export async function startPaperSources(): Promise<PaperSources> {
  const pdf = await makePdf([1, 2].map((n) => prose('movement', n)));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    asked.push(url);
    const answer = (status: number, type: string, body: string | Buffer) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const json = (body: unknown) => answer(200, 'application/json', JSON.stringify(body));
    if (url.startsWith(`/crossref/works/${KNOWN_DOI}`)) return json({ message: WORK });
    if (url.startsWith('/crossref/works?')) return json({ message: { items: [WORK] } });
    if (url.startsWith(`/arxiv/pdf/${KNOWN_ARXIV}`)) return answer(200, 'application/pdf', pdf);
    if (url.includes(`id_list=${KNOWN_ARXIV}`)) return answer(200, 'application/atom+xml', FEED);
    if (url.startsWith('/arxiv/api/')) {
      return answer(
        200,
        'application/atom+xml',
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
      );
    }
    return answer(404, 'text/plain', 'Not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
