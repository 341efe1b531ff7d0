import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { invalid } from '@/server/errors';
import { createPaper, lockFor } from './create';
import { papersOf } from './duplicates';
import { type Added, type AddedIdentifier, PAPER_LIMITS, readIdentifiers } from './schema';

/**
 * Adds papers by DOI or arXiv id; workers fetch their records, and the PDF where one is openly there.
 * Each id is one paper, however often it is sent; lines that are neither come back with what is wrong.
 */
export async function addIdentifiers({
  ctx,
  text,
}: {
  ctx: Ctx;
  text: string;
}): Promise<AddedIdentifier[]> {
  authorise(ctx, 'paper.write');
  const all = readIdentifiers(text);
  if (all.length === 0) {
    throw invalid('IDENTIFIERS_NONE', 'Enter at least one DOI or arXiv id.');
  }
  if (all.length > PAPER_LIMITS.identifiers) {
    throw invalid(
      'IDENTIFIERS_TOO_MANY',
      `Enter at most ${PAPER_LIMITS.identifiers} DOIs and arXiv ids at a time.`,
    );
  }
  const results: AddedIdentifier[] = [];
  for (const { text, identifier } of all) {
    results.push(
      identifier
        ? { text, added: await addOne(ctx, identifier), problem: null }
        : { text, added: null, problem: 'This is neither a DOI nor an arXiv id.' },
    );
  }
  return results;
}

function addOne(ctx: Ctx, identifier: { kind: 'doi' | 'arxiv'; id: string }): Promise<Added> {
  const { kind, id } = identifier;
  return inWorkspace(ctx, async (tx) => {
    await lockFor(tx, ctx.actor.workspaceId, `${kind}:${id}`);
    const [known] = await papersOf(tx, identifier);
    if (known) {
      const { paperId, title } = known;
      return { paperId, title, processingStatus: null, isNew: false, duplicate: known };
    }
    const title = kind === 'doi' ? `doi:${id}` : `arXiv:${id}`;
    const field = kind === 'doi' ? 'doi' : 'arxivId';
    const paperId = await createPaper(tx, ctx, {
      input: title,
      plan: ['fetch', 'parse', 'index'],
      paper: {
        source: kind,
        title,
        [field]: id,
        fieldOrigins: { [field]: { from: 'submission', at: ctx.now().toISOString() } },
      },
    });
    return { paperId, title, processingStatus: 'pending', isNew: true, duplicate: null };
  });
}
