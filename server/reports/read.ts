/** A report as a page shows it, and any one of its citations in the stored copy it stands in. */
import { depict } from '@/server/chemistry';
import { authorise, type Ctx } from '@/server/context';
import { notFound } from '@/server/errors';
import type { Citation } from '@/server/evidence/schema';
import { type Surroundings, surroundingsOf } from '@/server/evidence/surroundings';
import { createBody } from './places';
import { claimAnchor, claimsInOrder, composeView, evidenceListOf } from './render/compose';
import { visible } from './render/text';
import type { ReportView } from './render/view';
import type { Decision, ReportEvidence } from './schema';
import { readReport } from './store';

export interface ReportPage {
  /** The same composition as the HTML and PDF files. */
  view: ReportView;
  decision: Decision;
  /** Statements, each checked against its stored copy when the report was made. */
  verified: number;
  /** Statements left out because they did not pass. */
  dropped: number;
}

/** The latest version unless named. Throws NOT_FOUND. */
export async function readReportPage({
  ctx,
  jobId,
  version,
}: {
  ctx: Ctx;
  jobId: string;
  version?: number;
}): Promise<ReportPage> {
  const report = await readReport({ ctx, jobId, version });
  const { canonicalSmiles, name } = report.subject;
  const depictionSvg = canonicalSmiles
    ? await depict(canonicalSmiles, { widthPx: 320, heightPx: 200, theme: 'light', name })
    : null;
  return {
    view: composeView(report, { depictionSvg }),
    decision: report.decision,
    verified: report.claims.length,
    dropped: report.dropped,
  };
}

/** A place in a report's reading order: a statement, and one of the places it cites. */
export interface CitationStep {
  claim: string;
  place: string;
}

export interface CitationView {
  /** The statement, as the report has it. */
  statement: string;
  /** Which citation of the statement this is, from 1. */
  at: number;
  of: number;
  citation: Citation;
  /** Null where the report does not hold the record: a report that should not verify. */
  evidence: ReportEvidence | null;
  surroundings: Surroundings;
  /** Its neighbours, over the ends of the statement into those beside it. */
  previous: CitationStep | null;
  next: CitationStep | null;
}

/**
 * One citation of a report where it stands, found by the anchors of the statement and of the place.
 * Throws NOT_FOUND.
 */
export async function readCitation({
  ctx,
  jobId,
  version,
  claim: wanted,
  place,
}: {
  ctx: Ctx;
  jobId: string;
  version?: number;
} & CitationStep): Promise<CitationView> {
  authorise(ctx, 'job.read');
  const report = await readReport({ ctx, jobId, version });
  const list = evidenceListOf(report);
  const claims = claimsInOrder(report).filter(({ citations }) => citations.length > 0);
  const index = claims.findIndex((claim) => claimAnchor(claim) === wanted);
  const claim = claims[index];
  if (!claim) throw notFound('statement');
  const places = list.placesOf(claim);
  const at = places.findIndex(({ anchor }) => anchor === place);
  const found = places[at];
  if (!found) throw notFound('citation');
  const { citation } = found;
  const bytes = await ctx.storage.get(ctx.actor.workspaceId, citation.snapshotSha256);
  const stepTo = (to: number, edge: 'first' | 'last'): CitationStep | null => {
    const other = claims[to];
    const anchor = other && list.placesOf(other).at(edge === 'first' ? 0 : -1)?.anchor;
    return other && anchor ? { claim: claimAnchor(other), place: anchor } : null;
  };
  const own = (to: number): CitationStep | null => {
    const anchor = to < 0 ? undefined : places[to]?.anchor;
    return anchor ? { claim: wanted, place: anchor } : null;
  };
  return {
    statement: visible(claim.phrased?.text ?? claim.text),
    at: at + 1,
    of: places.length,
    citation,
    evidence: report.evidence.find(({ id }) => id === citation.evidenceId) ?? null,
    surroundings: surroundingsOf(citation, bytes && createBody(bytes)),
    previous: own(at - 1) ?? stepTo(index - 1, 'last'),
    next: own(at + 1) ?? stepTo(index + 1, 'first'),
  };
}
