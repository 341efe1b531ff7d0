/** The one style sheet of a report file: screen in both schemes, narrow and wide, and paper. */
import { webFont } from './fonts';

/** `unicode-range` of the embedded cuts; other scripts fall to the reader's own fonts. */
const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const GREEK = 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF';

function fontFace(family: string, weight: number, script: string, bytes: Buffer, range: string) {
  return `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url(data:font/woff2;base64,${bytes.toString('base64')}) format("woff2");unicode-range:${range}}/* ${script} */`;
}

function fontFaces(): string {
  return [
    fontFace('Plex Sans', 400, 'latin', webFont('sans', 'latin'), LATIN),
    fontFace('Plex Sans', 600, 'latin', webFont('sans-bold', 'latin'), LATIN),
    fontFace('Plex Sans', 400, 'greek', webFont('sans', 'greek'), GREEK),
    fontFace('Plex Mono', 400, 'latin', webFont('mono', 'latin'), LATIN),
  ].join('\n');
}

const RULES = `
:root{color-scheme:light dark;
--paper:light-dark(#fbfcfb,#0f1413);--sunken:light-dark(#f1f4f2,#1b2320);--ink:light-dark(#16201c,#e4ebe8);
--ink-2:light-dark(#45524d,#b4c0bb);--rule:light-dark(#d6ddd9,#2d3733);--rule-strong:light-dark(#2a3530,#8a9892);
--control:light-dark(#7b8983,#6e7e77);--accent:light-dark(#0b5d4b,#72cdb2);--accent-wash:light-dark(#e1efe9,#15332b);
--caution:light-dark(#755000,#e2b45e);--caution-wash:light-dark(#fbf1dc,#32270f);
--bad:light-dark(#a1281d,#f29a8f);--bad-wash:light-dark(#fbeae7,#3a1b17);--mark:light-dark(#d3ebdf,#1c4a3d);--drawing:none}
@media (prefers-color-scheme:dark){:root{--drawing:invert(.9) hue-rotate(180deg)}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 100%/1.5 "Plex Sans","Helvetica Neue",Arial,sans-serif;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;max-width:82rem;padding:1.25rem 1rem 4rem;font-size:.9375rem;font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere}
h1,h2,h3{font-weight:600;text-wrap:balance;margin:0}
h1{font-size:1.875rem;line-height:1.2}
h2{font-size:1.375rem;line-height:1.3;padding-top:.75rem;border-top:2px solid var(--rule-strong)}
h3{font-size:1.0625rem;line-height:1.4;margin-top:1.75rem}
p{margin:.6rem 0}
p,.facts dd,.statements,.list{max-width:76ch}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
:target{background:var(--mark)}
code{font-family:"Plex Mono",ui-monospace,"Liberation Mono",monospace;font-size:.92em}
.q,.t{unicode-bidi:isolate}
.quiet{color:var(--ink-2);font-size:.8125rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.kicker{margin:0 0 .25rem;font-size:.8125rem;color:var(--ink-2)}
dl{margin:.75rem 0;display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.3rem 1.25rem}
dt{color:var(--ink-2)}dd{margin:0}
.imprint{font-size:.8125rem;gap:.1rem 1.25rem}
main{display:grid;gap:2.5rem 3rem;grid-template-columns:minmax(0,1fr);margin-top:1.75rem}
section{min-width:0}
.rest{display:grid;gap:2.75rem;min-width:0}
nav h2{font-size:.8125rem;border:0;padding:0;color:var(--ink-2)}
nav ol{list-style:none;margin:.4rem 0 0;padding:0;font-size:.875rem;columns:2;column-gap:1.5rem}
nav li{break-inside:avoid}
nav a{display:grid;grid-template-columns:1.75rem 1fr;padding:.15rem 0;min-height:1.5rem;text-decoration:none}
nav a:hover{text-decoration:underline}
.verdict{border-bottom:1px solid var(--rule-strong);padding:0 0 1rem;margin:.75rem 0 1rem}
.verdict .label{font-size:1.75rem;line-height:1.2;font-weight:600;margin:0}
.verdict .figures{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin-top:.9rem;font-size:.8125rem;color:var(--ink-2)}
.verdict .figures>div{flex:1 1 15rem;max-width:26rem}
.tone-accent{color:var(--accent)}.tone-caution{color:var(--caution)}.tone-bad{color:var(--bad)}
.badge{display:inline-block;border:1px solid var(--control);border-radius:2px;padding:0 .35rem;font-size:.75rem;line-height:1.25rem;font-weight:600;white-space:nowrap;color:var(--ink-2)}
.badge.tone-accent{border-color:var(--accent);background:var(--accent-wash);color:var(--accent)}
.badge.tone-caution{border-color:var(--caution);background:var(--caution-wash);color:var(--caution)}
.badge.tone-bad{border-color:var(--bad);background:var(--bad-wash);color:var(--bad)}
.notice{border-left:3px solid var(--caution);background:var(--caution-wash);padding:.55rem .9rem;margin:.9rem 0;max-width:76ch;color:inherit}
.notice.bad{border-color:var(--bad);background:var(--bad-wash)}
.notice p{margin:0}
.notice p+p{margin-top:.2rem}
.notice strong{color:var(--caution)}.notice.bad strong{color:var(--bad)}
.statements{padding:0;margin:1rem 0;list-style:none}
.statements li{padding:.45rem 0;border-bottom:1px solid var(--rule)}
.statements .alarm{margin:0 0 .25rem;padding:.2rem .6rem;border-left:3px solid var(--bad);background:var(--bad-wash);color:var(--bad);font-weight:600}
.list{padding-left:1.2rem;margin:.5rem 0}
.mark{font-size:.75rem;padding:.15rem .1rem;text-decoration:none}
.mark:hover{text-decoration:underline}
.frame{overflow-x:auto;border-block:2px solid var(--rule-strong);margin:1rem 0}
table{width:100%;min-width:38rem;border-collapse:collapse;font-size:.8125rem;line-height:1.25rem}
caption{text-align:left;padding:.4rem .6rem .4rem 0;color:var(--ink-2)}
th,td{padding:.4rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:break-word}
th:first-child,td:first-child{padding-left:0}
thead th{font-weight:600;color:var(--ink-2);vertical-align:bottom;border-bottom-color:var(--rule-strong);white-space:nowrap}
tbody th{font-weight:400;min-width:9rem}
tbody tr:last-child>*{border-bottom:0}
.n{text-align:right;white-space:nowrap}
.wide{min-width:62rem}
.wide td{min-width:6.5rem}
td.drawn{min-width:11rem}
.drawn>div{color:var(--ink-2)}
svg.figure{display:block;width:100%;max-width:26rem;height:auto;overflow:visible}
.support{fill:var(--accent);stroke:var(--accent)}.against{fill:url(#hatch);stroke:var(--bad)}.unknown{fill:none;stroke:var(--control)}
.axis{stroke:var(--rule)}.zero{stroke:var(--rule-strong)}.interval{stroke:var(--accent)}.hatch{stroke:var(--bad)}
.depiction{margin:1rem 0}
.depiction img{width:100%;max-width:22rem;height:auto;max-height:18rem;object-fit:contain;filter:var(--drawing)}
.citations{list-style:none;margin:1rem 0;padding:0;font-size:.8125rem}
.citations>li{display:grid;grid-template-columns:2.25rem minmax(0,1fr);padding:.4rem 0;border-bottom:1px solid var(--rule)}
.citations .number{color:var(--ink-2)}
.citations ul{list-style:none;margin:.15rem 0 0;padding:0}
.citations ul li{display:grid;grid-template-columns:1.75rem minmax(0,1fr)}
.citations b{font-weight:600;color:var(--ink-2)}
footer{margin-top:3rem;border-top:2px solid var(--rule-strong);padding-top:.75rem;font-size:.8125rem;color:var(--ink-2)}
@media (min-width:64rem){main.contents{grid-template-columns:13rem minmax(0,1fr)}
main.contents>*{grid-column:2}main.contents>nav{grid-column:1;grid-row:1/span 2;position:sticky;top:1.25rem;align-self:start}
nav ol{columns:1}}
@media (max-width:30rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}h1{font-size:1.5rem}nav ol{columns:1}}
@media print{
:root{color-scheme:light;--paper:#fff;--ink:#000;--drawing:none}
html{font-size:11px}body{max-width:none;padding:0;font-size:9.5pt}
main,main.contents{display:block}main.contents>nav{position:static;margin:1.5rem 0}nav ol{columns:2}.rest{display:block}
section{margin-top:1.5rem}.skip{display:none}
.frame{overflow:visible}.wide,.wide td,table{min-width:0}table{font-size:7.5pt;line-height:1.35}td.drawn{min-width:0}tbody th{min-width:0}
thead{display:table-header-group}
h2,h3,caption{break-after:avoid}tr,.statements li,.verdict,.notice,figure{break-inside:avoid}
.citations{font-size:7.5pt}
.badge,.notice,.statements .alarm,.support{print-color-adjust:exact}}
`;

/** The sheet, with the hash in the foot of every printed page (CSS Paged Media, page-margin boxes). */
export function styleSheet(hash: string, title: string): string {
  const words = (text: string) =>
    `"${text.replace(/[^\p{L}\p{N} .,:()-]/gu, (c) => `\\${c.codePointAt(0)?.toString(16)} `)}"`;
  const box = 'font:7pt "Plex Sans",sans-serif;color:#45524d';
  const page = `@page{size:A4;margin:18mm 16mm 20mm;@top-left{content:${words(title)};${box}}@bottom-left{content:${words(`Report SHA-256 ${hash}`)};${box}}@bottom-right{content:"page " counter(page) " of " counter(pages);${box}}}`;
  return `${fontFaces()}${RULES}${page}`;
}
