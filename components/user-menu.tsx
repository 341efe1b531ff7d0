'use client';

import { CircleUser } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useActionState, useEffect, useRef } from 'react';
import { TextLink } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';

/**
 * Who is signed in, where and as what, and the way out. A disclosure rather than a menu: it opens
 * before any script has loaded.
 */
export function UserMenu({
  name,
  workspace,
  role,
  others,
  switchTo,
  signOut,
}: {
  name: string;
  workspace: string;
  role: string;
  /** The person's other workspaces. */
  others: { workspaceId: string; workspaceName: string }[];
  switchTo: FormAction;
  signOut: () => Promise<void>;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();
  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && details.current?.contains(event.target)) return;
      if (details.current) details.current.open = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, []);
  return (
    <details
      ref={details}
      key={pathname}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !details.current?.open) return;
        details.current.open = false;
        details.current.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) {
          event.currentTarget.open = false;
        }
      }}
    >
      <summary
        title={`${name}, ${workspace}`}
        className="flex min-h-9 items-center gap-1.5 rounded-sm px-2 text-ink-2 hover:bg-wash hover:text-ink pointer-coarse:min-h-11"
      >
        <CircleUser aria-hidden className="size-5" />
        <span aria-hidden className="hidden max-w-40 truncate lg:block">
          {name}
        </span>
        <span className="sr-only">{name}, account</span>
      </summary>
      <div className="absolute top-full right-0 z-40 mt-1 w-64 rounded-md border border-control bg-surface p-4 shadow-float">
        <p className="font-medium wrap-anywhere">{name}</p>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
          <dt className="text-ink-2">Workspace</dt>
          <dd className="wrap-anywhere">{workspace}</dd>
          <dt className="text-ink-2">Role</dt>
          <dd>{role}</dd>
        </dl>
        {others.length > 0 && <Others workspaces={others} switchTo={switchTo} />}
        <ul className="mt-3 space-y-1 border-t border-rule pt-3 text-sm">
          <li>
            <TextLink href="/settings/account">Account and sessions</TextLink>
          </li>
          <li>
            <TextLink href="/settings/workspaces">Workspaces</TextLink>
          </li>
          <li>
            <TextLink href="/settings/members">Members</TextLink>
          </li>
        </ul>
        <form action={signOut} className="mt-3 border-t border-rule pt-3">
          <SubmitButton look="plain" size="sm" pendingLabel="Signing out">
            Sign out
          </SubmitButton>
        </form>
      </div>
    </details>
  );
}

function Others({
  workspaces,
  switchTo,
}: {
  workspaces: { workspaceId: string; workspaceName: string }[];
  switchTo: FormAction;
}) {
  const [, submit] = useActionState(switchTo, null);
  return (
    <form action={submit} className="mt-3 border-t border-rule pt-3">
      <p className="text-sm text-ink-2">Go to</p>
      <ul className="mt-1 max-h-48 space-y-1 overflow-auto">
        {workspaces.map(({ workspaceId, workspaceName }) => (
          <li key={workspaceId}>
            <button
              type="submit"
              name="workspaceId"
              value={workspaceId}
              className="link text-left text-sm wrap-anywhere"
            >
              {workspaceName}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
