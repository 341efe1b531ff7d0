import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { CandidatesView } from '@/components/candidates/candidates-view';
import { EmptyState } from '@/components/ui/states';
import { getAssessment, listEvidence } from '@/server/evidence/queries';

export const metadata: Metadata = { title: 'Candidates' };

export default async function CandidatesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { assessment, titles } = await forPage(async (ctx) => {
    const [assessment, evidence] = await Promise.all([
      getAssessment({ ctx, jobId: id }),
      listEvidence({ ctx, jobId: id }),
    ]);
    return { assessment, titles: Object.fromEntries(evidence.map((e) => [e.id, e.title])) };
  });
  if (!assessment) {
    return (
      <EmptyState title="Not scored yet">
        Candidates are scored when every source was asked. The overview shows how far the job is.
      </EmptyState>
    );
  }
  return <CandidatesView jobId={id} features={assessment.features} titles={titles} />;
}
