'use client';

import { parseAsInteger, useQueryStates } from 'nuqs';
import { Callout } from '@/components/ui/states';
import type { Located } from '@/server/asking/locate';
import { Viewer } from './viewer';

const parsers = { page: parseAsInteger, at: parseAsInteger };

/** A paper by itself; the page and the passage that is looked at stand in the address. */
export function ReadPaper({
  paperId,
  located,
  unread,
}: {
  paperId: string;
  located: readonly Located[];
  /** Marks of the address that could not be read. */
  unread: number;
}) {
  const [{ page, at }, setPlace] = useQueryStates(parsers, { history: 'replace' });
  const current = located.length === 0 ? null : clamp((at ?? 1) - 1, located.length);
  const step = (by: 1 | -1) => {
    const next = current === null ? undefined : located[current + by];
    if (current === null || !next) return null;
    return () => void setPlace({ at: current + by + 1, page: next.mark.page });
  };
  const looked = current === null ? undefined : located[current];
  return (
    <div className="flex h-[calc(100dvh-6rem)] min-h-[34rem] flex-col gap-3">
      {unread > 0 && (
        <Callout tone="caution" title="This address names a passage in a form that is not known">
          Nothing is highlighted for it.
        </Callout>
      )}
      {looked?.state === 'found' && (
        <p className="max-h-24 overflow-auto border-l border-rule-strong pl-3 text-sm" data-quote>
          “{looked.quote}”
        </p>
      )}
      <Viewer
        paperId={paperId}
        page={page ?? looked?.mark.page ?? 1}
        onPage={(to) => void setPlace({ page: to })}
        marks={located}
        current={current}
        steps={
          current === null
            ? null
            : { at: current + 1, of: located.length, previous: step(-1), next: step(1) }
        }
      />
    </div>
  );
}

const clamp = (index: number, length: number) => Math.min(Math.max(0, index), length - 1);
