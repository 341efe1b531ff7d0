import type { ReactNode } from 'react';
import { requireSession } from '../page-context';

/**
 * Asked before anything of the page is sent, so that who is not signed in gets a redirect rather than
 * the beginning of a page.
 */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  await requireSession();
  return children;
}
