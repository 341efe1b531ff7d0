/** A report as one HTML file: no scripts, nothing loaded from elsewhere. */
import type { Report } from '../schema';
import type { Figure, Shape } from './charts';
import { composeView } from './compose';
import type { RenderExtra } from './context';
import { styleSheet } from './html-style';
import type { Block, Cell, CitationEntry, Part, ReportView, Run } from './view';

/** The same report gives the same bytes. */
export function renderHtml(report: Report, extra: RenderExtra): string {
  const view = composeView(report, extra);
  const [decision, ...others] = view.blocks;
  const hasContents = others.length > 1;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(view.title)}</title>
<meta name="generator" content="Phial ${escaped(view.appVersion)}">
<meta name="phial-report-hash" content="${escaped(view.reportHash)}">
<meta name="phial-report-date" content="${escaped(view.finishedAt ?? '')}">
<style>${styleSheet(view.reportHash, view.title)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the decision</a>
${HATCH}
<header>
<p class="kicker">Phial, molecule report${view.isDemo ? ` ${badge('Demo', 'caution')}` : ''}</p>
<h1 class="t">${escaped(view.subject)}</h1>
${facts(view.imprint, 'imprint')}
</header>
<main id="main"${hasContents ? ' class="contents"' : ''}>
${decision ? block(decision) : ''}
${hasContents ? contents(view) : ''}
<div class="rest">
${others.map(block).join('\n')}
</div>
</main>
<footer>Phial ${escaped(view.appVersion)}, report SHA-256 <code>${escaped(view.reportHash)}</code></footer>
</body>
</html>
`;
}

/** Lines at 45°, the sign of what speaks against; defined once for all figures. */
const HATCH =
  '<svg class="visually-hidden" aria-hidden="true" width="0" height="0"><defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" x2="0" y1="0" y2="4" stroke-width="2.4"/></pattern></defs></svg>';

function contents({ blocks }: ReportView): string {
  const items = blocks.map(
    ({ anchor, number, title }) =>
      `<li><a href="#${anchor}"><span>${number ?? '·'}</span><span class="t">${escaped(title)}</span></a></li>`,
  );
  return `<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${items.join('')}</ol></nav>`;
}

function block({ anchor, number, title, parts }: Block): string {
  const heading = `<h2 id="${anchor}"><span class="t">${number === null ? '' : `${number} `}${escaped(title)}</span></h2>`;
  return `<section aria-labelledby="${anchor}">\n${heading}\n${parts.map((each, index) => part(each, `${anchor}-p${index}`)).join('\n')}\n</section>`;
}

function part(each: Part, id: string): string {
  switch (each.kind) {
    case 'heading':
      return `<h3 id="${each.anchor}"><span class="t">${escaped(each.text)}</span>${each.runs?.length ? ` ${runs(each.runs)}` : ''}</h3>`;
    case 'text':
      return `<p${each.isQuiet ? ' class="quiet"' : ''}>${runs(each.runs)}</p>`;
    case 'notice':
      return `<div class="notice ${each.tone}"><p><strong>${escaped(each.title)}</strong></p><p>${runs(each.runs)}</p></div>`;
    case 'facts':
      return facts(each.rows, 'facts');
    case 'list':
      return `<ul class="list">${each.items.map((item) => `<li>${runs(item)}</li>`).join('')}</ul>`;
    case 'statements':
      return statements(each);
    case 'table':
      return table(each, id);
    case 'verdict':
      return `<div class="verdict"><p class="label tone-${each.tone}">${escaped(each.label)}</p><p>${runs(each.runs)}</p>${
        each.figures.length > 0
          ? `<div class="figures">${each.figures.map((figure) => `<div>${svg(figure)}<span aria-hidden="true">${escaped(figure.text)}</span></div>`).join('')}</div>`
          : ''
      }</div>`;
    case 'depiction':
      return `<figure class="depiction"><img alt="${escaped(each.alt)}" src="data:image/svg+xml;base64,${Buffer.from(bareSvg(each.svg)).toString('base64')}"></figure>`;
    case 'citations':
      return `<ol class="citations">${each.entries.map(citation).join('\n')}</ol>`;
  }
}

function facts(rows: { term: string; runs: Run[] }[], className: string): string {
  const items = rows.map(
    (row) => `<dt class="t">${escaped(row.term)}</dt><dd>${runs(row.runs)}</dd>`,
  );
  return `<dl class="${className}">${items.join('')}</dl>`;
}

function statements({ items }: Extract<Part, { kind: 'statements' }>): string {
  const rendered = items.map(
    ({ anchor, runs: sentence, alarm }) =>
      `<li id="${anchor}">${alarm ? `<p class="alarm">${escaped(alarm)}</p>` : ''}${runs(sentence)}</li>`,
  );
  return `<ul class="statements">${rendered.join('\n')}</ul>`;
}

function table(
  { caption, columns, rows, rowHead }: Extract<Part, { kind: 'table' }>,
  id: string,
): string {
  const head = columns.map(
    ({ title, numeric }) => `<th scope="col"${numeric ? ' class="n"' : ''}>${escaped(title)}</th>`,
  );
  const body = rows.map(({ anchor, cells }) => {
    const rendered = cells.map((each, index) => {
      const inner = cell(each);
      if (index === rowHead) return `<th scope="row">${inner}</th>`;
      const className = each.figures
        ? ' class="drawn"'
        : columns[index]?.numeric
          ? ' class="n"'
          : '';
      return `<td${className}>${inner}</td>`;
    });
    return `<tr${anchor ? ` id="${anchor}"` : ''}>${rendered.join('')}</tr>`;
  });
  const isDrawn = rows.some(({ cells }) => cells.some(({ figures }) => figures));
  return `<div class="frame" role="group" tabindex="0" aria-labelledby="${id}"><table${isDrawn ? ' class="wide"' : ''}><caption id="${id}">${escaped(caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function cell({ runs: words, figures }: Cell): string {
  if (!figures) return runs(words);
  return `${figures.map(svg).join('')}<div>${runs(words)}</div>`;
}

function citation({ anchor, number, head, places }: CitationEntry): string {
  const items = places.map(
    (place) => `<li id="${place.anchor}"><b>${place.letter}</b><div>${runs(place.runs)}</div></li>`,
  );
  return `<li id="${anchor}"><span class="number">${number}</span><div>${runs(head)}${items.length > 0 ? `<ul>${items.join('')}</ul>` : ''}</div></li>`;
}

function svg({ width, height, shapes, text }: Figure): string {
  return `<svg class="figure" role="img" aria-label="${escaped(text)}" viewBox="0 0 ${width} ${height}">${shapes.map(shape).join('')}</svg>`;
}

function shape(each: Shape): string {
  if (each.kind === 'box') {
    return `<rect class="${each.paint}" x="${each.x}" y="${each.y}" width="${each.width}" height="${each.height}"/>`;
  }
  return `<line class="${each.paint}" x1="${each.x1}" x2="${each.x2}" y1="${each.y1}" y2="${each.y2}" stroke-width="${each.width}"/>`;
}

function runs(list: readonly Run[]): string {
  return list.map(run).join('');
}

function run(each: Run): string {
  if (typeof each === 'string') return escaped(each).replaceAll('\n', '<br>');
  if (each.badge) return badge(each.text, each.badge);
  const text = escaped(each.text);
  const title = each.title ? ` title="${escaped(each.title)}"` : '';
  if (each.style === 'sup') {
    return each.to
      ? `<a class="mark" role="doc-noteref" href="#${each.to}">${text}</a>`
      : `<span class="mark">${text}</span>`;
  }
  const styled = {
    code: `<code class="t"${title}>${text}</code>`,
    strong: `<strong class="t">${text}</strong>`,
    quiet: `<span class="quiet">${text}</span>`,
    quote: `<span class="q">${text}</span>`,
    plain: `<span class="t"${title}>${text}</span>`,
  }[each.style ?? 'plain'];
  if (each.href) return `<a rel="noreferrer" href="${escaped(each.href)}">${styled}</a>`;
  if (each.to) return `<a href="#${each.to}">${styled}</a>`;
  return styled;
}

function badge(text: string, tone: string): string {
  return `<span class="badge tone-${tone}">${escaped(text)}</span>`;
}

/** Without the XML declaration, which may name another encoding than the one it is stored in. */
export function bareSvg(svgText: string): string {
  return svgText.slice(Math.max(0, svgText.indexOf('<svg')));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
