/** Crossref, arXiv, Europe PMC and Semantic Scholar in a nutshell, on loopback: three works and "not found". */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makePdf, prose } from '@/server/papers/testing';

export const KNOWN_DOI = '10.1000/iron.2019';
export const KNOWN_TITLE = 'Iron stores and sleep in forty older adults';
/** Open in Europe PMC. */
export const OPEN_DOI = '10.1000/open.2020';
export const OPEN_TITLE = 'Cobalt in the diet of mountain hares';
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

const OPEN_WORK = { DOI: OPEN_DOI, title: [OPEN_TITLE] };
const results = (result: unknown[]) => ({ resultList: { result } });

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
  const [pdf, article] = await Promise.all(
    ['movement', 'cobalt'].map((thing) => makePdf([1, 2].map((n) => prose(thing, n)))),
  );
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    asked.push(url);
    const answer = (status: number, type: string, body: string | Buffer) =>
      response.writeHead(status, { 'content-type': type }).end(body);
    const json = (body: unknown) => answer(200, 'application/json', JSON.stringify(body));
    if (url.startsWith(`/crossref/works/${KNOWN_DOI}`)) return json({ message: WORK });
    if (url.startsWith(`/crossref/works/${OPEN_DOI}`)) return json({ message: OPEN_WORK });
    if (url.startsWith('/europepmc/europepmc/webservices/rest/search')) {
      const open = { doi: OPEN_DOI, pmcid: 'PMC77', isOpenAccess: 'Y', hasPDF: 'Y' };
      return json(results(url.includes(OPEN_DOI) ? [open] : []));
    }
    // As the real one does, by way of another address of its own.
    if (url === '/europepmc/articles/PMC77?pdf=render') {
      return response.writeHead(302, { location: '/europepmc/backend/render?accid=PMC77' }).end();
    }
    if (url === '/europepmc/backend/render?accid=PMC77') {
      return answer(200, 'application/pdf', article!);
    }
    if (url.startsWith('/crossref/works?')) return json({ message: { items: [WORK] } });
    if (url.startsWith(`/arxiv/pdf/${KNOWN_ARXIV}`)) return answer(200, 'application/pdf', pdf!);
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
