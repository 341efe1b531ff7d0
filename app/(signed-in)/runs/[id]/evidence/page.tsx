import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { EvidenceTable } from '@/components/evidence/evidence-table';
import { FeedbackProvider } from '@/components/feedback/feedback-context';
import { listEvidenceRows } from '@/server/evidence/queries';
import { feedbackOfJob } from '@/server/feedback';
import { rankingOf } from '@/server/ranking';
import { loadJob } from '../load-job';
import { castVote, raiseFlag, takeFlagBack } from './actions';

export const metadata: Metadata = { title: 'Evidence' };

export default async function EvidencePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await loadJob(id);
  const [list, standings, ranking, mayVote] = await Promise.all([
    forPage((ctx) => listEvidenceRows({ ctx, jobId: id })),
    forPage((ctx) => feedbackOfJob({ ctx, jobId: id })),
    forPage((ctx) => rankingOf({ ctx, jobId: id })),
    may('feedback.write'),
  ]);
  return (
    <FeedbackProvider
      jobId={id}
      initial={standings}
      mayVote={mayVote}
      actions={{ vote: castVote, flag: raiseFlag, withdraw: takeFlagBack }}
    >
      <EvidenceTable initial={list} ranking={ranking} />
    </FeedbackProvider>
  );
}
