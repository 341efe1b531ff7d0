'use client';

import { Button } from '@/components/ui/button';
import { SliderField } from '@/components/ui/field';
import { formatFigure } from '@/components/ui/format';
import { Callout } from '@/components/ui/states';
import {
  DEFAULT_WEIGHTS,
  WEIGHTS,
  type WeightId,
  type Weights,
} from '@/server/evidence/score/weights';

const GROUPS: { title: string; prefix: string }[] = [
  { title: 'Thresholds', prefix: 'threshold.' },
  { title: 'Trials', prefix: 'phase.' },
  { title: 'Literature', prefix: 'literature.' },
  { title: 'Safety', prefix: 'safety.' },
];

/** One slider for each weight, with its usual value where it was moved, and where that comes from. */
export function WeightsPanel({
  weights,
  isMoved,
  onChange,
  onReset,
}: {
  weights: Weights;
  isMoved: boolean;
  onChange: (id: WeightId, value: number) => void;
  onReset: () => void;
}) {
  return (
    <div>
      <p className="text-sm text-ink-2">
        Move one and the ranking follows at once. The address keeps it, so it can be shared.
      </p>
      <div className="my-3 min-h-8">
        {isMoved ? (
          <Callout
            tone="accent"
            title="Not the report’s weights"
            actions={
              <Button size="sm" onClick={onReset}>
                Reset to the usual ones
              </Button>
            }
          />
        ) : (
          <p className="text-sm text-ink-2">These are the report’s weights.</p>
        )}
      </div>
      {GROUPS.map(({ title, prefix }) => (
        <fieldset key={prefix} className="border-t border-rule py-3">
          <legend className="float-left mb-1.5 w-full text-sm font-semibold">{title}</legend>
          <div className="clear-both space-y-2">
            {WEIGHTS.filter(({ id }) => id.startsWith(prefix)).map((weight) => (
              <Slider
                key={weight.id}
                weight={weight}
                value={weights[weight.id]}
                onChange={(value) => onChange(weight.id, value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function Slider({
  weight: { id, label, min, max, source },
  value,
  onChange,
}: {
  weight: (typeof WEIGHTS)[number];
  value: number;
  onChange: (value: number) => void;
}) {
  const usual = DEFAULT_WEIGHTS[id];
  return (
    <div title={source}>
      <SliderField
        label={
          <span className="flex items-baseline justify-between gap-2 font-normal">
            {short(label)}
            {value !== usual && (
              <span className="whitespace-nowrap text-ink-2">usually {formatFigure(usual, 2)}</span>
            )}
          </span>
        }
        min={min}
        max={max}
        step={0.01}
        value={value}
        output={formatFigure(value, 2)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}

/** Under its group's title the first word is said already. */
function short(label: string): string {
  const text = label.replace(/^(?:Trial|Literature),? /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
