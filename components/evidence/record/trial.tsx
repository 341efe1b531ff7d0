'use client';

import { ExternalLink } from '@/components/ui/link';
import { Callout } from '@/components/ui/states';
import { Badge } from '@/components/ui/status';
import { Table, Td, Th } from '@/components/ui/table';
import type { EvidenceView } from '@/server/evidence/queries';
import { phaseWords } from '@/server/evidence/rows';
import { type EvidenceOf, said } from '@/server/evidence/schema';
import type { TrialUnderstanding } from '@/server/evidence/score/features';
import { stateInWords } from '@/server/evidence/understand/trial-state';
import { ROLE_WORDS } from '../filter';
import { FactList, FactRow } from './facts';

const words = (code: string | null) => code?.toLowerCase().replaceAll('_', ' ') ?? null;

type Trial = EvidenceOf<'trial'>;

/** How it stands and what part the molecule plays first; then arms and outcomes. */
export function TrialRecord({ trial, view }: { trial: Trial; view: EvidenceView }) {
  const { facts } = trial;
  const reading = view.reading?.kind === 'trial' ? view.reading : null;
  const design = designWords(facts);
  const enrolled = said(facts.enrolment);
  const results = said(facts.hasResults);
  return (
    <>
      {facts.whyStopped && (
        <Callout
          tone={isAgainst(reading) ? 'bad' : 'caution'}
          title={`Why it was stopped${reading?.stop ? `: ${STOP_WORDS[reading.stop.class] ?? words(reading.stop.class)}` : ''}`}
        >
          “{said(facts.whyStopped)}”
        </Callout>
      )}
      <FactList>
        <FactRow term="Phase" value={phaseWords(said(facts.phases))} fact="phases" />
        <FactRow
          term="Status"
          value={words(said(facts.status))}
          fact="status"
          note={reading && stateInWords(reading.state)}
        />
        {facts.whyStopped && (
          <FactRow term="Why stopped" value={said(facts.whyStopped)} fact="whyStopped" />
        )}
        <FactRow
          term="The molecule"
          value={reading ? ROLE_WORDS[reading.role] : 'read once every source was asked'}
          note={
            reading &&
            reading.arms.length > 0 &&
            `in ${reading.arms.length === 1 ? 'the arm' : 'the arms'} ${reading.arms.join(', ')}`
          }
        />
        <FactRow
          term="People"
          value={enrolled === null ? null : `${enrolled} ${words(said(facts.enrolmentType)) ?? ''}`}
          fact="enrolment"
        />
        <FactRow term="Design" value={design} fact="allocation" />
        <FactRow
          term="Results posted"
          value={results === null ? null : results ? 'yes' : 'no'}
          fact="hasResults"
        />
        <FactRow term="Began" value={said(facts.startDate)} fact="startDate" />
        <FactRow term="Completion" value={said(facts.completionDate)} fact="completionDate" />
        <FactRow
          term="Sponsor"
          value={said(facts.sponsor)}
          fact="sponsor"
          note={words(said(facts.sponsorClass))}
        />
        {reading && (
          <FactRow term="Evidence level" value={reading.level ?? 'none'} note={reading.levelRule} />
        )}
        {reading && <CountsFor reading={reading} indications={view.indications} />}
      </FactList>
      <Arms trial={trial} reading={reading} />
      <Outcomes trial={trial} reading={reading} />
      {facts.conditions.length > 0 && (
        <FactList title="Conditions">
          {facts.conditions.map((condition, index) => (
            <FactRow
              key={said(condition)}
              term={String(index + 1)}
              value={said(condition)}
              fact={`conditions.${index}`}
            />
          ))}
        </FactList>
      )}
      {facts.references.length > 0 && (
        <FactList title="Articles the registry lists">
          {facts.references.map(({ pmid, type }, index) => (
            <FactRow
              key={said(pmid)}
              term={words(said(type)) ?? 'article'}
              value={
                <ExternalLink href={`https://pubmed.ncbi.nlm.nih.gov/${said(pmid)}/`}>
                  PMID {said(pmid)}
                </ExternalLink>
              }
              fact={`references.${index}.pmid`}
            />
          ))}
        </FactList>
      )}
    </>
  );
}

