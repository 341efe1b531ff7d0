import { beforeAll, describe, expect, it } from 'vitest';
import { composeReport, sealReport } from './compose';
import { reportHash } from './hash';
import type { Candidate, Claim, Report } from './schema';
import { answerOf, lookupIn, snapshot, subjectOf, type TestSnapshot } from './testing';
import { ANSWERS, EVIDENCE, LEDGER, SNAPSHOTS, worldInput, worldReport } from './testing-world';
import { Bodies, checkClaim, type SnapshotLookup, verifyReport } from './verify';

const lookup = lookupIn(SNAPSHOTS);
const bodies = new Bodies(lookup);
let report: Report;

beforeAll(() => {
  report = worldReport();
});

const copy = () => structuredClone(report);
const rehashed = (changed: Report): Report => ({ ...changed, reportHash: reportHash(changed) });
const citersOf = (sha256: string) =>
  report.claims
    .filter(({ citations }) => citations.some((c) => c.snapshotSha256 === sha256))
    .map(({ id }) => id);
/** The same number of characters, one of them another. */
const flipped = (text: string, index: number) =>
  `${text.slice(0, index)}${text[index] === 'x' ? 'y' : 'x'}${text.slice(index + 1)}`;

function withFlippedByte(target: TestSnapshot, index: number): SnapshotLookup {
  return (sha256) => {
    const stored = lookup(sha256);
    if (!stored?.bytes || sha256 !== target.sha256) return stored;
    const bytes = Buffer.from(stored.bytes);
    bytes[index] = (bytes[index] as number) ^ 1;
    return { ...stored, bytes };
  };
}

describe('a composed report', () => {
  it('holds, with nothing dropped', () => {
    expect(report.dropped).toBe(0);
    expect(verifyReport(report, lookup)).toEqual({
      ok: true,
      problems: [],
      affected: [],
      unchecked: [],
    });
  });

  it('says what the records say, early ends first', () => {
    const texts = report.claims.map(({ text }) => text);
    expect(texts).toContain('Registered trials that name the molecule: 4.');
    expect(texts).toContain(
      'Stopped trial NCT90000002: Novaril for Gout (phase 2), terminated; the registry states “Lack of efficacy at interim analysis”, read as lack of efficacy; completion date 30 June 2017; 120 enrolled; no results are posted.',
    );
    const clinical = report.claims.filter(({ section }) => section === 'clinical');
    expect(clinical[2]?.text).toMatch(/^Stopped trial NCT90000002/);
    expect(texts.join('\n')).toContain(
      'Nausea was co-reported with the molecule in 20 of 100 reports: PRR 11',
    );
    expect(texts).toContain(
      'Recorded: withdrawal from a market, France, 2009; harm: hepatotoxicity.',
    );
    expect(texts).toContain(
      'WO2099000001, published 2 May 2019: Novaril salts; applicant: Example Ltd.',
    );
  });

  it('is the same whatever order things come in', () => {
    const again = worldReport({
      job: { id: 'k', kind: 'molecule', status: 'completed', startedAt: 'a', finishedAt: 'b' },
      sources: [...LEDGER]
        .reverse()
        .map((source) => ({ ...source, retrievedAt: 'later', requests: 9 })),
      evidence: [...EVIDENCE].reverse(),
      answers: [...ANSWERS].reverse(),
      attributions: ['A', 'B'],
    });
    expect(again.reportHash).toBe(report.reportHash);
    expect(again.claims).toEqual(report.claims);
  });
});

