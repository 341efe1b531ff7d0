/** Reports for tests of rendering: everything in them is invented. */
import { createHash } from 'node:crypto';
import type { Citation, Json, SourceId } from '@/server/evidence/schema';
import { SOURCE_IDS } from '@/server/evidence/schema';
import { compareText } from '../canonical';
import { evidenceId, reportHash } from '../hash';
import {
  type Candidate,
  type Claim,
  type Interval,
  REPORT_SCHEMA,
  type Report,
  type ReportDraft,
  type ReportEvidence,
} from '../schema';

export const SAMPLE_SVG = `<?xml version='1.0' encoding='iso-8859-1'?>
<svg version='1.1' xmlns='http://www.w3.org/2000/svg' width='200px' height='140px' viewBox='0 0 200 140'>
<rect style='opacity:1.0;fill:#FFFFFF;stroke:none' width='200.0' height='140.0' x='0.0' y='0.0'> </rect>
<path d='M 60,100 L 60,60 L 95,40 L 130,60 L 130,100 L 95,120 Z' style='fill:none;stroke:#000000;stroke-width:2.0px;stroke-linejoin:miter' />
<path d='M 130,60 L 160,42' style='fill:none;fill-rule:evenodd;stroke:#FF0000;stroke-width:2.0px' />
<path d='M 163 36
Q 163 29, 170 29
Q 177 29, 177 36
Q 177 43, 170 43
Q 163 43, 163 36
' fill='#FF0000'/>
<ellipse cx='40' cy='30' rx='6' ry='4' style='fill:#0000FF;stroke:none' />
</svg>`;

const FINISHED_AT = '2026-11-22T14:05:09.000Z';

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

interface RecordInput {
  source: SourceId;
  kind: ReportEvidence['kind'];
  externalId: string;
  title: string;
  level?: ReportEvidence['level'];
  isDemo?: boolean;
  url?: string;
}

function record(input: RecordInput): ReportEvidence {
  return {
    id: evidenceId(input.source, input.externalId),
    kind: input.kind,
    source: input.source,
    externalId: input.externalId,
    title: input.title,
    url: input.url ?? `https://example.org/${input.source}/${encodeURIComponent(input.externalId)}`,
    publishedOn: '2021-03',
    level: input.level ?? null,
    licence: input.source === 'chembl' ? 'CC BY-SA 3.0' : 'Public domain',
    connectorVersion: `${input.source}@1`,
    retrievedAt: input.isDemo ? null : '2026-11-22T14:03:00.000Z',
    snapshotSha256: hashOf(`${input.source} ${input.externalId}`),
  };
}

function value(evidence: ReportEvidence, pointer: string, said: Json): Citation {
  const { id, snapshotSha256 } = evidence;
  return { evidenceId: id, snapshotSha256, pointer, value: said };
}

class Claims {
  readonly list: Claim[] = [];

  add(section: string, template: string, text: string, citations: Citation[]): Claim {
    const number = String(this.list.length + 1).padStart(5, '0');
    const claim: Claim = {
      id: `00-${section}-${number}`,
      section,
      template,
      slots: Object.fromEntries(citations.map((_, index) => [`s${index}`, { citation: index }])),
      text,
      citations,
      verdict: 'verified',
    };
    this.list.push(claim);
    return claim;
  }
}

function trialRecords(count: number): ReportEvidence[] {
  return Array.from({ length: count }, (_, index) =>
    record({
      source: 'clinicaltrials',
      kind: 'trial',
      externalId: `NCT${String(90_000_001 + index)}`,
      title: `Exemplaride against placebo in adults with example disease, part ${index + 1}: a randomised, double-blind study of once daily tablets`,
      level: (['L1', 'L2', 'L3', null] as const)[index % 4],
      isDemo: index % 9 === 4,
    }),
  );
}

function addTrials(claims: Claims, trials: ReportEvidence[]): void {
  claims.add(
    'clinical',
    'trials.found@1',
    `Registered trials that name the molecule: ${trials.length}.`,
    trials.map((trial, index) =>
      value(
        trial,
        `/studies/${index}/protocolSection/identificationModule/nctId`,
        trial.externalId,
      ),
    ),
  );
  trials.forEach((trial, index) => {
    const at = (tail: string, said: Json) =>
      value(trial, `/studies/${index}/protocolSection${tail}`, said);
    const isStopped = index < Math.ceil(trials.length / 6);
    const shared = [
      at('/identificationModule/nctId', trial.externalId),
      at('/identificationModule/briefTitle', trial.title),
      at('/designModule/phases', ['PHASE2']),
      at('/statusModule/overallStatus', isStopped ? 'TERMINATED' : 'COMPLETED'),
      at('/designModule/enrollmentInfo/count', 120 + index),
    ];
    if (isStopped) {
      claims.add(
        'clinical',
        'trial.stopped@1',
        `${trial.externalId} ended before its plan: ${trial.title} (phase 2) was terminated in March 2021; the registry states “Interim analysis: futility (p > 0.9)”, which is read as no efficacy; ${120 + index} people were enrolled.`,
        [
          ...shared,
          at('/statusModule/whyStopped', 'Interim analysis: futility (p > 0.9)'),
          at('/statusModule/completionDateStruct/date', '2021-03'),
        ],
      );
      return;
    }
    claims.add(
      'clinical',
      'trial.listed@1',
      `${trial.externalId}: ${trial.title} (phase 2), completed, started January 2019; ${120 + index} people were enrolled.`,
      [...shared, at('/statusModule/startDateStruct/date', '2019-01')],
    );
  });
}

