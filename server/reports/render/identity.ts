/** Block 2: which compound this is, and how it was matched. */
import type { Context } from './context';
import { httpsUrl, visible } from './text';
import type { Part, Run } from './view';

const MATCHED_BY: Record<string, string> = {
  inchikey: 'its exact InChIKey',
  smiles: 'its structure (SMILES)',
  name: 'its name',
  'first-block':
    'the first block of its InChIKey alone: the same skeleton, while stereochemistry, charge or isotopes may differ',
  'source-id': 'an identifier of a source',
  'name-only': 'name alone: no structure is known, so nothing could be checked against one',
};

const XREFS: Record<string, { name: string; url: (id: string) => string }> = {
  pubchem: {
    name: 'PubChem CID',
    url: (id) => `https://pubchem.ncbi.nlm.nih.gov/compound/${encodeURIComponent(id)}`,
  },
  chembl: {
    name: 'ChEMBL',
    url: (id) => `https://www.ebi.ac.uk/chembl/explore/compound/${encodeURIComponent(id)}`,
  },
  unii: {
    name: 'UNII',
    url: (id) => `https://precision.fda.gov/uniisearch/srs/unii/${encodeURIComponent(id)}`,
  },
};

/** Biologics, extracts, polymers, and names that only some sources could be asked about. */
const WITHOUT_STRUCTURE = {
  term: 'Without a structure',
  runs: ['records are found by name alone, and nothing is said by structure'],
};

export function identityParts({ report, extra }: Context): Part[] {
  const { subject } = report;
  const code = (text: string | null): Run[] => [
    text === null ? 'not known' : { text: visible(text), style: 'code' },
  ];
  const xrefs = Object.entries(subject.xrefs).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...(extra.depictionSvg
      ? [
          {
            kind: 'depiction',
            svg: extra.depictionSvg,
            alt: `Structure of ${visible(subject.name)}${subject.canonicalSmiles ? `, SMILES ${visible(subject.canonicalSmiles)}` : ''}`,
          } satisfies Part,
        ]
      : []),
    {
      kind: 'facts',
      rows: [
        { term: 'Name', runs: [visible(subject.name)] },
        {
          term: 'Matched by',
          runs: [MATCHED_BY[subject.matchedBy] ?? visible(subject.matchedBy)],
        },
        { term: 'InChIKey', runs: code(subject.inchiKey) },
        { term: 'SMILES', runs: code(subject.canonicalSmiles) },
        ...(subject.canonicalSmiles === null ? [WITHOUT_STRUCTURE] : []),
        ...xrefs.map(([source, id]) => {
          const xref = Object.hasOwn(XREFS, source) ? XREFS[source] : undefined;
          const href = xref ? httpsUrl(xref.url(id)) : null;
          return {
            term: xref?.name ?? visible(source),
            runs: [{ text: visible(id), style: 'code', ...(href && { href }) } satisfies Run],
          };
        }),
      ],
    },
  ];
}
