/** An invitation as whoever has its link sees it, before any workspace is known. */
import { sql } from 'drizzle-orm';
import { type Database, enterWorkspace, type Tx } from '@/db/client';
import type { Role } from '@/db/schema';
import { conflict, DomainError } from '@/server/errors';
import { sha256Hex } from '@/server/storage';

export interface Invitation {
  id: string;
  workspaceId: string;
  workspaceName: string;
  role: Role;
  /** Only who has this address may accept; null: whoever has the link. */
  email: string | null;
  invitedBy: string | null;
  state: 'open' | 'accepted' | 'revoked' | 'expired';
}

/** The invitation of a link, or null when there is none. */
export async function readInvitation(db: Database, token: string): Promise<Invitation | null> {
  const [row] = await db.tx(null, (tx) =>
    tx.execute<Invitation & Record<string, unknown>>(
      sql`select id, workspace_id as "workspaceId", workspace_name as "workspaceName", role, email,
            invited_by as "invitedBy", state from phial_invitation(${sha256Hex(token)})`,
    ),
  );
  return row ?? null;
}

/** The invitation of a link, which can still be accepted. Throws CONFLICT with the reason otherwise. */
export async function openInvitation(db: Database, token: string): Promise<Invitation> {
  const invitation = await readInvitation(db, token);
  if (invitation?.state === 'open') return invitation;
  throw conflict('INVITATION_CLOSED', CLOSED[invitation?.state ?? 'unknown']);
}

export const CLOSED = {
  unknown: 'This invitation does not exist. Check the address, or ask for a new one.',
  accepted: 'This invitation was accepted before. Ask for a new one if it was not you.',
  revoked: 'This invitation was withdrawn. Ask whoever sent it.',
  expired: 'This invitation is no longer good. Ask for a new one.',
} as const;

/** Makes the person a member; the transaction stands in the workspace afterwards. */
export async function spendInvitation(
  tx: Tx,
  invitation: Invitation,
  token: string,
  userId: string,
): Promise<void> {
  await enterWorkspace(tx, invitation.workspaceId);
  const [row] = await tx.execute<{ joined: boolean }>(
    sql`select phial_accept_invitation(${sha256Hex(token)}, ${userId}::uuid) as joined`,
  );
  if (row?.joined) return;
  if (invitation.email) {
    throw new DomainError(
      'FORBIDDEN',
      'INVITATION_OF_ANOTHER',
      'This invitation is for another e-mail address than that of your account.',
    );
  }
  throw conflict('INVITATION_CLOSED', CLOSED.accepted);
}
