import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';

type Found = { state: 'found'; before: string; quote: string; after: string };
type Missing = { state: 'missing'; quote: string; why: ReactNode };

/**
 * A quote where it stands, marked in its surroundings. One that is not where it should be is said
 * to be missing, and nothing is marked.
 */
export function Quote({ source, ...passage }: { source?: ReactNode } & (Found | Missing)) {
  return (
    <figure>
      {passage.state === 'found' ? (
        <blockquote className="prose border-l border-rule-strong pl-4 whitespace-pre-line text-ink-2">
          <span>
            {passage.before}
            <mark className="border-b-2 border-accent bg-mark text-ink">{passage.quote}</mark>
            {passage.after}
          </span>
        </blockquote>
      ) : (
        <div className="border-l-3 border-bad bg-bad-wash px-3.5 py-2.5">
          <p className="flex items-start gap-2 font-medium">
            <SearchX aria-hidden className="mt-1 size-4 shrink-0 text-bad" />
            This quote is missing from its source
          </p>
          <p className="text-sm">{passage.why}</p>
          <p className="mt-2 text-sm">
            <span className="text-ink-2">Looked for: </span>“{passage.quote}”
          </p>
        </div>
      )}
      {source && <figcaption className="mt-2 text-sm text-ink-2">{source}</figcaption>}
    </figure>
  );
}
