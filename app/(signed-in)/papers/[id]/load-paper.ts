import { cache } from 'react';
import { forPage } from '@/app/page-context';
import { markedAddress } from '@/server/asking/marks';
import { getPaper, pageTextHashes } from '@/server/papers';
import type { PagePlace } from '@/server/papers/reading';

/** The paper of this address, read once a request however many parts of the page need it. */
export const loadPaper = cache((paperId: string) => forPage((ctx) => getPaper({ ctx, paperId })));

/** Makes addresses of places in a paper, at which the viewer then marks them. */
export async function loadAddresses(
  paperId: string,
): Promise<(places: readonly PagePlace[]) => string> {
  const hashes = await forPage((ctx) => pageTextHashes({ ctx, paperId }));
  return (places) =>
    markedAddress(
      paperId,
      places.flatMap(({ page, start, end }) => {
        const textSha256 = hashes.get(page);
        return textSha256 ? [{ page, start, end, textSha256 }] : [];
      }),
    );
}
