import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { EvidenceTable } from '@/components/evidence/evidence-table';
import { listEvidenceRows } from '@/server/evidence/queries';
import { loadJob } from '../load-job';

export const metadata: Metadata = { title: 'Evidence' };

export default async function EvidencePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await loadJob(id);
  const list = await forPage((ctx) => listEvidenceRows({ ctx, jobId: id }));
  return <EvidenceTable initial={list} />;
}
