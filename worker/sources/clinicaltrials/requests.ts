/** Questions to the ClinicalTrials.gov API v2 (clinicaltrials.gov/data-api/api, read 2026-11-22). */
import type { Subject } from '@/server/evidence/schema';
import type { SourceRequest } from '../contract';
import { searchNames } from '../names';

/**
 * Trials a page; the next size is taken when a page is larger than a response may be: a record with
 * posted results can exceed a megabyte. Pages need not be of one size (same page, `pageSize`).
 */
export const PAGE_SIZES = [100, 25, 5] as const;
/** At 1 request a second and some 10 kB a record, about ten seconds and 5 MB. */
export const MAX_TRIALS = 500;

/** Whole records (no `fields`) of trials whose interventions bear one of the subject's names. */
export function studiesRequest(
  subject: Subject,
  pageToken: string | null,
  pageSize: number = PAGE_SIZES[0],
): SourceRequest {
  const expression = searchNames(subject)
    .map((name) => `"${name}"`)
    .join(' OR ');
  const page = pageToken === null ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
  return {
    url:
      'https://clinicaltrials.gov/api/v2/studies' +
      `?query.intr=${encodeURIComponent(expression)}&pageSize=${pageSize}&countTotal=true${page}`,
    accept: 'application/json',
  };
}
