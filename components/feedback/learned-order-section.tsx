import { formatFigure } from '@/components/ui/format';
import { Section } from '@/components/ui/section';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { RankerHistory } from '@/server/ranking';
import { NEEDS } from '@/server/ranking/schema';

const STATUS_WORDS: Record<RankerHistory['versions'][number]['status'], string> = {
  'in-use': 'in use',
  retired: 'retired',
  rejected: 'not put in use',
};

/** What the votes have taught: what the order goes by, and how every lesson was measured. */
export function LearnedOrderSection({ history }: { history: RankerHistory }) {
  const { votes, people, weights, versions } = history;
  return (
    <Section
      title="Learned order"
      note="Learned from this workspace’s votes alone. What one must be careful with stays on top of every list."
      layout="margin"
    >
      {versions.length === 0 ? (
        <p className="max-w-measure text-ink-2">
          Lists stand in the usual order. {NEEDS.votes} votes by {NEEDS.people} people are needed
          before anything is learned from them; so far there are {votes} by {people}. An order comes
          into use only when it puts votes that it has not seen in a better order than the present
          one.
        </p>
      ) : (
        <div className="space-y-8">
          {weights.length > 0 ? (
            <Table label="What the order goes by">
              <thead>
                <tr>
                  <Th>Feature of a record</Th>
                  <Th numeric>Weight</Th>
                </tr>
              </thead>
              <tbody>
                {weights.map(({ feature, weight }) => (
                  <tr key={feature}>
                    <Td rowHead>{feature}</Td>
                    <Td numeric>{formatFigure(weight, 2)}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          ) : (
            <p className="text-ink-2">Lists stand in the usual order: nothing learned beats it.</p>
          )}
          <Table label="What was learned">
            <thead>
              <tr>
                <Th numeric>Version</Th>
                <Th>State</Th>
                <Th numeric>nDCG before</Th>
                <Th numeric>nDCG with it</Th>
                <Th numeric>Votes</Th>
                <Th numeric>Position bias η</Th>
                <Th>What became of it</Th>
                <Th numeric>Trained</Th>
              </tr>
            </thead>
            <tbody>
              {versions.map(({ version, status, reason, measured, trainedAt }) => (
                <tr key={version}>
                  <Td rowHead>{version}</Td>
                  <Td>
                    <span className="whitespace-nowrap">{STATUS_WORDS[status]}</span>
                  </Td>
                  <Td numeric>{formatFigure(measured.base, 3)}</Td>
                  <Td numeric>{formatFigure(measured.ndcg, 3)}</Td>
                  <Td numeric>{measured.votes}</Td>
                  <Td numeric>{formatFigure(measured.eta, 2)}</Td>
                  <Td>
                    <span className="block min-w-56">{reason}</span>
                  </Td>
                  <Td numeric>
                    <Time at={trainedAt} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Section>
  );
}
