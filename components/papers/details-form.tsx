'use client';

import { InputField, TextareaField } from '@/components/ui/field';
import { Callout } from '@/components/ui/states';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormAction, useFormAction } from '@/components/ui/use-form-action';
import { writeAuthors } from '@/server/papers/author-lines';
import type { PaperView } from '@/server/papers/queries';
import { FIELD_WORDS } from './words';

/** What a person knows better. What they write is never overwritten by what is read or asked later. */
export function DetailsForm({ paper, action }: { paper: PaperView; action: FormAction }) {
  const [state, submit] = useFormAction(action, 'Saved');
  const typed = state?.message ? state.values : null;
  const value = (name: string, known: string | number | null) =>
    typed?.[name] ?? (known === null ? '' : String(known));
  return (
    <form action={submit} className="space-y-4">
      {state?.message && <Callout tone="bad" title={state.message} />}
      <input type="hidden" name="paperId" value={paper.id} />
      <TextareaField
        label={FIELD_WORDS.title}
        name="title"
        rows={2}
        required
        defaultValue={value('title', paper.title)}
      />
      <TextareaField
        label={FIELD_WORDS.authors}
        hint="One a line, family name first: Curie, Marie"
        name="authors"
        rows={Math.min(10, Math.max(3, paper.authors.length))}
        defaultValue={value('authors', writeAuthors(paper.authors))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <InputField
          label={FIELD_WORDS.year}
          name="year"
          inputMode="numeric"
          defaultValue={value('year', paper.year)}
        />
        <InputField
          label={FIELD_WORDS.venue}
          name="venue"
          defaultValue={value('venue', paper.venue)}
        />
        <InputField
          label={FIELD_WORDS.doi}
          name="doi"
          mono
          defaultValue={value('doi', paper.doi)}
        />
        <InputField
          label={FIELD_WORDS.arxivId}
          name="arxivId"
          mono
          defaultValue={value('arxivId', paper.arxivId)}
        />
      </div>
      <InputField
        label={FIELD_WORDS.articleDoi}
        hint="Of a preprint: the article that it became"
        name="articleDoi"
        mono
        defaultValue={value('articleDoi', paper.articleDoi)}
      />
      <TextareaField
        label={FIELD_WORDS.abstract}
        name="abstract"
        rows={8}
        defaultValue={value('abstract', paper.abstract)}
      />
      <SubmitButton pendingLabel="Saving">Save</SubmitButton>
    </form>
  );
}
