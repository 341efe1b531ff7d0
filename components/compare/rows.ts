/** What several molecules' reports say, row by row: one composition for the page and for the CSV. Pure. */
import { formatCount, formatCountOf, formatDay, formatFigure } from '@/components/ui/format';
import type { Outcome, SourceId } from '@/server/evidence/schema';
import type { Withdrawal } from '@/server/evidence/score/features';
import {
  stateInWords,
  TRIAL_STATES,
  type TrialState,
} from '@/server/evidence/understand/trial-state';
import type { ComparedMolecule } from '@/server/reports/compare';
import { alignByName, alignCandidates } from '@/server/reports/compare-align';
import { SOURCE_NAMES } from '@/server/reports/csl';
import type { Candidate, Interval, Label } from '@/server/reports/schema';

export interface CompareCell {
  /** Null is not known; never used for "none". */
  text: string | null;
  href?: string;
  /** Must be seen: it speaks against, or is missing. */
  tone?: 'bad' | 'caution';
  mono?: boolean;
  /** Drawn instead of written, where the page can. */
  candidate?: Candidate;
  label?: Label | null;
  /** Only drawn; the text is whose structure it is. */
  smiles?: string | null;
}

export interface CompareRow {
  key: string;
  term: string;
  /** Ids, a source: under the term. */
  note?: string;
  cells: CompareCell[];
}

export interface CompareSection {
  id: string;
  title: string;
  note?: string;
  rows: CompareRow[];
  /** Rows left out for length; `show=all` has them. */
  left: number;
}

/** Candidates of each molecule alone that are shown beside the shared ones. */
const OWN_SHOWN = 8;

export function compareSections(
  molecules: readonly ComparedMolecule[],
  showAll: boolean,
): CompareSection[] {
  return [
    decisionSection(molecules),
    candidateSection(molecules, showAll),
    trialSection(molecules),
    safetySection(molecules),
    pharmacologySection(molecules),
    sourceSection(molecules),
    identitySection(molecules),
  ];
}

const row = (
  molecules: readonly ComparedMolecule[],
  term: string,
  cell: (molecule: ComparedMolecule) => CompareCell,
  more: Partial<CompareRow> = {},
): CompareRow => ({ key: term, term, cells: molecules.map(cell), ...more });

const range = ({ low, high }: Interval) =>
  low === high ? formatFigure(low, 2) : `${formatFigure(low, 2)} to ${formatFigure(high, 2)}`;

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function decisionSection(molecules: readonly ComparedMolecule[]): CompareSection {
  return {
    id: 'decision',
    title: 'Decision',
    left: 0,
    rows: [
      row(molecules, 'Structure', ({ name, subject }) => ({
        text: name,
        smiles: subject.canonicalSmiles,
      })),
      row(molecules, 'Label', ({ decision, candidates }) => ({
        text: decision.label ?? 'no label',
        label: decision.label,
        candidate: candidates.find(({ indication }) => indication === decision.candidate),
      })),
      row(molecules, 'For', ({ decision, jobId }) => ({
        text: decision.candidate ?? 'no candidate',
        href: decision.candidate ? `/runs/${jobId}/candidates` : undefined,
      })),
      row(molecules, 'Because', ({ decision }) => ({ text: sentence(decision.reason) })),
      row(molecules, 'Evidence', ({ evidenceCount, jobId }) => ({
        text: formatCountOf(evidenceCount, 'record'),
        href: `/runs/${jobId}/evidence`,
      })),
      row(molecules, 'Report', ({ jobId, version, finishedAt }) => ({
        text: `version ${version}${finishedAt ? `, ${formatDay(new Date(finishedAt))}` : ''}`,
        href: `/runs/${jobId}/report`,
      })),
    ],
  };
}

function candidateSection(
  molecules: readonly ComparedMolecule[],
  showAll: boolean,
): CompareSection {
  const aligned = alignCandidates(molecules.map(({ candidates }) => candidates));
  const own = molecules.map(() => 0);
  const shown = aligned.filter(({ cells }) => {
    const holders = cells.flatMap((cell, index) => (cell ? [index] : []));
    const [only] = holders;
    if (showAll || holders.length > 1 || only === undefined) return true;
    own[only] = (own[only] ?? 0) + 1;
    return own[only] <= OWN_SHOWN;
  });
  return {
    id: 'candidates',
    title: 'Candidates by indication',
    note: 'What most molecules share comes first. Support and opposition are never netted; all bars share one scale.',
    left: aligned.length - shown.length,
    rows: shown.map(({ key, indication, ids, cells }) => ({
      key,
      term: indication,
      note: [ids.mesh, ...ids.efo].filter(Boolean).join(' · ') || 'unmapped',
      cells: cells.map((candidate, index) =>
        candidate ? candidateCell(candidate) : absentCell(molecules[index]),
      ),
    })),
  };
}

