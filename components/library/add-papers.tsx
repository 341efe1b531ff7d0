'use client';

import { FileUp } from 'lucide-react';
import { type DragEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { TextareaField } from '@/components/ui/field';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { UploadList } from './upload-list';
import { useUploads } from './uploads';
import { useIdentifierForm } from './use-identifier-form';

/**
 * Files by drag and drop or picker, DOIs and arXiv ids by paste. Without scripts both are plain forms.
 */
export function AddPapers({
  addIdentifiers,
  onAdded,
}: {
  addIdentifiers: FormAction;
  onAdded: () => void;
}) {
  const { uploads, add, clear } = useUploads(onAdded);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { state, submit } = useIdentifierForm(addIdentifiers, onAdded);
  const take = (input: HTMLInputElement) => {
    void add([...(input.files ?? [])]);
    input.value = '';
  };
  // Files that were chosen before the scripts had loaded are in the field already.
  const takeEarly = useEffectEvent(() => picker.current?.files?.length && take(picker.current));
  useEffect(() => void takeEarly(), []);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOf(event.dataTransfer).then(add);
  };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <form
        action="/api/papers/uploads"
        method="post"
        encType="multipart/form-data"
        aria-label="Add files"
        onSubmit={(event) => {
          event.preventDefault();
          picker.current?.click();
        }}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
        className={cx(
          'flex flex-col items-start justify-center gap-3 rounded-md border-2 border-dashed p-5',
          over ? 'border-accent bg-accent-wash' : 'border-control bg-surface',
        )}
      >
        <p className="flex items-center gap-2 font-medium">
          <FileUp aria-hidden className="size-5 text-ink-2" />
          Drop PDFs here, also whole folders
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <label className="text-sm">
            <span className="sr-only">PDF files</span>
            <input
              ref={picker}
              type="file"
              name="files"
              multiple
              accept="application/pdf,.pdf"
              onChange={(event) => take(event.target)}
              className="max-w-full text-sm file:mr-3 file:min-h-9 file:rounded-sm file:border file:border-control file:bg-surface file:px-3.5 file:text-base file:font-medium hover:file:bg-sunken"
            />
          </label>
          <Button type="submit">Add files</Button>
        </div>
        <p className="text-sm text-ink-2">Up to 100 MB and 2,000 pages each, 500 at a time.</p>
      </form>
      <form action={submit} aria-label="Add by DOI or arXiv id" className="space-y-3">
        <TextareaField
          key={state ? JSON.stringify(state.values) : 'empty'}
          label="DOIs and arXiv ids"
          hint="One a line, or parted by blanks. The PDF is fetched where it is openly there."
          name="identifiers"
          rows={3}
          mono
          spellCheck={false}
          defaultValue={state?.values.identifiers ?? ''}
          placeholder={'10.1371/journal.pone.0000217\narXiv:2106.01345'}
          error={state?.message}
        />
        <SubmitButton look="plain" pendingLabel="Adding …">
          Add papers
        </SubmitButton>
      </form>
      <UploadList uploads={uploads} clear={clear} className="lg:col-span-2" />
    </div>
  );
}

/** Files of a drop, those inside of folders too. */
async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])));
  // A folder brings along much else; a file that is dropped by itself is meant.
  return found.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return /\.pdf$/i.test(file.name) ? [file] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: File[] = [];
  // A reader gives at most a hundred entries at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return inside;
    for (const one of some) inside.push(...(await filesIn(one)));
  }
}
