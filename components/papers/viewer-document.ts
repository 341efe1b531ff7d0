'use client';

import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';

export type PdfState =
  | { state: 'loading' }
  | { state: 'ready'; pdf: PDFDocumentProxy }
  /** The file asks for its password. */
  | { state: 'locked'; isWrong: boolean; open: (password: string) => void }
  | { state: 'failed'; reason: string };

/**
 * Opens a PDF with pdf.js. Nothing in the file is run: no evaluated code, no forms, and its scripts are
 * never loaded. Everything pdf.js needs comes from our own origin.
 */
export function usePdf(url: string): PdfState {
  const [state, setState] = useState<PdfState>({ state: 'loading' });
  useEffect(() => {
    let gone = false;
    let task: PDFDocumentLoadingTask | undefined;
    const tell = (next: PdfState) => {
      if (!gone) setState(next);
    };
    const open = async () => {
      tell({ state: 'loading' });
      const { getDocument, GlobalWorkerOptions, PasswordResponses, version } = await import(
        'pdfjs-dist'
      );
      if (gone) return;
      const assets = `/pdfjs/${version}`;
      GlobalWorkerOptions.workerSrc = `${assets}/pdf.worker.min.mjs`;
      task = getDocument({
        url,
        isEvalSupported: false,
        enableXfa: false,
        // Compiling WebAssembly would need a weaker content policy; the decoders come as scripts too.
        useWasm: false,
        wasmUrl: `${assets}/wasm/`,
        cMapUrl: `${assets}/cmaps/`,
        standardFontDataUrl: `${assets}/standard_fonts/`,
        // Pages that are looked at are fetched, not the whole file.
        disableAutoFetch: true,
        disableStream: true,
      });
      task.onPassword = (update: (password: string) => void, response: number) =>
        tell({
          state: 'locked',
          isWrong: response === PasswordResponses.INCORRECT_PASSWORD,
          open: update,
        });
      tell({ state: 'ready', pdf: await task.promise });
    };
    open().catch((error: unknown) => {
      tell({ state: 'failed', reason: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      gone = true;
      void task?.destroy();
    };
  }, [url]);
  return state;
}
