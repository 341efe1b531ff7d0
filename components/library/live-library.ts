'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useJobEvents } from '@/components/jobs/live';
import { useTRPC } from '@/components/trpc';
import type { PaperList } from '@/server/papers';
import { isUnfinished, type PaperFilter } from '@/server/papers/schema';

/** Papers that others add, and those beyond this page, are noticed this late at most. */
const LOOK_MS = 5_000;
/** Many events in a row are one reason to look. */
const SOON_MS = 400;

type Pages = ReadonlyMap<string, { read: number; seq: number }>;

/** The page of the library, up to date: events tell pages as they are read, the rest is read anew. */
export function useLiveLibrary(
  filter: PaperFilter,
  initial: PaperList,
): { list: PaperList; look: () => void } {
  const trpc = useTRPC();
  const [pages, note] = useReducer(
    (before: Pages, [id, read, seq]: [string, number, number]): Pages =>
      new Map(before).set(id, { read, seq }),
    new Map(),
  );
  const { data, refetch } = useQuery(
    trpc.papers.list.queryOptions(filter, {
      initialData: initial,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.unfinished ?? 0) > 0 ? LOOK_MS : false),
      refetchOnWindowFocus: 'always',
    }),
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const look = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refetch();
    }, SOON_MS);
  }, [refetch]);
  useEffect(() => () => clearTimeout(timer.current), []);

  useJobEvents(
    data.papers
      .filter(({ processingStatus }) => isUnfinished(processingStatus))
      .map(({ id, seq }) => ({ id, after: seq })),
    (event) => {
      if (event.type === 'step.progressed' && event.data.step === 'parse') {
        note([event.jobId, event.data.records, event.seq]);
        const paper = data.papers.find(({ id }) => id === event.jobId);
        if (paper?.pageCount) return;
      }
      look();
    },
  );
  const papers = data.papers.map((paper) => {
    const noted = pages.get(paper.id);
    return noted && noted.seq > paper.seq ? { ...paper, pagesRead: noted.read } : paper;
  });
  return { list: { ...data, papers }, look };
}
