/** From what a job gathered to its report: draft, sealed report, files. One verb for each step. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { evidence as evidenceTable, snapshots, steps } from '@/db/schema';
import packageJson from '@/package.json';
import { depict, rdkitVersion } from '@/server/chemistry';
import { type Ctx, inWorkspace } from '@/server/context';
import { duplicatesOf } from '@/server/evidence/dedupe';
import { listEvidence } from '@/server/evidence/queries';
import { evidenceOf } from '@/server/evidence/record';
import type { Evidence, Outcome, SourceId, SourceResult, Subject } from '@/server/evidence/schema';
import { type Assessment, assess, WEIGHTS_VERSION } from '@/server/evidence/score';
import { moleculePlan } from '@/server/jobs/plans/molecule';
import { gatherSource } from '@/server/jobs/schema';
import type { asOwner, Running } from '@/server/jobs/steps';
import { sourcesHealth } from '@/server/sources/pace';
import type { Storage } from '@/server/storage';
import { citableNames } from './blocks/subject-names';
import { writeBundle } from './bundle';
import { BUNDLE_FORMAT } from './bundle-lines';
import { composeReport, sealReport } from './compose';
import { cslItems } from './csl';
import { originOf, toBibtex, toCslJson, toEvidenceCsv, toRis } from './exports';
import { type Ask, phraseClaims } from './phrase-claims';
import { createBody } from './places';
import type { Report, ReportDraft } from './schema';
import { bundleLinesOf, loadArtifact } from './store';

/** The ledger: what came of every source, those not asked included. */
export async function ledgerOf(ctx: Ctx, jobId: string): Promise<SourceResult[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(steps)
      .where(eq(steps.jobId, jobId))
      .orderBy(asc(steps.position));
    const times = (await tx
      .select({ source: snapshots.source, at: sql<string | null>`max(${snapshots.retrievedAt})` })
      .from(snapshots)
      .where(eq(snapshots.jobId, jobId))
      .groupBy(snapshots.source)) as { source: string; at: string | null }[];
    return rows.flatMap((row) => {
      const id = gatherSource(row.key);
      const at = times.find((t) => t.source === id)?.at ?? null;
      return id
        ? [
            {
              id,
              outcome: (row.outcome ?? 'not-searched') as Outcome,
              reason: row.reason,
              requests: row.requests,
              records: row.records,
              retrievedAt: at ? new Date(at).toISOString() : null,
            },
          ]
        : [];
    });
  });
}

/** Finds duplicates, understands every record and scores the candidates. */
export async function assessJob(
  ctx: Ctx,
  running: Running,
): Promise<{ assessment: Assessment; duplicates: Map<string, string> }> {
  const all = await inWorkspace(ctx, (tx) => evidenceOf(tx, running.job.id));
  const duplicates = duplicatesOf(all);
  const ledger = await ledgerOf(ctx, running.job.id);
  const outcomes = Object.fromEntries(ledger.map((s) => [s.id, s.outcome])) as Record<
    SourceId,
    Outcome
  >;
  const subject = running.job.subject as Subject;
  const evidence = all.filter((item) => !duplicates.has(item.id));
  const assessment = assess({
    subject: { name: subject.name, names: citableNames({ subject, evidence }) },
    evidence,
    outcomes,
    indication: running.job.options.indication ?? undefined,
  });
  return { assessment, duplicates };
}

/** Writes down which records stand for another one's work; lists leave them out. */
export async function markDuplicates(
  tx: Parameters<Parameters<typeof asOwner>[2]>[0],
  jobId: string,
  duplicates: ReadonlyMap<string, string>,
): Promise<void> {
  await tx.update(evidenceTable).set({ duplicateOf: null }).where(eq(evidenceTable.jobId, jobId));
  const byKept = new Map<string, string[]>();
  for (const [id, kept] of duplicates) byKept.set(kept, [...(byKept.get(kept) ?? []), id]);
  for (const [kept, ids] of byKept) {
    await tx
      .update(evidenceTable)
      .set({ duplicateOf: kept })
      .where(and(eq(evidenceTable.jobId, jobId), inArray(evidenceTable.id, ids)));
  }
}

/** Bodies of the job's answers, each read once. */
async function answersOf(ctx: Ctx, jobId: string) {
  const rows = await inWorkspace(ctx, (tx) =>
    tx
      .select()
      .from(snapshots)
      .where(and(eq(snapshots.jobId, jobId), eq(snapshots.final, true))),
  );
  const answers = new Map<
    string,
    { sha256: string; source: SourceId; url: string; bytes: Buffer }
  >();
  for (const row of rows) {
    const isAnswer = row.composed || (row.status !== null && row.status < 500);
    if (!row.sha256 || !isAnswer || answers.has(row.sha256)) continue;
    const bytes = await ctx.storage.get(ctx.actor.workspaceId, row.sha256);
    if (!bytes) throw new Error(`Storage has lost the body ${row.sha256}`);
    answers.set(row.sha256, {
      sha256: row.sha256,
      source: row.source as SourceId,
      url: row.url,
      bytes,
    });
  }
  return [...answers.values()];
}

