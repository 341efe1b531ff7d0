'use client';

import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useTRPCClient } from '@/components/trpc';
import { type Added, PAPER_LIMITS } from '@/server/papers/schema';

export interface Upload {
  id: number;
  name: string;
  bytes: number;
  state: 'waiting' | 'sending' | 'added' | 'known' | 'refused' | 'lost';
  /** Bytes sent. */
  sent: number;
  added: Added | null;
  message: string | null;
}

/** Files sent at a time: enough to fill the line, few enough to leave it to others. */
const AT_A_TIME = 3;
/** A lost connection is tried again so often, each time a little later. */
const TRIES = 3;

type Change = { add: Upload[] } | { id: number; set: Partial<Upload> } | 'clear';

function reduce(uploads: Upload[], change: Change): Upload[] {
  if (change === 'clear') return uploads.filter(isUnderWay);
  if ('add' in change) return [...uploads, ...change.add];
  return uploads.map((one) => (one.id === change.id ? { ...one, ...change.set } : one));
}

export const isUnderWay = ({ state }: Upload): boolean =>
  state === 'waiting' || state === 'sending';

interface Job {
  upload: Upload;
  file: File;
  slot: { batchId: string; number: number };
}

/**
 * Sends files into the slots of a batch, a few at a time. Sent twice a file is one paper, so a lost
 * connection is simply tried again. `onAdded` is called after each file that has been answered.
 */
export function useUploads(onAdded: () => void) {
  const client = useTRPCClient();
  const [uploads, change] = useReducer(reduce, []);
  const queue = useRef<Job[]>([]);
  const sending = useRef(0);
  const nextId = useRef(1);
  const added = useRef(onAdded);
  useEffect(() => {
    added.current = onAdded;
  });

  const pump = useCallback(async (): Promise<void> => {
    const job = sending.current < AT_A_TIME ? queue.current.shift() : undefined;
    if (!job) return;
    sending.current += 1;
    const set = (set: Partial<Upload>) => change({ id: job.upload.id, set });
    set({ state: 'sending' });
    set(await send(job, (sent) => set({ sent })));
    sending.current -= 1;
    added.current();
    void pump();
  }, []);

  const add = useCallback(
    async (files: File[]): Promise<void> => {
      for (let at = 0; at < files.length; at += PAPER_LIMITS.slots) {
        const some = files.slice(at, at + PAPER_LIMITS.slots);
        const uploads = some.map(({ name, size }) => waiting(nextId.current++, name, size));
        change({ add: uploads });
        const batch = await client.papers.openBatch
          .mutate({ slots: some.length })
          .catch((error) => {
            const message = error instanceof Error ? error.message : 'The upload could not begin.';
            for (const { id } of uploads) change({ id, set: { state: 'lost', message } });
            return null;
          });
        if (!batch) return;
        some.forEach((file, i) => {
          const slot = { batchId: batch.batchId, number: i + 1 };
          queue.current.push({ upload: uploads[i]!, file, slot });
        });
        for (let i = 0; i < AT_A_TIME; i += 1) void pump();
      }
    },
    [client, pump],
  );
  const clear = useCallback(() => change('clear'), []);
  return { uploads, add, clear };
}

const waiting = (id: number, name: string, bytes: number): Upload => ({
  id,
  name,
  bytes,
  state: 'waiting',
  sent: 0,
  added: null,
  message: null,
});

async function send(job: Job, onSent: (bytes: number) => void): Promise<Partial<Upload>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await put(job, onSent);
    if (answer) return outcomeOf(answer);
    if (attempt === TRIES) {
      return { state: 'lost', message: 'The connection was lost. Choose the file again.' };
    }
    await new Promise((resolve) => setTimeout(resolve, attempt * 1_000));
  }
}

function outcomeOf({ status, body }: { status: number; body: unknown }): Partial<Upload> {
  if (status === 200 || status === 201) {
    const added = body as Added;
    return { state: added.isNew ? 'added' : 'known', added };
  }
  const { message } = (body ?? {}) as { message?: string };
  return {
    state: status < 500 ? 'refused' : 'lost',
    message: message ?? `The server answered ${status}. Try again.`,
  };
}

/** XMLHttpRequest, for fetch does not tell how much of a body has been sent. Null: no answer. */
function put(
  { file, slot }: Job,
  onSent: (bytes: number) => void,
): Promise<{ status: number; body: unknown } | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/papers/uploads/${slot.batchId}/${slot.number}`);
    request.setRequestHeader('Content-Type', 'application/pdf');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.onerror = () => resolve(null);
    request.onabort = () => resolve(null);
    request.send(file);
  });
}
