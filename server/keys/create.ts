import { randomInt } from 'node:crypto';
import { apiKeys } from '@/db/schema';
import { recordAudit } from '@/server/audit';
import { authorise, type Ctx, inWorkspace } from '@/server/context';
import { sha256Hex } from '@/server/storage';
import { type CreateKeyInput, createKeyInput } from './schema';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 of 62 characters are 190 bits: nothing to guess, so an unsalted hash keeps it. */
const SECRET_CHARACTERS = 32;
const PREFIX_CHARACTERS = 8;

/** What every key begins with, so that people and secret scanners know one when they see it. */
export const KEY_START = 'phial_';

const characters = (n: number) =>
  Array.from({ length: n }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const A_DAY_MS = 86_400_000;

/** Makes a key for the workspace. The answer is the only time that the key itself is shown. */
export async function createKey({
  ctx,
  input: raw,
}: {
  ctx: Ctx;
  input: CreateKeyInput;
}): Promise<{ id: string; key: string }> {
  authorise(ctx, 'key.manage');
  const { name, scopes, days } = createKeyInput.parse(raw);
  const prefix = `${KEY_START}${characters(PREFIX_CHARACTERS)}`;
  const key = `${prefix}_${characters(SECRET_CHARACTERS)}`;
  const id = await inWorkspace(ctx, async (tx) => {
    const [row] = await tx
      .insert(apiKeys)
      .values({
        workspaceId: ctx.actor.workspaceId,
        name,
        prefix,
        keySha256: sha256Hex(key),
        scopes,
        createdBy: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
        expiresAt: days === null ? null : new Date(ctx.now().getTime() + days * A_DAY_MS),
      })
      .returning({ id: apiKeys.id });
    await recordAudit(tx, ctx, {
      action: 'key.created',
      target: { kind: 'key', id: row!.id, name },
      details: { prefix, scopes: scopes.join(' '), days },
    });
    return row!.id;
  });
  return { id, key };
}
