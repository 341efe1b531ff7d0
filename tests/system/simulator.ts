/** The simulated sources as a process of their own, with their controls. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SOURCE_IDS, type SourceId } from '@/server/evidence/schema';
import { sharedDir } from '@/tests/shared';

/** What befalls the requests to one source, or (`*`) to all without a rule of their own. */
export interface FaultRule {
  source: SourceId | '*';
  latencyMs?: number;
  jitterMs?: number;
  status?: number;
  body?: unknown;
  retryAfterS?: number;
  redirectTo?: string;
  hang?: boolean;
  truncate?: number;
  malformed?: boolean;
  oversizeBytes?: number;
  dripBytesPerS?: number;
  times?: number;
  pathIncludes?: string;
}

export interface CatalogDrug {
  name: string;
  /** Records that name the drug, by source. */
  counts: Partial<Record<SourceId, number>>;
  inchiKey: string | null;
  smiles: string | null;
}

export interface Simulator {
  baseUrl: string;
  /** Replaces the rules of the named sources. */
  disturb(...rules: FaultRule[]): Promise<void>;
  /** Removes all rules and breaks off what hangs. */
  calm(): Promise<void>;
  drugs(): Promise<CatalogDrug[]>;
  /** Every request since the start or the last `forget`; `time` in ms since 1970. */
  log(): Promise<
    { time: number; source: string; userAgent: string | null; fault: string | null }[]
  >;
  stats(): Promise<Record<string, { count: number; minGapMs: number; maxInOneSecond: number }>>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Why tests on the simulated sources cannot run here, or null. */
export const withoutSimulator =
  sharedDir() === null ? 'the simulated sources are not beside this checkout' : null;

export async function startSimulator(): Promise<Simulator> {
  const dir = sharedDir();
  if (dir === null) throw new Error(withoutSimulator ?? '');
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(dir, 'source-sim', 'server.mjs'), '--data', path.join(dir, 'fixtures')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  if (!child.stdout) throw new Error('The simulator has no output');
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`The simulator ended with ${code}`))),
  ])) as [string];
  const { baseUrl } = JSON.parse(line) as { baseUrl: string };
  // Its data are read at the first request to each source, which takes a while.
  await Promise.all(SOURCE_IDS.map((id) => fetch(`${baseUrl}/${id}/`).then((r) => r.text())));
  const ask = async <T>(page: string, init?: RequestInit): Promise<T> => {
    // A connection kept for the next request may be closed under it on a busy machine.
    const response = await fetch(`${baseUrl}/${page}`, {
      ...init,
      headers: { connection: 'close' },
    });
    if (!response.ok) throw new Error(`${page}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    baseUrl,
    disturb: async (...rules) => {
      await ask('__control', { method: 'POST', body: JSON.stringify(rules) });
    },
    calm: async () => {
      await ask('__control', { method: 'DELETE' });
    },
    drugs: async () => (await ask<{ drugs: CatalogDrug[] }>('__catalog')).drugs,
    log: () => ask('__log'),
    stats: () => ask('__stats'),
    forget: async () => {
      await ask('__log', { method: 'DELETE' });
    },
    close: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
