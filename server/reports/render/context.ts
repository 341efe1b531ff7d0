/** What the blocks of a rendered report are composed from. */
import type { Report } from '../schema';
import type { EvidenceList } from './evidence-list';

/** What is not part of report.json. */
export interface RenderExtra {
  /** The structure as drawn for the job; null when only a name is known. */
  depictionSvg: string | null;
}

export interface Context {
  report: Report;
  extra: RenderExtra;
  evidence: EvidenceList;
}

/** Nothing was found or could be asked: then nothing is said but that. */
export function isBare(report: Report): boolean {
  return report.evidence.length === 0 && report.claims.length === 0;
}
