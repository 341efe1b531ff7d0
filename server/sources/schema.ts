/** What is fixed about each public source; shown to people and used by connectors. */
import type { SourceId } from '@/server/evidence/schema';

export interface SourceInfo {
  id: SourceId;
  name: string;
  homepage: string;
  licence: string;
  /** Requests a second for the whole installation. */
  requestsPerSecond: number;
  /** May response bodies be passed on in a shared bundle? */
  bodiesMayBeShared: boolean;
}