function addArticles(claims: Claims, articles: ReportEvidence[]): void {
  articles.forEach((article, index) => {
    const { id, snapshotSha256 } = article;
    const quote =
      'Exemplaride reduced the IFN-γ response (≤ 0.5 ng·mL⁻¹; Δ = −12 %, p < 0.001) compared with placebo.';
    claims.add(
      'literature',
      index === 1 ? 'article.retracted@1' : 'article.supports@1',
      index === 1
        ? `“${article.title}” has been retracted; it is shown and counts for nothing.`
        : `“${article.title}” (2021) supports the use in example disease: “${quote}”`,
      [
        {
          evidenceId: id,
          snapshotSha256,
          start: 100,
          end: 160,
          quote: article.title,
          display: article.title,
        },
        {
          evidenceId: id,
          snapshotSha256,
          start: 400,
          end: 400 + quote.length,
          quote,
          display: quote,
        },
      ],
    );
  });
}

function candidate(
  indication: string,
  mesh: string | null,
  label: Candidate['label'],
  sums: { support: Interval; against: Interval },
  evidenceIds: string[],
): Candidate {
  const { support, against } = sums;
  return {
    indication,
    ids: { mesh, efo: mesh ? ['EFO_0000001'] : [] },
    label,
    labelReason: label
      ? 'the evidence lies between 0.17 and 0.52, with G at 0.6 and N at 0.1'
      : 'already approved',
    support,
    against,
    interval: { low: support.low - against.high, high: support.high - against.low },
    terms: [
      {
        name: 'phase 2 trials, studied treatment',
        weight: 0.2,
        value: 1,
        contribution: { low: 0.2, high: 0.2 },
        evidenceIds: evidenceIds.slice(0, 30),
      },
      {
        name: 'trial stopped for lack of efficacy',
        weight: 0.2,
        value: -1,
        contribution: { low: -0.2, high: -0.2 },
        evidenceIds: evidenceIds.slice(0, 1),
      },
      {
        name: 'literature, best level',
        weight: 0.3,
        value: null,
        contribution: { low: 0, high: 0.3 },
        evidenceIds: [],
      },
    ],
    unknown: ['Whether the primary outcome of two completed trials was met.'],
    flips: label
      ? [
          { label: 'Go', change: 'a further phase 3 trial met its primary outcome' },
          { label: 'No-Go', change: 'a further phase 3 trial missed its primary outcome' },
        ]
      : [],
    bestPhase: 'phase 2',
    approved: label === null,
    trials: {
      total: 12,
      studied: 9,
      byStatus: { COMPLETED: 7, TERMINATED: 2 },
      stopped: 2,
      negative: 1,
      withResults: 4,
    },
    articles: { supports: 4, contradicts: 1, unclear: 2 },
    evidenceIds,
  };
}

