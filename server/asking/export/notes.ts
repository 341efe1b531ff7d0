/** The numbered citations of an exported answer, as both of its readable forms show them. */
import type { AnswerExport, ExportedSentence } from './schema';

export interface Note {
  number: number;
  quote: string;
  page: number;
  pageTextSha256: string;
  reference: string;
}

export interface NotedSentence {
  text: string;
  isPhrased: boolean;
  notes: Note[];
}

/** Sentences with their citations numbered through. */
export function withNotes(
  answer: AnswerExport,
  sentences: readonly ExportedSentence[],
): NotedSentence[] {
  let number = 0;
  return sentences.map(({ text, phrased, citations }) => ({
    text: phrased?.text ?? text,
    isPhrased: phrased !== undefined,
    notes: citations.map(({ quote, page, pageTextSha256, fileSha256 }) => {
      number += 1;
      return { number, quote, page, pageTextSha256, reference: reference(answer, fileSha256) };
    }),
  }));
}

function reference({ papers }: AnswerExport, fileSha256: string): string {
  const paper = papers.find((known) => known.fileSha256 === fileSha256);
  if (!paper) return `File ${fileSha256}`;
  const { authors, title, year, doi } = paper;
  const who = authors.length > 6 ? `${authors.slice(0, 6).join(', ')} et al.` : authors.join(', ');
  const parts = [who.replace(/\.$/, ''), title.replace(/\.$/, ''), year, doi && `doi:${doi}`];
  return `${parts.filter(Boolean).join('. ')}.`;
}

export const statement = ({ status, support, threshold }: AnswerExport): string =>
  status === 'answered'
    ? 'Every sentence is quoted from a paper and was found again at its place.'
    : `These papers do not answer this${
        support === null || threshold === null
          ? '.'
          : `: the best sentence reaches a support of ${support}, an answer needs ${threshold}.`
      }`;
