'use client';

import { useDeferredValue, useMemo } from 'react';
import type { EvidenceRow } from '@/server/evidence/rows';
import type { RankingView } from '@/server/ranking';
import type { useEvidenceAddress } from './evidence-address';
import { type EvidenceFilter, narrow } from './filter';
import { inLearnedOrder, movesOf } from './learned-order';
import { useImpression } from './use-impression';

/** Rows shown at a time; the rest have pages, which the keys turn by themselves. */
export const PAGE = 100;

/** The records that pass the address's filters, in its order, and those of its page. */
export function useShownRecords(
  rows: EvidenceRow[],
  state: ReturnType<typeof useEvidenceAddress>['state'],
  ranking: RankingView,
) {
  // Typing stays ahead of a long list.
  const deferred = useDeferredValue(state);
  const filter = useMemo((): EvidenceFilter => ({ ...deferred, search: deferred.q }), [deferred]);
  const isLearned = state.sort === '' && state.order === null;
  const usual = useMemo(() => narrow(rows, filter), [rows, filter]);
  const isWhole = usual.length === rows.length;
  const shown = useMemo(
    // Only the whole list is told of, so only there is anything drawn by lot.
    () =>
      isLearned ? inLearnedOrder(usual, isWhole ? ranking : { ...ranking, lot: null }) : usual,
    [usual, ranking, isLearned, isWhole],
  );
  const moves = useMemo(() => movesOf(usual, shown), [usual, shown]);
  useImpression(isLearned && isWhole ? shown : null, ranking);
  const ids = useMemo(() => shown.map((r) => r.id), [shown]);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const page = Math.min(Math.max(1, state.page), pages);
  return {
    filter,
    isLearned,
    shown,
    /** How far the learned order moved a record. */
    moves,
    ids,
    page,
    pages,
    onPage: shown.slice((page - 1) * PAGE, page * PAGE),
  };
}
