/** An answer as plain text with numbered citations, to be pasted elsewhere. Browser-safe. */
import type { PaperBrief, PassageView } from './schema';

/** `Smith J, Doe A. Title. 2020. doi:10.1000/1`; what is not known is left out. */
export function referenceOf({ authors, title, year, doi }: PaperBrief): string {
  const names = authors.map(({ name }) => name);
  const who = names.length > 6 ? `${names.slice(0, 6).join(', ')} et al.` : names.join(', ');
  const parts = [who.replace(/\.$/, ''), title.replace(/\.$/, ''), year, doi && `doi:${doi}`];
  return `${parts.filter(Boolean).join('. ')}.`;
}

export function citedText(question: string, passages: readonly PassageView[]): string {
  let number = 0;
  const notes: string[] = [];
  const sentences = passages.map(({ text, phrased, citations, paper }) => {
    const markers = citations.map(({ page }) => {
      number += 1;
      notes.push(`[${number}] ${referenceOf(paper)} p. ${page}`);
      return `[${number}]`;
    });
    return `${phrased?.text ?? `“${text}”`} ${markers.join('')}`;
  });
  return [question, sentences.join(' '), notes.join('\n')].join('\n\n');
}
