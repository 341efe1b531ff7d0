/** The words of workspaces. Browser-safe. */
import { z } from 'zod';

export const WORKSPACE_NAME_CHARACTERS = 80;
export const INVITATION_DAYS = 7;

/** What each role is for, in a few words. */
export const ROLE_WORDS = {
  admin: 'reads, submits, and decides who else may',
  researcher: 'reads, submits and votes',
  viewer: 'reads and exports',
} as const;

export const roleSchema = z.enum(['admin', 'researcher', 'viewer'], 'Choose a role.');

export const workspaceName = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Enter a name.')
      .max(
        WORKSPACE_NAME_CHARACTERS,
        `A name has at most ${WORKSPACE_NAME_CHARACTERS} characters.`,
      ),
  );
