/** What stands under a highlight, read off the page itself: an independent look at whether it is true. */
import type { Page } from 'playwright-core';

/**
 * The text of pdf.js's own layer whose characters lie inside the current highlight. It is laid out by
 * pdf.js from the file, and the highlight from the boxes that the reader stored: they know nothing of
 * each other.
 */
export async function textUnderHighlight(page: Page): Promise<string> {
  await page.locator('.pdf-mark-current').first().waitFor();
  await page.locator('.pdf-text[data-ready]').waitFor();
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.pdf-mark-current')].map((mark) =>
      mark.getBoundingClientRect(),
    );
    const layer = document.querySelector('.pdf-text');
    if (!layer) return '';
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const lines = boxes.map(() => '');
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      for (let at = 0; at < text.length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, width, top, height } = range.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const line = boxes.findIndex(
          (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
        );
        if (line >= 0) lines[line] = `${lines[line]}${text[at]}`;
      }
    }
    return lines.join(' ');
  });
}

/** Letters and digits alone: broken words and spaces differ between readers, words do not. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Share of two texts that is the same, in order: twice the longest common subsequence over both. */
export function likeness(one: string, other: string): number {
  const [a, b] = [bare(one), bare(other)];
  if (a === '' && b === '') return 1;
  let row = new Uint32Array(b.length + 1);
  for (const letter of a) {
    const next = new Uint32Array(b.length + 1);
    for (let j = 1; j <= b.length; j += 1) {
      next[j] =
        letter === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0);
    }
    row = next;
  }
  return (2 * (row[b.length] ?? 0)) / (a.length + b.length);
}
