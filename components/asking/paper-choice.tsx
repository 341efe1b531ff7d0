'use client';

import { debounce, parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Checkbox, InputField } from '@/components/ui/field';
import { formatCount } from '@/components/ui/format';

export interface ChoosablePaper {
  id: string;
  title: string;
  note: string;
}

/** Which papers a question goes to: all, or those that are ticked. Plain fields of the form around. */
export function PaperChoice({
  total,
  chosen: initial,
  found,
}: {
  /** Papers in the library. */
  total: number;
  /** Chosen in the address. */
  chosen: readonly ChoosablePaper[];
  /** Papers that the search finds. */
  found: readonly ChoosablePaper[];
}) {
  const [scope, setScope] = useState<'all' | 'selection'>(initial.length > 0 ? 'selection' : 'all');
  const [chosen, setChosen] = useState(initial);
  const ids = new Set(chosen.map(({ id }) => id));
  const toggle = (paper: ChoosablePaper) => {
    const on = !ids.has(paper.id);
    setChosen(on ? [...chosen, paper] : chosen.filter(({ id }) => id !== paper.id));
    if (on) setScope('selection');
  };
  const others = found.filter(({ id }) => !ids.has(id));
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">Papers</legend>
      <div className="flex flex-wrap gap-x-6">
        <Checkbox
          type="radio"
          name="scope"
          value="all"
          checked={scope === 'all'}
          onChange={() => setScope('all')}
          label={`All ${formatCount(total)} papers`}
        />
        <Checkbox
          type="radio"
          name="scope"
          value="selection"
          checked={scope === 'selection'}
          onChange={() => setScope('selection')}
          label={chosen.length > 0 ? `The ${formatCount(chosen.length)} ticked` : 'Those I tick'}
        />
      </div>
      <PaperSearch />
      <ul className="max-h-72 overflow-auto">
        {[...chosen, ...others].map((paper) => (
          <li key={paper.id}>
            <Checkbox
              name="paper"
              value={paper.id}
              checked={ids.has(paper.id)}
              onChange={() => toggle(paper)}
              label={paper.title}
              note={paper.note}
            />
          </li>
        ))}
      </ul>
      {others.length === 0 && chosen.length === 0 && (
        <p className="text-sm text-ink-2">No paper has these words in its title or authors.</p>
      )}
    </fieldset>
  );
}

/** What is found comes from the server: a library may hold thousands. */
function PaperSearch() {
  const [q, setQ] = useQueryState(
    'q',
    parseAsString.withDefault('').withOptions({ shallow: false, history: 'replace' }),
  );
  return (
    <InputField
      label="Find papers to tick"
      hideLabel
      type="search"
      data-search
      autoComplete="off"
      maxLength={200}
      placeholder="Find papers by title or author"
      value={q}
      // Enter would ask the question.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
      onChange={(event) => {
        const text = event.target.value;
        void setQ(text || null, { limitUrlUpdates: text ? debounce(250) : undefined });
      }}
    />
  );
}
