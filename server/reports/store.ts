/** Reports and bundles in the database and in storage. */
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { artifacts, bundles, reports, snapshots, steps } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { SourceId } from '@/server/evidence/schema';
import { gatherSource } from '@/server/jobs/schema';
import type { Running } from '@/server/jobs/steps';
import { readBundle } from './bundle';
import { type BundleLine, compareBundleLines } from './bundle-lines';
import type { Report } from './schema';

/** What one step leaves for the next. Replaces what an earlier start left. */
export async function saveArtifact(
  tx: Tx,
  running: Running,
  name: 'assessment' | 'draft' | 'report',
  data: unknown,
): Promise<void> {
  await tx
    .insert(artifacts)
    .values({ jobId: running.job.id, workspaceId: running.job.workspaceId, name, data })
    .onConflictDoUpdate({ target: [artifacts.jobId, artifacts.name], set: { data } });
}

/** Throws when the step before has not left it. */
export async function loadArtifact<T>(
  ctx: Ctx,
  jobId: string,
  name: 'assessment' | 'draft' | 'report',
): Promise<T | null> {
  const [row] = await inWorkspace(ctx, (tx) =>
    tx
      .select({ data: artifacts.data })
      .from(artifacts)
      .where(and(eq(artifacts.jobId, jobId), eq(artifacts.name, name))),
  );
  return (row?.data as T | undefined) ?? null;
}

/**
 * The lines of a job's bundle in their fixed order: the last generation of every step, with failures
 * and cuts. Bodies are read one at a time.
 */
export async function* bundleLinesOf(ctx: Ctx, jobId: string): AsyncGenerator<BundleLine> {
  const { rows, cuts } = await inWorkspace(ctx, async (tx) => ({
    rows: await tx
      .select()
      .from(snapshots)
      .where(and(eq(snapshots.jobId, jobId), eq(snapshots.final, true)))
      .orderBy(asc(snapshots.generation), asc(snapshots.position)),
    cuts: await tx.select().from(steps).where(eq(steps.jobId, jobId)),
  }));
  type Row = (typeof rows)[number];
  const entries: { line: BundleLine; row: Row | null }[] = rows.map((row) => {
    const key = {
      source: row.source as SourceId,
      method: row.method as 'GET' | 'POST',
      url: row.url,
      requestBodySha256: row.requestBodySha256,
    };
    const retrievedAt = row.retrievedAt?.toISOString() ?? null;
    const line: BundleLine = row.sha256
      ? {
          ...key,
          status: row.status,
          contentType: row.contentType,
          retrievedAt,
          sha256: row.sha256,
          bodyBase64: null,
        }
      : { ...key, status: null, retrievedAt, error: row.error ?? 'unreachable: no answer' };
    return { line, row };
  });
  for (const step of cuts) {
    const source = gatherSource(step.key);
    if (!source || !step.cut) continue;
    const cut = step.cut as 'budget' | 'finish-early';
    const line: BundleLine = {
      source,
      step: step.key,
      cut,
      afterRequests: step.cutAfter ?? 0,
      status: null,
      error: null,
    };
    entries.push({ line, row: null });
  }
  // Stable: of the same request, the last generation stays last, and the last line counts.
  entries.sort((a, b) => compareBundleLines(a.line, b.line));
  for (const { line, row } of entries) {
    if (!row?.sha256) {
      yield line;
      continue;
    }
    const body = await ctx.storage.get(row.workspaceId, row.sha256);
    if (!body) throw new Error(`Storage has lost the body ${row.sha256}`);
    yield { ...line, bodyBase64: body.toString('base64') } as BundleLine;
  }
}

/** Were the job's responses composed for demonstration? */
export async function isComposed(ctx: Ctx, jobId: string): Promise<boolean> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select({ one: snapshots.position })
      .from(snapshots)
      .where(and(eq(snapshots.jobId, jobId), eq(snapshots.composed, true)))
      .limit(1),
  );
  return rows.length > 0;
}

/** Bodies by hash, for composing and verifying. */
export async function bodiesOf(ctx: Ctx, hashes: Iterable<string>): Promise<Map<string, Buffer>> {
  const bodies = new Map<string, Buffer>();
  for (const sha256 of new Set(hashes)) {
    const body = await ctx.storage.get(ctx.actor.workspaceId, sha256);
    if (body) bodies.set(sha256, body);
  }
  return bodies;
}

/** Adds the job's next report version. `files` are stored already: name → SHA-256. */
export async function insertReport(
  tx: Tx,
  running: Running,
  report: Report,
  files: Record<string, string>,
): Promise<void> {
  const [last] = await tx
    .select({ version: reports.version })
    .from(reports)
    .where(eq(reports.jobId, running.job.id))
    .orderBy(desc(reports.version))
    .limit(1);
  const cutoff = report.sources.flatMap((s) => (s.retrievedAt ? [s.retrievedAt] : [])).sort();
  await tx.insert(reports).values({
    jobId: running.job.id,
    workspaceId: running.job.workspaceId,
    version: (last?.version ?? 0) + 1,
    reportHash: report.reportHash,
    label: report.decision.label,
    candidate: report.decision.candidate,
    files,
    dataCutoff: cutoff.at(-1)?.slice(0, 10) ?? null,
  });
}

/** A file of the job's report (the latest version unless named). Throws NOT_FOUND. */
export async function readReportFile({
  ctx,
  jobId,
  name,
  version,
}: {
  ctx: Ctx;
  jobId: string;
  name: string;
  version?: number;
}): Promise<{ bytes: Buffer; reportHash: string }> {
  authorise(ctx, 'job.read');
  const [row] = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(reports)
      .where(and(eq(reports.jobId, jobId), version ? eq(reports.version, version) : undefined))
      .orderBy(desc(reports.version))
      .limit(1),
  );
  const sha256 = (row?.files as Record<string, string> | undefined)?.[name];
  const bytes = sha256 ? await ctx.storage.get(ctx.actor.workspaceId, sha256) : null;
  if (!row || !bytes) throw notFound('report');
  return { bytes, reportHash: row.reportHash };
}

export async function readReport(args: {
  ctx: Ctx;
  jobId: string;
  version?: number;
}): Promise<Report> {
  const { bytes } = await readReportFile({ ...args, name: 'report.json' });
  return JSON.parse(bytes.toString('utf8')) as Report;
}

/**
 * Takes a bundle into the workspace, so that jobs can be pinned to it. Throws BundleUnreadable, naming
 * the first bad line, and keeps nothing of a bad one.
 */
export async function importBundle({
  ctx,
  bytes,
  name = 'bundle.ndjson.gz',
}: {
  ctx: Ctx;
  bytes: Uint8Array;
  /** What the person calls it. */
  name?: string;
}): Promise<{ sha256: string; origin: 'recorded' | 'composed' }> {
  authorise(ctx, 'job.submit');
  const { header } = await readBundle({ name, bytes });
  const sha256 = await ctx.storage.put(ctx.actor.workspaceId, bytes);
  await inWorkspace(ctx, (tx) =>
    tx
      .insert(bundles)
      .values({
        workspaceId: ctx.actor.workspaceId,
        sha256,
        origin: header.origin,
        bytes: bytes.byteLength,
      })
      .onConflictDoNothing(),
  );
  return { sha256, origin: header.origin };
}
