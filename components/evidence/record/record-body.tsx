'use client';

import { Identifier } from '@/components/ui/copy';
import { formatCountOf, formatFigure } from '@/components/ui/format';
import { DefinitionList } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { Time } from '@/components/ui/time';
import type { EvidenceView } from '@/server/evidence/queries';
import { stageWords } from '@/server/evidence/rows';
import { type EvidenceOf, said } from '@/server/evidence/schema';
import { ArticleRecord } from './article';
import { AllFacts, FactList, FactRow, FactsProvider } from './facts';
import { TrialRecord } from './trial';

/** What a scientist asks of the record first, by its kind; then every fact; then where it comes from. */
export function RecordBody({ view }: { view: EvidenceView }) {
  const { evidence, facts } = view;
  const missing = facts.filter((f) => f.surroundings.state === 'missing').length;
  return (
    <FactsProvider facts={facts}>
      <div className="space-y-5">
        {missing > 0 && (
          <Callout
            tone="bad"
            title={`${formatCountOf(missing, 'fact')} ${missing === 1 ? 'is' : 'are'} not where ${missing === 1 ? 'it' : 'they'} should be`}
          >
            The stored copy does not hold them at their place. Nothing is marked for these.
          </Callout>
        )}
        <KindBody view={view} />
        <AllFacts facts={facts} />
        <DefinitionList
          items={[
            {
              term: 'Retrieved',
              value: evidence.retrievedAt ? (
                <Time at={evidence.retrievedAt} absolute />
              ) : (
                'composed for demonstration, not retrieved'
              ),
            },
            { term: 'Licence', value: evidence.licence },
            { term: 'Read by', value: `connector version ${evidence.connectorVersion}` },
            {
              term: 'Stored copy',
              value: (
                <span className="text-xs">
                  <Identifier value={evidence.snapshotSha256} label="SHA-256" />
                </span>
              ),
            },
          ]}
        />
      </div>
    </FactsProvider>
  );
}

function KindBody({ view }: { view: EvidenceView }) {
  const { evidence } = view;
  switch (evidence.kind) {
    case 'trial':
      return <TrialRecord trial={evidence} view={view} />;
    case 'article':
      return <ArticleRecord article={evidence} view={view} />;
    case 'patent':
      return <PatentRecord patent={evidence} />;
    case 'label':
      return <LabelRecord label={evidence} />;
    case 'adverse-event':
      return <AdverseEventRecord event={evidence} />;
    case 'indication':
      return <IndicationRecord indication={evidence} view={view} />;
    default:
      return <PlainRecord view={view} />;
  }
}

function PatentRecord({ patent }: { patent: EvidenceOf<'patent'> }) {
  const { number, publishedOn, applicants, abstract } = patent.facts;
  return (
    <>
      <FactList>
        <FactRow term="Number" value={said(number)} fact="number" />
        <FactRow term="Published" value={said(publishedOn)} fact="publishedOn" />
        {applicants.map((applicant, index) => (
          <FactRow
            key={said(applicant)}
            term={index === 0 ? 'Applicants' : ''}
            value={said(applicant)}
            fact={`applicants.${index}`}
          />
        ))}
      </FactList>
      {abstract && <p className="prose text-base">{said(abstract)}</p>}
      <p className="text-sm text-ink-2">A patent found by its words, not a legal opinion.</p>
    </>
  );
}

function LabelRecord({ label }: { label: EvidenceOf<'label'> }) {
  const { brandName, genericName, manufacturer, effectiveOn, route, boxedWarning, indications } =
    label.facts;
  return (
    <>
      {boxedWarning.length > 0 && (
        <Callout tone="bad" title="Boxed warning">
          {boxedWarning.map((part) => (
            <p key={said(part)} className="whitespace-pre-line">
              {said(part)}
            </p>
          ))}
        </Callout>
      )}
      <FactList>
        <FactRow term="Brand name" value={said(brandName)} fact="brandName" />
        <FactRow term="Generic name" value={said(genericName)} fact="genericName" />
        <FactRow term="Manufacturer" value={said(manufacturer)} fact="manufacturer" />
        <FactRow term="Effective" value={said(effectiveOn)} fact="effectiveOn" />
        {route.map((one, index) => (
          <FactRow
            key={said(one)}
            term={index === 0 ? 'Route' : ''}
            value={said(one).toLowerCase()}
            fact={`route.${index}`}
          />
        ))}
      </FactList>
      {indications.length > 0 && (
        <section>
          <h3 className="mb-1 text-sm">Indications and usage</h3>
          {indications.map((part) => (
            <p key={said(part)} className="max-w-measure text-sm whitespace-pre-line">
              {said(part)}
            </p>
          ))}
        </section>
      )}
    </>
  );
}

function AdverseEventRecord({ event }: { event: EvidenceOf<'adverse-event'> }) {
  const { reaction, a, drugTotal, reactionTotal, total } = event.facts;
  const [both, drug] = [said(a), said(drugTotal)];
  return (
    <>
      <FactList>
        <FactRow term="Reaction" value={said(reaction)} fact="reaction" />
        <FactRow
          term="Reports with drug and reaction"
          value={both}
          fact="a"
          note={
            drug > 0 ? `${formatFigure((100 * both) / drug, 2)} % of reports with the drug` : ''
          }
        />
        <FactRow term="Reports with the drug" value={drug} fact="drugTotal" />
        <FactRow
          term="Reports with the reaction"
          value={said(reactionTotal)}
          fact="reactionTotal"
        />
        <FactRow term="All reports" value={said(total)} fact="total" />
      </FactList>
      <p className="text-sm text-ink-2">
        Reports do not say which drug is the suspect, and they are not incidence.
      </p>
    </>
  );
}

function IndicationRecord({
  indication,
  view,
}: {
  indication: EvidenceOf<'indication'>;
  view: EvidenceView;
}) {
  const { meshId, meshHeading, efoId, efoTerm, maxPhase, references } = indication.facts;
  const stage = stageWords(said<number | string>(maxPhase as never));
  return (
    <FactList>
      <FactRow term="Highest stage" value={stage} fact="maxPhase" />
      <FactRow term="MeSH heading" value={said(meshHeading)} fact="meshHeading" />
      <FactRow term="MeSH descriptor" value={said(meshId)} fact="meshId" />
      <FactRow term="EFO term" value={said(efoTerm)} fact="efoTerm" />
      <FactRow term="EFO id" value={said(efoId)} fact="efoId" />
      <FactRow term="References" value={references.length > 0 ? references.length : null} />
      <FactRow term="Stands for" value={Object.values(view.indications).join(', ') || null} />
    </FactList>
  );
}

/** Kinds with few facts: all of them, as they stand. */
function PlainRecord({ view: { facts } }: { view: EvidenceView }) {
  const first = facts.slice(0, 14);
  return (
    <FactList>
      {first.map((fact) => (
        <FactRow
          key={fact.name}
          term={plainLabel(fact.name)}
          value={fact.surroundings.quote.replace(/^\w+: /, '')}
          fact={fact.name}
        />
      ))}
    </FactList>
  );
}

const PLAIN_WORDS: Record<string, string> = {
  inchiKey: 'InChIKey',
  smiles: 'SMILES',
  massDa: 'Mass, Da',
  maxPhase: 'Highest phase',
  pchembl: 'pChEMBL',
  targetId: 'Target id',
};

function plainLabel(name: string): string {
  const known = PLAIN_WORDS[name];
  if (known) return known;
  const text = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/\.\d+(\.|$)/g, ' ')
    .toLowerCase()
    .trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
