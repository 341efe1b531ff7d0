'use client';

import { createContext, type ReactNode, useContext, useId, useState } from 'react';
import { cx } from '@/components/ui/cx';
import { Disclosure } from '@/components/ui/disclosure';
import { formatCountOf } from '@/components/ui/format';
import type { CitedFact } from '@/server/evidence/queries';
import { MissingFact, Passage } from './passage';

const FactsContext = createContext<ReadonlyMap<string, CitedFact>>(new Map());

/** Gives the parts of a record the places of its facts, by name. */
export function FactsProvider({ facts, children }: { facts: CitedFact[]; children: ReactNode }) {
  return <FactsContext value={new Map(facts.map((f) => [f.name, f]))}>{children}</FactsContext>;
}

export function useFact(name: string): CitedFact | null {
  return useContext(FactsContext).get(name) ?? null;
}

/** A fact on a line of its own; its place in the stored copy unfolds under it. */
export function FactRow({
  term,
  value,
  fact: name,
  note,
}: {
  term: ReactNode;
  /** Null is said to be not stated. */
  value: ReactNode | null;
  /** The fact that carries it. */
  fact?: string;
  /** What Phial made of it, apart from what stands in the record. */
  note?: ReactNode;
}) {
  const fact = useFact(name ?? '');
  const [open, setOpen] = useState(false);
  const id = useId();
  const missing = fact?.surroundings.state === 'missing';
  return (
    <div className="grid grid-cols-[minmax(6.5rem,2fr)_minmax(0,5fr)_2.5rem] items-baseline gap-x-3 border-b border-rule py-1.5">
      <dt className="text-ink-2">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">
        {missing ? <MissingFact /> : (value ?? <span className="text-ink-3">not stated</span>)}
        {note && <span className="block text-ink-2">{note}</span>}
      </dd>
      {fact && (
        <dd className="text-right">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
            className={cx('link min-h-6 text-xs pointer-coarse:min-h-11', open && 'font-medium')}
          >
            {open ? 'hide' : 'where'}
            {typeof term === 'string' && <span className="sr-only"> {term} stands</span>}
          </button>
        </dd>
      )}
      {fact && open && (
        <dd id={id} className="col-span-full pt-2 pb-1">
          <Passage {...fact} />
        </dd>
      )}
    </div>
  );
}

export function FactList({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <section className="text-sm">
      {title && <h3 className="mb-1 text-sm">{title}</h3>}
      <dl className="border-t border-rule">{children}</dl>
    </section>
  );
}

/** Every fact of the record as it was taken from the stored copy, folded. */
export function AllFacts({ facts }: { facts: readonly CitedFact[] }) {
  return (
    <Disclosure summary={`All ${formatCountOf(facts.length, 'fact')}, each with its place`}>
      <FactList>
        {facts.map((fact) => (
          <FactRow
            key={fact.name}
            term={label(fact.name)}
            value={fact.surroundings.quote}
            fact={fact.name}
          />
        ))}
      </FactList>
    </Disclosure>
  );
}

/** `arms.0.interventionNames.1` → "arms 1, intervention names 2". */
export function label(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    .join(' ');
}
