import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { EvidenceTable } from '@/components/evidence/evidence-table';
import { evidenceRows } from '@/components/evidence/rows';
import { getAssessment, listEvidence } from '@/server/evidence/queries';

export const metadata: Metadata = { title: 'Evidence' };

export default async function EvidencePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const rows = await forPage(async (ctx) => {
    const [evidence, assessment] = await Promise.all([
      listEvidence({ ctx, jobId: id }),
      getAssessment({ ctx, jobId: id }),
    ]);
    return evidenceRows(evidence, assessment?.understanding ?? []);
  });
  return <EvidenceTable jobId={id} rows={rows} />;
}