function designWords({ allocation, masking, primaryPurpose }: Trial['facts']): string | null {
  const [allocated, masked] = [said(allocation), said(masking)];
  const parts = [
    allocated === 'NA' ? 'single arm' : words(allocated),
    masked === 'NONE' ? 'open label' : masked && `${words(masked)} masking`,
    words(said(primaryPurpose)),
  ];
  return parts.filter(Boolean).join(', ') || null;
}

const isAgainst = (reading: TrialUnderstanding | null) =>
  reading?.state === 'stopped-efficacy' || reading?.state === 'stopped-safety';

/** Classes of the published scheme that need other words than their names. */
const STOP_WORDS: Record<string, string> = {
  Negative: 'lack of efficacy',
  Safety_Sideeffects: 'harm',
  Success: 'success',
  Endpoint_Met: 'endpoint met',
  Covid19: 'COVID-19',
  No_Context: 'no reason told',
  Invalid_Reason: 'no reason told',
};

function CountsFor({
  reading,
  indications,
}: {
  reading: TrialUnderstanding;
  indications: Readonly<Record<string, string>>;
}) {
  const names = (keys: readonly string[]) =>
    keys.map((key) => indications[key] ?? key.replace(/^unmapped:/, '')).join(', ');
  const listed = reading.candidates.filter((key) => !reading.countsFor.includes(key));
  return (
    <FactRow
      term="Counts for"
      value={names(reading.countsFor) || 'no candidate'}
      note={listed.length > 0 && `listed without counting under ${names(listed)}`}
    />
  );
}

function Arms({ trial: { facts }, reading }: { trial: Trial; reading: TrialUnderstanding | null }) {
  if (facts.arms.length === 0) return null;
  return (
    <FactList title="Arms">
      {facts.arms.map(({ label, type, interventionNames }, index) => {
        const name = said(label);
        const gives = reading?.arms.includes(name);
        return (
          <FactRow
            key={name}
            term={words(said(type)) ?? 'arm'}
            value={
              <>
                {name} {gives && <Badge tone="accent">gives the molecule</Badge>}
              </>
            }
            fact={`arms.${index}.label`}
            note={interventionNames.map((given) => said(given)).join('; ')}
          />
        );
      })}
    </FactList>
  );
}

const VERDICTS: Record<TrialUnderstanding['primaryOutcome'], string> = {
  met: 'met',
  'not-met': 'not met',
  unclear: 'posted, and what it says is not clear',
  'not-posted': 'no result posted',
};

function Outcomes({
  trial: { facts },
  reading,
}: {
  trial: Trial;
  reading: TrialUnderstanding | null;
}) {
  if (facts.primaryOutcomes.length === 0) return null;
  return (
    <div className="space-y-3">
      <FactList title="Primary outcomes">
        {reading && (
          <FactRow
            term="Read as"
            value={VERDICTS[reading.primaryOutcome]}
            note={reading.nonInferior && 'as non-inferiority'}
          />
        )}
        {facts.primaryOutcomes.map((outcome, index) => (
          <FactRow
            key={said(outcome)}
            term={String(index + 1)}
            value={said(outcome)}
            fact={`primaryOutcomes.${index}`}
          />
        ))}
      </FactList>
      {facts.primaryAnalyses.length > 0 && (
        <Table label="Posted analyses of primary outcomes" stickyFirst={false}>
          <thead>
            <tr>
              <Th>Measure</Th>
              <Th>Estimate</Th>
              <Th numeric>p</Th>
            </tr>
          </thead>
          <tbody>
            {facts.primaryAnalyses.map((analysis, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: analyses have no name of their own
              <tr key={index}>
                <Td rowHead>
                  {said(analysis.measure)}
                  <span className="block font-normal text-ink-2">
                    {analysis.groupTitles.map((group) => said(group)).join(' against ')}
                  </span>
                </Td>
                <Td>{estimateOf(analysis)}</Td>
                <Td numeric>{said(analysis.pValue)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}

function estimateOf(analysis: Trial['facts']['primaryAnalyses'][number]): string | null {
  const [parameter, estimate, low, high] = [
    said(analysis.parameter),
    said(analysis.estimate),
    said(analysis.ciLower),
    said(analysis.ciUpper),
  ];
  if (estimate === null) return parameter;
  const range = low !== null || high !== null ? ` (${low ?? '…'} to ${high ?? '…'})` : '';
  return `${parameter ? `${parameter} ` : ''}${estimate}${range}`;
}
