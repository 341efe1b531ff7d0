/** Sources on loopback: PubChem knows ethanol, ChEMBL knows nothing, the others never answer. */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ETHANOL = {
  PropertyTable: {
    Properties: [
      {
        CID: 702,
        Title: 'Ethanol',
        InChIKey: 'LFQSCWFLJHTTHZ-UHFFFAOYSA-N',
        SMILES: 'CCO',
        MolecularFormula: 'C2H6O',
        MolecularWeight: '46.07',
      },
    ],
  },
};
const NO_SYNONYMS = { InformationList: { Information: [{ CID: 702, Synonym: [] }] } };

export interface HangingSources {
  baseUrl: string;
  /** Requests that were taken and are still open. */
  open(): number;
  /** Requests that were ever taken, by source. */
  asked(): Record<string, number>;
  close(): Promise<void>;
}

export async function startHangingSources(): Promise<HangingSources> {
  const open = new Set<ServerResponse>();
  const asked: Record<string, number> = {};
  const server = createServer((request, response) => {
    const source = request.url?.split('/')[1] ?? '';
    asked[source] = (asked[source] ?? 0) + 1;
    response.setHeader('content-type', 'application/json');
    if (source === 'pubchem') {
      response.end(JSON.stringify(request.url?.includes('/property/') ? ETHANOL : NO_SYNONYMS));
      return;
    }
    if (source === 'chembl') {
      response.end(
        '{"molecules":[],"page_meta":{"limit":20,"next":null,"offset":0,"total_count":0}}',
      );
      return;
    }
    open.add(response);
    response.on('close', () => open.delete(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => open.size,
    asked: () => ({ ...asked }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
