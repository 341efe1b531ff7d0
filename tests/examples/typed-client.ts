/**
 * An example of a typed client: submits a molecule over tRPC, watches it to its end, downloads its report.
 *
 *   PHIAL_URL=http://127.0.0.1:3000 PHIAL_KEY=phial_… npx tsx tests/examples/typed-client.ts sildenafil out
 *
 * The key travels in a header, never in an address.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import superjson from 'superjson';
import type { JobView } from '@/server/jobs/queries';
import type { AppRouter } from '@/server/trpc/root';

export function phialClient(address: string, key: string) {
  const url = `${address}/api/trpc`;
  const headers = { 'X-API-Key': key };
  /** Node has no EventSource; this one sends the key. */
  class KeyedEventSource extends EventSource {
    constructor(at: string | URL) {
      super(at, {
        fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
      });
    }
  }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson, EventSource: KeyedEventSource }),
        false: httpBatchLink({ url, transformer: superjson, headers }),
      }),
    ],
  });
}
export type PhialClient = ReturnType<typeof phialClient>;

const ENDS: readonly string[] = ['completed', 'partial', 'failed', 'cancelled', 'needs-input'];

/** Resolves when the job has ended, or asks for a choice. Comes back by itself after a gap. */
export async function untilEnded(
  client: PhialClient,
  jobId: string,
  tell: (event: string) => void = () => {},
): Promise<JobView> {
  await new Promise<void>((resolve, reject) => {
    const watching = client.jobs.watch.subscribe(
      { jobs: [{ id: jobId, after: 0 }] },
      {
        onData: ({ data }) => {
          tell(data.type);
          if (data.type !== 'job.ended' && data.type !== 'job.needs-input') return;
          watching.unsubscribe();
          resolve();
        },
        onError: reject,
      },
    );
  });
  const job = await client.jobs.get.query({ jobId });
  if (!ENDS.includes(job.status)) throw new Error(`The job is ${job.status}`);
  return job;
}

/** Saves every file of the job's report in `folder`. */
export async function download(
  address: string,
  key: string,
  job: JobView,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names = Object.keys(job.reports[0]?.files ?? {});
  for (const name of names) {
    const response = await fetch(`${address}/api/v1/jobs/${job.id}/files/${name}`, {
      headers: { 'X-API-Key': key },
    });
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    await writeFile(path.join(folder, name), Buffer.from(await response.arrayBuffer()));
  }
  return names;
}

async function main(): Promise<void> {
  const { PHIAL_URL: address, PHIAL_KEY: key } = process.env;
  const [text, folder] = process.argv.slice(2);
  if (!address || !key || !text || !folder) throw new Error('PHIAL_URL, PHIAL_KEY, TEXT and DIR');
  const client = phialClient(address, key);
  const { jobId } = await client.jobs.submit.mutate({ text });
  const job = await untilEnded(client, jobId, (event) => console.log(event));
  console.log(job.status, await download(address, key, job, folder));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
