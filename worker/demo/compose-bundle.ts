/** Asks everything that a job on a demo molecule asks, and makes a bundle of the composed answers. */
import {
  type AnswerLine,
  BUNDLE_FORMAT,
  type BundleHeader,
  compareBundleLines,
} from '@/server/reports/bundle-lines';
import { type Identified, identify } from '../identify';
import { CONNECTORS, connectorOf } from '../sources/registry';
import { ComposedHttp } from './composed-http';
import { DEMO_FACTS } from './facts';
import type { MoleculeFacts } from './facts/types';

export interface ComposedBundle {
  header: BundleHeader;
  lines: AnswerLine[];
}

export async function composeBundle(): Promise<ComposedBundle> {
  const kept = new Map<string, AnswerLine>();
  const httpFor = (id: AnswerLine['source']) =>
    new ComposedHttp(connectorOf(id), DEMO_FACTS, (line) =>
      kept.set([line.source, line.method, line.url, line.requestBodySha256].join('\n'), line),
    );

  for (const text of DEMO_FACTS.flatMap(spellings)) {
    const sources = { pubchem: httpFor('pubchem'), chembl: httpFor('chembl') };
    const subject = subjectOf(await identify(text, { choice: null }, sources));
    for (const connector of CONNECTORS) {
      for (const question of connector.questions(subject)) {
        for await (const _ of question.ask(httpFor(connector.id)));
      }
    }
  }
  return {
    header: {
      format: BUNDLE_FORMAT,
      origin: 'composed',
      createdAt: null,
      attributions: [
        'Composed for demonstration: a selection of facts from public records, in the form of the sources’ answers. What it does not hold is not thereby absent.',
        ...new Set(CONNECTORS.map(({ licence }) => licence)),
      ],
    },
    lines: [...kept.values()].sort(compareBundleLines),
  };
}

/** What a person may type for a demo molecule. */
export function spellings({ compound }: MoleculeFacts): string[] {
  const { name, inchiKey, smiles, chemblId } = compound;
  return [name, name.toLowerCase(), name.toUpperCase(), inchiKey, smiles, chemblId];
}

function subjectOf(identified: Identified) {
  if (identified.kind !== 'subject') {
    throw new Error(`A demo molecule is not identified by its name: ${JSON.stringify(identified)}`);
  }
  return identified.subject;
}
