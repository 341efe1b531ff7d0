import { describe, expect, it } from 'vitest';
import { clinicaltrials } from './clinicaltrials';
import { placesOf } from './places';
import { answering, brokenPlaces, gather, subjectNamed } from './testing';

const PAGE = {
  studies: [
    {
      protocolSection: {
        identificationModule: { nctId: 'NCT90000003', briefTitle: 'A Composed Trial' },
        statusModule: { overallStatus: 'COMPLETED' },
        conditionsModule: { conditions: ['Cough'] },
      },
    },
  ],
};

describe('the places of facts', () => {
  it('are found however deep they stand', async () => {
    const { records } = await gather(
      clinicaltrials,
      subjectNamed('x'),
      answering('clinicaltrials', PAGE),
    );
    expect(placesOf(records[0]?.facts).map((place) => 'pointer' in place && place.pointer)).toEqual(
      [
        '/studies/0/protocolSection/identificationModule/nctId',
        '/studies/0/protocolSection/identificationModule/briefTitle',
        '/studies/0/protocolSection/statusModule/overallStatus',
        '/studies/0/protocolSection/conditionsModule/conditions/0',
      ],
    );
  });

  it('are reported when the body says something else', async () => {
    const http = answering('clinicaltrials', PAGE);
    const { records } = await gather(clinicaltrials, subjectNamed('x'), http);
    const altered = http.snapshots.map((snapshot) => ({
      ...snapshot,
      text: snapshot.text.replace('COMPLETED', 'WITHDRAWN'),
    }));
    expect(brokenPlaces(records, http.snapshots)).toEqual([]);
    expect(brokenPlaces(records, altered)).toHaveLength(1);
    expect(brokenPlaces(records, [])).toHaveLength(4);
  });
});
