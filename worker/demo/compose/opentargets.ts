import type { Json } from '@/server/evidence/schema';
import type { MechanismRow, MoleculeFacts } from '../facts/types';
import { type Composer, isCalled, json } from './form';

/** The composed answer belongs to no release. */
const META = { dataVersion: null };

export const composeOpentargets: Composer = ({ path, body }, held) => {
  if (path !== '/api/v4/graphql' || body === null || typeof body !== 'object') return null;
  const { query, variables } = body as { query: string; variables: Record<string, string> };
  const molecule = held.find(({ compound }) => compound.chemblId === variables.chemblId);
  if (query.startsWith('query Search')) {
    return json({ data: { meta: META, search: { hits: hits(variables.name ?? '', held) } } });
  }
  if (query.startsWith('query Warnings')) {
    const drug = molecule ? { id: molecule.compound.chemblId, drugWarnings: [] } : null;
    return json({ data: { meta: META, drug } });
  }
  return query.startsWith('query Drug')
    ? json({ data: { meta: META, drug: molecule ? drugOf(molecule) : null } })
    : null;
};

/** Genes by Ensembl id are what Open Targets names; a target without them was checked elsewhere. */
export function isCheckedHere({ genes }: NonNullable<MechanismRow['target']>): boolean {
  return genes.length > 0 && genes.every(({ ensemblId }) => ensemblId !== null);
}

function hits(name: string, held: readonly MoleculeFacts[]): Json[] {
  return held
    .filter((molecule) => isCalled(molecule, name))
    .map(({ compound }) => ({ id: compound.chemblId, entity: 'drug', name: compound.name }));
}

function drugOf({ compound, mechanisms, indications }: MoleculeFacts): Json {
  const rows = indications.flatMap(({ efo, maxPhase }) =>
    efo
      ? [
          {
            maxClinicalStage: maxPhase === 4 ? 'APPROVAL' : `PHASE_${maxPhase}`,
            disease: { id: efo[0], name: efo[1] },
          },
        ]
      : [],
  );
  return {
    id: compound.chemblId,
    name: compound.name.toUpperCase(),
    drugType: compound.moleculeType,
    maximumClinicalStage: compound.maxPhase === 4 ? 'APPROVAL' : `PHASE_${compound.maxPhase}`,
    mechanismsOfAction: {
      rows: mechanisms.flatMap(({ mechanism, action, target }) =>
        target && isCheckedHere(target)
          ? [
              {
                mechanismOfAction: mechanism,
                actionType: action,
                targetName: target.name,
                targets: target.genes.map(({ symbol, name, ensemblId }) => ({
                  id: ensemblId,
                  approvedSymbol: symbol,
                  approvedName: name,
                })),
              },
            ]
          : [],
      ),
    },
    indications: { count: rows.length, rows },
  };
}
