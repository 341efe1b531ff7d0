import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { LabelMark } from '@/components/candidates/label-mark';
import { Structure } from '@/components/molecules/structure';
import { cx } from '@/components/ui/cx';
import { formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { BalanceBar, IntervalBar } from '@/components/ui/measures';
import { Badge, toneText } from '@/components/ui/status';
import { NotKnown, Table } from '@/components/ui/table';
import type { ComparedMolecule } from '@/server/reports/compare';
import type { Candidate } from '@/server/reports/schema';
import type { CompareCell, CompareRow, CompareSection } from './rows';

/** One table for all sections, so that a molecule keeps its column from top to bottom. */
export function CompareTable({
  molecules,
  sections,
  removeHrefs,
  allHref,
}: {
  molecules: readonly ComparedMolecule[];
  sections: readonly CompareSection[];
  /** The address without each molecule. */
  removeHrefs: readonly string[];
  allHref: string;
}) {
  const scale = Math.max(
    0.5,
    ...molecules.flatMap(({ candidates }) =>
      candidates.flatMap(({ support, against, interval }) => [
        support.high,
        against.high,
        Math.abs(interval.low),
        Math.abs(interval.high),
      ]),
    ),
  );
  return (
    <Table label="Comparison">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">What is compared</span>
          </th>
          {molecules.map(({ jobId, name, isDemo }, index) => (
            <th key={jobId} scope="col" className={WIDTHS[molecules.length]}>
              <span className="flex min-w-44 items-center gap-2">
                <TextLink href={`/runs/${jobId}`} className="text-base font-semibold wrap-anywhere">
                  {name}
                </TextLink>
                {isDemo && <Badge tone="caution">Demo</Badge>}
                <Link
                  href={removeHrefs[index] ?? '/compare'}
                  aria-label={`Take ${name} out`}
                  title={`Take ${name} out`}
                  data-screen-only
                  className="ml-auto grid size-7 shrink-0 place-items-center rounded-sm text-ink-2 hover:bg-wash hover:text-ink pointer-coarse:size-11"
                >
                  <X aria-hidden className="size-4" />
                </Link>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      {sections.map((section) => (
        <tbody key={section.id}>
          <tr>
            <th scope="rowgroup" className="border-t-2! border-t-rule-strong! pt-3!">
              <h2 id={section.id} className="text-base text-ink">
                {section.title}
              </h2>
            </th>
            <td colSpan={molecules.length} className="border-t-2! border-t-rule-strong! pt-3.5!">
              <p className="max-w-measure text-ink-2">{section.note}</p>
            </td>
          </tr>
          {section.rows.map((row) => (
            <Row key={row.key} row={row} scale={scale} />
          ))}
          {section.rows.length === 0 && (
            <Wide columns={molecules.length}>None of them has any recorded.</Wide>
          )}
          {section.left > 0 && (
            <Wide columns={molecules.length}>
              <TextLink href={allHref} scroll={false}>
                Show {formatCountOf(section.left, 'more indication')} that one molecule alone has
              </TextLink>
            </Wide>
          )}
        </tbody>
      ))}
    </Table>
  );
}

/** The same for every molecule, whatever is said of it. */
const WIDTHS: Record<number, string> = { 2: 'w-1/2', 3: 'w-1/3', 4: 'w-1/4' };

function Wide({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <tr>
      <td />
      <td colSpan={columns}>{children}</td>
    </tr>
  );
}

function Row({ row, scale }: { row: CompareRow; scale: number }) {
  return (
    <tr>
      <th scope="row">
        <span className="block w-[min(12rem,30vw)] wrap-anywhere">
          {row.term}
          {row.note && (
            <span className="block font-mono text-xs font-normal text-ink-2">{row.note}</span>
          )}
        </span>
      </th>
      {row.cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are the molecules in their order
        <td key={index}>
          <Cell cell={cell} scale={scale} isDecision={row.key === 'Label'} />
        </td>
      ))}
    </tr>
  );
}

function Cell({
  cell,
  scale,
  isDecision,
}: {
  cell: CompareCell;
  scale: number;
  isDecision: boolean;
}) {
  const { text, href, tone, mono, candidate, smiles } = cell;
  if (smiles !== undefined) {
    return <Structure smiles={smiles} name={text ?? ''} width={200} height={130} />;
  }
  if (candidate) return <CandidateCell candidate={candidate} scale={scale} isShort={isDecision} />;
  if (cell.label !== undefined) return <LabelMark label={cell.label} />;
  if (text === null) return <NotKnown />;
  const words = (
    <span
      className={cx(
        'wrap-anywhere',
        mono && 'font-mono text-xs',
        tone && toneText[tone],
        (text.startsWith('not ') || text === 'none') && !tone && 'text-ink-3',
      )}
    >
      {text}
    </span>
  );
  return href ? <TextLink href={href}>{words}</TextLink> : words;
}

function CandidateCell({
  candidate,
  scale,
  isShort,
}: {
  candidate: Candidate;
  scale: number;
  isShort: boolean;
}) {
  const { label, approved, interval, support, against, bestPhase, trials, articles } = candidate;
  const read = articles.supports + articles.contradicts + articles.unclear;
  return (
    <div className="max-w-80 min-w-48 space-y-1">
      {approved ? <Badge>approved use</Badge> : <LabelMark label={label} />}
      <IntervalBar
        label="Interval"
        low={interval.low}
        high={interval.high}
        min={-scale}
        max={scale}
      />
      {!isShort && (
        <>
          <BalanceBar
            support={support.low}
            supportHigh={support.high}
            against={against.low}
            againstHigh={against.high}
            max={scale}
          />
          <p className="text-ink-2">
            {bestPhase ?? 'no phase stated'}, {formatCountOf(trials.studied, 'trial')}
            {trials.negative > 0 && <span className="text-bad">, {trials.negative} negative</span>}
            {read > 0 && `; articles ${articles.supports} for, ${articles.contradicts} against`}
          </p>
        </>
      )}
    </div>
  );
}