describe('after one byte is changed, the verifier names what is hit', { timeout: 120_000 }, () => {
  it('in a snapshot: the snapshot and every claim that cites it', () => {
    for (const [number, target] of SNAPSHOTS.entries()) {
      const size = Buffer.byteLength(target.text);
      for (const index of [0, Math.floor((size * (number + 1)) / 12), size - 1]) {
        const { ok, affected } = verifyReport(report, withFlippedByte(target, index));
        expect(ok).toBe(false);
        expect(affected).toEqual([
          { snapshotSha256: target.sha256, claimIds: citersOf(target.sha256) },
        ]);
      }
    }
  });

  it('in a claim text: the claim, the snapshots it rests on, and all claims that cite these', () => {
    for (const [index, claim] of report.claims.entries()) {
      const changed = copy();
      const at = (index * 7) % claim.text.length;
      (changed.claims[index] as Claim).text = flipped(claim.text, at);
      const result = verifyReport(changed, lookup);
      expect(result.problems.map(({ claimId }) => claimId)).toContain(claim.id);
      const touched = new Set(claim.citations.map(({ snapshotSha256 }) => snapshotSha256));
      expect(result.affected).toEqual(
        [...touched]
          .sort()
          .map((snapshotSha256) => ({ snapshotSha256, claimIds: citersOf(snapshotSha256) })),
      );
    }
  });

  it('in any character of a text, also when the report is hashed anew', () => {
    for (const claim of report.claims) {
      for (let at = 0; at < claim.text.length; at += isScored(claim) ? 61 : 3) {
        const changed = { ...claim, text: flipped(claim.text, at) };
        expect(checked(changed)).toContain('its text is not what its template and slots say');
      }
    }
  });

  it('in a quote, value, offset, pointer or hash of a citation', () => {
    for (const claim of report.claims) {
      for (const [number, citation] of claim.citations.entries()) {
        if (isScored(claim) && number % 7 !== 0) continue;
        for (const [field, value] of Object.entries(citation)) {
          const changed = structuredClone(claim);
          (changed.citations[number] as unknown as Record<string, unknown>)[field] = altered(value);
          expect(checked(changed).length, `${claim.id} ${field}`).toBeGreaterThan(0);
        }
      }
    }
  });

  it('in a slot, a derivation, a template or a section', () => {
    for (const claim of report.claims) {
      const changes: ((changed: Claim) => void)[] = [
        (changed) => (changed.template = flipped(changed.template, 0)),
        (changed) => (changed.template = flipped(changed.template, changed.template.length - 1)),
        (changed) => (changed.section = 'provenance'),
        (changed) => (changed.slots.more = { derive: 'none@1', from: [] }),
        ...Object.entries(claim.slots)
          .slice(isScored(claim) ? -8 : 0)
          .flatMap(([name, slot]) => [
            (changed: Claim) => delete changed.slots[name],
            (changed: Claim) => {
              changed.slots[name] =
                'citation' in slot
                  ? { citation: slot.citation + 1000 }
                  : { ...slot, derive: flipped(slot.derive, 0) };
            },
          ]),
      ];
      for (const change of changes) {
        const changed = structuredClone(claim);
        change(changed);
        expect(checked(changed).length, `${claim.id} ${change}`).toBeGreaterThan(0);
      }
    }
  });

  it('in a figure of a candidate, the decision or a level', () => {
    const changes: ((changed: Report) => void)[] = [
      ...report.candidates.flatMap((candidate, index) =>
        (Object.keys(candidate) as (keyof Candidate)[]).map((field) => (changed: Report) => {
          const target = changed.candidates[index] as unknown as Record<string, unknown>;
          target[field] = altered(target[field] ?? 'null');
        }),
      ),
      (changed) => (changed.decision.label = 'Investigate'),
      (changed) => (changed.decision.candidate = 'Gout'),
      (changed) => (changed.decision.reason += '.'),
      (changed) => changed.candidates.shift(),
      (changed) => changed.candidates.push(changed.candidates[0] as Candidate),
      (changed) => {
        const graded = changed.evidence.find(({ level }) => level !== null);
        if (graded) graded.level = 'L6';
      },
      (changed) => {
        const source = changed.sources.find(({ id }) => id === 'clinicaltrials');
        if (source) source.outcome = 'failed';
      },
      (changed) => (changed.versions.weights = '0'),
    ];
    for (const change of changes) {
      const changed = copy();
      change(changed);
      expect(verifyReport(rehashed(changed), lookup).ok, String(change)).toBe(false);
    }
  });
});

/** Claims that derive a whole candidate take longer to check: only samples of them are changed. */
function isScored(claim: Claim): boolean {
  return 'scored' in claim.slots;
}

/** What is wrong with one claim, held against the report and the stored bodies. */
function checked(claim: Claim): string[] {
  return checkClaim(claim, report, bodies).problems.map(({ what }) => what);
}

function altered(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return flipped(value, value.length >> 1);
  if (Array.isArray(value)) return [...value, null];
  return { ...(value as object), added: 1 };
}

describe('a forged report fails even when it is hashed anew', () => {
  const find = (changed: Report, template: string) =>
    changed.claims.find((claim) => claim.template === template) as Claim;

  it.each<[string, (changed: Report) => void, RegExp]>([
    [
      'a count that cites one item less',
      (changed) => {
        const claim = find(changed, 'trials.found@1');
        (claim.slots.count as { from: number[] }).from.pop();
      },
      /supports nothing|not what its template/,
    ],
    [
      'a count that cites one item twice',
      (changed) => {
        const claim = find(changed, 'trials.found@1');
        (claim.slots.count as { from: number[] }).from[1] = 0;
      },
      /twice|supports nothing/,
    ],
    [
      'a slot that cites another field, rendered anew',
      (changed) => {
        const claim = find(changed, 'trial.listed@1');
        const sponsor = claim.citations.findIndex(
          (c) => 'pointer' in c && c.pointer.endsWith('/leadSponsor/name'),
        );
        claim.slots.nct = { citation: sponsor };
        claim.text = claim.text.replace(/NCT\d+/, 'Example University');
      },
      /does not cite the field/,
    ],
    [
      'a status counted for another trial',
      (changed) => {
        const claim = find(changed, 'trials.stopped@1');
        const found = find(changed, 'trials.found@1');
        claim.citations[0] = found.citations[1] as Claim['citations'][0];
      },
      /mixes several records/,
    ],
    [
      'evidence under another id',
      (changed) => {
        (changed.evidence[0] as { externalId: string }).externalId += '1';
      },
      /not that of its source and external id/,
    ],
    [
      'evidence left out',
      (changed) => {
        changed.evidence.shift();
      },
      /names evidence that the report does not hold/,
    ],
    ['claims in another order', (changed) => changed.claims.reverse(), /not sorted/],
    [
      'a wording that was not checked',
      (changed) => {
        (changed.claims[0] as Claim).phrased = {
          text: 'It cures.',
          sha256: '0'.repeat(64),
          verdict: 'verified',
        };
      },
      /wording/,
    ],
    [
      'a snapshot that is not there',
      (changed) => {
        for (const citation of (changed.claims[0] as Claim).citations) {
          citation.snapshotSha256 = 'f'.repeat(64);
        }
      },
      /snapshot is missing/,
    ],
  ])('%s', (_, change, what) => {
    const changed = copy();
    change(changed);
    const result = verifyReport(rehashed(changed), lookup);
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => problem.what).join('\n')).toMatch(what);
  });

  it('a hash that is not its own', () => {
    const changed = copy();
    changed.attributions.push('more');
    expect(verifyReport(changed, lookup).problems.map(({ what }) => what)).toEqual([
      'the report hash is not that of the report',
    ]);
  });
});