/** A report with something in each block, of about `records` evidence rows. */
export function sampleReport({ records = 40 }: { records?: number } = {}): Report {
  const compound = record({
    source: 'pubchem',
    kind: 'compound',
    externalId: '424242',
    title: 'Exemplaride',
  });
  const mechanism = record({
    source: 'chembl',
    kind: 'mechanism',
    externalId: 'CHEMBL424242-1',
    title: 'Example receptor β antagonist',
  });
  const label = record({
    source: 'openfda',
    kind: 'label',
    externalId: '00000000-aaaa-bbbb-cccc-000000000000',
    title: 'EXEMPLEX tablet',
  });
  const patent = record({
    source: 'europepmc',
    kind: 'patent',
    externalId: 'EP-0000000-A1',
    title: 'Crystalline forms of exemplaride and 製剤 (結晶形) → tablets',
    isDemo: true,
  });
  const trials = trialRecords(Math.round(records * 0.7));
  const articles = Array.from({ length: Math.max(3, records - trials.length - 4) }, (_, index) =>
    record({
      source: 'pubmed',
      kind: 'article',
      externalId: String(39_000_000 + index),
      title: `Effects of exemplaride on αvβ3 signalling and Ca²⁺ ≥ 2 mmol/L, report ${index + 1}`,
      level: index % 2 ? null : 'L2',
    }),
  );
  const claims = new Claims();
  claims.add(
    'identity',
    'compound.pubchem@1',
    'PubChem describes Exemplaride as small molecule, formula C₉H₈O₄, mass 180.16 Da.',
    [
      value(compound, '/PropertyTable/Properties/0/Title', 'Exemplaride'),
      value(compound, '/PropertyTable/Properties/0/MolecularFormula', 'C9H8O4'),
      value(compound, '/PropertyTable/Properties/0/MolecularWeight', '180.16'),
    ],
  );
  claims.add('candidates', 'candidate.label@1', 'Example disease carries the label Investigate.', [
    value(
      trials[0] as ReportEvidence,
      '/studies/0/protocolSection/conditionsModule/conditions/0',
      'Example disease',
    ),
  ]);
  addTrials(claims, trials);
  claims.add(
    'mechanism',
    'mechanism.recorded@1',
    'Recorded mechanism: Example receptor β antagonist (action: antagonist).',
    [
      value(mechanism, '/mechanisms/0/mechanism_of_action', 'Example receptor β antagonist'),
      value(mechanism, '/mechanisms/0/action_type', 'ANTAGONIST'),
    ],
  );
  claims.add(
    'safety',
    'label.boxed@1',
    'The US label of EXEMPLEX carries a boxed warning: “Example warning: may cause examples.”',
    [
      {
        evidenceId: label.id,
        snapshotSha256: label.snapshotSha256,
        pointer: '/results/0/boxed_warning/0',
        start: 10,
        end: 47,
        quote: 'Example warning: may cause examples.',
      },
    ],
  );
  addArticles(claims, articles);
  claims.add(
    'patents',
    'patent.listed@1',
    `EP-0000000-A1, published March 2021: ${patent.title}.`,
    [value(patent, '/resultList/result/0/title', patent.title)],
  );
  const phrased = claims.add('gaps', 'gap@1', 'Two completed trials have posted no results.', [
    value(trials.at(-1) as ReportEvidence, '/studies/9/hasResults', false),
  ]);
  const words = 'Of the completed trials, two have posted no results.';
  phrased.phrased = { text: words, sha256: hashOf(words), verdict: 'verified' };
  const ids = trials.map(({ id }) => id);
  return seal({
    ...base('Exemplaride'),
    subject: {
      name: 'Exemplaride',
      canonicalSmiles: 'CC(=O)Oc1ccccc1C(=O)O',
      inchiKey: 'AAAAAAAAAAAAAA-BBBBBBBBBB-N',
      matchedBy: 'name',
      xrefs: { chembl: 'CHEMBL424242', pubchem: '424242', unii: 'ABC1234567' },
    },
    decision: {
      label: 'Investigate',
      candidate: 'Example disease',
      reason: 'the evidence lies between 0.17 and 0.52, with G at 0.6 and N at 0.1',
    },
    candidates: [
      candidate(
        'Example disease',
        'D000001',
        'Investigate',
        { support: { low: 0.42, high: 0.72 }, against: { low: 0.2, high: 0.25 } },
        ids,
      ),
      candidate(
        'Example syndrome, severe and long-standing',
        null,
        'No-Go',
        { support: { low: 0.05, high: 0.1 }, against: { low: 0.7, high: 0.7 } },
        ids.slice(0, 3),
      ),
      candidate(
        'Example pain',
        'D000003',
        null,
        { support: { low: 0.9, high: 0.95 }, against: { low: 0, high: 0 } },
        ids.slice(2, 5),
      ),
    ],
    sources: SOURCE_IDS.map((id) => {
      const outcome =
        ({ openfda: 'partial', opentargets: 'failed', europepmc: 'ok' } as const)[id as string] ??
        'ok';
      return {
        id,
        outcome,
        reason:
          outcome === 'ok'
            ? null
            : outcome === 'failed'
              ? 'it answered 503 three times'
              : 'the budget of requests was used up',
        requests: 4,
        records: outcome === 'failed' ? 0 : 12,
        retrievedAt: outcome === 'failed' ? null : '2026-11-22T14:03:00.000Z',
      };
    }),
    evidence: [compound, mechanism, label, patent, ...trials, ...articles],
    claims: claims.list,
    dropped: 1,
    attributions: [
      'ChEMBL, EMBL-EBI, CC BY-SA 3.0.',
      'Courtesy of the U.S. National Library of Medicine.',
    ],
  });
}

export function base(
  name: string,
): Pick<Report, 'schema' | 'job' | 'options' | 'droppedPhrasings' | 'versions'> {
  return {
    schema: REPORT_SCHEMA,
    job: {
      id: '0190aaaa-0000-7000-8000-000000000000',
      kind: 'molecule',
      status: name === 'water' ? 'partial' : 'completed',
      startedAt: '2026-11-22T14:00:00.000Z',
      finishedAt: FINISHED_AT,
    },
    options: { indication: null, sources: [...SOURCE_IDS], maxRequests: 400 },
    droppedPhrasings: 0,
    versions: { app: '0.1.0', weights: '2026-11-22', rdkit: '2026.09.1' },
  };
}

export function seal(draft: ReportDraft): Report {
  const report = {
    ...draft,
    evidence: [...draft.evidence].sort((a, b) => compareText(a.id, b.id)),
    sources: [...draft.sources].sort((a, b) => compareText(a.id, b.id)),
  };
  return { ...report, reportHash: reportHash(report) };
}
