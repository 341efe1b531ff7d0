/** What the evidence table shows of each record. Pure. */
import {
  type Evidence,
  type EvidenceKind,
  type Level,
  type SourceId,
  valueOf,
} from '@/server/evidence/schema';
import type { Understanding } from '@/server/evidence/score';

export interface EvidenceRow {
  id: string;
  kind: EvidenceKind;
  source: SourceId;
  externalId: string;
  title: string;
  url: string;
  publishedOn: string | null;
  level: Level | null;
  /** Rests on a snapshot composed for demonstration. */
  demo: boolean;
  /** What the record says in a word or two: a trial's phase and status, a stance, a potency. */
  summary: string | null;
  /** How the molecule is given in a trial; null for other kinds. */
  role: string | null;
  /** Toward the candidates it was read for; null for other kinds than articles. */
  stance: 'supports' | 'contradicts' | 'unclear' | null;
  /** Why it must not be read like the others: retracted, stopped for harm … */
  alarm: string | null;
}

export const KIND_WORDS: Record<EvidenceKind, { one: string; many: string }> = {
  trial: { one: 'Trial', many: 'Trials' },
  article: { one: 'Article', many: 'Articles' },
  indication: { one: 'Indication', many: 'Indications' },
  mechanism: { one: 'Mechanism', many: 'Mechanisms' },
  target: { one: 'Target', many: 'Targets' },
  potency: { one: 'Potency', many: 'Potencies' },
  warning: { one: 'Warning', many: 'Warnings' },
  label: { one: 'Drug label', many: 'Drug labels' },
  approval: { one: 'Approval', many: 'Approvals' },
  'adverse-event': { one: 'Adverse event', many: 'Adverse events' },
  patent: { one: 'Patent', many: 'Patents' },
  compound: { one: 'Compound record', many: 'Compound records' },
};

export const SOURCE_WORDS: Record<SourceId, string> = {
  pubchem: 'PubChem',
  chembl: 'ChEMBL',
  clinicaltrials: 'ClinicalTrials.gov',
  pubmed: 'PubMed',
  europepmc: 'Europe PMC',
  openfda: 'openFDA',
  opentargets: 'Open Targets',
};

const words = (code: string) => code.toLowerCase().replaceAll('_', ' ');

export function phaseWords(phases: string[] | null): string | null {
  if (!phases || phases.length === 0) return null;
  const names = phases.map((p) =>
    p === 'NA' ? 'no phase' : p === 'EARLY_PHASE1' ? 'early 1' : p.replace('PHASE', ''),
  );
  return names[0] === 'no phase' ? 'no phase' : `phase ${names.join('/')}`;
}

function summaryOf(item: Evidence): string | null {
  switch (item.kind) {
    case 'trial': {
      const { phases, status, enrolment } = item.facts;
      const size = valueOf(enrolment);
      return [
        phaseWords(valueOf(phases)),
        words(valueOf(status)),
        size === null ? null : `${size} people`,
      ]
        .filter(Boolean)
        .join(', ');
    }
    case 'article':
      return (
        [valueOf(item.facts.journal), valueOf(item.facts.year)].filter(Boolean).join(', ') || null
      );
    case 'indication': {
      const phase = valueOf<number | string>(item.facts.maxPhase as never);
      return phase === null ? null : `highest stage ${words(String(phase))}`;
    }
    case 'mechanism':
      return valueOf(item.facts.action);
    case 'potency': {
      const { type, relation, value, units } = item.facts;
      const amount = valueOf<number | string>(value as never);
      return amount === null
        ? valueOf(type)
        : `${valueOf(type)} ${valueOf(relation) ?? ''} ${amount} ${valueOf(units) ?? ''}`.trim();
    }
    case 'warning':
      return (
        [valueOf(item.facts.toxicityClass), valueOf(item.facts.country)]
          .filter(Boolean)
          .join(', ') || null
      );
    case 'adverse-event':
      return `${valueOf(item.facts.a)} reports co-reported`;
    case 'patent':
      return valueOf(item.facts.applicants[0]) ?? null;
    case 'label':
      return valueOf(item.facts.manufacturer);
    case 'approval':
      return valueOf(item.facts.sponsor);
    case 'target':
      return valueOf(item.facts.name);
    case 'compound':
      return valueOf(item.facts.moleculeType);
  }
}

