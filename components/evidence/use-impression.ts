'use client';

import { useEffect, useRef } from 'react';
import { useFeedback } from '@/components/feedback/feedback-context';
import { useTRPCClient } from '@/components/trpc';
import type { EvidenceRow } from '@/server/evidence/rows';
import type { RankingView } from '@/server/ranking';
import { LOOKED_AT } from '@/server/ranking/session';

/**
 * Tells once that a person was shown a list in this order; null while it is filtered or sorted. Votes are
 * later read against where things stood.
 */
export function useImpression(rows: readonly EvidenceRow[] | null, ranking: RankingView): void {
  const client = useTRPCClient();
  const feedback = useFeedback();
  const isTold = useRef(false);
  const jobId = feedback?.mayVote ? feedback.jobId : null;
  useEffect(() => {
    if (isTold.current || !jobId || !rows || rows.length < 2) return;
    isTold.current = true;
    const shown = rows.slice(0, LOOKED_AT).map(({ id }) => id);
    const pairAt = ranking.lot?.at ?? null;
    const { version } = ranking;
    // Nobody waits for it, and what is lost only teaches less.
    client.feedback.shown.mutate({ jobId, version, shown, pairAt }).catch(() => {});
  }, [rows, ranking, client, jobId]);
}
