'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useJob } from '@/components/jobs/job-context';
import { totals } from '@/components/jobs/words';
import { useTRPCClient } from '@/components/trpc';
import type { EvidenceList } from '@/server/evidence/rows';

/** Records come in bursts; the list is read at most this often. */
const READ_EVERY_MS = 1_500;

/**
 * The job's evidence as far as it has come. While `held`, what is new is counted and not shown, so that
 * nothing moves under the reader's hands; `show` takes it in.
 */
export function useLiveEvidence(initial: EvidenceList, held: boolean) {
  const latest = useLatest(initial);
  const [shown, setShown] = useState(initial);
  useEffect(() => {
    if (!held) setShown(latest);
  }, [latest, held]);
  const fresh = useMemo(() => {
    const known = new Set(shown.rows.map(({ id }) => id));
    return latest.rows.filter(({ id }) => !known.has(id)).length;
  }, [latest, shown]);
  return {
    list: shown,
    /** Records that came meanwhile. */
    fresh,
    /** Levels and directions were told meanwhile. */
    isNewlyRead: latest.isRead && !shown.isRead,
    show: () => setShown(latest),
  };
}

/** Read again whenever the job says that there are more records, or that it stands elsewhere. */
function useLatest(initial: EvidenceList): EvidenceList {
  const { job } = useJob();
  const client = useTRPCClient();
  const [latest, setLatest] = useState(initial);
  const standing = `${job.status} ${totals(job).records} ${totals(job).stepsDone}`;
  const wanted = useRef(standing);
  const had = useRef(standing);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const readSoon = useCallback(() => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const asked = wanted.current;
      client.evidence.rows
        .query({ jobId: job.id })
        .then((list) => {
          had.current = asked;
          setLatest(list);
        })
        .catch(() => {})
        .finally(() => {
          if (had.current !== wanted.current) readSoon();
        });
    }, READ_EVERY_MS);
  }, [client, job.id]);

  useEffect(() => setLatest(initial), [initial]);
  useEffect(() => {
    wanted.current = standing;
    if (had.current !== standing) readSoon();
  }, [standing, readSoon]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      // A read under way must not start another once the page is left.
      wanted.current = had.current;
    },
    [],
  );
  return latest;
}
