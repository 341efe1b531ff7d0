'use client';

import { formatCount, formatCountOf } from '@/components/ui/format';
import { Menu, MenuCheckbox } from '@/components/ui/menu';
import { Section } from '@/components/ui/section';
import { SOURCE_NAMES } from '@/server/reports/csl';
import { LABELS } from '@/server/reports/schema';
import { LabelMark } from './label-mark';
import { idsOf, type Ranked, type SourcesByKey } from './ranking';

/** How many carry which label; a count of three says more than three rows. */
export function Summary({ ranked, approved }: { ranked: readonly Ranked[]; approved: number }) {
  const counts = LABELS.map((label) => ({
    label,
    count: ranked.filter((r) => r.candidate.label === label).length,
  })).filter(({ count }) => count > 0);
  return (
    <p className="flex flex-wrap items-center gap-x-5 gap-y-1.5" aria-live="polite">
      {counts.map(({ label, count }) => (
        <span key={label} className="inline-flex items-baseline gap-1.5">
          <span className="text-lg font-medium">{formatCount(count)}</span>
          <LabelMark label={label} />
        </span>
      ))}
      <span className="text-sm text-ink-2">
        {ranked.length === 0 && 'Only approved uses were found. '}
        {approved > 0 && `${formatCountOf(approved, 'approved use')} apart, without a label`}
      </span>
    </p>
  );
}

export function Filters({
  ranked,
  sources,
  label,
  needs,
  change,
}: {
  ranked: readonly Ranked[];
  sources: SourcesByKey;
  label: string[];
  needs: string[];
  change: (next: { label?: string[]; needs?: string[] }) => void;
}) {
  const toggled = (values: string[], value: string) =>
    values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  const known = [...new Set(ranked.flatMap(({ key }) => sources[key] ?? []))].sort();
  return (
    <>
      <Menu label={label.length > 0 ? `Label (${label.length})` : 'Label'} size="sm" align="start">
        {LABELS.map((name) => (
          <MenuCheckbox
            key={name}
            checked={label.includes(name)}
            onChange={() => change({ label: toggled(label, name) })}
          >
            {name}{' '}
            <span className="text-ink-2">
              {ranked.filter((r) => r.candidate.label === name).length}
            </span>
          </MenuCheckbox>
        ))}
      </Menu>
      <Menu
        label={needs.length > 0 ? `Must have (${needs.length})` : 'Must have'}
        size="sm"
        align="start"
      >
        {known.map((id) => (
          <MenuCheckbox
            key={id}
            checked={needs.includes(id)}
            onChange={() => change({ needs: toggled(needs, id) })}
          >
            a record from {SOURCE_NAMES[id]}{' '}
            <span className="text-ink-2">
              {ranked.filter(({ key }) => sources[key]?.includes(id)).length}
            </span>
          </MenuCheckbox>
        ))}
      </Menu>
    </>
  );
}

export function Approved({
  approved,
  onOpen,
}: {
  approved: readonly Ranked[];
  onOpen: (key: string) => void;
}) {
  return (
    <Section
      title={`Approved uses (${approved.length})`}
      note="Recorded as approved: they carry no label and never rank among the candidates."
    >
      <ul className="gap-x-10 sm:columns-2">
        {approved.map(({ key, candidate }) => (
          <li key={key} className="break-inside-avoid border-b border-rule py-1.5 text-sm">
            <button type="button" className="link text-left" onClick={() => onOpen(key)}>
              {candidate.indication}
            </button>{' '}
            <span className="font-mono text-xs text-ink-2">{idsOf(candidate)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
