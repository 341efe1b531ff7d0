'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react';
import { NoStructure } from '@/components/molecules/structure';
import { useTRPC } from '@/components/trpc';
import { cx } from '@/components/ui/cx';
import { formatCount } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { DefinitionList } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { type Recognised, recognise } from '@/server/jobs/recognise';
import type { MoleculePreview as Preview } from '@/server/molecules/preview';
import { JOB_LOOK } from './words';

const WIDTH = 320;
const HEIGHT = 240;
/** A pause in typing after which the structure is asked for. */
const PAUSE_MS = 180;
/** Longer texts are checked when they are submitted. */
const MAX_CHARACTERS = 2_000;

const KINDS: Record<Exclude<Recognised['kind'], 'invalid'>, { name: string; means: string }> = {
  smiles: { name: 'SMILES', means: 'read and drawn by RDKit.' },
  inchikey: {
    name: 'InChIKey',
    means: 'looked up in PubChem and ChEMBL when the job runs; an exact match never asks.',
  },
  inchi: { name: 'InChI', means: 'turned into its InChIKey and looked up when the job runs.' },
  'source-id': { name: 'Source id', means: 'looked up at that source when the job runs.' },
  name: {
    name: 'Name',
    means:
      'looked up in PubChem and ChEMBL when the job runs. If several compounds match, you are asked.',
  },
};

/** What Phial makes of what is being typed, beside it as one types. Its size stays the same. */
export function MoleculePreview({ text }: { text: string }) {
  const trpc = useTRPC();
  const asked = usePause(text);
  const recognised = recognise(useDeferredValue(text));
  const canAsk = recognised.kind !== 'invalid' && asked.length <= MAX_CHARACTERS;
  const { data, isError, isFetching, isPlaceholderData } = useQuery(
    trpc.molecules.preview.queryOptions(
      { text: asked },
      { enabled: canAsk && asked.trim() !== '', placeholderData: (before) => before },
    ),
  );
  const preview = canAsk && asked.trim() !== '' ? data : undefined;
  return (
    <section aria-label="What is understood" className="border-t-2 border-rule-strong pt-3">
      <div className="flex min-h-6 items-center gap-2" role="status">
        {recognised.kind === 'invalid' ? (
          <span className="text-sm text-ink-2">
            {text.trim() === '' ? 'Nothing typed yet' : recognised.message}
          </span>
        ) : (
          <>
            <span className="text-sm text-ink-2">Read as</span>
            <Badge tone="accent">{KINDS[recognised.kind].name}</Badge>
          </>
        )}
      </div>
      <div className={cx('mt-2', (asked !== text || isPlaceholderData) && 'opacity-60')}>
        <Drawing preview={preview} empty={emptyWords(recognised, asked, { isError, isFetching })} />
      </div>
      <div className="mt-3 min-h-44 space-y-3 text-sm">
        {recognised.kind !== 'invalid' && (
          <p className="text-ink-2">
            {KINDS[recognised.kind].name}: {KINDS[recognised.kind].means}
          </p>
        )}
        {preview && !isPlaceholderData && recognised.kind !== 'invalid' && (
          <Findings preview={preview} text={asked} />
        )}
      </div>
    </section>
  );
}

function Drawing({ preview, empty }: { preview: Preview | undefined; empty: string }) {
  if (!preview?.svg) {
    return (
      <NoStructure width={WIDTH} height={HEIGHT}>
        {empty}
      </NoStructure>
    );
  }
  const name = preview.known?.name ?? 'what you typed';
  return (
    // biome-ignore lint/performance/noImgElement: an SVG that is already here
    <img
      src={`data:image/svg+xml,${encodeURIComponent(preview.svg)}`}
      alt={`Structure of ${name}, ${preview.formula ?? 'formula not known'}`}
      width={WIDTH}
      height={HEIGHT}
      className="drawing h-auto max-w-full"
    />
  );
}

function Findings({ preview, text }: { preview: Preview; text: string }): ReactNode {
  const { problem, known, formula, massDa, inchiKey, limits, parts } = preview;
  return (
    <>
      {problem && (
        <Callout tone="caution" title={problem.message}>
          {problem.position !== null && <Place text={text.trim()} position={problem.position} />}
        </Callout>
      )}
      {formula && (
        <DefinitionList
          items={[
            { term: 'Formula', value: formula },
            { term: 'Mass', value: massDa === null ? null : `${massDa} Da` },
            {
              term: 'InChIKey',
              value: inchiKey && <span className="font-mono text-xs">{inchiKey}</span>,
            },
          ]}
        />
      )}
      {parts > 1 && (
        <Callout title={`${parts} separate parts`}>
          A salt or a mixture: Phial asks which compound is meant before it asks any source.
        </Callout>
      )}
      {limits.map((limit) => (
        <Callout key={limit} tone="caution" title={limit} />
      ))}
      {known && (
        <p>
          <TextLink href={`/runs/${known.jobId}`}>
            {known.name}: {JOB_LOOK[known.status].word.toLowerCase()}
          </TextLink>{' '}
          <span className="text-ink-2">
            was asked about <Time at={known.createdAt} /> in this workspace.
          </span>
        </p>
      )}
    </>
  );
}

/** The characters around the one that is wrong, that one marked. */
function Place({ text, position }: { text: string; position: number }) {
  const at = position - 1;
  const from = Math.max(0, at - 16);
  return (
    <code className="wrap-anywhere">
      {from > 0 && '…'}
      {text.slice(from, at)}
      <mark className="border-b-2 border-caution bg-surface text-ink">
        {text.slice(at, at + 1) || '␣'}
      </mark>
      {text.slice(at + 1, at + 17)}
      {text.length > at + 17 && '…'}
    </code>
  );
}

function emptyWords(
  recognised: Recognised,
  asked: string,
  { isError, isFetching }: { isError: boolean; isFetching: boolean },
): string {
  if (recognised.kind === 'invalid') return 'The structure is drawn here';
  if (asked.length > MAX_CHARACTERS) {
    return `Over ${formatCount(MAX_CHARACTERS)} characters: checked when submitted`;
  }
  if (isError) return 'The drawing could not be fetched';
  if (isFetching) return 'Being drawn';
  return recognised.kind === 'smiles' ? 'No structure' : 'Drawn once it is looked up';
}

/** The text after a pause in typing. */
function usePause(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
