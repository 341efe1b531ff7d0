/** What a list of evidence shows of each record, as it was understood. Pure and browser-safe. */

import { type Evidence, type EvidenceKind, type Level, type SourceId, said } from './schema';
import type { Assessment } from './score';
import type { Understanding } from './score/features';
import { phaseInWords, recordedPhase } from './understand/phase';
import type { TrialRole } from './understand/trial-role';

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
  /** What the record says in a few words: a trial's phase and status, a potency, a journal. */
  summary: string | null;
  /** How the molecule is given in a trial; null for other kinds, and before the trials are read. */
  role: TrialRole | null;
  /** Of articles: the direction toward what it was read for, opposition first. */
  stance: 'supports' | 'contradicts' | 'unclear' | null;
  /** Why it must not be read like the others: retracted, stopped for harm … */
  alarm: string | null;
  /** Keys of the candidates it stands for. */
  indications: string[];
}

export interface EvidenceList {
  rows: EvidenceRow[];
  /** Names of the candidates by key. */
  indications: Record<string, string>;
  /** Levels, roles and directions are told once every source was asked. */
  isRead: boolean;
}

const words = (code: string) => code.toLowerCase().replaceAll('_', ' ');

/** "Phase 1/2", "no phase" where the registry says that none applies; null where it says nothing. */
export function phaseWords(phases: readonly string[] | null): string | null {
  return phaseInWords(phases) ?? (phases?.includes('NA') ? 'no phase' : null);
}

/** The highest stage that a drug database records, whichever way it writes it. */
export function stageWords(value: number | string | null): string | null {
  if (value === null) return null;
  if (recordedPhase(value) === 'approved') return 'approved';
  const text = String(value);
  const named = /^PHASE_?(\d)(?:_?(?:PHASE_?)?(\d))?$/.exec(text);
  if (named) return `Phase ${named[2] ? `${named[1]}/${named[2]}` : named[1]}`;
  if (/^0\.5$|EARLY/.test(text)) return 'Early phase 1';
  const number = /^([1-4])(?:\.0+)?$/.exec(text)?.[1];
  return number ? `Phase ${number}` : words(text);
}

const joined = (...parts: (string | null | undefined)[]) =>
  parts.filter(Boolean).join(', ') || null;

function summaryOf(item: Evidence): string | null {
  switch (item.kind) {
    case 'trial': {
      const { phases, status, enrolment } = item.facts;
      const size = said(enrolment);
      return joined(
        phaseWords(said(phases)),
        words(said(status)),
        size === null ? null : `${size} ${size === 1 ? 'person' : 'people'}`,
      );
    }
    case 'article':
      return joined(said(item.facts.journal), said(item.facts.year));
    case 'indication': {
      const stage = stageWords(said<number | string>(item.facts.maxPhase as never));
      return stage && `highest stage recorded: ${stage}`;
    }
    case 'mechanism':
      return joined(said(item.facts.action)?.toLowerCase(), said(item.facts.targetName));
    case 'potency': {
      const { type, relation, value, units } = item.facts;
      const amount = said<number | string>(value as never);
      if (amount === null) return said(type);
      return [said(type), said(relation), amount, said(units)].filter(Boolean).join(' ');
    }
    case 'warning':
      return joined(said(item.facts.toxicityClass), said(item.facts.country));
    case 'adverse-event': {
      const reports = said(item.facts.a);
      return `co-reported in ${reports} ${reports === 1 ? 'report' : 'reports'}`;
    }
    case 'patent':
      return said(item.facts.applicants[0]);
    case 'label':
      return said(item.facts.manufacturer);
    case 'approval':
      return said(item.facts.sponsor);
    case 'target':
      return said(item.facts.name);
    case 'compound':
      return said(item.facts.moleculeType);
  }
}

function alarmOf(item: Evidence, read: Understanding | undefined): string | null {
  if (read?.kind === 'article') {
    if (read.retraction === 'retracted') return 'retracted';
    if (read.retraction === 'concern') return 'expression of concern';
  }
  if (item.kind === 'trial') {
    if (read?.kind === 'trial') {
      if (read.stop?.class === 'Safety_Sideeffects') return 'stopped for harm';
      if (read.stop?.class === 'Negative') return 'stopped for lack of efficacy';
      if (read.primaryOutcome === 'not-met') return 'primary outcome not met';
    }
    const status = said(item.facts.status);
    if (['TERMINATED', 'WITHDRAWN', 'SUSPENDED'].includes(status)) return words(status);
  }
  if (item.kind === 'warning') return words(said(item.facts.type));
  return item.kind === 'label' && item.facts.boxedWarning.length > 0 ? 'boxed warning' : null;
}

function stanceOf(read: Understanding | undefined): EvidenceRow['stance'] {
  if (read?.kind !== 'article') return null;
  const stances = new Set(read.stances.map((s) => s.stance));
  if (stances.has('contradicts')) return 'contradicts';
  return stances.has('supports') ? 'supports' : 'unclear';
}

/** `assessment` is null as long as sources are being asked. */
export function evidenceList(
  evidence: readonly Evidence[],
  assessment: Pick<Assessment, 'understanding' | 'features'> | null,
): EvidenceList {
  const read = new Map(assessment?.understanding.map((u) => [u.evidenceId, u]));
  const standsFor = new Map<string, string[]>();
  const candidates = assessment?.features.candidates ?? [];
  for (const { key, evidenceIds } of candidates) {
    for (const id of evidenceIds) standsFor.set(id, [...(standsFor.get(id) ?? []), key]);
  }
  return {
    isRead: assessment !== null,
    indications: Object.fromEntries(candidates.map(({ key, indication }) => [key, indication])),
    rows: evidence.map((item) => {
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
        indications: standsFor.get(item.id) ?? [],
      };
    }),
  };
}

/** Trials and articles first, what only identifies the compound last. */
export const KIND_ORDER: readonly EvidenceKind[] = [
  'trial',
  'article',
  'warning',
  'label',
  'approval',
  'mechanism',
  'target',
  'indication',
  'adverse-event',
  'potency',
  'patent',
  'compound',
];
export const kindRank = (row: EvidenceRow) => KIND_ORDER.indexOf(row.kind);
const levelRank = (row: EvidenceRow) => row.level ?? 'L9';

export const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** What speaks against comes first; then the strongest design, the kind, the newest. */
export const usualOrder = (a: EvidenceRow, b: EvidenceRow) =>
  Number(b.alarm !== null) - Number(a.alarm !== null) ||
  compare(levelRank(a), levelRank(b)) ||
  compare(kindRank(a), kindRank(b)) ||
  compare(b.publishedOn ?? '', a.publishedOn ?? '') ||
  compare(a.title, b.title) ||
  compare(a.id, b.id);
