/**
 * The whole molecule job with nothing but fetch, by the names that programs know:
 *
 *   PHIAL_URL=http://127.0.0.1:3000 PHIAL_KEY=phial_… node tests/examples/plain-http.mjs sildenafil report.html
 */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const { PHIAL_URL: address, PHIAL_KEY: key, PHIAL_BUNDLE: bundleSha256 = null } = process.env;
const [molecule, file] = process.argv.slice(2);

async function ask(path, options = {}) {
  const headers = { 'X-API-Key': key, 'Content-Type': 'application/json', ...options.headers };
  const response = await fetch(address + path, { ...options, headers });
  if (response.ok) return response;
  if (response.status === 429) {
    await sleep(Number(response.headers.get('retry-after')) * 1_000);
    return ask(path, options);
  }
  const { error, message, requestId } = await response.json();
  throw new Error(`${error}: ${message} (request ${requestId})`);
}

const submitted = await ask('/research', {
  method: 'POST',
  headers: { 'Idempotency-Key': crypto.randomUUID() },
  body: JSON.stringify({ molecule, bundleSha256 }),
});
const { job_id: id } = await submitted.json();

let job;
do {
  await sleep(500);
  job = await (await ask(`/status/${id}`)).json();
} while (job.status === 'pending' || job.status === 'running');

const report = await ask(`/reports/${id}.html`);
await writeFile(file, await report.text());
process.stdout.write(`${JSON.stringify({ id, status: job.status, label: job.label })}\n`);
