/** Reports at the edges, for tests of rendering: nothing known, and sources that mean harm. */
import { SOURCE_IDS } from '@/server/evidence/schema';
import type { Report, ReportEvidence } from '../schema';
import { base, sampleReport, seal } from './sample';

/** A name of which nothing is known, with every source down. */
export function emptyReport(): Report {
  return seal({
    ...base('water'),
    subject: {
      name: 'water',
      canonicalSmiles: null,
      inchiKey: null,
      matchedBy: 'name-only',
      xrefs: {},
    },
    decision: {
      label: 'Insufficient evidence',
      candidate: null,
      reason: 'ClinicalTrials.gov could not be asked',
    },
    candidates: [],
    sources: SOURCE_IDS.map((id) => ({
      id,
      outcome: 'failed',
      reason: 'the connection was refused',
      requests: 3,
      records: 0,
      retrievedAt: null,
    })),
    evidence: [],
    claims: [],
    dropped: 0,
    attributions: [],
  });
}

export const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202Egnp.exe\u202C\u0000\u0007'&amp;`;

/** Markup, control characters and foreign schemes wherever a source's text can stand. */
export function hostileReport(): Report {
  const report = sampleReport({ records: 12 });
  const hostile = <T>(json: T): T =>
    JSON.parse(JSON.stringify(json), (key, inner) =>
      typeof inner === 'string' && HOSTILE_FIELDS.has(key) ? HOSTILE : inner,
    ) as T;
  const claims = hostile(report.claims);
  const [first, second] = report.evidence as [ReportEvidence, ReportEvidence];
  const evidence = hostile(report.evidence).map((item) => {
    if (item.id === first.id) return { ...item, url: 'javascript:alert(3)' };
    if (item.id === second.id) return { ...item, url: `https://example.org/"><script>x</script>` };
    return item;
  });
  return seal({
    ...report,
    ...hostile({
      subject: { ...report.subject, xrefs: { [HOSTILE]: HOSTILE } },
      decision: report.decision,
      candidates: report.candidates,
      sources: report.sources,
      attributions: [HOSTILE],
    }),
    claims: claims.map((claim, index) => (index === 0 ? { ...claim, section: HOSTILE } : claim)),
    evidence,
  });
}

const HOSTILE_FIELDS = new Set([
  'name',
  'title',
  'text',
  'value',
  'quote',
  'display',
  'pointer',
  'reason',
  'licence',
  'externalId',
  'indication',
  'candidate',
  'labelReason',
  'change',
  'canonicalSmiles',
  'inchiKey',
  'publishedOn',
]);
