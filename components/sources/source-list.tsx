'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc';
import { ExternalLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { StatusMark } from '@/components/ui/status';
import { Table, Td, Th } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { SourceHealth } from '@/server/sources/pace';
import { HealthNote } from './health-list';
import { BRINGS, HEALTH_LOOK, pace } from './words';

const LOOK_MS = 5_000;

/** Every source with its health, kept up to date while one looks. */
export function SourceList({ sources }: { sources: SourceHealth[] }) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.sources.health.queryOptions(undefined, {
      initialData: sources,
      refetchInterval: LOOK_MS,
    }),
  );
  return (
    <>
      <div role="status">
        {isError && (
          <div className="mb-4">
            <Callout tone="caution" title="The state could not be read just now">
              What is shown may be out of date. It is tried again every few seconds.
            </Callout>
          </div>
        )}
      </div>
      <Table label="Sources">
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>State</Th>
            <Th>Asked for</Th>
            <Th numeric>Pace</Th>
            <Th numeric>Last answer</Th>
            <Th numeric>Last fault</Th>
            <Th>Licence</Th>
          </tr>
        </thead>
        <tbody>
          {data.map((source) => (
            <tr key={source.id}>
              <Td rowHead>
                <span className="block min-w-32">
                  <ExternalLink href={source.homepage}>{source.name}</ExternalLink>
                </span>
              </Td>
              <Td>
                <span className="block min-w-48">
                  <StatusMark state={HEALTH_LOOK[source.state].state}>
                    {HEALTH_LOOK[source.state].word}
                  </StatusMark>
                  <span className="block text-xs text-ink-2">
                    <HealthNote source={source} />
                  </span>
                </span>
              </Td>
              <Td>
                <span className="block min-w-40">{BRINGS[source.id]}</span>
              </Td>
              <Td numeric>{pace(source.requestsPerSecond)}</Td>
              <Td numeric>{source.lastOkAt && <Time at={source.lastOkAt} />}</Td>
              <Td numeric>{source.lastFaultAt ? <Time at={source.lastFaultAt} /> : 'none'}</Td>
              <Td>
                <span className="block min-w-52">{source.licence}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
