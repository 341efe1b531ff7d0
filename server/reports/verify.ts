/**
 * Re-checks a report against the stored bodies: hashes, places, slots, texts, scores. Nothing of the
 * report is believed; everything it says is computed again.
 */
import type { Citation, Json, SourceId } from '@/server/evidence/schema';
import { sha256Hex } from '@/server/storage';
import { compareText, roundNumbers, sameJson } from './canonical';
import { slotsBehind } from './claim-draft';
import { fieldProblems } from './fields';
import { evidenceId, reportHash } from './hash';
import { checkPhrasing } from './phrasing';
import { type Body, createBody, resolve } from './places';
import type { Claim, Report, ReportDraft } from './schema';
import { scoreProblems } from './score-claims';
import { citationValue, NotDerivable, renderTemplate, slotValues } from './slots';
import { slotsOf, type Template, templateOf } from './templates';

/** A stored response as the verifier is given it. */
export interface StoredSnapshot {
  source: SourceId;
  /** Null when the body was left out of a bundle for sharing. */
  bytes: Uint8Array | null;
  /** The stored form is damaged: the bytes are not what was written. */
  isDamaged?: boolean;
}

/** Finds a stored response by the SHA-256 of its body; null when there is none. */
export type SnapshotLookup = (sha256: string) => StoredSnapshot | null;

export interface Problem {
  what: string;
  claimId: string | null;
  snapshotSha256: string | null;
}

export interface Verification {
  ok: boolean;
  problems: Problem[];
  /** Every snapshot a problem touches, with every claim that cites it. */
  affected: { snapshotSha256: string; claimIds: string[] }[];
  /** Citations whose body was left out for sharing: neither confirmed nor refuted. */
  unchecked: { claimId: string; snapshotSha256: string; citations: number[] }[];
}

/** Checks everything a report says. */
export function verifyReport(report: Report, lookup: SnapshotLookup): Verification {
  const bodies = new Bodies(lookup);
  const problems: Problem[] = [];
  const unchecked: Verification['unchecked'] = [];
  const add = (what: string, claimId: string | null = null, snapshotSha256: string | null = null) =>
    problems.push({ what, claimId, snapshotSha256 });

  if (report.reportHash !== reportHash(report)) {
    add('the report hash is not that of the report');
  }
  problems.push(...evidenceProblems(report, bodies));
  const values = new Map<string, Record<string, Json> | null>();
  for (const claim of report.claims) {
    const checked = checkClaim(claim, report, bodies);
    values.set(claim.id, checked.values);
    problems.push(...checked.problems);
    unchecked.push(...checked.unchecked);
    if (claim.phrased) {
      const what = phrasedProblem(claim);
      if (what) add(what, claim.id);
    }
  }
  for (const what of orderProblems(report)) add(what);
  for (const { what, claimId } of scoreProblems(report, (claim) => values.get(claim.id) ?? null)) {
    add(what, claimId);
  }
  return {
    ok: problems.length === 0,
    problems,
    affected: affectedBy(problems, report.claims),
    unchecked,
  };
}

export interface CheckedClaim extends Pick<Verification, 'problems' | 'unchecked'> {
  /** What the slots come to; null when they cannot be computed. */
  values: Record<string, Json> | null;
}

