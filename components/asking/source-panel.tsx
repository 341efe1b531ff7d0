'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Viewer } from '@/components/papers/viewer';
import { useTRPC } from '@/components/trpc';
import { Button, IconButton } from '@/components/ui/button';
import { useKeys } from '@/components/ui/keys';
import { TextLink } from '@/components/ui/link';
import { ErrorState } from '@/components/ui/states';
import { markedAddress, markOf } from '@/server/asking/marks';
import { byline, type NumberedCitation } from './words';

/**
 * A citation's page beside the answer. n and p lead through all citations of the answer, from paper to
 * paper.
 */
export function SourcePanel({
  cited,
  number,
  page,
  onNumber,
  onPage,
  onClose,
}: {
  cited: readonly NumberedCitation[];
  /** The citation that is looked at. */
  number: number;
  /** Where the reader turned to; null is the citation's own page. */
  page: number | null;
  onNumber: (number: number) => void;
  onPage: (page: number) => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = cited.find((one) => one.number === number);
  const ofPaper = cited.filter((one) => one.passage.paperId === shown?.passage.paperId);
  const marks = ofPaper.map((one) => markOf(one.citation));
  const paperId = shown?.passage.paperId ?? '';
  const located = useQuery(
    trpc.asking.locate.queryOptions({ paperId, marks }, { enabled: shown !== undefined }),
  );
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useKeys('Paper', [{ keys: 'Escape', label: 'Close the paper', run: onClose }]);
  if (!shown) return null;
  const { citation, passage } = shown;
  const at = cited.indexOf(shown);
  const step = (by: 1 | -1) => {
    const next = cited[at + by];
    return next ? () => onNumber(next.number) : null;
  };
  const current = ofPaper.indexOf(shown);
  return (
    <aside
      aria-label="Source"
      className="fixed inset-0 z-40 flex flex-col gap-3 overflow-auto bg-paper p-3 lg:sticky lg:inset-auto lg:top-4 lg:z-auto lg:h-[calc(100dvh-2rem)] lg:p-0"
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
            <TextLink href={markedAddress(passage.paperId, marks, current)}>
              {passage.paper.title}
            </TextLink>
          </h2>
          <p className="text-sm text-ink-2">
            Citation {number}, page {citation.page}
            {byline(passage.paper) && ` · ${byline(passage.paper)}`}
          </p>
        </div>
        <IconButton label="Close the paper" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <p className="max-h-24 overflow-auto border-l border-rule-strong pl-3 text-sm" data-quote>
        “{citation.quote}”
      </p>
      {located.error ? (
        <ErrorState
          title="This paper cannot be opened"
          reason={located.error.message}
          whatToDo="It may have been deleted since; look into the bin of the library."
          actions={<Button onClick={() => void located.refetch()}>Try again</Button>}
        />
      ) : (
        <Viewer
          key={passage.paperId}
          paperId={passage.paperId}
          page={page ?? citation.page}
          onPage={onPage}
          marks={(located.data ?? []).map((one, index) =>
            one.state === 'found' && one.quote !== ofPaper[index]?.citation.quote
              ? { mark: one.mark, state: 'missing', why: 'Other words stand at this place now.' }
              : one,
          )}
          current={located.data ? current : null}
          steps={{ at: at + 1, of: cited.length, previous: step(-1), next: step(1) }}
        />
      )}
    </aside>
  );
}
