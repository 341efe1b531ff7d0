/** A workspace for the time of one measurement. Works as the owner. */
import { connect } from './connect';

/** Runs `work` in a new workspace without members, and removes it with all it holds. */
export async function withScratchWorkspace<T>(
  ownerUrl: string,
  name: string,
  work: (workspaceId: string) => Promise<T>,
): Promise<T> {
  const sql = connect(ownerUrl, { max: 1 });
  try {
    const [workspace] = await sql<{ id: string }[]>`
      insert into workspaces (name) values (${name}) returning id`;
    if (!workspace) throw new Error('The workspace could not be made');
    try {
      return await work(workspace.id);
    } finally {
      // Papers hold on to their jobs, which the workspace would take with it.
      await sql`delete from papers where workspace_id = ${workspace.id}`;
      await sql`delete from workspaces where id = ${workspace.id}`;
    }
  } finally {
    await sql.end();
  }
}
