/** What can be said of a molecule while it is being typed; asks no source. */
import { sql } from 'drizzle-orm';
import { depict, parseStructure } from '@/server/chemistry';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { type Recognised, recognise } from '@/server/jobs/recognise';
import type { JobStatus } from '@/server/jobs/schema';

/** Longer texts are checked when they are submitted: they would not fit into an address. */
export const PREVIEW_MAX_CHARACTERS = 2_000;

export interface MoleculePreview {
  kind: Recognised['kind'];
  /** Drawing for light ground, or null when there is no structure to draw. */
  svg: string | null;
  canonicalSmiles: string | null;
  formula: string | null;
  massDa: number | null;
  inchiKey: string | null;
  /** Why this cannot be submitted as it is; `position` counts characters from 1. */
  problem: { message: string; position: number | null } | null;
  /** What Phial cannot do for this structure. */
  limits: string[];
  /** Separate parts of the structure; more than one may be a salt or a mixture. */
  parts: number;
  /** The workspace's latest job about the same compound or name. */
  known: { jobId: string; name: string; status: JobStatus; createdAt: Date } | null;
}

/** Recognises, reads and draws what was typed. Never throws for any text. */
export async function previewMolecule({
  ctx,
  text,
}: {
  ctx: Ctx;
  text: string;
}): Promise<MoleculePreview> {
  authorise(ctx, 'job.read');
  const recognised = recognise(text);
  const nothing: MoleculePreview = {
    kind: recognised.kind,
    svg: null,
    canonicalSmiles: null,
    formula: null,
    massDa: null,
    inchiKey: null,
    problem: null,
    limits: [],
    parts: 1,
    known: null,
  };
  if (recognised.kind === 'invalid') {
    return { ...nothing, problem: { message: recognised.message, position: null } };
  }
  if (recognised.kind === 'smiles') return previewSmiles(ctx, nothing, recognised.normalised);
  const known = await latestJob(ctx, recognised);
  if (!known) return nothing;
  const { canonicalSmiles, inchiKey, formula, massDa, ...job } = known;
  return {
    ...nothing,
    canonicalSmiles,
    inchiKey,
    formula,
    massDa,
    svg: canonicalSmiles ? await draw(canonicalSmiles, job.name) : null,
    known: job,
  };
}

async function previewSmiles(
  ctx: Ctx,
  nothing: MoleculePreview,
  smiles: string,
): Promise<MoleculePreview> {
  const parsed = await parseStructure(smiles);
  if (!parsed.ok) {
    const { message, position } = parsed;
    return { ...nothing, problem: { message, position } };
  }
  const { canonicalSmiles, formula, massDa, inchiKey, limits, components } = parsed.structure;
  const known = inchiKey ? await latestJob(ctx, { kind: 'inchikey', normalised: inchiKey }) : null;
  return {
    ...nothing,
    canonicalSmiles,
    formula,
    massDa,
    inchiKey,
    limits,
    parts: components.length,
    svg: await draw(canonicalSmiles, null),
    known: known && {
      jobId: known.jobId,
      name: known.name,
      status: known.status,
      createdAt: known.createdAt,
    },
  };
}

const draw = (smiles: string, name: string | null) =>
  depict(smiles, { widthPx: 320, heightPx: 240, theme: 'light', ...(name ? { name } : {}) });

interface KnownJob extends NonNullable<MoleculePreview['known']> {
  canonicalSmiles: string | null;
  inchiKey: string | null;
  formula: string | null;
  massDa: number | null;
}

/** By the compound's key, its name, or what was typed then. */
async function latestJob(
  ctx: Ctx,
  { kind, normalised }: { kind: string; normalised: string },
): Promise<KnownJob | null> {
  const same =
    kind === 'inchikey'
      ? sql`j.subject ->> 'inchiKey' = ${normalised}`
      : sql`lower(j.subject ->> 'name') = lower(${normalised}) or lower(j.input) = lower(${normalised})`;
  const [row] = (await inWorkspace(ctx, (tx) =>
    tx.execute(sql`
      select j.id as "jobId", j.status, j.created_at as "createdAt",
        j.subject ->> 'name' as name, j.subject ->> 'canonicalSmiles' as "canonicalSmiles",
        j.subject ->> 'inchiKey' as "inchiKey", j.subject ->> 'formula' as formula,
        (j.subject ->> 'massDa')::float8 as "massDa"
      from jobs j where j.subject is not null and (${same})
      order by j.created_at desc limit 1`),
  )) as unknown as KnownJob[];
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null;
}