describe('an absence', () => {
  const EMPTY = snapshot(
    'clinicaltrials',
    'https://clinicaltrials.gov/api/v2/studies?query.intr=novaril',
    {
      totalCount: 0,
      studies: [],
    },
  );
  const others = EVIDENCE.filter(({ kind }) => kind !== 'trial');
  const ledger = (outcome: 'empty' | 'partial') =>
    LEDGER.map((source) =>
      source.id === 'clinicaltrials' ? { ...source, outcome, records: 0 } : source,
    );
  const absent = (outcome: 'empty' | 'partial', ...answers: (typeof ANSWERS)[number][]) =>
    sealReport(
      composeReport(
        worldInput({
          evidence: others,
          sources: ledger(outcome),
          answers: [...ANSWERS.slice(1), ...answers],
        }),
      ),
      lookupIn([...SNAPSHOTS, EMPTY]),
    );
  const saysSo = ({ claims }: Report) =>
    claims.filter(({ template }) => template === 'trials.none@1');

  it('cites the empty total of an answer', () => {
    const report = absent('empty', answerOf(EMPTY));
    expect(saysSo(report).map(({ text }) => text)).toEqual([
      'ClinicalTrials.gov answered that it lists no trial of NOVARIL (total: 0).',
    ]);
    expect(verifyReport(report, lookupIn([...SNAPSHOTS, EMPTY])).ok).toBe(true);
  });

  it('is not claimed of a source that did not answer in full, or without an answer', () => {
    expect(saysSo(absent('partial', answerOf(EMPTY)))).toEqual([]);
    expect(saysSo(absent('empty'))).toEqual([]);
  });

  it('fails once the ledger says that the source did not answer', () => {
    const report = absent('empty', answerOf(EMPTY));
    const changed = { ...report, sources: ledger('partial') };
    const { problems } = verifyReport(rehashed(changed as Report), lookupIn([...SNAPSHOTS, EMPTY]));
    expect(problems.map(({ what }) => what).join('\n')).toMatch(/did not answer in full/);
  });
});

it('says which citations rest on bodies left out for sharing', () => {
  const [first] = SNAPSHOTS;
  const withheld: SnapshotLookup = (sha256) => {
    const stored = lookup(sha256);
    return stored && sha256 === first?.sha256 ? { ...stored, bytes: null } : stored;
  };
  const result = verifyReport(report, withheld);
  expect(result.ok).toBe(true);
  expect(result.unchecked.map(({ claimId }) => claimId)).toEqual(citersOf(first?.sha256 ?? ''));
});

it('drops and counts a claim whose place does not hold, and only that', () => {
  const [first] = SNAPSHOTS as [TestSnapshot];
  const draft = { ...copy(), droppedPhrasings: 0 };
  const claim = draft.claims[0] as Claim;
  (claim.citations[0] as { pointer: string }).pointer = '/nowhere';
  const sealed = sealReport(draft, lookup);
  expect(sealed.dropped).toBe(1);
  expect(sealed.claims.map(({ id }) => id)).toEqual(report.claims.slice(1).map(({ id }) => id));
  expect(verifyReport(sealed, lookup).ok).toBe(true);
  expect(verifyReport(sealed, withFlippedByte(first, 3)).ok).toBe(false);
});

it('with no evidence at all claims nothing', () => {
  const sources = LEDGER.map((source) => ({ ...source, outcome: 'failed' as const, records: 0 }));
  const empty = worldReport({ subject: subjectOf('water'), sources, evidence: [], answers: [] });
  expect(empty.decision).toMatchObject({ label: 'Insufficient evidence', candidate: null });
  expect(empty).toMatchObject({ claims: [], evidence: [], candidates: [], dropped: 0 });
  expect(verifyReport(empty, () => null).ok).toBe(true);
});
