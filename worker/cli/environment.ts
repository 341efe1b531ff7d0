import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RoleUrls } from '@/db/roles';
import { checkout, type DataFolder } from './data-folder';

export type Environment = Record<string, string | undefined>;

/** What the caller has set, before a command takes on the settings of its data folder. */
export const given: Environment = { ...process.env };

/** The settings of every part: those of this process, filled up from the data folder. */
export function serviceEnvironment(
  folder: DataFolder,
  urls: RoleUrls,
  webUrl: string | null,
): Environment {
  return {
    ...given,
    NODE_ENV: 'production',
    TSX_TSCONFIG_PATH: path.join(checkout, 'tsconfig.json'),
    DATABASE_URL: urls.appUrl,
    DATABASE_DIRECT_URL: urls.directUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    STORAGE_URL: given.STORAGE_URL || pathToFileURL(folder.blobs).href,
    SMTP_URL: given.SMTP_URL || pathToFileURL(path.join(folder.path, 'mail')).href,
    NEXTAUTH_SECRET: given.NEXTAUTH_SECRET || folder.secrets.nextAuthSecret,
    ...(webUrl === null ? {} : { NEXTAUTH_URL: given.NEXTAUTH_URL || webUrl }),
  };
}
