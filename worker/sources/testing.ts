/** What the tests of connectors share: stored responses, scripted and simulated sources, the check of places. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EvidenceDraft, Place, SourceId, Subject } from '@/server/evidence/schema';
import { createBody, resolve } from '@/server/reports/places';
import { sharedDir } from '@/tests/shared';
import {
  type Connector,
  type Snapshot,
  SourceFault,
  type SourceHttp,
  type SourceRequest,
} from './contract';
import { placesOf } from './places';

export function snapshotOf(source: SourceId, text: string, status = 200): Snapshot {
  const body = createBody(text);
  return {
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
    source,
    status,
    contentType: null,
    retrievedAt: '2026-01-02T03:04:05Z',
    bytes: Buffer.from(text),
    text,
    json() {
      try {
        return body.json();
      } catch {
        throw new SourceFault('unreadable', 'The answer is not JSON.');
      }
    },
  };
}

export function subjectNamed(...names: string[]): Subject {
  return {
    name: names[0] ?? '',
    names,
    canonicalSmiles: null,
    inchiKey: null,
    formula: null,
    massDa: null,
    matchedBy: 'name-only',
    xrefs: {},
    limits: [],
  };
}

/** A source that answers from a function and keeps what it was asked and what it answered. */
export class ScriptedHttp implements SourceHttp {
  readonly requests: SourceRequest[] = [];
  readonly snapshots: Snapshot[] = [];

  constructor(
    private readonly source: SourceId,
    private readonly answer: (
      request: SourceRequest,
    ) => Promise<{ status: number; text: string }> | { status: number; text: string },
  ) {}

  async ask(request: SourceRequest): Promise<Snapshot> {
    this.requests.push(request);
    const { status, text } = await this.answer(request);
    const isAnswer = (status >= 200 && status < 300) || request.answers?.includes(status);
    if (!isAnswer) throw new SourceFault('http-status', `HTTP ${status}`, status);
    const snapshot = snapshotOf(this.source, text, status);
    this.snapshots.push(snapshot);
    return snapshot;
  }
}

/** Answers each request with the next of these bodies. */
export function answering(source: SourceId, ...bodies: unknown[]): ScriptedHttp {
  const rest = bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  return new ScriptedHttp(source, (request) => {
    const text = rest.shift();
    if (text === undefined) throw new Error(`No answer is scripted for ${request.url}`);
    return { status: 200, text };
  });
}

export interface Gathered {
  records: EvidenceDraft[];
  capped: string[];
}

/** Asks all questions, or those with the given keys. Faults pass through. */
export async function gather(
  connector: Connector,
  subject: Subject,
  http: SourceHttp,
  ...keys: string[]
): Promise<Gathered> {
  const gathered: Gathered = { records: [], capped: [] };
  for (const question of connector.questions(subject)) {
    if (keys.length > 0 && !keys.includes(question.key)) continue;
    for await (const yielded of question.ask(http)) {
      if ('records' in yielded) gathered.records.push(...yielded.records);
      else gathered.capped.push(yielded.capped);
    }
  }
  return gathered;
}

/** Every place of every fact that does not hold in its body, in words; empty when all do. */
export function brokenPlaces(records: EvidenceDraft[], snapshots: Snapshot[]): string[] {
  const bodies = new Map(snapshots.map(({ sha256, text }) => [sha256, createBody(text)]));
  return records.flatMap((record) =>
    placesOf(record.facts).flatMap((place: Place) => {
      const body = bodies.get(place.snapshotSha256);
      const resolution = body ? resolve(place, body) : { ok: false, reason: 'no such response' };
      return resolution.ok ? [] : `${record.externalId}: ${JSON.stringify(resolution)}`;
    }),
  );
}

export interface Simulator {
  baseUrl: string;
  close(): Promise<void> | void;
}

/** Why tests on the simulated sources cannot run here, or null. */
export function noSimulator(): string | null {
  return sharedDir() === null ? 'the simulated sources are not beside this checkout' : null;
}

export async function startSimulator(): Promise<Simulator> {
  const dir = sharedDir();
  if (dir === null) throw new Error(noSimulator() ?? '');
  const file = pathToFileURL(path.join(dir, 'source-sim', 'server.mjs')).href;
  const simulator: { startSimulator(options: object): Promise<Simulator> } = await import(file);
  return simulator.startSimulator({ dataFolder: path.join(dir, 'fixtures'), port: 0 });
}

/** A source asked over HTTP at the simulator, without pacing. */
export function simulated(simulator: Simulator, source: SourceId): ScriptedHttp {
  return new ScriptedHttp(source, async ({ url, method, body, accept }) => {
    const isForm = typeof body === 'string';
    const response = await fetch(
      url.replace(/^https:\/\/[^/]+/, `${simulator.baseUrl}/${source}`),
      {
        method: method ?? 'GET',
        headers: {
          // A connection kept for the next request may be closed under it on a busy machine.
          connection: 'close',
          ...(accept ? { accept } : {}),
          ...(body === undefined
            ? {}
            : {
                'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
              }),
        },
        body: body === undefined || isForm ? body : JSON.stringify(body),
      },
    );
    const bytes = await response.arrayBuffer();
    return {
      status: response.status,
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    };
  });
}