/** Checks one claim alone, as when a report is composed. */
export function checkClaim(claim: Claim, report: ReportDraft, bodies: Bodies): CheckedClaim {
  const problems: Problem[] = [];
  const add = (what: string, snapshotSha256: string | null = null) =>
    problems.push({ what, claimId: claim.id, snapshotSha256 });
  const withheld = new Map<string, number[]>();

  if (claim.citations.length === 0) add('it cites nothing');
  claim.citations.forEach((citation, index) => {
    const { snapshotSha256 } = citation;
    if (!bodies.evidenceIds(report).has(citation.evidenceId)) {
      add(`citation ${index} names evidence that the report does not hold`, snapshotSha256);
    }
    const stored = bodies.open(snapshotSha256);
    if (stored === 'withheld') {
      withheld.set(snapshotSha256, [...(withheld.get(snapshotSha256) ?? []), index]);
    } else if (typeof stored === 'string') {
      add(`citation ${index}: ${stored}`, snapshotSha256);
    } else {
      const resolution = resolve(citation, stored);
      if (!resolution.ok) add(`citation ${index}: ${resolution.reason}`, snapshotSha256);
    }
  });
  let values: Record<string, Json> | null = null;
  try {
    const template = templateOf(claim.template);
    if (!template) throw new NotDerivable(`the template ${claim.template} is not known`);
    if (template.section !== claim.section) add('it stands in another section');
    for (const what of unusedParts(claim, template.pattern)) add(what);
    for (const what of scopeProblems(claim, template, report, bodies)) add(what);
    values = slotValues(claim, report);
    if (renderTemplate(template, values) !== claim.text) {
      add('its text is not what its template and slots say');
    }
  } catch (error) {
    if (!(error instanceof NotDerivable)) throw error;
    add(error.message);
  }
  const body = (sha256: string) => {
    const opened = bodies.open(sha256);
    return typeof opened === 'string' ? null : opened;
  };
  for (const what of fieldProblems(claim, body)) add(what);
  return {
    values,
    problems,
    unchecked: [...withheld].map(([snapshotSha256, citations]) => ({
      claimId: claim.id,
      snapshotSha256,
      citations,
    })),
  };
}

/** Bodies by hash, each checked and decoded once. */
export class Bodies {
  private readonly opened = new Map<string, Body | string>();
  private known: { report: ReportDraft; ids: Set<string> } | null = null;

  constructor(private readonly lookup: SnapshotLookup) {}

  /** The body, `withheld`, or in words why it cannot be relied on. */
  open(sha256: string): Body | string {
    const known = this.opened.get(sha256);
    if (known !== undefined) return known;
    const opened = this.load(sha256);
    this.opened.set(sha256, opened);
    return opened;
  }

  /** The source a body came from; null when it is not there. */
  sourceOf(sha256: string): SourceId | null {
    return this.lookup(sha256)?.source ?? null;
  }

  private load(sha256: string): Body | string {
    const stored = this.lookup(sha256);
    if (!stored) return 'its snapshot is missing';
    if (stored.isDamaged) return 'its snapshot is not what its SHA-256 says';
    if (stored.bytes === null) return 'withheld';
    if (sha256Hex(stored.bytes) !== sha256) return 'its snapshot is not what its SHA-256 says';
    return createBody(stored.bytes);
  }

  evidenceIds(report: ReportDraft): Set<string> {
    if (this.known?.report !== report) {
      this.known = { report, ids: new Set(report.evidence.map(({ id }) => id)) };
    }
    return this.known.ids;
  }
}

function evidenceProblems(report: Report, bodies: Bodies): Problem[] {
  return report.evidence.flatMap((evidence) => {
    const named = `evidence ${evidence.source} ${evidence.externalId}`;
    const problems: Problem[] = [];
    const add = (what: string) =>
      problems.push({
        what: `${named}: ${what}`,
        claimId: null,
        snapshotSha256: evidence.snapshotSha256,
      });
    if (evidence.id !== evidenceId(evidence.source, evidence.externalId)) {
      add('its id is not that of its source and external id');
    }
    const stored = bodies.open(evidence.snapshotSha256);
    if (typeof stored === 'string' && stored !== 'withheld') add(stored);
    return problems;
  });
}

