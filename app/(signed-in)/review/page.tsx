import type { Metadata } from 'next';
import { forPage, may } from '@/app/page-context';
import { FlagCard } from '@/components/feedback/flag-card';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/section';
import { EmptyState } from '@/components/ui/states';
import { Pager } from '@/components/ui/table';
import { listFlags } from '@/server/feedback';
import { FLAG_PAGE, FLAG_STATUSES, type FlagStatus } from '@/server/feedback/schema';
import { decide } from './actions';
import { StatusLinks } from './status-links';

export const metadata: Metadata = { title: 'Review' };

const isStatus = (text: string | undefined): text is FlagStatus =>
  (FLAG_STATUSES as readonly string[]).includes(text ?? '');

export default async function ReviewPage({
  searchParams,
}: {
  searchParams: Promise<{ status?: string; page?: string }>;
}) {
  const query = await searchParams;
  const status = isStatus(query.status) ? query.status : 'open';
  const page = Math.max(1, Math.floor(Number(query.page)) || 1);
  const [{ flags, counts, pages }, mayDecide] = await Promise.all([
    forPage((ctx) => listFlags({ ctx, status, page })),
    may('feedback.review'),
  ]);
  const at = (to: number) => `/review?status=${status}&page=${to}`;
  return (
    <>
      <PageHeader
        title="Review"
        summary="Records that somebody flagged. What is accepted is marked wherever the record stands in this workspace; reports are never changed by it."
        actions={
          <ButtonLink look="quiet" href="/feedback">
            Statistics
          </ButtonLink>
        }
      />
      <StatusLinks current={status} counts={counts} />
      {flags.length === 0 ? (
        <EmptyState title={status === 'open' ? 'Nothing waits for a decision' : `None ${status}`}>
          A record is flagged with the flag beside it, or with the key f.
        </EmptyState>
      ) : (
        <ul className="mt-6 space-y-4">
          {flags.map((flag) => (
            <li key={flag.id}>
              <FlagCard flag={flag} decide={mayDecide ? decide : null} />
            </li>
          ))}
        </ul>
      )}
      {pages > 1 && (
        <Pager
          from={(page - 1) * FLAG_PAGE + 1}
          to={(page - 1) * FLAG_PAGE + flags.length}
          total={counts[status]}
          previousHref={page > 1 ? at(page - 1) : null}
          nextHref={page < pages ? at(page + 1) : null}
        />
      )}
    </>
  );
}
