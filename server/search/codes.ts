/** Rows of small whole numbers and their dot products, by `dots.wat`: thirty times as fast as in JavaScript. */

/** `dots.wat`, assembled; a test holds the two against each other. */
export const DOTS =
  'AGFzbQEAAAABCQFgBX9/f39/AAMCAQAFAwEAAQcRAgZtZW1vcnkCAARkb3RzAAAKoAEBnQECAX8DewJAIAJFDQADQP0MAAAAAAAAAAAAAAAAAAAAACEIQQAhBQNAIAEgBWr9AAQAIQYgACAFav0ABAAhByAIIAYgB/2cAf1+IAYgB/2dAf1+/a4B/a4BIQggBUEQaiIFIANJDQALIAQgCP0bACAI/RsBaiAI/RsCIAj9GwNqajYCACAEQQRqIQQgASADaiEBIAJBAWsiAg0ACwsL';

/** Rows whose products are told at a time. */
export const BLOCK = 1_024;
const STEP = 16;
const PAGE = 2 ** 16;

interface Program {
  memory: WebAssembly.Memory;
  dots(query: number, row: number, count: number, width: number, to: number): void;
}

let assembled: WebAssembly.Module | undefined;

/**
 * Rows of `dims` numbers from −127 to 127, in the program's own memory: first the row that all are
 * multiplied with, then room for products, then the rows.
 */
export class Codes {
  private readonly program: Program;
  /** Bytes of a row: zeros fill it up to whole steps. */
  private readonly width: number;
  private readonly start: number;
  size = 0;

  constructor(readonly dims: number) {
    assembled ??= new WebAssembly.Module(Buffer.from(DOTS, 'base64'));
    this.program = new WebAssembly.Instance(assembled).exports as unknown as Program;
    this.width = Math.ceil(dims / STEP) * STEP;
    this.start = this.width + BLOCK * Int32Array.BYTES_PER_ELEMENT;
  }

  get bytes(): number {
    return this.program.memory.buffer.byteLength;
  }

  /** Another row, of zeros, to be written to at once: it moves when more are added. */
  add(): Int8Array {
    const missing = this.start + (this.size + 1) * this.width - this.bytes;
    // By a third, so that growing, which may copy, costs little in all.
    if (missing > 0) this.program.memory.grow(Math.ceil((missing + this.bytes / 3) / PAGE));
    return this.row(this.size++);
  }

  row(at: number): Int8Array {
    return new Int8Array(this.program.memory.buffer, this.start + at * this.width, this.dims);
  }

  /** To write the row to that all others are multiplied with. */
  query(): Int8Array {
    return new Int8Array(this.program.memory.buffer, 0, this.dims);
  }

  /** Products with the {@link query} of up to {@link BLOCK} rows, to be read at once. */
  products(from: number): Int32Array {
    const { program, width, start, size } = this;
    const count = Math.min(BLOCK, size - from);
    program.dots(0, start + from * width, count, width, width);
    return new Int32Array(program.memory.buffer, width, count);
  }
}
