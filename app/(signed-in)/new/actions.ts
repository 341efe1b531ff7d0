'use server';

import { redirect } from 'next/navigation';
import { type FormState, forForm } from '@/app/form-state';
import { invalid } from '@/server/errors';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { submitMolecule } from '@/server/jobs';
import { LIMITS } from '@/server/jobs/schema';

/** Submits what the form holds and leads to the job; on an error the form comes back as it was. */
export async function submit(_before: FormState | null, form: FormData): Promise<FormState> {
  return forForm(form, async (ctx) => {
    const sources = form.getAll('source').map(String);
    if (sources.length === 0) {
      throw invalid(
        'SOURCES_NONE',
        'Tick at least one source: a job that asks nobody finds nothing.',
      );
    }
    const { jobId, created } = await submitMolecule({
      ctx,
      input: {
        text: String(form.get('text') ?? ''),
        options: {
          indication: String(form.get('indication') ?? '').trim() || null,
          sources: SOURCE_IDS.filter((id) => sources.includes(id)),
          maxRequests: wholeNumber(form, 'maxRequests', LIMITS.maxRequests),
          maxSeconds: wholeNumber(form, 'maxSeconds', LIMITS.maxSeconds),
        },
        bundleSha256: form.get('bundle') ? String(form.get('bundle')) : null,
      },
    });
    redirect(created ? `/runs/${jobId}` : `/runs/${jobId}?joined`);
  });
}

function wholeNumber(
  form: FormData,
  name: string,
  { default: fallback, min, max }: { default: number; min: number; max: number },
): number {
  const text = String(form.get(name) ?? '').trim();
  if (text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid('BUDGET_INVALID', `The budget takes whole numbers from ${min} to ${max}.`);
}
