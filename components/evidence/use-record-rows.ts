'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { useFeedback } from '@/components/feedback/feedback-context';
import { useRowKeys } from '@/components/ui/rows';
import { PAGE } from './use-shown-records';

/** Moving through the records by keyboard, voting included; a row on another page turns to it. */
export function useRecordRows({
  ids,
  page,
  turnTo,
  open,
  setOpen,
  onRead,
}: {
  ids: readonly string[];
  page: number;
  turnTo: (page: number) => void;
  /** The record in the drawer. */
  open: string | null;
  setOpen: (id: string | null) => void;
  /** Somebody has begun to go through the rows. */
  onRead: () => void;
}) {
  const feedback = useFeedback();
  const goTo = (id: string) => {
    const at = Math.floor(ids.indexOf(id) / PAGE) + 1;
    if (at !== page && at > 0) turnTo(at);
  };
  const { activeId, bodyRef, rowProps } = useRowKeys({
    ids,
    actions: feedback?.mayVote
      ? [
          { key: 'v', label: 'Vote up', run: (id) => feedback.cast(id, 1) },
          { key: 'x', label: 'Vote down', run: (id) => feedback.cast(id, -1) },
          { key: 'f', label: 'Flag', run: feedback.openFlag },
        ]
      : [],
    onOpen: (id) => setOpen(open === id ? null : id),
    onMove: (id) => {
      onRead();
      goTo(id);
      if (open) setOpen(id);
    },
  });
  useFocusAfterTurning(page, activeId, bodyRef);
  const at = open === null ? -1 : ids.indexOf(open);
  return {
    bodyRef,
    rowProps,
    /** Where the open record stands, from 0; -1 where it is not shown. */
    at,
    /** Opens the record before or after the open one; null at the end. */
    step(by: 1 | -1) {
      const next = ids[at + by];
      if (!next) return null;
      return () => {
        goTo(next);
        setOpen(next);
      };
    },
  };
}

/** The row that a key led to on another page gets the focus when that page is there. */
function useFocusAfterTurning(
  page: number,
  activeId: string | null,
  bodyRef: RefObject<HTMLTableSectionElement | null>,
) {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    const id = activeId;
    const row = id && bodyRef.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    if (!row) {
      bodyRef.current?.closest('.table-frame')?.scrollTo({ top: 0 });
      return;
    }
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }, [page, activeId, bodyRef]);
}