function alarmOf(item: Evidence, read: Understanding | undefined): string | null {
  if (read?.kind === 'article') {
    if (read.retraction === 'retracted') return 'retracted';
    if (read.retraction === 'concern') return 'expression of concern';
  }
  if (read?.kind === 'trial') {
    if (read.stop?.class === 'Safety_Sideeffects') return 'stopped for harm';
    if (read.stop?.class === 'Negative') return 'stopped for lack of efficacy';
    if (read.primaryOutcome === 'not-met') return 'primary outcome not met';
    const status = item.kind === 'trial' ? valueOf(item.facts.status) : '';
    if (['TERMINATED', 'WITHDRAWN', 'SUSPENDED'].includes(status)) return words(status);
  }
  return item.kind === 'warning' ? words(valueOf(item.facts.type)) : null;
}

function stanceOf(read: Understanding | undefined): EvidenceRow['stance'] {
  if (read?.kind !== 'article') return null;
  const stances = new Set(read.stances.map((s) => s.stance));
  if (stances.has('contradicts')) return 'contradicts';
  return stances.has('supports') ? 'supports' : 'unclear';
}

export function evidenceRows(
  evidence: readonly Evidence[],
  understanding: readonly Understanding[],
): EvidenceRow[] {
  const read = new Map(understanding.map((u) => [u.evidenceId, u]));
  return evidence.map((item) => {
    const known = read.get(item.id);
    return {
      id: item.id,
      kind: item.kind,
      source: item.source,
      externalId: item.externalId,
      title: item.title,
      url: item.url,
      publishedOn: item.publishedOn,
      level: known?.level ?? null,
      demo: item.retrievedAt === null,
      summary: summaryOf(item),
      role: known?.kind === 'trial' ? known.role : null,
      stance: stanceOf(known),
      alarm: alarmOf(item, known),
    };
  });
}

export interface EvidenceFilter {
  kind: string[];
  source: string[];
  level: string[];
  stance: string[];
  search: string;
  sort: string;
}

const SORTS: Record<string, (row: EvidenceRow) => string> = {
  title: (row) => row.title.toLowerCase(),
  kind: (row) => row.kind,
  source: (row) => row.source,
  date: (row) => row.publishedOn ?? '',
  level: (row) => row.level ?? 'L9',
};

/** What speaks against comes first; then by level, then newest. */
const usual = (a: EvidenceRow, b: EvidenceRow) =>
  Number(b.alarm !== null) - Number(a.alarm !== null) ||
  compare(SORTS.level!(a), SORTS.level!(b)) ||
  compare(SORTS.date!(b), SORTS.date!(a)) ||
  compare(a.id, b.id);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function narrow(rows: readonly EvidenceRow[], filter: EvidenceFilter): EvidenceRow[] {
  const search = filter.search.trim().toLowerCase();
  const has = (chosen: string[], value: string | null) =>
    chosen.length === 0 || chosen.includes(value ?? 'none');
  const kept = rows.filter(
    (row) =>
      has(filter.kind, row.kind) &&
      has(filter.source, row.source) &&
      has(filter.level, row.level) &&
      has(filter.stance, row.stance) &&
      (search === '' ||
        `${row.title} ${row.externalId} ${row.summary ?? ''}`.toLowerCase().includes(search)),
  );
  const [name = '', direction] = filter.sort.split('.');
  const by = SORTS[name];
  if (!by) return kept.sort(usual);
  const sign = direction === 'desc' ? -1 : 1;
  return kept.sort((a, b) => sign * compare(by(a), by(b)) || compare(a.id, b.id));
}

/** How many rows each choice of one facet would leave, given the other filters. */
export function facetCounts(
  rows: readonly EvidenceRow[],
  filter: EvidenceFilter,
  facet: 'kind' | 'source' | 'level' | 'stance',
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[facet] ?? 'none', 0);
  for (const row of narrow(rows, { ...filter, [facet]: [] })) {
    const value = row[facet] ?? 'none';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => compare(a.value, b.value));
}
