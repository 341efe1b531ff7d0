import type { Metadata } from 'next';
import { forPage } from '@/app/page-context';
import { LearnedOrderSection } from '@/components/feedback/learned-order-section';
import { TallyChart } from '@/components/feedback/tally-chart';
import { formatFigure } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { PageHeader, Readout, Section } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { Table, Td, Th } from '@/components/ui/table';
import { feedbackStats } from '@/server/feedback';
import { FLAG_WORDS, type FlagReason } from '@/server/feedback/schema';
import { rankerHistory } from '@/server/ranking';

export const metadata: Metadata = { title: 'Votes' };

export default async function FeedbackPage() {
  const [stats, history] = await Promise.all([
    forPage((ctx) => feedbackStats({ ctx })),
    forPage((ctx) => rankerHistory({ ctx })),
  ]);
  const { votes, mine, agreement } = stats;
  return (
    <>
      <PageHeader
        title="Votes"
        trail={<TextLink href="/review">Review</TextLink>}
        summary="What this workspace’s people think of the evidence they were shown. Votes order lists; they never enter a score or a report."
      />
      {votes.up + votes.down === 0 ? (
        <EmptyState title="No vote yet">
          Vote on a record with the thumbs beside it, or with the keys v and x.
        </EmptyState>
      ) : (
        <>
          <div className="grid grid-cols-2 gap-6 md:grid-cols-4">
            <Readout
              label="Votes"
              value={votes.up + votes.down}
              note={`${votes.up} up, ${votes.down} down`}
            />
            <Readout
              label="On records"
              value={votes.evidence}
              note={`by ${votes.voters} ${votes.voters === 1 ? 'voter' : 'voters'}`}
            />
            <Readout
              label="Your own"
              value={mine.up + mine.down}
              note={`${mine.up} up, ${mine.down} down`}
            />
            <Readout
              label="Agreement"
              value={agreement.alpha === null ? null : formatFigure(agreement.alpha, 2)}
              note={`Krippendorff’s α over ${agreement.evidence} records with several votes`}
            />
          </div>
          <Section title="By source" layout="margin">
            <TallyChart label="Votes by source" names="source" tallies={stats.bySource} />
          </Section>
          <Section title="By kind" layout="margin">
            <TallyChart label="Votes by kind" names="kind" tallies={stats.byKind} />
          </Section>
          <Section
            title="By level"
            note="As the record was read when it was voted on."
            layout="margin"
          >
            <TallyChart label="Votes by evidence level" names="level" tallies={stats.byLevel} />
          </Section>
        </>
      )}
      {stats.flags.length > 0 && (
        <Section title="Flags" layout="margin">
          <Table label="Flags by reason">
            <thead>
              <tr>
                <Th>Reason</Th>
                <Th numeric>To decide</Th>
                <Th numeric>Accepted</Th>
                <Th numeric>Rejected</Th>
              </tr>
            </thead>
            <tbody>
              {stats.flags.map((row) => (
                <tr key={row.reason}>
                  <Td rowHead>{FLAG_WORDS[row.reason as FlagReason]}</Td>
                  <Td numeric>{row.open}</Td>
                  <Td numeric>{row.accepted}</Td>
                  <Td numeric>{row.rejected}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      <LearnedOrderSection history={history} />
    </>
  );
}
