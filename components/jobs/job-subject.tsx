'use client';

import { NoStructure, Structure } from '@/components/molecules/structure';
import { Code } from '@/components/ui/code';
import { CopyButton, Identifier } from '@/components/ui/copy';
import { formatCount, formatDuration } from '@/components/ui/format';
import { DefinitionList, Section } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { Time } from '@/components/ui/time';
import { isTerminal } from '@/server/jobs/schema';
import { useJob } from './job-context';
import { fileLabel, fileNames, fileUrl } from './report-files';
import { MATCHED_BY, sourceName } from './words';

const WIDTH = 360;
const HEIGHT = 240;

/** Which compound the job is about, and how that was found. */
export function JobSubject() {
  const { job, awaitsView } = useJob();
  const { subject } = job;
  // Just identified: what is not there yet must not read as not known.
  const isUnread = awaitsView && !subject?.canonicalSmiles;
  return (
    <Section title="Compound">
      {subject && !isUnread ? (
        <Structure
          smiles={subject.canonicalSmiles}
          name={subject.name}
          formula={subject.formula}
          width={WIDTH}
          height={HEIGHT}
        />
      ) : (
        <NoStructure width={WIDTH} height={HEIGHT}>
          {isTerminal(job.status) && !subject ? 'Not identified' : 'Drawn once it is identified'}
        </NoStructure>
      )}
      <div className="mt-4 space-y-4">
        {subject?.limits.map((limit) => (
          <Callout key={limit} tone="caution" title={limit} />
        ))}
        <DefinitionList
          items={[
            {
              term: 'Typed',
              value: <span className="font-mono text-xs">{short(job.input)}</span>,
            },
            ...(subject
              ? [
                  { term: 'Matched', value: MATCHED_BY[subject.matchedBy] },
                  {
                    term: 'InChIKey',
                    value: subject.inchiKey && (
                      <Identifier value={subject.inchiKey} label="InChIKey" />
                    ),
                  },
                ]
              : []),
            ...(subject && !isUnread
              ? [
                  {
                    term: 'SMILES',
                    value: subject.canonicalSmiles && <Smiles value={subject.canonicalSmiles} />,
                  },
                  { term: 'Formula', value: subject.formula },
                  { term: 'Mass', value: subject.massDa && `${subject.massDa} Da` },
                  ...Object.entries(subject.xrefs).map(([source, id]) => ({
                    term: XREFS[source]?.name ?? source,
                    value: (
                      <Identifier value={id} label={`${source} id`} href={XREFS[source]?.url(id)} />
                    ),
                  })),
                ]
              : []),
          ]}
        />
      </div>
    </Section>
  );
}

const SHOWN_CHARACTERS = 120;

const short = (text: string) =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;

/** Copied whole, also where only its beginning is shown. */
function Smiles({ value }: { value: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5">
      <Code className="min-w-0">{short(value)}</Code>
      <CopyButton value={value} label="SMILES" />
    </span>
  );
}

const XREFS: Record<string, { name: string; url: (id: string) => string }> = {
  pubchem: {
    name: 'PubChem',
    url: (id) => `https://pubchem.ncbi.nlm.nih.gov/compound/${encodeURIComponent(id)}`,
  },
  chembl: {
    name: 'ChEMBL',
    url: (id) => `https://www.ebi.ac.uk/chembl/explore/compound/${encodeURIComponent(id)}`,
  },
  unii: {
    name: 'UNII',
    url: (id) => `https://precision.fda.gov/uniisearch/srs/unii/${encodeURIComponent(id)}`,
  },
};

/** What was asked for besides the compound. */
export function JobOptions() {
  const { job, sourceNames } = useJob();
  const { indication, sources, maxRequests, maxSeconds } = job.options;
  return (
    <Section title="Options">
      <DefinitionList
        items={[
          { term: 'Indication', value: indication ?? 'the best-supported candidate' },
          {
            term: 'Sources',
            value: sources.map((id) => sourceName(id, sourceNames)).join(', '),
          },
          {
            term: 'Budget',
            value: `${formatCount(maxRequests)} requests, ${formatDuration(maxSeconds * 1_000)}`,
          },
          {
            term: 'Answers from',
            value: job.demo
              ? 'a bundle composed for demonstration'
              : job.pinned
                ? 'a stored bundle'
                : 'the live sources',
          },
          { term: 'Submitted', value: <Time at={job.createdAt} absolute /> },
        ]}
      />
    </Section>
  );
}

/** Every version of the report with its files. */
export function JobReports() {
  const { job } = useJob();
  if (job.reports.length === 0) return null;
  return (
    <Section
      id="versions"
      title={job.reports.length === 1 ? 'Report' : 'Versions of the report'}
      note="Each is kept as it was. Equal hashes mean equal content."
    >
      <ul>
        {job.reports.map((report) => (
          <li key={report.id} className="border-b border-rule py-2 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">Version {report.version}</span>
              <span className="text-ink-2">
                <Time at={report.createdAt} />
              </span>
            </div>
            <Identifier value={report.reportHash} label="report hash" />
            <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
              {fileNames(report.files).map((name) => (
                <a
                  key={name}
                  href={fileUrl(job.id, name, report.version)}
                  download
                  title={fileLabel(name)}
                  className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11"
                >
                  {name}
                </a>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
