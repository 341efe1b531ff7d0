/** What is fixed about each public source; shown to people and used by connectors. */
import type { SourceId } from '@/server/evidence/schema';

/** Sources that know papers; molecules are not asked of them. */
export const LITERATURE_SOURCES = ['crossref', 'arxiv', 'semanticscholar'] as const;
export type LiteratureSource = (typeof LITERATURE_SOURCES)[number];
export type AskedSource = SourceId | LiteratureSource;

export interface SourceInfo {
  id: AskedSource;
  name: string;
  homepage: string;
  licence: string;
  /** Requests a second for the whole installation. */
  requestsPerSecond: number;
  /** May response bodies be passed on in a shared bundle? */
  bodiesMayBeShared: boolean;
}
