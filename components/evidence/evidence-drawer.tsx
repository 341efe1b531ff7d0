'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc';
import { Identifier } from '@/components/ui/copy';
import { Drawer } from '@/components/ui/dialog';
import { Disclosure } from '@/components/ui/disclosure';
import { ExternalLink } from '@/components/ui/link';
import { Quote } from '@/components/ui/quote';
import { DefinitionList } from '@/components/ui/section';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { Callout, ErrorState } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { CitedFact } from '@/server/evidence/queries';
import { type EvidenceRow, KIND_WORDS, SOURCE_WORDS } from './rows';

/** One record beside the table: every fact of it in its surroundings, and the way to the source. */
export function EvidenceDrawer({
  jobId,
  row,
  onClose,
}: {
  jobId: string;
  row: EvidenceRow | null;
  onClose: () => void;
}) {
  return (
    <Drawer
      modal={false}
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row?.title ?? ''}
      description={row ? `${KIND_WORDS[row.kind].one} from ${SOURCE_WORDS[row.source]}` : undefined}
    >
      {row && <Record key={row.id} jobId={jobId} row={row} />}
    </Drawer>
  );
}

function Record({ jobId, row }: { jobId: string; row: EvidenceRow }) {
  const trpc = useTRPC();
  const { data, error, isPending } = useQuery(
    trpc.evidence.get.queryOptions({ jobId, evidenceId: row.id }),
  );
  return (
    <div className="space-y-5">
      <p className="flex flex-wrap items-center gap-2">
        <Identifier value={row.externalId} label="identifier" />
        {row.level && <Badge>{row.level}</Badge>}
        {row.stance && <Badge>{row.stance}</Badge>}
        {row.alarm && <Badge tone="bad">{row.alarm}</Badge>}
        {row.demo && <Badge tone="caution">Demo</Badge>}
      </p>
      {row.demo ? (
        <Callout tone="caution" title="Composed for demonstration">
          The facts are true, but nobody asked the source for this copy.
        </Callout>
      ) : (
        <p>
          <ExternalLink href={row.url}>Open at {SOURCE_WORDS[row.source]}</ExternalLink>
        </p>
      )}
      {isPending && (
        <Loading label="Reading the stored copy">
          <SkeletonText lines={8} />
        </Loading>
      )}
      {error && (
        <ErrorState
          title="The record could not be read"
          reason={error.message}
          whatToDo="Close it and open it again."
        />
      )}
      {data && <Facts facts={data.facts} />}
      {data && (
        <DefinitionList
          items={[
            {
              term: 'Retrieved',
              value: data.evidence.retrievedAt ? (
                <Time at={data.evidence.retrievedAt} absolute />
              ) : (
                'composed, not retrieved'
              ),
            },
            { term: 'Licence', value: data.evidence.licence },
            {
              term: 'Stored copy',
              value: <Identifier value={data.evidence.snapshotSha256} label="SHA-256" />,
            },
            { term: 'Read by', value: `connector ${data.evidence.connectorVersion}` },
          ]}
        />
      )}
    </div>
  );
}

/** Words are shown where they stand; short values in a list. */
function Facts({ facts }: { facts: CitedFact[] }) {
  const passages = facts.filter(
    (f) => f.surroundings.form === 'text' && f.name.startsWith('abstract'),
  );
  const others = facts.filter((f) => !passages.includes(f));
  const missing = facts.filter((f) => f.surroundings.state === 'missing');
  return (
    <div className="space-y-5">
      {missing.length > 0 && (
        <Callout tone="bad" title={`${missing.length} facts are not where they should be`}>
          The stored copy does not hold them at their place. Nothing is highlighted for these.
        </Callout>
      )}
      {passages
        .filter((f) => f.name.endsWith('.text'))
        .map((fact) => (
          <Passage key={fact.name} fact={fact} />
        ))}
      <div>
        <h3 className="text-sm font-medium">Facts, each with its place in the stored copy</h3>
        <ul className="mt-1">
          {others.map((fact) => (
            <li key={fact.name} className="border-b border-rule">
              <Disclosure summary={label(fact.name)} note={short(fact.surroundings.quote)}>
                <Passage fact={fact} />
              </Disclosure>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Passage({ fact }: { fact: CitedFact }) {
  const { surroundings, place } = fact;
  const where =
    'pointer' in place
      ? place.pointer || 'the whole answer'
      : `characters ${place.start} to ${place.end}`;
  const source = <span className="font-mono text-xs wrap-anywhere">{where}</span>;
  return surroundings.state === 'found' ? (
    <Quote
      state="found"
      before={surroundings.before}
      quote={surroundings.quote}
      after={surroundings.after}
      source={source}
    />
  ) : (
    <Quote state="missing" quote={surroundings.quote} why={surroundings.reason} source={source} />
  );
}

/** `arms.0.interventionNames.1` → "arms 1, intervention names 2". */
function label(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    .join(' ');
}

const short = (text: string) => (text.length > 70 ? `${text.slice(0, 70)}…` : text);
