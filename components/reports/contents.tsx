'use client';

import { useEffect, useState } from 'react';
import { cx } from '@/components/ui/cx';

export interface ContentsItem {
  anchor: string;
  number: number | null;
  title: string;
}

/** The blocks of a report; follows what is being read. Folded where there is no margin for it. */
export function Contents({ items }: { items: readonly ContentsItem[] }) {
  const current = useReading(items);
  const list = (
    <ol className="mt-1.5">
      {items.map(({ anchor, number, title }) => (
        <li key={anchor}>
          <a
            href={`#${anchor}`}
            aria-current={anchor === current ? 'location' : undefined}
            className={cx(
              'grid min-h-7 grid-cols-[1.75rem_1fr] border-l-2 py-1 pl-2.5 text-sm hover:text-ink pointer-coarse:min-h-11 pointer-coarse:items-center',
              anchor === current
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-ink-2',
            )}
          >
            <span>{number ?? ''}</span>
            <span>{title}</span>
          </a>
        </li>
      ))}
    </ol>
  );
  return (
    <nav aria-label="Contents of the report" data-screen-only className="lg:h-full">
      <details className="border-y border-rule py-1 lg:hidden">
        <summary className="link inline-block py-1.5 text-sm">Contents</summary>
        {list}
      </details>
      <div className="sticky top-4 max-h-[calc(100dvh-2rem)] overflow-auto max-lg:hidden">
        <p className="text-sm font-medium">Contents</p>
        {list}
      </div>
    </nav>
  );
}

/** The last block whose beginning has passed the upper quarter of the window. */
function useReading(items: readonly ContentsItem[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const anchors = items.map(({ anchor }) => anchor).join(' ');
  useEffect(() => {
    const blocks = anchors.split(' ').flatMap((id) => document.getElementById(id) ?? []);
    const observer = new IntersectionObserver(
      () => {
        const line = window.innerHeight / 4;
        const passed = blocks.filter((block) => block.getBoundingClientRect().top <= line);
        setCurrent(passed.at(-1)?.id ?? null);
      },
      { rootMargin: '0px 0px -75% 0px', threshold: [0] },
    );
    for (const block of blocks) observer.observe(block);
    return () => observer.disconnect();
  }, [anchors]);
  return current;
}
