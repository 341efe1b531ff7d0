import type { ReactNode } from 'react';
import { may } from '@/app/page-context';
import { PageHeader } from '@/components/ui/section';
import { TabLinks } from '@/components/ui/tabs';
import type { Permission } from '@/server/context';

/** Who may not use a page is not led to it. */
const PAGES: { href: string; label: string; permission: Permission }[] = [
  { href: '/settings/account', label: 'Account', permission: 'account.manage' },
  { href: '/settings/workspaces', label: 'Workspaces', permission: 'account.manage' },
  { href: '/settings/members', label: 'Members', permission: 'member.read' },
  { href: '/settings/keys', label: 'API keys', permission: 'key.manage' },
  { href: '/settings/cache', label: 'Cache and limits', permission: 'operation.read' },
  { href: '/settings/audit', label: 'Audit log', permission: 'audit.read' },
];

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const items: typeof PAGES = [];
  for (const page of PAGES) if (await may(page.permission)) items.push(page);
  return (
    <>
      <PageHeader title="Settings" />
      <TabLinks label="Settings" items={items} />
      <div className="pt-8">{children}</div>
    </>
  );
}
