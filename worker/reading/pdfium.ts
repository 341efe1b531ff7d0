/** PDFium's own C functions, typed as far as reading needs them (fpdfview.h, fpdf_text.h, fpdf_edit.h). */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumModule } from '@hyzyla/pdfium';

/** WebAssembly's memory never grows beyond this; with Node's own it stays under 1 GB. */
const MOST_MEMORY_BYTES = 640 * 1024 * 1024;

type Pointer = number;

export interface PdfiumFunctions {
  _FPDF_InitLibraryWithConfig(config: Pointer): void;
  _FPDF_LoadMemDocument(data: Pointer, bytes: number, password: Pointer): Pointer;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: Pointer): number;
  _FPDF_CloseDocument(document: Pointer): void;
  _FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, bytes: number): number;
  _FPDF_LoadPage(document: Pointer, index: number): Pointer;
  _FPDF_ClosePage(page: Pointer): void;
  _FPDF_GetPageWidthF(page: Pointer): number;
  _FPDF_GetPageHeightF(page: Pointer): number;
  _FPDF_GetPageBoundingBox(page: Pointer, rect: Pointer): number;
  _FPDFPage_GetRotation(page: Pointer): number;
  _FPDFPage_CountObjects(page: Pointer): number;
  _FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  _FPDFPageObj_GetType(object: Pointer): number;
  _FPDFPageObj_GetBounds(
    object: Pointer,
    left: Pointer,
    bottom: Pointer,
    right: Pointer,
    top: Pointer,
  ): number;
  _FPDFPageObj_GetFillColor(
    object: Pointer,
    red: Pointer,
    green: Pointer,
    blue: Pointer,
    alpha: Pointer,
  ): number;
  _FPDFPath_GetDrawMode(path: Pointer, fillMode: Pointer, stroke: Pointer): number;
  _FPDFTextObj_GetTextRenderMode(object: Pointer): number;
  _FPDFTextObj_GetFont(object: Pointer): Pointer;
  _FPDFTextObj_GetFontSize(object: Pointer, size: Pointer): number;
  _FPDFFont_GetBaseFontName(font: Pointer, buffer: Pointer, bytes: number): number;
  _FPDFFont_GetFlags(font: Pointer): number;
  _FPDFFont_GetWeight(font: Pointer): number;
  _FPDFText_LoadPage(page: Pointer): Pointer;
  _FPDFText_ClosePage(text: Pointer): void;
  _FPDFText_CountChars(text: Pointer): number;
  _FPDFText_GetText(text: Pointer, start: number, count: number, buffer: Pointer): number;
  _FPDFText_GetUnicode(text: Pointer, index: number): number;
  _FPDFText_GetTextObject(text: Pointer, index: number): Pointer;
  _FPDFText_GetMatrix(text: Pointer, index: number, matrix: Pointer): number;
  _FPDFText_GetLooseCharBox(text: Pointer, index: number, rect: Pointer): number;
  _FPDFText_GetCharOrigin(text: Pointer, index: number, x: Pointer, y: Pointer): number;
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  HEAPU32: Uint32Array;
  HEAPF32: Float32Array;
  HEAPF64: Float64Array;
  wasmExports: { malloc(bytes: number): Pointer; free(pointer: Pointer): void };
}

/** One instance with a memory of its own: nothing of one file can reach the next. */
export interface Pdfium {
  f: PdfiumFunctions;
  /** Whether the file asked for more memory than it may have. */
  wasRefusedMemory(): boolean;
}

let compiled: Promise<WebAssembly.Module> | null = null;

export function compilePdfium(): Promise<WebAssembly.Module> {
  compiled ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
    return WebAssembly.compile(await readFile(file));
  })();
  return compiled;
}

export async function openPdfium(): Promise<Pdfium> {
  const module = await compilePdfium();
  let isRefused = false;
  const instantiateWasm = (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports => {
    const grow = imports.env?.emscripten_resize_heap as (bytes: number) => boolean;
    const env = {
      ...imports.env,
      emscripten_resize_heap(bytes: number) {
        // WebAssembly passes addresses as signed numbers.
        if (bytes >>> 0 <= MOST_MEMORY_BYTES) return grow(bytes);
        isRefused = true;
        return 0;
      },
    };
    const instance = new WebAssembly.Instance(module, { ...imports, env });
    done(instance, module);
    return instance.exports;
  };
  const options: Parameters<typeof PDFiumModule>[0] = {
    // The package's type leaves out the second argument that its loader reads.
    instantiateWasm: instantiateWasm as NonNullable<
      Parameters<typeof PDFiumModule>[0]['instantiateWasm']
    >,
  };
  const f = (await PDFiumModule(options)) as unknown as PdfiumFunctions;
  callDirectly(f);
  f._FPDF_InitLibraryWithConfig(0);
  return { f, wasRefusedMemory: () => isRefused };
}

/** The package checks every call in JavaScript, which costs more than most of them. */
function callDirectly(loaded: PdfiumFunctions): void {
  const raw = loaded.wasmExports as unknown as Record<string, unknown>;
  const direct = Object.keys(loaded)
    .filter((name) => name.startsWith('_FPDF') && typeof raw[name.slice(1)] === 'function')
    .map((name) => [name, raw[name.slice(1)]]);
  Object.assign(loaded, Object.fromEntries(direct));
}
