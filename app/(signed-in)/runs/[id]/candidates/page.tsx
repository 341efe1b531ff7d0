import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { CandidatesView } from '@/components/candidates/candidates-view';
import { NotScored } from '@/components/candidates/not-scored';
import { getAssessment, sourcesOfCandidates } from '@/server/evidence/queries';
import { loadJob } from '../load-job';

export const metadata: Metadata = { title: 'Candidates' };

export default async function CandidatesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await loadJob(id);
  const assessment = await forPage((ctx) => getAssessment({ ctx, jobId: id }));
  if (!assessment) return <NotScored />;
  const { features } = assessment;
  const sources = await forPage((ctx) => sourcesOfCandidates({ ctx, jobId: id, features }));
  return <CandidatesView jobId={id} features={features} sources={sources} />;
}
