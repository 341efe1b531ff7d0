'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, forForm } from '@/app/form-state';
import type { Ctx } from '@/server/context';
import { cancelJob, chooseCompound, finishJob, retryJob } from '@/server/jobs';

const onJob = (form: FormData, verb: (ctx: Ctx, jobId: string) => Promise<void>) =>
  forForm(form, async (ctx) => {
    const jobId = String(form.get('jobId'));
    await verb(ctx, jobId);
    revalidatePath(`/runs/${jobId}`, 'layout');
    return undefined;
  });

export async function cancel(_before: FormState | null, form: FormData): Promise<FormState> {
  return onJob(form, (ctx, jobId) => cancelJob({ ctx, jobId }));
}

export async function finish(_before: FormState | null, form: FormData): Promise<FormState> {
  return onJob(form, (ctx, jobId) => finishJob({ ctx, jobId }));
}

/** Without a step all steps that did not succeed run again. */
export async function retry(_before: FormState | null, form: FormData): Promise<FormState> {
  const step = form.get('step');
  return onJob(form, (ctx, jobId) =>
    retryJob({ ctx, jobId, step: step ? String(step) : undefined }),
  );
}

export async function choose(_before: FormState | null, form: FormData): Promise<FormState> {
  const inchiKey = String(form.get('inchiKey'));
  return onJob(form, (ctx, jobId) => chooseCompound({ ctx, jobId, inchiKey }));
}