/** Whether an absence is one, and a count of everything counts everything. */
function scopeProblems(
  claim: Claim,
  { absenceIn, countsAll }: Template,
  report: ReportDraft,
  bodies: Bodies,
): string[] {
  const problems: string[] = [];
  if (absenceIn) {
    const outcome = report.sources.find(({ id }) => id === absenceIn)?.outcome;
    if (outcome !== 'ok' && outcome !== 'empty') {
      problems.push(`${absenceIn} did not answer in full, so nothing is absent there`);
    }
    const total = claim.citations.find(
      (citation) => sameJson(citationValue(citation), 0) || citationValue(citation) === '0',
    );
    const source = total && bodies.sourceOf(total.snapshotSha256);
    if (source && source !== absenceIn) problems.push(`the absence is one in ${source}`);
  }
  if (countsAll) {
    const cited = new Set(claim.citations.map(({ evidenceId: id }) => id));
    const all = report.evidence.filter(({ kind }) => kind === countsAll);
    if (all.length !== cited.size || !all.every(({ id }) => cited.has(id))) {
      problems.push(`it does not count every record of the kind ${countsAll}`);
    }
  }
  return problems;
}

/** Slots and citations that the text does not rest on: they would only look like support. */
function unusedParts(claim: Claim, pattern: string): string[] {
  const needed = slotsBehind(slotsOf(pattern), claim.slots);
  const unusedSlot = Object.keys(claim.slots).find((name) => !needed.has(name));
  const used = new Set(
    Object.values(claim.slots).flatMap((slot) =>
      'citation' in slot ? [slot.citation] : slot.from.filter((input) => typeof input === 'number'),
    ),
  );
  const unused = claim.citations.findIndex((_, index) => !used.has(index));
  return [
    ...(unusedSlot === undefined ? [] : [`slot ${unusedSlot} supports nothing`]),
    ...(unused === -1 ? [] : [`citation ${unused} supports nothing`]),
  ];
}

function phrasedProblem(claim: Claim): string | null {
  const phrased = claim.phrased;
  if (!phrased) return null;
  if (sha256Hex(phrased.text) !== phrased.sha256)
    return 'its wording is not the one that was checked';
  const verdict = checkPhrasing(phrased.text, { text: claim.text, quotes: quotesOf(claim) });
  return verdict.ok ? null : `its wording says something else: ${verdict.reason}`;
}

/** The words and plain values a claim cites. */
export function quotesOf(claim: Pick<Claim, 'citations'>): string[] {
  return claim.citations.flatMap((citation: Citation) => {
    const value = citationValue(citation);
    return typeof value === 'string' ? [value] : typeof value === 'number' ? [String(value)] : [];
  });
}

function orderProblems(report: Report): string[] {
  const problems: string[] = [];
  const lists: [string, string[]][] = [
    ['claims', report.claims.map(({ id }) => id)],
    ['evidence', report.evidence.map(({ id }) => id)],
    ['sources', report.sources.map(({ id }) => id)],
  ];
  for (const [name, ids] of lists) {
    if (ids.some((id, index) => index > 0 && compareText(ids[index - 1] as string, id) >= 0)) {
      problems.push(`${name} are not sorted by id, each once`);
    }
  }
  const { claims: _claims, ...figures } = report;
  if (!sameJson(roundNumbers(figures), figures)) {
    problems.push('a number is not rounded to six places');
  }
  return problems;
}

function affectedBy(problems: Problem[], claims: Claim[]): Verification['affected'] {
  const touched = new Set(problems.flatMap(({ snapshotSha256 }) => snapshotSha256 ?? []));
  const broken = new Set(problems.flatMap(({ claimId }) => claimId ?? []));
  for (const claim of claims) {
    if (!broken.has(claim.id)) continue;
    const named = problems.some(
      (problem) => problem.claimId === claim.id && problem.snapshotSha256 !== null,
    );
    // A claim that fails without one citation to blame is listed under all that it rests on.
    if (!named) for (const citation of claim.citations) touched.add(citation.snapshotSha256);
  }
  return [...touched].sort(compareText).map((snapshotSha256) => ({
    snapshotSha256,
    claimIds: claims
      .filter(({ citations }) => citations.some((c) => c.snapshotSha256 === snapshotSha256))
      .map(({ id }) => id),
  }));
}
