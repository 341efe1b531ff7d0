/** Finds the citations inside facts, however they are nested. */
import type { Place } from '@/server/evidence/schema';

export function placesOf(facts: unknown): Place[] {
  if (typeof facts !== 'object' || facts === null) return [];
  if ('snapshotSha256' in facts) return [facts as Place];
  return Object.values(facts).flatMap(placesOf);
}
