'use client';

import { ChevronLeft, ChevronRight, Download, SearchX, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useState } from 'react';
import { buttonClass, IconButton } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { Kbd, useKeys } from '@/components/ui/keys';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import type { Located } from '@/server/asking/locate';
import { usePdf } from './viewer-document';
import { type ShownMark, ViewerPage } from './viewer-page';
import { PasswordForm } from './viewer-password';

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** Where the reader stands among the highlights, and the ways to its neighbours. */
export interface HighlightSteps {
  at: number;
  of: number;
  previous: (() => void) | null;
  next: (() => void) | null;
}

/**
 * A paper's PDF, a page at a time, with passages marked where they stand. A passage that is not found
 * is said to be missing, and nothing is marked for it.
 */
export function Viewer({
  paperId,
  page,
  onPage,
  marks,
  current,
  steps,
}: {
  paperId: string;
  page: number;
  onPage: (page: number) => void;
  marks: readonly Located[];
  /** Index of the mark that is looked at. */
  current: number | null;
  steps: HighlightSteps | null;
}) {
  const file = `/papers/${paperId}/file`;
  const pdf = usePdf(file);
  const [zoom, setZoom] = useState(1);
  const [stagePx, measure] = useWidth();
  const pages = pdf.state === 'ready' ? pdf.pdf.numPages : null;
  const shownPage = pages === null ? page : Math.min(Math.max(1, page), pages);
  const turn = (by: 1 | -1) => {
    const to = shownPage + by;
    if (pages !== null && to >= 1 && to <= pages) onPage(to);
  };
  useKeys('Paper', [
    { keys: 'n', label: 'Next highlight', run: () => steps?.next?.() },
    { keys: 'p', label: 'Previous highlight', run: () => steps?.previous?.() },
    { keys: ']', label: 'Next page', run: () => turn(1) },
    { keys: '[', label: 'Previous page', run: () => turn(-1) },
  ]);
  const looked = current === null ? undefined : marks[current];
  const shown = marks.flatMap((mark, index): ShownMark[] =>
    mark.state === 'found' && mark.mark.page === shownPage
      ? [{ ...mark, index, isCurrent: index === current }]
      : [],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col border border-rule">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-rule bg-surface px-2 py-1">
        <PageField page={shownPage} pages={pages} onPage={onPage} turn={turn} />
        <Zoom zoom={zoom} onZoom={setZoom} />
        {steps && steps.of > 0 && <Highlights {...steps} />}
        <a
          href={`${file}?download`}
          download
          aria-label="Download the PDF"
          title="Download the PDF"
          className={`${buttonClass('quiet', 'sm')} ml-auto`}
        >
          <Download aria-hidden className="size-4" /> PDF
        </a>
      </div>
      {looked?.state === 'missing' && <Missing why={looked.why} />}
      <section
        ref={measure}
        aria-label="Pages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="min-h-[24rem] flex-1 overflow-auto bg-sunken p-3"
      >
        {pdf.state === 'ready' && stagePx > 0 ? (
          <ViewerPage
            pdf={pdf.pdf}
            number={shownPage}
            widthPx={Math.round(stagePx * zoom)}
            marks={shown}
          />
        ) : pdf.state === 'failed' ? (
          <ErrorState
            title="This PDF cannot be shown here"
            reason={pdf.reason}
            whatToDo="Download it and open it with another program. What was read of it is under the other tabs."
          />
        ) : pdf.state === 'locked' ? (
          <PasswordForm isWrong={pdf.isWrong} onPassword={pdf.open} />
        ) : (
          <Loading label="Opening the PDF">
            <div className="bg-surface p-6">
              <SkeletonText lines={14} />
            </div>
          </Loading>
        )}
      </section>
    </div>
  );
}

function PageField({
  page,
  pages,
  onPage,
  turn,
}: {
  page: number;
  pages: number | null;
  onPage: (page: number) => void;
  turn: (by: 1 | -1) => void;
}) {
  return (
    <div className="flex items-center gap-1 text-sm">
      <IconButton label="Previous page" size="sm" disabled={page <= 1} onClick={() => turn(-1)}>
        <ChevronLeft aria-hidden className="size-4" />
      </IconButton>
      <label className="flex items-center gap-1.5">
        <span className="sr-only sm:not-sr-only">Page</span>
        <input
          key={page}
          type="number"
          min={1}
          max={pages ?? undefined}
          defaultValue={page}
          className="w-14 rounded-sm border border-control bg-surface px-1.5 py-0.5 text-right"
          onKeyDown={(event) => {
            if (event.key === 'Enter') onPage(Number(event.currentTarget.value) || 1);
          }}
          onBlur={(event) => {
            const to = Number(event.currentTarget.value) || 1;
            if (to !== page) onPage(to);
          }}
        />
      </label>
      <span className="text-ink-2">of {pages === null ? '…' : formatCount(pages)}</span>
      <IconButton
        label="Next page"
        size="sm"
        disabled={pages === null || page >= pages}
        onClick={() => turn(1)}
      >
        <ChevronRight aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const at = ZOOMS.indexOf(zoom);
  const step = (by: 1 | -1) => {
    const next = ZOOMS[at + by];
    if (next !== undefined) onZoom(next);
  };
  return (
    <div className="flex items-center gap-0.5 text-sm">
      <IconButton label="Smaller" size="sm" disabled={at <= 0} onClick={() => step(-1)}>
        <ZoomOut aria-hidden className="size-4" />
      </IconButton>
      <output aria-label="Size, of the width" className="w-11 text-center">
        {Math.round(zoom * 100)} %
      </output>
      <IconButton
        label="Larger"
        size="sm"
        disabled={at === ZOOMS.length - 1}
        onClick={() => step(1)}
      >
        <ZoomIn aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

function Highlights({ at, of, previous, next }: HighlightSteps) {
  return (
    <div className="flex items-center gap-1 text-sm">
      <IconButton
        label="Previous highlight"
        size="sm"
        disabled={!previous}
        onClick={() => previous?.()}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </IconButton>
      <span>
        Highlight {formatCount(at)} of {formatCount(of)}
      </span>
      <IconButton label="Next highlight" size="sm" disabled={!next} onClick={() => next?.()}>
        <ChevronRight aria-hidden className="size-4" />
      </IconButton>
      <span className="hidden text-ink-2 lg:inline">
        <Kbd>n</Kbd> <Kbd>p</Kbd>
      </span>
    </div>
  );
}

function Missing({ why }: { why: string }) {
  return (
    <div role="alert" className="border-b border-bad bg-bad-wash px-3.5 py-2.5">
      <p className="flex items-start gap-2 font-medium">
        <SearchX aria-hidden className="mt-1 size-4 shrink-0 text-bad" />
        This quote is not on the page, so nothing is highlighted
      </p>
      <p className="text-sm">{why}</p>
    </div>
  );
}

/** Inner width of an element, followed as it changes; put the second on it as its `ref`. */
function useWidth(): [number, (element: HTMLElement | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(0);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, measure];
}
