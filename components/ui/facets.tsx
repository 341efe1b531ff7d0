import { Checkbox } from './field';
import { formatCount } from './format';

export type FacetItem = { value: string; label: string; count: number };

/** Shown at once; the rest are behind "more", but for those that are chosen. */
const alwaysShown = 8;

/**
 * One way to narrow a list, with how many each choice would leave. With `onChange` the caller keeps
 * the choice; without, the boxes are plain fields called `name` in whatever form they stand in.
 */
export function FacetList({
  legend,
  name,
  items,
  selected,
  onChange,
}: {
  legend: string;
  name: string;
  items: readonly FacetItem[];
  selected: readonly string[];
  onChange?: (selected: string[]) => void;
}) {
  const first = items.filter((item, index) => index < alwaysShown || selected.includes(item.value));
  const more = items.filter((item) => !first.includes(item));
  const box = (item: FacetItem) => {
    const on = selected.includes(item.value);
    return (
      <li key={item.value}>
        <Checkbox
          name={name}
          value={item.value}
          label={item.label}
          end={<span className="text-ink-2">{formatCount(item.count)}</span>}
          {...(onChange
            ? {
                checked: on,
                onChange: () =>
                  onChange(
                    on
                      ? selected.filter((value) => value !== item.value)
                      : [...selected, item.value],
                  ),
              }
            : { defaultChecked: on })}
        />
      </li>
    );
  };
  return (
    <fieldset className="border-t border-rule py-3">
      <legend className="float-left mb-1.5 w-full text-sm font-medium">{legend}</legend>
      <ul className="clear-both">{first.map(box)}</ul>
      {more.length > 0 && (
        <details>
          <summary className="link mt-1 inline-block text-sm">{more.length} more</summary>
          <ul>{more.map(box)}</ul>
        </details>
      )}
    </fieldset>
  );
}
