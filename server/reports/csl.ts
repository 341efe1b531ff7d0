/**
 * The master of all reference exports: evidence as CSL-JSON items (Citation Style Language, schema
 * 1.0.2). Browser-safe.
 */
import { type Evidence, said } from '@/server/evidence/schema';
import { compareText } from './canonical';
import { displayOf } from './places';

export interface CslName {
  family?: string;
  given?: string;
  literal?: string;
}

/** Which record of which report an item is. */
export interface EvidenceMark {
  evidenceId: string;
  reportHash: string;
  appVersion: string;
}

export interface CslItem<Mark = EvidenceMark> {
  id: string;
  type: 'article-journal' | 'article' | 'patent' | 'dataset' | 'webpage';
  title: string;
  author?: CslName[];
  issued?: { 'date-parts': number[][] };
  'container-title'?: string;
  publisher?: string;
  number?: string;
  DOI?: string;
  PMID?: string;
  PMCID?: string;
  abstract?: string;
  language?: string;
  /** Absent of a paper that is known by its file alone. */
  URL?: string;
  custom: Mark;
}

export const SOURCE_NAMES: Record<Evidence['source'], string> = {
  pubchem: 'PubChem',
  chembl: 'ChEMBL',
  clinicaltrials: 'ClinicalTrials.gov',
  pubmed: 'PubMed',
  europepmc: 'Europe PMC',
  openfda: 'openFDA',
  opentargets: 'Open Targets',
};

/** What every exported file says about where it comes from. */
export interface ExportOrigin {
  reportHash: string;
  appVersion: string;
  /** Day of the newest data, ISO; null when composed for demonstration. */
  dataCutoff: string | null;
}

/** References for all evidence, in order of id. */
export function cslItems(evidence: readonly Evidence[], origin: ExportOrigin): CslItem[] {
  return [...evidence]
    .sort((a, b) => compareText(a.id, b.id))
    .map((item) => ({
      id: keyOf(item),
      ...typed(item),
      title: item.title,
      ...issued(item.publishedOn),
      URL: item.url,
      custom: {
        evidenceId: item.id,
        reportHash: origin.reportHash,
        appVersion: origin.appVersion,
      },
    }));
}

/** A key that BibTeX takes and that stays unique: readable, ended by the evidence id's beginning. */
function keyOf(item: Evidence): string {
  const readable = `${item.source}-${item.externalId}`.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 60);
  return `${readable}-${item.id.slice(0, 8)}`;
}

function typed(item: Evidence): Omit<CslItem, 'id' | 'title' | 'URL' | 'custom' | 'issued'> {
  switch (item.kind) {
    case 'article': {
      const { facts } = item;
      return {
        type: 'article-journal',
        ...some(
          'author',
          facts.authors.map((author) => nameOf(plain(said(author)))),
        ),
        ...maybe('container-title', said(facts.journal)),
        ...maybe('DOI', said(facts.doi)),
        ...maybe('PMID', said(facts.pmid)),
        ...maybe('PMCID', said(facts.pmcid)),
      };
    }
    case 'patent':
      return {
        type: 'patent',
        ...some(
          'author',
          item.facts.applicants.map((name) => ({ literal: plain(said(name)) })),
        ),
        number: said(item.facts.number),
      };
    case 'trial':
      return {
        type: 'dataset',
        ...some('author', item.facts.sponsor ? [{ literal: said(item.facts.sponsor) }] : []),
        publisher: SOURCE_NAMES[item.source],
        number: item.externalId,
      };
    case 'label':
      return { type: 'webpage', publisher: SOURCE_NAMES[item.source], number: item.externalId };
    default:
      return { type: 'dataset', publisher: SOURCE_NAMES[item.source], number: item.externalId };
  }
}

function maybe<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return (value === null ? {} : { [key]: plain(value) }) as { [P in K]?: string };
}

function some(key: 'author', names: CslName[]): { author?: CslName[] } {
  return names.length > 0 ? { [key]: names } : {};
}

/** `Smith JA` as PubMed and Europe PMC write it; a name alone is taken for a family name. */
function nameOf(written: string): CslName {
  const parts = /^(.+?)\s+(\p{Lu}{1,4})$/u.exec(written);
  if (parts) return { family: parts[1] as string, given: parts[2] as string };
  return /\s/.test(written) ? { literal: written } : { family: written };
}

function issued(publishedOn: string | null): Pick<CslItem, 'issued'> {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(publishedOn ?? '');
  if (!parts) return {};
  return {
    issued: {
      'date-parts': [
        parts
          .slice(1)
          .filter((part) => part !== undefined)
          .map(Number),
      ],
    },
  };
}

function plain(text: string): string {
  return displayOf(text).replace(/\s+/g, ' ').trim();
}
