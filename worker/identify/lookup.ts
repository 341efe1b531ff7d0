/** Asks the identity sources, and remembers which of them did not answer. */
import type { EvidenceDraft, Subject } from '@/server/evidence/schema';
import { chembl } from '../sources/chembl';
import { type Molecule, parseList, parseMolecules } from '../sources/chembl/parse';
import {
  moleculeByIdRequest,
  moleculeByInchiKeyRequest,
  moleculeByPreferredNameRequest,
  moleculeBySkeletonRequest,
  moleculeBySynonymRequest,
  similarNameRequests,
} from '../sources/chembl/requests';
import { type Connector, SourceFault, type SourceHttp } from '../sources/contract';
import { pubchem } from '../sources/pubchem';
import { type CompoundRow, parseAutocomplete, parseProperties } from '../sources/pubchem/parse';
import { autocompleteRequest, propertiesRequest } from '../sources/pubchem/requests';

export interface IdentitySources {
  pubchem: SourceHttp;
  chembl: SourceHttp;
}

/**
 * What both sources know under one key. A source that faults yields nothing and is remembered; only a
 * cancelled job ends the lookup.
 */
export class Lookup {
  private readonly faults = new Map<'PubChem' | 'ChEMBL', SourceFault>();

  constructor(private readonly http: IdentitySources) {}

  /** Did every identity source answer so far? */
  get allAnswered(): boolean {
    return this.faults.size === 0;
  }

  /** What could not be asked, for people; stable between runs. */
  limits(): string[] {
    return [...this.faults]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, fault]) => `${name} could not be asked what this is: ${fault.message}.`);
  }

  compoundsByName(name: string): Promise<CompoundRow[]> {
    return this.fromPubchem(async (http) =>
      parseProperties(await http.ask(propertiesRequest({ by: 'name', name }))),
    );
  }

  compoundsByInchiKey(inchiKey: string): Promise<CompoundRow[]> {
    return this.fromPubchem(async (http) =>
      parseProperties(await http.ask(propertiesRequest({ by: 'inchikey', inchiKey }))),
    );
  }

  compoundsByCid(cid: string): Promise<CompoundRow[]> {
    return this.fromPubchem(async (http) =>
      parseProperties(await http.ask(propertiesRequest({ by: 'cid', cid }))),
    );
  }

  /** By preferred name, else by synonym. */
  moleculesByName(name: string): Promise<Molecule[]> {
    return this.fromChembl(async (http) => {
      const preferred = parseMolecules(await http.ask(moleculeByPreferredNameRequest(name)));
      if (preferred.length > 0) return preferred;
      return parseMolecules(await http.ask(moleculeBySynonymRequest(name)));
    });
  }

  moleculesByInchiKey(inchiKey: string): Promise<Molecule[]> {
    return this.fromChembl(async (http) =>
      parseMolecules(await http.ask(moleculeByInchiKeyRequest(inchiKey))),
    );
  }

  moleculesById(chemblId: string): Promise<Molecule[]> {
    return this.fromChembl(async (http) =>
      parseMolecules(await http.ask(moleculeByIdRequest(chemblId))),
    );
  }

  /** Compounds with the same first block of the InChIKey, the most advanced first. */
  async moleculesBySkeleton(inchiKey: string): Promise<Molecule[]> {
    const found = await this.fromChembl(async (http) =>
      parseMolecules(await http.ask(moleculeBySkeletonRequest(inchiKey.slice(0, 14)))),
    );
    return found
      .filter((molecule) => molecule.inchiKey !== null)
      .sort((a, b) => b.maxPhase - a.maxPhase || compareIds(a.chemblId, b.chemblId));
  }

  /** Names of real compounds that resemble what was typed, unsorted. */
  async similarNames(typed: string): Promise<string[]> {
    const [suggested, similar] = await Promise.all([
      this.fromPubchem(async (http) =>
        parseAutocomplete(await http.ask(autocompleteRequest(typed))),
      ),
      this.fromChembl(async (http) => {
        const names: string[] = [];
        for (const request of similarNameRequests(typed)) {
          const { rows } = parseList(await http.ask(request), 'molecule');
          names.push(...rows.flatMap((row) => row.at('pref_name').string()?.value ?? []));
        }
        return names;
      }),
    ]);
    return [...suggested, ...similar];
  }

  /** The compound records of a subject: what gathering will find too. */
  async records(
    subject: Subject,
    from: { pubchem: boolean; chembl: boolean },
  ): Promise<EvidenceDraft[]> {
    const [compounds, molecules] = await Promise.all([
      from.pubchem ? this.fromPubchem((http) => compoundRecords(pubchem, subject, http)) : [],
      from.chembl ? this.fromChembl((http) => compoundRecords(chembl, subject, http)) : [],
    ]);
    return [...compounds, ...molecules];
  }

  private fromPubchem<T>(ask: (http: SourceHttp) => Promise<T[]>): Promise<T[]> {
    return this.answerOf('PubChem', () => ask(this.http.pubchem));
  }

  private fromChembl<T>(ask: (http: SourceHttp) => Promise<T[]>): Promise<T[]> {
    return this.answerOf('ChEMBL', () => ask(this.http.chembl));
  }

  private async answerOf<T>(name: 'PubChem' | 'ChEMBL', ask: () => Promise<T[]>): Promise<T[]> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SourceFault) || error.kind === 'cancelled') throw error;
      if (!this.faults.has(name)) this.faults.set(name, error);
      return [];
    }
  }
}

async function compoundRecords(
  connector: Connector,
  subject: Subject,
  http: SourceHttp,
): Promise<EvidenceDraft[]> {
  const records: EvidenceDraft[] = [];
  for (const question of connector.questions(subject)) {
    if (question.key !== 'compound') continue;
    for await (const yielded of question.ask(http)) {
      if ('records' in yielded) records.push(...yielded.records);
    }
  }
  return records;
}

/** `CHEMBL25` before `CHEMBL112`. */
function compareIds(a: string, b: string): number {
  return Number(a.replace(/\D/g, '')) - Number(b.replace(/\D/g, ''));
}
