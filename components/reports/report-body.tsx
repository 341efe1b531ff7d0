'use client';

import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '@/components/ui/cx';
import { formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { DefinitionList } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { toneText } from '@/components/ui/status';
import { Table, Td, Th } from '@/components/ui/table';
import type {
  Block,
  CitationEntry,
  Part,
  ReportView,
  Statement,
} from '@/server/reports/render/view';
import { HatchPattern, ReportFigure } from './figure';
import { Runs, TONES } from './runs';

/** The blocks of a report, in the words and the order of its files. */
export function ReportBody({ jobId, view }: { jobId: string; view: ReportView }) {
  return (
    <>
      {view.blocks.map((block) => (
        <ReportBlock key={block.anchor} jobId={jobId} block={block} />
      ))}
      <HatchPattern />
    </>
  );
}

function ReportBlock({ jobId, block }: { jobId: string; block: Block }) {
  const heading = `${block.anchor}-heading`;
  return (
    <section
      id={block.anchor}
      aria-labelledby={heading}
      className="mt-12 scroll-mt-4 border-t-2 border-rule-strong pt-3 first:mt-0"
    >
      <h2 id={heading} className="text-xl">
        {block.number !== null && (
          <span className="mr-3 font-normal text-ink-2">{block.number}</span>
        )}
        {block.title}
      </h2>
      <div className="mt-3 space-y-4">
        {foldable(block.parts).map((item, index) =>
          Array.isArray(item) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
            <Folded key={index} jobId={jobId} parts={item} open={index === 0} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
            <ReportPart key={index} jobId={jobId} part={item} />
          ),
        )}
      </div>
    </section>
  );
}

type Heading = Extract<Part, { kind: 'heading' }>;
type Under = [Heading, ...Part[]];

/** More headings than this in one block are folded, each with what stands under it. */
const UNFOLDED = 3;

/** A block's parts as they are, or, where many things are told one after the other, each under its heading. */
function foldable(parts: Part[]): (Part | Under)[] {
  if (parts.filter(({ kind }) => kind === 'heading').length <= UNFOLDED) return parts;
  const items: (Part | Under)[] = [];
  for (const part of parts) {
    const last = items.at(-1);
    if (part.kind === 'heading') items.push([part]);
    else if (Array.isArray(last)) last.push(part);
    else items.push(part);
  }
  return items;
}

/** The anchor stands inside, so that following it unfolds the part. */
function Folded({ jobId, parts, open }: { jobId: string; parts: Under; open: boolean }) {
  const [heading, ...rest] = parts;
  return (
    <Fold
      open={open}
      summary={
        <>
          <h3 className="inline text-base">{heading.text}</h3>{' '}
          {heading.runs && <Runs runs={heading.runs} />}
        </>
      }
    >
      <div id={heading.anchor} className="scroll-mt-14 space-y-4 pt-1 pb-5 sm:pl-5.5">
        {rest.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <ReportPart key={index} jobId={jobId} part={part} />
        ))}
      </div>
    </Fold>
  );
}

function Fold({
  summary,
  open,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group/fold border-b border-rule">
      <summary className="flex items-center gap-1.5 py-2 hover:text-accent pointer-coarse:min-h-11">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-2 transition-transform group-open/fold:rotate-90"
        />
        <span className="min-w-0">{summary}</span>
      </summary>
      {children}
    </details>
  );
}

function ReportPart({ jobId, part }: { jobId: string; part: Part }) {
  switch (part.kind) {
    case 'heading':
      return (
        <h3 id={part.anchor} className="scroll-mt-4 pt-4 text-base">
          {part.text}
          {part.runs && part.runs.length > 0 && (
            <span className="ml-2 font-normal">
              <Runs runs={part.runs} />
            </span>
          )}
        </h3>
      );
    case 'text':
      return (
        <p className={cx('max-w-measure', part.isQuiet && 'text-sm text-ink-2')}>
          <Runs runs={part.runs} />
        </p>
      );
    case 'notice':
      return (
        <Callout tone={part.tone} title={part.title}>
          <Runs runs={part.runs} />
        </Callout>
      );
    case 'facts':
      return (
        <div className="max-w-3xl">
          <DefinitionList
            items={part.rows.map(({ term, runs }) => ({ term, value: <Runs runs={runs} /> }))}
          />
        </div>
      );
    case 'list':
      return (
        <ul className="max-w-measure list-['–_'] space-y-1 pl-4">
          {part.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
            <li key={index}>
              <Runs runs={item} />
            </li>
          ))}
        </ul>
      );
    case 'statements':
      return <Statements items={part.items} />;
    case 'table':
      return <ReportTable {...part} />;
    case 'verdict':
      return <Verdict {...part} />;
    case 'depiction':
      return (
        // biome-ignore lint/performance/noImgElement: a drawing that is part of the page
        <img
          src={`data:image/svg+xml,${encodeURIComponent(part.svg)}`}
          alt={part.alt}
          width={320}
          height={200}
          className="drawing h-auto max-w-full"
        />
      );
    case 'citations':
      return <Citations jobId={jobId} entries={part.entries} />;
  }
}

