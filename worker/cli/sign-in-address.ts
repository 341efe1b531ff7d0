import { createLoginToken } from '@/db/local';
import type { RoleUrls } from '@/db/roles';

/** The web server's address with a new one-time token in it. */
export async function signInAddress(webUrl: string, urls: RoleUrls): Promise<string> {
  return `${webUrl}/sign-in?token=${await createLoginToken(urls.ownerUrl)}`;
}
