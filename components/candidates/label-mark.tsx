import { type State, StatusMark } from '@/components/ui/status';
import type { Label } from '@/server/reports/schema';

const STATES: Record<Label, State> = {
  Go: 'done',
  Investigate: 'partial',
  'No-Go': 'failed',
  'Insufficient evidence': 'skipped',
};

/** A label with its sign; approved uses carry none. */
export function LabelMark({ label }: { label: Label | null }) {
  if (!label) return <span className="text-ink-2">no label</span>;
  return <StatusMark state={STATES[label]}>{label}</StatusMark>;
}
