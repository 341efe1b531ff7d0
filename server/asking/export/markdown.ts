import { visible } from '@/server/reports/render/text';
import { type NotedSentence, statement, withNotes } from './notes';
import type { AnswerExport } from './schema';

/** Words of papers are words: none of them becomes markup. */
const plain = (text: string) =>
  visible(text)
    .replace(/[\\`*_{}[\]<>()#+\-.!|~&$]/g, '\\$&')
    .trim();

/** The answer as Markdown, its citations as numbered notes. Pure: the same answer gives the same text. */
export function toMarkdown(answer: AnswerExport): string {
  const sentences = withNotes(answer, answer.sentences);
  const nearest = withNotes(answer, answer.nearest);
  const lines = [
    `# ${plain(answer.question)}`,
    '',
    ...(sentences.length > 0 ? [paragraph(sentences), ''] : []),
    plain(statement(answer)),
    ...(nearest.length > 0 ? ['', '## What came nearest', '', paragraph(nearest)] : []),
    '',
    '## Citations',
    '',
    ...[...sentences, ...nearest].flatMap(({ notes }) =>
      notes.map(
        ({ number, quote, page, reference, pageTextSha256 }) =>
          `${number}. “${plain(quote)}” ${plain(reference)} Page ${page} (text ${pageTextSha256.slice(0, 12)})`,
      ),
    ),
    '',
    `Phial ${plain(answer.versions.app)}, answer ${answer.answerHash}, asked ${answer.askedAt}`,
  ];
  return `${lines.join('\n')}\n`;
}

const paragraph = (sentences: readonly NotedSentence[]) =>
  sentences
    .map(({ text, isPhrased, notes }) => {
      const markers = notes.map(({ number }) => `\\[${number}\\]`).join('');
      return `${isPhrased ? plain(text) : `“${plain(text)}”`} ${markers}`;
    })
    .join(' ');
