/** Composes what a rendered report shows from report.json. Pure; nothing is read from elsewhere. */
import type { Claim, Report } from '../schema';
import { type BlockDefinition, blocksFor } from './blocks';
import { candidateParts, scoreParts } from './candidates';
import { type Context, isBare, type RenderExtra } from './context';
import { decisionParts } from './decision';
import { EvidenceList } from './evidence-list';
import { identityParts } from './identity';
import { provenanceParts } from './provenance';
import { blockSources, silence } from './sources';
import { instant, slug, visible } from './text';
import type { Block, Part, ReportView, Run, Statement } from './view';

/** Templates that state a retraction; only they turn a banner red. */
const RETRACTION = /retract/i;

/** The numbered evidence that all markers of a report lead to. */
export function evidenceListOf(report: Report): EvidenceList {
  return new EvidenceList(
    report,
    report.claims.filter(({ template }) => RETRACTION.test(template)),
  );
}

/** A claim's anchor in everything rendered. */
export function claimAnchor({ id }: Pick<Claim, 'id'>): string {
  return `claim-${slug(id)}`;
}

/** The claims in reading order. */
export function claimsInOrder(report: Report): Claim[] {
  return blocksFor(report.claims.map(({ section }) => section)).flatMap((block) =>
    report.claims.filter(({ section }) => section === block.id),
  );
}

export function composeView(report: Report, extra: RenderExtra): ReportView {
  const evidence = evidenceListOf(report);
  const context: Context = { report, extra, evidence };
  const subject = visible(report.subject.name);
  return {
    title: `${subject}: Phial report`,
    subject,
    imprint: imprint(report),
    reportHash: report.reportHash,
    appVersion: visible(report.versions.app),
    finishedAt: report.job.finishedAt,
    isDemo: report.evidence.some(({ retrievedAt }) => retrievedAt === null),
    blocks: [
      ...blocksFor(report.claims.map(({ section }) => section))
        .filter((block) => !isBare(report) || isSaidOfNothing(block, report))
        .map((block) => composeBlock(block, context)),
      ...(isBare(report) ? [] : [evidenceBlock(evidence)]),
    ],
  };
}

function isSaidOfNothing({ id }: BlockDefinition, report: Report): boolean {
  return (
    id === 'decision' ||
    id === 'provenance' ||
    (id === 'identity' && report.subject.canonicalSmiles !== null)
  );
}

function imprint(report: Report): ReportView['imprint'] {
  const { finishedAt, status } = report.job;
  return [
    {
      term: 'Finished',
      runs: [`${finishedAt ? instant(finishedAt) : 'not stated'} (job ${visible(status)})`],
    },
    {
      term: 'Version',
      runs: [
        `Phial ${visible(report.versions.app)}, weights ${visible(report.versions.weights)}, RDKit ${visible(report.versions.rdkit)}`,
      ],
    },
    { term: 'Report SHA-256', runs: [{ text: visible(report.reportHash), style: 'code' }] },
  ];
}

function composeBlock(block: BlockDefinition, context: Context): Block {
  const items = context.report.claims
    .filter(({ section }) => section === block.id)
    .map((claim) => statement(claim, context));
  const own = ownParts(block.id, context);
  return {
    anchor: `block-${slug(block.id)}`,
    number: block.number,
    title: visible(block.title),
    parts: [
      ...own,
      ...blockSources(block, context.report),
      ...(items.length > 0 ? [{ kind: 'statements', items } satisfies Part] : []),
      ...(items.length === 0 && own.length === 0 ? [silence(block, context.report)] : []),
    ],
  };
}

function evidenceBlock(evidence: EvidenceList): Block {
  return {
    anchor: 'evidence',
    number: null,
    title: 'Evidence and citations',
    parts: evidence.parts(),
  };
}

function statement(claim: Claim, { evidence }: Context): Statement {
  return {
    anchor: claimAnchor(claim),
    alarm: RETRACTION.test(claim.template) ? 'Retracted: this item counts for nothing.' : null,
    runs: [
      visible(claim.phrased?.text ?? claim.text),
      ...(evidence.isDemo(claim)
        ? ([' ', { text: 'Demo', badge: 'caution' }] satisfies Run[])
        : []),
      ...evidence.marks(claim).flatMap((mark): Run[] => [' ', mark]),
      ...(claim.phrased
        ? ([
            { text: ` Phrased by a model; composed: ${visible(claim.text)}`, style: 'quiet' },
          ] satisfies Run[])
        : []),
    ],
  };
}

function ownParts(id: string, context: Context): Part[] {
  switch (id) {
    case 'decision':
      return decisionParts(context);
    case 'identity':
      return identityParts(context);
    case 'candidates':
      return candidateParts(context.report);
    case 'score':
      return scoreParts(context.report, context.evidence);
    case 'provenance':
      return provenanceParts(context.report);
    default:
      return [];
  }
}
