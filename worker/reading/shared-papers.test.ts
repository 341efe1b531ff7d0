/** Papers as publishers make them, against what is known of them. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { joinPlaces } from '@/server/papers/reading';
import { sharedDir, withoutShared } from '@/tests/shared';
import { skipAllFor } from '@/tests/skip';
import { type Measured, measureFolder, overall } from '@/worker/cli/eval/pdf';
import { endIdleReaders } from '.';

vi.setConfig({ hookTimeout: 300_000 });
const shared = sharedDir();

describe('papers of the shared fixtures', () => {
  skipAllFor(withoutShared);
  const measured: Measured[] = [];
  beforeAll(async () => {
    if (withoutShared) return;
    const dir = path.join(shared!, 'fixtures', 'pdf');
    for await (const one of measureFolder(dir)) measured.push(one);
  });
  afterAll(endIdleReaders);
  const papers = () =>
    measured.flatMap(({ file, paper }) => (paper === null ? [] : [{ file, paper }]));

  test('each is read or says in words why not', () => {
    expect(measured.filter(({ crashed }) => crashed)).toEqual([]);
    const unread = measured.filter(({ paper }) => paper === null);
    expect(Object.fromEntries(unread.map(({ file, ending }) => [file, ending]))).toEqual({
      'docling_encrypted_pw1234.pdf': expect.stringContaining('encrypted'),
      'docling_ocr_test_scanned.pdf': expect.stringContaining('without text'),
      'mineru_small_ocr_scanned.pdf': expect.stringContaining('without text'),
    });
  });

  test.each([
    ['title', 0.95],
    ['authors', 0.95],
    ['abstract', 0.95],
    ['doi', 0.95],
    ['mainHeadings', 0.9],
    ['text', 0.92],
  ] as const)('%s: at least %d', (name, floor) => {
    const score = overall(measured).find((one) => one.name === name);
    expect(score?.mean).toBeGreaterThanOrEqual(floor);
  });

  test('none takes a gigabyte', () => {
    for (const { paper } of papers()) expect(paper.report.peakMemoryBytes).toBeLessThan(1e9);
  });

  test('chunks say exactly what stands at their places, in whole sentences, and nothing hidden', () => {
    for (const { file, paper } of papers()) {
      const slice = ({ page, start, end }: { page: number; start: number; end: number }) =>
        paper.pages[page - 1]!.text.slice(start, end);
      for (const chunk of paper.chunks) {
        expect(joinPlaces(chunk.places.map(slice)), file).toBe(chunk.text);
        for (const sentence of chunk.sentences) {
          const text = slice(sentence);
          expect(text, file).toBe(text.trim());
          expect(text.length, file).toBeGreaterThan(0);
          const holder = chunk.places.find(
            (place) =>
              place.page === sentence.page &&
              place.start <= sentence.start &&
              place.end >= sentence.end,
          );
          expect(holder, `${file}: ${text}`).toBeDefined();
        }
      }
    }
  });

  test('words cover the text of each page but for the space between them', () => {
    for (const { file, paper } of papers()) {
      for (const { text, words } of paper.pages) {
        let rest = '';
        let at = 0;
        for (const [start, end] of words) {
          rest += text.slice(at, start);
          at = end;
        }
        expect((rest + text.slice(at)).trim(), file).toBe('');
      }
    }
  });
});
