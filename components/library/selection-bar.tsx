'use client';

import { Download } from 'lucide-react';
import { useActionState, useEffect, useRef } from 'react';
import { useTRPCClient } from '@/components/trpc';
import { Button, ButtonLink } from '@/components/ui/button';
import { formatCountOf } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { SubmitButton } from '@/components/ui/submit-button';
import { useToast } from '@/components/ui/toast';
import type { FormAction } from '@/components/ui/use-form-action';
import type { PaperSummary } from '@/server/papers';
import { EXPORT_FORMATS, type ExportFormat } from '@/server/papers/schema';
import type { LibraryQuery } from './query';

export const SELECTION_FORM = 'selection';

const FORMAT_WORDS: Record<ExportFormat, string> = {
  bibtex: 'BibTeX',
  ris: 'RIS',
  'csl-json': 'CSL-JSON',
  csv: 'CSV',
};

/**
 * What can be done with the chosen papers. One form, whose boxes stand in the table; each button says
 * by its value what to do, so that it works before scripts have loaded too.
 */
export function SelectionBar({
  papers,
  selected,
  set,
  clear,
  query,
  mayWrite,
  change,
  onChanged,
}: {
  papers: PaperSummary[];
  selected: ReadonlySet<string>;
  set: (ids: readonly string[], on: boolean) => void;
  clear: () => void;
  query: LibraryQuery;
  mayWrite: boolean;
  change: FormAction;
  onChanged: () => void;
}) {
  const submit = useChange(change, clear, onChanged);
  const shown = papers.map(({ id }) => id);
  const elsewhere = [...selected].filter((id) => !shown.includes(id));
  const all = shown.length > 0 && shown.every((id) => selected.has(id));
  return (
    <form
      id={SELECTION_FORM}
      action={submit}
      aria-label="Chosen papers"
      className="mb-3 flex min-h-9 flex-wrap items-center gap-2 text-sm"
    >
      {elsewhere.map((id) => (
        <input key={id} type="hidden" name="paper" value={id} />
      ))}
      <Button size="sm" look="quiet" onClick={() => set(shown, !all)}>
        {all ? 'Choose none here' : 'Choose all here'}
      </Button>
      <p role="status" className="mr-2 text-ink-2">
        {selected.size === 0 ? 'None chosen' : `${formatCountOf(selected.size, 'paper')} chosen`}
      </p>
      {mayWrite && (query.bin ? <BinActions /> : <LibraryActions />)}
      <ExportMenu ids={[...selected]} />
      {selected.size > 0 && !query.bin && (
        <ButtonLink size="sm" href={`/ask?${[...selected].map((id) => `paper=${id}`).join('&')}`}>
          Ask these
        </ButtonLink>
      )}
      {selected.size > 0 && (
        <Button size="sm" look="quiet" onClick={clear}>
          Clear
        </Button>
      )}
    </form>
  );
}

function LibraryActions() {
  return (
    <>
      <input
        name="tag"
        aria-label="Tag"
        placeholder="Tag"
        maxLength={60}
        autoComplete="off"
        className="min-h-7 w-28 rounded-sm border border-control bg-surface px-2 text-sm pointer-coarse:min-h-11"
      />
      <Act value="tag">Add tag</Act>
      <Act value="untag">Take tag off</Act>
      <Act value="read-again">Read again</Act>
      <Act value="remove" look="danger">
        Delete
      </Act>
    </>
  );
}

function BinActions() {
  return (
    <>
      <Act value="restore">Restore</Act>
      <Act value="purge" look="danger">
        Remove for good
      </Act>
    </>
  );
}

function Act({
  value,
  look = 'plain',
  children,
}: {
  value: string;
  look?: 'plain' | 'danger';
  children: string;
}) {
  return (
    <SubmitButton size="sm" look={look} name="do" value={value}>
      {children}
    </SubmitButton>
  );
}

function ExportMenu({ ids }: { ids: string[] }) {
  if (ids.length === 0) return null;
  return (
    <Menu label="Export" size="sm" icon={<Download aria-hidden className="size-3.5" />}>
      {EXPORT_FORMATS.map((format) => (
        <MenuItem
          key={format}
          href={`/papers/export?format=${format}&ids=${ids.join(',')}`}
          download
        >
          {FORMAT_WORDS[format]}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** The action of the form, told when done; what was deleted can be taken back. */
function useChange(change: FormAction, clear: () => void, onChanged: () => void) {
  const client = useTRPCClient();
  const toast = useToast();
  const [state, submit] = useActionState(change, null);
  const after = useRef({ clear, onChanged });
  useEffect(() => {
    after.current = { clear, onChanged };
  });
  useEffect(() => {
    if (!state) return;
    const { done, removed } = state.values;
    const paperIds = removed ? removed.split(' ') : [];
    if (state.message) {
      toast({ title: state.message, tone: 'bad' });
      return;
    }
    after.current.clear();
    after.current.onChanged();
    toast({
      title: done ?? 'Done',
      undo:
        paperIds.length > 0
          ? () => {
              client.papers.restore.mutate({ paperIds }).then(
                () => after.current.onChanged(),
                () => toast({ title: 'They could not be restored; look in the bin.', tone: 'bad' }),
              );
            }
          : undefined,
    });
  }, [state, toast, client]);
  return submit;
}
