import { afterAll, expect, test, vi } from 'vitest';
import { joinPlaces, paperReadSchema } from '@/server/papers/reading';
import { endIdleReaders, readPages, readPaper, UnreadablePaper } from '.';
import { makePdf, paragraph } from './testing';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 120_000 });

afterAll(endIdleReaders);

test('reads the pages of a paper and its metadata', async () => {
  const file = await makePdf((pdf) => {
    pdf
      .font('Helvetica-Bold')
      .fontSize(20)
      .text('Iron and sleep in older adults', { align: 'center' });
    pdf
      .moveDown()
      .font('Helvetica')
      .fontSize(11)
      .text('Ada Lovelace, Grace Hopper', { align: 'center' });
    pdf.moveDown().font('Helvetica-Bold').fontSize(12).text('Abstract');
    pdf.font('Helvetica').fontSize(10).text(paragraph('Iron was measured in adults.', 8));
    pdf.moveDown().font('Helvetica-Bold').fontSize(12).text('1 Introduction');
    pdf.font('Helvetica').fontSize(10).text(paragraph('Sleep is known to depend on iron.', 30));
  });
  const seen: number[] = [];
  const paper = await readPaper(file, { onPage: ({ number }) => seen.push(number) });
  expect(paperReadSchema.parse(paper)).toEqual(paper);
  expect(seen).toEqual([1]);
  expect(paper.metadata.title?.value).toBe('Iron and sleep in older adults');
  expect(paper.metadata.authors?.value.map(({ name }) => name)).toEqual([
    'Ada Lovelace',
    'Grace Hopper',
  ]);
  expect(paper.metadata.abstract?.value).toBe(paragraph('Iron was measured in adults.', 8));
  expect(paper.sections.map(({ kind }) => kind)).toEqual(['abstract', 'introduction']);
  for (const chunk of paper.chunks) {
    const texts = chunk.places.map(({ page, start, end }) =>
      paper.pages[page - 1]!.text.slice(start, end),
    );
    expect(joinPlaces(texts)).toBe(chunk.text);
  }
  expect(await readPages(file, [1])).toEqual(paper.pages);
});

test.each([
  ['NOT_A_PDF', Buffer.from('<html>')],
  ['EMPTY', Buffer.alloc(0)],
  ['CORRUPT', Buffer.from('%PDF-1.7\nnothing more')],
] as const)('says %s of what is none', async (failure, bytes) => {
  const error = await readPaper(bytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnreadablePaper);
  expect(error).toMatchObject({ failure });
});