function candidateCell(candidate: Candidate): CompareCell {
  const { label, approved, interval, support, against, bestPhase, trials, articles } = candidate;
  return {
    candidate,
    text: [
      approved ? 'approved use' : (label ?? 'no label'),
      `interval ${range(interval)}`,
      `support ${range(support)}`,
      `against ${range(against)}`,
      `best phase ${bestPhase ?? 'not stated'}`,
      `trials ${trials.studied} of ${trials.total}, ${trials.negative} negative`,
      `articles ${articles.supports} for, ${articles.contradicts} against, ${articles.unclear} unclear`,
    ].join('; '),
  };
}

/** No candidate is not "nothing found" where the registry did not answer. */
function absentCell(molecule: ComparedMolecule | undefined): CompareCell {
  const registry = molecule?.sources.find(({ id }) => id === 'clinicaltrials')?.outcome;
  return registry === 'ok' || registry === 'empty'
    ? { text: 'not among its candidates' }
    : { text: 'not known: the trial registry did not answer in full', tone: 'caution' };
}

const AGAINST: readonly TrialState[] = ['not-met', 'stopped-efficacy', 'stopped-safety'];

function trialSection(molecules: readonly ComparedMolecule[]): CompareSection {
  const count =
    (of: (trials: NonNullable<ComparedMolecule['trials']>) => number, isAgainst = false) =>
    ({ trials }: ComparedMolecule): CompareCell => {
      if (!trials) return { text: null };
      const value = of(trials);
      return { text: formatCount(value), tone: isAgainst && value > 0 ? 'bad' : undefined };
    };
  const phases = [
    ...new Set(molecules.flatMap(({ trials }) => trials?.byPhase.map(({ phase }) => phase) ?? [])),
  ].sort((a, b) => ((b ?? '') < (a ?? '') ? -1 : 1));
  const states = TRIAL_STATES.filter((state) =>
    molecules.some(({ trials }) => trials?.byState[state]),
  );
  return {
    id: 'trials',
    title: 'Trials',
    note: 'Counted are those that give the molecule as the treatment under study, alone or in combination.',
    left: 0,
    rows: [
      row(
        molecules,
        'Registered, naming it',
        count((t) => t.named),
      ),
      row(
        molecules,
        'Studying it',
        count((t) => t.studied),
      ),
      ...phases.map((phase) =>
        row(
          molecules,
          phase ?? 'No phase stated',
          count((t) => t.byPhase.find((entry) => entry.phase === phase)?.count ?? 0),
          { key: `phase ${phase}` },
        ),
      ),
      ...states.map((state) =>
        row(
          molecules,
          sentence(stateInWords(state)),
          count((t) => t.byState[state] ?? 0, AGAINST.includes(state)),
          { key: state },
        ),
      ),
    ],
  };
}

const WITHDRAWALS: Record<Withdrawal['kind'], string> = {
  none: 'no withdrawal recorded',
  full: 'withdrawn for safety, no approval recorded today',
  partial: 'withdrawn for safety somewhere or once',
  unexplained: 'withdrawn, the reason is not stated',
  unsure: 'withdrawn for safety; whether it is approved today is not known',
};

function safetySection(molecules: readonly ComparedMolecule[]): CompareSection {
  const answered = ({ sources }: ComparedMolecule, id: SourceId) => {
    const outcome = sources.find((source) => source.id === id)?.outcome;
    return outcome === 'ok' || outcome === 'empty' || outcome === 'partial';
  };
  return {
    id: 'safety',
    title: 'Safety',
    note: 'Reports of reactions do not say which drug is the suspect, and they are not incidence.',
    left: 0,
    rows: [
      row(molecules, 'Boxed warning', (molecule) => {
        const { boxed, labels } = molecule.safety;
        if (boxed.length > 0) {
          const products = [...new Set(boxed.map(({ product }) => product))].join(', ');
          return { text: `on ${boxed.length} of ${labels} labels: ${products}`, tone: 'bad' };
        }
        if (labels > 0) return { text: `on none of ${labels} labels` };
        return answered(molecule, 'openfda') ? { text: 'no label found' } : { text: null };
      }),
      row(molecules, 'Withdrawal', ({ safety: { withdrawal } }) => ({
        text: withdrawal && WITHDRAWALS[withdrawal],
        tone: withdrawal && withdrawal !== 'none' ? 'bad' : undefined,
      })),
      row(molecules, 'Warnings recorded', (molecule) => {
        const { warnings } = molecule.safety;
        if (warnings.length > 0) {
          return { text: warnings.map(({ words }) => words).join('; '), tone: 'bad' };
        }
        return answered(molecule, 'chembl') ? { text: 'none' } : { text: null };
      }),
      row(molecules, 'Most co-reported', (molecule) => {
        const { reactions } = molecule.safety;
        if (reactions.length > 0) {
          return {
            text: reactions
              .map(({ reaction, count }) => `${reaction} (${formatCount(count)})`)
              .join(', '),
            href: `/runs/${molecule.jobId}/evidence?kind=adverse-event`,
          };
        }
        return answered(molecule, 'openfda') ? { text: 'none' } : { text: null };
      }),
    ],
  };
}

