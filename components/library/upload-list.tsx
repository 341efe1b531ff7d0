import { Button } from '@/components/ui/button';
import { formatBytes, formatCountOf } from '@/components/ui/format';
import { TextLink } from '@/components/ui/link';
import { Progress } from '@/components/ui/measures';
import { type State, StatusMark } from '@/components/ui/status';
import { isUnderWay, type Upload } from './uploads';
import { duplicateSentence } from './words';

const LOOK: Record<Upload['state'], { state: State; word: string }> = {
  waiting: { state: 'waiting', word: 'Waiting' },
  sending: { state: 'active', word: 'Sending' },
  added: { state: 'done', word: 'Added' },
  known: { state: 'partial', word: 'Not added again' },
  refused: { state: 'failed', word: 'Refused' },
  lost: { state: 'failed', word: 'Not sent' },
};

/** What becomes of the files that were dropped, each with its reason. */
export function UploadList({
  uploads,
  clear,
  className,
}: {
  uploads: Upload[];
  clear: () => void;
  className?: string;
}) {
  if (uploads.length === 0) return null;
  const under = uploads.filter(isUnderWay).length;
  const count = (...states: Upload['state'][]) =>
    uploads.filter(({ state }) => states.includes(state)).length;
  const parts = [
    under > 0 && `${formatCountOf(under, 'file')} on the way`,
    `${count('added')} added`,
    count('known') > 0 && `${count('known')} here already`,
    count('refused', 'lost') > 0 && `${count('refused', 'lost')} not taken`,
  ];
  return (
    <section aria-label="Files on their way in" className={className}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-3 text-sm">
        <p role="status" className="font-medium">
          {parts.filter(Boolean).join(', ')}
        </p>
        {under < uploads.length && (
          <Button size="sm" look="quiet" onClick={clear}>
            Clear the list
          </Button>
        )}
      </div>
      <ul className="max-h-72 overflow-auto border-y border-rule">
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  const { name, bytes, state, sent, added, message } = upload;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-rule py-1.5 text-sm last:border-b-0">
      <span className="min-w-0 flex-1 basis-60 wrap-anywhere">{name}</span>
      <span className="text-ink-2">{formatBytes(bytes)}</span>
      <span className="w-40">
        {state === 'sending' ? (
          <Progress done={sent} total={Math.max(bytes, 1)} label={`Sending ${name}`} />
        ) : (
          <StatusMark state={LOOK[state].state}>{LOOK[state].word}</StatusMark>
        )}
      </span>
      {added?.duplicate && (
        <span className="w-full text-ink-2">
          {duplicateSentence(added.duplicate)},{' '}
          <TextLink href={`/papers/${added.duplicate.paperId}`}>{added.duplicate.title}</TextLink>
        </span>
      )}
      {message && <span className="w-full text-bad">{message}</span>}
    </li>
  );
}
