/**
 * The demonstration's sources, as slow as a test wants them. One that is held keeps each request for
 * some seconds and then asks for patience, as busy services do, until it is let go.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { type DemoSources, startDemoSources } from './demo-sources';

/** Shorter than what a worker waits for an answer to begin, so that holding is not a fault. */
const HELD_MS = 8_000;
const BUSY = { status: 429, headers: { 'retry-after': '3' } };

export interface SlowSources extends Pick<DemoSources, 'baseUrl' | 'log' | 'open' | 'close'> {
  /** Keeps back the answers of these sources. */
  hold(...sources: SourceId[]): void;
  /** Lets these answer again, and at once what they have kept back; all, where none is named. */
  release(...sources: SourceId[]): void;
}

export async function startSlowSources(): Promise<SlowSources> {
  const sources = await startDemoSources();
  const held = new Map<SourceId, AbortController>();
  sources.disturb(async (source) => {
    const signal = held.get(source)?.signal;
    if (!signal) return null;
    await sleep(HELD_MS, undefined, { signal }).catch(() => {});
    return signal.aborted ? null : BUSY;
  });
  const { baseUrl, log, open, close } = sources;
  return {
    baseUrl,
    log,
    open,
    close,
    hold: (...ids) => {
      for (const id of ids) held.set(id, new AbortController());
    },
    release: (...ids) => {
      for (const id of ids.length > 0 ? ids : SOURCE_IDS) {
        held.get(id)?.abort();
        held.delete(id);
      }
    },
  };
}
