import type { EvidenceRow } from '@/server/evidence/rows';
import { STANCE_WORDS } from './filter';

/** The word says it; colour and weight repeat it. */
export function Direction({ stance }: { stance: NonNullable<EvidenceRow['stance']> }) {
  const look = { supports: 'text-accent', contradicts: 'text-bad', unclear: 'text-ink-2' }[stance];
  return <span className={look}>{STANCE_WORDS[stance]}</span>;
}
