/** The demonstration's facts against recorded responses, where those are beside the checkout. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedDir, withoutShared } from '@/tests/shared';
import { skipAllFor } from '@/tests/skip';
import { DEMO_FACTS } from './facts';
import type { Term, TrialRow } from './facts/types';

const shared = sharedDir();

interface RecordedStudy {
  protocolSection: {
    identificationModule: { nctId?: string; briefTitle?: string };
    statusModule: Record<string, { date: string } & string>;
    designModule: {
      phases?: string[];
      enrollmentInfo?: { count: number };
      designInfo?: { allocation?: string; maskingInfo?: { masking?: string } };
    };
    sponsorCollaboratorsModule: { leadSponsor: { name: string; class: string } };
    conditionsModule: { conditions: string[] };
    armsInterventionsModule: {
      armGroups?: { label: string; type: string; interventionNames: string[] }[];
      interventions: { type: string; name: string; armGroupLabels?: string[] }[];
    };
    outcomesModule: { primaryOutcomes: { measure: string }[] };
  };
  derivedSection?: { conditionBrowseModule?: { meshes?: { id: string; term: string }[] } };
  hasResults?: boolean;
}

describe('demo facts and recorded responses', () => {
  skipAllFor(withoutShared);
  const fixtures = path.join(shared ?? '', 'fixtures');
  const trials = DEMO_FACTS.flatMap((molecule) => molecule.trials);
  const recorded = recordedStudies(path.join(fixtures, 'clinicaltrials', 'studies'), trials);

  it('share trials', () => {
    expect([...recorded.keys()].sort()).toEqual(['NCT00710099', 'NCT02387086', 'NCT05071482']);
  });

  it.each([...recorded])('agree on %s', (nctId, study) => {
    const trial = trials.find((candidate) => candidate.nctId === nctId)!;
    const { protocolSection: protocol } = study;
    const arms = protocol.armsInterventionsModule;
    expect(trial).toMatchObject({
      title: protocol.identificationModule.briefTitle,
      status: protocol.statusModule.overallStatus,
      start: protocol.statusModule.startDateStruct?.date,
      completion: protocol.statusModule.completionDateStruct?.date,
      firstPosted: protocol.statusModule.studyFirstPostDateStruct?.date,
      phases: protocol.designModule.phases,
      allocation: protocol.designModule.designInfo?.allocation,
      masking: protocol.designModule.designInfo?.maskingInfo?.masking,
      enrolment: protocol.designModule.enrollmentInfo,
      sponsor: protocol.sponsorCollaboratorsModule.leadSponsor,
      conditions: protocol.conditionsModule.conditions,
      primaryOutcomes: protocol.outcomesModule.primaryOutcomes.map(({ measure }) => measure),
      interventions: arms.interventions.map(({ type, name, armGroupLabels }) => ({
        type,
        name,
        arms: armGroupLabels,
      })),
      arms: arms.armGroups?.map(({ label, type, interventionNames }) => ({
        label,
        type,
        interventions: interventionNames,
      })),
      hasResults: study.hasResults,
    });
    const meshes = study.derivedSection?.conditionBrowseModule?.meshes ?? [];
    expect(trial.conditionMesh.map(comparable)).toEqual(
      meshes.map(({ id, term }) => comparable([id, term])),
    );
  });

  it.each(DEMO_FACTS.map(({ compound }) => compound))(
    'agree on $name’s identifiers',
    (compound) => {
      const table = readFileSync(
        path.join(fixtures, 'drugtables', 'drugbank_vocabulary.csv'),
        'utf8',
      );
      const row = table.split('\n').find((line) => line.includes(compound.inchiKey));
      const ids = compound.otherIds.map((id) => id.replace(/^UNII-/, ''));
      for (const id of ids) expect(row).toContain(id);

      const samples = readFileSync(
        path.join(fixtures, 'drugtables', 'repurposing_samples_20200324.txt'),
        'utf8',
      );
      expect(samples).toContain(`${compound.inchiKey}\t${compound.pubchemCid}`);
    },
  );

  it('agree on aspirin’s ChEMBL and PubChem records', () => {
    const { compound } = DEMO_FACTS.find((facts) => facts.compound.name === 'Aspirin')!;
    const text = readFileSync(
      path.join(fixtures, 'chembl', 'molecule_CHEMBL25_aspirin.json'),
      'utf8',
    );
    const read = JSON.parse(text);
    const molecule = read.molecules?.[0] ?? read;
    expect(compound).toMatchObject({
      chemblId: molecule.molecule_chembl_id,
      inchiKey: molecule.molecule_structures.standard_inchi_key,
      smiles: molecule.molecule_structures.canonical_smiles,
      formula: molecule.molecule_properties.full_molformula,
      firstApproval: molecule.first_approval,
      maxPhase: molecule.max_phase,
      withdrawn: molecule.withdrawn_flag,
      blackBoxWarning: Number(molecule.black_box_warning),
    });
    const property = readFileSync(
      path.join(fixtures, 'pubchem', 'property_cid2244_aspirin.json'),
      'utf8',
    );
    expect(JSON.parse(property).PropertyTable.Properties[0]).toMatchObject({
      CID: compound.pubchemCid,
      MolecularWeight: compound.molecularWeight,
      InChIKey: compound.inchiKey,
    });
  });

  it('agree on the application for Gleevec', () => {
    const { applications } = DEMO_FACTS.find((facts) => facts.compound.name === 'Imatinib')!;
    const file = path.join(fixtures, 'openfda', 'drugsfda_imatinib_20260811.json');
    const [application] = JSON.parse(readFileSync(file, 'utf8')).results;
    expect(applications[0]).toMatchObject({
      applicationNumber: application.application_number,
      sponsor: application.sponsor_name,
      approvedOn: application.submissions[0].submission_status_date,
    });
    expect(applications[0]?.products[0]).toMatchObject({
      brand: application.products[0].brand_name,
      status: application.products[0].marketing_status,
    });
  });
});

function recordedStudies(folder: string, trials: TrialRow[]): Map<string, RecordedStudy> {
  if (shared === null) return new Map();
  const wanted = new Set(trials.map(({ nctId }) => nctId));
  const files = readdirSync(folder).filter((file) => wanted.has(file.slice(0, 11)));
  return new Map(
    files.map((file) => [
      file.slice(0, 11),
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as RecordedStudy,
    ]),
  );
}

/** Some recordings write descriptors with leading zeros: `D000007938` is `D007938`. */
function comparable([id, term]: Term): string {
  return `${id.charAt(0)}${Number(id.slice(1))} ${term}`;
}
