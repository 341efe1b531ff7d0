import { Badge, type Tone } from '@/components/ui/status';
import type { Label } from '@/server/reports/schema';

const tones: Record<Label, Tone> = {
  Go: 'accent',
  Investigate: 'neutral',
  'No-Go': 'bad',
  'Insufficient evidence': 'caution',
};

/** A report's label. The word carries it, the colour only repeats it. */
export function LabelMark({ label }: { label: Label }) {
  return <Badge tone={tones[label]}>{label}</Badge>;
}
