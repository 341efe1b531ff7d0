/** Vectors as small whole numbers, and their dot products by `dots.wat`: thirty times as fast as in JavaScript. */

/** `dots.wat`, assembled; a test holds the two against each other. */
export const DOTS =
  'AGFzbQEAAAABCQFgBX9/f39/AAMCAQAFAwEAAQcRAgZtZW1vcnkCAARkb3RzAAAKoAEBnQECAX8DewJAIAJFDQADQP0MAAAAAAAAAAAAAAAAAAAAACEIQQAhBQNAIAEgBWr9AAQAIQYgACAFav0ABAAhByAIIAYgB/2cAf1+IAYgB/2dAf1+/a4B/a4BIQggBUEQaiIFIANJDQALIAQgCP0bACAI/RsBaiAI/RsCIAj9GwNqajYCACAEQQRqIQQgASADaiEBIAJBAWsiAg0ACwsL';

/** Vectors whose products are had at a time, at most. */
export const BLOCK = 1_024;
const STEP = 16;
const PAGE = 2 ** 16;

interface Program {
  memory: WebAssembly.Memory;
  dots(query: number, row: number, count: number, width: number, to: number): void;
}

let assembled: WebAssembly.Module | undefined;

/**
 * Vectors of `dims` numbers, each from −127 to 127 times the vector's scale, in the program's own memory:
 * first the one that all are multiplied with, then room for products, then all of them.
 */
export class Codes {
  private readonly program: Program;
  /** Bytes of a vector: zeros fill it up to whole steps. */
  private readonly width: number;
  private readonly start: number;
  private readonly scales: number[] = [];

  constructor(private readonly dims: number) {
    assembled ??= new WebAssembly.Module(Buffer.from(DOTS, 'base64'));
    this.program = new WebAssembly.Instance(assembled).exports as unknown as Program;
    this.width = Math.ceil(dims / STEP) * STEP;
    this.start = this.width + BLOCK * Int32Array.BYTES_PER_ELEMENT;
  }

  get size(): number {
    return this.scales.length;
  }

  get bytes(): number {
    return this.program.memory.buffer.byteLength;
  }

  add(vector: Float32Array): void {
    const at = this.start + this.size * this.width;
    const missing = at + this.width - this.bytes;
    // By a third, so that growing, which may copy, costs little in all.
    if (missing > 0) this.program.memory.grow(Math.ceil((missing + this.bytes / 3) / PAGE));
    this.scales.push(this.write(vector, at));
  }

  /** The last vector takes its place. */
  remove(place: number): void {
    const last = this.size - 1;
    this.codes(this.start + place * this.width).set(this.codes(this.start + last * this.width));
    this.scales[place] = this.scales[last]!;
    this.scales.length = last;
  }

  vector(place: number): Float32Array {
    const codes = this.codes(this.start + place * this.width);
    const scale = this.scales[place]!;
    const vector = new Float32Array(this.dims);
    for (let j = 0; j < this.dims; j++) vector[j] = codes[j]! * scale;
    return vector;
  }

  /**
   * What gives the products with `query` of so many vectors, {@link BLOCK} at most, from the `from`-th on.
   * Good until the next query.
   */
  productsWith(query: Float32Array): (from: number, count: number) => Float32Array {
    const unit = this.write(query, 0);
    const { program, width, start, scales } = this;
    return (from, count) => {
      program.dots(0, start + from * width, count, width, width);
      const sums = new Int32Array(program.memory.buffer, width, count);
      const products = new Float32Array(count);
      for (let i = 0; i < count; i++) products[i] = sums[i]! * unit * scales[from + i]!;
      return products;
    };
  }

  /** Returns the vector's scale. */
  private write(vector: Float32Array, at: number): number {
    let largest = 0;
    for (const v of vector) largest = Math.max(largest, Math.abs(v));
    const factor = largest > 0 ? 127 / largest : 0;
    const codes = this.codes(at);
    for (let j = 0; j < vector.length; j++) codes[j] = Math.round(vector[j]! * factor);
    return factor > 0 ? 1 / factor : 0;
  }

  private codes(at: number): Int8Array {
    return new Int8Array(this.program.memory.buffer, at, this.dims);
  }
}
