/** Reads about jobs. Everything is of the actor's workspace; a stranger's job is not found. */
import { and, asc, count, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import { evidence, jobs, reports, steps } from '@/db/schema';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { notFound } from '@/server/errors';
import type { Outcome, Subject } from '@/server/evidence/schema';
import type { Label } from '@/server/reports/schema';
import type { Choice, JobStatus, MoleculeOptions, StepStatus } from './schema';

export interface JobSummary {
  id: string;
  kind: 'molecule' | 'paper' | 'topic' | 'batch';
  status: JobStatus;
  input: string;
  subject: Subject | null;
  /** Runs from a bundle instead of the live sources. */
  pinned: boolean;
  bundleSha256: string | null;
  /** Rests on snapshots composed for demonstration. */
  demo: boolean;
  label: Label | null;
  candidate: string | null;
  evidenceCount: number;
  reason: string | null;
  message: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface StepView {
  key: string;
  status: StepStatus;
  outcome: Outcome | null;
  reason: string | null;
  attempts: number;
  requests: number;
  records: number;
  waitingFor: string | null;
  waitingUntil: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface JobView extends JobSummary {
  options: MoleculeOptions;
  question: string | null;
  choices: Choice[];
  finishRequested: boolean;
  requestsUsed: number;
  steps: StepView[];
  /** Number of the last event this view includes: where a live view goes on. */
  seq: number;
  reports: {
    id: string;
    version: number;
    reportHash: string;
    files: Record<string, string>;
    createdAt: Date;
  }[];
}

const latestReport = sql`(select r.id from reports r where r.job_id = ${jobs.id} order by r.version desc limit 1)`;

const summaryColumns = {
  id: jobs.id,
  kind: jobs.kind,
  status: jobs.status,
  input: jobs.input,
  subject: sql<Subject | null>`${jobs.subject}`,
  pinned: sql<boolean>`${jobs.bundleSha256} is not null`,
  bundleSha256: jobs.bundleSha256,
  demo: sql<boolean>`exists (select 1 from bundles b where b.sha256 = ${jobs.bundleSha256}
    and b.workspace_id = ${jobs.workspaceId} and b.origin = 'composed')`,
  label: sql<Label | null>`${reports.label}`,
  candidate: reports.candidate,
  evidenceCount: sql<number>`(select count(*)::int from evidence e where e.job_id = ${jobs.id} and e.duplicate_of is null)`,
  reason: jobs.reason,
  message: jobs.message,
  createdAt: jobs.createdAt,
  startedAt: jobs.startedAt,
  finishedAt: jobs.finishedAt,
};

export interface JobFilter {
  status?: JobStatus[];
  /** Part of the input or the compound's name. */
  search?: string;
  /** From the page before. */
  cursor?: string;
  limit?: number;
}

/** Papers are listed in the library. */
const listed = ne(jobs.kind, 'paper');

/** Newest first, by cursor. */
export async function listJobs({
  ctx,
  filter = {},
}: {
  ctx: Ctx;
  filter?: JobFilter;
}): Promise<{ jobs: JobSummary[]; nextCursor: string | null }> {
  authorise(ctx, 'job.read');
  const limit = Math.min(filter.limit ?? 50, 200);
  const after = filter.cursor ? parseCursor(filter.cursor) : null;
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select(summaryColumns)
      .from(jobs)
      .leftJoin(reports, eq(reports.id, latestReport))
      .where(
        and(
          listed,
          filter.status?.length ? inArray(jobs.status, filter.status) : undefined,
          filter.search
            ? sql`(position(lower(${filter.search}) in lower(${jobs.input})) > 0
                or position(lower(${filter.search}) in lower(coalesce(${jobs.subject} ->> 'name', ''))) > 0)`
            : undefined,
          after
            ? or(
                lt(jobs.createdAt, after.at),
                and(eq(jobs.createdAt, after.at), lt(jobs.id, after.id)),
              )
            : undefined,
        ),
      )
      .orderBy(desc(jobs.createdAt), desc(jobs.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    jobs: page,
    nextCursor: rows.length > limit && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  };
}

function parseCursor(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = cursor.split('_');
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) throw notFound('page');
  return { at: date, id };
}

/** Counts by status, for the dashboard and the tab's title. */
export async function countJobs({
  ctx,
}: {
  ctx: Ctx;
}): Promise<Partial<Record<JobStatus, number>>> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, (tx) =>
    tx.select({ status: jobs.status, n: count() }).from(jobs).where(listed).groupBy(jobs.status),
  );
  return Object.fromEntries(rows.map((r) => [r.status, r.n]));
}

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** Everything the job page shows. Throws NOT_FOUND. */
export async function getJob({ ctx, jobId }: { ctx: Ctx; jobId: string }): Promise<JobView> {
  authorise(ctx, 'job.read');
  if (!isUuid(jobId)) throw notFound('job');
  return inWorkspace(ctx, async (tx) => {
    const [job] = await tx
      .select({
        ...summaryColumns,
        options: sql<MoleculeOptions>`${jobs.options}`,
        asked: sql<{ question: string; options: Choice[] } | null>`${jobs.choices}`,
        finishRequestedAt: jobs.finishRequestedAt,
        requestsUsed: jobs.requestsUsed,
        seq: jobs.seq,
      })
      .from(jobs)
      .leftJoin(reports, eq(reports.id, latestReport))
      .where(eq(jobs.id, jobId));
    if (!job) throw notFound('job');
    const stepRows = await tx
      .select()
      .from(steps)
      .where(eq(steps.jobId, jobId))
      .orderBy(asc(steps.position));
    const reportRows = await tx
      .select()
      .from(reports)
      .where(eq(reports.jobId, jobId))
      .orderBy(desc(reports.version));
    const { asked, finishRequestedAt, ...rest } = job;
    return {
      ...rest,
      question: asked?.question ?? null,
      choices: asked?.options ?? [],
      finishRequested: finishRequestedAt !== null,
      steps: stepRows.map((s) => ({
        key: s.key,
        status: s.status,
        outcome: s.outcome as Outcome | null,
        reason: s.reason,
        attempts: s.attempts,
        requests: s.requests,
        records: s.records,
        waitingFor: s.waitingFor,
        waitingUntil: s.waitingUntil,
        startedAt: s.startedAt,
        finishedAt: s.finishedAt,
      })),
      reports: reportRows.map((r) => ({
        id: r.id,
        version: r.version,
        reportHash: r.reportHash,
        files: r.files as Record<string, string>,
        createdAt: r.createdAt,
      })),
    };
  });
}

/** Jobs shown with their steps at a time; a workspace with more sees the rest in its list. */
const ACTIVE_SHOWN = 12;

/** What waits, runs or asks, with its steps, newest first. */
export async function activeJobs({ ctx }: { ctx: Ctx }): Promise<JobView[]> {
  const { jobs: active } = await listJobs({
    ctx,
    filter: { status: ['running', 'needs-input', 'pending'], limit: ACTIVE_SHOWN },
  });
  return Promise.all(active.map(({ id }) => getJob({ ctx, jobId: id })));
}

export interface MoleculeSummary {
  inchiKey: string | null;
  name: string;
  canonicalSmiles: string | null;
  jobCount: number;
  lastJobId: string;
  lastStatus: JobStatus;
  lastLabel: Label | null;
  lastCandidate: string | null;
  lastAt: Date;
}

/** The workspace's library: every compound it has asked about, with its latest job. */
export async function listMolecules({
  ctx,
  search,
}: {
  ctx: Ctx;
  search?: string;
}): Promise<MoleculeSummary[]> {
  authorise(ctx, 'job.read');
  const rows = await inWorkspace(ctx, (tx) =>
    tx.execute(sql`
      with known as (
        select j.*, coalesce(j.subject ->> 'inchiKey', 'name:' || lower(j.subject ->> 'name')) as key
        from jobs j where j.subject is not null
      ), latest as (
        select distinct on (key) * from known order by key, created_at desc
      )
      select l.subject ->> 'inchiKey' as "inchiKey", l.subject ->> 'name' as name,
        l.subject ->> 'canonicalSmiles' as "canonicalSmiles",
        (select count(*)::int from known k where k.key = l.key) as "jobCount",
        l.id as "lastJobId", l.status as "lastStatus", r.label as "lastLabel",
        r.candidate as "lastCandidate", l.created_at as "lastAt"
      from latest l
      left join lateral (
        select * from reports r where r.job_id = l.id order by r.version desc limit 1
      ) r on true
      where ${search ? sql`position(lower(${search}) in lower(l.subject ->> 'name')) > 0 or l.subject ->> 'inchiKey' = ${search}` : sql`true`}
      order by l.created_at desc limit 500`),
  );
  return (rows as unknown as MoleculeSummary[]).map((r) => ({ ...r, lastAt: new Date(r.lastAt) }));
}

/** Counts of a job's evidence by kind and source, for facets. */
export async function countEvidence({
  ctx,
  jobId,
}: {
  ctx: Ctx;
  jobId: string;
}): Promise<{ kind: string; source: string; n: number }[]> {
  authorise(ctx, 'job.read');
  return inWorkspace(ctx, (tx) =>
    tx
      .select({ kind: evidence.kind, source: evidence.source, n: count() })
      .from(evidence)
      .where(and(eq(evidence.jobId, jobId), sql`${evidence.duplicateOf} is null`))
      .groupBy(evidence.kind, evidence.source),
  );
}
