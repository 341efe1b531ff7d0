'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './button';
import { Code } from './code';
import { ExternalLink } from './link';

const confirmMs = 2000;

/** Copies a text and says that it did. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), confirmMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const Icon = outcome === 'copied' ? Check : Copy;
  const said = { copied: 'Copied', refused: 'Copying was refused: select the text instead' };
  return (
    <>
      <IconButton
        label={`Copy ${label}`}
        size="sm"
        className="-my-1.5"
        onClick={async () => setOutcome((await copyText(value)) ? 'copied' : 'refused')}
      >
        <Icon aria-hidden className="size-3.5" />
      </IconButton>
      <span role="status" className={outcome === 'refused' ? 'text-xs text-bad' : 'sr-only'}>
        {outcome && said[outcome]}
      </span>
    </>
  );
}

/** The clipboard needs https or localhost; a plain-http address in a laboratory network has none. */
async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}

/** An identifier of the field in the monospaced face, to be copied, and followed where it leads. */
export function Identifier({
  value,
  label,
  href,
}: {
  value: string;
  /** What it is, for the copy button's name: "InChIKey". */
  label: string;
  href?: string;
}) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5">
      {href ? (
        <ExternalLink href={href} className="min-w-0 font-mono text-[0.95em] wrap-anywhere">
          {value}
        </ExternalLink>
      ) : (
        <Code className="min-w-0">{value}</Code>
      )}
      <CopyButton value={value} label={label} />
    </span>
  );
}
