import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { forPage, may } from '@/app/page-context';
import { AuditFilterForm } from '@/components/people/audit-filter';
import { AuditTable } from '@/components/people/audit-table';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { Pager, TableCount } from '@/components/ui/table';
import { AUDIT_PAGE, listAudit } from '@/server/audit';
import { auditHref, filterOf, loadQuery } from './address';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  if (!(await may('audit.read'))) {
    return (
      <ErrorState
        title={<h2>The audit log is for admins</h2>}
        whatToDo="Ask an admin of this workspace for what you want to know."
      />
    );
  }
  const query = await loadQuery(searchParams);
  const filter = filterOf(query);
  const page = Math.max(1, query.page);
  const { rows, matching, total } = await forPage((ctx) => listAudit({ ctx, filter, page }));
  const href = (to: number) => `/settings/audit${auditHref({ ...query, page: to })}`;
  const from = (page - 1) * AUDIT_PAGE;
  return (
    <Section
      title="Audit log"
      note="Who did what to what, when and from where. Entries are added and never changed."
      actions={
        <ButtonLink
          size="sm"
          href={`/settings/audit/audit-log.csv${auditHref({ ...query, page: null })}`}
          prefetch={false}
        >
          Export as CSV
        </ButtonLink>
      }
    >
      <AuditFilterForm {...filter} />
      <div className="mt-4 mb-2">
        <TableCount
          shown={matching}
          total={total}
          one="entry"
          many="entries"
          clear={<TextLink href="/settings/audit">Show all</TextLink>}
        />
      </div>
      {rows.length > 0 ? (
        <>
          <AuditTable rows={rows} />
          <Pager
            from={from + 1}
            to={from + rows.length}
            total={matching}
            previousHref={page > 1 ? href(page - 1) : null}
            nextHref={from + rows.length < matching ? href(page + 1) : null}
          />
        </>
      ) : (
        <EmptyState title="No entry fits">Lift the filter, or choose other days.</EmptyState>
      )}
    </Section>
  );
}