/** Composes every statement from cited values. Throws when the job was not scored. */
export async function draftReport(ctx: Ctx, running: Running): Promise<ReportDraft> {
  const { job } = running;
  const assessment = await loadArtifact<Assessment>(ctx, job.id, 'assessment');
  if (!assessment) throw new Error('The job was not scored');
  const sources = await ledgerOf(ctx, job.id);
  const evidence = await listEvidence({ ctx, jobId: job.id });
  const answers = await answersOf(ctx, job.id);
  const known = await sourcesHealth(ctx.db);
  const cited = new Set(evidence.map((item) => item.source));
  return composeReport({
    job: await jobPart(ctx, running),
    subject: job.subject as Subject,
    options: {
      indication: job.options.indication,
      sources: job.options.sources,
      maxRequests: job.options.maxRequests,
    },
    sources,
    evidence,
    answers: answers.map(({ bytes, ...answer }) => ({ ...answer, body: createBody(bytes) })),
    assessment,
    attributions: known
      .filter(({ id }) => (cited as ReadonlySet<string>).has(id))
      .map((source) => `${source.name}: ${source.licence}`),
    versions: {
      app: packageJson.version,
      weights: WEIGHTS_VERSION,
      rdkit: await rdkitVersion(),
    },
  });
}

/** What the report says of its job; the end is foreseen, for rendering is the job's last step. */
async function jobPart(ctx: Ctx, { job }: Running): Promise<Report['job']> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx.select().from(steps).where(eq(steps.jobId, job.id)),
  );
  const asIfRendered = rows.map((s) =>
    gatherSource(s.key) ? s : { ...s, status: 'done' as const },
  );
  const end = moleculePlan.end(asIfRendered, {
    nameOnly: (job.subject as Subject).matchedBy === 'name-only',
  });
  return {
    id: job.id,
    kind: job.kind,
    status: end?.status ?? job.status,
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: ctx.now().toISOString(),
  };
}

/** Holds every claim against the stored bodies, drops what fails, and lets a model phrase the rest. */
export async function sealJobReport(
  ctx: Ctx,
  running: Running,
  ask: Ask | null,
  signal: AbortSignal,
): Promise<Report> {
  const draft = await loadArtifact<ReportDraft>(ctx, running.job.id, 'draft');
  if (!draft) throw new Error('The report was not composed');
  const bodies = new Map(
    (await answersOf(ctx, running.job.id)).map(({ sha256, source, bytes }) => [
      sha256,
      { source, bytes },
    ]),
  );
  const report = sealReport(draft, (sha256) => bodies.get(sha256) ?? null);
  if (!ask) return report;
  const phrased = await phraseClaims(report.claims, ask, signal);
  return { ...report, claims: phrased.claims, droppedPhrasings: phrased.dropped };
}

const DRAWING = { widthPx: 360, heightPx: 240, theme: 'print' } as const;

/** Renders all files of a report and stores them; name → SHA-256 of the bytes. */
export async function renderFiles(
  ctx: Ctx,
  running: Running,
): Promise<{ report: Report; files: Record<string, string> }> {
  const report = await loadArtifact<Report>(ctx, running.job.id, 'report');
  if (!report) throw new Error('The report was not verified');
  // The PDF's fonts and layout are a second of loading that only this step needs.
  const { renderHtml, renderPdf } = await import('./render');
  const evidence: Evidence[] = await listEvidence({ ctx, jobId: running.job.id });
  const { canonicalSmiles } = report.subject;
  const extra = { depictionSvg: canonicalSmiles ? await depict(canonicalSmiles, DRAWING) : null };
  const origin = originOf(report);
  const items = cslItems(evidence, origin);
  const contents: Record<string, string | Buffer> = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': renderHtml(report, extra),
    'report.pdf': await renderPdf(report, extra),
    'evidence.csv': toEvidenceCsv(report),
    'references.csl.json': toCslJson(items),
    'references.bib': toBibtex(items, origin),
    'references.ris': toRis(items, origin),
    'bundle.ndjson.gz': await bundleFile(ctx, running, report),
  };
  const files: Record<string, string> = {};
  for (const [name, content] of Object.entries(contents)) {
    files[name] = await store(ctx.storage, running.job.workspaceId, content);
  }
  return { report, files };
}

const store = (storage: Storage, workspaceId: string, content: string | Buffer) =>
  storage.put(workspaceId, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);

async function bundleFile(ctx: Ctx, running: Running, report: Report): Promise<Buffer> {
  const composed = report.evidence.some((item) => item.retrievedAt === null);
  const folder = await mkdtemp(path.join(tmpdir(), 'phial-export-'));
  try {
    const file = path.join(folder, 'bundle.ndjson.gz');
    await writeBundle(
      file,
      {
        format: BUNDLE_FORMAT,
        origin: composed ? 'composed' : 'recorded',
        createdAt: ctx.now().toISOString(),
        attributions: report.attributions,
      },
      bundleLinesOf(ctx, running.job.id),
    );
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
