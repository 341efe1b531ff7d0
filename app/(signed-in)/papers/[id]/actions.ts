'use server';

import { revalidatePath } from 'next/cache';
import { ZodError } from 'zod';
import { type FormState, forForm } from '@/app/form-state';
import { invalid } from '@/server/errors';
import { editPaper, getPaper } from '@/server/papers';
import { readAuthors, writeAuthors } from '@/server/papers/author-lines';
import type { PaperEdit } from '@/server/papers/schema';

/** Saves the fields that were changed; the others keep where they come from. */
export async function edit(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const paperId = String(form.get('paperId'));
    const paper = await getPaper({ ctx, paperId });
    const typed = (name: string) =>
      String(form.get(name) ?? '')
        .replace(/\r\n?/g, '\n')
        .trim();
    const edit: PaperEdit = {};
    for (const name of ['abstract', 'venue', 'doi', 'arxivId', 'articleDoi'] as const) {
      if (typed(name) !== (paper[name] ?? '').trim()) edit[name] = typed(name);
    }
    if (typed('title') !== paper.title.trim()) edit.title = typed('title');
    if (typed('authors') !== writeAuthors(paper.authors).trim()) {
      edit.authors = readAuthors(typed('authors'));
    }
    if (typed('year') !== String(paper.year ?? '')) edit.year = yearOf(typed('year'));
    await editPaper({ ctx, paperId, edit }).catch((error) => {
      if (!(error instanceof ZodError)) throw error;
      const [issue] = error.issues;
      throw invalid('FIELD_INVALID', `${issue?.path.join('.')}: ${issue?.message}`);
    });
    revalidatePath(`/papers/${paperId}`, 'layout');
    return undefined;
  });
}

function yearOf(text: string): number | null {
  if (text === '') return null;
  const year = Number(text);
  if (Number.isInteger(year) && year >= 1500 && year <= 2200) return year;
  throw invalid('YEAR_INVALID', 'A year has four digits, such as 2021.');
}
