import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { FlagForm } from '@/components/feedback/flag-form';
import { Section } from '@/components/ui/section';
import { getEvidence } from '@/server/evidence/queries';
import { raiseFlag } from '../evidence/actions';

export const metadata: Metadata = { title: 'Flag a record' };

/** The same as the dialog of the evidence table, for browsers without its script. */
export default async function FlagPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ evidence?: string }>;
}) {
  const { id: jobId } = await params;
  const { evidence: evidenceId = '' } = await searchParams;
  const { evidence } = await forPage((ctx) => getEvidence({ ctx, jobId, evidenceId }));
  return (
    <Section title="Flag this record" note={evidence.title}>
      <FlagForm action={raiseFlag} jobId={jobId} evidenceId={evidenceId} />
    </Section>
  );
}
