/** What the blocks of a report are composed from. */
import type {
  Evidence,
  EvidenceKind,
  EvidenceOf,
  SourceId,
  SourceResult,
  Subject,
} from '@/server/evidence/schema';
import type { Body } from '../places';

/** A stored answer that blocks may look into. */
export interface AnswerBody {
  sha256: string;
  source: SourceId;
  /** Public address; null when composed for demonstration. */
  url: string;
  body: Body;
}

export interface Material {
  subject: Subject;
  sources: readonly SourceResult[];
  /** Without duplicates, sorted by id. */
  evidence: readonly Evidence[];
  /** Answers with a status that counts as one, in a fixed order. */
  answers: readonly AnswerBody[];
}

export function ofKind<K extends EvidenceKind>(
  evidence: readonly Evidence[],
  kind: K,
): EvidenceOf<K>[] {
  return evidence.filter((item) => item.kind === kind) as EvidenceOf<K>[];
}

/** The source answered, if only with nothing. */
export function answered(material: Material, id: SourceId): boolean {
  const outcome = material.sources.find((source) => source.id === id)?.outcome;
  return outcome === 'ok' || outcome === 'empty';
}
