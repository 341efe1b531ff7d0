/** Addresses and names of a report's files. */

const LABELS: Record<string, string> = {
  'report.html': 'Report as a web page',
  'report.pdf': 'Report as PDF',
  'report.json': 'Report as data (JSON)',
  'evidence.csv': 'Evidence as a table (CSV)',
  'references.bib': 'References for BibTeX',
  'references.ris': 'References for RIS',
  'references.csl.json': 'References as CSL-JSON',
  'bundle.ndjson.gz': 'Bundle of all responses',
};

export const fileLabel = (name: string): string => LABELS[name] ?? name;

/** The files of a report, those for reading first. */
export const fileNames = (files: Record<string, string>): string[] =>
  [...new Set([...Object.keys(LABELS), ...Object.keys(files)])].filter((name) => name in files);

/** Saves the file; without `download` the browser shows what it can show. */
export function fileUrl(jobId: string, name: string, version: number, download = true): string {
  return `/runs/${jobId}/files/${name}?version=${version}${download ? '&download' : ''}`;
}
