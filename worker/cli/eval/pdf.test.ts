import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makePdf, paragraph } from '@/worker/reading/testing';
import { run } from './pdf';
import { authorsF1, headingsF1, isSameTitle, runRecall, tokenF1 } from './pdf-scores';
import { truthOf } from './pdf-truth';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 120_000 });

describe('scores', () => {
  test('a title is right by its letters', () => {
    expect(isSameTitle('Iron: how  much?', 'IRON — how much')).toBe(true);
    expect(isSameTitle('Iron, how much', 'Iron, how little')).toBe(false);
  });

  test('an author is found by family name and initial, even where the truth lost a letter', () => {
    expect(authorsF1(['Sebastian Möller', 'Ada King'], ['S. M\ufffdller', 'Ada King'])).toBe(1);
    expect(authorsF1(['Ada King', 'Berlin Wall'], ['Ada King'])).toBeCloseTo(2 / 3);
    expect(authorsF1([], ['Ada King'])).toBe(0);
  });

  test('words, runs of words and headings', () => {
    expect(tokenF1('a b c', 'a b d')).toBeCloseTo(2 / 3);
    expect(runRecall('one two three four', 'one two three five', 2)).toBeCloseTo(2 / 3);
    expect(headingsF1(['1. Methods', 'Results'], ['METHODS', '2 Results'])).toBe(1);
  });
});

describe('phial eval pdf', () => {
  let dir: string;
  const printed: string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'phial-eval-pdf-'));
    const file = await makePdf((pdf) => {
      pdf.font('Helvetica-Bold').fontSize(20).text('Iron and sleep in older adults');
      pdf.font('Helvetica').fontSize(11).text('Ada Lovelace and Grace Hopper');
      pdf.moveDown().font('Helvetica-Bold').fontSize(12).text('Abstract');
      pdf.font('Helvetica').fontSize(10).text(paragraph('Iron was measured in adults.', 8));
    });
    await writeFile(path.join(dir, 'iron.pdf'), file);
    await writeFile(
      path.join(dir, 'iron.bib'),
      '@article{iron, title = {Iron and {S}leep in Older Adults}, author = {Lovelace, Ada and Grace Hopper}, year = 1843}',
    );
    await writeFile(path.join(dir, 'broken.pdf'), '%PDF-1.7 and no more');
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('prints each file and the whole', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
    const exitCode = await run(['--dir', dir]).finally(() => write.mockRestore());
    expect(exitCode).toBe(0);
    const text = printed.join('');
    expect(text).toMatch(/broken\.pdf: This PDF is damaged/);
    expect(text).toMatch(/iron\.pdf: Page 1 read\..*\n {4}title 1\.00, authors F1 1\.00/);
    expect(text).toMatch(/title: 1\.000 over 1 files \(goal at least 0\.9: met\)/);
  });

  test('needs a folder that is there and holds PDFs', async () => {
    await expect(run([])).rejects.toMatchObject({ exitCode: 2 });
    await expect(run(['--dir', path.join(dir, 'none')])).rejects.toMatchObject({ exitCode: 1 });
  });

  test('knows what lies beside a PDF', async () => {
    expect(await truthOf(dir, 'iron')).toEqual({
      counts: true,
      title: 'Iron and Sleep in Older Adults',
      authors: ['Ada Lovelace', 'Grace Hopper'],
    });
    expect(await truthOf(dir, 'broken')).toBeNull();
  });
});
