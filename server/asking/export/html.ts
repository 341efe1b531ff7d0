import { visible } from '@/server/reports/render/text';
import { type NotedSentence, statement, withNotes } from './notes';
import type { AnswerExport } from './schema';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const html = (text: string) => visible(text).replace(/[&<>"']/g, (c) => entities[c] ?? c);

const STYLE = `
:root{color-scheme:light dark}
body{margin:2rem auto;max-width:44rem;padding:0 1rem;font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3}h2{font-size:1rem;margin-top:2rem}
sup{line-height:0}a{color:light-dark(#0b5d4b,#72cdb2)}
ol{padding-left:2rem}li{margin:.5rem 0}li:target{background:light-dark(#d3ebdf,#1c4a3d)}
.quiet,footer{color:light-dark(#45524d,#b4c0bb);font-size:.85rem}code{font-size:.85em}
@media print{body{margin:0}}`;

/** The answer as one file that needs nothing else. Pure: the same answer gives the same text. */
export function toHtml(answer: AnswerExport): string {
  const sentences = withNotes(answer, answer.sentences);
  const nearest = withNotes(answer, answer.nearest);
  const notes = [
    ...sentences.flatMap((sentence) => sentence.notes.map((note) => ({ ...note, id: 's' }))),
    ...nearest.flatMap((sentence) => sentence.notes.map((note) => ({ ...note, id: 'n' }))),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(answer.question.slice(0, 120))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${html(answer.question)}</h1>
${sentences.length > 0 ? `<p>${paragraph(sentences, 's')}</p>` : ''}
<p class="quiet">${html(statement(answer))}</p>
${nearest.length > 0 ? `<h2>What came nearest</h2>\n<p>${paragraph(nearest, 'n')}</p>` : ''}
<h2>Citations</h2>
<ol>
${notes
  .map(
    ({ id, number, quote, reference, page, pageTextSha256 }) =>
      `<li id="${id}${number}">“${html(quote)}”<br><span class="quiet">${html(reference)} Page ${page}, text <code>${pageTextSha256.slice(0, 12)}</code></span></li>`,
  )
  .join('\n')}
</ol>
<footer>Phial ${html(answer.versions.app)}, answer <code>${answer.answerHash}</code>, asked <time>${html(answer.askedAt)}</time></footer>
</body>
</html>
`;
}

const paragraph = (sentences: readonly NotedSentence[], id: string) =>
  sentences
    .map(({ text, isPhrased, notes }) => {
      const markers = notes
        .map(({ number }) => `<sup><a href="#${id}${number}">[${number}]</a></sup>`)
        .join('');
      return `${isPhrased ? html(text) : `“${html(text)}”`} ${markers}`;
    })
    .join(' ');
