import { Badge, type Tone } from '@/components/ui/status';
import type { Label } from '@/server/reports/schema';

/** Kept apart from the marks of jobs and steps, which often stand beside it. */
export const LABEL_TONES: Record<Label, Tone> = {
  Go: 'accent',
  Investigate: 'neutral',
  'No-Go': 'bad',
  'Insufficient evidence': 'caution',
};

/** A label; the word carries it, the colour only repeats it. Approved uses carry none. */
export function LabelMark({ label }: { label: Label | null }) {
  if (!label) return <span className="text-ink-2">no label</span>;
  return <Badge tone={LABEL_TONES[label]}>{label}</Badge>;
}
