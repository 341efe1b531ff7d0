/** As `search`, at 300,000 chunks: some 5,000 papers. Filling takes many minutes. */
import type { Benchmark } from './measure';
import { searching } from './search';

export const run: Benchmark = (say) =>
  searching(say, [{ chunks: 300_000, atMostMs: 300 }], { isCompared: false });
