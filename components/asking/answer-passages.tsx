import type { MouseEvent } from 'react';
import { Disclosure } from '@/components/ui/disclosure';
import { TextLink } from '@/components/ui/link';
import { markedAddress, markOf } from '@/server/asking/marks';
import type { PassageView } from '@/server/asking/schema';
import { byline, byPaper, type NumberedCitation, numberedCitations } from './words';

/** Opens a citation beside the answer; without scripts its link leads to the paper. */
export type OpenCitation = (number: number, marker: HTMLElement) => void;

/** Quoted sentences by paper, joined as they stand there, each with its numbered citations. */
export function AnswerPassages({
  passages,
  openNumber,
  onOpen,
}: {
  passages: readonly PassageView[];
  /** The citation that is shown beside. */
  openNumber: number | null;
  onOpen: OpenCitation;
}) {
  const cited = numberedCitations(passages);
  return (
    <div className="space-y-5">
      {byPaper(passages).map((group) => (
        <PaperGroup
          key={group[0]?.position}
          group={group}
          cited={cited}
          openNumber={openNumber}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

function PaperGroup({
  group,
  cited,
  ...opening
}: {
  group: readonly PassageView[];
  cited: readonly NumberedCitation[];
  openNumber: number | null;
  onOpen: OpenCitation;
}) {
  const paper = group[0]?.paper;
  if (!paper) return null;
  const isPhrased = group.some(({ phrased }) => phrased);
  return (
    <figure>
      <blockquote className="prose border-l border-rule-strong pl-4">
        {group.map((passage) => (
          <span key={passage.position} data-sentence={passage.position}>
            {passage.phrased?.text ?? passage.text}{' '}
            {cited
              .filter((one) => one.passage === passage)
              .map((one) => (
                <Marker key={one.number} {...one} cited={cited} {...opening} />
              ))}{' '}
          </span>
        ))}
      </blockquote>
      <figcaption className="mt-1.5 pl-4 text-sm text-ink-2">
        <TextLink href={`/papers/${paper.id}`}>{paper.title}</TextLink>
        {byline(paper) && <span> · {byline(paper)}</span>}
      </figcaption>
      {isPhrased && (
        <div className="pl-4">
          <Disclosure summary="As it stands in the paper">
            <ul className="space-y-1 text-sm">
              {group.map(({ position, text }) => (
                <li key={position}>“{text}”</li>
              ))}
            </ul>
          </Disclosure>
        </div>
      )}
    </figure>
  );
}

function Marker({
  number,
  citation,
  passage,
  cited,
  openNumber,
  onOpen,
}: NumberedCitation & {
  cited: readonly NumberedCitation[];
  openNumber: number | null;
  onOpen: OpenCitation;
}) {
  const ofPaper = cited.filter((one) => one.passage.paperId === passage.paperId);
  const marks = ofPaper.map((one) => markOf(one.citation));
  const at = ofPaper.findIndex((one) => one.number === number);
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(number, event.currentTarget);
  };
  return (
    <a
      href={markedAddress(passage.paperId, marks, at)}
      onClick={open}
      data-citation={number}
      aria-current={openNumber === number ? 'true' : undefined}
      aria-label={`Citation ${number}: page ${citation.page} of ${passage.paper.title}`}
      className="mx-px inline-flex min-w-5 justify-center rounded-sm border border-control px-1 align-[0.15em] text-xs leading-4 font-medium text-accent no-underline hover:border-accent hover:bg-accent-wash aria-[current]:border-accent aria-[current]:bg-accent aria-[current]:text-on-accent pointer-coarse:min-h-6 pointer-coarse:min-w-6 pointer-coarse:items-center"
    >
      {number}
    </a>
  );
}