function Verdict({ label, tone, runs, figures }: Extract<Part, { kind: 'verdict' }>) {
  return (
    <div className="border-b border-rule-strong pb-4">
      <p className={cx('text-2xl font-semibold', tone !== 'plain' && toneText[TONES[tone]])}>
        {label}
      </p>
      <p className="mt-1 max-w-measure">
        <Runs runs={runs} />
      </p>
      {figures.length > 0 && (
        <div className="mt-4 flex flex-wrap gap-x-12 gap-y-4">
          {figures.map((figure) => (
            <div key={figure.text} className="w-64 text-sm text-ink-2">
              <ReportFigure figure={figure} />
              <span aria-hidden="true" className="mt-1 block">
                {figure.text}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Statements of a block shown at once; the rest are folded. */
const SHOWN = 20;

function Statements({ items }: { items: Statement[] }) {
  const few = items.length <= SHOWN + 5;
  const first = few ? items : items.slice(0, SHOWN);
  const rest = few ? [] : items.slice(SHOWN);
  return (
    <div className="max-w-[76ch]">
      <ul>{first.map(statement)}</ul>
      {rest.length > 0 && (
        <Fold summary={formatCountOf(rest.length, 'more statement')}>
          <ul>{rest.map(statement)}</ul>
        </Fold>
      )}
    </div>
  );
}

/** Marked with its anchor, so that the reader beside the report finds it. */
function statement({ anchor, runs, alarm }: Statement) {
  return (
    <li
      key={anchor}
      id={anchor}
      data-claim={anchor}
      className="scroll-mt-4 border-b border-rule py-2 target:bg-mark data-cited:-mx-3 data-cited:border-l-3 data-cited:border-l-accent data-cited:bg-accent-wash data-cited:px-3"
    >
      {alarm && (
        <p className="mb-1 border-l-3 border-bad bg-bad-wash px-2.5 py-0.5 font-medium text-bad">
          {alarm}
        </p>
      )}
      <Runs runs={runs} />
    </li>
  );
}

function ReportTable({ caption, columns, rows, rowHead }: Extract<Part, { kind: 'table' }>) {
  return (
    <div>
      <p aria-hidden="true" className="mb-1.5 text-sm text-ink-2">
        {caption}
      </p>
      <Table label={caption}>
        <thead>
          <tr>
            {columns.map(({ title, numeric }) => (
              <Th key={title} numeric={numeric}>
                {title}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ anchor, cells }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
            <tr key={row} id={anchor}>
              {cells.map(({ runs, figures }, column) => (
                <Td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
                  key={column}
                  rowHead={column === rowHead}
                  numeric={columns[column]?.numeric}
                >
                  {figures?.map((figure) => (
                    <ReportFigure key={figure.text} figure={figure} />
                  ))}
                  <span className={cx(figures ? 'text-ink-2' : widthOf(columns[column]?.share))}>
                    <Runs runs={runs} />
                  </span>
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** A column that has much of the paper's width keeps words together here too. */
const widthOf = (share: number | undefined) =>
  share !== undefined && share >= 18 ? 'block min-w-32' : 'block min-w-18';

/** Every record with the places that statements cite; drawn only when scrolled to. */
function Citations({ jobId, entries }: { jobId: string; entries: CitationEntry[] }) {
  return (
    <ol className="max-w-4xl">
      {entries.map(({ anchor, number, evidenceId, head, places }) => (
        <li
          key={anchor}
          id={anchor}
          className="grid scroll-mt-4 grid-cols-[2.5rem_minmax(0,1fr)] border-b border-rule py-2 text-sm [contain-intrinsic-size:auto_4rem] [content-visibility:auto] target:bg-mark print:[content-visibility:visible]"
        >
          <span className="text-ink-2">{number}</span>
          <div className="min-w-0 wrap-anywhere">
            <Runs runs={head} />
            {evidenceId && (
              <span data-screen-only>
                {' · '}
                <TextLink href={`/runs/${jobId}/evidence?record=${evidenceId}`}>
                  the record
                </TextLink>
              </span>
            )}
            {places.length > 0 && (
              <ul className="mt-1 space-y-1">
                {places.map((place) => (
                  <li
                    key={place.anchor}
                    id={place.anchor}
                    className="grid scroll-mt-4 grid-cols-[1.75rem_minmax(0,1fr)] target:bg-mark"
                  >
                    <b className="font-medium">{place.letter}</b>
                    <span>
                      <Runs runs={place.runs} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
