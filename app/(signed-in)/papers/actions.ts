'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, forForm } from '@/app/form-state';
import type { Ctx } from '@/server/context';
import { invalid } from '@/server/errors';
import {
  addIdentifiers as addByIdentifiers,
  purgePapers,
  readAgain,
  removePapers,
  restorePapers,
  tagPapers,
} from '@/server/papers';
import { PAPER_LIMITS } from '@/server/papers/schema';

/** Adds what the box holds; lines that are neither DOI nor arXiv id stay in it. */
export async function addIdentifiers(
  _before: FormState | null,
  form: FormData,
): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const results = await addByIdentifiers({ ctx, text: String(form.get('identifiers') ?? '') });
    revalidatePath('/papers');
    const problems = results.filter(({ problem }) => problem !== null);
    const fresh = results.filter(({ added }) => added?.isNew).length;
    const known = results.filter(({ added }) => added && !added.isNew);
    const parts = [
      fresh > 0 && `${fresh} added`,
      known.length > 0 &&
        `${known.length} here already${known.some(({ added }) => added?.duplicate?.inBin) ? ', some in the bin' : ''}`,
    ].filter(Boolean);
    return {
      message:
        problems.length > 0
          ? `Neither a DOI nor an arXiv id: ${problems.map(({ text }) => text).join(', ')}`
          : null,
      reason: problems.length > 0 ? 'IDENTIFIERS_UNKNOWN' : null,
      values: {
        identifiers: problems.map(({ text }) => text).join('\n'),
        taken: parts.join(', '),
      },
    };
  });
}

/** Does with the chosen papers what the pressed button says. */
export async function change(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const paperIds = [...new Set(form.getAll('paper').map(String))];
    if (paperIds.length === 0) throw invalid('PAPERS_NONE', 'Choose at least one paper first.');
    if (paperIds.length > PAPER_LIMITS.selection) {
      throw invalid(
        'PAPERS_TOO_MANY',
        `Choose at most ${PAPER_LIMITS.selection} papers at a time.`,
      );
    }
    const values = await act(ctx, String(form.get('do')), paperIds, String(form.get('tag') ?? ''));
    revalidatePath('/papers', 'layout');
    return { message: null, reason: null, values };
  });
}

const papers = (n: number) => (n === 1 ? '1 paper' : `${n} papers`);

async function act(
  ctx: Ctx,
  what: string,
  paperIds: string[],
  typedTag: string,
): Promise<Record<string, string>> {
  const tag = typedTag.trim();
  switch (what) {
    case 'tag':
    case 'untag':
      if (tag === '') throw invalid('TAG_NONE', 'Type the tag first.');
      await tagPapers({ ctx, paperIds, [what === 'tag' ? 'add' : 'remove']: [tag] });
      return { done: `${papers(paperIds.length)} ${what === 'tag' ? 'tagged' : 'untagged'}` };
    case 'read-again': {
      const again = await readAgain({ ctx, paperIds });
      return { done: `${papers(again.length)} to be read again` };
    }
    case 'remove': {
      const removed = await removePapers({ ctx, paperIds });
      return { done: `${papers(removed.length)} deleted`, removed: removed.join(' ') };
    }
    case 'restore':
      return { done: `${papers((await restorePapers({ ctx, paperIds })).length)} restored` };
    case 'purge':
      return { done: `${papers(await purgePapers({ ctx, paperIds }))} removed for good` };
    default:
      throw invalid('ACTION_UNKNOWN', 'Press one of the buttons above the list.');
  }
}
