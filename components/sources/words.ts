/** How the sources and their health are put into words. Pure. */
import { formatFigure } from '@/components/ui/format';
import type { State } from '@/components/ui/status';
import type { SourceHealth } from '@/server/sources/pace';
import type { AskedSource } from '@/server/sources/schema';

/** What each source is asked for. */
export const BRINGS: Record<AskedSource, string> = {
  pubchem: 'identity, synonyms, cross-references',
  chembl: 'mechanisms, indications, potencies, warnings',
  clinicaltrials: 'trials with phase, status and results',
  pubmed: 'articles with abstracts and retraction notices',
  europepmc: 'articles and patents',
  openfda: 'labels, approvals, adverse-event counts',
  opentargets: 'targets and indications',
  crossref: 'details of papers by DOI or title',
  arxiv: 'details and files of preprints',
  semanticscholar: 'details of papers the others do not know',
};

export const HEALTH_LOOK: Record<SourceHealth['state'], { state: State; word: string }> = {
  answering: { state: 'done', word: 'Answering' },
  failing: { state: 'partial', word: 'Failing' },
  'left-alone': { state: 'failed', word: 'Left alone' },
  unknown: { state: 'waiting', word: 'Not asked yet' },
};

/** "2 a second", "1 every 3 s". */
export function pace(requestsPerSecond: number): string {
  return requestsPerSecond >= 1
    ? `${formatFigure(requestsPerSecond, Number.isInteger(requestsPerSecond) ? 0 : 1)} a second`
    : `1 every ${formatFigure(1 / requestsPerSecond, 0)} s`;
}
