import type { Json } from '@/server/evidence/schema';
import type { MoleculeFacts } from '../facts/types';
import { type Composer, isCalled, json } from './form';

export const composePubchem: Composer = ({ path }, held) => {
  if (path.startsWith('/rest/autocomplete/compound/')) {
    return json({ total: 0, dictionary_terms: { compound: [] } });
  }
  const [, by = '', value = '', operation = ''] =
    /^\/rest\/pug\/compound\/(cid|name|inchikey)\/([^/]+)\/(property|synonyms)\//.exec(path) ?? [];
  const molecules = held.filter((molecule) => isMeant(molecule, by, decodeURIComponent(value)));
  if (operation === 'property') {
    return json({ PropertyTable: { Properties: molecules.map(properties) } });
  }
  if (operation === 'synonyms') {
    return json({ InformationList: { Information: molecules.map(synonyms) } });
  }
  return null;
};

function isMeant(molecule: MoleculeFacts, by: string, value: string): boolean {
  const { pubchemCid, inchiKey } = molecule.compound;
  if (by === 'cid') return String(pubchemCid) === value;
  return by === 'inchikey' ? inchiKey === value : isCalled(molecule, value);
}

function properties({ compound }: MoleculeFacts): Json {
  return {
    CID: compound.pubchemCid,
    MolecularFormula: compound.formula,
    MolecularWeight: compound.molecularWeight,
    SMILES: compound.smiles,
    InChIKey: compound.inchiKey,
    Title: compound.name,
  };
}

function synonyms({ compound }: MoleculeFacts): Json {
  const { genericNames, tradeNames, otherIds, chemblId } = compound;
  return {
    CID: compound.pubchemCid,
    Synonym: [...genericNames, ...tradeNames, chemblId, ...otherIds],
  };
}
