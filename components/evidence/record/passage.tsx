'use client';

import { SearchX } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy';
import { Quote } from '@/components/ui/quote';
import type { Place } from '@/server/evidence/schema';
import type { Surroundings } from '@/server/evidence/surroundings';

/** A cited place in its surroundings: words as prose, values as the lines of their record. */
export function Passage({ place, surroundings }: { place: Place; surroundings: Surroundings }) {
  const { state, form, before, quote, after, reason } = surroundings;
  const where = <Where place={place} />;
  if (state === 'missing') {
    return <Quote state="missing" quote={quote} why={reason} source={where} />;
  }
  if (form === 'text') return <Quote {...{ state, before, quote, after }} source={where} />;
  return (
    <figure>
      <pre className="border-l border-rule-strong py-0.5 pl-4 text-xs leading-5 whitespace-pre-wrap wrap-anywhere text-ink-2">
        {before}
        <mark className="border-b-2 border-accent bg-mark text-ink">{quote}</mark>
        {after}
      </pre>
      <figcaption className="mt-1.5">{where}</figcaption>
    </figure>
  );
}

/** Where it stands, small: for who wants to find it in the stored copy. */
export function Where({ place }: { place: Place }) {
  const at =
    'pointer' in place
      ? `${place.pointer || 'the whole response'}${'start' in place ? `, characters ${place.start}–${place.end}` : ''}`
      : `characters ${place.start}–${place.end}`;
  return (
    <span className="block font-mono text-xs wrap-anywhere text-ink-2">
      {at} of {place.snapshotSha256.slice(0, 12)}
      <CopyButton value={`${place.snapshotSha256} ${at}`} label="the place" />
    </span>
  );
}

/** Stands where a fact would be read that is not where it should be. */
export function MissingFact() {
  return (
    <span className="inline-flex items-center gap-1 text-bad">
      <SearchX aria-hidden className="size-4" />
      not where it should be in the stored copy
    </span>
  );
}
