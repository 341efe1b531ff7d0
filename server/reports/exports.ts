/** Serialises references and evidence for other programs. Browser-safe. */
import type { CslItem, CslName, ExportOrigin } from './csl';
import type { Report } from './schema';

/** Where the files of one report come from; the same report gives the same files. */
export function originOf(report: Report): ExportOrigin {
  const times = report.sources.flatMap(({ retrievedAt }) => retrievedAt ?? []).sort();
  return {
    reportHash: report.reportHash,
    appVersion: report.versions.app,
    dataCutoff: times.at(-1)?.slice(0, 10) ?? null,
  };
}

function originLine(origin: ExportOrigin | string): string {
  if (typeof origin === 'string') return origin;
  const data = origin.dataCutoff ? `data of ${origin.dataCutoff}` : 'demonstration data';
  return `Phial ${origin.appVersion}, ${data}, report SHA-256 ${origin.reportHash}`;
}

/** references.csl.json */
export function toCslJson(items: readonly CslItem<unknown>[]): string {
  return `${JSON.stringify(items, null, 2)}\n`;
}

const BIBTEX_TYPES: Record<CslItem['type'], string> = {
  'article-journal': 'article',
  article: 'misc',
  patent: 'misc',
  dataset: 'misc',
  webpage: 'misc',
};

/** references.bib, in UTF-8. What stands between entries is a comment to BibTeX. */
export function toBibtex(
  items: readonly CslItem<unknown>[],
  origin: ExportOrigin | string,
): string {
  const entries = items.map((item) => {
    const [year, month, day] = item.issued?.['date-parts'][0] ?? [];
    const fields: [string, string | undefined][] = [
      ['title', item.title && `{${bibtexText(item.title)}}`],
      ['author', item.author?.map(bibtexName).join(' and ')],
      ['journal', optional(item['container-title'], bibtexText)],
      ['publisher', optional(item.publisher, bibtexText)],
      ['number', optional(item.number, bibtexText)],
      ['year', year === undefined ? undefined : String(year)],
      ['month', month === undefined ? undefined : String(month)],
      ['day', day === undefined ? undefined : String(day)],
      ['doi', optional(item.DOI, bibtexVerbatim)],
      ['pmid', item.PMID],
      ['pmcid', item.PMCID],
      ['url', optional(item.URL, bibtexVerbatim)],
      ['abstract', optional(item.abstract, bibtexText)],
      ['note', item.type === 'patent' ? 'Patent' : undefined],
    ];
    const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []));
    return `@${BIBTEX_TYPES[item.type]}{${item.id},\n${lines.join(',\n')}\n}\n`;
  });
  return [`% ${originLine(origin)}\n`, ...entries].join('\n');
}

const BIBTEX_ESCAPES: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

function bibtexText(text: string): string {
  return oneLine(text).replace(
    /[\\{}$&#%_^~]/g,
    (character) => BIBTEX_ESCAPES[character] as string,
  );
}

/** Fields that styles print verbatim: only what would end or unbalance the field is encoded. */
function bibtexVerbatim(text: string): string {
  return oneLine(text).replace(/[\\{}\s%]/g, (character) =>
    character === '%' ? '\\%' : encodeURIComponent(character),
  );
}

function bibtexName(name: CslName): string {
  if (name.literal !== undefined) return `{${bibtexText(name.literal)}}`;
  const family = bibtexText(name.family ?? '');
  return name.given ? `${family}, ${bibtexText(name.given)}` : `{${family}}`;
}

const RIS_TYPES: Record<CslItem['type'], string> = {
  'article-journal': 'JOUR',
  article: 'UNPB',
  patent: 'PAT',
  dataset: 'DATA',
  webpage: 'ELEC',
};

/** references.ris; RIS has no comments, so each record notes its origin. */
export function toRis(items: readonly CslItem<unknown>[], origin: ExportOrigin | string): string {
  return items
    .map((item) => {
      const [year, month, day] = item.issued?.['date-parts'][0] ?? [];
      const date = year === undefined ? undefined : `${year}/${two(month)}/${two(day)}/`;
      const fields: [string, string | undefined][] = [
        ['TY', RIS_TYPES[item.type]],
        ['ID', item.id],
        ['TI', item.title],
        ...(item.author ?? []).map((name): [string, string] => ['AU', risName(name)]),
        ['PY', year === undefined ? undefined : String(year)],
        ['DA', date],
        ['T2', item['container-title']],
        ['PB', item.publisher],
        [item.type === 'patent' ? 'M1' : 'AN', item.number ?? item.PMID],
        ['DO', item.DOI],
        ['UR', item.URL],
        ['AB', item.abstract],
        ['N1', originLine(origin)],
      ];
      const lines = fields.flatMap(([tag, value]) =>
        value === undefined ? [] : [`${tag}  - ${oneLine(value)}`],
      );
      return [...lines, 'ER  - ', ''].join('\r\n');
    })
    .join('\r\n');
}

function risName(name: CslName): string {
  if (name.literal !== undefined) return name.literal;
  return name.given ? `${name.family}, ${name.given}` : (name.family ?? '');
}

function two(number: number | undefined): string {
  return number === undefined ? '' : String(number).padStart(2, '0');
}

const EVIDENCE_COLUMNS = [
  'id',
  'kind',
  'source',
  'externalId',
  'title',
  'url',
  'publishedOn',
  'level',
  'licence',
  'connectorVersion',
  'retrievedAt',
  'snapshotSha256',
] as const;

/** evidence.csv: RFC 4180, UTF-8, one row per record, each with the report's hash. */
export function toEvidenceCsv(report: Report): string {
  const rows = report.evidence.map((item) => [
    ...EVIDENCE_COLUMNS.map((column) => item[column] ?? ''),
    report.reportHash,
  ]);
  return [[...EVIDENCE_COLUMNS, 'reportHash'], ...rows]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('');
}

/**
 * A cell that no spreadsheet runs as a formula: what begins like one gets an apostrophe in front
 * (OWASP, "CSV Injection", read 2026-11-22).
 */
export function csvCell(value: string): string {
  const safe = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(value)
    ? `'${value}`
    : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function optional(value: string | undefined, write: (text: string) => string): string | undefined {
  return value === undefined ? undefined : write(value);
}

/** Record fields hold no line ends: one would begin a new field. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
