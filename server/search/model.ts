/** What a workspace's vectors were made by. */
import { sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';

export interface Model {
  id: number;
  kind: 'lsa' | 'dense';
  name: string;
  dims: number;
  trainedAtN: number;
}

/** The model that is searched with, as a query. */
export const currentModelOf = (workspaceId: string) => sql`
  select id, kind, name, dims, trained_at_n as "trainedAtN" from embedding_model
  where workspace_id = ${workspaceId} and ready_at is not null
  order by ready_at desc limit 1`;

/** Null while there is none. */
export async function currentModel(tx: Tx, workspaceId: string): Promise<Model | null> {
  const [row] = await tx.execute<Record<string, unknown> & Model>(currentModelOf(workspaceId));
  return row ?? null;
}