function pharmacologySection(molecules: readonly ComparedMolecule[]): CompareSection {
  const targets = alignByName(
    molecules.map((molecule) => molecule.targets),
    ({ symbol }) => symbol,
  );
  const mechanisms = alignByName(
    molecules.map((molecule) => molecule.mechanisms),
    ({ mechanism }) => mechanism,
  );
  const hrefOf = (column: number, evidenceId: string) =>
    `/runs/${molecules[column]?.jobId}/evidence?record=${evidenceId}`;
  return {
    id: 'pharmacology',
    title: 'Mechanisms and targets',
    note: 'What most molecules share comes first.',
    left: 0,
    rows: [
      ...mechanisms.map(({ name, cells }) => ({
        key: `mechanism ${name}`,
        term: name,
        note: 'mechanism',
        cells: cells.map(
          ([first], column): CompareCell =>
            first
              ? {
                  text: first.action?.toLowerCase() ?? 'yes',
                  href: hrefOf(column, first.evidenceId),
                }
              : { text: 'not recorded' },
        ),
      })),
      ...targets.map(({ name, cells }) => ({
        key: `target ${name}`,
        term: name,
        note: 'target',
        cells: cells.map(
          ([first], column): CompareCell =>
            first
              ? { text: 'yes', href: hrefOf(column, first.evidenceId) }
              : { text: 'not recorded' },
        ),
      })),
    ],
  };
}

const OUTCOMES: Record<Outcome, string> = {
  ok: 'answered',
  empty: 'answered: nothing found',
  partial: 'answered in part',
  failed: 'failed',
  'not-searched': 'not searched',
};

function sourceSection(molecules: readonly ComparedMolecule[]): CompareSection {
  const ids = [...new Set(molecules.flatMap(({ sources }) => sources.map(({ id }) => id)))];
  return {
    id: 'sources',
    title: 'Sources',
    note: 'A failure is not “nothing found”.',
    left: 0,
    rows: ids.map((id) =>
      row(
        molecules,
        SOURCE_NAMES[id],
        ({ sources }) => {
          const source = sources.find((known) => known.id === id);
          if (!source) return { text: 'not asked' };
          const { outcome, reason, records } = source;
          const isShort = outcome !== 'ok' && outcome !== 'empty';
          return {
            text: [
              outcome === 'ok' || outcome === 'partial'
                ? `${OUTCOMES[outcome]}, ${formatCountOf(records, 'record')}`
                : OUTCOMES[outcome],
              reason && `(${reason})`,
            ]
              .filter(Boolean)
              .join(' '),
            tone: outcome === 'failed' ? 'bad' : isShort ? 'caution' : undefined,
          };
        },
        { key: id },
      ),
    ),
  };
}

function identitySection(molecules: readonly ComparedMolecule[]): CompareSection {
  return {
    id: 'identity',
    title: 'Identity',
    left: 0,
    rows: [
      row(molecules, 'Formula', ({ formula }) => ({ text: formula })),
      row(molecules, 'Mass, Da', ({ massDa }) => ({
        text: massDa === null ? null : formatFigure(massDa, 2),
      })),
      row(molecules, 'InChIKey', ({ subject }) => ({ text: subject.inchiKey, mono: true })),
      row(molecules, 'SMILES', ({ subject }) => ({ text: subject.canonicalSmiles, mono: true })),
      ...[...new Set(molecules.flatMap(({ subject }) => Object.keys(subject.xrefs)))]
        .sort()
        .map((xref) =>
          row(
            molecules,
            XREFS[xref] ?? xref,
            ({ subject }) => ({ text: subject.xrefs[xref] ?? null, mono: true }),
            { key: xref },
          ),
        ),
      row(molecules, 'Report SHA-256', ({ reportHash }) => ({ text: reportHash, mono: true })),
    ],
  };
}

const XREFS: Record<string, string> = { pubchem: 'PubChem CID', chembl: 'ChEMBL', unii: 'UNII' };
