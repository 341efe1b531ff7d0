'use client';

import { Download } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy';
import { Disclosure } from '@/components/ui/disclosure';
import { formatFigure } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Loading, SkeletonText } from '@/components/ui/skeleton';
import { Callout } from '@/components/ui/states';
import { Badge, StatusMark } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import { citedText } from '@/server/asking/cited-text';
import type { AnswerView } from '@/server/asking/queries';
import { isUnderWay } from '@/server/asking/schema';
import { AnswerPassages, type OpenCitation } from './answer-passages';
import { ANSWER_LOOK } from './words';

/** What is done with an answer; each is a form of its own and works before any script has loaded. */
export interface AnswerForms {
  stop: (form: FormData) => void;
  askAgain: (form: FormData) => void;
}

/** One answer in whatever state it is: its sentences, what came nearest, and the ways on. */
export function Answer({
  question,
  answer,
  conversationId,
  mayAsk,
  forms,
  openNumber,
  onOpen,
}: {
  question: string;
  answer: AnswerView;
  conversationId: string;
  mayAsk: boolean;
  forms: AnswerForms;
  openNumber: number | null;
  onOpen: OpenCitation;
}) {
  const look = ANSWER_LOOK[answer.status];
  const live = isUnderWay(answer.status);
  const shown = answer.sentences.length > 0 ? answer.sentences : answer.nearest;
  return (
    <div data-answer={answer.id} data-status={answer.status}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm" aria-live="polite">
        <StatusMark state={look.state}>{look.word}</StatusMark>
        {answer.model && answer.sentences.some(({ phrased }) => phrased) && (
          <Badge>Worded by {answer.model}, each sentence checked against its quote</Badge>
        )}
        <Counts answer={answer} />
      </div>
      {answer.status === 'failed' && (
        <Callout tone="bad" title="This question was not answered">
          {answer.message}
        </Callout>
      )}
      {answer.status === 'abstained' && (
        <Callout
          tone="caution"
          title={
            answer.reason === 'NOT_SUPPORTED'
              ? 'These papers do not answer this'
              : 'There is no answer'
          }
        >
          <Abstained answer={answer} />
        </Callout>
      )}
      {answer.withheld > 0 && (
        <Callout
          title={`${answer.withheld} ${answer.withheld === 1 ? 'sentence is' : 'sentences are'} not shown`}
        >
          The paper was deleted since. What is in the bin does not answer; restore it to see this
          again.
        </Callout>
      )}
      {live && shown.length === 0 && (
        <Loading label="Looking through the papers">
          <SkeletonText lines={3} />
        </Loading>
      )}
      {answer.sentences.length > 0 && (
        <AnswerPassages passages={answer.sentences} openNumber={openNumber} onOpen={onOpen} />
      )}
      {answer.sentences.length === 0 && answer.nearest.length > 0 && (
        <div className="mt-4">
          <Disclosure
            open
            summary={`What came nearest, which is not an answer (${answer.nearest.length})`}
          >
            <AnswerPassages passages={answer.nearest} openNumber={openNumber} onOpen={onOpen} />
          </Disclosure>
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {answer.status === 'answered' && answer.sentences.length > 0 && (
          <>
            <span className="text-sm text-ink-2">
              Copy with citations{' '}
              <CopyButton value={citedText(question, answer.sentences)} label="answer" />
            </span>
            <ExportMenu conversationId={conversationId} answerId={answer.id} />
          </>
        )}
        {mayAsk && live && (
          <AnswerForm action={forms.stop} answerId={answer.id}>
            <SubmitButton look="plain" size="sm" pendingLabel="Stopping">
              Stop
            </SubmitButton>
          </AnswerForm>
        )}
        {mayAsk && !live && (
          <AnswerForm action={forms.askAgain} answerId={answer.id}>
            <SubmitButton look="quiet" size="sm" pendingLabel="Asking">
              Ask again
            </SubmitButton>
          </AnswerForm>
        )}
      </div>
    </div>
  );
}

function Abstained({ answer }: { answer: AnswerView }) {
  const { reason, message, support, threshold } = answer;
  if (reason !== 'NOT_SUPPORTED') return message;
  const more = message?.replace(/^These papers do not answer this\.\s*/, '');
  return (
    <>
      No sentence supports an answer well enough
      {support !== null && threshold !== null
        ? `: the best reaches ${formatFigure(support)}, an answer needs ${formatFigure(threshold)}.`
        : '.'}{' '}
      {more} Ask in other words, or add papers.
    </>
  );
}

function Counts({ answer }: { answer: AnswerView }) {
  const { dropped, droppedPhrasings } = answer;
  return (
    <>
      {dropped > 0 && (
        <span className="text-ink-2">
          {dropped} {dropped === 1 ? 'sentence' : 'sentences'} dropped: not found where it should
          stand
        </span>
      )}
      {droppedPhrasings > 0 && (
        <span className="text-ink-2">
          {droppedPhrasings} {droppedPhrasings === 1 ? 'wording' : 'wordings'} dropped: the quote is
          shown instead
        </span>
      )}
    </>
  );
}

function ExportMenu({ conversationId, answerId }: { conversationId: string; answerId: string }) {
  const base = `/ask/${conversationId}/answers/${answerId}`;
  return (
    <Menu
      label="Export"
      size="sm"
      look="quiet"
      align="start"
      icon={<Download aria-hidden className="size-4" />}
    >
      <MenuItem
        href={`${base}/answer.json`}
        download
        note="With the cited pages’ text; verify checks it"
      >
        JSON
      </MenuItem>
      <MenuItem href={`${base}/answer.md`} download>
        Markdown
      </MenuItem>
      <MenuItem href={`${base}/answer.html`} download note="One file, to print or pass on">
        HTML
      </MenuItem>
    </Menu>
  );
}

function AnswerForm({
  action,
  answerId,
  children,
}: {
  action: (form: FormData) => void;
  answerId: string;
  children: React.ReactNode;
}) {
  return (
    <form action={action}>
      <input type="hidden" name="answerId" value={answerId} />
      {children}
    </form>
  );
}
