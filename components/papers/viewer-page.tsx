'use client';

import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { cx } from '@/components/ui/cx';
import type { Located } from '@/server/asking/locate';

/** Finer than the eye sees on a page, and within what browsers allow a canvas. */
const MAX_DOTS = 16_000_000;

export type ShownMark = Extract<Located, { state: 'found' }> & {
  index: number;
  isCurrent: boolean;
};

/** One page: its picture, its text for selecting and for screen readers, and the marks on it. */
export function ViewerPage({
  pdf,
  number,
  widthPx,
  marks,
}: {
  pdf: PDFDocumentProxy;
  number: number;
  widthPx: number;
  marks: readonly ShownMark[];
}) {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    setProblem(null);
    pdf.getPage(number).then(
      (got) => {
        if (!gone) setPage(got);
      },
      (error: unknown) => {
        if (!gone) setProblem(String(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, number]);
  const shown = page?.pageNumber === number ? page : null;
  const viewport = shown?.getViewport({ scale: 1 });
  const aspect = viewport ? viewport.height / viewport.width : Math.SQRT2;
  return (
    <section
      aria-label={`Page ${number}`}
      data-page={number}
      className="relative mx-auto bg-white shadow-float"
      style={{ width: widthPx, height: widthPx * aspect }}
    >
      {problem && (
        <p className="p-6 text-sm text-[#a1281d]">
          This page cannot be drawn: {problem} Its text was read all the same.
        </p>
      )}
      {shown && <Drawn page={shown} widthPx={widthPx} onProblem={setProblem} />}
      <Marks marks={marks} key={`${number}:${shown !== null}`} />
    </section>
  );
}

function Drawn({
  page,
  widthPx,
  onProblem,
}: {
  page: PDFPageProxy;
  widthPx: number;
  onProblem: (problem: string) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const scale = widthPx / page.getViewport({ scale: 1 }).width;
    const shown = page.getViewport({ scale });
    const dots = shown.width * shown.height;
    const sharpness = Math.min(window.devicePixelRatio || 1, Math.sqrt(MAX_DOTS / dots));
    const viewport = page.getViewport({ scale: scale * sharpness });
    target.width = Math.floor(viewport.width);
    target.height = Math.floor(viewport.height);
    const drawing = page.render({ canvas: target, viewport });
    drawing.promise.then(
      () => setIsDrawn(true),
      (error: unknown) => {
        if ((error as Error).name !== 'RenderingCancelledException') onProblem(String(error));
      },
    );
    return () => drawing.cancel();
  }, [page, widthPx, onProblem]);

  useEffect(() => {
    const container = text.current;
    if (!container) return;
    let gone = false;
    let cancel = () => {};
    const viewport = page.getViewport({ scale: widthPx / page.getViewport({ scale: 1 }).width });
    container.replaceChildren();
    container.style.setProperty('--total-scale-factor', String(viewport.scale));
    void import('pdfjs-dist').then(async ({ TextLayer }) => {
      if (gone) return;
      const layer = new TextLayer({
        textContentSource: page.streamTextContent(),
        container,
        viewport,
      });
      cancel = () => layer.cancel();
      await layer.render().catch(() => {
        // Turned the page meanwhile.
      });
      if (!gone) container.dataset.ready = '';
    });
    return () => {
      gone = true;
      delete container.dataset.ready;
      cancel();
    };
  }, [page, widthPx]);

  return (
    <>
      <canvas
        ref={canvas}
        aria-hidden
        data-drawn={isDrawn || undefined}
        className="absolute inset-0 size-full"
      />
      <div ref={text} className="pdf-text" />
    </>
  );
}

/** Rectangles at their true places; the current one is brought into view. */
function Marks({ marks }: { marks: readonly ShownMark[] }) {
  const current = useRef<HTMLDivElement>(null);
  const at = marks.find(({ isCurrent }) => isCurrent)?.index;
  useEffect(() => {
    if (at === undefined) return;
    current.current?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [at]);
  return (
    <div className="pointer-events-none absolute inset-0">
      {marks.map(({ index, isCurrent, quote, rects }) => (
        <div key={index} role="note" aria-label={`Highlighted: ${quote}`}>
          {rects.map(({ x, y, width, height }, line) => (
            <div
              key={`${x}:${y}`}
              ref={isCurrent && line === 0 ? current : undefined}
              data-mark={index}
              className={cx('pdf-mark', isCurrent && 'pdf-mark-current')}
              style={{
                left: `${x * 100}%`,
                top: `${y * 100}%`,
                width: `${width * 100}%`,
                height: `${height * 100}%`,
              }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
